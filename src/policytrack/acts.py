"""The clauses of a unit -> its acts: what could be kept or broken on its own."""

from __future__ import annotations

from dataclasses import dataclass

from policytrack.clauses import Clause
from policytrack.sentences import Unit

_JOINS = ("root", "conj", "parataxis")


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a unit: its clause (None where the parser found none) and its span in unit.text."""

    clause: Clause | None
    start: int
    end: int
    alone: bool               # the only act of its unit


def _tops(clauses: tuple[Clause, ...]) -> list[Clause]:
    """The clauses that hang on the root through coordination only, or that the parser tied to what is said in a plain "that" clause
    though they have a subject and a modal of their own ("we agree that there is room, and so we will act")."""
    tops = []
    for clause in clauses:
        at, steps = clause, 0
        while at.relation in ("conj", "parataxis") and at.parent >= 0 and steps < 10:
            at, steps = clauses[at.parent], steps + 1
        if at.relation == "root" or (at is not clause and at.relation == "ccomp" and not at.modal and clause.modal and clause.subject and not clause.inherited):
            tops.append(clause)
    return tops


def _separate(clause: Clause, before: Clause, text: str) -> bool:
    """Whether a coordinated clause is an act of its own, not a second verb on the same object."""
    if clause.relation != "conj" and not (clause.subject and clause.form == "fin"):
        return False
    if clause.form not in ("fin", "inf", "ger", "part") or before.form != clause.form and not clause.modal:
        return False
    own_subject = clause.subject is not None and not clause.inherited
    own_modal = clause.modal and not clause.inherited
    if own_subject and own_modal and clause.form == "fin":
        return True
    complete = (before.object or before.passive or before.obliques) is not None and (before.object or before.passive or before.obliques)
    full = len(text[clause.span[0]:clause.span[1]].split()) >= 5 and len(text[before.span[0]:before.span[1]].split()) >= 5
    return bool(full and complete and (own_subject or own_modal or clause.object or clause.passive or clause.obliques))


def main(clauses: tuple[Clause, ...]) -> Clause | None:
    """The root clause; where the parser found no root among the predicates, the first that stands in a mood of its own, else the first finite one."""
    ranks = (lambda c: c.relation == "root", lambda c: c.form == "fin" and c.modal and c.subject, lambda c: c.form == "fin" and c.subject, lambda c: True)
    return next((c for rank in ranks for c in clauses if rank(c)), None)


def acts(unit: Unit, clauses: tuple[Clause, ...]) -> tuple[Act, ...]:
    """The acts of a unit in order; at least one."""
    chosen: list[Clause] = []
    for clause in _tops(clauses):
        if clause.end <= unit.offset:
            continue
        if not chosen or (clause.span[0] > unit.offset and _separate(clause, chosen[-1], unit.joined)):
            chosen.append(clause)
    if not chosen:
        return (Act(main(clauses), 0, len(unit.text), True),)
    cuts = [0] + [max(c.span[0] - unit.offset, 0) for c in chosen[1:]] + [len(unit.text)]
    return tuple(Act(c, a, b if n == len(chosen) - 1 else _trim(unit.text, a, b), len(chosen) == 1)
                 for n, (c, a, b) in enumerate(zip(chosen, cuts, cuts[1:], strict=False)))


def _trim(text: str, start: int, end: int) -> int:
    """The end of an act without the "and" or comma that leads to the next."""
    words = text[start:end].rstrip()
    for tail in (" and", " but", " or", ",", ";", " –"):
        words = words.removesuffix(tail).rstrip()
    return start + len(words.rstrip(",; "))
