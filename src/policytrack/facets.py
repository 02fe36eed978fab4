"""An act -> its facets: who acts, with whom, by when, how much, who checks; each with its exact words."""

from __future__ import annotations

import re

from policytrack import cues
from policytrack.acts import Act
from policytrack.clauses import Clause
from policytrack.features import Lexicon, actor_class, carried
from policytrack.model import Part, Signal
from policytrack.sentences import Unit

_WITH = re.compile(r"\b(?:with(?: the)? (?:support|help|advice|input) (?:from|of)|alongside) (?=\S)", re.IGNORECASE)
_JOINT = re.compile(r"\b(?:work(?:ing)?(?: (?:\w+ly|together|in (?:close )?partnership|in (?:close )?collaboration|in conjunction))*|engag(?:e|ing)|collaborat(?:e|ing)|liais(?:e|ing)"
                    r"|partner(?:ing)?|consult(?:ing)?|discuss\w*|link(?:ing)? up|engagement|programme|co-?operat(?:e|ing)|in (?:close )?(?:partnership|collaboration|conjunction|consultation|association)"
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
    if clause is not None and clause.passive and clause.agent and role != "expectation":
        return [s for s in _signal(unit, "actor", "agent", clause.agent) if actor_class(unit.joined[slice(*clause.agent)], lexicon) in _ACTS]
    if clause is not None and clause.subject:
        who = actor_class(unit.joined[slice(*clause.subject)], lexicon)
        return _signal(unit, "actor", f"subject-{who}", clause.subject, who) if _acts(who, clause, unit, role) else []
    return _before_modal(unit, act, lexicon) if clause is None or not clause.passive else []


_ACTS = ("own", "outsider", "named")
_PRONOUNS = ("it", "they")
_MODAL = re.compile(r"\s(?:will|shall|should|must|(?:is|are) (?:committed|going|working|planning))\b")


def _acts(who: str, clause: Clause, unit: Unit, role: str) -> bool:
    """Whether a subject of this class acts: of a passive only the publisher's own bodies, and those who are told to."""
    if role == "expectation":
        return who in (*_ACTS, "person", "other") or unit.joined[slice(*clause.subject)].casefold() in _PRONOUNS
    if clause.passive:
        return who == "own"
    return who in _ACTS or unit.joined[slice(*clause.subject)].casefold() in _PRONOUNS


def _before_modal(unit: Unit, act: Act, lexicon: Lexicon) -> list[Signal]:
    """The words before the first modal, where the parse found no subject: in the act, else in its lead-in."""
    for text, shift in ((unit.text[act.start:act.end], unit.offset + act.start), (unit.lead_in, 0)):
        if m := _MODAL.search(text):
            before = re.split(r"[,;:–—]\s|\b(?:and|but|that|which|so|if|when|where)\s", text[: m.start()])[-1]
            if actor_class(before, lexicon) in _ACTS:
                return _signal(unit, "actor", "before-modal", (shift + m.start() - len(before), shift + m.start()))
    return []


_STOP = re.compile(r"\s(?:to|so|and will|by|as|through|over|during|at|that|who|which)\s|\s(?:on|in|for|about) (?:\w+ing|the \w+ing|this|these|how|an?)\b|[,.;:(]|\s[–—]\s|$")


def partner(unit: Unit, act: Act, lexicon: Lexicon) -> list[Signal]:
    """With whom: the phrase behind "with" of joint action, or behind "with support from" and its like where a body follows."""
    text = unit.text[act.start:act.end]
    joint = _JOINT.search(text)
    for m in filter(None, (joint, *_WITH.finditer(text))):
        rest = text[m.end():]
        words = rest[: _STOP.search(rest).start()].rstrip()
        who = actor_class(words, lexicon)
        if len(words) > 2 and (who in _ACTS or m is joint and who != "document"):
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
            return _signal(unit, "object", at.verb, span)
    return []
