"""Set a specimen as a PDF with all that makes real ones hard: columns, running heads, notes, boxes, hyphens, ligatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

from markup import Block, lead
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM, GUTTER = 62, 62, 92, 78, 26
PLAIN, BOLD, ITALIC = "Vera", "VeraBd", "VeraIt"
# font, size, leading, space before, left indent
STYLES = {
    "heading1": (BOLD, 17, 22, 0, 0), "heading2": (BOLD, 12, 16, 14, 0), "heading3": (BOLD, 10.5, 14, 10, 0),
    "paragraph": (PLAIN, 10.5, 15.8, 9, 0), "item": (PLAIN, 10.5, 15.8, 4, 14), "quote": (ITALIC, 10.5, 15.8, 7, 12),
    "note": (PLAIN, 7.5, 9.6, 3, 0), "row": (PLAIN, 9, 12, 3, 0), "box": (PLAIN, 9.5, 13.4, 5, 0), "box-title": (BOLD, 10, 14, 4, 0),
    "contents": (PLAIN, 10, 15, 3, 0), "recommendation": (BOLD, 10.5, 15.8, 10, 12),
}
MARK = re.compile(r"\[\^(\w+)\]")
# where a long word may be divided: before some endings, and between the consonants of VC-CV
DIVIDE = re.compile(r"(?=(?:tion|sion|ment|ness|able|ship|ing)(?:s|ed|ly)?\W*$)|(?<=[aeiou][bcdfglmnprstv])(?=[bcdfglmnprstv][aeiou])")


def set_pdf(path: Path, facts: dict, text: list[Block], columns: int) -> int:
    """Write the PDF and note the page of every word in its block; the number of pages."""
    for font in (PLAIN, BOLD, ITALIC):
        pdfmetrics.registerFont(TTFont(font, f"{font}.ttf"))
    contents: list[tuple[int, str, int]] = []
    for _ in range(2):                   # the second time with the pages of the first in its contents
        press = _Press(path, facts, columns, {b.number: b.text for b in text if b.kind == "note"})
        press.cover()
        press.contents(contents)
        contents = press.run(text)
    press.canvas.save()
    return press.page


class _Press:
    """One pass over a document: a cursor that moves down columns and over pages."""

    def __init__(self, path: Path, facts: dict, columns: int, notes: dict[str, str]):
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1, pageCompression=1)
        self.canvas.setTitle(facts["title"])
        self.canvas.setAuthor(facts["publisher_name"])
        self.canvas.setSubject("Specimen: invented for testing")
        self.facts, self.columns, self.notes = facts, columns, notes
        self.page, self.column, self.y, self.bottom, self.chapter = 1, 0, 0.0, BOTTOM, ""
        self.pending: list[list[str]] = []
        self.shares: list[int] = []

    # the page

    def cover(self) -> None:
        canvas = self.canvas
        canvas.setFont(BOLD, 12)
        canvas.drawString(LEFT, HEIGHT - 100, self.facts["publisher_name"])
        y = HEIGHT - 260
        for line in _wrapped(self.facts["title"].split(), BOLD, 26, WIDTH - LEFT - RIGHT, divide=False):
            canvas.setFont(BOLD, 26)
            canvas.drawString(LEFT, y, _ligatures(" ".join(line)))
            y -= 34
        canvas.setFont(PLAIN, 12)
        canvas.drawString(LEFT, y - 20, self.facts["printed_date"])
        canvas.drawString(LEFT, 120, "Specimen. Invented for testing: no such country, body or plan exists.")
        self.y = 0

    def contents(self, entries: list[tuple[int, str, int]]) -> None:
        if not self.facts["contents"]:
            return
        self.chapter = "Contents"
        self.turn(columns=1)
        self.line(["Contents"], "heading1")
        for level, title, page in entries:
            font, size, leading, before, _ = STYLES["contents"]
            self.y -= leading + (before if level == 1 else 0)
            indent, words = 14 * (level - 1), _ligatures(title)
            width = pdfmetrics.stringWidth(words, font, size)
            dots = "." * max(3, int((WIDTH - LEFT - RIGHT - indent - width - 40) / pdfmetrics.stringWidth(".", font, size)))
            self.canvas.setFont(font, size)
            self.canvas.drawString(LEFT + indent, self.y, f"{words} {dots} {page}")
        self.columns = self.facts["columns"]

    def turn(self, columns: int | None = None) -> None:
        """A new page with its furniture."""
        self.finish_column()
        self.canvas.showPage()
        self.page += 1
        self.columns = columns or self.columns
        self.column, self.y, self.bottom = 0, HEIGHT - TOP, BOTTOM
        canvas, even = self.canvas, self.page % 2 == 0
        canvas.setFont(PLAIN, 8)
        canvas.drawString(LEFT, HEIGHT - 50, "Specimen")
        canvas.drawRightString(WIDTH - RIGHT, HEIGHT - 50, _ligatures(self.facts["title"] if even else self.chapter))
        canvas.line(LEFT, HEIGHT - 56, WIDTH - RIGHT, HEIGHT - 56)
        draw = canvas.drawString if even else canvas.drawRightString
        draw(LEFT if even else WIDTH - RIGHT, 40, str(self.page))
        canvas.drawCentredString(WIDTH / 2, 40, _ligatures(self.facts["publisher_name"]))

    def next_column(self) -> None:
        self.finish_column()
        if self.column + 1 < self.columns:
            self.column, self.y, self.bottom = self.column + 1, HEIGHT - TOP, BOTTOM
        else:
            self.turn()

    def finish_column(self) -> None:
        """The notes of this column, at its foot under a short rule."""
        if self.pending:
            y = self.bottom
            self.canvas.line(self.x, y - 2, self.x + 60, y - 2)
            for line in self.pending:
                y -= STYLES["note"][2]
                self.canvas.setFont(PLAIN, STYLES["note"][1])
                self.canvas.drawString(self.x, y, _ligatures(" ".join(line).replace("\x00", "")))
        self.pending = []

    @property
    def width(self) -> float:
        return (WIDTH - LEFT - RIGHT - GUTTER * (self.columns - 1)) / self.columns

    @property
    def x(self) -> float:
        return LEFT + self.column * (self.width + GUTTER)

    # the text

    def run(self, text: list[Block]) -> list[tuple[int, str, int]]:
        """Set every block; (level, heading, page) for the contents."""
        contents, box = [], []
        in_box = False
        for n, block in enumerate(text):
            if block.kind == "box-start":
                in_box, box = True, [block]
            elif block.kind == "box-end":
                in_box = False
                self.box(box)
            elif in_box:
                box.append(block)
            elif block.kind == "heading":
                self.heading(block)
                if block.level <= 2:
                    contents.append((block.level, block.text, self.page))
            elif block.kind == "wide":
                self.columns = 1
            elif block.kind == "row":
                if header := text[n - 1].kind != "row":
                    self.shares = _shares(takewhile(lambda b: b.kind == "row", text[n:]))
                self.row(block, header)
            elif block.kind in ("paragraph", "item", "quote", "recommendation"):
                self.block(block)
        self.finish_column()
        return contents

    def heading(self, block: Block) -> None:
        """A chapter begins a page; a smaller heading stays with the lines after it."""
        if block.level == 1:
            self.chapter = block.text
            if not self.facts.get("run_on") or self.y == 0:
                self.turn()
            self.y -= 20 if self.y < HEIGHT - TOP else 0
        style = f"heading{block.level}"
        if self.y - STYLES[style][3] - 5 * STYLES["paragraph"][2] < self.bottom:
            self.next_column()
        block.pages = [self.page] * len(block.text.split())
        for n, line in enumerate(_wrapped(block.text.split(), STYLES[style][0], STYLES[style][1], self.width, divide=False)):
            self.line(line, style, first=n == 0)

    def block(self, block: Block, style: str = "", inset: float = 0) -> None:
        style = style or block.kind
        font, size, _, _, indent = STYLES[style]
        indent += 14 * (block.level if block.kind == "item" else 0)
        announced = lead(block).split()
        words = [*announced, *block.printed.split()]
        skipped = len(announced) + (1 if block.kind == "paragraph" and block.number else 0)
        block.pages, pages = [], []
        for n, line in enumerate(_wrapped(words, font, size, self.width - indent - 2 * inset)):
            self.line(line, style, first=n == 0, indent=indent + inset, bullet=block.kind == "item" and n == 0)
            pages += [self.page] * sum(not word.startswith("\x00") for word in line)
        block.pages = pages[skipped:]

    def line(self, words: list[str], style: str, first: bool = True, indent: float = 0, bullet: bool = False) -> None:
        """One line at the cursor; the notes that it calls claim room at the foot of its column."""
        font, size, leading, before, _ = STYLES[style]
        notes = [line for word in words for mark in MARK.findall(word) for line in self.note(mark)]
        need = leading + (before if first else 0)
        if self.y - need < self.bottom + len(notes) * STYLES["note"][2] + (6 if notes else 0):
            self.next_column()
            need = leading
        self.y -= need
        if notes:
            self.bottom += len(notes) * STYLES["note"][2] + (0 if self.pending else 6)
            self.pending += notes
        if bullet:
            self.canvas.setFont(font, size)
            self.canvas.drawString(self.x + indent - 12, self.y, "•")
        self.draw(words, font, size, self.x + indent)

    def draw(self, words: list[str], font: str, size: float, x: float) -> None:
        """A line of words; a note's number is raised and touches its word."""
        line = " ".join(word.lstrip("\x00") for word in words)
        last = 0
        for mark in [*MARK.finditer(line), None]:
            part = _ligatures(line[last:mark.start() if mark else None])
            self.canvas.setFont(font, size)
            self.canvas.drawString(x, self.y, part)
            x += pdfmetrics.stringWidth(part, font, size)
            if mark:
                self.canvas.setFont(font, size * 0.6)
                self.canvas.drawString(x, self.y + size * 0.35, mark[1])
                x += pdfmetrics.stringWidth(mark[1], font, size * 0.6)
                last = mark.end()

    def note(self, mark: str) -> list[list[str]]:
        return list(_wrapped([mark, *self.notes[mark].split()], PLAIN, STYLES["note"][1], self.width))

    def box(self, box: list[Block]) -> None:
        """A shaded box, whole in one column, with its title."""
        inset = 8
        height = 26 + sum(self.height(block, "box", inset) for block in box[1:])
        if self.y - height - 12 < self.bottom:
            self.next_column()
        notes = [line for block in box for mark in MARK.findall(block.text) for line in self.note(mark)]
        self.y -= 10
        self.canvas.setFillGray(0.9)
        self.canvas.rect(self.x, self.y - height - 2 - 4 * bool(notes), self.width, height + 2, stroke=0, fill=1)
        self.canvas.setFillGray(0)
        self.line(box[0].text.split(), "box-title", indent=inset)
        for block in box[1:]:
            self.block(block, "box", inset)
        self.y -= 14

    def height(self, block: Block, style: str, inset: float) -> float:
        font, size, leading, before, _ = STYLES[style]
        return before + leading * len(list(_wrapped(block.printed.split(), font, size, self.width - 2 * inset)))

    def row(self, block: Block, header: bool) -> None:
        """One row of a ruled table, whole on its page."""
        font, (size, leading) = BOLD if header else PLAIN, STYLES["row"][1:3]
        widths = [self.width * share / sum(self.shares) for share in self.shares]
        cells = [list(_wrapped(cell.split(), font, size, width - 8, divide=False)) for cell, width in zip(block.cells, widths, strict=True)]
        height = leading * max(map(len, cells)) + 6
        if self.y - height < self.bottom:
            self.next_column()
        block.pages = [self.page]
        self.y -= 12 if header else 0
        x, top = self.x, self.y
        for cell, width in zip(cells, widths, strict=True):
            self.canvas.rect(x, top - height, width, height)
            for n, line in enumerate(cell):
                self.canvas.setFont(font, size)
                self.canvas.drawString(x + 4, top - leading * (n + 1), _ligatures(" ".join(line)))
            x += width
        self.y = top - height


def _shares(rows: Iterable[Block]) -> list[int]:
    """Relative widths of a table's columns: by their longest cell, none very narrow or very wide."""
    return [min(44, max(14, *map(len, column))) for column in zip(*(row.cells for row in rows), strict=True)]


def _wrapped(words: list[str], font: str, size: float, width: float, divide: bool = True) -> Iterator[list[str]]:
    """Lines of words no wider than `width`; the second half of a divided word is marked by a leading NUL."""
    line: list[str] = []
    for word in words:
        rest = word
        while _width([*line, rest], font, size) > width:
            head, tail = _divided(rest, line, font, size, width) if divide else ("", rest)
            if head:
                line.append(head)
                rest = "\x00" + tail
            elif not line:
                break
            yield line
            line = []
        line.append(rest)
    if line:
        yield line


def _divided(word: str, line: list[str], font: str, size: float, width: float) -> tuple[str, str]:
    """The longest head of a word that still fits, with its hyphen, and the tail; ("", word) where there is none."""
    bare = word.lstrip("\x00")
    begun = "\x00" if bare != word else ""
    places = [at.end() for at in re.finditer(r"\w{2,}-(?=\w{2,})", bare)]
    if len(bare) > 6 and re.fullmatch(r"[a-z]+\W?", bare):
        places += [at.start() for at in DIVIDE.finditer(bare) if 2 < at.start() < len(bare) - 3]
    for at in sorted(places, reverse=True):
        head = begun + bare[:at] + ("" if bare[at - 1] == "-" else "-")
        if _width([*line, head], font, size) <= width:
            return head, bare[at:]
    return "", word


def _width(words: list[str], font: str, size: float) -> float:
    return pdfmetrics.stringWidth(_ligatures(MARK.sub("0", " ".join(words).replace("\x00", ""))), font, size)


def _ligatures(text: str) -> str:
    return text.replace("fi", "ﬁ").replace("fl", "ﬂ")
