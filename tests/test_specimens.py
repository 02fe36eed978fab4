"""The specimens are made from their texts, byte for byte, and what is said about them holds."""

import re
import sys
import tomllib
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from policytrack import corpus

CORPUS = Path(__file__).parent.parent / "corpus"
SPECIMENS = [document for document in corpus.read(CORPUS, "specimen")]
MADE = ("gold.toml", "counts.toml", "source.pdf", "source.html", "source.docx", "source.txt")


@pytest.fixture(scope="module")
def workshop(request):
    """The module that makes specimens, found beside the texts."""
    sys.path.insert(0, str(CORPUS))
    request.addfinalizer(lambda: sys.path.remove(str(CORPUS)))
    import make_specimens
    return make_specimens


def pages(document) -> list[str]:
    """The text of a specimen's pages, straight from its file."""
    (source,) = document.folder.glob("source.*")
    if source.suffix == ".pdf":
        with pypdfium2.PdfDocument(source) as pdf:
            return [page.get_textpage().get_text_range() for page in pdf]
    if source.suffix == ".docx":
        from docx import Document
        word = Document(source)
        return ["\n".join(paragraph.text for paragraph in (*word.sections[0].header.paragraphs, *word.paragraphs))]
    return [re.sub(r"<[^>]+>", " ", source.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("document", SPECIMENS, ids=lambda document: document.id)
def test_the_same_text_gives_the_same_bytes(workshop, tmp_path, document):
    workshop.make(document.folder, tmp_path)
    made = {path.name for path in tmp_path.iterdir()}
    assert made == {name for name in MADE if (document.folder / name).exists()}
    assert [name for name in made if (tmp_path / name).read_bytes() != (document.folder / name).read_bytes()] == []


@pytest.mark.parametrize("document", SPECIMENS, ids=lambda document: document.id)
def test_every_page_says_specimen(document):
    assert all("specimen" in page.casefold() for page in pages(document))
    assert document.licence == "specimen" and corpus.is_open(document.licence) and not document.urls


@pytest.mark.parametrize("document", SPECIMENS, ids=lambda document: document.id)
def test_every_label_stands_on_its_page(document):
    text, gold = pages(document), corpus.gold(document)
    assert gold.pages == tuple(range(1, len(text) + 1)) and gold.split == "tune"
    lost = []
    for label in (*gold.statements, *gold.recommendations, *(stance for stance in gold.stances if stance.words)):
        near = "\n".join(text[label.page - 1:label.page + 1])
        # a list item that runs over a page has furniture in the middle of its last words
        if not (corpus.resolve(near, label.words) or corpus.resolve(near, corpus.Anchor(label.words.first, label.words.first))):
            lost.append(label)
    assert lost == []


def test_a_pdf_holds_what_makes_pdfs_hard():
    (strategy,) = (document for document in SPECIMENS if document.id == "specimen-strategy-2031")
    text = "".join(pages(strategy))
    assert len(pages(strategy)) >= 17
    with pdfplumber.open(strategy.folder / "source.pdf") as pdf:  # pdfium resolves ligatures by itself
        glyphs = {char["text"] for page in pdf.pages[5:7] for char in page.chars}
    assert glyphs >= {"ﬁ", "ﬂ"}, "ligatures"
    assert len(re.findall("\ufffe|[a-z]-\r?\n[a-z]", text)) > 20, "hyphens at line ends"
    assert re.search(r"worse\.2", text), "a note's number glued to its word"


def test_the_set_shows_every_stance():
    stances = {label for document in SPECIMENS for stance in corpus.gold(document).stances for label in stance.stance}
    assert stances == set(corpus.STANCES)
    roles = {role for document in SPECIMENS for statement in corpus.gold(document).statements for role in statement.role}
    assert roles == {"commitment", "expectation", "recommendation", "aspiration"}
    assert not corpus.gold(next(d for d in SPECIMENS if d.kind == "commentary")).statements, "commentary makes no commitments"


def test_the_commentators_counts_are_what_they_are_meant_to_be():
    table = tomllib.loads((CORPUS / "specimen-strategy-2031" / "counts.toml").read_text(encoding="utf-8"))["count"]
    hits = {(row["phrase"], row["rule"]): row["hits"] for row in table}
    assert hits["encourage", "word"] == 4 != hits["encourage", "substring"], "reproduced by word"
    assert hits["work", "substring"] == 40 != hits["work", "word"], "reproduced by substring alone"
    assert 19 not in (hits["partnership", "word"], hits["partnership", "substring"]), "reproduced by none"
    assert hits["Directors of Public Health", "phrase"] == 0, "a silence"
