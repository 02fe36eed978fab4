"""Confidence: counted, drawn toward its kind, judged on pairs that were left out."""

from __future__ import annotations

import tomllib

from policytrack import calibrate
from policytrack.calibrate import Outcome

SEEN = [Outcome("a", "verdict", True)] * 18 + [Outcome("b", "verdict", False)] * 2 + [Outcome("a", "weak", True)] * 2 + [Outcome("b", "weak", False)] * 2


def test_rates_are_drawn_toward_their_kind():
    found = {r.method: r for r in calibrate.rates(SEEN, ("line", "verdict", "weak"))}
    assert (found["verdict"].n, found["verdict"].right) == (20, 18)
    assert 0.85 < found["verdict"].confidence < 0.9
    assert found["line"].n == 0 and 0.8 < found["line"].confidence < 0.9
    assert found["weak"].confidence == 0.5


def test_a_pair_never_counts_for_itself():
    claimed = dict.fromkeys(c for c, right in calibrate.left_out(SEEN, ("verdict", "weak")) if not right)
    assert all(c > 0.7 for c in claimed)      # counted on pair a, where all was right
    assert calibrate.gap(calibrate.left_out(SEEN, ("verdict", "weak"))) > 0


def test_the_file_that_is_written():
    rows = tomllib.loads(calibrate.toml(calibrate.rates(SEEN, ("verdict",))))["method"]
    assert rows == [{"name": "verdict", "n": 20, "right": 18, "confidence": rows[0]["confidence"]}]
