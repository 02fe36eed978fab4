"""Pages -> tokens: every word of every page with its lemma, part of speech and zone, for counting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policytrack import clauses
from policytrack.clauses import Clause, Token
from policytrack.features import Lexicon, actor_class, subject
from policytrack.model import Page, Passage
from policytrack.sentences import Unit

Row = tuple[int, int, int, str, str, str, str, int]   # page, start, end, word, lemma, pos, zone, by_publisher


def rows(units: Sequence[Unit], parsed: Sequence[tuple[tuple[Token, ...], tuple[Clause, ...]]], passages: Iterable[Passage],
         lexicon: Lexicon) -> list[Row]:
    """One row per word of the passages, by page and place; offsets are those of `Page.text`."""
    by_id = {p.id: p for p in passages}
    found: list[Row] = []
    for unit, (words, clause) in zip(units, parsed, strict=True):
        passage = by_id[unit.passage]
        own = {c.start for c in clause if actor_class(subject(c, unit), lexicon) == "own"}
        for word in words:
            if word.start >= unit.offset and word.pos not in ("PUNCT", "SPACE"):
                found += _placed(passage, unit.start + word.start - unit.offset, unit.start + word.end - unit.offset, word, word.start in own)
    return sorted(set(found))


def _placed(passage: Passage, start: int, end: int, word: Token, own: bool) -> Iterator[Row]:
    for place in passage.placed:
        if place.offset <= start < place.offset + place.end - place.start:
            at = place.start + start - place.offset
            yield place.page, at, at + end - start, passage.text[start:end], word.lemma, word.pos, passage.zone, int(own)
            return


def furniture(pages: Iterable[Page], nlp) -> list[Row]:
    """The words that were taken out of the text; their offsets are those of `Page.furniture`."""
    kept = [p for p in pages if p.furniture.strip()]
    parsed = clauses.parses((" ".join(p.furniture.splitlines()) for p in kept), nlp)
    return [(page.page, w.start, w.end, w.word, w.lemma, w.pos, "furniture", 0) for page, (words, _) in zip(kept, parsed, strict=True)
            for w in words if w.pos not in ("PUNCT", "SPACE")]
