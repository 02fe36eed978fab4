"""Recommendations in chapters of conclusions and recommendations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policytrack import numbers
from policytrack.model import Passage
from policytrack.recommend.reader import LETTER, Item, Reader, heads, is_led, numbered
from policytrack.recommend.words import asks, hit


def find(reader: Reader) -> list[Item]:
    """The numbered items, or else the items that ask, under a heading of recommendations; of nested headings the innermost that holds any."""
    best: list[Item] = []
    for start, stop in sorted(_regions(reader), key=lambda r: r[1] - r[0]):
        items = _in_region(reader, start, stop)
        known = {i.passages[0] for i in best}
        if items and best and items[0].key and not best[0].key:
            best = items          # a numbered list says more than the loose asks of a summary
        elif items and (not best or not any(i.passages[0] in known for i in items) and (best[0].key == "") == (items[0].key == "")):
            best = best + items
    order = {p.id: n for n, p in enumerate(reader.passages)}
    return sorted(best, key=lambda item: order[item.passages[0]])


def _regions(reader: Reader) -> list[tuple[int, int]]:
    found = []
    for n, passage in enumerate(reader.passages):
        if passage.kind == "heading" and len(passage.text.split()) <= 16 and hit(reader.rules.section, passage.text) and not heads(passage, reader.rules)[0]:
            found.append((n + 1, _region_end(reader, n, passage)))
    return [(a, b) for a, b in found if b > a]


def _region_end(reader: Reader, n: int, head: Passage) -> int:
    chapter = bool(re.match(r"(?i)chapter|part\b", head.number or head.text))
    following = reader.passages[n + 1] if n + 1 < len(reader.passages) else head
    # "The Recommendations", printed as large as "1. Compensation" right under it, is the heading of all that are numbered so
    over = not head.number and following.kind == "heading" and following.level == head.level and bool(re.match(r"\d", following.number))
    for m in range(n + 1, len(reader.passages)):
        passage = reader.passages[m]
        if passage.kind != "heading":
            continue
        back = hit(reader.rules.ender, passage.text)
        if passage.level >= head.level and hit(reader.rules.addressed, passage.text):
            continue                  # "For councils": the same list goes on
        another = bool(re.match(r"(?i)chapter|part|annex|appendix", passage.number or passage.text))
        fellow = bool(head.number) == bool(passage.number) or not head.number and not over
        if passage.level < head.level or passage.level == head.level and (back or another or not chapter and fellow and m > n + 1):
            return m
    return len(reader.passages)


def _in_region(reader: Reader, start: int, stop: int) -> list[Item]:
    """The items of one region: by their numbers where most paragraphs have one, else whatever asks."""
    inside = reader.passages[start:stop]
    sure = not re.search(r"(?i)conclusion|finding|summary", reader.passages[start - 1].text)
    prose = [p for p in inside if p.kind in ("paragraph", "box", "item")]
    tops = [p for p in prose if p.number and re.match(r"\[?\(?[A-Z]?\d", p.number)]
    if len(tops) >= 2:
        telling = sum(1 for p in tops if asks(p.text, reader.rules) or hit(reader.rules.reference, p.text))
        if telling < 0.4 * len(tops) or len(tops) < 0.12 * len(prose):
            return []
        return [replace(item, ask=item.ask or sure) for item in _numbered_region(reader, start, stop)]
    lettered = [p for p in prose if p.number]
    numbered_heads = [p for p in inside if p.kind == "heading" and re.match(r"\d", p.number)]
    if len(numbered_heads) >= 2 and len(lettered) >= 0.5 * len(prose):
        return _numbered_region(reader, start, stop)
    loose = [n for n in range(start, stop) if reader.passages[n].kind in ("paragraph", "box", "item") and not reader.passages[n].number]
    asking = [n for n in loose if asks(reader.passages[n].text, reader.rules) or is_led(reader, n, reader.passages[n])]
    if len(asking) < 0.4 * len(loose) or not asking:
        return []
    return [numbered(reader, n, "") for n in asking if not reader.passages[n].text.rstrip().endswith(":")]


def _numbered_region(reader: Reader, start: int, stop: int) -> list[Item]:
    """Items with composite ids: the number of the heading or paragraph above, then letters, then Roman numerals."""
    made, top, letter = [], "", ""
    deep = _has_depth(reader.passages[start:stop])
    for n in range(start, stop):
        passage = reader.passages[n]
        mark = passage.number
        if passage.kind == "heading":
            if re.fullmatch(r"\d{1,3}\.?", mark):
                top, letter = numbers.normal(mark), ""
                made += [numbered(reader, n, top)] if len(passage.text.split()) > 14 and asks(passage.text, reader.rules) else []
            continue
        if re.match(r"\[?\(?[A-Z]?\d", mark):
            top, letter = numbers.normal(mark), ""
            title = deep and len(passage.text.split()) < 14 and not asks(passage.text, reader.rules)
            made += [] if title else [numbered(reader, n, top, asks(numbered(reader, n, top).text, reader.rules))]
        elif deep and top and mark:
            key, letter = _composite(top, letter, mark, passage.level)
            own = numbered(reader, n, key)
            nested = passage.text.rstrip().endswith(":") and any(p.level > passage.level for p in reader.passages[n + 1:n + 2])
            if len(passage.text.split()) > 6 and not nested or asks(passage.text, reader.rules):
                made.append(replace(own, text=passage.text if not nested else own.text))
        elif deep and top and not mark and not letter and passage.kind == "paragraph" and asks(passage.text, reader.rules):
            made.append(numbered(reader, n, top))
    return made


def _has_depth(passages: Sequence[Passage]) -> bool:
    """Whether letters stand under numbered headings, so that an id is made of both."""
    heads = [p for p in passages if p.kind == "heading" and re.fullmatch(r"\d{1,3}\.?", p.number)]
    return len(heads) >= 2 and sum(1 for p in passages if LETTER.fullmatch(p.number)) >= len(heads)


def _composite(top: str, letter: str, mark: str, level: int) -> tuple[str, str]:
    """(the id, the letter now open) of a marker under a number; "(i)" is a letter only after "(h)" at the first level."""
    plain = re.sub(r"[^a-z]", "", mark.casefold())
    as_roman = numbers.roman(mark) and letter and not (len(plain) == 1 and ord(plain) == ord(letter) + 1 and level <= 1)
    return (f"{top}({letter})({plain})", letter) if as_roman else (f"{top}({plain})", plain)
