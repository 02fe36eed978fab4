"""Item -> labels that its words suggest, roles or themes: learned from labelled statements, asked where the rules of roles.toml and themes.toml leave room.

One reader has a weight for each word, pair of neighbouring words and label, beside a few for what the headings and the rules say, and
(for themes) for the sentence vector; a label's score is their plain sum, so that the words which weighed most can be shown. For roles
there is another, the sentence encoder fitted to the same statements (as in adapter.py), and the mean of both decides. All are
arrays in .npz files without pickles. Nothing here trains; see train.py and finetune.py.
"""

from __future__ import annotations

import itertools
import math
import re
import runpy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import simplemma

from policytrack import adapter
from policytrack.model import BadInput, Item

FILE, ENCODER = "roles.npz", "roles_encoder.npz"
LENGTH = 144         # word pieces that the encoder reads
TITLE, HEADINGS, BEFORE = 80, 100, 150       # letters of each that it reads before the statement itself
# How much each part of an item counts: its terms share this length, however many they are.
PARTS = {"said": 3.0, "section": 1.0, "actor": 1.0, "title": 1.0, "kind": 1.0, "context": 1.5, "heading": 3.0, "cue": 1.5}
LONGEST = 5          # words that are shown for a suggestion
_WORD = re.compile(r"[A-Za-z][\w’'-]*|£|\d+")


@dataclass(frozen=True, slots=True)
class Model:
    """Linear weights: one row per term (and per place of a sentence vector, where one is read), one column per label; and the encoder's file, where it has been fitted."""

    labels: tuple[str, ...]
    index: Mapping[str, int]             # "part:term" -> row
    weights: np.ndarray                  # (terms, labels)
    bias: np.ndarray                     # (labels,)
    dense: np.ndarray | None = None      # (vector places, labels)
    encoder: Path | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A label, how likely it is by the labelled statements, and the words that weighed most."""

    label: str
    chance: float
    words: str


@dataclass(frozen=True, slots=True)
class Example:
    """A statement with its labels; those of one group (a title, a document) are held out together."""

    group: str
    item: Item
    labels: Mapping[str, str]            # role -> basis, or theme -> ""
    maybe: frozenset[str]                # neither right nor wrong


def model(arrays: Mapping[str, np.ndarray]) -> Model:
    """Fitted arrays as a model."""
    dense = arrays["dense"].astype(np.float32) if len(arrays["dense"]) else None
    return Model(tuple(str(label) for label in arrays["labels"]), {str(name): n for n, name in enumerate(arrays["names"])}, arrays["weights"].astype(np.float32), arrays["bias"].astype(np.float32), dense)


def load(path: Path, encoder: Path | None = None) -> Model | None:
    """The model in the file `path`, with the fitted encoder where that file is there; None where nothing has been learned yet, BadInput where a file is not ours."""
    if not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as data:
            return replace(model(data), encoder=encoder if encoder and encoder.exists() else None)
    except (OSError, KeyError, ValueError) as error:
        raise BadInput(path, f"no usable weights ({error})", f"run `policytrack train --only {path.stem}`") from None


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """The dictionary’s lemma of a word."""
    return simplemma.lemmatize(word.casefold(), "en")


def words(text: str) -> list[tuple[str, int, int]]:
    """(lemma, start, end) of each word."""
    return [(lemma(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def said(item: Item) -> set[str]:
    """The words and pairs of neighbouring words of what an item says, with its lead-in."""
    found = [word for word, *_ in words(f"{item.lead_in} {item.text}")]
    return {*found, *(" ".join(pair) for pair in itertools.pairwise(found))}


def named(found: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """part -> its terms under the names that a model knows them by, "part:term"."""
    return {part: frozenset(f"{part}:{term}" for term in each) for part, each in found.items()}


def terms(item: Item, contexts: Mapping[str, re.Pattern[str]]) -> dict[str, frozenset[str]]:
    """part -> its terms: the words and pairs of what is said, the words of headings, actor and title, the kind of statement, and the contexts that it and its document speak of."""
    found = {"said": said(item), "kind": {item.kind}} | {part: {word for word, *_ in words(getattr(item, part))} for part in ("section", "actor", "title")}
    found["context"] = {name for name, pattern in contexts.items() if pattern.search(f"{item.lead_in} {item.text}")} | {f"about {name}" for name in item.subjects}
    return named(found)


def values(found: Mapping[str, frozenset[str]], index: Mapping[str, int]) -> Iterator[tuple[int, float]]:
    """(row, value) of the known terms of an item; those of one part share its length."""
    for part, names in found.items():
        known = sorted(index[name] for name in names if name in index)
        yield from ((row, PARTS[part] / math.sqrt(len(known))) for row in known)


def pair(item: Item) -> tuple[str, str]:
    """What the encoder reads of an item: where it stands, and what it says."""
    headings = " › ".join(item.section.split(" › ")[-2:])[:HEADINGS]
    return f"{item.kind}: {item.title[:TITLE]}. {headings}. {item.before[-BEFORE:]}", f"{item.lead_in} {item.text}".strip()


def by_words(found: Sequence[Mapping[str, frozenset[str]]], known: Model, vectors: np.ndarray | None = None) -> np.ndarray:
    """How likely each label is for each item by its terms, and its vector where the model reads one; shape (items, labels)."""
    scores = np.array([known.bias + sum(value * known.weights[row] for row, value in values(each, known.index)) for each in found]).reshape(len(found), len(known.labels))
    if known.dense is not None and vectors is not None:
        scores = scores + np.round(vectors @ known.dense, 4)
    return 1 / (1 + np.exp(-scores))


def chances(items: Sequence[Item], said: np.ndarray, known: Model, store: Path | None = None) -> np.ndarray:
    """How likely each role is by the mean of both readers; `said` is what the words say, and all there is where no encoder was fitted.

    What the encoder says is kept in the folder `store` where one is given.
    """
    if known.encoder is None or not items:
        return said
    ask = adapter.asked(known.encoder, store, (2,) * len(known.labels), LENGTH)
    return (said + ask([pair(item) for item in items])[:, 1::2]) / 2


def suggestions(item: Item, likely: Sequence[float], known: Model, least: float) -> list[Suggestion]:
    """The labels that are at least this likely, in the model's order; `likely` is the item's row of chances."""
    return [Suggestion(label, round(float(chance), 4), _shown(item, known, n)) for n, (label, chance) in enumerate(zip(known.labels, likely, strict=True)) if chance >= least]


def _shown(item: Item, known: Model, label: int) -> str:
    """The run of at most LONGEST words that weighs most for a label, in what is said, else in its lead-in; as printed."""
    runs = [_heaviest(text, known, label) for text in (item.text, item.lead_in) if text]
    return next((run for weight, run in runs if weight > 0), runs[0][1])


def _heaviest(text: str, known: Model, label: int) -> tuple[float, str]:
    """(weight, words) of the heaviest run, the shortest of those that weigh the same; a word has its own weight and half of each pair it stands in.

    A run begins and ends with a word that means something by itself, where there is one.
    """
    found = words(text)
    weight = [_weight(word, known, label) for word, *_ in found]
    for n, (one, other) in enumerate(itertools.pairwise(found)):
        share = _weight(f"{one[0]} {other[0]}", known, label) / 2
        weight[n] += share
        weight[n + 1] += share
    runs = [(sum(weight[a:b]), a, b) for a in range(len(found)) for b in range(a + 1, min(a + LONGEST, len(found)) + 1)]
    full = [_full(text[start:end]) for _, start, end in found]
    whole = [run for run in runs if (full[run[1]] or text[found[run[1]][1]] == "£") and full[run[2] - 1]]
    total, a, b = max(whole or runs, key=lambda run: (round(run[0], 4), run[1] - run[2], -run[1]), default=(0.0, 0, 0))
    return total, text[found[a][1]:found[b - 1][2]] if found else text


def _full(word: str) -> bool:
    """Whether a word means something by itself: no article, preposition, pronoun, conjunction or auxiliary, and no bare number."""
    return word[0].isalpha() and re.sub(r"n?['’]\w+$", "", word.casefold()) not in _empty()


@cache
def _empty() -> frozenset[str]:
    """spaCy's list of stop words, read from its file, since importing its package takes seconds; and what the list lacks."""
    (folder,) = find_spec("spacy").submodule_search_locations
    return frozenset(runpy.run_path(f"{folder}/lang/en/stop_words.py")["STOP_WORDS"]) | {"shall", "ought", "need", "needs", "needed", "let", "wo", "s"}


def _weight(term: str, known: Model, label: int) -> float:
    row = known.index.get(f"said:{term}")
    return 0.0 if row is None else float(known.weights[row, label])
