"""Item -> its themes, with the words that say so: by the cues of themes.toml, and by what labelled statements taught (suggest.py)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from policytrack import cues, sentences, suggest
from policytrack.cues import Cue
from policytrack.model import BadInput, Item

FILE = "themes.npz"
SUGGESTED = {"about", "least", "elsewhere", "below"}
NAME = 5             # words; a longer heading is a sentence, and what it says in passing is no theme of what stands below


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes in their order, the cues with the context that each needs, and what was learned: from `least` on a theme is added (in documents that are not `about` that of which most was learned, from `elsewhere` on),
    under `below` one that a cue finds is dropped."""

    rows: tuple[dict, ...]
    cues: tuple[tuple[Cue, re.Pattern[str] | None], ...]
    learned: suggest.Model | None = None
    about: tuple[str, ...] = ()
    least: float = 1.0
    elsewhere: float = 1.0
    below: float = 0.0


def themes(path: Path) -> Themes:
    """The themes of themes.toml; BadInput for a cue of a theme that is not there."""
    made = cues.load(path)
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    rows, suggested = tuple(data["theme"]), {key: tuple(value) if isinstance(value, list) else value for key, value in data.get("suggested", {}).items()}
    if suggested and suggested.keys() != SUGGESTED:
        raise BadInput(path, "`suggested` has other keys than it should", f"keys are {', '.join(sorted(SUGGESTED))}")
    if extra := {key for row in rows for key in row} - {"id", "name", "description"}:
        raise BadInput(path, f"a theme has the key {min(extra)!r}", "a theme has id, name and description; exceptions stand with its cue")
    for cue in made:
        if cue.extra.get("theme") not in {row["id"] for row in rows}:
            raise BadInput(path, f"cue {cue.id!r} has no theme", "name one of the [[theme]] tables")
    return Themes(rows, tuple((cue, re.compile(cue.extra["needs"], re.IGNORECASE) if "needs" in cue.extra else None) for cue in made),
                  suggest.load(path.parent / "weights" / FILE) if suggested else None, **suggested)


def ruled(item: Item, known: Themes) -> dict[str, str]:
    """theme -> words, by the cues: from the statement, else its lead-in, else the nearest heading, where that is short enough to be a name."""
    heading = item.section.rpartition(" › ")[2]
    heading = heading if len(heading.split()) <= NAME else ""
    found: dict[str, str] = {}
    for part in (item.text, item.lead_in, heading):
        for cue, needs in known.cues:
            signal = next(iter(cue.find(part)), None)
            if signal and (needs is None or needs.search(f"{item.text} {item.lead_in} {heading}")):
                found.setdefault(cue.extra["theme"], part[signal.start:signal.end])
        if found:
            break
    return found


def said(item: Item) -> str:
    """The words of an item that are turned into a vector."""
    return sentences.joined(item.lead_in, item.text)[0]


def terms(item: Item, found: Iterable[str]) -> dict[str, frozenset[str]]:
    """part -> its terms: words and pairs of what is said, the words of the headings, and the themes that the cues have found."""
    return suggest.named({"said": suggest.said(item), "heading": (word for word, *_ in suggest.words(item.section)), "cue": found})


def hits(items: Sequence[Item], known: Themes, vectors: np.ndarray | None = None) -> list[dict[str, str]]:
    """theme -> words of each item, themes in their order; one row of `vectors` (items, 384) an item, of its words `said`, where there are any."""
    found = [ruled(item, known) for item in items]
    if known.learned:
        likely = suggest.by_words([terms(item, each) for item, each in zip(items, found, strict=True)], known.learned, vectors)
        for item, each, row in zip(items, found, likely, strict=True):
            chance = dict(zip(known.learned.labels, row, strict=True))
            for theme in [theme for theme in each if chance.get(theme, 1.0) < known.below]:
                del each[theme]
            for more in suggest.suggestions(item, row, known.learned, known.least if item.subjects.intersection(known.about) else known.elsewhere):
                each.setdefault(more.label, more.words)
    order = {row["id"]: n for n, row in enumerate(known.rows)}
    return [dict(sorted(each.items(), key=lambda pair: order[pair[0]])) for each in found]


def rows(items: Sequence[Item], known: Themes, vectors: Callable[[Sequence[Item]], np.ndarray] | None = None) -> list[dict]:
    """The rows of `theme_hits`, themes in their order; `vectors` makes the sentence vectors of items."""
    found = hits(items, known, vectors(items) if vectors and known.learned else None)
    return [dict(item=item.id, item_kind=item.kind, theme=theme, words=words) for item, each in zip(items, found, strict=True) for theme, words in each.items()]
