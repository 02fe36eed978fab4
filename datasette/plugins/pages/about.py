"""How it was made: methods from the rules that ran, measured accuracy, files to take away."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from .rows import Ask

LABELLED = "The labels against which this was measured were made by a language model, in independent passes, and not by people."
FILES = {"csv": "CSV, one table, complete", "xlsx": "Excel workbook", "json": "JSON, one table, complete", "docx": "Word, a board paper"}


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


def accuracy(ask: Ask) -> dict:
    """The page `/accuracy`: precision, recall and F1 for each label, on the documents set apart and on those used."""
    tasks: dict[tuple[str, str], list] = defaultdict(list)
    for row in ask.db.all("select * from accuracy order by split desc, task, n desc, label"):
        tasks[row["split"], row["task"]].append(row)
    return {"title": "Accuracy", "tasks": [{"split": split, "task": task, "rows": rows} for (split, task), rows in tasks.items()],
            "labelled": LABELLED, "documents": list(ask.facts.documents.values()),
            "headline": ask.db.all("select h.* from headline h join documents d on d.id = h.document where h.section = ''"
                                   " order by d.kind, d.published, d.id, h.measure")}


def downloads(ask: Ask) -> dict:
    """The page `/downloads`: files made when the database was built, each complete."""
    folder = Path(ask.site["files"]) if ask.site["files"] else None
    files = sorted(folder.iterdir()) if folder and folder.is_dir() else []
    rows = [{"name": file.name, "size": file.stat().st_size, "type": FILES.get(file.suffix[1:], "")} for file in files
            if file.suffix[1:] in FILES or file.name in ("SHA256SUMS", "README.txt")]
    return {"title": "Downloads", "files": rows, "tables": _tables(ask)}


def _tables(ask: Ask) -> list[str]:
    return [row[0] for row in ask.db.all("select name from sqlite_master where type = 'table' and name not like '%_fts%'"
                                         " and name not like 'sqlite_%' order by name")]


def about(ask: Ask) -> dict:
    """The page `/about`: what this is, what it is not, and to whom to write."""
    return {"title": "About", "sets": ask.db.all("select set_name, count(*) as n from documents group by set_name order by set_name"),
            "problems": ask.db.all("select * from documents where status <> 'read' order by status, id")}
