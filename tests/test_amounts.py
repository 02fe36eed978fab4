"""Amounts of an act: what counts something, never the name of a part, a line to ring or a year."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytrack import cues

AMOUNTS = [cue for cue in cues.load(Path(__file__).parent.parent / "pipelines" / "facets.toml") if cue.extra["facet"] == "amount"]


@pytest.mark.parametrize(("text", "amount"), [
    ("We will open two access routes to the archive.", "two access routes"),
    ("Around 80-90% of members will be told.", "Around 80-90%"),
    ("The office will report to the assembly four times a year.", "four times a year"),
    ("A grant of £120 in the first winter.", "£120"),
    ("forty-five wards will be opened", "forty-five wards"),
    ("As Recommendation 9, this is accepted.", None), ("All three parties are content.", None), ("Keep 999 as the number to ring.", None),
    ("from 2013-14 onwards", None), ("Rules will be set once across the country.", None), ("once she is appointed", None),
    ("We will address one of the themes of the report.", None), ("It replaces the existing Quarterly Written Statement.", None), ("under section 8 powers", None),
])
def test_an_amount_counts_something(text, amount):
    found = cues.find(AMOUNTS, text)
    assert (text[found[0].start:found[0].end] if found else None) == amount
