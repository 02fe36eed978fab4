"""Whole pairs of a report and its responses, read from the files: what is found of them by the rules alone may not fall."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytrack import answers, embed, measure_pairs
from policytrack.model import BadInput

HERE = Path(__file__).parent
PIPELINE = HERE.parent / "pipelines"
LATER = "32"                  # from this pair on, layouts by later writers, mended on by kind and not one by one
UNMARKED = ("29-residential-prose", "30-letter-by-topic", "31-chapter-bullets")


@pytest.fixture(scope="module")
def found():
    return measure_pairs.outcomes(HERE / "pairs", PIPELINE)


def share(right) -> float:
    right = list(right)
    return sum(right) / len(right)


def is_open(one) -> bool:
    return not one.pair.held and one.pair.name < LATER


def test_every_recommendation_of_the_open_pairs_is_found_and_nothing_else(found):
    for one in filter(is_open, found):
        assert set(one.found) == set(one.pair.asked), one.pair.name
        assert not one.false, one.pair.name


def test_links_and_stances_of_the_open_pairs(found):
    judged = [j for o in found if is_open(o) and o.pair.name not in UNMARKED for j in o.stances]
    assert len(judged) == 263
    assert share(j.placed for j in judged if j.said.words) >= 0.88       # the other links by text need the encoder
    assert share(j.label == j.right for j in judged) >= 0.81


def test_layouts_by_later_writers(found):
    later = [o for o in found if not o.pair.held and o.pair.name >= LATER]
    asking = [a in o.found for o in later for a in o.pair.asked if a.ask]
    judged = [j for o in later for j in o.stances]
    assert len(later) == 36 and share(asking) >= 0.92 and sum(len(o.false) for o in later) <= 0.05 * len(asking)
    assert share(j.placed for j in judged if j.said.words) >= 0.52 and share(j.label == j.right for j in judged) >= 0.4


def test_positions_by_id_alone_and_verdicts_of_several_governments(found):
    """Tables of positions, joint answers that name the parts they accept, headings that are ids: every part, and every government that speaks."""
    some = [o for o in found if o.pair.name[:2] in ("78", "79", "80")]
    assert len(some) == 3 and all(set(o.found) == set(o.pair.asked) and not o.false for o in some)
    assert all(j.label == j.right for o in some for j in o.stances)


def test_answers_that_only_their_wording_links(found):
    """Neither numbers nor restated words: every link needs the encoder."""
    known = answers.load(PIPELINE)
    judged = [j for o in found if o.pair.name in UNMARKED for j in measure_pairs.outcome(o.pair, PIPELINE, known, embed.vectors).stances]
    assert len(judged) == 32
    assert share(j.placed for j in judged) >= 0.8 and share(j.label == j.right for j in judged) >= 0.6


def test_pairs_that_no_rule_was_mended_on(found):
    held = [o for o in found if o.pair.held]
    judged = [j for o in held for j in o.stances]
    assert len(held) == 20 and sum(len(o.found) for o in held) >= 200
    assert share(j.label == j.right for j in judged) >= 0.35


def test_acceptances_and_refusals_in_words_are_never_confused(found):
    assert not list(measure_pairs.crossed([j for o in found if o.pair.held for j in o.stances]))
    assert not [(o.pair.name, j.said.asked) for o in found if not o.pair.held for j in measure_pairs.crossed(o.stances)]


def test_rows_for_both_splits(found, monkeypatch):
    monkeypatch.setattr(measure_pairs, "outcomes", lambda *_: found)
    rows = {(r["task"], r["label"], r["split"]): r for r in measure_pairs.rows(HERE / "pairs", PIPELINE)}
    assert rows["recommendation of invented pairs", "found", "open"]["n"] == 647
    assert rows["stance of invented pairs", "all", "held out"]["n"] == 263


def test_a_stance_without_its_recommendation_is_named(tmp_path):
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "truth.toml").write_text('why = "w"\nheld = false\nreport = {file = "r.md", title = "T", publisher = "P", published = "2030", kind = "report"}\nresponse = []\n'
                                       'recommendation = []\nstance = [{number = "7", responder = "x", stance = ["noted"]}]\n')
    with pytest.raises(BadInput, match="'7'"):
        measure_pairs.pairs(tmp_path)
