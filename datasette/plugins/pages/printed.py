"""What of a role's page two sheets of A4 hold: what stands above the lists, then the hardest forces first, as far as there is room."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from policytrack.falls import day

# Points, as the print part of site.css has them; its fonts for paper have the same widths on every machine.
COLUMN, WIDTH, GAP = 750.0, 250.0, 20.0  # a column of a whole sheet (the margins leave 762), and what lies between two
TITLE, HEADING, AROUND = 66.0, 21.0, 13.5
NARROW, BROAD = frozenset("fijlrt.,;:’'“”!|()[]/-I "), frozenset("mwMW@—%…")
SERIF = (9.0, 11.7, 0.30, 0.475, 0.67, 0.80)      # size, height of a line, and widths to the size: narrow letters, others, capitals, broad letters
SANS = (7.5, 10.2, 0.28, 0.54, 0.68, 0.85)
HEAD = (9.0, 12.2, *SANS[2:])


def choose(page: dict, documents: dict) -> None:
    """Marks each entry of a role's page as printed or not; each group says how many are. No entry is broken, and order is kept."""
    columns = [COLUMN - TITLE - sum(_tall(text, HEAD, 2 * WIDTH + GAP) + 3 for text in _above(page))] * 2 + [COLUMN] * 2
    for group in page["groups"]:
        group["printed"] = 0
        for line in group["lines"]:
            tall = _entry(line, documents[line["entry"].document]) + HEADING * (not group["printed"]) if columns else 0
            below = _below(columns, tall)
            line["printed"] = bool(below)
            group["printed"] += line["printed"]
            if below or tall < COLUMN / 2:           # a very long one is left out alone, any other ends the print
                columns = below


def _below(columns: Sequence[float], tall: float) -> list[float]:
    """What room is left after an entry; none at all once an entry has found none."""
    fitting = next((n for n, room in enumerate(columns) if room >= tall), len(columns))
    return [columns[fitting] - tall, *columns[fitting + 1:]] if fitting < len(columns) else []


def _above(page: dict) -> list[str]:
    """Words about as long as those of the template above the lists."""
    kinds = sum(len(group["kinds"]) for group in page["groups"])
    notice = 110 + 30 * len(page["groups"])
    lengths = [len(page["counts"]) + len(page["force"]) + 150, 48 * len(page["groups"]) + 20 * kinds, 220 * bool(page["money"]),
               (140 + len(page["nobody"]["measured"])) * bool(page["money"]), 125 + len(page["measured"]), notice]
    return [page["role"]["description"], *("letters " * (length // 8 + 1) for length in lengths if length)]


def _entry(line: dict, document) -> float:
    """The height of an entry: its words, its source and date, its acts, its reasons, and the room around them."""
    entry, row, via = line["entry"], line["row"], document["quoted_via"]
    source = [row.get("category"), document["title"], document["set_name"] == "specimen" and "specimen", day(document["published"]), document["pages"] > 1 and "PDF page 100", via and f"as summarised by {via}", line["deadline"],
              line["due"] and "Date passed on 30 September 2000; no evidence of delivery is held here", row.get("band") and f"machine, {row['band']}"]
    acts = "; ".join(f"“{act}”" for act in entry.acts)
    why = "; ".join(f"Implied by “{hit['words']}”: {hit['reason']}" for hit in entry.hits) + " letters" * 16 * bool(line["gone"])
    small = [", ".join(filter(None, source)), acts and f"One of several acts in these words: {acts}", why]
    return _tall(f"{row.get('lead_in') or ''} {entry.words}", SERIF) + sum(_tall(text, SANS) + 2 for text in small if text) + AROUND


def _tall(text: str, face: Sequence[float], width: float = WIDTH) -> float:
    """The height of a text: its words put in lines as a browser does."""
    size, high, narrow, other, capital, broad = face
    lines, room = 0, 0.0
    for word in text.split():
        long = size * sum(narrow if c in NARROW else broad if c in BROAD else capital if c.isupper() else other for c in word)
        if long > room:
            lines, room = lines + max(1, ceil(long / width)), width
        room -= long + size * narrow
    return lines * high
