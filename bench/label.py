"""How fast `policytrack label` judges: sentences a second after start-up, rules alone and with the classifier, as ratios to a bare `encode`.

    python bench/label.py [--sentences N]

The sentences are those of the specimens, again and again with a number in each so that nothing is remembered. One process; all three in one run.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from policytrack import build, embed, label


def sentences(pipeline: Path, many: int) -> list[dict]:
    """`many` rows with the column `text`."""
    with tempfile.TemporaryDirectory() as folder:
        path = build.build(Path("corpus"), Path(folder) / "a.db", pipeline, Path(folder), None, "specimen").path
        known = [row[0] for row in sqlite3.connect(path).execute("SELECT text FROM passages WHERE zone = 'body' AND kind != 'heading' AND length(text) BETWEEN 40 AND 300 ORDER BY id")]
    return [{"text": f"{n // len(known) + 2} {known[n % len(known)]}" if n >= len(known) else known[n]} for n in range(many)]


def rate(judge: Callable[[list[dict]], object], rows: list[dict]) -> float:
    """Rows a second, after one small run that loads everything."""
    judge(rows[:20])
    begun = time.perf_counter()
    judge(rows)
    return len(rows) / (time.perf_counter() - begun)


def main() -> None:
    """Runs the three in turn and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=2000)
    pipeline = Path("pipelines")
    rows = sentences(pipeline, parser.parse_args().sentences)
    alone = rate(lambda part: list(label.statements(part, "text", "bench", pipeline, rules_only=True)), rows)
    both = rate(lambda part: list(label.statements(part, "text", "bench", pipeline)), rows)
    bare = rate(lambda part: embed.vectors([row["text"] for row in part]), rows)
    print(f"rules alone {alone:.0f} sentences a second (at least 200); with the classifier {both:.0f}; bare encode {bare:.0f}: ratios {alone / bare:.2f} and {both / bare:.2f}")


if __name__ == "__main__":
    main()
