"""How a report's recommendations fared, per responder: totals as ranges where a second reading is defensible; parts count, the whole that they make up does not, nor a conclusion that asks nothing."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

COUNTED = "r.ask = 1 AND r.id NOT IN (SELECT part_of FROM recommendations WHERE part_of IS NOT NULL)"


def tables(db: sqlite3.Connection) -> dict[str, list[dict]]:
    """The rows of `stance_totals`: `n` as read, `low` without and `high` with every second reading; a gap has no range."""
    found: dict[tuple, dict[str, int]] = defaultdict(lambda: dict.fromkeys(("n", "low", "high"), 0))
    rows = db.execute("SELECT r.document, s.responder, s.stance, s.also, s.gap, count(*) FROM stances s JOIN recommendations r ON r.id = s.recommendation"
                      f" WHERE {COUNTED} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5")
    for document, responder, stance, also, gap, n in rows:
        own = found[document, responder, stance or gap]
        own["n"] += n
        own["low"] += 0 if also else n
        own["high"] += n
        if also:
            found[document, responder, also]["high"] += n
    return {"stance_totals": [dict(document=document, responder=responder, stance=stance, **sums) for (document, responder, stance), sums in found.items()]}
