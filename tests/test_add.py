"""A manifest for a file that somebody brings; never over one that is there."""

import zipfile

import pytest

from policytrack import corpus
from policytrack.add import add, identifier, title
from policytrack.model import BadInput

FACTS = {"publisher": "home-office", "kind": "strategy", "published": "2031-04", "responds_to": ("a-report",), "licence": None}


def test_a_file_gets_a_manifest_that_reads_back(tmp_path):
    source = tmp_path / "Plan for 2031 (final).md"
    source.write_text("Cover\n\n# A plan for 2031\n\nText.")
    path = add(tmp_path / "corpus", source, FACTS)
    document = corpus.document(path)
    assert (document.id, document.title, document.responds_to) == ("plan-for-2031-final", "A plan for 2031", ("a-report",))
    with pytest.raises(BadInput, match="there is a manifest already"):
        add(tmp_path / "corpus", source, FACTS)


def test_missing_facts_are_asked_for_at_once(tmp_path):
    with pytest.raises(BadInput, match="not told: publisher, published; --publisher … --published …"):
        add(tmp_path, tmp_path / "plan.txt", {"kind": "strategy"})


def test_titles_are_taken_from_the_file(tmp_path):
    page, text, word = tmp_path / "a.html", tmp_path / "a.txt", tmp_path / "a.docx"
    page.write_text("<title>Site - Plan</title><h1 class='big'>Plan &amp;\n more</h1>")
    text.write_text("\n\nAn article\nby someone")
    with zipfile.ZipFile(word, "w") as parts:
        parts.writestr("docProps/core.xml", '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The answer</dc:title></c>')
    assert [title(page), title(text), title(word)] == ["Plan & more", "An article", "The answer"]
    assert title(tmp_path / "a.pdf") == ""


def test_identifiers_are_plain():
    assert identifier("003_4b58 Été.final") == "003_4b58-été-final" and identifier("…") == "document"
