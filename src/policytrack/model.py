"""The nouns every room speaks of; this module imports nothing of ours.

All are frozen and flat; references to other nouns are their ids. An id is text made from
the document and the words, so it is the same in every rebuild.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

DocumentKind = Literal["strategy", "report", "response", "progress", "commentary"]
Status = Literal["read", "ocr", "not_fetched", "unreadable"]
LineKind = Literal["text", "heading", "item", "table", "box", "footnote", "quotation", "furniture", "contents"]
PassageKind = Literal["heading", "paragraph", "item", "table", "box", "footnote", "quotation", "contents"]
Zone = Literal["body", "heading", "contents", "footnote", "furniture", "quotation"]
Role = Literal["commitment", "expectation", "recommendation", "aspiration", "none"]
Category = Literal["specific", "general", "consider", "continue"]
Part = Literal["quote", "lead_in"]
StanceLabel = Literal[
    "accepted", "accepted_in_principle", "partially_accepted", "already_in_place",
    "under_consideration", "noted", "rejected", "not_addressed",
]
Basis = Literal["named", "implied"]
Force = Literal["duty", "must", "should", "encouraged", "promised", "none"]


class BadInput(Exception):
    """Something a person gave us is wrong: shown as one line, exit code 1, nothing lost."""

    def __init__(self, where: str | Path, problem: str, remedy: str = ""):
        self.where, self.problem, self.remedy = str(where), problem, remedy
        super().__init__(f"{where}: {problem}" + (f"; {remedy}" if remedy else ""))

    def __reduce__(self):
        # a worker's error must survive the way to the process that prints it
        return type(self), (self.where, self.problem, self.remedy)


class Unreadable(Exception):
    """A document that is there but cannot be read: listed with its reason, never stops the others."""


def identity(prefix: str, *parts: object) -> str:
    """A short id that depends on nothing but its parts: `c-3f9a0c12d4ab`."""
    words = "\x1f".join(" ".join(str(part).split()).casefold() for part in parts)
    return f"{prefix}-{hashlib.sha256(words.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a person told us to read one document (`[reading]` in its manifest)."""

    columns: int | None = None          # 1 or 2 where the layout misleads us
    pages: tuple[int, int] | None = None  # first and last page to read, from 1
    skip_pages: tuple[int, ...] = ()
    ocr: bool = False                    # read the page images even if a text layer is there


@dataclass(frozen=True, slots=True)
class Document:
    """One manifest: facts about a document, never its words."""

    id: str
    title: str
    publisher: str
    kind: DocumentKind
    published: str
    set_name: str = "mine"
    urls: tuple[str, ...] = ()
    unverified: bool = False
    sha256: str | None = None
    licence: str | None = None
    responds_to: tuple[str, ...] = ()
    succeeds: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    quoted_via: str | None = None
    extent: str | None = None            # a nation of organisations.toml, where the document says so
    reading: Reading = field(default_factory=Reading)
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a PDF, or one block of a format without lines, in reading order.

    Coordinates are points from the top left of the page; formats without pages have page 1,
    zeros, and say in `kind`, `level` and `locator` what a PDF only shows by its looks.
    """

    page: int
    text: str
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    size: float = 0.0                    # body height of the type in points, as seen on the page
    bold: bool = False
    column: int = 0
    kind: LineKind = "text"
    level: int = 0                       # heading or list level where the format states it
    locator: str = ""                    # anchor id in HTML
    page_width: float = 0.0
    page_height: float = 0.0
    marker: str = ""                     # bullet or number of a list item, where the format states it
    confidence: float = 1.0              # below 1 only for words read from an image; the mean over the line
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page as a person reads it: furniture is out of the text, and kept beside it."""

    document: str
    page: int
    text: str
    furniture: str = ""
    locator: str = ""
    quality: float = 1.0                 # share of words that look like words; OCR's own confidence where read so


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a part of a passage stands: page.text[start:end] == passage.text[offset:offset + end - start]."""

    page: int
    start: int
    end: int
    offset: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, list item, box or table row, whole even over a page break."""

    id: str
    document: str
    page: int                            # the page on which it begins
    section: str                         # the headings above it, joined by " › "
    number: str                          # printed number ("8.17", "Recommendation 4", "iv"), or ""
    text: str
    kind: PassageKind = "paragraph"
    zone: Zone = "body"
    lead_in: str = ""                    # the sentence before a list that its items depend on
    placed: tuple[Placed, ...] = ()
    locator: str = ""
    level: int = 0                       # heading level, or depth of a list item
    cells: tuple[str, ...] = ()          # of a table row, in column order


@dataclass(frozen=True, slots=True)
class Signal:
    """Words that mean something, and the cue that says so: text[start:end] of the part."""

    label: str
    cue: str
    start: int
    end: int
    part: Part = "quote"
    value: str = ""                      # what the words come to: a date, an id, a kind


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, or one list item with the lead-in it depends on, and what it does."""

    id: str
    document: str
    passage: str
    page: int
    role: Role
    number: str
    text: str
    lead_in: str = ""
    signals: tuple[Signal, ...] = ()
    act: str | None = None               # its own words, where one sentence holds two acts
    section: str = ""
    start: int = 0                       # offsets of text in the passage
    end: int = 0
    confidence: float = 0.5
    also: tuple[Role, ...] = ()          # roles that came close


@dataclass(frozen=True, slots=True)
class Point:
    """One reason for a score: which facet, which rule, which words."""

    facet: str
    value: int
    cue: str
    start: int
    end: int
    words: str
    part: Part = "quote"


@dataclass(frozen=True, slots=True)
class Grade:
    """How checkable the wording is: never a judgement of merit or delivery."""

    statement: str
    category: Category
    concrete: bool
    points: tuple[Point, ...] = ()
    hedges: tuple[Signal, ...] = ()

    @property
    def score(self) -> int:
        """The sum of the points."""
        return sum(point.value for point in self.points)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Advice in a report, or a numbered conclusion that asks nothing (`ask` false)."""

    id: str
    document: str
    number: str
    page: int
    text: str
    ask: bool = True
    addressee: str | None = None
    category: Category | None = None
    concrete: bool | None = None
    object: str | None = None
    deadline: str | None = None
    places: tuple[tuple[int, str], ...] = ()   # (page, words) wherever it stands
    section: str = ""
    passages: tuple[str, ...] = ()       # ids of the passages of its fullest printing


@dataclass(frozen=True, slots=True)
class Response:
    """The words with which one responder answers one or more recommendations."""

    id: str
    document: str
    page: int
    responder: str
    text: str
    numbers: tuple[str, ...] = ()        # the recommendations it names, normalised
    restated: str = ""                   # the recommendation's words where they are repeated before the answer
    heading: str = ""
    verdict: str = ""                    # the words of a verdict column or heading
    passages: tuple[str, ...] = ()       # ids of the passages that hold the answer


@dataclass(frozen=True, slots=True)
class Link:
    """A response answers a recommendation: by which method, how surely."""

    recommendation: str
    response: str
    method: str                          # id | restated | text | whole
    score: float


@dataclass(frozen=True, slots=True)
class Stance:
    """What one responder says to one recommendation, with the words that carry it, or the gap."""

    recommendation: str
    responder: str
    response: str | None
    label: StanceLabel | None
    also: StanceLabel | None = None
    explicit: bool = False
    words: str = ""
    passed_to: str | None = None
    gap: str | None = None
    confidence: float = 0.5
    method: str = "rules"


@dataclass(frozen=True, slots=True)
class Count:
    """One hit of one phrase by one named rule; a count is the number of its hits."""

    document: str
    phrase: str
    rule: str
    page: int
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class RoleHit:
    """A statement falls on a role: because it is named, or because the words imply it."""

    item: str
    item_kind: str
    role: str
    basis: Basis
    words: str
    reason: str
    force: Force


@dataclass(frozen=True, slots=True)
class Item:
    """A commitment, expectation, recommendation or duty as it was published, with all that says whom it falls on."""

    id: str
    kind: str                            # commitment | expectation | recommendation | duty
    document: str
    page: int
    text: str
    lead_in: str = ""
    section: str = ""
    before: str = ""                     # what stands before it in its passage
    actor: str = ""                      # as printed
    force: Force = "none"
    title: str = ""                      # of the document
    published: str = ""
    nation: str = ""                     # its extent, else the document's
    subjects: frozenset[str] = frozenset()     # contexts of roles.toml that the document as a whole is about
