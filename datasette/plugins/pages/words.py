"""Words marked in place: a text and its spans become a flat list of segments, which the templates escape one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from textwrap import shorten

OPEN, CLOSE = "\x02", "\x03"             # what FTS5 is asked to put around a hit; no printed document holds them
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z“\"(0-9])")


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end] means `label`; `note` says why, `link` leads there."""

    start: int
    end: int
    label: str
    note: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text under the same spans; `spans` is empty for plain text."""

    text: str
    spans: tuple[Span, ...] = ()
    last: bool = False                   # the span ends here: a template prints the label once


def segments(text: str, spans: Iterable[Span]) -> list[Segment]:
    """The text cut where spans begin and end; spans outside the text are dropped."""
    kept = sorted({span for span in spans if 0 <= span.start < span.end <= len(text)}, key=lambda s: (s.start, -s.end, s.label))
    cuts = sorted({0, len(text), *(s.start for s in kept), *(s.end for s in kept)})
    found = []
    for start, end in pairwise(cuts):
        over = tuple(s for s in kept if s.start <= start and end <= s.end)
        found.append(Segment(text[start:end], over, any(s.end == end for s in over)))
    return found


def placed(text: str, words: str, start: int, end: int) -> tuple[int, int] | None:
    """Where `words` stand: at the stored offsets if they are there, else wherever they occur once."""
    if text[start:end] == words:
        return start, end
    return sought(text, words)


def sought(text: str, words: str) -> tuple[int, int] | None:
    """Where `words` stand in `text`, white space aside; None if nowhere."""
    if not words.split() or len(words) > 20_000:
        return None
    at = text.find(words)
    if at >= 0:
        return at, at + len(words)
    match = re.search(r"\s+".join(re.escape(word) for word in words.split()), text)
    return match.span() if match else None


def lit(marked: str) -> list[Segment]:
    """Segments of a text in which FTS5 has put its marks around the hits."""
    found = []
    for n, part in enumerate(marked.split(OPEN)):
        hit, _, rest = part.partition(CLOSE) if n else ("", "", part)
        if hit:
            found.append(Segment(hit, (Span(0, len(hit), "hit"),), True))
        if rest.strip(CLOSE):
            found.append(Segment(rest.replace(CLOSE, "")))
    return found


def sentences(text: str) -> list[str]:
    """A text cut into sentences, roughly: only for showing what stands around a statement."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


def begun(text: str, most: int = 60) -> str:
    """The first words of a text, of `most` letters at most: what a page about it is called."""
    return shorten(text, most, placeholder=" …") if " " in text[:most].strip() else text[:most]


def around(before: str, after: str, n: int = 2) -> tuple[str, str]:
    """The last `n` sentences of what stands before and the first `n` of what follows."""
    return " ".join(sentences(before)[-n:]), " ".join(sentences(after)[:n])
