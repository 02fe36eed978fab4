"""Rows -> a new SQLite file, written beside the old one and swapped in whole. The only SQL that writes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import sqlite_utils

# What a person searches: table -> columns. Words are kept as they stand (no stemming), so that a hit is a hit.
SEARCHED = {"commitments": ["quote", "lead_in"], "expectations": ["quote", "lead_in"], "recommendations": ["text"], "responses": ["text"], "passages": ["text"]}
INDEXES = (
    ("tokens", "word", "document"), ("tokens", "lemma", "document"), ("commitments", "document", "category"), ("commitments", "actor_body"),
    ("commitments", "answers"), ("expectations", "document", "force"), ("expectations", "actor_body"), ("recommendations", "document"),
    ("responses", "document"), ("links", "response"), ("stances", "stance"), ("stances", "response"), ("facets", "item"), ("grade_points", "commitment"),
    ("hedges", "commitment"), ("role_hits", "role", "item_kind"), ("role_hits", "item"), ("theme_hits", "theme", "item_kind"), ("theme_hits", "item"),
    ("phrase_hits", "document", "phrase", "rule"), ("passages", "document", "n"), ("statement_places", "item"), ("recommendation_places", "recommendation"),
    ("funding", "item"), ("measures", "document"), ("duties", "document"), ("claim_items", "claim"), ("slots", "recommendation"), ("headline", "document", "section"),
    ("aspirations", "document"), ("similar", "item"), ("document_links", "other"), ("unlinked", "item"), ("reviews", "item"), ("commitments", "deadline_on"),
)


Tables = Mapping[str, Iterable[Mapping]]


def publish(path: Path, tables: Tables, derive: Callable[[sqlite3.Connection], Tables] = lambda db: {}, withheld: Sequence[str] = ()) -> None:
    """The database at `path` with exactly these rows: table -> rows as dicts by column.

    `derive` makes more rows from the tables once they can be searched (counts, claims); then the full text of the
    documents in `withheld` is taken out. Raises before anything is swapped.
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
    _insert(db, derive(connection))
    _withhold(db, withheld)
    for table, columns in SEARCHED.items():
        db[table].enable_fts(columns, fts_version="FTS5", tokenize="unicode61 remove_diacritics 2")
    connection.executescript("ANALYZE; VACUUM;")
    db.close()


def _insert(db: sqlite_utils.Database, tables: Tables) -> None:
    with db.atomic():
        for name, rows in tables.items():
            db[name].insert_all(rows, batch_size=1000)


def _withhold(db: sqlite_utils.Database, documents: Sequence[str]) -> None:
    with db.atomic():
        for document in documents:
            for table in ("pages", "passages", "tokens"):
                db[table].delete_where("document = ?", [document])
    db["pages"].rebuild_fts()


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
