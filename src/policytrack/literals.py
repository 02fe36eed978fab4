"""A pattern -> words of which one stands in every text that it matches, so that most texts need no search at all.

`"we will" in text` costs a fiftieth of a search for `\\bwe will (?:also )?(?:need|have) to\\b`, and seldom holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product
from re import _constants as op  # the only reader of patterns there is; Python keeps it private
from re import _parser

_MOST = 32                   # words that a stretch of a pattern may be spelled out into
_ASKED = 80                  # words beyond which asking for all of them is no gain
_NOTHING = frozenset({""})
# What re.IGNORECASE takes for an ASCII letter though its lower case is no such letter.
_ODD = (("İ", "i"), ("ı", "i"), ("ſ", "s"))

Words = frozenset[str]


@lru_cache(maxsize=64)
def folded(text: str) -> str:
    """The text as `required` words are looked for in it."""
    if not text.isascii():
        for odd, plain in _ODD:
            text = text.replace(odd, plain)
    return text.lower()


def required(pattern: str) -> tuple[str, ...]:
    """Folded words, one of which stands in the folded form of every text that `pattern` matches; () where there are none of use."""
    _, best = _sequence(_parser.parse(pattern))
    return tuple(sorted(_short(best))) if best else ()


def _sequence(items: Iterable) -> tuple[Words | None, Words | None]:
    """(all that the items match where that is a short list, else None; the best requirement)."""
    exact: Words | None = _NOTHING
    run, wants = _NOTHING, []
    for item in items:
        whole, want = _item(*item)
        if want:
            wants.append(want)
        longer = frozenset(map("".join, product(run, whole))) if whole is not None and len(run) * len(whole) <= _MOST else None
        if longer is None:
            wants.append(run)
            exact, run = None, _NOTHING if whole is None else whole
        else:
            run = longer
    wants.append(run)
    return (run if exact is not None else None), _best(wants)


def _item(kind: object, value) -> tuple[Words | None, Words | None]:
    if kind is op.LITERAL or kind is op.IN:
        return _letters([(kind, value)] if kind is op.LITERAL else value), None
    if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return _NOTHING, None
    if kind is op.SUBPATTERN:
        return _sequence(value[3])
    if kind is op.BRANCH:
        return _branch([_sequence(way) for way in value[1]])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        least, most, items = value
        whole, want = _sequence(items)
        if (least, most) == (0, 1):
            return (whole | _NOTHING if whole is not None else None), None
        return None, want if least else None
    return None, None


def _letters(choices: Sequence) -> Words | None:
    """The folded characters of a set; None for a range, a class or letters whose case is not plain."""
    if not all(kind is op.LITERAL and (value < 128 or chr(value).lower() == chr(value).upper()) for kind, value in choices):
        return None
    return frozenset(chr(value).lower() for _, value in choices)


def _branch(ways: Sequence[tuple[Words | None, Words | None]]) -> tuple[Words | None, Words | None]:
    whole = frozenset().union(*(w for w, _ in ways if w is not None))
    exact = whole if all(w is not None for w, _ in ways) and len(whole) <= _MOST else None
    return exact, frozenset().union(*(want for _, want in ways)) if all(want for _, want in ways) else None


def _best(wants: Iterable[Words]) -> Words | None:
    """Of several requirements the one whose shortest word is longest."""
    useful = [want for want in map(_short, wants) if len(want) <= _ASKED and min(map(len, want)) > 1]
    return max(useful, key=lambda want: (min(map(len, want)), -len(want), sorted(want)), default=None)


def _short(words: Words) -> Words:
    """The same requirement without the words that hold another of them."""
    return frozenset(word for word in words if not any(other != word and other in word for other in words))


def holds(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a pattern stands anywhere in a text."""
    return within(_required(pattern), folded(text)) and pattern.search(text) is not None


@lru_cache(maxsize=4096)
def _required(pattern: re.Pattern[str]) -> tuple[str, ...]:
    return required(pattern.pattern)


def within(words: Sequence[str], text: str) -> bool:
    """Whether one of `required` words stands in a folded text; true where nothing is required."""
    for word in words:
        if word in text:
            return True
    return not words

