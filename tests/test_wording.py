"""Vague against concrete: where the hits stand, chapter by chapter, and the difference to the grades in words."""

from __future__ import annotations

import sqlite3
from collections import Counter

import pytest

from policytrack import wording
from policytrack.wording import _chapter, _trunk

STRATEGY = "specimen-strategy-2031"


@pytest.fixture
def db(specimens):
    connection = sqlite3.connect(f"file:{specimens}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def test_every_hit_stands_in_one_place(db):
    places = " + ".join(wording.PLACES)
    assert db.execute(f"SELECT count(*) FROM wording WHERE hits != {places}").fetchone()[0] == 0


def test_chapters_add_up_to_the_document(db):
    whole = dict(db.execute("SELECT class, hits FROM wording WHERE document = ? AND section = ''", (STRATEGY,)))
    parts = dict(db.execute("SELECT class, sum(hits) FROM wording WHERE document = ? AND section != '' GROUP BY class", (STRATEGY,)))
    assert whole == parts
    assert db.execute("SELECT hits FROM wording WHERE document = ? AND section LIKE '4 Prisons%' AND class = 'vague'", (STRATEGY,)).fetchone()[0] > 0


def test_graded_figures_are_those_of_the_commitments(db):
    graded = dict(db.execute("SELECT class, graded FROM wording WHERE document = ? AND section = ''", (STRATEGY,)))
    concrete, n = db.execute("SELECT sum(concrete), count(*) FROM commitments WHERE document = ?", (STRATEGY,)).fetchone()
    assert graded == {"concrete": concrete, "vague": n - concrete}


def test_hits_are_those_of_the_stored_phrases(db):
    rows = db.execute("SELECT v.hits, c.hits FROM vocabulary v JOIN phrase_counts c ON c.document = v.document AND c.phrase = v.phrase "
                      "WHERE v.section = '' AND c.rule IN ('family', 'phrase-inflected')").fetchall()
    assert rows and all(a == b for a, b in rows)


def test_the_difference_in_words():
    row = {"class": "vague", "hits": 5, "graded": 3, "unworded": 1}
    parts = dict.fromkeys(wording.PLACES, 0) | {"agreeing": 2, "other_class": 1, "elsewhere": 2}
    said = wording.explained(row, parts)
    assert said.startswith("5 vague phrases: 2 in commitments graded vague; 1 in commitments graded concrete by their own act; 2 in text that is no statement")
    assert said.endswith("1 of the 3 commitments graded vague uses other words.")


@pytest.mark.parametrize(("sections", "section", "chapter"), [
    ({"Title": 1, "Title › One": 5, "Title › Two › Part": 5}, "Title › Two › Part", "Two"),
    ({"Title": 1, "Title › One": 5, "Title › Two": 5}, "Title", "Title"),
    ({"One": 5, "Two › Part": 5}, "Two › Part", "Two"),
    ({"": 2, "Title › One": 20, "Title › Two": 20}, "Title › One", "One"),
    ({"Only": 3}, "Only", "Only"),
])
def test_a_title_is_no_chapter(sections, section, chapter):
    assert _chapter(section.split(wording.SEPARATOR), _trunk(Counter(sections))) == chapter
