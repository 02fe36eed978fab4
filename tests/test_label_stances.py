"""Stances of a table of answers, without a database."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytrack import label_stances
from policytrack.model import BadInput

PIPELINE = Path(__file__).parent.parent / "pipelines"


def judged(*rows: dict, **options) -> list[dict]:
    return list(label_stances.stances(iter(rows), "answer", "answers.csv", PIPELINE, rules_only=True, **options))


def test_columns_are_kept_and_ours_added():
    got, = judged({"id": "7", "answer": "We accept this recommendation. The hall opens in May."})
    assert list(got)[:2] == ["id", "answer"] and set(label_stances.ADDED) <= set(got)
    assert (got["id"], got["stance"], got["explicit"], got["words"], got["method"]) == ("7", "accepted", 1, "We accept this recommendation.", "verdict")
    assert 0.5 < got["confidence"] <= 1 and got["band"]


def test_what_was_asked_matters():
    row = {"answer": "We will consider a levy.", "asked": "Ministers should consider a levy."}
    assert judged(row)[0]["stance"] == "under_consideration"
    assert judged(row, recommendation="asked")[0]["stance"] == "accepted"


def test_who_speaks_matters():
    row = {"answer": "The Scottish Government accepts this. The UK Government does not accept it."}
    assert [judged(row, publisher=name)[0]["stance"] for name in ("Scottish Government", "UK Government")] == ["accepted", "rejected"]


def test_an_empty_answer_has_no_stance():
    got = judged({"answer": ""}, {"answer": "Rejected."})
    assert [row["stance"] for row in got] == [None, "rejected"]


def test_rows_stream():
    def endless():
        while True:
            yield {"answer": "Agreed."}

    assert next(label_stances.stances(endless(), "answer", "x", PIPELINE, rules_only=True))["stance"] == "accepted"


@pytest.mark.parametrize("options, option", [({}, "--column"), ({"recommendation": "asked"}, "--recommendation")])
def test_a_column_that_is_missing_is_named(options, option):
    row = {"answer": "Agreed."} if options else {"text": "Agreed."}
    with pytest.raises(BadInput, match=option):
        judged(row, **options)
