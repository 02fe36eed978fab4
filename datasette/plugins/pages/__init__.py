"""The pages of the site: which address shows what, and the hooks through which Datasette asks."""

from __future__ import annotations

from datasette import hookimpl

from . import about, bodies, counting, document, feeds, front, money, recommendation, search, statement
from .frame import (
    WORD,
    excused,
    filed,
    guarded,
    known,
    nothing,
    page,
    question,
    raw,
    redirected,
    robots,
    rows,
    saved,
    settings,
    settled,
    shared,
)
from .tables import rendered_cell

PAGES = [
    (r"^/$", "front.html", front.front), (r"^/documents$", "documents.html", front.documents),
    (r"^/documents/(?P<id>[^/]+)$", "document.html", document.document),
    (r"^/documents/(?P<id>[^/]+)/pages/(?P<page>[0-9]{1,6})$", "reading.html", document.reading),
    (r"^/(?P<kind>commitments|expectations)/(?P<id>[^/]+)$", "statement.html", statement.statement),
    (r"^/search$", "search.html", search.search),
    (r"^/recommendations$", "recommendations.html", recommendation.recommendations),
    (r"^/recommendations/(?P<id>[^/]+)$", "recommendation.html", recommendation.recommendation),
    (r"^/for$", "roles.html", bodies.roles), (r"^/for/(?P<id>[^/]+)$", "role.html", bodies.role),
    (r"^/organisations$", "organisations.html", bodies.organisations),
    (r"^/organisations/(?P<id>[^/]+)$", "organisation.html", bodies.organisation),
    (r"^/themes$", "themes.html", bodies.themes), (r"^/themes/(?P<id>[^/]+)$", "theme.html", bodies.theme),
    (r"^/counts$", "counts.html", counting.counts), (r"^/claims$", "claims.html", counting.claims),
    (r"^/claims/(?P<id>[^/]+)$", "claim.html", counting.claim), (r"^/silence$", "silence.html", counting.silence),
    (r"^/money$", "money.html", money.money),
    (r"^/methods$", "methods.html", about.methods), (r"^/accuracy$", "accuracy.html", about.accuracy),
    (r"^/downloads$", "downloads.html", about.downloads), (r"^/about$", "about.html", about.about),
]


@hookimpl
def register_routes(datasette):
    """Our addresses, which Datasette tries before its own; its pages about the machine stay at home."""
    inward = [(r"^/-/(?!static)", page("error.html", nothing))] if settings(datasette)["profile"] == "public" else []
    return [
        *inward,
        *((pattern, page(template, reader)) for pattern, template, reader in PAGES),
        (r"^/search\.csv$", raw(search.listing, "text/csv; charset=utf-8", "policytrack-search.csv")),
        (r"^/feed\.atom$", raw(feeds.feed, "application/atom+xml; charset=utf-8")),
        (r"^/for/(?P<id>[^/]+)/board-paper\.docx$", filed(bodies.board_paper, WORD)),
        (r"^/deadlines\.ics$", raw(feeds.calendar, "text/calendar; charset=utf-8")),
        (r"^/(?P<kind>commitments|expectations)$", redirected(statement.moved)),
        (r"^/questions/(?P<name>[^/]+)\.csv$", excused(question)), (r"^/rows/(?P<name>[^/]+)\.csv$", excused(rows)),
        (r"^/downloads/(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)$", saved),
        (r"^/robots\.txt$", robots),
        (r"^/(?!policytrack(?:[/.?]|$)|-/|assets/|favicon\.ico|_internal)", page("error.html", nothing)),
    ]


@hookimpl
def extra_template_vars(datasette):
    """What Datasette's own pages need for our frame around them."""
    async def added():
        return {"site": shared(datasette, await known(datasette))}
    return added


@hookimpl
def prepare_jinja2_environment(env, datasette):
    """Dates, numbers and addresses as a person writes them."""
    async def prepared():
        await known(datasette)
        settled(datasette, env)
    return prepared


@hookimpl
def render_cell(row, value, column, table, database, datasette):
    """Cells of the tables that say more as a link or as words."""
    async def rendered():
        return rendered_cell(row, value, column, table, await known(datasette))
    return rendered


@hookimpl
def asgi_wrapper(datasette):
    """Security headers, and complete downloads where Datasette would stop early without a word."""
    return lambda app: guarded(app, datasette)
