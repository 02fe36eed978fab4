"""What falls on a role, what a body promised and was asked, what a theme holds."""

from __future__ import annotations

from collections import defaultdict

from policytrack.downloads import called

from .index import ASKED, Item, falls
from .rows import CATEGORIES, STATEMENTS, Ask, Missing, Row, address

FORCES = {"duty": "Existing duty restated", "must": "Must", "should": "Should", "encouraged": "Encouraged",
          "promised": "Promised by national bodies", "none": "Spoken of, while others are asked"}
SHOWN = 60
SHEETS = 172.0                           # lines of the columns of two printed sheets, what the head takes and what a break leaves aside


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
    wanted = [force for force in FORCES if ask.first("force") in ("", force)]
    groups = [_group(ask, row["id"], force) for force in wanted]
    money = _money(groups)
    _printed(groups)
    return {"title": called(row["name"]), "role": row,
            "force": FORCES.get(ask.first("force"), ""), "chosen": ask.first("force") or "asked", "files": ask.site["files"],
            "groups": [group for group in groups if group["total"]], "money": money, "documents": _documents(ask, groups),
            "nobody": ask.db.value(f"select count(*) from expectations where actor is null and {ask.facts.where()}"),
            "total": sum(group["total"] for group in groups)}


def _group(ask: Ask, key: str, force: str) -> dict:
    """What falls on a role with one force: every item counted, the first of them with their words."""
    items = [item for item in [*ask.facts.index.roles[key, force], *_duties(ask, key, force)]
             if item.document in ask.facts.counted and ask.first("kind") in ("", item.kind)]
    named = {id(item) for item in items if falls(item, key, "named", force)}
    published = {doc: row["published"] for doc, row in ask.facts.documents.items()}
    items.sort(key=lambda item: (item.deadline_on or "9999", id(item) not in named, published[item.document], item.document, item.page))
    kinds: dict[str, int] = defaultdict(int)
    for item in items:
        kinds[item.kind] += 1
    return {"force": force, "title": FORCES[force], "total": len(items), "bases": {"named": len(named), "implied": len(items) - len(named)},
            "kinds": [{"kind": kind, "n": n, "link": _listed(kind, key, force)} for kind, n in kinds.items()], "all": items,
            "lines": _lines(ask, key, force, items[:SHOWN])}


def _duties(ask: Ask, key: str, force: str) -> list[Item]:
    rows = ask.db.all("select d.rowid, d.id, d.document, d.page, h.basis from role_hits h join duties d on d.id = h.item"
                      " where h.role = ? and h.force = ? and h.item_kind = 'duty' order by h.basis desc", key, force)
    found = {}
    for row in rows:
        found.setdefault(row["id"], Item("duty", row["rowid"], row["id"], row["document"], row["page"], "",
                                         roles=((key, row["basis"], force),)))
    return list(found.values())


def _lines(ask: Ask, key: str, force: str, items: list[Item]) -> list[dict]:
    reasons: dict[str, list[Row]] = defaultdict(list)
    for hit in ask.db.every("select * from role_hits where item in ({}) and role = ? and force = ? order by basis desc",
                            {item.id for item in items}, key, force):
        reasons[hit["item"]].append(hit)
    rows = {}
    for kind in {item.kind for item in items}:
        table = {"duty": "duties"}.get(kind, f"{kind}s")
        for row in ask.db.every(f"select * from {table} where id in ({{}})", {item.id for item in items if item.kind == kind}):
            rows[kind, row["id"]] = row
    return [_line(ask, item.kind, rows[item.kind, item.id], reasons[item.id]) for item in items]


def _printed(groups: list[dict], budget: float = SHEETS) -> None:
    """Chooses what fits on two sheets: from each force in turn the first that are left, until the lines are used up."""
    waiting = [list(group["lines"]) for group in groups]
    while any(waiting) and budget > 0:
        for lines in waiting:
            if lines and budget > 0:
                line = lines.pop(0)
                budget -= _tall(line)
                line["printed"] = budget > 0
    for group in groups:
        group["printed"] = sum(bool(line.get("printed")) for line in group["lines"])


def _tall(line: dict) -> float:
    """How many lines of a printed column an entry takes, from above: the words, its source and date, its reasons, the rule below."""
    row, columns = line["row"], line["row"].keys()
    said = len(line["words"]) + len(line["lead_in"] or "")
    small = len(line["doc"]["title"]) + 45 + (75 if line["due"] else len(line["deadline"] or "")) + len(line["doc"]["quoted_via"] or "")
    act = len(row["act"] or "") + 32 if "act" in columns and row["act"] else 0
    why = sum(len(hit["words"]) + len(hit["reason"]) + 15 for hit in line["reasons"]) + (120 if line["gone"] else 0)
    return said // 58 + 1 + 0.85 * (small // 66 + 1 + (act // 66 + 1 if act else 0) + why // 66 + 1) + 0.8


def _listed(kind: str, key: str, force: str) -> str:
    if kind == "duty":
        return address(f"/for/{key}", force=force, kind=kind)
    return address("/search", kind=kind, role=key, force=force)


def _line(ask: Ask, kind: str, row: Row, reasons: list[Row]) -> dict:
    columns = row.keys()
    return {"kind": kind, "row": row, "doc": ask.facts.documents[row["document"]], "words": row["text" if kind == "recommendation" else "quote"],
            "lead_in": row["lead_in"] if "lead_in" in columns else None, "reasons": reasons,
            "basis": "named" if any(hit["basis"] == "named" for hit in reasons) else "implied",
            "due": row["deadline_on"] if "deadline_on" in columns else None, "deadline": row["deadline"] if "deadline" in columns else None,
            "gone": ask.facts.gone(row["actor_body"], ask.today.isoformat()) if "actor_body" in columns else None,
            "link": {"duty": address("/policytrack/duties", id=row["id"])}.get(kind, f"/{kind}s/{row['id'].replace('#', '%23')}")}


def _money(groups: list[dict]) -> dict[str, int]:
    asked = {item.id: item for group in groups if group["force"] in ASKED for item in group["all"] if item.kind == "expectation"}
    return {"asked": len(asked), "stated": sum(item.money == "stated" for item in asked.values()),
            "none": sum(item.money == "none stated here" for item in asked.values())}


def _documents(ask: Ask, groups: list[dict]) -> list[dict]:
    held: dict[str, set] = defaultdict(set)
    for group in groups:
        for item in group["all"]:
            held[item.document].add(item.id)
    return [{"row": row, "n": len(held[key])} for key, row in ask.facts.documents.items() if key in held]


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
    heirs = [body for body in ask.facts.bodies.values() if key in (body["successor"] or "").split(", ")]
    return {
        "title": row["name"], "body": row, "gone": ask.facts.gone(key, ask.today.isoformat()),
        "categories": {c: ask.db.value(f"select count(*) from commitments where actor_body = ? and category = ? and {counted}", key, c)
                       for c in CATEGORIES},
        "promises": _dated(ask, "commitments", key), "asks": _dated(ask, "expectations", key),
        "n": {t: ask.db.value(f"select count(*) from {t} where actor_body = ? and {counted}", key)
              for t in STATEMENTS.values()},
        "inherited": [{"row": body, "n": ask.db.value(f"select count(*) from commitments where actor_body = ? and {counted}", body["id"]),
                       "promises": _dated(ask, "commitments", body["id"], 8)} for body in heirs],
        "stances": ask.db.all("select coalesce(s.stance, s.gap) as stance, count(*) as n from stances s join recommendations r"
                              f" on r.id = s.recommendation where s.responder = ? and {ask.facts.where('r.document')} and {ask.facts.parts}"
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
