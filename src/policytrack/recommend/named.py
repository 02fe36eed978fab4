"""Recommendations that are named: "Recommendation 4: …", in boxes, headings and running text."""

from __future__ import annotations

import re
from dataclasses import replace

from policytrack import numbers
from policytrack.model import Passage
from policytrack.recommend.reader import Item, Reader, closes, goes_on, heads, shown
from policytrack.recommend.words import asks, praises

LONGEST = 420                 # words of one recommendation with its items; longer ones have run into the discussion


def find(reader: Reader) -> list[Item]:
    """Each passage that begins with the name and id of one recommendation or conclusion, with what belongs to it."""
    made: list[Item] = []
    for n, passage in enumerate(reader.passages):
        keys, rest, conclusion = heads(passage, reader.rules)
        if len(keys) != 1:
            continue
        title, parts, used = _body(reader, n, rest)
        text = " ".join(parts) or title
        ask = asks(text, reader.rules) if conclusion else bool(text) and not praises(text, reader.rules)
        made.append(Item(keys[0], text, passage.page, passage.section, ask, used, title))
        made += [] if conclusion else _parts(reader, keys[0], used, passage)
    known = {item.key for item in made}
    return [replace(item, key=numbers.lettered((item.key,), known)[0]) for item in made if item.text]


def _body(reader: Reader, n: int, rest: str) -> tuple[str, list[str], tuple[str, ...]]:
    """(title, the words in order, ids of their passages) of the named recommendation that begins at passage n."""
    passage = reader.passages[n]
    cells = [c for c in passage.cells[1:] if c.strip()] if len(passage.cells) > 1 else []
    words = " ".join(cells[:1]) if cells and not rest.strip() else rest
    title = "" if asks(words, reader.rules) or len(words.split()) > 14 or words.rstrip().endswith((".", ":", ";")) else words
    parts, used = ([] if title or not words else [words]), [passage.id]
    for follower in reader.passages[n + 1:n + 16]:
        if closes(reader, follower) or sum(len(p.split()) for p in parts) > LONGEST:
            break
        if parts and not goes_on(parts[-1], follower, reader.rules):
            break
        parts.append(shown(follower))
        used.append(follower.id)
    return title, parts, tuple(used)


def _parts(reader: Reader, key: str, used: tuple[str, ...], head: Passage) -> list[Item]:
    """The parts of a recommendation by letters, by small Roman numerals, or by these under a letter; none unless they begin with (a) or (i) and are two or more."""
    inside = [p for p in reader.passages if p.id in used and p.id != head.id]
    marked = [(p, mark) for p in inside if (mark := _mark(key, p.number))]
    made: list[Item] = []
    letter, last = "", ""                 # the letter that is open, and the numeral counted last under it
    for passage, mark in marked:
        if numbers.parent(numbers.parent(mark)) == key:       # "2a) (i)" is printed in full
            letter, last, own = numbers.parent(mark)[-2], numbers.part(mark), mark
        elif mark == _after(letter) and (mark != numbers.following(last) or letter == "h"):
            letter, last, own = mark, "", f"{key}({mark})"
        elif mark == numbers.following(last):
            last, own = mark, f"{key}({letter})({mark})" if letter else f"{key}({mark})"
        else:
            continue
        made.append(Item(own, passage.text, passage.page, passage.section, True, (passage.id,)))
    return [_with_its_parts(item, made) for item in made] if len(made) > 1 else []


def _mark(key: str, number: str) -> str:
    """The mark of a part, "a" or "iv", however it is printed beside the id of the whole; the id in full where both letter and numeral are printed."""
    found = re.fullmatch(rf"\(?(?:{re.escape(key)} ?)?\(?([a-z]{{1,5}})[).]*", number.casefold())
    return found[1] if found else own if numbers.parent(numbers.parent(own := numbers.normal(number))) == key else ""


def _after(letter: str) -> str:
    return chr(ord(letter) + 1) if letter else "a"


def _with_its_parts(item: Item, items: list[Item]) -> Item:
    """A part that only leads in, "Those plans should:", with the words of its own parts."""
    own = [other for other in items if numbers.parent(other.key) == item.key]
    return replace(item, text=" ".join([item.text, *(other.text for other in own)]), passages=(*item.passages, *(id for other in own for id in other.passages))) if own else item
