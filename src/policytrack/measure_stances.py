"""How well recommendations are found, answers linked and stances read, against gold: rows of `accuracy`, and the confusion table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policytrack import answers, calibrate, corpus, link, numbers, organisations, replies, respond, stance
from policytrack.answers import Found, Known
from policytrack.corpus import GoldStance
from policytrack.link import Vectors
from policytrack.model import Document, Recommendation, Response, Stance, identity

LABELS = corpus.STANCES
TASKS = ("recommendation", "link-by", "link of invented", "stance")     # how the names of the tasks measured here begin
FEWEST = 5                    # labels with fewer gold rows stay out of the mean over labels


@dataclass(frozen=True, slots=True)
class Case:
    """One gold row with what was found for it."""

    split: str
    read: str                 # status of the response: read | ocr
    gold: GoldStance
    recommendation: Recommendation | None
    stance: Stance | None
    linked: tuple[Response, ...]
    pair: str = ""            # id of the document that answers

    @property
    def label(self) -> str:
        """The label that was found; "missing" where there is none."""
        return (self.stance.label if self.stance else None) or "missing"

    @property
    def right(self) -> str:
        """The gold label; where two are right, the one that was found, else the first."""
        return self.label if self.label in self.gold.stance else self.gold.stance[0]


def rows(done: Sequence, pipeline: Path, vectors: Vectors | None = None) -> list[dict]:
    """Rows (task, label, split, n, precision, recall, f1, low, high) for recommendations, links and stances; tune and test apart."""
    found, known = found_in(done, pipeline, vectors)
    cases = _cases(done, found)
    made = [*_recommendations(done, found, cases), *_links(cases)]
    made += _hidden(done, found, known, vectors) if vectors is not None else []
    for split in ("tune", "test"):
        here = [c for c in cases if c.split == split]
        made += stance_rows("stance", here, split)
        if any(c.read == "ocr" for c in here):
            made += stance_rows("stance-without-ocr", [c for c in here if c.read != "ocr"], split)
    made += _pairs([c for c in cases if c.split == "tune"])
    seen = _outcomes(cases)
    return [*made, *_methods(seen), *_replies(pipeline, known, vectors)]


def outcomes(done: Sequence, pipeline: Path, vectors: Vectors | None = None) -> list[calibrate.Outcome]:
    """What confidence is counted on: the stances of the tune pairs, and those of the replies held out."""
    found, known = found_in(done, pipeline, vectors)
    held = [r for r in replies.load(pipeline) if r.held]
    judged = [(r, replies.judged(r, known.stance, vectors is not None)) for r in held]
    if vectors is not None:           # how sure "nothing" is, which then remains nowhere, is counted without the second opinion
        judged += [(r, s) for r in held if (s := replies.judged(r, known.stance)).method == "nothing"]
    return [*_outcomes(_cases(done, found)), *(calibrate.Outcome("replies", s.method, s.label in r.stance) for r, s in judged)]


def _outcomes(cases: Sequence[Case]) -> list[calibrate.Outcome]:
    return [calibrate.Outcome(c.pair, c.stance.method, c.label == c.right) for c in cases if c.split == "tune" and c.stance is not None and c.stance.label]


def confusion(done: Sequence, pipeline: Path, vectors: Vectors | None = None, split: str = "tune") -> list[list]:
    """[gold label, found label, how many] of one split."""
    found, _ = found_in(done, pipeline, vectors)
    counts = Counter((c.right, c.label) for c in _cases(done, found) if c.split == split)
    return [[gold, got, n] for (gold, got), n in sorted(counts.items())]


def crossed(confused: Iterable[Sequence]) -> str:
    """A confusion as a Markdown table, gold by row, found by column; labels that do not occur are left out."""
    counts = Counter({(gold, got): n for gold, got, n in confused})
    columns = [label for label in (*LABELS, "missing") if any(label == got for _, got in counts)]
    lines = ["| gold \\ found | " + " | ".join(columns) + " |", "|---|" + "---:|" * len(columns)]
    lines += [f"| {label} | " + " | ".join(str(counts[label, got] or "") for got in columns) + " |"
              for label in LABELS if any(label == gold for gold, _ in counts)]
    return "\n".join(lines)


def found_in(done: Sequence, pipeline: Path, vectors: Vectors | None) -> tuple[Found, Known]:
    """(what was recommended and answered in all documents, the rules by which)."""
    bodies = organisations.organisations(pipeline / "organisations.toml")
    publishers = {doc.id: organisations.resolved(doc.publisher, bodies) or identity("org", doc.publisher) for doc, _ in done}
    known = answers.load(pipeline)
    return answers.find(done, publishers, bodies, known, vectors), known


# --- gold beside what was found ---------------------------------------------------------------------------------------------

def _cases(done: Sequence, found: Found) -> list[Case]:
    stances = {(s.recommendation, s.responder): s for s in found.stances}
    responses = {r.id: r for group in found.responses.values() for r in group}
    by_recommendation: dict[str, list[Response]] = {}
    for each in found.links:
        by_recommendation.setdefault(each.recommendation, []).append(responses[each.response])
    made = []
    for doc, read in done:
        gold = corpus.gold(doc)
        for row in gold.stances if gold else ():
            targets = _targets(row.recommendation, found)
            target = next((t for t in targets if (t.id, row.responder) in stances), targets[0] if targets else None)
            wholes = [w for t in targets if numbers.parent(t.number) for w in found.recommendations[t.document] if w.number == numbers.parent(t.number)]
            own = tuple(r for t in (*targets, *wholes) for r in by_recommendation.get(t.id, ()) if r.responder == row.responder)
            made.append(Case(gold.split, read.status, row, target, stances.get((target.id, row.responder)) if target else None, own, doc.id))
    return made


def _targets(name: str, found: Found) -> list[Recommendation]:
    """The recommendations that a gold row means: its id in the common form, else the parts of that id, else its whole."""
    document, _, number = name.partition("#")
    keys = (number,) if number.startswith("C") else numbers.listed(number)[0] or (number,)
    return link.targets(keys[0], found.recommendations.get(document, ()))


# --- recommendations --------------------------------------------------------------------------------------------------------

def _recommendations(done: Sequence, found: Found, cases: Sequence[Case]) -> Iterator[dict]:
    """Recall over all numbers that gold names; precision over what is listed as asking in reports whose gold lists every recommendation."""
    for split in ("tune", "test"):
        wanted = {c.gold.recommendation: c.recommendation is not None for c in cases if c.split == split}
        listed, asking = [], []
        for doc, gold in _listed(done):
            if gold.split != split:
                continue
            wanted |= {f"{doc.id}#{r.number}": bool(_targets(f"{doc.id}#{r.number}", found)) for r in gold.recommendations}
            asks = {_key(r.number) for r in gold.recommendations if r.ask}
            asking = [r for r in found.recommendations.get(doc.id, ()) if r.ask]
            listed += [r.number in asks for r in asking]
        if wanted:
            yield row("recommendation", "found", split, sum(wanted.values()), len(wanted), sum(listed), len(listed))


def _listed(done: Sequence) -> Iterator[tuple[Document, corpus.Gold]]:
    for doc, _ in done:
        gold = corpus.gold(doc)
        if gold and gold.recommendations:
            yield doc, gold


def _key(number: str) -> str:
    return number if number.startswith("C") else (numbers.listed(number)[0] or (number,))[0]


# --- links ------------------------------------------------------------------------------------------------------------------

def _links(cases: Sequence[Case]) -> Iterator[dict]:
    """A link is right where a linked answer holds the words that gold quotes; rows without words count where an answer is linked."""
    for split in ("tune", "test"):
        here = [c for c in cases if c.split == split and not (c.gold.stance == ("not_addressed",) and c.gold.words is None)]
        right = sum(any(_holds(r, c.gold) for r in c.linked) for c in here)
        if here:
            yield row("link-by-id", "all", split, right, len(here), right, sum(bool(c.linked) for c in here))


def _holds(response: Response, gold: GoldStance) -> bool:
    if gold.words is None:
        return True
    return corpus.resolve(response.text, gold.words) is not None or corpus.resolve(response.restated, gold.words) is not None


def _hidden(done: Sequence, found: Found, known: Known, vectors: Vectors) -> Iterator[dict]:
    """Links with all ids hidden, by what is restated and said, and by the answers alone; those by id are the truth."""
    for split in ("tune", "test"):
        for label, restated in (("ids hidden", True), ("answers alone", False)):
            n = right = made = 0
            for doc, _ in done:
                gold = corpus.gold(doc)
                if gold and gold.split == split and gold.stances:
                    counts = _without_ids(doc, found, known, vectors, restated)
                    n, right, made = n + counts[0], right + counts[1], made + counts[2]
            if n:
                yield row("link-by-text", label, split, right, n, right, made)


def _without_ids(doc: Document, found: Found, known: Known, vectors: Vectors, restated: bool) -> tuple[int, int, int]:
    """(recommendations with an answer, links right, links made) for one response whose ids are taken away."""
    given = {r.id: r for r in found.responses.get(doc.id, ()) if r.heading != respond.ROW or restated}
    truth: dict[str, set[str]] = {}
    for each in found.links:
        if each.response in given and each.method == "id":
            truth.setdefault(each.recommendation, set()).add(each.response)
    asked = [replace(r, number="") for group in found.recommendations.values() for r in group if r.id in truth and not numbers.parent(r.number)]
    blank = [replace(r, numbers=(), heading="", restated=r.restated if restated else "") for r in given.values()]
    if not asked or not blank:
        return 0, 0, 0
    links = link.links(asked, blank, known.link, vectors)
    best: dict[str, str] = {}
    for each in sorted(links, key=lambda each: each.score):
        best[each.recommendation] = each.response
    return len(asked), sum(best[r.id] in truth[r.id] for r in asked if r.id in best), len(best)


# --- stances ----------------------------------------------------------------------------------------------------------------

def stance_rows(task: str, cases: Sequence[Case], split: str) -> Iterator[dict]:
    """One row per label, `all` (the share that is right) and `macro` (the mean over labels with at least five rows)."""
    if not cases:
        return
    scores = []
    for label in LABELS:
        gold, got = [c for c in cases if c.right == label], [c for c in cases if c.label == label]
        right = sum(c.label == label for c in gold)
        if gold or got:
            made = row(task, label, split, right, len(gold), right, len(got))
            scores += [made["f1"] or 0.0] if len(gold) >= FEWEST else []
            yield made
    right = sum(c.label == c.right for c in cases)
    yield row(task, "all", split, right, len(cases), right, len(cases))
    yield dict(task=task, label="macro", split=split, n=len(scores), precision=None, recall=None, f1=round(sum(scores) / len(scores), 4) if scores else None, low=None, high=None)
    yield from _refusals(task, cases, split)


def _pairs(cases: Sequence[Case]) -> Iterator[dict]:
    """The share that is right of each pair by itself: what is learned (confidence, the second opinion) never saw any of them."""
    for pair in dict.fromkeys(c.pair for c in cases):
        here = [c for c in cases if c.pair == pair]
        right = sum(c.label == c.right for c in here)
        yield row("stance by pair", pair, "tune", right, len(here), right, len(here))


def _methods(seen: Sequence[calibrate.Outcome]) -> Iterator[dict]:
    """How often each way of reading is right; "claimed and right" is the mean gap between the two, confidence counted on the other pairs."""
    for method in dict.fromkeys(o.method for o in seen):
        here = [o.right for o in seen if o.method == method]
        yield row("stance by method", method, "tune", sum(here), len(here), sum(here), len(here))
    if seen:
        pairs = calibrate.left_out(seen, stance.METHODS)
        claimed = round(1 - calibrate.gap(pairs), 4)
        yield dict(task="stance by method", label="claimed and right agree", split="tune", n=len(pairs), precision=None, recall=None, f1=claimed, low=None, high=None)


def _replies(pipeline: Path, known: Known, vectors: Vectors | None) -> Iterator[dict]:
    """Invented replies on which no rule was mended and by which nothing was taught, by the rules alone and with the second opinion."""
    held = [r for r in replies.load(pipeline) if r.held]
    for label, second in (("rules alone", False), ("with the second opinion", True)):
        if vectors is not None or not second:
            right = sum(replies.judged(r, known.stance, second).label in r.stance for r in held)
            yield row("stance of invented replies", label, "held out", right, len(held), right, len(held))


def _refusals(task: str, cases: Sequence[Case], split: str) -> Iterator[dict]:
    """Explicit refusals that are not called acceptances, and the reverse: this share has to be 1."""
    for label, other in (("rejected", "accepted"), ("accepted", "rejected")):
        here = [c for c in cases if c.gold.explicit and c.gold.stance == (label,)]
        if here:
            kept = sum(c.label != other for c in here)
            yield row(task, f"explicit {label} never {other}", split, kept, len(here), kept, len(here))


def row(task: str, label: str, split: str, right: int, wanted: int, hit: int, made: int) -> dict:
    """One row; the interval is Wilson's, for the share of `wanted` that is right."""
    from scipy.stats import binomtest

    recall = right / wanted if wanted else None
    precision = hit / made if made else None
    f1 = 2 * precision * recall / (precision + recall) if precision and recall else 0.0 if wanted and made else None
    low, high = binomtest(right, wanted).proportion_ci(method="wilson") if wanted else (None, None)
    figures = dict(precision=precision, recall=recall, f1=f1, low=low, high=high)
    return dict(task=task, label=label, split=split, n=wanted, **{name: round(float(value), 4) if value is not None else None for name, value in figures.items()})


def table(made: Iterable[dict]) -> str:
    """Rows as a Markdown table."""
    def shown(value) -> str:
        return "" if value is None else f"{value:.2f}"

    lines = ["| task | label | split | n | precision | recall | F1 | 95 % interval |", "|---|---|---|---:|---:|---:|---:|---|"]
    lines += [f"| {r['task']} | {r['label']} | {r['split']} | {r['n']} | {shown(r['precision'])} | {shown(r['recall'])} | {shown(r['f1'])} | "
              + (f"{r['low']:.2f}–{r['high']:.2f} |" if r["low"] is not None else " |") for r in made]
    return "\n".join(lines)
