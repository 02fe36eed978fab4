"""Plain text: paragraphs of one line, hard-wrapped paragraphs, labels that begin one, encodings."""

from __future__ import annotations

import pytest

from policytrack import ingest
from policytrack.model import Unreadable

WRAPPED = """T
he lamps of the lower town have been dark for longer than anyone who
lives there would like, and the Board has said that it is going to light
them.
The keepers welcome this. They have asked for new glass and for a drop-
in office on the quay, and the Board has promised that it will look into
it before the summer.
1. The first lamp is on the pier and it is the oldest of all the lamps in
the town.
Government response: We agree and will light it.
"""


def blocks(tmp_path, data: bytes, name: str = "a.txt") -> list[str]:
    path = tmp_path / name
    path.write_bytes(data)
    return [line.text for line in ingest.lines(path)]


def test_wrapped_rows_are_gathered_and_labels_begin_a_block(tmp_path):
    found = blocks(tmp_path, WRAPPED.encode())
    assert [text.split("\n")[0][:20] for text in found] == ["T", "The keepers welcome ", "1. The first lamp is", "Government response:"]


def test_unwrapped_text_has_a_block_per_row(tmp_path):
    assert blocks(tmp_path, b"Recommendation 1 - Lamps\nLight them.\nGovernment response: No.\n") == [
        "Recommendation 1 - Lamps", "Light them.", "Government response: No.",
    ]


def test_windows_and_marked_encodings(tmp_path):
    assert blocks(tmp_path, "the town’s lamps".encode("cp1252")) == ["the town’s lamps"]
    assert blocks(tmp_path, "the town’s lamps".encode("utf-16")) == ["the town’s lamps"]


def test_blank_files_are_unreadable(tmp_path):
    path = tmp_path / "blank.txt"
    path.write_text(" \n\n")
    with pytest.raises(Unreadable, match="no words"):
        ingest.lines(path)
