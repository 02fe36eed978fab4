"""Pages -> what never occurs on them: roles, bodies and phrases, each with the pattern and the pages searched.

A document is searched only for what it could be expected to speak of: `about` holds the contexts of each document (see `contexts`).
`chapter_silences` says the same of the chapters of a document that names the thing elsewhere.
"""

from __future__ import annotations

import re
import sqlite3
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policytrack import literals, roles
from policytrack.model import BadInput

# A word that was cut at the end of a line, with a hyphen that reading could not tell from its own.
_CUT = re.compile(r"(\w+)[-‐\xad]\s*\n\s*([a-z]+)")


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing that is looked for: `kind` is role, organisation or phrase."""

    what: str
    kind: str
    patterns: tuple[re.Pattern[str], ...]
    nation: str = ""
    from_date: str = ""
    to_date: str = ""
    about: frozenset[str] = frozenset()          # looked for where a document speaks of one of these, everywhere if there is none

    @property
    def pattern(self) -> str:
        """The pattern as it is shown and can be tried."""
        return " | ".join(p.pattern for p in self.patterns)


def sought(path: Path, named: Sequence[tuple[str, Sequence[re.Pattern[str]]]], bodies: Sequence) -> tuple[Sought, ...]:
    """All that silence.toml names, and every role as (name, its naming patterns); BadInput for a body that is not there or a phrase that its own examples disprove."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    by_id = {body.id: body for body in bodies}
    found = [Sought(name, "role", tuple(patterns), about=frozenset(data["roles"])) for name, patterns in named if patterns]
    for each in data["list"]:
        about = frozenset(each["about"])
        for id in each["bodies"]:
            if id not in by_id:
                raise BadInput(path, f"no body {id!r}", "name an id of organisations.toml")
            found.append(_body(by_id[id], about))
        found += [Sought(phrase, "phrase", (_phrase(path, phrase, **words),), about=about) for phrase, words in each["phrases"].items()]
    return tuple(sorted(found, key=lambda one: ("role", "organisation", "phrase").index(one.kind)))


def _phrase(path: Path, phrase: str, forms: Sequence[str], matches: Sequence[str], misses: Sequence[str]) -> re.Pattern[str]:
    pattern = _words([form.replace("-", " ") for form in forms], re.IGNORECASE, between=r"[-‐\s]*", ending=r"\w*")
    for text in [text for text in matches if not pattern.search(text)] + [text for text in misses if pattern.search(text)]:
        raise BadInput(path, f"the forms of {phrase!r} say the wrong thing of {text!r}", "mend the forms or the example")
    return pattern


def _body(body, about: frozenset[str]) -> Sought:
    names = _words([body.name.removeprefix("The "), *body.names], re.IGNORECASE)
    short = [_words(body.abbreviations, 0)] if body.abbreviations else []
    return Sought(body.name, "organisation", (names, *short), body.nation, body.from_date or "", body.to_date or "", about)


def _words(names: Sequence[str], flags: int, between: str = r"\s+", ending: str = r"\*") -> re.Pattern[str]:
    """Any of these names as whole words, over line breaks and with either apostrophe."""
    each = (re.escape(name).replace(r"\ ", between).replace(r"\*", ending).replace("’", "[’']").replace(r"\-", r"[-\s]?") for name in names)
    return re.compile(r"\b(?:" + "|".join(each) + r")\b", flags)


def contexts(db: sqlite3.Connection, known: roles.Roles) -> dict[str, frozenset[str]]:
    """What each document speaks of: in one of seven passages, or in its title."""
    said: dict[str, list[str]] = {}
    for document, text in db.execute("SELECT document, text FROM passages"):
        said.setdefault(document, []).append(text)
    return {document: roles.subjects(said.get(document, ()), known) | {name for name, pattern in known.contexts.items() if pattern.search(title)}
            for document, title in db.execute("SELECT id, title FROM documents")}


def silences(db: sqlite3.Connection, known: Sequence[Sought], about: Mapping[str, frozenset[str]]) -> Iterator[dict]:
    """The rows of `silences`: what has no hit on any page, furniture and notes included."""
    nations = dict(db.execute("SELECT id, nation FROM organisations"))
    for document, published, publisher, extent in db.execute("SELECT id, published, publisher, extent FROM documents WHERE status IN ('read', 'ocr') ORDER BY id").fetchall():
        pages = [f"{text}\n{furniture}" for text, furniture in db.execute("SELECT text, furniture FROM pages WHERE document = ?", (document,))]
        whole = "\n".join(pages)
        whole = "\n".join([whole, *map("".join, _CUT.findall(whole))])
        for each in known:
            if _spoken_of(each, about[document]) and _there(each, published, extent or nations.get(publisher) or "") and not any(literals.holds(p, whole) for p in each.patterns):
                yield dict(document=document, what=each.what, kind=each.kind, pattern=each.pattern, pages=len(pages), hits=0)


def chapter_silences(db: sqlite3.Connection, known: Sequence[Sought], chapters: Mapping[tuple[str, str], str], about: Mapping[str, frozenset[str]]) -> Iterator[dict]:
    """One row for every chapter that never names what its document names elsewhere; `chapters` by (document, section)."""
    texts: dict[str, dict[str, list[str]]] = {}
    for document, section, text in db.execute("SELECT document, section, text FROM passages WHERE zone != 'contents' ORDER BY document, n"):
        texts.setdefault(document, {}).setdefault(chapters[document, section], []).append(text)
    for document, parts in sorted(texts.items()):
        joined = {chapter: "\n".join(found) for chapter, found in parts.items() if chapter}
        for each in (one for one in known if _spoken_of(one, about[document])):
            silent = [chapter for chapter, text in joined.items() if not any(literals.holds(p, text) for p in each.patterns)]
            if len(silent) < len(joined):
                yield from (dict(document=document, section=chapter, what=each.what, kind=each.kind, pattern=each.pattern, passages=len(parts[chapter])) for chapter in silent)


def _spoken_of(each: Sought, about: frozenset[str]) -> bool:
    return not each.about or not each.about.isdisjoint(about)


def _there(each: Sought, published: str, nation: str) -> bool:
    """Whether it could have been named: it lived then, in the document's nation or in the kingdom's."""
    lived = each.from_date[:4] <= published[:4] <= (each.to_date or "9999")[:4]
    real, place = ({"england", "uk", "scotland", "wales", "northern-ireland", ""}, nation)
    return lived and (not each.nation or each.nation == place or each.nation in ("uk", "england") and place in ("uk", "england", "") and place in real)
