"""Manifests are refused with one clear line; anchors find their words however a page is set."""

from pathlib import Path

import pytest

from policytrack import corpus
from policytrack.corpus import Anchor
from policytrack.model import BadInput

GOOD = 'title = "A plan"\npublisher = "home-office"\nkind = "strategy"\npublished = "2017-07"\n'
CORPUS = Path(__file__).parent.parent / "corpus"


def manifest(folder: Path, text: str = GOOD, name: str = "a-plan") -> Path:
    path = folder / name / "document.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    return path


def test_a_manifest_gives_a_document(tmp_path):
    manifest(tmp_path, GOOD + 'urls = ["https://example.org/plan"]\nunverified = true\nset = "mine"\nresponds_to = ["other"]\n'
             "[reading]\ncolumns = 2\npages = [3, 40]\nskip_pages = [7]\nocr = true\n")
    (document,) = corpus.read(tmp_path)
    assert (document.id, document.published, document.unverified) == ("a-plan", "2017-07", True)
    assert document.reading.pages == (3, 40) and document.reading.skip_pages == (7,) and document.reading.columns == 2
    assert corpus.not_loaded([document]) == (("a-plan", "responds_to", "other"),)


@pytest.mark.parametrize(("text", "says"), [
    (GOOD.replace("strategy", "novel"), "`kind` is 'novel'; one of strategy, report"),
    (GOOD.replace("2017-07", "2017-13"), "`published` is no date"),
    (GOOD.replace("2017-07", "2019-02-29"), "`published` is no date"),
    (GOOD.replace('"2017-07"', "2017-07-14"), "`published` must be a text in quotes"),
    (GOOD.replace('title = "A plan"', ""), "`title` is missing"),
    (GOOD + 'publishd = "2017"', "unknown key `publishd`; keys are title"),
    (GOOD + 'sha256 = "abc"', "`sha256` is not 64 hexadecimal digits"),
    (GOOD + 'urls = "https://example.org"', "`urls` must be a list"),
    (GOOD + 'carries = ["promises"]', "`carries` is 'promises'"),
    (GOOD + "[reading]\ncolumns = 3", "[reading] `columns` must be 1 or 2"),
    (GOOD + "[reading]\npages = [1]", "first and the last page"),
    (GOOD + "[reading]\ncolums = 2", "unknown key `colums`"),
    ("title = A plan", "not valid TOML"),
])
def test_a_wrong_manifest_is_refused_in_one_line(tmp_path, text, says):
    manifest(tmp_path, text)
    with pytest.raises(BadInput) as caught:
        corpus.read(tmp_path)
    assert says in str(caught.value) and "document.toml" in str(caught.value) and "\n" not in str(caught.value)


def test_documents_come_by_id_and_by_set(tmp_path):
    manifest(tmp_path, GOOD + 'set = "two"', "b")
    manifest(tmp_path, GOOD + 'set = "one"', "a")
    assert [document.id for document in corpus.read(tmp_path)] == ["a", "b"]
    assert [document.id for document in corpus.read(tmp_path, "two")] == ["b"]
    with pytest.raises(BadInput, match="no such corpus folder"):
        corpus.read(tmp_path / "nowhere")


@pytest.mark.parametrize(("licence", "is_open"), [
    ("OGL-3.0", True), ("OGL", True), ("OPL", True), ("CC0", True), ("CC-BY-4.0", True), ("CC BY-SA 4.0", True), ("specimen", True),
    ("Crown", False), ("CC-BY-NC-4.0", False), ("CC-BY-ND-4.0", False), ("all rights reserved", False), ("", False), (None, False),
])
def test_only_open_licences_are_open(licence, is_open):
    assert corpus.is_open(licence) is is_open


PAGE = (
    "The Ministry’s plan.\r\n1 We will pub\ufffelish the ﬁrst ﬁgures12 by\nMarch “in full” – as agreed. "
    "We will pay. The Board will meet in May and will report. The Board will meet in June and will report."
)


@pytest.mark.parametrize(("anchor", "found", "why"), [
    (Anchor("we will publish the first", "as agreed."), "We will pub\ufffelish the ﬁrst ﬁgures12 by\nMarch “in full” – as agreed",
     "case, a hyphen at the line end, ligatures, a note's number, quotation marks and a dash do not matter"),
    (Anchor("the first figures by March", "the first figures by March"), "the ﬁrst ﬁgures12 by\nMarch", "one anchor holds all words"),
    (Anchor("The Board will meet in", "in June and will report."), "The Board will meet in June and will report", "the shortest span"),
    (Anchor("The Board will meet in", "and will report.", 2), "The Board will meet in June and will report", "the second such span"),
    (Anchor("Board will meet in May", "meet in May and will"), "Board will meet in May and will", "the two overlap in a short quotation"),
    (Anchor("pay", "pay"), "pay", "a whole word, not a part of one"),
    (Anchor("We will sing", "in full"), None, "not there"),
    (Anchor("as agreed", "We will publish"), None, "in the wrong order"),
])
def test_an_anchor_finds_its_words(anchor, found, why):
    span = corpus.resolve(PAGE, anchor)
    assert (PAGE[slice(*span)] if span else None) == found, why


GOLD = '''split = "tune"
pages = [1]
double_pages = [1]
[[statement]]
page = 1
from = "We will pay"
to = "by March 2018."
act_from = "will pay"
act_to = "the whole sum"
role = ["commitment", "none"]
category = ["specific"]
deadline = "by March 2018"
amount = {from = "the whole of the first", to = "and of the second sum"}
disputed = ["amount"]
[[stance]]
recommendation = "report#4a) i"
responder = "uk-government"
stance = ["accepted"]
explicit = true
'''


def gold(folder: Path, text: str) -> corpus.Gold | None:
    path = manifest(folder)
    (path.parent / "gold.toml").write_text(text, encoding="utf-8")
    return corpus.gold(corpus.document(path))


def test_gold_is_read_into_nouns(tmp_path):
    labels = gold(tmp_path, GOLD)
    (statement,), (stance,) = labels.statements, labels.stances
    assert statement.role == ("commitment", "none") and statement.deadline == Anchor("by March 2018", "by March 2018")
    assert statement.amount == Anchor("the whole of the first", "and of the second sum") and statement.actor is None
    assert (stance.recommendation, stance.explicit, stance.official) == ("report#4a) i", True, False)


@pytest.mark.parametrize(("old", "new", "says"), [
    ("We will pay", "We will pay in full and soon", "`from` has 7 words"),
    ('"commitment", "none"', '"promise"', "`role` is 'promise'"),
    ('["accepted"]', '["agreed"]', "`stance` is 'agreed'"),
    ('"tune"', '"dev"', "`split` is 'dev'"),
    ("report#4a) i", "4", '<document-id>#<number>'),
    ("deadline =", "dedline =", "unknown key `dedline`"),
    ('page = 1\nfrom', "from", "`page` is missing"),
])
def test_wrong_gold_is_refused(tmp_path, old, new, says):
    with pytest.raises(BadInput) as caught:
        gold(tmp_path, GOLD.replace(old, new, 1))
    assert says in str(caught.value)


MORE = 'split = "tune"\npages = [2]\n[[statement]]\npage = 2\nfrom = "They will pay"\nto = "in May"\nrole = ["commitment"]\n'


def more(folder: Path, text: str, first: str | None = GOLD) -> corpus.Gold | None:
    path = manifest(folder)
    (path.parent / "more.toml").write_text(text, encoding="utf-8")
    if first:
        (path.parent / "gold.toml").write_text(first, encoding="utf-8")
    return corpus.gold(corpus.document(path))


def test_more_labels_join_the_first(tmp_path):
    labels = more(tmp_path, MORE)
    assert (labels.pages, labels.double_pages, len(labels.stances)) == ((1, 2), (1,), 1)
    assert [statement.page for statement in labels.statements] == [1, 2]


def test_more_labels_alone_are_enough(tmp_path):
    assert more(tmp_path, MORE, first=None).pages == (2,)


@pytest.mark.parametrize(("old", "new", "says"), [
    ("[2]", "[2, 1]", "page 1 is in gold.toml too"),
    ('"tune"', '"test"', "`split` is 'test', in gold.toml 'tune'"),
])
def test_more_labels_never_contradict_the_first(tmp_path, old, new, says):
    with pytest.raises(BadInput) as caught:
        more(tmp_path, MORE.replace(old, new, 1))
    assert says in str(caught.value) and "more.toml" in str(caught.value)


def test_a_document_nobody_labelled_has_no_gold(tmp_path):
    assert corpus.gold(corpus.document(manifest(tmp_path))) is None


def test_our_own_corpus_is_whole():
    documents = corpus.read(CORPUS)
    assert corpus.not_loaded(documents) == ()
    assert {document.id for document in documents if (labels := corpus.gold(document)) and labels.split == "test"} == {
        "infected-blood-response-2024-cp1224", "rapid-review-response-2024"}
    assert all(document.unverified or not document.urls for document in documents), "no address was tried yet"
