"""How it was made: methods from the rules that ran, measured accuracy, files to take away."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from . import said
from .rows import Ask, Row

LABELLED = "The labels against which this was measured were made by a language model, in independent passes, and not by people."
FILES = ("csv", "xlsx", "json", "docx")


def methods(ask: Ask) -> dict:
    """The page `/methods`: the rules that gave points, marked words and decided stances, with how often each did."""
    db = ask.db
    return {
        "title": "Methods", "runs": db.all("select key, value from runs order by key"),
        "points": db.all("select facet, cue, points, count(*) as n, min(words) as words from grade_points group by facet, cue, points"
                         " order by facet, n desc, cue"),
        "hedges": db.all("select cue, count(*) as n, min(words) as words from hedges group by cue order by n desc, cue"),
        "facets": db.all("select facet, cue, count(*) as n, min(words) as words from facets group by facet, cue order by facet, n desc, cue"),
        "stances": db.all("select method, explicit, count(*) as n from stances group by method, explicit order by n desc"),
        "links": db.all("select method, count(*) as n, min(score) as low from links group by method order by n desc"),
        "phrases": db.all("select rule, count(distinct phrase) as n from phrase_counts group by rule order by rule"),
        "roles": db.all("select role, basis, reason, count(*) as n, min(words) as words from role_hits group by role, basis, reason"
                        " order by role, basis desc, n desc limit 400"),
        "unlinked": db.all("select item_kind, reason, count(*) as n from unlinked group by item_kind, reason order by n desc"),
    }


FIRST = ("role", "band", "category", "facet", "recommendation", "link-by-id", "link-by-text", "stance", "role-named", "role-implied",
         "role-nobody", "force", "theme", "measure")           # the order of the pages; what is left is detail
GLANCE = (("role", "commitment", "Commitments"), ("role", "expectation", "Expectations of others"), ("role", "recommendation", "Recommendations"),
          ("category", "concrete or vague", "Whether a commitment is specific or not"), ("facet", "deadline", "Deadlines"), ("facet", "amount", "Amounts of money"),
          ("stance", "all", "Stance of an answer to a recommendation"))
GIVEN = ("category", "stance")           # every one has a label, so none is there to be found
PARTS = {"test": "On documents set apart, whose labels were not read while this was built", "tune": "On documents that were used while this was built"}


def accuracy(ask: Ask) -> dict:
    """The page `/accuracy`: how often each judgement is right, on the documents set apart first, in counts a reader can picture."""
    tasks: dict[tuple[str, str], list] = defaultdict(list)
    for row in ask.db.all("select * from accuracy order by rowid"):
        tasks[row["split"], row["task"]].append(row)
    parts = [{"title": title, "split": split, "tasks": _tasks(tasks, split, ask)} for split, title in PARTS.items()]
    shown = {(split, task) for split in PARTS for task in FIRST}
    rest = [{"title": f"{said.TASKS.get(task, task)} ({_split(split)})", "rows": _labelled(rows, ask)} for (split, task), rows in tasks.items()
            if (split, task) not in shown]
    return {"title": "Accuracy", "parts": [part for part in parts if part["tasks"]], "rest": rest, "labelled": LABELLED, "bands": bands(ask),
            "subject": ask.site["measured"].get("subject", ""), "glance": _glance(tasks),
            "documents": {split: ask.site["measured"].get(split, []) for split in PARTS}}


def _tasks(tasks: dict, split: str, ask: Ask) -> list[dict]:
    return [{"title": said.TASKS[task], "rows": _labelled(tasks[split, task], ask), "alone": task == "band"} for task in FIRST if (split, task) in tasks]


def _labelled(rows: list[Row], ask: Ask) -> list[dict]:
    known = ask.facts.roles | ask.facts.themes
    return [{**dict(row), "said": said.label(row["task"], row["label"], known)} for row in rows if row["n"]]


def _split(split: str) -> str:
    return {"test": "documents set apart", "tune": "documents used"}.get(split, split.replace("tune, ", "documents used, ").replace(
        "rules alone", "by the rules alone, without the trained part").replace("specimen", "specimens only").replace("library", "published documents only"))


def _glance(tasks: dict) -> list[dict]:
    """For each thing that is judged and each split: of a hundred said, how many are right; of a hundred to be found, how many are found."""
    found = [{"name": name, "all": task in GIVEN, "splits": [next((row for row in tasks.get((split, task), ()) if row["label"] == label and row["n"]), None)
                                                             for split in PARTS]} for task, label, name in GLANCE]
    return [row for row in found if any(row["splits"])]


def bands(ask: Ask) -> list[dict]:
    """What each word for certainty has meant where it was measured: how many in a hundred were right, with the interval."""
    rows = {(row["split"], row["label"]): row for row in ask.db.all("select * from accuracy where task = 'band'")}
    return [{"name": name, "tune": rows.get(("tune", name)), "test": rows.get(("test", name))} for name in ("clear", "likely", "unsure")]


def downloads(ask: Ask) -> dict:
    """The page `/downloads`: files made for this database, each complete: for people first, then for programs, table by table."""
    folder = Path(ask.site["files"]) if ask.site["files"] else None
    files = {file.name: {"name": file.name, "size": file.stat().st_size} for file in sorted(folder.iterdir())
             if file.suffix[1:] in FILES or file.name in ("SHA256SUMS", "README.txt")} if folder and folder.is_dir() else {}
    papers = [{**files[name], "role": row} for key, row in ask.facts.roles.items() if (name := f"board-paper-{key}.docx") in files]
    tables = [{"name": name, "files": [{**files[file], "type": file.rsplit(".", 1)[1].upper()} for file in (f"{name}.csv", f"{name}.json") if file in files],
               "n": ask.db.value(f'select count(*) from "{name}"')} for name in _tables(ask)]
    return {"title": "Downloads", "any": bool(files), "workbook": files.get("policytrack.xlsx"), "papers": papers,
            "data": [each for each in tables if each["files"]], "more": [files[name] for name in ("README.txt", "SHA256SUMS") if name in files],
            "tables": _tables(ask)}


def _tables(ask: Ask) -> list[str]:
    return [row[0] for row in ask.db.all("select name from sqlite_master where type = 'table' and name not like '%_fts%'"
                                         " and name not like 'sqlite_%' order by name")]


def about(ask: Ask) -> dict:
    """The page `/about`: what this is, what it is not, and to whom to write."""
    return {"title": "About", "bands": bands(ask), "sets": ask.db.all("select set_name, count(*) as n from documents group by set_name order by set_name"),
            "problems": ask.db.all("select * from documents where status <> 'read' order by status, id")}
