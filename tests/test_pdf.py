"""PDF pages become lines: turned and letter-spaced text, ligatures, pictures, and files that cannot be read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from policytrack import ingest
from policytrack.ingest import layout, ocr
from policytrack.ingest.letters import Fragment
from policytrack.model import Reading, Unreadable

PAGES = Path(__file__).parent / "pages"


def test_ligatures_are_opened_and_wide_headings_closed():
    lines = [line.text for line in ingest.lines(PAGES / "ligatures.pdf")]
    assert lines[0] == "PUBLIC LAMPS"
    assert lines[1] == "The office will find and flag each lamp that is different from the rest of them."


def test_turned_text_is_read_upright_and_last():
    assert ingest.lines(PAGES / "ligatures.pdf")[-1].text == "Printed on the island press"


def test_columns_can_be_overruled():
    lines = ingest.lines(PAGES / "two_columns.pdf", Reading(columns=1))
    assert any("older than rather than new posts" in line.text for line in lines)


def test_pages_can_be_chosen():
    lines = ingest.lines(PAGES / "page_break.pdf", Reading(pages=(2, 3), skip_pages=(3,)))
    assert {line.page for line in lines} == {2}


def test_encrypted_damaged_and_empty_files_say_why(tmp_path):
    damaged, empty = tmp_path / "damaged.pdf", tmp_path / "empty.pdf"
    damaged.write_bytes(b"%PDF-1.7\nnothing follows")
    empty.write_bytes(b"")
    for path, reason in ((PAGES / "encrypted.pdf", "password"), (damaged, "damaged"), (empty, "empty")):
        with pytest.raises(Unreadable, match=reason):
            ingest.lines(path)


def test_a_picture_without_tesseract_is_unreadable_and_says_what_to_install(monkeypatch):
    monkeypatch.setattr(ocr, "available", lambda: False)
    with pytest.raises(Unreadable, match="no text layer.*tesseract"):
        ingest.lines(PAGES / "image_only.pdf")


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_picture_is_read_with_its_confidence():
    lines = ingest.lines(PAGES / "image_only.pdf")
    assert "accepts this recommendation" in lines[0].text
    assert 0.5 < lines[0].confidence < 1 and lines[0].page_width > 500


def test_a_column_that_goes_on_below_the_other_is_read_to_its_end():
    """The last line of the longer column stands nearer to its own than to the wide heading below; a heading of that text stands nearer to it."""
    def line(text, x0, top):
        return Fragment(text, x0, top, x0 + 200, top + 10, 10)

    left, right = [line(f"left {n}", 50, 100 + 12 * n) for n in range(9)], [line(f"right {n}", 300, 100 + 12 * n) for n in range(8)]
    wide = [Fragment(f"wide {n}", 50, 300 + 12 * n, 500, 310 + 12 * n, 10) for n in range(4)]
    read = [placing.fragment.text for placing in layout.ordered([*left, *right, *wide])]
    assert read == [*(f.text for f in left), *(f.text for f in right), *(f.text for f in wide)]
    heading = line("heading", 50, 285)
    read = [placing.fragment.text for placing in layout.ordered([*left[:8], *right, heading, *wide])]
    assert read == [*(f.text for f in left[:8]), *(f.text for f in right), "heading", *(f.text for f in wide)]
