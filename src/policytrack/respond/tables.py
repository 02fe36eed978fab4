"""Answers in tables: what each column holds, and each row as an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policytrack import numbers, recommend, verdicts
from policytrack.model import Passage
from policytrack.respond import ids, voices
from policytrack.respond.walk import AS, BY, ROW, Walk, add_opening, as_printed, begin

_CODED = re.compile(r"\b[A-Z]{1,3}[ .]?(\d{1,2}[a-z]?)\b")


def row(walk: Walk, passage: Passage) -> bool:
    """Whether a table row was read as an answer, its continuation, or the head of such a table."""
    cells = tuple(" ".join(cell.split()) for cell in passage.cells)
    if len(cells) == 1 and walk.columns and cells[0].endswith(":"):
        return True                   # "The Ministry of Justice should:", a heading across the table
    if not walk.columns and len(cells) > 1 and all(verdicts.is_line(cell, walk.rules.verdicts) for cell in cells):
        walk.columns = tuple(AS + cell for cell in cells)
        return True
    if walk.columns and walk.columns[0].startswith(AS):
        return _under_verdicts(walk, passage, cells)
    if columns := _columns(walk, cells):
        walk.columns = columns
        return True
    if walk.unit is not None and len(cells) > 1 and (bodies := voices.named_bodies(walk, cells[0])) and recommend.hit(walk.rules.verdict, cells[1]):
        voices.turn(walk, passage, bodies, True)
        add_opening(walk, passage, cells[1])
        return True
    if not walk.columns:
        return False
    if any(column.startswith(BY) for column in walk.columns):
        return _positions(walk, passage, cells) or _by_government(walk, passage, cells)
    named = _cells(walk, cells)
    keys = as_printed(walk, _row_ids(walk, named))
    if not keys and "number" in walk.columns and not named.get("number") and walk.unit is not None and walk.unit.heading == ROW:
        walk.unit.restated += [named["recommendation"]] if named.get("recommendation") else []
        walk.unit.answer += [(passage.page, named[c], passage.id) for c in ("response", "verdict") if named.get(c)]
        return True
    if not keys and not (named.get("recommendation") and named.get("response")):
        return False
    begin(walk, passage, keys, ROW)
    walk.unit.restated += [named["recommendation"]] if len(named.get("recommendation", "").split()) > 2 else []
    walk.unit.verdict = named.get("verdict") or (named.get("response", "") if recommend.hit(walk.rules.verdict, named.get("response", "")) else "")
    walk.unit.answer += [(passage.page, named[c], passage.id) for c in ("verdict", "response") if named.get(c)]
    return True


def _positions(walk: Walk, passage: Passage, cells: Sequence[str]) -> bool:
    """A row that begins with a verdict and names in the cell of each government the recommendations that it gives it to: one answer for each."""
    named = [(column.removeprefix(BY), _only_ids(walk, cell)) for column, cell in zip(walk.columns[1:], cells[1:], strict=False) if column.startswith(BY) and _filled(cell)]
    if not verdicts.is_line(cells[0], walk.rules.verdicts) or not named or not all(keys for _, keys in named):
        return False
    for body, keys in named:
        _list(walk, passage, keys, cells[0], (body,))
    return True


def _under_verdicts(walk: Walk, passage: Passage, cells: Sequence[str]) -> bool:
    """A row below verdicts that names in each cell the recommendations that bear the verdict above it."""
    named = [(column.removeprefix(AS), _only_ids(walk, cell)) for column, cell in zip(walk.columns, cells, strict=False) if _filled(cell)]
    if not named or not all(keys for _, keys in named):
        return False
    for verdict, keys in named:
        _list(walk, passage, keys, verdict, walk.speakers or (walk.default,))
    return True


def _list(walk: Walk, passage: Passage, keys: Sequence[str], verdict: str, responders: tuple[str, ...]) -> None:
    for key in keys:
        begin(walk, passage, (key,), ROW)
        walk.unit.responders, walk.unit.listed = responders, True
        add_opening(walk, passage, verdict)


def _filled(cell: str) -> bool:
    return bool(cell.strip(" –—-"))


def _only_ids(walk: Walk, cell: str) -> tuple[str, ...]:
    """The ids that a cell consists of, all of them known; () where it holds other words."""
    words = re.sub(r"(?i)^(?:recommendations?|recs?\.?)\s*", "", cell.strip())
    keys, length = numbers.listed(words)
    keys = as_printed(walk, keys)
    return keys if length >= len(words.rstrip(" .;")) and all(key in walk.by_number for key in keys) else ()


def _by_government(walk: Walk, passage: Passage, cells: Sequence[str]) -> bool:
    """A row with a cell for each government: as many answers to the same recommendation."""
    named = dict(zip(walk.columns, cells, strict=False))
    keys = as_printed(walk, _row_ids(walk, named))
    if not keys and not named.get("recommendation"):
        return False
    for column, words in named.items():
        if column.startswith(BY) and words:
            begin(walk, passage, keys, ROW)
            walk.unit.responders, walk.unit.restated = (column.removeprefix(BY),), [named["recommendation"]] if named.get("recommendation") else []
            add_opening(walk, passage, words)
    return True


def _row_ids(walk: Walk, named: dict[str, str]) -> tuple[str, ...]:
    """The ids of a row: those of its own column, else those that the recommendation's cell begins with or consists of."""
    words = named.get("number") or named.get("recommendation", "")
    if words and any(cue.pattern.match(f"{words} A") for cue in walk.rules.finding.theme) and (key := ids.theme_id(words)) in walk.by_number:
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


def _cells(walk: Walk, cells: Sequence[str]) -> dict[str, str]:
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


def _columns(walk: Walk, cells: Sequence[str]) -> tuple[str, ...]:
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
