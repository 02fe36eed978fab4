"""Rows -> a new SQLite file, written beside the old one and swapped in whole. The only SQL that writes."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import sqlite_utils

# What a person searches: table -> columns. Words are kept as they stand (no stemming), so that a hit is a hit.
SEARCHED = {"commitments": ["quote", "lead_in"], "expectations": ["quote", "lead_in"], "recommendations": ["text"], "responses": ["text"], "passages": ["text"]}
# Of a document that is not open no more than this may be quoted.
MOST_QUOTED = 40
QUOTED = {
    "commitments": ("quote", "act", "lead_in", "object"), "expectations": ("quote", "act", "lead_in", "object"), "aspirations": ("quote", "lead_in"),
    "recommendations": ("text", "object"), "recommendation_places": ("words",), "responses": ("text", "restated", "heading"), "statement_places": ("words",),
    "stances": ("words",), "duties": ("quote",), "measures": ("words",), "sums": ("quote", "lead_in"),
}
INDEXES = (
    ("tokens", "word", "document"), ("tokens", "lemma", "document"), ("commitments", "document", "category"), ("commitments", "actor_body"),
    ("commitments", "answers"), ("expectations", "document", "force"), ("expectations", "actor_body"), ("recommendations", "document"),
    ("responses", "document"), ("links", "response"), ("stances", "stance"), ("stances", "response"), ("facets", "item"), ("grade_points", "commitment"),
    ("hedges", "commitment"), ("role_hits", "role", "item_kind"), ("role_hits", "item"), ("theme_hits", "theme", "item_kind"), ("theme_hits", "item"),
    ("phrase_hits", "document", "phrase", "rule"), ("passages", "document", "n"), ("statement_places", "item"), ("recommendation_places", "recommendation"),
    ("funding", "item"), ("sums", "document"), ("sums", "item"), ("measures", "document"), ("duties", "document"), ("claim_items", "claim"), ("slots", "recommendation"), ("slots_not_compared", "recommendation"), ("headline", "document", "section"),
    ("aspirations", "document"), ("similar", "item"), ("document_links", "other"), ("unlinked", "item"), ("reviews", "item"), ("commitments", "deadline_on"),
)


_TOKENS = "INSERT INTO tokens (document, page, n, start, \"end\", word, lemma, pos, zone, by_publisher) VALUES (:document, :page, :n, :start, :end, :word, :lemma, :pos, :zone, :by_publisher)"

Tables = Mapping[str, Iterable[Mapping]]


def publish(path: Path, tables: Tables, derive: Sequence[Callable[[sqlite3.Connection], Tables]] = (), withheld: Sequence[str] = ()) -> None:
    """The database at `path` with exactly these rows: table -> rows as dicts by column.

    Each of `derive` makes more rows from the tables once they can be searched (counts, claims), in turn; then the full
    text of the documents in `withheld` is taken out, and their quotations are cut to 40 words. Raises before anything
    is swapped.
    """
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _fill(new, tables, derive, withheld)
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


def _fill(path: Path, tables: Tables, derive, withheld: Sequence[str]) -> None:
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;")
    connection.executescript(files("policytrack").joinpath("schema.sql").read_text(encoding="utf-8"))
    db = sqlite_utils.Database(connection)
    _insert(db, tables)
    for table, *columns in INDEXES:
        db[table].create_index(columns, if_not_exists=True)
    db["pages"].enable_fts(["text"], fts_version="FTS5", tokenize="trigram")
    connection.execute("ANALYZE")
    for more in derive:
        _insert(db, more(connection))
    _withhold(db, withheld)
    for table, columns in SEARCHED.items():
        db[table].enable_fts(columns, fts_version="FTS5", tokenize="unicode61 remove_diacritics 2")
    connection.executescript("ANALYZE; VACUUM;")
    db.close()


def _insert(db: sqlite_utils.Database, tables: Tables) -> None:
    with db.atomic():
        for name, rows in tables.items():
            if name == "tokens":     # a row for every word: the library's care for each value would take longer than all other tables
                db.conn.executemany(_TOKENS, rows)
            else:
                db[name].insert_all(rows, batch_size=1000)


def _withhold(db: sqlite_utils.Database, documents: Sequence[str]) -> None:
    with db.atomic():
        for document in documents:
            for table in ("pages", "passages", "tokens"):
                db[table].delete_where("document = ?", [document])
            for table, columns in QUOTED.items():
                _shorten(db, table, columns, document)
    db["pages"].rebuild_fts()


def _shorten(db: sqlite_utils.Database, table: str, columns: Sequence[str], document: str) -> None:
    """Cuts the quotations of one document to what may be quoted of a text that is not open."""
    where = "document = ?" if "document" in db[table].columns_dict else "recommendation IN (SELECT id FROM recommendations WHERE document = ?) OR response IN (SELECT id FROM responses WHERE document = ?)"
    args = [document] * where.count("?")
    db.conn.create_function("shortened", 1, shortened, deterministic=True)
    db.execute(f"UPDATE {table} SET {', '.join(f'{c} = shortened({c})' for c in columns)} WHERE {where}", args)


def shortened(text: str | None) -> str | None:
    """At most 40 words, with a mark where more stood."""
    words = (text or "").split()
    return text if len(words) <= MOST_QUOTED else " ".join(words[:MOST_QUOTED]) + " […]"


def fingerprint(path: Path) -> str | None:
    """The fingerprint with which the database at `path` was built, None where there is none."""
    if not path.exists():
        return None
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        row = connection.execute("SELECT value FROM runs WHERE key = 'fingerprint'").fetchone()
        connection.close()
    except sqlite3.Error:
        return None
    return row[0] if row else None


def is_database(path: Path) -> bool:
    """Whether the file at `path` begins as an SQLite database does."""
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def unreadable(path: Path) -> tuple[tuple[str, str, str], ...]:
    """(id, status, problem) of the documents that could not be read when the database at `path` was built."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return tuple(connection.execute("SELECT id, status, coalesce(problem, '') FROM documents WHERE status = 'unreadable' ORDER BY id"))
