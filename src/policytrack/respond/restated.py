"""The report's own words in a response: what is repeated before it is answered is kept apart from the answer."""

from __future__ import annotations

from collections.abc import Sequence

from policytrack import numbers, recommend, verdicts
from policytrack.model import Passage, Recommendation
from policytrack.respond import voices
from policytrack.respond.walk import Unit, Walk, begin, finish, own_voice

UNLIKE = 65                   # how alike (0 to 100) words behind an id may be at most to be no repetition
LONGER = 1.5                  # so many times the words of what is asked, and a paragraph is more than its repetition,
FAR = 75                      # unless it is as alike as this


def unlike(walk: Walk, passage: Passage, keys: Sequence[str], words: str) -> bool:
    """Whether a sentence right behind an id is no repetition of what bears that id, so that it must be the answer."""
    whole = [walk.by_number[key].text for key in keys if key in walk.by_number]
    if passage.kind == "heading" or not words.rstrip().endswith(".") or not whole or len(words.split()) <= 3:
        return False
    longer = len(words.split()) > LONGER * max(len(text.split()) for text in whole)
    return all(recommend.alike(words, text) < (FAR if longer else UNLIKE) for text in whole) and (longer or not recommend.asks(words, walk.rules.finding))


def repeats(walk: Walk, passage: Passage) -> tuple[str, str] | None:
    """(conclusion or recommendation, the words behind the label) of "PAC recommendation: ...", the report's own words."""
    for cue in walk.rules.restated:
        if found := cue.pattern.match(passage.text):
            return cue.value, passage.text[found.end():].strip()
    return None


def repeated(walk: Walk, passage: Passage, kind: str, words: str) -> None:
    """A conclusion ends the answer before it; a recommendation opens the next, by the number that its paragraph bears."""
    if kind == "conclusion":
        finish(walk)
        return
    number, unit = numbers.normal(passage.number), walk.unit
    keys = (number,) if number in walk.by_number or number and not walk.by_number else ()
    if unit is not None and unit.sure and unit.restated and not unit.answer and not unit.verdict and keys:
        unit.numbers += keys          # "5a" and "5b" one behind the other are answered together
    else:
        begin(walk, passage, keys, walk.heading.text if walk.heading else "")
    walk.unit.restated += [words] if words else []


def restates(walk: Walk, passage: Passage, known: Sequence[Recommendation]) -> str | None:
    """The number of the recommendation whose words a passage repeats ("" where that has none); None where it repeats none."""
    text = passage.text
    if len(text.split()) < 6 and passage.kind != "item" or passage.kind == "heading" and len(text.split()) < 8:
        return None
    own = walk.by_number.get(numbers.normal(passage.number)) if passage.number else None
    if own is not None and not own_voice(walk, text) and recommend.alike(text, own.text) >= 55:
        return own.number
    best = max(known, key=lambda r: recommend.alike(text, r.text), default=None)
    if best is None or recommend.alike(text, best.text) < recommend.SAME:
        return None
    return best.number


def again(walk: Walk, passage: Passage, number: str) -> None:
    """A restated recommendation: belongs to the open unit where that has not been answered yet, else opens one."""
    unit = walk.unit
    number = numbers.parent(number) if unit is not None and numbers.parent(number) in unit.numbers and passage.kind == "item" else number
    if unit is not None and unit.sure and not unit.answer and not unit.verdict:
        # "1a) i" right under "Recommendation 1: Safety": the answer is to the part alone
        wholes = {n for n in unit.numbers if number.startswith(f"{n}(")} if not unit.restated else set()
        unit.numbers = (*(n for n in unit.numbers if n not in wholes), *((number,) if number and number not in unit.numbers else ()))
    else:
        begin(walk, passage, (number,) if number else (), walk.heading.text if walk.heading else "")
    walk.unit.restated.append(passage.text)


def still_restated(walk: Walk, unit: Unit, passage: Passage, following: Sequence[Passage]) -> bool:
    """Whether a passage before any answer still belongs to what is repeated."""
    if passage.zone == "quotation" or passage.kind == "quotation" or passage.text[:1] in "“‘\"":
        return True
    if any(number in walk.by_number for number in unit.numbers):
        whole = " ".join(walk.by_number[number].text for number in unit.numbers if number in walk.by_number)
        return recommend.alike(passage.text, whole) >= 75 and (len(passage.text.split()) > 4)
    if own_voice(walk, passage.text):
        return False
    if _label_ahead(walk, following):
        return True
    return recommend.asks(passage.text, walk.rules.finding) or passage.kind == "item" and bool(unit.restated)


def _label_ahead(walk: Walk, following: Sequence[Passage]) -> bool:
    """Whether a label or a line with the verdict comes before the next head."""
    for passage in following:
        if recommend.heads(passage, walk.rules.finding)[0] or passage.kind == "heading" and walk.unit is not None and passage.level < walk.unit.level:
            return False
        if voices.label(walk, passage) is not None or verdicts.read(passage.text, walk.rules.verdicts):
            return True
    return False
