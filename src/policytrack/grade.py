"""Statement -> Grade: how checkable its wording is, with the words behind every point."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from policytrack.model import BadInput, Category, Grade, Point, Signal, Statement

FACETS = ("specific", "actor", "deadline-by", "deadline-during", "deadline-from", "amount", "check", "hedge")


@dataclass(frozen=True, slots=True)
class Rubric:
    """Points per facet, from grade.toml."""

    points: dict[str, int]


def rubric(path: Path) -> Rubric:
    """The rubric of `grade.toml`; BadInput where a facet is missing or a hedge would raise a score."""
    points = tomllib.loads(path.read_text(encoding="utf-8")).get("points", {})
    if set(points) != set(FACETS):
        raise BadInput(path, f"[points] has {sorted(points)}", f"give exactly {', '.join(FACETS)}")
    if points["hedge"] > 0 or any(points[f] < 0 for f in FACETS if f != "hedge"):
        raise BadInput(path, "a hedge would raise a score, or a facet lower it", "hedge at most 0, the others at least 0")
    return Rubric(points)


def _of(statement: Statement, label: str) -> list[Signal]:
    return [s for s in statement.signals if s.label == label]


def _checkable(statement: Statement) -> Signal | None:
    """What makes an act checkable although its head is vague: money, or a specific act as its means."""
    money = next((s for s in _of(statement, "amount") if s.cue in ("money", "percentage")), None)
    return money or next((s for s in _of(statement, "verb")[1:] if s.value == "specific"), None)


def category(statement: Statement) -> tuple[Category, Signal]:
    """The category by the codebook and the signal that decides it.

    A head that puts off or continues decides by itself; between specific and general the learned opinion does where
    there is one (measured, it is better there and worse on the other two), else the head and its means.
    """
    verbs = _of(statement, "verb")
    head = verbs[0] if verbs else Signal("verb", "no-head", 0, 0)
    if head.value in ("consider", "continue"):
        return head.value, head
    if learned := next(iter(_of(statement, "category")), None):
        return learned.value, Signal("verb", head.cue if head.value == learned.value else "classifier", head.start, head.end, head.part, learned.value)
    if head.value == "specific":
        return head.value, head
    by = _checkable(statement)
    if head.value == "general":
        return ("specific", by) if by else ("general", head)
    means = next((s for s in verbs if s.value), None)
    return (means.value, means) if means else ("specific" if _of(statement, "deadline") else "general", head)


def grade(statement: Statement, rubric: Rubric) -> Grade:
    """Category, concreteness and the points of a statement; every point names its facet, cue and exact words."""
    kind, because = category(statement)
    found = [(kind, because)]                # the act that decides stands first, also where it earns nothing
    for label in ("actor", "amount", "check"):
        found += [(label, s) for s in _of(statement, label)[:1]]
    found += [(f"deadline-{s.value}", s) for s in _of(statement, "deadline")[:1]]
    hedges = tuple(_of(statement, "hedge"))
    found += [("hedge", s) for s in hedges]
    points = tuple(_point(facet, signal, statement, rubric) for facet, signal in found if facet == kind or rubric.points[facet])
    return Grade(statement.id, kind, kind == "specific", points, hedges)


def _point(facet: str, signal: Signal, statement: Statement, rubric: Rubric) -> Point:
    text = statement.text if signal.part == "quote" else statement.lead_in
    return Point(facet, rubric.points.get(facet, 0), signal.cue, signal.start, signal.end, text[signal.start:signal.end], signal.part)
