"""Labelled pages, replies and statements -> the adapters of the encoder, and what is said of each document when that was held out. The only room that trains with torch.

Each group of documents is held out once, so that accuracy on the tune split can be stated without a second training: the
probabilities that a document got from an adapter which had not seen its group are kept in held_out.npz under a hash of the
text. With the documents of `teaching/`, a fit takes about twenty minutes of one core: one for each group and one that is shipped.
"""

from __future__ import annotations

import hashlib
import math
import random
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from policytrack import adapter, corpus, embed, extract, opinion, suggest, train
from policytrack.model import BadInput
from policytrack.replies import Reply
from policytrack.train import Example, Labelled

RANK, SCALE = 8, 2.0
EPOCHS, BATCH, RATE, HEAD_RATE, DROPOUT = 2, 16, 1e-3, 2e-3, 0.1
REPLY_EPOCHS, ROLE_EPOCHS = 6, 5
FIRST = 0.7           # what the first of several right stances weighs
HELD = "held_out.npz"
CLASSES = (*train.ROLES, *train.CATEGORIES)


def targets(example: Example) -> list[float]:
    """How much an example teaches of each role and of each category."""
    roles, categories = train.role_weights(example), train.category_weights(example)
    return [roles.get(name, 0.0) for name in train.ROLES] + [categories.get(name, 0.0) for name in train.CATEGORIES]


def acts(examples: Sequence[Example], progress: Callable[[str], None] = lambda line: None) -> dict[str, np.ndarray]:
    """The adapter that says what an act is."""
    return fit([extract.context(e.item) for e in examples], [targets(e) for e in examples], adapter.PARTS, adapter.LENGTH, EPOCHS, progress)


def stances(taught: Sequence[Reply], progress: Callable[[str], None] = lambda line: None) -> dict[str, np.ndarray]:
    """The adapter that says what a reply comes to (opinion.py)."""
    return fit([opinion.pair(r.asked, r.answer) for r in taught], [stance_targets(r) for r in taught], opinion.PARTS, opinion.LENGTH, REPLY_EPOCHS, progress)


def roles(taught: Sequence[suggest.Example], names: Sequence[str], progress: Callable[[str], None] = lambda line: None) -> dict[str, np.ndarray]:
    """The adapter that says whom a statement falls on (suggest.py): for each role of `names` whether it does; nothing is learned of one that may."""
    wanted = [[share for name in names for share in ((0.0, 0.0) if name in e.maybe else (float(name not in e.labels), float(name in e.labels)))] for e in taught]
    return fit([suggest.pair(e.item) for e in taught], wanted, (2,) * len(names), suggest.LENGTH, ROLE_EPOCHS, progress)


def stance_targets(reply: Reply) -> list[float]:
    """How much a reply teaches of each stance: all of the one that is right, most of the first of several."""
    rest = len(reply.stance) - 1
    weights = {label: 1.0 if not rest else FIRST if not n else (1 - FIRST) / rest for n, label in enumerate(reply.stance)}
    return [weights.get(label, 0.0) for label in corpus.STANCES]


def fit(texts: Sequence, wanted: Sequence[Sequence[float]], parts: Sequence[int], length: int, epochs: int, progress: Callable[[str], None] = lambda line: None) -> dict[str, np.ndarray]:
    """The arrays of an adapter fitted to texts (or pairs) and their targets, as adapter.load reads them; the same examples give the same arrays."""
    import torch

    torch.manual_seed(0)
    torch.set_num_threads(1)
    dice = random.Random(0)
    tokenizer, bare = embed.parts()
    encoder, thin = _thinned(bare)
    head = torch.nn.Linear(embed.WIDTH, sum(parts))
    rows = list(zip(adapter.pieces_of(tokenizer, texts, length), wanted, strict=True))
    thin_weights = [p for layer in thin for p in (layer.down, layer.up)]
    optimizer = torch.optim.AdamW([{"params": thin_weights, "lr": RATE}, {"params": head.parameters(), "lr": HEAD_RATE}], weight_decay=0.01)
    steps = epochs * (len(rows) // BATCH + 1)
    pace = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min(1, n / 60) * max(0.02, 1 - n / steps))
    encoder.train()
    for epoch in range(epochs):
        lost = 0.0
        for batch in _batches(rows, dice):
            scores, want = (torch.split(made, list(parts), 1) for made in (head(adapter.pooled(encoder, [pieces for pieces, _ in batch])), torch.tensor([want for _, want in batch])))
            loss = -sum((right * torch.log_softmax(score, -1)).sum() for score, right in zip(scores, want, strict=True)) / len(batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(thin_weights, 1)
            optimizer.step()
            pace.step()
            lost += float(loss.detach()) * len(batch) / len(rows)
        progress(f"epoch {epoch + 1} of {epochs}: mean loss {lost:.3f}")
    flat = {name: np.concatenate([getattr(layer, name).detach().numpy().ravel() for layer in thin]).astype(np.float16) for name in ("down", "up")}
    return flat | {"head": head.weight.detach().numpy().astype(np.float16), "bias": head.bias.detach().numpy().astype(np.float32),
                   "scale": np.array(SCALE, dtype=np.float32), "rank": np.array(RANK)}


def _thinned(bare):
    """A copy of the encoder whose linear layers are frozen and carry two thin matrices each."""
    import copy

    import torch

    class Thin(torch.nn.Module):
        def __init__(self, layer):
            super().__init__()
            self.layer, self.drop = layer, torch.nn.Dropout(DROPOUT)
            self.down = torch.nn.Parameter(torch.randn(RANK, layer.in_features) / math.sqrt(layer.in_features))
            self.up = torch.nn.Parameter(torch.zeros(layer.out_features, RANK))

        def forward(self, given):
            return self.layer(given) + (self.drop(given) @ self.down.T) @ self.up.T * SCALE

    encoder = copy.deepcopy(bare)
    for weight in encoder.parameters():
        weight.requires_grad_(False)
    thin = []
    for name, layer in adapter.linears(encoder):
        owner, _, last = name.rpartition(".")
        thin.append(Thin(layer))
        setattr(encoder.encoder.get_submodule(owner), last, thin[-1])
    return encoder, thin


def _batches(rows: Sequence, dice: random.Random) -> list[list]:
    """The rows in a new order, those of like length together, so that little is padding."""
    order = list(rows)
    dice.shuffle(order)
    sorted_parts = [sorted(order[at:at + 512], key=lambda row: len(row[0])) for at in range(0, len(order), 512)]
    batches = [part[at:at + BATCH] for part in sorted_parts for at in range(0, len(part), BATCH)]
    dice.shuffle(batches)
    return batches


def groups(found: Sequence[Labelled], folds: Path) -> list[list[Labelled]]:
    """The published documents in the groups of folds.toml, a new one in the smallest; specimens are always learned from and in none."""
    named = tomllib.loads(folds.read_text(encoding="utf-8"))["groups"]
    made = [[l for l in found if l.document.id in ids] for ids in named]
    for one in found:
        if one.document.set_name != "specimen" and not any(one.document.id in ids for ids in named):
            min(made, key=lambda group: sum(len(l.examples) for l in group)).append(one)
    return [group for group in made if group]


def key(text: str) -> np.uint64:
    """The hash under which a text's held-out probabilities are kept."""
    return np.uint64(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))


def save_held(path: Path, texts: Sequence[str], chances: np.ndarray) -> None:
    """Keeps what was said of texts when their documents were held out."""
    np.savez_compressed(path, keys=np.array([key(t) for t in texts], dtype=np.uint64), chances=chances.astype(np.float16))


def held(path: Path) -> Callable[[Sequence[str]], np.ndarray]:
    """Texts of the tune split -> their held-out probabilities; NaN for a text that no adapter was held out for, which the signals then decide alone."""
    try:
        with np.load(path, allow_pickle=False) as data:
            known = dict(zip(data["keys"].tolist(), data["chances"].astype(np.float32), strict=True))
    except (OSError, KeyError, ValueError) as error:
        raise BadInput(path, f"no held-out probabilities ({error})", "run `policytrack train --only adapter`") from None
    nothing = np.full(len(CLASSES), np.nan, dtype=np.float32)
    return lambda texts: np.array([known.get(int(key(t)), nothing) for t in texts], dtype=np.float32).reshape(len(texts), len(CLASSES))
