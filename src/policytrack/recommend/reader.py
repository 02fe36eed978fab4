"""The passages of one report, and what is read at one of them: a head, a numbered item with what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from policytrack import numbers
from policytrack.model import Passage
from policytrack.recommend.words import Rules, asks, hit

INTEGER = re.compile(r"\d{1,3}[.)]?|\[\d{1,3}\]|\(\d{1,3}\)")
LETTER = re.compile(r"\(?[a-z]\)|[a-z]\.")
BEHIND = re.compile(r"(?i)\s*[(\[](?:paragraph |para\.? )?(?P<place>\d{1,3}(?:\.\d{1,3})?)[)\]]\.?$")
_OWN_PART = re.compile(r"\d{1,3}\s?\(?[a-z][.)]?(?:\s*\(?[ivx]{1,5}[.)]?)?")
STOP = re.compile(r"^[\s:.–—-]+")


@dataclass(frozen=True, slots=True)
class Item:
    """One printing of one recommendation: `key` is its id in the common form, "" where it has none."""

    key: str
    text: str
    page: int
    section: str
    ask: bool
    passages: tuple[str, ...] = ()       # their ids
    title: str = ""
    lead: str = ""                       # the words that lead into it


@dataclass(slots=True)
class Reader:
    """The passages of one document with the rules they are read by."""

    passages: Sequence[Passage]
    rules: Rules


def heads(passage: Passage, rules: Rules) -> tuple[tuple[str, ...], str, bool]:
    """(ids, the words after them, whether it is a conclusion) where a passage begins with "Recommendation 4"; no ids elsewhere."""
    text = passage.text.strip()
    labelled = f"{passage.number} {text}" if passage.number[:1].isalpha() and len(passage.number) > 3 else ""
    return _headed(text, passage, rules) or _headed(labelled, passage, rules) or ((), "", False)


def _headed(joined: str, passage: Passage, rules: Rules) -> tuple[tuple[str, ...], str, bool] | None:
    for cue in rules.name:
        found = next(iter(cue.find(joined)), None)
        if found is None or found.start:
            continue
        named = cue.pattern.match(joined).groupdict().get("ordinal")
        keys, length = ((str(numbers.ordinal(named)),), 0) if named else numbers.listed(joined[found.end:])
        rest = joined[found.end + length:]
        if keys and _begins(rest, passage):
            prefix = "C" if found.value == "conclusion" else ""
            return tuple(prefix + key for key in keys), STOP.sub("", rest).strip(), bool(prefix)
    return None


def _begins(rest: str, passage: Passage) -> bool:
    """Whether the words after an id let it stand as a label: nothing, a colon or dash, a title; not "4 was accepted"."""
    return not rest.strip() or bool(re.match(r"[)\].]?\s*(?:[:.–—|\t(-]|$)|\s+[“‘\"A-Z(]", rest)) or (passage.kind == "heading" and not rest[:1].islower())


def closes(reader: Reader, passage: Passage) -> bool:
    """Whether a passage ends the recommendation before it: a heading, the next one, or the answer to it."""
    return passage.kind in ("heading", "table") or hit(reader.rules.answer, passage.text[:80]) or bool(heads(passage, reader.rules)[0])


def goes_on(before: str, passage: Passage, rules: Rules) -> bool:
    """Whether a passage still belongs to the words before it: a list item, the rest of a sentence, or a further ask."""
    if passage.number and not LETTER.fullmatch(passage.number) and not numbers.roman(passage.number) and not _OWN_PART.fullmatch(passage.number):
        return False
    open_end = not re.search(r"[.!?”’\"]\)?$", BEHIND.sub("", before.strip()))
    return passage.kind == "item" or bool(_OWN_PART.fullmatch(passage.number)) or open_end or passage.text[:1].islower() or (asks(passage.text, rules) and not passage.number)


def shown(passage: Passage) -> str:
    """The words of a passage with the number that is printed before them."""
    return f"{passage.number} {passage.text}".strip() if passage.kind != "heading" else passage.text


def is_led(reader: Reader, n: int, passage: Passage) -> bool:
    """Whether words that lead into recommendations stand over a list item or right before it."""
    before = reader.passages[n - 1].text if n else ""
    return hit(reader.rules.lead, passage.lead_in[-160:]) or hit(reader.rules.lead, before[-160:])


def numbered(reader: Reader, n: int, key: str, ask: bool = True) -> Item:
    """The item at passage n under the id `key`, with the passages behind it that go on with it."""
    passage = reader.passages[n]
    parts, used = [passage.text], [passage.id]
    for follower in reader.passages[n + 1:n + 12]:
        if closes(reader, follower) or follower.number and (numbers.roman(passage.number) or not LETTER.fullmatch(follower.number) and not numbers.roman(follower.number)):
            break
        if not (follower.kind == "item" and parts[0].rstrip().endswith((":", ";", "–", "-")) or follower.kind == "item" and follower.number or follower.text[:1].islower() or not re.search(r"[.!?:;”’\"]\)?$", BEHIND.sub("", parts[-1].strip()))):
            break
        parts.append(shown(follower))
        used.append(follower.id)
    lead = passage.lead_in or (reader.passages[n - 1].text if n and reader.passages[n - 1].text.rstrip().endswith(":") else "")
    return Item(key, " ".join(parts), passage.page, passage.section, ask, tuple(used), lead=lead)
