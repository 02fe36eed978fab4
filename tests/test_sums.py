"""Sums of money: where they stand, what they are worth, and where the same one stands again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from policytrack import sums
from policytrack.model import BadInput, Document, Passage

PIPELINE = Path(__file__).parent.parent / "pipelines"
RULES = sums.load(PIPELINE)


def passage(id, text, **more):
    return Passage(id, more.pop("document", "plan"), 1, "", "", text, **more)


def document(id, published="2031-05", kind="strategy", set_name="library"):
    return Document(id, id, "Ministry", kind, published, set_name)


def likeness(texts):
    """Vectors that are alike where the texts share their last word."""
    return np.array([[1.0, 0.0] if text.rstrip(".").endswith("ports") else [0.0, 1.0] for text in texts])


@pytest.mark.parametrize(("words", "worth"), [
    ("up to £3.1 million a year", ("£", 3_100_000)), ("£900,000", ("£", 900_000)), ("£1.5bn", ("£", 1_500_000_000)), ("€62m", ("€", 62_000_000)), ("£250 thousand", ("£", 250_000)), ("US$9.5 trillion", ("$", 9_500_000_000_000)), ("two million pounds", None)])
def test_what_a_printed_sum_is_worth(words, worth):
    assert sums.value(words, RULES.times) == worth


def test_every_large_sum_is_found_in_its_sentence():
    text = "Waits are long. We will invest an additional £62 million in treatment. Of it, £400,000 will pay for beds and £90 for tea."
    rows = list(sums.found("plan", [passage("p", text), passage("q", "£7 million", zone="contents")], RULES))
    assert [(row["words"], row["value"], row["called_new"]) for row in rows] == [("an additional £62 million", 62e6, 1), ("£400,000", 4e5, None)]
    assert rows[0]["quote"] == "We will invest an additional £62 million in treatment." and len({row["id"] for row in rows}) == 2


@pytest.mark.parametrize(("text", "called"), [
    ("We will provide £94 million by 2040, of which £40 million is new.", [None, 1]), ("Of the money already announced, £9 million will go to ports.", [0]),
    ("We will spend £5 million; a further £2 million will pay for beds.", [None, 1])])
def test_new_money_is_what_its_own_part_of_the_sentence_calls_so(text, called):
    assert [row["called_new"] for row in sums.found("plan", [passage("p", text)], RULES)] == called


def test_a_sum_is_one_whatever_is_said_of_it():
    rows = sums.found("plan", [passage("p", "It saves £3 million and is worth £1.1bn, at a cost of £2m.")], RULES)
    assert [row["words"] for row in rows] == ["£3 million", "£1.1bn", "£2m"]


def test_thresholds_of_spending_are_no_sums():
    assert not list(sums.found("plan", [passage("p", "Contracts over £200,000 will be published.")], RULES))


def paired(*documents, texts=("We will spend £9 million at the ports.", "We will spend £9m on the ports.")):
    rows = [row for doc, text in zip(documents, texts, strict=True) for row in sums.found(doc.id, [passage(f"p-{doc.id}", text, document=doc.id)], RULES)]
    return [(pair["sum"], pair["other"]) for pair in sums.again(rows, {doc.id: doc for doc in documents}, RULES, likeness)], [row["id"] for row in rows]


def test_the_same_sum_in_a_later_document_is_paired_earlier_first():
    pairs, (later, earlier) = paired(document("b", "2036"), document("a", "2031-05-01"))
    assert pairs == [(earlier, later)]


@pytest.mark.parametrize("others", [
    {"other": document("b", "2036", "commentary")}, {"other": document("b", "2036", set_name="specimen")},
    {"texts": ("We will spend £9 million at the ports.", "We will spend £8 million at the ports.")},
    {"texts": ("We will spend £9 million at the ports.", "We will spend £9 million on schools.")},
    {"texts": ("We will spend £9 million at the ports.", "They will spend $9 million at the ports.")}])
def test_what_is_no_second_announcement(others):
    other, texts = others.get("other", document("b", "2036")), others.get("texts", ("We will spend £9 million at the ports.",) * 2)
    assert paired(document("a"), other, texts=texts)[0] == []


def test_one_document_that_says_it_twice_says_it_once():
    assert paired(document("a"), document("a"))[0] == []


def test_a_sum_knows_the_commitment_that_it_stands_in():
    text = "We will spend £9 million at the ports."
    done = [(document("plan"), SimpleNamespace(passages=(passage("p", text),)))]
    made = sums.tables(done, [("commitment", {"id": "c-1", "document": "plan", "quote": text})], RULES, likeness)
    assert [(row["item"], row["item_kind"]) for row in made["sums"]] == [("c-1", "commitment")] and made["sums_again"] == []


def test_a_table_of_other_keys_is_refused(tmp_path):
    (tmp_path / "funding.toml").write_text("[sums]\nleast = 1\n")
    with pytest.raises(BadInput, match="other keys"):
        sums.load(tmp_path)


def test_smaller_sums_are_found_where_they_are_asked_for():
    assert [row["value"] for row in sums.found("plan", [passage("p", "We will pay £90 a head.")], replace(RULES, least=50))] == [90]


def test_the_specimens_show_money_that_stands_in_two_documents(specimens):
    db = sqlite3.connect(specimens)
    found = set(db.execute("SELECT a.document, b.document, a.value FROM sums_again s JOIN sums a ON a.id = s.sum JOIN sums b ON b.id = s.other"))
    assert ("specimen-strategy-2031", "specimen-strategy-2036", 9_000_000.0) in found and ("specimen-strategy-2031", "specimen-progress-2034", 62_000_000.0) in found
