"""Characters of a PDF page as pdfium gives them, seen upright: runs on one baseline, turned text apart."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from policytrack.ingest.letters import Fragment, Glyph, clean, text_of

_HEAVY = ("bold", "black", "heavy", "semibd", "demi")


@dataclass(frozen=True, slots=True)
class View:
    """A page turned by quarter turns until its text stands upright; maps PDF space to points from the top left."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def width(self) -> float:
        """Of the page as seen."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Of the page as seen."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def seen(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box of PDF space (left, bottom, right, top) as x0, top, x1, bottom."""
        if self.turns == 0:
            return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
        if self.turns == 1:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.turns == 2:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        return self.top - y1, self.right - x1, self.top - y0, self.right - x0


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that follow each other on one baseline, with what their type looks like."""

    glyphs: tuple[Glyph, ...]
    size: float
    bold: bool
    italic: bool

    def fragment(self) -> Fragment | None:
        """The run as words, or None where it is only spaces."""
        solid = [g for g in self.glyphs if g.char != " "]
        words = text_of(list(self.glyphs)) if solid else ""
        if not words:
            return None
        return Fragment(
            words, solid[0].x0, min(g.top for g in solid), max(g.x1 for g in solid), max(g.bottom for g in solid),
            self.size, self.bold, italic=self.italic,
        )

    def cut(self, edges: list[float]) -> Iterator[Run]:
        """The run in pieces wherever it crosses one of the upright edges."""
        piece: list[Glyph] = []
        for glyph in self.glyphs:
            if piece and any(piece[-1].x1 - 1 <= edge <= glyph.x0 + 1 for edge in edges):
                yield Run(tuple(piece), self.size, self.bold, self.italic)
                piece = []
            piece.append(glyph)
        if piece:
            yield Run(tuple(piece), self.size, self.bold, self.italic)


def views(page: pypdfium2.PdfPage) -> list[tuple[View, list[Run]]]:
    """The runs of a page per direction of text, the main direction first."""
    text = page.get_textpage()
    try:
        box = page.get_cropbox() or page.get_mediabox()
        angles = _angles(text)
        if not angles:
            return [(View(*box, turns=page.get_rotation() // 90 % 4), [])]
        ordered = [turns for turns, _ in angles.most_common()]
        out = []
        for turns in ordered:
            view = View(*box, turns=turns)
            out.append((view, _unshadowed(list(_runs(text, view, turns if len(ordered) > 1 else None)))))
        return out
    finally:
        text.close()


def _angles(text: pypdfium2.PdfTextPage) -> Counter[int]:
    """How many characters are printed in each direction, in quarter turns that set them upright."""
    total = pdfium.FPDFText_CountChars(text)
    sample = range(0, total, 7)
    found = Counter(_turns(text.raw, index) for index in sample)
    if len(found) > 1:
        found = Counter(_turns(text.raw, index) for index in range(total))
    return found


def _turns(text: pdfium.FPDF_TEXTPAGE, index: int) -> int:
    return -round(pdfium.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) % 4


def _runs(text: pypdfium2.PdfTextPage, view: View, turns: int | None) -> Iterator[Run]:
    """Runs of the characters in one direction (all where `turns` is None)."""
    glyphs: list[Glyph] = []
    at, lettered, solid = 0, False, Glyph("", 0, 0, 0, 0)
    box, handle = pdfium.FS_RECTF(), text.raw       # the bare handle: there are millions of calls
    place = ctypes.byref(box)
    unicode_of, box_of, seen = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox, view.seen
    for index in range(pdfium.FPDFText_CountChars(handle)):
        code = unicode_of(handle, index)
        char = chr(code) if 32 < code < 128 else clean(chr(code))
        if not char or (turns is not None and char.strip() and _turns(handle, index) != turns):
            continue
        if char == "\n":
            if glyphs:
                yield _run(text, glyphs, at)
                glyphs = []
            continue
        box_of(handle, index, place)
        glyph = Glyph(char, *seen(box.left, box.bottom, box.right, box.top))
        near = glyph.bottom == solid.bottom and glyph.top == solid.top and glyphs and -1 < glyph.x0 - glyphs[-1].x1 < 1
        if glyphs and not near and not _follows(glyphs[-1], glyph, solid):
            yield _run(text, glyphs, at)
            glyphs = []
        if not glyphs:
            if char == " ":
                continue
            at, lettered = index, False
        if not lettered and char.isalnum():
            at, lettered = index, True       # a bullet may be larger than the words after it
        if char in " \u00ad" and glyphs and (glyph.x1 <= glyph.x0 or glyph.x0 < glyphs[-1].x0):
            last = glyphs[-1]
            glyph = Glyph(char, last.x1, last.top, last.x1, last.bottom)
        glyphs.append(glyph)
        if char != " ":
            solid = glyph
    if glyphs:
        yield _run(text, glyphs, at)


def _follows(last: Glyph, glyph: Glyph, solid: Glyph) -> bool:
    """Whether a character continues the run: height and baseline of its last letter, to the right, no wide gap.

    A space says nothing of its own: after a raised mark it stands in the type of the words that follow. The letters of
    a ligature share one box.
    """
    if glyph.char in " \u00ad" or (glyph.x0 == last.x0 and glyph.x1 == last.x1 and glyph.bottom == last.bottom):
        return True
    tall = max(solid.bottom - solid.top, 1.0)
    return (
        abs(solid.bottom - glyph.bottom) < 0.08 * tall + 0.2
        and abs((glyph.bottom - glyph.top) - tall) < 0.15 * tall + 0.2
        and -0.3 * tall < glyph.x0 - last.x1 < 0.9 * tall
    )


def _run(text: pypdfium2.PdfTextPage, glyphs: list[Glyph], at: int) -> Run:
    """A run with the type of the character at an index: size in points as seen, whether bold, whether italic."""
    matrix = pdfium.FS_MATRIX()
    scale = 1.0
    if pdfium.FPDFText_GetMatrix(text, at, matrix):
        scale = math.hypot(matrix.c, matrix.d) or 1.0
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, at, buffer, 128, flags)
    name = buffer.raw[: max(min(length, 128) - 1, 0)].decode("utf-8", "replace").lower()
    bold = any(word in name for word in _HEAVY) or pdfium.FPDFText_GetFontWeight(text, at) >= 600
    italic = any(word in name for word in ("italic", "oblique"))
    return Run(tuple(glyphs), round(pdfium.FPDFText_GetFontSize(text, at) * scale, 2), bold, italic)


def _unshadowed(runs: list[Run]) -> list[Run]:
    """Runs without those printed twice on one spot to look bold."""
    seen: set[tuple] = set()
    out = []
    for run in runs:
        first = run.glyphs[0]
        spot = (tuple(g.char for g in run.glyphs), round(first.x0 / 2), round(first.top / 2))
        if spot not in seen:
            seen.add(spot)
            out.append(run)
    return out
