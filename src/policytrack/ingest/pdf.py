"""PDF: pdfium gives the characters, we find the lines; pages that are only pictures go to the optical reader."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from policytrack.ingest import ocr
from policytrack.ingest.layout import Box, Placing, ordered
from policytrack.ingest.letters import Fragment, Glyph, clean, merged, text_of
from policytrack.model import Line, Reading, Unreadable

_FEW = 12                # characters under which a page that carries a picture counts as having no text


def lines(source: Path, reading: Reading) -> Iterator[Line]:
    """The lines of all pages, in reading order; raises Unreadable where the file or its text cannot be read."""
    document = _opened(source)
    try:
        wanted = _wanted(len(document), reading)
        silent = []
        for number in wanted:
            page = document[number - 1]
            fragments = [] if reading.ocr else _fragments(page)
            if reading.ocr or (sum(len(f.text) for f in fragments) < _FEW and _has_picture(page)):
                silent.append(number)
            else:
                yield from _page(page, number, fragments, reading)
            page.close()
        if silent:
            yield from _read_pictures(source, document, silent, len(wanted))
    finally:
        document.close()


def _read_pictures(source: Path, document: pypdfium2.PdfDocument, silent: list[int], total: int) -> Iterator[Line]:
    """The lines of pages without text; without tesseract a file that is all pictures is unreadable."""
    if not ocr.available():
        if len(silent) == total:
            raise Unreadable(f"{source.name}: no text layer, its pages are images; install tesseract to read them")
        return
    for number in silent:
        yield from ocr.lines(document[number - 1], number)


def _opened(source: Path) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Unreadable(f"{source.name}: {'encrypted, it needs a password' if locked else 'damaged, not a readable PDF'}") from None
    if not len(document):
        raise Unreadable(f"{source.name}: it has no pages")
    return document


def _wanted(total: int, reading: Reading) -> list[int]:
    first, last = reading.pages or (1, total)
    return [n for n in range(max(first, 1), min(last, total) + 1) if n not in reading.skip_pages]


def _page(page: pypdfium2.PdfPage, number: int, fragments: list[Fragment], reading: Reading) -> Iterator[Line]:
    width, height = page.get_size()
    for placing in ordered(fragments, reading.columns):
        yield _line(placing, number, width, height)


def _line(placing: Placing, number: int, width: float, height: float) -> Line:
    f = placing.fragment
    return Line(
        page=number, text=f.text, x0=f.x0, top=f.top, x1=f.x1, bottom=f.bottom, size=f.size, bold=f.bold,
        column=placing.column, page_width=width, page_height=height, italic=f.italic,
        kind=placing.box.kind if placing.box else "text",
    )


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether anything is drawn: a picture, or letters turned into outlines."""
    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH], max_depth=4))


def _fragments(page: pypdfium2.PdfPage) -> list[Fragment]:
    """Runs of characters joined into fragments, upright; turned text of a page keeps its own turn."""
    text = page.get_textpage()
    height = page.get_height()
    runs = [fragment for run, at in _runs(text, height) if (fragment := _fragment(text, run, at)) is not None]
    text.close()
    return merged(_unshadowed(runs))


def _fragment(text: pypdfium2.PdfTextPage, run: list[Glyph], at: int) -> Fragment | None:
    words = text_of(run)
    if not words:
        return None
    size, bold, italic = _type(text, at)
    solid = [g for g in run if g.char != " "]
    return Fragment(
        words, solid[0].x0, min(g.top for g in solid), max(g.x1 for g in solid), max(g.bottom for g in solid), size, bold, italic=italic
    )


def _unshadowed(runs: list[Fragment]) -> list[Fragment]:
    """Runs without those printed twice on one spot to look bold."""
    seen: set[tuple] = set()
    out = []
    for run in runs:
        spot = (run.text, round(run.x0 / 2), round(run.top / 2))
        if spot not in seen:
            seen.add(spot)
            out.append(run)
    return out


def _type(text: pypdfium2.PdfTextPage, at: int) -> tuple[float, bool, bool]:
    """Size in points as seen, whether bold, whether italic, of the character at an index."""
    matrix = pdfium.FS_MATRIX()
    scale = 1.0
    if pdfium.FPDFText_GetMatrix(text, at, matrix):
        scale = math.hypot(matrix.c, matrix.d) or 1.0
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, at, buffer, 128, flags)
    name = buffer.raw[: max(min(length, 128) - 1, 0)].decode("utf-8", "replace").lower()
    bold = any(word in name for word in ("bold", "black", "heavy", "semibd", "demi")) or pdfium.FPDFText_GetFontWeight(text, at) >= 600
    italic = any(word in name for word in ("italic", "oblique"))
    return pdfium.FPDFText_GetFontSize(text, at) * scale, bold, italic


def _runs(text: pypdfium2.PdfTextPage, height: float) -> Iterator[tuple[list[Glyph], int]]:
    """Characters that follow each other on one baseline, with the index of the first."""
    run: list[Glyph] = []
    at = 0
    box = pdfium.FS_RECTF()
    unicode_of, box_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    for index in range(pdfium.FPDFText_CountChars(text)):
        char = clean(chr(unicode_of(text, index)))
        if not char:
            continue
        if char == "\n":
            if run:
                yield run, at
                run = []
            continue
        box_of(text, index, box)
        glyph = Glyph(char, box.left, height - box.top, box.right, height - box.bottom)
        if run and not _follows(run[-1], glyph):
            yield run, at
            run = []
        if not run:
            if char == " ":
                continue
            at = index
        if char == "\u00ad" and glyph.x1 <= glyph.x0:
            glyph = Glyph(char, run[-1].x1 if run else glyph.x0, glyph.top, run[-1].x1 if run else glyph.x1, glyph.bottom)
        run.append(glyph)
    if run:
        yield run, at


def _follows(last: Glyph, glyph: Glyph) -> bool:
    """Whether a character continues the run: same height and baseline, to the right, no wide gap."""
    if glyph.char in " \u00ad":
        return True
    tall = last.bottom - last.top
    if last.char == " ":
        tall = max(tall, glyph.bottom - glyph.top)
    return (
        abs(last.bottom - glyph.bottom) < 0.08 * tall + 0.2
        and abs((glyph.bottom - glyph.top) - tall) < 0.15 * tall + 0.2
        and -0.3 * tall < glyph.x0 - last.x1 < 0.9 * tall
    )
