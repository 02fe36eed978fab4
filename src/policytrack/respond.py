"""Passages -> Responses: the words in which a body answers recommendations, in every layout in which answers are printed.

Read in one walk: a head ("Recommendation 4", a restated recommendation, a row of a table) opens a unit, words that
repeat the recommendation are kept apart from the answer, a label ("Scottish Government response:") changes who speaks.
Prose under topic headings becomes units without ids, which only `link.py` can place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from policytrack import concern, cues, joint, numbers, recommend, verdicts
from policytrack.cues import Cue
from policytrack.model import Passage, Recommendation, Response, identity

MOST = 8                      # a run of restated recommendations longer than this is a list, not the head of one answer
WHOLE = "*"                   # in place of ids: the answer is to the report as a whole
TITLE = 14                    # words of the longest line that may be the title of a letter
BY = "by "                    # a column of the answers of one government: "by " and its id
MARKED = 0.3                  # share of the report's ids that number paragraphs of the response, from which on they are taken for ids
SPOKEN = 0.3                  # share of the paragraphs of a numbered run that begin with a verdict or in the responder's voice
UNLIKE = 65                   # how alike (0 to 100) words behind an id may be at most to be no repetition
LONGER = 1.5                  # so many times the words of what is asked, and a paragraph is more than its repetition,
FAR = 75                      # unless it is as alike as this
JOINT = 3                     # from so many governments on a document is a joint answer
NEARER = 1.5                  # so many times as many telling words as with its own, and a paragraph is about another recommendation
LEAST_SHARED = 2              # where it shares so many with that one
MENTION = "§"                 # in place of a heading: an answer that names in its words what it answers
COVERED = 0.5                 # below this share of recommendations with an answer of their own, prose is read as answers too
_MENTION = re.compile(r"\b(?:paragraphs?\s+(?=\d{1,2}\.\d)|(?:recommendations?|conclusions?)\s+)(?=R?\d|(?-i:[A-HJ-Z])\b|\(?[a-z]\)|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_BRACKETS = re.compile(r"[(\[](?:see |our )?(?:recommendations? |recs?\.? |conclusions? |paragraphs? |paras? )?(?P<ids>(?-i:R)\d{1,2}(?:(?:, | and | to |–)R?\d{1,2})*|(?<=ns )\d{1,2}(?:(?:, | and | to |–)\d{1,2})+|(?<=n )\d{1,2}(?:\.\d{1,2})?(?:\([a-z]\))?|\d{1,2}\.\d{1,2}(?:\([a-z]\))?(?:(?:, | and | to |–)\d{1,2}\.\d{1,2}(?:\([a-z]\))?)*|(?<=para )\d{1,3}|(?<=paras )\d{1,3}(?:(?:, | and | to |–)\d{1,3})+|(?<=paragraph )\d{1,3}|(?<=paragraphs )\d{1,3}(?:(?:, | and | to |–)\d{1,3})+)[)\]]", re.IGNORECASE)
_ASIDE = re.compile(r"(?:The )?(?P<who>(?:Scottish|Welsh|UK) Government|Northern Ireland Executive|Welsh Ministers|Scottish Ministers)\b (?:also |fully |does not |has |will |is )*(?:accept|agree|reject|support|consider|note|welcome|publish|commit|review)")
_CODED = re.compile(r"\b[A-Z]{1,3}[ .]?(\d{1,2}[a-z]?)\b")
Who = Callable[[str], str | None]     # a name as printed -> the id of the responder


@dataclass(frozen=True, slots=True)
class Rules:
    """The proved cues of `responses.toml`, and those by which recommendations are known."""

    label: tuple[Cue, ...]
    verdict: tuple[Cue, ...]
    boilerplate: tuple[Cue, ...]
    voice: tuple[Cue, ...]
    glued: tuple[Cue, ...]
    behind: tuple[Cue, ...]
    run_in: tuple[Cue, ...]
    part: tuple[Cue, ...]
    whole: tuple[Cue, ...]
    restated: tuple[Cue, ...]
    group: tuple[Cue, ...]
    ordinal: tuple[Cue, ...]
    courtesy: tuple[Cue, ...]
    closing: tuple[Cue, ...]
    verdicts: verdicts.Rules
    finding: recommend.Rules


@dataclass(slots=True)
class _Unit:
    """One answer in the making."""

    numbers: tuple[str, ...]
    page: int
    level: int
    heading: str
    responders: tuple[str, ...]
    restated: list[str] = field(default_factory=list)
    answer: list[tuple[int, str, str]] = field(default_factory=list)
    verdict: str = ""
    each: dict[str, str] = field(default_factory=dict)     # responder -> verdict, where one line gives those of several
    lines: int = 0                # how many parts of the answer are nothing but verdicts
    group: str = ""               # the verdict of the heading over several answers
    turned: bool = False          # a label has said who speaks
    sure: bool = True             # by an id or by restated words; prose is not


@dataclass(slots=True)
class _Walk:
    """What is known on the way through one document."""

    rules: Rules
    by_number: dict[str, Recommendation]
    default: str
    who: Who
    made: list[_Unit] = field(default_factory=list)
    unit: _Unit | None = None
    heading: Passage | None = None
    columns: tuple[str, ...] = ()
    section: int = 0                  # level of that heading; 0 where none is open
    group: str = ""               # the verdict that a heading gives on all that stand under it
    grouped: int = 0              # level of that heading
    parts: dict[str, str] = field(default_factory=dict)     # headings over the parts of several governments -> whose part it is
    marked: bool = False              # paragraphs are numbered by what they answer
    counted: set[str] = field(default_factory=set)     # ids of paragraphs whose plain number is that of what they answer
    speakers: tuple[str, ...] = ()    # of the section, where its heading names them


def load(pipeline: Path) -> Rules:
    """The rules of answers, from the folder `pipelines`."""
    path = pipeline / "responses.toml"
    return Rules(*(cues.load(path, key=kind) for kind in ("label", "verdict", "boilerplate", "voice", "glued", "behind", "run_in", "part", "whole", "restated", "group", "ordinal", "courtesy", "closing")), verdicts.load(pipeline), recommend.load(pipeline))


def responses(document: str, passages: Sequence[Passage], known: Sequence[Recommendation], responder: str, who: Who, rules: Rules) -> tuple[Response, ...]:
    """Every answer of one document, in reading order; `known` are the recommendations it may answer (none where that report is not loaded)."""
    inside = recommend.readable(passages)
    walk = _Walk(rules, {r.number: r for r in known if r.number}, responder, who, marked=_bears_ids(inside, known))
    walk.counted = _counted(walk, inside)
    walk.parts = _parts(inside, rules)
    for n, passage in enumerate(inside):
        _step(walk, passage, inside[n + 1:n + 14], known)
    _close(walk)
    kept = [part for unit in _kept(walk, known) for part in _one_by_one(walk, unit)]
    speakers = tuple(dict.fromkeys(speaker for unit in kept for speaker in unit.responders))
    kept = [part for unit in kept for part in (joint.parts(unit, speakers, rules.verdicts) if len(speakers) >= JOINT else [unit])]
    made = (_response(document, unit, speaker) for unit in kept for speaker in unit.responders)
    return tuple({response.id: response for response in made}.values())


def _kept(walk: _Walk, known: Sequence[Recommendation]) -> list[_Unit]:
    """The units that answer something: those with ids, and prose where most recommendations would else stand alone."""
    units = [u for u in walk.made if (u.answer or u.verdict or u.each) and len(u.numbers) <= max(MOST, len(known))]
    whole = [u for u in units if u.numbers == (WHOLE,)]
    units = [u for u in units if u not in whole]
    sure = [u for u in units if u.sure]
    answered = {n for u in sure for n in u.numbers}
    if sure and all(u.heading == MENTION for u in sure):       # prose that names some: the others may be answered between them
        return whole + [part for u in units for part in ([u] if u.sure else _paragraphs(u, walk.rules))]
    if known and len(answered & {r.number for r in known}) >= COVERED * len({r.number for r in known if not numbers.parent(r.number)}) or not known and len(sure) >= 3:
        return whole + sure
    return whole + [part for u in units for part in ([u] if u.sure or u.numbers else _paragraphs(u, walk.rules))]


def _paragraphs(unit: _Unit, rules: Rules) -> list[_Unit]:
    """Prose under a heading, each paragraph for itself: one may answer what the next does not speak of. A line that is no sentence is a title; thanks answer nothing."""
    spoken = [place for place in unit.answer if len(place[1].split()) > TITLE or place[1].rstrip()[-1:] in ".!?:;”’)"]
    return [replace(unit, answer=[place], page=place[0]) for place in spoken if not recommend.hit(rules.courtesy, place[1])]


def _one_by_one(walk: _Walk, unit: _Unit) -> list[_Unit]:
    """An answer to several with just as many paragraphs, most of them nearest to the recommendation in their place: each answers its own."""
    asked = [walk.by_number[number] for number in unit.numbers if number in walk.by_number]
    if len(asked) < 2 or len(asked) != len(unit.numbers) or len(unit.answer) != len(asked) or unit.verdict or unit.restated or unit.each:
        return [unit]
    nearest = [max(asked, key=lambda r, words=words: concern.shared(words, r, asked)) for _, words, _ in unit.answer]
    if 2 * sum(a is b for a, b in zip(nearest, asked, strict=True)) <= len(asked):
        return [unit]
    return [replace(unit, numbers=(r.number,), answer=[place], page=place[0]) for r, place in zip(asked, unit.answer, strict=True)]


def _response(document: str, unit: _Unit, speaker: str) -> Response:
    text = "\n\n".join(words for _, words, _ in unit.answer) or unit.verdict
    page = unit.answer[0][0] if unit.answer else unit.page
    return Response(id=identity("a", document, speaker, *unit.numbers, unit.page, text[:400]), document=document, page=page, responder=speaker, text=text,
                    numbers=unit.numbers, restated="\n\n".join(unit.restated), heading=unit.heading, verdict=unit.each.get(speaker) or unit.verdict or (unit.group if unit.numbers else ""),
                    passages=tuple(dict.fromkeys(id.partition("+")[0] for _, _, id in unit.answer)))


# --- the walk -------------------------------------------------------------------------------------------------------------

def _step(walk: _Walk, passage: Passage, following: Sequence[Passage], known: Sequence[Recommendation]) -> None:
    """One passage: what it opens, closes, or adds to."""
    if passage.kind == "table" and _row(walk, passage):
        return
    if passage.id in walk.parts:
        _close(walk)
        walk.speakers, walk.section, walk.heading, walk.columns = (walk.parts[passage.id],), passage.level, passage, ()
        return
    if passage.kind == "heading" and _grouped(walk, passage):
        return
    keys, rest, _ = recommend.heads(passage, walk.rules.finding)
    keys, rest = (_known(walk, keys), rest) if keys else _labelled(walk, passage)
    again = _restates(walk, passage, known)
    if keys:
        _head(walk, passage, keys, rest)
    elif passage.kind != "heading" and (repeated := _repeats(walk, passage)):
        _repeated(walk, passage, *repeated)
    elif again is None and (marked := _marked(walk, passage)):
        _open(walk, passage, marked[0], walk.heading.text if walk.heading else "")
        _answer_or_verdict(walk, passage, marked[1])
    elif passage.kind not in ("heading", "table") and (run_in := _run_in(walk, passage.text)):
        _headed(walk, passage, *run_in)
    elif walk.unit is not None and (voiced := _voiced(walk, passage.text)):
        _voices(walk, passage, voiced)
    elif _is_title(passage) and (keys := _behind(walk, passage.text)):
        _open(walk, passage, keys, passage.text)
    elif label := _label(walk, passage):
        _speaks(walk, passage, *label)
    elif again is not None:
        _again(walk, passage, again)
    elif _is_verdict(walk, passage) and not set(_mentioned(walk, passage)) - set(walk.unit.numbers):
        _verdict(walk, passage)
    elif passage.kind == "heading":
        _heading(walk, passage)
    else:
        _text(walk, passage, following)


def _grouped(walk: _Walk, passage: Passage) -> bool:
    """Whether a heading is a verdict on all that stand under it ("Recommendations not accepted", or only "Not accepted" above the level of an answer); any other of its level ends such a group."""
    named = next((cue.value for cue in walk.rules.group if cue.pattern.match(passage.text)), "")
    above = walk.unit is None or not walk.unit.sure or passage.level < walk.unit.level or bool(walk.group) and passage.level <= walk.grouped
    plain = above and verdicts.is_line(passage.text, walk.rules.verdicts) and not recommend.heads(passage, walk.rules.finding)[0] and not _behind(walk, passage.text)
    if named or plain:
        _close(walk)
        walk.group, walk.grouped, walk.heading, walk.columns = named or passage.text, passage.level, passage, ()
    elif walk.group and passage.level <= walk.grouped:
        walk.group = ""
    return bool(named or plain)


def _labelled(walk: _Walk, passage: Passage) -> tuple[tuple[str, ...], str]:
    """(ids, the words behind them) where a passage begins with a theme and its count, as the report prints it: "Workforce 3: Accepted"."""
    found = next((m for cue in walk.rules.finding.theme if (m := cue.pattern.match(f"{passage.text} A"))), None)
    key = _theme(found.group()[:-1]) if found else ""
    return ((key,), passage.text[found.end():].strip()) if key in walk.by_number else ((), "")


def _theme(words: str) -> str:
    """A theme and its count in one form: "Placements 2 (a):" and "Placements 2(a)" are the same."""
    return re.sub(r"\s+\(", "(", " ".join(words.split())).strip(" .:–—-")


def _is_title(passage: Passage) -> bool:
    """Whether a passage is a heading, or a short line that is no sentence."""
    return passage.kind == "heading" or passage.kind == "paragraph" and not passage.number and len(passage.text.split()) <= TITLE and passage.text.rstrip()[-1:] not in ".!?:;,"


def _head(walk: _Walk, passage: Passage, keys: tuple[str, ...], rest: str) -> None:
    unit = walk.unit
    waiting = unit is not None and unit.sure and not unit.answer and not unit.verdict
    if waiting and set(keys) <= set(unit.numbers):
        unit.restated += [rest] if rest else []
        return
    if waiting and unit.restated and rest and passage.kind != "heading" and not _own_voice(walk, rest):
        unit.numbers += tuple(k for k in keys if k not in unit.numbers)
        unit.restated.append(rest)
        return
    _open(walk, passage, keys, passage.text if passage.kind == "heading" else "")
    if rest and (voiced := _voiced(walk, rest)):
        _voices(walk, passage, voiced)
    elif passage.kind == "heading" and (verdict := verdicts.closing(passage.text, walk.rules.verdicts)):
        walk.unit.verdict = verdict
        _line(walk, passage, verdict)
    elif rest and (_own_voice(walk, rest) or _unlike(walk, passage, keys, rest) or recommend.hit(walk.rules.verdict, rest.strip()) or verdicts.opening(_first(rest), walk.rules.verdicts)):
        _answer_or_verdict(walk, passage, rest)
    elif rest and (len(rest.split()) > 12 or recommend.asks(rest, walk.rules.finding)):
        walk.unit.restated.append(rest)


def _unlike(walk: _Walk, passage: Passage, keys: Sequence[str], words: str) -> bool:
    """Whether a sentence right behind an id is no repetition of what bears that id, so that it must be the answer."""
    whole = [walk.by_number[key].text for key in keys if key in walk.by_number]
    if passage.kind == "heading" or not words.rstrip().endswith(".") or not whole or len(words.split()) <= 3:
        return False
    longer = len(words.split()) > LONGER * max(len(text.split()) for text in whole)
    return all(recommend.alike(words, text) < (FAR if longer else UNLIKE) for text in whole) and (longer or not recommend.asks(words, walk.rules.finding))


def _known(walk: _Walk, keys: Sequence[str]) -> tuple[str, ...]:
    """Ids as the report prints them: "I" among letters, "1" where "R1" is meant, and the reverse."""
    found = numbers.lettered(tuple(keys), walk.by_number)
    return tuple(key if key in walk.by_number else next((other for other in (key.removeprefix("R"), f"R{key}") if other in walk.by_number), key) for key in found)


def _repeats(walk: _Walk, passage: Passage) -> tuple[str, str] | None:
    """(conclusion or recommendation, the words behind the label) of "PAC recommendation: ...", the report's own words."""
    for cue in walk.rules.restated:
        if found := cue.pattern.match(passage.text):
            return cue.value, passage.text[found.end():].strip()
    return None


def _repeated(walk: _Walk, passage: Passage, kind: str, words: str) -> None:
    """A conclusion ends the answer before it; a recommendation opens the next, by the number that its paragraph bears."""
    if kind == "conclusion":
        _close(walk)
        return
    number, unit = numbers.normal(passage.number), walk.unit
    keys = (number,) if number in walk.by_number or number and not walk.by_number else ()
    if unit is not None and unit.sure and unit.restated and not unit.answer and not unit.verdict and keys:
        unit.numbers += keys          # "5a" and "5b" one behind the other are answered together
    else:
        _open(walk, passage, keys, walk.heading.text if walk.heading else "")
    walk.unit.restated += [words] if words else []


def _marked(walk: _Walk, passage: Passage) -> tuple[tuple[str, ...], str] | None:
    """(ids, the answer) of a paragraph that bears the ids of what it answers in place of a number: "8.5 and 8.6. The Government ..."."""
    joined, named = re.subn(r"(?i)^(?:paragraphs?|paras?\.?)\s+(?=\d)", "", f"{passage.number} {passage.text}".strip(" (["))
    if not joined[:1].isdigit() and not passage.number or passage.kind in ("heading", "table"):
        return None
    keys, length = numbers.listed(joined)
    if not passage.number and not re.match(r"\s?[.:)–—-]", joined[length:]):
        return None
    keys = _known(walk, keys)
    rest = re.sub(r"^[\s.:)–—-]+", "", joined[length:])
    if not keys or not all(key in walk.by_number for key in keys) or not rest:
        return None
    plain = named or bool(re.match(r"\s?[–—]", joined[length:]))
    return (keys, rest) if len(keys) > 1 or (walk.marked or plain) and re.search(r"[.(]", keys[0]) or passage.id in walk.counted else None


def _parts(passages: Sequence[Passage], rules: Rules) -> dict[str, str]:
    """The headings of one level that name three governments or more, each once: a part of the document for each."""
    named: dict[int, list[tuple[str, str]]] = {}
    for passage in (p for p in passages if p.kind == "heading" and len(p.text.split()) <= 10):
        bodies = {cue.extra["body"] for cue in rules.verdicts.nation if cue.pattern.search(passage.text)}
        if len(bodies) == 1:
            named.setdefault(passage.level, []).append((passage.id, bodies.pop()))
    found = next((pairs for _, pairs in sorted(named.items()) if len({body for _, body in pairs}) >= JOINT), [])
    return dict(found) if len(found) == len({body for _, body in found}) else {}


def _counted(walk: _Walk, passages: Sequence[Passage]) -> set[str]:
    """The paragraphs of runs 1, 2, 4, "5 and 6", … that answer nearly as many as there are recommendations, a part of them beginning with a verdict (or as many in all): each answers its number."""
    made: set[str] = set()
    run: list[tuple[str, tuple[str, ...], str]] = []          # (id of the passage, its numbers, its words)
    numbered = [(p.id, *_counts(p)) for p in passages if p.kind not in ("heading", "table")]
    for id, counts, words in (*(row for row in numbered if row[1]), ("", (), "")):
        fits = bool(counts) and all(count in walk.by_number for count in counts)
        if fits and (not run or int(run[-1][1][-1]) < int(counts[0])):
            run.append((id, counts, words))
            continue
        spoken = sum(_own_voice(walk, said) or bool(verdicts.opening(_first(said), walk.rules.verdicts)) for _, _, said in run)
        answered = [count for _, some, _ in run for count in some]
        every = len(run) >= 4 and answered == list(walk.by_number)
        if every or len(run) >= 3 and len(answered) >= COVERED * len(walk.by_number) and spoken >= SPOKEN * len(run):
            made |= {place for place, _, _ in run}
        run = [(id, counts, words)] if fits else []
    return made


def _counts(passage: Passage) -> tuple[tuple[str, ...], str]:
    """(the plain numbers that a paragraph bears, the words behind them): its own number, or those that its words begin with ("4, 5 and 7. The …")."""
    if passage.number:
        count = numbers.count(passage.number)
        return (count,) if count else (), passage.text
    keys, length = numbers.listed(passage.text)
    found = re.match(r"\s?[.:)–—-]\s", passage.text[length:])
    return (keys, passage.text[length + found.end():]) if found and all(re.fullmatch(r"\d{1,2}", key) for key in keys) else ((), passage.text)


def _bears_ids(passages: Sequence[Passage], known: Sequence[Recommendation]) -> bool:
    """Whether the paragraphs of a response are numbered by what they answer: a good part of the ids that are more than a count."""
    ids = {r.number for r in known if re.search(r"[.(]", r.number)}
    return len({numbers.normal(p.number) for p in passages if p.number and p.kind != "heading"} & ids) >= max(2, MARKED * len(ids))


def _open(walk: _Walk, passage: Passage, keys: tuple[str, ...], heading: str, sure: bool = True) -> None:
    _close(walk)
    level = passage.level if passage.kind == "heading" else (walk.heading.level if walk.heading else 1)
    walk.unit = _Unit(keys, passage.page, level, heading, walk.speakers or (walk.default,), group=walk.group, sure=sure)


def _close(walk: _Walk) -> None:
    if walk.unit is not None:
        walk.made.append(walk.unit)
    walk.unit = None


def _own_voice(walk: _Walk, text: str) -> bool:
    """Whether words are the responder's own, not those of the report that it answers."""
    return recommend.hit(walk.rules.voice, text[:200])


def _restates(walk: _Walk, passage: Passage, known: Sequence[Recommendation]) -> str | None:
    """The number of the recommendation whose words a passage repeats ("" where that has none); None where it repeats none."""
    text = passage.text
    if len(text.split()) < 6 and passage.kind != "item" or passage.kind == "heading" and len(text.split()) < 8:
        return None
    own = walk.by_number.get(numbers.normal(passage.number)) if passage.number else None
    if own is not None and recommend.alike(text, own.text) >= 55:
        return own.number
    best = max(known, key=lambda r: recommend.alike(text, r.text), default=None)
    if best is None or recommend.alike(text, best.text) < recommend.SAME:
        return None
    return best.number


def _again(walk: _Walk, passage: Passage, number: str) -> None:
    """A restated recommendation: belongs to the open unit where that has not been answered yet, else opens one."""
    unit = walk.unit
    number = numbers.parent(number) if unit is not None and numbers.parent(number) in unit.numbers and passage.kind == "item" else number
    if unit is not None and unit.sure and not unit.answer and not unit.verdict:
        # "1a) i" right under "Recommendation 1: Safety": the answer is to the part alone
        wholes = {n for n in unit.numbers if number.startswith(f"{n}(")} if not unit.restated else set()
        unit.numbers = (*(n for n in unit.numbers if n not in wholes), *((number,) if number and number not in unit.numbers else ()))
    else:
        _open(walk, passage, (number,) if number else (), walk.heading.text if walk.heading else "")
    walk.unit.restated.append(passage.text)


def _label(walk: _Walk, passage: Passage) -> tuple[str | None, str] | None:
    """(who is named, the words after the label) of a passage that begins with a label of an answer."""
    for cue in walk.rules.label:
        found = cue.pattern.match(passage.text)
        if found:
            return found["who"], passage.text[found.end():].strip()
    return None


def _speaks(walk: _Walk, passage: Passage, name: str | None, rest: str) -> None:
    """The answer begins; where other bodies are named, it is their answer to the same recommendations."""
    speakers = _named_bodies(walk, name) or (walk.default,)
    if walk.unit is None or passage.kind == "heading" and name and not rest and _opens_section(walk.unit, passage):
        _close(walk)
        if passage.kind == "heading" and name:
            walk.speakers, walk.section, walk.heading = speakers, passage.level, passage
        return
    _turn(walk, passage, speakers, bool(name))
    _answer_or_verdict(walk, passage, rest)


def _opens_section(unit: _Unit, passage: Passage) -> bool:
    """Whether the heading that names a government begins its part of the document, and is no label inside the open answer."""
    if unit.turned or unit.sure and not unit.answer and not unit.verdict:
        return False
    under = unit.sure and unit.heading[:1] not in ("", MENTION, "¶")
    return passage.level < unit.level or not under and passage.level <= unit.level


def _voiced(walk: _Walk, text: str) -> list[tuple[tuple[str, ...], str]]:
    """(responders, verdict) for each verdict of a line that says which governments give it; [] for every other line."""
    found = verdicts.read(text, walk.rules.verdicts)
    if not any(v.names for v in found):
        return []
    return [(tuple(dict.fromkeys(body for name in v.names if (body := walk.who(name)))) or (walk.default,), v.words) for v in found]


def _voices(walk: _Walk, passage: Passage, voiced: Sequence[tuple[tuple[str, ...], str]]) -> None:
    """The verdicts of several governments: what follows is the answer of all of them until another line says otherwise."""
    unit = walk.unit
    answered = len(unit.answer) > unit.lines
    spoken = unit.verdict or unit.each or any(_own_voice(walk, words) for _, words, _ in unit.answer)
    others = {body for bodies, _ in voiced for body in bodies} != set(unit.responders)
    if answered and (spoken or passage.kind != "heading" and others):
        fresh = replace(unit, answer=[], verdict="", each={}, lines=0, page=passage.page)
        _close(walk)
        walk.unit = unit = fresh
    elif answered and not unit.lines and passage.kind == "heading":
        unit.restated, unit.answer = [*unit.restated, *(words for _, words, _ in unit.answer)], []
    for bodies, words in voiced:
        unit.each |= dict.fromkeys(bodies, words)
    unit.responders = tuple(unit.each)
    _line(walk, passage, passage.text)


def _line(walk: _Walk, passage: Passage, words: str) -> None:
    walk.unit.lines += 1
    _answer(walk, passage, words)


def _behind(walk: _Walk, text: str) -> tuple[str, ...]:
    """The ids in brackets behind the heading of a topic: "Hostels (recommendations 2 and 4)"."""
    for cue in walk.rules.behind:
        if found := cue.pattern.search(text):
            whole = {numbers.parent(number) for number in walk.by_number}
            return tuple(key for key in _known(walk, numbers.listed(numbers.capitals(found["ids"]))[0]) if not walk.by_number or key in walk.by_number or key in whole)
    return ()


def _run_in(walk: _Walk, text: str) -> tuple[tuple[str, ...], str, str] | None:
    """(ids, heading, answer) of a paragraph that begins with its own heading: "Hostels (recommendations 2 and 4). The Government …"."""
    found = next((m for cue in walk.rules.run_in if (m := cue.pattern.match(text))), None)
    keys = _behind(walk, found["head"]) if found else ()
    return (keys, found["head"], text[found.end():]) if keys else None


def _headed(walk: _Walk, passage: Passage, keys: tuple[str, ...], heading: str, words: str) -> None:
    """A paragraph under a heading of its own: one answer, or one for each recommendation that it goes on to name."""
    for some, part in pieces if len(pieces := _pieces(walk, words)) > 1 else [(keys, words)]:
        _open(walk, passage, some, heading)
        _answer_or_verdict(walk, passage, part)


def _first(text: str) -> str:
    return re.split(r"(?<=[.;])\s", text, maxsplit=1)[0]


def _turn(walk: _Walk, passage: Passage, speakers: tuple[str, ...], named: bool) -> None:
    """The open unit is now theirs; where others have spoken in it before, a new one to the same recommendations begins."""
    unit = walk.unit
    if (unit.answer or unit.verdict) and unit.responders != speakers or unit.answer and unit.numbers and not named:
        fresh = replace(unit, answer=[], verdict="", each={}, lines=0, page=passage.page)
        _close(walk)
        walk.unit = fresh
    walk.unit.responders, walk.unit.turned = speakers, True


def _named_bodies(walk: _Walk, name: str | None) -> tuple[str, ...]:
    """The ids of the bodies in "the Scottish Government and Welsh Government"."""
    whole = walk.who(name) if name else None
    if whole or not name:
        return (whole,) if whole else ()
    found = [walk.who(part.strip()) for part in re.split(r",|&|\band\b", name)]
    return tuple(dict.fromkeys(body for body in found if body))


def _answer_or_verdict(walk: _Walk, passage: Passage, words: str) -> None:
    if not words:
        return
    if not walk.unit.verdict and not walk.unit.answer:
        walk.unit.verdict = words if verdicts.is_line(words, walk.rules.verdicts) else verdicts.opening(_first(words), walk.rules.verdicts)
        walk.unit.lines = int(walk.unit.verdict == words)
    _answer(walk, passage, words)


def _is_verdict(walk: _Walk, passage: Passage) -> bool:
    return walk.unit is not None and verdicts.is_line(passage.text, walk.rules.verdicts)


def _verdict(walk: _Walk, passage: Passage) -> None:
    unit = walk.unit
    if not unit.verdict and unit.answer and passage.kind == "heading" and not any(_own_voice(walk, words) for _, words, _ in unit.answer):
        unit.restated, unit.answer = [*unit.restated, *(words for _, words, _ in unit.answer)], []
    if not unit.verdict and not unit.answer:
        unit.verdict = passage.text
    _line(walk, passage, passage.text)


def _heading(walk: _Walk, passage: Passage) -> None:
    """A heading closes the unit above it unless it stands deeper, and opens prose of its own."""
    unit = walk.unit
    walk.columns = ()
    if unit is not None and unit.sure and passage.level > unit.level and not recommend.hit(walk.rules.boilerplate, passage.text):
        return
    if unit is not None and unit.sure and not unit.answer and not unit.verdict and not unit.restated and len(passage.text.split()) > 3:
        return                        # "Recommendation 1" with its title on a line of its own
    titled = next((found["who"] for cue in walk.rules.part if (found := cue.pattern.match(passage.text))), "")
    named = _named_bodies(walk, titled or re.sub(r"(?i)\b(?:response|reply|position).*", "", passage.text)) if titled or len(passage.text.split()) < 9 else ()
    if named or not walk.section or passage.level < walk.section or passage.level == walk.section and (not walk.parts or recommend.hit(walk.rules.boilerplate, passage.text)):
        walk.speakers, walk.section = named, passage.level if named else 0
    walk.heading = passage
    _close(walk)
    if not recommend.hit(walk.rules.boilerplate, passage.text):
        _open(walk, passage, (), passage.text, sure=False)


def _text(walk: _Walk, passage: Passage, following: Sequence[Passage]) -> None:
    unit = walk.unit
    if recommend.hit(walk.rules.closing, passage.text):
        _close(walk)
        return
    if (unit is None or not unit.sure) and (whole := next((s for s in _SENTENCE.split(passage.text) if recommend.hit(walk.rules.whole, s)), "")):
        walk.made.append(_Unit((WHOLE,), passage.page, 0, "", walk.speakers or (walk.default,), answer=[(passage.page, whole, passage.id)]))
    pieces = _pieces(walk, passage.text) if unit is None or not unit.sure or unit.heading == MENTION else []
    if len(pieces) > 1:
        for keys, words in pieces:
            _open(walk, passage, keys, MENTION)
            _answer(walk, passage, words)
        return
    if unit is None or not unit.sure or unit.heading == MENTION:
        if mentioned := _mentioned(walk, passage) or pieces and pieces[0][0]:
            _open(walk, passage, mentioned, MENTION)
            unit = walk.unit
        elif unit is not None and unit.sure and _elsewhere(walk, unit, passage.text):
            _open(walk, passage, (), "", sure=False)
            unit = walk.unit
    if unit is None and walk.heading is None and not recommend.hit(walk.rules.courtesy, passage.text):
        _open(walk, passage, (), "", sure=False)         # a letter has no headings
        unit = walk.unit
    if unit is None or _aside(walk, passage):
        return
    if unit.sure and not unit.answer and not unit.verdict and _still_restated(walk, unit, passage, following):
        unit.restated.append(passage.text)
    else:
        _answer(walk, passage, passage.text)


def _elsewhere(walk: _Walk, unit: _Unit, text: str) -> bool:
    """Whether a paragraph behind one that named what it answers is clearly about another recommendation."""
    every = list(walk.by_number.values())
    near = {number: concern.shared(text, asked, every) for number, asked in walk.by_number.items()}
    own = max((score for number, score in near.items() if number in unit.numbers), default=0.0)
    return max(near.values(), default=0.0) >= max(NEARER * own, LEAST_SHARED)


def _pieces(walk: _Walk, text: str) -> list[tuple[tuple[str, ...], str]]:
    """(ids, words) for each stretch of a paragraph that answers recommendations by name; an id in brackets stands behind what it answers."""
    made: list[tuple[tuple[str, ...], str]] = []
    waiting: list[str] = []
    for sentence in _SENTENCE.split(text):
        last = next((m for m in _BRACKETS.finditer(sentence)), None)
        found = numbers.listed(last["ids"])[0] if last else [key for m in _MENTION.finditer(sentence) for key in numbers.listed(sentence[m.end():])[0]]
        found = found or [str(numbers.ordinal(m["ordinal"])) for cue in walk.rules.ordinal for m in cue.pattern.finditer(sentence)]
        keys = tuple(key for key in dict.fromkeys(_known(walk, found)) if key in walk.by_number)
        if keys and (last or not made):
            made.append((keys, " ".join([*waiting, sentence])))
            waiting = []
        elif keys:
            made[-1] = (made[-1][0], " ".join([made[-1][1], *waiting]))
            made.append((keys, sentence))
            waiting = []
        else:
            waiting.append(sentence)
    return [*made[:-1], (made[-1][0], " ".join([made[-1][1], *waiting]))] if made else []


def _aside(walk: _Walk, passage: Passage) -> bool:
    """Whether another government speaks in this one paragraph of an answer; it is kept as that government's own."""
    found = _ASIDE.match(passage.text)
    speaker = walk.who(found["who"]) if found else None
    if speaker is None or speaker in walk.unit.responders or not walk.unit.numbers or not walk.unit.sure:
        return False
    walk.made.append(replace(walk.unit, responders=(speaker,), answer=[(passage.page, passage.text, passage.id)], verdict="", page=passage.page))
    return True


def _mentioned(walk: _Walk, passage: Passage) -> tuple[str, ...]:
    """The recommendations that a paragraph of a letter answers by name: "We accept recommendations 1 and 2"."""
    if not _own_voice(walk, passage.text) and not re.match(r"(?i)(?:on|in relation to|regarding|with regard to|turning to|as to|as for|your|recommendations?|for)\b", passage.text):
        return ()
    first = _first(passage.text)
    found = [key for m in _MENTION.finditer(first) for key in numbers.listed(first[m.end():])[0]]
    found += [str(numbers.ordinal(m["ordinal"])) for cue in walk.rules.ordinal for m in cue.pattern.finditer(first)] if not found else []
    found = _known(walk, found)
    return tuple(dict.fromkeys(key for key in found if not walk.by_number or key in walk.by_number))


def _still_restated(walk: _Walk, unit: _Unit, passage: Passage, following: Sequence[Passage]) -> bool:
    """Whether a passage before any answer still belongs to what is repeated."""
    if passage.zone == "quotation" or passage.kind == "quotation" or passage.text[:1] in "“‘\"":
        return True
    if any(number in walk.by_number for number in unit.numbers):
        whole = " ".join(walk.by_number[number].text for number in unit.numbers if number in walk.by_number)
        return recommend.alike(passage.text, whole) >= 75 and (len(passage.text.split()) > 4)
    if _own_voice(walk, passage.text):
        return False
    if _label_ahead(walk, following):
        return True
    return recommend.asks(passage.text, walk.rules.finding) or passage.kind == "item" and bool(unit.restated)


def _label_ahead(walk: _Walk, following: Sequence[Passage]) -> bool:
    """Whether a label or a line with the verdict comes before the next head."""
    for passage in following:
        if recommend.heads(passage, walk.rules.finding)[0] or passage.kind == "heading" and walk.unit is not None and passage.level < walk.unit.level:
            return False
        if _label(walk, passage) is not None or verdicts.read(passage.text, walk.rules.verdicts):
            return True
    return False


def _answer(walk: _Walk, passage: Passage, words: str) -> None:
    walk.unit.answer.append((passage.page, words, passage.id))


# --- tables ---------------------------------------------------------------------------------------------------------------

def _row(walk: _Walk, passage: Passage) -> bool:
    """Whether a table row was read as an answer, its continuation, or the head of such a table."""
    cells = tuple(" ".join(cell.split()) for cell in passage.cells)
    if len(cells) == 1 and walk.columns and cells[0].endswith(":"):
        return True                   # "The Ministry of Justice should:", a heading across the table
    if columns := _columns(walk, cells):
        walk.columns = columns
        return True
    if walk.unit is not None and len(cells) > 1 and (bodies := _named_bodies(walk, cells[0])) and recommend.hit(walk.rules.verdict, cells[1]):
        _turn(walk, passage, bodies, True)
        _answer_or_verdict(walk, passage, cells[1])
        return True
    if not walk.columns:
        return False
    if any(column.startswith(BY) for column in walk.columns):
        return _by_government(walk, passage, cells)
    named = _cells(walk, cells)
    keys = _known(walk, _row_ids(walk, named))
    if not keys and "number" in walk.columns and not named.get("number") and walk.unit is not None and walk.unit.heading == "¶":
        walk.unit.restated += [named["recommendation"]] if named.get("recommendation") else []
        walk.unit.answer += [(passage.page, named[c], passage.id) for c in ("response", "verdict") if named.get(c)]
        return True
    if not keys and not (named.get("recommendation") and named.get("response")):
        return False
    _open(walk, passage, keys, "¶")
    walk.unit.restated += [named["recommendation"]] if len(named.get("recommendation", "").split()) > 2 else []
    walk.unit.verdict = named.get("verdict") or (named.get("response", "") if recommend.hit(walk.rules.verdict, named.get("response", "")) else "")
    walk.unit.answer += [(passage.page, named[c], passage.id) for c in ("verdict", "response") if named.get(c)]
    return True


def _by_government(walk: _Walk, passage: Passage, cells: Sequence[str]) -> bool:
    """A row with a cell for each government: as many answers to the same recommendation."""
    named = dict(zip(walk.columns, cells, strict=False))
    keys = _known(walk, _row_ids(walk, named))
    if not keys and not named.get("recommendation"):
        return False
    for column, words in named.items():
        if column.startswith(BY) and words:
            _open(walk, passage, keys, "¶")
            walk.unit.responders, walk.unit.restated = (column.removeprefix(BY),), [named["recommendation"]] if named.get("recommendation") else []
            _answer_or_verdict(walk, passage, words)
    return True


def _row_ids(walk: _Walk, named: dict[str, str]) -> tuple[str, ...]:
    """The ids of a row: those of its own column, else those that the recommendation's cell begins with or consists of."""
    words = named.get("number") or named.get("recommendation", "")
    if words and any(cue.pattern.match(f"{words} A") for cue in walk.rules.finding.theme) and (key := _theme(words)) in walk.by_number:
        return (key,)
    bare = re.sub(r"(?i)^(?:recommendations?|recs?\.?)\s*", "", words)
    if bare.strip(" .") in walk.by_number:
        return (bare.strip(" ."),)
    if named.get("number") and (coded := _CODED.findall(bare)) and all(key in walk.by_number for key in coded):
        return tuple(coded)           # "RI 6, RI 9" for recommendations 6 and 9
    keys, length = numbers.listed(bare)
    return keys if named.get("number") or length == len(bare.strip()) else numbers.listed(_leading(words))[0]


def _leading(words: str) -> str:
    """The id that the words of a cell begin with: "4a) A scheme", "Recommendation 3: A plan", "R3(a) A rule"."""
    found = re.match(r"(?i)(?:recommendations?|rec\.?)?\s*(\d{1,2}(?:\.\d{1,2})*\s?(?:\(?[a-z]\)?)?)(?:[.:)]|\s+[–-])\s", words) or re.match(r"(R\d{1,2}(?: ?\([a-z]\))?)[.:)]?\s", words)
    return found[1] if found else ""


def _cells(walk: _Walk, cells: Sequence[str]) -> dict[str, str]:
    """A row by its columns; a verdict that the reader of the page left among the words of the cell before is taken out of them."""
    named = dict(zip(walk.columns, cells, strict=False))
    if len(cells) >= len(walk.columns) or not named.get("recommendation"):
        return named
    for cue in walk.rules.glued:
        for found in cue.find(named["recommendation"]):
            words = named["recommendation"]
            last = walk.columns[-1] if walk.columns[-1] in ("verdict", "response") else "verdict"
            return named | {last: words[found.start:found.end], "recommendation": f"{words[:found.start].rstrip()} {words[found.end:].lstrip()}"}
    return named


def _told_apart(kinds: list[str]) -> list[str]:
    """Of two columns of answers the first holds the verdict; a "conclusion" beside a recommendation is the answerer's, else the report's."""
    kinds = [("verdict" if "recommendation" in kinds else "recommendation") if kind == "conclusion" else kind for kind in kinds]
    if "verdict" in kinds or kinds.count("response") < 2:
        return kinds
    at = kinds.index("response")
    return [*kinds[:at], "verdict", *kinds[at + 1:]]


def _columns(walk: _Walk, cells: Sequence[str]) -> tuple[str, ...]:
    """What each column holds, where a row is the head of a table of answers."""
    kinds = _told_apart([recommend.column(cell, walk.rules.finding) for cell in cells])
    governments = [BY + body if not kind and len(cell.split()) < 5 and (body := walk.who(cell)) else kind for cell, kind in zip(cells, kinds, strict=True)]
    if sum(kind.startswith(BY) for kind in governments) > 1:
        return tuple(kind or f"column-{n}" for n, kind in enumerate(governments))
    if not {"response", "verdict"} & set(kinds) or not {"recommendation", "number"} & set(kinds):
        return ()
    if kinds.count("recommendation") and "number" not in kinds:
        first = kinds.index("recommendation")
        if first and not kinds[first - 1]:
            kinds[first - 1] = "number"
        elif first == 0 and len(kinds) > 2 and kinds[1] not in ("response", "verdict"):
            kinds[0] = "number"
            kinds = [kind or "recommendation" for kind in kinds] if "recommendation" not in kinds else kinds
    return tuple(kind or f"column-{n}" for n, kind in enumerate(kinds))
