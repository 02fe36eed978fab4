"""Words that belong together: what keeps company, what means the same, and what is never offered."""

import sqlite3

import numpy as np
import pytest

from policytrack import related

MEANINGS = {"lantern": 0.0, "lamp": 0.2, "ferry": 1.5}      # angles: the nearer, the more alike


def _vectors(texts):
    angles = np.array([MEANINGS.get(text, 3.0 + n) for n, text in enumerate(texts)])
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


@pytest.fixture
def db():
    """Forty sentences: lanterns and wicks keep company; a ferry sails with anything."""
    connection = sqlite3.connect(":memory:")
    connection.execute("create table tokens (document, page, n, word, pos, zone)")
    sentences = [["lantern", "wick"], ["lantern", "wicks"], ["lamp", "ferry"], ["pier", "ferry"], ["lantern", "burns"]] * 8
    n = 0
    for words in sentences:
        for word in [*words, "."]:
            pos = {".": "PUNCT", "burns": "VERB"}.get(word, "NOUN")
            connection.execute("insert into tokens values ('a', 1, ?, ?, ?, 'body')", (n, word, pos))
            n += 1
    return connection


def test_words_that_keep_company_or_mean_the_same_are_offered_with_the_way(db):
    found = {(row["word"], row["other"], row["method"]) for row in related.tables(db, _vectors)["related_words"]}
    assert ("lantern", "wick", "company") in found and ("lantern", "lamp", "meaning") in found
    assert not any(other == "ferry" and word == "lantern" for word, other, _ in found)


def test_neither_verbs_nor_other_forms_of_a_word_keep_it_company(db):
    others = {(row["word"], row["other"]) for row in related.tables(db, _vectors)["related_words"]}
    assert ("lantern", "burns") not in others and ("wick", "wicks") not in others
    assert not {("lantern", "wick"), ("lantern", "wicks")} <= others        # one form of a word is enough


def test_how_often_both_stand_together_is_counted(db):
    row = next(r for r in related.tables(db, _vectors)["related_words"] if (r["word"], r["method"]) == ("lantern", "company"))
    assert row["together"] == 8 and 0.3 <= row["score"] <= 1


def test_a_corpus_too_small_offers_nothing(db):
    db.execute("delete from tokens where n > 3")
    assert related.tables(db, _vectors) == {"related_words": []}
