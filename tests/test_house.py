"""The house keeps its shape: who may import whom, and where third parties stop."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "policytrack"
MODULES = sorted(SOURCE.rglob("*.py"))
# library -> the only modules that may know it
DOORS = {
    "simplemma": {"clauses", "suggest"},
    "spacy": {"clauses"}, "sentence_transformers": {"embed"}, "torch": {"embed", "adapter", "finetune"}, "sklearn": {"train", "link"}, "sqlite_utils": {"publish"},
    "pdfplumber": {"pdf", "layout", "frames", "letters", "glyphs"}, "pypdfium2": {"pdf", "layout", "frames", "letters", "glyphs", "ocr"},
    "docx": {"docx", "paper", "numerals"}, "pytesseract": {"ocr"}, "httpx": {"fetch", "cli"}, "bs4": {"html", "add", "fetch"}, "click": {"cli"}, "datasette": {"serve"},
}
HEAVY = {"spacy", "torch", "sentence_transformers", "sklearn", "datasette", "pdfplumber", "pypdfium2"}
HALLS = {"build", "assemble", "assess", "cli"}


def imports(path: Path, top_level_only: bool = False) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = tree.body if top_level_only else list(ast.walk(tree))
    found = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return found


def test_model_imports_nothing_of_ours():
    assert not {name for name in imports(SOURCE / "model.py") if name.startswith("policytrack")}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_third_parties_stop_at_their_door(path):
    for name in imports(path):
        library = name.split(".")[0]
        if library in DOORS:
            assert path.stem in DOORS[library], f"{library} is the business of {sorted(DOORS[library])}"


@pytest.mark.parametrize("path", [p for p in MODULES if p.stem not in HALLS], ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_rooms_do_not_import_halls(path):
    assert not {name for name in imports(path) for hall in HALLS if name in (f"policytrack.{hall}",)}


@pytest.mark.parametrize("name", ["cli", "build", "count", "publish", "fetch", "corpus", "verify", "compare", "review"])
def test_light_commands_import_nothing_heavy(name):
    seen, waiting = set(), [name]
    while waiting:
        module = waiting.pop()
        if module in seen or not (SOURCE / f"{module}.py").exists():
            continue
        seen.add(module)
        found = imports(SOURCE / f"{module}.py", top_level_only=True)
        assert not {n.split(".")[0] for n in found} & HEAVY, f"{module} imports something heavy when it is loaded"
        waiting += [n.split(".")[1] for n in found if n.startswith("policytrack.")]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(SOURCE).as_posix())
def test_nothing_is_named_after_nothing(path):
    assert path.stem not in {"utils", "helpers", "common", "core", "base", "manager", "handler"}
    text = path.read_text(encoding="utf-8")
    assert "parents[" not in text
    assert ast.get_docstring(ast.parse(text)), "a module says what it is for"


def test_public_functions_say_what_comes_out():
    silent = []
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_") and not ast.get_docstring(node):
                silent.append(f"{path.stem}.{node.name}")
    assert silent == []
