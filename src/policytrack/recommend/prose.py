"""Recommendations in loose sentences, for reports that print no list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from policytrack import numbers
from policytrack.cues import Cue
from policytrack.model import Statement
from policytrack.recommend.reader import Item, Reader, numbered
from policytrack.recommend.words import SENTENCE, Rules, addressee, asks, hit, praises

UNSAID = 5                    # sentences that say what should be done, from which on a report without lists may do without the word "recommend"
PROSE = 3                     # sentences that recommend in so many words, from which on others that say who should act are advice too
SURE = 0.6                    # how likely a statement must be a recommendation, to be one where a report prints no list
_GOES_ON = re.compile(r"(?:It|This|They|These|Such|Both|Each|Its|Their|That|He|She)\b")
_PLACE = re.compile(r"\d{1,3}(?:\.\d{1,3})?\.?")


def find(reader: Reader, prose: bool) -> list[Item]:
    """Sentences that recommend in so many words, for reports without any list; in `prose` alone, where there are several, also those beside them that say who should act."""
    plain = [cue for cue in reader.rules.ask if cue.id == "recommend"] + list(reader.rules.alone)
    found = [(n, _asking(passage.text, plain, reader.rules, prose)) for n, passage in enumerate(reader.passages) if passage.kind != "heading"]
    said = [plainly for _, asking in found for _, plainly in asking]
    every = sum(said) >= PROSE or len(said) >= UNSAID and sum(said) <= len(said) / UNSAID
    made: list[Item] = []
    for n, asking in found:
        passage, kept = reader.passages[n], [(text, plainly) for text, plainly in asking if plainly or every]
        if prose and len(kept) > 1 and _PLACE.fullmatch(passage.number) and (one := " ".join(text for text, _ in kept)) in passage.text:
            kept = [(one, True)]      # sentences of a counted paragraph that ask one behind the other are one recommendation
        own = numbers.normal(passage.number) if prose and len(kept) == 1 and _PLACE.fullmatch(passage.number) else ""
        if len(kept) == 1 and kept[0][1]:
            made.append(replace(numbered(reader, n, own), ask=True))      # what leads up to the one request is part of it
        else:
            made += (Item(own, text, passage.page, passage.section, True, (passage.id,)) for text, _ in kept)
    return made


def with_statements(reader: Reader, bare: list[Item], statements: Iterable[Statement]) -> list[Item]:
    """The loose sentences, and between them the statements that were read as recommendations, likely enough, and that no cue of this room knows."""
    order = {passage.id: n for n, passage in reversed(list(enumerate(reader.passages)))}
    known = [" ".join(item.text.split()) for item in bare]
    fresh = [s for s in statements if s.role == "recommendation" and s.confidence >= SURE and s.passage in order
             and asks(s.text, reader.rules) and not _GOES_ON.match(s.text) and not any(" ".join(s.text.split()) in text for text in known)]
    made = bare + [Item("", s.text, s.page, s.section, True, (s.passage,)) for s in fresh]
    return sorted(made, key=lambda item: (order[item.passages[0].partition("+")[0]], reader.passages[order[item.passages[0].partition("+")[0]]].text.find(item.text[:40])))


def _asking(text: str, plain: Sequence[Cue], rules: Rules, prose: bool) -> list[tuple[str, bool]]:
    """(words, whether they recommend in so many words) of each request in a paragraph: its sentence, with those behind it that go on about it; in `prose` one that says who should act, or stands right behind another, is a request too."""
    made: list[tuple[str, bool]] = []
    open_ = False
    for sentence in SENTENCE.split(text):
        spoken = hit(plain, sentence) and not hit(rules.heard, sentence)
        goes_on = bool(_GOES_ON.match(sentence))
        says = not goes_on and (open_ or addressee(sentence, rules)) or not (goes_on and open_) and hit(rules.main, sentence)
        if spoken or prose and says and asks(sentence, rules) and not praises(sentence, rules):
            made.append((sentence, spoken))
            open_ = True
        elif open_ and _GOES_ON.match(sentence) and asks(sentence, rules):
            made[-1] = (f"{made[-1][0]} {sentence}", made[-1][1])
        else:
            open_ = False
    return made
