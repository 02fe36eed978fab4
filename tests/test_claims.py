"""Claims about a document, checked by every rule."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from policytrack import claims
from policytrack.model import BadInput, Count

FIGURES = {("harbour", "word"): 4, ("harbour", "family"): 6, ("harbour", "substring"): 9, ("Pilots Board", "substring+footnote+contents+furniture+quotation"): 0}


@pytest.fixture
def db():
    connection = sqlite3.connect(":memory:")
    connection.executescript(files("policytrack").joinpath("schema.sql").read_text(encoding="utf-8"))
    connection.execute("INSERT INTO documents (id, title, publisher, kind, published, set_name, unverified, open, pages, words, status)"
                       " VALUES ('plan', 'P', 'o', 'strategy', '2030', 's', 0, 1, 12, 900, 'read')")
    for n, quote in enumerate(["We will map the fords by May.", "We will repair the old lighthouse.", "We will count gulls."]):
        connection.execute("INSERT INTO commitments (id, document, page, section, quote, category, concrete, places, score, confidence, band, reviewed)"
                           " VALUES (?, 'plan', 1, 'Coast', ?, 'specific', 1, 1, 1, 1, 'clear', 0)", (f"c-{n}", quote))
    return connection


def hits(db, phrase, rule, document):
    return [Count(document, phrase, rule, 7, i, i + 3, phrase) for i in range(FIGURES.get((phrase, rule), 0))]


def words(texts):
    """A vector of letters: enough to tell sentences with the same words from others."""
    found = np.array([[text.casefold().count(c) for c in "abcdefghijklmnopqrstuvwxyz"] for text in texts], dtype=float)
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1)


def checked(db, **claim):
    made = claims.Claim(**({"id": "c", "source": "s", "about": "plan", "statement": "x"} | claim))
    out = claims.tables(db, [made], hits, lambda phrase: ("substring", "word", "family"), words)
    return out["claims"][0], out


@pytest.mark.parametrize(("expected", "verdict", "rule"), [
    ("4", "reproduced", "word"), ("9", "reproduced", "substring"), (">=5", "reproduced", "family"), ("10", "nearest", "substring"), ("30", "not_reproduced", "substring")])
def test_a_count_names_the_rule(db, expected, verdict, rule):
    row, out = checked(db, kind="count", phrase="harbour", expected=expected)
    assert (row["verdict"], row["rule"]) == (verdict, rule)
    assert row["measured"] == str(FIGURES["harbour", rule])
    assert sum(h["rule"] == rule for h in out["phrase_hits"]) == FIGURES["harbour", rule]


def test_absence_page_and_measure(db):
    assert checked(db, kind="absence", phrase="Pilots Board", expected="0")[0]["verdict"] == "reproduced"
    assert checked(db, kind="page", phrases=("harbour",), page=7)[0]["verdict"] == "reproduced"
    assert checked(db, kind="page", phrases=("harbour",), page=9)[0]["verdict"] == "nearest"
    assert checked(db, kind="page", phrases=("harbour",), page=20)[0]["verdict"] == "not_reproduced"
    assert checked(db, kind="count", measure="pages", expected=">10")[0]["measured"] == "12"


def test_a_document_that_is_not_there_is_said_to_be_so(db):
    assert checked(db, kind="count", phrase="harbour", expected="4", about="lost")[0]["verdict"] == "document_not_loaded"


def test_claims_about_specimens_stand_only_beside_specimens(db):
    made = claims.Claim(id="c", source="s", about="lost", statement="x", kind="count", phrase="harbour", expected="4", set_name="specimen")
    assert claims.tables(db, [made], hits, lambda phrase: ("word",), words)["claims"] == []
    db.execute("UPDATE documents SET set_name = 'specimen'")
    assert [row["verdict"] for row in claims.tables(db, [made], hits, lambda phrase: ("word",), words)["claims"]] == ["document_not_loaded"]


def test_a_list_shows_what_is_left_on_either_side(db):
    row, out = checked(db, kind="list", items=("map the fords", "zzz qqq xxx"), section="coast")
    assert row["verdict"] == "nearest" and row["measured"] == "1"
    sides = {(i["side"], i["matched"]) for i in out["claim_items"]}
    assert sides == {("both", "c-0"), ("claim", None), ("document", "c-1"), ("document", "c-2")}


def test_the_shipped_claims_load_and_never_judge():
    known = claims.claims(Path(__file__).parent.parent / "pipelines" / "claims.toml")
    assert {c.kind for c in known} == set(claims.KINDS)
    assert sum(len(c.items) for c in known if c.id.startswith("003-list")) == 31
    assert not [c.id for c in known for word in ("wrong", "false", "mistake") if word in c.statement.casefold().split()]


def test_a_claim_without_a_figure_is_refused(tmp_path):
    (tmp_path / "claims.toml").write_text("[[claim]]\nid='a'\nsource='s'\nabout='d'\nkind='count'\nstatement='x'\nphrase='y'\n")
    with pytest.raises(BadInput, match="figure"):
        claims.claims(tmp_path / "claims.toml")
