"""All documents together -> what was recommended, who answered it, how: the rows of seven tables, and the chain between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from policytrack import concern, cues, extent, grade, link, numbers, organisations, recommend, respond, rows, slots, stance
from policytrack.cues import Cue
from policytrack.extract import GRADED
from policytrack.link import Vectors
from policytrack.model import Document, Link, Recommendation, Response, Role, Stance, Statement, identity
from policytrack.organisations import Organisation

DEPARTMENTS = ("department", "part of a department", "cross-government unit", "joint unit")
TABLES = ("recommendations", "recommendation_places", "responses", "links", "unlinked", "stances", "slots", "slots_not_compared")
MOST_PART = 0.5               # of the recommendations a government answers, and of the others it has said nothing


@dataclass(frozen=True, slots=True)
class Known:
    """All rules of this floor of the house."""

    respond: respond.Rules
    link: link.Rules
    stance: stance.Rules
    slots: slots.Rules
    rubric: grade.Rubric
    extents: tuple[Cue, ...]


@dataclass(slots=True)
class Found:
    """What was found in all documents: recommendations and responses by document, and what binds them."""

    recommendations: dict[str, tuple[Recommendation, ...]] = field(default_factory=dict)
    responses: dict[str, tuple[Response, ...]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    stances: list[Stance] = field(default_factory=list)
    unlinked: list[dict] = field(default_factory=list)


def load(pipeline: Path) -> Known:
    """The rules, from the folder `pipelines`."""
    return Known(respond.load(pipeline), link.load(pipeline), stance.load(pipeline), slots.load(pipeline), grade.rubric(pipeline / "grade.toml"), cues.load(pipeline / "extent.toml"))


def tables(done: Sequence, publishers: Mapping[str, str], bodies: Sequence[Organisation], pipeline: Path,
           vectors: Vectors | None = None) -> tuple[dict[str, list[dict]], dict[str, str], dict[str, tuple[str, ...]]]:
    """(table -> rows, statement id -> id of the recommendation it answers, what `asked` says) of all documents together."""
    known = load(pipeline)
    found = find(done, publishers, bodies, known, vectors)
    return _rows(done, found, known), _answered(done, found), asked(found)


def asked(found: Found) -> dict[str, tuple[str, ...]]:
    """Document -> the words in which it recommends, or repeats what others have recommended before it answers."""
    texts: dict[str, list[str]] = defaultdict(list)
    for document, group in found.recommendations.items():
        texts[document] += (one.text for one in group if one.ask)
    for document, given in found.responses.items():
        texts[document] += (one.restated for one in given if one.restated)
    return {document: tuple(" ".join(text.split()) for text in those) for document, those in texts.items()}


def role(said: Role, statement: Statement, texts: Sequence[str]) -> Role:
    """What a statement does by where it stands: words of a recommendation, made or repeated, promise and expect nothing however they sound ("the Department shall …")."""
    words = " ".join(statement.text.split())
    return "recommendation" if said in GRADED and any(words in text for text in texts) else said


def find(done: Sequence, publishers: Mapping[str, str], bodies: Sequence[Organisation], known: Known, vectors: Vectors | None = None) -> Found:
    """Recommendations, responses, links and stances of all documents; `done` are pairs of a document and what was read of it."""
    found = Found()
    for doc, read in done:
        if doc.kind == "report" or "recommendations" in doc.carries:
            found.recommendations[doc.id] = recommend.recommendations(doc.id, read.passages, known.respond.finding, lambda read=read: read.statements)
    for doc, read in done:
        if _may_answer(doc, done):
            _answer(doc, read, publishers, bodies, known, vectors, found)
    for doc, read in done:
        _judge(doc, done, publishers, bodies, known, vectors, found)
    return found


def _may_answer(doc: Document, done: Sequence) -> bool:
    """Whether a document can hold answers: a response, one that says that it carries some, or a strategy that names a report it responds to."""
    reports = {other.id for other, _ in done if other.kind == "report" or "recommendations" in other.carries}
    return doc.kind == "response" or "responses" in doc.carries or doc.kind == "strategy" and any(other in reports for other in doc.responds_to)


def responder(doc: Document, publishers: Mapping[str, str], bodies: Sequence[Organisation]) -> str:
    """Who speaks in a response: the government for its departments, else the publisher; where others quote it, the government of the place."""
    publisher = publishers[doc.id]
    own = next((o for o in bodies if o.id == publisher), None)
    if own is not None and own.kind in DEPARTMENTS or "responses" in doc.carries and doc.kind == "commentary":
        return organisations.body("the Government", doc.published, publisher, bodies) or publisher
    return publisher


def _answer(doc: Document, read, publishers: Mapping[str, str], bodies: Sequence[Organisation], known: Known, vectors: Vectors | None, found: Found) -> None:
    """The responses of one document and their links; recommendations that only it repeats are taken from it."""
    targets = [r for other in doc.responds_to for r in found.recommendations.get(other, ())]
    speaker = responder(doc, publishers, bodies)
    who = _who(doc, publishers, bodies)
    found.responses[doc.id] = given = respond.responses(doc.id, read.passages, targets, speaker, who, known.respond)
    if not targets and (repeated := _repeated(doc, given, known)):
        found.recommendations[doc.id] = repeated
        targets = list(repeated)
    found.links += link.links(targets, given, known.link, vectors)


def _who(doc: Document, publishers: Mapping[str, str], bodies: Sequence[Organisation]):
    @cache
    def who(name: str) -> str | None:
        body = organisations.body(name, doc.published, publishers[doc.id], bodies)
        own = next((o for o in bodies if o.id == body), None)
        if own is not None and own.kind in DEPARTMENTS:
            return organisations.body("the Government", doc.published, own.id, bodies) or body
        return body
    return who


def _repeated(doc: Document, given: Sequence[Response], known: Known) -> tuple[Recommendation, ...]:
    """The recommendations that a response repeats before it answers them, where their report is not at hand."""
    made: dict[str, Recommendation] = {}
    for response in given:
        parts = response.restated.split("\n\n") if response.restated else []
        several = len(parts) == len(response.numbers) > 1
        for n, number in enumerate(response.numbers):
            text = parts[n] if several else " ".join(parts)
            if text and (number not in made or len(made[number].text) < len(text)):
                made[number] = Recommendation(id=identity("r", doc.id, number, text), document=doc.id, number=number, page=response.page, text=text,
                                              addressee=recommend.addressee(text, known.respond.finding), places=((response.page, " ".join(text.split()[:40])),))
    return tuple(made.values())


# --- stances and gaps -------------------------------------------------------------------------------------------------------

def _judge(doc: Document, done: Sequence, publishers: Mapping[str, str], bodies: Sequence[Organisation], known: Known, vectors: Vectors | None, found: Found) -> None:
    """The stances toward every recommendation of one document, and the gaps."""
    asked = found.recommendations.get(doc.id, ())
    if not asked:
        return
    answering = [(other, read) for other, read in done if doc.id in other.responds_to and (other.kind == "response" or other.id in found.responses)
                 or other.id == doc.id and other.id in found.responses]
    by_id = {response.id: response for other, _ in answering for response in found.responses.get(other.id, ())}
    linked: dict[tuple[str, str], list[Response]] = defaultdict(list)
    for each in found.links:
        if each.response in by_id:
            linked[each.recommendation, by_id[each.response].responder].append(by_id[each.response])
    for recommendation in asked:
        found.stances += _stances(recommendation, asked, linked, doc, answering, publishers, bodies, known, vectors, found)


def _stances(one: Recommendation, asked: Sequence[Recommendation], linked, doc: Document, answering, publishers, bodies, known: Known, vectors: Vectors | None, found: Found) -> Iterator[Stance]:
    """One stance for each responder that answers; silence where a response was read; else the gap."""
    whole = next((r for r in asked if r.number == numbers.parent(one.number)), None) if numbers.parent(one.number) else None
    said = {who: given for (id, who), given in linked.items() if id == one.id}
    inherited = {who: given for (id, who), given in linked.items() if whole is not None and id == whole.id and who not in said}
    for who, given in (said | inherited).items():
        answers = {id for (id, other), responses in linked.items() if other == who and any(r in given for r in responses)}
        answers = answers if any(r.numbers for r in given) else {r.id for r in asked}
        group = [r for r in asked if r.id in answers or numbers.parent(r.number) and any(p.id in answers and p.number == numbers.parent(r.number) for p in asked)]
        group = [r for r in group if not one.number or r.number != numbers.parent(one.number) and numbers.parent(r.number) != one.number]
        yield stance.stance(one, given, group, known.stance, _who(doc, publishers, bodies), vectors is not None)
    heard = {who for _, who in linked}
    in_parts = {who for (id, who) in linked if any(r.id == id and one.number in numbers.line(r.number)[1:] for r in asked)} if one.number else set()
    for other, read in answering:
        speaker = responder(other, publishers, bodies)
        if speaker in said or speaker in inherited or speaker in in_parts or not one.ask:
            continue
        silent = other.kind == "response" and not any(r.numbers or r.verdict for r in found.responses.get(other.id, ()))
        yield from _silence(one, speaker, read.status, speaker in heard or silent and bool(read.passages), known.stance)
        said[speaker] = []
    # in one document of several governments: what one of them passes over, while it answers the most part
    asks = {r.id for r in asked if r.ask}
    for speaker in sorted(heard - said.keys() - inherited.keys() - in_parts) if one.ask else ():
        if len({id for id, who in linked if who == speaker and id in asks}) >= MOST_PART * len(asks) and not _of_another_nation(one, speaker, bodies, known):
            yield from _silence(one, speaker, "read", True, known.stance)
    if not answering and one.ask:
        speaker = organisations.body("the Government", doc.published, publishers[doc.id], bodies) or publishers[doc.id]
        yield Stance(one.id, speaker, None, None, gap="no_response_loaded", confidence=1.0, method="gap")


def _of_another_nation(one: Recommendation, speaker: str, bodies: Sequence[Organisation], known: Known) -> bool:
    """Whether the words of a recommendation say that it is for one nation alone, and this government is another's: it was not asked, and is silent on nothing."""
    own = next((o.nation for o in bodies if o.id == speaker), None)
    named = extent.extent((one.text,), None, known.extents)
    return named in extent.NATIONS and own is not None and own not in (named, organisations.GOVERNED_BY.get(named, named))


def _silence(one: Recommendation, speaker: str, status: str, heard: bool, rules: stance.Rules) -> Iterator[Stance]:
    if status == "unreadable":
        yield Stance(one.id, speaker, None, None, gap="response_unreadable", confidence=1.0, method="gap")
    elif status == "not_fetched" or not heard:
        yield Stance(one.id, speaker, None, None, gap="no_response_loaded", confidence=1.0, method="gap")
    else:
        yield Stance(one.id, speaker, None, "not_addressed", confidence=rules.confidence["silence"], method="silence")


# --- rows -------------------------------------------------------------------------------------------------------------------

def _rows(done: Sequence, found: Found, known: Known) -> dict[str, list[dict]]:
    out: dict[str, list[dict]] = {name: [] for name in TABLES}
    for doc, read in done:
        statements = {s.passage: s for s in reversed(read.statements)}
        for one in found.recommendations.get(doc.id, ()):
            whole = next((r.id for r in found.recommendations[doc.id] if r.number and r.number == numbers.parent(one.number)), None)
            out["recommendations"].append(_recommendation(one, doc, statements, known) | {"part_of": whole})
            out["recommendation_places"] += [dict(recommendation=one.id, document=doc.id, page=page, words=words) for page, words in one.places]
        out["responses"] += [_response(r, doc) for r in found.responses.get(doc.id, ())]
    out["links"] = [dict(recommendation=each.recommendation, response=each.response, method=each.method, score=each.score) for each in found.links]
    out["stances"] = [_stance(each) for each in found.stances]
    out["unlinked"] = list(_unlinked(done, found))
    for slot in _slots(found, known, {doc.id: doc.published for doc, _ in done}):
        verdict = slot.pop("verdict")
        out["slots_not_compared"] += [slot] if verdict == slots.NOT_COMPARED else []
        out["slots"] += [slot | {"verdict": verdict}] if verdict != slots.NOT_COMPARED else []
    return out


def _recommendation(one: Recommendation, doc: Document, statements: Mapping, known: Known) -> dict:
    """The row of one recommendation; category, object and deadline are those of the sentence that asks."""
    statement = next((statements[id] for id in one.passages if id in statements), None)
    graded = grade.grade(statement, known.rubric) if statement is not None and one.ask else None
    thing = rows.words(statement, rows.first(statement, "object")) if statement is not None else None
    deadline = slots.deadline(one.text, known.slots, doc.published) if one.ask else None
    return dict(id=one.id, document=doc.id, number=one.number, page=one.page, section=one.section, text=one.text, ask=int(one.ask), addressee=one.addressee,
                category=graded.category if graded else None, concrete=int(graded.concrete) if graded else None, object=thing, deadline=deadline,
                places=max(len(one.places), 1), quoted_via=doc.quoted_via)


def _response(one: Response, doc: Document) -> dict:
    heading = "" if one.heading in (respond.MENTION, respond.ROW) else one.heading
    return dict(id=one.id, document=doc.id, page=one.page, responder=one.responder, text=one.text, heading=heading, restated=one.restated, quoted_via=doc.quoted_via)


def _stance(one: Stance) -> dict:
    return dict(recommendation=one.recommendation, responder=one.responder, response=one.response, stance=one.label, also=one.also, explicit=int(one.explicit), words=one.words,
                passed_to=one.passed_to, gap=one.gap, confidence=one.confidence, band=rows.band(one.confidence), method=one.method, reviewed=0)


def _unlinked(done: Sequence, found: Found) -> Iterator[dict]:
    """What stands alone on either side, with the reason."""
    linked = {each.recommendation for each in found.links} | {each.response for each in found.links}
    gaps = {each.recommendation: each.gap for each in found.stances if each.gap}
    wholes = {r.document + r.number: r.id for group in found.recommendations.values() for r in group}
    for doc, _ in done:
        for one in found.recommendations.get(doc.id, ()):
            if one.id not in linked and wholes.get(one.document + numbers.parent(one.number)) not in linked:
                reason = {"no_response_loaded": "no response in the documents loaded", "response_unreadable": "the response could not be read"}.get(gaps.get(one.id), "no answer names it or is near enough")
                yield dict(item=one.id, item_kind="recommendation", reason=reason if one.ask else "asks nothing and is not answered")
        for one in found.responses.get(doc.id, ()):
            if one.id not in linked:
                targets = any(found.recommendations.get(other) for other in (*doc.responds_to, doc.id))
                yield dict(item=one.id, item_kind="response", reason="no recommendation is named or near enough, or two are as near" if targets else "the report that it answers is not loaded")


def _slots(found: Found, known: Known, published: Mapping[str, str]) -> Iterator[dict]:
    responses = {r.id: r for group in found.responses.values() for r in group}
    asked = {r.id: r for group in found.recommendations.values() for r in group}
    for each in found.stances:
        if each.response is None or not asked[each.recommendation].ask:
            continue
        answer = responses[each.response]
        one = asked[each.recommendation]
        when = published[one.document], published[answer.document]
        for slot in slots.slots(one, [answer], each, stance.split(answer.text, known.stance), known.slots, when):
            yield dict(recommendation=each.recommendation, responder=each.responder, slot=slot.slot, asked=slot.asked, offered=slot.offered, verdict=slot.verdict)


def _answered(done: Sequence, found: Found) -> dict[str, str]:
    """Which recommendation each statement of a response answers: of several the one whose words it shares most."""
    responses = {r.id: r for group in found.responses.values() for r in group}
    asked = {r.id: r for group in found.recommendations.values() for r in group}
    by_passage: dict[tuple[str, str], list[Recommendation]] = defaultdict(list)
    for each in found.links:
        for passage in responses[each.response].passages:
            by_passage[responses[each.response].document, passage].append(asked[each.recommendation])
    made = {}
    for doc, read in done:
        for statement in read.statements:
            if near := by_passage.get((doc.id, statement.passage)):
                made[statement.id] = max(near, key=lambda r: (concern.shared(statement.text, r, near), -near.index(r))).id
    return made

