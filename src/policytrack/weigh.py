"""The sentences of an answer -> the label they bear: by the words of a verdict, by agreement and acts, or by acts alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from policytrack import concern, cues, verdicts
from policytrack.cues import Cue
from policytrack.model import Recommendation, StanceLabel

FAR = 2.5                     # what is told of old work, so many times what is promised, makes polite agreement "already in place"
PUT_BY = ("under_consideration", "already_in_place", "noted")      # labels that an acceptance in so many words overrules, wherever it stands
NEAR = 0.6                    # a label whose points reach this share of the best one's is a second reading
TAKEN_UP = 3                  # words of a recommendation in a sentence, from which on it speaks of the same thing
PROMISE = 0.7                 # the least weight of an act that counts as promised
_PARTLY = re.compile(r"(?i)\bnothing to (?:add|say) on (?:parts?|limbs?|the (?:other|rest|remaining))")


@dataclass(frozen=True, slots=True)
class Rules:
    """The proved cues of `stance.toml`: of answers by how they speak, and of what is asked."""

    speaking: dict[str, tuple[Cue, ...]]
    asked: tuple[Cue, ...]
    verdicts: verdicts.Rules


@dataclass(frozen=True, slots=True)
class Hit:
    """One cue in one sentence."""

    value: str
    kind: str
    explicit: bool
    weight: float
    sentence: int
    start: int
    cue: str
    soft: bool = False
    also: StanceLabel | None = None      # a second reading that these words leave open


@dataclass(frozen=True, slots=True)
class Reading:
    """A label with its reasons, before it becomes a Stance."""

    label: StanceLabel
    also: StanceLabel | None
    explicit: bool
    sentence: int                # the one that carries it; -1 for a heading or a column
    basis: str
    view: bool = False           # the words agree with a view ("agrees that …"), which is not yet to accept what is asked


def load(pipeline: Path) -> Rules:
    """The rules of weighing, from the folder `pipelines`."""
    speaking: dict[str, tuple[Cue, ...]] = {}
    for cue in cues.load(pipeline / "stance.toml"):
        speaking[cue.extra["kind"]] = (*speaking.get(cue.extra["kind"], ()), cue)
    return Rules(speaking, cues.load(pipeline / "stance.toml", key="asked"), verdicts.load(pipeline))


def hits(spoken: Sequence[str], rules: Rules, speaker: str = "") -> list[Hit]:
    """Every cue in every sentence, in order; words about other governments are no words of this one."""
    found = []
    for n, sentence in enumerate(spoken):
        for kind in ("verdict", "weak", "content", "turn", "retract"):
            for cue in rules.speaking[kind]:
                for signal in cue.find(sentence):
                    if kind in ("verdict", "retract") and _of_others(sentence[:signal.end], speaker, rules):
                        continue
                    found.append(Hit(cue.value, kind, bool(cue.extra.get("explicit", kind == "verdict")), float(cue.extra.get("weight", 1.0)), n, signal.start, cue.id,
                                     bool(cue.extra.get("soft")), cue.extra.get("also")))
    return sorted(found, key=lambda h: (h.sentence, h.start))


def _of_others(words: str, speaker: str, rules: Rules) -> bool:
    """Whether the words up to a verdict name other governments, and not the one that speaks."""
    named = verdicts.bodies(words, rules.verdicts)
    return bool(named) and bool(speaker) and speaker not in named


def read(spoken: Sequence[str], asked: Recommendation, rules: Rules, speaker: str = "") -> Reading:
    """The label that the sentences of an answer bear, and how: by verdict, by agreement and acts, or by acts alone."""
    found = hits(spoken, rules, speaker)
    said = [h for h in found if h.kind == "verdict"]
    points = _points(found)
    weak = [h for h in found if h.kind == "weak"]
    if said and not asked.ask and weak and weak[0].value == "accepted" and (weak[0].sentence, weak[0].start) < (said[0].sentence, said[0].start):
        said = []                     # a view is shared, whatever is then said of the recommendation beside it
    if said:
        if said[0].value == "under_consideration" and any(h.kind == "weak" and h.value == "accepted_in_principle" and h.sentence <= said[0].sentence for h in found):
            return Reading("accepted_in_principle", "under_consideration", False, said[0].sentence, "weak")
        near = {n for n, sentence in enumerate(spoken) if concern.common(sentence, asked.text) >= TAKEN_UP}
        return _as_asked(_by_verdict(said, found, points, near), found, asked, rules)
    if weak:
        return _as_asked(_by_agreement(weak, found, points, asked.ask), found, asked, rules)
    return _as_asked(_by_acts(found, points, spoken), found, asked, rules)


def _points(found: Iterable[Hit]) -> Counter[str]:
    points: Counter[str] = Counter()
    for h in found:
        if h.kind == "content":
            points[h.value] += h.weight
    return points


def _by_verdict(said: Sequence[Hit], found: Sequence[Hit], points: Counter[str], near: Collection[int]) -> Reading:
    """The first verdict, unless a later one limits it; `near` are the sentences that take up the words of what is asked."""
    first = said[0]
    values = {h.value: h for h in reversed(said)}
    for label in ("accepted_in_principle", "partially_accepted"):
        if label in values and values[label].sentence <= first.sentence + 1:
            return Reading(label, None, True, values[label].sentence, "verdict")
    if first.value == "accepted" and "rejected" in values and values["rejected"].explicit:
        return Reading("partially_accepted", None, True, values["rejected"].sentence, "verdict")
    if first.value == "rejected" and "accepted" in values and values["accepted"].explicit and values["accepted"].sentence > first.sentence:
        return Reading("partially_accepted", "rejected", True, first.sentence, "verdict")      # what is accepted in so many words is never called a refusal
    if first.value == "accepted" and (taken := _taken_back(first, found)):
        return Reading("partially_accepted", "accepted", True, taken.sentence, "limited")
    if first.cue == "agree" and (later := next((h for h in said if h.cue == "before-taking-a-view" and h.sentence > first.sentence), None)):
        return Reading("accepted_in_principle", "under_consideration", False, later.sentence, "implied")      # agreed with, and what follows is still to be decided
    if (not first.explicit or first.value in PUT_BY) and (spoken := next((h for h in said if h.explicit and h.value == "accepted"), None)):
        first = spoken                # "it is being considered how … . We accept this recommendation": what is said in so many words
    if first.value in ("noted", "already_in_place", "under_consideration") and "rejected" in values and values["rejected"].explicit:
        first = values["rejected"]
    if first.value == "rejected" and first.explicit and any(h.value == "accepted" and h.kind == "content" and h.weight >= (0.8 if h.sentence == first.sentence else 1) and (h.sentence, h.start) < (first.sentence, first.start) for h in found):
        return Reading("partially_accepted", "rejected", True, first.sentence, "verdict")
    promised = next((h for h in found if h.kind == "content" and h.value == "accepted" and h.sentence in near), None)
    if promised and first.value == "rejected" and first.explicit and promised.sentence < first.sentence and promised.weight >= PROMISE:
        return Reading("partially_accepted", "rejected", True, first.sentence, "verdict")      # one limb is promised before another is refused
    if promised and first.value == "noted" and all(h.value == "noted" for h in said) and points["rejected"] < 1:
        return Reading("accepted", "noted", False, promised.sentence, "implied")              # a welcome, and then what was asked is promised
    also = "already_in_place" if first.value == "rejected" and "already_in_place" in values else "rejected" if first.value == "already_in_place" and points["rejected"] >= 2 else first.also
    view = first.value == "accepted" and any(h.cue == "agree-view" and h.sentence == first.sentence for h in found)
    return Reading(first.value, also, first.explicit, first.sentence, "verdict" if first.explicit else "implied", view)


def _taken_back(first: Hit, found: Sequence[Hit]) -> Hit | None:
    """Where what was accepted is limited in a later sentence, or behind a "but" of its own."""
    turns = [h for h in found if h.kind == "turn" and h.sentence == first.sentence and h.start > first.start]
    return next((h for h in found if h.kind == "retract" and (h.sentence > first.sentence or any(t.start <= h.start for t in turns))), None)


def _by_agreement(weak: Sequence[Hit], found: Sequence[Hit], points: Counter[str], asks: bool = True) -> Reading:
    """Agreement with a view or an aim: a promise makes it acceptance, old work "already in place", a turn something less."""
    first = weak[0]
    if first.value == "accepted_in_principle":
        return Reading("accepted_in_principle", "noted", False, first.sentence, "weak")
    turned = any(h.kind == "turn" and (h.sentence, h.start) > (first.sentence, first.start) for h in found)
    if points["rejected"] >= 2 and turned:
        return Reading("partially_accepted", "rejected", False, first.sentence, "weak")
    if points["accepted"] and any(h.cue == "other-means" and h.sentence >= first.sentence for h in found):
        return Reading("accepted_in_principle", "rejected", False, first.sentence, "weak")
    if not asks:
        return Reading("accepted", None, not first.soft, first.sentence, "weak")
    if first.soft and turned and points["accepted"]:
        return Reading("accepted_in_principle", "accepted", False, first.sentence, "weak")
    if points["accepted"] == 0 and points["already_in_place"] >= (0.5 if first.soft else 2) or first.soft and points["already_in_place"] >= FAR * points["accepted"] > 0:
        return Reading("already_in_place", "accepted", False, first.sentence, "weak")
    if points["under_consideration"] > points["accepted"]:
        return Reading("under_consideration", "accepted_in_principle", False, first.sentence, "weak")
    if first.soft and points["accepted"] == 0:
        return Reading("noted", "accepted", False, first.sentence, "weak")
    return Reading("accepted", None, not first.soft, first.sentence, "weak")


def _by_acts(found: Sequence[Hit], points: Counter[str], spoken: Sequence[str]) -> Reading:
    """No verdict: what the acts that are told come to."""
    def carried(label: str) -> int:
        return next((h.sentence for h in found if h.kind == "content" and h.value == label), 0)

    if not points:
        return Reading("noted", None, False, 0 if spoken else -1, "nothing")
    if points["not_addressed"] and points["accepted"] and _PARTLY.search(spoken[carried("not_addressed")]):
        return Reading("partially_accepted", "accepted_in_principle", False, carried("accepted"), "inferred")
    if points["not_addressed"] and carried("not_addressed") > 0 and any(h.kind == "content" and h.value in ("accepted", "already_in_place") and h.weight >= 0.9 and h.sentence < carried("not_addressed") for h in found):
        return Reading("partially_accepted", "not_addressed", False, carried("not_addressed"), "inferred")
    turned = any(h.kind == "turn" and h.sentence > carried("not_addressed") and any(o.value == "accepted" and o.kind == "content" and o.sentence == h.sentence for o in found) for h in found)
    if points["not_addressed"] and not turned and points["accepted"] + points["already_in_place"] < points["not_addressed"]:
        return Reading("not_addressed", None, False, carried("not_addressed"), "inferred")
    if points["rejected"] >= 2 and any(h.value == "accepted" and h.kind == "content" and h.sentence < carried("rejected") for h in found):
        return Reading("partially_accepted", "rejected", False, carried("rejected"), "inferred")
    if points["rejected"] >= 2 and points["rejected"] >= 0.5 * (points["accepted"] + points["already_in_place"]):
        return Reading("rejected", "partially_accepted" if points["accepted"] else "already_in_place" if points["already_in_place"] else None, False, carried("rejected"), "inferred")
    ranked = points.most_common()
    best = ranked[0][0]
    if best == "already_in_place" and points["accepted"] > points["already_in_place"]:
        best = "accepted"
    second = next((label for label, n in ranked if label != best and n >= NEAR * points[best]), None)
    return Reading(best, second, False, carried(best), "inferred")


def _as_asked(reading: Reading, found: Sequence[Hit], asked: Recommendation, rules: Rules) -> Reading:
    """Asked to consider and says that it will consider: accepted. Asked to continue and says that it will: accepted."""
    wanted = {cue.value for cue in rules.asked for _ in cue.find(asked.text)}
    again = any(h.cue == "keeps" for h in found)
    if reading.basis == "limited" and "consider" in wanted and any(h.value == "under_consideration" for h in found):
        return Reading("accepted", "partially_accepted", True, next(h.sentence for h in found if h.kind == "verdict"), "verdict")
    if reading.label == "under_consideration" and "consider" in wanted and not any(h.cue == "later" for h in found):
        return Reading("accepted", "under_consideration", reading.explicit, reading.sentence, reading.basis)
    if reading.label == "accepted" and "refrain" in wanted and reading.basis == "inferred" and not again:
        return Reading("rejected", "accepted", False, reading.sentence, reading.basis)
    if reading.label == "rejected" and "refrain" in wanted and reading.basis == "inferred" and again:
        return Reading("accepted", "rejected", False, reading.sentence, reading.basis)
    if reading.label == "rejected" and "refrain" in wanted and any(h.cue == "no-plans" and h.sentence == reading.sentence for h in found):
        return Reading("accepted", "rejected", False, reading.sentence, "implied")      # asked not to, and has no plans to
    if reading.label == "already_in_place" and "continue" in wanted and not reading.explicit:
        return Reading("accepted", "already_in_place", False, reading.sentence, reading.basis)
    return reading
