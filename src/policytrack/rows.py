"""Nouns -> the rows of the tables, as dicts by column. Pure; publish.py writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from policytrack import dates, places
from policytrack.model import Document, Grade, Page, Passage, Signal, Statement, identity

BANDS = ((0.85, "clear"), (0.6, "likely"), (0.0, "unsure"))
_KINDS = {"commitment": ("commitments", "c"), "expectation": ("expectations", "e"), "aspiration": ("aspirations", "a")}
_FACETS = ("actor", "partner", "deadline", "amount", "object", "check")
_FORCE = (("must", "must"), ("should", "should"), ("encouraged", "encouraged"))


def band(confidence: float) -> str:
    """The word for a confidence that a person reads."""
    return next(word for low, word in BANDS if confidence >= low)


def document(doc: Document, publisher: str, is_open: bool, pages: Sequence[Page], words: int, status: str, problem: str | None) -> dict:
    """The row of one document."""
    return dict(id=doc.id, title=doc.title, publisher=publisher, kind=doc.kind, published=doc.published, set_name=doc.set_name,
                url=doc.urls[0] if doc.urls else None, unverified=int(doc.unverified), sha256=doc.sha256, licence=doc.licence, open=int(is_open),
                quoted_via=doc.quoted_via, extent=doc.extent, pages=len(pages), words=words, status=status, problem=problem)


def document_links(doc: Document) -> Iterator[dict]:
    """What it answers and what it succeeds."""
    for relation in ("responds_to", "succeeds"):
        yield from (dict(document=doc.id, relation=relation, other=other) for other in getattr(doc, relation))


def page(item: Page) -> dict:
    """The row of one page."""
    return dict(document=item.document, page=item.page, locator=item.locator or None, text=item.text, furniture=item.furniture, quality=round(item.quality, 3))


def passage(item: Passage, n: int) -> dict:
    """The row of one passage; `n` is its place in the document."""
    return dict(id=item.id, document=item.document, page=item.page, section=item.section, number=item.number, text=item.text, kind=item.kind,
                zone=item.zone, lead_in=item.lead_in, locator=item.locator, level=item.level, n=n)


def first(statement: Statement, label: str) -> Signal | None:
    """The statement's first signal of a label."""
    return next((s for s in statement.signals if s.label == label), None)


def words(statement: Statement, signal: Signal | None) -> str | None:
    """The exact words of a signal."""
    return (statement.text if signal.part == "quote" else statement.lead_in)[signal.start:signal.end] if signal else None


def item_id(statement: Statement) -> str:
    """The public id of a statement: made from the document and its words."""
    return identity(_KINDS[statement.role][1], statement.document, statement.lead_in, statement.text, statement.act or "")


def force(statement: Statement, cues: Sequence[tuple[str, str]] = _FORCE) -> str:
    """must, should or encouraged: the strongest that the words carry."""
    seen = {s.value for s in statement.signals if s.label == "expectation"}
    return next((word for value, word in cues if value in seen), "should")


def statements(found: Sequence[Statement], grades: dict[str, Grade], doc: Document, body: Callable[[str], str | None],
               answers: dict[str, str], extent: Callable[[Statement], str | None]) -> dict[str, list[dict]]:
    """The rows of commitments, expectations and aspirations of one document, with facets, points, hedges and places."""
    out: dict[str, list[dict]] = {name: [] for name in ("commitments", "expectations", "aspirations", "statement_places", "facets", "grade_points", "hedges")}
    for role, (table, _) in _KINDS.items():
        seen: set[str] = set()
        for group in places.groups([s for s in found if s.role == role]):
            statement = group[0]
            if (item := item_id(statement)) in seen:
                continue
            seen.add(item)
            out[table].append(_aspiration(item, statement) if role == "aspiration" else
                              _statement(item, statement, grades[statement.id], doc, body, answers, len(group), extent(statement)))
            out["statement_places"] += [dict(item=item, item_kind=role, document=s.document, page=s.page, words=s.act or s.text) for s in group] if len(group) > 1 else []
            if role != "aspiration":
                out["facets"] += _facets(item, role, statement, doc, body)
                out["grade_points"] += [dict(commitment=item, facet=p.facet, points=p.value, cue=p.cue, part=p.part, words=p.words, start=p.start, end=p.end) for p in grades[statement.id].points]
                out["hedges"] += [dict(commitment=item, part=h.part, cue=h.cue, words=words(statement, h), start=h.start, end=h.end) for h in grades[statement.id].hedges]
    return out


def _aspiration(item: str, s: Statement) -> dict:
    return dict(id=item, document=s.document, page=s.page, section=s.section, passage=s.passage, quote=s.text, lead_in=s.lead_in or None, confidence=s.confidence)


def _statement(item: str, s: Statement, grade: Grade, doc: Document, body, answers: dict[str, str], count: int, extent: str | None) -> dict:
    actor, deadline = first(s, "actor"), first(s, "deadline")
    on = dates.last_day(words(s, deadline), deadline.value, doc.published) if deadline else None
    row = dict(
        id=item, document=s.document, page=s.page, section=s.section, passage=s.passage, quote=s.text, act=s.act, lead_in=s.lead_in or None,
        category=grade.category, concrete=int(grade.concrete), object=words(s, first(s, "object")), actor=words(s, actor),
        actor_body=body(words(s, actor)) if actor else None, partner=words(s, first(s, "partner")), deadline=words(s, deadline),
        deadline_kind=_deadline_kind(deadline, on), deadline_on=on.isoformat() if on else None, amount=words(s, first(s, "amount")),
        check_by=words(s, first(s, "check")), answers=answers.get(s.id), places=count, score=grade.score, confidence=s.confidence,
        band=band(s.confidence), extent=extent, reviewed=0,
    )
    return row | ({"force": force(s)} if s.role == "expectation" else {})


def _deadline_kind(deadline: Signal | None, on) -> str | None:
    return None if deadline is None else deadline.value if on or deadline.value != "by" else "during"


def _facets(item: str, role: str, s: Statement, doc: Document, body) -> Iterable[dict]:
    for signal in s.signals:
        if signal.label in _FACETS:
            value = body(words(s, signal)) if signal.label == "actor" else signal.value or None
            yield dict(item=item, item_kind=role, facet=signal.label, part=signal.part, cue=signal.cue, words=words(s, signal), start=signal.start, end=signal.end, value=value)
