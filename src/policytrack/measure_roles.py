"""Labels of `corpus/<id>/roles.toml` against finished tables -> rows of `accuracy`: roles named and implied, force, themes, measures.

Only statements that were found are judged here (whether they are found is measured elsewhere): each labelled item is
looked up by page, kind and anchors. A label in `maybe` is neither missed nor wrong, nor is a hit of force `none`. A role
that is found on the other basis is found: `role-named` and `role-implied` put it where the label does.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from policytrack import roles, themes
from policytrack.measure import Tally
from policytrack.model import Item
from policytrack.roles import Roles
from policytrack.suggest import Example
from policytrack.themes import Themes

TABLES = {"commitment": ("commitments", "quote"), "expectation": ("expectations", "quote"), "recommendation": ("recommendations", "text"), "duty": ("duties", "quote")}
NOBODY = roles.NOBODY
INVENTED = "role_statements.toml"            # they teach
HELD = "role_statements_held.toml"          # they only measure
LABELS = "roles.toml"
Tables = Mapping[str, Sequence[dict]]


@dataclass(frozen=True, slots=True)
class Labels:
    """What one document's pages hold, by the labels."""

    document: str
    split: str
    pages: frozenset[int]                # on which every measure is labelled
    items: tuple[dict, ...]
    measures: tuple[dict, ...]


def labels(folder: Path) -> list[Labels]:
    """Every `roles.toml` of a corpus folder."""
    found = []
    for path in sorted(folder.glob(f"*/{LABELS}")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        found.append(Labels(path.parent.name, data["split"], frozenset(data.get("measure_pages", data["pages"])), tuple(data.get("item", ())), tuple(data.get("measure", ()))))
    return found


def rows(tables: Tables, folder: Path) -> list[dict]:
    """The rows of `accuracy` for every task, by split and by the set of the document; n is the number of labels that are sure.

    A whole split has rows only where all its labelled documents were read: a figure of some of them is another figure.
    """
    totals: dict[tuple[str, str, str], Tally] = defaultdict(Tally)
    sets = {row["id"]: row["set_name"] for row in tables["documents"] if row["status"] in ("read", "ocr")}
    known = labels(folder)
    whole = {found.split for found in known} - {found.split for found in known if found.document not in sets}
    for found in known:
        if found.document in sets:
            for split in ({found.split} & whole) | {f"{found.split}, {sets[found.document]}"}:
                _judge(found, tables, split, totals)
    return [tally.row(task, label, split) for (task, label, split), tally in sorted(totals.items())]


def invented(examples: Sequence[Example], known: Roles, split: str) -> list[dict]:
    """The rows of `accuracy` for the roles of invented statements."""
    totals: dict[tuple[str, str, str], Tally] = defaultdict(Tally)
    for example, hits in zip(examples, roles.hits_of([e.item for e in examples], known), strict=True):
        gold, ours = example.labels, {hit.role: hit for hit in hits if hit.force != "none"}
        for role in (gold.keys() | ours.keys()) - example.maybe:
            task = "role-nobody" if role == NOBODY else "role-" + (gold.get(role) or ours[role].basis)
            _count(totals, task, role, split, tp=role in gold and role in ours, fp=role not in gold, fn=role not in ours)
    return [tally.row(task, label, split) for (task, label, split), tally in sorted(totals.items())]


def invented_examples(path: Path, known: Roles) -> list[Example]:
    """The invented statements of a file, grouped by title."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))["statement"]
    return [Example(table["title"], invented_item(table, tables, known), _roles_of(table), frozenset(table.get("maybe", ()))) for table in tables]


def invented_themes(examples: Sequence[Example], known: Themes, split: str, vectors: Callable[[Sequence[str]], np.ndarray]) -> list[dict]:
    """The rows of `accuracy` for the themes of invented statements; `vectors` makes the sentence vectors of texts."""
    totals: dict[tuple[str, str, str], Tally] = defaultdict(Tally)
    items = [example.item for example in examples]
    for example, ours in zip(examples, themes.hits(items, known, vectors([themes.said(item) for item in items])), strict=True):
        for theme in (example.labels.keys() | ours.keys()) - example.maybe:
            _count(totals, "theme", theme, split, tp=theme in example.labels and theme in ours, fp=theme not in example.labels, fn=theme not in ours)
    return [tally.row(task, label, split) for (task, label, split), tally in sorted(totals.items())]


def theme_examples(path: Path, known: Roles) -> list[Example]:
    """The invented statements of a file whose themes are labelled, grouped by title."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))["statement"]
    return [Example(table["title"], invented_item(table, tables, known), dict.fromkeys(table["themes"], ""), frozenset(table.get("themes_maybe", ())))
            for table in tables if "themes" in table]


def page_examples(tables: Tables, folder: Path, items: Sequence[Item]) -> list[Example]:
    """The labelled statements of pages that were found, grouped by document; `items` are all of the tables."""
    by_row = {(item.id, item.kind): item for item in items}
    return [Example(found.document, by_row[row["id"], kind], _roles_of(label), frozenset(label.get("maybe", ())))
            for found in labels(folder) for label, row, kind in _pairs(found, tables) if (row["id"], kind) in by_row]


def _roles_of(label: Mapping) -> dict[str, str]:
    return dict(each.split() for each in label["roles"])


def invented_item(table: dict, tables: Sequence[dict], known: Roles) -> Item:
    """An invented statement as the reading of a document would give it; the others of its title are the rest of the document."""
    about = roles.subjects([f"{other['text']} {other.get('before', '')}" for other in tables if other["title"] == table["title"]], known)
    force = {"commitment": "promised"}.get(table["kind"]) or roles.force(table["text"], table.get("lead_in", ""), known)
    return Item("invented", table["kind"], "invented", 1, table["text"], table.get("lead_in", ""), table.get("section", ""), table.get("before", ""),
                table.get("actor", ""), force, table["title"], table["published"], table["nation"], about)


def _judge(found: Labels, tables: Tables, split: str, totals) -> None:
    for item, row, kind in _pairs(found, tables):
        _roles(item, row, kind, tables, split, totals)
        _themes(item, row, kind, tables, split, totals)
    _measures(found, tables, split, totals)


def _pairs(found: Labels, tables: Tables) -> Iterator[tuple[dict, dict, str]]:
    """(label, row, kind) of every labelled item that stands in the tables."""
    for item in found.items:
        table, column = TABLES[item["kind"]]
        for row in tables.get(table, ()):
            words = " ".join(row[column].split())
            if row["document"] == found.document and row["page"] == item["page"] and words.startswith(item["from"]) and words.endswith(item["to"]):
                yield item, row, item["kind"]
                break


def _count(totals, task: str, label: str, split: str, tp: int = 0, fp: int = 0, fn: int = 0) -> None:
    for name in (label, "all"):
        tally = totals[task, name, split]
        tally.tp, tally.fp, tally.fn = tally.tp + tp, tally.fp + fp, tally.fn + fn


def _roles(item: dict, row: dict, kind: str, tables: Tables, split: str, totals) -> None:
    """Role hits by their own basis; one of the right role and the other basis counts where the label puts it. Then the force."""
    gold = _roles_of(item)
    ours = {h["role"]: h for h in tables["role_hits"] if h["item"] == row["id"] and h["item_kind"] == kind and h["force"] != "none"}
    for role in gold.keys() | ours.keys():
        if role in item.get("maybe", ()):
            continue
        task = "role-" + (gold.get(role) or ours[role]["basis"])
        task = "role-nobody" if role == NOBODY else task
        _count(totals, task, role, split, tp=role in gold and role in ours, fp=role not in gold, fn=role not in ours)
    if item.get("force"):
        force = row.get("force") or next((h["force"] for h in ours.values()), None)
        if force:
            right = force in item["force"]
            _count(totals, "force", force if right else item["force"][0], split, tp=right, fn=not right)
            if not right:
                totals["force", force, split].fp += 1


def _themes(item: dict, row: dict, kind: str, tables: Tables, split: str, totals) -> None:
    if "themes" not in item:     # labelled for roles only
        return
    ours = {h["theme"] for h in tables["theme_hits"] if h["item"] == row["id"] and h["item_kind"] == kind}
    gold = set(item["themes"])
    for theme in (gold | ours) - set(item.get("themes_maybe", ())):
        _count(totals, "theme", theme, split, tp=theme in gold & ours, fp=theme not in gold, fn=theme not in ours)


def _measures(found: Labels, tables: Tables, split: str, totals) -> None:
    """Measures by page and words under the first scheme; the type must be right too, one of those that the passes gave. One in `maybe` is neither missed nor wrong."""
    scheme = next((row["scheme"] for row in tables["measures"]), None)
    ours = [row for row in tables["measures"] if row["document"] == found.document and row["page"] in found.pages and row["scheme"] == scheme]
    for gold in found.measures:
        hit = next((row for row in ours if row["page"] == gold["page"] and row["type"] in gold["type"] and _overlap(row["words"], gold["words"])), None)
        hit = hit or (next((row for row in ours if row["page"] == gold["page"] and _overlap(row["words"], gold["words"])), None) if gold.get("maybe") else None)
        if hit:
            ours.remove(hit)
        if not gold.get("maybe"):
            _count(totals, "measure", hit["type"] if hit else gold["type"][0], split, tp=hit is not None, fn=hit is None)
    for row in ours:
        _count(totals, "measure", row["type"], split, fp=1)


def _overlap(a: str, b: str) -> bool:
    one, two = ({w for w in text.casefold().split() if len(w) > 2} for text in (a, b))
    return len(one & two) * 2 >= min(len(one), len(two))
