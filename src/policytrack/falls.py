"""Database -> what falls on each role, as a reader meets it: every statement once, under the hardest of its forces, in its nation.

The pages of roles, their board paper and their calendar all read it here, so that they say the same.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

FORCES = {"duty": "Existing duty restated", "must": "Must", "should": "Should", "encouraged": "Encouraged",
          "promised": "Promised by national bodies", "local": "Said of local bodies themselves", "none": "Mentioned, but others are asked to act"}
ASKED = ("duty", "must", "should", "encouraged")     # the forces with which something is asked of a role
TABLES = {"commitment": "commitments", "expectation": "expectations", "recommendation": "recommendations", "duty": "duties"}
NATIONS = {"england": "England", "uk": "UK-wide", "scotland": "Scotland", "wales": "Wales", "northern-ireland": "Northern Ireland"}
WITHIN = {"england-and-wales": ("england", "wales"), "great-britain": ("england", "scotland", "wales"), "devolved": ("scotland", "wales", "northern-ireland")}
MONTHS = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
LABELLED = "This was measured against labels made by a language model, and not by people."
_MEASURED = {"role-named": ("to name a role", "name one"), "role-implied": ("to imply a role", "imply one"), "role-nobody": ("to name nobody", "name nobody")}


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement that falls on a role: what is shown of it, and everything that was read as the same words."""

    force: str
    kind: str
    row: Mapping                         # of the table of its kind
    deadline: Mapping                    # whichever of its rows gives a deadline; the earliest
    acts: tuple[str, ...]                # where the words hold several acts: those that fall on the role
    basis: str
    hits: tuple[Mapping, ...]            # why it falls on the role; where words name it, those alone
    nations: frozenset[str]
    money: str                           # "stated", "none stated here", or "" where it was not asked

    @property
    def words(self) -> str:
        """The statement as printed, without its lead-in."""
        return self.row.get("quote") or self.row["text"]

    @property
    def document(self) -> str:
        """The id of its document."""
        return self.row["document"]


def counted(db: sqlite3.Connection) -> frozenset[str]:
    """The documents that enter totals: specimens only where there is nothing else."""
    found = dict(map(tuple, db.execute("select id, set_name from documents")))
    return frozenset(key for key, name in found.items() if name != "specimen") or frozenset(found)


def entries(db: sqlite3.Connection) -> dict[str, list[Entry]]:
    """Role -> its entries: dated first, then those that name it, then as they were published."""
    documents = {row["id"]: dict(row) for row in db.execute("select d.*, o.nation from documents d left join organisations o on o.id = d.publisher")}
    kept, money = counted(db), {tuple(row[:2]): row[2] for row in db.execute("select item, item_kind, stated from funding")}
    rows = {(kind, row["id"]): dict(row) for kind, table in TABLES.items() for row in db.execute(f"select * from {table}") if row["document"] in kept}
    said: dict[tuple[str, str], dict] = defaultdict(lambda: defaultdict(list))
    for hit in map(dict, db.execute("select * from role_hits")):
        key = hit["item_kind"], hit["item"]
        if key in rows:
            said[hit["role"], rows[key]["document"]][key].append(hit)
    found: dict[str, list[Entry]] = defaultdict(list)
    for (role, document), hits in said.items():
        wholes = {rows[key].get("part_of") for key in hits}      # its lettered parts are listed, not the whole that they make up
        found[role] += (_entry(group, rows, hits, documents[document], money) for group in _same([key for key in hits if key[1] not in wholes], rows))
    return {role: sorted(each, key=lambda e: (e.deadline.get("deadline_on") or "9999", e.basis != "named", documents[e.document]["published"], e.document, e.row["page"], e.row["id"]))
            for role, each in found.items()}


def _said(row: Mapping) -> str:
    words = " ".join(filter(None, (row.get("lead_in"), row.get("quote") or row["text"])))
    return " " + " ".join(re.findall(r"\w+", words.casefold())) + " "


def _same(keys: Sequence[tuple[str, str]], rows: Mapping) -> Iterator[list[tuple[str, str]]]:
    """The rows of one document in groups that are the same statement: the same words, or a recommendation and the sentences in it."""
    groups: dict[str, list] = {}
    for key in sorted(keys, key=lambda key: (-len(_said(rows[key])), key[0] != "recommendation", rows[key]["page"], key)):
        own, inner = _said(rows[key]), _said({"text": rows[key].get("quote") or rows[key]["text"]})
        whole = next((text for text, (first, *_) in groups.items() if text == own or {first[0], key[0]} & {"recommendation"} and first[0] != key[0] and inner in text), own)
        groups.setdefault(whole, []).append(key)
    yield from groups.values()


def _entry(group: Sequence[tuple[str, str]], rows: Mapping, hits: Mapping, document: Mapping, money: Mapping) -> Entry:
    every = [hit for member in group for hit in hits[member]]
    shown = min(group, key=lambda member: (_said(rows[member]) != _said(rows[group[0]]), min(hit["basis"] != "named" for hit in hits[member])))
    acts = {act for member in group if (act := rows[member].get("act"))}
    named = [hit for hit in every if hit["basis"] == "named"]
    why = {(hit["words"], hit["reason"]): hit for hit in named or every}
    dated = sorted((rows[member] for member in group if rows[member].get("deadline")), key=lambda row: row.get("deadline_on") or "9999")
    stated = {money[item, each] for each, item in group if (item, each) in money}
    return Entry(min((_force(hit) for hit in every), key=list(FORCES).index), shown[0], rows[shown], dated[0] if dated else {},
                 tuple(sorted(acts, key=lambda act: _said(rows[shown]).find(_said({"text": act}).strip()))), "named" if named else "implied", tuple(why.values()),
                 nations([rows[member] for member in group], document["extent"] or document["nation"] or ""), ("stated" if any(stated) else "none stated here") if stated else "")


def _force(hit: Mapping) -> str:
    return "local" if hit["force"] == "promised" and hit.get("own_act") else hit["force"]


def nations(rows: Iterable[Mapping], document: str) -> frozenset[str]:
    """Where a statement holds: in its own extent, else in that of its document."""
    own = {row["extent"] for row in rows if "extent" in row.keys()} - {None, ""} or {document}                 # noqa: SIM118 (a row of sqlite3 too)
    return frozenset(nation for each in own for nation in WITHIN.get(each, (each,)) if nation)


def kept(found: Sequence[Entry], force: str = "", kind: str = "", money: str = "", nation: str = "") -> list[Entry]:
    """The entries that pass every filter that is given; `nation` may name several, with commas, and the force `asked` means all that ask."""
    forces, nations = ASKED if force == "asked" else (force,), set(nation.split(","))
    return [e for e in found if (not force or e.force in forces) and kind in ("", e.kind) and money in ("", e.money) and (not nation or e.nations & nations)]


def tally(found: Sequence[Entry]) -> Counter:
    """How many entries hold in each nation; one that holds in two is counted in both."""
    return Counter(nation for entry in found for nation in entry.nations)


def read(db: sqlite3.Connection) -> int:
    """How many of the documents that enter totals were read."""
    return len(counted(db) & {key for (key,) in map(tuple, db.execute("select id from documents where status in ('read', 'ocr')"))})


def when(deadline: Mapping, published: str, today: date) -> str:
    """What can be said of a last day: passed, still to come, before publication; "" where there is none."""
    last = deadline.get("deadline_on")
    if not last:
        return ""
    return "before publication" if last < published else "passed" if last < today.isoformat() else "still to come"


def counts(found: Sequence[Entry]) -> str:
    """How many statements, in how many documents: the same words on the page and in the paper."""
    documents = len({entry.document for entry in found})
    return f"{len(found):,} statement{'' if len(found) == 1 else 's'} in {documents:,} document{'' if documents == 1 else 's'}"


def called(name: str) -> str:
    """What the page and the paper of a role are called: an office keeps its capitals, a kind of body has none."""
    if name.startswith("The "):
        return name
    return f"For the {name if any(word[:1].isupper() for word in name.split()[1:]) else name[:1].lower() + name[1:]}"


def measured(db: sqlite3.Connection, role: str) -> str:
    """How often it is right, in a sentence: on published pages where some are labelled and published documents are held; "" where nothing was measured."""
    tasks = ("role-nobody",) if role == "nobody-named" else ("role-named", "role-implied")
    specimens = db.execute("select 1 from documents where set_name <> 'specimen' limit 1").fetchone() is None
    parts = []
    for task in tasks:
        rows = {row["split"]: row for row in db.execute("select * from accuracy where task = ? and label = 'all' and precision is not null", (task,))}
        row = (None if specimens else rows.get("tune, library")) or rows.get("tune")
        if row:
            said, do = _MEASURED[task]
            parts.append(f"Of 100 statements said {said}, about {round(100 * row['precision'])} do; of 100 that {do}, about {round(100 * (row['recall'] or 0))} are found ({row['n']} labelled).")
    return " ".join([*parts, LABELLED] if parts else [])


def day(text: str | None) -> str:
    """`2019-03-31` as 31 March 2019, `2016-03` as March 2016."""
    parts = (text or "").split("-")
    if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3 or len(parts) > 1 and not 1 <= int(parts[1]) <= 12:
        return text or ""
    return " ".join([*([str(int(parts[2]))] if len(parts) > 2 else []), *([MONTHS[int(parts[1])]] if len(parts) > 1 else []), parts[0]])
