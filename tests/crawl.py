"""Walks the site in-process: every page that can be reached, every number on them, and what its link returns."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bs4 import BeautifulSoup

from policytrack import serve


class Reader:
    """Asks a site for pages, in-process."""

    def __init__(self, db: Path, site: Path, profile: serve.Profile = "public", files: Path | None = None):
        self.loop = asyncio.new_event_loop()
        self.datasette = serve.application(db, site, profile, "editor@example.org", files)
        self.loop.run_until_complete(self.datasette.invoke_startup())

    def get(self, path: str):
        """The response under an address; redirects are followed."""
        return self.loop.run_until_complete(self.datasette.client.get(path, follow_redirects=True))

    def soup(self, path: str) -> BeautifulSoup:
        """The page under an address, which must be there."""
        response = self.get(path)
        assert response.status_code == 200, path
        return BeautifulSoup(response.text, "lxml")


def _ours(link: str) -> bool:
    return link.startswith("/") and not link.startswith(("/assets/", "/policytrack.db", "/search.csv"))


def rows(site: Reader, link: str) -> int:
    """How many rows an address returns: of a table by its own count, of a page by its stated total."""
    path, _, query = link.partition("#")[0].partition("?")
    if path.startswith("/policytrack/"):
        return site.get(f"{path}.json?{query}{'&' if query else ''}_size=1").json()["filtered_table_rows_count"]
    return int(site.soup(link.partition("#")[0]).select_one("[data-total]")["data-total"])


def wrong(site: Reader, link: str, n: int) -> str:
    """What is wrong with a number and its link, or ''."""
    found = rows(site, link)
    return "" if found == n else f"{link}: the page says {n}, the link returns {found}"


def crawl(site: Reader, most: int = 400) -> tuple[set[str], set[tuple[str, int]]]:
    """Every page of ours that can be reached, and every number on them with its link."""
    waiting, seen, numbers = ["/"], set(), set()
    while waiting and len(seen) < most:
        path = waiting.pop(0).partition("#")[0]
        if path in seen:
            continue
        seen.add(path)
        response = site.get(path)
        assert response.status_code == 200, path
        if "html" not in response.headers["content-type"]:
            continue
        page = BeautifulSoup(response.text, "lxml")
        numbers |= {(a["href"], int(a["data-n"])) for a in page.select("a.n")}
        waiting += [a["href"] for a in page.select("a[href]") if _ours(a["href"]) and not a["href"].startswith("/policytrack")]
    return seen, numbers
