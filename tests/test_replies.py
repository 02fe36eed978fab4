"""Replies in the manners in which governments answer: what each says to what was asked."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from policytrack import stance
from policytrack.model import Recommendation, Response

HERE = Path(__file__).parent
RULES = stance.load(HERE.parent / "pipelines")
REPLIES = tomllib.loads((HERE / "cases" / "replies.toml").read_text(encoding="utf-8"))["reply"]


def judged(reply: dict):
    one = Recommendation(id="r", document="report", number="1", page=1, text=reply["asked"], ask=reply.get("ask", True))
    given = Response(id="a", document="response", page=1, responder=reply.get("responder", "uk-government"), text=reply["answer"], verdict=reply.get("verdict", ""))
    return stance.stance(one, [given], [one], RULES)


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply["why"])
def test_replies(reply):
    found = judged(reply)
    assert found.label in reply["stance"], found
    assert reply.get("explicit", found.explicit) == found.explicit, found
