"""Commitments and expectations -> those that say nearly the same elsewhere, by sentence vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

LIKE = 0.72         # cosine from which two wordings are worth showing side by side
MOST = 5


def rows(items: Sequence[dict], vectors: Callable[[Sequence[str]], np.ndarray]) -> list[dict]:
    """The rows of `similar`: for each item up to five others, nearest first; the two never stand in one passage."""
    if len(items) < 2:
        return []
    found = np.concatenate([vectors(group) for group in _by_document(items)])
    near = np.round(found @ found.T, 3)
    out = []
    for n, item in enumerate(items):
        order = sorted((m for m in np.flatnonzero(near[n] >= LIKE) if m != n and items[m]["passage"] != item["passage"]), key=lambda m: (-near[n][m], items[m]["id"]))
        kind = "commitment" if item["id"].startswith("c-") else "expectation"
        out += [dict(item=item["id"], item_kind=kind, other=items[m]["id"], score=float(near[n][m])) for m in order[:MOST]]
    return out


def _by_document(items: Sequence[dict]) -> list[list[str]]:
    """The texts in the order of the items, one list a document, so that a changed document alone is worked out again."""
    groups: list[list[str]] = []
    last = None
    for item in items:
        if item["document"] != last:
            groups.append([])
            last = item["document"]
        groups[-1].append(item["act"] or f"{item['lead_in'] or ''} {item['quote']}".strip())
    return groups
