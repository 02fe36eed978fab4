"""Which lines are notes and which pages are lists of contents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from policytrack.model import Line
from policytrack.segment.numbering import Numbering, is_contents_title, looks_like_contents

NOTE = re.compile(r"(\d{1,3}|[*†‡§]+)[.)]?\s*(?=\S)(?![.,]?\d)")
_SMALL = 0.93            # under this share of the body size a line at the foot may be a note


def notes(lines: Sequence[Line], body: float) -> set[int]:
    """Indices of footnote lines: small type at the foot of a page or column, from a numbered line down."""
    out: set[int] = set()
    pages: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.size and line.kind == "text":
            pages[line.page, line.column].append(index)
    noted: set[int] = set()
    for (page, _), indices in pages.items():
        tail: list[int] = []
        for index in sorted(indices, key=lambda i: lines[i].top, reverse=True):
            line = lines[index]
            if line.size > _SMALL * body or line.top < 0.3 * line.page_height:
                break
            tail.append(index)
        tail.reverse()
        starts = [n for n, index in enumerate(tail) if NOTE.match(lines[index].text)]
        if starts:
            goes_on = page - 1 in noted and lines[tail[0]].size <= lines[tail[starts[0]]].size + 0.3
            out.update(tail[0 if goes_on else starts[0]:])
            noted.add(page)
    return out


def contents(lines: Iterable[Line], known: Numbering) -> set[int]:
    """Pages that are lists of contents."""
    entries: Counter[int] = Counter()
    total: Counter[int] = Counter()
    titled: set[int] = set()
    for line in lines:
        if line.size and line.kind != "furniture":
            total[line.page] += 1
            entries[line.page] += looks_like_contents(line.text, known)
            if is_contents_title(line.text.strip(), known):
                titled.add(line.page)
    out: set[int] = set()
    for page in sorted(total):
        share = entries[page] / total[page]
        if entries[page] >= 4 and (share > 0.6 or share > 0.25 and (page in titled or page - 1 in out)):
            out.add(page)
    return out
