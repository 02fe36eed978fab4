"""The specimens from file to stance: every recommendation found, answers linked, stances read."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytrack import answers, corpus, embed, ingest, measure_pairs, measure_stances, organisations, segment
from policytrack.build import Read
from policytrack.model import Recommendation

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


@pytest.mark.parametrize(("text", "speaker", "other"), [
    ("That in England the surveys are made.", "scottish-government", True), ("That in England the surveys are made.", "uk-government", False),
    ("Health boards in Wales should answer.", "uk-government", True), ("Health boards in Wales should answer.", "welsh-government", False),
    ("Surveys should be made across the UK.", "scottish-government", False), ("Surveys should be made.", "scottish-government", False)])
def test_whom_a_recommendation_for_one_nation_does_not_ask(text, speaker, other):
    bodies, known = organisations.organisations(PIPELINE / "organisations.toml"), answers.load(PIPELINE)
    assert answers._of_another_nation(Recommendation(id="r", document="d", number="1", page=1, text=text), speaker, bodies, known) is other


def test_a_government_that_was_not_asked_is_not_said_to_pass_it_over(monkeypatch):
    """Of the pair with a table of positions: the Scottish Government answers many parts, nothing on the English one and nothing on 2(b); and a whole is not passed over whose parts are answered."""
    pair = next(p for p in measure_pairs.pairs(HERE / "pairs") if p.name.startswith("78"))
    seen = {}
    find = answers.find
    monkeypatch.setattr(answers, "MOST_PART", 0.2)
    monkeypatch.setattr(answers, "find", lambda *given, **more: seen.setdefault("found", find(*given, **more)))
    measure_pairs.outcome(pair, PIPELINE, answers.load(PIPELINE), embed.vectors)
    numbers = {r.id: r.number for found in seen["found"].recommendations.values() for r in found}
    silent = {(numbers[s.recommendation], s.responder) for s in seen["found"].stances if s.method == "silence"}
    assert ("2(a)(i)", "scottish-government") not in silent and ("2(b)", "scottish-government") in silent
    assert ("2", "uk-government") not in silent
