"""What falls on a role, what a body promised and was asked, what a theme holds."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from policytrack import falls, paper
from policytrack.falls import Entry

from . import printed
from .feeds import dates
from .rows import CATEGORIES, STATEMENTS, Ask, Missing, Row, address
from .said import said

FOLD = 20                                # entries of a force on the screen; the board paper has them all
FILTERS = ("force", "kind", "money", "nation")


def roles(ask: Ask) -> dict:
    """The page `/for`: every role, with how much falls on it."""
    nation = ask.first("nation")
    found = {key: _entries(ask, key) for key in ask.facts.roles}
    counts = {key: Counter(entry.force for entry in falls.kept(each, nation=nation)) for key, each in found.items()}
    every = [entry for key, each in found.items() for entry in each]
    return {"title": "Who it falls on", "roles": [{"row": row, "counts": counts[key]} for key, row in ask.facts.roles.items()],
            "forces": falls.FORCES, "nation": nation, "nations": [{**each, "n": None} for each in _nations(every, "/for", {"nation": nation})],
            "measured": falls.measured(ask.db.connection, "nobody-named")}


def _entries(ask: Ask, key: str) -> list[Entry]:
    """What falls on a role; read once per process, since the database cannot change under it."""
    if "falls" not in ask.facts.cache:
        ask.facts.cache["falls"] = falls.entries(ask.db.connection)
    return ask.facts.cache["falls"].get(key, [])


def _nations(found: Sequence[Entry], path: str, chosen: dict[str, str]) -> list[dict]:
    """The nations by which a page can be filtered, with how much would be left; the other filters stay."""
    counts, one = falls.tally(found), chosen["nation"] in falls.NATIONS and chosen["nation"] != "uk"
    names = {"": "All", **falls.NATIONS, **{key: said("nation", key) for key in sorted(counts) if key not in falls.NATIONS}}
    if one or "," in chosen["nation"]:
        own = chosen["nation"].partition(",")[0]
        names[f"{own},uk"] = f"{names.get(own, own)} and UK-wide"
    return [{"name": name, "n": len(falls.kept(found, nation=key)), "link": address(path, **chosen | {"nation": key}), "chosen": key == chosen["nation"]}
            for key, name in names.items()]


def role(ask: Ask) -> dict:
    """The page `/for/<role>`: what names it, what implies it, each with its reason; dated first."""
    row = _role(ask)
    chosen, path = {name: ask.first(name) for name in FILTERS}, f"/for/{row['id']}"
    found = falls.kept(_entries(ask, row["id"]), **chosen)
    link = lambda **more: address(path, **chosen | more)
    groups = [_group(ask, force, [entry for entry in found if entry.force == force], link) for force in falls.FORCES]
    force = chosen["force"] or "asked"
    nobody = falls.kept(_entries(ask, "nobody-named"), nation=chosen["nation"])
    page = {"title": falls.called(row["name"]), "role": row, "chosen": chosen, "filtered": any(chosen.values()), "force": falls.FORCES.get(chosen["force"], ""), "counts": falls.counts(found),
            "groups": [group for group in groups if group["total"]], "money": _money(found, force, link) if force in ("asked", *falls.ASKED) and not chosen["kind"] and not chosen["money"] else None, "documents": _documents(ask, found), "read": falls.read(ask.db.connection),
            "nobody": {"n": len(nobody), "link": address("/for/nobody-named", nation=chosen["nation"]), "measured": falls.measured(ask.db.connection, "nobody-named")},
            "nations": _nations(falls.kept(_entries(ask, row["id"]), **chosen | {"nation": ""}), path, chosen), "total": len(found),
            "paper": address(f"{path}/board-paper.docx", **chosen), "calendar": _calendar(ask, role=row["id"], nation=chosen["nation"]),
            "measured": falls.measured(ask.db.connection, row["id"]), "everything": link(all="1")}
    printed.choose(page, ask.facts.documents)
    return page


def _calendar(ask: Ask, **filters: str) -> str:
    """The link to the dates still to come; nothing where there is none."""
    return address("/deadlines.ics", **filters) if dates(replace(ask, query={name: [value] for name, value in filters.items()})) else ""


def board_paper(ask: Ask) -> tuple[bytes, str]:
    """The board paper of a role as of today, with the filters of its page; and what its file is called."""
    row, chosen = _role(ask), {name: ask.first(name) for name in FILTERS}
    name = "-".join(filter(None, ("board-paper", row["id"], *(re.sub(r"[^a-z]+", "-", value.casefold()).strip("-") for value in chosen.values()))))
    return paper.board_paper(ask.db.connection, row["id"], ask.today, _entries(ask, row["id"]), **chosen), f"{name}.docx"


def _role(ask: Ask) -> Row:
    row = ask.facts.roles.get(ask.parts["id"])
    if row is None:
        raise Missing("No role is held under this name.")
    return row


def _group(ask: Ask, force: str, found: Sequence[Entry], link: Callable[..., str]) -> dict:
    """What falls on a role with one force: every entry with its words, the first of them on the screen."""
    kinds, fold = Counter(entry.kind for entry in found), len(found) if ask.first("all") or ask.first("force") else FOLD
    return {"force": force, "title": falls.FORCES[force], "total": len(found), "bases": Counter(entry.basis for entry in found), "fold": fold,
            "kinds": [{"kind": kind, "n": n, "link": link(force=force, kind=kind)} for kind, n in kinds.items()], "link": link(force=force),
            "lines": [_line(ask, entry) | {"shown": n < fold, "printed": False} for n, entry in enumerate(found)]}


def _line(ask: Ask, entry: Entry) -> dict:
    row = entry.row
    return {"entry": entry, "row": row, "due": entry.deadline if entry.deadline.get("deadline_on") else None, "deadline": entry.deadline.get("deadline"),
            "gone": ask.facts.gone(row.get("actor_body"), ask.today.isoformat()),
            "link": address("/policytrack/duties", id=row["id"]) if entry.kind == "duty" else f"/{entry.kind}s/{row['id'].replace('#', '%23')}"}


def _money(found: Sequence[Entry], force: str, link: Callable[..., str]) -> dict[str, dict]:
    """How many things are expected, and how many of them with money in the same words; each with the link to exactly those."""
    parts = {"asked": "", "stated": "stated", "none": "none stated here"}
    return {name: {"n": len(falls.kept(found, force, "expectation", money)), "link": link(force=force, kind="expectation", money=money)} for name, money in parts.items()}


def _documents(ask: Ask, found: Sequence[Entry]) -> list[dict]:
    held = Counter(entry.document for entry in found)
    return [{"row": row, "n": held[key]} for key, row in ask.facts.documents.items() if key in held]


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
                              f" on r.id = s.recommendation where s.responder = ? and {ask.facts.where('r.document')} and {ask.facts.asking}"
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
