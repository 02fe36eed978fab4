from pathlib import Path

import pytest

from policytrack import cues, extent

KNOWN = cues.load(Path(__file__).parent.parent / "pipelines" / "extent.toml")


@pytest.mark.parametrize(("text", "where"), [
    ("We will extend it to all prisons in England and Wales.", "england-and-wales"), ("Every school in Scotland will join.", "scotland"),
    ("We will work with the devolved administrations.", "devolved"), ("We will act across the UK.", "uk"), ("We will act in England and in Scotland.", "uk"),
    ("Public Health England will act.", "uk"), ("The Bank of England will act.", "uk")])
def test_the_sentence_decides(text, where):
    assert extent.extent((text,), "uk", KNOWN) == where


def test_the_document_decides_where_the_sentence_is_silent():
    assert extent.extent(("We will act.", ""), "wales", KNOWN) == "wales"
    assert extent.extent(("We will act.",), None, KNOWN) is None
