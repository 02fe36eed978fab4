"""A span of a unit's joined text -> a signal in its own words or in its lead-in, without what trails behind a name."""

from __future__ import annotations

import re

from policytrack.model import Part, Signal
from policytrack.sentences import Unit


def signal(unit: Unit, label: str, cue: str, span: tuple[int, int] | None, value: str = "") -> list[Signal]:
    """The one signal of a span of unit.joined; [] where there is no span, or where it straddles the item and its lead-in."""
    placed = _part(unit, *_tight(unit.joined, *span)) if span else None
    return [Signal(label, cue, placed[1], placed[2], placed[0], value)] if placed and placed[1] < placed[2] else []


def _part(unit: Unit, start: int, end: int) -> tuple[Part, int, int] | None:
    """A span of unit.joined as a span of the item or of its lead-in; None where it straddles both."""
    if start >= unit.offset:
        return "quote", start - unit.offset, end - unit.offset
    if end <= len(unit.lead_in):
        return "lead_in", start, end
    return None


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without a trailing relative clause, brackets or white space."""
    words = text[start:end]
    cut = re.search(r",? (?:which|who|whose|where|that|in order to)(?: |$)|\s[(–—]|,\s(?:in|as|by|for|through|including|such)\b|[;:]", words)
    words = (words[: cut.start()] if cut and cut.start() > 2 else words).rstrip(" ,.;:")
    lead = len(words) - len(words.lstrip(" ,.;:–‘'\""))
    return start + lead, start + len(words)
