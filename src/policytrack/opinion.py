"""The second opinion on a stance: the sentence encoder fitted to replies, asked where no line and no words of a verdict decide, or these agree with a view alone.

It reads what was asked beside what was answered. Its adapter (`weights/stances.npz`, as in adapter.py) is taught by `replies.toml`;
see finetune.py. What the rules made of the same words is weighed in (`[opinion]` in `stance.toml`), and a refusal takes more than a likeness.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from policytrack import adapter, corpus
from policytrack.model import BadInput, StanceLabel

FILE = "stances.npz"
LENGTH = 256                  # word pieces of both together
ASKED, ANSWERED = 600, 1800   # letters that are read of either
PARTS = (len(corpus.STANCES),)
NEAR = 0.6                    # a label this near to the likeliest one is a second reading
LEAST = 1e-4                  # a chance that is never undercut, so that its logarithm exists
WAYS = {"view", "limited", "implied", "weak", "inferred", "nothing"}


@dataclass(frozen=True, slots=True)
class Rules:
    """The fitted weights, and how much the label of the rules counts by the way in which it was read."""

    weights: Path
    trust: Mapping[str, float]           # way -> natural logarithm of the odds
    sharpness: float                     # by what the logarithms of the encoder's chances are multiplied: replies in papers are less like those that taught it
    refusal: float                       # the least chance at which a refusal is said that no rule reads


def load(pipeline: Path) -> Rules:
    """The rules of the second opinion, from the folder `pipelines`; BadInput where a number is missing."""
    table = tomllib.loads((pipeline / "stance.toml").read_text(encoding="utf-8")).get("opinion", {})
    if table.keys() != WAYS | {"sharpness", "refusal"}:
        raise BadInput(pipeline / "stance.toml", f"[opinion] has {sorted(table)}", f"give exactly {', '.join(sorted(WAYS))}, sharpness and refusal")
    return Rules(pipeline / "weights" / FILE, {way: float(table[way]) for way in WAYS}, float(table["sharpness"]), float(table["refusal"]))


def pair(asked: str, answer: str) -> tuple[str, str]:
    """What the encoder reads of the two."""
    return asked[:ASKED], answer[:ANSWERED]


def chances(asked: str, answers: Sequence[str], rules: Rules) -> np.ndarray:
    """Probabilities of corpus.STANCES, one row for each answer to the same thing asked."""
    return adapter.chances(rules.weights, [pair(asked, answer) for answer in answers], PARTS, LENGTH)


def opinion(asked: str, spoken: Sequence[str], label: StanceLabel, way: str, rules: Rules) -> tuple[StanceLabel, StanceLabel | None]:
    """(label, a second reading) where the rules read `label` in this way from the sentences `spoken`."""
    said = chances(asked, [" ".join(spoken)], rules)[0]
    scores = rules.sharpness * np.log(said + LEAST)
    scores[corpus.STANCES.index(label)] += rules.trust[way]
    first, second = sorted(range(len(scores)), key=lambda n: (-round(float(scores[n]), 4), n))[:2]
    if corpus.STANCES[first] == "rejected" != label and said[first] < rules.refusal:      # a refusal is printed in newspapers
        return corpus.STANCES[second], "rejected"
    return corpus.STANCES[first], corpus.STANCES[second] if scores[second] >= scores[first] + np.log(NEAR) else None


def carrier(asked: str, spoken: Sequence[str], label: StanceLabel, rules: Rules) -> int:
    """The place of the sentence that by itself says most plainly what all of them say."""
    return int(np.argmax(chances(asked, spoken, rules)[:, corpus.STANCES.index(label)])) if len(spoken) > 1 else 0
