"""Release files: every table complete as CSV and JSON, one workbook, and a board paper for each role.

Equal databases give equal bytes on one day: only the papers speak of a clock, to say when they were issued and which dates have passed.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from policytrack.model import BadInput
from policytrack.paper import CAVEAT, CONTROL, EPOCH, board_paper, timeless

TEXTS = frozenset({"pages", "passages", "tokens"})   # the documents themselves: in the database, not in the workbook
MARK = "DATABASE"                         # the hash of the database from which the files beside it were made


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
    return timeless(made.getvalue())


def _cell(sheet, value: str):
    """Words as words; only what looks like a formula needs a cell of its own that says so, which takes three times as long."""
    from openpyxl.cell import WriteOnlyCell

    value = CONTROL.sub("", value)[:32_000]
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


def contents(db: sqlite3.Connection, today: date) -> dict[str, Callable[[], bytes]]:
    """Every release file by name, each made when it is called."""
    made: dict[str, Callable[[], bytes]] = {"policytrack.xlsx": lambda: _workbook(db),
                                            "README.txt": lambda: ("\n".join(_about(db)) + "\n").encode()}
    for table in tables(db):
        made[f"{table}.csv"] = lambda table=table: _csv(db, table)
        if table not in TEXTS:
            made[f"{table}.json"] = lambda table=table: _json(db, table)
    for (role,) in db.execute("select id from roles order by id").fetchall():
        made[f"board-paper-{role}.docx"] = lambda role=role: board_paper(db, role, today)
    return made


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def export(db: Path, folder: Path) -> Path:
    """Writes the release files of today into `folder` with their hashes; files of an earlier export that are not made any more are removed."""
    if not db.is_file():
        raise BadInput(db, "there is no such database", "build one with `policytrack build`")
    folder.mkdir(parents=True, exist_ok=True)
    sums, mark = folder / "SHA256SUMS", folder / MARK
    old = {line.split("  ", 1)[1] for line in sums.read_text().splitlines() if "  " in line} if sums.is_file() else set()
    mark.unlink(missing_ok=True)
    with sqlite3.connect(f"{db.resolve().as_uri()}?immutable=1", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        made = contents(connection, date.today())
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
