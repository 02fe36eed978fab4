"""What a reader types into the search box becomes an FTS5 expression that is safe whatever was typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PIECE = re.compile(r'(-?)"([^"]*)"(\*?)|(\S+)')
_WORD = re.compile(r"\w", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for: words in this order, perhaps as the beginning of a longer word, perhaps not wanted."""

    words: str
    prefix: bool = False
    unwanted: bool = False

    @property
    def expression(self) -> str:
        """FTS5: always a quoted string, so that no sign in it can be an operator."""
        return '"' + self.words.replace('"', '""') + '"' + (" *" if self.prefix else "")

    @property
    def said(self) -> str:
        """How a person would say it."""
        return f"words beginning “{self.words}”" if self.prefix else f"“{self.words}”"


def _term(minus: str, words: str, star: bool) -> Term | None:
    words = words.replace("\x00", " ").strip()
    return Term(words, star, bool(minus)) if _WORD.search(words) else None


def unused(text: str) -> list[str]:
    """The pieces of what was typed in which there is nothing to look for: `"`, `*`, `%`."""
    return [minus + (f'"{phrase}"{star}' if not word else word) for minus, phrase, star, word in _PIECE.findall(text[:500])
            if not _WORD.search(word or phrase)]


def typed(text: str) -> list[list[Term]]:
    """Groups of terms: every group must hold, any of its terms will do (`OR`); unwanted terms (`-word`, `NOT word`) stand alone, and `AND` between words adds nothing."""
    groups: list[list[Term]] = []
    either, refused, pieces = False, "", _PIECE.findall(text[:500])
    for n, (minus, phrase, star, word) in enumerate(pieces):
        if word in ("OR", "AND") and groups:
            either = either or word == "OR"
            continue
        if word == "NOT" and n + 1 < len(pieces):
            refused = "-"
            continue
        bare = word.replace('"', " ")
        term = (_term(minus or refused, phrase, bool(star)) if not word
                else _term("-" if bare.startswith("-") else refused, bare.removeprefix("-").rstrip("*"), bare.endswith("*")))
        if term is None:
            continue
        refused = ""
        if either and not term.unwanted:
            groups[-1].append(term)
        else:
            groups.append([term])
        either = False
    return groups


def expression(groups: list[list[Term]]) -> str | None:
    """One FTS5 expression, or None where nothing wanted was typed."""
    wanted = ["(" + " OR ".join(term.expression for term in group) + ")" for group in groups if not group[0].unwanted]
    unwanted = [group[0].expression for group in groups if group[0].unwanted]
    if not wanted:
        return None
    return " AND ".join(wanted) + "".join(f" NOT {each}" for each in unwanted)


def said(groups: list[list[Term]]) -> str:
    """The same in words, shown above the results; nothing where only unwanted words were typed."""
    wanted = [" or ".join(term.said for term in group) for group in groups if not group[0].unwanted]
    unwanted = [group[0].said for group in groups if group[0].unwanted]
    return " and ".join(wanted) + (f", without {' or '.join(unwanted)}" if wanted and unwanted else "")
