"""Where a statement holds: the nation its words name, else the one of its document."""

from __future__ import annotations

from collections.abc import Sequence

from policytrack.cues import Cue

SEVERAL = "uk"
NATIONS = frozenset({"england", "scotland", "wales", "northern-ireland"})


def extent(parts: Sequence[str], document: str | None, known: Sequence[Cue]) -> str | None:
    """The extent by the first of `parts` (the words, the lead-in, the heading) that names one; else the document's."""
    for text in parts:
        if values := _values(text, known):
            return values.pop() if len(values) == 1 else _together(values)
    return document


def _values(text: str, known: Sequence[Cue]) -> set[str]:
    found = sorted(((s.start, s.end, s.value) for cue in known for s in cue.find(text)), key=lambda f: (f[0] - f[1], f[0]))
    kept: list[tuple[int, int, str]] = []
    for start, end, value in found:
        if not any(a < end and start < b for a, b, _ in kept):
            kept.append((start, end, value))
    return {value for _, _, value in kept}


def _together(values: set[str]) -> str:
    """Several nations are the kingdom where England is among them, else devolved."""
    if values == {"england", "wales"}:
        return "england-and-wales"
    return SEVERAL if values & {"england", "uk"} or not values <= NATIONS | {"devolved"} else "devolved"
