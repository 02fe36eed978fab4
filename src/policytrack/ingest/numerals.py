"""The numbers that Word prints before paragraphs, which the file itself only implies."""

from __future__ import annotations

import re
from typing import Any

from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def numeral(number: int, style: str) -> str:
    """A number in Word's style: decimal, lowerLetter, upperRoman and so on."""
    if style.endswith("Letter"):
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style.endswith("Roman"):
        text, left = "", number
        for value, sign in _ROMAN:
            text, left = text + sign * (left // value), left % value
    else:
        return f"{number:02d}" if style == "decimalZero" else str(number)
    return text.upper() if style.startswith("upper") else text


class Counters:
    """Counts list paragraphs as Word does: `marker` of each paragraph in turn gives what is printed before it."""

    def __init__(self, document: Opened):
        self._levels = _levels(document)
        self._counts: dict[tuple[str, int], int] = {}

    def marker(self, paragraph: Paragraph) -> tuple[str, int]:
        """The printed number or bullet (or nothing) and the depth of a paragraph; counts it."""
        number, depth = _numbered(paragraph)
        levels = self._levels.get(number or "")
        if not levels or depth not in levels:
            return "", depth
        style, pattern, start, abstract = levels[depth]
        if style == "bullet":
            return "•", depth
        if style == "none":
            return "", depth
        self._counts[abstract, depth] = self._counts.get((abstract, depth), start - 1) + 1
        for key in [key for key in self._counts if key[0] == abstract and key[1] > depth]:
            del self._counts[key]
        return re.sub(r"%(\d)", lambda m: self._shown(abstract, int(m[1]) - 1, levels), pattern), depth

    def _shown(self, abstract: str, depth: int, levels: dict[int, tuple[str, str, int, str]]) -> str:
        style, _, start, _ = levels.get(depth, ("decimal", "", 1, ""))
        return numeral(self._counts.get((abstract, depth), start), style)


def _numbered(paragraph: Paragraph) -> tuple[str | None, int]:
    """The list and depth of a paragraph, its own or its style's."""
    holders = [paragraph._p.pPr]
    style: Any = paragraph.style
    while style is not None:
        holders.append(style.element.pPr)
        style = style.base_style
    for holder in holders:
        properties = holder.find(qn("w:numPr")) if holder is not None else None
        if properties is not None:
            number, depth = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
            return (number.get(qn("w:val")) if number is not None else None), int(depth.get(qn("w:val")) if depth is not None else 0)
    return None, 0


def _levels(document: Opened) -> dict[str, dict[int, tuple[str, str, int, str]]]:
    """Per list: depth -> (style, pattern such as `%1.%2`, first number, the abstract list that is counted)."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstracts: dict[str, dict[int, tuple[str, str, int, str]]] = {}
    for abstract in root.findall(qn("w:abstractNum")):
        name = abstract.get(qn("w:abstractNumId"))
        abstracts[name] = {int(level.get(qn("w:ilvl"))): (*_level(level), name) for level in abstract.findall(qn("w:lvl"))}
    return {
        number.get(qn("w:numId")): abstracts.get(number.find(qn("w:abstractNumId")).get(qn("w:val")), {})
        for number in root.findall(qn("w:num"))
    }


def _level(level: Any) -> tuple[str, str, int]:
    def value(name: str, default: str) -> str:
        found = level.find(qn(name))
        return found.get(qn("w:val")) if found is not None and found.get(qn("w:val")) is not None else default

    return value("w:numFmt", "decimal"), value("w:lvlText", ""), int(value("w:start", "1"))
