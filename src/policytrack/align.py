"""Found words against gold words: which of the one is which of the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from policytrack.model import Page, Passage

Span = tuple[int, int]
_GAP = "\n\n"
OVERLAP = 0.5       # share of the shorter span that must be common, and a fifth of the longer


class Text:
    """The pages of a document end to end, so that a place is one number."""

    def __init__(self, pages: Sequence[Page]):
        self.pages = tuple(sorted(pages, key=lambda p: p.page))
        starts = [0, *accumulate(len(p.text) + len(_GAP) for p in self.pages)]
        self.base = {p.page: start for p, start in zip(self.pages, starts, strict=False)}
        self.text = {p.page: p.text for p in self.pages}

    def from_page(self, page: int) -> str:
        """The words of a page and of the next, where a sentence may run over."""
        return self.text.get(page, "") + _GAP + self.text.get(page + 1, "")

    def place(self, passage: Passage, start: int, end: int) -> Span:
        """Where passage.text[start:end] stands."""
        first = last = None
        for placed in passage.placed:
            length = placed.end - placed.start
            a, b = max(start, placed.offset), min(end, placed.offset + length)
            if a < b:
                at = self.base[placed.page] + placed.start - placed.offset
                first = at + a if first is None else first
                last = at + b
        return (first, last) if first is not None and last is not None else (-1, -1)


def common(a: Span, b: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def pairs(found: Sequence[Span], gold: Sequence[Span]) -> list[tuple[int, int]]:
    """(found, gold) indices matched one to one, the best overlaps first."""
    scored = []
    for n, a in enumerate(found):
        for m, b in enumerate(gold):
            shared = common(a, b)
            short, long = sorted((a[1] - a[0], b[1] - b[0]))
            if short > 0 and shared >= OVERLAP * short and shared >= 0.2 * long:
                scored.append((shared / (short + long - shared), n, m))
    used_found, used_gold, out = set(), set(), []
    for _, n, m in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if n not in used_found and m not in used_gold:
            used_found.add(n)
            used_gold.add(m)
            out.append((n, m))
    return sorted(out)
