"""Looks at the whole site over a given database: `python -m bench.audit library.db`, from the checkout's folder.

Follows links until there are no more or enough, checks that every number equals the rows its link returns, and lets axe look at
each kind of page at both widths. Prints what is wrong; the exit code is 1 if anything is.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests import browser
from tests.crawl import Reader, crawl, wrong

from policytrack import serve


def kinds(paths: set[str], each: int) -> list[str]:
    """A few addresses of each kind of page, the kind being its first word and whether it asks for something."""
    found: dict[str, list[str]] = {}
    for path in sorted(paths):
        words = path.partition("?")[0].split("/")
        kind = f"{words[1]} {len(words)} {'?' in path}"
        found.setdefault(kind, []).append(path)
    return [path for paths in found.values() for path in paths[:: max(1, len(paths) // each)][:each]]


def looked_at(db: Path, site: Path, paths: list[str]) -> list[str]:
    """What axe finds, and pages wider than the window."""
    found = []
    app = serve.application(db, site, "public", "audit@example.org").app()
    with browser.served(app) as base, tempfile.TemporaryDirectory() as profile, browser.chromium(Path(profile), scripts=True) as driver:
        for width in browser.WIDTHS:
            browser.sized(driver, width)
            for path in paths:
                driver.get(base + path)
                found += [f"{path} at {width}: {line}" for line in browser.violations(driver)]
                if (wide := driver.execute_script("return document.documentElement.scrollWidth")) > width:
                    found.append(f"{path} at {width}: {wide} pixels wide")
    return found


def main() -> None:
    """Prints what was looked at and what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db", type=Path)
    parser.add_argument("--site", type=Path, default=Path("datasette"))
    parser.add_argument("--most", type=int, default=1500, help="pages to crawl")
    parser.add_argument("--each", type=int, default=2, help="pages of each kind in the browser")
    given = parser.parse_args()
    reader = Reader(given.db, given.site)
    seen, numbers = crawl(reader, given.most)
    problems = [line for link, n in sorted(numbers) if (line := wrong(reader, link, n))]
    paths = [] if browser.missing() else kinds({path for path in seen if ".atom" not in path and ".ics" not in path and not path.startswith("/downloads/")}, given.each)
    problems += looked_at(given.db, given.site, paths) if paths else []
    print("\n".join(problems))
    print(f"{len(seen)} pages, {len(numbers)} numbers, {len(paths)} pages in the browser at two widths: {len(problems)} problems")
    raise SystemExit(1 if problems else 0)


if __name__ == "__main__":
    main()
