"""The rules alone: an ordered list of decisions over named signals, from decisions.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from policytrack.model import BadInput, Role

_KEYS = {"id", "role", "all", "any", "none", "matches", "misses"}


@dataclass(frozen=True, slots=True)
class Decision:
    """If all of `needs`, one of `some` and none of `bars` are among the signals, the role is this."""

    id: str
    role: Role
    needs: frozenset[str]
    some: frozenset[str]
    bars: frozenset[str]
    matches: tuple[str, ...]
    misses: tuple[str, ...]

    def holds(self, names: frozenset[str]) -> bool:
        """Whether the rule decides an act with these signals."""
        return self.needs <= names and (not self.some or bool(self.some & names)) and not self.bars & names


def load(path: Path) -> tuple[Decision, ...]:
    """The decisions in their order; BadInput for an unknown key or a rule without conditions."""
    made = []
    for table in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", []):
        if table.keys() - _KEYS or not (table.get("all") or table.get("any")):
            raise BadInput(path, f"rule {table.get('id')!r}: unknown keys {sorted(table.keys() - _KEYS)} or no condition", "keep id, role, all, any, none, matches, misses")
        made.append(Decision(table["id"], table["role"], frozenset(table.get("all", ())), frozenset(table.get("any", ())),
                             frozenset(table.get("none", ())), tuple(table.get("matches", ())), tuple(table.get("misses", ()))))
    return tuple(made)


def role(names: Iterable[str], decisions: tuple[Decision, ...]) -> tuple[Role, str]:
    """The role that the first holding rule gives, and the rule's id; ("none", "") where none holds."""
    seen = frozenset(names)
    rule = next((d for d in decisions if d.holds(seen)), None)
    return (rule.role, rule.id) if rule else ("none", "")
