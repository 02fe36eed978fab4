"""Datasette's own tables: cells that lead to our pages, and downloads that are complete where Datasette would stop early."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Callable
from urllib.parse import quote, unquote

from markupsafe import Markup

LABELS = {"commitments": "quote", "expectations": "quote", "recommendations": "text", "documents": "title", "claims": "statement",
          "organisations": "name", "themes": "name", "roles": "name"}   # the column that leads from a table's row to its page


def rendered_cell(row, value, column: str, name: str | None):
    """Links from rows to pages; words for what is stored as a number; None leaves the cell to Datasette."""
    columns = row.keys()
    if column == "confidence" and "band" in columns:
        return row["band"]
    if column == "confidence":
        return "see band"
    if column == "reviewed":
        return "reviewed" if value else "machine"
    if isinstance(value, str) and LABELS.get(name or "") == column and "id" in columns:
        return _linked("for" if name == "roles" else name, row["id"], value)
    if column in ("document", "answered_in", "about") and name in (None, "claims") and isinstance(value, str):
        return _linked("documents", value)
    if column in ("item", "commitment", "other", "matched", *(("id",) if name is None else ())) and isinstance(value, str):
        kind = {"c": "commitments", "e": "expectations", "r": "recommendations"}.get(value.partition("-")[0], "")
        if "item_kind" in columns and row["item_kind"] in ("commitment", "expectation", "recommendation"):
            kind = f"{row['item_kind']}s"
        return _linked(kind, value) if kind else None
    if column == "url" and isinstance(value, str) and not value.startswith(("http://", "https://")):
        return Markup("{}").format(value)
    return None


def _linked(folder: str, key: str, words: str = "") -> Markup:
    return Markup('<a href="/{}/{}">{}</a>').format(folder, quote(key, safe=""), words or key)


def complete(datasette, path: str, query: str) -> str | None:
    """Where the whole of a CSV is: a table's stream, a question's own file; None where a reader asked for so many rows."""
    name = unquote(path.removeprefix("/policytrack/").removesuffix(".csv"))
    asked = [part for part in query.split("&") if part and part != "_size=max"]
    if any(part.startswith("_size=") for part in asked):
        return None
    if name in (datasette.inspect_data or {}).get("policytrack", {}).get("tables", {}):
        return f"{quote(path)}?{'&'.join([*asked, '_stream=on'])}"
    questions = ((datasette.metadata("databases") or {}).get("policytrack") or {}).get("queries") or {}
    return f"/questions/{quote(name)}.csv{'?' + '&'.join(asked) if asked else ''}" if name in questions else None


def answered(connection: sqlite3.Connection, sql: str, given: Callable[[str], str | None]) -> str:
    """Every row of a query as CSV; parameters that were not given are ''."""
    values = {name: given(name) or "" for name in re.findall(r":(\w+)", sql)}
    cursor = connection.execute(sql, values)
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[column[0] for column in cursor.description], *cursor])
    return text.getvalue()
