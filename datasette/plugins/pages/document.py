"""One document: its facts, its sections, what was found in it, and its pages with the statements marked."""

from __future__ import annotations

from os.path import commonprefix

from . import words
from .rows import CATEGORIES, GAPS, STANCES, STATEMENTS, Ask, Missing, Row, source
from .search import NOWHERE, _part

MOST = 45                                # sections in one table; more are folded under their parents


def document(ask: Ask) -> dict:
    """The page `/documents/<id>`."""
    row = _row(ask)
    key, db = row["id"], ask.db
    links = db.all("select relation, other, 1 as forward from document_links where document = ? union all"
                   " select relation, document, 0 from document_links where other = ? order by 1, 2", key, key)
    return {
        "title": row["title"], "doc": row, "source": source(row), "links": [each for each in links if each["other"] != key],
        "categories": {each: db.value("select count(*) from commitments where document = ? and category = ?", key, each)
                       for each in CATEGORIES},
        "places": db.value("select coalesce(sum(places), 0) from commitments where document = ?", key),
        "facets": _facets(ask, key), "forces": db.all("select force, count(*) as n from expectations where document = ? group by force"
                                                      " order by force", key),
        "counts": {name: db.value(f"select count(*) from {name} where document = ?", key)
                   for name in ("commitments", "expectations", "aspirations", "responses", "measures", "duties")},
        "asked": db.all("select ask, count(*) as n from recommendations where document = ? group by ask order by ask desc", key),
        "stances": _in_order(db.all("select coalesce(s.stance, s.gap) as stance, s.gap, count(*) as n from stances s join recommendations r"
                          f" on r.id = s.recommendation where r.document = ? and {ask.facts.asking} group by 1", key)),
        "sections": _sections(ask, key), "first_page": db.value("select min(page) from pages where document = ?", key),
        "claims": db.all("select * from claims where about = ? order by id", key),
        "silences": db.all("select * from silences where document = ? and hits = 0 order by kind, what", key),
        "silent": db.value("select count(*) from silences where document = ? and hits = 0", key),
        "vocabulary": db.all("select * from vocabulary where document = ? and section = '' order by class desc, per_1000 desc, phrase", key),
        "headline": db.all("select * from headline where document = ? and section = ''", key),
        "quality": db.one("select count(*) as pages, avg(quality) as mean, sum(quality < 0.9) as poor from pages where document = ?", key),
        "measures": db.all("select * from measures where document = ? order by page, id limit 12", key),
    }


def _in_order(rows: list[Row]) -> list[Row]:
    """Stances in the order of the codebook, gaps last."""
    order = (*STANCES, *GAPS)
    return sorted((row for row in rows if row["stance"]), key=lambda row: order.index(row["stance"]) if row["stance"] in order else 99)


def _row(ask: Ask) -> Row:
    row = ask.facts.documents.get(ask.parts["id"])
    if row is None:
        raise Missing("No document is held under this name.")
    return row


def _facets(ask: Ask, key: str) -> list[dict]:
    n = ask.db.one("select sum(actor is not null) as owner, sum(deadline is not null) as deadline, sum(amount is not null) as amount,"
                   " sum(check_by is not null) as check_by from commitments where document = ?", key)
    return [{"label": label, "n": n[column] or 0, "column": column} for label, column in
            (("name who will act", "owner"), ("give a deadline", "deadline"), ("give an amount", "amount"),
             ("say who will check", "check_by"))]


def _sections(ask: Ask, key: str) -> list[dict]:
    """The headings of the document in order, each with what was found under it; sections without statements stay."""
    order: dict[str, dict] = {}
    pages = ask.db.all("select section, page, min(n), id from passages where document = ? and zone = 'body' group by section"
                       " order by min(n)", key)
    counts = ask.db.all("select section, category, count(*) as n, min(page) as page, '' as id from commitments where document = ?"
                        " group by section, category order by page", key)
    for row in [*pages, *counts]:
        order.setdefault(row["section"], {"section": row["section"], "page": row["page"], "passage": row["id"], "n": 0,
                                          "counts": dict.fromkeys(CATEGORIES, 0)})
    for row in counts:
        order[row["section"]]["counts"][row["category"]] += row["n"]
        order[row["section"]]["n"] += row["n"]
    found = list(order.values())
    for depth in (4, 3, 2, 1):
        if len(found) > MOST:
            found = _folded(found, depth)
    return _indented(found)


def _indented(found: list[dict]) -> list[dict]:
    """Each section under its own last heading, as deep as it stands below those that all share."""
    paths = [row["section"].split(" › ") for row in found if row["section"]]
    shared = len(commonprefix(paths)) if len(paths) > 1 else 0
    for row in found:
        parts = row["section"].split(" › ")
        row["name"], row["depth"] = parts[-1], min(max(len(parts) - shared - 1, 0), 4)
        row["filter"] = {"under" if row.get("folded") and row["section"] else "section": row["section"] or NOWHERE}
    return found


def _folded(found: list[dict], depth: int) -> list[dict]:
    """The same with every section counted under its first `depth` headings."""
    tops: dict[str, dict] = {}
    for row in found:
        parts = row["section"].split(" › ")
        name = " › ".join(parts[:depth])
        top = tops.setdefault(name, {"section": name, "page": row["page"], "passage": row["passage"], "n": 0,
                                     "counts": dict.fromkeys(CATEGORIES, 0), "folded": len(parts) >= depth})
        top["n"] += row["n"]
        for category, n in row["counts"].items():
            top["counts"][category] += n
    return list(tops.values())


def reading(ask: Ask) -> dict:
    """The page `/documents/<id>/pages/<n>`: one page as it reads, its statements marked and linked."""
    row, n = _row(ask), int(ask.parts["page"])
    pages = [each[0] for each in ask.db.all("select page from pages where document = ? order by page", row["id"])]
    if n not in pages:
        raise Missing("This page is not held here." if pages else "The text of this document is not published here.")
    page = ask.db.one("select * from pages where document = ? and page = ?", row["id"], n)
    at = pages.index(n)
    return {"title": row["title"] + (f", PDF page {n}" if row["pages"] > 1 else ", its text"), "doc": row, "page": page, "number": n, "last": pages[-1],
            "before": pages[at - 1] if at else None, "after": pages[at + 1] if at + 1 < len(pages) else None,
            "source": source(row, n, page["locator"] or ""), "passages": _passages(ask, row["id"], n, page["text"]),
            "part": _part(row["id"])}


def _passages(ask: Ask, key: str, n: int, text: str) -> list[dict]:
    spans = _statements(ask, key)
    rows = ask.db.all("select id, kind, zone, level, number, text from passages where document = ? and page = ? order by n", key, n)
    if not rows:
        marks = [span for each in spans.values() for quote, label, link in each if (span := _span(text, quote, label, link))]
        return [{"id": "text", "kind": "paragraph", "level": 0, "segments": words.segments(text, marks)}]
    return [{"id": row["id"], "kind": row["kind"], "level": row["level"], "segments": words.segments(row["text"], [
        span for quote, label, link in spans.get(row["id"], ()) if (span := _span(row["text"], quote, label, link))])} for row in rows]


def _span(text: str, quote: str, label: str, link: str) -> words.Span | None:
    at = words.sought(text, quote)
    return words.Span(*at, label, "", link) if at else None


def _statements(ask: Ask, key: str) -> dict[str, list[tuple[str, str, str]]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for kind, name in STATEMENTS.items():
        for row in ask.db.all(f"select id, passage, quote, category from {name} where document = ?", key):
            found.setdefault(row["passage"] or "", []).append((row["quote"], f"{kind} {row['category']}", f"/{name}/{_part(row['id'])}"))
    return found
