"""Passages -> Recommendations: what a report asks for, in every layout in which reports print it.

Four ways of printing are read (named boxes and headings, numbered lists under words that lead in, chapters of
conclusions, lists without numbers); the surest one that a document uses decides, the others only add places.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from policytrack import cues, numbers
from policytrack.cues import Cue
from policytrack.model import Passage, Recommendation, Statement, identity

ZONES = ("body", "heading", "quotation")
LONGEST = 420                 # words of one recommendation with its items; longer ones have run into the discussion
COMMON = 0.4                  # share of the letters in common words below which no stretch of the longer text is searched for the shorter
THEMED = 3                    # passages under labels of a theme and a count, from which on these are its recommendations
UNSAID = 5                    # sentences that say what should be done, from which on a report without lists may do without the word "recommend"
MOSTLY = 0.6                  # share of the items of a list that must have a paragraph in brackets behind them
PROSE = 3                     # sentences that recommend in so many words, from which on others that say who should act are advice too
SURE = 0.6                    # how likely a statement must be a recommendation, to be one where a report prints no list
SAME = 82                     # how alike (0 to 100) two wordings are that stand for one recommendation
_INTEGER = re.compile(r"\d{1,3}[.)]?|\[\d{1,3}\]|\(\d{1,3}\)")
_GOES_ON = re.compile(r"(?:It|This|They|These|Such|Both|Each|Its|Their|That|He|She)\b")
_LETTER = re.compile(r"\(?[a-z]\)|[a-z]\.")
_LETTERED = re.compile(r"(?:^|(?<=[;,.:] )|(?<=\band )|(?<=\bor ))\(([a-h])\)\s+")
_BEHIND = re.compile(r"(?i)\s*[(\[](?:paragraph |para\.? )?(?P<place>\d{1,3}(?:\.\d{1,3})?)[)\]]\.?$")
_OWN_PART = re.compile(r"\d{1,3}[a-z][.)]?")
_PART = re.compile(r"\s*\(?(?P<letter>[a-z])\)\s+")
_PLACE = re.compile(r"\d{1,3}(?:\.\d{1,3})?\.?")
_NOBODY = re.compile(r"(?i)(?:this|it|they|we|i|there|these|those|which|that|who|and|such|steps|consideration|he|she|where|if|when|as|in|for|on|by|at|with|but|particular|while|before|after|within|them|us|you|my|no|except|the question)\b")
_OPENING = re.compile(r"(?i)^(?:(?:to|alongside|building|given|during|following|under|through)\b.*|.*\bhowever), (?=\S)")
_CLAUSE = re.compile(r"\b(?:will|remains?|is|are|was|were|has|have|whether|supported)\b")
_SOMEBODY = re.compile(r"(?i:the|each|every|all|any|government|ministers?|departments?|councils?|local|national) ?|[A-Z]")
_INSIDE = re.compile(r"(?<=[.!?:;”’)])\s+(?=Recommendation \d{1,3}[a-z]?\s?(?:[:–—]\s|\s?[A-Z“]))")
_STOP = re.compile(r"^[\s:.–—-]+")
_COUNTS = re.compile(r"[CR]?\d|[A-Z]$|\(?[a-z]+\)")             # ids that count through the whole report; "D1" counts within a theme
_CODE = re.compile(r"[A-Z]{1,3}[ .]?\d{1,2}[a-z]?")             # what a table counts its rows by, beside numbers: "D1", "HO 3"


@dataclass(frozen=True, slots=True)
class Rules:
    """The proved cues of `recommendations.toml`, and those of `responses.toml` that say where an answer begins."""

    name: tuple[Cue, ...]
    praise: tuple[Cue, ...]
    unnamed: tuple[Cue, ...]
    alone: tuple[Cue, ...]
    section: tuple[Cue, ...]
    ender: tuple[Cue, ...]
    lead: tuple[Cue, ...]
    ask: tuple[Cue, ...]
    heard: tuple[Cue, ...]
    reference: tuple[Cue, ...]
    who: tuple[Cue, ...]
    theme: tuple[Cue, ...]
    main: tuple[Cue, ...]
    addressed: tuple[Cue, ...]
    column: tuple[Cue, ...]
    answer: tuple[Cue, ...]


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
class _Reader:
    """A walk over the passages of one document."""

    passages: Sequence[Passage]
    rules: Rules
    items: list[Item] = field(default_factory=list)


def load(pipeline: Path) -> Rules:
    """The rules of finding, from the folder `pipelines`."""
    path = pipeline / "recommendations.toml"
    kinds = ("name", "praise", "unnamed", "alone", "section", "ender", "lead", "ask", "heard", "reference", "who", "theme", "main", "addressed")
    answer = cues.load(pipeline / "responses.toml", key="label") + cues.load(pipeline / "responses.toml", key="verdict")
    return Rules(*(cues.load(path, key=kind) for kind in kinds), cues.load(pipeline / "responses.toml", key="column"), answer)


def hit(rules: Iterable[Cue], text: str) -> bool:
    """Whether any of the cues holds in a text."""
    return any(True for cue in rules for _ in cue.find(text))


def asks(text: str, rules: Rules) -> bool:
    """Whether words ask somebody to do something; what others asked for does not count."""
    return any(hit(rules.ask, part) and not hit(rules.heard, part) for part in re.split(r"(?<=[.;:?])\s+", text))


def readable(passages: Iterable[Passage]) -> list[Passage]:
    """The passages that can hold recommendations or answers, in order; lists of contents and notes are left out."""
    return [part for p in passages if p.zone in ZONES and p.text.strip() for part in _split(p)]


def _split(passage: Passage) -> list[Passage]:
    """A passage cut where "Recommendation 4" begins in its midst: a heading that its page does not set apart."""
    cuts = [0, *(m.end() for m in _INSIDE.finditer(passage.text)), len(passage.text)] if passage.kind != "table" else []
    if len(cuts) < 3:
        return [passage]
    pieces = [(a, passage.text[a:b].strip()) for a, b in zip(cuts, cuts[1:], strict=False)]
    return [replace(passage, id=f"{passage.id}+{a}" if a else passage.id, text=text, number=passage.number if not a else "", kind="paragraph" if a else passage.kind,
                    page=max((place.page for place in passage.placed if place.offset <= a), default=passage.page)) for a, text in pieces]


def recommendations(document: str, passages: Iterable[Passage], rules: Rules, statements: Callable[[], Iterable[Statement]] = tuple) -> tuple[Recommendation, ...]:
    """Every recommendation and numbered conclusion of a report, each with all its places, in the order of its fullest printing.

    Where no printing is found, advice stands in running prose: then the `statements` of the report that were read as recommendations are asked for.
    """
    reader = _Reader(readable(passages), rules)
    named, led, chapters, tabled, under, themed = _named(reader), _led(reader), _chapters(reader), _tabled(reader), _under(reader), _themed(reader)
    prose = not (named or led or chapters or tabled or under or themed)
    bare = _bare(reader, prose)
    bare = _with_statements(reader, bare, statements()) if prose else bare
    bulleted, counted = _bulleted(reader), _counted(reader)
    bare = counted if len({i.passages[0] for i in bare} & {i.passages[0] for i in counted}) >= len(bare) * 0.5 and len(counted) >= 4 else bare
    chosen = under if len(under) >= 3 and len(under) > len({item.key for item in named}) else _chosen(named, led, chapters, bulleted if len(bulleted) >= 3 else bare)
    chosen = tabled if len(tabled) > max(1, len({item.key for item in chosen})) else chosen
    chosen = themed if len(themed) > len({item.key or item.text for item in chosen}) else chosen
    chosen = _placed(chosen)
    chosen = [part for item in chosen for part in _inside(item, {i.key for i in chosen})] if chosen is not under else chosen
    merged = _merged(chosen, [item for items in (named, led, chapters, bare, tabled, under, themed) if items is not chosen for item in items])
    return tuple(_recommendation(document, group, rules) for group in merged)


def _chosen(named: list[Item], led: list[Item], chapters: list[Item], bare: list[Item]) -> list[Item]:
    """The printing that decides: named ones before lists that are led in, before chapters, before loose sentences."""
    def chain(items: list[Item]) -> int:
        keys = {item.key for item in items if item.key}
        return sum(1 for n in range(1, len(keys) + 1) if {str(n), f"C{n}", chr(64 + n)} & keys or any(k.startswith(f"{n}(") for k in keys))

    wholes = {item.key for item in named if item.key and not re.match(r"C\d", item.key)}
    if len(wholes) >= 2 and (chain(named) >= 2 or len(wholes) >= 4) and len(wholes) >= chain(led) / 2 or wholes and not (led or chapters):
        return named
    if chain(led) >= 3 and chain(led) > chain(chapters) and chain(led) >= len({i.key for i in chapters}) * 0.5:
        return led
    return chapters if len(chapters) >= 2 or not bare else bare


# --- named: "Recommendation 4: ..." -------------------------------------------------------------------------------------

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
            return tuple(prefix + key for key in keys), _STOP.sub("", rest).strip(), bool(prefix)
    return None


def _begins(rest: str, passage: Passage) -> bool:
    """Whether the words after an id let it stand as a label: nothing, a colon or dash, a title; not "4 was accepted"."""
    return not rest.strip() or bool(re.match(r"[)\].]?\s*(?:[:.–—|\t(-]|$)|\s+[“‘\"A-Z(]", rest)) or (passage.kind == "heading" and not rest[:1].islower())


def _named(reader: _Reader) -> list[Item]:
    made: list[Item] = []
    for n, passage in enumerate(reader.passages):
        keys, rest, conclusion = heads(passage, reader.rules)
        if len(keys) != 1:
            continue
        title, parts, used = _body(reader, n, rest)
        text = " ".join(parts) or title
        ask = asks(text, reader.rules) if conclusion else bool(text) and not _praises(text, reader.rules)
        made.append(Item(keys[0], text, passage.page, passage.section, ask, used, title))
        made += [] if conclusion else _parts(reader, keys[0], used, passage)
    known = {item.key for item in made}
    return [replace(item, key=numbers.lettered((item.key,), known)[0]) for item in made if item.text]


def _praises(text: str, rules: Rules) -> bool:
    """Whether a text that is printed as a recommendation only praises or thanks."""
    return hit(rules.praise, text) and all(hit(rules.praise, part) or not asks(part, rules) for part in re.split(r"(?<=[.!?;])\s+", text))


def _body(reader: _Reader, n: int, rest: str) -> tuple[str, list[str], tuple[str, ...]]:
    """(title, the words in order, ids of their passages) of the named recommendation that begins at passage n."""
    passage = reader.passages[n]
    cells = [c for c in passage.cells[1:] if c.strip()] if len(passage.cells) > 1 else []
    words = " ".join(cells[:1]) if cells and not rest.strip() else rest
    title = "" if asks(words, reader.rules) or len(words.split()) > 14 or words.rstrip().endswith((".", ":", ";")) else words
    parts, used = ([] if title or not words else [words]), [passage.id]
    for follower in reader.passages[n + 1:n + 16]:
        if _closes(reader, follower) or sum(len(p.split()) for p in parts) > LONGEST:
            break
        if parts and not _goes_on(parts[-1], follower, reader.rules):
            break
        parts.append(_shown(follower))
        used.append(follower.id)
    return title, parts, tuple(used)


def _closes(reader: _Reader, passage: Passage) -> bool:
    """Whether a passage ends the recommendation before it: a heading, the next one, or the answer to it."""
    return passage.kind in ("heading", "table") or hit(reader.rules.answer, passage.text[:80]) or bool(heads(passage, reader.rules)[0])


def _goes_on(before: str, passage: Passage, rules: Rules) -> bool:
    """Whether a passage still belongs to the words before it: a list item, the rest of a sentence, or a further ask."""
    if passage.number and not _LETTER.fullmatch(passage.number) and not numbers.roman(passage.number) and not _OWN_PART.fullmatch(passage.number):
        return False
    open_end = not re.search(r"[.!?”’\"]\)?$", _BEHIND.sub("", before.strip()))
    return passage.kind == "item" or bool(_OWN_PART.fullmatch(passage.number)) or open_end or passage.text[:1].islower() or (asks(passage.text, rules) and not passage.number)


def _shown(passage: Passage) -> str:
    return f"{passage.number} {passage.text}".strip() if passage.kind != "heading" else passage.text


def _parts(reader: _Reader, key: str, used: tuple[str, ...], head: Passage) -> list[Item]:
    """The lettered parts of a recommendation whose own words only lead in; none unless they begin with (a) and are two or more."""
    inside = [p for p in reader.passages if p.id in used and p.id != head.id]
    marks = [(p, found[1]) for p in inside if (found := re.fullmatch(rf"\(?(?:{re.escape(key)} ?)?\(?([a-z])[).]*", p.number.casefold()))]
    if len(marks) < 2 or marks[0][1] != "a":
        return []
    return [Item(f"{key}({letter})", p.text, p.page, p.section, True, (p.id,)) for p, letter in marks]


def _placed(items: list[Item]) -> list[Item]:
    """Items of a list without numbers by the paragraphs that stand in brackets behind them ("… (1.3)"), where most have one and no two the same."""
    found = [_BEHIND.search(item.text) for item in items]
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


# --- themed: "Workforce 3 …" -----------------------------------------------------------------------------------------------

def _themed(reader: _Reader) -> list[Item]:
    """Passages that begin with a theme and its count ("Workforce 3", "MoJ 1"), where each theme counts on from 1 and three are so printed."""
    labelled = [(n, found) for n, p in enumerate(reader.passages) if p.kind not in ("heading", "table") and not p.number and (found := next((m for cue in reader.rules.theme if (m := cue.pattern.match(p.text))), None))]
    counts: dict[str, list[int]] = {}
    for _, found in labelled:
        counts.setdefault(found["theme"], []).append(int(found["count"]))
    counted = {theme for theme, numbered in counts.items() if sorted(set(numbered)) == list(range(1, max(numbered) + 1))}
    made = [_themed_item(reader, n, found) for n, found in labelled if found["theme"] in counted]
    return made if len(made) >= THEMED else []


def _themed_item(reader: _Reader, n: int, found: re.Match) -> Item:
    item = _numbered(reader, n, f"{found['theme']} {found['count']}{(found['part'] or '').strip()}")
    return replace(item, text=_STOP.sub("", item.text[found.end():]))


# --- tables: a row for each ---------------------------------------------------------------------------------------------

def _tabled(reader: _Reader) -> list[Item]:
    """The rows under a head with a column of recommendations and none of responses; the words of a cell that goes on are put together."""
    made: list[Item] = []
    columns: tuple[str, ...] = ()
    for passage in reader.passages:
        cells = tuple(" ".join(cell.split()) for cell in passage.cells) if passage.kind == "table" else ()
        if len(cells) < 2:
            continue
        kinds = tuple(column(cell, reader.rules) for cell in cells)
        kinds = tuple("recommendation" if kind == "conclusion" and "recommendation" not in kinds else kind for kind in kinds)
        if "recommendation" in kinds:
            columns = () if {"response", "verdict"} & set(kinds) else kinds
        elif "recommendation" in columns and len(cells) >= len(columns) - 1:
            made += _table_item(dict(zip(columns, cells, strict=False)), passage, made, reader.rules)
    return made


def column(head: str, rules: Rules) -> str:
    """What a column holds by its head, counted ("3. Response") or not; "" where no cue knows it."""
    bare = re.sub(r"^\d{1,2}[.)]\s+", "", head)
    return next((cue.value for cue in rules.column if cue.pattern.match(bare)), "")


def _table_item(row: dict[str, str], passage: Passage, made: list[Item], rules: Rules) -> list[Item]:
    """The recommendation of one row; none where it only goes on with the row before."""
    bare, text = re.sub(r"(?i)^(?:recommendations?|rec\.?)\s*", "", row.get("number", "")).strip(" ."), row.get("recommendation", "")
    key = (numbers.listed(bare)[0] or (bare if _CODE.fullmatch(bare) else "",))[0]
    if not key and made and text and (text[:1].islower() or "number" in row):
        made[-1] = replace(made[-1], text=f"{made[-1].text} {text}", passages=(*made[-1].passages, passage.id))
        return []
    return [Item(key, text, passage.page, passage.section, asks(text, rules) or bool(key), (passage.id,), lead=f"{row['who']} should" if row.get("who") else "")] if len(text.split()) > 2 else []


# --- led in: "We therefore recommend: 4. ..." ---------------------------------------------------------------------------

def _led(reader: _Reader) -> list[Item]:
    """The longest run of whole numbers, or of small Roman ones, of which at least a quarter stand under words that lead in."""
    plain = [(n, p) for n, p in enumerate(reader.passages) if p.kind != "heading" and _INTEGER.fullmatch(p.number)]
    roman = [(n, p) for n, p in enumerate(reader.passages) if p.kind == "item" and p.number.startswith("(") and numbers.position(p.number)]
    return max((_longest(reader, found) for found in (plain, roman)), key=len)


def _longest(reader: _Reader, marked: Sequence[tuple[int, Passage]]) -> list[Item]:
    candidates = [(n, numbers.position(p.number), _is_led(reader, n, p)) for n, p in marked]
    starts = [at for at, (_, number, lead) in enumerate(candidates) if number == 1 and lead]
    runs = [_run(candidates[at:]) for at in starts]
    sure = [run for run in runs if len(run) >= 3 and sum(lead for _, _, lead in run) >= len(run) / 4]
    best = max(sure, key=lambda run: (len(run), sum(lead for _, _, lead in run)), default=[])
    return [_numbered(reader, n, str(number), lead or asks(reader.passages[n].text, reader.rules)) for n, number, lead in best]


def _run(candidates: Sequence[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """The first of the candidates and whichever count on from it."""
    run: list[tuple[int, int, bool]] = []
    for candidate in candidates:
        if candidate[1] == len(run) + 1:
            run.append(candidate)
    return run


def _is_led(reader: _Reader, n: int, passage: Passage) -> bool:
    before = reader.passages[n - 1].text if n else ""
    return hit(reader.rules.lead, passage.lead_in[-160:]) or hit(reader.rules.lead, before[-160:])


def _numbered(reader: _Reader, n: int, key: str, ask: bool = True) -> Item:
    passage = reader.passages[n]
    parts, used = [passage.text], [passage.id]
    for follower in reader.passages[n + 1:n + 12]:
        if _closes(reader, follower) or follower.number and (numbers.roman(passage.number) or not _LETTER.fullmatch(follower.number) and not numbers.roman(follower.number)):
            break
        if not (follower.kind == "item" and parts[0].rstrip().endswith((":", ";", "–", "-")) or follower.kind == "item" and follower.number or follower.text[:1].islower() or not re.search(r"[.!?:;”’\"]\)?$", _BEHIND.sub("", parts[-1].strip()))):
            break
        parts.append(_shown(follower))
        used.append(follower.id)
    lead = passage.lead_in or (reader.passages[n - 1].text if n and reader.passages[n - 1].text.rstrip().endswith(":") else "")
    return Item(key, " ".join(parts), passage.page, passage.section, ask, tuple(used), lead=lead)


# --- labels without an id: a conclusion's number, then "Recommendation: ..." ---------------------------------------------

def _under(reader: _Reader) -> list[Item]:
    """What a bare label says, each under the number of the conclusion above it, or under numbers of its own."""
    made: list[Item] = []
    above = ""
    for n, passage in enumerate(reader.passages):
        label = next((found for cue in reader.rules.unnamed if (found := cue.pattern.match(passage.text))), None)
        if label is None:
            above = numbers.normal(passage.number) if _INTEGER.fullmatch(passage.number) else above
        elif parts := _own_numbers(reader, n + 1, above):
            made += parts
            above = ""
        elif passage.text[label.end():].strip():
            item = _numbered(reader, n, above)
            made.append(replace(item, text=_STOP.sub("", item.text[label.end():])))
            above = ""
    return made


def _own_numbers(reader: _Reader, start: int, above: str) -> list[Item]:
    """The items from a place on that have a letter each, with a number ("5a.") or under the number above ("a)")."""
    made = []
    for n in range(start, len(reader.passages)):
        passage = reader.passages[n]
        letter = _PART.match(f"{passage.number} " if passage.number else passage.text) if passage.kind == "item" else None
        key = f"{above}({letter['letter']})" if letter and above else numbers.normal(passage.number)
        if passage.kind == "heading" or not numbers.parent(key):
            break
        item = _numbered(reader, n, key)
        made.append(replace(item, text=item.text[letter.end():]) if letter and not passage.number else item)
    return made


# --- lists without numbers: "We recommend that: - ..." --------------------------------------------------------------------

def _bulleted(reader: _Reader) -> list[Item]:
    """Each item without a number under words that recommend."""
    leads = [cue for cue in reader.rules.lead if cue.id in ("recommend", "urge")]
    return [replace(_numbered(reader, n, ""), text=passage.text, passages=(passage.id,)) for n, passage in enumerate(reader.passages)
            if passage.kind == "item" and not passage.number and hit(leads, passage.lead_in[-160:])]


# --- chapters of conclusions and recommendations ------------------------------------------------------------------------

def _chapters(reader: _Reader) -> list[Item]:
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


def _regions(reader: _Reader) -> list[tuple[int, int]]:
    found = []
    for n, passage in enumerate(reader.passages):
        if passage.kind == "heading" and len(passage.text.split()) <= 16 and hit(reader.rules.section, passage.text) and not heads(passage, reader.rules)[0]:
            found.append((n + 1, _region_end(reader, n, passage)))
    return [(a, b) for a, b in found if b > a]


def _region_end(reader: _Reader, n: int, head: Passage) -> int:
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


def _in_region(reader: _Reader, start: int, stop: int) -> list[Item]:
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
    asking = [n for n in loose if asks(reader.passages[n].text, reader.rules) or _is_led(reader, n, reader.passages[n])]
    if len(asking) < 0.4 * len(loose) or not asking:
        return []
    return [_numbered(reader, n, "") for n in asking if not reader.passages[n].text.rstrip().endswith(":")]


def _numbered_region(reader: _Reader, start: int, stop: int) -> list[Item]:
    """Items with composite ids: the number of the heading or paragraph above, then letters, then Roman numerals."""
    made, top, letter = [], "", ""
    deep = _has_depth(reader.passages[start:stop])
    for n in range(start, stop):
        passage = reader.passages[n]
        mark = passage.number
        if passage.kind == "heading":
            if re.fullmatch(r"\d{1,3}\.?", mark):
                top, letter = numbers.normal(mark), ""
                made += [_numbered(reader, n, top)] if len(passage.text.split()) > 14 and asks(passage.text, reader.rules) else []
            continue
        if re.match(r"\[?\(?[A-Z]?\d", mark):
            top, letter = numbers.normal(mark), ""
            title = deep and len(passage.text.split()) < 14 and not asks(passage.text, reader.rules)
            made += [] if title else [_numbered(reader, n, top, asks(_numbered(reader, n, top).text, reader.rules))]
        elif deep and top and mark:
            key, letter = _composite(top, letter, mark, passage.level)
            own = _numbered(reader, n, key)
            nested = passage.text.rstrip().endswith(":") and any(p.level > passage.level for p in reader.passages[n + 1:n + 2])
            if len(passage.text.split()) > 6 and not nested or asks(passage.text, reader.rules):
                made.append(replace(own, text=passage.text if not nested else own.text))
        elif deep and top and not mark and not letter and passage.kind == "paragraph" and asks(passage.text, reader.rules):
            made.append(_numbered(reader, n, top))
    return made


def _has_depth(passages: Sequence[Passage]) -> bool:
    """Whether letters stand under numbered headings, so that an id is made of both."""
    heads = [p for p in passages if p.kind == "heading" and re.fullmatch(r"\d{1,3}\.?", p.number)]
    return len(heads) >= 2 and sum(1 for p in passages if _LETTER.fullmatch(p.number)) >= len(heads)


def _composite(top: str, letter: str, mark: str, level: int) -> tuple[str, str]:
    """(the id, the letter now open) of a marker under a number; "(i)" is a letter only after "(h)" at the first level."""
    plain = re.sub(r"[^a-z]", "", mark.casefold())
    as_roman = numbers.roman(mark) and letter and not (len(plain) == 1 and ord(plain) == ord(letter) + 1 and level <= 1)
    return (f"{top}({letter})({plain})", letter) if as_roman else (f"{top}({plain})", plain)


# --- loose sentences ------------------------------------------------------------------------------------------------------

def _bare(reader: _Reader, prose: bool) -> list[Item]:
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
            made.append(replace(_numbered(reader, n, own), ask=True))      # what leads up to the one request is part of it
        else:
            made += (Item(own, text, passage.page, passage.section, True, (passage.id,)) for text, _ in kept)
    return made


def _with_statements(reader: _Reader, bare: list[Item], statements: Iterable[Statement]) -> list[Item]:
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
    for sentence in re.split(r"(?:(?<=[.!?])|(?<=[.!?][\"”’]))\s+(?=[A-Z“‘]|\(a\) )", text):
        spoken = hit(plain, sentence) and not hit(rules.heard, sentence)
        goes_on = bool(_GOES_ON.match(sentence))
        says = not goes_on and (open_ or addressee(sentence, rules)) or not (goes_on and open_) and hit(rules.main, sentence)
        if spoken or prose and says and asks(sentence, rules) and not _praises(sentence, rules):
            made.append((sentence, spoken))
            open_ = True
        elif open_ and _GOES_ON.match(sentence) and asks(sentence, rules):
            made[-1] = (f"{made[-1][0]} {sentence}", made[-1][1])
        else:
            open_ = False
    return made


def _counted(reader: _Reader) -> list[Item]:
    """Of paragraphs that are counted through the whole report those whose every sentence asks: advice among the discussion."""
    run: list[int] = []
    for n, passage in enumerate(reader.passages):
        whole = _INTEGER.fullmatch(passage.number) and int(re.sub(r"\D", "", passage.number)) == len(run) + 1
        if passage.kind == "paragraph" and (whole or re.fullmatch(r"\d{1,2}\.\d{1,3}\.?", passage.number)):
            run.append(n)
    found = [n for n in run if all(asks(part, reader.rules) for part in re.split(r"(?<=[.!?])\s+(?=[A-Z])", reader.passages[n].text))]
    return [replace(_numbered(reader, n, numbers.normal(reader.passages[n].number)), ask=True) for n in found] if len(found) < 0.7 * len(run) else []


# --- together -------------------------------------------------------------------------------------------------------------

def alike(one: str, other: str) -> float:
    """How alike two wordings are, 0 to 100; a short form inside a longer one counts as alike only where it is most of it."""
    (a, words), (b, others) = (_plain(text) for text in (one, other))
    if not a or not b:
        return 0.0
    shorter, longer = sorted((a, b), key=len)
    common = sum(map(len, words & others)) / max(1, min(sum(map(len, words)), sum(map(len, others))))
    inside = fuzz.partial_ratio(shorter, longer) if len(shorter) > 60 and common >= COMMON else 0
    return max(fuzz.ratio(a, b), 0.96 * inside)


@lru_cache(maxsize=20_000)
def _plain(text: str) -> tuple[str, frozenset[str]]:
    plain = re.sub(r"\W+", " ", text.casefold())[:2500]
    return plain, frozenset(plain.split())


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
    return (bool(re.match(r"C\d", key)), [int(part) if part.isdigit() else 0 for part in re.findall(r"\d+", key)], [numbers.rank(part) for part in re.findall(r"\(([a-z]+)\)", key)])


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


def addressee(text: str, rules: Rules) -> str | None:
    """Who is asked, as printed; None where nobody is named."""
    for cue in rules.who:
        for found in cue.pattern.finditer(text[:600]):
            who = re.sub(r",? following .*", "", _OPENING.sub("", " ".join(found["who"].split()).strip(" ,")))
            if _NOBODY.match(who) or _CLAUSE.search(who) or not _SOMEBODY.match(who) or re.search(r"[a-z]\. ", who):
                continue
            return who
    return None
