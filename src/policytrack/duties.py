"""Passages -> duties that exist already and are restated there: law, regulations, conditions of grants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from policytrack.cues import Cue, find
from policytrack.model import identity

ZONES = ("body",)
_SENTENCE = re.compile(r"(?<=[.!?])[”’\")]*\s+(?=[“‘\"(]?[A-Z0-9])")
_CLAUSE = re.compile(r"[,;:–—(]|\b(?:and that|that|and(?! [A-Z])|but|while|because|where|which|who|if|when|as|since|although|what|information)\b")
_LEFT_OVER = re.compile(r"(?:\s+(?:are|is|be|have|has|also|already|now|still|then|therefore|will|must|shall|each|all|both|legally|currently))+$")
_NO_NAME = frozenset({"the", "a", "an", "it", "this", "there", "these", "those", "to", "such"})
ACTOR = 8            # words; what is longer is no name


def duties(passages: Sequence[dict], known: Sequence[Cue], taken: Callable[[str, str], bool], body: Callable[[str, str], str | None]) -> Iterator[dict]:
    """The rows of `duties`: one for every sentence of running text that restates a duty and is no statement (`taken`) itself."""
    seen: set[str] = set()
    for passage in passages:
        if passage["zone"] not in ZONES:
            continue
        for sentence in _SENTENCE.split(passage["text"]):
            signal = next(iter(find(known, sentence)), None)
            id = identity("d", passage["document"], sentence)
            if signal is None or id in seen or taken(passage["document"], sentence):
                continue
            seen.add(id)
            actor = _actor(sentence[:signal.start])
            yield dict(id=id, document=passage["document"], page=passage["page"], quote=sentence.strip(), actor=actor, actor_body=body(passage["document"], actor) if actor else None)


def _actor(before: str) -> str | None:
    """The last clause before the obligation, where it is short enough to be a name."""
    last = _LEFT_OVER.sub("", _CLAUSE.split(before)[-1].strip())
    return last if last and len(last.split()) <= ACTOR and last[0].isalpha() and last.casefold() not in _NO_NAME else None
