"""Counts that anyone can repeat: rules, zones, hits; and the figures of the specimen strategy, counted on its text by another script."""

from __future__ import annotations

import re
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


@pytest.fixture
def small(tmp_path):
    """Two pages, tokens broken as the texts break them."""
    from policytrack import publish

    text = "Don’t co-operate with councils’ own plans.\nSupport\nWork\nwith us: co-operate, don't wait. The council’s COVID-19 plan."
    tokens = [(m.start(), m.end()) for m in re.finditer(r"[Dd]o(?=n[’']t)|n[’']t|’s|COVID-19|\w+|[^\w\s]", text)]
    rows = [dict(document="d", page=1, n=n, start=a, end=b, word=text[a:b].casefold(), lemma=text[a:b].casefold(), pos="X", zone="body", by_publisher=0) for n, (a, b) in enumerate(tokens)]
    document = dict(id="d", title="D", publisher="o", kind="strategy", published="2020", set_name="mine", unverified=0, open=1, pages=1, words=len(rows), status="read")
    publish.publish(tmp_path / "small.db", {"organisations": [dict(id="o", name="O")], "documents": [document], "pages": [dict(document="d", page=1, text=text, furniture="", quality=1.0)], "tokens": rows})
    connection = sqlite3.connect(tmp_path / "small.db")
    yield connection
    connection.close()


@pytest.mark.parametrize(("phrase", "rule", "hits"), [
    ("don't", "word", 2), ("don’t", "word", 2), ("don't", "substring", 2), ("co-operate", "word", 2), ("covid-19", "word", 1), ("council's", "word", 1),
    ("co-operate with", "phrase", 1), ("work with", "phrase", 0), ("work with", "substring", 0), ("council’s covid-19 plan", "phrase", 1), ("do", "substring", 2),
])
def test_phrases_break_as_the_texts_do(small, phrase, rule, hits):
    assert len(count.hits(small, phrase, rule)) == hits, "either apostrophe is meant, and a phrase ends with its paragraph"


def test_a_document_that_is_not_there_is_no_nought(db):
    with pytest.raises(BadInput, match="no such document"):
        count.hits(db, "support", "word", "no-such-strategy")


def test_quotation_marks_around_a_phrase_are_none_of_its_words(db):
    for given in ("“support”", '"support"', "'support'"):
        assert [h.words for h in count.hits(db, given, "word", STRATEGY)] == [h.words for h in count.hits(db, "support", "word", STRATEGY)] != []


def test_what_is_not_held_is_not_counted_as_silent(specimens, tmp_path):
    withheld = tmp_path / "withheld.db"
    withheld.write_bytes(specimens.read_bytes())
    with sqlite3.connect(withheld) as db:
        db.execute("DELETE FROM pages WHERE document = ?", (STRATEGY,))
        pages, unread = count.searched(db)
        assert pages > 0 and unread == [STRATEGY]
        with pytest.raises(BadInput, match="its text is not in this database"):
            count.searched(db, STRATEGY)
