"""The whole flow on the specimens: nothing torn, nothing twice, equal bytes, and every document on its own."""

from __future__ import annotations

import shutil
import sqlite3

import numpy as np
import pytest

from conftest import ROOT
from policytrack import assemble, build, embed, extract, publish, verify
from policytrack.model import BadInput, Item


@pytest.fixture
def small(tmp_path):
    """A corpus of two short specimens."""
    for name in ("specimen-progress-2034", "specimen-commentary-2031"):
        shutil.copytree(ROOT / "corpus" / name, tmp_path / "corpus" / name)
    return tmp_path / "corpus"


def run(corpus, output, store, **options):
    return build.build(corpus, output, ROOT / "pipelines", store, **options)


def test_the_specimen_database_is_sound(specimens):
    assert list(verify.faults(specimens)) == []


def test_the_vectors_of_the_reading_serve_the_assembly(small, tmp_path, monkeypatch):
    run(small, tmp_path / "a.db", tmp_path / "store")
    monkeypatch.setattr(embed, "vectors", lambda texts: pytest.fail("worked out a second time"))
    done = build.reads(small, ROOT / "pipelines", tmp_path / "store", None)
    graded = sum(s.role in extract.GRADED for _, read in done for s in read.statements)
    assert len(assemble._meanings(done, tmp_path / "store" / "vectors")) == graded >= 10


def test_only_items_that_reading_left_without_a_vector_are_encoded_for_themes(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(embed, "vectors", lambda texts: asked.extend(texts) or np.full((len(texts), embed.WIDTH), 0.5))
    known, other = (Item(id, kind, "d", 1, text) for id, kind, text in (("a", "commitment", "We will act."), ("b", "duty", "Councils must report.")))
    assert assemble._meant([known, other], {"a": np.full(embed.WIDTH, 0.1)}, tmp_path)[:, 0].tolist() == [0.1, 0.5] and asked == ["Councils must report."]


def test_commentary_makes_no_commitments(specimens):
    db = sqlite3.connect(specimens)
    assert db.execute("SELECT count(*) FROM commitments c JOIN documents d ON d.id = c.document WHERE d.kind = 'commentary'").fetchone() == (0,)
    assert db.execute("SELECT count(*) FROM commitments").fetchone()[0] > 100


def test_every_statement_stands_on_its_page(specimens):
    db = sqlite3.connect(specimens)
    pages = {(d, p): t for d, p, t in db.execute("SELECT document, page, text FROM pages")}
    for document, page, quote in db.execute("SELECT document, page, quote FROM commitments"):
        text = pages[document, page] + " " + pages.get((document, page + 1), "")
        assert "".join(quote.split()) in "".join(text.split())


def test_unchanged_is_not_built_again(small, tmp_path):
    first = run(small, tmp_path / "a.db", tmp_path / "store")
    stamp = (tmp_path / "a.db").stat().st_mtime_ns
    again = run(small, tmp_path / "a.db", tmp_path / "store")
    assert (first.unchanged, again.unchanged) == (False, True)
    assert (tmp_path / "a.db").stat().st_mtime_ns == stamp


def test_cold_cached_and_any_jobs_give_equal_bytes(small, tmp_path):
    run(small, tmp_path / "cold.db", tmp_path / "one", jobs=1)
    run(small, tmp_path / "cached.db", tmp_path / "one", jobs=1)
    run(small, tmp_path / "two.db", tmp_path / "two", jobs=2)
    assert verify.same(tmp_path / "cold.db", tmp_path / "cached.db")
    assert verify.same(tmp_path / "cold.db", tmp_path / "two.db")


def test_one_bad_document_never_stops_the_others(small, tmp_path):
    bad = small / "torn"
    bad.mkdir()
    (bad / "document.toml").write_text('title = "Torn"\npublisher = "Nobody"\nkind = "report"\npublished = "2031"\n', encoding="utf-8")
    (bad / "source.pdf").write_bytes(b"%PDF-1.4 torn")
    report = run(small, tmp_path / "a.db", tmp_path / "store")
    assert [(id, status) for id, status, _ in report.problems] == [("torn", "unreadable")]
    again = run(small, tmp_path / "a.db", tmp_path / "store")
    assert (again.unchanged, again.problems) == (True, report.problems)          # said again, however often it is built
    db = sqlite3.connect(tmp_path / "a.db")
    assert db.execute("SELECT status FROM documents WHERE id = 'torn'").fetchone() == ("unreadable",)
    assert db.execute("SELECT count(*) FROM documents WHERE status = 'read'").fetchone() == (2,)


def test_a_file_that_is_no_database_is_not_overwritten(small, tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text("a,b\n", encoding="utf-8")
    with pytest.raises(BadInput, match="is no database"):
        run(small, mine, tmp_path / "store")
    assert mine.read_text(encoding="utf-8") == "a,b\n"


def test_a_set_that_no_document_has_is_one_clear_line(small, tmp_path):
    with pytest.raises(BadInput, match="no document of the set 'nosuch'"):
        run(small, tmp_path / "a.db", tmp_path / "store", set_name="nosuch")
    assert not (tmp_path / "a.db").exists()


def test_a_missing_document_is_listed(small, tmp_path):
    gone = small / "gone"
    gone.mkdir()
    (gone / "document.toml").write_text('title = "Gone"\npublisher = "Nobody"\nkind = "report"\npublished = "2031"\n', encoding="utf-8")
    report = run(small, tmp_path / "a.db", tmp_path / "store")
    assert [(id, status) for id, status, _ in report.problems] == [("gone", "not_fetched")]


def test_a_wrong_manifest_is_bad_input(small, tmp_path):
    wrong = small / "wrong"
    wrong.mkdir()
    (wrong / "document.toml").write_text('title = "Wrong"\n', encoding="utf-8")
    with pytest.raises(BadInput, match="document.toml"):
        run(small, tmp_path / "a.db", tmp_path / "store")


def test_a_failed_publication_leaves_the_old_database(small, tmp_path):
    run(small, tmp_path / "a.db", tmp_path / "store")
    before = (tmp_path / "a.db").read_bytes()
    with pytest.raises(sqlite3.OperationalError):
        publish.publish(tmp_path / "a.db", {"documents": [{"no_such_column": 1}]})
    assert (tmp_path / "a.db").read_bytes() == before
    assert list(tmp_path.glob(".a.db*")) == []


def test_public_withholds_the_text_of_what_is_not_open(small, tmp_path):
    manifest = small / "specimen-progress-2034" / "document.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('licence = "specimen"', 'licence = "Crown"'), encoding="utf-8")
    run(small, tmp_path / "a.db", tmp_path / "store", public=True)
    db = sqlite3.connect(tmp_path / "a.db")
    for table in ("pages", "passages", "tokens"):
        assert db.execute(f"SELECT count(*) FROM {table} WHERE document = 'specimen-progress-2034'").fetchone() == (0,)
    assert db.execute("SELECT sum(hits) FROM phrase_counts WHERE document = 'specimen-progress-2034'").fetchone()[0] > 0
    assert db.execute("SELECT count(*) FROM pages_fts WHERE pages_fts MATCH 'progress'").fetchone()[0] == db.execute("SELECT count(*) FROM pages WHERE text LIKE '%progress%'").fetchone()[0]


def test_a_worker_error_reaches_the_door_as_one_line():
    import pickle

    error = pickle.loads(pickle.dumps(BadInput("file", "problem", "remedy")))
    assert str(error) == "file: problem; remedy"
