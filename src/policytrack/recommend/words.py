"""What words do in a report: ask, praise, name whom they ask, and resemble other words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from policytrack import cues
from policytrack.cues import Cue
from policytrack.model import Passage

ZONES = ("body", "heading", "quotation")
COMMON = 0.4                  # share of the letters in common words below which no stretch of the longer text is searched for the shorter
SAME = 82                     # how alike (0 to 100) two wordings are that stand for one recommendation
_NOBODY = re.compile(r"(?i)(?:this|it|they|we|i|there|these|those|which|that|who|and|such|steps|consideration|he|she|where|if|when|as|in|for|on|by|at|with|but|particular|while|before|after|within|them|us|you|my|no|except|the question)\b")
_OPENING = re.compile(r"(?i)^(?:(?:to|alongside|building|given|during|following|under|through|if|where|when|once|while|before|after|unless|until)\b.*|.*\bhowever), (?=\S)")
_CLAUSE = re.compile(r"\b(?:will|remains?|is|are|was|were|has|have|whether|supported)\b")
_SOMEBODY = re.compile(r"(?i:the|each|every|all|any|government|ministers?|departments?|councils?|local|national) ?|[A-Z]")
SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”’]))\s+(?=[A-Z“‘]|\(a\) )")          # between two sentences of a paragraph
_INSIDE = re.compile(r"(?<=[.!?:;”’)])\s+(?=Recommendation \d{1,3}[a-z]?\s?(?:[:–—]\s|\s?[A-Z“]))")


@dataclass(frozen=True, slots=True)
class Rules:
    """The proved cues of `recommendations.toml`, and those of `responses.toml` that say where an answer begins."""

    name: tuple[Cue, ...]
    praise: tuple[Cue, ...]
    unnamed: tuple[Cue, ...]
    alone: tuple[Cue, ...]
    section: tuple[Cue, ...]
    ender: tuple[Cue, ...]
    lead: tuple[Cue, ...]
    ask: tuple[Cue, ...]
    heard: tuple[Cue, ...]
    stated: tuple[Cue, ...]
    reference: tuple[Cue, ...]
    who: tuple[Cue, ...]
    theme: tuple[Cue, ...]
    main: tuple[Cue, ...]
    addressed: tuple[Cue, ...]
    column: tuple[Cue, ...]
    answer: tuple[Cue, ...]


def load(pipeline: Path) -> Rules:
    """The rules of finding, from the folder `pipelines`."""
    path = pipeline / "recommendations.toml"
    kinds = ("name", "praise", "unnamed", "alone", "section", "ender", "lead", "ask", "heard", "stated", "reference", "who", "theme", "main", "addressed")
    answer = cues.load(pipeline / "responses.toml", key="label") + cues.load(pipeline / "responses.toml", key="verdict")
    return Rules(*(cues.load(path, key=kind) for kind in kinds), cues.load(pipeline / "responses.toml", key="column"), answer)


def hit(rules: Iterable[Cue], text: str) -> bool:
    """Whether any of the cues holds in a text."""
    return any(True for cue in rules for _ in cue.find(text))


def asks(text: str, rules: Rules) -> bool:
    """Whether words ask somebody to do something; what others asked for does not count, nor what is told of the law as it stands."""
    parts = re.split(r"(?<=[.;:?])\s+", text)
    return any(hit(rules.ask, part) and not hit(rules.heard, part) and not hit(rules.stated, before) for before, part in zip(["", *parts], parts, strict=False))


def readable(passages: Iterable[Passage]) -> list[Passage]:
    """The passages that can hold recommendations or answers, in order; lists of contents and notes are left out."""
    return [part for p in passages if p.zone in ZONES and p.text.strip() for part in _split(p)]


def _split(passage: Passage) -> list[Passage]:
    """A passage cut where "Recommendation 4" begins in its midst: a heading that its page does not set apart."""
    cuts = [0, *(m.end() for m in _INSIDE.finditer(passage.text)), len(passage.text)] if passage.kind != "table" else []
    if len(cuts) < 3:
        return [passage]
    pieces = [(a, passage.text[a:b].strip()) for a, b in itertools.pairwise(cuts)]
    return [replace(passage, id=f"{passage.id}+{a}" if a else passage.id, text=text, number=passage.number if not a else "", kind="paragraph" if a else passage.kind,
                    page=max((place.page for place in passage.placed if place.offset <= a), default=passage.page)) for a, text in pieces]


def praises(text: str, rules: Rules) -> bool:
    """Whether a text that is printed as a recommendation only praises or thanks."""
    return hit(rules.praise, text) and all(hit(rules.praise, part) or not asks(part, rules) for part in re.split(r"(?<=[.!?;])\s+", text))


def alike(one: str, other: str) -> float:
    """How alike two wordings are, 0 to 100; a short form inside a longer one counts as alike only where it is most of it."""
    (a, words), (b, others) = (_plain(text) for text in (one, other))
    if not a or not b:
        return 0.0
    shorter, longer = sorted((a, b), key=len)
    common = sum(map(len, words & others)) / max(1, min(sum(map(len, words)), sum(map(len, others))))
    inside = fuzz.partial_ratio(shorter, longer) if len(shorter) > 60 and common >= COMMON else 0
    return max(fuzz.ratio(a, b), 0.96 * inside)


@lru_cache(maxsize=20_000)
def _plain(text: str) -> tuple[str, frozenset[str]]:
    plain = re.sub(r"\W+", " ", text.casefold())[:2500]
    return plain, frozenset(plain.split())


def addressee(text: str, rules: Rules) -> str | None:
    """Who is asked, as printed; None where nobody is named."""
    for cue in rules.who:
        for found in cue.pattern.finditer(text[:600]):
            who = re.sub(r",? following .*", "", _OPENING.sub("", " ".join(found["who"].split()).strip(" ,")))
            if _NOBODY.match(who) or _CLAUSE.search(who) or not _SOMEBODY.match(who) or re.search(r"[a-z]\. ", who):
                continue
            return who
    return None
