"""Makes the one-page oddities that the tests of reading stand on: python tests/pages/make_pages.py

Every word here was written for this project. Running it twice gives the same bytes for the PDFs.
"""

from __future__ import annotations

import io
from pathlib import Path

import docx
import reportlab
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).parent
VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
WIDTH, HEIGHT = A4


class Sheet:
    """A canvas that counts from the top left."""

    def __init__(self, name: str, **options: object):
        self.canvas = Canvas(str(HERE / name), pagesize=A4, invariant=1, **options)

    def say(self, x: float, top: float, words: str, size: float = 11, font: str = "Helvetica", spread: float = 0) -> None:
        self.canvas.setFillColor(black)
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - top, words, charSpace=spread)

    def block(self, x: float, top: float, rows: list[str], size: float = 11, font: str = "Helvetica", step: float = 14) -> float:
        for row in rows:
            self.say(x, top, row, size, font)
            top += step
        return top

    def after(self, x: float, top: float, words: str, mark: str, rest: str) -> None:
        """Words with a raised mark in them."""
        self.say(x, top, words)
        x += pdfmetrics.stringWidth(words, "Helvetica", 11)
        self.say(x, top - 4, mark, 6.5)
        self.say(x + pdfmetrics.stringWidth(mark, "Helvetica", 6.5), top, rest)

    def next(self) -> None:
        self.canvas.showPage()

    def save(self) -> None:
        self.canvas.save()


def two_columns() -> None:
    """A wide heading over two columns, a shaded box in the first."""
    sheet = Sheet("two_columns.pdf")
    sheet.say(60, 80, "Chapter 2: The harbour towns and how they will be lit by night", 17, "Helvetica-Bold")
    left = ["The lamps of the lower town are older than", "the quay on which they stand, and the board", "will replace each of them before the winter",
            "of the second year. Repairs are costly and", "the keepers have long asked for new glass"]
    right = ["rather than new posts. The board agrees and", "will buy the glass in the spring. No lamp is", "to be dark for longer than two nights, and a",
             "register of dark lamps will be kept at the", "harbour office where anyone may read it."]
    sheet.block(60, 120, left)
    sheet.canvas.setFillColor(HexColor("#dde8cc"))
    sheet.canvas.rect(55, HEIGHT - 262, 240, 60, stroke=0, fill=1)
    sheet.block(62, 218, ["Case study: the east pier", "Four lamps were mended there by the keepers", "with the help of the sailing school."])
    sheet.block(310, 120, right)
    sheet.block(310, 204, ["The register will be checked each month by", "the clerk of the board, who reports on it in", "public at the summer meeting of the town."])
    sheet.save()


def footnotes() -> None:
    """Raised marks in the text, notes in small type at the foot, one of them going on over the page."""
    sheet = Sheet("footnotes.pdf")
    sheet.after(60, 100, "The ferries carried fewer people last year", "3", " than in any year before. The company will")
    sheet.say(60, 114, "publish its timetable in March, and the islands will be asked what they need.")
    for n in range(14):
        sheet.say(60, 150 + 14 * n, f"Row {n + 1} of the account says how many tickets were sold on that day of the month.")
    sheet.canvas.line(60, HEIGHT - 720, 200, HEIGHT - 720)
    sheet.say(60, 735, "3", 6)
    sheet.say(66, 738, "Ferry Board, Annual account of passengers, table 4, which also shows the", 8)
    sheet.next()
    for n in range(20):
        sheet.say(60, 100 + 14 * n, f"Row {n + 15} of the account says how many tickets were sold on that day of the month.")
    sheet.say(60, 738, "number of bicycles carried.", 8)
    sheet.say(60, 749, "4", 6)
    sheet.say(66, 752, "The same, table 9.", 8)
    sheet.save()


def page_break() -> None:
    """A sentence and a hyphenated word over the page break, with running lines on every page."""
    sheet = Sheet("page_break.pdf")
    bodies = [
        ["The council will open three libraries", "in the villages that have none, and the books will be chosen with the help of the libra-"],
        ["rians who work there now. A second round will follow when", "the first is paid for. The well-known van stops its rounds in June, and the well-"],
        ["known driver becomes a librarian. Two librarians will train her."],
    ]
    for number, rows in enumerate(bodies, start=1):
        sheet.say(60, 40, "Reading for all: a plan for the villages", 9)
        sheet.block(60, 100, rows)
        sheet.say(290, 800, f"{number}", 9)
        sheet.next()
    sheet.save()


def print_out() -> None:
    """A web page printed by a browser: date and title above, address and page below."""
    sheet = Sheet("print_out.pdf")
    for number in (1, 2, 3):
        sheet.say(30, 22, "03/02/2031, 17:20", 8)
        sheet.say(250, 22, "The plan for the wells - Example", 8)
        sheet.block(60, 90, [f"Well number {('one', 'two', 'three')[number - 1]} will be dug by the company before the first of May.", "It is to be deep."])
        sheet.say(30, 825, "https://www.example.org/plan-for-the-wells", 8)
        sheet.say(540, 825, f"{number}/3", 8)
        sheet.next()
    sheet.save()


def tables() -> None:
    """A table with all its rules drawn, and one of which only the rows are."""
    sheet = Sheet("tables.pdf")
    top = 100
    rows = [("No.", "Recommendation", "Verdict"), ("1", "The board should count the boats.", "Accepted"), ("2", "The board should count the sails.", "Rejected")]
    for n, row in enumerate(rows):
        for x, width, words in zip((60, 110, 400), (50, 290, 100), row):
            sheet.canvas.rect(x, HEIGHT - top - 24 * (n + 1), width, 24)
            sheet.say(x + 5, top + 24 * n + 16, words)
    for n in range(4):
        sheet.canvas.line(60, HEIGHT - 300 - 44 * n, 500, HEIGHT - 300 - 44 * n)
    texts = ["We should mend the nets each winter and keep", "We should mend the hulls each summer and keep", "We should mend the ropes each spring and keep"]
    for n, words in enumerate(texts):
        sheet.say(64, 318 + 44 * n, f"{n + 3}")
        sheet.block(90, 318 + 44 * n, [words, "a record of what it costs the harbour to do so."])
        sheet.say(430, 325 + 44 * n, ("Accept", "Accept in part", "TBC")[n])
    sheet.save()


def lists() -> None:
    """Bullets of a symbol font tied to their lead-in, a second level, and numbers that begin a wrapped line."""
    sheet = Sheet("lists.pdf")
    pdfmetrics.registerFont(TTFont("Vera", str(VERA)))
    sheet.say(60, 100, "4.12 By the end of next year the Lamp Board will:")
    for top, x, glyph, words in ((122, 78, "•", "publish a map of every lamp in the lower town, with the name of its keeper"),
                                 (150, 78, "•", "train the keepers:"), (172, 98, "–", "in the mending of glass"), (194, 98, "–", "in the filling of lamps")):
        sheet.say(x, top, glyph, font="Vera")
        sheet.say(x + 16, top, words)
    sheet.say(94, 136, "and the day on which it was last mended.")
    sheet.say(60, 230, "4.13 The Board has asked the towns for money and will spend no more than it has, that is")
    sheet.say(60, 244, "12. The towns gave less than they had promised.")
    sheet.say(60, 274, "Recommendation 7: The Board should meet in public. It should do so twice a year.")
    sheet.save()


def ligatures() -> None:
    """Ligatures as single characters, a heading set wide, a line turned up the margin."""
    sheet = Sheet("ligatures.pdf")
    pdfmetrics.registerFont(TTFont("Vera", str(VERA)))
    sheet.say(60, 90, "PUBLIC LAMPS", 16, "Helvetica-Bold", spread=7)
    sheet.say(60, 130, "The o\ufb03ce will \ufb01nd and \ufb02ag each lamp that is di\ufb00erent from the rest of them.".replace("\ufb03", "f\ufb01").replace("\ufb00", "ff"), font="Vera")
    sheet.block(60, 160, ["Two lamps are dark.", "One of them will be lit again when the glass has come from the works."])
    sheet.canvas.saveState()
    sheet.canvas.translate(30, HEIGHT - 400)
    sheet.canvas.rotate(90)
    sheet.canvas.setFont("Helvetica", 8)
    sheet.canvas.drawString(0, 0, "Printed on the island press")
    sheet.canvas.restoreState()
    sheet.save()


def contents() -> None:
    """A list of contents, then the first chapter."""
    sheet = Sheet("contents.pdf")
    sheet.say(60, 90, "Contents", 18, "Helvetica-Bold")
    for n, title in enumerate(("Foreword", "1 The wells", "2 The pumps", "3 The pipes", "4 The money", "Annex A: The map")):
        sheet.say(60, 130 + 20 * n, f"{title} {'.' * 60} {n + 3}")
    sheet.next()
    sheet.say(60, 90, "1 The wells", 18, "Helvetica-Bold")
    sheet.block(60, 130, ["The wells are deep and the water is good. The company will dig a new one in the east", "before the summer, and it will close the two that are dry."])
    sheet.save()


def image_only() -> None:
    """A page that is nothing but a picture of words."""
    image = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(image)
    pen.text((120, 160), "The Lamp Board accepts this recommendation.", font=ImageFont.truetype(str(VERA), 34), fill=0)
    pen.text((120, 230), "It will light the quay before the winter.", font=ImageFont.truetype(str(VERA), 34), fill=0)
    data = io.BytesIO()
    image.save(data, "PNG")
    data.seek(0)
    sheet = Sheet("image_only.pdf")
    sheet.canvas.drawImage(ImageReader(data), 0, 0, WIDTH, HEIGHT)
    sheet.save()


def encrypted() -> None:
    """A page that asks for a password."""
    sheet = Sheet("encrypted.pdf", encrypt="open sesame")
    sheet.say(60, 100, "Nobody may read this.")
    sheet.save()


def word() -> None:
    """Headings, lists of two kinds, a table and running lines in DOCX."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Lamp Board: draft"
    document.add_heading("The lamps", level=1)
    document.add_paragraph("The Board will:")
    document.add_paragraph("mend the lamps", style="List Bullet")
    document.add_paragraph("pay the keepers", style="List Bullet")
    document.add_heading("The money", level=2)
    document.add_paragraph("count the coins", style="List Number")
    document.add_paragraph("post the sums", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Recommendation", "Verdict"), ("1. Light the quay.", "Accepted"))):
        for cell, words in zip(row.cells, cells):
            cell.text = words
    document.save(str(HERE / "word.docx"))


if __name__ == "__main__":
    for make in (two_columns, footnotes, page_break, print_out, tables, lists, ligatures, contents, image_only, encrypted, word):
        make()
