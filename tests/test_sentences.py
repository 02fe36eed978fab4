"""Sentences end where they end; list items take their lead-in, paragraphs do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytrack import sentences
from policytrack.model import Passage, Placed
from reader import PIPELINE

KNOWN = sentences.abbreviations(PIPELINE / "abbreviations.toml")


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences.split(text, KNOWN)]


@pytest.mark.parametrize(("text", "count"), [
    ("We will act. They will not.", 2),
    ("See para. 4 of the annex, e.g. the table.", 1),          # abbreviations end nothing
    ("8.17. We recommend that it be done.", 1),                # a number leads its sentence
    ("Dr. Okoro will lead. Mr. Lindqvist will not.", 2),
    ("It cost £2.5 million. Nobody asked.", 2),
    ("‘We will act.’ That was all.", 2),
    ("One sentence without an end", 1),
])
def test_split(text, count):
    assert len(split(text)) == count


@given(st.text(alphabet="abc .!?AB1’”\n", max_size=80))
def test_no_word_is_lost(text):
    assert "".join("".join(split(text)).split()) == "".join(text.split())


def passage(text: str, kind: str = "paragraph", lead_in: str = "") -> Passage:
    return Passage("p", "d", 3, "", "", text, kind, "body", lead_in, (Placed(3, 0, len(text), 0),))


def test_only_items_take_a_lead_in_and_only_their_first_sentence():
    first, second = sentences.units([passage("publish a plan. It is due.", "item", "We will:")], KNOWN)
    assert (first.joined, first.offset) == ("We will publish a plan.", 8)
    assert second.lead_in == ""
    (alone,) = sentences.units([passage("Publish a plan.", "paragraph", "We will:")], KNOWN)
    assert alone.joined == "Publish a plan."


def test_cells_of_a_table_row_are_never_one_sentence():
    assert [u.text for u in sentences.units([passage("Recommendation 1\tAccepted\nby all", "table")], KNOWN)] == ["Recommendation 1", "Accepted", "by all"]


def test_an_address_leads_nothing_in():
    (only,) = sentences.units([passage("publish a plan", "item", "www.example.org/plan")], KNOWN)
    assert only.lead_in == ""


def test_a_list_mark_parts_the_items_of_a_paragraph_and_belongs_to_none():
    text = "The agency will: \uf0b7 open a register by May \uf0b7 train its staff. They are few. • pay for it"
    units = list(sentences.units([passage(text)], KNOWN))
    assert [u.text for u in units] == ["The agency will:", "open a register by May", "train its staff.", "They are few.", "pay for it"]
    assert [u.lead_in for u in units] == ["", "The agency will:", "The agency will:", "", "The agency will:"]
    assert all(text[u.start:u.end] == u.text for u in units)


def test_list_marks_in_cells_hang_on_words_of_their_own_cell_alone():
    units = list(sentences.units([passage("The agency will:\n• open a register\tThe board\t• pays for it", "table")], KNOWN))
    assert [(u.text, u.lead_in) for u in units] == [
        ("The agency will:", ""), ("open a register", "The agency will:"), ("The board", ""), ("pays for it", "")]


def kinds(*rows):
    passages = [Passage(f"p{n}", "d", 1, "", "", text, kind) for n, (kind, text) in enumerate(rows)]
    return [unit.kind for unit in sentences.units(passages, KNOWN) if unit.passage == "p1"][:1] + [unit.kind for unit in sentences.units(passages, KNOWN) if unit.passage == "p3"][:1]


HEAD, ROW = ("table", "Name of data\tTo be first published on\tUpdated"), ("table", "Bed counts\tMay 2013\tEach month")


@pytest.mark.parametrize(("rows", "found"), [
    ((("heading", "Annex"), HEAD, ROW, HEAD), ["heading", "heading"]),                                              # and where it is printed again
    ((("heading", "Annex"), ROW, HEAD, ROW), ["table", "table"]),                                                   # not the first row
    ((("heading", "Annex"), ("table", "We will count beds.\tHealth\tMonthly"), ROW, ROW), ["table", "table"]),       # a sentence
    ((("heading", "Annex"), ("table", "To be published\tHealth"), ROW, ROW), ["table", "table"]),                    # two columns may be a label and its text
    ((("heading", "Annex"), HEAD, ("paragraph", "So it is."), ROW), ["table", "table"])])                            # no row follows
def test_the_row_that_names_the_columns_of_a_table_is_a_heading(rows, found):
    assert kinds(*rows) == found
