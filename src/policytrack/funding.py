"""Item -> whether its words state money, how much, and whether they call it new. Silence is "none stated here", never "unfunded"."""

from __future__ import annotations

from collections.abc import Sequence

from policytrack.cues import Cue
from policytrack.model import Item, Signal


def stated(item: Item, known: Sequence[Cue]) -> dict:
    """The row of `funding`: an amount or a source of money in the statement, else in its lead-in."""
    row = dict(item=item.id, item_kind=item.kind, stated=0, amount=None, called_new=None, words=None)
    for text in (item.text, item.lead_in):
        amounts, sources = (_of(known, value, text) for value in ("amount", "source"))
        if amounts or sources:
            first = (amounts or sources)[0]
            return row | dict(stated=1, amount=_words(text, amounts[0]) if amounts else None, called_new=called_new(known, text), words=_words(text, first))
    return row


def _of(known: Sequence[Cue], value: str, text: str) -> list[Signal]:
    return sorted((s for cue in known if cue.value == value for s in cue.find(text)), key=lambda s: (s.start, -s.end))


def _words(text: str, signal: Signal) -> str:
    return text[signal.start:signal.end].strip(" ,.;")


def called_new(known: Sequence[Cue], text: str) -> int | None:
    """1 where the words call the money new, 0 where they call it old, None where they say neither or both."""
    new, old = bool(_of(known, "new", text)), bool(_of(known, "old", text))
    return None if new == old else int(new)


def rows(items: Sequence[Item], known: Sequence[Cue]) -> list[dict]:
    """The rows of `funding`: one for every commitment, expectation and recommendation."""
    return [stated(item, known) for item in items if item.kind != "duty"]
