"""The front page and the list of documents."""

from __future__ import annotations

from collections import defaultdict

from .rows import CATEGORIES, GAPS, STANCES, Ask

KINDS = {"strategy": "Strategies", "report": "Reports", "response": "Responses", "progress": "Progress reports",
         "commentary": "Commentary"}


def per_document(ask: Ask, table: str = "commitments") -> dict[str, dict[str, int]]:
    """For each document how many statements of each category it holds."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(CATEGORIES, 0))
    for row in ask.db.all(f"select document, category, count(*) as n from {table} group by document, category"):
        found[row["document"]][row["category"]] = row["n"]
    return found


def stances(ask: Ask) -> list[dict]:
    """Pairs of recommendation and responder by stance, gaps last and apart; `low` and `high` where second readings are defensible."""
    rows = ask.db.all("select coalesce(s.stance, s.gap) as stance, s.also, count(*) as n from stances s join recommendations r"
                      f" on r.id = s.recommendation where {ask.facts.where('r.document')}"
                      f" and {ask.facts.asking} group by 1, 2")

    def summed(value: str, *columns: str, alone: bool = False) -> int:
        return sum(row["n"] for row in rows if any(row[c] == value for c in columns) and not (alone and row["also"]))

    found = [{"value": key, "label": key.replace("_", " "), "n": summed(key, "stance"), "low": summed(key, "stance", alone=True),
              "high": summed(key, "stance", "also"), "gap": False} for key in STANCES]
    return found + [{"value": key, "label": GAPS[key], "n": n, "low": n, "high": n, "gap": True} for key in GAPS
                    if (n := summed(key, "stance"))]


def grouped(ask: Ask) -> list[dict]:
    """Documents by kind, each kind in date order; specimens in groups of their own."""
    sums, expected = per_document(ask), {row[0]: row[1] for row in ask.db.all("select document, count(*) from expectations group by document")}
    asked = {row[0]: row[1] for row in ask.db.all(
        "select document, count(*) from recommendations where ask = 1 group by document")}
    intervals = {row["document"]: row for row in ask.db.all(
        "select * from headline where section = '' and low is not null and measure in ('specific', 'share_specific', 'specific_share')")}
    groups = []
    for specimen in (False, True):
        for kind, title in KINDS.items():
            rows = [row for row in ask.facts.documents.values()
                    if row["kind"] == kind and ask.facts.specimen(row["id"]) == specimen]
            if rows:
                groups.append({"title": title, "kind": kind, "specimen": specimen, "documents": [
                    {"row": row, "counts": sums[row["id"]], "n": sum(sums[row["id"]].values()), "asked": asked.get(row["id"], 0), "expected": expected.get(row["id"], 0),
                     "interval": intervals.get(row["id"])}
                    for row in sorted(rows, key=lambda row: (row["published"], row["id"]))]})
    return groups


def front(ask: Ask) -> dict:
    """The page `/`: what is in here, and a door for each kind of reader."""
    counted = ask.facts.where()
    total = {name: ask.db.value(f"select count(*) from {name} where {counted}")
             for name in ("commitments", "expectations", "responses")}
    total["recommendations"] = ask.db.value(f"select count(*) from recommendations where ask = 1 and {counted}")
    total["documents"] = len(ask.facts.counted)
    categories = {key: ask.db.value(f"select count(*) from commitments where category = ? and {counted}", key) for key in CATEGORIES}
    passed = ask.db.value("select count(*) from commitments c join documents d on d.id = c.document where deadline is not null"
                          f" and deadline_on < ? and deadline_on >= d.published and {counted}", ask.today.isoformat())
    doubtful = {key: ask.db.value(f"select count(*) from commitments where {clause} and {counted}") for key, clause in {
        "unchecked": "coalesce(check_by, '') = ''", "bare": "coalesce(check_by, '') = '' and category = 'general' and coalesce(deadline, '') = ''"}.items()}
    return {"title": "", **doubtful, "total": total, "categories": categories, "groups": grouped(ask), "stances": stances(ask), "passed": passed,
            "refused": next(row["n"] for row in stances(ask) if row["value"] == "rejected"),
            "roles": list(ask.facts.roles.values())}


def documents(ask: Ask) -> dict:
    """The page `/documents`: every document, by kind and date."""
    kind, body, scope = ask.first("kind"), ask.first("publisher"), ask.first("counted")
    groups = [group for group in grouped(ask) if kind in ("", group["kind"])]
    for group in groups:
        group["documents"] = [each for each in group["documents"] if body in ("", each["row"]["publisher"])
                              and (not scope or each["row"]["id"] in ask.facts.counted)]
    groups = [group for group in groups if group["documents"]]
    return {"title": "Documents", "groups": groups, "total": sum(len(group["documents"]) for group in groups)}
