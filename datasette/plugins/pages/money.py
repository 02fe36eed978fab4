"""Sums of money in the texts, and where the same sum stands in more than one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from .rows import Ask, Missing, Row

CALLED = {"new": 1, "held before": 0}      # what the sentence calls the money


def money(ask: Ask) -> dict:
    """The page `/money`: equal sums in different documents side by side, and every sum with its sentence."""
    document, called, promised, again = (ask.first(name) for name in ("document", "called", "promised", "again"))
    if document and document not in ask.facts.documents:
        raise Missing("No document is held under this name.")
    if called and called not in CALLED:
        raise ValueError("money is called new or held before")
    held = ask.db.all("select * from sums order by rowid") if ask.db.has("sums") else []
    here = {row["id"]: row for row in held if document in ("", row["document"]) and (document or row["document"] in ask.facts.counted)}
    rows = [row for row in here.values() if (not called or row["called_new"] == CALLED[called]) and (not promised or row["item_kind"] == "commitment")]
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["document"]].append(row)
    twice = [] if called or promised else clusters(ask, held, here)
    return {"title": "Sums of money", "twice": twice, "total": len(twice) if again else len(rows), "sums": len(rows), "only": document, "again": again, "called": called, "promised": promised,
            "parts": {name: sum(test(row) for row in here.values()) for name, test in
                      {"new": lambda row: row["called_new"] == 1, "held before": lambda row: row["called_new"] == 0, "promised": lambda row: row["item_kind"] == "commitment"}.items()},
            "groups": [] if again else [{"doc": doc, "rows": groups[key]} for key, doc in ask.facts.documents.items() if key in groups]}


def clusters(ask: Ask, held: Sequence[Row], here: dict[str, Row]) -> list[list[Row]]:
    """Equal sums that stand in more than one document in sentences alike, each list in the order of publication; those with a sum among `here`."""
    by_id, of = {row["id"]: row for row in held}, {}
    for one, other in map(tuple, ask.db.all("select sum, other from sums_again order by likeness desc, sum, other")) if ask.db.has("sums_again") else ():
        joined = {*of.get(one, {one}), *of.get(other, {other})}
        of |= dict.fromkeys(joined, joined)
    found = {id(each): sorted((by_id[key] for key in each), key=lambda row: (ask.facts.documents[row["document"]]["published"], row["document"], row["page"]))
             for each in of.values() if each & here.keys()}
    return sorted(found.values(), key=lambda rows: (-rows[0]["value"], rows[0]["id"]))
