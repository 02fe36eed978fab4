"""Turn gold that quotes whole sentences into this project's gold: anchors of at most five words, and facts in an order of our own.

    python corpus/convert_gold.py --gold DIR --documents DIR [--corpus DIR]

`--gold` holds statements.jsonl, stances.jsonl and pages.json; `--documents` any tree with the files that
they label, found by sha256. Rows of the test split are converted and checked like the others, and never shown.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pypdfium2

from policytrack import corpus

TEST = ("infected-blood-response-2024-cp1224", "rapid-review-response-2024")


def main() -> None:
    """Write gold.toml beside each labelled document's manifest, and say what share of anchors finds its quote."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    given = parser.parse_args()
    statements, stances = (_rows(given.gold / name) for name in ("statements.jsonl", "stances.jsonl"))
    pages = json.loads((given.gold / "pages.json").read_text(encoding="utf-8"))
    files = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in given.documents.rglob("*") if path.is_file()}
    outcomes: Counter[str] = Counter()
    for document in corpus.read(given.corpus):
        own = [row for row in statements if row["document"] == document.id]
        answers = [row for row in stances if row["response"] == document.id]
        if not own and not answers:
            continue
        split = "test" if document.id in TEST else "tune"
        text = page_texts(files[document.sha256]) if document.sha256 in files else []
        converted, found = zip(*(statement(row, text) for row in own)) if own else ((), ())
        outcomes.update(f"{split}: {outcome}" for outcome in found)
        table = header(split, document.id, pages) + "".join(converted) + "".join(map(stance, answers))
        (document.folder / corpus.GOLD).write_text(table, encoding="utf-8")
        corpus.gold(document)            # refuses what it would refuse from a person
        if split == "tune":
            print(f"{document.id}: {len(own)} statements, {len(answers)} stances, {dict(Counter(found))}")
    print(dict(outcomes))


def page_texts(path: Path) -> list[str]:
    """The text layer of every page, as the PDF holds it."""
    if path.suffix != ".pdf":
        return []
    with pypdfium2.PdfDocument(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def header(split: str, document: str, pages: dict) -> str:
    """The head of a gold file: its split and its labelled pages, those read twice apart."""
    double, single = (pages[kind].get(document, []) for kind in ("double", "single"))
    lines = [f'split = "{split}"', f"pages = {sorted(set(double) | set(single))}"]
    return "\n".join(lines + ([f"double_pages = {sorted(double)}"] if double else [])) + "\n"


def statement(row: dict, text: list[str]) -> tuple[str, str]:
    """One `[[statement]]` table, and what became of its anchors: exact, nth, wider, narrower, lost or unchecked."""
    words, outcome = placed(row["quote"], "\n".join(text[row["page"] - 1:row["page"] + 1]))
    lines = [*anchored(words)]
    if words.nth > 1:
        lines.append(f"nth = {words.nth}")
    if row.get("act"):
        act = short(row["act"])
        lines += [f"act_from = {quoted(act.first)}", f"act_to = {quoted(act.last)}"]
    lines.append(f"page = {row['page']}")
    lines += [f"disputed = {quoted(row['disputed'])}"] if row.get("disputed") else []
    lines += [f"{facet} = {facet_value(row[facet])}" for facet in reversed(corpus.FACETS) if row.get(facet)]
    lines += ["optional = true"] if row.get("optional") else []
    lines += [f"{key} = {quoted(row[key])}" for key in ("category", "role") if row.get(key)]
    return "\n".join(["\n[[statement]]", *lines]) + "\n", outcome


def stance(row: dict) -> str:
    """One `[[stance]]` table of a response's gold."""
    lines = anchored(short(row["resp_quote"])) if row.get("resp_quote") else []
    lines += [f"page = {row['resp_pages'][0]}"] if row.get("resp_pages") else []
    lines += [f"answers_with = {quoted(row['answers_with'])}"] if row.get("answers_with") else []
    lines += ["official = true"] if row.get("official") else []
    lines += [f"explicit = {quoted(bool(row.get('explicit')))}", f"responder = {quoted(row['responder'].casefold().replace(' ', '-'))}",
              f"recommendation = {quoted(row['report'] + '#' + row['rec_id'])}", f"stance = {quoted(row['stance'])}"]
    return "\n".join(["\n[[stance]]", *lines]) + "\n"


def short(quote: str, words: int = corpus.ANCHOR_WORDS) -> corpus.Anchor:
    """The first and last words of a quote; the whole of it twice where it is no longer than that.

    Short quotes and addresses give fewer words, so that the two together never spell out ten in a row.
    """
    parts, most = quote.split(), 9
    if len(re.findall(r"\w+", quote)) <= 2 * corpus.ANCHOR_WORDS + 1 and len(parts) > words:
        words = most = min(words, corpus.ANCHOR_WORDS - 1)
    return corpus.Anchor(" ".join(_few(parts[:words], most)), " ".join(_few(parts[:-words - 1:-1], most)[::-1]))


def _few(parts: list[str], most: int) -> list[str]:
    """The first of some words, as many as hold no more than `most` runs of letters: an address counts for several."""
    while len(parts) > 1 and len(re.findall(r"\w+", " ".join(parts))) > most:
        parts = parts[:-1]
    return parts


def placed(quote: str, text: str) -> tuple[corpus.Anchor, str]:
    """An anchor that finds exactly the quote in the text, where one does: other places and shorter anchors are tried."""
    if not text:
        return short(quote), "unchecked"
    anchor = short(quote)
    outcome = "lost"
    for words in (5, 4, 3):
        for nth in (1, 2, 3, 4):
            tried = corpus.Anchor(short(quote, words).first, short(quote, words).last, nth)
            span = corpus.resolve(text, tried)
            if span and letters(text[slice(*span)]) == letters(quote):
                return tried, "exact" if (words, nth) == (5, 1) else "nth" if words == 5 else "shorter"
            if span and (words, nth) == (5, 1):
                outcome = "wider" if span[1] - span[0] > len(quote) else "narrower"
    return anchor, outcome


def letters(text: str) -> str:
    """What two copies of the same words share, however they are set."""
    return corpus._letters(text, str.isalpha)[0]


def anchored(anchor: corpus.Anchor) -> list[str]:
    """The two lines of an anchor."""
    return [f"from = {quoted(anchor.first)}", f"to = {quoted(anchor.last)}"]


def facet_value(words: str) -> str:
    """A facet as TOML: its words where they are few, else their first and last."""
    anchor = short(words)
    if anchor.first == anchor.last:
        return quoted(anchor.first)
    return f"{{from = {quoted(anchor.first)}, to = {quoted(anchor.last)}}}"


def quoted(value: object) -> str:
    """A text, truth value or list of texts as TOML."""
    return json.dumps(value, ensure_ascii=False)


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
