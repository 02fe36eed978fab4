"""The specimens from file to stance: every recommendation found, answers linked, stances read."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytrack import corpus, ingest, measure_stances, segment
from policytrack.build import Read

HERE = Path(__file__).parent
PIPELINE = HERE.parent / "pipelines"
IDS = ("specimen-council-report-2032", "specimen-response-2033", "specimen-response-devolved-2033")


@pytest.fixture(scope="module")
def rows():
    known = segment.numbering(PIPELINE / "numbering.toml")
    done = []
    for name in IDS:
        document = corpus.document(HERE.parent / "corpus" / name / "document.toml")
        source = next(document.folder.glob("source.*"))
        pages, passages = segment.passages(ingest.lines(source, document.reading), document, known)
        done.append((document, Read("read", None, pages, passages)))
    return {(r["task"], r["label"]): r for r in measure_stances.rows(done, PIPELINE)}


def test_every_recommendation_is_found_and_nothing_else_asks(rows):
    assert (rows["recommendation", "found"]["recall"], rows["recommendation", "found"]["precision"]) == (1.0, 1.0)


def test_links_by_id(rows):
    assert rows["link-by-id", "all"]["recall"] >= 0.99


def test_stances(rows):
    assert rows["stance", "all"]["recall"] >= 0.85
    assert rows["stance", "explicit rejected never accepted"]["recall"] == 1.0
