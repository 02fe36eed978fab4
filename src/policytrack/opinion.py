"""The second opinion on a stance, asked for only where no rule finds anything: a linear model over sentence vectors.

It sees the vector of the answer, and how it differs from the vector of what was asked. The weights are plain arrays
(`weights/stances.npz`), taught by `replies.toml`; see train.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from policytrack import classify
from policytrack.classify import Model
from policytrack.model import StanceLabel

Vectors = Callable[[Sequence[str]], np.ndarray]     # texts -> one row of length 1 per text
LONGEST = 1500                # letters of an answer that are read: what the encoder takes in
NEAR = 0.7                    # a label this near to the likeliest one is a second reading


def load(pipeline: Path) -> Model:
    """The weights, from the folder `pipelines`."""
    return classify.load(pipeline / "weights" / "stances.npz", "stance")


def features(asked: Sequence[str], answers: Sequence[str], vectors: Vectors) -> np.ndarray:
    """One row per pair of what was asked and what was answered."""
    said, wanted = (vectors([text[:LONGEST] for text in texts]) for texts in (answers, asked))
    return np.hstack([said, said - wanted])


def opinion(asked: str, answer: str, model: Model, vectors: Vectors) -> tuple[StanceLabel, StanceLabel | None]:
    """The likeliest label, and a second one where it is nearly as likely."""
    shares = classify.probabilities(model, [()], features([asked], [answer], vectors))[0].round(4)
    first, second = sorted(range(len(shares)), key=lambda n: (-shares[n], n))[:2]
    return model.classes[first], model.classes[second] if shares[second] >= NEAR * shares[first] else None
