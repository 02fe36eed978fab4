"""Lines become passages: whole over page breaks, with furniture apart and every word placed on its page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from policytrack.model import Document, Line, Page, Passage, Placed, identity
from policytrack.segment import furniture, mend, structure
from policytrack.segment.blocks import Block, blocks, looks
from policytrack.segment.numbering import Numbering, numbering

__all__ = ["Numbering", "numbering", "passages"]

_WORDLIKE = re.compile(r"(?:[A-Za-zÀ-ž]*[aeiouyàâäéèêëïîôöùûüAEIOUYw][A-Za-zÀ-ž]*|[A-Z]{2,6}s?|[\d.,:/%£$€-]+(?:st|nd|rd|th|m|bn|k)?|&|a|I)(?:[’'-][\w’'-]+)*")


def passages(lines: Sequence[Line], document: Document, known: Numbering) -> tuple[tuple[Page, ...], tuple[Passage, ...]]:
    """The pages as a person reads them, and their passages in reading order; no character is lost unnamed."""
    sorted_out = furniture.marked(lines, known)
    found = blocks(sorted_out, known)
    structure.name_headings(found, looks(sorted_out))
    words = mend.vocabulary(sorted_out)
    pieces = [_pieces(block, words) for block in found]
    texts = [_text(parts) for parts in pieces]
    settings = structure.settings(found, texts, known)
    pages, placed = _pages(document.id, sorted_out, found, pieces)
    seen: Counter[tuple[int, str]] = Counter()
    out = []
    for block, text, setting, places in zip(found, texts, settings, placed):
        if not text and block.value != "named":
            continue
        text = text or block.shown       # "Recommendation 4" alone on its line, without the looks of a heading
        page = places[0].page            # where the words begin: a bullet may be the last thing on the page before
        same = page, " ".join(text.split()).casefold()
        seen[same] += 1
        out.append(Passage(
            id=identity("p", document.id, page, text, seen[same]), document=document.id,
            page=page, section=setting.section, number=block.number, text=text, kind=block.kind, zone=block.zone,
            lead_in=setting.lead_in, placed=places, locator=block.first.locator, level=block.level,
            cells=tuple(text.split("\t")) if block.kind == "table" else (),
        ))
    return pages, tuple(out)


def _pieces(block: Block, words: Counter[str]) -> list[tuple[int, str]]:
    """The words of a block, one text for each page it stands on."""
    if block.kind == "table":
        cells = ("\n".join(_mended(part, words) for part in cell.split("\n\n")) for cell in block.first.text.split("\t"))
        return [(block.first.page, "\t".join(cells))]
    rows = [(line.page, row) for line in block.lines for row in line.text.split("\n")]
    rows[0] = (rows[0][0], rows[0][1][block.cut:])
    return mend.pieces(rows, words)


def _mended(part: str, words: Counter[str]) -> str:
    """One paragraph of a table cell, its printed lines joined."""
    return " ".join(text for _, text in mend.pieces([(1, row) for row in part.split("\n")], words))


def _text(parts: Iterable[tuple[int, str]]) -> str:
    return " ".join(text for _, text in parts)


def _pages(
    document: str, lines: Sequence[Line], found: Sequence[Block], pieces: Sequence[list[tuple[int, str]]]
) -> tuple[tuple[Page, ...], list[tuple[Placed, ...]]]:
    """The pages, and for each block where its words stand on them."""
    texts: dict[int, list[str]] = defaultdict(list)
    lengths: Counter[int] = Counter()
    before: dict[int, Block] = {}
    placed: list[tuple[Placed, ...]] = []
    for block, parts in zip(found, pieces):
        offset, places = 0, []
        for n, (page, text) in enumerate(parts):
            lead = _between(before.get(page), block) + (f"{block.shown} " if block.shown and not n else "")
            start = lengths[page] + len(lead)
            texts[page] += [lead, text]
            lengths[page] = start + len(text)
            places.append(Placed(page, start, lengths[page], offset))
            offset += len(text) + 1
            before[page] = block
        if not parts and block.shown:
            texts[block.first.page].append(_between(before.get(block.first.page), block) + block.shown)
            lengths[block.first.page] += len(texts[block.first.page][-1])
            places.append(Placed(block.first.page, lengths[block.first.page] - len(block.shown), lengths[block.first.page], 0))
            before[block.first.page] = block
        placed.append(tuple(places))
    numbers = sorted({line.page for line in lines})
    return tuple(_page(document, number, "".join(texts[number]), lines) for number in numbers), placed


def _between(before: Block | None, block: Block) -> str:
    """What parts a block from the one above it: nothing at the top, a line end within lists and tables, else a blank line."""
    if before is None:
        return ""
    together = before.kind == block.kind and block.kind in ("item", "table", "contents", "footnote")
    return "\n" if together else "\n\n"


def _page(document: str, number: int, text: str, lines: Sequence[Line]) -> Page:
    here = [line for line in lines if line.page == number]
    locator = next((line.locator for line in here if line.locator), "")
    around = "\n".join(line.text for line in here if line.kind == "furniture")
    return Page(document, number, text, around, locator, _quality(text, here))


def _quality(text: str, lines: Sequence[Line]) -> float:
    """The share of words that look like words; the mean confidence of the optical reader where it read the page."""
    if any(line.confidence < 1 for line in lines):
        weights = [len(line.text) for line in lines]
        return round(sum(line.confidence * n for line, n in zip(lines, weights)) / max(sum(weights), 1), 3)
    words = [stripped for word in text.split() if (stripped := word.strip("“”‘’\"'()[]{}.,;:!?…–—-•*"))]
    return round(sum(bool(_WORDLIKE.fullmatch(word)) for word in words) / len(words), 3) if words else 1.0
