"""What falls on a role, what a body promised and was asked, what a theme holds."""

from __future__ import annotations

from collections import defaultdict

from .rows import CATEGORIES, STATEMENTS, Ask, Missing, Row, address

FORCES = {"duty": "Existing duty restated", "must": "Must", "should": "Should", "encouraged": "Encouraged",
          "promised": "Promised by national bodies"}
SHOWN = 60


def roles(ask: Ask) -> dict:
    """The page `/for`: every role, with how much falls on it."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in ask.db.all(f"select role, force, count(distinct item) as n from role_hits where {_countable(ask)} group by role, force"):
        counts[row["role"]][row["force"]] = row["n"]
    return {"title": "Who it falls on", "roles": [{"row": row, "counts": counts[key]} for key, row in ask.facts.roles.items()],
            "forces": FORCES}


def _countable(ask: Ask) -> str:
    if not ask.facts.mixed:
        return "1"
    tables = ("commitments", "expectations", "recommendations", "responses", "duties")
    return "item in (" + " union all ".join(f"select id from {t} where {ask.facts.where()}" for t in tables) + ")"


def role(ask: Ask) -> dict:
    """The page `/for/<role>`: what names it, what implies it, each with its reason; dated first."""
    row = ask.facts.roles.get(ask.parts["id"])
    if row is None:
        raise Missing("No role is held under this name.")
    hits = ask.db.all("select * from role_hits where role = ? order by basis desc, item", row["id"])
    wanted = [force for force in FORCES if ask.first("force") in ("", force)]
    groups = [_group(ask, row["id"], force, [hit for hit in hits if hit["force"] == force and ask.first("kind") in ("", hit["item_kind"])])
              for force in wanted]
    money = _money(ask, groups)
    _printed(groups)
    return {"title": f"For the {row['name']}" if not row["name"].startswith("The") else row["name"], "role": row,
            "force": FORCES.get(ask.first("force"), ""), "files": ask.site["files"],
            "groups": [group for group in groups if group["total"]], "money": money, "documents": _documents(groups),
            "nobody": ask.db.value(f"select count(*) from expectations where actor is null and {ask.facts.where()}"),
            "total": sum(group["total"] for group in groups)}


def _group(ask: Ask, key: str, force: str, hits: list[Row]) -> dict:
    reasons: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for hit in hits:
        reasons[hit["item_kind"], hit["item"]].append(hit)
    found = []
    for kind in dict.fromkeys(kind for kind, _ in reasons):
        table = {"duty": "duties"}.get(kind, f"{kind}s")
        ids = [item for each, item in reasons if each == kind]
        for row in ask.db.every(f"select * from {table} where id in ({{}})", ids) if ask.db.has(table) else ():
            if row["document"] in ask.facts.counted:
                found.append(_line(ask, kind, row, reasons[kind, row["id"]]))
    found.sort(key=lambda line: (line["due"] or "9999", line["basis"] != "named", line["doc"]["published"], line["row"]["page"]))
    bases = {basis: sum(line["basis"] == basis for line in found) for basis in ("named", "implied")}
    kinds = {kind: [line for line in found if line["kind"] == kind] for kind in dict.fromkeys(line["kind"] for line in found)}
    return {"force": force, "title": FORCES[force], "lines": found[:SHOWN], "total": len(found), "bases": bases,
            "kinds": [{"kind": kind, "n": len(lines), "link": _listed(kind, key, force)} for kind, lines in kinds.items()], "all": found}


def _printed(groups: list[dict], budget: int = 1000) -> None:
    """Chooses what fits on two sheets: from each force in turn the first that are left, until the words are used up."""
    waiting = [list(group["lines"]) for group in groups]
    while any(waiting) and budget > 0:
        for lines in waiting:
            if lines and budget > 0:
                line = lines.pop(0)
                budget -= 30 + len(line["words"].split()) + len((line["lead_in"] or "").split()) + 12 * len(line["reasons"])
                line["printed"] = budget > 0
    for group in groups:
        group["printed"] = sum(bool(line.get("printed")) for line in group["lines"])


def _listed(kind: str, key: str, force: str) -> str:
    if kind == "duty":
        return address(f"/for/{key}", force=force, kind=kind)
    return address("/search", kind=kind, role=key, force=force)


def _line(ask: Ask, kind: str, row: Row, reasons: list[Row]) -> dict:
    columns = row.keys()
    body = ask.facts.bodies.get(row["actor_body"] or "") if "actor_body" in columns else None
    return {"kind": kind, "row": row, "doc": ask.facts.documents[row["document"]], "words": row["text" if kind == "recommendation" else "quote"],
            "lead_in": row["lead_in"] if "lead_in" in columns else None, "reasons": reasons,
            "basis": "named" if any(hit["basis"] == "named" for hit in reasons) else "implied",
            "due": row["deadline_on"] if "deadline_on" in columns else None, "deadline": row["deadline"] if "deadline" in columns else None,
            "body": body, "successor": ask.facts.bodies.get(body["successor"] or "") if body and body["to_date"] else None,
            "link": {"duty": address("/policytrack/duties", id=row["id"])}.get(kind, f"/{kind}s/{row['id'].replace('#', '%23')}")}


def _money(ask: Ask, groups: list[dict]) -> dict[str, int]:
    asked = [line["row"]["id"] for group in groups if group["force"] != "promised" for line in group["all"] if line["kind"] == "expectation"]
    stated = {row["item"]: row for row in ask.db.every("select * from funding where item in ({})", asked)}
    with_money = sum(bool(stated[key]["stated"]) for key in asked if key in stated)
    return {"asked": len(asked), "stated": with_money, "none": sum(not row["stated"] for row in stated.values())}


def _documents(groups: list[dict]) -> list[dict]:
    n: dict[str, int] = defaultdict(int)
    docs = {}
    for group in groups:
        for line in group["all"]:
            n[line["doc"]["id"]] += 1
            docs[line["doc"]["id"]] = line["doc"]
    return [{"row": docs[key], "n": n[key]} for key in sorted(docs, key=lambda key: docs[key]["published"])]


def organisations(ask: Ask) -> dict:
    """The page `/organisations`: every body that something here speaks of."""
    counted = ask.facts.where()
    promised = dict(map(tuple, ask.db.all(f"select actor_body, count(*) from commitments where {counted} group by 1")))
    asked = dict(map(tuple, ask.db.all(f"select actor_body, count(*) from expectations where {counted} group by 1")))
    published = {row["publisher"] for row in ask.facts.documents.values()}
    rows = [{"row": row, "promised": promised.get(key, 0), "asked": asked.get(key, 0)} for key, row in ask.facts.bodies.items()
            if key in promised or key in asked or key in published or ask.first("all")]
    return {"title": "Bodies", "rows": rows, "everything": len(ask.facts.bodies)}


def organisation(ask: Ask) -> dict:
    """The page `/organisations/<id>`: what a body promised, was asked, and took over from bodies that are gone."""
    row = ask.facts.bodies.get(ask.parts["id"])
    if row is None:
        raise Missing("No body is held under this name.")
    key, counted = row["id"], ask.facts.where()
    heirs = [body for body in ask.facts.bodies.values() if body["successor"] == key]
    return {
        "title": row["name"], "body": row, "successor": ask.facts.bodies.get(row["successor"] or ""),
        "categories": {c: ask.db.value(f"select count(*) from commitments where actor_body = ? and category = ? and {counted}", key, c)
                       for c in CATEGORIES},
        "promises": _dated(ask, "commitments", key), "asks": _dated(ask, "expectations", key),
        "n": {t: ask.db.value(f"select count(*) from {t} where actor_body = ? and {counted}", key)
              for t in STATEMENTS.values()},
        "inherited": [{"row": body, "n": ask.db.value(f"select count(*) from commitments where actor_body = ? and {counted}", body["id"]),
                       "promises": _dated(ask, "commitments", body["id"], 8)} for body in heirs],
        "stances": ask.db.all("select coalesce(s.stance, s.gap) as stance, count(*) as n from stances s join recommendations r"
                              f" on r.id = s.recommendation where s.responder = ? and {ask.facts.where('r.document')}"
                              " group by 1 order by 2 desc, 1", key),
        "published": [doc for doc in ask.facts.documents.values() if doc["publisher"] == key],
    }


def _dated(ask: Ask, table: str, key: str, limit: int = 25) -> list[Row]:
    return ask.db.all(f"select * from {table} where actor_body = ? and {ask.facts.where()} order by deadline_on is null, deadline_on,"
                      f" document, page limit {limit}", key)


def themes(ask: Ask) -> dict:
    """The page `/themes`: every theme with its numbers."""
    index = ask.facts.index
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for item in index.items.values():
        if item.document in ask.facts.counted:
            for each in item.themes:
                counts[each][item.kind] += 1
    return {"title": "Themes", "themes": [{"row": row, "counts": counts[key]} for key, row in ask.facts.themes.items()]}


def theme(ask: Ask) -> dict:
    """The page `/themes/<id>`: what is said on a theme, by kind and by document."""
    row = ask.facts.themes.get(ask.parts["id"])
    if row is None:
        raise Missing("No theme is held under this name.")
    found = [item for item in ask.facts.index.ordered if row["id"] in item.themes and item.document in ask.facts.counted]
    kinds: dict[str, list] = defaultdict(list)
    for item in found:
        kinds[item.kind].append(item)
    shown = {}
    for kind, name in STATEMENTS.items():
        items = sorted(kinds[kind], key=lambda item: (item.deadline_on or "9999", item.document, item.page))[:30]
        rows = {each["id"]: each for each in ask.db.every(f"select * from {name} where id in ({{}})", [item.id for item in items])}
        shown[kind] = [rows[item.id] for item in items]
    per: dict[str, int] = defaultdict(int)
    for item in kinds["commitment"]:
        per[item.document] += 1
    return {"title": row["name"], "theme": row, "kinds": {kind: len(items) for kind, items in kinds.items()}, "shown": shown,
            "documents": [{"row": doc, "n": per[key]} for key, doc in ask.facts.documents.items() if per.get(key)]}
