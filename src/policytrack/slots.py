"""Asked and offered, slot by slot: who, act, deadline, amount; met, weaker, missing, or not asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policytrack import cues, recommend
from policytrack.cues import Cue
from policytrack.model import Recommendation, Response, Stance

ACT_LENGTH = 16               # words of an act that are shown
SLOTS = ("who", "act", "deadline", "amount")


@dataclass(frozen=True, slots=True)
class Rules:
    """What asks, what offers, and what bounds an act."""

    ask: tuple[Cue, ...]
    offer: tuple[Cue, ...]
    deadline: tuple[Cue, ...]
    amount: tuple[Cue, ...]
    finding: recommend.Rules


@dataclass(frozen=True, slots=True)
class Slot:
    """One row of the comparison."""

    slot: str
    asked: str | None
    offered: str | None
    verdict: str              # met | weaker | missing | not_asked


def load(pipeline: Path) -> Rules:
    """The rules of slots, from the folder `pipelines`."""
    amounts = tuple(cue for cue in cues.load(pipeline / "facets.toml") if cue.extra.get("facet") == "amount")
    return Rules(cues.load(pipeline / "slots.toml", key="ask"), cues.load(pipeline / "slots.toml", key="offer"), cues.load(pipeline / "deadlines.toml"), amounts, recommend.load(pipeline))


def slots(asked: Recommendation, answers: Sequence[Response], stance: Stance, spoken: Sequence[str], rules: Rules) -> list[Slot]:
    """The four slots of one recommendation beside what one responder offers in the sentences `spoken`."""
    offers = [sentence for sentence in spoken if first(rules.offer, sentence)]
    text = " ".join(offers)
    made = [_slot("who", asked.addressee, _offerer(offers, rules)),
            _slot("act", _act(asked.text, rules.ask), _act(offers[0], rules.offer) if offers else None, weaker=stance.label in ("accepted_in_principle", "under_consideration", "partially_accepted"))]
    for slot, known in (("deadline", rules.deadline), ("amount", rules.amount)):
        made.append(_slot(slot, first(known, asked.text), first(known, text), weaker=False))
    return [_withheld(slot, stance) for slot in made]


def _slot(slot: str, asked: str | None, offered: str | None, weaker: bool = False) -> Slot:
    if not asked:
        return Slot(slot, None, offered, "not_asked")
    if not offered:
        return Slot(slot, asked, None, "missing")
    differs = slot in ("deadline", "amount") and _plain(asked) != _plain(offered)
    return Slot(slot, asked, offered, "weaker" if weaker or differs else "met")


def _withheld(slot: Slot, stance: Stance) -> Slot:
    """Nothing is met by a refusal, a note or silence."""
    refused = stance.label in ("rejected", "noted", "not_addressed")
    return Slot(slot.slot, slot.asked, slot.offered, "weaker") if refused and slot.verdict == "met" else slot


def _plain(words: str) -> str:
    return re.sub(r"(?i)\b(?:by|in|before|no later than|the|end of|from|at least|up to|around)\b|\W+", " ", words).strip().casefold()


def first(known: Sequence[Cue], text: str) -> str | None:
    """The first words in a text that one of the cues finds."""
    found = cues.find(known, text)
    return text[found[0].start:found[0].end].strip(" ,.;") if found else None


def _act(text: str, known: Sequence[Cue]) -> str | None:
    """The words of the act, from its verb on."""
    for cue in known:
        found = cue.pattern.search(text)
        if found and found["act"]:
            return " ".join(found["act"].split()[:ACT_LENGTH]).strip(" ,.;:")
    return None


def _offerer(offers: Sequence[str], rules: Rules) -> str | None:
    for sentence in offers:
        for cue in rules.offer:
            found = cue.pattern.search(sentence)
            if found and found["who"]:
                return found["who"].strip()
    return None
