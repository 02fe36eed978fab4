"""Lines become passages: nothing is lost, every passage stands where it says, markers and hyphens as the cases show."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policytrack import ingest, segment
from policytrack.model import Document, Line
from policytrack.segment import mend
from policytrack.segment.numbering import marker

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "cases" / "segment.toml").read_text(encoding="utf-8"))
KNOWN = segment.numbering(HERE.parent / "pipelines" / "numbering.toml")
DOCUMENT = Document("lamps", "The lamps", "lamp-board", "strategy", "2031")


def read(name: str):
    return segment.passages(ingest.lines(HERE / "pages" / name), DOCUMENT, KNOWN)


def texts(passages) -> list[str]:
    return [p.text for p in passages]


@pytest.mark.parametrize("case", CASES["marker"], ids=lambda c: c["why"])
def test_markers(case):
    found = marker(case["text"], KNOWN)
    assert ((found.number, found.value) if found else ("", "")) == (case["number"], case["value"])


@pytest.mark.parametrize("case", CASES["join"], ids=lambda c: c["why"])
def test_line_ends(case):
    words = Counter(word.casefold() for word in case["known"])
    assert mend.pieces([(1, row) for row in case["rows"]], words) == [(1, case["text"])]


def test_sentence_over_the_page_break_is_one_passage_on_every_page_it_touches():
    pages, passages = read("page_break.pdf")
    (passage,) = passages
    assert "librarians who work there" in passage.text and "well-known driver" in passage.text
    assert [place.page for place in passage.placed] == [1, 2, 3] and passage.page == 1
    assert pages[0].text.endswith("librarians") and pages[1].text.startswith("who work there")
    assert pages[1].furniture == "Reading for all: a plan for the villages\n2"


def test_columns_are_read_one_after_the_other_and_the_box_apart():
    _, passages = read("two_columns.pdf")
    assert passages[0].kind == "heading" and passages[0].number == "Chapter 2"
    assert "asked for new glass rather than new posts" in passages[1].text
    boxed = [p.text for p in passages if p.kind == "box"]
    assert boxed[-1].startswith("Four lamps were mended there") and passages[-1].text.startswith("The register will be checked")


def test_notes_stand_apart_and_their_marks_are_not_glued_to_words():
    pages, passages = read("footnotes.pdf")
    assert "fewer people last year than in any year" in passages[0].text
    notes = [p for p in passages if p.kind == "footnote"]
    assert [n.number for n in notes] == ["3", "4"] and notes[0].text.endswith("also shows the number of bicycles carried.")
    assert [place.page for place in notes[0].placed] == [1, 2] and notes[0].zone == "footnote"
    assert pages[1].text.rstrip().endswith("4 The same, table 9.")


def test_print_out_lines_are_furniture_and_a_recurring_sentence_is_not():
    pages, passages = read("print_out.pdf")
    assert [p.text for p in pages] == [t for t in texts(passages)]
    assert all("https://www.example.org" in page.furniture and "17:20" in page.furniture for page in pages)
    assert all(text.endswith("It is to be deep.") for text in texts(passages))


def test_list_items_keep_their_lead_in_and_a_wrapped_number_begins_nothing():
    _, passages = read("lists.pdf")
    items = [p for p in passages if p.kind == "item"]
    assert [p.level for p in items] == [1, 1, 2, 2]
    assert items[0].lead_in == "By the end of next year the Lamp Board will:"
    assert items[2].lead_in == "By the end of next year the Lamp Board will: train the keepers:"
    assert items[0].text.endswith("with the name of its keeper and the day on which it was last mended.")
    after = passages[-2]
    assert after.number == "4.13" and "that is 12. The towns" in after.text and not after.lead_in
    assert passages[-1].number == "Recommendation 7" and passages[-1].text.startswith("The Board should meet")


def test_contents_are_a_zone_of_their_own():
    _, passages = read("contents.pdf")
    assert {p.zone for p in passages if p.page == 1} == {"contents"}
    assert passages[-1].section == "1 The wells"


def test_rows_of_tables_keep_their_cells_and_number():
    _, passages = read("tables.pdf")
    assert [p.cells[-1] for p in passages] == ["Verdict", "Accepted", "Rejected", "Accept", "Accept in part", "TBC"]
    assert [p.number for p in passages] == ["", "1", "2", "3", "4", "5"]
    assert passages[3].cells[1].startswith("We should mend the nets each winter and keep a record")


LINES = st.lists(
    st.builds(
        Line,
        page=st.integers(1, 3), column=st.integers(0, 2), bold=st.booleans(),
        text=st.text(st.sampled_from("abcDE é’“.,:;-–•\u00ad1290()[]/\uf0b7"), min_size=1, max_size=40).filter(str.strip),
        x0=st.sampled_from([60.0, 80.0]), x1=st.sampled_from([200.0, 500.0]), top=st.integers(20, 800).map(float),
        size=st.sampled_from([0.0, 8.0, 11.0, 16.0]), page_width=st.just(595.0), page_height=st.just(842.0),
        kind=st.sampled_from(["text", "item", "heading", "table", "box", "footnote", "furniture", "quotation"]),
    ).map(lambda line: Line(**{**{name: getattr(line, name) for name in line.__slots__}, "bottom": line.top + line.size})),
    min_size=1, max_size=12,
)
NAMED = set("-\u00ad•\uf0b7–")          # hyphens at line ends; bullets, which are all shown as one


def _printed(page: int, text: str, **more) -> Line:
    return Line(page=page, text=text, x0=60.0, x1=200.0, top=20.0, bottom=31.0, size=11.0, page_width=595.0, page_height=842.0, **more)


def test_a_bullet_left_on_the_page_before_does_not_draw_its_words_there():
    _, passages = segment.passages([_printed(1, "•"), _printed(2, "keep a register of the lamps")], DOCUMENT, KNOWN)
    (passage,) = passages
    assert (passage.page, passage.kind, passage.text) == (2, "item", "keep a register of the lamps")


@settings(max_examples=150, deadline=None)
@given(LINES)
@example([_printed(1, "•"), _printed(2, "abc")])
@example([_printed(1, "4.13"), _printed(2, "abc")])
def test_no_character_is_lost_and_every_passage_stands_on_its_pages(lines):
    lines = sorted(lines, key=lambda line: line.page)
    pages, passages = segment.passages(lines, DOCUMENT, KNOWN)
    given_in = Counter(c for line in lines for c in line.text if not c.isspace() and c not in NAMED)
    came_out = Counter(c for page in pages for c in page.text + page.furniture if not c.isspace() and c not in NAMED)
    assert given_in == came_out
    by_number = {page.page: page.text for page in pages}
    for passage in passages:
        assert passage.placed and passage.page == passage.placed[0].page
        for place in passage.placed:
            words = passage.text[place.offset:place.offset + place.end - place.start]
            assert by_number[place.page][place.start:place.end] == words
    assert len({p.id for p in passages}) == len(passages)
    assert segment.passages(lines, DOCUMENT, KNOWN) == (pages, passages)
