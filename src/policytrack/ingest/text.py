"""Plain text: paragraphs, hard-wrapped or not; one line of ours per block, its line ends kept for segment to join."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from pathlib import Path

from policytrack.model import Line, Reading

_MARKED = re.compile(
    r"\s*(?:[•●▪◦‣·*–—-]\s+\S|\(?\d{1,3}[.)]\s+\S|\(?[a-z][.)]\s+\S|\(?[ivx]{1,5}[.)]\s+\S|\d{1,2}(?:\.\d{1,3})+\.?\s+\S)"
)
_LABEL = re.compile(r"(?:[A-Z][\w’'-]*(?: [\w’'-]+){0,4}):\s+\S|Recommendation\s+\d+|Conclusion\s+\d+")
_END = re.compile(r"[.!?:;…][\"'”’)\]]*$")


def decoded(source: Path) -> str:
    """The words of a text file: UTF-8 if it is, else Windows Latin; line ends as `\\n`."""
    data = source.read_bytes()
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")


def lines(source: Path, reading: Reading) -> Iterator[Line]:
    """One line per block; a form feed begins a new page."""
    for number, page in enumerate(decoded(source).split("\f"), start=1):
        printed = page.split("\n")
        wrap = _wrap(printed)
        for block in _blocks(printed, wrap):
            yield Line(number, "\n".join(row.strip() for row in block), x0=float(len(block[0]) - len(block[0].lstrip())))


def _wrap(printed: list[str]) -> int:
    """The width at which a text was wrapped by hand, or 0 where every paragraph is one line."""
    lengths = sorted(len(row.rstrip()) for row in printed if row.strip())
    if len(lengths) < 6 or lengths[-1] > 140:
        return 0
    long = [n for n in lengths if n > 0.7 * lengths[-1]]
    return int(statistics.median(long)) if len(long) >= 0.4 * len(lengths) else 0


def _blocks(printed: list[str], wrap: int) -> Iterator[list[str]]:
    """Rows that belong together: to the next blank row, marker, label or short last row."""
    block: list[str] = []
    for row in printed:
        if not row.strip():
            if block:
                yield block
            block = []
        elif block and not _continues(block[-1], row, wrap):
            yield block
            block = [row]
        else:
            block.append(row)
    if block:
        yield block


def _continues(last: str, row: str, wrap: int) -> bool:
    """Whether a row goes on with the sentence before it: only in wrapped text, after a row that was full."""
    if not wrap or _MARKED.match(row) or _LABEL.match(row):
        return False
    first = len(row.split()[0])
    full = len(last.rstrip()) + first + 1 > 0.8 * wrap
    return full or (not _END.search(last.strip()) and row.strip()[:1].islower()) or len(last.strip()) == 1
