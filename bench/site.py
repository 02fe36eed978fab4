"""How fast the site answers: fifty readers with one page each per five seconds, then four that never rest.

    python bench/site.py library.db [--seconds 30]

Prints the median and the 95th percentile of the first, and of the second the rate as a ratio to Datasette's own table page in
the same run, since the rate alone says more of the machine than of the site.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import httpx

SERVER = """
import sys
from pathlib import Path
import uvicorn
from policytrack import serve
app = serve.application(Path(sys.argv[1]), Path(sys.argv[2]), "public", "bench@example.org").app()
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[3]), log_level="error")
"""
WORDS = ["support", "local authorities", "publish*", "data", "review", "training", '"work with"', "drug*", "health", "funding"]
FIXED = ["/", "/documents", "/recommendations", "/search?kind=commitment&category=specific", "/for", "/counts",
         "/claims", "/methods", "/organisations", "/themes", "/accuracy", "/silence"]


def pages(db: Path, n: int = 60) -> list[str]:
    """Addresses as readers would ask for them: the fixed pages, and a fair draw of each kind of page."""
    draw = random.Random(7)
    with sqlite3.connect(f"{db.resolve().as_uri()}?immutable=1", uri=True) as connection:
        def ids(table: str) -> list[str]:
            found = [key for (key,) in connection.execute(f"select id from {table} order by id")]
            return draw.sample(found, min(n // 4, len(found)))
        kinds = {"documents": "documents", "commitments": "commitments", "recommendations": "recommendations",
                 "organisations": "organisations", "themes": "themes", "for": "roles"}
        found = [f"/{folder}/{quote(key, safe='')}" for folder, table in kinds.items() for key in ids(table)]
        read = [f"/documents/{quote(document, safe='')}/pages/{page}" for document, page in connection.execute(
            "select document, page from pages order by document, page")]
    found += draw.sample(read, min(n // 3, len(read))) + [f"/search?q={quote(words)}" for words in WORDS] + FIXED
    draw.shuffle(found)
    return found


async def _timed(client: httpx.AsyncClient, path: str) -> float:
    start = time.perf_counter()
    response = await client.get(path)
    if response.status_code != 200:
        raise SystemExit(f"{path}: {response.status_code}")
    return time.perf_counter() - start


async def readers(client: httpx.AsyncClient, paths: list[str], n: int, seconds: float, pause: float = 5.0) -> list[float]:
    """`n` readers, one page each per `pause` seconds, none of them in step."""
    taken: list[float] = []
    end = time.perf_counter() + seconds

    async def reader(k: int) -> None:
        draw = random.Random(k)
        await asyncio.sleep(pause * k / n)
        while time.perf_counter() < end:
            start = time.perf_counter()
            taken.append(await _timed(client, draw.choice(paths)))
            await asyncio.sleep(max(0.0, pause - (time.perf_counter() - start)))
    await asyncio.gather(*(reader(k) for k in range(n)))
    return taken


async def closed(client: httpx.AsyncClient, paths: list[str], n: int, seconds: float) -> float:
    """Pages per second with `n` readers that never rest."""
    waiting, done, end = cycle(paths), 0, time.perf_counter() + seconds

    async def reader() -> None:
        nonlocal done
        while time.perf_counter() < end:
            await _timed(client, next(waiting))
            done += 1
    start = time.perf_counter()
    await asyncio.gather(*(reader() for _ in range(n)))
    return done / (time.perf_counter() - start)


async def measured(base: str, paths: list[str], seconds: float) -> dict:
    """All figures of one run."""
    async with httpx.AsyncClient(base_url=base, timeout=60, limits=httpx.Limits(max_connections=60)) as client:
        slow = {path: await _timed(client, path) for path in paths}
        open_loop = sorted(await readers(client, paths, 50, seconds))
        ours = await closed(client, paths, 4, seconds / 2)
        table = await closed(client, ["/policytrack/commitments"], 4, seconds / 2)
    worst = sorted(slow, key=slow.get, reverse=True)[:8]
    return {"pages": len(open_loop), "median_ms": round(1000 * statistics.median(open_loop), 1),
            "p95_ms": round(1000 * open_loop[int(len(open_loop) * 0.95)], 1), "closed_ours_per_s": round(ours, 1),
            "closed_table_per_s": round(table, 1), "ratio": round(ours / table, 2),
            "slowest_alone_ms": {path: round(1000 * slow[path]) for path in worst}}


def main() -> None:
    """Starts a server, asks it, prints what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db", type=Path)
    parser.add_argument("--site", type=Path, default=Path("datasette"))
    parser.add_argument("--seconds", type=float, default=30)
    given = parser.parse_args()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(given.db), str(given.site), str(port)])
    try:
        base, deadline = f"http://127.0.0.1:{port}", time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                httpx.get(base, timeout=60)
                break
            except httpx.ConnectError:
                time.sleep(0.2)
        print(json.dumps(asyncio.run(measured(base, pages(given.db), given.seconds)), indent=1))
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
