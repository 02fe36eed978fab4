"""How long counting takes on a million words: `python bench/count.py DB` repeats the database's text until there are so many.

Prints seconds per phrase and rule (under 1 s each), and the ratio of the substring rule to a plain scan of the pages.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from policytrack import count, publish

PHRASES = ("support", "work with", "directors of public health", "encourage")


def repeated(source: Path, target: Path, words: int = 1_000_000) -> int:
    """A database with the source's pages and tokens repeated as further documents; how many words it holds."""
    db = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    rows = {t: [dict(r) for r in db.execute(f"SELECT * FROM {t}")] for t in ("organisations", "documents", "pages", "tokens")}
    times = -(-words // len(rows["tokens"]))
    tables = {"organisations": rows["organisations"]}
    for table, key in (("documents", "id"), ("pages", "document"), ("tokens", "document")):
        tables[table] = [r | {key: f"{r[key]}-{n}"} for n in range(times) for r in rows[table]]
    publish.publish(target, tables)
    return len(tables["tokens"])


def main() -> None:
    """Builds the large database and prints the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.db"
        print(f"{repeated(Path(sys.argv[1]), path):,} words")
        db = sqlite3.connect(path)
        for phrase in PHRASES:
            for rule in count.rules_for(phrase):
                begun = time.perf_counter()
                hits = len(count.hits(db, phrase, rule))
                print(f"{phrase!r} {rule}: {hits} hits in {time.perf_counter() - begun:.3f} s")
        begun = time.perf_counter()
        scanned = sum(len(re.findall("directors of public health", text, re.IGNORECASE)) for (text,) in db.execute("SELECT text FROM pages"))
        scan = time.perf_counter() - begun
        begun = time.perf_counter()
        count.hits(db, "directors of public health", "substring")
        print(f"substring by index / plain scan of all pages: {(time.perf_counter() - begun) / scan:.2f} ({scanned} hits)")


if __name__ == "__main__":
    main()
