"""Passages -> Statements: what each sentence does, and the exact words that say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from policytrack import actor, acts, classify, clauses, decide, facets, features, sentences
from policytrack.acts import Act
from policytrack.clauses import Clause
from policytrack.features import Lexicon
from policytrack.model import BadInput, Passage, Role, Signal, Statement, identity
from policytrack.sentences import Unit

ZONES = ("body",)
GRADED = ("commitment", "expectation")
Method = str        # rules | both
Vectors = Callable[[Sequence[str]], np.ndarray]
LEAD, HEADING = 200, 60      # letters of the lead-in and of the heading that the fitted encoder reads along
SURE = 0.8                   # at least this likely by the signals alone, and the fitted encoder is not asked: measured, asking it oftener gains nothing


@dataclass(frozen=True, slots=True)
class Encoders:
    """Texts -> what the encoder makes of them: vectors of likeness, and the chances of each role and category by the fitted encoder."""

    vectors: Vectors | None = None
    chances: Vectors | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """All that extraction knows: cues, decisions, abbreviations and, unless rules alone are asked for, the weights."""

    lexicon: Lexicon
    decisions: tuple[decide.Decision, ...]
    known: frozenset[str]
    role: classify.Model | None = None
    category: classify.Model | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One act before it is judged, with the signals that speak for and against it."""

    unit: Unit
    act: Act
    clauses: tuple[Clause, ...]
    names: tuple[str, ...]
    kind: str = ""            # of the document

    @property
    def text(self) -> str:
        """The act's own words."""
        return self.unit.text[self.act.start:self.act.end]


def rules(pipeline: Path, method: Method = "both") -> Rules:
    """The rules in folder `pipelines`; `method="rules"` leaves the classifier out."""
    if method not in ("rules", "both"):
        raise BadInput(method, "no such method", "rules or both")
    weights = pipeline / "weights" / "statements.npz"
    model = {} if method == "rules" or not weights.exists() else {
        "role": classify.load(weights, "role"), "category": classify.load(weights, "category")}
    return Rules(features.lexicon(pipeline), decide.load(pipeline / "decisions.toml"), sentences.abbreviations(pipeline / "abbreviations.toml"), **model)


def candidates(passages: Iterable[Passage], kind: str, nlp, rules: Rules) -> list[Candidate]:
    """Every act of the body text, in reading order, with its signals."""
    units = [u for u in sentences.units(passages, rules.known) if judgeable(u)]
    return judged(units, (found for _, found in clauses.parses((u.joined for u in units), nlp)), kind, rules)


def judgeable(unit: Unit) -> bool:
    """Whether a unit can be a statement at all: body text, no heading."""
    return unit.zone in ZONES and unit.kind != "heading"


def judged(units: Sequence[Unit], parsed: Iterable[tuple[Clause, ...]], kind: str, rules: Rules) -> list[Candidate]:
    """The candidates of units whose clauses are known; what a publication says of itself as a thing to be copied is none."""
    made = []
    for unit, found in zip(units, parsed, strict=True):
        for act in acts.acts(unit, found):
            names = features.names(unit, act, found, rules.lexicon, kind)
            if rules.lexicon.never.intersection(names):
                continue
            role, rule = decide.role(names, rules.decisions)
            made.append(Candidate(unit, act, found, (*names, f"rule={role}", f"rule={role}/{rule}"), kind))
    return made


def judge(items: Sequence[Candidate], rules: Rules, encoders: Encoders) -> tuple[list[tuple[Role, float, tuple[Role, ...]]], dict[int, str]]:
    """(role, confidence, close seconds) of each candidate, and the learned category of each that is graded, by its place among the items.

    The signals speak first; where they leave it open, their chances and those of the fitted encoder are averaged. Without
    the classifier the decision list decides, and the category is left to the rules.
    """
    if rules.role is None:
        return [(decide.role(item.names, rules.decisions)[0], 0.7, ()) for item in items], {}
    found = classify.probabilities(rules.role, [item.names for item in items])
    open_ = [n for n, row in enumerate(found) if row.max() < SURE] if encoders.chances else []
    read = encoders.chances([context(items[n]) for n in open_]) if open_ else np.zeros((0, found.shape[1]))
    known = [(n, row) for n, row in zip(open_, read, strict=True) if not np.isnan(row[0])]
    for n, row in known:
        found[n] = (found[n] + row[:found.shape[1]]) / 2
    best = [_best(row, rules.role.classes) for row in found]
    graded = [n for n, (role, *_) in enumerate(best) if role in GRADED]
    return best, dict(zip(graded, _categories(graded, items, rules, encoders, {n: row[found.shape[1]:] for n, row in known}), strict=True))


def _categories(graded: Sequence[int], items: Sequence[Candidate], rules: Rules, encoders: Encoders, read: dict[int, np.ndarray]) -> list[str]:
    """The category of each graded act by its signals and vector, averaged with the fitted encoder's where that was asked."""
    if not graded:
        return []
    dense = encoders.vectors([words(items[n]) for n in graded]) if encoders.vectors is not None else None
    found = classify.probabilities(rules.category, [items[n].names for n in graded], dense)
    for row, n in zip(found, graded, strict=True):
        row += read.get(n, 0.0)
    return [rules.category.classes[n] for n in found.argmax(axis=1)]


def context(item: Candidate) -> str:
    """What the fitted encoder reads of an act: the kinds of document and passage, the nearest heading, the lead-in, and the sentence with the act in brackets."""
    unit, act = item.unit, item.act
    whole = unit.text if act.alone else f"{unit.text[:act.start]} [ {unit.text[act.start:act.end]} ] {unit.text[act.end:]}"
    lead = f"{unit.lead_in[-LEAD:]} • " if unit.lead_in else ""
    return f"{item.kind} {unit.kind}: {unit.section.split(' › ')[-1][:HEADING]} | {lead}{whole}"


def words(item: Candidate) -> str:
    """The words of a candidate that are turned into a vector."""
    return item.unit.joined if item.act.alone else item.text


def said(statement: Statement) -> str:
    """The same words of a finished statement."""
    return sentences.joined(statement.lead_in, statement.text)[0] if statement.act is None else statement.act


def _best(row: np.ndarray, classes: tuple[str, ...]) -> tuple[Role, float, tuple[Role, ...]]:
    order = np.argsort(-row, kind="stable")
    close = tuple(classes[n] for n in order[1:] if row[n] > 0.25)
    return classes[order[0]], round(float(row[order[0]]), 4), close


def _verb_span(item: Candidate) -> tuple[int, int]:
    clause, shift = item.act.clause, item.unit.offset
    if clause is None or clause.start < shift:
        return item.act.start, item.act.start
    return clause.start - shift, clause.end - shift


def _verbs(item: Candidate, lexicon: Lexicon) -> list[Signal]:
    """The head of the act and the acts it carries, each with its category and cue of grade.toml."""
    shift = item.unit.offset
    return [Signal("verb", h.cue, h.clause.start - shift, h.clause.end - shift, value=h.category)
            for h in features.heads(item.act.clause, item.clauses, item.unit, lexicon) if h.clause.start >= shift]


def statement(item: Candidate, document: str, role: Role, confidence: float, also: tuple[Role, ...], rules: Rules, category: str = "", nth: int = 0) -> Statement:
    """The statement that a candidate makes, with every signal placed in its text or lead-in."""
    unit, act = item.unit, item.act
    signals = [Signal(s.label, s.cue, s.start + act.start, s.end + act.start, value=s.value) for s in features.found(item.text, rules.lexicon)]
    signals += _verbs(item, rules.lexicon)
    signals += actor.actor(unit, act, item.clauses, rules.lexicon, role) + facets.partner(unit, act, rules.lexicon) + facets.deadline(unit, act, rules.lexicon)
    signals += facets.thing(unit, act, item.clauses) + facets.others(unit, act, rules.lexicon)
    signals += [Signal("category", "classifier", *_verb_span(item), value=category)] if category else []
    return Statement(
        id=identity("s", document, unit.lead_in, unit.text, act.start, nth), document=document, passage=unit.passage, page=unit.page, role=role, number=unit.number,
        text=unit.text, lead_in=unit.lead_in, signals=tuple(signals), act=None if act.alone else item.text, section=unit.section,
        start=unit.start, end=unit.end, confidence=confidence, also=also,
    )


def statements(items: Sequence[Candidate], document: str, rules: Rules, encoders: Encoders = Encoders(), everything: bool = False) -> tuple[Statement, ...]:
    """Every candidate with a role, in reading order; what does nothing is left out unless `everything` is asked for."""
    judged, kinds = judge(items, rules, encoders)
    made, seen = [], {}
    for n, (item, (role, confidence, also)) in enumerate(zip(items, judged, strict=True)):
        if role == "none" and not everything:
            continue
        key = (item.unit.lead_in, item.unit.text, item.act.start)
        seen[key] = seen.get(key, -1) + 1
        made.append(statement(item, document, role, confidence, also, rules, kinds.get(n, ""), seen[key]))
    return tuple(made)
