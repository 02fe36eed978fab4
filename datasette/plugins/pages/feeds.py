"""A feed of what was found and a calendar of what is still to fall due, by role, document or theme."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from textwrap import shorten

from policytrack import falls

from .index import Item
from .rows import STATEMENTS, Ask, Facts, Row, address
from .statement import CAVEAT

ENTRIES = 200


def _chosen(facts: Facts, items: Iterable[Item], role: str = "", document: str = "", theme: str = "") -> list[Item]:
    return [item for item in items
            if (document == item.document or (not document and item.document in facts.counted))
            and (not role or any(each[0] == role for each in item.roles)) and (not theme or theme in item.themes)]


def _filters(ask: Ask) -> dict[str, str]:
    return {name: ask.first(name) for name in ("role", "document", "theme")}


def _rows(ask: Ask, items: list[Item]) -> list[tuple[Item, Row]]:
    found = {}
    for kind, name in STATEMENTS.items():
        for row in ask.db.every(f"select * from {name} where id in ({{}})", [item.id for item in items if item.kind == kind]):
            found[kind, row["id"]] = row
    return [(item, found[item.kind, item.id]) for item in items if (item.kind, item.id) in found]


def _name(ask: Ask) -> str:
    parts = [ask.facts.roles[ask.first("role")]["name"] if ask.first("role") in ask.facts.roles else "",
             ask.facts.title(ask.first("document")), ask.facts.themes[ask.first("theme")]["name"] if ask.first("theme") in ask.facts.themes
             else "", "specimens only" if ask.facts.specimens_only else ""]
    return "policytrack" + "".join(f": {part}" for part in parts if part)


def _clean(text: str) -> str:
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff"))


def _when(published: str) -> datetime:
    """The first moment of a date that may lack its day or month; the beginning of time for what is no date."""
    year, month, day = (*published.split("-"), "01", "01")[:3]
    try:
        return datetime(int(year), int(month), int(day), tzinfo=UTC)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)


def _text(ask: Ask, row: Row) -> str:
    doc = ask.facts.documents[row["document"]]
    via = f" As summarised by {doc['quoted_via']}." if doc["quoted_via"] else ""
    specimen = "Specimen, no real document. " if ask.facts.specimen(doc["id"]) else ""
    lead = f"[{row['lead_in']}] " if row["lead_in"] else ""
    page = f", PDF page {row['page']}" if doc["pages"] > 1 else ""
    status = "reviewed" if row["reviewed"] else "machine"
    return _clean(f"{specimen}{lead}“{row['quote']}” {doc['title']}, {doc['published']}{page}.{via} "
                  f"Wording: {row['category']} ({status}). {CAVEAT}")


def feed(ask: Ask) -> bytes:
    """Atom, newest documents first, the words themselves in every entry."""
    from feedgen.feed import FeedGenerator

    base = ask.site["base"]
    made = FeedGenerator()
    made.id(f"{base}/feed.atom" + _query(ask))
    made.title(_clean(_name(ask)))
    made.author({"name": "policytrack"})
    made.link(href=f"{base}/feed.atom" + _query(ask), rel="self")
    statements = (item for item in ask.facts.index.ordered if item.kind in STATEMENTS)
    newest = sorted(_chosen(ask.facts, statements, **_filters(ask)), key=lambda item: ask.facts.documents[item.document]["published"],
                    reverse=True)[:ENTRIES]
    latest = datetime(1970, 1, 1, tzinfo=UTC)
    for item, row in _rows(ask, newest):
        doc = ask.facts.documents[item.document]
        entry = made.add_entry(order="append")
        entry.id(f"{base}/{item.kind}s/{item.id}")
        entry.title(_clean(("Specimen: " if ask.facts.specimen(doc["id"]) else "") + row["quote"][:90]))
        entry.link(href=f"{base}/{item.kind}s/{item.id}")
        entry.content(_text(ask, row), type="text")
        entry.updated(_when(doc["published"]))
        latest = max(latest, _when(doc["published"]))
    made.updated(latest)
    return made.atom_str(pretty=True)


def _query(ask: Ask) -> str:
    return address("", **_filters(ask))


def ahead(facts: Facts, today: str, **chosen: str) -> list[Item]:
    """The statements with a date still to come, by role, document or theme; one from before its document was published is history or misread."""
    return [item for item in _chosen(facts, facts.index.dated, **chosen) if item.deadline_on >= today]


def dates(ask: Ask) -> list[tuple[Item, Row]]:
    """What the calendar of a request holds, the next first."""
    found = sorted(ahead(ask.facts, "" if ask.first("past") else ask.today.isoformat(), **_filters(ask)), key=lambda item: (item.deadline_on, item.id))
    nations = set(ask.first("nation").split(",")) - {""}
    return [(item, row) for item, row in _rows(ask, found) if not nations or falls.nations([row], ask.facts.nation(row["document"])) & nations]


def calendar(ask: Ask) -> bytes:
    """iCalendar: one day for every deadline that is still to come, with `past=1` for those that have passed too; by nation where one is asked for."""
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//policytrack//deadlines//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", _clean(_name(ask)))
    for item, row in dates(ask):
        day = date.fromisoformat(row["deadline_on"])
        event = Event()
        event.add("uid", f"{item.id}@policytrack")
        event.add("dtstamp", _when(ask.facts.documents[item.document]["published"]))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        specimen = "Specimen: " if ask.facts.specimen(item.document) else ""
        event.add("summary", _clean(f"{specimen}{row['deadline']}: {shorten(row['quote'], 120, placeholder=' …')}"))
        event.add("description", _text(ask, row) + " The last day by which this was to be done; no evidence of delivery is held here.")
        event.add("url", f"{ask.site['base']}/{item.kind}s/{item.id}")
        made.add_component(event)
    return made.to_ical()
