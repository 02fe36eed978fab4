"""HTML: the main content of a publication page; menus, banners and related links are kept as furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bs4 import BeautifulSoup, CData, NavigableString, Tag

from policytrack.model import Line, Reading

_MAIN = (
    "article .govspeak", ".govuk-govspeak", ".gem-c-govspeak", ".govspeak", "#document-content", "main article", "article",
    "main", "[role=main]", "#main-content", "#content", "#mainContent", ".main-content",
)
_TITLE = "h1"
_OUT = {
    "nav", "header", "footer", "form", "button", "input", "select", "script", "style", "noscript", "template", "svg", "iframe",
    "dialog", "head", "title", "meta", "link",
}
_OUT_NAMES = re.compile(
    r"(?:^|[-_ ])(?:cookie|breadcrumbs?|skip-?link|related|pagination|share|print-link|feedback|phase-banner|sidebar|side-?nav|"
    r"contents-list|back-to-top|navbar|menu|toolbar|site-(?:header|footer)|survey|intervention|metadata-panel)(?:$|[-_ ])"
)
_SILENT = {"script", "style", "template", "noscript", "svg", "iframe", "head", "meta", "link"}
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = {
    "p", "div", "section", "article", "main", "ul", "ol", "li", "dl", "dt", "dd", "table", "blockquote", "figure", "figcaption",
    "pre", "aside", "details", "summary", "address", "hr", "fieldset", "center", "body", "header", "footer", "nav", "form", *_HEADINGS,
}
_BOXES = re.compile(r"(?:^|[-_ ])(?:box(?:-?out)?|call-?out|call-to-action|information-block|inset(?:-text)?|example|panel)(?:$|[-_ ])")
_NOTES = re.compile(r"(?:^|[-_ ])(?:foot|end)notes?(?:$|[-_ ])")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk stands: what kind of line comes out here, how deep, and the last anchor passed."""

    kind: str = "text"
    level: int = 0
    locator: str = ""
    marker: str = ""


def lines(source: Path, reading: Reading) -> Iterator[Line]:
    """One line per block of the main content, in order; what surrounds it comes first and last as furniture."""
    soup = BeautifulSoup(source.read_bytes(), "lxml")
    root = soup.body or soup
    main = _main(root)
    title = root.find(_TITLE)
    if main is not root and isinstance(title, Tag) and main not in title.parents:
        yield Line(1, _text(title), kind="heading", level=1, locator=str(title.get("id") or ""))
    yield from _merged(_walk(main, _Place(), main))
    if main is not root:
        yield from _around(root, main, title if isinstance(title, Tag) else None)


def from_markup(markup: str) -> Iterator[Line]:
    """The lines of a piece of HTML that is all content."""
    soup = BeautifulSoup(markup, "lxml")
    root = soup.body or soup
    yield from _merged(_walk(root, _Place(), root))


def _main(root: Tag) -> Tag:
    """The element that holds the document: the first named for it that has at least two thirds of the longest one's words."""
    found = [element for selector in _MAIN for element in root.select(selector)]
    if not found:
        return root
    longest = max(len(element.get_text()) for element in found)
    return next(element for element in found if 3 * len(element.get_text()) >= 2 * longest)


def _around(root: Tag, main: Tag, title: Tag | None) -> Iterator[Line]:
    """Everything printed outside the main content, one furniture line per text."""
    inside = set(map(id, main.descendants)) | ({id(x) for x in title.descendants} if title else set())
    for words in root.find_all(string=True):
        shown = type(words) is NavigableString and words.strip() and not any(parent.name in _SILENT for parent in words.parents)
        if shown and id(words) not in inside:
            yield Line(1, _squeezed(words), kind="furniture")


def _walk(element: Tag, place: _Place, main: Tag) -> Iterator[Line]:
    """Lines of an element's blocks and of the loose words between them."""
    loose: list[str] = []
    for child in element.children:
        if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(list(_BLOCKS)) or _outside(child)):
            yield from _said(loose, place)
            loose = []
            yield from _block(child, place, main)
            place = replace(place, marker="")
        elif isinstance(child, Tag):
            place = _moved(child, place)
            loose.append(_text(child, strip=False))
        elif type(child) in (NavigableString, CData):
            loose.append(str(child))
    yield from _said(loose, place)


def _block(element: Tag, place: _Place, main: Tag) -> Iterator[Line]:
    """Lines of one block, by what it is."""
    place = _moved(element, place)
    names = " ".join([*element.get("class", []), str(element.get("id") or "")]).lower()
    if element.name in _SILENT:
        return
    if _outside(element):
        if words := _text(element):
            yield Line(1, words, kind="furniture")
    elif element.name in _HEADINGS:
        yield from _said([_text(element)], replace(place, kind="heading", level=_HEADINGS[element.name]))
    elif element.name in ("ul", "ol"):
        yield from _list(element, place, main)
    elif element.name == "table":
        yield from _table(element, place, main)
    elif element.name == "blockquote":
        yield from _walk(element, replace(place, kind="quotation"), main)
    elif _NOTES.search(names) or element.get("role") in ("doc-endnotes", "doc-footnote"):
        yield from _walk(element, replace(place, kind="footnote"), main)
    elif element.name == "aside" or _BOXES.search(names):
        yield from _walk(element, replace(place, kind="box" if place.kind == "text" else place.kind), main)
    else:
        yield from _walk(element, place, main)


def _outside(element: Tag) -> bool:
    """Whether an element is furniture wherever it stands."""
    if element.name in _OUT:
        return element.name != "header" or not element.find(list(_HEADINGS))
    names = " ".join([*element.get("class", []), str(element.get("id") or ""), str(element.get("role") or "")]).lower()
    return bool(_OUT_NAMES.search(names)) or element.get("aria-hidden") == "true"


def _list(element: Tag, place: _Place, main: Tag) -> Iterator[Line]:
    """Items with the marker a reader would see; lists in lists go one level deeper."""
    start = str(element.get("start") or "1")
    number = int(start) if start.lstrip("-").isdigit() else 1
    for child in element.children:
        if not (isinstance(child, Tag) and child.name == "li"):
            continue
        value = str(child.get("value") or "")
        number = int(value) if value.isdigit() else number
        marker = _numeral(number, str(element.get("type") or "1")) if element.name == "ol" else "•"
        kind = "footnote" if place.kind == "footnote" or str(child.get("id") or "").startswith("fn") else "item"
        yield from _walk(child, replace(_moved(child, place), kind=kind, level=place.level + 1 if kind == "item" else 0, marker=marker), main)
        number += 1


def _numeral(number: int, style: str) -> str:
    """A list number as printed: `3.`, `c.`, `iii.`."""
    if style in ("a", "A"):
        letter = chr(ord("a") + (number - 1) % 26)
        return f"{letter.upper() if style == 'A' else letter}."
    if style in ("i", "I"):
        roman, left = "", number
        for value, sign in ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
            roman, left = roman + sign * (left // value), left % value
        return f"{roman.upper() if style == 'I' else roman}."
    return f"{number}."


def _table(element: Tag, place: _Place, main: Tag) -> Iterator[Line]:
    """One line per row, its cells parted by tabs; a table of one column is a box."""
    rows = [row for row in element.find_all("tr") if row.find_parent("table") is element]
    width = max((len(row.find_all(["td", "th"], recursive=False)) for row in rows), default=0)
    if caption := element.find("caption"):
        yield from _said([_text(caption)], place)
    if width == 1:
        for cell in element.find_all(["td", "th"]):
            yield from _walk(cell, replace(place, kind="box" if place.kind == "text" else place.kind), main)
        return
    for row in rows:
        cells = [_cell(cell) for cell in row.find_all(["td", "th"], recursive=False)]
        if any(cells):
            yield Line(1, "\t".join(cells), kind="table", locator=place.locator)


def _cell(cell: Tag) -> str:
    """The words of a table cell, its paragraphs and items on lines of their own."""
    return "\n\n".join(
        f"{line.marker} {line.text}".strip() for line in _merged(_walk(cell, _Place(), cell)) if line.kind != "furniture"
    )


def _said(words: list[str], place: _Place) -> Iterator[Line]:
    """One line of loose words, if there are any; a break in them starts a new line."""
    for part in "".join(words).split("\x0b"):
        if text := _squeezed(part):
            yield Line(1, text, kind=place.kind, level=place.level, locator=place.locator, marker=place.marker)
            place = replace(place, marker="")


def _merged(found: Iterator[Line]) -> Iterator[Line]:
    """Lines with the backlink arrows of footnotes gone."""
    for line in found:
        text = re.sub(r"\s*[↩↑]\ufe0e?\s*$", "", line.text) if line.kind == "footnote" else line.text
        if text:
            yield replace(line, text=text)


def _moved(element: Tag, place: _Place) -> _Place:
    anchor = element.get("id") or (element.get("name") if element.name == "a" else None)
    return replace(place, locator=str(anchor)) if anchor else place


def _text(element: Tag, strip: bool = True) -> str:
    """The words of an element; footnote marks leave nothing behind, a line break is a vertical tab."""
    parts: list[str] = []
    for node in element.descendants:
        if isinstance(node, Tag):
            if node.name == "br":
                parts.append("\x0b")
        elif type(node) in (NavigableString, CData) and not _is_mark(node, element):
            parts.append(str(node))
    if element.name == "br":
        parts.append("\x0b")
    words = "".join(parts)
    return _squeezed(words.replace("\x0b", " ")) if strip else words


def _is_mark(words: NavigableString, within: Tag) -> bool:
    """Whether a text is the mark of a footnote: a superscript number or link to a note."""
    for parent in words.parents:
        if parent.name == "sup" and re.fullmatch(r"\s*\[?(?:footnote |note )?\d{1,3}\]?\s*", parent.get_text(), re.IGNORECASE):
            return True
        if parent.name == "a" and (parent.get("role") in ("doc-noteref", "doc-backlink") or parent.get("rel") == ["footnote"]):
            return True
        if parent is within:
            break
    return within.name == "sup" and bool(re.fullmatch(r"\s*\[?\d{1,3}\]?\s*", within.get_text()))


def _squeezed(words: str) -> str:
    return " ".join(words.replace("\u00ad", "").replace("\u200b", "").split())
