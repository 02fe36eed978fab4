"""Recommendations in lists: numbered ones under words that lead in, under bare labels, under themes, with bullets, counted among the discussion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policytrack import numbers
from policytrack.model import Passage
from policytrack.recommend.reader import INTEGER, STOP, Item, Reader, is_led, numbered
from policytrack.recommend.words import SENTENCE, asks, hit

THEMED = 3                    # passages under labels of a theme and a count, from which on these are its recommendations
_PART = re.compile(r"\s*\(?(?P<letter>[a-z])\)\s+")


def themed(reader: Reader) -> list[Item]:
    """Passages that begin with a theme and its count ("Workforce 3", "MoJ 1"), where each theme counts on from 1 and three are so printed."""
    labelled = [(n, found) for n, p in enumerate(reader.passages) if p.kind not in ("heading", "table") and not p.number and (found := next((m for cue in reader.rules.theme if (m := cue.pattern.match(p.text))), None))]
    counts: dict[str, list[int]] = {}
    for _, found in labelled:
        counts.setdefault(found["theme"], []).append(int(found["count"]))
    counted = {theme for theme, numbered in counts.items() if sorted(set(numbered)) == list(range(1, max(numbered) + 1))}
    made = [_themed_item(reader, n, found) for n, found in labelled if found["theme"] in counted]
    return made if len(made) >= THEMED else []


def _themed_item(reader: Reader, n: int, found: re.Match) -> Item:
    item = numbered(reader, n, f"{found['theme']} {found['count']}{(found['part'] or '').strip()}")
    return replace(item, text=STOP.sub("", item.text[found.end():]))


def led(reader: Reader) -> list[Item]:
    """The longest run of whole numbers, or of small Roman ones, of which at least a quarter stand under words that lead in."""
    plain = [(n, p) for n, p in enumerate(reader.passages) if p.kind != "heading" and INTEGER.fullmatch(p.number)]
    roman = [(n, p) for n, p in enumerate(reader.passages) if p.kind == "item" and p.number.startswith("(") and numbers.position(p.number)]
    return max((_longest(reader, found) for found in (plain, roman)), key=len)


def _longest(reader: Reader, marked: Sequence[tuple[int, Passage]]) -> list[Item]:
    candidates = [(n, numbers.position(p.number), is_led(reader, n, p)) for n, p in marked]
    starts = [at for at, (_, number, lead) in enumerate(candidates) if number == 1 and lead]
    runs = [_run(candidates[at:]) for at in starts]
    sure = [run for run in runs if len(run) >= 3 and sum(lead for _, _, lead in run) >= len(run) / 4]
    best = max(sure, key=lambda run: (len(run), sum(lead for _, _, lead in run)), default=[])
    return [numbered(reader, n, str(number), lead or asks(reader.passages[n].text, reader.rules)) for n, number, lead in best]


def _run(candidates: Sequence[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """The first of the candidates and whichever count on from it."""
    run: list[tuple[int, int, bool]] = []
    for candidate in candidates:
        if candidate[1] == len(run) + 1:
            run.append(candidate)
    return run


def under(reader: Reader) -> list[Item]:
    """What a bare label says, each under the number of the conclusion above it, or under numbers of its own."""
    made: list[Item] = []
    above = ""
    for n, passage in enumerate(reader.passages):
        label = next((found for cue in reader.rules.unnamed if (found := cue.pattern.match(passage.text))), None)
        if label is None:
            above = numbers.normal(passage.number) if INTEGER.fullmatch(passage.number) else above
        elif parts := _own_numbers(reader, n + 1, above):
            made += parts
            above = ""
        elif passage.text[label.end():].strip():
            item = numbered(reader, n, above)
            made.append(replace(item, text=STOP.sub("", item.text[label.end():])))
            above = ""
    return made


def _own_numbers(reader: Reader, start: int, above: str) -> list[Item]:
    """The items from a place on that have a letter each, with a number ("5a.") or under the number above ("a)")."""
    made = []
    for n in range(start, len(reader.passages)):
        passage = reader.passages[n]
        letter = _PART.match(f"{passage.number} " if passage.number else passage.text) if passage.kind == "item" else None
        key = f"{above}({letter['letter']})" if letter and above else numbers.normal(passage.number)
        if passage.kind == "heading" or not numbers.parent(key):
            break
        item = numbered(reader, n, key)
        made.append(replace(item, text=item.text[letter.end():]) if letter and not passage.number else item)
    return made


def bulleted(reader: Reader) -> list[Item]:
    """Each item without a number under words that recommend."""
    leads = [cue for cue in reader.rules.lead if cue.id in ("recommend", "urge")]
    return [replace(numbered(reader, n, ""), text=passage.text, passages=(passage.id,)) for n, passage in enumerate(reader.passages)
            if passage.kind == "item" and not passage.number and hit(leads, passage.lead_in[-160:])]


def counted(reader: Reader) -> list[Item]:
    """Of paragraphs that are counted through the whole report those whose every sentence asks: advice among the discussion."""
    run: list[int] = []
    for n, passage in enumerate(reader.passages):
        whole = INTEGER.fullmatch(passage.number) and int(re.sub(r"\D", "", passage.number)) == len(run) + 1
        if passage.kind == "paragraph" and (whole or re.fullmatch(r"\d{1,2}\.\d{1,3}\.?", passage.number)):
            run.append(n)
    found = [n for n in run if all(asks(part, reader.rules) for part in SENTENCE.split(reader.passages[n].text))]
    return [replace(numbered(reader, n, numbers.normal(reader.passages[n].number)), ask=True) for n in found] if len(found) < 0.7 * len(run) else []
