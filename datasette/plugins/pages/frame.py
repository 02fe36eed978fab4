"""Between the web and the readers: requests become questions, answers become pages, headers keep hostile text inert."""

from __future__ import annotations

import re
import sqlite3
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlencode
from weakref import WeakKeyDictionary

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound, Response, asgi_send_file
from markupsafe import Markup

from policytrack.falls import day

from .feeds import ahead
from .index import Index
from .rows import Ask, Facts, Missing, Rows, address, facts, table
from .said import figure, measured, problem, said
from .tables import answered, complete, tabled, unlimited, whole

LIMIT_MS = 3000
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KNOWN: WeakKeyDictionary = WeakKeyDictionary()
STRICT = ("default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none';"
          " frame-ancestors 'none'")
EDITOR = STRICT.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; connect-src 'self'")


def database(datasette):
    """The database that the pages speak of."""
    if "policytrack" in datasette.databases:
        return datasette.databases["policytrack"]
    return next(db for name, db in datasette.databases.items() if not name.startswith("_"))


async def known(datasette) -> Facts:
    """The shared facts, read once per Datasette."""
    if datasette not in _KNOWN:
        _KNOWN[datasette] = await database(datasette).execute_fn(_read)
    return _KNOWN[datasette]


def _read(connection: sqlite3.Connection) -> Facts:
    from policytrack import charts

    db = Rows(connection)
    found = facts(db)
    found.index = Index(db, found)
    stored = db.all("select name, svg from charts") if db.has("charts") else charts.charts(connection)
    found.cache["charts"] = {name: svg for name, svg in map(tuple, stored)}
    return found


def settled(datasette, environment) -> None:
    """Lets Datasette's own error page, which no hook can give variables to, stand in our frame."""
    environment.filters.update(filters())
    environment.globals["site"] = shared(datasette, _KNOWN[datasette])


def settings(datasette) -> dict:
    """Profile, contact and the folder of release files, as `policytrack serve` passed them."""
    given = (datasette.metadata("plugins") or {}).get("policytrack-site") or {}
    return {"profile": given.get("profile", "open"), "contact": given.get("contact") or "", "files": given.get("files") or "",
            "measured": given.get("measured") or {}}


def shared(datasette, known_facts: Facts) -> dict:
    """What the frame around every page needs."""
    charts, today = known_facts.cache.get("charts", {}), date.today().isoformat()
    return {**settings(datasette), "facts": known_facts, "chart": lambda name: Markup(charts.get(name, "")), "table": table,
            "whole": lambda name, suffix: whole(settings(datasette)["files"], name, suffix), "address": address, "today": today,
            "calendar": lambda **chosen: address("/deadlines.ics", **chosen) if ahead(known_facts, today, **chosen) else ""}


def _asked(request, connection, known_facts: Facts, site: dict) -> Ask:
    parts = {key: unquote(value) for key, value in request.url_vars.items()}
    query = parse_qs(request.query_string, max_num_fields=60)
    base = f"{request.scheme}://{request.host}"
    return Ask(Rows(connection), known_facts, parts, query, date.today(), {**site, "base": base})


async def _answer(datasette, request, reader):
    """What a reader function answers, within the time limit of one page."""
    known_facts, site = await known(datasette), settings(datasette)

    def within(connection):
        with sqlite_timelimit(connection, LIMIT_MS):
            return reader(_asked(request, connection, known_facts, site))
    return await database(datasette).execute_fn(within)


def page(template: str, reader):
    """A view that shows what `reader` answers in `template`."""
    async def view(request, datasette):
        context = await _answer(datasette, request, reader)
        return Response.html(await _rendered(datasette, request, template, context), headers={"cache-control": "max-age=300"})
    return excused(view)


async def _rendered(datasette, request, template: str, context: dict) -> str:
    frame = {"request": request, "urls": datasette.urls, "site": shared(datasette, await known(datasette)), "ours": True}
    return await datasette.jinja_env.get_template(template).render_async({**context, **frame})


def excused(view):
    """The view, with an error page instead of an error; only what is our mistake leaves a traceback in the log."""
    async def answered(request, datasette):
        try:
            return await view(request, datasette)
        except Missing as missing:
            status, title, error = 404, "Not found", str(missing)
        except ValueError as wrong:
            status, title, error = 400, "This address cannot be read", str(wrong)
        except sqlite3.OperationalError as stopped:
            if "interrupted" not in str(stopped):
                raise
            status, title, error = 503, "Stopped", "This took too long and was stopped; ask for less at a time."
        return Response.html(await _rendered(datasette, request, "error.html", {"title": title, "error": error}), status=status)
    return answered


def nothing(ask: Ask) -> dict:
    """The answer to every address that is not ours and not Datasette's."""
    raise Missing("There is no page under this address.")


def raw(reader, content_type: str, name: str = ""):
    """A view that sends the bytes `reader` answers, to be saved under `name` where one is given."""
    saved_as = {"content-disposition": f'attachment; filename="{name}"'} if name else {}

    async def view(request, datasette):
        body = await _answer(datasette, request, reader)
        return Response(body.decode(), headers={"cache-control": "max-age=300", **saved_as}, content_type=content_type)
    return excused(view)


def filed(reader, content_type: str):
    """A view that sends the bytes `reader` answers as a file of the name that it answers."""
    async def view(request, datasette):
        body, name = await _answer(datasette, request, reader)
        return Response(body, headers={"cache-control": "max-age=300", "content-disposition": f'attachment; filename="{name}"'}, content_type=content_type)
    return excused(view)


def redirected(reader):
    """A view that sends the browser where `reader` says."""
    async def view(request, datasette):
        return Response.redirect(await _answer(datasette, request, reader))
    return excused(view)


async def saved(request, datasette, send):
    """One release file, as it was made."""
    folder = settings(datasette)["files"]
    name = request.url_vars["name"]
    path = Path(folder) / name
    if not folder or not path.is_file() or path.parent.resolve() != Path(folder).resolve():
        raise NotFound("There is no such file.")
    types = {".csv": "text/csv; charset=utf-8", ".json": "application/json; charset=utf-8", ".docx": WORD, ".xlsx":
             "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    await asgi_send_file(send, str(path), filename=name, content_type=types.get(path.suffix, "text/plain; charset=utf-8"))


async def question(request, datasette):
    """Every row of a ready-made question as CSV, however many there are."""
    canned = await datasette.get_canned_query("policytrack", unquote(request.url_vars["name"]), None)
    if not canned:
        raise Missing("There is no such question.")

    def within(connection):
        with sqlite_timelimit(connection, LIMIT_MS):
            return answered(connection, canned["sql"], {name: request.args.get(name) or "" for name in re.findall(r":(\w+)", canned["sql"])})
    return Response(await database(datasette).execute_fn(within), content_type="text/csv; charset=utf-8")


async def rows(request, datasette):
    """Every row of a filtered table as CSV, by one query within the time limit of one page.

    Datasette itself says what the filters mean: it is asked for one row, and for the query by which it found it.
    """
    name = unquote(request.url_vars["name"])
    if name not in tabled(datasette):
        raise Missing("There is no such table.")
    asked = [(key, value) for key, value in parse_qsl(request.query_string, keep_blank_values=True, max_num_fields=60)
             if key not in ("_size", "_stream", "_next", "_shape", "_extra", "_facet", "_json", "_labels", "_ttl")]
    page = await datasette.client.get(f"/policytrack/{quote(name, safe='')}.json?{urlencode([*asked, ('_size', '1'), ('_nofacet', '1'), ('_nocount', '1')])}")
    if page.status_code != 200:
        raise ValueError(page.json().get("error") or "These filters cannot be read.")
    query = page.json()["query"]

    def within(connection):
        with sqlite_timelimit(connection, LIMIT_MS):
            return answered(connection, unlimited(query["sql"]), query["params"])
    return Response(await database(datasette).execute_fn(within), headers={"cache-control": "max-age=300"}, content_type="text/csv; charset=utf-8")


async def robots(request, datasette):
    """Pages may be read by crawlers; the endless ways to filter a table may not."""
    lines = ["User-agent: *", "Disallow: /policytrack", "Disallow: /-/", "Disallow: /rows/", "Disallow: /search?", "Disallow: /search.csv", "Disallow: /recommendations?",
             "Crawl-delay: 5", ""]
    return Response.text("\n".join(lines))


def filters() -> dict:
    """Names by which templates call them."""
    return {"thousands": lambda n: f"{n or 0:,}", "plain": lambda text: (text or "").replace("_", " ").replace("-", " "),
            "day": day, "part": lambda text: quote(text or "", safe=""), "share": share, "said": lambda value, column: said(column, value), "held": held, "figure": figure, "measured": measured, "problem": problem,
            "capfirst": lambda text: text[:1].upper() + text[1:], "s": lambda n: "" if n == 1 else "s"}


def held(value, column: str, known_facts: Facts) -> str:
    """A value of a table's column by the name a person knows: a document's title, a body's name, a stance in words."""
    rows = {"document": known_facts.documents, "about": known_facts.documents, "role": known_facts.roles, "theme": known_facts.themes}.get(
        column, known_facts.bodies if column in ("publisher", "responder", "actor_body", "passed_to") else {})
    if value in rows:
        return rows[value]["title"] if rows is known_facts.documents else rows[value]["name"]
    return said(column, value)


def share(n: int, total: int) -> str:
    """A share in whole per cent; nothing under 30, where a percentage would say more than it knows."""
    return f"{100 * n / total:.0f}%" if total >= 30 else ""


def guarded(app, datasette):
    """Adds security headers; sends `.csv` of a table to where all of its rows are."""
    async def wrapped(scope, receive, send):
        if scope["type"] != "http":
            return await app(scope, receive, send)
        path, query = scope["path"], scope.get("query_string", b"").decode("latin-1")
        if path.startswith("/policytrack/") and path.endswith(".csv") and (location := complete(datasette, path, query, settings(datasette)["files"])):
            await send({"type": "http.response.start", "status": 302, "headers": [(b"location", location.encode("latin-1"))]})
            return await send({"type": "http.response.body", "body": b""})
        editor = settings(datasette)["profile"] == "open" and path.startswith("/policytrack")
        return await app(scope, receive, _with_headers(send, EDITOR if editor else STRICT))
    return wrapped


def _with_headers(send, policy: str):
    extra = [(b"content-security-policy", policy.encode()), (b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin"),
             (b"x-frame-options", b"DENY"), (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
             (b"cross-origin-opener-policy", b"same-origin")]

    async def sending(message):
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *extra]}
        await send(message)
    return sending
