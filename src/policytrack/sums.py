"""Texts -> every large sum of money that stands in them, and where the same sum stands again in a later document.

Two equal sums may be one sum announced twice, or two that happen to be as large. Both sentences are kept, and how alike they are;
that it is the same money is for the reader to say.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from policytrack import cues, funding, sentences
from policytrack.cues import Cue
from policytrack.model import BadInput, Document, Passage, Signal, identity
from policytrack.sentences import Unit

KEYS = {"least", "alike", "times"}
_SIGN = re.compile(r"[£€$]")
_PART = re.compile(r"[,;:]\s|\s[–—]\s")
_FIGURE = re.compile(r"([£€$])\s?(\d[\d,]*(?:\.\d+)?)\s?([a-z]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """The cues of funding.toml and those that find a sum there; the `least` sum that is kept, from which cosine two sentences are `alike`, and what the words behind a figure multiply it by."""

    cues: tuple[Cue, ...]
    sums: tuple[Cue, ...]
    least: float
    alike: float
    times: Mapping[str, float]
    known: frozenset[str]            # abbreviations


def load(pipeline: Path) -> Rules:
    """The rules, from `funding.toml` in the folder `pipelines`; BadInput where its table `sums` has other keys."""
    path = pipeline / "funding.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8")).get("sums", {})
    if table.keys() != KEYS:
        raise BadInput(path, "the table `sums` has other keys than it should", f"keys are {', '.join(sorted(KEYS))}")
    return Rules(cues.load(path), cues.load(path, key="sum"), known=sentences.abbreviations(pipeline / "abbreviations.toml"), **table)


def value(words: str, times: Mapping[str, float]) -> tuple[str, float] | None:
    """(currency, number) of a printed sum ("up to £3.1 million a year" is £, 3,100,000); None where it has no figure."""
    m = _FIGURE.search(words)
    return (m[1], round(float(m[2].replace(",", "")) * times.get(m[3].casefold(), 1), 2)) if m else None


def found(document: str, passages: Iterable[Passage], rules: Rules) -> Iterator[dict]:
    """The rows of `sums` of one document, in reading order; what they belong to is left open."""
    for unit in sentences.units(passages, rules.known):
        if unit.kind != "heading" and unit.zone != "contents" and _SIGN.search(unit.text):
            yield from _of(document, unit, rules)


def _of(document: str, unit: Unit, rules: Rules) -> Iterator[dict]:
    signals = cues.find(rules.sums, unit.text)
    for signal in signals:
        words = unit.text[signal.start:signal.end].strip(" ,.;")
        worth = value(words, rules.times)
        if worth and worth[1] >= rules.least:
            yield dict(id=identity("sum", document, unit.passage, unit.start + signal.start), document=document, page=unit.page, passage=unit.passage, quote=unit.text,
                       lead_in=unit.lead_in, words=words, currency=worth[0], value=worth[1], called_new=_called_new(unit.text, signal, len(signals) == 1, rules), item=None, item_kind=None)


def _called_new(text: str, signal: Signal, alone: bool, rules: Rules) -> int | None:
    """What the part of the sentence between commas that holds the sum calls the money; of the only sum in it, what the sentence does."""
    cuts = [0, *(m.end() for m in _PART.finditer(text)), len(text)]
    part = next(text[a:b] for a, b in pairwise(cuts) if a <= signal.start < b)
    own = funding.called_new(rules.cues, part)
    return funding.called_new(rules.cues, text) if own is None and alone else own


def again(rows: Sequence[dict], documents: Mapping[str, Document], rules: Rules, vectors: Callable[[Sequence[str]], np.ndarray]) -> list[dict]:
    """The rows of `sums_again`: a sum, the same sum in a later document, and the cosine of their sentences. Commentary only repeats what others
    announce, and specimens stand apart from real documents."""
    groups: dict[tuple, list[dict]] = defaultdict(list)
    for row in rows:
        doc = documents[row["document"]]
        if doc.kind != "commentary":
            groups[row["currency"], row["value"], doc.set_name == "specimen"].append(row)
    shared = [sorted(group, key=lambda row: (documents[row["document"]].published, row["document"])) for group in groups.values() if len({row["document"] for row in group}) > 1]
    said = [sentences.joined(row["lead_in"], row["quote"])[0] for group in shared for row in group]
    at = dict(zip([row["id"] for group in shared for row in group], vectors(said) if said else (), strict=True))
    pairs = [(one, other, round(float(at[one["id"]] @ at[other["id"]]), 3)) for group in shared for n, one in enumerate(group) for other in group[n + 1:] if one["document"] != other["document"]]
    return [dict(sum=one["id"], other=other["id"], likeness=like) for one, other, like in sorted(pairs, key=lambda pair: (-pair[2], pair[0]["id"], pair[1]["id"])) if like >= rules.alike]


def tables(done: Sequence, items: Iterable[tuple[str, Mapping]], rules: Rules, vectors: Callable[[Sequence[str]], np.ndarray]) -> dict[str, list[dict]]:
    """The rows of `sums` and `sums_again`; `done` are pairs of a document and what was read of it, `items` pairs of a kind and a row of the statements made from them."""
    made = {(row["document"], row.get("quote") or row["text"]): (row["id"], kind) for kind, row in items}
    rows = [row for doc, read in done for row in found(doc.id, read.passages, rules)]
    for row in rows:
        row["item"], row["item_kind"] = made.get((row["document"], row["quote"]), (None, None))
    return {"sums": rows, "sums_again": again(rows, {doc.id: doc for doc, _ in done}, rules, vectors)}
