"""Rows -> a new SQLite file, written beside the old one and swapped in whole. The only SQL that writes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
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


def publish(path: Path, tables: Mapping[str, Iterable[Mapping]]) -> None:
    """The database at `path` with exactly these rows: table -> rows as dicts by column. Raises before anything is swapped."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _fill(new, tables)
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)


def _fill(path: Path, tables: Mapping[str, Iterable[Mapping]]) -> None:
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;")
    connection.executescript(files("policytrack").joinpath("schema.sql").read_text(encoding="utf-8"))
    db = sqlite_utils.Database(connection)
    with db.atomic():
        for name, rows in tables.items():
            db[name].insert_all(rows, batch_size=1000)
    for table, columns in SEARCHED.items():
        db[table].enable_fts(columns, fts_version="FTS5", tokenize="unicode61 remove_diacritics 2")
    db["pages"].enable_fts(["text"], fts_version="FTS5", tokenize="trigram")
    for table, *columns in INDEXES:
        db[table].create_index(columns, if_not_exists=True)
    connection.executescript("ANALYZE; VACUUM;")
    db.close()


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
