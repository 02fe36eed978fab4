"""Published claims about a document -> which of our rules reproduces each, which comes nearest, and the hits behind it.

Works on the finished tables. It says what can be repeated and how; it never says that a person is right or wrong.
"""

from __future__ import annotations

import re
import sqlite3
import tomllib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from policytrack.model import BadInput, Count

KINDS = ("count", "absence", "list", "page")
KEYS = {"id", "set", "source", "about", "kind", "statement", "phrase", "forms", "phrases", "measure", "expected", "page", "section", "of", "items", "items_of"}
MEASURES = {
    "pages": "SELECT pages FROM documents WHERE id = ?",
    "commitments": "SELECT count(*) FROM commitments WHERE document = ?",
    "recommendations": "SELECT count(*) FROM recommendations WHERE document = ? AND ask = 1",
    "responses": "SELECT count(*) FROM responses WHERE document = ?",
    "new-money": "SELECT count(*) FROM funding WHERE called_new = 1 AND item IN (SELECT id FROM commitments WHERE document = ?)",
}
TABLES = {"commitments": "quote", "expectations": "quote", "recommendations": "text"}
ZONES = ("", "+footnote", "+footnote+contents", "+footnote+contents+furniture", "+footnote+contents+quotation", "-heading")
NEAREST = 0.1        # a figure within a tenth of the claim comes near it
CONTEXT = 0.95       # what a match is worth that needs the sentence before
LIKE = 0.42          # least likeness of an item's and a statement's words that counts as a match
_EXPECTED = re.compile(r"(>=|>|<=|<)?\s*(\d+)")

Hits = Callable[[sqlite3.Connection, str, str, str], list[Count]]
Likeness = Callable[[Sequence[str]], "object"]
Row = dict


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody published about a document, as facts in our own words."""

    id: str
    source: str
    about: str
    kind: str
    statement: str
    phrase: str = ""
    forms: tuple[str, ...] = ()          # other forms of what is said to be absent
    phrases: tuple[str, ...] = ()        # any of which would prove that a page holds what it is said to hold
    measure: str = ""
    expected: str = ""
    page: int | None = None
    section: str = ""
    of: tuple[str, ...] = ("commitments", "expectations")
    items: tuple[str, ...] = field(default=())
    set_name: str = ""                   # `set`: only where a document of this set is loaded; specimens are nobody's strategy


def claims(path: Path) -> tuple[Claim, ...]:
    """The claims of claims.toml, in its order; BadInput where a key is unknown, or what its kind needs is missing."""
    tables = tomllib.loads(path.read_text(encoding="utf-8")).get("claim", [])
    lists = {table["id"]: table.get("items", ()) for table in tables if "id" in table}
    return tuple(_claim(table, lists, path) for table in tables)


def _claim(table: Row, lists: dict, path: Path) -> Claim:
    where = f"{path} {table.get('id', table)}"
    if table.keys() - KEYS or table.get("kind") not in KINDS or not all(table.get(k) for k in ("id", "source", "about", "statement")):
        raise BadInput(where, "a claim lacks id, source, about, statement or kind, or has an unknown key", f"kinds are {', '.join(KINDS)}; keys {', '.join(sorted(KEYS))}")
    if table.get("measure", "pages") not in MEASURES:
        raise BadInput(where, f"cannot measure {table['measure']!r}", f"measures are {', '.join(MEASURES)}")
    table = {k: tuple(v) if isinstance(v, list) else v for k, v in table.items()}
    if "items_of" in table:
        table["items"] = tuple(lists.get(table.pop("items_of"), ()))
    needed = {"count": ("phrase", "measure"), "absence": ("phrase",), "list": ("items",), "page": ("phrases",)}[table["kind"]]
    if not any(table.get(key) for key in needed) or table["kind"] == "count" and not _EXPECTED.fullmatch(table.get("expected", "")):
        raise BadInput(where, f"a claim of kind {table['kind']} needs {' or '.join(needed)}, a count a figure", "give it")
    return Claim(set_name=table.pop("set", ""), **table)


def tables(db: sqlite3.Connection, known: Sequence[Claim], hits: Hits, rules_for: Callable[[str], Sequence[str]], vectors: Callable,
           counted: Collection[tuple[str, str, str]] = ()) -> dict[str, list[Row]]:
    """`claims` and `claim_items`, and the counts and hits of phrases that are not yet `counted` as (document, phrase, rule)."""
    read = {row[0] for row in db.execute("SELECT id FROM documents WHERE status IN ('read', 'ocr')")}
    sets = {row[0] for row in db.execute("SELECT DISTINCT set_name FROM documents")}
    out: dict[str, list[Row]] = {"claims": [], "claim_items": [], "phrase_counts": [], "phrase_hits": []}
    counted = set(counted)
    for claim in (c for c in known if not c.set_name or c.set_name in sets):
        if claim.about not in read:
            out["claims"].append(_row(claim, verdict="document_not_loaded"))
        elif claim.kind == "list":
            _listed(db, claim, vectors, out)
        elif claim.measure:
            out["claims"].append(_measured(db, claim))
        else:
            {"count": _counted, "absence": _absent, "page": _paged}[claim.kind](db, claim, hits, rules_for, out, counted)
    return out


def _row(claim: Claim, verdict: str, measured: object = None, rule: str | None = None, note: str | None = None) -> Row:
    return dict(id=claim.id, document=claim.source, about=claim.about, page=claim.page, statement=claim.statement, kind=claim.kind,
                phrase=claim.phrase or " | ".join(claim.phrases) or None, expected=claim.expected or None,
                measured=None if measured is None else str(measured), rule=rule, verdict=verdict, note=note)


def bound(expected: str) -> tuple[str, int]:
    """The comparison and the figure of `expected`: "17" -> ("=", 17), ">=20" -> (">=", 20)."""
    sign, figure = _EXPECTED.fullmatch(expected).groups()
    return sign or "=", int(figure)


def holds(expected: str, n: int) -> bool:
    """Whether a figure is what was claimed."""
    sign, figure = bound(expected)
    return {"=": n == figure, ">=": n >= figure, ">": n > figure, "<=": n <= figure, "<": n < figure}[sign]


def _verdict(expected: str, n: int) -> str:
    figure = bound(expected)[1]
    return "reproduced" if holds(expected, n) else "nearest" if abs(n - figure) <= max(1, NEAREST * figure) else "not_reproduced"


def _measured(db: sqlite3.Connection, claim: Claim) -> Row:
    n = db.execute(MEASURES[claim.measure], (claim.about,)).fetchone()[0]
    return _row(claim, _verdict(claim.expected, n), n, claim.measure)


def _counted(db, claim: Claim, hits: Hits, rules_for, out, counted) -> None:
    """Every rule over its usual zones decides first; only then the same rules with notes, contents or page edges."""
    figures: dict[str, list[Count]] = {rule: hits(db, claim.phrase, rule, claim.about) for rule in rules_for(claim.phrase)}
    if not any(holds(claim.expected, len(found)) for found in figures.values()):
        for suffix in ZONES[1:]:
            figures |= {rule + suffix: hits(db, claim.phrase, rule + suffix, claim.about) for rule in rules_for(claim.phrase)}
    rule = min(figures, key=lambda r: (not holds(claim.expected, len(figures[r])), abs(len(figures[r]) - bound(claim.expected)[1]), r not in ("word", "phrase"), list(figures).index(r)))
    said = "; ".join(f"{r} {len(found)}" for r, found in figures.items() if r == rule or "+" not in r and "-heading" not in r)
    out["claims"].append(_row(claim, _verdict(claim.expected, len(figures[rule])), len(figures[rule]), rule, said))
    _keep(claim, {r: f for r, f in figures.items() if r == rule or r in rules_for(claim.phrase)}, out, counted)


def _keep(claim: Claim, figures: dict[str, list[Count]], out: dict[str, list[Row]], counted: set) -> None:
    """The counts and hits behind a verdict, where nothing else keeps them."""
    for rule, found in figures.items():
        if (key := (claim.about, claim.phrase, rule)) not in counted:
            counted.add(key)
            out["phrase_counts"].append(dict(document=claim.about, phrase=claim.phrase, rule=rule, hits=len(found)))
            out["phrase_hits"] += [dict(document=h.document, phrase=claim.phrase, rule=rule, page=h.page, start=h.start, end=h.end, words=h.words) for h in found]


def _absent(db, claim: Claim, hits: Hits, rules_for, out, counted) -> None:
    """Nothing of the kind in any zone: the widest rule is the one that must find nothing."""
    everywhere = "+footnote+contents+furniture+quotation"
    figures = {form: len(hits(db, form, ("word" if form.isupper() else "substring") + everywhere, claim.about)) for form in (claim.phrase, *claim.forms)}
    n = sum(figures.values())
    pages = db.execute("SELECT pages FROM documents WHERE id = ?", (claim.about,)).fetchone()[0]
    note = f"{pages} pages searched: " + "; ".join(f"{form} {k}" for form, k in figures.items())
    out["claims"].append(_row(claim, "not_reproduced" if n else "reproduced", n, "substring" + everywhere, note))


def _paged(db, claim: Claim, hits: Hits, rules_for, out, counted) -> None:
    pages = sorted({h.page for phrase in claim.phrases for h in hits(db, phrase, "substring", claim.about)})
    near = any(abs(page - claim.page) <= 2 for page in pages)
    verdict = "reproduced" if claim.page in pages else "nearest" if near else "not_reproduced"
    out["claims"].append(_row(claim, verdict, ", ".join(map(str, pages)) or "no page", "substring", "pages are counted from the first leaf of the file; printed numbers may differ"))


def _listed(db, claim: Claim, vectors: Callable, out: dict[str, list[Row]]) -> None:
    """Each item with its statement, then the items and the statements that are left over."""
    found = statements(db, claim)
    pairs = matched(claim.items, found, vectors)
    n, seen = len(pairs), {found[j][1] for _, j, _ in pairs}
    by_item = {i: (j, score) for i, j, score in pairs}
    for i, item in enumerate(claim.items):
        j, score = by_item.get(i, (None, None))
        out["claim_items"].append(dict(claim=claim.id, n=i + 1, item=item, matched=None if j is None else found[j][0], score=score, side="claim" if j is None else "both"))
    extra = list({words: id for id, words, _ in reversed(found) if words not in seen}.items())[::-1] if claim.section or claim.of == ("recommendations",) else []
    out["claim_items"] += [dict(claim=claim.id, n=len(claim.items) + k, item=" ".join(words.split()[:40]), matched=id, score=None, side="document") for k, (words, id) in enumerate(extra, 1)]
    verdict = "reproduced" if n == len(claim.items) else "nearest" if 2 * n >= len(claim.items) else "not_reproduced"
    note = f"{len(claim.items) - n} of the list without a statement" + (f"; {len(extra)} statements not in the list" if extra else "")
    out["claims"].append(_row(claim, verdict, n, "list", note))


def statements(db: sqlite3.Connection, claim: Claim) -> list[tuple[str, str, str]]:
    """(id, words with their lead-in, the same after the sentence before) of what the list may mean: the named tables, bounded by `section`."""
    found = []
    for table in claim.of:
        lead_in, passage = ("t.lead_in", "p.text") if table != "recommendations" else ("NULL", "NULL")
        join = "LEFT JOIN passages p ON p.id = t.passage" if table != "recommendations" else ""
        for id, section, words, lead, text in db.execute(f"SELECT t.id, t.section, t.{TABLES[table]}, {lead_in}, {passage} FROM {table} t {join} WHERE t.document = ? ORDER BY t.page, t.rowid", (claim.about,)):
            if re.search(claim.section, section, re.IGNORECASE):
                before = _before(text or "", words)
                found.append((id, f"{lead} {words}" if lead else words, f"{before} {words}" if before else ""))
    return found


def _before(passage: str, words: str) -> str:
    """The sentence before these words: what a "them" in the words means."""
    at = passage.find(words)
    return re.split(r"(?<=[.!?])\s+", passage[:at].strip())[-1] if at > 0 else ""


def matched(items: Sequence[str], statements: Sequence[tuple[str, str, str]], vectors: Callable) -> list[tuple[int, int, float]]:
    """(item, statement, likeness), each at most once, the likest first; likeness is of meaning and of shared words."""
    if not items or not statements:
        return []
    alone, after = [words for _, words, _ in statements], [context for _, _, context in statements]
    a, b, c = vectors(list(items)), vectors(alone), vectors(after)
    scored = sorted(((round(max(_like(item, alone[j], a[i], b[j]), CONTEXT * _like(item, after[j], a[i], c[j]) if after[j] else 0.0), 3), -i, -j)
                     for i, item in enumerate(items) for j in range(len(statements))), reverse=True)
    pairs, left, right = [], set(), set()
    for score, i, j in scored:
        if score >= LIKE and -i not in left and alone[-j] not in right:
            left.add(-i)
            right.add(alone[-j])
            pairs.append((-i, -j, score))
    return sorted(pairs)


def _like(item: str, words: str, a, b) -> float:
    return 0.75 * float(a @ b) + 0.25 * shared(item, words)


def shared(item: str, statement: str) -> float:
    """The share of an item's longer words whose first five letters stand in the statement too."""
    stems = [{w[:5] for w in re.findall(r"[a-z0-9]{4,}", text.casefold())} for text in (item, statement)]
    return len(stems[0] & stems[1]) / len(stems[0]) if stems[0] else 0.0
