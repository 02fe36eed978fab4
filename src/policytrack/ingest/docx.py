"""DOCX: headings, paragraphs, lists, tables, notes; the running headers and footers are furniture."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx as library
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from policytrack.ingest.numerals import Counters
from policytrack.model import Line, Reading, Unreadable


def lines(source: Path, reading: Reading) -> Iterator[Line]:
    """One line per paragraph or table row in order, then the footnotes, then headers and footers as furniture."""
    try:
        document = library.Document(str(source))
    except (KeyError, ValueError, zipfile.BadZipFile, library.opc.exceptions.PackageNotFoundError) as error:
        raise Unreadable(f"{source.name}: damaged, not a readable DOCX ({' '.join(str(error).split())[:120]})") from None
    counters = Counters(document)
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield from _paragraph(block, counters)
        else:
            yield from _table(block, counters)
    yield from _notes(document)
    yield from _furniture(document)


def _paragraph(paragraph: Paragraph, counters: Counters) -> Iterator[Line]:
    text = _words(paragraph)
    if not text:
        return
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    heading = re.fullmatch(r"(?:Heading|Title|heading) ?(\d?)", style)
    marker, depth = counters.marker(paragraph)
    if heading:
        yield Line(1, text, kind="heading", level=int(heading[1] or 1), marker=marker)
    elif style.lower().startswith("toc"):
        yield Line(1, text, kind="contents")
    elif "quote" in style.lower():
        yield Line(1, text, kind="quotation")
    elif marker or style.lower().startswith("list"):
        yield Line(1, text, kind="item", level=depth + 1, marker=marker or "•")
    else:
        bold = all(run.bold for run in paragraph.runs if run.text.strip()) and bool(paragraph.runs)
        yield Line(1, text, bold=bold)


def _words(paragraph: Paragraph) -> str:
    """The words of a paragraph, links included, tabs as spaces, struck and hidden words left out."""
    parts = []
    for node in paragraph._p.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen"), qn("w:softHyphen")):
        if any(parent.tag == qn("w:del") for parent in node.iterancestors()):
            continue
        parts.append({qn("w:t"): node.text or "", qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): ""}.get(node.tag, " "))
    return " ".join("".join(parts).split())


def _table(table: Table, counters: Counters) -> Iterator[Line]:
    """One line per row, cells parted by tabs; a table of one column is a run of boxes."""
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) in seen:
                continue
            seen.add(id(cell._tc))
            cells.append("\n\n".join(words for paragraph in cell.paragraphs if (words := _marked(paragraph, counters))))
        if len(cells) == 1 and cells[0]:
            yield from (Line(1, part, kind="box") for part in cells[0].split("\n\n"))
        elif any(cells):
            yield Line(1, "\t".join(cells), kind="table")


def _marked(paragraph: Paragraph, counters: Counters) -> str:
    marker, _ = counters.marker(paragraph)
    words = _words(paragraph)
    return f"{marker} {words}".strip() if words else ""


def _notes(document: Opened) -> Iterator[Line]:
    """Footnotes and endnotes; Word numbers them by their order."""
    for relation in document.part.rels.values():
        if relation.reltype.rsplit("/", 1)[-1] not in ("footnotes", "endnotes"):
            continue
        from lxml import etree

        tree = etree.fromstring(relation.target_part.blob)
        number = 0
        for note in tree:
            text = " ".join("".join(node.text or "" for node in note.iter(qn("w:t"))).split())
            if note.get(qn("w:type")) in (None, "normal") and text:
                number += 1
                yield Line(1, text, kind="footnote", marker=str(number))


def _furniture(document: Opened) -> Iterator[Line]:
    seen = set()
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            for paragraph in part.paragraphs:
                words = _words(paragraph)
                if words and words not in seen:
                    seen.add(words)
                    yield Line(1, words, kind="furniture")
