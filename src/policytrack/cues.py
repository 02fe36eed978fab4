"""Cue files: every rule is data, and proves itself with words it must match and words it must miss.

A cue file is TOML with `[[cue]]` tables:

    id = "no-plans"                       # unique in the file; shown as the reason for a judgement
    pattern = '\\bno (current )?plans to\\b'  # a regular expression, case ignored
    value = "rejected"                    # what a hit means (optional)
    unless = ['\\bno plans to stop\\b']    # exceptions: a hit inside such words is no hit
    matches = ["The government has no plans to legislate."]
    misses = ["There are plans to legislate."]

A table `[fragments]` names parts that patterns share: `<date>` in a pattern stands for its `date`. Where a pattern has a group named
`words`, that group is what a hit shows. Any other key is kept in `Cue.extra`. A cue without `matches`, or whose proof fails, does not load.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from policytrack import literals
from policytrack.model import BadInput, Signal


@dataclass(frozen=True, slots=True)
class Cue:
    """One rule: `find` yields where its words stand in a text."""

    id: str
    label: str
    pattern: re.Pattern[str]
    value: str = ""
    unless: tuple[re.Pattern[str], ...] = ()
    matches: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    extra: dict = field(default_factory=dict, hash=False, compare=False)
    words: tuple[str, ...] = ()          # one of them stands in every text in which the pattern does

    def find(self, text: str) -> Iterator[Signal]:
        """Every place in `text` where the cue holds and no exception covers it."""
        if not literals.within(self.words, literals.folded(text)) or self.pattern.search(text) is None:
            return
        excepted = [m.span() for rule in self.unless for m in rule.finditer(text)]
        for m in self.pattern.finditer(text):
            if m.end() > m.start() and not any(a <= m.start() and m.end() <= b for a, b in excepted):
                yield Signal(self.label, self.id, *m.span("words" if "words" in self.pattern.groupindex else 0), value=self.value)


def _compiled(pattern: str, path: Path, cue: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise BadInput(path, f"cue {cue!r}: pattern does not compile ({error})", "mend the pattern") from None


def _proved(cue: Cue, path: Path) -> Cue:
    if not cue.matches:
        raise BadInput(path, f"cue {cue.id!r} has no `matches`", "give words that it must match")
    for text in cue.matches:
        if not any(True for _ in cue.find(text)):
            raise BadInput(path, f"cue {cue.id!r} does not match {text!r}", "mend the pattern or the example")
    for text in cue.misses:
        if any(True for _ in cue.find(text)):
            raise BadInput(path, f"cue {cue.id!r} matches {text!r}, which it must miss", "mend the pattern or the example")
    return cue


def load(path: Path, key: str = "cue", label: str | None = None) -> tuple[Cue, ...]:
    """The proved cues of one file, in its order; `label` defaults to the file's stem, `key` to its `[[cue]]` tables.

    Raises BadInput with the file and the cue where a key is missing, a pattern does not compile or a proof fails.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadInput(path, "no such cue file", "give --pipeline a folder that has it") from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(path, f"not valid TOML ({error})", "mend the file") from None
    fragments = data.get("fragments", {})
    return tuple(cue(table, path, label or path.stem, fragments) for table in data.get(key, []))


def _filled(pattern: str, fragments: dict[str, str]) -> str:
    """The pattern with every named fragment in its place; fragments may name one another, but not in a circle."""
    for _ in fragments:
        for name, part in fragments.items():
            pattern = pattern.replace(f"<{name}>", f"(?:{part})")
    return pattern


def cue(table: dict, path: Path, label: str, fragments: dict[str, str] | None = None) -> Cue:
    """One proved cue from its table; see `load` for the errors."""
    table, fragments = dict(table), fragments or {}
    if "id" not in table or "pattern" not in table:
        raise BadInput(path, f"a cue lacks `id` or `pattern`: {sorted(table)}", "give both")
    name, pattern = table.pop("id"), _filled(table.pop("pattern"), fragments)
    made = Cue(
        id=name, label=label, pattern=_compiled(pattern, path, name), words=literals.required(pattern), value=table.pop("value", ""),
        unless=tuple(_compiled(_filled(p, fragments), path, name) for p in table.pop("unless", ())),
        matches=tuple(table.pop("matches", ())), misses=tuple(table.pop("misses", ())), extra=table,
    )
    return _proved(made, path)


def find(cues: Iterable[Cue], text: str) -> list[Signal]:
    """All hits of all cues in `text`, by place, longest first where they begin together."""
    return sorted((s for cue in cues for s in cue.find(text)), key=lambda s: (s.start, -s.end, s.cue))
