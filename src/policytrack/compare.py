"""Two databases -> what was gained, lost and changed, and which input changed with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from policytrack import verify

# table -> (key columns, columns that are compared); confidence moves with every training and says nothing by itself
COMPARED = {
    "documents": (("id",), ("sha256", "pages", "words", "status")),
    "commitments": (("id",), ("document", "quote", "category", "concrete", "actor", "actor_body", "deadline", "deadline_on", "amount", "score", "answers", "places")),
    "expectations": (("id",), ("document", "quote", "category", "force", "actor", "actor_body", "deadline")),
    "recommendations": (("id",), ("document", "number", "text", "ask", "category")),
    "stances": (("recommendation", "responder"), ("stance", "also", "gap", "response")),
    "links": (("recommendation", "response"), ("method",)),
    "role_hits": (("item", "role"), ("basis", "force")),
    "phrase_counts": (("document", "phrase", "rule"), ("hits",)),
    "claims": (("id",), ("verdict", "measured", "rule")),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is only in the new database, only in the old one, or other than it was."""

    table: str
    kind: str                            # gained | lost | changed
    key: str
    detail: str
    cause: str


def changes(old: Path, new: Path) -> Iterator[Change]:
    """Every change, table by table, by key. The cause is the input that differs: the file, the rules, the code, the libraries, or a review."""
    before, after = verify.connect(old), verify.connect(new)
    runs = tuple(dict(db.execute("SELECT key, value FROM runs")) for db in (before, after))
    reviewed = {row[0] for db in (before, after) for row in db.execute("SELECT item FROM reviews WHERE state = 'applied'")}
    for table, (keys, columns) in COMPARED.items():
        was, now = _rows(before, table, keys, columns), _rows(after, table, keys, columns)
        for key in sorted(was.keys() | now.keys()):
            if was.get(key) != now.get(key):
                yield _change(table, key, was.get(key), now.get(key), columns, _cause(key, was.get(key) or now.get(key), columns, runs, reviewed))


def _rows(db: sqlite3.Connection, table: str, keys: tuple[str, ...], columns: tuple[str, ...]) -> dict[tuple, tuple]:
    names = ", ".join((*keys, *columns))
    return {row[: len(keys)]: row[len(keys):] for row in db.execute(f"SELECT DISTINCT {names} FROM {table}")}


def _change(table: str, key: tuple, was: tuple | None, now: tuple | None, columns: tuple[str, ...], cause: str) -> Change:
    if was is None or now is None:
        row = now or was
        detail = " ".join(str(v) for v in row[:2] if v is not None)[:90]
        return Change(table, "gained" if was is None else "lost", "/".join(map(str, key)), detail, cause)
    moved = "; ".join(f"{c}: {a} -> {b}" for c, a, b in zip(columns, was, now, strict=True) if a != b)
    return Change(table, "changed", "/".join(map(str, key)), moved[:200], cause)


def _cause(key: tuple, row: tuple, columns: tuple[str, ...], runs: tuple[dict, dict], reviewed: set[str]) -> str:
    if key[0] in reviewed:
        return "review"
    old, new = runs
    document = row[columns.index("document")] if "document" in columns else key[0]
    if (f"input:{document}" in old) != (f"input:{document}" in new):
        return "document came or went"
    differing = [name for name in ("libraries", "embedding_model", "code", "pipeline") if old.get(name) != new.get(name)]
    return ", ".join(differing) or ("document" if old.get(f"input:{document}") != new.get(f"input:{document}") else "other documents")
