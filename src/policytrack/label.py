"""Sentences of any table -> the same judgement as a build, one row in, one row out, memory flat."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import TextIO

from policytrack import adapter, clauses, dates, embed, extract, grade, organisations, rows, sentences
from policytrack.model import BadInput, Statement

SOME = ("2000", "2011-07")      # two dates far apart: what they agree on holds for any
ADDED = ("role", "category", "concrete", "actor", "actor_body", "partner", "deadline", "deadline_kind", "deadline_on", "amount", "object", "check_by", "score", "hedges", "confidence", "band")
BATCH = 256


def read(source: TextIO, name: str, form: str) -> Iterator[dict]:
    """The rows of a CSV or JSONL text, one at a time; BadInput with the line that is wrong."""
    if form == "csv":
        yield from csv.DictReader(source)
        return
    for n, line in enumerate(source, 1):
        if line.strip():
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise BadInput(f"{name} line {n}", f"not JSON ({error.msg})", "give one JSON object a line") from None
            if not isinstance(row, dict):
                raise BadInput(f"{name} line {n}", "not a JSON object", "give one JSON object a line")
            yield row


def statements(source: Iterable[dict], column: str, name: str, pipeline: Path, publisher: str | None = None, published: str | None = None, rules_only: bool = False) -> Iterator[dict]:
    """Each input row with our columns beside its own; the judgement is of the row's first act that does something.

    Without a publisher "we" and "the government" are the publisher. Vectors are worked out only for sentences that promise or
    ask something.
    """
    nlp, rules = clauses.load(pipeline), extract.rules(pipeline, "rules" if rules_only else "both")
    rubric, bodies = grade.rubric(pipeline / "grade.toml"), organisations.organisations(pipeline / "organisations.toml")
    own = organisations.resolved(publisher, bodies) if publisher else None
    encoders = extract.Encoders() if rules_only else extract.Encoders(embed.vectors, adapter.asked(adapter.path(pipeline)))
    source = iter(source)
    while batch := list(islice(source, BATCH)):
        for row in batch:
            if column not in row:
                raise BadInput(name, f"no column {column!r} (columns are {', '.join(map(str, row))})", "give --column")
        units = [_unit(" ".join(str(row[column] or "").split())) for row in batch]
        items = extract.judged(units, (found for _, found in clauses.parses((u.joined for u in units), nlp)), "strategy", rules)
        said = zip(items, extract.statements(items, name, rules, encoders, everything=True), strict=True)
        acts = groupby(said, key=lambda pair: id(pair[0].unit))
        for row, (_, group) in zip(batch, acts, strict=True):
            yield row | _columns(_chief([statement for _, statement in group]), rubric, bodies, own, published)


def _chief(acts: Sequence[Statement]) -> Statement:
    """The act by which a sentence is judged: the first that does something, else the first."""
    return next((act for act in acts if act.role != "none"), acts[0])


def _unit(text: str) -> sentences.Unit:
    return sentences.Unit("", 1, 0, len(text), text, "", text, 0, "", "", "paragraph", "body", True)


def _last_day(words: str, kind: str, published: str | None):
    """The last day that keeps a deadline; of words without a known publication only one that does not hang on it."""
    found = {dates.last_day(words, kind, year) for year in ([published] if published else SOME)}
    return found.pop() if len(found) == 1 else None


def _columns(statement, rubric, bodies, own: str | None, published: str | None) -> dict:
    empty = dict.fromkeys(ADDED) | {"role": statement.role, "confidence": statement.confidence, "band": rows.band(statement.confidence)}
    if statement.role not in ("commitment", "expectation"):
        return empty
    graded = grade.grade(statement, rubric)
    words = {name: rows.words(statement, rows.first(statement, name)) for name in ("actor", "partner", "deadline", "amount", "object", "check")}
    signal = rows.first(statement, "deadline")
    on = _last_day(words["deadline"], signal.value, published) if signal else None
    return empty | {
        "category": graded.category, "concrete": int(graded.concrete), "actor": words["actor"], "partner": words["partner"], "deadline": words["deadline"],
        "actor_body": organisations.body(words["actor"], published or SOME[0], own or "", bodies) if words["actor"] else None,
        "deadline_kind": signal.value if signal else None, "deadline_on": on.isoformat() if on else None, "amount": words["amount"], "object": words["object"],
        "check_by": words["check"], "score": graded.score, "hedges": "; ".join(rows.words(statement, h) for h in graded.hedges) or None,
    }


def write(out: TextIO, judged: Iterable[dict], form: str, progress=lambda n: None) -> None:
    """The rows as they come, in the form they came in; `progress` is told every thousand."""
    writer = None
    for n, row in enumerate(judged, 1):
        if form == "jsonl":
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
        else:
            if writer is None:
                writer = csv.DictWriter(out, list(row), lineterminator="\n", extrasaction="ignore")
                writer.writeheader()
            writer.writerow(row)
        if n % 1000 == 0:
            progress(n)
