"""Response -> Stance: what the responder says to one recommendation, with the words that carry it.

A line that is nothing but a verdict decides before all else, then the words of a verdict, then what is told about acts
(`weigh.py`); where no line and no verdict decides, a second opinion is asked (`opinion.py`). How sure each way is was counted
(`confidence.toml`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policytrack import concern, numbers, opinion, sentences, verdicts, weigh
from policytrack.model import BadInput, Recommendation, Response, Stance, StanceLabel

METHODS = ("line", "verdict", "implied", "limited", "weak", "inferred", "opinion", "nothing", "silence")
ORDER = ("accepted_in_principle", "partially_accepted", "rejected", "under_consideration", "already_in_place", "noted", "not_addressed", "accepted")
LIMITS = ("accepted_in_principle", "partially_accepted", "rejected")      # what a text can say that takes back an official acceptance
# "…, and we have nothing to add on parts (b) and (c)" is about those parts alone
_PARTED = re.compile(r"(?i)[,;]\s+(?:and|but|while)\s+(?=(?:we|it|they|ministers|the \w+)\b[^.;]{0,60}\b(?:parts?|limbs?|recommendations?)\s+[\d(])")
Who = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of stances: cues, lines, abbreviations that end no sentence, the second opinion, and how sure each method is."""

    weigh: weigh.Rules
    verdicts: verdicts.Rules
    known: frozenset[str]
    second: opinion.Rules
    confidence: dict[str, float]


def load(pipeline: Path) -> Rules:
    """The rules of stances, from the folder `pipelines`."""
    words = weigh.load(pipeline)
    return Rules(words, words.verdicts, sentences.abbreviations(pipeline / "abbreviations.toml"), opinion.load(pipeline), _confidence(pipeline / "confidence.toml"))


def _confidence(path: Path) -> dict[str, float]:
    """How often each method was right where it was counted."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadInput(path, f"cannot be read ({error})", "run `policytrack train`") from None
    found = {row["name"]: row["confidence"] for row in table.get("method", [])}
    if missing := set(METHODS) - set(found):
        raise BadInput(path, f"no confidence for {', '.join(sorted(missing))}", "run `policytrack train`")
    return found


def stance(asked: Recommendation, answers: Sequence[Response], group: Sequence[Recommendation], rules: Rules, who: Who = lambda name: None,
           second: bool = False) -> Stance:
    """The stance of one responder, from all its answers to one recommendation; `group` are all that those answers answer.

    `second`: whether a second opinion is asked where no words of a verdict stand.
    """
    answers = [r if r.verdict else replace(r, verdict=_opening(r.text, rules)) for r in answers]
    main = max(answers, key=lambda r: (len(r.text.split()), r.id))
    part = bool(_whole(asked, answers))
    spoken = [s for response in (main, *(r for r in answers if r is not main and not r.verdict)) for s in split(response.text, rules)]
    own = concern.sentences(asked, spoken, group, part)
    official = next((r for r in answers if r.verdict and label(r.verdict, rules)), None)
    apart = part and own != list(range(len(spoken)))
    reading = weigh.read([concern.clause(spoken[n], asked, group) for n in own], asked, rules.weigh, main.responder)
    if official is not None and not (apart and (label(official.verdict, rules) == "partially_accepted" or reading.explicit and reading.basis == "verdict")):
        printed = label(official.verdict, rules)
        other = reading.also if reading.label == printed else reading.label
        other = other if printed == "accepted" and reading.basis == "verdict" and other in LIMITS else None      # the text beside the line grants less, in so many words
        return _stance(asked, official, main.id, weigh.Reading(printed, other, True, -1, "line"), official.verdict, rules)
    way = "view" if reading.view else reading.basis
    shared = not asked.ask and reading.label == "accepted"      # a conclusion asks nothing: who agrees with it has accepted it, whatever is said of the recommendation beside it
    if second and own and way in opinion.WAYS and reading.label != "not_addressed" and not shared:      # to pass a matter on takes words, and they stand
        said = [spoken[n] for n in own]
        named, also = opinion.opinion(asked.text, said, reading.label, way, rules.second)
        if named != reading.label or reading.basis == "nothing":
            reading = weigh.Reading(named, also, False, opinion.carrier(asked.text, said, named, rules.second), "opinion")
    words = spoken[own[reading.sentence]] if own and reading.sentence >= 0 else ""
    return replace(_stance(asked, main, main.id, reading, words, rules), passed_to=_passed(words, rules, who) if reading.label == "not_addressed" else None)


def _whole(asked: Recommendation, answers: Sequence[Response]) -> str:
    """The whole that a part belongs to, where the answers name only that; else ""."""
    return "" if asked.number in {n for r in answers for n in r.numbers} else numbers.parent(asked.number)


def _stance(asked: Recommendation, by: Response, response: str, reading: weigh.Reading, words: str, rules: Rules) -> Stance:
    return Stance(asked.id, by.responder, response, reading.label, reading.also, reading.explicit, words, confidence=rules.confidence[reading.basis], method=reading.basis)


def split(text: str, rules: Rules) -> list[str]:
    """The sentences of an answer."""
    found = [part[a:b] for part in text.split("\n\n") for a, b in sentences.split(part, rules.known)]
    return [piece for sentence in found for piece in _PARTED.split(sentence)]


def _opening(text: str, rules: Rules) -> str:
    """The first sentence of an answer, where it is nothing but a verdict ("Response: Accept."); else ""."""
    first = verdicts.opening(next(iter(split(text[:300], rules)), ""), rules.verdicts)
    return first if first and label(first, rules) else ""


def label(verdict: str, rules: Rules) -> StanceLabel | None:
    """The label of a line that is nothing but a verdict: what limits it counts before what grants it."""
    found = {cue.value for cue in rules.weigh.speaking["short"] if any(True for _ in cue.find(verdict.strip()))}
    return next((named for named in ORDER if named in found), None)


def _passed(words: str, rules: Rules, who: Who) -> str | None:
    """The body to which a recommendation is passed, by the words that name it."""
    for cue in rules.weigh.speaking["content"]:
        found = cue.pattern.search(words) if cue.value == "not_addressed" else None
        name = next((name for name in found.groupdict().values() if name), "") if found else ""
        if name:
            return who(name.strip()) or name.strip()
    return None
