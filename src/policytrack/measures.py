"""Passages -> the measures that a document names, each typed outcome, proxy, process or output under every scheme.

Words for something measurable are a measure only where the text counts it ("the number of …"), or speaks of measures
near by. Where two schemes differ both rows stand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from policytrack import cues
from policytrack.cues import Cue
from policytrack.model import BadInput, Signal, identity

TYPES = ("outcome", "proxy", "process", "output")
ZONES = ("body", "heading")
NEAR = 90            # letters before the words in which a quantity is looked for


@dataclass(frozen=True, slots=True)
class Measures:
    """The schemes as id -> name, the cues of measures, and the rules that say when words are a measure."""

    schemes: dict[str, str]
    cues: tuple[Cue, ...]
    quantity: tuple[Cue, ...]
    context: tuple[Cue, ...]
    itself: tuple[Cue, ...]


def measures(path: Path) -> Measures:
    """The measures of measures.toml; BadInput where a cue lacks its measure or its type under a scheme."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    schemes = {scheme["id"]: scheme["name"] for scheme in data["scheme"]}
    made, rules = cues.load(path), cues.load(path, key="rule")
    for cue in made:
        if "measure" not in cue.extra or any(cue.extra.get(scheme) not in TYPES for scheme in schemes):
            raise BadInput(path, f"cue {cue.id!r} lacks its measure or a type", f"give `measure` and {', '.join(schemes)} as one of {', '.join(TYPES)}")
    return Measures(schemes, made, *(tuple(r for r in rules if r.id == id) for id in ("quantity", "context", "itself")))


def named(text: str, around: str, known: Measures, table: bool = False) -> list[tuple[Cue, Signal]]:
    """The measures named in a text, longest first where they overlap; `around` is what may say that it speaks of measures."""
    context = table or bool(cues.find(known.context, f"{text} {around}"))
    found = [(cue, s) for cue in known.cues for s in cue.find(text)]
    found = [(cue, s) for cue, s in found if context and not cue.extra.get("counted") or _counted(text, s, known)]
    kept: list[tuple[Cue, Signal]] = []
    for cue, s in sorted(found, key=lambda pair: (pair[1].start - pair[1].end, pair[1].start)):
        if not any(s.start < k.end and k.start < s.end for _, k in kept):
            kept.append((cue, s))
    return sorted(kept, key=lambda pair: pair[1].start)


def _counted(text: str, signal: Signal, known: Measures) -> bool:
    """Whether the words before say that it is counted, or it says so itself."""
    before = text[max(0, signal.start - NEAR):signal.start]
    own = text[signal.start:signal.end]
    return any(s.end == len(before) for s in cues.find(known.quantity, before)) or bool(cues.find(known.itself, own))


def rows(passages: Sequence[dict], known: Measures) -> Iterator[dict]:
    """The rows of `measures`: one per measure, page and scheme."""
    seen: set[tuple] = set()
    for passage in passages:
        if passage["zone"] not in ZONES:
            continue
        around = f"{passage['lead_in']} {passage['section']}"
        for cue, s in named(passage["text"], around, known, passage["kind"] == "table" and bool(cues.find(known.context, around))):
            key = (passage["document"], passage["page"], cue.id)
            if key in seen:
                continue
            seen.add(key)
            words = passage["text"][s.start:s.end]
            for scheme in known.schemes:
                yield dict(id=identity("m", *key, scheme), document=passage["document"], page=passage["page"], words=words, measure=cue.extra["measure"], type=cue.extra[scheme], scheme=scheme)
