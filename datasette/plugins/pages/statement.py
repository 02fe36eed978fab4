"""One commitment or expectation: its words marked, its grade point by point, what stands around it, how to quote and correct it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote as escaped

from . import words
from .rows import CATEGORIES, STATEMENTS, Ask, Missing, Row, source
from .search import _part

CAVEAT = "Graded by machine for how checkable the wording is: not its merit, its importance or whether it was done."


def statement(ask: Ask) -> dict:
    """The pages `/commitments/<id>` and `/expectations/<id>`."""
    kind = ask.parts["kind"].removesuffix("s")
    row = ask.db.one(f"select * from {STATEMENTS[kind]} where id = ?", ask.parts["id"])
    doc = ask.facts.documents[row["document"]]
    points = ask.db.all("select * from grade_points where commitment = ? order by facet = ? desc, points desc, facet",
                        row["id"], row["category"])
    hedges = ask.db.all("select * from hedges where commitment = ?", row["id"])
    link = source(doc, row["page"], _locator(ask, row))
    return {
        "title": f"“{words.begun(row['quote'])}”: {kind} in {doc['title']} ({doc['published'][:4]})", "place": place(ask, row, doc), "kind": kind, "row": row, "doc": doc, "points": points, "hedges": hedges,
        "quote": _marked(ask, row, "quote", points, hedges),
        "lead_in": _marked(ask, row, "lead_in", points, hedges), "around": _around(ask, row),
        "places": pages(row["page"], ask.db.all("select page from statement_places where item = ?", row["id"])), "similar": _similar(ask, row),
        "roles": ask.db.all("select * from role_hits where item = ? order by role, basis", row["id"]),
        "themes": ask.db.all("select distinct theme, words from theme_hits where item = ? order by theme", row["id"]),
        "money": ask.db.all("select * from funding where item = ?", row["id"]),
        "twice": ask.db.all("select b.* from sums a join sums_again s on a.id in (s.sum, s.other) join sums b on b.id in (s.sum, s.other) and b.id <> a.id"
                            " where a.item = ? order by s.likeness desc", row["id"]) if ask.db.has("sums_again") else [],
        "reviews": ask.db.all("select * from reviews where item = ? order by date", row["id"]),
        "source": link, "card": _card(ask, row, doc, link), "correction": correction(ask, kind, row["id"], row["category"]),
        "gone": ask.facts.gone(row["actor_body"], ask.today.isoformat()),
        "passed": bool(row["deadline_on"] and doc["published"] <= row["deadline_on"] < ask.today.isoformat()),
        "early": bool(row["deadline_on"] and row["deadline_on"] < doc["published"]), "caveat": CAVEAT,
    }


def pages(own: int, places: Iterable[Row]) -> list[int]:
    """Every page on which something stands, its own among them; empty where that is the only one."""
    found = sorted({own, *(place["page"] for place in places)})
    return found if len(found) > 1 else []


def place(ask: Ask, row: Row, doc: Row) -> str:
    """Where the words stand: the page of the file, with the number printed on it where that is known, or the section of a document without pages."""
    if doc["pages"] <= 1 and row["section"]:
        return f"under “{row['section']}” (a document without pages)"
    printed = ask.db.value("select locator from pages where document = ? and page = ?", doc["id"], row["page"]) if doc["pages"] > 1 else ""
    return f"PDF page {row['page']}" + (f" (printed {printed})" if printed else "")


def _locator(ask: Ask, row: Row) -> str:
    return ask.db.value("select locator from passages where id = ?", row["passage"] or "") or ""


def _marked(ask: Ask, row: Row, part: str, points: Iterable[Row], hedges: Iterable[Row]) -> list[words.Segment]:
    """The words with their facets, the act that decides the category, and what softens them."""
    text = row[part] or ""
    facets = ask.db.all("select facet, part, words, start, \"end\", cue from facets where item = ? and part = ?", row["id"], part)
    named = [(each["facet"].replace("_", " "), each) for each in facets]
    named += [("act", each) for each in points if each["facet"] in ("category", *CATEGORIES)] + [("hedge", each) for each in hedges]
    return words.segments(text, [words.Span(*at, label, f"rule {each['cue']}") for label, each in named
                                 if each["part"] == part and (at := words.placed(text, each["words"], each["start"], each["end"]))])


def _around(ask: Ask, row: Row) -> tuple[str, str] | None:
    """Two sentences either side; None where the text is not published here."""
    passage = ask.db.all("select document, n, text, lead_in from passages where id = ?", row["passage"] or "")
    if not passage:
        return None
    text, n = passage[0]["text"], passage[0]["n"]
    at = words.sought(text, row["quote"]) or (0, len(text))
    near = {each["n"]: each["text"] for each in ask.db.all(
        "select n, text from passages where document = ? and n between ? and ? and zone = 'body'", row["document"], n - 2, n + 2)}
    before = " ".join([near.get(n - 2, ""), near.get(n - 1, ""), text[:at[0]]])
    after = " ".join([text[at[1]:], near.get(n + 1, ""), near.get(n + 2, "")])
    return words.around(before, after)


def _similar(ask: Ask, row: Row) -> list[dict]:
    found = []
    for each in ask.db.all("select other, score from similar where item = ? order by score desc, other limit 6", row["id"]):
        for kind, name in STATEMENTS.items():
            for other in ask.db.all(f"select id, document, page, quote, category, deadline from {name} where id = ?", each["other"]):
                found.append({"row": other, "kind": kind, "doc": ask.facts.documents[other["document"]]})
    return found


def _card(ask: Ask, row: Row, doc: Row, link: str | None) -> str:
    """The quotation with everything that lets a reader find and check it."""
    lines = [f"“{row['quote']}”"]
    if row["lead_in"]:
        lines.insert(0, f"[{row['lead_in']}]")
    via = f" As summarised by {doc['quoted_via']}." if doc["quoted_via"] else ""
    specimen = " SPECIMEN: written to show this software; no real document." if ask.facts.specimen(doc["id"]) else ""
    lines += [f"{ask.facts.body(doc['publisher'])}, {doc['title']} ({doc['published']}), {place(ask, row, doc)}.{via}{specimen}",
              *([link] if link else []), f"File sha256 {doc['sha256'] or 'not known'}; {row['id']}; data version {ask.facts.version}.",
              CAVEAT if not row["reviewed"] else CAVEAT.replace("by machine", "by machine and reviewed by a person")]
    return "\n".join(lines)


def correction(ask: Ask, kind: str, key: str, value: str) -> dict:
    """A message to the site's contact, filled in; without a contact only its words."""
    subject = f"Correction: {kind} {key}"
    body = (f"Item: {key}\nValue now: {value}\nData version: {ask.facts.version}\n\nWhat it should be:\n\nBecause:\n")
    contact = ask.site["contact"]
    link = f"mailto:{contact}?subject={escaped(subject)}&body={escaped(body)}" if "@" in contact else contact or None
    return {"link": link, "text": f"{subject}\n{body}"}


def moved(ask: Ask) -> str:
    """Where the list of all commitments, expectations stands."""
    if ask.parts["kind"] not in ("commitments", "expectations"):
        raise Missing("There is no such list.")
    return "/search?kind=" + _part(ask.parts["kind"].removesuffix("s"))
