"""Pages that are only pictures: pdfium draws them, tesseract reads them, both hidden behind Lines."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from policytrack.ingest.layout import ordered
from policytrack.ingest.letters import Fragment, merged
from policytrack.model import Line, Unreadable

_DPI = 250


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


def _words(page: Any) -> list[tuple[Fragment, float]]:
    """Words with their boxes in points and their confidence; one height per printed line, so that baselines agree."""
    import pytesseract

    image = page.render(scale=_DPI / 72, grayscale=True).to_pil()
    try:
        table = pytesseract.image_to_data(image, lang="eng", config="--psm 1", output_type=pytesseract.Output.DICT)
    except (pytesseract.TesseractError, OSError) as error:
        raise Unreadable(f"optical reading failed: {' '.join(str(error).split())[:200]}") from None
    scale = 72 / _DPI
    rows = [dict(zip(table, values)) for values in zip(*table.values())]
    rows = [row for row in rows if row["text"].strip() and float(row["conf"]) >= 0]
    out: list[tuple[Fragment, float]] = []
    for _, group in groupby(rows, key=lambda row: (row["block_num"], row["par_num"], row["line_num"])):
        line = list(group)
        top, bottom = min(r["top"] for r in line) * scale, max(r["top"] + r["height"] for r in line) * scale
        for row in line:
            x0 = row["left"] * scale
            word = Fragment(row["text"], x0, top, x0 + row["width"] * scale, bottom, (bottom - top))
            out.append((word, float(row["conf"]) / 100))
    return out
