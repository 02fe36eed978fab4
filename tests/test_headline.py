"""Headline measures: no share of few, continue apart, corrected for the machine's own errors; what is not open is quoted short."""

from __future__ import annotations

import numpy as np
import pytest

from policytrack import headline, publish, similar


def items(specific: int, general: int, kept: int = 0):
    made = [("specific", specific), ("general", general), ("continue", kept)]
    return [dict(category=c, places=1, actor="We", deadline=None, amount=None, check_by=None) for c, n in made for _ in range(n)]


def by_name(found):
    return {m["measure"]: m for m in found}


def test_no_share_of_fewer_than_thirty():
    found = by_name(headline.measures(items(10, 10), {}))
    assert found["commitments"]["value"] == 20
    assert found["share_specific"]["value"] is None


def test_continue_stands_apart():
    found = by_name(headline.measures(items(30, 30, 40), {}))
    assert found["share_specific"]["value"] == pytest.approx(0.3)
    assert found["share_specific_of_new"]["value"] == pytest.approx(0.5)
    assert "share_continue_of_new" not in found


def test_shares_are_corrected_for_measured_errors():
    plain = by_name(headline.measures(items(50, 50), {}))["share_specific"]
    found = by_name(headline.measures(items(50, 50), {("category", "specific"): 0.75 / 0.9}))["share_specific"]
    assert found["value"] == pytest.approx(plain["value"] * 0.75 / 0.9, abs=0.001)
    assert found["low"] < found["value"] < found["high"] < plain["high"]


def test_the_specimens_have_headlines(specimens):
    import sqlite3

    db = sqlite3.connect(specimens)
    stored = dict(db.execute("SELECT document, value FROM headline WHERE section = '' AND measure = 'commitments'"))
    counted = dict(db.execute("SELECT document, count(*) FROM commitments GROUP BY 1"))
    assert stored == counted
    assert db.execute("SELECT count(*) FROM headline WHERE n < 30 AND measure LIKE 'share%' AND value IS NOT NULL").fetchone() == (0,)


def test_what_is_not_open_is_quoted_short():
    assert publish.shortened("word " * 41).endswith("[…]") and len(publish.shortened("word " * 41).split()) == 41
    assert publish.shortened("word " * 40) == "word " * 40
    assert publish.shortened(None) is None


def test_similar_shows_the_nearest_elsewhere_and_never_itself():
    row = lambda n, passage: dict(id=f"c-{n}", document="d", passage=passage, act=None, lead_in=None, quote=str(n))
    vectors = {f"c-{n}": np.array([1.0, 0.0] if n < 4 else [0.0, 1.0], dtype=np.float32) for n in range(1, 5)}
    found = similar.rows([row(1, "a"), row(2, "a"), row(3, "b"), row(4, "c")], vectors)
    assert [(r["item"], r["other"]) for r in found] == [("c-1", "c-3"), ("c-2", "c-3"), ("c-3", "c-1"), ("c-3", "c-2")]


def test_asks_on_local_bodies_with_and_without_money(specimens):
    import sqlite3

    db = sqlite3.connect(f"file:{specimens}?mode=ro", uri=True)
    found = dict(db.execute("SELECT measure, value FROM headline WHERE document = 'specimen-strategy-2031' AND measure LIKE 'asks_on_local%'"))
    assert found["asks_on_local_bodies"] == found["asks_on_local_bodies_money_stated"] + found["asks_on_local_bodies_none_stated_here"]
    assert found["asks_on_local_bodies"] > found["asks_on_local_bodies_money_stated"] >= 0
    db.close()
