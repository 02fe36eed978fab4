"""Invented pairs of a report and its responses, read from the files up as a build reads them, against the truth that their author wrote down.

A pair is a folder with the files and `truth.toml`. Whoever mends a rule may look at the open pairs; the held ones only measure.
"""

from __future__ import annotations

import re
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from policytrack import answers, ingest, measure_stances, numbers, organisations, reading, segment
from policytrack.link import Vectors
from policytrack.model import BadInput, Document, Page, Passage, Recommendation, Response, Stance, Statement, identity

TRUTH = "truth.toml"
SPLITS = ("open", "held out")


@dataclass(frozen=True, slots=True)
class Asked:
    """One recommendation of the truth: its printed number, "" where it has none, and the words with which it begins."""

    number: str
    words: str
    ask: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One stance of the truth; any of `stance` is right. `words` stand in the answer, None where nobody answers."""

    asked: Asked
    responder: str
    stance: tuple[str, ...]
    explicit: bool
    words: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A report with its responses, and what is true of them."""

    name: str
    why: str
    held: bool
    documents: tuple[tuple[Document, Path], ...]
    speakers: Mapping[str, str]          # id of a response -> who speaks in it, as the truth calls the body
    asked: tuple[Asked, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Read:
    """What the rooms behind need of a document that was read; its statements are only read where they are asked for."""

    status: str
    document: Document
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    pipeline: Path

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """The statements of the document, as a build reads them."""
        with tempfile.TemporaryDirectory() as store:
            return reading.statements(self.document, self.pages, self.passages, self.pipeline, Path(store))[1]


@dataclass(frozen=True, slots=True)
class Judged:
    """One stance of the truth with what was found for it."""

    said: Said
    recommendation: Recommendation | None
    stance: Stance | None
    linked: tuple[Response, ...]

    @property
    def gold(self) -> Said:
        """The truth, under the name that measuring knows."""
        return self.said

    @property
    def label(self) -> str:
        """The label that was found; "missing" where there is none."""
        return (self.stance.label if self.stance else None) or "missing"

    @property
    def right(self) -> str:
        """The true label; where two are right, the one that was found, else the first."""
        return self.label if self.label in self.said.stance else self.said.stance[0]

    @property
    def placed(self) -> bool:
        """Whether an answer that holds the true words is linked."""
        return self.said.words is None or any(holds(f"{r.text} {r.verdict} {r.restated} {r.heading}", self.said.words) for r in self.linked)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One pair after reading: what was found of what there is, what is listed as asking and asks nothing, and every stance."""

    pair: Pair
    found: Mapping[Asked, Recommendation]
    false: tuple[Recommendation, ...]
    listed: int                          # recommendations that are listed as asking
    stances: tuple[Judged, ...]


def pairs(folder: Path) -> tuple[Pair, ...]:
    """Every pair of a folder, by name; BadInput where a stance names no recommendation of its pair."""
    return tuple(_pair(path) for path in sorted(folder.glob(f"*/{TRUTH}")))


def _pair(path: Path) -> Pair:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    name = path.parent.name
    report = _document(f"{name}-report", table["report"])
    given = [(_document(f"{name}-response-{n}", row, report.id), row) for n, row in enumerate(table["response"], 1)]
    asked = tuple(Asked(row.get("number", ""), row["words"], row["ask"]) for row in table["recommendation"])
    files = ((report, path.parent / table["report"]["file"]), *((doc, path.parent / row["file"]) for doc, row in given))
    speakers = {doc.id: row["responder"] for doc, row in given if row.get("responder")}
    return Pair(name, table["why"], table["held"], files, speakers, asked, tuple(_said(row, asked, path) for row in table.get("stance", ())))


def _document(id: str, row: dict, responds_to: str = "") -> Document:
    return Document(id, row["title"], row["publisher"], row["kind"], row["published"], responds_to=(responds_to,) if responds_to else ())


def _said(row: dict, asked: Sequence[Asked], path: Path) -> Said:
    one = next((a for a in asked if row.get("number") and a.number == row["number"] or row.get("recommendation") and a.words == row["recommendation"]), None)
    if one is None:
        raise BadInput(path, f"a stance names {row.get('number') or row.get('recommendation')!r}", "name a recommendation of the same file")
    return Said(one, row["responder"], tuple(row["stance"]), row.get("explicit", False), row.get("words") or None)


def outcome(pair: Pair, pipeline: Path, known: answers.Known, vectors: Vectors | None = None) -> Outcome:
    """The pair as a build finds it, beside the truth."""
    bodies = organisations.organisations(pipeline / "organisations.toml")
    numbering = segment.numbering(pipeline / "numbering.toml")
    done = [(doc, Read("read", doc, *segment.passages(ingest.lines(path, doc.reading), doc, numbering), pipeline)) for doc, path in pair.documents]
    publishers = {doc.id: organisations.resolved(doc.publisher, bodies) or identity("org", doc.publisher) for doc, _ in done}
    found = answers.find(done, publishers, bodies, known, vectors)
    listed = found.recommendations.get(done[0][0].id, ())
    matched = _matched(pair.asked, listed)
    asking = [r for r in listed if r.ask]
    true = {r.id for asked, r in matched.items() if asked.ask}
    wholes = {numbers.parent(r.number) for r in matched.values()} - {""}
    false = tuple(r for r in asking if r.id not in true and r.number not in wholes)
    called = {answers.responder(doc, publishers, bodies): pair.speakers[doc.id] for doc, _ in done if doc.id in pair.speakers}
    return Outcome(pair, matched, false, len(asking), tuple(_judged(said, matched, found, called) for said in pair.said))


def _matched(asked: Sequence[Asked], listed: Sequence[Recommendation]) -> dict[Asked, Recommendation]:
    """Each recommendation of the truth with the one found that holds its words, by its own number before others, none twice."""
    made: dict[Asked, Recommendation] = {}
    for by_number in (True, False):
        for one in (a for a in asked if a not in made):
            free = [r for r in listed if r.id not in {m.id for m in made.values()} and holds(f"{r.text}", one.words)]
            own = [r for r in free if r.number == key(one.number)] if by_number else free
            if own:
                made[one] = min(own, key=lambda r: len(r.text))
    return made


def key(number: str) -> str:
    """A printed number in the form in which recommendations bear it."""
    return numbers.normal(number) or number


def holds(text: str, words: str) -> bool:
    """Whether a text holds words, whatever stands between the letters."""
    return _letters(words) in _letters(text)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _judged(said: Said, matched: Mapping[Asked, Recommendation], found: answers.Found, called: Mapping[str, str]) -> Judged:
    one = matched.get(said.asked)
    if one is None:
        return Judged(said, None, None, ())
    own = next((s for s in found.stances if s.recommendation == one.id and called.get(s.responder, s.responder) == said.responder), None)
    linked = {each.response for each in found.links if each.recommendation in _family(one, found)}
    given = tuple(r for group in found.responses.values() for r in group if r.id in linked and called.get(r.responder, r.responder) == said.responder)
    return Judged(said, one, own, given)


def _family(one: Recommendation, found: answers.Found) -> set[str]:
    """The ids of a recommendation and of the wholes that it is a part of."""
    wholes = {one.number, numbers.parent(one.number), numbers.parent(numbers.parent(one.number))} - {""}
    return {one.id} | {r.id for r in found.recommendations[one.document] if r.number in wholes}


def outcomes(folder: Path, pipeline: Path, vectors: Vectors | None = None) -> list[Outcome]:
    """Every pair of a folder, read and compared."""
    known = answers.load(pipeline)
    return [outcome(pair, pipeline, known, vectors) for pair in pairs(folder)]


def rows(folder: Path, pipeline: Path, vectors: Vectors | None = None) -> list[dict]:
    """Rows of `accuracy` for all pairs of a folder, those that rules are mended on and those held out apart."""
    found = outcomes(folder, pipeline, vectors)
    return [row for split in SPLITS for row in _rows([o for o in found if o.pair.held == (split != "open")], split)]


def _rows(found: Sequence[Outcome], split: str) -> Iterator[dict]:
    if not found:
        return
    judged = [j for o in found for j in o.stances]
    placed = [j for j in judged if j.said.words]
    listed = sum(o.listed for o in found)
    yield measure_stances.row("recommendation of invented pairs", "found", split, sum(len(o.found) for o in found), sum(len(o.pair.asked) for o in found), listed - sum(len(o.false) for o in found), listed)
    right = sum(j.placed for j in placed)
    yield measure_stances.row("link of invented pairs", "all", split, right, len(placed), right, sum(bool(j.linked) for j in placed))
    yield from measure_stances.stance_rows("stance of invented pairs", judged, split)


def crossed(judged: Sequence[Judged]) -> Iterator[Judged]:
    """Explicit refusals that were called acceptances, and the reverse."""
    for one in judged:
        if one.said.explicit and one.said.stance in (("accepted",), ("rejected",)) and one.label in {"accepted", "rejected"} - set(one.said.stance):
            yield one
