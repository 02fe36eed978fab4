"""Pages that are only pictures: pdfium draws them, tesseract reads them, both hidden behind Lines."""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any

from policytrack.ingest.layout import ordered
from policytrack.ingest.letters import Fragment, merged
from policytrack.model import Line, Unreadable

_DPI = 200


def available() -> bool:
    """Whether the tesseract program is installed."""
    return shutil.which("tesseract") is not None


def lines(page: Any, number: int) -> Iterator[Line]:
    """The lines of one page image in reading order, each with the mean confidence of its words (0 to 1)."""
    width, height = page.get_size()
    words = _words(page)
    sure = {(f.x0, f.top): confidence for f, confidence in words}
    fragments = merged((f for f, _ in words), reach=1.1)
    for placing in ordered(fragments):
        f = placing.fragment
        inside = [c for (x, top), c in sure.items() if f.x0 - 1 <= x <= f.x1 + 1 and f.top - 1 <= top <= f.bottom]
        yield Line(
            page=number, text=f.text, x0=f.x0, top=f.top, x1=f.x1, bottom=f.bottom, size=f.size, column=placing.column,
            page_width=width, page_height=height, confidence=round(sum(inside) / len(inside), 3) if inside else 0.5,
        )


@contextmanager
def _one_thread() -> Iterator[None]:
    """Tesseract on one thread: its threads fight each other, and documents are read side by side anyway."""
    before = os.environ.get("OMP_THREAD_LIMIT")
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["OMP_THREAD_LIMIT"]
        else:
            os.environ["OMP_THREAD_LIMIT"] = before


def _words(page: Any) -> list[tuple[Fragment, float]]:
    """Words with their boxes in points and their confidence; one height per printed line, one size per paragraph."""
    import pytesseract

    image = page.render(scale=_DPI / 72, grayscale=True).to_pil()
    try:
        with _one_thread():
            table = pytesseract.image_to_data(image, lang="eng", config="--psm 3", output_type=pytesseract.Output.DICT)
    except (pytesseract.TesseractError, OSError) as error:
        raise Unreadable(f"optical reading failed: {' '.join(str(error).split())[:200]}") from None
    scale = 72 / _DPI
    rows = [dict(zip(table, values)) for values in zip(*table.values())]
    rows = [row for row in rows if row["text"].strip() and float(row["conf"]) >= 0]
    out: list[tuple[Fragment, float]] = []
    for _, paragraph in groupby(rows, key=lambda row: (row["block_num"], row["par_num"])):
        printed = [list(line) for _, line in groupby(paragraph, key=lambda row: row["line_num"])]
        size = statistics.median(_bottom(line) - _top(line) for line in printed) * scale
        for line in printed:
            for row in line:
                x0 = row["left"] * scale
                word = Fragment(row["text"], x0, _top(line) * scale, x0 + row["width"] * scale, _bottom(line) * scale, size)
                out.append((word, float(row["conf"]) / 100))
    return out


def _top(line: list[dict[str, Any]]) -> int:
    return min(row["top"] for row in line)


def _bottom(line: list[dict[str, Any]]) -> int:
    return max(row["top"] + row["height"] for row in line)
