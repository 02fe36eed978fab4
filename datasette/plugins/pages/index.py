"""Everything that can be searched, with what it can be filtered by: read once, held in memory, one small object an item."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from .rows import Facts, Rows

KINDS = {"commitment": "commitments", "expectation": "expectations", "recommendation": "recommendations", "response": "responses",
         "passage": "passages"}


@dataclass(slots=True)
class Item:
    """One searchable thing; tuples hold what it can have several of."""

    kind: str
    rowid: int
    id: str
    document: str
    page: int
    section: str
    category: str = ""
    body: str = ""
    owner: str = ""
    deadline: str | None = None
    deadline_on: str | None = None
    amount: str | None = None
    ask: int = 1
    roles: tuple[tuple[str, str, str], ...] = ()
    themes: tuple[str, ...] = ()
    stances: tuple[tuple[str, str], ...] = ()
    money: str = ""


_SQL = {
    "commitment": "select rowid, id, document, page, section, category, actor_body, actor, deadline, deadline_on, amount from commitments",
    "expectation": "select rowid, id, document, page, section, category, actor_body, actor, deadline, deadline_on, amount"
                   " from expectations",
    "recommendation": "select rowid, id, document, page, section, coalesce(category, ''), '', addressee, deadline, null, null, ask"
                      " from recommendations",
    "response": "select rowid, id, document, page, '', '', responder, '', null, null, null from responses",
    "passage": "select rowid, id, document, page, section, '', '', '', null, null, null from passages where zone = 'body'",
}


class Index:
    """The items by kind and row, and in the order of their documents."""

    def __init__(self, db: Rows, facts: Facts):
        self.items: dict[tuple[str, int], Item] = {}
        by_id: dict[tuple[str, str], Item] = {}
        for kind, sql in _SQL.items():
            for row in db.all(sql):
                values = [value if n > 7 or value is not None else "" for n, value in enumerate(row)]
                item = Item(kind, *values)
                self.items[kind, item.rowid] = by_id[kind, item.id] = item
        self._hits(db, by_id)
        order = {key: n for n, key in enumerate(facts.documents)}
        kinds = list(KINDS)
        self.ordered = sorted(self.items.values(), key=lambda i: (order.get(i.document, 0), i.page, kinds.index(i.kind), i.rowid))

    def _hits(self, db: Rows, by_id: dict[tuple[str, str], Item]) -> None:
        roles, themes, stances = defaultdict(list), defaultdict(list), defaultdict(list)
        for row in db.all("select item_kind, item, role, basis, force from role_hits"):
            roles[row[0], row[1]].append((row[2], row[3], row[4]))
        for row in db.all("select item_kind, item, theme from theme_hits"):
            themes[row[0], row[1]].append(row[2])
        for row in db.all("select recommendation, responder, coalesce(stance, gap) from stances"):
            stances["recommendation", row[0]].append((row[1], row[2]))
        for row in db.all("select item_kind, item, stated from funding"):
            if (row[0], row[1]) in by_id:
                by_id[row[0], row[1]].money = "stated" if row[2] else "none stated here"
        for name, found in (("roles", roles), ("themes", themes), ("stances", stances)):
            for key, values in found.items():
                if key in by_id:
                    setattr(by_id[key], name, tuple(dict.fromkeys(values)))


def due(item: Item, today: date) -> str:
    """What can be said of a deadline without any evidence of delivery."""
    if not item.deadline:
        return "none"
    if not item.deadline_on:
        return "stated without a last day"
    return "date passed" if item.deadline_on < today.isoformat() else "still to come"


def values(item: Item, today: date, mixed_role: tuple[str, str] = ("", "")) -> dict[str, tuple[str, ...]]:
    """What an item can be filtered by: for each filter the values it has."""
    basis, force = mixed_role
    return {
        "kind": (item.kind,), "document": (item.document,), "category": (item.category,) if item.category else (),
        "role": tuple(dict.fromkeys(r for r, b, f in item.roles if basis in ("", b) and force in ("", f))),
        "theme": item.themes, "stance": tuple(dict.fromkeys(s for _, s in item.stances)),
        "body": tuple(dict.fromkeys(([item.body] if item.body else []) + [r for r, _ in item.stances])),
        "deadline": (due(item, today),) if item.kind in ("commitment", "expectation") else (),
        "owner": ("named" if item.owner else "nobody named",) if item.kind in ("commitment", "expectation") else (),
        "amount": (("stated" if item.amount else "none"),) if item.kind in ("commitment", "expectation") else (),
        "money": (item.money,) if item.money else (), "ask": (str(item.ask),) if item.kind == "recommendation" else (),
    }


def tallied(found: list[Item], chosen: dict[str, str], today: date, facets: tuple[str, ...],
            role: tuple[str, str]) -> tuple[list[Item], dict[str, Counter]]:
    """The items that pass every filter, and for each facet how many would be left for each of its values."""
    kept, counts = [], {facet: Counter() for facet in facets}
    for item in found:
        has = values(item, today, role)
        if (role[0] or role[1]) and not has["role"]:
            continue
        failed = [name for name, value in chosen.items() if value not in has[name]]
        if len(failed) > 1:
            continue
        if not failed:
            kept.append(item)
        for facet in facets if not failed else [name for name in failed if name in counts]:
            counts[facet].update(has[facet])
    return kept, counts
