"""Blocks find their place: headings with their path, list items with the lead-in they depend on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from policytrack.segment.blocks import END, Block, Looks
from policytrack.segment.numbering import Numbering, leads_in


@dataclass(frozen=True, slots=True)
class Setting:
    """What a block stands under: the headings above it, and the words its item depends on."""

    section: str = ""
    lead_in: str = ""


def name_headings(blocks: Sequence[Block], seen: Looks) -> None:
    """Marks the blocks that are headings by their looks, with levels from the largest type down."""
    stated = any(block.kind == "heading" for block in blocks)
    for index, block in enumerate(blocks):
        guess = block.kind in ("paragraph", "box") and block.zone == "body" and (block.first.size or not stated)
        if guess and _is_heading(block, blocks[max(index - 1, 0): index], blocks[index + 1: index + 2], seen):
            block.kind, block.zone = "heading", "heading"
    styles = Counter(_style(b) for b in blocks if b.kind == "heading" and b.first.size)
    ranks = {style: rank for rank, style in enumerate(sorted(styles, reverse=True), start=1)}
    for block in blocks:
        if block.kind == "heading" and not block.level:
            block.level = min(ranks.get(_style(block), 6), 6)


def _style(block: Block) -> tuple[float, bool, bool]:
    return (round(block.first.size), block.first.bold, not block.first.italic)


def _is_heading(block: Block, before: Sequence[Block], after: Sequence[Block], seen: Looks) -> bool:
    words = block.words.strip()
    if not words or len(words) > 200 or not any(c.isalpha() for c in words):
        return False
    if block.value == "part" and not block.cut and len(block.lines) <= 3:
        return True
    if block.value == "named" and not block.cut:
        return True
    closed = bool(re.search(r"[.;,:]$", words)) or words[:1].islower()
    if block.first.size > 1.12 * seen.body and seen.body:
        return len(words) < 160 and not (closed and (len(words) > 60 or block.first.confidence < 1))
    if closed or len(block.lines) > 3:
        return False
    if all(line.bold for line in block.lines) and not block.first.size < 0.8 * seen.body:
        return len(words) < 140
    return len(block.lines) == 1 and _stands_alone(block, words, before, after)


def _stands_alone(block: Block, words: str, before: Sequence[Block], after: Sequence[Block]) -> bool:
    """Whether a short line without a full stop is followed by running text of its own."""
    if len(words.split()) > (12 if block.first.italic else 10) or END.search(words) and not words.endswith("?"):
        return False
    following = after[0] if after else None
    if following is None or following.kind not in ("paragraph", "item") or following.zone != "body":
        return False
    ended = not before or before[0].kind == "heading" or bool(re.search(r"[.!?:;”’\"]$", before[0].words.strip())) or before[0].kind != "paragraph"
    return ended and (len(following.words.split()) >= 9 or bool(following.cut)) and not following.words[:1].islower()


def settings(blocks: Sequence[Block], texts: Sequence[str], known: Numbering) -> list[Setting]:
    """For each block the section path it stands in and its lead-in."""
    path: list[tuple[int, str]] = []
    aside = ""                          # the title of the present box
    lists = _Lists(known)
    out: list[Setting] = []
    for block, text in zip(blocks, texts):
        aside = aside if block.boxed else ""
        section = " › ".join([*(title for _, title in path), *([aside] if aside else [])])
        if block.kind == "heading" and block.boxed:
            aside = _title(block, text)
            lists.close()
            out.append(Setting(" › ".join(title for _, title in path)))
        elif block.kind == "heading":
            path = [(level, title) for level, title in path if level < max(block.level, 1)]
            section = " › ".join(title for _, title in path)
            path.append((max(block.level, 1), _title(block, text)))
            lists.close()
            out.append(Setting(section))
        elif block.kind == "item" or (block.kind in ("paragraph", "box") and lists.takes(block)):
            out.append(Setting(section, lists.item(block, text)))
        else:
            if block.kind in ("paragraph", "box", "quotation"):
                lists.lead(block, text)
            out.append(Setting(section))
    return out


def _title(block: Block, text: str) -> str:
    return f"{block.shown} {text}".strip() if block.shown != "•" else text


class _Lists:
    """The open lists: the paragraph that led in, and the items above the present one."""

    def __init__(self, known: Numbering) -> None:
        self._known = known
        self._lead = self._led_by = ""
        self._stack: list[tuple[float, str, str]] = []    # left edge or level, marker's shape, words that lead on

    def takes(self, block: Block) -> bool:
        """Whether a numbered paragraph is an item of the open list, not the next of the paragraph that led in."""
        if not self._lead or block.value not in ("paragraph", "list", "bullet") or "." in block.number:
            return False
        return _shape(block) != self._led_by

    def close(self) -> None:
        """A heading ends every list."""
        self._lead, self._stack = "", []

    def lead(self, block: Block, text: str) -> None:
        """A paragraph begins afresh; its last sentence leads in where it is left open."""
        self._led_by = _shape(block) if block.number else ""
        self._stack = []
        last = last_sentence(text)
        self._lead = last if leads_in(last, self._known) else ""

    def item(self, block: Block, text: str) -> str:
        """The lead-in of an item; sets its depth."""
        edge = float(block.first.level * 20) if not block.first.size else block.first.x0
        shape = _shape(block)
        while self._stack and (self._stack[-1][0] > edge + 5 or (abs(self._stack[-1][0] - edge) <= 5 and self._stack[-1][1] == shape)):
            self._stack.pop()
        if self._stack and any(shape == s and abs(e - edge) <= 5 for e, s, _ in self._stack):
            while not (self._stack[-1][1] == shape and abs(self._stack[-1][0] - edge) <= 5):
                self._stack.pop()
            self._stack.pop()
        block.level = len(self._stack) + 1
        leads = [self._lead, *(words for _, _, words in self._stack)]
        self._stack.append((edge, shape, last_sentence(text) if re.search(r"[:–—]$", text.strip()) else ""))
        return " ".join(lead for lead in leads if lead)


def _shape(block: Block) -> str:
    """The form of a marker: `#.` for 3., `a)` for b), the glyph of a bullet."""
    if block.value == "bullet":
        return block.first.text[:1] if block.cut else "•"
    return re.sub(r"[ivx]+|[a-z]", "a", re.sub(r"\d+", "#", block.number.casefold()))


def last_sentence(text: str) -> str:
    """The words after the last full stop that ends a sentence."""
    text = text.strip()
    starts = [m.end() for m in re.finditer(r"(?<![A-Z])(?<!\b(?:No|eg|ie|St|Mr|Dr|cf))[.!?][”’\")]?\s+(?=[“‘A-Z(])", text)]
    return text[starts[-1]:] if starts else text
