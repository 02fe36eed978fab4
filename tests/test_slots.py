"""Asked and offered, slot by slot."""

from __future__ import annotations

from pathlib import Path

from policytrack import slots
from policytrack.model import Recommendation, Response, Stance

RULES = slots.load(Path(__file__).parent.parent / "pipelines")


def compared(asked: str, offered: str, label: str) -> dict[str, tuple]:
    one = Recommendation("r", "report", "1", 1, asked, addressee="The ministry")
    response = Response("a", "response", 1, "uk-government", offered)
    found = slots.slots(one, [response], Stance("r", "uk-government", "a", label), [offered], RULES)
    return {slot.slot: (slot.asked, slot.offered, slot.verdict) for slot in found}


def test_a_later_date_is_weaker():
    got = compared("The ministry should publish a register by March 2030.", "The ministry will publish a register by June 2031.", "accepted")
    assert got["deadline"] == ("by March 2030", "by June 2031", "weaker")
    assert got["act"][2] == "met" and got["who"][1] == "The ministry"
    assert got["amount"][2] == "not_asked"


def test_nothing_is_met_by_a_refusal():
    got = compared("The ministry should publish a register by March 2030.", "We will not do so.", "rejected")
    assert got["deadline"][2] == "missing" and "met" not in {verdict for _, _, verdict in got.values()}
