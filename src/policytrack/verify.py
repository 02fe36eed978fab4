"""A database -> what does not hold in it: one line per fault, nothing where all is well."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from policytrack.model import BadInput

# what must hold -> a query whose rows break it
RULES = {
    "a count is the number of its hits": "SELECT c.document, c.phrase, c.rule FROM phrase_counts c LEFT JOIN (SELECT document, phrase, rule, count(*) AS n FROM phrase_hits GROUP BY 1, 2, 3) h "
    "ON h.document = c.document AND h.phrase = c.phrase AND h.rule = c.rule WHERE c.hits != coalesce(h.n, 0)",
    "the points of a grade sum to its score": "SELECT c.id, c.score, p.total FROM (SELECT id, score FROM commitments UNION ALL SELECT id, score FROM expectations) c "
    "LEFT JOIN (SELECT commitment, sum(points) AS total FROM grade_points GROUP BY 1) p ON p.commitment = c.id WHERE c.score != coalesce(p.total, 0)",
    "only specific acts are concrete": "SELECT id, category, concrete FROM commitments WHERE (category = 'specific') != concrete",
    "a stance is a label or a gap, never both": "SELECT recommendation, responder FROM stances WHERE (stance IS NULL) = (gap IS NULL)",
    "a quotation stands in its passage": "SELECT c.id, c.document, c.page FROM commitments c JOIN passages p ON p.id = c.passage WHERE instr(p.text, c.quote) = 0",
    "a sum stands in its passage": "SELECT s.id, s.document, s.page FROM sums s JOIN passages p ON p.id = s.passage WHERE instr(p.text, s.quote) = 0 OR instr(s.quote, s.words) = 0",
    "a hit stands on its page": "SELECT h.document, h.page, h.phrase FROM phrase_hits h JOIN pages p ON p.document = h.document AND p.page = h.page "
    "WHERE substr(p.text, h.start + 1, h.\"end\" - h.start) != h.words AND substr(p.furniture, h.start + 1, h.\"end\" - h.start) != h.words",
}


def faults(path: Path) -> Iterator[str]:
    """Every fault: damage, dangling references, and rules of the tables that do not hold."""
    db = connect(path)
    damage = [row[0] for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
    yield from (f"damaged: {line}" for line in damage)
    yield from (f"{table} row {row} names a {parent} that is not there" for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"))
    for rule, query in RULES.items():
        yield from (f"{rule}: {' '.join(map(str, row))}" for row in db.execute(query))


def connect(path: Path) -> sqlite3.Connection:
    """The database read-only; BadInput where it is not there or not ours."""
    if not path.exists():
        raise BadInput(path, "no such database", "build it first")
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        db.execute("SELECT count(*) FROM runs")
    except sqlite3.DatabaseError as error:
        raise BadInput(path, f"not a policytrack database ({error})", "give a file that `policytrack build` made") from None
    return db


def same(a: Path, b: Path) -> bool:
    """Whether two databases are equal byte for byte."""
    return _digest(a) == _digest(b)


def _digest(path: Path) -> str:
    connect(path)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def quotation(path: Path, item: str) -> dict:
    """A quotation that will stand up: words, document, page, source and the hash of the file it stands in."""
    db = connect(path)
    for table, words in (("commitments", "quote"), ("expectations", "quote"), ("aspirations", "quote"), ("recommendations", "text"), ("responses", "text")):
        row = db.execute(f"SELECT t.{words}, t.page, d.title, d.publisher, d.published, d.url, d.sha256, d.quoted_via, d.set_name, d.status, d.unverified FROM {table} t "
                         "JOIN documents d ON d.id = t.document WHERE t.id = ?", (item,)).fetchone()
        if row:
            made = dict(zip(("words", "page", "title", "publisher", "published", "url", "sha256", "quoted_via", "set", "status", "unverified"), row, strict=True))
            made["url"] = None if made.pop("unverified") else made["url"]
            return {"id": item, "table": table} | made
    raise BadInput(item, "no such item in this database", "ids are those of commitments, expectations, aspirations, recommendations and responses")
