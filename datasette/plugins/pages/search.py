"""One box over everything: ranked, marked, filtered, with counts that combine, and a reason for every hit."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import replace
from urllib.parse import urlencode

from . import index, said, typed, words
from .rows import CATEGORIES, GAPS, Ask, Row, address
from .sheet import sheet

SIZE = 25
NOWHERE = "-"                            # `section=-`: what stands before the first heading
FACETS = ("kind", "document", "category", "role", "theme", "stance", "body", "deadline", "owner", "amount", "check")
FILTERS = (*FACETS, "money", "ask")
WEIGHT = {"passage": 0.7, "response": 0.9}   # a passage repeats what the statements in it say
NAMES = {"kind": "Kind", "document": "Document", "category": "Category of wording", "role": "Falls on", "theme": "Theme",
         "stance": "Stance of the response", "body": "Body", "deadline": "Deadline", "owner": "Actor", "amount": "Amount", "check": "Who checks",
         "money": "Money", "ask": "Asks something", "section": "Section", "under": "Under the heading", "basis": "Basis", "force": "Force", "set": "Set"}
_TEXT = {"commitment": ("quote", "lead_in"), "expectation": ("quote", "lead_in"), "recommendation": ("text",), "response": ("text",),
         "passage": ("text",)}


def search(ask: Ask) -> dict:
    """The page `/search`: hits, facets, what was understood and what was not."""
    ask, notes = _understood(ask)
    groups, chosen = typed.typed(ask.first("q")), _filters(ask)
    kept, counts = _kept(ask, groups, chosen)
    page, pages = ask.number("page"), max(1, -(-len(kept) // SIZE))
    if page > pages:
        notes.append(f"There is no page {page:,}: the last one, {pages:,}, is shown.")
    page = min(page, pages)
    shown = kept[(page - 1) * SIZE:page * SIZE]
    return {
        "title": "Search", "notes": notes, "sheet": _changed(ask, page=None).replace("/search", "/search.csv", 1), "q": ask.first("q"), "said": typed.said(groups), "total": len(kept), "page": page, "size": SIZE,
        "hits": [_hit(ask, item, typed.expression(groups), chosen) for item in shown], "facets": _facets(ask, counts, chosen),
        "chosen": _chosen(ask), "related": _related(ask, groups), "pages": pages,
        "pageto": lambda n: _changed(ask, page=n),
        "hidden": [(key, value) for key, values in ask.query.items() if key in NAMES for value in values if value],
    }


COLUMNS = ("kind", "document", "publisher", "date", "PDF page", "quote", "act", "lead-in", "category", "actor", "deadline", "last day", "amount", "address")


def listing(ask: Ask) -> bytes:
    """The file `/search.csv`: every result of a search in its order, for a spreadsheet."""
    ask, _ = _understood(ask)
    kept, _ = _kept(ask, typed.typed(ask.first("q")), _filters(ask))
    rows: dict[tuple[str, str], Row] = {}
    for kind, name in index.KINDS.items():
        found = ask.db.every(f"select * from {name} where id in ({{}})", [item.id for item in kept if item.kind == kind])
        rows.update(((kind, row["id"]), row) for row in found)
    return sheet([COLUMNS, *(_cells(ask, item, rows[item.kind, item.id]) for item in kept)])


def _cells(ask: Ask, item: index.Item, row: Row) -> tuple:
    doc, held = ask.facts.documents[item.document], dict(row)
    title = f"SPECIMEN: {doc['title']}" if ask.facts.specimen(doc["id"]) else doc["title"]
    actor = held.get("actor") or held.get("addressee") or ask.facts.body(held.get("responder"))
    return (item.kind, title, ask.facts.body(doc["publisher"]), doc["published"], item.page if doc["pages"] > 1 else None, held.get("quote") or held.get("text"),
            held.get("act"), held.get("lead_in"), item.category, actor, item.deadline, item.deadline_on, item.amount,
            ask.site["base"] + link_to(ask, item.kind, row))


def _filters(ask: Ask) -> dict[str, str]:
    return {name: ask.first(name) for name in FILTERS if ask.first(name)}


def _kept(ask: Ask, groups: list, chosen: dict) -> tuple[list[index.Item], dict]:
    """What was found, the best first, and for each facet how many of each value."""
    ask.facts.index.on(ask.today)
    found, scores = _matched(ask, groups)
    kept, counts = index.tallied(_scoped(ask, found, chosen), chosen, FACETS)
    if scores:
        kept.sort(key=lambda item: scores[item.kind, item.rowid])
    return kept, counts


def _understood(ask: Ask) -> tuple[Ask, list[str]]:
    """The question without what could not be used, and a line for each such thing."""
    facts, q = ask.facts, ask.first("q")
    names = {"document": facts.documents, "role": facts.roles, "theme": facts.themes, "body": facts.bodies.keys() | facts.index.responders,
             "set": {row["set_name"] for row in facts.documents.values()}, **index.VALUES, "force": facts.index.forces | set(index.VALUES["force"])}
    ask, notes = understood(ask, {name: (NAMES[name].lower(), values) for name, values in names.items()})
    if pieces := typed.unused(q):
        notes.append(f"Not used: {' '.join(pieces[:5])} (there is no letter or number in it to search for).")
    groups = typed.typed(q)
    if groups and typed.expression(groups) is None:
        notes.append(f"{q} only says what to leave out: add at least one word that should be there.")
    return ask, notes


def understood(ask: Ask, known: Mapping[str, tuple[str, Container[str]]]) -> tuple[Ask, list[str]]:
    """The question without values that a filter cannot have, and a line for each; `known` holds a filter's name in words and its values."""
    wrong = {key: ask.first(key) for key, (_, values) in known.items() if ask.first(key) and ask.first(key) not in values}
    notes = [f"Not used: {known[key][0]} “{value}” (nothing here has this value)." for key, value in wrong.items()]
    if (page := ask.first("page")) and not (page.isascii() and page.isdigit() and int(page[:7]) > 0):
        notes.append(f"Not used: page “{page}” (not a page number); the first page is shown.")
        wrong["page"] = page
    return replace(ask, query={key: values for key, values in ask.query.items() if key not in wrong}), notes


def _matched(ask: Ask, groups: list) -> tuple[list, dict]:
    expression = typed.expression(groups)
    everything = ask.facts.index
    if expression is None:
        return [item for item in everything.ordered if item.kind != "passage"] if not groups else [], {}
    scores = {}
    for kind, name in index.KINDS.items():
        sql = f"select rowid, bm25({name}_fts) from {name}_fts where {name}_fts match ?"
        hits = ask.db.all(sql, expression) if ask.db.has(f"{name}_fts") else []
        best = -min((score for _, score in hits), default=1) or 1    # bm25 of two tables does not compare, a share of the best does
        for rowid, score in hits:
            if (kind, rowid) in everything.items:
                scores[kind, rowid] = score / best * WEIGHT.get(kind, 1.0)
    return [everything.items[key] for key in scores], scores


def _scoped(ask: Ask, found: list, chosen: dict) -> list:
    """What enters this search at all: specimens only where they were asked for, a section, one kind of reason for a role."""
    documents, section, under = _documents(ask, chosen), ask.first("section"), ask.first("under")
    found = [item for item in found if item.document in documents]
    if section == NOWHERE:
        found = [item for item in found if not item.section.strip()]
    elif section or under:
        found = [item for item in found if item.section.strip() in (section, under) or under and item.section.startswith(under + " › ")]
    if ask.first("basis") or ask.first("force"):
        found = [item for item in found if index.falls(item, chosen.get("role", ""), ask.first("basis"), ask.first("force"))]
    return found


def _documents(ask: Ask, chosen: dict) -> frozenset[str]:
    if ask.first("set"):
        return frozenset(key for key, row in ask.facts.documents.items() if row["set_name"] == ask.first("set"))
    return ask.facts.counted | {chosen["document"]} if "document" in chosen else ask.facts.counted


def _hit(ask: Ask, item: index.Item, expression: str | None, chosen: dict) -> dict:
    name = index.KINDS[item.kind]
    row = ask.db.one(f"select * from {name} where rowid = ?", item.rowid)
    columns = _TEXT[item.kind]
    marked = {column: [words.Segment(row[column] or "")] for column in columns}
    if expression:
        picked = ", ".join(_marking(item.kind, name, n) for n in range(len(columns)))
        lit = ask.db.one(f"select {picked} from {name}_fts where rowid = ? and {name}_fts match ?", item.rowid, expression)
        marked = {column: words.lit(lit[n] or "") for n, column in enumerate(columns)}
    elif item.kind in ("response", "passage", "recommendation"):
        marked["text"] = [words.Segment(_short(row["text"]))]
    return {"item": item, "row": row, "text": marked[columns[0]], "lead_in": marked.get("lead_in"), "why": _why(ask, item, marked, chosen),
            "due": index.due(item, ask.today), "link": link_to(ask, item.kind, row)}


def _marking(kind: str, name: str, column: int) -> str:
    if kind in ("commitment", "expectation"):
        return f"highlight({name}_fts, {column}, '{words.OPEN}', '{words.CLOSE}')"
    return f"snippet({name}_fts, {column}, '{words.OPEN}', '{words.CLOSE}', '…', 60)"


def _short(text: str, limit: int = 60) -> str:
    parts = text.split()
    return " ".join(parts[:limit]) + (" …" if len(parts) > limit else "")


def link_to(ask: Ask, kind: str, row: Row) -> str:
    """The page on which an item is shown in full."""
    if kind in ("commitment", "expectation", "recommendation"):
        return f"/{kind}s/{_part(row['id'])}"
    if kind == "response":
        asked = ask.db.value("select recommendation from links where response = ? order by score desc, recommendation", row["id"])
        return f"/recommendations/{_part(asked)}#{row['id']}" if asked else address("/policytrack/responses", id=row["id"])
    return f"/documents/{_part(row['document'])}/pages/{row['page']}#{_part(row['id'])}"


def _part(key: str) -> str:
    from urllib.parse import quote

    return quote(key, safe="")


def _why(ask: Ask, item: index.Item, marked: dict, chosen: dict) -> str:
    """One line that says why this is here."""
    reasons = []
    for column, parts in marked.items():
        hits = list(dict.fromkeys(part.text.lower() for part in parts if part.spans))
        if hits:
            where = {"lead_in": "in the lead-in", "quote": "in its words", "text": "in the text"}[column]
            reasons.append("has " + ", ".join(f"“{hit}”" for hit in hits[:6]) + " " + where)
    if "role" in chosen or ask.first("force"):
        for hit in ask.db.all("select words, basis, reason from role_hits where item = ? and role = coalesce(nullif(?, ''), role) limit 2",
                              item.id, chosen.get("role", "")):
            reasons.append(f"“{hit['words']}”: {hit['reason']} ({hit['basis']})")
    if "theme" in chosen:
        hit = ask.db.value("select words from theme_hits where item = ? and theme = ?", item.id, chosen["theme"])
        reasons.append(f"theme by “{hit}”")
    others = [f"{NAMES[key].lower()}: {label(ask, key, value)}" for key, value in chosen.items() if key not in ("role", "theme")]
    return "; ".join(reasons + others)


def label(ask: Ask, facet: str, value: str) -> str:
    """A filter's value as a person reads it."""
    facts = ask.facts
    if facet == "document":
        return facts.title(value)
    if facet == "body":
        return facts.body(value)
    for name, rows in (("role", facts.roles), ("theme", facts.themes)):
        if facet == name and value in rows:
            return rows[value]["name"]
    if facet == "section" and value == NOWHERE:
        return "before the first heading"
    if facet == "force":
        return said.said("force", value)
    if facet == "ask":
        return "yes" if value == "1" else "no"
    return GAPS.get(value, value).replace("_", " ")


def _facets(ask: Ask, counts: dict, chosen: dict) -> list[dict]:
    found = []
    for facet in FACETS:
        rows = [{"value": value, "label": label(ask, facet, value), "n": n, "chosen": chosen.get(facet) == value,
                 "link": _changed(ask, page=None, **{facet: None if chosen.get(facet) == value else value})}
                for value, n in counts[facet].items()]
        order = list(CATEGORIES) if facet == "category" else list(index.KINDS) if facet == "kind" else []
        rows.sort(key=lambda row: (order.index(row["value"]) if row["value"] in order else 99, -row["n"], row["label"]))
        if len(rows) > 1 or facet in chosen:
            found.append({"name": facet, "title": NAMES[facet], "rows": rows, "open": facet in chosen or facet in ("kind", "category")})
    return found


def _changed(ask: Ask, /, **changes: object) -> str:
    """This search with some parameters changed; None takes one away."""
    query = {key: list(values) for key, values in ask.query.items() if key in NAMES or key in ("q", "page")}
    for key, value in changes.items():
        query[key] = [] if value is None else [str(value)]
    pairs = [(key, value) for key, values in query.items() for value in values if value]
    return "/search" + ("?" + urlencode(pairs) if pairs else "")


def _chosen(ask: Ask) -> list[dict]:
    return [{"title": NAMES[key], "label": label(ask, key, value), "without": _changed(ask, page=None, **{key: None})}
            for key, values in ask.query.items() if key in NAMES for value in values[:1] if value]


WAYS = {"stem": "same stem", "meaning": "means nearly the same", "company": "often beside it"}


def _related(ask: Ask, groups: list) -> list[dict]:
    """Words that belong to what was typed, by how they do; each adds itself only when a reader asks for it."""
    terms = [group[0] for group in groups if len(group) == 1 and not group[0].unwanted and not group[0].prefix]
    found = []
    for term in terms[:4]:
        ways = [{"way": WAYS[way], "others": [{"word": other, "link": _changed(ask, page=None, q=_widened(ask.first("q"), term.words, other))}
                                              for other in others]} for way, others in _others(ask, term.words.lower()).items() if others]
        if ways:
            found.append({"word": term.words, "ways": ways})
    return found


def _widened(q: str, words: str, other: str) -> str:
    """The search with `other` beside one of its words or phrases as a second way to match."""
    mark = f'"{other}"' if " " in other or "-" in other else other
    pieces = re.findall(r'-?"[^"]*"\*?|\S+', q)
    return " ".join(f"{piece} OR {mark}" if piece.strip('"') == words else piece for piece in pieces)


def _others(ask: Ask, word: str) -> dict[str, list[str]]:
    """way -> words, each offered once."""
    found: dict[str, list[str]] = {"stem": [] if " " in word else index.kin(ask.facts.index.terms, word), "meaning": [], "company": []}
    seen = {word, *found["stem"]}
    rows = ask.db.all("select method, other from related_words where word = ? order by score desc, other", word) if ask.db.has("related_words") else []
    for method, other in rows:
        if other not in seen:
            found[method].append(other)
            seen.add(other)
    return found
