"""HTML and Markdown: the main content with its anchors; what surrounds it is furniture."""

from __future__ import annotations

import pytest

from policytrack import ingest

PUBLICATION = """<!DOCTYPE html><html><head><title>Lamps - GOV.EXAMPLE</title><script>alert("no")</script></head><body>
<div class="gem-c-cookie-banner">Cookies on this site</div><header>Harbour portal</header>
<main><nav class="gem-c-contents-list"><a href="#aim">Our aim</a></nav><div class="govspeak">
<h2 id="aim"><span class="number">1. </span>Our aim</h2>
<p>We will light the quay<sup id="fnref:1"><a href="#fn:1" role="doc-noteref">[footnote 1]</a></sup>, and the town.<br>Soon.</p>
<p>The Board will:</p><ul><li>mend lamps<ul><li>old ones</li></ul></li><li><p>pay keepers</p></li></ul>
<ol start="3" type="a"><li>count</li></ol>
<table><tr><th>Advice</th><th>Answer</th></tr><tr><td>Light it</td><td><p>Accepted</p><p>By May</p></td></tr></table>
<div class="call-to-action"><p>Case study: the pier</p></div><blockquote><p>It was dark.</p></blockquote>
<div class="footnotes" role="doc-endnotes"><ol><li id="fn:1"><p>Town book, page 4. <a href="#fnref:1" role="doc-backlink">↩</a></p></li></ol></div>
</div></main><footer>All rights of the harbour</footer></body></html>"""


@pytest.fixture()
def lines(tmp_path):
    path = tmp_path / "publication.html"
    path.write_text(PUBLICATION, encoding="utf-8")
    return ingest.lines(path)


def kind(lines, name):
    return [line for line in lines if line.kind == name]


def test_headings_carry_their_anchor(lines):
    (heading,) = kind(lines, "heading")
    assert (heading.text, heading.level, heading.locator) == ("1. Our aim", 2, "aim")


def test_words_around_the_content_are_furniture(lines):
    around = " ".join(line.text for line in kind(lines, "furniture"))
    for words in ("Cookies on this site", "Harbour portal", "Our aim", "All rights of the harbour"):
        assert words in around
    assert "alert" not in around


def test_note_marks_leave_nothing_and_a_break_parts_lines(lines):
    assert [line.text for line in kind(lines, "text")][:2] == ["We will light the quay, and the town.", "Soon."]
    (note,) = kind(lines, "footnote")
    assert (note.text, note.marker) == ("Town book, page 4.", "1.")


def test_lists_have_depth_and_the_marker_a_reader_sees(lines):
    assert [(i.text, i.level, i.marker) for i in kind(lines, "item")] == [
        ("mend lamps", 1, "•"), ("old ones", 2, "•"), ("pay keepers", 1, "•"), ("count", 1, "c."),
    ]


def test_tables_boxes_and_quotations(lines):
    assert [line.text for line in kind(lines, "table")] == ["Advice\tAnswer", "Light it\tAccepted\n\nBy May"]
    assert [line.text for line in kind(lines, "box")] == ["Case study: the pier"]
    assert [line.text for line in kind(lines, "quotation")] == ["It was dark."]


def test_markdown_is_read_as_its_html(tmp_path):
    path = tmp_path / "plan.md"
    path.write_text("# Lamps\n\nThe Board will:\n\n1. mend\n2. pay\n\n| a | b |\n|---|---|\n| c | d |\n", encoding="utf-8")
    assert [(line.kind, line.text, line.marker) for line in ingest.lines(path)] == [
        ("heading", "Lamps", ""), ("text", "The Board will:", ""), ("item", "mend", "1."), ("item", "pay", "2."),
        ("table", "a\tb", ""), ("table", "c\td", ""),
    ]
