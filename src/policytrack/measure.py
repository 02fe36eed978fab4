"""Accuracy against gold: per label with n and interval. Labels in the gold were made by a language model.

Tune documents are judged by weights that never saw them (leave one document out); the test split by the shipped ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from policytrack import extract, grade, train
from policytrack.corpus import resolve
from policytrack.extract import Encoders, Rules, Vectors
from policytrack.model import Signal, Statement
from policytrack.rows import BANDS, band
from policytrack.train import Labelled

ROLES = ("commitment", "expectation", "recommendation", "aspiration")
FACETS = ("actor", "partner", "deadline", "amount")
NO_ENCODERS = Encoders()
LIKE = 0.5          # share of the longer facet's words that both must have


@dataclass
class Tally:
    """True positives, false positives and false negatives of one label."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def row(self, task: str, label: str, split: str) -> dict:
        """As a row of `accuracy`; the interval is Wilson's, of the F1 read as a share of tp + (fp + fn) / 2."""
        from scipy.stats import binomtest

        n, right = self.tp + self.fn, self.tp
        precision = right / (self.tp + self.fp) if self.tp + self.fp else None
        recall = right / n if n else None
        f1 = 2 * right / (2 * right + self.fp + self.fn) if right + self.fp + self.fn else None
        trials = max(1, round(right + (self.fp + self.fn) / 2))
        interval = binomtest(min(right, trials), trials).proportion_ci(method="wilson")
        return dict(task=task, label=label, split=split, n=n, precision=_round(precision), recall=_round(recall), f1=_round(f1), low=_round(interval.low), high=_round(interval.high))


def _round(value: float | None) -> float | None:
    return None if value is None else round(float(value), 3)


def leave_one_out(found: Sequence[Labelled], rules: Rules, encoders: Encoders) -> dict[str, list[tuple[str, Statement]]]:
    """Published document -> (role, statement) of each example, by weights fitted on the other documents; `encoders.chances` must be those of held-out documents."""
    remembered = _remembered(encoders.vectors)
    divisor = train.temperature(found)
    out = {}
    for held in (l for l in found if l.document.set_name != "specimen"):
        tasks = train.all_tasks([l for l in found if l is not held], remembered, divisor)
        out[held.document.id] = judged(held, replace(rules, **{name: train.model(arrays) for name, arrays in tasks.items()}), replace(encoders, vectors=remembered))
    return out


def _remembered(vectors: Vectors) -> Vectors:
    """The same vectors, each text worked out once for all folds."""
    known: dict[str, np.ndarray] = {}

    def look_up(texts: Sequence[str]) -> np.ndarray:
        new = [t for t in dict.fromkeys(texts) if t not in known]
        known.update(zip(new, vectors(new), strict=True))
        return np.array([known[t] for t in texts], dtype=np.float32)

    return look_up


def judged(found: Labelled, rules: Rules, encoders: Encoders = NO_ENCODERS) -> list[tuple[str, Statement]]:
    """(role, statement) of every example of a document, by the given rules and weights."""
    made = extract.statements([e.item for e in found.examples], found.document.id, rules, encoders, everything=True)
    return [(s.role, s) for s in made]


def roles(found: Labelled, judgements: Sequence[tuple[str, Statement]], pages: Callable[[int], bool] = lambda page: True) -> dict[str, Tally]:
    """One tally per role: an optional gold statement is neither missed nor wrong; of two gold roles either is right."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    by_gold = {id(e.gold): role for e, (role, _) in zip(found.examples, judgements, strict=True) if e.gold is not None}
    for example, (role, _) in zip(found.examples, judgements, strict=True):
        if role == "none" or not pages(example.item.unit.page):
            continue
        if example.gold is None or (role not in example.gold.role and not example.gold.optional):
            tallies[role].fp += 1
    for statement in found.gold.statements:
        if statement.optional or not pages(statement.page):
            continue
        role = by_gold.get(id(statement), "none")
        for label in statement.role:
            if role == label:
                tallies[label].tp += 1
            elif role not in statement.role:
                tallies[label].fn += 1
    return tallies


def bands(found: Labelled, judgements: Sequence[tuple[str, Statement]]) -> dict[str, Tally]:
    """One tally per band that readers see: of the commitments and expectations found, how many are what they are said to be."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for example, (role, statement) in zip(found.examples, judgements, strict=True):
        if role in ("commitment", "expectation") and not (example.gold and example.gold.optional):
            right = example.gold is not None and role in example.gold.role
            tallies[band(statement.confidence)].tp += right
            tallies[band(statement.confidence)].fn += not right
    return tallies


def categories(found: Labelled, judgements, rubric: grade.Rubric) -> list[tuple[str, tuple[str, ...]]]:
    """(ours, gold) for every commitment and expectation that was found and graded in both."""
    return [(grade.category(statement)[0], example.gold.category) for example, (role, statement) in zip(found.examples, judgements, strict=True)
            if example.gold and example.gold.category and role in ("commitment", "expectation") and role in example.gold.role]


def facet_tallies(found: Labelled, judgements, text) -> dict[str, Tally]:
    """One tally per facet over the commitments and expectations that were found; disputed facets are left out."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for example, (role, statement) in zip(found.examples, judgements, strict=True):
        if example.gold is None or role not in ("commitment", "expectation") or role not in example.gold.role:
            continue
        page = text.from_page(example.gold.page)
        for facet in FACETS:
            if facet not in example.gold.disputed:
                _facet(tallies[facet], _ours(statement, facet), _gold(getattr(example.gold, facet), page))
    return tallies


def _ours(statement: Statement, facet: str) -> str:
    signal: Signal | None = next((s for s in statement.signals if s.label == facet), None)
    return (statement.text if signal.part == "quote" else statement.lead_in)[signal.start:signal.end] if signal else ""


def _gold(anchor, page: str) -> str:
    if anchor is None:
        return ""
    if anchor.first == anchor.last:
        return anchor.first
    span = resolve(page, anchor)
    return page[slice(*span)] if span else f"{anchor.first} {anchor.last}"


def _facet(tally: Tally, ours: str, gold: str) -> None:
    same = alike(ours, gold)
    tally.tp += bool(ours and gold and same)
    tally.fp += bool(ours and not (gold and same))
    tally.fn += bool(gold and not (ours and same))


def alike(a: str, b: str) -> bool:
    """Whether two wordings of a facet share half of the longer one's words, articles and prepositions at its edges aside."""
    small = {"the", "a", "an", "by", "in", "on", "from", "of", "to", "for", "with"}
    one, two = ([w for w in text.casefold().replace("’", "'").split() if w.strip(".,;:") not in small] for text in (a, b))
    one, two = ({w.strip(".,;:()‘'\"") for w in words} for words in (one or a.casefold().split(), two or b.casefold().split()))
    return bool(one & two) and len(one & two) >= LIKE * max(len(one), len(two))


def statement_rows(found: Sequence[Labelled], judgements: dict[str, list], texts: dict, rubric: grade.Rubric, split: str) -> list[dict]:
    """The rows of `accuracy` for roles (double and single pages apart), categories and facets of one split."""
    rows = []
    for name, wanted in (("", None), (" (read twice)", True), (" (read once)", False)):
        total: dict[str, Tally] = defaultdict(Tally)
        for item in found:
            keep = (lambda page, item=item, wanted=wanted: wanted is None or (page in item.gold.double_pages) == wanted)
            _add(total, roles(item, judgements[item.document.id], keep))
        rows += [total[role].row("role" + name, role, split) for role in ROLES if total[role].tp + total[role].fn]
    total = defaultdict(Tally)
    for item in found:
        _add(total, bands(item, judgements[item.document.id]))
    rows += [_share(total[name], "band", name, split) for _, name in BANDS if name in total]
    rows += _category_rows([p for l in found for p in categories(l, judgements[l.document.id], rubric)], split)
    total = defaultdict(Tally)
    for item in found:
        _add(total, facet_tallies(item, judgements[item.document.id], texts[item.document.id]))
    return rows + [total[facet].row("facet", facet, split) for facet in FACETS]


def _add(total: dict[str, Tally], more: dict[str, Tally]) -> None:
    for label, tally in more.items():
        total[label].tp += tally.tp
        total[label].fp += tally.fp
        total[label].fn += tally.fn


def _category_rows(pairs: Sequence[tuple[str, tuple[str, ...]]], split: str) -> list[dict]:
    right = Tally(sum(ours in gold for ours, gold in pairs), 0, sum(ours not in gold for ours, gold in pairs))
    concrete = Tally(sum((ours == "specific") in {g == "specific" for g in gold} for ours, gold in pairs), 0, 0)
    concrete.fn = len(pairs) - concrete.tp
    rows = [_share(right, "category", "all four", split), _share(concrete, "category", "concrete or vague", split)]
    for label in train.CATEGORIES:
        tally = Tally(sum(o == label and label in g for o, g in pairs), sum(o == label and label not in g for o, g in pairs), sum(o != label and g == (label,) for o, g in pairs))
        rows.append(tally.row("category", label, split))
    return rows


def _share(tally: Tally, task: str, label: str, split: str) -> dict:
    """A plain accuracy: the share of all pairs that are right, with its Wilson interval."""
    from scipy.stats import binomtest

    n = max(1, tally.tp + tally.fn)
    interval = binomtest(tally.tp, n).proportion_ci(method="wilson")
    return dict(task=task, label=label, split=split, n=tally.tp + tally.fn, precision=_round(tally.tp / n), recall=_round(tally.tp / n), f1=_round(tally.tp / n), low=_round(interval.low), high=_round(interval.high))
