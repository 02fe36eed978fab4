"""Commitments and expectations -> those that say nearly the same elsewhere, by sentence vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

LIKE = 0.72         # cosine from which two wordings are worth showing side by side
MOST = 5


def rows(items: Sequence[dict], vectors: Mapping[str, np.ndarray]) -> list[dict]:
    """The rows of `similar`: for each item up to five others, nearest first; the two never stand in one passage.

    `vectors`: item id -> vector of length 1.
    """
    if len(items) < 2:
        return []
    found = np.array([vectors[item["id"]] for item in items])
    near = np.round(found @ found.T, 3)
    out = []
    for n, item in enumerate(items):
        order = sorted((m for m in np.flatnonzero(near[n] >= LIKE) if m != n and items[m]["passage"] != item["passage"]), key=lambda m: (-near[n][m], items[m]["id"]))
        kind = "commitment" if item["id"].startswith("c-") else "expectation"
        out += [dict(item=item["id"], item_kind=kind, other=items[m]["id"], score=float(near[n][m])) for m in order[:MOST]]
    return out
