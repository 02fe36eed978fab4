"""Set a specimen as a web page in the shape of a government publication, as a Word file or as plain text."""

from __future__ import annotations

import datetime
import io
import re
import textwrap
import zipfile
from html import escape
from itertools import groupby
from pathlib import Path

from docx import Document as Word
from docx.shared import Pt
from markup import Block, lead

MARK = re.compile(r"\[\^(\w+)\]")
NOTICE = "Specimen. Invented for testing: no such country, body or plan exists."


def set_html(path: Path, facts: dict, text: list[Block]) -> int:
    """One page: a header and a banner, contents, the text with its notes at the end, feedback and a footer."""
    notes = [block for block in text if block.kind == "note"]
    sections = [block for block in text if block.kind == "heading" and block.level == 1]
    listed = "\n".join(f'<li><a href="#{_slug(b.text)}">{escape(b.text)}</a></li>' for b in sections)
    foot = "\n".join(f'<li id="fn:{b.number}"><p>{escape(b.text)} <a href="#fnref:{b.number}" class="reversefootnote">↩</a></p></li>'
                     for b in notes)
    path.write_text(f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{escape(facts["title"])} (specimen)</title></head>
<body>
<a href="#content" class="skip-link">Skip to main content</a>
<div class="cookie-banner" role="region"><p>We use some essential cookies to make this specimen site work.</p></div>
<header role="banner"><p>Specimen</p><nav><ul><li><a href="/">Home</a></li><li><a href="/ministries">Ministries</a></li></ul></nav></header>
<main id="content">
<div class="publication-header"><p>Policy paper</p><h1>{escape(facts["title"])}</h1>
<p class="metadata">Published {escape(facts["printed_date"])} by {escape(facts["publisher_name"])}</p></div>
<p class="print-link"><button>Print this page</button></p>
<nav class="contents-list" role="navigation"><h2>Contents</h2><ol>
{listed}
</ol></nav>
<div class="govspeak">
{_html_blocks([b for b in text if b.kind != "note"])}
{f'<div class="footnotes" role="doc-endnotes"><ol>{foot}</ol></div>' if notes else ""}
</div>
</main>
<div class="feedback"><p>Is this page useful?</p><button>Yes</button> <button>No</button></div>
<footer role="contentinfo"><p>{NOTICE}</p></footer>
</body>
</html>
""", encoding="utf-8")
    return 1


def _html_blocks(text: list[Block]) -> str:
    parts = []
    for kind, group in groupby(text, key=lambda block: block.kind):
        blocks = list(group)
        if kind == "item":
            parts.append(_html_list(blocks))
        elif kind == "row":
            parts.append(_html_table(blocks))
        else:
            parts += [_html_block(block) for block in blocks]
    return "\n".join(parts)


def _html_block(block: Block) -> str:
    words = MARK.sub(r'<sup id="fnref:\1"><a href="#fn:\1" class="footnote">[footnote \1]</a></sup>', escape(block.printed, quote=False))
    if block.kind == "heading":
        return f'<h{block.level + 1} id="{_slug(block.text)}">{words}</h{block.level + 1}>'
    if block.kind == "recommendation":
        return f"<p><strong>{lead(block)}</strong> {words}</p>"
    return {"box-start": f'<div class="call-to-action"><h4>{words}</h4>', "box-end": "</div>",
            "quote": f"<blockquote><p>{words}</p></blockquote>"}.get(block.kind, f"<p>{words}</p>" if words else "")


def _html_list(blocks: list[Block]) -> str:
    """Nested lists, one level down inside the item above."""
    lines, level = ["<ul>"], 0
    for n, block in enumerate(blocks):
        deeper = n + 1 < len(blocks) and blocks[n + 1].level > block.level
        lines.append(f"<li>{escape(block.text, quote=False)}" + ("<ul>" if deeper else "</li>"))
        after = blocks[n + 1].level if n + 1 < len(blocks) else 0
        lines += ["</ul></li>"] * max(0, block.level - after)
        level = block.level
    return "\n".join([*lines, "</ul>"]) if level >= 0 else ""


def _html_table(blocks: list[Block]) -> str:
    head, *rows = blocks
    cells = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head.cells)
    body = "\n".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row.cells) + "</tr>" for row in rows)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>\n{body}\n</tbody></table>"


def set_docx(path: Path, facts: dict, text: list[Block]) -> int:
    """A Word file with styles for headings and lists, a running header and a table; its bytes depend on its words alone."""
    word = Word()
    word.styles["Normal"].font.size = Pt(11)
    stamp = datetime.datetime.fromisoformat((facts["published"] + "-01-01")[:10])
    properties = word.core_properties
    properties.title, properties.author, properties.last_modified_by = facts["title"], facts["publisher_name"], ""
    properties.created = properties.modified = stamp
    word.sections[0].header.paragraphs[0].text = f"Specimen\t\t{facts['title']}"
    word.sections[0].footer.paragraphs[0].text = NOTICE
    word.add_heading(facts["title"], 0)
    word.add_paragraph(f"{facts['publisher_name']}, {facts['printed_date']}")
    for kind, group in groupby(text, key=lambda block: block.kind):
        blocks = list(group)
        if kind == "row":
            _docx_table(word, blocks)
        else:
            for block in blocks:
                _docx_block(word, block)
    buffer = io.BytesIO()
    word.save(buffer)
    _write_dated(path, buffer)
    return 1


def _docx_block(word: Word, block: Block) -> None:
    if block.kind == "heading":
        word.add_heading(block.text, block.level)
    elif block.kind == "item":
        word.add_paragraph(block.text, "List Bullet" + (" 2" if block.level else ""))
    elif block.kind == "quote":
        word.add_paragraph(block.text, "Quote")
    elif block.kind == "recommendation":
        paragraph = word.add_paragraph()
        paragraph.add_run(f"{lead(block)} ").bold = True
        paragraph.add_run(block.text)
    elif block.kind == "box-start":
        word.add_heading(block.text, 4)
    elif block.printed:
        word.add_paragraph(block.printed)


def _docx_table(word: Word, rows: list[Block]) -> None:
    table = word.add_table(rows=len(rows), cols=len(rows[0].cells), style="Table Grid")
    for row, block in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, block.cells, strict=True):
            cell.text = words


def _write_dated(path: Path, buffer: io.BytesIO) -> None:
    """The same archive with one date for every part."""
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), old.read(name), zipfile.ZIP_DEFLATED)


def set_text(path: Path, facts: dict, text: list[Block]) -> int:
    """Plain text of 78 columns."""
    lines = ["SPECIMEN", "", facts["title"], f"{facts['publisher_name']}, {facts['printed_date']}", ""]
    for n, block in enumerate(text):
        if block.kind == "item":
            lines += textwrap.wrap(block.text, 74, initial_indent="  * ", subsequent_indent="    ", break_on_hyphens=False)
            if n + 1 == len(text) or text[n + 1].kind != "item":
                lines.append("")
        elif block.printed:
            words = block.printed.upper() if block.kind == "heading" else block.printed
            indent = "    " if block.kind == "quote" else ""
            lines += [*textwrap.wrap(words, 78, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False), ""]
    path.write_text("\n".join([*lines, NOTICE]) + "\n", encoding="utf-8")
    return 1


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
