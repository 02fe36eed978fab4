"""Headline measures per document and chapter: counts, and shares corrected for how often the machine is wrong.

A share is observed × precision / recall of its label, as last measured; its interval is Wilson's around the observed
share, corrected the same way. No share is given of fewer than 30 commitments, and `continue` always stands apart:
`share_specific` is of all commitments, `share_specific_of_new` of those that promise something new.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from statistics import NormalDist

FEWEST = 30
CATEGORIES = ("specific", "general", "consider", "continue")
FACETS = (("actor", "actor"), ("deadline", "deadline"), ("amount", "amount"), ("check", "check_by"))


def tables(db: sqlite3.Connection, chapters: Mapping[tuple[str, str], str]) -> dict[str, list[dict]]:
    """The rows of `headline`, by document and chapter ('' is the whole document); `chapters` by (document, section)."""
    rates = {(task, label): precision / recall for task, label, precision, recall in
             db.execute("SELECT task, label, precision, recall FROM accuracy WHERE split = 'tune' AND precision > 0 AND recall > 0")}
    found: dict[tuple[str, str], list[dict]] = {}
    columns = ("document", "section", "category", "places", *(column for _, column in FACETS))
    for row in db.execute(f"SELECT {', '.join(columns)} FROM commitments ORDER BY document, page, id"):
        item = dict(zip(columns, row, strict=True))
        chapter = chapters.get((item["document"], item["section"]), item["section"].split(" › ")[0])
        for section in {"", chapter}:
            found.setdefault((item["document"], section), []).append(item)
    return {"headline": [dict(document=document, section=section, **measure) for (document, section), items in sorted(found.items()) for measure in measures(items, rates)]}


def local_asks(db: sqlite3.Connection, local: Sequence[str]) -> list[dict]:
    """How much each document asks of local bodies, and how much of it with money stated in the same words; 0 is never "unfunded"."""
    marks = ", ".join("?" * len(local))
    asked = ("SELECT DISTINCT h.item, h.item_kind FROM role_hits h WHERE h.force IN ('must', 'should', 'encouraged') AND h.item_kind IN ('expectation', 'recommendation') "
             f"AND h.role IN ({marks})")
    found = db.execute("SELECT coalesce(e.document, r.document), count(*), sum(f.stated) "
                       f"FROM ({asked}) a JOIN funding f ON f.item = a.item AND f.item_kind = a.item_kind LEFT JOIN expectations e ON e.id = a.item AND a.item_kind = 'expectation' "
                       "LEFT JOIN recommendations r ON r.id = a.item AND a.item_kind = 'recommendation' GROUP BY 1 ORDER BY 1", tuple(local))
    return [dict(document=document, section="", measure=measure, n=n, value=value, low=None, high=None) for document, n, stated in found
            for measure, value in (("asks_on_local_bodies", n), ("asks_on_local_bodies_money_stated", stated), ("asks_on_local_bodies_none_stated_here", n - stated))]


def measures(items: Sequence[dict], rates: dict[tuple[str, str], float]) -> Iterator[dict]:
    """Counts, the shares of the four categories with and without `continue`, and the share that names each facet."""
    yield dict(measure="commitments", n=len(items), value=len(items), low=None, high=None)
    yield dict(measure="places", n=len(items), value=sum(i["places"] for i in items), low=None, high=None)
    new = [i for i in items if i["category"] != "continue"]
    for category in CATEGORIES:
        rate = rates.get(("category", category), 1.0)
        yield share(f"share_{category}", [i["category"] == category for i in items], rate)
        if category != "continue":
            yield share(f"share_{category}_of_new", [i["category"] == category for i in new], rate)
    for facet, column in FACETS:
        yield share(f"share_{facet}", [bool(i[column]) for i in items], rates.get(("facet", facet), 1.0))


def share(measure: str, hits: Sequence[bool], rate: float) -> dict:
    """One share with its interval, None under 30 items."""
    n = len(hits)
    if n < FEWEST:
        return dict(measure=measure, n=n, value=None, low=None, high=None)
    value, low, high = (round(min(1.0, v * rate), 3) for v in (sum(hits) / n, *wilson(sum(hits), n)))
    return dict(measure=measure, n=n, value=value, low=low, high=high)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Wilson's interval around a share, 95 %; by hand, since the library that has it takes longer to load than all else here."""
    z = NormalDist().inv_cdf(0.975)
    middle, half = hits + z * z / 2, z * sqrt(hits * (n - hits) / n + z * z / 4)
    return max(0.0, middle - half) / (n + z * z), (middle + half) / (n + z * z)
