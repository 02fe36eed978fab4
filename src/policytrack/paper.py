"""Role -> its board paper in Word: a summary that can be read alone, then what falls on the role, each statement once with its source."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from policytrack import falls
from policytrack.falls import Entry

EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
CAVEAT = "Wording is graded by machine for how checkable it is: not its merit, its importance or whether it was done."
LONGEST = 900                            # letters of one statement
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def board_paper(db: sqlite3.Connection, role: str, today: date, found: Sequence[Entry] | None = None, **chosen: str) -> bytes:
    """A Word document for one role as of a day; `chosen` are the filters of its page. Equal databases give equal bytes on one day."""
    from docx import Document
    from docx.shared import Mm, Pt

    name, description = db.execute("select name, description from roles where id = ?", (role,)).fetchone()
    found = falls.kept(falls.entries(db).get(role, []) if found is None else found, **chosen)
    documents = {row["id"]: dict(row) for row in db.execute("select d.*, o.name as publisher_name from documents d join organisations o on o.id = d.publisher order by published, d.id")}
    paper = Document()
    paper.core_properties.author = "policytrack"
    paper.core_properties.created = paper.core_properties.modified = EPOCH.replace(tzinfo=None)
    paper.core_properties.title, paper.core_properties.language = falls.called(name), "en-GB"
    page, body = paper.sections[0], paper.styles["Normal"].font
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    body.name, body.size = "Arial", Pt(10)
    paper.add_heading(falls.called(name), 1)
    paper.add_paragraph(CONTROL.sub("", description))
    if all(document["set_name"] == "specimen" for document in documents.values()):
        paper.add_paragraph("Specimen: every document was written to show this software.", style="Intense Quote")
    _summary(paper, found, documents, today, _filters(chosen), falls.read(db), falls.measured(db, role))
    for force, title in falls.FORCES.items():
        if some := [entry for entry in found if entry.force == force]:
            _section(paper, title, some, documents, today)
    made = io.BytesIO()
    paper.save(made)
    return timeless(made.getvalue())


def _filters(chosen: Mapping[str, str]) -> str:
    """The filters in words: "England, UK-wide; Must"."""
    nations = ", ".join(falls.NATIONS.get(nation, nation) for nation in chosen.get("nation", "").split(","))
    force = chosen.get("force", "")
    return "; ".join(filter(None, (nations, falls.FORCES.get(force, "Asked of it" if force else ""), f"{chosen['kind']}s" if chosen.get("kind") else "", chosen.get("money") and f"money {chosen['money']}")))


def _summary(paper, found: Sequence[Entry], documents: Mapping[str, dict], today: date, filters: str, read: int, measured: str) -> None:
    """What the whole paper says, how old it is and how far it can be trusted."""
    paper.add_heading("Summary", 2)
    paper.add_paragraph(CONTROL.sub("", f"Issued {falls.day(today.isoformat())}." + (f" Only: {filters}." if filters else "")))
    held, bases, forces = Counter(entry.document for entry in found), Counter(entry.basis for entry in found), Counter(entry.force for entry in found)
    dates = Counter(falls.when(entry.deadline, documents[entry.document]["published"], today) for entry in found)
    points = [f"{falls.counts(found)}, of {read} read. {bases['named']} by name, {bases['implied']} by implication.",
              "; ".join(f"{title}: {forces[force]}" for force, title in falls.FORCES.items() if forces[force]),
              f"Dates: {dates['passed']} passed, {dates['still to come']} still to come. No evidence of delivery is held here.",
              *(f"{documents[key]['title']} ({falls.day(documents[key]['published'])}): {held[key]} statement{'' if held[key] == 1 else 's'}" for key in documents if key in held),
              measured, f"{CAVEAT} Values are found by machine unless marked reviewed."]
    for point in filter(None, points):
        paper.add_paragraph(CONTROL.sub("", point), style="List Bullet")


def _section(paper, title: str, found: Sequence[Entry], documents: Mapping[str, dict], today: date) -> None:
    paper.add_heading(f"{title} ({len(found)})", 2)
    for entry in found:
        words = " ".join(filter(None, [entry.row.get("lead_in"), entry.words]))
        paper.add_paragraph(CONTROL.sub("", f"“{words[:LONGEST]}{' …' if len(words) > LONGEST else ''}”"), style="List Bullet")
        if entry.acts:
            paper.add_paragraph(CONTROL.sub("", f"{'One of several acts' if len(entry.acts) == 1 else 'Acts'} in these words: " + "; ".join(f"“{act}”" for act in entry.acts)))
        paper.add_paragraph().add_run(CONTROL.sub("", _source(entry, documents[entry.document], today))).italic = True


def _source(entry: Entry, document: Mapping, today: date) -> str:
    """Where the words stand, when they fall due, why they fall on the role, and how sure that is."""
    row = entry.row
    specimen = "SPECIMEN. " if document["set_name"] == "specimen" else ""
    via = f", as summarised by {document['quoted_via']}" if document["quoted_via"] else ""
    why = "; ".join(f"by “{hit['words']}”: {hit['reason']}" for hit in entry.hits)
    status = "" if row.get("reviewed") is None else " Reviewed." if row["reviewed"] else f" Machine, {row['band']}."
    return (f"{specimen}{document['publisher_name']}, {document['title']} ({falls.day(document['published'])}), {_place(row, document)}{via}."
            f"{_due(entry, document, today)} {entry.basis.capitalize()} {why}.{status}")


def _due(entry: Entry, document: Mapping, today: date) -> str:
    """When it falls due: "Due 30 April 2013, passed (“by April 2013”)."."""
    last, words = entry.deadline.get("deadline_on"), entry.deadline.get("deadline")
    if not last:
        return f" Deadline as printed: “{words}”." if words else ""
    state = falls.when(entry.deadline, document["published"], today)
    return f" Due {falls.day(last)}{f', {state}' if state != 'still to come' else ''} (“{words}”)."


def _place(row: Mapping, document: Mapping) -> str:
    """Where the words stand: the page, or the section of a document without pages, and its address where that was tried."""
    url = document["url"] if document["url"] and not document["unverified"] and document["url"].startswith(("http://", "https://")) else ""
    if document["pages"] > 1:
        jump = f"#page={row['page']}" if url.lower().endswith(".pdf") else ""
        return f"PDF page {row['page']}" + (f", {url}{jump}" if url else "")
    section = f"under “{row['section']}”" if row.get("section") else "a document without pages"
    return section + (f", {url}" if url else "")


def timeless(data: bytes) -> bytes:
    """The same archive with every date inside it set to the same day, so that equal rows give equal bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", old.read(name))
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return made.getvalue()
