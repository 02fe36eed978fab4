import re
import sqlite3
from importlib.resources import files
from pathlib import Path

import pytest

from policytrack import organisations, roles, silence
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
    rows = list(silence.silences(db, known, {"plan": frozenset({"health"})}))
    what = {row["what"] for row in rows}
    assert "Pilot" in what and "Harbour master" not in what
    assert "Public Health England" not in what and "stigma" in what
    assert "Health Education England" in what and "Primary care trusts" not in what        # these were gone by 2018
    assert not what & {"naloxone", "Advisory Council on the Misuse of Drugs"}              # it is a plan about health, not about drugs
    assert "naloxone" in {row["what"] for row in silence.silences(db, known, {"plan": frozenset({"drugs"})})}
    assert not list(silence.silences(db, known, {"plan": frozenset({"custody"})}))
    assert all(row["hits"] == 0 and row["pages"] == 1 and row["pattern"] for row in rows)


def test_an_unknown_body_is_refused(tmp_path):
    (tmp_path / "silence.toml").write_text("roles = []\n[[list]]\nabout = []\nbodies = ['nobody']\nphrases = {}\n")
    with pytest.raises(BadInput, match="nobody"):
        silence.sought(tmp_path / "silence.toml", [], [])


@pytest.mark.parametrize(("phrase", "text"), [("ring-fence", "a ring-fenced\nbudget"), ("homelessness", "were made homeless"), ("workforce", "their workforces"), ("veterans", "a veteran of war"),
                                              ("stigma", "Stigmatising"), ("overdose", "to over-\ndose")])
def test_a_phrase_is_silent_in_none_of_its_forms(phrase, text):
    db = sqlite3.connect(":memory:")
    db.executescript(files("policytrack").joinpath("schema.sql").read_text(encoding="utf-8"))
    db.execute("INSERT INTO documents (id, title, publisher, kind, published, set_name, unverified, open, pages, words, status, extent)"
               " VALUES ('plan', 'Drugs and health', 'o', 'strategy', '2018', 's', 0, 1, 1, 9, 'read', 'england')")
    db.execute("INSERT INTO pages VALUES ('plan', 1, '', ?, '', 1)", (text,))
    known, bodies = roles.roles(PIPELINE / "roles.toml"), organisations.organisations(PIPELINE / "organisations.toml")
    about = silence.contexts(db, known)
    assert {"drugs", "health"} <= about["plan"]
    what = {row["what"] for row in silence.silences(db, silence.sought(PIPELINE / "silence.toml", [], bodies), about) if row["kind"] == "phrase"}
    assert len(what) > 20 and phrase not in what


def test_forms_are_proved_by_their_examples(tmp_path):
    words = '[[list]]\nabout = []\nbodies = []\n[list.phrases]\nbuoy = {{ forms = ["buoy*"], matches = ["buoys"], misses = ["{}"] }}\n'
    for text in ("a boy", "buoyant"):
        (tmp_path / "silence.toml").write_text("roles = []\n" + words.format(text))
        if text == "a boy":
            assert silence.sought(tmp_path / "silence.toml", [], [])[0].what == "buoy"
        else:
            with pytest.raises(BadInput, match="buoyant"):
                silence.sought(tmp_path / "silence.toml", [], [])


def test_a_chapter_is_silent_on_what_its_document_names():
    db = sqlite3.connect(":memory:")
    db.executescript(files("policytrack").joinpath("schema.sql").read_text(encoding="utf-8"))
    for n, (section, text) in enumerate([("One", "The pilot sails."), ("One", "He rests."), ("Two", "Nobody sails."), ("Two", "PILOT")]):
        db.execute("INSERT INTO passages VALUES (?, 'plan', 1, ?, '', ?, 'paragraph', ?, '', '', 0, ?)", (f"p{n}", section, text, "contents" if text == "PILOT" else "body", n))
    known = [silence.Sought("Pilot", "role", (re.compile("pilot", re.IGNORECASE),)), silence.Sought("Whale", "phrase", (re.compile("whale"),))]
    rows = list(silence.chapter_silences(db, known, {("plan", "One"): "One", ("plan", "Two"): "Two"}, {"plan": frozenset()}))
    assert [(r["section"], r["what"], r["passages"]) for r in rows] == [("Two", "Pilot", 1)]


def test_every_role_can_be_silent():
    named = dict(roles.names(roles.roles(PIPELINE / "roles.toml")))
    assert [name for name, patterns in named.items() if not patterns] == ["The asks that name nobody"]
