"""Starts the site: one database, one configuration directory, one of two profiles.

`public` is for the open internet: no SQL of a reader's own, a file that cannot change, one second a query,
and an address to write to. `open` is for one's own machine: everything Datasette can do.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from pathlib import Path
from typing import Literal

from policytrack.model import BadInput

Profile = Literal["public", "open"]
NAME = "policytrack"                     # metadata.yml and every saved query speak of the database by this name
SETTINGS = {                             # Datasette's own stream of a table took a core for minutes; `pages/tables.py` answers with one query instead
    "sql_time_limit_ms": 1000, "facet_time_limit_ms": 1000, "facet_suggest_time_limit_ms": 20, "default_page_size": 50,
    "max_returned_rows": 1000, "num_sql_threads": 3, "default_cache_ttl": 300, "allow_download": True, "allow_csv_stream": False,
    "suggest_facets": False, "default_facet_size": 20, "max_csv_mb": 0, "template_debug": False, "trace_debug": False,
}


def inspected(db: Path) -> dict:
    """What `datasette inspect` would say of `db`: its hash, size and rows per table, so that no page has to count."""
    digest = hashlib.sha256()
    with db.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    with sqlite3.connect(f"{db.resolve().as_uri()}?immutable=1", uri=True) as connection:
        names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        counts = {name: {"count": connection.execute(f'select count(*) from "{name}"').fetchone()[0]} for name in names}
    return {NAME: {"hash": digest.hexdigest(), "size": db.stat().st_size, "file": str(db), "tables": counts}}


def _checked(db: Path) -> None:
    if not db.is_file():
        raise BadInput(db, "there is no such database", "build one with `policytrack build`")
    try:
        with sqlite3.connect(f"{db.resolve().as_uri()}?immutable=1", uri=True) as connection:
            connection.execute("select id from documents limit 1")
    except sqlite3.DatabaseError as error:
        raise BadInput(db, f"this is no policytrack database ({error})", "build one with `policytrack build`") from None


def _publishable(db: Path) -> None:
    """Raises BadInput where the database holds the full text of documents that are not open."""
    with sqlite3.connect(f"{db.resolve().as_uri()}?immutable=1", uri=True) as connection:
        held = [title for (title,) in connection.execute("select distinct title from documents join pages on document = documents.id where open = 0 order by 1")]
    if held:
        raise BadInput(db, f"this private working copy holds the full text of {len(held)} document{'s' if len(held) > 1 else ''} that "
                       f"{'are' if len(held) > 1 else 'is'} not open ({held[0]}{' …' if len(held) > 1 else ''})",
                       "build with --public, or say --allow-private where every reader may read them")


def _metadata(site: Path, profile: Profile, contact: str | None) -> dict:
    from datasette.utils import parse_metadata

    path = site / "metadata.yml"
    if not path.is_file():
        raise BadInput(path, "the site's files are not here", "give the folder that holds metadata.yml")
    metadata = parse_metadata(path.read_text(encoding="utf-8"))
    ours = metadata.setdefault("plugins", {}).setdefault("policytrack-site", {})
    ours["profile"] = profile
    ours["contact"] = contact or ours.get("contact") or ""
    if profile == "public" and "@" not in ours["contact"] and not ours["contact"].startswith("https://"):
        raise BadInput("serve", "the public profile needs an address to which readers can write", "give --contact")
    return metadata


def application(db: Path, site: Path, profile: Profile = "open", contact: str | None = None, files: Path | None = None):
    """A Datasette instance over `db`, with the pages of `site`; `files` is a folder of release files to offer."""
    from datasette.app import Datasette
    from datasette.database import Database

    _checked(db)
    metadata = _metadata(site, profile, contact)
    metadata["plugins"]["policytrack-site"]["files"] = str(files or "")
    datasette = Datasette(
        files=[], metadata=metadata, inspect_data=inspected(db), template_dir=str(site / "templates"),
        plugins_dir=str(site / "plugins"), static_mounts=[("assets", str(site / "static"))],
        settings=SETTINGS | {"default_allow_sql": profile == "open"},
    )
    datasette.remove_database("_memory")
    datasette.add_database(Database(datasette, path=str(db), is_mutable=False), name=NAME)
    return datasette


def serve(db: Path, site: Path, host: str = "127.0.0.1", port: int = 8001, profile: Profile = "open",
          contact: str | None = None, private: bool = False) -> None:
    """Serves until stopped; release files are made beside the database first, where they are missing or old.

    Raises BadInput where the public profile is asked for text that may not be published, unless `private` says that
    whoever serves it answers for that.
    """
    _checked(db)
    print(f"starting {db.name}; the first time its release files are made, which can take half a minute …", file=sys.stderr, flush=True)
    import uvicorn

    from policytrack import downloads

    _metadata(site, profile, contact)
    if profile == "public" and not private:
        _publishable(db)
    try:
        files = downloads.made(db, db.with_suffix(".files"))
    except OSError as error:                 # a folder that may not be written to: the site stands without the files
        print(f"no release files: {error}", file=sys.stderr)
        files = None
    app = application(db, site, profile, contact, files).app()
    print(f"http://{host}:{port}/", flush=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", lifespan="on", workers=None)
