"""Makes the pictures in the README: `python -m docs.make_screenshots specimen.db`, from the checkout's folder.

Only a database of specimens is shown, so that no published document's words enter the repository.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
from pathlib import Path
from urllib.parse import quote

from tests import browser

from policytrack import serve
from policytrack.model import BadInput

SIZES = {"wide": (1280, 860), "phone": (375, 760)}


def pages(db: Path) -> dict[str, str]:
    """What is pictured, by the name of its file."""
    with sqlite3.connect(f"{db.resolve().as_uri()}?immutable=1", uri=True) as connection:
        def first(sql: str) -> str:
            row = connection.execute(sql).fetchone()
            return quote(row[0], safe="") if row else ""
        if connection.execute("select 1 from documents where set_name <> 'specimen'").fetchone():
            raise BadInput(db, "this database holds real documents", "build the specimens alone")
        commitment = first("select c.id from commitments c join facets f on f.item = c.id group by c.id"
                           " order by count(distinct f.facet) desc, c.score desc, c.id")
        answered = first("select recommendation from stances where stance is not null order by explicit desc, recommendation")
        document = first("select document from commitments group by document order by count(*) desc")
    return {"front": "/", "document": f"/documents/{document}", "commitment": f"/commitments/{commitment}",
            "recommendation": f"/recommendations/{answered}" if answered else "/recommendations",
            "role": "/for/director-of-public-health", "search": "/search?q=publish*"}


def main() -> None:
    """Writes one PNG for each page and width."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("db", type=Path)
    parser.add_argument("--site", type=Path, default=Path("datasette"))
    parser.add_argument("--out", type=Path, default=Path("docs/screenshots"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    app = serve.application(given.db, given.site).app()
    with browser.served(app) as base, tempfile.TemporaryDirectory() as profile, browser.chromium(Path(profile)) as driver:
        for name, path in pages(given.db).items():
            for kind, (width, height) in SIZES.items():
                browser.sized(driver, width, height)
                driver.get(base + path)
                browser.pictured(driver, given.out / f"{name}-{kind}.png", whole=False)
                print(given.out / f"{name}-{kind}.png")


if __name__ == "__main__":
    main()
