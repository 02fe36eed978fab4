"""What is written down is true: the reference names every command and column, the README's numbers are the measured ones."""

from __future__ import annotations

import importlib.util
import re
import sqlite3

import pytest

from conftest import ROOT


@pytest.fixture(scope="module")
def maker():
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs" / "make_reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_is_as_the_code_has_it(maker):
    assert (ROOT / "docs/reference.md").read_text(encoding="utf-8") == maker.reference(), "run docs/make_reference.py"


def test_the_reference_says_what_every_column_means(maker):
    assert re.findall(r"^- `\w+`: $", maker.reference(), re.MULTILINE) == []


def test_the_reference_names_every_column_of_a_database(maker, specimens):
    text, db = maker.reference(), sqlite3.connect(specimens)
    tables = maker.tables((ROOT / "src/policytrack/schema.sql").read_text(encoding="utf-8"))
    for table, columns in tables.items():
        assert [row[1] for row in db.execute(f"PRAGMA table_info({table})")] == columns
        assert f"### {table}\n" in text


def test_the_readme_quotes_what_was_measured(maker):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert maker.readme(text) == text, "run docs/make_reference.py"
    assert "made by a large language model" in text and "not measured yet" in text


def test_the_page_on_responses_quotes_what_was_measured(maker):
    text = (ROOT / "docs/responses.md").read_text(encoding="utf-8")
    assert maker.with_answers(text) == text, "run docs/make_reference.py"


def test_links_of_the_docs_lead_somewhere():
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md"), ROOT / "corpus/README.md"]:
        for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_two_commands_are_those_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in ("demo", "test", "install", "bench"):
        assert re.search(rf"^{command}:", makefile, re.MULTILINE)
