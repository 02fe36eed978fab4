"""Passages -> Recommendations: what a report asks for, in every layout in which reports print it.

Four ways of printing are read (named boxes and headings, numbered lists under words that lead in, chapters of
conclusions, lists without numbers); the surest one that a document uses decides, the others only add places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from policytrack import numbers
from policytrack.model import Passage, Recommendation, Statement, identity
from policytrack.recommend import chapters, lists, named, prose, tables
from policytrack.recommend.reader import BEHIND, Item, Reader, heads
from policytrack.recommend.tables import column
from policytrack.recommend.words import SAME, SENTENCE, Rules, addressee, alike, asks, hit, load, readable

__all__ = ["SAME", "SENTENCE", "Rules", "addressee", "alike", "asks", "column", "heads", "hit", "load", "readable", "recommendations"]

MOSTLY = 0.6                  # share of the items of a list that must have a paragraph in brackets behind them, or a sentence in the body for each headline
_LETTERED = re.compile(r"(?:^|(?<=[;,.:] )|(?<=\band )|(?<=\bor ))\(([a-h])\)\s+")
_COUNTS = re.compile(r"[CR]?\d|[A-Z]$|\(?[a-z]+\)")             # ids that count through the whole report; "D1" counts within a theme


def recommendations(document: str, passages: Iterable[Passage], rules: Rules, statements: Callable[[], Iterable[Statement]] = tuple) -> tuple[Recommendation, ...]:
    """Every recommendation and numbered conclusion of a report, each with all its places, in the order of its fullest printing.

    Where no printing is found, advice stands in running prose: then the `statements` of the report that were read as recommendations are asked for.
    """
    reader = Reader(readable(passages), rules)
    by_name, led, by_chapter, rows, under, themed = named.find(reader), lists.led(reader), chapters.find(reader), tables.find(reader), lists.under(reader), lists.themed(reader)
    running = not (by_name or led or by_chapter or rows or under or themed)
    bare = prose.find(reader, running)
    bare = prose.with_statements(reader, bare, statements()) if running else bare
    bulleted, counted = lists.bulleted(reader), lists.counted(reader)
    bare = counted if len({i.passages[0] for i in bare} & {i.passages[0] for i in counted}) >= len(bare) * 0.5 and len(counted) >= 4 else bare
    chosen = under if len(under) >= 3 and len(under) > len({item.key for item in by_name}) else _chosen(by_name, led, by_chapter, bulleted if len(bulleted) >= 3 else bare)
    chosen = rows if len(rows) > max(1, len({item.key for item in chosen})) else chosen
    chosen = themed if len(themed) > len({item.key or item.text for item in chosen}) else chosen
    chosen = _fuller(reader, _placed(chosen))
    chosen = [part for item in chosen for part in _inside(item, {i.key for i in chosen})] if chosen is not under else chosen
    merged = _merged(chosen, [item for items in (by_name, led, by_chapter, bare, rows, under, themed) if items is not chosen for item in items])
    return tuple(_recommendation(document, group, rules) for group in merged)


def _chosen(by_name: list[Item], led: list[Item], by_chapter: list[Item], bare: list[Item]) -> list[Item]:
    """The printing that decides: named ones before lists that are led in, before chapters, before loose sentences."""
    def chain(items: list[Item]) -> int:
        keys = {item.key for item in items if item.key}
        return sum(1 for n in range(1, len(keys) + 1) if {str(n), f"C{n}", chr(64 + n)} & keys or any(k.startswith(f"{n}(") for k in keys))

    wholes = {item.key for item in by_name if item.key and not re.match(r"C\d", item.key)}
    if len(wholes) >= 2 and (chain(by_name) >= 2 or len(wholes) >= 4) and len(wholes) >= chain(led) / 2 or wholes and not (led or by_chapter):
        return by_name
    if chain(led) >= 3 and chain(led) > chain(by_chapter) and chain(led) >= len({i.key for i in by_chapter}) * 0.5:
        return led
    return by_chapter if len(by_chapter) >= 2 or not bare else bare


def _fuller(reader: Reader, chosen: list[Item]) -> list[Item]:
    """What the body asks in whole sentences, where the list in front holds nothing but headlines ("A national card") and the body asks nearly as often."""
    if any(item.key or asks(item.text, reader.rules) or item.text.rstrip()[-1:] in ".;" for item in chosen):
        return chosen
    sentences = prose.find(reader, True)
    return sentences if len(sentences) >= max(3, MOSTLY * len(chosen)) else chosen


def _placed(items: list[Item]) -> list[Item]:
    """Items of a list without numbers by the paragraphs that stand in brackets behind them ("… (1.3)"), where most have one and no two the same."""
    found = [BEHIND.search(item.text) for item in items]
    places = [m["place"] for m in found if m]
    if any(item.key for item in items) or len(places) < max(3, MOSTLY * len(items)) or len(set(places)) < len(places):
        return items
    return [replace(item, key=m["place"], text=item.text[:m.start()]) if m else item for item, m in zip(items, found, strict=True)]


def _inside(item: Item, known: set[str]) -> list[Item]:
    """The lettered parts of a recommendation whose words begin with "(a)" and go on to "(b)"; else the item itself."""
    whole, text = (numbers.parent(item.key), f"(a) {item.text}") if item.key.endswith("(a)") else (item.key, item.text)
    pieces = _LETTERED.split(text)[1:] if text.startswith("(a)") and f"{whole}(b)" not in known else []
    letters = pieces[0::2]
    if len(letters) < 2 or letters != [chr(97 + n) for n in range(len(letters))]:
        return [item]
    return [replace(item, key=f"{whole}({letter})" if whole else "", text=re.sub(r"[;,]?\s*(?:and|or)?\s*$", "", words)) for letter, words in zip(letters, pieces[1::2], strict=True)]


def _merged(items: Sequence[Item], others: Sequence[Item]) -> list[list[Item]]:
    """Items by recommendation, the fullest printing first; `others` only add places."""
    groups: list[list[Item]] = []
    for item in items:
        home = next((g for g in groups if _same(g[0], item)), None)
        groups.append([item]) if home is None else home.append(item)
    groups = [sorted(group, key=lambda i: (-len(i.text), i.page)) for group in groups]
    for item in others:
        if any(item.passages[0] in i.passages for g in groups for i in g):
            continue
        near = [g for g in groups if alike(g[0].text, item.text) >= (SAME if not item.key or item.key != g[0].key else 60)]
        if len(near) == 1:
            near[0].append(item)
    return sorted(groups, key=lambda g: _order(g[0].key)) if all(_COUNTS.match(g[0].key) for g in groups) else groups


def _order(key: str) -> tuple:
    """Ids as a reader counts them: 8.9 before 8.10, conclusions after recommendations, parts after their whole."""
    return (bool(re.match(r"C\d", key)), [int(part) if part.isdigit() else 0 for part in re.findall(r"\d+", key)], numbers.ranks(key))


def _same(one: Item, other: Item) -> bool:
    if one.key and one.key == other.key:
        return True
    return (not one.key or not other.key) and alike(one.text, other.text) >= SAME


def _recommendation(document: str, group: Sequence[Item], rules: Rules) -> Recommendation:
    first = group[0]
    places = tuple(sorted({(item.page, " ".join(item.text.split()[:40])) for item in group}))
    return Recommendation(id=identity("r", document, first.key, first.text), document=document, number=first.key, page=first.page, text=first.text,
                          ask=any(item.ask for item in group), addressee=addressee(first.text, rules) or addressee(first.lead[-200:], rules),
                          places=places, section=first.section, passages=tuple(id.partition("+")[0] for id in first.passages))
