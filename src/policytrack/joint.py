"""An answer that several governments give together -> one for each: what it says of all of them, and of this one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policytrack import verdicts

LEAST = 3                     # governments that an answer names before it is taken apart
_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-Z])")
_EXCEPTION = re.compile(r",\s+(?=(?:save|except|although|but|with the exception|other than|though)\b)")


def parts(unit, speakers: Sequence[str], rules: verdicts.Rules) -> list:
    """The unit itself, or one for each of the speakers where it names most of them."""
    pieces = [(place, said, bodies) for place in unit.answer for said, bodies in _pieces(place[1], rules)]
    named = {body for _, _, bodies in pieces for body in bodies} & set(speakers)
    if len(named) < LEAST or unit.each or not unit.numbers:
        return [unit]
    return [replace(unit, responders=(speaker,), answer=_of(speaker, pieces), verdict="", lines=0) for speaker in speakers if speaker in named]


def _of(speaker: str, pieces: Sequence[tuple]) -> list[tuple[int, str, str]]:
    """The passages of an answer with the words that are one government's own or everybody's."""
    made: dict[str, tuple[int, str, str]] = {}
    for (page, _, passage), said, bodies in pieces:
        if not bodies or speaker in bodies:
            before = made.get(passage)
            made[passage] = (page, f"{before[1]} {said}" if before else said, passage)
    return list(made.values())


def _pieces(text: str, rules: verdicts.Rules) -> Iterator[tuple[str, set[str]]]:
    """(words, the governments that they are about) of each sentence, an exception for one of them apart."""
    for sentence in _SENTENCE.split(text):
        head, *tail = _EXCEPTION.split(sentence, maxsplit=1)
        if tail and (own := verdicts.bodies(tail[0], rules) | verdicts.places(tail[0], rules)) and (everybody := verdicts.bodies(head, rules)) - own:
            yield f"{head}.", everybody - own
            yield sentence, own
        else:
            yield sentence, verdicts.bodies(sentence, rules) or verdicts.places(sentence, rules)
