"""Commitment -> the roles whose own act it is: what a local body will do, or is expected to do, is no promise of a national one.

Who acts is the actor as printed, else who stands before "will"; whom somebody expects to act comes before either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from policytrack import cues
from policytrack.model import Item, RoleHit
from policytrack.roles import Roles


def own_acts(item: Item, hits: Sequence[RoleHit], known: Roles) -> frozenset[str]:
    """The roles on which a commitment falls as their own act: those who act, and all of its roles where a local one acts."""
    acting = {hit.role for hit in hits if item.kind == "commitment" and _acts(item, hit.words, known.agents)}
    return frozenset(hit.role for hit in hits) if acting & set(known.local) else frozenset(acting)


def _acts(item: Item, words: str, agents: Mapping) -> bool:
    text = next((text for text in (item.text, item.lead_in) if _split(text, words)), "")
    if not text or _holds("speaks", words, agents):
        return False
    before, after = _split(text, words)
    if _holds("expecting", before, agents):
        return True
    if item.actor:
        part = _split(item.actor, words)
        acts = part is not None and not _holds("behind", part[0], agents) and not _holds("part", part[1], agents)
    else:
        acts = not _holds("inside", before, agents) and _holds("then", after, agents)
    return acts and not _holds("given", after, agents)


def _split(text: str, words: str) -> tuple[str, str] | None:
    """What stands before and behind `words` where they stand first."""
    at = text.casefold().find(words.casefold()) if words else -1
    return None if at < 0 else (text[:at], text[at + len(words):])


def _holds(value: str, text: str, agents: Mapping) -> bool:
    return bool(cues.find(agents.get(value, ()), text))


def rows(found: Sequence[Item], hits: Sequence[dict], known: Roles) -> list[dict]:
    """The rows of `role_hits` with `own_act`: 1 where a commitment is the act of this role, or of a local body, itself."""
    by_item: dict[tuple[str, str], list[RoleHit]] = {}
    for row in hits:
        by_item.setdefault((row["item_kind"], row["item"]), []).append(RoleHit(**row))
    own = {key: own_acts(item, by_item[key], known) for item in found if (key := (item.kind, item.id)) in by_item}
    return [row | {"own_act": int(row["role"] in own[row["item_kind"], row["item"]])} for row in hits]
