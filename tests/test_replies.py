"""Replies in the manners in which governments answer: what each says to what was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytrack import replies, stance
from policytrack.model import BadInput

PIPELINE = Path(__file__).parent.parent / "pipelines"
RULES = stance.load(PIPELINE)
KNOWN = replies.load(PIPELINE)


@pytest.mark.parametrize("reply", [r for r in KNOWN if not r.held and not r.taught], ids=lambda reply: reply.why)
def test_replies(reply):
    found = replies.judged(reply, RULES)
    assert found.label in reply.stance, found
    assert reply.explicit in (None, found.explicit), found
    assert found.words in (reply.verdict, *stance.split(reply.answer, RULES)) or found.words in reply.answer


def test_acceptances_and_refusals_in_words_are_never_confused():
    for reply in KNOWN:
        if reply.explicit and reply.stance in (("rejected",), ("accepted",)):
            assert replies.judged(reply, RULES).label not in {"accepted", "rejected"} - set(reply.stance)


def test_most_of_those_held_out_are_read():
    def right(held):
        return sum(replies.judged(r, RULES).label in r.stance for r in held) / len(held)

    held = [r for r in KNOWN if r.held]
    prose = [r for r in held if r.why.startswith("prose")]
    first = [r for r in held if r.why.startswith("held")]
    fifth = [r for r in held if r.why.startswith("fifth")]
    eighth = [r for r in held if r.why.startswith("eighth")]
    later = [r for r in held if r not in prose and r not in first and r not in fifth and r not in eighth]
    assert len(first) == 36 and right(first) >= 0.7
    assert len(later) == 35 and right(later) >= 0.65
    assert len(fifth) == 120 and right(fifth) >= 0.3         # seldom in the words of a verdict
    assert len(eighth) == 520 and right(eighth) >= 0.3
    assert len(prose) >= 100 and right(prose) >= 0.4        # without a verdict; read with the second opinion in test_opinion.py


def test_what_is_held_out_teaches_nothing():
    assert not any(r.held for r in replies.teaching(KNOWN))


def test_a_reply_without_its_stance_is_named(tmp_path):
    (tmp_path / "replies.toml").write_text('reply = [{why = "x", asked = "y", answer = "z"}]\n')
    with pytest.raises(BadInput, match="'x'"):
        replies.load(tmp_path)
