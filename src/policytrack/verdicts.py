"""A line that is nothing but a verdict -> who says what: "Accepted by the UK Government; accepted in principle by the Welsh Government".

The words are those of `responses.toml`; which label a verdict comes to is the business of `stance.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policytrack import cues
from policytrack.cues import Cue

LINE = 12                     # words of the longest line that is read as nothing but one verdict
LINES = 45                    # and of one that holds the verdicts of several governments
_CLAUSE = re.compile(r"\s*[;.|]\s+|\s*\n\s*|,\s+(?=(?:and |but )?(?:not |partially |partly )?(?:accept|agree|reject|support|note)\w*\b)|\s+(?:and|but|while)\s+(?=(?:not |partially |partly )?(?:accept|agree|reject|support|note)\w*\b)", re.IGNORECASE)
_EDGE = re.compile(r"^[\s:;,.–—()\[\]-]+|[\s:;,–—()\[\]-]+$")
_SEGMENT = re.compile(r"\s*[:–—(]\s*|\s+-\s+")


@dataclass(frozen=True, slots=True)
class Rules:
    """The proved cues of `responses.toml` by which verdicts and those who give them are known."""

    verdict: tuple[Cue, ...]
    label: tuple[Cue, ...]
    listed: tuple[Cue, ...]
    government: tuple[Cue, ...]
    place: tuple[Cue, ...]
    nation: tuple[Cue, ...]
    limited: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The words of one verdict and the names of the governments that give it (none: whoever speaks)."""

    words: str
    names: tuple[str, ...] = ()


def load(pipeline: Path) -> Rules:
    """The rules of verdicts, from the folder `pipelines`."""
    return Rules(*(cues.load(pipeline / "responses.toml", key=kind) for kind in ("verdict", "label", "listed", "government", "place", "nation", "limited")))


def read(line: str, rules: Rules) -> tuple[Verdict, ...]:
    """Every verdict of a line that holds nothing else; () where it holds other words."""
    if len(line.split()) > LINES:
        return ()
    made = []
    for clause in (part for part in _CLAUSE.split(line.strip()) if part.strip()):
        names, rest = _named(clause, rules)
        words = _EDGE.sub("", rest).rstrip(". ")
        if made and names and any(cue.pattern.fullmatch(words) for cue in rules.limited):
            words = f"accepted {words}"          # "Accepted in full by ...; in principle by ..."
        if not words and made and names:
            made[-1] = Verdict(made[-1].words, made[-1].names + names)
        elif not is_line(words, rules):
            return ()
        else:
            made.append(Verdict(words if names else clause.strip(), names))
    return tuple(made)


def is_line(words: str, rules: Rules) -> bool:
    """Whether words are nothing but one verdict."""
    return 0 < len(words.split()) <= LINE and any(True for cue in rules.verdict for _ in cue.find(words.strip()))


def opening(first: str, rules: Rules) -> str:
    """The verdict that a first sentence is, without the label before it ("Response: Accept."); "" where it says more."""
    for cue in rules.label:
        found = cue.pattern.match(first)
        first = first[found.end():].strip() if found else first
    return first if is_line(first, rules) else ""


def closing(heading: str, rules: Rules) -> str:
    """The verdict behind the last dash, colon or bracket of a heading ("Hostels – accepted in part"); "" where there is none."""
    last = [part for part in _SEGMENT.split(heading.rstrip(" )]")) if part.strip()]
    return last[-1] if last and is_line(last[-1], rules) else ""


def bodies(words: str, rules: Rules) -> set[str]:
    """The ids of all governments that words name, "the Scottish Government" as well as "the UK and Welsh Governments"."""
    named = [words[s.start:s.end] for cue in rules.listed for s in cue.find(words)]
    return {body for part in named for cue in rules.government if any(True for _ in cue.find(part)) for body in cue.extra["body"].split(";")}


def places(words: str, rules: Rules) -> set[str]:
    """The ids of the governments of the places in which words say that something holds: "in Scotland"."""
    return {body for cue in rules.place if any(True for _ in cue.find(words)) for body in cue.extra["body"].split(";")}


def _named(clause: str, rules: Rules) -> tuple[tuple[str, ...], str]:
    """(the governments that a clause names, what is left of it)."""
    names: list[str] = []
    for signal in sorted((s for cue in rules.listed for s in cue.find(clause)), key=lambda s: -s.start):
        inside = clause[signal.start:signal.end]
        names = [*(name for found in _found(inside, rules) for name in found.split(";")), *names]
        clause = f"{clause[:signal.start]} {clause[signal.end:]}"
    return tuple(dict.fromkeys(names)), clause


def _found(words: str, rules: Rules) -> Sequence[str]:
    return [cue.value for _, cue in sorted(((s.start, cue) for cue in rules.government for s in cue.find(words)), key=lambda pair: (pair[0], pair[1].id))]
