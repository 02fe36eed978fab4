"""Answers of any table -> the same stance as a build, one row in, one row out, memory flat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from policytrack import organisations, rows, stance
from policytrack.model import BadInput, Recommendation, Response, Stance

ADDED = ("stance", "also", "explicit", "words", "passed_to", "confidence", "band", "method")


def stances(source: Iterable[dict], column: str, name: str, pipeline: Path, recommendation: str | None = None, publisher: str | None = None, published: str = "2000",
            rules_only: bool = False) -> Iterator[dict]:
    """Each row of answers with our columns beside its own; an empty answer has no stance.

    `recommendation` is the column with what was asked; without it nobody knows whether "we will consider" is what was
    asked for. Without a publisher any government's verdict is taken for the speaker's.
    """
    rules, bodies = stance.load(pipeline), organisations.organisations(pipeline / "organisations.toml")
    own = (organisations.resolved(publisher, bodies) or publisher) if publisher else ""
    for n, row in enumerate(source, 1):
        _check(row, column, recommendation, name)
        asked = Recommendation(f"r-{n}", name, "", 1, " ".join(str(row[recommendation] or "").split()) if recommendation else "")
        answer = Response(f"a-{n}", name, 1, own, str(row[column] or "").strip())
        found = stance.stance(asked, [answer], [asked], rules, lambda printed: organisations.body(printed, published, own, bodies), not rules_only) if answer.text else None
        yield row | (_columns(found) if found else dict.fromkeys(ADDED))


def _check(row: dict, column: str, recommendation: str | None, name: str) -> None:
    for wanted, option in ((column, "--column"), (recommendation, "--recommendation")):
        if wanted and wanted not in row:
            raise BadInput(name, f"no column {wanted!r} (columns are {', '.join(map(str, row))})", f"give {option}")


def _columns(found: Stance) -> dict:
    return dict(stance=found.label, also=found.also, explicit=int(found.explicit), words=found.words, passed_to=found.passed_to,
                confidence=found.confidence, band=rows.band(found.confidence), method=found.method)
