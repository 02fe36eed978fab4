"""Charts as SVG, made from rows when the database is built; each stands beside the table that says the same in numbers.

Plain SVG of our own: a bar is four rectangles, no charting library draws it better, and nothing in it needs a style
attribute, which the site's content policy forbids. Classes (`c-specific` …) take their colours from the one stylesheet.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from html import escape
from textwrap import shorten

from policytrack import tally

CATEGORIES = ("specific", "general", "consider", "continue")
STANCES = ("accepted", "accepted_in_principle", "partially_accepted", "already_in_place", "under_consideration", "noted", "rejected",
           "not_addressed", "no_response_loaded", "response_unreadable")
WIDTH = 600


def bar(counts: Mapping[str, int], order: Iterable[str], title: str, largest: int | None = None, height: int = 22) -> str:
    """One stacked bar, as long as its sum is of `largest` (the whole width without it); empty for nothing to show."""
    total = sum(counts.values())
    if not total:
        return ""
    scale = WIDTH / max(largest or total, total)
    parts, x = [], 0.0
    for key in order:
        n = counts.get(key, 0)
        if n:
            parts.append(f'<rect class="c-{escape(key)}" x="{x:.1f}" y="0" width="{max(n * scale - 1.5, 1):.1f}" height="{height}"/>')
            x += n * scale
    said = ", ".join(f"{counts[key]} {key.replace('_', ' ')}" for key in order if counts.get(key))
    return (f'<svg class="bar" viewBox="0 0 {WIDTH} {height}" preserveAspectRatio="none" role="img" '
            f'aria-label="{escape(title)}: {escape(said)}">{"".join(parts)}</svg>')


def rates(rows: Iterable[tuple[str, float, float]], names: tuple[str, str]) -> str:
    """Pairs of thin bars, one pair a document, on one scale: how often vague and concrete verbs stand per 1,000 words."""
    rows = list(rows)
    largest = max((max(a, b) for _, a, b in rows), default=0)
    if not largest:
        return ""
    parts = []
    for n, (label, first, second) in enumerate(rows):
        y = n * 46
        parts.append(f'<text x="0" y="{y + 12}">{escape(label)}</text>')
        for k, value in enumerate((first, second)):
            width, top = value / largest * 520, y + 17 + k * 12
            parts.append(f'<rect class="r-{k}" x="0" y="{top}" width="{max(width, 1):.1f}" height="10"/>'
                         f'<text class="n" x="{width + 6:.1f}" y="{top + 9}">{value:.1f}</text>')
    said = escape(f"{names[0]} and {names[1]} per 1,000 words; the table holds the same numbers")
    return f'<svg class="rates" viewBox="0 0 {WIDTH} {len(rows) * 46}" role="img" aria-label="{said}">{"".join(parts)}</svg>'


def strip(marks: Iterable[tuple[int, str]], pages: int, title: str) -> str:
    """Where things stand in a document, from its first page on the left to its last: one tick each, stacked where they meet."""
    width, heights, parts = WIDTH / max(pages, 1), defaultdict(int), []
    for page, key in marks:
        level = heights[page]
        heights[page] += 1
        if level < 10:
            parts.append(f'<rect class="c-{escape(key)}" x="{(page - 1) * width:.1f}" y="{36 - 4 * level}" '
                         f'width="{min(max(width - 0.5, 1.5), 9):.1f}" height="3"/>')
    said = escape(f"{title}, pages 1 to {pages}; the table of sections holds the numbers")
    return (f'<svg class="strip" viewBox="0 0 {WIDTH} 42" preserveAspectRatio="none" role="img" aria-label="{said}">'
            f'<rect class="ground" x="0" y="40" width="{WIDTH}" height="1"/>{"".join(parts)}</svg>') if parts and pages > 1 else ""


def _strips(db: sqlite3.Connection) -> list[tuple[str, str]]:
    pages = dict(db.execute("select id, pages from documents order by id"))
    marks: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for document, page, category in db.execute("select document, page, category from commitments order by document, page, rowid"):
        marks[document].append((page, category))
    return [(f"strip:{key}", strip(marks[key], n, "Where its commitments stand")) for key, n in pages.items() if marks[key]]


def _categories(db: sqlite3.Connection) -> list[tuple[str, str]]:
    sums: dict[str, dict[str, int]] = defaultdict(dict)
    for document, category, n in db.execute("select document, category, count(*) from commitments group by 1, 2"):
        sums[document][category] = n
    return [(f"categories:{document}", bar(counts, CATEGORIES, "Commitments by category")) for document, counts in sorted(sums.items())]


def _stances(db: sqlite3.Connection) -> list[tuple[str, str]]:
    sums: dict[str, dict[str, int]] = defaultdict(dict)
    for document, stance, n in db.execute("select r.document, coalesce(s.stance, s.gap), count(*) from stances s join recommendations r"
                                          f" on r.id = s.recommendation where coalesce(s.stance, s.gap) is not null and {tally.COUNTED} group by 1, 2"):
        sums[document][stance] = n
    return [("stances", bar(_counted(db, sums), STANCES, "Answers to recommendations by stance")),
            *((f"stances:{document}", bar(counts, STANCES, "Recommendations by stance")) for document, counts in sorted(sums.items()))]


def _counted(db: sqlite3.Connection, sums: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """The sum over the documents that enter totals: specimens only where there is nothing else."""
    real = {key for (key,) in db.execute("select id from documents where set_name <> 'specimen'")} or set(sums)
    found: dict[str, int] = defaultdict(int)
    for document in sums.keys() & real:
        for stance, n in sums[document].items():
            found[stance] += n
    return found


def _vocabulary(db: sqlite3.Connection) -> list[tuple[str, str]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    documents = db.execute("select id, title, substr(published, 1, 4), set_name = 'specimen' from documents"
                           " order by published, id").fetchall()
    mixed = any(not specimen for *_, specimen in documents)
    titles = {key: f"{shorten(title, 66, placeholder=' …')} ({year}){' specimen' if specimen else ''}"
              for key, title, year, specimen in documents if not (specimen and mixed)}
    for document, kind, rate in db.execute("select document, class, sum(per_1000) from vocabulary where section = '' group by 1, 2"):
        found[document][kind] = rate
    rows = [(titles[key], found[key].get("vague", 0.0), found[key].get("concrete", 0.0)) for key in titles if key in found]
    return [("vocabulary", rates(rows, ("Vague", "concrete")))]


def charts(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Every chart as (name, svg): `categories:<document>`, `stances`, `stances:<document>`,
    `strip:<document>`, `vocabulary`; equal rows give equal text."""
    return [(name, svg) for made in (_categories, _stances, _strips, _vocabulary) for name, svg in made(db) if svg]
