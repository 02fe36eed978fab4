"""Markdown: rendered by its library, then read as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt

from policytrack.ingest.html import from_markup
from policytrack.ingest.text import decoded
from policytrack.model import Line, Reading


def lines(source: Path, reading: Reading) -> Iterator[Line]:
    """The lines of a Markdown file, as `html.lines` gives them."""
    yield from from_markup(MarkdownIt("commonmark").enable("table").render(decoded(source)))
