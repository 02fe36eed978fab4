"""Vague against concrete: the raw counts of phrasing by document and chapter, beside the graded statements, with the difference explained.

A phrase is counted wherever it stands; a commitment is graded by its own act. So the two differ, and `wording` says by
what: how many hits stand in commitments of which category, in what others are asked, in headings, and in no statement.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

CLASSES = ("vague", "concrete")
MOST = 0.9           # of its passages: what so many share is the document's title, not a chapter
PLACES = ("agreeing", "other_class", "expectations", "recommendations", "aspirations", "headings", "elsewhere")
SEPARATOR = " › "
START = 40           # letters by which a passage is found on its page


def chapters(db: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """(document, section) -> its chapter: the part of the headings at which the document first branches."""
    found: dict[str, Counter] = defaultdict(Counter)
    for document, section, n in db.execute("SELECT document, section, count(*) FROM passages GROUP BY document, section"):
        found[document][section] = n
    trunks = {document: _trunk(sections) for document, sections in found.items()}
    return {(document, section): _chapter(section.split(SEPARATOR), trunks[document]) for document, sections in found.items() for section in sections}


def _trunk(sections: Counter) -> int:
    """How many headings nearly all passages share."""
    depth = 0
    while True:
        heads = Counter()
        for section, n in sections.items():
            parts = section.split(SEPARATOR)
            heads[tuple(parts[:depth + 1]) if len(parts) > depth else ()] += n
        head, n = heads.most_common(1)[0] if heads else ((), 0)
        # passages that stand directly under the shared headings belong to no chapter, and do not count against it
        if not head or not head[-1] or n < MOST * sum(heads.values()) or not any(len(s.split(SEPARATOR)) > depth + 1 for s in sections):
            return depth
        depth += 1


def _chapter(parts: Sequence[str], trunk: int) -> str:
    return parts[min(trunk, len(parts) - 1)]


def tables(db: sqlite3.Connection, classes: Mapping[str, Sequence[str]], hits: Sequence[dict], rule: Callable[[str], str]) -> dict[str, list[dict]]:
    """`vocabulary` (every phrase) and `wording` (both classes, explained), by document and chapter ('' is the whole document).

    `hits` are rows of phrase_hits, `rule` the one that a phrase's vocabulary is counted by.
    """
    chosen = {phrase: kind for kind in CLASSES for phrase in classes[kind]}
    by_document: dict[str, list[dict]] = defaultdict(list)
    for hit in hits:
        if hit["phrase"] in chosen and hit["rule"] == rule(hit["phrase"]):
            by_document[hit["document"]].append(hit)
    chapter, out = chapters(db), {"vocabulary": [], "wording": []}
    for (document,) in db.execute("SELECT id FROM documents WHERE status IN ('read', 'ocr') ORDER BY id").fetchall():
        sections = Sections(db, document, chapter)
        placed = [(hit, sections.at(hit["page"], hit["start"])) for hit in by_document[document]]
        out["vocabulary"] += _vocabulary(document, chosen, placed, sections.words)
        out["wording"] += _wording(db, document, chosen, placed, sections, chapter)
    return out


class Sections:
    """Which chapter a place on a page belongs to, and how many words of body and headings each chapter has."""

    def __init__(self, db: sqlite3.Connection, document: str, chapter: Mapping[tuple[str, str], str]):
        pages = dict(db.execute("SELECT page, text FROM pages WHERE document = ?", (document,)))
        self.places: list[tuple[int, int, str]] = []
        for page, section, text in db.execute("SELECT page, section, text FROM passages WHERE document = ? AND zone IN ('body', 'heading') ORDER BY n", (document,)):
            if (at := pages.get(page, "").find(text[:START])) >= 0:
                self.places.append((page, at, chapter[document, section]))
        self.places.sort(key=lambda place: place[:2])
        self.keys = [place[:2] for place in self.places]
        self.words: Counter = Counter()
        for page, start in db.execute("SELECT page, start FROM tokens WHERE document = ? AND zone IN ('body', 'heading')", (document,)):
            self.words[""] += 1
            self.words[self.at(page, start) or None] += 1
        del self.words[None]

    def at(self, page: int, start: int) -> str:
        """The chapter of the last passage that begins before this place."""
        n = bisect_right(self.keys, (page, start)) - 1
        return self.places[n][2] if n >= 0 else ""


def _vocabulary(document: str, chosen: Mapping[str, str], placed: Sequence[tuple[dict, str]], words: Counter) -> Iterator[dict]:
    """Every phrase of the document; of a chapter those that stand in it."""
    counts = Counter((section, hit["phrase"]) for hit, own in placed for section in {"", own})
    for section in words:
        for phrase, kind in chosen.items():
            if (n := counts[section, phrase]) or not section:
                yield {"document": document, "section": section, "phrase": phrase, "class": kind, "hits": n, "words": words[section], "per_1000": _rate(n, words[section])}


def _rate(n: int, words: int) -> float:
    return round(1000 * n / words, 3) if words else 0.0


def _wording(db, document: str, chosen, placed, sections: Sections, chapter) -> Iterator[dict]:
    """The two rows of the document, then those of each chapter in the order in which they come."""
    graded = Counter()
    for section, category in db.execute("SELECT section, category FROM commitments WHERE document = ?", (document,)):
        kind = "concrete" if category == "specific" else "vague"
        graded.update((name, kind) for name in {"", chapter.get((document, section), section)})
    stands = Statements(db, document)
    where, worded = Counter(), defaultdict(set)
    for hit, own in placed:
        kind = chosen[hit["phrase"]]
        place, item = stands.at(hit, kind)
        for name in {"", own}:
            where[name, kind, place] += 1
            worded[name, kind] |= {item} if place == "agreeing" else set()
    for section in sections.words:
        if not any(graded[section, kind] or any(where[section, kind, place] for place in PLACES) for kind in CLASSES):
            continue
        shown = {kind: sum(where[section, kind, place] for place in PLACES) for kind in CLASSES}
        for kind in CLASSES:
            parts = {place: where[section, kind, place] for place in PLACES}
            n, total = shown[kind], graded[section, "vague"] + graded[section, "concrete"]
            row = {"document": document, "section": section, "class": kind, "hits": n, "words": sections.words[section], "per_1000": _rate(n, sections.words[section]),
                   "share": _part(n, sum(shown.values())), "graded": graded[section, kind], "graded_share": _part(graded[section, kind], total),
                   "unworded": max(0, graded[section, kind] - len(worded[section, kind]))}
            yield row | parts | {"explained": explained(row, parts)}


def _part(n: int, of: int) -> float | None:
    return round(n / of, 3) if of else None


class Statements:
    """What a place on a page belongs to: a commitment of a class, something asked or wished, a heading, or nothing."""

    def __init__(self, db: sqlite3.Connection, document: str):
        pages = dict(db.execute("SELECT page, text FROM pages WHERE document = ?", (document,)))
        self.spans: dict[int, list[tuple[int, int, str, str]]] = defaultdict(list)
        for page, words, what, item in self._rows(db, document):
            at = pages.get(page, "").find(words[:START])
            if at >= 0:
                self.spans[page].append((at, at + len(words), what, item))
        headings = "SELECT page, start FROM tokens WHERE document = ? AND zone = 'heading'"
        self.headings = set(db.execute(headings, (document,)))

    def _rows(self, db: sqlite3.Connection, document: str) -> Iterator[tuple[int, str, str, str]]:
        """(page, words, what, id) of every place of every statement, commitments first; the lead-ins last."""
        kinds = {"commitments": "CASE category WHEN 'specific' THEN 'concrete' ELSE 'vague' END", "expectations": "'expectations'"}
        for table, what in kinds.items():
            yield from db.execute(f"SELECT page, coalesce(act, quote), {what}, id FROM {table} WHERE document = ?", (document,))
            yield from db.execute(f"SELECT p.page, p.words, {what}, id FROM statement_places p JOIN {table} t ON t.id = p.item WHERE p.document = ?", (document,))
        yield from db.execute("SELECT page, text, 'recommendations', id FROM recommendations WHERE document = ? UNION "
                              "SELECT page, words, 'recommendations', recommendation FROM recommendation_places WHERE document = ?", (document, document))
        yield from db.execute("SELECT page, quote, 'aspirations', id FROM aspirations WHERE document = ?", (document,))
        for table, what in kinds.items():
            yield from db.execute(f"SELECT page, lead_in, {what}, id FROM {table} WHERE document = ? AND lead_in != ''", (document,))

    def at(self, hit: dict, kind: str) -> tuple[str, str]:
        """One of PLACES for a hit of a phrase of this class, and the id of the statement it stands in."""
        what, item = next(((what, item) for start, end, what, item in self.spans.get(hit["page"], ()) if start <= hit["start"] < end), ("", ""))
        if what in CLASSES:
            return ("agreeing" if what == kind else "other_class"), item
        return what or ("headings" if (hit["page"], hit["start"]) in self.headings else "elsewhere"), item


def explained(row: Mapping, parts: Mapping[str, int]) -> str:
    """The difference between the hits and the graded commitments, in words made of the figures."""
    kind, other = row["class"], "concrete" if row["class"] == "vague" else "vague"
    said = [(parts["agreeing"], f"in commitments graded {kind}"), (parts["other_class"], f"in commitments graded {other} by their own act"),
            (parts["expectations"], "in what others are asked to do"), (parts["recommendations"], "in recommendations"), (parts["aspirations"], "in wishes that nobody could check"),
            (parts["headings"], "in headings"), (parts["elsewhere"], "in text that is no statement, such as description, evidence and the past")]
    words = f"{_count(row['hits'], f'{kind} phrase')}: {'; '.join(f'{n} {where}' for n, where in said if n)}." if row["hits"] else f"No {kind} phrase stands here."
    rest = f" {row['unworded']} of the {_count(row['graded'], 'commitment')} graded {kind} {'uses' if row['unworded'] == 1 else 'use'} other words." if row["unworded"] else ""
    return words + (rest or f" {_count(row['graded'], 'commitment')} graded {kind}.")


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
