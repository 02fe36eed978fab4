"""Passages -> Responses: the words in which a body answers recommendations, in every layout in which answers are printed.

Read in one walk: a head ("Recommendation 4", a restated recommendation, a row of a table) opens a unit, words that
repeat the recommendation are kept apart from the answer, a label ("Scottish Government response:") changes who speaks.
Prose under topic headings becomes units without ids, which only `link.py` can place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policytrack import concern, joint, numbers, recommend, verdicts
from policytrack.model import Passage, Recommendation, Response, identity
from policytrack.respond import ids, restated, tables, voices
from policytrack.respond.walk import (
    COVERED,
    JOINT,
    MENTION,
    ROW,
    WHOLE,
    Rules,
    Unit,
    Walk,
    Who,
    add,
    add_line,
    add_opening,
    as_printed,
    begin,
    finish,
    first_sentence,
    load,
    own_voice,
)

MOST = 8                      # a run of restated recommendations longer than this is a list, not the head of one answer
TITLE = 14                    # words of the longest line that may be the title of a letter

__all__ = ["MENTION", "ROW", "WHOLE", "Rules", "load", "responses"]


def responses(document: str, passages: Sequence[Passage], known: Sequence[Recommendation], responder: str, who: Who, rules: Rules) -> tuple[Response, ...]:
    """Every answer of one document, in reading order; `known` are the recommendations it may answer (none where that report is not loaded)."""
    inside = recommend.readable(passages)
    walk = Walk(rules, {r.number: r for r in known if r.number}, responder, who, marked=ids.bears_ids(inside, known))
    walk.counted = ids.counted(walk, inside)
    walk.parts = voices.parts(inside, rules)
    for n, passage in enumerate(inside):
        _step(walk, passage, inside[n + 1:n + 14], known)
    finish(walk)
    kept = [part for unit in _kept(walk, known) for part in _one_by_one(walk, unit)]
    speakers = tuple(dict.fromkeys(speaker for unit in kept for speaker in unit.responders))
    kept = [part for unit in kept for part in (joint.parts(unit, speakers, rules.verdicts) if len(speakers) >= JOINT else [unit])]
    made = (_response(document, unit, speaker) for unit in kept for speaker in unit.responders)
    return tuple({response.id: response for response in made}.values())


def _kept(walk: Walk, known: Sequence[Recommendation]) -> list[Unit]:
    """The units that answer something: those with ids, and prose where most recommendations would else stand alone."""
    units = [u for u in walk.made if (u.answer or u.verdict or u.each) and len(u.numbers) <= max(MOST, len(known))]
    whole = [u for u in units if u.numbers == (WHOLE,)]
    units = _unless_answered([u for u in units if u not in whole])
    sure = [u for u in units if u.sure]
    answered = {n for u in sure for n in u.numbers}
    if sure and all(u.heading == MENTION for u in sure):       # prose that names some: the others may be answered between them
        return whole + [part for u in units for part in ([u] if u.sure else _paragraphs(u, walk.rules))]
    if known and len(answered & {r.number for r in known}) >= COVERED * len({r.number for r in known if not numbers.parent(r.number)}) or not known and len(sure) >= 3:
        return whole + sure
    return whole + [part for u in units for part in ([u] if u.sure or u.numbers else _paragraphs(u, walk.rules))]


def _unless_answered(units: Sequence[Unit]) -> list[Unit]:
    """The units without those of a table of positions whose recommendation the same body answers in words of its own."""
    spoken = {(number, who) for u in units if not u.listed and u.sure for number in u.numbers for who in u.responders}
    return [u for u in units if not u.listed or not any((number, who) in spoken for who in u.responders for number in numbers.line(u.numbers[0]))]


def _paragraphs(unit: Unit, rules: Rules) -> list[Unit]:
    """Prose under a heading, each paragraph for itself: one may answer what the next does not speak of. A line that is no sentence is a title; thanks answer nothing."""
    spoken = [place for place in unit.answer if len(place[1].split()) > TITLE or place[1].rstrip()[-1:] in ".!?:;”’)"]
    return [replace(unit, answer=[place], page=place[0]) for place in spoken if not recommend.hit(rules.courtesy, place[1])]


def _one_by_one(walk: Walk, unit: Unit) -> list[Unit]:
    """An answer to several with just as many paragraphs, most of them nearest to the recommendation in their place: each answers its own."""
    asked = [walk.by_number[number] for number in unit.numbers if number in walk.by_number]
    if len(asked) < 2 or len(asked) != len(unit.numbers) or len(unit.answer) != len(asked) or unit.verdict or unit.restated or unit.each:
        return [unit]
    nearest = [max(asked, key=lambda r, words=words: concern.shared(words, r, asked)) for _, words, _ in unit.answer]
    if 2 * sum(a is b for a, b in zip(nearest, asked, strict=True)) <= len(asked):
        return [unit]
    return [replace(unit, numbers=(r.number,), answer=[place], page=place[0]) for r, place in zip(asked, unit.answer, strict=True)]


def _response(document: str, unit: Unit, speaker: str) -> Response:
    text = "\n\n".join(words for _, words, _ in unit.answer) or unit.verdict
    page = unit.answer[0][0] if unit.answer else unit.page
    return Response(id=identity("a", document, speaker, *unit.numbers, unit.page, text[:400]), document=document, page=page, responder=speaker, text=text,
                    numbers=unit.numbers, restated="\n\n".join(unit.restated), heading=unit.heading, verdict=unit.each.get(speaker) or unit.verdict or (unit.group if unit.numbers else ""),
                    passages=tuple(dict.fromkeys(id.partition("+")[0] for _, _, id in unit.answer)))


def _step(walk: Walk, passage: Passage, following: Sequence[Passage], known: Sequence[Recommendation]) -> None:
    """One passage: what it opens, closes, or adds to."""
    if passage.kind == "table" and tables.row(walk, passage):
        return
    if passage.id in walk.parts:
        finish(walk)
        walk.speakers, walk.section, walk.heading, walk.columns = (walk.parts[passage.id],), passage.level, passage, ()
        return
    if passage.kind == "heading" and voices.grouped(walk, passage):
        return
    keys, rest, _ = recommend.heads(passage, walk.rules.finding)
    keys, rest = (as_printed(walk, keys), rest) if keys else ids.labelled(walk, passage)
    keys = keys or (ids.alone(walk, passage) if passage.kind == "heading" else ())
    again = restated.restates(walk, passage, known)
    if keys:
        _head(walk, passage, keys, rest)
    elif passage.kind != "heading" and (repeated := restated.repeats(walk, passage)):
        restated.repeated(walk, passage, *repeated)
    elif again is None and (marked := ids.marked(walk, passage)):
        begin(walk, passage, marked[0], walk.heading.text if walk.heading else "")
        add_opening(walk, passage, marked[1])
    elif passage.kind not in ("heading", "table") and (run_in := ids.run_in(walk, passage.text)):
        _headed(walk, passage, *run_in)
    elif walk.unit is not None and (voiced := voices.voiced(walk, passage.text) or voices.opening(walk, passage.text)):
        voices.voices(walk, passage, voiced)
    elif _is_title(passage) and (keys := ids.behind(walk, passage.text)):
        begin(walk, passage, keys, passage.text)
    elif label := voices.label(walk, passage):
        voices.speaks(walk, passage, *label)
    elif again is not None:
        restated.again(walk, passage, again)
    elif voices.is_verdict(walk, passage) and not set(ids.mentioned(walk, passage)) - set(walk.unit.numbers):
        voices.verdict(walk, passage)
    elif passage.kind == "heading":
        _heading(walk, passage)
    else:
        _text(walk, passage, following)


def _is_title(passage: Passage) -> bool:
    """Whether a passage is a heading, or a short line that is no sentence."""
    return passage.kind == "heading" or passage.kind == "paragraph" and not passage.number and len(passage.text.split()) <= TITLE and passage.text.rstrip()[-1:] not in ".!?:;,"


def _head(walk: Walk, passage: Passage, keys: tuple[str, ...], rest: str) -> None:
    unit = walk.unit
    waiting = unit is not None and unit.sure and not unit.answer and not unit.verdict
    if waiting and set(keys) <= set(unit.numbers):
        unit.restated += [rest] if rest else []
        return
    if waiting and unit.restated and rest and passage.kind != "heading" and not own_voice(walk, rest):
        unit.numbers += tuple(k for k in keys if k not in unit.numbers)
        unit.restated.append(rest)
        return
    begin(walk, passage, keys, passage.text if passage.kind == "heading" else "")
    if passage.kind == "heading":
        walk.heading = passage
    if rest and (voiced := voices.voiced(walk, rest)):
        voices.voices(walk, passage, voiced)
    elif passage.kind == "heading" and (verdict := verdicts.closing(passage.text, walk.rules.verdicts)):
        walk.unit.verdict = verdict
        add_line(walk, passage, verdict)
    elif rest and (own_voice(walk, rest) or restated.unlike(walk, passage, keys, rest) or recommend.hit(walk.rules.verdict, rest.strip()) or verdicts.opening(first_sentence(rest), walk.rules.verdicts)):
        add_opening(walk, passage, rest)
    elif rest and (len(rest.split()) > 12 or recommend.asks(rest, walk.rules.finding)):
        walk.unit.restated.append(rest)


def _headed(walk: Walk, passage: Passage, keys: tuple[str, ...], heading: str, words: str) -> None:
    """A paragraph under a heading of its own: one answer, or one for each recommendation that it goes on to name."""
    for some, part in pieces if len(pieces := ids.pieces(walk, words)) > 1 else [(keys, words)]:
        begin(walk, passage, some, heading)
        add_opening(walk, passage, part)


def _heading(walk: Walk, passage: Passage) -> None:
    """A heading closes the unit above it unless it stands deeper, and opens prose of its own."""
    unit = walk.unit
    walk.columns = ()
    if unit is not None and unit.sure and passage.level > unit.level and not recommend.hit(walk.rules.boilerplate, passage.text):
        return
    if unit is not None and unit.sure and not unit.answer and not unit.verdict and not unit.restated and len(passage.text.split()) > 3:
        return                        # "Recommendation 1" with its title on a line of its own
    titled = next((found["who"] for cue in walk.rules.part if (found := cue.pattern.match(passage.text))), "")
    named = voices.named_bodies(walk, titled or re.sub(r"(?i)\b(?:response|reply|position).*", "", passage.text)) if titled or len(passage.text.split()) < 9 else ()
    if named or not walk.section or passage.level < walk.section or passage.level == walk.section and (not walk.parts or recommend.hit(walk.rules.boilerplate, passage.text)):
        walk.speakers, walk.section = named, passage.level if named else 0
    walk.heading = passage
    finish(walk)
    if not recommend.hit(walk.rules.boilerplate, passage.text):
        begin(walk, passage, (), passage.text, sure=False)


def _text(walk: Walk, passage: Passage, following: Sequence[Passage]) -> None:
    unit = walk.unit
    if recommend.hit(walk.rules.closing, passage.text):
        finish(walk)
        return
    if (unit is None or not unit.sure) and (whole := next((s for s in recommend.SENTENCE.split(passage.text) if recommend.hit(walk.rules.whole, s)), "")):
        walk.made.append(Unit((WHOLE,), passage.page, 0, "", walk.speakers or (walk.default,), answer=[(passage.page, whole, passage.id)]))
    pieces = ids.pieces(walk, passage.text) if unit is None or not unit.sure or unit.heading == MENTION else []
    if len(pieces) > 1:
        for keys, words in pieces:
            begin(walk, passage, keys, MENTION)
            add(walk, passage, words)
        return
    if unit is None or not unit.sure or unit.heading == MENTION:
        if mentioned := ids.mentioned(walk, passage) or pieces and pieces[0][0]:
            begin(walk, passage, mentioned, MENTION)
            unit = walk.unit
        elif unit is not None and unit.sure and ids.elsewhere(walk, unit, passage.text):
            begin(walk, passage, (), "", sure=False)
            unit = walk.unit
    if unit is None and walk.heading is None and not recommend.hit(walk.rules.courtesy, passage.text):
        begin(walk, passage, (), "", sure=False)         # a letter has no headings
        unit = walk.unit
    if unit is None or voices.aside(walk, passage):
        return
    if unit.sure and not unit.answer and not unit.verdict and restated.still_restated(walk, unit, passage, following):
        unit.restated.append(passage.text)
    else:
        add(walk, passage, passage.text)
