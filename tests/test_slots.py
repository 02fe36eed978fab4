"""Asked and offered, slot by slot."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytrack import slots
from policytrack.model import Recommendation, Response, Stance

RULES = slots.load(Path(__file__).parent.parent / "pipelines")
WHEN = ("2028-05-01", "2029-01-10")


def compared(asked: str, *offered: str, label: str = "accepted", addressee: str | None = "The ministry", responder: str = "uk-government") -> dict[str, tuple]:
    one = Recommendation("r", "report", "1", 1, asked, addressee=addressee)
    response = Response("a", "response", 1, responder, " ".join(offered))
    found = slots.slots(one, [response], Stance("r", responder, "a", label), offered, RULES, WHEN)
    return {slot.slot: (slot.asked, slot.offered, slot.verdict) for slot in found}


def test_a_later_date_is_weaker_and_an_earlier_one_is_not():
    got = compared("The ministry should publish a register by March 2030.", "We will publish a register by June 2031.")
    assert got["deadline"] == ("by March 2030", "by June 2031", "weaker")
    assert got["act"] == ("publish a register by March 2030", "publish a register by June 2031", "met") and got["amount"][2] == "not_asked"
    assert compared("The ministry should publish a register by March 2030.", "We will publish a register by June 2029.")["deadline"][2] == "met"


def test_of_all_offers_the_one_most_alike_is_compared():
    got = compared("The ministry should set up a fund for lifeboat crews.", "We will meet the crews in May.", "In time we will establish a fund for the crews of lifeboats.")
    assert got["act"] == ("set up a fund for lifeboat crews", "establish a fund for the crews of lifeboats", "met")


def test_a_passive_is_shown_from_its_own_subject_on():
    asked = "The ministry should publish the accounts of the service."
    assert compared(asked, "We like the plan, and the accounts of the service will be published together.")["act"][1:] == ("the accounts of the service will be published together", "met")


@pytest.mark.parametrize(("offered", "label", "verdict"), [
    ("We will consider the case for a fund for lifeboat crews.", "accepted", "weaker"),      # a hedge
    ("We will set up a fund for lifeboat crews.", "accepted_in_principle", "weaker"),        # the stance
    ("We will paint the lighthouse.", "accepted", "not_compared"),                           # another act
    ("We will close the lifeboat fund.", "accepted", "not_compared"),                        # another act on the same thing
    ("It will take several years for crews to see a fund set up.", "accepted", "not_compared"),
    ("The Harbour Scheme will set up a fund for lifeboat crews.", "accepted", "not_compared"),   # a scheme is no body
    ("We accept this.", "accepted", "not_compared"), ("This is done.", "already_in_place", "not_compared"),
    ("This is for others.", "under_consideration", "missing"), ("The officer in charge will look at it.", "under_consideration", "not_compared"),
    ("We will not do so.", "rejected", "missing"), ("We will set up a fund for lifeboat crews.", "rejected", "not_compared"),
])
def test_an_act_is_compared_and_never_met_by_another(offered, label, verdict):
    assert compared("The ministry should set up a fund for lifeboat crews.", offered, label=label)["act"][2] == verdict


@pytest.mark.parametrize(("addressee", "offered", "verdict"), [
    ("the Department of Health", "We will publish a register.", "met"), ("the Department of Health", "The Department of Health will publish a register.", "met"),
    ("the Government", "The Home Office will publish a register.", "met"), ("the Department", "The Home Office will publish a register.", "met"),
    ("the Department of Health", "The Home Office will publish a register.", "not_compared"), ("councils", "We will publish a register.", "not_compared"),
    ("the Government", "A register will be published.", "not_compared"), (None, "We will publish a register.", "not_asked"),
])
def test_who_is_met_by_the_body_that_was_asked(addressee, offered, verdict):
    assert compared("Somebody should publish a register.", offered, addressee=addressee)["who"][2] == verdict


def test_nothing_is_met_by_a_refusal():
    got = compared("The ministry should publish a register by March 2030.", "We will not do so.", label="rejected")
    assert got["deadline"][2] == "missing" and "met" not in {verdict for _, _, verdict in got.values()}
    got = compared("The ministry should publish a register by March 2030.", "We will publish a register by March 2030.", label="rejected")
    assert {verdict for _, _, verdict in got.values()} == {"not_compared", "not_asked"}


def test_a_date_is_missing_only_where_one_was_asked_and_the_act_is_still_to_be_done():
    asked = "The ministry should publish a register by March 2030."
    assert compared(asked, "We will publish a register.")["deadline"][2] == "missing"
    assert compared(asked, "The register has been published.")["deadline"][2] == "not_compared"
    assert compared(asked, "It is there.", label="already_in_place")["deadline"][2] == "not_compared"
    assert compared(asked, "We will paint the lighthouse by May 2029.")["deadline"][1:] == ("by May 2029", "not_compared")


@pytest.mark.parametrize("asked", ["The register of 2019 was lost in March 2020. It should be kept.", "The officer, once appointed, should publish a register.",
                                   "Rules put the burden on the end user and should change.", "It should be kept as soon as practicable with care."])
def test_past_dates_and_events_bound_no_act(asked):
    assert slots.deadline(asked, RULES, WHEN[0]) is None


def test_amounts_are_money_shares_and_counted_things():
    for asked in ("The officer, once appointed, should publish a register.", "The ministry should publish a register annually.", "It should address one of the themes."):
        assert compared(asked, "We will publish it.")["amount"][2] == "not_asked"
    asked = "The ministry should open five pilot sites."
    assert compared(asked, "We will open five pilot sites.")["amount"] == ("five pilot sites", "five pilot sites", "met")
    assert compared(asked, "We will open pilot sites.")["amount"][2] == "missing"


@pytest.mark.parametrize(("text", "act"), [
    ("It has bodies which one should hesitate to disrupt. The ministry should press for change.", "press for change"),
    ("We recommend that the office, in consultation with the crew, once appointed, consider the fees.", "consider the fees"),
    ("The office should: (a) establish a register", "establish a register"),
    ("The idea of a register is a good one.", None),
])
def test_the_act_is_that_of_the_main_clause(text, act):
    assert compared(text, "We will not.")["act"][0] == act
