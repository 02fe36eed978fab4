"""Item -> its themes, with the words that say so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policytrack import cues
from policytrack.cues import Cue
from policytrack.model import BadInput, Item

NAME = 5             # words; a longer heading is a sentence, and what it says in passing is no theme of what stands below


@dataclass(frozen=True, slots=True)
class Themes:
    """The themes in their order, and the cues with the context that each needs."""

    rows: tuple[dict, ...]
    cues: tuple[tuple[Cue, re.Pattern[str] | None], ...]


def themes(path: Path) -> Themes:
    """The themes of themes.toml; BadInput for a cue of a theme that is not there."""
    made = cues.load(path)
    rows = tuple(tomllib.loads(path.read_text(encoding="utf-8"))["theme"])
    if extra := {key for row in rows for key in row} - {"id", "name", "description"}:
        raise BadInput(path, f"a theme has the key {min(extra)!r}", "a theme has id, name and description; exceptions stand with its cue")
    for cue in made:
        if cue.extra.get("theme") not in {row["id"] for row in rows}:
            raise BadInput(path, f"cue {cue.id!r} has no theme", "name one of the [[theme]] tables")
    return Themes(rows, tuple((cue, re.compile(cue.extra["needs"], re.IGNORECASE) if "needs" in cue.extra else None) for cue in made))


def hits(item: Item, known: Themes) -> dict[str, str]:
    """theme -> words: from the statement, else its lead-in, else the nearest heading, where that is short enough to be a name."""
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


def rows(items: Sequence[Item], known: Themes) -> list[dict]:
    """The rows of `theme_hits`, themes in their order."""
    order = {row["id"]: n for n, row in enumerate(known.rows)}
    return [dict(item=item.id, item_kind=item.kind, theme=theme, words=words)
            for item in items for theme, words in sorted(hits(item, known).items(), key=lambda pair: order[pair[0]])]
