"""One promise, several places: the same statement in foreword, summary, body and annex is one, with its places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from policytrack.model import Statement

SAME = 93           # rapidfuzz token-sort ratio from which two wordings are one promise
_SHORT = 6          # fewer words than this say too little to be told apart by likeness


def words(statement: Statement) -> str:
    """The words by which a statement is told from others, without case and punctuation."""
    text = statement.act or statement.text
    text = f"{statement.lead_in} {text}" if len(text.split()) < _SHORT else text
    return " ".join(re.findall(r"\w+", text.casefold()))


def groups(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Statements of one role and document, grouped where they say the same; each group and the list in reading order."""
    found: list[tuple[str, list[Statement]]] = []
    by_words: dict[str, int] = {}
    for statement in statements:
        own = words(statement)
        at = by_words.get(own)
        if at is None and len(own.split()) >= _SHORT:
            at = next((n for n, (other, _) in enumerate(found) if _alike(own, other)), None)
        if at is None:
            at = len(found)
            found.append((own, []))
        by_words.setdefault(own, at)
        found[at][1].append(statement)
    return [group for _, group in found]


def _alike(a: str, b: str) -> bool:
    numbers = re.compile(r"\d+")
    if min(len(a), len(b)) < 0.8 * max(len(a), len(b)) or numbers.findall(a) != numbers.findall(b):
        return False
    return fuzz.token_sort_ratio(a, b, score_cutoff=SAME) >= SAME
