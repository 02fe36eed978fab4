"""Recommendations in tables: a row for each."""

from __future__ import annotations

import re
from dataclasses import replace

from policytrack import numbers
from policytrack.model import Passage
from policytrack.recommend.reader import Item, Reader
from policytrack.recommend.words import Rules, asks

_CODE = re.compile(r"[A-Z]{1,3}[ .]?\d{1,2}[a-z]?")             # what a table counts its rows by, beside numbers: "D1", "HO 3"


def find(reader: Reader) -> list[Item]:
    """The rows under a head with a column of recommendations and none of responses; the words of a cell that goes on are put together."""
    made: list[Item] = []
    columns: tuple[str, ...] = ()
    for passage in reader.passages:
        cells = tuple(" ".join(cell.split()) for cell in passage.cells) if passage.kind == "table" else ()
        if len(cells) < 2:
            continue
        kinds = tuple(column(cell, reader.rules) for cell in cells)
        kinds = tuple("recommendation" if kind == "conclusion" and "recommendation" not in kinds else kind for kind in kinds)
        if "recommendation" in kinds:
            columns = () if {"response", "verdict"} & set(kinds) else kinds
        elif "recommendation" in columns and len(cells) >= len(columns) - 1:
            made += _table_item(dict(zip(columns, cells, strict=False)), passage, made, reader.rules)
    return made


def column(head: str, rules: Rules) -> str:
    """What a column holds by its head, counted ("3. Response") or not; "" where no cue knows it."""
    bare = re.sub(r"^\d{1,2}[.)]\s+", "", head)
    return next((cue.value for cue in rules.column if cue.pattern.match(bare)), "")


def _table_item(row: dict[str, str], passage: Passage, made: list[Item], rules: Rules) -> list[Item]:
    """The recommendation of one row; none where it only goes on with the row before."""
    bare, text = re.sub(r"(?i)^(?:recommendations?|rec\.?)\s*", "", row.get("number", "")).strip(" ."), row.get("recommendation", "")
    key = (numbers.listed(bare)[0] or (bare if _CODE.fullmatch(bare) else "",))[0]
    if not key and made and text and (text[:1].islower() or "number" in row):
        made[-1] = replace(made[-1], text=f"{made[-1].text} {text}", passages=(*made[-1].passages, passage.id))
        return []
    return [Item(key, text, passage.page, passage.section, asks(text, rules) or bool(key), (passage.id,), lead=f"{row['who']} should" if row.get("who") else "")] if len(text.split()) > 2 else []
