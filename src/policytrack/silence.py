"""Pages -> what never occurs on them: roles, bodies and phrases, each with the pattern and the pages searched.

`chapter_silences` says the same of the chapters of a document that names the thing elsewhere.
"""

from __future__ import annotations

import re
import sqlite3
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policytrack import literals
from policytrack.model import BadInput


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing that is looked for: `kind` is role, organisation or phrase."""

    what: str
    kind: str
    patterns: tuple[re.Pattern[str], ...]
    nation: str = ""
    from_date: str = ""
    to_date: str = ""

    @property
    def pattern(self) -> str:
        """The pattern as it is shown and can be tried."""
        return " | ".join(p.pattern for p in self.patterns)


def sought(path: Path, roles: Sequence[tuple[str, Sequence[re.Pattern[str]]]], bodies: Sequence) -> tuple[Sought, ...]:
    """All that silence.toml names, and every role as (name, its naming patterns); BadInput for a body that is not there."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    by_id = {body.id: body for body in bodies}
    for id in data["bodies"]:
        if id not in by_id:
            raise BadInput(path, f"no body {id!r}", "name an id of organisations.toml")
    found = [Sought(name, "role", tuple(patterns)) for name, patterns in roles if patterns]
    found += [_body(by_id[id]) for id in data["bodies"]]
    return tuple(found + [Sought(phrase, "phrase", (_words([phrase], re.IGNORECASE),)) for phrase in data["phrases"]])


def _body(body) -> Sought:
    names = _words([body.name.removeprefix("The "), *body.names], re.IGNORECASE)
    short = [_words(body.abbreviations, 0)] if body.abbreviations else []
    return Sought(body.name, "organisation", (names, *short), body.nation, body.from_date or "", body.to_date or "")


def _words(names: Sequence[str], flags: int) -> re.Pattern[str]:
    """Any of these names as whole words, over line breaks and with either apostrophe."""
    each = (re.escape(name).replace(r"\ ", r"\s+").replace("’", "[’']").replace(r"\-", r"[-\s]?") for name in names)
    return re.compile(r"\b(?:" + "|".join(each) + r")\b", flags)


def silences(db: sqlite3.Connection, known: Sequence[Sought]) -> Iterator[dict]:
    """The rows of `silences`: what has no hit on any page, furniture and notes included."""
    nations = dict(db.execute("SELECT id, nation FROM organisations"))
    for document, published, publisher, extent in db.execute("SELECT id, published, publisher, extent FROM documents WHERE status IN ('read', 'ocr') ORDER BY id").fetchall():
        pages = [f"{text}\n{furniture}" for text, furniture in db.execute("SELECT text, furniture FROM pages WHERE document = ?", (document,))]
        whole = "\n".join(pages)
        for each in known:
            if _there(each, published, extent or nations.get(publisher) or "") and not any(literals.holds(p, whole) for p in each.patterns):
                yield dict(document=document, what=each.what, kind=each.kind, pattern=each.pattern, pages=len(pages), hits=0)


def chapter_silences(db: sqlite3.Connection, known: Sequence[Sought], chapters: Mapping[tuple[str, str], str]) -> Iterator[dict]:
    """One row for every chapter that never names what its document names elsewhere; `chapters` by (document, section)."""
    texts: dict[str, dict[str, list[str]]] = {}
    for document, section, text in db.execute("SELECT document, section, text FROM passages WHERE zone != 'contents' ORDER BY document, n"):
        texts.setdefault(document, {}).setdefault(chapters[document, section], []).append(text)
    for document, parts in sorted(texts.items()):
        joined = {chapter: "\n".join(found) for chapter, found in parts.items() if chapter}
        for each in known:
            silent = [chapter for chapter, text in joined.items() if not any(literals.holds(p, text) for p in each.patterns)]
            if len(silent) < len(joined):
                yield from (dict(document=document, section=chapter, what=each.what, kind=each.kind, pattern=each.pattern, passages=len(parts[chapter])) for chapter in silent)


def _there(each: Sought, published: str, nation: str) -> bool:
    """Whether it could have been named: it lived then, in the document's nation or in the kingdom's."""
    lived = each.from_date[:4] <= published[:4] <= (each.to_date or "9999")[:4]
    real, place = ({"england", "uk", "scotland", "wales", "northern-ireland", ""}, nation)
    return lived and (not each.nation or each.nation == place or each.nation in ("uk", "england") and place in ("uk", "england", "") and place in real)
