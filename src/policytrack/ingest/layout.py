"""Where things stand on a page decides the order in which they are read: columns, boxes, full-width headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policytrack.ingest.letters import Fragment, rows


@dataclass(frozen=True, slots=True)
class Box:
    """A framed, shaded or ruled area that is read as one piece; `kind` is `box` or `table`."""

    x0: float
    top: float
    x1: float
    bottom: float
    kind: str
    parts: tuple[Fragment, ...] = ()
    cells: tuple[tuple[float, tuple[str, ...]], ...] = ()     # of a table: the top of each row, and its words

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Placing:
    """One line where it stands in the order of reading: its column (0 where there is one) and the box around it."""

    fragment: Fragment
    column: int = 0
    box: Box | None = None


Piece = Fragment | Box


def ordered(pieces: Sequence[Piece], columns: int | None = None) -> Iterator[Placing]:
    """Every line in reading order; `columns` = 1 keeps the page whole where the layout misleads."""
    yield from _read(list(pieces), column=0, depth=0 if columns != 1 else 9)


def _read(pieces: list[Piece], column: int, depth: int) -> Iterator[Placing]:
    gutter = _gutter(pieces) if depth < 3 else None
    if gutter is None:
        yield from _straight(pieces, column)
        return
    bands = list(_bands(sorted(pieces, key=lambda p: (p.top, p.x0)), gutter))
    for n, whole in enumerate(bands):
        band, tail = _balanced(whole, gutter, bands[n + 1][0].top) if n + 1 < len(bands) else (whole, [])
        left = [p for p in band if p.x1 <= gutter + 2]
        right = [p for p in band if p.x0 >= gutter - 2]
        if left and right and len(left) + len(right) == len(band):
            yield from _read(left, column + 1, depth + 1)
            yield from _read(right, column + 2, depth + 1)
        else:
            yield from _straight(band, column)
        yield from _straight(tail, column)


def _balanced(band: list[Piece], gutter: float, below: float) -> tuple[list[Piece], list[Piece]]:
    """A band above wide text, which begins at `below`, without the few lines at its foot that stand in one column alone and nearer to that text than to their column: its heading."""
    left = [p for p in band if p.x1 <= gutter + 2]
    right = [p for p in band if p.x0 >= gutter - 2]
    if not left or not right:
        return band, []
    foot = min(max(p.bottom for p in left), max(p.bottom for p in right))
    tail = [p for p in band if p.top > foot + 4]
    if not tail or len(tail) > 3:
        return band, []
    above = max((p.bottom for p in (left if tail[0] in left else right) if p not in tail), default=0.0)
    if tail[0].top - above < below - max(p.bottom for p in tail):
        return band, []               # the longer column goes on
    return [p for p in band if p not in tail], tail


def _straight(pieces: list[Piece], column: int) -> Iterator[Placing]:
    """From top to bottom; what stands on one baseline becomes one line."""
    boxes = sorted((p for p in pieces if isinstance(p, Box)), key=lambda b: b.top)
    for row in rows(p for p in pieces if isinstance(p, Fragment)):
        while boxes and boxes[0].top < row[0].middle:
            yield from _inside(boxes.pop(0), column)
        yield Placing(_one_line(row), column)
    for box in boxes:
        yield from _inside(box, column)


def _inside(box: Box, column: int) -> Iterator[Placing]:
    if box.cells:
        size = box.parts[0].size if box.parts else 0.0
        for top, row in box.cells:
            words = Fragment("\t".join(row), box.x0, top, box.x1, top + size, size)
            yield Placing(words, column, box)
        return
    for placing in _read(list(box.parts), column, 1):
        yield replace(placing, box=box)


def _one_line(row: list[Fragment]) -> Fragment:
    large = max(row, key=lambda f: len(f.text))
    return replace(
        large, text=" ".join(f.text for f in row), x0=row[0].x0, x1=max(f.x1 for f in row), raised=row[0].raised,
    )


def _gutter(pieces: list[Piece]) -> float | None:
    """The x that parts two columns of running text, or None: both sides must be wide, well filled and side by side."""
    if len(pieces) < 6:
        return None
    left, right = min(p.x0 for p in pieces), max(p.x1 for p in pieces)
    width = right - left
    best, best_score = None, 0.0
    downward = sorted(pieces, key=lambda p: (p.top, p.x0))
    for x in _candidates(pieces, left, width):
        score = sum(_side_by_side(band, x, width) for band in _bands(downward, x))
        if score > best_score + 0.01:
            best, best_score = x, score
    return _centred(pieces, best) if best is not None else None


def _candidates(pieces: list[Piece], left: float, width: float) -> list[float]:
    """Places just left of where several pieces begin, away from the edges: a second column begins with many."""
    starts = Counter(round(p.x0 / 3) for p in pieces)
    found = {3 * start - 4.0 for start, n in starts.items() if n + starts[start + 1] >= 3}
    return sorted(x for x in found if left + 0.2 * width < x < left + 0.8 * width)


def _centred(pieces: list[Piece], x: float) -> float:
    """The middle of the white around x, measured on the pieces that do not cross it."""
    before = [p.x1 for p in pieces if p.x1 <= x]
    after = [p.x0 for p in pieces if p.x0 >= x]
    return (max(before) + min(after)) / 2 if before and after else x


def _bands(downward: Sequence[Piece], x: float) -> Iterator[list[Piece]]:
    """Pieces from the top, cut wherever one crosses x: a crossing piece is a band with its crossing neighbours."""
    band: list[Piece] = []
    crossing = False
    for piece in downward:
        over = piece.x0 < x - 2 and piece.x1 > x + 2
        if band and over != crossing:
            yield band
            band = []
        band.append(piece)
        crossing = over
    if band:
        yield band


def _side_by_side(band: list[Piece], x: float, width: float) -> float:
    """How much two-column text a band holds, in lines; 0 where a side is thin, ragged or alone."""
    left = [p for p in band if p.x1 <= x + 2]
    right = [p for p in band if p.x0 >= x - 2]
    if len(left) < 3 or len(right) < 3 or len(left) + len(right) < len(band):
        return 0.0
    shared = min(max(p.bottom for p in left), max(p.bottom for p in right)) - max(left[0].top, right[0].top)
    if shared < 0.2 * (max(p.bottom for p in band) - band[0].top):
        return 0.0
    if not (_filled(left, width) and _filled(right, width)):
        return 0.0
    return float(min(len(left), len(right)))


def _filled(side: list[Piece], width: float) -> bool:
    """Whether one side looks like running text: not narrow, and most lines reach across it."""
    across = max(p.x1 for p in side) - min(p.x0 for p in side)
    if across < 0.2 * width:
        return False
    return sum(p.x1 - p.x0 for p in side) / len(side) > 0.55 * across
