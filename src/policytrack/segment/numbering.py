"""What `numbering.toml` knows: markers before paragraphs, furniture around pages, the looks of a list of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from policytrack import cues
from policytrack.cues import Cue


@dataclass(frozen=True, slots=True)
class Numbering:
    """The proved cues of one `numbering.toml`."""

    markers: tuple[Cue, ...]
    furniture: tuple[Cue, ...]
    contents: tuple[Cue, ...]
    leads: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands before a passage: its printed number, what kind of marker, and how many characters it takes."""

    number: str
    value: str                  # bullet | list | paragraph | named | part
    length: int
    sure: bool = False
    keeps: bool = False


def numbering(path: Path) -> Numbering:
    """The markers, furniture, contents and lead cues of one file; raises BadInput where a cue does not prove itself."""
    return Numbering(*(cues.load(path, key=key) for key in ("marker", "furniture", "contents", "lead")))


def marker(text: str, known: Numbering, image: bool = False) -> Marker | None:
    """The marker at the start of a text, or None; `image` where the text was read from a picture."""
    head = text[:60]
    if not head or head[0].isalpha() and head[0].islower() and head[1:2].isalpha() and head[2:3].isalpha():
        return None
    for cue in known.markers:
        if cue.extra.get("image") and not image:
            continue
        found = cue.pattern.match(head)
        if not found or any(rule.match(head) for rule in cue.unless):
            continue
        number = found.groupdict().get("number") or ""
        length = len(text) if found.end() == len(head) < len(text) else found.end()
        return Marker(" ".join(number.split()), cue.value, min(length, found.end()), bool(cue.extra.get("sure")), bool(cue.extra.get("keeps")))
    return None


def is_furniture(text: str, known: Numbering) -> bool:
    """Whether words are those of a page number or a print-out line, wherever they stand."""
    return any(cue.pattern.match(text) for cue in known.furniture)


def looks_like_contents(text: str, known: Numbering) -> bool:
    """Whether a line is one entry of a list of contents: it ends in a page number or in leaders."""
    if text[-1:] not in "0123456789ivxlcIVXLC._…· ":
        return False
    return any(cue.value != "title" and re.search(cue.pattern, text) for cue in known.contents)


def is_contents_title(text: str, known: Numbering) -> bool:
    """Whether a line is the title of a list of contents."""
    return any(cue.value == "title" and cue.pattern.match(text) for cue in known.contents)


def leads_in(sentence: str, known: Numbering) -> bool:
    """Whether a sentence asks for the list below it."""
    return any(cue.pattern.search(sentence) for cue in known.leads)
