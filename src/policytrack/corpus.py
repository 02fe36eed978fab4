"""Manifests and gold: what we read, and what a careful reader found in it.

A document is a folder with `document.toml` (facts), perhaps `gold.toml` and `more.toml` (labels, as
anchors of at most five words; the second holds pages that this project labelled) and, only where this project wrote the text itself, `source.*`.
"""

from __future__ import annotations

import datetime
import functools
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from policytrack.model import BadInput, Category, Document, DocumentKind, Reading, Role, StanceLabel

MANIFEST, GOLD, MORE = "document.toml", "gold.toml", "more.toml"
KINDS, ROLES, CATEGORIES, STANCES = (get_args(kind) for kind in (DocumentKind, Role, Category, StanceLabel))
FACETS = ("actor", "partner", "deadline", "amount")
CARRIES = ("recommendations", "responses")
ANCHOR_WORDS = 5

# key -> type of its value; `list` is a list of texts
KEYS = {
    "title": str, "publisher": str, "kind": str, "published": str, "set": str, "urls": list, "unverified": bool,
    "sha256": str, "licence": str, "responds_to": list, "succeeds": list, "carries": list, "quoted_via": str,
    "extent": str, "reading": dict,
}
REQUIRED = ("title", "publisher", "kind", "published")
READING = {"columns": int, "pages": list, "skip_pages": list, "ocr": bool}
STATEMENT = {
    "page": int, "from": str, "to": str, "nth": int, "act_from": str, "act_to": str, "role": list, "category": list,
    "optional": bool, "passes": int, "disputed": list, "note": str,
    **dict.fromkeys(FACETS, (str, dict)),
}
STANCE = {
    "recommendation": str, "responder": str, "stance": list, "explicit": bool, "official": bool, "answers_with": list,
    "page": int, "from": str, "to": str, "passed_to": str, "note": str,
}
RECOMMENDATION = {"number": str, "page": int, "from": str, "to": str, "ask": bool}
NAMES = {str: "a text in quotes", list: "a list", bool: "true or false", int: "a whole number", dict: "a table"}
# "Crown" alone says who holds the copyright, not that anybody may republish
OPEN = re.compile(r"(OGL|OPL)\b.*|CC0\b.*|CC[- ]BY([- ]SA)?([- ]\d.*)?|specimen", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where words stand: their first and their last words, at most five of each; equal when they are all of them."""

    first: str
    last: str
    nth: int = 1                         # which of the places where both fit


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One labelled statement: two values in `role` or `category` mean that either is right."""

    page: int
    words: Anchor
    role: tuple[Role, ...]
    category: tuple[Category, ...] = ()
    act: Anchor | None = None
    optional: bool = False               # neither missed nor wrong
    actor: Anchor | None = None
    partner: Anchor | None = None
    deadline: Anchor | None = None
    amount: Anchor | None = None
    disputed: tuple[str, ...] = ()
    passes: int = 1


@dataclass(frozen=True, slots=True)
class GoldStance:
    """What one responder is held to say to one recommendation, named `<document-id>#<number>`."""

    recommendation: str
    responder: str
    stance: tuple[StanceLabel, ...]
    explicit: bool = False
    official: bool = False               # the publisher's own verdict
    answers_with: tuple[str, ...] = ()   # the numbers that the same words answer
    page: int | None = None              # of the words that carry it
    words: Anchor | None = None
    passed_to: str | None = None


@dataclass(frozen=True, slots=True)
class GoldRecommendation:
    """One numbered recommendation, or a numbered conclusion that asks nothing, at one of its places."""

    number: str
    page: int
    words: Anchor
    ask: bool = True


@dataclass(frozen=True, slots=True)
class Gold:
    """The labels of one document; on `pages` whatever is not listed is `none`."""

    document: str
    split: str
    pages: tuple[int, ...] = ()
    double_pages: tuple[int, ...] = ()   # those of `pages` that were read twice, independently
    statements: tuple[GoldStatement, ...] = ()
    stances: tuple[GoldStance, ...] = ()
    recommendations: tuple[GoldRecommendation, ...] = ()


def read(folder: Path, set_name: str | None = None) -> tuple[Document, ...]:
    """Every document of a corpus folder, by id; only those of one set where `set_name` is given.

    Raises BadInput with file, key and remedy for the first manifest that is wrong.
    """
    if not folder.is_dir():
        raise BadInput(folder, "no such corpus folder", "give a folder that holds <document-id>/document.toml")
    documents = [document(path) for path in sorted(folder.glob(f"*/{MANIFEST}"), key=lambda path: path.parent.name)]
    return tuple(document for document in documents if set_name in (None, document.set_name))


def document(path: Path) -> Document:
    """The document of one manifest; its id is the name of the manifest's folder."""
    table = _toml(path)
    _check(table, KEYS, path)
    for key in REQUIRED:
        if not table.get(key):
            raise BadInput(path, f"`{key}` is missing", f"add {key} = \"…\"")
    _one_of(table["kind"], KINDS, path, "kind")
    for value in table.get("carries", ()):
        _one_of(value, CARRIES, path, "carries")
    if not re.fullmatch(r"[0-9a-f]{64}", table.get("sha256", "0" * 64)):
        raise BadInput(path, "`sha256` is not 64 hexadecimal digits", "copy it from `sha256sum FILE`, or leave it out")
    if not (table["publisher"].strip() and valid_date(table["published"])):
        raise BadInput(path, f"`published` is no date: {table['published']!r}", "write YYYY, YYYY-MM or YYYY-MM-DD")
    lists = {key: tuple(table.pop(key, ())) for key in ("urls", "responds_to", "succeeds", "carries")}
    reading = _reading(table.pop("reading", {}), path)
    return Document(id=path.parent.name, set_name=table.pop("set", "mine"), reading=reading, folder=path.parent, **lists, **table)


def valid_date(text: str) -> bool:
    """True for a real day, month or year: "2017-07-14", "2017-07", "2017"."""
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", text):
        return False
    try:
        datetime.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def is_open(licence: str | None) -> bool:
    """Whether the full text may be republished under this licence."""
    return bool(OPEN.fullmatch((licence or "").strip()))


def not_loaded(documents: Iterable[Document]) -> tuple[tuple[str, str, str], ...]:
    """(document, relation, other) wherever a manifest names a document that is not in the collection."""
    documents = tuple(documents)
    known = {document.id for document in documents}
    return tuple(
        (document.id, relation, other) for document in documents
        for relation in ("responds_to", "succeeds") for other in getattr(document, relation) if other not in known
    )


def gold(document: Document) -> Gold | None:
    """The labels beside one document's manifest, of `gold.toml` and `more.toml` together, or None where nobody labelled it."""
    folder = document.folder or Path(document.id)
    parts = [_gold(document.id, path) for name in (GOLD, MORE) if (path := folder / name).exists()]
    if len(parts) < 2:
        return parts[0] if parts else None
    return _merged(*parts, folder / MORE)


def _gold(document: str, path: Path) -> Gold:
    """The labels of one file."""
    table = _toml(path)
    _check(table, {"split": str, "pages": list, "double_pages": list, "statement": list, "stance": list,
                   "recommendation": list}, path, whole=("pages", "double_pages", "statement", "stance", "recommendation"))
    _one_of(table.get("split"), ("tune", "test"), path, "split")
    return Gold(
        document, table["split"], tuple(table.get("pages", ())), tuple(table.get("double_pages", ())),
        tuple(_statement(row, path, n) for n, row in enumerate(table.get("statement", ()), 1)),
        tuple(_stance(row, path, n) for n, row in enumerate(table.get("stance", ()), 1)),
        tuple(_recommendation(row, path, n) for n, row in enumerate(table.get("recommendation", ()), 1)),
    )


def _merged(first: Gold, more: Gold, path: Path) -> Gold:
    """Both files' labels; a page is whole in one of them, or what is not listed would be `none` in the one and not in the other."""
    if first.split != more.split:
        raise BadInput(path, f"`split` is {more.split!r}, in {GOLD} {first.split!r}", "a document belongs to one split")
    if twice := sorted(set(first.pages) & set(more.pages)):
        raise BadInput(path, f"page {twice[0]} is in {GOLD} too", "label a page in one of the two files")
    return Gold(first.document, first.split, *(getattr(first, name) + getattr(more, name) for name in
                ("pages", "double_pages", "statements", "stances", "recommendations")))


def resolve(text: str, anchor: Anchor) -> tuple[int, int] | None:
    """Where the anchored words stand: `text[start:end]`, from the first to the last of them, or None.

    Only letters and digits are compared, so spaces, line ends, hyphens, quotation marks, ligatures and case do
    not matter; a digit glued to a word (a note's number) does not either. Give the next page too where a
    sentence may run over. Several places: the shortest spans count, `anchor.nth` says which.
    """
    for keep in (str.isalnum, str.isalpha):
        letters, offsets = _letters(text, keep)
        first, last = (_places(_letters(words, keep)[0], letters, text, offsets) for words in (anchor.first, anchor.last))
        spans = first if anchor.first == anchor.last else _shortest(first, last)
        if len(spans) >= anchor.nth:
            start, end = spans[anchor.nth - 1]
            return offsets[start], offsets[end - 1] + 1
    return None


@functools.lru_cache(maxsize=64)
def _letters(text: str, keep: Callable[[str], bool]) -> tuple[str, tuple[int, ...]]:
    """The letters of a text without case, accents of composition or ligatures, and where each stands."""
    kept = [(letter, n) for n, char in enumerate(text) for letter in unicodedata.normalize("NFKC", char).casefold() if keep(letter)]
    return "".join(letter for letter, _ in kept), tuple(n for _, n in kept)


def _places(needle: str, letters: str, text: str, offsets: tuple[int, ...]) -> list[tuple[int, int]]:
    """Every place of the needle among the letters; those that begin and end with a word, where there are such."""
    starts = [m.start() for m in re.finditer(f"(?={re.escape(needle)})", letters)] if needle else []
    places = [(start, start + len(needle)) for start in starts]
    whole = [
        (start, end) for start, end in places
        if not text[max(offsets[start] - 1, 0):offsets[start]].isalnum() and not text[offsets[end - 1] + 1:offsets[end - 1] + 2].isalpha()
    ]
    return whole or places


def _shortest(first: list[tuple[int, int]], last: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans from a first to a last place that hold no shorter such span; the two may overlap in a short quotation."""
    spans = []
    for start, end in first:
        ends = [stop for begin, stop in last if begin >= start and stop >= end]
        if ends:
            spans.append((start, min(ends)))
    return [span for n, span in enumerate(spans) if all(later[1] != span[1] for later in spans[n + 1:])]


def _statement(row: dict, path: Path, n: int) -> GoldStatement:
    where = f"{path} statement {n}"
    _check(row, STATEMENT, where)
    _need(row, ("page", "from", "to", "role"), where)
    for key, allowed in (("role", ROLES), ("category", CATEGORIES), ("disputed", (*FACETS, "role", "category", "act"))):
        for value in row.get(key, ()):
            _one_of(value, allowed, where, key)
    return GoldStatement(
        row["page"], _anchor(row, where), tuple(row["role"]), tuple(row.get("category", ())),
        act=_anchor(row, where, "act_from", "act_to") if "act_from" in row else None,
        optional=row.get("optional", False), disputed=tuple(row.get("disputed", ())), passes=row.get("passes", 1),
        **{facet: _facet(row.get(facet), where) for facet in FACETS},
    )


def _stance(row: dict, path: Path, n: int) -> GoldStance:
    where = f"{path} stance {n}"
    _check(row, STANCE, where)
    _need(row, ("recommendation", "responder", "stance"), where)
    for value in row["stance"]:
        _one_of(value, STANCES, where, "stance")
    if not re.fullmatch(r"[^#\s]+#\S.*", row["recommendation"]):
        raise BadInput(where, f"`recommendation` is {row['recommendation']!r}", "write \"<document-id>#<number>\"")
    return GoldStance(
        row["recommendation"], row["responder"], tuple(row["stance"]), row.get("explicit", False), row.get("official", False),
        tuple(row.get("answers_with", ())), row.get("page"), _anchor(row, where) if "from" in row else None, row.get("passed_to"),
    )


def _recommendation(row: dict, path: Path, n: int) -> GoldRecommendation:
    where = f"{path} recommendation {n}"
    _check(row, RECOMMENDATION, where)
    _need(row, ("number", "page", "from", "to"), where)
    return GoldRecommendation(row["number"], row["page"], _anchor(row, where), row.get("ask", True))


def _facet(value: str | dict | None, where: str) -> Anchor | None:
    if value is None:
        return None
    table = {"from": value, "to": value} if isinstance(value, str) else value
    _check(table, {"from": str, "to": str}, where)
    return _anchor(table, where)


def _anchor(table: dict, where: str, first: str = "from", last: str = "to") -> Anchor:
    _need(table, (first, last), where)
    for key in (first, last):
        if not 0 < len(table[key].split()) <= ANCHOR_WORDS:
            raise BadInput(where, f"`{key}` has {len(table[key].split())} words", f"give one to {ANCHOR_WORDS}")
    return Anchor(table[first], table[last], table.get("nth", 1) if first == "from" else 1)


def _reading(table: dict, path: Path) -> Reading:
    _check(table, READING, f"{path} [reading]", whole=("pages", "skip_pages"))
    for key in ("pages", "skip_pages"):
        if not all(isinstance(page, int) and page > 0 for page in table.get(key, ())):
            raise BadInput(path, f"[reading] `{key}` must hold page numbers from 1", f"{key} = [2, 9]")
    if "pages" in table and len(table["pages"]) != 2:
        raise BadInput(path, "[reading] `pages` must be the first and the last page", "pages = [2, 9]")
    if table.get("columns", 1) not in (1, 2):
        raise BadInput(path, "[reading] `columns` must be 1 or 2", "columns = 2")
    return Reading(**{key: tuple(value) if isinstance(value, list) else value for key, value in table.items()})


def _toml(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(path, f"not valid TOML ({error})", "mend the file") from None


def _check(table: dict, keys: dict, where: str | Path, whole: tuple[str, ...] = ()) -> None:
    """Refuse unknown keys and values of another type; lists hold texts, except those named in `whole`."""
    for key, value in table.items():
        if key not in keys:
            raise BadInput(where, f"unknown key `{key}`", f"keys are {', '.join(keys)}")
        kinds = keys[key] if isinstance(keys[key], tuple) else (keys[key],)
        if type(value) not in kinds:
            raise BadInput(where, f"`{key}` must be {' or '.join(NAMES[kind] for kind in kinds)}, not {value!r}")
        if type(value) is list and key not in whole and not all(type(part) is str for part in value):
            raise BadInput(where, f"`{key}` must be a list of texts in quotes")


def _need(table: dict, keys: Iterable[str], where: str) -> None:
    for key in keys:
        if key not in table:
            raise BadInput(where, f"`{key}` is missing", f"add {key}")


def _one_of(value: object, allowed: Iterable[str], where: str | Path, key: str) -> None:
    if value not in allowed:
        raise BadInput(where, f"`{key}` is {value!r}", f"one of {', '.join(allowed)}")
