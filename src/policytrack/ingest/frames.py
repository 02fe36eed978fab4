"""Lines and shades drawn on a PDF page: which areas are boxes, which are tables, and where their cells lie."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from policytrack.ingest.glyphs import View

_THIN = 3.0                # points under which a drawn shape is a rule
_MOST = 4000               # shapes beyond which a page is a drawing, not a table
_SEGMENTS = 400
_LINE = 17.0               # points under which a row may be the shade behind one printed line

Bounds = tuple[float, float, float, float]     # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class Frame:
    """A framed or shaded area: its rows of cells; a box has one column."""

    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[tuple[Bounds, ...], ...]
    open_columns: bool = False           # only its rows are drawn

    @property
    def is_table(self) -> bool:
        """Whether it has two columns at least."""
        return any(len(row) > 1 for row in self.rows)


@dataclass(frozen=True, slots=True)
class Shape:
    """A path or picture of a page: pdfium's handle, which kind it is, and its bounds in PDF space."""

    handle: Any
    kind: int
    bounds: Bounds


def shapes(page: pypdfium2.PdfPage) -> list[Shape]:
    """The paths and pictures of a page, those inside forms included; none of a page that is a drawing."""
    out: list[Shape] = []
    for handle, kind in _objects(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject):
        sides = [ctypes.c_float() for _ in range(4)]
        if pdfium.FPDFPageObj_GetBounds(handle, *sides):
            left, bottom, right, top = (side.value for side in sides)
            out.append(Shape(handle, kind, (left, bottom, right, top)))
        if len(out) > _MOST:
            return []
    return out


def _objects(holder: Any, count: Any, item: Any, depth: int = 3) -> Iterator[tuple[Any, int]]:
    """Paths and pictures by pdfium's own handles: wrapping each of the many text objects would cost more than reading them."""
    for n in range(count(holder)):
        handle = item(holder, n)
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            yield handle, kind
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            yield from _objects(handle, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth - 1)


def dots(drawn: list[Shape], view: View) -> list[Bounds]:
    """Small shapes and pictures that may be bullets: browsers draw them, some writers paste them, nobody prints a character."""
    out = []
    for shape in drawn:
        x0, top, x1, bottom = view.seen(*shape.bounds)
        wide, tall = x1 - x0, bottom - top
        picture = shape.kind == pdfium.FPDF_PAGEOBJ_IMAGE
        if 1.5 < wide < (15 if picture else 8) and abs(wide - tall) < (6 if picture else 1):
            out.append((x0, top, x1, bottom))
    return out


def frames(drawn: list[Shape], view: View) -> list[Frame]:
    """The boxes and tables of a page, from the top; none on a page that is a drawing."""
    shapes: list[Bounds] = []
    for shape in drawn:
        if shape.kind == pdfium.FPDF_PAGEOBJ_PATH:
            shapes += _bounds(shape, view)
    edges = [edge for bounds in shapes for edge in _edges(bounds)]
    if len(edges) < 4:
        return []
    merged = merge_edges(edges, snap_x_tolerance=3, snap_y_tolerance=3, join_x_tolerance=3, join_y_tolerance=3)
    cells = intersections_to_cells(edges_to_intersections(merged, 3, 3))
    rules = [edge for bounds in shapes if bounds[3] - bounds[1] < _THIN for edge in _edges(bounds)]
    found = [_unshaded(_frame(group), rules) for group in _groups(cells)] + list(_ruled(merged))
    return sorted((f for f in found if f.bottom - f.top > 10 and f.x1 - f.x0 > 40), key=lambda f: f.top)


def _unshaded(frame: Frame, rules: list[dict[str, Any]]) -> Frame:
    """A frame whose rows are only the shade behind each printed line, with the rows that are ruled instead."""
    low = sum(row[0][3] - row[0][1] < _LINE for row in frame.rows)
    if not frame.is_table or low < 0.5 * len(frame.rows) or len(frame.rows) < 3:
        return frame
    wide = 0.5 * (frame.x1 - frame.x0)
    tops = sorted({round(rule["top"]) for rule in rules if rule["width"] > wide and frame.top + 4 < rule["top"] < frame.bottom - 4})
    if len(tops) >= len(frame.rows) // 2:
        return frame
    ys = [frame.top, *(top for n, top in enumerate(tops) if not n or top - tops[n - 1] > 6), frame.bottom]
    rows = tuple(((frame.x0, a, frame.x1, b),) for a, b in pairwise(ys))
    return Frame(frame.x0, frame.top, frame.x1, frame.bottom, rows, open_columns=True)


def _ruled(edges: list[dict[str, Any]]) -> Iterator[Frame]:
    """Areas between three level rules or more of one width: the rows of a table whose columns are not drawn."""
    rules = sorted((e for e in edges if e["orientation"] == "h" and e["width"] > 200), key=lambda e: e["top"])
    while rules:
        first = rules[0]
        alike = [e for e in rules if abs(e["x0"] - first["x0"]) < 4 and abs(e["x1"] - first["x1"]) < 4]
        rules = [e for e in rules if e not in alike]
        tops = [e["top"] for n, e in enumerate(alike) if not n or e["top"] - alike[n - 1]["top"] > 6]
        if len(tops) >= 3:
            rows = tuple(((first["x0"], top, first["x1"], bottom),) for top, bottom in pairwise(tops))
            yield Frame(first["x0"], tops[0], first["x1"], tops[-1], rows, open_columns=True)


def _groups(cells: list[Bounds]) -> list[list[Bounds]]:
    """Cells that touch, as one table each; single cells come too."""
    return cells_to_tables(cells) + _lonely(cells)


def _lonely(cells: list[Bounds]) -> list[list[Bounds]]:
    """Cells that touch no other: pdfplumber leaves them out, to us they are boxes."""
    taken = {cell for group in cells_to_tables(cells) for cell in group}
    return [[cell] for cell in cells if cell not in taken]


def _frame(cells: list[Bounds]) -> Frame:
    tops: list[list[Bounds]] = []
    for cell in sorted(cells, key=lambda c: (c[1], c[0])):
        if tops and abs(tops[-1][0][1] - cell[1]) < 3:
            tops[-1].append(cell)
        else:
            tops.append([cell])
    return Frame(
        min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells),
        tuple(tuple(row) for row in tops),
    )


def _bounds(shape: Shape, view: View) -> Iterator[Bounds]:
    """What a path covers, seen from the top left; a path of many strokes gives one area per stroke. White and page-wide fills give none."""
    fill, stroke = _drawn(shape.handle)
    if not (stroke or fill):
        return
    bounds = view.seen(*shape.bounds)
    wide, tall = bounds[2] - bounds[0], bounds[3] - bounds[1]
    if wide > 0.97 * view.width and tall > 0.9 * view.height:
        return
    if min(wide, tall) > _THIN and not stroke and _is_white(shape.handle):
        return
    segments = pdfium.FPDFPath_CountSegments(shape.handle)
    if stroke and not fill and 6 < segments <= _SEGMENTS:
        yield from (view.seen(*stroke) for stroke in _strokes(shape.handle, segments))
    elif segments <= 12:
        yield bounds


def _drawn(shape: Any) -> tuple[bool, bool]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(shape, fill, stroke)
    return bool(fill.value), bool(stroke.value)


def _is_white(shape: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(shape, red, green, blue, alpha):
        return False
    return min(red.value, green.value, blue.value) > 250 or alpha.value < 5


def _strokes(shape: Any, segments: int) -> Iterator[Bounds]:
    """Straight upright or level strokes of a path, in PDF space."""
    m = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(shape, m)
    x, y = ctypes.c_float(), ctypes.c_float()
    last: tuple[float, float] | None = None
    for n in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(shape, n)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = m.a * x.value + m.c * y.value + m.e, m.b * x.value + m.d * y.value + m.f
        if last is not None and pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO and min(abs(last[0] - point[0]), abs(last[1] - point[1])) < 1:
            yield min(last[0], point[0]), min(last[1], point[1]), max(last[0], point[0]), max(last[1], point[1])
        last = point


def _edges(bounds: Bounds) -> Sequence[dict[str, Any]]:
    """The rules of a shape as pdfplumber's table finder takes them: one for a thin shape, four for a wide one."""
    x0, top, x1, bottom = bounds
    if bottom - top < _THIN and x1 - x0 < _THIN:
        return []
    if bottom - top < _THIN:
        return [_edge(x0, x1, (top + bottom) / 2, (top + bottom) / 2, "h")]
    if x1 - x0 < _THIN:
        return [_edge((x0 + x1) / 2, (x0 + x1) / 2, top, bottom, "v")]
    return [
        _edge(x0, x1, top, top, "h"), _edge(x0, x1, bottom, bottom, "h"),
        _edge(x0, x0, top, bottom, "v"), _edge(x1, x1, top, bottom, "v"),
    ]


def _edge(x0: float, x1: float, top: float, bottom: float, orientation: str) -> dict[str, Any]:
    return {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top, "orientation": orientation}
