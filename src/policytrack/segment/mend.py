"""Printed lines become running words: hyphens at line ends, page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from policytrack.model import Line

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑’'][^\W\d_]+)*")
_LAST = re.compile(r"([^\W\d_][\w’']*(?:[-‐‑][\w’']+)*)[-‐\u00ad]$")
_FIRST = re.compile(r"[^\W\d_]+(?:[-‐‑’'][^\W\d_]+)*")
_SUSPENDED = {"and", "or", "to", "nor", "but"}


def vocabulary(lines: Iterable[Line]) -> Counter[str]:
    """How often each word stands whole in a document: words beside a line's end or start hyphen do not count."""
    words: Counter[str] = Counter()
    for line in lines:
        for row in line.text.split("\n"):
            words.update(w.casefold().replace("‐", "-").replace("‑", "-") for w in _WORD.findall(re.sub(r"\S+[-‐\u00ad]$", "", row)))
    return words


def pieces(rows: Sequence[tuple[int, str]], words: Counter[str]) -> list[tuple[int, str]]:
    """One text per page from rows of (page, text); a word hyphenated over the page break goes whole to the first page."""
    out: list[tuple[int, str]] = []
    for page, row in rows:
        row = " ".join(row.replace("\u00a0", " ").split(" ")).strip(" ")
        row = re.sub("\u00ad(?!$)", "", row)
        if not row:
            continue
        if not out:
            out.append((page, row))
            continue
        before, text = out[-1]
        joined, rest = join(text, row, words) if before == page else _over_the_page(text, row, words)
        out[-1] = (before, joined)
        if before != page and rest:
            out.append((page, rest))
    return [(page, text.replace("\u00ad", "-")) for page, text in out]


def join(text: str, row: str, words: Counter[str]) -> tuple[str, str]:
    """A text with the next row joined to it; the second value is empty."""
    last, first = _broken(text), _FIRST.match(row)
    if last and first and first[0][0].islower():
        if first[0].casefold() in _SUSPENDED and not text.endswith("\u00ad"):
            return f"{text} {row}", ""
        return text[: -len(last[0])] + _mended(last[1], first[0], words) + row[first.end():], ""
    if text.endswith("\u00ad"):
        return f"{text[:-1]}-{row}", ""
    if len(text) == 1 and text.isupper() and text not in "AI" and row[:1].islower():
        return text + row, ""              # a drop capital
    if text.endswith("-") and not text.endswith(" -") and row[:1].isalnum():
        return text + row, ""
    if text.endswith(("—", "/")) and not text.endswith((" —", " /")):
        return text + row, ""
    return f"{text} {row}", ""


def _broken(text: str) -> re.Match[str] | None:
    """The part of a word before a hyphen that ends a text."""
    return _LAST.search(text[-80:]) if text[-1:] in "-‐\u00ad" else None


def _over_the_page(text: str, row: str, words: Counter[str]) -> tuple[str, str]:
    """The text with the rest of a broken word, and what then stands on the next page."""
    last, first = _broken(text), _FIRST.match(row)
    if last and first and first[0][0].islower() and first[0].casefold() not in _SUSPENDED:
        whole = re.match(r"\S+", row)
        tail = whole[0] if whole else first[0]
        return text[: -len(last[0])] + _mended(last[1], first[0], words) + tail[first.end():], row[len(tail):].strip()
    return text, row


def _mended(left: str, right: str, words: Counter[str]) -> str:
    """The word that was broken: joined only where the document has it so, with its hyphen where it has it so or neither."""
    whole, parted = f"{left}{right}", f"{left}-{right}"
    joined, hyphened = words[whole.casefold()], words[parted.casefold()]
    return whole if joined and joined >= hyphened else parted
