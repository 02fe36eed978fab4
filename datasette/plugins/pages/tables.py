"""Datasette's own tables: cells that lead to our pages, and downloads that are complete where Datasette would stop early."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, unquote

from markupsafe import Markup

from .rows import Facts
from .said import said

DOCUMENTS, BODIES = ("document", "answered_in", "other_document", "about"), ("publisher", "responder", "actor_body", "passed_to")
LABELS = {"commitments": "quote", "expectations": "quote", "recommendations": "text", "documents": "title", "claims": "statement",
          "organisations": "name", "themes": "name", "roles": "name"}   # the column that leads from a table's row to its page


def rendered_cell(row, value, column: str, name: str | None, facts: Facts | None = None):
    """Links from rows to pages with the names a person knows; words for what is stored for machines; None leaves the cell to Datasette."""
    columns = row.keys()
    value = value["value"] if isinstance(value, dict) else value      # Datasette has looked up a label; ours leads to a page of ours
    if column == "confidence":
        return row["band"] if "band" in columns else "see band"
    if column in ("explicit", "band", "method") and "gap" in columns and row["gap"]:
        return "–"                           # a gap is no judgement, so nothing can be said of how sure it is
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, str) and LABELS.get(name or "") == column and "id" in columns:
        return _linked("for" if name == "roles" else name, row["id"], value)
    if column in ("item", "commitment", "recommendation", "answers", "other", "matched", "response", *(("id",) if name is None else ())):
        return _item(row, value, column, facts)
    if facts is not None and value is not None and (made := _named(column, name, value, facts)):
        return made
    if value is not None and (words := said(column, value)) != str(value):
        return Markup('<span title="{}">{}</span>').format(value, words)
    if column == "url" and isinstance(value, str) and not value.startswith(("http://", "https://")):
        return Markup("{}").format(value)
    return None


def _named(column: str, name: str | None, value, facts: Facts) -> Markup | None:
    """A document, body, role or theme by its name, and a link to its page."""
    for folder, names, rows in (("documents", DOCUMENTS, facts.documents), ("organisations", BODIES, facts.bodies), ("for", ("role",), facts.roles),
                                ("themes", ("theme",), facts.themes)):
        if column in names and value in rows and not (name == "organisations" and column == "id"):
            row = rows[value]
            words = f"{row['title']} ({row['published'][:4]})" if folder == "documents" else row["name"]
            return _linked(folder, value, words)
    return None


def _item(row, value, column: str, facts: Facts | None):
    """A statement, recommendation or document by its id, linked to its page."""
    if not isinstance(value, str):
        return None
    kind = {"c": "commitments", "e": "expectations", "r": "recommendations"}.get(value.partition("-")[0], "") if re.match(r"[cer]-[0-9a-f]{12}$", value) else ""
    columns = row.keys()                     # `in` a row would ask for its values
    if "item_kind" in columns and column == "item" and row["item_kind"] in ("commitment", "expectation", "recommendation"):
        kind = f"{row['item_kind']}s"
    if column in ("recommendation", "answers"):
        kind = "recommendations"
    if not kind and facts is not None and column == "other" and value in facts.documents:
        return _named("document", None, value, facts)
    if kind == "recommendations" and facts is not None and value in facts.numbers:
        return _linked(kind, value, facts.numbers[value])
    return _linked(kind, value) if kind and column != "response" else None


def _linked(folder: str, key: str, words: str = "") -> Markup:
    return Markup('<a href="/{}/{}">{}</a>').format(folder, quote(key, safe=""), words or key)


def whole(files: str, name: str, suffix: str = "csv") -> str:
    """The address of the ready-made file of a table; '' where none was made."""
    return f"/downloads/{quote(name)}.{suffix}" if files and (Path(files) / f"{name}.{suffix}").is_file() else ""


def complete(datasette, path: str, query: str, files: str) -> str | None:
    """Where the whole of a CSV is: a ready-made file, the rows of a filtered table, a question's own file; None where so many rows were asked for."""
    name = unquote(path.removeprefix("/policytrack/").removesuffix(".csv"))
    asked = [part for part in query.split("&") if part and part != "_size=max" and not part.startswith("_stream=")]
    if any(part.startswith("_size=") for part in asked):
        return f"{quote(path)}?{'&'.join(asked)}" if "_stream=" in query else None
    if name in tabled(datasette):
        return (not asked and whole(files, name)) or f"/rows/{quote(name)}.csv{'?' + '&'.join(asked) if asked else ''}"
    questions = ((datasette.metadata("databases") or {}).get("policytrack") or {}).get("queries") or {}
    return f"/questions/{quote(name)}.csv{'?' + '&'.join(asked) if asked else ''}" if name in questions else None


def tabled(datasette) -> Mapping[str, object]:
    """The tables of the database by name."""
    return (datasette.inspect_data or {}).get("policytrack", {}).get("tables", {})


def unlimited(sql: str) -> str:
    """The query that Datasette makes of a table's filters, without the limit of one page."""
    return re.sub(r"\s+limit \d+\s*$", "", sql)


def answered(connection: sqlite3.Connection, sql: str, values: Mapping[str, object]) -> str:
    """Every row of a query as CSV."""
    cursor = connection.execute(sql, values)
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[column[0] for column in cursor.description], *cursor])
    return text.getvalue()
