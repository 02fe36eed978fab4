"""Totals of stances: ranges where two readings are defensible, parts once."""

from __future__ import annotations

import sqlite3
from importlib.resources import files

from policytrack import tally


def totals(recommendations, stances, asking=1):
    db = sqlite3.connect(":memory:")
    db.executescript(files("policytrack").joinpath("schema.sql").read_text(encoding="utf-8"))
    for id, whole in recommendations:
        db.execute("INSERT INTO recommendations (id, document, number, page, section, text, ask, places, part_of) VALUES (?, 'd', '', 1, '', '', ?, 1, ?)", (id, asking, whole))
    for id, stance, also, gap in stances:
        db.execute("INSERT INTO stances VALUES (?, 'uk', NULL, ?, ?, 1, '', NULL, ?, 0.9, 'clear', 'verdict', 0)", (id, stance, also, gap))
    return {row["stance"]: (row["n"], row["low"], row["high"]) for row in tally.tables(db)["stance_totals"]}


def test_a_second_reading_makes_a_range():
    got = totals([("1", None), ("2", None)], [("1", "accepted", None, None), ("2", "accepted", "noted", None)])
    assert got == {"accepted": (2, 1, 2), "noted": (0, 0, 1)}


def test_parts_count_and_their_whole_does_not():
    got = totals([("4", None), ("4(a)", "4"), ("4(b)", "4")], [("4", "partially_accepted", None, None), ("4(a)", "accepted", None, None), ("4(b)", "rejected", None, None)])
    assert got == {"accepted": (1, 1, 1), "rejected": (1, 1, 1)}


def test_what_asks_nothing_is_not_counted():
    assert totals([("1", None)], [("1", "noted", None, None)], asking=0) == {}


def test_a_gap_is_counted_as_a_gap():
    assert totals([("1", None)], [("1", None, None, "no_response_loaded")]) == {"no_response_loaded": (1, 1, 1)}
