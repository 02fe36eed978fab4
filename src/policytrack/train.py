"""Labelled pages -> the weights of the second opinion. The only room that knows scikit-learn.

Examples are the acts of labelled pages of the tune split; specimen pages, whose sentences were written for this
project, are among them. Each act carries its signals, its gold labels as weights, and its sentence vector.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from policytrack import align, classify, corpus, extract, roles, suggest
from policytrack.corpus import Gold, GoldStatement
from policytrack.model import Document, Page, Passage

ROLES = ("none", "commitment", "expectation", "recommendation", "aspiration")
CATEGORIES = ("specific", "general", "consider", "continue")
SEEN_IN = 3         # a signal must stand in this many examples to get a weight
VECTOR_WEIGHT = 4.0  # a vector's places are small numbers; the penalty would leave nothing of them
SUGGESTED_STRENGTH = 3.0     # inverse of the L2 penalty of the words that suggest roles and themes
SUGGESTED_VECTOR = 3.0       # what the sentence vector weighs beside the words, where it is read
STRENGTH = {"role": 0.2, "category": 0.1}      # inverse of the L2 penalty
# A sentence has many words and few other signals: at full weight chance words outvote the parse. What its head comes to is most of its category.
EMPHASIS = {"role": {"w=": 0.25, "w0=": 0.25}, "category": {"w=": 0.25, "w0=": 0.25, "head=": 3.0}}
FOLDS = 5           # of documents, for the temperature
RARE = {"expectation": 3.0, "aspiration": 3.0}     # so seldom on labelled pages that the penalty would drown them
OPTIONAL = 0.5      # weight of a label that one reader of two gave


@dataclass(frozen=True, slots=True)
class Example:
    """One act of a labelled page, and the gold statement that it is (None: it is none)."""

    document: str
    item: extract.Candidate
    span: align.Span
    gold: GoldStatement | None


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled document: its acts on labelled pages, and every gold span."""

    document: Document
    gold: Gold
    examples: tuple[Example, ...]
    spans: tuple[align.Span, ...]
    page_of: dict[int, int]              # gold index -> page


def labelled(document: Document, gold: Gold, pages: Sequence[Page], passages: Sequence[Passage], nlp, rules: extract.Rules) -> Labelled:
    """The acts on the labelled pages of a document, matched one to one with its gold."""
    text, wanted = align.Text(pages), set(gold.pages)
    near = [p for p in passages if any(place.page in wanted for place in p.placed)]
    by_id = {p.id: p for p in near}
    items = [i for i in extract.candidates(near, document.kind, nlp, rules) if i.unit.page in wanted]
    found = [text.place(by_id[i.unit.passage], i.unit.start + i.act.start, i.unit.start + i.act.end) for i in items]
    spans = tuple(gold_span(text, s) for s in gold.statements)
    which = dict(align.pairs(found, spans))
    examples = tuple(Example(document.id, item, span, gold.statements[which[n]] if n in which else None) for n, (item, span) in enumerate(zip(items, found, strict=True)))
    return Labelled(document, gold, examples, spans, {n: s.page for n, s in enumerate(gold.statements)})


def gold_span(text: align.Text, statement: GoldStatement) -> align.Span:
    """Where the gold words stand, the act's own words where one sentence holds two; (-1, -1) where they are not found."""
    page = text.from_page(statement.page)
    span = corpus.resolve(page, statement.words)
    if span is None or statement.page not in text.base:
        return (-1, -1)
    if statement.act and (inner := corpus.resolve(page[slice(*span)], statement.act)):
        span = span[0] + inner[0], span[0] + inner[1]
    base = text.base[statement.page]
    return base + span[0], base + span[1]


def role_weights(example: Example) -> dict[str, float]:
    """The labels an example teaches and how much; two values share, an optional label counts half."""
    if example.gold is None:
        return {"none": 1.0}
    share = (OPTIONAL if example.gold.optional else 1.0) / len(example.gold.role)
    return {role: share * RARE.get(role, 1.0) for role in example.gold.role}


def category_weights(example: Example) -> dict[str, float]:
    """The categories an example teaches; none where it has none."""
    gold = example.gold
    if gold is None or not gold.category:
        return {}
    share = (OPTIONAL if gold.optional else 1.0) / len(gold.category)
    return {category: share for category in gold.category}


TASKS = {"role": (role_weights, ROLES), "category": (category_weights, CATEGORIES)}


def fit(examples: Sequence[Example], task: str, vectors: np.ndarray | None = None) -> dict[str, np.ndarray]:
    """Weights of one question, as `classify.load` reads them without its prefix: L2-penalised logistic regression."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    weights, classes = TASKS[task]
    taught = [(n, label, weight) for n, e in enumerate(examples) for label, weight in weights(e).items()]
    seen = Counter(name for n in {n for n, _, _ in taught} for name in examples[n].item.names)
    names = sorted(name for name, count in seen.items() if count >= SEEN_IN)
    index = {name: i for i, name in enumerate(names)}
    scale = np.array([next((x for start, x in EMPHASIS[task].items() if name.startswith(start)), 1.0) for name in names])
    rows = [[index[name] for name in examples[n].item.names if name in index] for n, _, _ in taught]
    places = np.concatenate([np.array(r, dtype=int) for r in rows])
    matrix = csr_matrix((scale[places], places, np.cumsum([0, *map(len, rows)])), shape=(len(rows), len(names)))
    if vectors is not None:
        matrix = hstack([matrix, csr_matrix(vectors[[n for n, _, _ in taught]])]).tocsr()
    model = LogisticRegression(C=STRENGTH[task], max_iter=3000)
    model.fit(matrix, [classes.index(label) for _, label, _ in taught], sample_weight=[w for _, _, w in taught])
    coefficients = np.zeros((matrix.shape[1], len(classes)), dtype=np.float32)
    bias = np.full(len(classes), -20.0, dtype=np.float32)
    coefficients[:, model.classes_] = model.coef_.T
    bias[model.classes_] = model.intercept_
    return {"names": np.array(names), "classes": np.array(classes), "weights": (coefficients[: len(names)] * scale[:, None]).astype(np.float16),
            "dense": coefficients[len(names):].astype(np.float16), "bias": bias, "temperature": np.array(1.0, dtype=np.float32)}


def suggested(examples: Sequence[suggest.Example], found: Sequence[Mapping[str, frozenset[str]]], vectors: np.ndarray | None = None) -> dict[str, np.ndarray]:
    """Weights that suggest labels, as `suggest.model` reads them: one L2-penalised logistic regression a label, on the terms `found` of each example that
    stand in two of them, and on its sentence vector where `vectors` are given."""
    from scipy.sparse import csr_matrix, hstack
    from sklearn.linear_model import LogisticRegression

    seen = Counter(name for parts in found for names in parts.values() for name in names)
    names = sorted(name for name, count in seen.items() if count > 1)
    index = {name: n for n, name in enumerate(names)}
    rows = [list(suggest.values(parts, index)) for parts in found]
    matrix = csr_matrix(([v for row in rows for _, v in row], [n for row in rows for n, _ in row], np.cumsum([0, *map(len, rows)])), shape=(len(rows), len(names)))
    if vectors is not None:
        matrix = hstack([matrix, csr_matrix(SUGGESTED_VECTOR * vectors)]).tocsr()
    wanted = sorted({label for e in examples for label in e.labels} - {roles.NOBODY})
    weights, bias = np.zeros((matrix.shape[1], len(wanted)), dtype=np.float32), np.full(len(wanted), -20.0, dtype=np.float32)
    for n, label in enumerate(wanted):
        sure = [k for k, e in enumerate(examples) if label not in e.maybe]
        says = [label in examples[k].labels for k in sure]
        if any(says) and not all(says):
            fitted = LogisticRegression(C=SUGGESTED_STRENGTH, max_iter=3000).fit(matrix[sure], says)
            weights[:, n], bias[n] = fitted.coef_[0], fitted.intercept_[0]
    return {"labels": np.array(wanted), "names": np.array(names), "weights": weights[:len(names)].astype(np.float16),
            "dense": (SUGGESTED_VECTOR * weights[len(names):]).astype(np.float16), "bias": bias}


def suggested_held_out(always: Sequence[suggest.Example], examples: Sequence[suggest.Example], contexts: Mapping[str, re.Pattern[str]]) -> dict[str, suggest.Model]:
    """Group of `examples` -> a model that was fitted without it, with what always teaches: every fifth group is held out in turn."""
    groups = sorted({e.group for e in examples})
    out = {}
    for nth in range(FOLDS):
        if held := set(groups[nth::FOLDS]):
            taught = [*always, *(e for e in examples if e.group not in held)]
            out |= dict.fromkeys(held, suggest.model(suggested(taught, [suggest.terms(e.item, contexts) for e in taught])))
    return out


def model(arrays: dict[str, np.ndarray]) -> classify.Model:
    """Fitted arrays as the model that `classify` weighs with."""
    names = [str(n) for n in arrays["names"]]
    return classify.Model(tuple(str(c) for c in arrays["classes"]), {n: i for i, n in enumerate(names)}, arrays["weights"].astype(np.float32),
                          arrays["dense"].astype(np.float32), arrays["bias"], float(arrays["temperature"]))


def save(path: Path, tasks: dict[str, dict[str, np.ndarray]]) -> None:
    """All questions' arrays in one .npz without pickles; weights below 0.005 are dropped with their signals where all are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **{f"{task}.{name}": array for task, arrays in tasks.items() for name, array in _lean(arrays).items()})


def _lean(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    kept = np.abs(arrays["weights"].astype(np.float32)).max(axis=1) >= 0.02
    return arrays | {"names": arrays["names"][kept], "weights": arrays["weights"][kept]}


def all_examples(found: Iterable[Labelled]) -> list[Example]:
    """The examples of several documents, in order."""
    return [e for l in found for e in l.examples]


def temperature(found: Sequence[Labelled]) -> float:
    """By what the role's scores must be divided so that its probabilities are honest on documents that were not learned from."""
    from scipy.optimize import minimize_scalar

    scores, labels, weights = [], [], []
    for nth in range(FOLDS):
        held = all_examples(l for n, l in enumerate(found) if n % FOLDS == nth)
        fitted = model(fit(all_examples(l for n, l in enumerate(found) if n % FOLDS != nth), "role"))
        chances = classify.probabilities(fitted, [e.item.names for e in held])
        for row, example in zip(np.log(np.maximum(chances, 1e-9)), held, strict=True):
            for label, weight in role_weights(example).items():
                scores.append(row)
                labels.append(ROLES.index(label))
                weights.append(weight / RARE.get(label, 1.0))
    scores, labels, weights = np.array(scores), np.array(labels), np.array(weights)

    def loss(divisor: float) -> float:
        tempered = scores / divisor
        total = tempered.max(axis=1) + np.log(np.exp(tempered - tempered.max(axis=1, keepdims=True)).sum(axis=1))
        return float((weights * (total - tempered[np.arange(len(labels)), labels])).sum())

    return round(minimize_scalar(loss, bounds=(0.3, 5.0), method="bounded").x, 2)


def all_tasks(found: Sequence[Labelled], vectors: Callable[[Sequence[str]], np.ndarray], divisor: float) -> dict[str, dict[str, np.ndarray]]:
    """The two questions' weights from all labelled documents; `divisor` is the role's temperature.

    The role is learned from the signals alone; the category from the signals and the sentence vector: measured, each is
    better so (docs/methods.md).
    """
    examples = all_examples(found)
    graded = [e for e in examples if category_weights(e)]
    dense = VECTOR_WEIGHT * vectors([extract.words(e.item) for e in graded])
    category = fit(graded, "category", dense)
    role = fit(examples, "role") | {"temperature": np.array(divisor, dtype=np.float32)}
    return {"role": role, "category": category | {"dense": (VECTOR_WEIGHT * category["dense"].astype(np.float32)).astype(np.float16)}}
