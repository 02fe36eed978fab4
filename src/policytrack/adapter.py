"""The sentence encoder fitted to the codebook: what an act is (here), what a reply says (opinion.py) and whom a statement falls on (suggest.py), asked where the rules leave it open.

A low-rank adapter (LoRA: every linear layer of the encoder plus a product of two thin matrices) and a linear head, kept as
plain arrays of half precision without pickles. The encoder's own weights stay those of embed.py; here a second copy of its
layers carries the adapter, so that vectors for likeness are not touched. Nothing here trains; see finetune.py.
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from policytrack import embed
from policytrack.model import BadInput

FILE = "adapter.npz"
LENGTH = 112         # word pieces; what is longer is cut
PARTS = (5, 4)       # scores of train.ROLES, then those of train.CATEGORIES: one distribution each
BATCH = 8            # no slower than 32 on one core, and takes less memory where texts are long


def path(pipeline: Path) -> Path:
    """Where the adapter lies in the folder `pipelines`."""
    return pipeline / "weights" / FILE


def linears(encoder) -> list[tuple[str, object]]:
    """(name, layer) of every linear layer of the transformer's blocks, in their order."""
    from torch import nn

    return [(name, layer) for name, layer in encoder.encoder.named_modules() if isinstance(layer, nn.Linear)]


def load(path: Path) -> dict[str, np.ndarray]:
    """The arrays of an adapter; BadInput where the file is missing or not ours."""
    try:
        with np.load(path, allow_pickle=False) as data:
            return {name: data[name] for name in ("down", "up", "rank", "head", "bias", "scale")}
    except (OSError, KeyError, ValueError) as error:
        raise BadInput(path, f"no usable adapter ({error})", "run `policytrack train --only adapter`") from None


@lru_cache(maxsize=1)
def _fitted(path: Path):
    """(tokenizer, encoder with the adapter folded into its weights, head, bias); one at a time: each takes 40 MB and a tenth of a second to make."""
    import torch

    arrays = {name: torch.from_numpy(array.astype(np.float32)) for name, array in load(path).items()}
    rank = int(arrays["rank"])
    tokenizer, bare = embed.parts()
    encoder = copy.deepcopy(bare, {id(bare.embeddings): bare.embeddings})
    at_down = at_up = 0
    with torch.no_grad():
        for _, layer in linears(encoder):
            down = arrays["down"][at_down:at_down + rank * layer.in_features].reshape(rank, layer.in_features)
            up = arrays["up"][at_up:at_up + rank * layer.out_features].reshape(layer.out_features, rank)
            layer.weight += arrays["scale"] * (up @ down)
            at_down, at_up = at_down + rank * layer.in_features, at_up + rank * layer.out_features
    return tokenizer, encoder.eval(), arrays["head"], arrays["bias"]


def pooled(encoder, pieces: Sequence[Sequence[int]]):
    """The mean of the last layer over the word pieces of each text; a tensor (texts, width)."""
    import torch

    width = max(map(len, pieces))
    ids = torch.tensor([[*p, *[0] * (width - len(p))] for p in pieces])
    mask = torch.tensor([[1] * len(p) + [0] * (width - len(p)) for p in pieces])
    last, mask = encoder(input_ids=ids, attention_mask=mask)[0], mask.unsqueeze(-1)
    return (last * mask).sum(1) / mask.sum(1)


def pieces_of(tokenizer, texts: Sequence[str | tuple[str, str]], length: int) -> list[list[int]]:
    """The word pieces of texts, or of pairs of texts; of a pair the longer part is cut first."""
    parts = [list(texts)] if isinstance(texts[0], str) else [list(part) for part in zip(*texts, strict=True)]
    return tokenizer(*parts, truncation="longest_first", max_length=length)["input_ids"]


def chances(path: Path, texts: Sequence[str | tuple[str, str]], parts: Sequence[int] = PARTS, length: int = LENGTH) -> np.ndarray:
    """Distributions of the sizes `parts` side by side, one row per text; shape (texts, sum of parts), rounded so that equal words give equal bytes."""
    import torch

    if not texts:
        return np.zeros((0, sum(parts)), dtype=np.float32)
    tokenizer, encoder, head, bias = _fitted(path)
    pieces = pieces_of(tokenizer, texts, length)
    order, found = sorted(range(len(texts)), key=lambda n: (len(pieces[n]), n)), np.zeros((len(texts), len(bias)), dtype=np.float32)
    with torch.inference_mode():
        for at in range(0, len(order), BATCH):
            some = order[at:at + BATCH]
            scores = pooled(encoder, [pieces[n] for n in some]) @ head.T + bias
            found[some] = torch.cat([torch.softmax(part, -1) for part in torch.split(scores, list(parts), 1)], 1).numpy()
    return np.round(found, 4)


def asked(path: Path, store: Path | None = None, parts: Sequence[int] = PARTS, length: int = LENGTH) -> Callable[[Sequence[str | tuple[str, str]]], np.ndarray] | None:
    """`chances` by the adapter in the file `path`, kept in the folder `store` where one is given; None where it has not been fitted yet."""
    if not path.exists():
        return None
    make = partial(chances, path, parts=parts, length=length)
    return make if store is None else partial(embed.kept, store, make=make, key=hashlib.sha256(path.read_bytes()).hexdigest())
