"""DOCX: headings, the numbers that Word only implies, tables, running lines, damaged files."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytrack import ingest
from policytrack.ingest.numerals import numeral
from policytrack.model import Unreadable

PAGES = Path(__file__).parent / "pages"


def test_blocks_in_order_with_their_markers():
    lines = ingest.lines(PAGES / "word.docx")
    assert [(line.kind, line.text, line.marker) for line in lines] == [
        ("heading", "The lamps", ""), ("text", "The Board will:", ""), ("item", "mend the lamps", "•"), ("item", "pay the keepers", "•"),
        ("heading", "The money", ""), ("item", "count the coins", "1."), ("item", "post the sums", "2."),
        ("table", "Recommendation\tVerdict", ""), ("table", "1. Light the quay.\tAccepted", ""), ("furniture", "Lamp Board: draft", ""),
    ]


def test_a_damaged_file_says_so(tmp_path):
    path = tmp_path / "broken.docx"
    path.write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(Unreadable, match="damaged"):
        ingest.lines(path)


@pytest.mark.parametrize(("number", "style", "shown"), [(4, "lowerRoman", "iv"), (28, "upperLetter", "BB"), (3, "decimal", "3")])
def test_numerals(number, style, shown):
    assert numeral(number, style) == shown
