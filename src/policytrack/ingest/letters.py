"""Characters of a PDF page become runs, and runs become fragments: pieces of one printed line without a wide gap."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import NamedTuple

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
SOFT_HYPHENS = "\u00ad\ufffe\u0002"     # pdfium marks a line-end hyphen with U+FFFE
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\ufffd"))
_MARK = re.compile(r"(?:\d{1,3}|[*†‡§])(?:[,;–-]\s?\d{1,3})*")
_UNITS = re.compile(r"(?:^|[^A-Za-z])(?:k?m|cm|mm|ft|CO|x)$")


class Glyphs(NamedTuple):
    """Characters and their boxes, in points from the top left of the page as it is read; by columns, for there are millions."""

    chars: list[str]
    x0: list[float]
    top: list[float]
    x1: list[float]
    bottom: list[float]

    def part(self, start: int, stop: int) -> Glyphs:
        """Those from one place to before another."""
        return Glyphs(*[column[start:stop] for column in self])

    def solid(self) -> Glyphs:
        """Those that are not spaces."""
        printed = [char != " " for char in self.chars]
        return Glyphs(*[list(compress(column, printed)) for column in self])


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words on one baseline with no wide gap between them; `raised` marks a superscript."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool = False
    raised: bool = False
    italic: bool = False

    @property
    def height(self) -> float:
        """From the top to the bottom of its boxes."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


def clean(char: str) -> str:
    """What a person reads: ligatures opened, invisible characters out, every hyphen that pdfium marks a soft hyphen."""
    if char in SOFT_HYPHENS:
        return "\u00ad"
    if char in "\n\r\u0000":
        return "\n" if char == "\n" else ""
    if char.isspace() or ord(char) < 32:       # some fonts print their spaces as control characters
        return " "
    return LIGATURES.get(char, char).translate(_INVISIBLE)


def text_of(glyphs: Glyphs) -> str:
    """The words of a run: its own spaces, and a space wherever the gap is as wide as one."""
    height = glyphs.bottom[0] - glyphs.top[0]
    words = _spaced(glyphs, 0.22 * height)
    if _letter_spaced(words):
        solid = glyphs.solid()
        gaps = [left - right for left, right in zip(solid.x0[1:], solid.x1)]
        if gaps:
            words = _spaced(solid, statistics.median(gaps) + 0.2 * height)
    return words


def _spaced(glyphs: Glyphs, gap: float) -> str:
    after = zip(glyphs.chars[1:], glyphs.x0[1:], glyphs.x1)
    words = glyphs.chars[0] + "".join([f" {char}" if left - right > gap and char != " " else char for char, left, right in after])
    return re.sub(r"  +", " ", words).strip()


def _letter_spaced(words: str) -> bool:
    """Whether nearly every word is one letter, as in headings set wide."""
    parts = words.split()
    return len(parts) >= 4 and sum(len(part) == 1 and part.isalpha() for part in parts) >= 0.8 * len(parts)


def merged(fragments: Iterable[Fragment], reach: float = 1.1) -> list[Fragment]:
    """Fragments of the same baseline joined where the gap is under `reach` heights; raised note marks taken out.

    A raised number after words is the mark of a footnote and is dropped; at the start of a line it is kept,
    because there it numbers the footnote itself.
    """
    out: list[Fragment] = []
    for row in rows(fragments):
        line: Fragment | None = None
        for part in row:
            if line is not None and -1.5 * part.height < part.x0 - line.x1 <= reach * max(line.size, part.size):
                line = _joined(line, part)
            else:
                if line is not None:
                    out.append(line)
                line = part
        if line is not None:
            out.append(line)
    return out


def rows(fragments: Iterable[Fragment]) -> Iterator[list[Fragment]]:
    """Fragments grouped by baseline, from the top; each row from left to right."""
    parts = sorted(fragments, key=lambda f: (f.middle, f.x0))
    usual = statistics.median(f.height for f in parts) if parts else 0.0
    waiting: list[_Row] = []
    small: list[Fragment] = []
    for part in parts:
        if part.height < 0.75 * usual and _MARK.fullmatch(part.text):
            small.append(part)                 # raised marks may overlap two rows: they wait for their neighbours
        else:
            _placed(part, waiting[-4:], waiting)
    for part in small:
        _placed(part, waiting, waiting)
    for row in sorted(waiting, key=lambda row: row.tallest.middle):
        yield sorted(row.parts, key=lambda f: f.x0)


@dataclass(slots=True)
class _Row:
    """Fragments on one baseline, in no order, and the first of the tallest."""

    parts: list[Fragment]
    tallest: Fragment


def _placed(part: Fragment, near: Sequence[_Row], waiting: list[_Row]) -> None:
    """Adds a fragment to the one of the near rows whose baseline it shares, for a small one that of the words it touches; else to a row of its own."""
    found = [row for row in near if _same_row(row.tallest, part)]
    if not found:
        waiting.append(_Row([part], part))
        return
    row = found[0] if len(found) == 1 else min(found, key=lambda row: min(abs(part.x0 - f.x1) for f in row.parts))
    row.parts.append(part)
    if part.height > row.tallest.height:
        row.tallest = part


def _same_row(tallest: Fragment, part: Fragment) -> bool:
    overlap = min(tallest.bottom, part.bottom) - max(tallest.top, part.top)
    return overlap > 0.55 * min(tallest.height, part.height)


def _joined(line: Fragment, part: Fragment) -> Fragment:
    """Two fragments as one; a small raised number after words is dropped."""
    box = {"x1": max(line.x1, part.x1)}
    if _is_mark(part, line):
        return replace(line, **box)
    if _is_mark(line, part):           # a note's own number, before its words
        return replace(part, text=f"{line.text} {part.text}", x0=line.x0, raised=True)
    gap = part.x0 - line.x1
    space = " " if gap > 0.15 * min(line.size, part.size) and not line.text.endswith(" ") else ""
    large = line if len(line.text) >= len(part.text) else part
    return replace(
        line, text=f"{line.text}{space}{part.text}", top=large.top, bottom=large.bottom, size=large.size, bold=line.bold and part.bold or large.bold, italic=large.italic, **box,
    )


def _is_mark(part: Fragment, beside: Fragment) -> bool:
    """Whether a fragment is a superscript note mark beside larger words."""
    if not _MARK.fullmatch(part.text.strip()) or part.size > 0.8 * beside.size:
        return False
    return part.middle < beside.middle - 0.04 * beside.height and not _UNITS.search(beside.text)
