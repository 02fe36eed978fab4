"""A list as CSV that a spreadsheet opens as it is meant: in UTF-8, and with no cell that would be run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

_ACTS = ("=", "+", "-", "@", "\t", "\r")    # what a spreadsheet takes for the beginning of a formula


def harmless(value: object) -> object:
    """The value, with an apostrophe before words that a spreadsheet would run."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_ACTS) else value


def sheet(rows: Iterable[Iterable[object]]) -> bytes:
    """The rows as CSV with a byte order mark, by which Excel knows that it is UTF-8; what is missing is an empty cell."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([harmless("" if value is None else value) for value in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()
