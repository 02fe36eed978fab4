"""Counts that anyone can repeat: rules, zones, hits; and the figures of the specimen strategy, counted on its text by another script."""

from __future__ import annotations

import sqlite3
import tomllib

import pytest

from conftest import ROOT
from policytrack import count
from policytrack.model import BadInput

STRATEGY = "specimen-strategy-2031"


@pytest.fixture
def db(specimens):
    connection = sqlite3.connect(f"file:{specimens}?mode=ro", uri=True)
    yield connection
    connection.close()


EXPECTED = [(c["phrase"], c["rule"], c["hits"], name) for name in (STRATEGY, "specimen-strategy-2036")
            for c in tomllib.loads((ROOT / "corpus" / name / "counts.toml").read_text(encoding="utf-8"))["count"]]


@pytest.mark.parametrize(("phrase", "rule", "hits", "document"), EXPECTED)
def test_counts_of_the_specimens(db, phrase, rule, hits, document):
    assert len(count.hits(db, phrase, rule, document)) == hits


def test_every_hit_stands_on_its_page(db):
    for rule in ("substring", "family", "verb"):
        for hit in count.hits(db, "support", rule):
            text = db.execute("SELECT text FROM pages WHERE document = ? AND page = ?", (hit.document, hit.page)).fetchone()[0]
            assert text[hit.start:hit.end] == hit.words


def test_stored_counts_are_the_number_of_stored_hits(db):
    odd = db.execute("SELECT c.hits, (SELECT count(*) FROM phrase_hits h WHERE h.document = c.document AND h.phrase = c.phrase AND h.rule = c.rule) AS n "
                     "FROM phrase_counts c WHERE c.hits != n").fetchall()
    assert odd == []


def test_rules_are_ordered_as_they_must_be(db):
    for phrase in ("support", "encourage", "fund"):
        by = {rule: len(count.hits(db, phrase, rule, STRATEGY)) for rule in count.rules_for(phrase)}
        assert by["word"] <= by["family"] and by["word"] <= by["substring"] and by["by-government"] <= by["verb"] <= by["family"]


def test_a_suffix_changes_the_zones(db):
    assert count.parse("word+footnote-heading") == ("word", frozenset({"body", "footnote"}))
    with_furniture = count.hits(db, "specimen", "substring+furniture", STRATEGY)
    assert len(with_furniture) >= 19, "every page of the specimen says so in its running header"
    assert len(with_furniture) > len(count.hits(db, "specimen", "substring", STRATEGY))


@pytest.mark.parametrize("rule", ["words", "word+margin", "word*body", ""])
def test_no_such_rule_is_one_line(db, rule):
    with pytest.raises(BadInput, match="no such rule"):
        count.hits(db, "support", rule)


@pytest.mark.parametrize("phrase", ["", "  ", "'", '"', "%"])
def test_odd_phrases_count_or_say_why(db, phrase):
    try:
        assert isinstance(count.hits(db, phrase, "phrase"), list)
    except BadInput as error:
        assert "no word to count" in str(error)


def test_quotation_marks_and_sql_are_only_letters(db):
    assert count.hits(db, "it\" OR 1=1 --", "substring") == []
    assert count.hits(db, "x'; DROP TABLE tokens; --", "phrase") == []


def test_concordance_shows_words_before_and_after(db):
    hits = count.hits(db, "support", "word", STRATEGY)
    lines = list(count.concordance(db, hits))
    assert len(lines) == len(hits)
    assert all("[support]" in line.casefold() for line in lines)
