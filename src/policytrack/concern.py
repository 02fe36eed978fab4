"""Which sentences of an answer to several recommendations are about one of them: by the ids they name, else by the words that tell it from the others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import fsum

from policytrack import numbers
from policytrack.model import Recommendation

ENOUGH = 0.7                  # of the best overlap with any of the group: then a sentence is about this one
_WORD = re.compile(r"[a-z]{4,}")
_PART = re.compile(r"(?i)\b(?:parts?|limbs?|elements?|points?|sub-recommendations?|recommendations?|conclusions?)\s+(?=[\d(])")
_AGAIN = re.compile(r"(?i)\b(?:accept|agree|reject|support|note|consider|decline|disagree|partially)")
_SUBJECT = re.compile(r"(?i)^\W*(?:in full|in principle)?\W*(?:(?:and|but|while|whereas)\b)?\W*(?:(?:we|it|they|the government)\b)?\s*")
_OPENS = re.compile(r"(?i).{0,45}?\b(?:parts?|limbs?|elements?|points?|recommendations?|conclusions?)\s+[\d(]")


def sentences(asked: Recommendation, spoken: Sequence[str], group: Sequence[Recommendation], part: bool) -> list[int]:
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
            # one telling word is enough between two; in a larger group it may be chance
            this = here = scores[asked.id] >= ENOUGH * best if best > 1.0 or best == 1.0 and len(wholes) == 1 else here
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


def clause(sentence: str, asked: Recommendation, group: Sequence[Recommendation]) -> str:
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
    """How much each word tells one recommendation from its fellows; who is asked tells little, since answers speak of many bodies."""
    counts = Counter(word for r in group for word in set(_stems(r.text)))
    asked = {word for r in group for word in _stems(r.addressee or "")}
    return {word: 0.05 if n == len(group) > 1 or word in asked else 1.0 if n == 1 else 0.2 for word, n in counts.items()}


def _overlap(sentence: str, text: str, weights: dict[str, float]) -> float:
    # exact in any order: the order of a set differs between two runs
    return fsum(weights.get(word, 0) for word in set(_stems(sentence)) & set(_stems(text)))


def shared(text: str, asked: Recommendation, group: Sequence[Recommendation]) -> float:
    """How much of the words that tell one recommendation from its fellows a text shares with it."""
    return _overlap(text, asked.text, _rarity(group))


def common(text: str, other: str) -> int:
    """How many words of some length two texts share."""
    return len(set(_stems(text)) & set(_stems(other)))


def _stems(text: str) -> list[str]:
    return [re.sub(r"(?:ations?|ments?|ings?|ed|es|s|ion|ions)$", "", word) for word in _WORD.findall(text.casefold())]
