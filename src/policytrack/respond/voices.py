"""Who speaks in a response, and the lines that hold nothing but a verdict: labels, headings over several answers, parts of several governments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policytrack import recommend, verdicts
from policytrack.model import Passage
from policytrack.respond import ids
from policytrack.respond.walk import (
    JOINT,
    MENTION,
    ROW,
    Rules,
    Unit,
    Walk,
    add,
    add_line,
    add_opening,
    finish,
    first_sentence,
    own_voice,
)

_ASIDE = re.compile(r"(?:The )?(?P<who>(?:Scottish|Welsh|UK) Government|Northern Ireland Executive|Welsh Ministers|Scottish Ministers)\b (?:also |fully |does not |has |will |is )*(?:accept|agree|reject|support|consider|note|welcome|publish|commit|review)")


def grouped(walk: Walk, passage: Passage) -> bool:
    """Whether a heading is a verdict on all that stand under it ("Recommendations not accepted", or only "Not accepted" above the level of an answer); any other of its level ends such a group."""
    named = next((cue.value for cue in walk.rules.group if cue.pattern.match(passage.text)), "")
    above = walk.unit is None or not walk.unit.sure or passage.level < walk.unit.level or bool(walk.group) and passage.level <= walk.grouped
    plain = above and verdicts.is_line(passage.text, walk.rules.verdicts) and not recommend.heads(passage, walk.rules.finding)[0] and not ids.behind(walk, passage.text)
    if named or plain:
        finish(walk)
        walk.group, walk.grouped, walk.heading, walk.columns = named or passage.text, passage.level, passage, ()
    elif walk.group and passage.level <= walk.grouped:
        walk.group = ""
    return bool(named or plain)


def parts(passages: Sequence[Passage], rules: Rules) -> dict[str, str]:
    """The headings of one level that name three governments or more, each once: a part of the document for each."""
    named: dict[int, list[tuple[str, str]]] = {}
    for passage in (p for p in passages if p.kind == "heading" and len(p.text.split()) <= 10):
        bodies = {cue.extra["body"] for cue in rules.verdicts.nation if cue.pattern.search(passage.text)}
        if len(bodies) == 1:
            named.setdefault(passage.level, []).append((passage.id, bodies.pop()))
    found = next((pairs for _, pairs in sorted(named.items()) if len({body for _, body in pairs}) >= JOINT), [])
    return dict(found) if len(found) == len({body for _, body in found}) else {}


def label(walk: Walk, passage: Passage) -> tuple[str | None, str] | None:
    """(who is named, the words after the label) of a passage that begins with a label of an answer."""
    for cue in walk.rules.label:
        found = cue.pattern.match(passage.text)
        if found:
            return found["who"], passage.text[found.end():].strip()
    return None


def speaks(walk: Walk, passage: Passage, name: str | None, rest: str) -> None:
    """The answer begins; where other bodies are named, it is their answer to the same recommendations."""
    speakers = named_bodies(walk, name) or (walk.default,)
    if walk.unit is None or passage.kind == "heading" and name and not rest and _opens_section(walk.unit, passage):
        finish(walk)
        if passage.kind == "heading" and name:
            walk.speakers, walk.section, walk.heading = speakers, passage.level, passage
        return
    turn(walk, passage, speakers, bool(name))
    add_opening(walk, passage, rest)


def _opens_section(unit: Unit, passage: Passage) -> bool:
    """Whether the heading that names a government begins its part of the document, and is no label inside the open answer."""
    if unit.turned or unit.sure and not unit.answer and not unit.verdict:
        return False
    under = unit.sure and unit.heading[:1] not in ("", MENTION, ROW)
    return passage.level < unit.level or not under and passage.level <= unit.level


def voiced(walk: Walk, text: str) -> list[tuple[tuple[str, ...], str]]:
    """(responders, verdict) for each verdict of a line that says which governments give it; [] for every other line."""
    found = verdicts.read(text, walk.rules.verdicts)
    if not any(v.names for v in found):
        return []
    return [(tuple(dict.fromkeys(body for name in v.names if (body := walk.who(name)))) or (walk.default,), v.words) for v in found]


def opening(walk: Walk, text: str) -> list[tuple[tuple[str, ...], str]]:
    """The same of a paragraph whose first sentence says that several governments give one verdict ("This is accepted by the UK, Scottish and Welsh Governments. A Bill …")."""
    found = voiced(walk, first := first_sentence(text))
    others = verdicts.bodies(text[len(first):], walk.rules.verdicts) - verdicts.bodies(first, walk.rules.verdicts)
    return found if len({body for bodies, _ in found for body in bodies}) > 1 and not others else []


def voices(walk: Walk, passage: Passage, voiced: Sequence[tuple[tuple[str, ...], str]]) -> None:
    """The verdicts of several governments: what follows is the answer of all of them until another line says otherwise."""
    unit = walk.unit
    answered = len(unit.answer) > unit.lines
    spoken = unit.verdict or unit.each or any(own_voice(walk, words) for _, words, _ in unit.answer)
    others = {body for bodies, _ in voiced for body in bodies} != set(unit.responders)
    if answered and (spoken or passage.kind != "heading" and others):
        fresh = replace(unit, answer=[], verdict="", each={}, lines=0, page=passage.page)
        finish(walk)
        walk.unit = unit = fresh
    elif answered and not unit.lines and passage.kind == "heading":
        unit.restated, unit.answer = [*unit.restated, *(words for _, words, _ in unit.answer)], []
    for bodies, words in voiced:
        unit.each |= dict.fromkeys(bodies, words)
    unit.responders = tuple(unit.each)
    (add_line if verdicts.read(passage.text, walk.rules.verdicts) else add)(walk, passage, passage.text)


def turn(walk: Walk, passage: Passage, speakers: tuple[str, ...], named: bool) -> None:
    """The open unit is now theirs; where others have spoken in it before, a new one to the same recommendations begins."""
    unit = walk.unit
    if (unit.answer or unit.verdict) and unit.responders != speakers or unit.answer and unit.numbers and not named:
        fresh = replace(unit, answer=[], verdict="", each={}, lines=0, page=passage.page)
        finish(walk)
        walk.unit = fresh
    walk.unit.responders, walk.unit.turned = speakers, True


def named_bodies(walk: Walk, name: str | None) -> tuple[str, ...]:
    """The ids of the bodies in "the Scottish Government and Welsh Government"."""
    whole = walk.who(name) if name else None
    if whole or not name:
        return (whole,) if whole else ()
    found = [walk.who(part.strip()) for part in re.split(r",|&|\band\b", name)]
    return tuple(dict.fromkeys(body for body in found if body))


def is_verdict(walk: Walk, passage: Passage) -> bool:
    """Whether a passage inside an answer is nothing but a verdict."""
    return walk.unit is not None and verdicts.is_line(passage.text, walk.rules.verdicts)


def verdict(walk: Walk, passage: Passage) -> None:
    """Adds such a line; words that only repeated what is asked go before it."""
    unit = walk.unit
    if not unit.verdict and unit.answer and passage.kind == "heading" and not any(own_voice(walk, words) for _, words, _ in unit.answer):
        unit.restated, unit.answer = [*unit.restated, *(words for _, words, _ in unit.answer)], []
    if not unit.verdict and not unit.answer:
        unit.verdict = passage.text
    add_line(walk, passage, passage.text)


def aside(walk: Walk, passage: Passage) -> bool:
    """Whether another government speaks in this one paragraph of an answer; it is kept as that government's own."""
    found = _ASIDE.match(passage.text)
    speaker = walk.who(found["who"]) if found else None
    if speaker is None or speaker in walk.unit.responders or not walk.unit.numbers or not walk.unit.sure:
        return False
    walk.made.append(replace(walk.unit, responders=(speaker,), answer=[(passage.page, passage.text, passage.id)], verdict="", page=passage.page))
    return True
