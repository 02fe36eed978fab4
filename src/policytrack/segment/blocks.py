"""Lines become blocks: paragraphs, headings, items, notes, rows, each whole over columns and pages."""

from __future__ import annotations

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from policytrack.model import Line, PassageKind, Zone
from policytrack.segment import zones
from policytrack.segment.numbering import Marker, Numbering, marker

END = re.compile(r"[.!?…][\"'”’)\]]*$")
STOP = re.compile(r"[.!?…:;][\"'”’)\]]*(?:\s+(?:and|or))?$")
_ROW_NUMBER = re.compile(r"((?:\w+\s)?\(?\d{1,3}(?:\.\d{1,3})*(?:\s?\(?[a-z]{1,3}\))?)[.)]?")


@dataclass(slots=True)
class Block:
    """One passage in the making."""

    lines: list[Line]
    kind: PassageKind = "paragraph"
    zone: Zone = "body"
    number: str = ""
    shown: str = ""              # the marker as a reader sees it on the page
    cut: int = 0                 # characters of the first line that are the marker
    value: str = ""              # what kind of marker
    level: int = 0

    @property
    def first(self) -> Line:
        """The line on which it begins."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The line read last."""
        return self.lines[-1]

    @property
    def boxed(self) -> bool:
        """Whether it stands in a box."""
        return self.first.kind == "box"

    @property
    def words(self) -> str:
        """Its words, hyphens unmended."""
        return " ".join(line.text for line in self.lines)[self.cut:]


@dataclass(frozen=True, slots=True)
class Looks:
    """How a document is printed: its body size, the usual step from line to line, the right edge of each column."""

    body: float
    steps: dict[float, float] = field(default_factory=dict)
    right: dict[tuple[int, int, str], float] = field(default_factory=dict)


def looks(lines: Sequence[Line]) -> Looks:
    """The looks of the printed lines; body size 0 where a format has no lines."""
    sizes: Counter[float] = Counter()
    steps: dict[float, list[float]] = defaultdict(list)
    edges: dict[tuple[int, int, str], list[float]] = defaultdict(list)
    previous: Line | None = None
    for line in lines:
        if not line.size or line.kind not in ("text", "box"):
            continue
        sizes[round(line.size, 1)] += len(line.text)
        edges[line.page, line.column, line.kind].append(line.x1)
        if previous and (previous.page, previous.column) == (line.page, line.column) and abs(previous.size - line.size) < 0.3:
            step = line.bottom - previous.bottom
            if 0 < step < 2.2 * line.size:
                steps[round(line.size, 1)].append(step)
        previous = line
    right = {key: sorted(found)[int(0.94 * (len(found) - 1))] for key, found in edges.items()}
    usual = {size: statistics.median_low(found) for size, found in steps.items()}
    return Looks(sizes.most_common(1)[0][0] if sizes else 0.0, usual, right)


def blocks(lines: Sequence[Line], known: Numbering) -> list[Block]:
    """The blocks of a document in reading order; furniture is passed over."""
    seen = looks(lines)
    notes = zones.notes(lines, seen.body)
    contents = zones.contents(lines, known)
    out: list[Block] = []
    open_body: Block | None = None
    open_note: Block | None = None
    for index, line in enumerate(lines):
        if line.kind == "furniture":
            continue
        if not line.size:
            out.append(_stated(line, known))
        elif index in notes:
            open_note = _noted(line, open_note, out)
        elif line.page in contents:
            out.append(_started(line, known, kind="contents", zone="contents"))
        elif line.kind == "table":
            out.append(_row(line))
        elif line.kind == "box":
            _boxed(line, out, seen, known)
        else:
            found = marker(line.text, known, line.confidence < 1)
            if open_body is not None and not _begins(open_body, line, found, seen):
                open_body.lines.append(line)
            else:
                open_body = _started(line, known, found=found)
                out.append(open_body)
    return out


def _stated(line: Line, known: Numbering) -> Block:
    """A block of a format that says what each block is."""
    kinds: dict[str, tuple[PassageKind, Zone]] = {
        "heading": ("heading", "heading"), "item": ("item", "body"), "table": ("table", "body"), "box": ("box", "body"),
        "footnote": ("footnote", "footnote"), "quotation": ("quotation", "quotation"), "contents": ("contents", "contents"),
    }
    kind, zone = kinds.get(line.kind, ("paragraph", "body"))
    if kind == "table":
        return _row(line)
    block = Block([line], kind=kind, zone=zone, level=line.level)
    if line.marker:
        block.number = "" if line.marker in "•◦▪-" else line.marker.rstrip(".")
        block.shown, block.value = line.marker, "list" if block.number else "bullet"
    elif kind not in ("table", "footnote", "contents") and (found := marker(line.text, known, line.confidence < 1)):
        _mark(block, found, line)
    return block


def _started(line: Line, known: Numbering, found: Marker | None = None, kind: PassageKind = "paragraph", zone: Zone = "body") -> Block:
    block = Block([line], kind=kind, zone=zone)
    if kind != "contents" and (found := found or marker(line.text, known, line.confidence < 1)):
        _mark(block, found, line)
    return block


def _row(line: Line) -> Block:
    """A table row, numbered where its first cell is a number."""
    number = _ROW_NUMBER.fullmatch(line.text.split("\t", 1)[0].strip())
    return Block([line], kind="table", number=number[1] if number else "")


def _mark(block: Block, found: Marker, line: Line) -> None:
    """Gives a block its marker; a title after "Recommendation 4" stays whole, a sentence after it stands alone."""
    block.number, block.value = found.number, found.value
    rest = line.text[found.length:].strip()
    whole = found.keeps and (not rest or block.kind == "heading" or (found.value == "part" or (not END.search(rest) and len(rest) < 110)))
    if not whole:
        block.cut = found.length
        block.shown = line.text[: found.length].strip() if found.value != "bullet" else "•"
    if block.kind in ("paragraph", "box") and found.value in ("bullet", "list"):
        block.kind = "item"


def _begins(block: Block, line: Line, found: Marker | None, seen: Looks) -> bool:
    """Whether a line begins a new block rather than going on with the one before."""
    last = block.last
    if len(block.words) == 1 and block.words.isupper() and line.text[:1].islower() and line.page == last.page:
        return False                     # a drop capital
    if found and (found.sure or _may_begin(block, line, found, seen)):
        return True
    if (line.page, line.column) != (last.page, last.column):
        return abs(line.size - last.size) > 0.12 * last.size or _new_after_break(block, line)
    step = line.bottom - last.bottom
    if step < -0.5 * line.size or step > _usual(block, line, seen):
        return True
    apart = abs(line.size - last.size) / last.size
    unfinished = line.text[:1].islower() and not STOP.search(last.text.rstrip())
    if apart > (0.3 if unfinished else 0.12):
        return True
    room = seen.right.get((last.page, last.column, last.kind), last.x1) - last.x1
    if line.bold != last.bold and not unfinished and (_short(room, line) or END.search(last.text.rstrip())):
        return True
    return _turned(block, line, room)


def _usual(block: Block, line: Line, seen: Looks) -> float:
    """The largest step to the next line that is no gap between paragraphs; boxes read from an image are uneven."""
    if line.confidence < 1:
        return 1.35 * seen.steps.get(round(line.size, 1), 1.5 * line.size) + 0.2 * line.size
    own = [b.bottom - a.bottom for a, b in pairwise(block.lines) if a.page == b.page and a.column == b.column]
    if own:
        return 1.13 * statistics.median(own) + 0.8
    return 1.2 * seen.steps.get(round(line.size, 1), 1.3 * line.size) + 0.4


def _may_begin(block: Block, line: Line, found: Marker, seen: Looks) -> bool:
    """Whether an unsure marker (a number, a letter, a dash) is one: after a sentence, or left of the words before."""
    last = block.last
    if STOP.search(last.text.rstrip()) or line.x0 < last.x0 - 4 or _next_of(block, found, line):
        return True
    if found.value == block.value and found.value in ("list", "bullet"):
        return True
    if line.column == last.column and line.page == last.page:
        room = seen.right.get((last.page, last.column, last.kind), last.x1) - last.x1
        if found.value in ("named", "part") and (_short(room, line) or line.bold and not last.bold):
            return True
        return line.bottom - last.bottom > 1.62 * line.size
    return False


def _next_of(block: Block, found: Marker, line: Line) -> bool:
    """Whether a number goes on with the numbering of the paragraph before, at its left edge."""
    alike = block.number.count(".") == found.number.count(".") and block.number[:1].isdigit() == found.number[:1].isdigit()
    return block.value == found.value == "paragraph" and alike and line.x0 <= block.first.x0 + 2


def _new_after_break(block: Block, line: Line) -> bool:
    """Over a column or page break a paragraph goes on where its sentence is unfinished."""
    text = block.last.text.rstrip()
    if line.bold != block.last.bold and len(block.lines) == 1:
        return True
    first = line.text.lstrip("“‘\"'([")[:1]
    if END.search(text) or text.endswith(":"):
        return not first.islower()
    return not (first.islower() or first.isdigit() or len(text) > 40 or not first.isalpha())


def _short(room: float, line: Line) -> bool:
    """Whether the first word of a line would have fitted in the room left on the line before."""
    word = line.text.split(" ", 1)[0]
    return room > (line.x1 - line.x0) * (len(word) + 1) / max(len(line.text), 1) + 1.2 * line.size


def _turned(block: Block, line: Line, room: float) -> bool:
    """Whether the left edge or a short line before shows a new paragraph."""
    last, lower = block.last, line.text[:1].islower()
    ended = bool(END.search(last.text.rstrip()))
    shift = line.x0 - last.x0
    if _short(room, line) and not (lower and not STOP.search(last.text.rstrip())):
        return True
    if len(block.lines) >= 2 and abs(shift) > 0.6 * line.size:
        return shift < 0 and not lower or ended
    if len(block.lines) == 1 and shift < -0.6 * line.size and block.cut:
        return True
    return shift > 0.6 * line.size and ended and not block.cut


def _noted(line: Line, before: Block | None, out: list[Block]) -> Block:
    """The note a line belongs to: a new one with its number apart, or the one before, over a page break too."""
    numbered = zones.NOTE.match(line.text)
    if before is not None and not numbered:
        before.lines.append(line)
        return before
    block = Block([line], kind="footnote", zone="footnote")
    if numbered:
        block.number, block.shown, block.cut = numbered[1], numbered[0].strip(), numbered.end()
    out.append(block)
    return block


def _boxed(line: Line, out: list[Block], seen: Looks, known: Numbering) -> None:
    """Adds a line to the box paragraph before it, or begins one."""
    found = marker(line.text, known, line.confidence < 1)
    if out and out[-1].kind in ("box", "item") and out[-1].last.kind == "box" and out[-1].last.size and not _begins(out[-1], line, found, seen):
        out[-1].lines.append(line)
        return
    out.append(_started(line, known, found=found, kind="box"))
