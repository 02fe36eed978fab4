"""An act -> its facets beside the actor: with whom, by when, how much, who checks; each with its exact words."""

from __future__ import annotations

import re

from policytrack import actor, cues
from policytrack.acts import Act
from policytrack.clauses import Clause
from policytrack.features import Lexicon, actor_class, carried
from policytrack.model import Signal
from policytrack.sentences import Unit
from policytrack.spans import signal

_WITH = re.compile(r"\b(?:with(?: the)? (?:support|help|advice|input) (?:from|of)|alongside) (?=\S)", re.IGNORECASE)
_JOINT = re.compile(r"\b(?:work(?:ing)?(?: (?:\w+ly|together|in (?:close )?partnership|in (?:close )?collaboration|in conjunction))*|engag(?:e|ing)|collaborat(?:e|ing)|liais(?:e|ing)"
                    r"|partner(?:ing)?|consult(?:ing)?|discuss\w*|link(?:ing)? up|engagement|programme|co-?operat(?:e|ing)|in (?:close )?(?:partnership|collaboration|conjunction|consultation|association)"
                    r"|jointly|together|team(?:ing)? up|co-?ordinat(?:e|ing)|talk(?:ing)?|agree\w*|negotiat(?:e|ing)|shar(?:e|ing)|meet(?:ing)?) with ", re.IGNORECASE)


_STOP = re.compile(r"\s(?:to|so|and will|by|as|through|over|during|at|that|who|which)\s|\s(?:on|in|for|about) (?:\w+ing|the \w+ing|this|these|how|an?)\b|[,.;:(]|\s[–—]\s|$")


def partner(unit: Unit, act: Act, lexicon: Lexicon) -> list[Signal]:
    """With whom: the phrase behind "with" of joint action, or behind "with support from" and its like where a body follows."""
    text = unit.text[act.start:act.end]
    joint = _JOINT.search(text)
    for m in filter(None, (joint, *_WITH.finditer(text))):
        rest = text[m.end():]
        words = rest[: _STOP.search(rest).start()].rstrip()
        if len(words) > 2 and (actor.acts(words, lexicon) or m is joint and actor_class(words, lexicon) != "document"):
            start = act.start + m.end()
            return [Signal("partner", "joint" if m is joint else "with", start, start + len(words))]
    return []


def deadline(unit: Unit, act: Act, lexicon: Lexicon) -> list[Signal]:
    """The first time that bounds the act, in its own words or else in its lead-in."""
    for part, text, shift in (("quote", unit.text[act.start:act.end], act.start), ("lead_in", unit.lead_in, 0)):
        hits = cues.find(lexicon.deadlines, text)
        if hits:
            best = min(hits, key=lambda s: (s.start, s.start - s.end))
            return [Signal("deadline", best.cue, best.start + shift, best.end + shift, part, best.value)]
    return []


def others(unit: Unit, act: Act, lexicon: Lexicon) -> list[Signal]:
    """Amounts, hedges and checks: the first amount, every hedge, every check."""
    text, out, taken = unit.text[act.start:act.end], [], set()
    for cue in lexicon.facets:
        facet = cue.extra["facet"]
        for hit in cue.find(text):
            if facet == "amount" and facet in taken:
                continue
            taken.add(facet)
            out.append(Signal(facet, hit.cue, hit.start + act.start, hit.end + act.start))
    return out


def thing(unit: Unit, act: Act, clauses: tuple[Clause, ...]) -> list[Signal]:
    """What is acted on: the object of the act, or of the act it carries, or the subject of a passive."""
    clause = act.clause
    for at in (clause, carried(clause, clauses) if clause else None):
        if at is None:
            continue
        span = at.object or (at.subject if at.passive and not at.inherited else None)
        if span and span[0] >= unit.offset:
            return signal(unit, "object", at.verb, span)
    return []
