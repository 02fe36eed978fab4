"""The specimens from file to stance: every recommendation found, answers linked, stances read."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytrack import answers, corpus, embed, ingest, measure_pairs, measure_stances, organisations, segment
from policytrack.build import Read
from policytrack.model import Passage, Recommendation, Statement

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


LINES = (("heading", "Recommendation 1"), ("paragraph", "The Ministry shall publish its figures each quarter. It will name a lead."), ("heading", "Recommendation accepted"),
         ("paragraph", "The Ministry will publish its figures from May."))


def test_what_a_response_repeats_before_it_answers_is_no_promise_of_its_own():
    document = corpus.document(HERE.parent / "corpus" / "specimen-response-2033" / "document.toml")
    passages = tuple(Passage(f"p{n}", document.id, 1, "", "", text, kind, level=2 if kind == "heading" else 0) for n, (kind, text) in enumerate(LINES))
    found = answers.find([(document, Read("read", None, (), passages))], {document.id: "ministry"}, organisations.organisations(PIPELINE / "organisations.toml"), answers.load(PIPELINE))
    asked = answers.asked(found)[document.id]

    def roles(text):
        return [answers.role(said, Statement("s", document.id, "p", 1, said, "", text), asked) for said in ("commitment", "expectation", "aspiration", "none")]

    assert roles("The Ministry shall publish its figures\neach quarter.") == ["recommendation", "recommendation", "aspiration", "none"]
    assert roles("It will name a lead.")[0] == "recommendation" and roles("The Ministry will publish its figures from May.")[0] == "commitment"
