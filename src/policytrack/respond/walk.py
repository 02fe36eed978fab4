"""What is known on the way through one response: the answer that is open, and how words are added to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from policytrack import cues, numbers, recommend, verdicts
from policytrack.cues import Cue
from policytrack.model import Passage, Recommendation

WHOLE = "*"                   # in place of ids: the answer is to the report as a whole
BY = "by "                    # a column of the answers of one government: "by " and its id
AS = "as "                    # a column of the ids that bear one verdict: "as " and the verdict
JOINT = 3                     # from so many governments on a document is a joint answer
MENTION = "§"                 # in place of a heading: an answer that names in its words what it answers
ROW = "¶"                     # and one that is a row of a table
COVERED = 0.5                 # below this share of recommendations with an answer of their own, prose is read as answers too
Who = Callable[[str], str | None]     # a name as printed -> the id of the responder


@dataclass(frozen=True, slots=True)
class Rules:
    """The proved cues of `responses.toml`, and those by which recommendations are known."""

    label: tuple[Cue, ...]
    verdict: tuple[Cue, ...]
    boilerplate: tuple[Cue, ...]
    voice: tuple[Cue, ...]
    glued: tuple[Cue, ...]
    behind: tuple[Cue, ...]
    run_in: tuple[Cue, ...]
    part: tuple[Cue, ...]
    whole: tuple[Cue, ...]
    restated: tuple[Cue, ...]
    group: tuple[Cue, ...]
    ordinal: tuple[Cue, ...]
    courtesy: tuple[Cue, ...]
    closing: tuple[Cue, ...]
    verdicts: verdicts.Rules
    finding: recommend.Rules


@dataclass(slots=True)
class Unit:
    """One answer in the making."""

    numbers: tuple[str, ...]
    page: int
    level: int
    heading: str
    responders: tuple[str, ...]
    restated: list[str] = field(default_factory=list)
    answer: list[tuple[int, str, str]] = field(default_factory=list)
    verdict: str = ""
    each: dict[str, str] = field(default_factory=dict)     # responder -> verdict, where one line gives those of several
    lines: int = 0                # how many parts of the answer are nothing but verdicts
    group: str = ""               # the verdict of the heading over several answers
    turned: bool = False          # a label has said who speaks
    listed: bool = False          # by its id alone, under a verdict in a table of positions
    sure: bool = True             # by an id or by restated words; prose is not


@dataclass(slots=True)
class Walk:
    """What is known on the way through one document."""

    rules: Rules
    by_number: dict[str, Recommendation]
    default: str
    who: Who
    made: list[Unit] = field(default_factory=list)
    unit: Unit | None = None
    heading: Passage | None = None
    section: int = 0                  # level of the heading that opens the part of one government; 0 where none is open
    columns: tuple[str, ...] = ()     # what each column of the open table holds
    group: str = ""               # the verdict that a heading gives on all that stand under it
    grouped: int = 0              # level of that heading
    parts: dict[str, str] = field(default_factory=dict)     # headings over the parts of several governments -> whose part it is
    marked: bool = False              # paragraphs are numbered by what they answer
    counted: set[str] = field(default_factory=set)     # ids of paragraphs whose plain number is that of what they answer
    speakers: tuple[str, ...] = ()    # of the section, where its heading names them


def load(pipeline: Path) -> Rules:
    """The rules of answers, from the folder `pipelines`."""
    path = pipeline / "responses.toml"
    return Rules(*(cues.load(path, key=kind) for kind in ("label", "verdict", "boilerplate", "voice", "glued", "behind", "run_in", "part", "whole", "restated", "group", "ordinal", "courtesy", "closing")), verdicts.load(pipeline), recommend.load(pipeline))


def as_printed(walk: Walk, keys: Sequence[str]) -> tuple[str, ...]:
    """Ids as the report prints them: "I" among letters, "1" where "R1" is meant, and the reverse."""
    found = numbers.lettered(tuple(keys), walk.by_number)
    return tuple(key if key in walk.by_number else next((other for other in (key.removeprefix("R"), f"R{key}") if other in walk.by_number), key) for key in found)


def begin(walk: Walk, passage: Passage, keys: tuple[str, ...], heading: str, sure: bool = True) -> None:
    """Opens an answer to the recommendations `keys`; the one before it is finished."""
    finish(walk)
    level = passage.level if passage.kind == "heading" else (walk.heading.level if walk.heading else 1)
    walk.unit = Unit(keys, passage.page, level, heading, walk.speakers or (walk.default,), group=walk.group, sure=sure)


def finish(walk: Walk) -> None:
    """Closes the open answer, where there is one."""
    if walk.unit is not None:
        walk.made.append(walk.unit)
    walk.unit = None


def own_voice(walk: Walk, text: str) -> bool:
    """Whether words are the responder's own, not those of the report that it answers."""
    return recommend.hit(walk.rules.voice, text[:200])


def add_line(walk: Walk, passage: Passage, words: str) -> None:
    """Adds words that are nothing but a verdict."""
    walk.unit.lines += 1
    add(walk, passage, words)


def first_sentence(text: str) -> str:
    """The words up to the first full stop or semicolon."""
    return re.split(r"(?<=[.;])\s", text, maxsplit=1)[0]


def add_opening(walk: Walk, passage: Passage, words: str) -> None:
    """Adds words to the open answer; where they are its first, the verdict that they are or begin with is its verdict."""
    if not words:
        return
    if not walk.unit.verdict and not walk.unit.answer:
        walk.unit.verdict = words if verdicts.is_line(words, walk.rules.verdicts) else verdicts.opening(first_sentence(words), walk.rules.verdicts)
        walk.unit.lines = int(walk.unit.verdict == words)
    add(walk, passage, words)


def add(walk: Walk, passage: Passage, words: str) -> None:
    """Adds words of a passage to the open answer."""
    walk.unit.answer.append((passage.page, words, passage.id))
