"""What surrounds the text of a page: running headers, footers, page numbers and the lines that a browser prints."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from policytrack.model import Line
from policytrack.segment.numbering import Numbering, is_furniture, marker

_EDGE = 4          # lines from the top and from the bottom that may be furniture
_SENTENCE = re.compile(r"^(?!.*://).*\s\S+\s.*[a-z]{2}\.$")    # a sentence is text even if it recurs
_BAND = 4.0        # points by which the place of a running line may differ from page to page


def marked(lines: Sequence[Line], known: Numbering) -> list[Line]:
    """The same lines; those that are furniture say so in `kind`."""
    pages: dict[int, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.page_height and line.kind in ("text", "box"):
            pages[line.page].append(index)
    edges = {page: _edges([lines[i] for i in found], found) for page, found in pages.items()}
    running = _running(lines, edges)
    texts = Counter(line.text.strip() for line in lines)
    steady = Counter(filter(None, map(_offset, lines)))
    alike = Counter(_key(line) for line in lines)
    out = list(lines)
    for found in edges.values():
        for index in _peeled(found, lines, running, known):
            # "Recommendation 4" on page 16 and 8 on page 20 are chance; a page number keeps pace on most of its pages
            if steady[_offset(lines[index])] < max(3, alike[_key(lines[index])] / 2) and _titles(lines[index], texts, known):
                continue
            out[index] = replace(lines[index], kind="furniture")
    return out


def _offset(line: Line) -> tuple | None:
    """By how much the number that ends a line is ahead of its page, with its words: the same on every page for a page number."""
    m = re.search(r"(\d+)\s*$", line.text)
    return (_key(line), int(m[1]) - line.page) if m else None


def _titles(line: Line, texts: Counter[str], known: Numbering) -> bool:
    """Whether a line is "Recommendation 4": such headings differ in nothing but their numbers, and may fall at the edge of several pages."""
    found = marker(line.text.strip(), known)
    return bool(found) and found.value == "named" and texts[line.text.strip()] < 3


def _peeled(found: list[int], lines: Sequence[Line], running: set, known: Numbering) -> list[int]:
    """The running lines of a page from its edges inwards, up to the first line of the text itself."""
    out: list[int] = []
    for half in (True, False):
        near = [i for i in found if (lines[i].top < lines[i].page_height / 2) == half]
        for index in sorted(near, key=lambda i: lines[i].top, reverse=not half):
            line = lines[index]
            runs = _key(line) in running or _signature(line) in running
            if not runs and not (_outside(line) and is_furniture(line.text.strip(), known)):
                break
            out.append(index)
    return out


def _edges(lines: list[Line], indices: list[int]) -> list[int]:
    """The indices of the lines nearest to the top and to the bottom of a page."""
    order = sorted(range(len(lines)), key=lambda i: lines[i].top)
    near = set(order[:_EDGE]) | set(order[-_EDGE:])
    return [indices[i] for i in near if lines[i].top < 0.16 * lines[i].page_height or lines[i].bottom > 0.86 * lines[i].page_height]


def _outside(line: Line) -> bool:
    """Whether a line lies in the outer margin, where page numbers stand."""
    return line.top < 0.1 * line.page_height or line.bottom > 0.88 * line.page_height


def _key(line: Line) -> str:
    """The words of a line without its numbers, the same on every page."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", " ".join(line.text.split()).casefold())


def _signature(line: Line) -> tuple:
    """Where and how a line is printed: its band, size and weight."""
    return (round(line.bottom / _BAND), round(line.size * 2), line.bold, line.top < line.page_height / 2)


def _running(lines: Sequence[Line], edges: dict[int, list[int]]) -> set:
    """Words that stand at the edge of several pages, and the places where most pages carry such words."""
    places: dict[str, dict[int, float]] = defaultdict(dict)
    for page, found in edges.items():
        for index in found:
            places[_key(lines[index])].setdefault(page, lines[index].bottom)
    words = {key for key, where in places.items() if _recurs(where, len(edges), key) and not _SENTENCE.search(key)}
    # counted by page: a column gap may cut one running line in two, and its chapter's title recurs on no other page
    signatures = Counter(s for found in edges.values() for s in {_signature(lines[i]) for i in found if _key(lines[i]) in words})
    every = Counter(s for found in edges.values() for s in {_signature(lines[i]) for i in found})
    usual = {s for s, n in signatures.items() if n >= max(4, 0.25 * len(edges)) and n >= 0.65 * every[s] and _extreme(s, lines, edges)}
    return words | usual


def _recurs(where: dict[int, float], pages: int, key: str) -> bool:
    """Whether words come back at one height on enough pages: three, or two in a short document."""
    if len(key) < 2 and key != "#":
        return False
    heights = sorted(where.values())
    middle = heights[len(heights) // 2]
    same = sum(abs(height - middle) <= 2 * _BAND for height in heights)
    return same >= (3 if pages > 4 else 2) and same >= 0.6 * len(heights)


def _extreme(signature: tuple, lines: Sequence[Line], edges: dict[int, list[int]]) -> bool:
    """Whether lines printed so stand outermost on their pages."""
    outer = inner = 0
    for found in edges.values():
        here = [lines[i] for i in found]
        for line in here:
            if _signature(line) != signature:
                continue
            beyond = [o for o in here if (o.bottom < line.top if signature[3] else o.top > line.bottom)]
            outer, inner = (outer, inner + 1) if beyond else (outer + 1, inner)
    return outer > 3 * inner
