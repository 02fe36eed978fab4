"""The front door: every command, its exit codes, and one clear line for bad input."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys

import pytest
from click.testing import CliRunner

from conftest import ROOT
from policytrack.cli import main

COMMANDS = {"add", "build", "compare", "count", "demo", "export", "fetch", "label", "measure", "review", "serve", "train", "verify"}


@pytest.fixture
def run(monkeypatch):
    monkeypatch.chdir(ROOT)
    return lambda *args, **options: CliRunner().invoke(main, [str(a) for a in args], **options)


def test_every_command_of_the_contract_is_there():
    assert set(main.commands) == COMMANDS


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0 and main.commands[command].help.split(".")[0] in " ".join(result.output.split())


def test_help_imports_nothing_heavy():
    code = "import sys; from policytrack import cli; print(sorted({'spacy', 'torch', 'sentence_transformers', 'datasette', 'sklearn'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_count_side_by_side_and_as_json(run, specimens):
    result = run("count", specimens, "--phrase", "encourage", "--document", "specimen-strategy-2031")
    assert result.exit_code == 0 and "substring" in result.output and "by-government" in result.output
    found = json.loads(run("count", specimens, "--phrase", "encourage", "--document", "specimen-strategy-2031", "--json").output)
    assert (len(found["word"]), len(found["substring"])) == (4, 6)


def test_the_vocabulary_of_a_document(run, specimens):
    found = json.loads(run("count", specimens, "--vocabulary", "--document", "specimen-strategy-2031", "--json").output)
    assert {"vague", "concrete"} == {row["class"] for row in found["wording"]}
    for row in found["wording"]:
        assert row["hits"] == sum(v["hits"] for v in found["vocabulary"] if v["class"] == row["class"])
    chapters = json.loads(run("count", specimens, "--vocabulary", "--section", "all", "--document", "specimen-strategy-2031", "--json").output)["wording"]
    assert len({row["section"] for row in chapters}) > 9
    assert run("count", specimens).exit_code == 2
    assert run("count", specimens, "--vocabulary", "--document", "nothing").exit_code == 1


def test_a_count_of_nothing_is_nought(run, specimens):
    result = run("count", specimens, "--phrase", "zeppelin")
    assert result.exit_code == 0 and "0" in result.output
    assert "pages" in result.stderr, "silence is of the pages that were searched"


@pytest.mark.parametrize("args", [
    ("count", "no.db", "--phrase", "x"), ("verify", "no.db"), ("compare", "no.db", "no.db"), ("review", "export", "no.db"), ("build", "no-corpus"),
    ("export", "no.db", "out"), ("add", "no-such-file"),
])
def test_bad_input_is_one_line_and_exit_code_1(run, args):
    result = run(*args)
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1 and result.stderr.startswith("policytrack: ")


def test_wrong_usage_is_exit_code_2(run):
    assert run("count").exit_code == 2


def test_label_keeps_columns_and_adds_ours(run):
    rows = "id,text\n7,We will publish a standard by March 2031.\n8,\"Local authorities should, where appropriate, work together.\"\n9,\n"
    result = run("label", "-", "--column", "text", "--rules-only", input=rows)
    assert result.exit_code == 0, result.output
    found = list(csv.DictReader(io.StringIO(result.output)))
    assert [r["id"] for r in found] == ["7", "8", "9"]
    assert (found[0]["role"], found[0]["category"], found[0]["deadline_on"]) == ("commitment", "specific", "2031-03-31")
    assert (found[1]["role"], found[1]["hedges"]) == ("expectation", "where appropriate")
    assert found[2]["role"] == "none"


def test_label_without_a_date_gives_no_day_that_hangs_on_one(run):
    given = "text\nWe will report within ten days.\nWe will publish a plan by 3 May 2027.\n"
    days = lambda *options: [row["deadline_on"] for row in csv.DictReader(io.StringIO(run("label", "-", "--column", "text", "--rules-only", *options, input=given).stdout))]
    assert days() == ["", "2027-05-03"]
    assert days("--published", "2027-04-01") == ["2027-04-11", "2027-05-03"]


def test_label_reads_and_writes_jsonl(run):
    result = run("label", "-", "--column", "t", "--format", "jsonl", "--rules-only", input='{"t": "We will fund ten schemes."}\n')
    assert json.loads(result.output)["category"] == "specific"


@pytest.mark.parametrize(("rows", "form"), [("a,b\n1,2\n", "csv"), ('{"a": 1}\n', "jsonl"), ("{torn\n", "jsonl"), ("[1]\n", "jsonl")])
def test_label_says_what_is_wrong_with_the_table(run, rows, form):
    result = run("label", "-", "--column", "text", "--format", form, "--rules-only", input=rows)
    assert result.exit_code == 1 and result.stderr.startswith("policytrack: ")


def test_label_with_the_classifier_agrees_on_the_plainest(run):
    result = run("label", "-", "--column", "text", input="text\nWe will publish a new national standard by March 2031.\nThe weather was cold in 2029.\n")
    assert [r["role"] for r in csv.DictReader(io.StringIO(result.stdout))] == ["commitment", "none"]


def test_verify_finds_what_does_not_hold(run, specimens, tmp_path):
    assert run("verify", specimens).exit_code == 0
    broken = tmp_path / "broken.db"
    broken.write_bytes(specimens.read_bytes())
    db = sqlite3.connect(broken)
    db.execute("UPDATE commitments SET score = score + 1 WHERE rowid = 1")
    db.execute("UPDATE phrase_counts SET hits = hits + 1 WHERE phrase = 'support' AND rule = 'word' AND document = 'specimen-strategy-2031'")
    db.commit()
    db.close()
    result = run("verify", broken)
    assert result.exit_code == 1
    assert "points of a grade" in result.stderr and "number of its hits" in result.stderr
    assert run("verify", specimens, "--same", broken).exit_code == 1
    assert run("verify", specimens, "--same", specimens).exit_code == 0


def test_a_quotation_stands_up(run, specimens):
    db = sqlite3.connect(specimens)
    item, quote = db.execute("SELECT id, quote FROM commitments ORDER BY id LIMIT 1").fetchone()
    found = json.loads(run("verify", specimens, "--quote", item).output)
    assert found["words"] == quote and found["page"] >= 1 and found["set"] == "specimen"
    assert run("verify", specimens, "--quote", "c-nothing").exit_code == 1


def test_a_word_by_a_person_survives_the_rebuild(run, tmp_path):
    import shutil

    corpus = tmp_path / "corpus"
    shutil.copytree(ROOT / "corpus" / "specimen-progress-2034", corpus / "specimen-progress-2034")
    build = ("build", corpus, "-o", tmp_path / "a.db", "--cache", tmp_path / "store", "--jobs", "1")
    assert run(*build).exit_code == 0
    shutil.copy(tmp_path / "a.db", tmp_path / "before.db")
    sheet = list(csv.DictReader(io.StringIO(run("review", "export", tmp_path / "a.db").output)))
    row = next(r for r in sheet if r["item_kind"] == "commitment")
    row |= {"field": "amount", "value": "nine returns", "coder": "AB", "date": "2034-05-01", "reason": "read again"}
    path = tmp_path / "sheet.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    assert "1 corrections" in run("review", "import", tmp_path / "a.db", path, "--corpus", corpus).output
    assert run(*build).exit_code == 0
    db = sqlite3.connect(tmp_path / "a.db")
    assert db.execute("SELECT amount, reviewed FROM commitments WHERE id = ?", (row["item"],)).fetchone() == ("nine returns", 1)
    assert db.execute("SELECT state, coder FROM reviews").fetchall() == [("applied", "AB")]
    changes = json.loads(run("compare", tmp_path / "before.db", tmp_path / "a.db", "--json").output)
    assert [(c["table"], c["kind"], c["cause"]) for c in changes] == [("commitments", "changed", "review")]


@pytest.mark.parametrize(("change", "message"), [
    ({"field": "colour"}, "field 'colour'"), ({"field": "category", "value": "good"}, "value 'good'"), ({"coder": ""}, "no coder"), ({"item_kind": "poem"}, "item_kind 'poem'"),
])
def test_a_wrong_correction_is_named_with_its_line(tmp_path, change, message):
    from policytrack import review
    from policytrack.model import BadInput

    row = {"item": "c-1", "item_kind": "commitment", "field": "amount", "machine": "", "value": "two", "coder": "AB", "date": "2034", "reason": "seen"} | change
    path = tmp_path / "sheet.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row)
    with pytest.raises(BadInput, match=message) as error:
        review.read(path)
    assert "line 2" in str(error.value)


def test_corrections_of_what_is_gone_or_has_moved_are_shown():
    from policytrack import review

    tables = {"commitments": [{"id": "c-1", "amount": "three", "reviewed": 0}]}
    base = {"item_kind": "commitment", "field": "amount", "machine": "two", "value": "four", "coder": "AB", "date": "2034", "reason": "seen"}
    review.apply(tables, [base | {"item": "c-1"}, base | {"item": "c-2"}])
    assert [r["state"] for r in tables["reviews"]] == ["conflict", "orphaned"]
    assert tables["commitments"][0] == {"id": "c-1", "amount": "four", "reviewed": 1}


def test_add_writes_a_manifest_that_builds(run, tmp_path):
    note = tmp_path / "A plan.txt"
    note.write_text("We will open four clinics by May 2040.\n", encoding="utf-8")
    corpus = tmp_path / "corpus"
    args = ("add", note, "--corpus", corpus, "--title", "A plan", "--kind", "strategy", "--publisher", "Ministry of Tests", "--published", "2039", "--cache", tmp_path / "store")
    assert run(*args).exit_code == 0
    assert run(*args).exit_code == 1, "a manifest that is there is never overwritten"
    result = run("build", corpus, "-o", tmp_path / "b.db", "--cache", tmp_path / "store", "--strict")
    assert result.exit_code == 0, result.output
    db = sqlite3.connect(tmp_path / "b.db")
    assert db.execute("SELECT quote, deadline_on FROM commitments").fetchall() == [("We will open four clinics by May 2040.", "2040-05-31")]


def test_strict_fails_where_a_document_is_missing(run, tmp_path):
    folder = tmp_path / "corpus" / "gone"
    folder.mkdir(parents=True)
    (folder / "document.toml").write_text('title = "Gone"\npublisher = "Nobody"\nkind = "report"\npublished = "2031"\n', encoding="utf-8")
    args = ("build", tmp_path / "corpus", "-o", tmp_path / "c.db", "--cache", tmp_path / "store")
    assert run(*args).exit_code == 0
    assert run(*args, "--strict").exit_code == 1
