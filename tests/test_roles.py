"""Whom a statement falls on: cases by sentence, and the proofs of the cue file."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from policytrack import roles
from policytrack.model import BadInput, Item

PIPELINE = Path(__file__).parent.parent / "pipelines"
CASES = tomllib.loads((Path(__file__).parent / "cases" / "roles.toml").read_text(encoding="utf-8"))["case"]
KNOWN = roles.roles(PIPELINE / "roles.toml")
RULES = replace(KNOWN, learned=None)      # what words suggest beside them is proved in test_suggest.py


def item(case: dict) -> Item:
    return Item("i", case.get("kind", "expectation"), "d", 1, case["text"], case.get("lead_in", ""), case.get("section", ""), case.get("before", ""),
                case.get("actor", ""), case.get("force", "should"), case.get("title", "A plan"), case.get("published", "2022-05-01"), case.get("nation", "england"))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_falls_on(case):
    assert {f"{h.role} {h.basis} {h.force}" for h in roles.hits(item(case), RULES)} == set(case["roles"])


WORDS = tomllib.loads((Path(__file__).parent / "cases" / "role_words.toml").read_text(encoding="utf-8"))["document"]
SHORT = {"director-of-public-health": "director", "drug-alcohol-commissioner": "commissioner", "local-authority": "council", "integrated-care-board": "icb",
         "police-and-crime-commissioner": "pcc", "voluntary-sector": "voluntary", "nobody-named": "nobody"}


@pytest.mark.parametrize("document", WORDS, ids=[document["why"] for document in WORDS])
def test_the_words_of_drug_policy(document):
    wrong = []
    for kind, text, expected, *more in document["rows"]:
        actor, section = (*more, "", "")[:2]
        asked = Item("i", kind, "d", 1, text, "", section, "", actor, {"commitment": "promised", "duty": "duty"}.get(kind) or roles.force(text, "", KNOWN),
                     document["title"], document["published"], document["nation"])
        found = " ".join(SHORT.get(h.role, h.role) + ("" if h.basis == "named" or h.role == "nobody-named" else "~") for h in roles.hits(asked, RULES) if h.force != "none")
        wrong += [(text, found, expected)] if found != expected else []
    assert wrong == []


def test_every_hit_gives_words_and_reason():
    for case in CASES:
        for hit in roles.hits(item(case), KNOWN):
            assert hit.reason and hit.words
            assert hit.words in f"{case['text']} {case.get('lead_in', '')} {case.get('before', '')} {case.get('title', '')}"


@pytest.mark.parametrize(("text", "force"), [
    ("Councils must act.", "must"), ("Councils should act.", "should"), ("Schools are encouraged to join.", "encouraged"),
    ("We encourage schools to join, and they should report.", "encouraged"), ("Providers will be required to report.", "must")])
def test_force_is_that_of_the_first_modal(text, force):
    assert roles.force(text, "", KNOWN) == force


def test_the_director_comes_first():
    assert KNOWN.rows[0]["id"] == "director-of-public-health"


def test_a_context_must_be_proved(tmp_path):
    path = tmp_path / "roles.toml"
    path.write_text("""contexts = {health = 'treatment'}
[[role]]
id = "r"
[[cue]]
id = "c"
role = "r"
basis = "implied"
reason = "so"
needs = "health"
pattern = 'areas'
matches = ["areas"]
applies = ["areas of bus timetables"]
spares = ["areas"]
""")
    with pytest.raises(BadInput, match="spares"):
        roles.roles(path)


def test_recommendations_without_ask_are_no_items():
    tables = {"documents": [dict(id="d", title="T", published="2020")], "passages": [], "commitments": [], "expectations": [],
              "recommendations": [dict(id="d#1", document="d", page=1, text="Schools should act.", ask=1), dict(id="d#2", document="d", page=1, text="Praise.", ask=0)]}
    found = roles.items(tables, {"d": "uk"}, KNOWN)
    assert [(i.id, i.force) for i in found] == [("d#1", "should")]


def test_an_order_is_given_to_whoever_reads_it():
    """Without a modal nothing "should be" done: it is no ask in which nobody is named."""
    order = Item("i", "expectation", "d", 1, "Know who has access to the register and why.", actor="Know", force="should")
    thing = Item("i", "expectation", "d", 1, "The register should be open to all.", actor="The register", force="should")
    assert [[h.role for h in roles.hits(each, replace(KNOWN, learned=None))] for each in (order, thing)] == [[], ["nobody-named"]]
