"""Response -> Stance: what the responder says to one recommendation, with the words that carry it.

The words of a verdict decide where there are any, an official heading or column before all others. Where there are none
the stance is inferred from what is told about acts, and says so (`explicit` false, lower confidence).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policytrack import cues, numbers, sentences, verdicts
from policytrack.cues import Cue
from policytrack.model import Recommendation, Response, Stance, StanceLabel

FAR = 2.5                     # what is told of old work, so many times what is promised, makes polite agreement "already in place"
NEAR = 0.6                    # a label whose points reach this share of the best one's is a second reading
_WORD = re.compile(r"[a-z]{4,}")
_PART = re.compile(r"(?i)\b(?:parts?|limbs?|elements?|points?|sub-recommendations?|recommendations?|conclusions?)\s+(?=[\d(])")
_CONFIDENCE = {"official": 0.97, "verdict": 0.9, "implied": 0.7, "weak": 0.6, "limited": 0.6, "inferred": 0.55, "nothing": 0.4}
_PARTLY = re.compile(r"(?i)\bnothing to (?:add|say) on (?:parts?|limbs?|the (?:other|rest|remaining))")
_GOVERNMENTS = re.compile(r"(?i)\b(?P<nation>scottish|welsh|northern ireland|devolved|uk|hm)\s(?:governments?|ministers|executive|administrations?)\b")
_AGAIN = re.compile(r"(?i)\b(?:accept|agree|reject|support|note|consider|decline|disagree|partially)")
_SUBJECT = re.compile(r"(?i)^\W*(?:in full|in principle)?\W*(?:(?:and|but|while|whereas)\b)?\W*(?:(?:we|it|they|the government)\b)?\s*")
_OPENS = re.compile(r"(?i).{0,45}?\b(?:parts?|limbs?|elements?|points?|recommendations?|conclusions?)\s+[\d(]")
# "…, and we have nothing to add on parts (b) and (c)" is about those parts alone
_PARTED = re.compile(r"(?i)[,;]\s+(?:and|but|while)\s+(?=(?:we|it|they|ministers|the \w+)\b[^.;]{0,60}\b(?:parts?|limbs?|recommendations?)\s+[\d(])")
_NATIONS = {"scottish": "scottish-government", "welsh": "welsh-government", "northern ireland": "northern-ireland-executive", "uk": "uk-government", "hm": "uk-government"}
Who = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Rules:
    """The proved cues of `stance.toml`, by how they speak, and the abbreviations that end no sentence."""

    speaking: dict[str, tuple[Cue, ...]]
    asked: tuple[Cue, ...]
    verdicts: verdicts.Rules
    known: frozenset[str]


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


@dataclass(frozen=True, slots=True)
class Reading:
    """A label with its reasons, before it becomes a Stance."""

    label: StanceLabel
    also: StanceLabel | None
    explicit: bool
    sentence: int                # the one that carries it; -1 for a heading or a column
    basis: str


def load(pipeline: Path) -> Rules:
    """The rules of stances, from the folder `pipelines`."""
    path = pipeline / "stance.toml"
    speaking: dict[str, tuple[Cue, ...]] = {}
    for cue in cues.load(path):
        speaking[cue.extra["kind"]] = (*speaking.get(cue.extra["kind"], ()), cue)
    return Rules(speaking, cues.load(path, key="asked"), verdicts.load(pipeline), sentences.abbreviations(pipeline / "abbreviations.toml"))


def stance(asked: Recommendation, answers: Sequence[Response], group: Sequence[Recommendation], rules: Rules, who: Who = lambda name: None) -> Stance:
    """The stance of one responder, from all its answers to one recommendation; `group` are all that those answers answer."""
    main = max(answers, key=lambda r: (len(r.text.split()), r.id))
    answers = [r if r.verdict else replace(r, verdict=_opening(r.text, rules)) for r in answers]
    main = next(r for r in answers if r.id == main.id)
    official = next((r for r in answers if r.verdict and _short(r.verdict, rules)), None)
    spoken_to = numbers.parent(asked.number) and asked.number not in {n for r in answers for n in r.numbers}
    texts = [main, *(r for r in answers if r is not main and not r.verdict)]
    spoken = [s for response in texts for s in split(response.text, rules)]
    own = _about(asked, spoken, group, bool(spoken_to))
    reading = read([_own_clause(spoken[n], asked, group) for n in own], asked, rules, main.responder)
    words = spoken[own[reading.sentence]] if own and reading.sentence >= 0 else ""
    if official is not None and not (spoken_to and own != list(range(len(spoken)))):
        label = _short(official.verdict, rules)
        return Stance(asked.id, official.responder, main.id, label, None, True, official.verdict, confidence=_CONFIDENCE["official"], method="verdict")
    return Stance(asked.id, main.responder, main.id, reading.label, reading.also, reading.explicit, words, _passed(words, rules, who) if reading.label == "not_addressed" else None,
                  confidence=_CONFIDENCE[reading.basis], method=reading.basis)


def split(text: str, rules: Rules) -> list[str]:
    """The sentences of an answer."""
    found = [part[a:b] for part in text.split("\n\n") for a, b in sentences.split(part, rules.known)]
    return [piece for sentence in found for piece in _PARTED.split(sentence)]


def _opening(text: str, rules: Rules) -> str:
    """The first sentence of an answer, where it is nothing but a verdict ("Response: Accept."); else ""."""
    first = verdicts.opening(next(iter(split(text[:300], rules)), ""), rules.verdicts)
    return first if first and _short(first, rules) else ""


def _short(verdict: str, rules: Rules) -> StanceLabel | None:
    """The label of a line that is nothing but a verdict: what limits it counts before what grants it."""
    found = {cue.value for cue in rules.speaking["short"] if any(True for _ in cue.find(verdict.strip()))}
    order = ("accepted_in_principle", "partially_accepted", "rejected", "under_consideration", "already_in_place", "noted", "accepted")
    return next((label for label in order if label in found), None)


# --- which sentences are about it -------------------------------------------------------------------------------------------

def _about(asked: Recommendation, spoken: Sequence[str], group: Sequence[Recommendation], part: bool) -> list[int]:
    """The sentences of an answer to several recommendations (or, `part`, to a whole of which this is one) that concern this one."""
    wholes = [r for r in group if r.id != asked.id]
    named = [_named(sentence, asked, group) for sentence in spoken]
    if not wholes and not any(n is not None for n in named):
        return list(range(len(spoken)))
    weights = _rarity([asked, *wholes])
    part = part and any(named)
    own, here = [], not part
    for n, sentence in enumerate(spoken):
        for_all = not part and named[n] is None and _for_all(sentence)
        this = here if named[n] is None else named[n]
        if named[n] is None and wholes and not part and not for_all:
            scores = {r.id: _overlap(sentence, r.text, weights) for r in (asked, *wholes)}
            best = max(scores.values())
            this = here = scores[asked.id] >= 0.7 * best if best > 1.0 else here
        elif named[n] is not None and _OPENS.match(sentence):
            here = named[n]              # "On recommendation 2, …": what follows is about it too; a mere reference is not
        if this or for_all:
            own.append(n)
    return own or [n for n in range(len(spoken)) if named[n] is None] or list(range(len(spoken)))


def _named(sentence: str, asked: Recommendation, group: Sequence[Recommendation]) -> bool | None:
    """Whether a sentence names this recommendation or part ("on part (b)"); None where it names none of them."""
    keys = [key for m in _PART.finditer(sentence) for key in _ids(sentence, m.end())[0]] + [key for _, _, found in _mentions(sentence, asked, group) for key in found]
    if not keys:
        return None
    last = re.search(r"\((\w+)\)$", asked.number)
    mine = any(_covers(key, asked.number) or (key.startswith("0(") and last and key[1:] == last.group()) for key in keys)
    others = any(_covers(key, r.number) for key in keys for r in group) or any(key.startswith("0(") for key in keys)
    if not last and any(key.startswith("0(") for key in keys):
        return None
    return mine if mine or others else None


def _covers(key: str, number: str) -> bool:
    """Whether an id means a recommendation: its own, or that of the whole to which it belongs."""
    return key == number or number.startswith(f"{key}(")


def _ids(sentence: str, at: int) -> tuple[tuple[str, ...], int]:
    """The ids at a place, and where they end; a lone part "(b)" has the head 0."""
    lone = not sentence[at:at + 1].isdigit()
    keys, length = numbers.listed(f"0{sentence[at:]}" if lone else sentence[at:])
    return keys, at + length - lone


def _mentions(sentence: str, asked: Recommendation, group: Sequence[Recommendation]) -> list[tuple[int, int, tuple[str, ...]]]:
    """(start, end, ids) of each run of ids of this group in a sentence about recommendations."""
    if not _PART.search(sentence):
        return []
    found, end = [], 0
    for m in re.finditer(r"(?<![\d£.])\b\d{1,2}(?![\d%]|,\d{3})", sentence):
        if m.start() < end:
            continue
        keys, end = _ids(sentence, m.start())
        if any(_covers(key, r.number) for key in keys for r in (asked, *group)):
            found.append((m.start(), end, keys))
    return found


def _own_clause(sentence: str, asked: Recommendation, group: Sequence[Recommendation]) -> str:
    """Of "accepts recommendations 1 and 2 in full, and 3 in principle" what is said of one: its beginning and the words after its own id."""
    runs = _mentions(sentence, asked, group)
    mine = next((n for n, (_, _, keys) in enumerate(runs) if any(_covers(key, asked.number) for key in keys)), None)
    if len(runs) < 2 or mine is None:
        return sentence
    start, stop = runs[mine][0], runs[mine + 1][0] if mine + 1 < len(runs) else len(sentence)
    own = sentence[start:stop]
    verb = _AGAIN.search(sentence[runs[mine - 1][1]:start]) if mine else None
    return _SUBJECT.sub("We ", sentence[runs[mine - 1][1]:stop]) if verb else f"{sentence[:runs[0][0]]}{own}"


def _for_all(sentence: str) -> bool:
    return bool(re.search(r"(?i)\b(?:both|all|each|either|neither|none) (?:of )?(?:these |the |this )?(?:recommendations?|conclusions?|parts?)\b|\bthese recommendations\b", sentence))


def _rarity(group: Sequence[Recommendation]) -> dict[str, float]:
    counts = Counter(word for r in group for word in set(_stems(r.text)))
    return {word: 1.0 if n == 1 else 0.2 if n < len(group) else 0.05 for word, n in counts.items()}


def _overlap(sentence: str, text: str, weights: dict[str, float]) -> float:
    return sum(weights.get(word, 0) for word in set(_stems(sentence)) & set(_stems(text)))


def shared(text: str, asked: Recommendation, group: Sequence[Recommendation]) -> float:
    """How much of the words that tell one recommendation from its fellows a text shares with it."""
    return _overlap(text, asked.text, _rarity(group))


def _stems(text: str) -> list[str]:
    return [re.sub(r"(?:ations?|ments?|ings?|ed|es|s|ion|ions)$", "", word) for word in _WORD.findall(text.casefold())]


# --- what they say ----------------------------------------------------------------------------------------------------------

def hits(spoken: Sequence[str], rules: Rules, speaker: str = "") -> list[Hit]:
    """Every cue in every sentence, in order; words about other governments are no words of this one."""
    found = []
    for n, sentence in enumerate(spoken):
        for kind in ("verdict", "weak", "content", "turn", "retract"):
            for cue in rules.speaking[kind]:
                for signal in cue.find(sentence):
                    if kind in ("verdict", "retract") and _of_others(sentence[:signal.end], speaker):
                        continue
                    found.append(Hit(cue.value, kind, bool(cue.extra.get("explicit", kind == "verdict")), float(cue.extra.get("weight", 1.0)), n, signal.start, cue.id,
                                     bool(cue.extra.get("soft"))))
    return sorted(found, key=lambda h: (h.sentence, h.start))


def _of_others(words: str, speaker: str) -> bool:
    """Whether the words up to a verdict name other governments, and not the one that speaks."""
    named = {_NATIONS.get(m["nation"].casefold(), "") for m in _GOVERNMENTS.finditer(words)}
    return bool(named) and bool(speaker) and speaker not in named


def read(spoken: Sequence[str], asked: Recommendation, rules: Rules, speaker: str = "") -> Reading:
    """The label that the sentences of an answer bear, and how: by verdict, by agreement and acts, or by acts alone."""
    found = hits(spoken, rules, speaker)
    verdicts = [h for h in found if h.kind == "verdict"]
    points = _points(found)
    if verdicts:
        if verdicts[0].value == "under_consideration" and any(h.kind == "weak" and h.value == "accepted_in_principle" and h.sentence <= verdicts[0].sentence for h in found):
            return Reading("accepted_in_principle", "under_consideration", False, verdicts[0].sentence, "weak")
        return _as_asked(_by_verdict(verdicts, found, points), found, asked, rules)
    weak = [h for h in found if h.kind == "weak"]
    if weak:
        return _as_asked(_by_agreement(weak, found, points, asked.ask), found, asked, rules)
    return _as_asked(_by_acts(found, points, spoken), found, asked, rules)


def _points(found: Iterable[Hit]) -> Counter[str]:
    points: Counter[str] = Counter()
    for h in found:
        if h.kind == "content":
            points[h.value] += h.weight
    return points


def _by_verdict(verdicts: Sequence[Hit], found: Sequence[Hit], points: Counter[str]) -> Reading:
    """The first verdict, unless a later one limits it."""
    first = verdicts[0]
    values = {h.value: h for h in reversed(verdicts)}
    for label in ("accepted_in_principle", "partially_accepted"):
        if label in values and values[label].sentence <= first.sentence + 1:
            return Reading(label, None, True, values[label].sentence, "verdict")
    if first.value == "accepted" and "rejected" in values and values["rejected"].explicit:
        return Reading("partially_accepted", None, True, values["rejected"].sentence, "verdict")
    if first.value == "accepted" and (taken := _taken_back(first, found)):
        return Reading("partially_accepted", "accepted", True, taken.sentence, "limited")
    if first.value == "noted" and "accepted" in values:
        first = values["accepted"]
    if first.value in ("under_consideration", "already_in_place", "noted") and "accepted" in values and values["accepted"].sentence <= first.sentence + 1:
        first = values["accepted"]
    if first.value in ("noted", "already_in_place", "under_consideration") and "rejected" in values and values["rejected"].explicit:
        first = values["rejected"]
    if first.value == "rejected" and first.explicit and any(h.value == "accepted" and h.kind == "content" and h.weight >= (0.8 if h.sentence == first.sentence else 1) and (h.sentence, h.start) < (first.sentence, first.start) for h in found):
        return Reading("partially_accepted", "rejected", True, first.sentence, "verdict")
    also = "already_in_place" if first.value == "rejected" and "already_in_place" in values else "rejected" if first.value == "already_in_place" and points["rejected"] >= 2 else None
    return Reading(first.value, also, first.explicit, first.sentence, "verdict" if first.explicit else "implied")


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
    if points["not_addressed"] and points["accepted"] + points["already_in_place"] < points["not_addressed"]:
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
    if reading.label == "under_consideration" and "consider" in wanted and not any(h.cue == "later" for h in found):
        return Reading("accepted", "under_consideration", reading.explicit, reading.sentence, reading.basis)
    if reading.label == "accepted" and "refrain" in wanted and reading.basis == "inferred" and not again:
        return Reading("rejected", "accepted", False, reading.sentence, reading.basis)
    if reading.label == "rejected" and "refrain" in wanted and reading.basis == "inferred" and again:
        return Reading("accepted", "rejected", False, reading.sentence, reading.basis)
    if reading.label == "already_in_place" and "continue" in wanted and not reading.explicit:
        return Reading("accepted", "already_in_place", False, reading.sentence, reading.basis)
    return reading


def _passed(words: str, rules: Rules, who: Who) -> str | None:
    """The body to which a recommendation is passed, by the words that name it."""
    for cue in rules.speaking["content"]:
        found = cue.pattern.search(words) if cue.value == "not_addressed" else None
        name = next((name for name in found.groupdict().values() if name), "") if found else ""
        if name:
            return who(name.strip()) or name.strip()
    return None
