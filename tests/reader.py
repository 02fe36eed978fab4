"""One parser and one set of rules for all tests that read sentences."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from policytrack import clauses, extract, sentences

PIPELINE = Path(__file__).parent.parent / "pipelines"


@cache
def nlp():
    return clauses.load(PIPELINE)


@cache
def rules(method: str = "rules") -> extract.Rules:
    return extract.rules(PIPELINE, method)


def unit(text: str, lead_in: str = "") -> sentences.Unit:
    joined, offset = sentences.joined(lead_in, text)
    return sentences.Unit("p", 1, 0, len(text), text, lead_in, joined, offset, "", "", "item" if lead_in else "paragraph", "body", True)


def judge(text: str, lead_in: str = "", kind: str = "strategy", method: str = "rules"):
    """The statements of one sentence, whatever their role."""
    one = unit(text, lead_in)
    items = extract.judged([one], [found for _, found in clauses.parses([one.joined], nlp())], kind, rules(method))
    return list(extract.statements(items, "d", rules(method), everything=True))
