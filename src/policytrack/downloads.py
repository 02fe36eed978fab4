"""Release files: every table complete as CSV and JSON, one workbook, and a board paper for each role.

Equal databases give equal bytes: nothing in a file speaks of a clock or of this machine.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from policytrack.model import BadInput

TEXTS = frozenset({"pages", "passages", "tokens"})   # the documents themselves: in the database, not in the workbook
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
CAVEAT = "Wording is graded by machine for how checkable it is: not its merit, its importance or whether it was done."
FORCES = {"duty": "Existing duties restated", "must": "Must", "should": "Should", "encouraged": "Encouraged",
          "promised": "What national bodies promised", "none": "Where it is spoken of, while others are asked"}
TABLES = {"commitment": "commitments", "expectation": "expectations", "recommendation": "recommendations", "duty": "duties"}
MARK = "DATABASE"                         # the hash of the database from which the files beside it were made
PAPER = 25                                # entries a section: a board reads a few pages
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def tables(db: sqlite3.Connection) -> list[str]:
    """The tables of the contract, without the machinery of search."""
    return [name for (name,) in db.execute("select name from sqlite_master where type = 'table' and name not like '%\\_fts%' escape '\\'"
                                           " and name not like 'sqlite\\_%' escape '\\' and name <> 'charts' order by name")]


def rows(db: sqlite3.Connection, table: str) -> Iterator[list]:
    """The column names, then every row, in the order of the table."""
    cursor = db.execute(f'select * from "{table}"')
    yield [column[0] for column in cursor.description]
    yield from map(list, cursor)


def _csv(db: sqlite3.Connection, table: str) -> bytes:
    """The rows exactly as they are: words are evidence, so none is altered to please a spreadsheet; the workbook is for those."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows(db, table))
    return text.getvalue().encode()


def _json(db: sqlite3.Connection, table: str) -> bytes:
    columns, *found = rows(db, table)
    lines = (json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) for row in found)
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()


def _workbook(db: sqlite3.Connection) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = EPOCH.replace(tzinfo=None)
    about = book.create_sheet("about")
    for line in _about(db):
        about.append([line])
    for table in tables(db):
        if table in TEXTS or table == "phrase_hits":
            continue
        sheet = book.create_sheet(table[:31])
        sheet.freeze_panes = "A2"
        for row in rows(db, table):
            sheet.append([_cell(sheet, value) if isinstance(value, str) else value for value in row])
    made = io.BytesIO()
    book.save(made)
    return _timeless(made.getvalue())


def _cell(sheet, value: str):
    """Words as words; only what looks like a formula needs a cell of its own that says so, which takes three times as long."""
    from openpyxl.cell import WriteOnlyCell

    value = _CONTROL.sub("", value)[:32_000]
    if not value.startswith("="):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell


def _about(db: sqlite3.Connection) -> list[str]:
    """What everyone must know who is handed a file without the site around it."""
    held = db.execute("select count(*), sum(set_name = 'specimen') from documents").fetchone()
    specimens = f"SPECIMEN: {held[1]} of {held[0]} documents were written to show this software; no real body said any of it."
    closed = db.execute("select 1 from pages join documents on documents.id = document where open = 0 limit 1").fetchone()
    private = "PRIVATE WORKING COPY: it holds the full text of documents that are not open; do not publish it."
    return [f"policytrack: {held[0]} documents.", *([specimens] if held[1] else []), *([private] if closed else []), CAVEAT,
            "Every value is found by machine unless its row says reviewed. A gap is a gap in this collection, not an act of a government.",
            "CSV and JSON hold every row exactly as it is; open the workbook, not the CSV, in a spreadsheet."]


def _timeless(data: bytes) -> bytes:
    """The same archive with every date inside it set to the same day, so that equal rows give equal bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", old.read(name))
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return made.getvalue()


def _counted(db: sqlite3.Connection) -> set[str]:
    """The documents that enter totals: specimens only where there is nothing else."""
    real = {key for (key,) in db.execute("select id from documents where set_name <> 'specimen'")}
    return real or {key for (key,) in db.execute("select id from documents")}


def entries(db: sqlite3.Connection, role: str, force: str) -> list[dict]:
    """What falls on a role with one force: the row, its document, and why; dated first, then by name before by implication."""
    counted = _counted(db)
    documents = {row["id"]: row for row in db.execute("select d.*, o.name as publisher_name from documents d join organisations o on o.id = d.publisher")}
    found: dict[str, dict] = {}
    for hit in db.execute("select * from role_hits where role = ? and force = ? order by basis desc", (role, force)):
        row = db.execute(f"select * from {TABLES[hit['item_kind']]} where id = ?", (hit["item"],)).fetchone() \
            if hit["item_kind"] in TABLES else None
        if row is not None and row["document"] in counted and hit["item"] not in found:
            found[hit["item"]] = {"row": dict(row), "document": documents[row["document"]], "hit": hit}
    return sorted(found.values(), key=lambda e: (e["row"].get("deadline_on") or "9999", e["hit"]["basis"] != "named",
                                                 e["document"]["published"], e["row"]["page"], e["row"]["id"]))


def called(name: str) -> str:
    """What the page and the paper of a role are called: an office keeps its capitals, a kind of body has none."""
    if name.startswith("The "):
        return name
    return f"For the {name if any(word[:1].isupper() for word in name.split()[1:]) else name[:1].lower() + name[1:]}"


def board_paper(db: sqlite3.Connection, role: str) -> bytes:
    """A Word document for one role: what falls on it, by force, each with its source and its reason."""
    from docx import Document
    from docx.shared import Mm, Pt

    name, description = db.execute("select name, description from roles where id = ?", (role,)).fetchone()
    paper = Document()
    paper.core_properties.author = "policytrack"
    paper.core_properties.created = paper.core_properties.modified = EPOCH.replace(tzinfo=None)
    paper.core_properties.title, paper.core_properties.language = called(name), "en-GB"
    page, body = paper.sections[0], paper.styles["Normal"].font
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    body.name, body.size = "Arial", Pt(10)
    paper.add_heading(called(name), 1)
    paper.add_paragraph(_CONTROL.sub("", description))
    counted = _counted(db)
    if all(set_name == "specimen" for (set_name,) in db.execute("select set_name from documents")):
        paper.add_paragraph("Specimen: every document was written to show this software.", style="Intense Quote")
    paper.add_paragraph(f"From {len(counted)} documents. {CAVEAT} Values are found by machine unless marked reviewed.")
    for force, title in FORCES.items():
        if found := entries(db, role, force):
            _section(paper, title, found)
    made = io.BytesIO()
    paper.save(made)
    return _timeless(made.getvalue())


def _section(paper, title: str, found: list[dict]) -> None:
    paper.add_heading(f"{title} ({len(found)})", 2)
    for entry in found[:PAPER]:
        row, document, hit = entry["row"], entry["document"], entry["hit"]
        words = " ".join(filter(None, [row.get("lead_in"), row.get("quote") or row.get("text")]))
        paper.add_paragraph(_CONTROL.sub("", f"“{words[:900]}”"), style="List Bullet")
        if row.get("act"):
            paper.add_paragraph(_CONTROL.sub("", f"One of several acts in these words: “{row['act']}”"))
        via = f", as summarised by {document['quoted_via']}" if document["quoted_via"] else ""
        due = f" By {row['deadline_on']} (“{row['deadline']}”)." if row.get("deadline_on") else ""
        status = "" if row.get("reviewed") is None else " Reviewed." if row["reviewed"] else f" Machine, {row['band']}."
        specimen = "SPECIMEN. " if document["set_name"] == "specimen" else ""
        small = paper.add_paragraph().add_run(_CONTROL.sub("", (
            f"{specimen}{document['publisher_name']}, {document['title']} ({document['published']}), {_place(row, document)}{via}.{due} "
            f"{hit['basis'].capitalize()} by “{hit['words']}”: {hit['reason']}.{status}")))
        small.italic = True
    if len(found) > PAPER:
        paper.add_paragraph(f"The first {PAPER} of {len(found)}; the rest are in commitments.csv and expectations.csv with role_hits.csv.")


def _place(row: dict, document: sqlite3.Row) -> str:
    """Where the words stand: the page, or the section of a document without pages, and its address where that was tried."""
    url = document["url"] if document["url"] and not document["unverified"] and document["url"].startswith(("http://", "https://")) else ""
    if document["pages"] > 1:
        jump = f"#page={row['page']}" if url.lower().endswith(".pdf") else ""
        return f"page {row['page']}" + (f", {url}{jump}" if url else "")
    section = f"under “{row['section']}”" if row.get("section") else "a document without pages"
    return section + (f", {url}" if url else "")


def contents(db: sqlite3.Connection) -> dict[str, Callable[[], bytes]]:
    """Every release file by name, each made when it is called."""
    made: dict[str, Callable[[], bytes]] = {"policytrack.xlsx": lambda: _workbook(db),
                                            "README.txt": lambda: ("\n".join(_about(db)) + "\n").encode()}
    for table in tables(db):
        made[f"{table}.csv"] = lambda table=table: _csv(db, table)
        if table not in TEXTS:
            made[f"{table}.json"] = lambda table=table: _json(db, table)
    for (role,) in db.execute("select id from roles order by id").fetchall():
        made[f"board-paper-{role}.docx"] = lambda role=role: board_paper(db, role)
    return made


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def export(db: Path, folder: Path) -> Path:
    """Writes the release files into `folder` with their hashes; files of an earlier export that are not made any more are removed."""
    if not db.is_file():
        raise BadInput(db, "there is no such database", "build one with `policytrack build`")
    folder.mkdir(parents=True, exist_ok=True)
    sums, mark = folder / "SHA256SUMS", folder / MARK
    old = {line.split("  ", 1)[1] for line in sums.read_text().splitlines() if "  " in line} if sums.is_file() else set()
    mark.unlink(missing_ok=True)
    with sqlite3.connect(f"{db.resolve().as_uri()}?immutable=1", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        made = contents(connection)
        hashes = []
        for name, make in sorted(made.items()):
            (folder / name).write_bytes(make())
            hashes.append(f"{_digest(folder / name)}  {name}\n")
    for name in old - made.keys():
        (folder / Path(name).name).unlink(missing_ok=True)
    sums.write_text("".join(hashes))
    mark.write_text(_digest(db) + "\n")
    return folder


def made(db: Path, folder: Path) -> Path:
    """The release files of this very database: written where they are missing or of another, else left as they are."""
    mark = folder / MARK
    return folder if mark.is_file() and mark.read_text().strip() == _digest(db) else export(db, folder)
