"""The learned second opinion: a linear model over named signals (and, where unsure, a sentence vector).

Weights are plain arrays in an .npz file without pickles: `names` (the signals), `classes`, one weight
per signal and class, one row of weights per vector place, a bias, and a temperature that makes the
probabilities honest. Nothing here trains; see train.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from policytrack.model import BadInput


@dataclass(frozen=True, slots=True)
class Model:
    """Linear weights for one question (which role, which category)."""

    classes: tuple[str, ...]
    index: dict[str, int]
    weights: np.ndarray                  # (signals, classes)
    dense: np.ndarray                    # (vector places, classes); no rows where vectors are not used
    bias: np.ndarray                     # (classes,)
    temperature: float


def load(path: Path, task: str) -> Model:
    """The model `task` in the file `path`; BadInput where the file is missing or not ours."""
    try:
        with np.load(path, allow_pickle=False) as data:
            names = [str(n) for n in data[f"{task}.names"]]
            return Model(tuple(str(c) for c in data[f"{task}.classes"]), {n: i for i, n in enumerate(names)}, data[f"{task}.weights"].astype(np.float32),
                         data[f"{task}.dense"].astype(np.float32), data[f"{task}.bias"].astype(np.float32), float(data[f"{task}.temperature"]))
    except (OSError, KeyError, ValueError) as error:
        raise BadInput(path, f"no usable weights for {task!r} ({error})", "run `policytrack train`") from None


def probabilities(model: Model, signals: Sequence[Sequence[str]], vectors: np.ndarray | None = None) -> np.ndarray:
    """One row of probabilities per item over model.classes; rows sum to 1."""
    scores = np.tile(model.bias, (len(signals), 1))
    for row, names in enumerate(signals):
        places = [model.index[n] for n in names if n in model.index]
        if places:
            scores[row] += model.weights[places].sum(axis=0)
    if vectors is not None and len(model.dense):
        scores += vectors @ model.dense
    scores = scores / model.temperature
    scores -= scores.max(axis=1, keepdims=True)
    raised = np.exp(scores)
    return raised / raised.sum(axis=1, keepdims=True)
