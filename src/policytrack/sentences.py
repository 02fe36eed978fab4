"""Passages -> units: one sentence, or one list item together with the lead-in it depends on."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from policytrack.model import BadInput, Passage

# A full stop ends a sentence only before white space and something that can begin one.
_END = re.compile(r"[.!?…][\"'’”)\]]*(?:\s?\d{1,2})?(?=\s+[\"'“‘(\[]*[A-Z0-9£•])")
# The sign before an item of a list that stands inside a paragraph or a cell: it parts the items and belongs to none.
_MARK = re.compile(r"(?:(?<=\s)|^)[•●▪■□◦○‣⁃∙◆➢➤►\ue000-\uf8ff](?:\s+|$)")
_NUMBERED = re.compile(r"^\s*\(?(?:\d+(?:\.\d+)*|[a-z]|[ivx]+)[.)]$", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+\s*$")
_LAST_WORD = re.compile(r"[\w.&'’-]+$")

COLUMNS, LABEL = 3, 20       # a row that names columns has at least so many, none of more words


@dataclass(frozen=True, slots=True)
class Unit:
    """What is judged as one: `joined` is read by the parser, `text` stands at joined[offset:]."""

    passage: str
    page: int
    start: int                # of text in the passage
    end: int
    text: str
    lead_in: str
    joined: str
    offset: int
    number: str
    section: str
    kind: str
    zone: str
    first: bool               # the first sentence of its passage


def abbreviations(path: Path) -> frozenset[str]:
    """Words whose full stop ends no sentence, lower case, from `abbreviations.toml`."""
    try:
        return frozenset(word.casefold() for word in tomllib.loads(path.read_text(encoding="utf-8"))["words"])
    except (FileNotFoundError, KeyError, tomllib.TOMLDecodeError) as error:
        raise BadInput(path, f"no list `words` ({error})", "restore the file") from None


def _ends(text: str, known: frozenset[str]) -> Iterator[int]:
    for m in _END.finditer(text):
        before = text[: m.start()]
        word = _LAST_WORD.search(before)
        last = word.group().casefold() if word else ""
        if m.group().startswith(".") and (last in known or (len(last) == 1 and last.isalpha()) or _NUMBERED.match(before.rsplit("\n", 1)[-1] + ".")):
            continue
        digits = re.search(r"\d+$", m.group())
        # "reviewed.3 The" ends before its footnote mark; "in section 2. 3 boroughs" is not split twice
        yield m.end() - (len(digits.group()) if digits and m.group()[-len(digits.group()) - 1].isspace() else 0)


def split(text: str, known: frozenset[str]) -> list[tuple[int, int]]:
    """The spans of the sentences and marked items of `text`, without the white space and list marks between them."""
    marks = [m.start() for m in _MARK.finditer(text)]
    cuts = sorted({0, *_ends(text, known), *marks, len(text)})
    spans = []
    for a, b in itertools.pairwise(cuts):
        mark = _MARK.match(text, a) if a in marks else None
        words = text[(start := mark.end() if mark else a):b]
        if words.strip():
            start += len(words) - len(words.lstrip())
            spans.append((start, start + len(words.strip())))
    return spans


def joined(lead_in: str, text: str) -> tuple[str, int]:
    """Lead-in and item as one sentence for the parser, and where the item begins in it."""
    stem = lead_in.rstrip()
    if not stem or stem[-1] in ".!?" or stem[-1].isdigit():
        return text, 0
    stem = re.sub(r"[\s:;,–—-]+$", "", stem)
    body = text[0].lower() + text[1:] if len(text) > 1 and text[0].isupper() and text[1].islower() else text
    return f"{stem} {body}", len(stem) + 1


def units(passages: Iterable[Passage], known: frozenset[str]) -> Iterator[Unit]:
    """Every sentence of every passage in reading order; only the first of a list item takes its lead-in, and the row that names the columns of a table is a heading."""
    passages = list(passages)
    heads = _heads(passages)
    for passage in passages:
        spans = _cut(passage, known)
        for n, ((start, end), stem) in enumerate(zip(spans, _stems(passage, spans), strict=True)):
            text = passage.text[start:end]
            lead_in = passage.lead_in if n == 0 and passage.kind == "item" and not _ADDRESS.match(passage.lead_in) else stem
            whole, offset = joined(lead_in, text)
            yield Unit(passage.id, _page(passage, start), start, end, text, lead_in, whole, offset, passage.number,
                       passage.section, "heading" if passage.id in heads else passage.kind, passage.zone, n == 0)


def _heads(passages: Sequence[Passage]) -> set[str]:
    """The rows that name the columns of a table: the first of several whose cells are all short, unended and without a number; and where it is printed again."""
    first = [row for before, row, after in zip((None, *passages), passages, passages[1:]) if row.kind == after.kind == "table" and (before is None or before.kind != "table") and _names_columns(row)]
    again = {row.text for row in first}
    return {row.id for row in passages if row.kind == "table" and row.text in again}


def _names_columns(row: Passage) -> bool:
    cells = [cell.strip() for cell in row.text.split("\t") if cell.strip()]
    return len(cells) >= COLUMNS and not any(re.search(r"\d|[.!?;:]$", cell) or len(cell.split()) > LABEL for cell in cells)


def _stems(passage: Passage, spans: list[tuple[int, int]]) -> Iterator[str]:
    """For each span the words with a colon that its list mark hangs on, in the same cell of the same passage; else nothing."""
    stem, before = "", 0
    for start, end in spans:
        between = passage.text[before:start]
        marked = bool(_MARK.search(between))
        if "\t" in between:
            stem = ""
        yield stem if marked else ""
        if not marked and passage.text[start:end].endswith(":"):
            stem = passage.text[start:end]
        before = end


def _cut(passage: Passage, known: frozenset[str]) -> list[tuple[int, int]]:
    """Sentence spans; the cells of a table row are never one sentence."""
    if passage.kind != "table":
        return split(passage.text, known)
    spans, at = [], 0
    for cell in re.split(r"[\t\n]", passage.text):
        spans += [(at + a, at + b) for a, b in split(cell, known)]
        at += len(cell) + 1
    return spans


def _page(passage: Passage, at: int) -> int:
    """The page on which character `at` of the passage stands."""
    pages = [place.page for place in passage.placed if place.offset <= at]
    return pages[-1] if pages else passage.page
