"""Texts -> words that belong together: those that keep company more often than chance, and those that mean nearly the same.

The search offers them and never adds one unasked, so a word that does not help costs a reader one glance. Both ways are
needed: what keeps company (`needle`, `exchange`) rarely means the same, and what means the same (`rehabilitation`,
`recovery`) rarely keeps company.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np

FEWEST = 4              # texts in which a word must stand to be offered at all
MOST_TERMS = 3000       # the commonest; more would only add names
EACH = 4                # offered of either kind
COMPANY = 0.3           # normalised pointwise mutual information from which two words keep company
SHARE = 0.06            # of a word's texts in which what keeps it company must stand too, so that no rarity is offered
MEANING = 0.62          # cosine from which two words mean nearly the same
_NAMING = frozenset({"NOUN", "PROPN", "ADJ"})
_CONTENT = frozenset({"NOUN", "ADJ", "VERB"})


def tables(db: sqlite3.Connection, vectors: Callable[[Sequence[str]], np.ndarray]) -> dict[str, list[dict]]:
    """The rows of `related_words`, by word, nearest first."""
    texts = list(_texts(db))
    terms = _terms(texts)
    if len(terms) < 2:
        return {"related_words": []}
    together = _together(texts, {term: n for n, term in enumerate(terms)})
    ways = (("company", _company(together, len(texts), _things(texts, terms)), COMPANY), ("meaning", _meaning(_by_letter(terms, vectors)), MEANING))
    return {"related_words": [
        {"word": terms[a], "other": terms[b], "method": method, "score": round(float(score), 3), "together": int(together[a, b])}
        for method, near, least in ways for a, b, score in _nearest(near, least, terms)]}


def _texts(db: sqlite3.Connection) -> Iterator[dict[str, str]]:
    """For every run of body words, about a sentence long, what it speaks of: term -> its part of speech."""
    run: list[tuple[str, str]] = []
    last = None
    for document, page, word, pos in db.execute("SELECT document, page, word, pos FROM tokens WHERE zone = 'body' ORDER BY document, page, n"):
        if run and ((document, page) != last or word in (".", ";", "•")):
            yield _said(run)
            run = []
        last = (document, page)
        run.append((word, pos))
    if run:
        yield _said(run)


def _said(run: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Content words, and pairs of neighbours that name something."""
    single = {word: pos for word, pos in run if pos in _CONTENT and len(word) > 3 and word.isalpha()}
    pairs = {f"{a} {b}": "NOUN" for (a, first), (b, second) in pairwise(run)
             if first in _NAMING and second in _NAMING - {"ADJ"} and len(a) > 2 and len(b) > 2 and a.isalpha() and b.isalpha()}
    return single | pairs


def _terms(texts: Sequence[dict[str, str]]) -> list[str]:
    found = Counter(term for text in texts for term in text)
    return sorted(sorted((term for term, n in found.items() if n >= FEWEST), key=lambda term: (-found[term], term))[:MOST_TERMS])


def _things(texts: Sequence[dict[str, str]], terms: Sequence[str]) -> np.ndarray:
    """For each term whether it is mostly a noun: verbs keep company with everything."""
    found = Counter(term for text in texts for term, pos in text.items() if pos == "NOUN")
    every = Counter(term for text in texts for term in text)
    return np.array([2 * found[term] > every[term] for term in terms])


def _together(texts: Sequence[dict[str, str]], places: dict[str, int]) -> np.ndarray:
    """In how many texts two terms stand together; on the diagonal, in how many one stands."""
    from scipy.sparse import csr_matrix

    columns = [sorted(places[term] for term in text if term in places) for text in texts]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter((c for row in columns for c in row), dtype=np.int32)
    held = csr_matrix((np.ones(len(flat), dtype=np.float32), flat, ends), shape=(len(texts), len(places)))
    return (held.T @ held).toarray()


def _company(together: np.ndarray, n: int, things: np.ndarray) -> np.ndarray:
    """Normalised pointwise mutual information; 0 where two terms stand together too rarely to say, or the other is no thing."""
    single = np.diag(together)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.log(together * n / np.outer(single, single)) / -np.log(together / n)
    enough = (together >= FEWEST) & (together >= SHARE * single[:, None])
    return np.where(enough & things[None, :], found, 0.0)


def _by_letter(terms: Sequence[str], vectors: Callable[[Sequence[str]], np.ndarray]) -> np.ndarray:
    """Vectors of sorted terms, one list a letter, so that a new document does not make all of them anew."""
    return np.concatenate([vectors(list(group)) for _, group in groupby(terms, key=lambda term: term[0])])


def _meaning(found: np.ndarray) -> np.ndarray:
    return np.round(found @ found.T, 3)


def _nearest(near: np.ndarray, least: float, terms: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """(term, other, how near), up to `EACH` a term; a word is not offered beside another form or a part of itself."""
    for a, term in enumerate(terms):
        kept: list[int] = []
        for b in sorted(np.flatnonzero(near[a] >= least), key=lambda b: (-near[a][b], terms[b])):
            if len(kept) < EACH and not any(_same(terms[b], terms[other]) for other in (a, *kept)):
                kept.append(b)
        yield from ((a, b, near[a][b]) for b in kept)


def _same(one: str, other: str) -> bool:
    """Whether two terms share a stem, so that the one finds the other or is offered already."""
    one_stems, other_stems = ({word[:max(4, len(word) - 3)] for word in term.split()} for term in (one, other))
    return any(a.startswith(b) or b.startswith(a) for a in one_stems for b in other_stems)
