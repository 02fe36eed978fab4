"""Who is to act, in the words printed: frames, subjects and owners; and what only looks like a body."""

from __future__ import annotations

import pytest

from policytrack import actor, clauses, extract
from reader import nlp, rules, unit


def who(text: str, role: str = "commitment", lead_in: str = "") -> str:
    """The actor of the first act as printed, "" where nobody is named."""
    one = unit(text, lead_in)
    item = extract.judged([one], [found for _, found in clauses.parses([one.joined], nlp())], "strategy", rules())[0]
    found = actor.actor(one, item.act, item.clauses, rules().lexicon, role)
    return {"quote": one.text, "lead_in": one.lead_in}[found[0].part][found[0].start:found[0].end] if found else ""


@pytest.mark.parametrize(("text", "right"), [
    ("We expect all mental health trusts to be smoke free by 2032.", "all mental health trusts"),
    ("We look to the rail operators to bring forward schemes.", "the rail operators"),
    ("It is for land managers to decide how they use the new maps.", "land managers"),
    ("It falls to local councils to use these powers.", "local councils"),
    ("Responsibility for delivery rests with the three regional fora, each of which should have a plan.", "the three regional fora"),
    ("We hope that employers will come forward.", "employers"),
    ("We would like to see local employers offer more apprenticeships.", "local employers"),
    ("Consent should be sought by local services before records are shared.", "local services"),
    ("Prescribers are asked to use the toolkit.", "Prescribers"),
    ("Councils should invite the coroner to every review.", "Councils"),
])
def test_an_expectation_names_the_one_who_is_asked(text, right):
    assert who(text, "expectation") == right


@pytest.mark.parametrize(("text", "right"), [
    ("The Department’s aim is to publish every contract.", "The Department"),
    ("A key role for the Board will be to set standards.", "the Board"),
    ("The Government has announced that the Data User Group will advise the Board.", "the Data User Group"),
    ("In future, the Major Works Authority will meet the Secretary of State each quarter.", "the Major Works Authority"),
    ("To help inform this work, DWP proposes to run a pilot.", "DWP"),
    ("UKBA and the Border Force will also explore a new portal.", "UKBA and the Border Force"),
    ("Review of the incentives – Lead: Gambling Commission – By: autumn 2032.", "Gambling Commission"),
    ("The UK will report to its partners in May.", "The UK"),
    ("Officials will convene a round table in January.", "Officials"),
])
def test_a_commitment_names_the_one_who_acts(text, right):
    assert who(text) == right


@pytest.mark.parametrize("text", [
    "The Department’s procurement system will provide a new source of contracts.",
    "Home Office work on this will build on earlier work.",
    "Implementation will be driven by local need.",
    "A new Working Group on Records will be established this year.",
    "Professionals will be able to see the records that they need.",
    "Performance Tables will change.",
])
def test_what_a_body_has_and_who_only_gains_is_no_actor(text):
    assert who(text) == ""


def test_an_item_names_its_own_actor_before_that_of_its_lead_in():
    assert who("the Cabinet Office will publish grants by May", lead_in="Some of these commitments include:") == "the Cabinet Office"
    assert who("departments to provide release dates by March", lead_in="The milestones for this commitment are for:") == "departments"
    assert who("run three campaigns each year", lead_in="Over the period of this framework PHE will:") == "PHE"
    assert who("more posts in the unit", lead_in="To support this we will:") == "we"


def test_data_and_plans_that_head_the_name_of_people_are_people():
    assert who("Data custodians should agree one route.", "expectation") == "Data custodians"
    assert who("The data should agree.", "expectation") == ""
