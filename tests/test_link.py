"""Links: by id, by repeated words, by wording and order; ties give none."""

from __future__ import annotations

import tomllib
from pathlib import Path

import numpy as np
import pytest

from policytrack import link
from policytrack.model import BadInput, Recommendation, Response

HERE = Path(__file__).parent
RULES = link.load(HERE.parent / "pipelines")
CASES = tomllib.loads((HERE / "cases" / "link.toml").read_text(encoding="utf-8"))["case"]


def asked(text: str, number: str = "", id: str = "") -> Recommendation:
    return Recommendation(id=id or f"r-{number or text[:9]}", document="report", number=number, page=1, text=text)


def answer(text: str, id: str = "a", numbers: tuple[str, ...] = (), restated: str = "") -> Response:
    return Response(id=id, document="response", page=1, responder="uk-government", text=text, numbers=numbers, restated=restated)


def bags(texts) -> np.ndarray:
    """Vectors made of nothing but which words a text holds: enough to test the order, with no model to load."""
    out = np.zeros((len(texts), 512), dtype=np.float32)
    for n, text in enumerate(texts):
        for word in text.casefold().split():
            out[n, sum(map(ord, word.strip(".,"))) % 512] = 1
    return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1)


def test_by_id_many_to_many():
    recommendations = [asked("Do one thing.", "1"), asked("Do another.", "2"), asked("Do a third.", "3")]
    found = link.links(recommendations, [answer("Both.", "a", ("1", "2")), answer("Again.", "b", ("2",))], RULES)
    assert {(each.recommendation, each.response, each.method) for each in found} == {("r-1", "a", "id"), ("r-2", "a", "id"), ("r-2", "b", "id")}


@pytest.mark.parametrize("number, wanted", [("4(a)", ["4(a)(i)", "4(a)(ii)"]), ("4(a)(i)", ["4(a)(i)"]), ("7(c)", ["7"]), ("9", [])])
def test_parts_and_wholes(number, wanted):
    known = [asked("x", n) for n in ("4(a)(i)", "4(a)(ii)", "4(b)", "7")]
    assert [r.number for r in link.targets(number, known)] == wanted


def test_a_misprinted_id_gives_way_to_the_words():
    recommendations = [asked("Guides for local bodies should say what is known about fares and parking.", "8"), asked("Targets for cleaner air should be published each spring by the ministry.", "9")]
    found = link.links(recommendations, [answer("No.", "a", ("8",), "Targets for cleaner air should be published each spring by the ministry.")], RULES)
    assert [(each.recommendation, each.method) for each in found] == [("r-9", "restated")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_by_text(case):
    recommendations = [asked(text, id=f"r{n}") for n, text in enumerate(case["asked"])]
    given = [answer(text, f"a{n}") for n, text in enumerate(case["given"])]
    found = {each.recommendation: each.response for each in link.links(recommendations, given, RULES, bags)}
    assert [int(found[r.id][1:]) if r.id in found else -1 for r in recommendations] == case["answers"]


def test_a_rule_that_is_missing_is_named(tmp_path):
    (tmp_path / "link.toml").write_text("[text]\nwords = 0.5\n")
    with pytest.raises(BadInput, match="text"):
        link.load(tmp_path)


def test_two_sentences_of_a_long_paragraph_are_compared_for_themselves():
    one = answer("The sky is wide today. Huts were sold in May. The register of huts is open. Rain fell.")
    assert "Huts were sold in May. The register of huts is open." in link._pieces(one) and one.text in link._pieces(one)
    assert len(link._pieces(answer("Huts were sold in May. The register is open."))) == 2
