"""Characters of a PDF page as pdfium gives them, seen upright: runs on one baseline, turned text apart."""

from __future__ import annotations

import ctypes
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from policytrack.ingest.letters import Fragment, Glyphs, clean, text_of

# the same function by bare addresses: it is called for millions of characters, and checking its arguments takes longer than the call
_box_of = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value)
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

    glyphs: Glyphs
    size: float
    bold: bool
    italic: bool

    @property
    def middle(self) -> tuple[float, float]:
        """Half way from its first character to its last, and half way down the first."""
        g = self.glyphs
        return (g.x0[0] + g.x1[-1]) / 2, (g.top[0] + g.bottom[0]) / 2

    def fragment(self) -> Fragment | None:
        """The run as words, or None where it is only spaces."""
        solid = self.glyphs.solid()
        words = text_of(self.glyphs) if solid.chars else ""
        if not words:
            return None
        return Fragment(words, solid.x0[0], min(solid.top), max(solid.x1), max(solid.bottom), self.size, self.bold, italic=self.italic)

    def cut(self, edges: Sequence[float]) -> Iterator[Run]:
        """The run in pieces wherever it crosses one of the upright edges, which come from left to right."""
        start, end = 0, len(self.glyphs.chars)
        for n in range(1, end):
            nearest = bisect_left(edges, self.glyphs.x1[n - 1] - 1)
            if nearest < len(edges) and edges[nearest] <= self.glyphs.x0[n] + 1:
                yield replace(self, glyphs=self.glyphs.part(start, n))
                start = n
        yield replace(self, glyphs=self.glyphs.part(start, end))


def views(page: pypdfium2.PdfPage) -> list[tuple[View, list[Run]]]:
    """The runs of a page per direction of text, the main direction first."""
    text = page.get_textpage()
    try:
        box = page.get_cropbox() or page.get_mediabox()
        turns = _turns(text.raw)
        if not turns:
            return [(View(*box, turns=page.get_rotation() // 90 % 4), [])]
        ordered = [turn for turn, _ in Counter(turns).most_common()]
        chars, boxes = _printed(text.raw)
        out = []
        for turn in ordered:
            shown = chars != ""
            if len(ordered) > 1:
                shown &= (chars == " ") | (chars == "\n") | (np.array(turns) == turn)
            view = View(*box, turns=turn)
            out.append((view, _unshadowed(_runs(text.raw, view, chars[shown], boxes[:, shown], np.flatnonzero(shown).tolist()))))
        return out
    finally:
        text.close()


def _turns(text: pdfium.FPDF_TEXTPAGE) -> list[int]:
    """The quarter turns that set characters upright: of every character, or of every seventh where these agree."""
    total, angle_of = pdfium.FPDFText_CountChars(text), pdfium.FPDFText_GetCharAngle
    for step in (7, 1):
        turns = [-round(angle_of(text, index) / (math.pi / 2)) % 4 for index in range(0, total, step)]
        if len(set(turns)) < 2:
            break
    return turns


def _printed(text: pdfium.FPDF_TEXTPAGE) -> tuple[np.ndarray, np.ndarray]:
    """What a person reads of each character, and four rows with the left, top, right and bottom of their boxes in PDF space."""
    total = pdfium.FPDFText_CountChars(text)
    boxes = (pdfium.FS_RECTF * total)()
    start, size = ctypes.addressof(boxes), ctypes.sizeof(pdfium.FS_RECTF)
    handle = ctypes.cast(text, ctypes.c_void_p)
    for index in range(total):
        _box_of(handle, index, start + index * size)
    codes, places = np.unique(_codes(text, total), return_inverse=True)
    read = np.array([clean(chr(code)) for code in codes.tolist()], object)
    return read[places], np.frombuffer(boxes, np.float32).reshape(total, 4).T.astype(float)


def _codes(text: pdfium.FPDF_TEXTPAGE, total: int) -> np.ndarray:
    """The code of each character: all at once, but one by one where pdfium leaves some out of its text or needs two words for one."""
    words = np.zeros(2 * total + 1, np.uint16)
    length = pdfium.FPDFText_GetText(text, 0, total, words.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))) - 1
    if length == total and not np.any(words >> 11 == 0xD800 >> 11):
        return words[:total]
    return np.array([pdfium.FPDFText_GetUnicode(text, index) for index in range(total)])


def _runs(text: pdfium.FPDF_TEXTPAGE, view: View, char: np.ndarray, boxes: np.ndarray, indices: list[int]) -> Iterator[Run]:
    """Runs of characters with their boxes in PDF space and their indices on the page."""
    left, top, right, bottom = boxes
    box = np.array(view.seen(left, bottom, right, top))
    space, end = char == " ", char == "\n"
    solid = np.maximum.accumulate(np.where(space, 0, np.arange(len(char))))       # the last character so far that is no space
    end |= space & (end[solid] | space[solid])                                    # spaces before the words of a line
    slight = space | (char == "\u00ad")
    _shut(box, np.flatnonzero(slight[1:] & ~end[:-1]) + 1)
    starts = ~end
    starts[1:] &= end[:-1] | ~(slight[1:] | _follows(box[:, :-1], box[:, 1:], box[:, solid[:-1]]))
    glyphs = Glyphs(char.tolist(), *box.tolist())
    for start, stop in pairwise([*np.flatnonzero(starts | end).tolist(), len(char)]):
        if starts[start]:
            run = glyphs.part(start, stop)
            at = next((n for n, c in enumerate(run.chars) if c.isalnum()), 0)     # a bullet may be larger than the words after it
            yield _run(text, run, indices[start + at])


def _shut(box: np.ndarray, slight: np.ndarray) -> None:
    """Gives the spaces and soft hyphens at these places no width, at the end of what stands before, where their own boxes are none."""
    x0, top, x1, bottom = box
    for n in slight:
        if x1[n] <= x0[n] or x0[n] < x0[n - 1]:
            box[:, n] = x1[n - 1], top[n - 1], x1[n - 1], bottom[n - 1]


def _follows(last: np.ndarray, box: np.ndarray, solid: np.ndarray) -> np.ndarray:
    """Whether characters continue the run: height and baseline of its last letter, to the right, no wide gap.

    A space says nothing of its own: after a raised mark it stands in the type of the words that follow. The letters of
    a ligature share one box.
    """
    x0, top, x1, bottom = box
    gap, lower = x0 - last[2], np.abs(solid[3] - bottom)
    tall = np.maximum(solid[3] - solid[1], 1.0)
    shared = (x0 == last[0]) & (x1 == last[2]) & (bottom == last[3])
    beside = (bottom == solid[3]) & (top == solid[1]) & (-1 < gap) & (gap < 1)
    alike = (lower < 0.08 * tall + 0.2) & (np.abs((bottom - top) - tall) < 0.15 * tall + 0.2)
    return shared | beside | (alike & (-0.3 * tall < gap) & (gap < 0.9 * tall))


def _run(text: pdfium.FPDF_TEXTPAGE, glyphs: Glyphs, at: int) -> Run:
    """A run with the type of the character at an index: size in points as seen, whether bold, whether italic."""
    matrix = pdfium.FS_MATRIX()
    scale = 1.0
    if pdfium.FPDFText_GetMatrix(text, at, matrix):
        scale = math.hypot(matrix.c, matrix.d) or 1.0
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    length = pdfium.FPDFText_GetFontInfo(text, at, buffer, 128, flags)
    name = buffer.raw[: max(min(length, 128) - 1, 0)].decode("utf-8", "replace").lower()
    bold = any(word in name for word in _HEAVY) or pdfium.FPDFText_GetFontWeight(text, at) >= 600
    italic = "italic" in name or "oblique" in name
    return Run(glyphs, round(pdfium.FPDFText_GetFontSize(text, at) * scale, 2), bold, italic)


def _unshadowed(runs: Iterable[Run]) -> list[Run]:
    """Runs without those printed twice on one spot to look bold."""
    first: dict[tuple, Run] = {}
    for run in runs:
        first.setdefault((tuple(run.glyphs.chars), round(run.glyphs.x0[0] / 2), round(run.glyphs.top[0] / 2)), run)
    return list(first.values())
