import re
import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from policytrack import organisations, silence
from policytrack.model import BadInput

PIPELINE = Path(__file__).parent.parent / "pipelines"


def test_what_is_on_no_page_is_a_row():
    db = sqlite3.connect(":memory:")
    db.executescript(files("policytrack").joinpath("schema.sql").read_text(encoding="utf-8"))
    db.execute("INSERT INTO documents (id, title, publisher, kind, published, set_name, unverified, open, pages, words, status, extent)"
               " VALUES ('plan', 'P', 'o', 'strategy', '2018', 's', 0, 1, 1, 9, 'read', 'england')")
    db.execute("INSERT INTO pages VALUES ('plan', 1, '', 'The harbour\nmaster of PHE.', 'Furniture', 1)")
    bodies = organisations.organisations(PIPELINE / "organisations.toml")
    known = silence.sought(PIPELINE / "silence.toml", [("Harbour master", [re.compile(r"\bharbour\s+master\b", re.IGNORECASE)]), ("Pilot", [re.compile("pilot")])], bodies)
    rows = list(silence.silences(db, known))
    what = {row["what"] for row in rows}
    assert "Pilot" in what and "Harbour master" not in what
    assert "Public Health England" not in what and "stigma" in what
    assert "National Treatment Agency for Substance Misuse" not in what        # it was gone by 2018
    assert all(row["hits"] == 0 and row["pages"] == 1 and row["pattern"] for row in rows)


def test_an_unknown_body_is_refused(tmp_path):
    (tmp_path / "silence.toml").write_text("bodies = ['nobody']\nphrases = []\n")
    with pytest.raises(BadInput, match="nobody"):
        silence.sought(tmp_path / "silence.toml", [], [])


def test_a_chapter_is_silent_on_what_its_document_names():
    db = sqlite3.connect(":memory:")
    db.executescript(files("policytrack").joinpath("schema.sql").read_text(encoding="utf-8"))
    for n, (section, text) in enumerate([("One", "The pilot sails."), ("One", "He rests."), ("Two", "Nobody sails."), ("Two", "PILOT")]):
        db.execute("INSERT INTO passages VALUES (?, 'plan', 1, ?, '', ?, 'paragraph', ?, '', '', 0, ?)", (f"p{n}", section, text, "contents" if text == "PILOT" else "body", n))
    known = [silence.Sought("Pilot", "role", (re.compile("pilot", re.IGNORECASE),)), silence.Sought("Whale", "phrase", (re.compile("whale"),))]
    rows = list(silence.chapter_silences(db, known, {("plan", "One"): "One", ("plan", "Two"): "Two"}))
    assert [(r["section"], r["what"], r["passages"]) for r in rows] == [("Two", "Pilot", 1)]


def test_every_role_can_be_silent():
    from policytrack import roles

    named = dict(roles.names(roles.roles(PIPELINE / "roles.toml")))
    assert [name for name, patterns in named.items() if not patterns] == ["The asks that name nobody"]
