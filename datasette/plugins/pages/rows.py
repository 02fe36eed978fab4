"""Reading the database: rows, and the facts that every page shares (who, what, which set), read once per process."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import urlencode, urlsplit

Row = sqlite3.Row
STATEMENTS = {"commitment": "commitments", "expectation": "expectations"}
CATEGORIES = ("specific", "general", "consider", "continue")
STANCES = ("accepted", "accepted_in_principle", "partially_accepted", "already_in_place", "under_consideration", "noted", "rejected",
           "not_addressed")
GAPS = {
    "no_response_loaded": "no response in the documents loaded",
    "response_unreadable": "the response could not be read",
}


class Missing(Exception):
    """Nothing is held under this address: shown as a page with status 404."""


@dataclass(frozen=True)
class Rows:
    """A read-only connection; every method answers with plain rows."""

    connection: sqlite3.Connection

    def all(self, sql: str, *values: object) -> list[Row]:
        """Every row."""
        return self.connection.execute(sql, values).fetchall()

    def one(self, sql: str, *values: object) -> Row:
        """The only row; `Missing` if there is none."""
        row = self.connection.execute(sql, values).fetchone()
        if row is None:
            raise Missing("Nothing is held here under this name.")
        return row

    def value(self, sql: str, *values: object):
        """The first column of the first row, or None."""
        row = self.connection.execute(sql, values).fetchone()
        return row[0] if row else None

    def has(self, table: str) -> bool:
        """Whether there is such a table or view."""
        return self.value("select 1 from sqlite_master where type in ('table', 'view') and name = ?", table) is not None

    def every(self, sql: str, ids: Iterable[str], *values: object) -> list[Row]:
        """Rows of `sql`, whose one `{}` takes the ids, however many there are, and whose question marks after it the values."""
        wanted, found = list(ids), []
        for n in range(0, len(wanted), 500):
            part = wanted[n:n + 500]
            found += self.all(sql.format(", ".join("?" * len(part))), *part, *values)
        return found


def address(path: str, **filters: object) -> str:
    """A link to `path`; filters without a value are left out."""
    query = urlencode([(key, value) for key, value in filters.items() if value not in (None, "")])
    return f"{path}?{query}" if query else path


def table(name: str, **filters: object) -> str:
    """A link to exactly these rows of a table."""
    return address(f"/policytrack/{name}", **filters)


def source(document: Row, page: int | None = None, locator: str = "") -> str | None:
    """The address of the page in the published source, where the address was tried and is one of the web."""
    url = document["url"] or ""
    if document["unverified"] or urlsplit(url).scheme not in ("http", "https"):
        return None
    if locator:
        return f"{url}#{locator}"
    return f"{url}#page={page}" if page and urlsplit(url).path.lower().endswith(".pdf") else url


@dataclass
class Facts:
    """What every page shares. `counted` holds the documents that enter totals."""

    documents: dict[str, Row]
    bodies: dict[str, Row]
    roles: dict[str, Row]
    themes: dict[str, Row]
    counted: frozenset[str]
    private: bool
    version: str
    index: object = None
    parted: bool = False
    checked: bool = False                                      # whether any published claim could be checked against a document held here
    numbers: dict[str, str] = field(default_factory=dict)      # recommendation -> how a person would call it
    cache: dict = field(default_factory=dict)

    @property
    def parts(self) -> str:
        """SQL that leaves out a recommendation which its lettered parts make up: totals count the parts."""
        return "r.id not in (select part_of from recommendations where part_of is not null)" if self.parted else "1"

    @property
    def asking(self) -> str:
        """SQL that keeps what totals by stance count: recommendations that ask something, their parts and not the whole."""
        return f"r.ask = 1 and {self.parts}"

    @cached_property
    def mixed(self) -> bool:
        """Whether specimens stand beside real documents, and are therefore kept out of totals."""
        return len(self.counted) < len(self.documents)

    @cached_property
    def specimens_only(self) -> bool:
        """Whether there is nothing but specimens."""
        return bool(self.documents) and all(self.specimen(each) for each in self.documents)

    def specimen(self, document: str | None) -> bool:
        """Whether a document was written for this project."""
        row = self.documents.get(document or "")
        return row is not None and row["set_name"] == "specimen"

    def nation(self, document: str) -> str:
        """Where a document holds: its own extent, else the nation of its publisher."""
        row = self.documents[document]
        return row["extent"] or self.bodies[row["publisher"]]["nation"] or ""

    def where(self, column: str = "document") -> str:
        """SQL that keeps the documents that enter totals."""
        return f"{column} in (select id from documents where set_name <> 'specimen')" if self.mixed else "1"

    def body(self, key: str | None) -> str:
        """A body's name as a person writes it."""
        return self.bodies[key]["name"] if key in self.bodies else (key or "")

    def gone(self, key: str | None, today: str) -> Row | None:
        """The body, if it has ceased to be."""
        body = self.bodies.get(key or "")
        return body if body is not None and body["to_date"] and body["to_date"] < today else None

    def heirs(self, body: Row | None) -> list[Row]:
        """The bodies that took over from a body; one may have several."""
        keys = (body["successor"] or "").split(", ") if body is not None else []
        return [self.bodies[key] for key in keys if key in self.bodies]

    def title(self, document: str | None) -> str:
        """A document's title as printed."""
        return self.documents[document]["title"] if document in self.documents else (document or "")


def facts(db: Rows) -> Facts:
    """Reads the shared facts of a database."""
    def keyed(name: str, order: str) -> dict[str, Row]:
        return {row["id"]: row for row in db.all(f"select * from {name} order by {order}")}

    documents = keyed("documents", "published, id")
    real = frozenset(key for key, row in documents.items() if row["set_name"] != "specimen")
    private = db.value("select 1 from pages join documents on documents.id = document where open = 0 limit 1") is not None
    runs = dict(map(tuple, db.all("select key, value from runs where key in ('version', 'fingerprint', 'code')")))
    version = " ".join(filter(None, (runs.get("version"), runs.get("fingerprint", runs.get("code", ""))[:12]))) or "unknown"
    counted = real or frozenset(documents)
    checked = any(about in counted for about, in db.all("select about from claims where verdict <> 'document_not_loaded'"))
    return Facts(documents, keyed("organisations", "name"), keyed("roles", "name"), keyed("themes", "name"), counted, private, version, checked=checked,
                 parted=db.value("select 1 from pragma_table_info('recommendations') where name = 'part_of'") is not None, numbers=_numbers(db, documents))


def _numbers(db: Rows, documents: dict[str, Row]) -> dict[str, str]:
    return {row["id"]: f"{row['number'] or 'unnumbered'}, {documents[row['document']]['title']}"
            for row in db.all("select id, number, document from recommendations")}


@dataclass(frozen=True)
class Ask:
    """One request, free of the web: the rows, the shared facts, the path's parts and the query."""

    db: Rows
    facts: Facts
    parts: dict[str, str]
    query: dict[str, Sequence[str]]
    today: date
    site: dict

    def first(self, name: str) -> str:
        """The first value of a query parameter, or ''."""
        return (self.query.get(name) or [""])[0].strip()

    def number(self, name: str, default: int = 1) -> int:
        """A query parameter as a whole number from 1."""
        text = self.first(name)
        return max(1, min(int(text), 100_000)) if text.isascii() and text.isdigit() and len(text) < 7 else default
