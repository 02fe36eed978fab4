"""Writes docs/reference.md: every command from the front door, every table and column from the schema and metadata.yml."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path

import click
import yaml
from scipy.stats import binomtest

from policytrack import measure_stances
from policytrack.cli import main

ROOT = Path(__file__).resolve().parent.parent
COMMON = {  # what a column of this name means wherever its table says nothing of its own
    "id": "made from the document and the words, the same in every build", "document": "id of the document", "page": "page of the document, from 1; 1 for formats without pages",
    "section": "the headings above it; empty for the whole document", "passage": "id of the passage it stands in", "quote": "the words as printed", "lead_in": "the words before a list that the item depends on",
    "item": "id of the commitment, expectation, recommendation or other row it is about", "item_kind": "which table that id is of", "words": "the exact words", "text": "the words as printed",
    "start": "offset of the first character", "end": "offset behind the last character", "cue": "the rule that says so", "part": "quote or lead_in: where the words stand", "kind": "what kind of thing it is",
    "score": "how sure the link or likeness is, 0 to 1", "n": "its place in the order", "confidence": "probability by the classifier; shown to people in three bands", "name": "as printed", "description": "what it means",
    "number": "as printed", "recommendation": "id of the recommendation", "responder": "id of the organisation that answers", "response": "id of the response", "phrase": "the words counted", "rule": "a rule of phrases.toml",
    "hits": "number of hits", "commitment": "id of the commitment or expectation", "other": "id of the other one", "value": "what the words come to", "reason": "why", "claim": "id of the claim", "theme": "id of the theme", "role": "id of the role",
    "actor": "who is to act, as printed", "actor_body": "id of the body meant",
}
OWN = {  # tables that the site does not describe
    "runs": {"key": "code, pipeline and library versions, the model's hash, the hash of every input; no clock times", "value": "its value"},
    "charts": {"name": "which chart", "svg": "the drawing"},
    "organisations": {"id": "name of the body in organisations.toml", "kind": "department, arm's-length body, council, inquiry …", "nation": "where it acts", "from_date": "when it began, as precise as is known",
                      "to_date": "when it ended; empty while it lives", "successor": "ids of the bodies that took over", "abbreviation": "its usual short name", "source": "where these facts come from"},
    "document_links": {"relation": "responds_to or succeeds", "other": "id of the document that is answered or succeeded"},
    "pages": {"locator": "anchor id in HTML", "text": "the page as a person reads it, furniture removed", "furniture": "running headers, footers, page numbers and print-out lines that were removed", "quality": "share of words that look like words; the OCR's own confidence where a page was read so"},
    "passages": {"zone": "body, heading, contents, footnote or quotation", "kind": "heading, paragraph, item, table, box, footnote, quotation or contents", "locator": "anchor id in HTML", "level": "level of a heading, depth of a list item"},
    "tokens": {"word": "in small letters", "lemma": "its dictionary form", "pos": "part of speech (Universal Dependencies)", "zone": "where it stands; offsets of furniture are in pages.furniture", "by_publisher": "1 where it is a verb whose subject is the publisher or the government it speaks for"},
    "facets": {"facet": "actor, partner, deadline, amount, object or check", "value": "the body, or the kind of deadline"},
    "vocabulary": {"class": "vague or concrete", "words": "words of body and headings", "per_1000": "hits per 1,000 words"},
    "wording": {"section": "the chapter; empty for the whole document", "class": "vague or concrete", "hits": "hits of all phrases of the class, every inflection; each is a row of phrase_hits", "words": "words of body and headings",
                "per_1000": "hits per 1,000 words", "share": "of the hits of both classes", "graded": "commitments graded so (concrete: specific; vague: the other three)", "graded_share": "of all commitments here",
                "unworded": "commitments graded so in which no phrase of the class stands", "agreeing": "hits in commitments graded the same", "other_class": "hits in commitments that their own act puts into the other class",
                "expectations": "hits in what others are asked to do", "recommendations": "hits in recommendations", "aspirations": "hits in aspirations", "headings": "hits in headings", "elsewhere": "hits in no statement",
                "explained": "the difference between hits and grades, in words made of these figures"},
    "silences": {"what": "the role or phrase that was looked for", "kind": "role or phrase", "pattern": "what was searched", "pages": "pages searched", "hits": "always 0"},
    "chapter_silences": {"section": "the chapter that never names it", "what": "the role, body or phrase that stands elsewhere in the document", "kind": "role, organisation or phrase", "pattern": "what was searched", "passages": "passages of the chapter that were searched"},
    "claim_items": {"item": "the listed item, in our words", "matched": "id of the statement found", "side": "claim or document: on which side it is unmatched"},
    "claims": {"about": "id of the document it is about", "statement": "what is claimed, in our words", "expected": "the published figure", "measured": "what the rule finds", "rule": "the rule that reproduces it or comes nearest",
               "verdict": "reproduced, nearest, not_reproduced or document_not_loaded: about our rules, never about a person's work", "note": "what a reader should know"},
    "funding": {"stated": "1 where money is stated here; 0 is no statement that there is none", "amount": "the sum as printed", "called_new": "1 where the words call it new"},
    "measures": {"measure": "what is measured", "type": "outcome, proxy, process or output", "scheme": "the scheme by which it is typed"},
    "accuracy": {"task": "what was judged", "label": "the label", "split": "tune (leave one document out), tune by rules alone, or test", "n": "gold items", "precision": "share of ours that is right", "recall": "share of gold that was found",
                 "f1": "their harmonic mean; of a plain accuracy the share that is right", "low": "lower end of the 95 % interval", "high": "upper end"},
    "reviews": {"field": "what was corrected", "machine": "the value the machine gave", "value": "the value a person gave", "coder": "who", "date": "when", "reason": "why", "state": "applied, orphaned or conflict"},
    "headline": {"measure": "what is measured", "n": "number of items", "value": "the figure", "low": "lower end of the interval", "high": "upper end"},
}


def tables(schema: str) -> dict[str, list[str]]:
    """table -> its columns, in the order of the schema."""
    found = {}
    for name, body in re.findall(r"CREATE TABLE (\w+) \((.*?)\)(?: WITHOUT ROWID)?;", schema, re.DOTALL):
        body = re.sub(r"--.*", "", body)
        parts = re.split(r",\s*(?![^()]*\))", body)
        found[name] = [m[1] for p in parts if (m := re.match(r'\s*"?(\w+)"?\s+(?:TEXT|INTEGER|REAL)', p))]
    return found


def reference() -> str:
    """The page as Markdown."""
    lines = ["# Reference", "", "Written by `docs/make_reference.py`; do not edit. The names here are public: rename only with a line in CHANGELOG.md.", "", "## Commands", ""]
    for name, command in sorted(main.commands.items()):
        lines += [f"### policytrack {name}", "", command.help, ""]
        for sub, inner in sorted(getattr(command, "commands", {"": command}).items()):
            lines += [f"- `{sub} {p.opts[0] if isinstance(p, click.Option) else p.make_metavar(click.Context(inner))}`".replace("` ", "`") + f": {getattr(p, 'help', None) or p.name}" for p in inner.params]
        lines.append("")
    described = yaml.safe_load((ROOT / "datasette/metadata.yml").read_text(encoding="utf-8"))["databases"]["policytrack"]["tables"]
    lines += ["## Tables", ""]
    for table, columns in tables((ROOT / "src/policytrack/schema.sql").read_text(encoding="utf-8")).items():
        known = described.get(table, {})
        lines += [f"### {table}", "", known.get("description", ""), ""]
        lines += [f"- `{c}`: {known.get('columns', {}).get(c) or OWN.get(table, {}).get(c) or COMMON.get(c, '')}" for c in columns] + [""]
    return "\n".join(lines)


SHOWN = (("role", "commitment"), ("role", "expectation"), ("category", "all four"), ("category", "concrete or vague"), ("facet", "actor"), ("facet", "deadline"),
         ("recommendation", "found"), ("link-by-id", "all"), ("link-by-text", "all"), ("stance", "all"), ("role-named", "all"), ("role-implied", "all"), ("theme", "all"))


def accuracy() -> str:
    """The README's table: tune and test side by side, F1 or plain accuracy, with n and interval."""
    rows = json.loads((ROOT / "pipelines/accuracy.json").read_text(encoding="utf-8"))["rows"]
    lines = ["| what | label | tune | test |", "|---|---|---|---|"]
    for task, label in SHOWN:
        cells = [next((f"{r['f1']:.2f} ({r['low']:.2f}–{r['high']:.2f}, n {r['n']})" for r in rows if (r["task"], r["label"], r["split"]) == (task, label, split) and r["f1"] is not None), "–") for split in ("tune", "test")]
        if cells != ["–", "–"]:
            lines.append(f"| {task} | {label} | {cells[0]} | {cells[1]} |")
    return "\n".join(lines)


def readme(text: str) -> str:
    """The README with the table of what was last measured."""
    head, _, rest = text.partition("<!-- accuracy: written by docs/make_reference.py -->")
    return f"{head}<!-- accuracy: written by docs/make_reference.py -->\n{accuracy()}\n<!-- end -->{rest.partition('<!-- end -->')[2]}"


ROLE_TASKS = {"role-named": "role, named", "role-implied": "role, implied", "role-nobody": "nobody named", "force": "force", "theme": "theme", "measure": "measure, with its type"}
ROLE_SPLITS = ("tune", "tune, specimen", "tune, library", "invented, rules alone", "invented, held out")
ROLE_MARK = "<!-- roles: written by docs/make_reference.py -->"


def roles() -> str:
    """The table of docs/roles.md: precision and recall with their Wilson intervals, all pages and each set."""
    rows = {(r["task"], r["split"]): r for r in json.loads((ROOT / "pipelines/accuracy.json").read_text(encoding="utf-8"))["rows"] if r["label"] == "all"}
    lines = ["| task | pages | n | precision | recall | F1 |", "|---|---|---|---|---|---|"]
    for task, name in ROLE_TASKS.items():
        for split in ROLE_SPLITS:
            if (r := rows.get((task, split))) and r["recall"] is not None:
                right = round(r["recall"] * r["n"])
                ours = round(right / r["precision"]) if r["precision"] else 0
                lines.append(f"| {name} | {split.removeprefix('tune, ').replace('tune', 'all')} | {r['n']} | {_share(right, ours)} | {_share(right, r['n'])} | {r['f1']:.2f} |")
    return "\n".join(lines)


def _share(right: int, of: int) -> str:
    if not of:
        return "–"
    interval = binomtest(right, of).proportion_ci(method="wilson")
    return f"{right / of:.2f} ({interval.low:.2f}–{interval.high:.2f})"


def with_roles(text: str) -> str:
    """docs/roles.md with what was last measured."""
    head, _, rest = text.partition(ROLE_MARK)
    return f"{head}{ROLE_MARK}\n{roles()}\n<!-- end -->{rest.partition('<!-- end -->')[2]}"


ANSWER_MARKS = {"accuracy": "<!-- answers: written by docs/make_reference.py -->", "confusion": "<!-- confusion: written by docs/make_reference.py -->",
                "confidence": "<!-- confidence: written by docs/make_reference.py -->"}


def with_answers(text: str) -> str:
    """docs/responses.md with what was last measured: accuracy, the confusion of the tune pairs, and how sure each method is."""
    held = json.loads((ROOT / "pipelines/accuracy.json").read_text(encoding="utf-8"))
    sure = tomllib.loads((ROOT / "pipelines/confidence.toml").read_text(encoding="utf-8"))["method"]
    tables = {"accuracy": measure_stances.table(r for r in held["rows"] if r["task"].startswith(measure_stances.TASKS)), "confusion": measure_stances.crossed(held.get("confusion", [])),
              "confidence": "\n".join(["| method | n | right | confidence |", "|---|---:|---:|---:|", *(f"| {r['name']} | {r['n']} | {r['right']} | {r['confidence']:.2f} |" for r in sure)])}
    for name, mark in ANSWER_MARKS.items():
        head, _, rest = text.partition(mark)
        text = f"{head}{mark}\n{tables[name]}\n<!-- end -->{rest.partition('<!-- end -->')[2]}"
    return text


if __name__ == "__main__":
    for name, written in (("README.md", readme), ("docs/roles.md", with_roles), ("docs/responses.md", with_answers)):
        (ROOT / name).write_text(written((ROOT / name).read_text(encoding="utf-8")), encoding="utf-8")
    (ROOT / "docs/reference.md").write_text(reference(), encoding="utf-8")
    print("docs/reference.md", file=sys.stderr)
