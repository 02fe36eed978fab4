"""Stances: what an answer says, and that refusals and acceptances are never taken for one another."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from policytrack import concern, stance
from policytrack.model import Recommendation, Response

HERE = Path(__file__).parent
RULES = stance.load(HERE.parent / "pipelines")
CASES = tomllib.loads((HERE / "cases" / "stance.toml").read_text(encoding="utf-8"))["case"]


def asked(text: str, number: str = "1") -> Recommendation:
    return Recommendation(id=f"r-{number}", document="report", number=number, page=1, text=text)


def answer(text: str, **facts) -> Response:
    return Response(id=facts.pop("id", "a-1"), document="response", page=1, responder="uk-government", text=text, **facts)


def judged(case: dict):
    one = asked(case["asked"])
    return stance.stance(one, [answer(case["answer"])], [one], RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_cases(case):
    found = judged(case)
    assert found.label in case["stance"]
    assert case.get("explicit", found.explicit) == found.explicit
    assert found.words in case["answer"]


@pytest.mark.parametrize("label, words", tomllib.loads((HERE / "cases" / "verdicts.toml").read_text(encoding="utf-8"))["verdicts"])
@pytest.mark.parametrize("beside", ["", " Work on this began in 2031, and existing guidance is being considered."])
def test_verdicts_whatever_stands_beside_them(label, words, beside):
    one = asked("Boards should publish a plan and figures.", "7")
    assert stance.stance(one, [answer(words + beside)], [one], RULES).label == label


def test_explicit_refusals_and_acceptances_are_never_confused():
    for case in CASES:
        if case.get("explicit") and case["stance"] in (["rejected"], ["accepted"]):
            assert judged(case).label not in ({"accepted", "rejected"} - set(case["stance"]))


@pytest.mark.parametrize("line, label", [("Accepted in principle", "accepted_in_principle"), ("Recommendation rejected", "rejected"), ("TBC by the office", "under_consideration"),
                                         ("Accept in part", "partially_accepted"), ("Recommendation accepted", "accepted"), ("Noted", "noted"), ("Already in place", "already_in_place")])
def test_a_line_with_the_verdict_decides_before_the_words(line, label):
    one = asked("The board should meet.")
    found = stance.stance(one, [answer("We will look at the dates, and much else is being done.", verdict=line)], [one], RULES)
    assert (found.label, found.explicit, found.words, found.method) == (label, True, line, "line")


@pytest.mark.parametrize(("words", "also"), [
    ("The Government broadly accepts this recommendation.", "accepted_in_principle"),
    ("The Government accepts this recommendation in principle.", "accepted_in_principle"),
    ("The Government accepts this recommendation.", None),
    ("A plan will be published in May.", None),
    ("We will consider what the plan should hold.", None),
])
def test_a_verdict_of_the_text_that_differs_from_the_line_stands_beside_it(words, also):
    one = asked("The Department should publish a plan.")
    found = stance.stance(one, [answer(words, verdict="Accepted")], [one], RULES)
    assert (found.label, found.also, found.method) == ("accepted", also, "line")


def test_one_sentence_with_two_verdicts():
    group = [asked(f"The board should do thing {n}.", n) for n in ("1", "2", "3")]
    words = "We accept recommendations 1 and 3 but reject recommendation 2."
    assert [stance.stance(r, [answer(words)], group, RULES).label for r in group] == ["accepted", "rejected", "accepted"]


def test_parts_that_differ():
    parts = [asked("open a register", "5(a)"), asked("double the places", "5(b)"), asked("review the teaching", "5(c)")]
    words = "This is accepted in part. On part (a), the college will open a register. On part (b), we are unable to support it. Part (c) is already being done."
    labels = [stance.stance(r, [answer(words, numbers=("5",))], [r], RULES).label for r in parts]
    assert labels == ["accepted", "rejected", "already_in_place"]


def test_who_it_is_passed_to():
    one = asked("The board should pay its members.")
    found = stance.stance(one, [answer("This is for the National Recovery Board, on which we sit.")], [one], RULES, lambda name: "national-recovery-board")
    assert (found.label, found.passed_to) == ("not_addressed", "national-recovery-board")


@pytest.mark.parametrize("what, words, label", [
    ("A page about cider should be added to the website, and a campaign run in schools.", "A new page about cider will be published on the website. We do not plan to run a campaign in schools.", "partially_accepted"),
    ("A page about cider should be added to the website.", "A new building will be opened in May. We do not plan to add a page of this kind.", "rejected"),
    ("The college should revise its module on cider for publicans.", "The college welcomes this recommendation. Its module on cider for publicans will be issued in June.", "accepted"),
    ("The college should revise its module on cider for publicans.", "The college welcomes this recommendation. It was founded in 1902.", "noted"),
])
def test_what_is_promised_counts_where_it_takes_up_what_was_asked(what, words, label):
    one = asked(what)
    assert stance.stance(one, [answer(words)], [one], RULES).label == label


def test_a_shared_view_is_no_refusal_of_what_is_asked_beside_it():
    view = Recommendation(id="r-1", document="report", number="1", page=1, text="Too few hostels are inspected, and that is not acceptable.", ask=False)
    words = "The Government agrees with the Committee that too few hostels are inspected. It is not persuaded that a new duty would help."
    assert stance.stance(view, [answer(words)], [view], RULES).label == "accepted"
    assert stance.stance(asked("Ministers should bring in a new duty to inspect hostels."), [answer(words)], [view], RULES).label in ("rejected", "partially_accepted")


@pytest.mark.parametrize("wanted, label", [("Ether should not be controlled under the Act.", "accepted"), ("Ether should be controlled under the Act.", "rejected")])
def test_asked_not_to_and_has_no_plans_to(wanted, label):
    one = asked(wanted)
    assert stance.stance(one, [answer("Having weighed this, I do not intend to bring forward an Order on ether.")], [one], RULES).label == label


def test_the_name_of_who_is_asked_tells_no_recommendations_apart():
    report, study = asked("The yearly report on deaths should be funded.", "1"), replace(asked("The Department of Health should commission a study of memory.", "2"), addressee="The Department of Health")
    said = ["We accept in part: the Department of Health will fund the yearly report for two years.", "Your proposal for a study of memory will be put before the panel."]
    assert concern.sentences(study, said, [report, study], part=False) == [1]
