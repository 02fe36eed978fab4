"""Everything that can be searched, with what it can be filtered by: read once, held in memory, one small object an item."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from .rows import CATEGORIES, GAPS, STANCES, Facts, Rows

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
    check: str | None = None
    published: str = ""
    roles: tuple[tuple[str, str, str], ...] = ()
    themes: tuple[str, ...] = ()
    stances: tuple[tuple[str, str], ...] = ()
    money: str = ""
    has: dict[str, tuple[str, ...]] = field(default_factory=dict)   # for each filter the values the item has


_SQL = {
    "commitment": "select rowid, id, document, page, section, category, actor_body, actor, deadline, deadline_on, amount, 1, check_by"
                  " from commitments",
    "expectation": "select rowid, id, document, page, section, category, actor_body, actor, deadline, deadline_on, amount, 1, check_by"
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
                item = Item(kind, *values, published=facts.documents[row["document"]]["published"])
                self.items[kind, item.rowid] = by_id[kind, item.id] = item
        self._hits(db, by_id)
        order = {key: n for n, key in enumerate(facts.documents)}
        kinds = list(KINDS)
        self.day = ""
        self.forces = frozenset(force for item in self.items.values() for _, _, force in item.roles)
        self.responders = frozenset(responder for item in self.items.values() for responder in (item.body, *(each for each, _ in item.stances)) if responder)
        self.terms = _terms(db)
        self.ordered = sorted(self.items.values(), key=lambda i: (order.get(i.document, 0), i.page, kinds.index(i.kind), i.rowid))
        self.dated = [item for item in self.ordered if item.kind in ("commitment", "expectation") and item.deadline_on and item.deadline_on >= item.published]

    def on(self, today: date) -> Index:
        """The index as it stands on a day: what is due and what has passed changes overnight."""
        if self.day != today.isoformat():
            for item in self.ordered:
                item.has = _values(item, today)
            self.day = today.isoformat()
        return self

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
    if item.deadline_on < item.published:
        return "before publication"          # a date that was past when it was printed: history, or misread
    return "date passed" if item.deadline_on < today.isoformat() else "still to come"


def _values(item: Item, today: date) -> dict[str, tuple[str, ...]]:
    statement = item.kind in ("commitment", "expectation")
    return {
        "kind": (item.kind,), "document": (item.document,), "category": (item.category,) if item.category else (),
        "role": tuple(dict.fromkeys(role for role, _, _ in item.roles)), "theme": item.themes,
        "stance": tuple(dict.fromkeys(stance for _, stance in item.stances)),
        "body": tuple(dict.fromkeys(([item.body] if item.body else []) + [responder for responder, _ in item.stances])),
        "deadline": (due(item, today),) if statement else (),
        "owner": ("named" if item.owner else "nobody named",) if statement else (),
        "amount": ("stated" if item.amount else "none",) if statement else (),
        "check": ("named" if item.check else "nobody named",) if statement else (),
        "money": (item.money,) if item.money else (), "ask": (str(item.ask),) if item.kind == "recommendation" else (),
    }


VALUES = {                               # what a filter can be set to, held or not; the rest are names of rows
    "kind": tuple(KINDS), "category": CATEGORIES, "stance": (*STANCES, *GAPS), "ask": ("1", "0"), "basis": ("named", "implied"),
    "deadline": ("none", "stated without a last day", "before publication", "date passed", "still to come"),
    "owner": ("named", "nobody named"), "check": ("named", "nobody named"), "amount": ("stated", "none"), "money": ("stated", "none stated here"),
    "force": ("duty", "must", "should", "encouraged", "asked", "promised", "none"),
}
ASKED = ("duty", "must", "should", "encouraged")     # the forces with which something is asked of a role


def falls(item: Item, role: str, basis: str, force: str) -> bool:
    """Whether one and the same reason has this role, basis and force; '' is any, and the force `asked` any that asks something."""
    forces = ASKED if force == "asked" else (force,)
    return any(role in ("", r) and basis in ("", b) and (not force or f in forces) for r, b, f in item.roles)


def tallied(found: list[Item], chosen: dict[str, str], facets: tuple[str, ...]) -> tuple[list[Item], dict[str, Counter]]:
    """The items that pass every filter, and for each facet how many would be left for each of its values."""
    kept, missed = found, defaultdict(list)
    if chosen:
        kept = []
        for item in found:
            failed = [name for name, value in chosen.items() if value not in item.has[name]]
            if not failed:
                kept.append(item)
            elif len(failed) == 1:
                missed[failed[0]].append(item)
    return kept, {facet: Counter(chain.from_iterable(item.has[facet] for item in chain(kept, missed[facet]))) for facet in facets}


def _terms(db: Rows) -> list[tuple[str, int]]:
    """Every word that search knows, in alphabetical order, with the number of texts that hold it."""
    found: Counter = Counter()
    for name in KINDS.values():
        try:
            db.connection.execute(f"create virtual table if not exists temp.words_{name} using fts5vocab(main, '{name}_fts', 'row')")
            found.update(dict(map(tuple, db.all(f"select term, doc from temp.words_{name}"))))
        except sqlite3.OperationalError:        # no such search table, or a connection that may not even write to memory
            continue
    return sorted(found.items())


_ENDINGS = ("ational", "ations", "ation", "ingly", "ments", "ment", "ings", "ing", "ions", "ion", "ers", "ies", "ed", "er", "es", "ly",
            "al", "e", "s", "y")


def kin(terms: list[tuple[str, int]], word: str, n: int = 6) -> list[str]:
    """Words of the same stem, the most frequent first: `support` gives supports, supported, supporting …"""
    stem = next((word.removesuffix(end) for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= 4), word)
    found, at = [], bisect_left(terms, (stem, 0))
    while at < len(terms) and terms[at][0].startswith(stem):
        rest = terms[at][0].removeprefix(stem)
        if terms[at][0] != word and (rest == "" or any(rest in (end, stem[-1] + end) for end in _ENDINGS)):
            found.append((-terms[at][1], terms[at][0]))
        at += 1
    return [term for _, term in sorted(found)[:n]]
