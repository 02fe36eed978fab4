"""Grades: points sum to scores, hedges never help, a deliverable never hurts; and grade.toml proves itself through the parse."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytrack import extract, features, grade
from policytrack.model import BadInput
from reader import PIPELINE, judge, nlp, rules

RUBRIC = grade.rubric(PIPELINE / "grade.toml")
GROUPS = tomllib.loads((PIPELINE / "grade.toml").read_text(encoding="utf-8"))["verbs"]
VAGUE, CONCRETE = ("support", "encourage", "promote", "strengthen"), ("publish", "fund", "launch", "abolish")
OBJECTS = ("the new standard", "a network of clinics", "ten local schemes", "the annual survey")
HEDGES = (" where appropriate", " subject to funding", " in due course")
TAILS = ("", " by March 2031", " with £5 million", " in every region")


def graded(text: str):
    (statement, *_), = [judge(text)]
    return grade.grade(statement, RUBRIC), statement


@pytest.mark.parametrize(("group", "text"), [(g, t) for g in GROUPS for t in g["matches"]], ids=lambda v: v if isinstance(v, str) else v["cue"])
def test_verb_groups_match_their_proof(group, text):
    items = extract.judged(*_parsed(text), "strategy", rules())
    heads = {rules().lexicon.verbs.get(c.verb, ("", ""))[1] for item in items for c in item.clauses}
    assert group["cue"] in heads


@pytest.mark.parametrize(("group", "text"), [(g, t) for g in GROUPS for t in g["misses"]], ids=lambda v: v if isinstance(v, str) else v["cue"])
def test_verb_groups_miss_what_they_must(group, text):
    items = extract.judged(*_parsed(text), "strategy", rules())
    assert rules().lexicon.verbs.get(items[0].act.clause.verb, ("", ""))[1] != group["cue"]


def _parsed(text):
    from policytrack import clauses
    from reader import unit

    one = unit(text)
    return [one], [found for _, found in clauses.parses([one.joined], nlp())]


@given(st.sampled_from(VAGUE + CONCRETE), st.sampled_from(OBJECTS), st.sampled_from(TAILS), st.sampled_from(HEDGES))
def test_points_sum_and_a_hedge_never_raises(verb, thing, tail, hedge):
    plain, _ = graded(f"We will {verb} {thing}{tail}.")
    hedged, statement = graded(f"We will {verb} {thing}{tail}{hedge}.")
    assert plain.score == sum(p.value for p in plain.points)
    assert hedged.score <= plain.score
    assert hedged.hedges
    for point in hedged.points:
        assert statement.text[point.start:point.end] == point.words


@given(st.sampled_from(VAGUE), st.sampled_from(CONCRETE), st.sampled_from(OBJECTS), st.sampled_from(TAILS))
def test_a_deliverable_never_lowers(vague, concrete, thing, tail):
    assert graded(f"We will {concrete} {thing}{tail}.")[0].score >= graded(f"We will {vague} {thing}{tail}.")[0].score


@pytest.mark.parametrize(("text", "category"), [
    ("We will publish a plan.", "specific"), ("We will support local areas.", "general"), ("We will consider the case for change.", "consider"),
    ("We will continue to fund the service.", "continue"), ("We will support local areas with £10m.", "specific"),
    ("We will continue to publish the figures.", "continue"), ("We will work with providers to publish a standard.", "specific"),
])
def test_category_by_rules(text, category):
    assert graded(text)[0].category == category


def test_a_hedge_that_raises_does_not_load(tmp_path):
    path = tmp_path / "grade.toml"
    path.write_text((PIPELINE / "grade.toml").read_text(encoding="utf-8").replace("hedge = -1", "hedge = 1"), encoding="utf-8")
    with pytest.raises(BadInput, match="a hedge would raise a score"):
        grade.rubric(path)


def test_a_lemma_in_two_groups_does_not_load(tmp_path):
    path = tmp_path / "grade.toml"
    path.write_text('[[verbs]]\ncategory = "general"\ncue = "a"\nlemmas = ["go"]\n[[verbs]]\ncategory = "specific"\ncue = "b"\nlemmas = ["go"]\n', encoding="utf-8")
    with pytest.raises(BadInput, match="'go' stands in"):
        features.verbs(path)


def test_the_act_that_decides_stands_first_also_where_it_earns_nothing():
    found, _ = graded("We will support local clinics by March 2031.")
    first = found.points[0]
    assert (found.category, first.facet, first.value, first.words) == ("general", "general", 0, "support") and found.score == sum(p.value for p in found.points)
