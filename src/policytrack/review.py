"""Corrections by people: exported as a sheet, imported into the corpus, applied in every rebuild.

A correction names the item, the field, the value the machine gave and the value that is right. In a rebuild it is
`applied`, `orphaned` where the item is gone, or a `conflict` where the machine now gives another value than the one
that was corrected: then the person's value stands and both are shown.
"""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from policytrack import cache
from policytrack.model import BadInput

COLUMNS = ("item", "item_kind", "field", "machine", "value", "coder", "date", "reason")
# item_kind -> (table, key column, fields that may be corrected)
KINDS = {
    "commitment": ("commitments", "id", ("category", "actor", "actor_body", "partner", "deadline", "deadline_on", "amount", "object", "check_by", "answers", "role")),
    "expectation": ("expectations", "id", ("category", "actor", "actor_body", "partner", "deadline", "deadline_on", "amount", "force", "role")),
    "recommendation": ("recommendations", "id", ("ask", "addressee", "category", "deadline")),
    "stance": ("stances", "recommendation", ("stance", "also", "explicit", "passed_to")),
}
VALUES = {
    "category": ("specific", "general", "consider", "continue"), "force": ("must", "should", "encouraged"), "ask": ("0", "1"), "explicit": ("0", "1"),
    "stance": ("accepted", "accepted_in_principle", "partially_accepted", "already_in_place", "under_consideration", "noted", "rejected", "not_addressed"),
    "role": ("none",),
}


def sheet(db: sqlite3.Connection, document: str | None = None) -> str:
    """A CSV with one row per item and its machine values, for a person to fill in `field`, `value`, `coder`, `date`, `reason`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, "document", "page", "words", "machine_values"])
    for kind, (table, key, fields) in KINDS.items():
        columns = [f for f in fields if f != "role"]
        source = f"SELECT t.{key}, r.document, r.page, {'t.words' if kind == 'stance' else 't.quote' if kind != 'recommendation' else 't.text'}, {', '.join('t.' + c for c in columns)} FROM {table} t"
        source += " JOIN recommendations r ON r.id = t.recommendation" if kind == "stance" else f" JOIN {table} r ON r.id = t.id"
        for item, doc, page, words, *values in db.execute(source + (" WHERE r.document = ?" if document else "") + " ORDER BY 2, 3", (document,) if document else ()):
            told = "; ".join(f"{c}={v}" for c, v in zip(columns, values, strict=True) if v is not None)
            writer.writerow([item, kind, "", "", "", "", "", "", doc, page, _inert(words), told])
    return out.getvalue()


def _inert(words: str) -> str:
    """Words that a spreadsheet does not take for a formula."""
    return "'" + words if words[:1] in "=+-@\t" else words


def read(path: Path) -> list[dict]:
    """The corrections of a CSV; rows with nothing filled in are left out. BadInput names the line."""
    if not path.exists():
        return []
    found = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for n, row in enumerate(csv.DictReader(file), 2):
            if row.get("field") or row.get("value"):
                found.append(_checked({c: (row.get(c) or "").strip() for c in COLUMNS}, f"{path} line {n}"))
    return found


def _checked(row: dict, where: str) -> dict:
    if row["item_kind"] not in KINDS:
        raise BadInput(where, f"item_kind {row['item_kind']!r}", f"one of {', '.join(KINDS)}")
    if row["field"] not in KINDS[row["item_kind"]][2]:
        raise BadInput(where, f"field {row['field']!r}", f"one of {', '.join(KINDS[row['item_kind']][2])}")
    if row["field"] in VALUES and row["value"] not in VALUES[row["field"]]:
        raise BadInput(where, f"value {row['value']!r} for {row['field']}", f"one of {', '.join(VALUES[row['field']])}")
    for need in ("item", "coder", "date", "reason"):
        if not row[need]:
            raise BadInput(where, f"no {need}", "fill it in: a correction is worth what its reason is")
    return row


def merge(store: Path, new: Sequence[dict], db: sqlite3.Connection) -> int:
    """Adds corrections to the corpus's reviews.csv, a later one on the same field in place of the earlier; how many were new."""
    kept = {(r["item"], r["field"]): r for r in read(store)}
    before = dict(kept)
    for row in new:
        table, key, _ = KINDS[row["item_kind"]]
        found = db.execute(f"SELECT * FROM {table} WHERE {key} = ?", (row["item"],))
        columns, values = [c[0] for c in found.description], found.fetchone()
        if values is None:
            raise BadInput(row["item"], f"no such {row['item_kind']} in this database", "export a new sheet")
        machine = "commitment" if row["field"] == "role" else dict(zip(columns, values, strict=True))[row["field"]]
        earlier = before.get((row["item"], row["field"]))
        kept[row["item"], row["field"]] = row | {"machine": earlier["machine"] if earlier else "" if machine is None else str(machine)}
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept[k] for k in sorted(kept))
    cache.write(store, out.getvalue())
    return sum(kept[k] != before.get(k) for k in kept)


def apply(tables: dict[str, list[dict]], corrections: Iterable[dict]) -> None:
    """Puts every correction into the rows and its fate into `reviews`; a corrected row says reviewed = 1."""
    index = {kind: {row[key]: row for row in tables.get(table, [])} for kind, (table, key, _) in KINDS.items()}
    for correction in corrections:
        row, field = index[correction["item_kind"]].get(correction["item"]), correction["field"]
        state = "orphaned" if row is None else _put(tables, row, correction, field)
        tables.setdefault("reviews", []).append(correction | {"state": state})


def _put(tables: dict[str, list[dict]], row: dict, correction: dict, field: str) -> str:
    if field == "role":
        tables[KINDS[correction["item_kind"]][0]].remove(row)
        return "applied"
    now = "" if row.get(field) is None else str(row[field])
    row[field] = int(correction["value"]) if field in ("ask", "explicit") else correction["value"] or None
    if field == "category":
        row["concrete"] = int(correction["value"] == "specific")
    row["reviewed"] = 1
    return "applied" if now in (correction["machine"], correction["value"]) else "conflict"
