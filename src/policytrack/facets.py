"""An act -> its facets: who acts, with whom, by when, how much, who checks; each with its exact words."""

from __future__ import annotations

import re

from policytrack import cues
from policytrack.acts import Act
from policytrack.clauses import Clause
from policytrack.features import Lexicon, actor_class, carried
from policytrack.model import Part, Signal
from policytrack.sentences import Unit

_WITH = ("with", "alongside", "among")
_JOINT = re.compile(r"\b(?:work(?:ing)?(?: (?:\w+ly|together|in (?:close )?partnership|in (?:close )?collaboration|in conjunction))*|engag(?:e|ing)|collaborat(?:e|ing)|liais(?:e|ing)"
                    r"|partner(?:ing)?|consult(?:ing)?|discuss\w*|co-?operat(?:e|ing)|in (?:close )?(?:partnership|collaboration|conjunction|consultation|association)"
                    r"|jointly|together|team(?:ing)? up|co-?ordinat(?:e|ing)|talk(?:ing)?|agree\w*|negotiat(?:e|ing)|shar(?:e|ing)|meet(?:ing)?) with ", re.IGNORECASE)


def _part(unit: Unit, start: int, end: int) -> tuple[Part, int, int] | None:
    """A span of unit.joined as a span of the item or of its lead-in; None where it straddles both."""
    if start >= unit.offset:
        return "quote", start - unit.offset, end - unit.offset
    if end <= len(unit.lead_in):
        return "lead_in", start, end
    return None


def _signal(unit: Unit, label: str, cue: str, span: tuple[int, int] | None, value: str = "") -> list[Signal]:
    placed = _part(unit, *_tight(unit.joined, *span)) if span else None
    return [Signal(label, cue, placed[1], placed[2], placed[0], value)] if placed and placed[1] < placed[2] else []


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without a trailing relative clause, brackets or white space."""
    words = text[start:end]
    cut = re.search(r",? (?:which|who|whose|where|that) |\s[(–—]|,\s(?:in|as|by|for|through|including|such)\b|[;:]", words)
    words = (words[: cut.start()] if cut and cut.start() > 2 else words).rstrip(" ,.;:")
    lead = len(words) - len(words.lstrip(" ,.;:–‘'\""))
    return start + lead, start + len(words)


def actor(unit: Unit, act: Act, lexicon: Lexicon, role: str) -> list[Signal]:
    """Who is to act, as written: the subject of an active clause, the agent of a passive one; nobody where none is named."""
    clause = act.clause
    if clause is None:
        return []
    if clause.passive and role != "expectation":
        return _signal(unit, "actor", "agent", clause.agent)
    if not clause.subject:
        return []
    words = unit.joined[slice(*clause.subject)]
    who = actor_class(words, lexicon)
    acts = who in ("own", "outsider", "named") or (who == "pronoun" and words.casefold() in ("it", "they")) or (role == "expectation" and who in ("person", "other"))
    return _signal(unit, "actor", f"subject-{who}", clause.subject, who) if acts else []


def partner(unit: Unit, act: Act, clauses: tuple[Clause, ...]) -> list[Signal]:
    """With whom: the phrase behind "with" of a verb of joint action."""
    text = unit.text[act.start:act.end]
    for m in _JOINT.finditer(text):
        at = unit.offset + act.start + m.end()
        for clause in clauses:
            for case, start, end in clause.obliques:
                if case in _WITH and start <= at <= start + len(case) + 2:
                    return _signal(unit, "partner", "with", (start + len(case) + 1, end))
        stop = re.search(r"\s(?:to|on|in|so|and will|by|as|for|through|over|during|at|that)\s|[,.;:(]|$", text[m.end():])
        if stop and stop.start() > 2:
            return _signal(unit, "partner", "with", (at, at + stop.start()))
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
            return _signal(unit, "object", at.verb, span)
    return []
