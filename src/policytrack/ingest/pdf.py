"""PDF: pdfium gives characters and rules, we find lines, columns, boxes and tables; pictures go to the optical reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from policytrack.ingest import ocr
from policytrack.ingest.frames import Bounds, Frame, dots, frames, shapes
from policytrack.ingest.glyphs import Run, View, views
from policytrack.ingest.layout import Box, Piece, Placing, ordered
from policytrack.ingest.letters import Fragment, merged
from policytrack.model import Line, Reading, Unreadable

_FEW = 12                # characters under which a page that carries a picture counts as having no text
_OUTLINES = 150          # shapes on a page without text that may be letters turned into outlines
_LONG = 700              # characters of a cell: two columns of such cells are running text in a frame, not a table


def lines(source: Path, reading: Reading) -> Iterator[Line]:
    """The lines of all pages, in reading order; raises Unreadable where the file or its text cannot be read.

    A page without words gives one empty line of furniture, so that no page is missing.
    """
    document = _opened(source)
    try:
        wanted = _wanted(len(document), reading)
        silent = []
        found: dict[int, list[Line]] = {}
        for number in wanted:
            page = document[number - 1]
            found[number] = [] if reading.ocr else list(_page(page, number, reading))
            if reading.ocr or (sum(len(line.text) for line in found[number]) < _FEW and _is_picture(page)):
                silent.append(number)
            page.close()
        found |= _pictures(source, document, silent, found)
        for number in wanted:
            yield from found[number] or [Line(number, "", kind="furniture")]
    finally:
        document.close()


def _pictures(source: Path, document: pypdfium2.PdfDocument, silent: list[int], found: dict[int, list[Line]]) -> dict[int, list[Line]]:
    """The lines of pages without text; a file that is all pictures is unreadable without tesseract."""
    if not ocr.available():
        if not any(line.text for lines in found.values() for line in lines):
            raise Unreadable(f"{source.name}: no text layer, its pages are images; install tesseract to read them")
        return {}
    return {number: list(ocr.lines(document[number - 1], number)) for number in silent}


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


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether a page without text is covered by a picture, or drawn in so many shapes that they may be letters."""
    width, height = page.get_size()
    shapes = 0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            if abs((right - left) * (top - bottom)) > 0.5 * width * height:
                return True
        shapes += 1
    return shapes > _OUTLINES


def _page(page: pypdfium2.PdfPage, number: int, reading: Reading) -> Iterator[Line]:
    """The lines of one page; text that is turned against the rest comes last."""
    drawn = shapes(page)
    for n, (view, runs) in enumerate(views(page)):
        pieces = _pieces(runs, _worth(frames(drawn, view), runs, view) if runs and not n else [])
        if not n:
            pieces = _bulleted(pieces, dots(drawn, view))
        for placing in ordered(pieces, reading.columns):
            yield _line(placing, number, view)


def _bulleted(pieces: list[Piece], drawn: list[Bounds]) -> list[Piece]:
    """The pieces with a bullet before each line that has a small shape close to its left."""
    out: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Box):
            out.append(replace(piece, parts=tuple(p for p in _bulleted(list(piece.parts), drawn) if isinstance(p, Fragment))))
            continue
        dot = next((d for d in drawn if piece.top < (d[1] + d[3]) / 2 < piece.bottom and 1 < piece.x0 - d[2] < 2.5 * piece.size), None)
        words = piece.text if piece.text[:1] in "•●▪" else f"• {piece.text}"
        out.append(piece if dot is None else replace(piece, text=words, x0=dot[0]))
    return out


def _line(placing: Placing, number: int, view: View) -> Line:
    f = placing.fragment
    return Line(
        page=number, text=f.text, x0=f.x0, top=f.top, x1=f.x1, bottom=f.bottom, size=f.size, bold=f.bold,
        column=placing.column, page_width=view.width, page_height=view.height, italic=f.italic,
        kind="text" if placing.box is None else "table" if placing.box.cells else "box",
    )


def _worth(found: list[Frame], runs: list[Run], view: View) -> list[Frame]:
    """Frames that hold a part of the page's text: neither next to nothing nor nearly all, and none inside another."""
    middles = [run.middle for run in runs]
    out: list[Frame] = []
    for frame in sorted(found, key=lambda f: -(f.x1 - f.x0) * (f.bottom - f.top)):
        inside = sum(_within((frame.x0, frame.top, frame.x1, frame.bottom), x, y) for x, y in middles)
        if frame.open_columns:
            columned = _columned(frame, runs)
            if columned is None:
                continue
            frame = columned
        if inside < 2 or (not frame.is_table and (inside > 0.9 * len(runs) or _is_margin(frame, view))):
            continue
        if not any(_within((o.x0, o.top, o.x1, o.bottom), (frame.x0 + frame.x1) / 2, (frame.top + frame.bottom) / 2) for o in out):
            out.append(frame)
    return out


def _is_margin(frame: Frame, view: View) -> bool:
    """Whether a frame runs around the whole page."""
    return (frame.x1 - frame.x0) * (frame.bottom - frame.top) > 0.7 * view.width * view.height


def _columned(frame: Frame, runs: list[Run]) -> Frame | None:
    """A frame of which only the rows are drawn, with the columns that its white shows; None where it shows none."""
    inside = [g for g in (run.glyphs for run in runs) if g.top[0] > frame.top - 2 and g.bottom[0] < frame.bottom + 2 and g.x0[0] < frame.x1]
    spans = sorted((max(g.x0[0], frame.x0), g.x1[-1], g.bottom[0]) for g in inside)
    edges, reach = [frame.x0], frame.x0
    for n, (x0, x1, _) in enumerate(spans):
        if reach > frame.x0 and (x0 - reach > 9 or (x0 - reach > -3 and _apart(spans, n, reach))):
            edges.append((reach + x0) / 2)
        reach = max(reach, x1)
    if len(edges) < 2 or len(edges) > 8:
        return None
    edges.append(max(frame.x1, reach))
    rows = tuple(tuple((a, row[0][1], b, row[0][3]) for a, b in pairwise(edges)) for row in frame.rows)
    return replace(frame, x1=edges[-1], rows=rows, open_columns=False)


def _apart(spans: list[tuple[float, float, float]], n: int, reach: float) -> bool:
    """Whether the words from the nth span rightwards keep clear of the words to the left on their own baselines; a lone verdict may, to the right of all."""
    return (len(spans) - n > 1 or spans[n][0] - reach > 2) and not any(
        abs(a[2] - b[2]) < 3 and b[0] - a[1] < 9 for b in spans[n:] for a in spans[:n]
    )


def _within(bounds: Bounds, x: float, y: float) -> bool:
    return bounds[0] - 1 <= x <= bounds[2] + 1 and bounds[1] - 1 <= y <= bounds[3] + 1


def _pieces(runs: list[Run], found: list[Frame]) -> list[Piece]:
    """The fragments of a page, with those inside a frame gathered into its box."""
    pieces: list[Piece] = []
    left = runs
    for frame in found:
        inside, left = _parted(left, frame)
        box = _table(frame, inside) if frame.is_table else None
        if box is None:
            parts = merged(_fragments(inside))
            box = Box(frame.x0, frame.top, frame.x1, frame.bottom, "box", tuple(parts))
        if len({round(part.middle) for part in box.parts}) < 2 and not box.cells:
            pieces += box.parts          # one shaded line is a heading, not a box
        else:
            pieces.append(box)
    return pieces + merged(_fragments(left))


def _fragments(runs: list[Run]) -> Iterator[Fragment]:
    return (fragment for run in runs if (fragment := run.fragment()) is not None)


def _parted(runs: list[Run], frame: Frame) -> tuple[list[Run], list[Run]]:
    """Runs inside a frame, cut at the edges of its cells, and the rest."""
    edges = sorted({float(round(x)) for row in frame.rows for cell in row for x in (cell[0], cell[2])})
    inside: list[Run] = []
    outside: list[Run] = []
    for run in runs:
        if not frame.top - 1 <= run.middle[1] <= frame.bottom + 1:
            outside.append(run)
            continue
        for piece in run.cut(edges):
            (inside if frame.x0 - 1 <= piece.middle[0] <= frame.x1 + 1 else outside).append(piece)
    return inside, outside


def _table(frame: Frame, runs: list[Run]) -> Box | None:
    """A frame's words cell by cell; None where no row has two filled cells, or a cell holds pages of running text."""
    fragments = list(_fragments(runs))
    taken: set[int] = set()
    rows: list[tuple[float, tuple[str, ...]]] = []
    for row in frame.rows:
        cells = []
        for cell in row:
            parts = [f for f in fragments if id(f) not in taken and _within(cell, (f.x0 + f.x1) / 2, f.middle)]
            taken.update(map(id, parts))
            cells.append(_cell(merged(parts)))
        if any(cells):
            rows.append((row[0][1], tuple(cells)))
    if len(taken) < len(fragments) or not any(sum(map(bool, cells)) > 1 for _, cells in rows):
        return None
    if len({n for _, cells in rows for n, cell in enumerate(cells) if len(cell) > _LONG}) > 1:
        return None
    return Box(frame.x0, frame.top, frame.x1, frame.bottom, "table", tuple(fragments), tuple(rows))


def _cell(fragments: list[Fragment]) -> str:
    """The words of a cell: its printed lines parted by a line end, its paragraphs by an empty line."""
    out = ""
    last: Fragment | None = None
    for placing in ordered(fragments, columns=1):
        line = placing.fragment
        if last is not None:
            out += "\n\n" if line.bottom - last.bottom > 1.75 * line.size or line.text[:1] in "•●▪■–" else "\n"
        out += line.text
        last = line
    return out
