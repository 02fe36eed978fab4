"""Phrase counts by named rule: every hit is a row, a count is the number of its hits.

Reads a database (tokens by word and lemma, a trigram index for substrings); the rules are those of phrases.toml.
"""

from __future__ import annotations

import re
import sqlite3
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from policytrack.model import BadInput, Count

ZONES = ("body", "heading", "contents", "footnote", "furniture", "quotation")
DEFAULT = frozenset({"body", "heading"})
_WORD = re.compile(r"[\w£%€$]")
# the pieces into which the tokens break a word: do|n’t, council|’s, co|-|operate
_PIECE = re.compile(r"\w+?(?=n[’']t\b)|n[’']t\b|[’'](?:s|re|ve|ll|d|m)\b|\w+|[^\w\s]", re.IGNORECASE)
_APOSTROPHE = re.compile("[’']")
_SUFFIX = re.compile(r"([+-])([a-z]+)")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The rules by name with what they count, and the phrases of each class."""

    rules: dict[str, str]
    classes: dict[str, tuple[str, ...]]


def phrases(path: Path) -> Phrases:
    """The rules and phrases of phrases.toml; BadInput for a rule that count.py does not have."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    rules = {r["name"]: r["what"] for r in data["rule"]}
    for name in rules.keys() ^ _RULES.keys():
        raise BadInput(path, f"rule {name!r} stands only in {'the file' if name in rules else 'the code'}", f"rules are {', '.join(_RULES)}")
    return Phrases(rules, {p["class"]: tuple(p["phrases"]) for p in data["phrase"]})


def parse(rule: str) -> tuple[str, frozenset[str]]:
    """The name of a rule and the zones it counts over: `word+footnote-heading` -> ("word", {body, footnote})."""
    name = next((n for n in sorted(_RULES, key=len, reverse=True) if rule == n or rule.startswith((n + "+", n + "-"))), None)
    suffix = rule[len(name):] if name else ""
    if name is None or _SUFFIX.sub("", suffix) or any(zone not in ZONES for _, zone in _SUFFIX.findall(suffix)):
        raise BadInput(rule, "no such rule", f"rules are {', '.join(_RULES)}; zones are added or taken away as in word+footnote-heading")
    zones = set(DEFAULT)
    for sign, zone in _SUFFIX.findall(suffix):
        (zones.add if sign == "+" else zones.discard)(zone)
    return name, frozenset(zones)


def hits(db: sqlite3.Connection, phrase: str, rule: str, document: str | None = None) -> list[Count]:
    """Every hit of a phrase by a rule, by document, page and place; offsets are in pages.text (of furniture: pages.furniture)."""
    name, zones = parse(rule)
    if not _WORD.search(phrase) and name != "substring" or not phrase.strip():
        raise BadInput(repr(phrase), "no word to count", "give a word or a phrase")
    if document and db.execute("SELECT 1 FROM documents WHERE id = ?", (document,)).fetchone() is None:
        raise BadInput(document, "no such document in this database", "give the id of a row of `documents`")
    found = _RULES[name](db, _unquoted(phrase), zones, document)
    return sorted((Count(d, phrase, rule, p, s, e, w) for d, p, s, e, w in found), key=lambda c: (c.document, c.page, c.start))


def _unquoted(phrase: str) -> str:
    """The words of a phrase without the pair of quotation marks in which it was given."""
    words = " ".join(phrase.split())
    return words[1:-1].strip() if len(words) > 2 and words[0] + words[-1] in ("“”", "‘’", '""', "''", "«»") else words


def searched(db: sqlite3.Connection, document: str | None = None) -> tuple[int, list[str]]:
    """How many pages a count looks through, and the documents whose text the database does not hold; BadInput where it is all that was asked for."""
    where, args = _filter(document)
    pages = db.execute(f"SELECT count(*) FROM pages WHERE 1{where}", args).fetchone()[0]
    if document and not pages and db.execute("SELECT 1 FROM documents WHERE id = ?", args).fetchone():
        raise BadInput(document, "its text is not in this database, so nothing can be counted in it", "use a database built without --public, in which it was read")
    rows = db.execute("SELECT id FROM documents WHERE id NOT IN (SELECT document FROM pages) AND ? IS NULL ORDER BY id", (document,))
    return pages, [row[0] for row in rows]


def _filter(document: str | None) -> tuple[str, tuple]:
    return (" AND document = ?", (document,)) if document else ("", ())


def _pages(db, phrase: str, document: str | None) -> Iterator[tuple[str, int, str, str]]:
    """Pages that may hold the letters; the trigram index needs three, and holds no furniture."""
    where, args = _filter(document)
    any_mark = f"%{_APOSTROPHE.sub('_', phrase)}%"
    yield from db.execute(f"SELECT document, page, text, furniture FROM pages WHERE (text LIKE ? OR furniture LIKE ?){where}", (any_mark, any_mark, *args))


def _indexed(db, phrase: str, document: str | None) -> Iterator[tuple[str, int, str, str]]:
    where, args = ("AND pages.document = ?", (document,)) if document else ("", ())
    forms = sorted({phrase, _APOSTROPHE.sub("’", phrase), _APOSTROPHE.sub("'", phrase)})
    quoted = " OR ".join('"' + form.replace('"', '""') + '"' for form in forms)
    yield from db.execute("SELECT pages.document, pages.page, pages.text, pages.furniture FROM pages_fts JOIN pages ON pages.rowid = pages_fts.rowid "
                          f"WHERE pages_fts MATCH ? {where}", (quoted, *args))


def _substring(db, phrase: str, zones: frozenset[str], document: str | None):
    look = _indexed if len(phrase) >= 3 and "furniture" not in zones else _pages
    pattern = re.compile(_APOSTROPHE.sub("[’']", re.escape(phrase)), re.IGNORECASE)
    for doc, page, text, furniture in look(db, phrase, document):
        yield from ((doc, page, m.start(), m.end(), m.group()) for m in pattern.finditer(text) if _zone(db, doc, page, m.start()) in zones)
        if "furniture" in zones:
            yield from ((doc, page, m.start(), m.end(), m.group()) for m in pattern.finditer(furniture))


def _zone(db, document: str, page: int, at: int) -> str:
    """The zone of the last word that begins no later than a place on the page; before all words that of the first."""
    row = db.execute("SELECT zone FROM tokens WHERE document = ? AND page = ? AND zone != 'furniture' ORDER BY start > ?, abs(start - ?) LIMIT 1", (document, page, at, at)).fetchone()
    return row[0] if row else "body"


def _forms(db, word: str) -> set[str]:
    """The word and every word of the texts whose lemma it is."""
    return _same(word) | {row[0] for row in db.execute("SELECT DISTINCT word FROM tokens WHERE lemma = ?", (word,))}


def _same(word: str) -> set[str]:
    """The word with either kind of apostrophe."""
    return {_APOSTROPHE.sub(mark, word) for mark in "’'"}


def _runs(db, words: Sequence[set[str]], zones: frozenset[str], document: str | None, extra: str = ""):
    """Places where tokens with these words follow one another on a page."""
    where, args = _filter(document)
    marks = ", ".join("?" * len(words[0]))
    first = db.execute(f'SELECT document, page, n, start, "end", zone FROM tokens WHERE word IN ({marks}){where}{extra}', (*sorted(words[0]), *args))
    for doc, page, n, start, end, zone in first:
        for step, options in enumerate(words[1:], 1):
            row = db.execute('SELECT word, "end", zone FROM tokens WHERE document = ? AND page = ? AND n = ?', (doc, page, n + step)).fetchone()
            if row is None or row[0] not in options or row[2] != zone:
                break
            end = row[1]
        else:
            if zone in zones and "\n" not in (printed := _printed(db, doc, page, start, end, zone)):     # a phrase ends where its paragraph ends
                yield doc, page, start, end, printed


def _printed(db, document: str, page: int, start: int, end: int, zone: str) -> str:
    column = "furniture" if zone == "furniture" else "text"
    return db.execute(f"SELECT substr({column}, ?, ?) FROM pages WHERE document = ? AND page = ?", (start + 1, end - start, document, page)).fetchone()[0]


def _split(db, phrase: str) -> list[str]:
    """The tokens of a phrase, as the texts break it: a word that stands whole in them is one, else its pieces."""
    return [piece for word in phrase.casefold().split() for piece in ([word] if _whole(db, word) else _PIECE.findall(word))]


def _whole(db, word: str) -> bool:
    return word.isalnum() or any(db.execute("SELECT 1 FROM tokens WHERE word = ? LIMIT 1", (form,)).fetchone() for form in _same(word))


def _exact(db, phrase, zones, document):
    return _runs(db, [_same(w) for w in _split(db, phrase)], zones, document)


def _inflected(db, phrase, zones, document):
    return _runs(db, [_forms(db, w) for w in _split(db, phrase)], zones, document)


def _verb(db, phrase, zones, document, extra: str = ""):
    words = _split(db, phrase)
    return _runs(db, [_forms(db, words[0]), *(_same(w) for w in words[1:])], zones, document, f" AND pos = 'VERB'{extra}")


_RULES = {"substring": _substring, "word": _exact, "family": _inflected, "phrase": _exact, "phrase-inflected": _inflected,
          "verb": _verb, "by-government": partial(_verb, extra=" AND by_publisher = 1")}


def rules_for(phrase: str) -> tuple[str, ...]:
    """The rules that make sense for a phrase: a single word has no phrase rules, a phrase no word rules."""
    one = len(phrase.split()) == 1
    return tuple(n for n in _RULES if n not in (("phrase", "phrase-inflected") if one else ("word", "family")))


def tables(db: sqlite3.Connection, known: Phrases) -> dict[str, list[dict]]:
    """phrase_counts (every document, phrase and rule, zero included) and phrase_hits."""
    documents = [row[0] for row in db.execute("SELECT id FROM documents WHERE status IN ('read', 'ocr') ORDER BY id")]
    counts, rows = [], []
    for phrase in sorted({p for group in known.classes.values() for p in group}):
        for rule in rules_for(phrase):
            found = hits(db, phrase, rule)
            rows += [dict(document=h.document, phrase=phrase, rule=rule, page=h.page, start=h.start, end=h.end, words=h.words) for h in found]
            by = {d: 0 for d in documents}
            for h in found:
                by[h.document] += 1
            counts += [dict(document=d, phrase=phrase, rule=rule, hits=n) for d, n in by.items()]
    return {"phrase_counts": counts, "phrase_hits": rows}


def widest(phrase: str) -> str:
    """The rule that takes in every inflection: what a vocabulary is counted by."""
    return "family" if "family" in rules_for(phrase) else "phrase-inflected"


def concordance(db: sqlite3.Connection, found: Sequence[Count], around: int = 60) -> Iterator[str]:
    """Each hit with the words before and after it, its document and page."""
    for hit in found:
        text, furniture = db.execute("SELECT text, furniture FROM pages WHERE document = ? AND page = ?", (hit.document, hit.page)).fetchone()
        source = text if text[hit.start:hit.end] == hit.words else furniture
        before, after = source[max(0, hit.start - around):hit.start], source[hit.end:hit.end + around]
        yield f"{hit.document} p. {hit.page}\t{' '.join(before.split()):>{around}} [{' '.join(hit.words.split())}] {' '.join(after.split())}"
