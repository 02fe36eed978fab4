"""The second opinion on stances: when it is asked, how it is weighed against the rules, and what it may not say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from policytrack import adapter, corpus, finetune, opinion, replies, stance
from policytrack.model import BadInput, Recommendation, Response

PIPELINE = Path(__file__).parent.parent / "pipelines"
RULES = stance.load(PIPELINE)
ASKED = Recommendation("r", "report", "1", 1, "The ministry should publish the waits of every harbour.")


def judged(words: str, second: bool = True):
    return stance.stance(ASKED, [Response("a", "response", 1, "uk-government", words)], [ASKED], RULES, second=second)


def says(monkeypatch, **shares: float):
    """The encoder says this of whatever it is asked; the texts that it was asked."""
    asked = []

    def chances(path, texts, *_):
        asked.extend(texts)
        rest = (1 - sum(shares.values())) / (len(corpus.STANCES) - len(shares))
        return np.tile(np.array([shares.get(label, rest) for label in corpus.STANCES], dtype=np.float32), (len(texts), 1))

    monkeypatch.setattr(adapter, "chances", chances)
    return asked


def test_words_of_a_verdict_decide_and_it_is_not_asked(monkeypatch):
    asked = says(monkeypatch, rejected=0.99)
    assert judged("The Government accepts this recommendation.").label == "accepted" and not asked
    assert judged("Harbours are of great importance to us.", second=False).method == "nothing" and not asked


def test_where_nothing_is_read_it_decides(monkeypatch):
    says(monkeypatch, already_in_place=0.9)
    found = judged("Harbours are of great importance to us.")
    assert (found.label, found.method, found.explicit) == ("already_in_place", "opinion", False)


def test_what_the_rules_infer_is_held_up_against_it(monkeypatch):
    words = "We will publish the waits of every harbour in May."
    assert judged(words, second=False).method == "inferred"
    says(monkeypatch, under_consideration=0.8, accepted=0.15)
    assert (judged(words).label, judged(words).method) == ("accepted", "inferred")
    says(monkeypatch, under_consideration=0.993)
    assert (judged(words).label, judged(words).method) == ("under_consideration", "opinion")


def test_a_refusal_takes_more_than_a_likeness(monkeypatch):
    words = "Harbours are of great importance to us."
    says(monkeypatch, rejected=0.45, already_in_place=0.35)
    assert (judged(words).label, judged(words).also) == ("already_in_place", "rejected")
    says(monkeypatch, rejected=0.8)
    assert judged(words).label == "rejected"


def test_the_sentence_that_carries_it_is_printed(monkeypatch):
    def chances(path, texts, *_):
        return np.array([[0.9 if ("no wish" in answer) == (label == "rejected") else 0.01 for label in corpus.STANCES] for _, answer in texts], dtype=np.float32)

    monkeypatch.setattr(adapter, "chances", chances)
    found = judged("Harbours are of great importance to us. There is no wish among harbour masters for more tables. Ferries are loved.")
    assert (found.label, found.words) == ("rejected", "There is no wish among harbour masters for more tables.")


def test_the_shipped_weights_read_what_no_rule_reads():
    held = [r for r in replies.load(PIPELINE) if r.held and r.why.startswith("prose")][:40]
    alone, both = ([replies.judged(r, RULES, second).label in r.stance for r in held] for second in (False, True))
    assert len(held) == 40 and sum(both) >= 0.65 * len(held) > sum(alone)


def test_a_reply_with_several_right_stances_teaches_each():
    reply = replies.Reply("w", "a", "b", ("noted", "rejected", "accepted"))
    assert dict(zip(corpus.STANCES, finetune.stance_targets(reply), strict=True)) | {"noted": 0.7} == dict.fromkeys(corpus.STANCES, 0.0) | {
        "noted": 0.7, "rejected": pytest.approx(0.15), "accepted": pytest.approx(0.15)}
    assert sum(finetune.stance_targets(replace(reply, stance=("noted",)))) == 1.0


def test_fitting_learns_what_replies_come_to(tmp_path, monkeypatch):
    monkeypatch.setattr(finetune, "REPLY_EPOCHS", 60)
    taught = [replies.Reply("w", "A register should be kept.", words, (label,)) for words, label in (
        ("We will keep one from May.", "accepted"), ("One will be opened in June.", "accepted"), ("We will set it up this year.", "accepted"),
        ("There is no case for one.", "rejected"), ("It would serve no purpose.", "rejected"), ("We see no need of it.", "rejected"))] * 3
    np.savez_compressed(tmp_path / opinion.FILE, **finetune.stances(taught))
    rules = replace(RULES.second, weights=tmp_path / opinion.FILE)
    said = opinion.chances("A register should be kept.", ["It will be set up in June.", "There is no purpose in it."], rules)
    assert [corpus.STANCES[n] for n in said.argmax(1)] == ["accepted", "rejected"]


def test_a_missing_number_is_named(tmp_path):
    (tmp_path / "stance.toml").write_text("[opinion]\nlimited = 2.0\n")
    with pytest.raises(BadInput, match="inferred"):
        opinion.load(tmp_path)


def test_agreement_with_a_view_is_weighed_and_an_acceptance_is_not(monkeypatch):
    says(monkeypatch, accepted_in_principle=0.9999, accepted=0.0)
    found = judged("We agree that harbours should be easier to reach. A single rule for all of them would not suit the small ones.")
    assert (found.label, found.method) == ("accepted_in_principle", "opinion")
    assert judged("We accept this recommendation. A single rule for all of them would not suit the small ones.").label == "accepted"


def test_replies_that_nothing_was_mended_on_or_taught_by():
    later = replies.load(Path(__file__).parent / "cases" / "held")
    alone, both = ([replies.judged(r, RULES, second).label in r.stance for r in later] for second in (False, True))
    assert len(later) == 300 and sum(alone) >= 0.48 * 300 and sum(both) >= 0.66 * 300


def test_words_that_pass_a_matter_on_stand(monkeypatch):
    says(monkeypatch, accepted=0.99)
    found = judged("This is a matter for the harbour authority. We have sent it a copy of the report.")
    assert (found.label, found.method) == ("not_addressed", "inferred")
