"""Recommendations and Responses -> Links, many to many: by id, by restated words, else by wording, meaning and order.

Where no id helps, each recommendation in turn chooses among all answers: rare words in common, sentence vectors, and
the order in which both documents proceed, weighed together by a forward and a backward pass. A tie gives no link.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from policytrack import numbers, recommend, respond
from policytrack.model import BadInput, Link, Recommendation, Response

Vectors = Callable[[Sequence[str]], np.ndarray]     # texts -> one row of length 1 per text


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers of `link.toml`."""

    text: dict[str, float]
    order: dict[str, float]
    id: dict[str, float]


def load(pipeline: Path) -> Rules:
    """The rules of linking; BadInput where a number is missing."""
    path = pipeline / "link.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    wanted = {"text": {"words", "least", "beside", "plain", "sure", "surer", "sharpness", "sharpness_alone"}, "order": {"same", "skip", "back", "none", "none_score"}, "id": {"contradicted", "outdone"}}
    for name, keys in wanted.items():
        if set(table.get(name, {})) != keys:
            raise BadInput(path, f"[{name}] has {sorted(table.get(name, {}))}", f"give exactly {', '.join(sorted(keys))}")
    return Rules(table["text"], table["order"], table["id"])


def links(recommendations: Sequence[Recommendation], responses: Sequence[Response], rules: Rules, vectors: Vectors | None = None) -> tuple[Link, ...]:
    """Which response answers which recommendation of the reports it belongs to; each pair once, by its surest method."""
    found: dict[tuple[str, str], Link] = {}
    for response in responses:
        for link in (*_by_id(recommendations, response, rules), *_restated(recommendations, response)):
            found.setdefault((link.recommendation, link.response), link)
    linked = {response for _, response in found}
    answered = {recommendation for recommendation, _ in found}
    left = [r for r in recommendations if r.id not in answered and not numbers.parent(r.number)]
    free = [r for r in responses if r.id not in linked and respond.WHOLE not in r.numbers]
    if left and free and vectors is not None:
        for link in by_text(left, free, rules, vectors):
            found.setdefault((link.recommendation, link.response), link)
    # what prose says of one is not known before it is placed: it may be what the acceptance of the whole excepts
    return (*found.values(), *(_whole(recommendations, responses, found) if vectors is not None or not free else ()))


def _whole(recommendations: Sequence[Recommendation], responses: Sequence[Response], found: Collection[tuple[str, str]]) -> Iterator[Link]:
    """By an answer to the report as a whole, for whatever the same responder gives no answer of its own."""
    by_id = {r.id: r for r in responses}
    answered = {(recommendation, by_id[response].responder) for recommendation, response in found}
    ids = {r.number: r.id for r in recommendations if r.number}
    for response in (r for r in responses if respond.WHOLE in r.numbers):
        for one in (r for r in recommendations if r.ask):
            if not {(one.id, response.responder), (ids.get(numbers.parent(one.number), ""), response.responder)} & answered:
                answered.add((one.id, response.responder))
                yield Link(one.id, response.id, "whole", 0.9)


def _by_id(recommendations: Sequence[Recommendation], response: Response, rules: Rules) -> Iterator[Link]:
    """By the ids that a response names, unless the words it repeats are those of another recommendation."""
    for number in response.numbers:
        for target in targets(number, recommendations):
            if len(response.numbers) == 1 and _misprinted(target, response, recommendations, rules):
                continue
            yield Link(target.id, response.id, "id", 1.0)


def targets(number: str, recommendations: Sequence[Recommendation]) -> list[Recommendation]:
    """The recommendation of that id; else its parts; else the one that it is a part of."""
    exact = [r for r in recommendations if r.number == number]
    return exact or [r for r in recommendations if r.number.startswith(f"{number}(")] or [r for r in recommendations if numbers.parent(number) and r.number == numbers.parent(number)]


def _misprinted(target: Recommendation, response: Response, recommendations: Sequence[Recommendation], rules: Rules) -> bool:
    if not response.restated or recommend.alike(response.restated, target.text) >= rules.id["contradicted"]:
        return False
    return any(recommend.alike(response.restated, other.text) >= rules.id["outdone"] for other in recommendations)


def _restated(recommendations: Sequence[Recommendation], response: Response) -> Iterator[Link]:
    """By the recommendation's own words, repeated before the answer; a tie gives nothing."""
    if not response.restated or len(response.restated.split()) < 6:
        return
    scored = sorted(((recommend.alike(response.restated, r.text), r) for r in recommendations), key=lambda pair: -pair[0])
    if scored and scored[0][0] >= recommend.SAME and (len(scored) < 2 or scored[0][0] > scored[1][0] + 1):
        yield Link(scored[0][1].id, response.id, "restated", round(scored[0][0] / 100, 3))


# --- by text --------------------------------------------------------------------------------------------------------------

def by_text(recommendations: Sequence[Recommendation], responses: Sequence[Response], rules: Rules, vectors: Vectors) -> list[Link]:
    """Each recommendation with the answer that most likely belongs to it; none where two are as likely, or none is likely."""
    scores = similarity([tidy(r.text) for r in recommendations], [_pieces(r) for r in responses], rules, vectors)
    shares = _posteriors(scores, rules)
    likeliest = shares[:, :-1].argmax(axis=1)
    most = {int(best): scores[likeliest == best, best].max() for best in likeliest}       # the score of the recommendation that each answer is nearest to
    made = []
    for n, (recommendation, best) in enumerate(zip(recommendations, likeliest, strict=True)):
        sure = rules.text["sure" if scores[n, best] >= rules.text["plain"] else "surer"]
        if shares[n, best] >= sure and scores[n, best] >= max(rules.text["least"], rules.text["beside"] * most[int(best)]):
            made.append(Link(recommendation.id, responses[best].id, "text", round(float(shares[n, best]), 3)))
    return made


def _pieces(response: Response) -> list[str]:
    """What a response is compared by: its heading with all of it, each of its paragraphs, and in a long one each two sentences, since prose answers several in one breath."""
    head = "" if response.heading in ("", respond.MENTION, respond.ROW) else response.heading
    parts = [p for p in (response.restated, *response.text.split("\n\n")) if len(p.split()) > 3]
    runs = [sentences for paragraph in response.text.split("\n\n") if len(sentences := recommend.SENTENCE.split(paragraph)) > 2]
    return [f"{head} {response.restated} {response.text}".strip(), *parts, *(" ".join(pair) for run in runs for pair in itertools.pairwise(run))]


def similarity(asked: Sequence[str], answers: Sequence[Sequence[str]], rules: Rules, vectors: Vectors) -> np.ndarray:
    """Scores between 0 and 1, one row per recommendation and one column per answer: the best of its pieces."""
    flat = [piece for pieces in answers for piece in pieces]
    meaning = vectors(list(asked)) @ vectors(flat).T
    words = _shared_words(asked, flat)
    both = rules.text["words"] * words + (1 - rules.text["words"]) * meaning
    ends = np.cumsum([len(pieces) for pieces in answers])
    return np.round(np.stack([both[:, end - len(pieces):end].max(axis=1) for end, pieces in zip(ends, answers, strict=True)], axis=1), 4)


def _shared_words(asked: Sequence[str], pieces: Sequence[str]) -> np.ndarray:
    """The cosine of rare words and pairs of words that both have."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    counter = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), stop_words="english", token_pattern=r"(?u)\b[a-zA-Z][\w-]+\b")
    try:
        matrix = counter.fit_transform([*asked, *pieces])
    except ValueError:
        return np.zeros((len(asked), len(pieces)))
    return (matrix[:len(asked)] @ matrix[len(asked):].T).toarray()


def _posteriors(scores: np.ndarray, rules: Rules) -> np.ndarray:
    """The share of probability of each answer for each recommendation, the last column for none; rows sum to 1.

    The order of the report counts only where the scores bear it out better than no order at all.
    """
    rows, columns = scores.shape
    ordered, evidence = _passes(scores, _steps(rows, columns, rules), rules.text["sharpness"], rules)
    _, against = _passes(scores, np.full((columns + 1, columns + 1), 1 / (columns + 1)), rules.text["sharpness"], rules)
    if evidence >= against:
        return ordered
    return _passes(scores, np.ones((columns + 1, columns + 1)), rules.text["sharpness_alone"], rules)[0]


def _passes(scores: np.ndarray, steps: np.ndarray, sharpness: float, rules: Rules) -> tuple[np.ndarray, float]:
    """(shares of probability, log of the evidence) of a forward and a backward pass."""
    rows = len(scores)
    likely = np.exp(sharpness * (np.hstack([scores, np.full((rows, 1), rules.order["none_score"])]) - scores.max()))
    forward, backward, evidence = np.zeros_like(likely), np.ones_like(likely), 0.0
    for n in range(rows):
        forward[n] = (forward[n - 1] @ steps if n else 1 / len(steps)) * likely[n]
        evidence += float(np.log(forward[n].sum()))
        forward[n] /= forward[n].sum()
    for n in range(rows - 2, -1, -1):
        backward[n] = steps @ (likely[n + 1] * backward[n + 1])
        backward[n] /= backward[n].sum()
    shares = forward * backward
    return shares / shares.sum(axis=1, keepdims=True), evidence


def _steps(rows: int, columns: int, rules: Rules) -> np.ndarray:
    """The odds of going from the answer to one recommendation to the answer to the next; the last row and column are none.

    The fewer answers there are for the recommendations, the oftener one answer serves several.
    """
    order = rules.order
    same = min(max(1 - columns / rows, order["same"]), 1 - order["same"])
    ahead = np.subtract.outer(np.arange(columns), np.arange(columns)).T        # how far on the next answer stands
    steps = np.full((columns + 1, columns + 1), order["back"])
    steps[:columns, :columns] = np.where(ahead < 0, order["back"], np.where(ahead == 0, same, (1 - same) * order["skip"] ** np.maximum(ahead - 1, 0)))
    steps[:, columns] = order["none"]
    steps[columns, :columns] = 1 / columns
    return steps / steps.sum(axis=1, keepdims=True)


def tidy(text: str) -> str:
    """A text without the references to paragraphs that only its own report understands."""
    return re.sub(r"\s*\((?:see )?paragraphs? [\d., and–-]+\)", "", text)
