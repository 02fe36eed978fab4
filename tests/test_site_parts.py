"""The small parts of the site, apart from the web: what is typed, what is marked, words of a stem, charts, days."""

from __future__ import annotations

import importlib
import importlib.util
import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytrack import charts

_PLUGIN = Path(__file__).parents[1] / "datasette" / "plugins" / "policytrack_site.py"
_spec = importlib.util.spec_from_file_location("policytrack_site_door", _PLUGIN)
_spec.loader.exec_module(importlib.util.module_from_spec(_spec))
frame, index, typed, words = (importlib.import_module(f"policytrack_pages.{name}") for name in ("frame", "index", "typed", "words"))
pages_rows = importlib.import_module("policytrack_pages.rows")


@pytest.fixture(scope="module")
def texts() -> sqlite3.Connection:
    """One searchable text."""
    connection = sqlite3.connect(":memory:")
    connection.execute("create virtual table t using fts5(words)")
    connection.execute("insert into t values ('We will support opioid-related work; about 50% is done.')")
    return connection


@given(st.text(max_size=200))
def test_whatever_is_typed_is_an_expression_that_runs(text):
    expression = typed.expression(typed.typed(text))
    if expression is not None:
        connection = sqlite3.connect(":memory:")
        connection.execute("create virtual table t using fts5(words)")
        connection.execute("select rowid from t where t match ?", (expression,)).fetchall()
        connection.close()


@pytest.mark.parametrize(("text", "found"), [
    ("support", True), ("supp*", True), ("supp", False), ("opioid-related", True), ("50%", True), ('"will support"', True),
    ('"support will"', False), ("absent OR support", True), ("support -work", False), ("support -absent", True), ('supp*"', False),
])
def test_what_is_typed_means_what_it_says(texts, text, found):
    assert bool(texts.execute("select 1 from t where t match ?", (typed.expression(typed.typed(text)),)).fetchall()) is found


@pytest.mark.parametrize("text", ["", '"', '""', "*", "-", "% & !"])
def test_nothing_that_can_be_sought_is_no_expression(text):
    assert typed.expression(typed.typed(text)) is None


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70), st.sampled_from("abc")), max_size=6))
def test_marking_never_changes_the_words(text, spans):
    parts = words.segments(text, [words.Span(*each) for each in spans])
    assert "".join(part.text for part in parts) == text


@given(st.text(alphabet="ab\x02\x03 ", max_size=30))
def test_lit_words_are_the_words(text):
    assert "".join(part.text for part in words.lit(text)) == text.replace("\x02", "").replace("\x03", "")


def test_words_are_found_where_they_stand_even_over_line_breaks():
    assert words.placed("We will act.", "will", 3, 7) == (3, 7)
    assert words.placed("We  will\nact.", "will act", 0, 8) == (4, 12)
    assert words.placed("We will act.", "shall", 3, 7) is None


def test_two_sentences_stand_either_side():
    assert words.around("One. Two. Three.", "Four. Five. Six.") == ("Two. Three.", "Four. Five.")


def test_words_of_a_stem_are_offered_the_most_frequent_first():
    terms = sorted({"support": 9, "supports": 2, "supported": 5, "supporting": 4, "suppose": 8, "supportive": 1}.items())
    assert index.kin(terms, "support") == ["supported", "supporting", "supports"]
    assert "support" in index.kin(terms, "supporting")
    assert index.kin(terms, "absent") == []


@pytest.mark.parametrize(("stored", "said"), [("2019-03-31", "31 March 2019"), ("2016-03", "March 2016"), ("2019", "2019"),
                                              ("", ""), (None, ""), ("2016-13", "2016-13"), ("soon", "soon")])
def test_days_as_a_person_writes_them(stored, said):
    assert frame.day(stored) == said


def test_no_percentage_under_thirty():
    assert frame.share(10, 29) == "" and frame.share(15, 30) == "50%"


def test_charts_are_svg_without_styles_whatever_they_are_called():
    hostile = '"><script>alert(1)</script>'
    for svg in (charts.bar({"specific": 3, "general": 1}, charts.CATEGORIES, hostile), charts.rates([(hostile, 1.5, 3.0)], ("a", "b")),
                charts.strip([(1, "specific"), (1, "general"), (9, "continue")], 9, hostile)):
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img" and root.get("aria-label") and "<script" not in svg and "style=" not in svg
    assert charts.bar({}, charts.CATEGORIES, "none") == "" and charts.rates([], ("a", "b")) == ""


def test_a_bar_is_as_long_as_its_parts():
    root = ElementTree.fromstring(charts.bar({"specific": 3, "general": 1}, charts.CATEGORIES, "bar"))
    assert [round(float(rect.get("width"))) for rect in root] == [448, 148]


@pytest.mark.parametrize(("force", "falls"), [("", True), ("asked", True), ("must", True), ("none", False), ("promised", False)])
def test_what_is_asked_of_a_role_is_any_force_that_asks(force, falls):
    item = index.Item("expectation", 1, "e", "d", 1, "", roles=(("prison", "named", "must"),))
    assert index.falls(item, "prison", "", force) is falls


@pytest.mark.parametrize(("url", "unverified", "page", "locator", "address"), [
    ("https://example.org/plan.pdf", 0, 4, "", "https://example.org/plan.pdf#page=4"),
    ("https://example.org/plan", 0, 1, "chapter-2", "https://example.org/plan#chapter-2"),
    ("https://example.org/plan", 0, 4, "", "https://example.org/plan"),
    ("https://example.org/plan.pdf", 1, 4, "", None),
    ("javascript:alert(1)", 0, 4, "", None),
    (None, 0, 4, "", None),
])
def test_a_source_is_opened_at_its_page_or_anchor_where_its_address_was_tried(url, unverified, page, locator, address):
    assert pages_rows.source({"url": url, "unverified": unverified}, page, locator) == address
