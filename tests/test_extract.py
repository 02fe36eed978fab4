"""Decisions prove themselves through the parse; acts, actors, lead-ins and the traps of the genre."""

from __future__ import annotations

import pytest

from policytrack import clauses, decide, extract
from reader import PIPELINE, judge, nlp, rules, unit

DECISIONS = decide.load(PIPELINE / "decisions.toml")


def names(text: str) -> tuple[str, ...]:
    one = unit(text)
    return extract.judged([one], [found for _, found in clauses.parses([one.joined], nlp())], "strategy", rules())[0].names


@pytest.mark.parametrize(("decision", "text"), [(d, t) for d in DECISIONS for t in d.matches], ids=lambda v: v if isinstance(v, str) else v.id)
def test_a_decision_comes_out_as_its_role(decision, text):
    assert decide.role(names(text), DECISIONS)[0] == decision.role


@pytest.mark.parametrize(("decision", "text"), [(d, t) for d in DECISIONS for t in d.misses], ids=lambda v: v if isinstance(v, str) else v.id)
def test_a_decision_misses_what_it_must(decision, text):
    assert decide.role(names(text), DECISIONS)[1] != decision.id


def facets(text: str, lead_in: str = "", role_index: int = 0) -> dict[str, str]:
    statement = judge(text, lead_in)[role_index]
    words = {"quote": statement.text, "lead_in": statement.lead_in}
    return {s.label: words[s.part][s.start:s.end] for s in reversed(statement.signals)}


def test_what_a_publication_says_of_itself_is_no_statement():
    """Permission, copies, enquiries: whatever the modal, nothing of it is policy."""
    for text in ("You should seek the permission of any rights owners before you print it.", "All questions about this booklet should be put to the harbour office."):
        assert not judge(text)
    assert [s.role for s in judge("We will publish this information in May.")] == ["commitment"]


def test_actor_is_the_subject_and_the_agent_of_a_passive():
    assert facets("The Home Office will publish a plan.")["actor"] == "The Home Office"
    assert facets("A plan will be published by the Home Office.")["actor"] == "the Home Office"
    assert "actor" not in facets("A plan will be published.")


def test_a_list_item_takes_actor_and_mood_from_its_lead_in():
    (statement,) = judge("publish a standard by March 2031", "Over the next year we will:")
    assert statement.role == "commitment"
    assert facets("publish a standard by March 2031", "Over the next year we will:")["actor"] == "we"
    assert facets("publish a standard by March 2031", "Over the next year we will:")["deadline"] == "by March 2031"


def test_partner_deadline_and_amount_have_their_exact_words():
    found = facets("We will work with the Care Inspectorate to open five pilot sites in spring 2032.")
    assert found["partner"] == "the Care Inspectorate"
    assert found["deadline"] == "in spring 2032"
    assert found["amount"] == "five pilot sites"


def test_two_acts_of_one_sentence_are_two_statements_with_their_own_words():
    found = judge("We will publish a workforce plan by May 2032, and the Inspectorate will review every service in the year after.")
    assert len(found) == 2
    assert [s.act.split()[-1] for s in found] == ["2032", "after."]
    assert found[1].act.startswith("the Inspectorate")


@pytest.mark.parametrize("text", [
    "This will help people to find work.", "This strategy sets out how we will act.", "The unit was set up in 2029.", "It is vital that records are shared.",
    "How will we know?", "The Government has no plans to legislate.",
])
def test_what_only_sounds_like_a_promise_is_none(text):
    assert judge(text)[0].role == "none"


def test_every_signal_stands_in_its_part():
    for statement in judge("Subject to funding, the Home Office will publish five reports by May 2031 where appropriate.", "In future:"):
        for signal in statement.signals:
            part = statement.text if signal.part == "quote" else statement.lead_in
            assert 0 <= signal.start <= signal.end <= len(part)


def test_ids_depend_on_nothing_but_document_and_words():
    assert judge("We will publish a plan.")[0].id == judge("We will publish a plan.")[0].id
    assert judge("We will publish a plan.")[0].id != judge("We will publish a map.")[0].id


def test_no_such_method_is_bad_input():
    with pytest.raises(extract.BadInput, match="no such method"):
        extract.rules(PIPELINE, "magic")


@pytest.mark.parametrize(("text", "force"), [
    ("Local commissioners must name a lead.", "must"), ("Every provider will be required to register.", "must"), ("Local areas should publish a plan.", "should"),
    ("Schools are encouraged to join.", "encouraged"), ("We expect every board to meet.", "should"),
])
def test_force_is_what_the_words_carry(text, force):
    from policytrack import rows

    (statement,) = judge(text)
    assert (statement.role, rows.force(statement)) == ("expectation", force)


def test_a_time_after_which_is_a_starting_point():
    found = [s for s in judge("Local commissioners must name a lead in every contract let after March 2032.")[0].signals if s.label == "deadline"]
    assert [(s.value, s.cue) for s in found] == [("from", "from-date")]
