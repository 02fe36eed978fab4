"""Typeset the specimens from their texts, and write what is known about them: labels and phrase counts.

    python corpus/make_specimens.py [--corpus DIR] [--to DIR] [ID …]

For every corpus/<id>/text.md: source.pdf, .html, .docx or .txt, gold.toml and, for strategies, counts.toml.
The same texts give the same bytes. `--corpus teaching` makes the documents that only teach, web pages all of them.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import tomllib
from pathlib import Path

from markup import CATEGORIES, Block, Label, blocks
from typeset_pages import set_docx, set_html, set_text
from typeset_pdf import set_pdf

FACETS = ("actor", "partner", "deadline", "amount")
# how each specimen is set; `run_on` begins no page for a chapter
SET = {
    "specimen-strategy-2031": {"format": "pdf", "columns": 2, "contents": True},
    "specimen-strategy-2036": {"format": "html"},
    "specimen-council-report-2032": {"format": "pdf", "columns": 1, "contents": True, "run_on": True},
    "specimen-response-2033": {"format": "pdf", "columns": 1, "contents": False, "run_on": True},
    "specimen-response-devolved-2033": {"format": "docx"},
    "specimen-progress-2034": {"format": "html"},
    "specimen-commentary-2031": {"format": "txt"},
}
PHRASES = (
    "support", "encourage", "promote", "consider", "ensure", "work", "work with", "partnership", "publish", "establish",
    "continue to", "local areas", "robust", "Directors of Public Health", "school nurses",
)


def main() -> None:
    """Make all specimens, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ids", nargs="*")
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--to", type=Path, help="another folder for what is made")
    given = parser.parse_args()
    for name in given.ids or sorted(path.parent.name for path in given.corpus.glob("*/text.md")):
        if (given.corpus / name / "text.md").exists():
            print(name, make(given.corpus / name, (given.to or given.corpus) / name))


def make(folder: Path, target: Path) -> str:
    """Write one specimen into `target`; what was made, in a few words."""
    target.mkdir(parents=True, exist_ok=True)
    facts = tomllib.loads((folder / "document.toml").read_text(encoding="utf-8")) | {"id": folder.name}
    names = tomllib.loads((folder.parents[1] / "pipelines" / "organisations.toml").read_text(encoding="utf-8"))["organisation"]
    facts |= SET.get(folder.name, {"format": "html"})
    facts["publisher_name"] = next(body["name"] for body in names if body["id"] == facts["publisher"])
    facts["printed_date"] = printed(facts["published"])
    text = blocks(folder / "text.md", curly=facts["format"] != "txt")
    source = target / f"source.{facts['format']}"
    setters = {"html": set_html, "docx": set_docx, "txt": set_text}
    pages = set_pdf(source, facts, text, facts["columns"]) if facts["format"] == "pdf" else setters[facts["format"]](source, facts, text)
    labels = gold(facts, text, pages)
    (target / "gold.toml").write_text(labels, encoding="utf-8")
    if folder.name in SET and facts["kind"] == "strategy":
        (target / "counts.toml").write_text(counts(text), encoding="utf-8")
    return f"{source.suffix[1:]}, {pages} pages, {labels.count('[[statement]]')} statements, {labels.count('[[stance]]')} stances"


def printed(date: str) -> str:
    """A date as a title page prints it: "10 March 2031"."""
    day = datetime.date.fromisoformat((date + "-01-01")[:10])
    return f"{day.day} {day:%B %Y}" if date.count("-") == 2 else f"{day:%B %Y}"


def gold(facts: dict, text: list[Block], pages: int) -> str:
    """All labels of a specimen as gold.toml: every page is labelled."""
    lines = ["# made by make_specimens.py from the tags in text.md", 'split = "tune"', f"pages = {list(range(1, pages + 1))}"]
    for block in text:
        if block.kind == "recommendation":
            lines += _recommendation(block)
        for label in block.labels:
            lines += _stance(facts, block, label) if label.tag.startswith("v ") else _statement(block, label)
        for cell, labels in zip(block.cells, block.cell_labels, strict=True):
            for label in labels:
                lines += _statement(Block("row", plain=cell, pages=block.pages * len(cell.split())), label)
        if block.kind == "silent":
            lines += ["", "[[stance]]", f"recommendation = {quoted(facts['responds_to'][0] + '#' + block.number)}",
                      f"responder = {quoted(facts['publisher'])}", 'stance = ["not_addressed"]']
    return "\n".join(lines) + "\n"


def _statement(block: Block, label: Label) -> list[str]:
    role, categories, optional = meaning(label.tag)
    lines = ["", "[[statement]]", f"page = {page(block, label.sentence[0])}", *anchors(block.plain[slice(*label.sentence)])]
    if label.act:
        words = re.sub(r"^[\s,;]*(and\s+)?", "", block.plain[slice(*label.act)])
        lines += anchors(words, "act_")
    lines.append(f"role = {quoted(role)}")
    lines += [f"category = {quoted(categories)}"] if categories else []
    lines += ["optional = true"] if optional else []
    for facet in FACETS:
        if label.facets[facet] and role[0] in ("commitment", "expectation"):
            lines.append(f"{facet} = {value(label.facets[facet][0])}")
    return lines


def _recommendation(block: Block) -> list[str]:
    number = f"C{block.number}" if block.level == 2 else block.number
    asks = [] if block.level < 2 else ["ask = false"]
    return ["", "[[recommendation]]", f"number = {quoted(number)}", f"page = {page(block, 0)}", *anchors(block.plain), *asks]


def _stance(facts: dict, block: Block, label: Label) -> list[str]:
    """One table for each recommendation that the words answer: "v 4,5 accepted explicit passed=body"."""
    _, numbers, stances, *flags = label.tag.split()
    lines = []
    for number in numbers.split(","):
        lines += ["", "[[stance]]", f"recommendation = {quoted(facts['responds_to'][0] + '#' + number)}",
                  f"responder = {quoted(facts['publisher'])}", f"stance = {quoted(stances.split('/'))}",
                  f"explicit = {quoted('explicit' in flags)}"]
        others = [other for other in numbers.split(",") if other != number]
        lines += [f"answers_with = {quoted(others)}"] if others else []
        lines += [f"page = {page(block, label.sentence[0])}", *anchors(block.plain[slice(*label.sentence)])]
        lines += [f"passed_to = {quoted(flag[7:])}" for flag in flags if flag.startswith("passed=")]
    return lines


def meaning(tag: str) -> tuple[list[str], list[str], bool]:
    """(roles, categories, optional) of a tag: "es/eg?" is an expectation, specific or general, optional."""
    roles, categories = [], []
    for part in tag.rstrip("?").split("/"):
        role = {"A": "aspiration", "r": "recommendation"}.get(part) or ("expectation" if part[0] == "e" else "commitment")
        roles += [role] if role not in roles else []
        categories += [CATEGORIES[part[-1]]] if part[-1] in CATEGORIES and CATEGORIES[part[-1]] not in categories else []
    return roles, categories, tag.endswith("?")


def page(block: Block, start: int) -> int:
    """The page of the word that begins at `start`; 1 in formats without pages."""
    return block.pages[len(block.plain[:start].split())] if block.pages else 1


def anchors(words: str, prefix: str = "") -> list[str]:
    """The first and the last five words as two lines of TOML."""
    parts = words.split()
    return [f"{prefix}from = {quoted(' '.join(parts[:5]))}", f"{prefix}to = {quoted(' '.join(parts[-5:]))}"]


def value(words: str) -> str:
    """A facet as TOML: its words where they are few, else their first and last."""
    parts = words.split()
    if len(parts) <= 5:
        return quoted(words)
    return f"{{from = {quoted(' '.join(parts[:5]))}, to = {quoted(' '.join(parts[-5:]))}}}"


def counts(text: list[Block]) -> str:
    """Hits of phrases in headings and body (no notes, no quotations), counted on the text and not on what was set."""
    body = "\n".join(" ".join([block.plain, *block.cells]) for block in text if block.kind not in ("note", "quote"))
    lines = ["# made by make_specimens.py: counted on text.md, headings and body, without notes and quotations"]
    for phrase in PHRASES:
        word = "phrase" if " " in phrase else "word"
        for rule, pattern in (("substring", re.escape(phrase)), (word, rf"\b{re.escape(phrase)}\b")):
            hits = len(re.findall(pattern, body, re.IGNORECASE))
            lines += ["", "[[count]]", f"phrase = {quoted(phrase)}", f"rule = {quoted(rule)}", f"hits = {hits}"]
    return "\n".join(lines) + "\n"


def quoted(value: object) -> str:
    """A text, truth value or list of texts as TOML."""
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    main()
