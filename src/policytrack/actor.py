"""An act -> who is to act, in the words that are printed; nobody where none is named.

Sources in their order: a frame that names the one who is asked or leads ("we expect X to", "Lead: X"), the agent of a passive,
the subject of the clause, the one in whose name a subject stands ("X's aim is"), the words before the first verb of the act
where the parse found another subject or none, and those before the last verb of its lead-in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policytrack import cues
from policytrack.acts import Act
from policytrack.clauses import Clause
from policytrack.features import Lexicon, actor_class, carried, predicate
from policytrack.model import Signal
from policytrack.sentences import Unit
from policytrack.spans import signal

Span = tuple[int, int]

SHORT = 10                                    # words before the verb that may all be one name
_ACTS = ("own", "outsider", "named")
_ASKED = (*_ACTS, "person", "other")          # whoever is asked, be it a body that nobody knows
_ADDRESSED = ("outsider", "person", "other")  # subjects who are asked themselves: what they may ask of others is not the ask
_PRONOUNS = ("it", "they")
_GAINS = ("ability", "gain", "effect", "state", "importance")       # what an outsider who is promised something does: "will be able to", "will have"
# Where a name can begin inside longer words: behind a comma, at a determiner or a pronoun, at a capital.
_BEGINS = re.compile(r"(?<=, )\w|\b(?:the|all|each|every|both|these|those|our|any|local|we|it|they)\b|(?<![\w’'-])(?-i:[A-Z])", re.IGNORECASE)
# Words in front of a subject that are no part of it, and the last of them behind which no name can begin.
_FRONTED = re.compile(r"(?:in|on|to|as|from|by|over|for|at|with|under|given|during|after|before|through|meanwhile|\d{4}"
                      r"|\w+ing (?:the|an?|on|in|this|these|our|its|from|with|that|into|upon|up|out|to))\b", re.IGNORECASE)
_OPEN = re.compile(r"\b(?:of|for|in|on|to|at|by|with|within|from|under|the|an?|and|or|as|our|its|their|new|through|between|across|led|used|made|(?-i:[A-Z])[\w’'-]*)$", re.IGNORECASE)
_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had)\b")
_AND = re.compile(r"(?:^|[,;:.] |\b(?:that|which) )((?:[\w’'()&-]+ ){1,6})$")
# Where a new clause begins, and how one that hangs on nothing does.
_CUT = re.compile(r"[,;:–—]\s|\b(?:and|but|so|that|which|who|if|when|where|how|what|why|whether)\s", re.IGNORECASE)
_FRESH = re.compile(r"(?:[,;:–—]|and|but|so)\s(?:[A-Z]|(?:the|all|each|every|both|these|those|our|we|it|they|an?)\b)")


def acts(words: str, lexicon: Lexicon) -> bool:
    """Whether these words name somebody who can act."""
    return actor_class(words, lexicon) in _ACTS


def actor(unit: Unit, act: Act, clauses: tuple[Clause, ...], lexicon: Lexicon, role: str) -> list[Signal]:
    """The one who is to act, as a signal whose cue says where it was found; [] where nobody is named."""
    for cue, span in _found(unit, act, clauses, lexicon, role):
        if made := signal(unit, "actor", cue, span):
            return made
    return []


def _found(unit: Unit, act: Act, clauses: tuple[Clause, ...], lexicon: Lexicon, role: str) -> Iterator[tuple[str, Span]]:
    clause = act.clause
    subject = _subject(unit, act, lexicon) if clause is not None else None
    who = actor_class(unit.joined[slice(*subject)], lexicon) if subject else ""
    yield from _framed(unit, act, lexicon, asks=role == "expectation" and who not in _ADDRESSED)
    if clause is not None and clause.passive and clause.agent and acts(unit.joined[slice(*clause.agent)], lexicon):
        yield "agent", clause.agent
    if who in _ACTS and (said := _said(unit, clause, clauses, lexicon)):
        yield "said", said
    if subject and (owner := _owner(unit, subject, lexicon)):
        yield "owner", owner
    elif subject and _takes(unit, subject, clause, clauses, lexicon, role):
        yield f"subject-{who}", subject
    elif clause is None or not clause.passive:
        yield from _before(unit, act, subject, lexicon)


def _framed(unit: Unit, act: Act, lexicon: Lexicon, asks: bool) -> Iterator[tuple[str, Span]]:
    """Those whom the words of the act, or of its lead-in, ask or name as the lead."""
    for text, shift in ((unit.text[act.start:act.end], unit.offset + act.start), (unit.lead_in, 0), (unit.joined if act.start == 0 and unit.lead_in else "", 0)):
        for hit in cues.find(lexicon.frames, text):
            who = actor_class(text[hit.start:hit.end], lexicon)
            if who in _ACTS if hit.value == "lead" else asks and who != "document":
                yield hit.cue, (shift + hit.start, shift + hit.end)


def _subject(unit: Unit, act: Act, lexicon: Lexicon) -> Span | None:
    """The subject of the act's clause, without what the parse put before it and with what it left out."""
    if not act.clause.subject:
        return None
    start, end = act.clause.subject
    if start < unit.offset < end:
        start = unit.offset
    words = unit.joined[start:end]
    if (joined := re.match(r"(?:and|or) ", words)) and (before := _AND.search(unit.joined[:start])):
        return (before.start(1), end) if acts(unit.joined[before.start(1):end], lexicon) else (start + joined.end(), end)
    begins = _name(words, lexicon)
    if begins is None and _FRONTED.match(words):
        return None
    name = words[begins or 0:]
    verb = next((hit.start for hit in cues.find(lexicon.moods, name) if acts(name[:hit.start], lexicon)), len(name))
    return start + (begins or 0), start + (begins or 0) + verb


def _said(unit: Unit, clause: Clause, clauses: tuple[Clause, ...], lexicon: Lexicon) -> Span | None:
    """Who acts in what somebody understands or announces: "the Department understands that NICE plans to"."""
    inner = carried(clause, clauses) if predicate(clause.verb, lexicon) in ("mind", "saying") else None
    if inner is None or inner.form != "fin" or inner.inherited or not inner.subject or inner.passive:
        return None
    return inner.subject if acts(unit.joined[slice(*inner.subject)], lexicon) else None


def _owner(unit: Unit, subject: Span, lexicon: Lexicon) -> Span | None:
    """The one in whose name a subject stands: "the Department's aim", "a key role for the group"."""
    words = unit.joined[slice(*subject)]
    hit = next(iter(cues.find(lexicon.owners, words)), None)
    return (subject[0] + hit.start, subject[0] + hit.end) if hit and acts(words[hit.start:hit.end], lexicon) else None


def _takes(unit: Unit, subject: Span, clause: Clause, clauses: tuple[Clause, ...], lexicon: Lexicon, role: str) -> bool:
    """Whether a subject acts: of a passive only those who are asked, or who are made to do something ("will be required to report")."""
    words = unit.joined[slice(*subject)]
    who = actor_class(words, lexicon)
    made_to = carried(clause, clauses) is not None
    if role == "expectation":
        return who in _ACTS or words.casefold() in _PRONOUNS or who in _ASKED and (made_to or not clause.passive)
    if clause.passive:
        return who in _ACTS and made_to
    if who == "outsider":
        return predicate(clause.verb, lexicon) not in _GAINS
    return who in _ACTS or words.casefold() in _PRONOUNS


def _before(unit: Unit, act: Act, subject: Span | None, lexicon: Lexicon) -> Iterator[tuple[str, Span]]:
    """The name before the first verb of the act in a mood of its own, unless the subject that does not act stands there; else that before the last of its lead-in."""
    for text, shift, last in ((unit.text[act.start:act.end], unit.offset + act.start, False), (unit.lead_in, 0, True)):
        if not (hits := cues.find(lexicon.moods, text)):
            continue
        end = shift + hits[-1 if last else 0].start
        before = unit.joined[shift:end].rstrip()
        if subject and subject[0] >= shift and not unit.joined[subject[1]:end].strip():
            return
        cut = max((m.start() for m in _CUT.finditer(before)), default=0)
        rest = _FRESH.match(before, cut)
        starts = (cut + before[cut:].index(" ") + 1, 0) if rest else (0,)
        for at in sorted(starts) if len(before.split()) <= SHORT else starts:
            if (begins := _name(before[at:], lexicon)) is not None:
                yield "before-modal", (shift + at + begins, shift + len(before))


def _name(words: str, lexicon: Lexicon) -> int | None:
    """Where in these words the name of one who acts begins: at their start, or behind what is only put in front of it; None where there is none."""
    if not _FRONTED.match(words):
        return 0 if acts(words, lexicon) and not _VERB.search(words) else None
    return next((at for at in (m.start() for m in _BEGINS.finditer(words)) if at and "," not in words[at:] and not _VERB.search(words[at:]) and not _OPEN.search(words[:at].rstrip()) and acts(words[at:], lexicon)), None)
