"""How sure each way of reading a stance is: how often it was right, drawn toward the rate of its kind where it was seldom seen."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

EXPLICIT = ("line", "verdict", "limited")       # methods that go by the words of a verdict; the others infer
SUREST = 0.99
DRAW = 4.0                    # as many imagined cases at the rate of the kind
HEAD = """# How sure each way of reading a stance is: written by `policytrack train` from the labelled responses (not the test split) and the replies held out.
# `confidence` is the share that was right, drawn toward the rate of its kind (with the words of a verdict, or inferred) as if by four further cases.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One stance that was compared: of which pair of report and response, by which method, right or not."""

    pair: str
    method: str
    right: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a method was right."""

    method: str
    n: int
    right: int
    confidence: float


def rates(outcomes: Sequence[Outcome], methods: Iterable[str]) -> tuple[Rate, ...]:
    """One rate per method, in the given order."""
    made = []
    for method in methods:
        kind = [o.right for o in outcomes if (o.method in EXPLICIT) == (method in EXPLICIT)]
        own = [o.right for o in outcomes if o.method == method]
        usual = (sum(kind) + 1) / (len(kind) + 2)
        made.append(Rate(method, len(own), sum(own), min(SUREST, round((sum(own) + DRAW * usual) / (len(own) + DRAW), 2))))
    return tuple(made)


def left_out(outcomes: Sequence[Outcome], methods: Sequence[str]) -> list[tuple[float, bool]]:
    """(confidence as counted on the other pairs, right) of every outcome."""
    out = []
    for pair in dict.fromkeys(o.pair for o in outcomes):
        known = {r.method: r.confidence for r in rates([o for o in outcomes if o.pair != pair], methods)}
        out += [(known[o.method], o.right) for o in outcomes if o.pair == pair]
    return out


def gap(pairs: Sequence[tuple[float, bool]], bounds: Sequence[float] = (0.0, 0.7, 0.85, 1.01)) -> float:
    """The mean distance between what was claimed and what was right, over bands of confidence weighed by their size."""
    total = 0.0
    for low, high in itertools.pairwise(bounds):
        inside = [(claimed, right) for claimed, right in pairs if low <= claimed < high]
        total += abs(sum(claimed - right for claimed, right in inside)) if inside else 0.0
    return total / len(pairs) if pairs else 0.0


def toml(found: Iterable[Rate]) -> str:
    """The file `confidence.toml`."""
    return HEAD + "".join(f'\n[[method]]\nname = "{r.method}"\nn = {r.n}\nright = {r.right}\nconfidence = {r.confidence:.2f}\n' for r in found)
