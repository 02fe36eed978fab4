"""All documents together -> every table: the rows that need more than one document are made here, in one process."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from policytrack import (
    answers,
    charts,
    claims,
    corpus,
    count,
    cues,
    doers,
    duties,
    embed,
    extent,
    extract,
    funding,
    grade,
    headline,
    measures,
    organisations,
    related,
    roles,
    rows,
    silence,
    similar,
    sums,
    tally,
    themes,
    wording,
)
from policytrack.model import Document, Item, identity
from policytrack.organisations import Organisation

Done = Sequence[tuple[Document, "Read"]]     # noqa: F821  (build.Read; the hall hands it over)


def tables(done: Done, pipeline: Path, store: Path) -> dict[str, list[dict]]:
    """table -> rows of the texts and of what is said in them, every list in a fixed order."""
    made = texts(done, pipeline)
    return made | said(made, done, pipeline, store)


def texts(done: Done, pipeline: Path) -> dict[str, list[dict]]:
    """table -> rows of the documents as they were read, with the bodies that are known: all that can be searched before anything is judged."""
    bodies = organisations.organisations(pipeline / "organisations.toml")
    publishers = _publishers(done, bodies)
    return {"organisations": _organisations(bodies, done, publishers), **_documents(done, publishers), "accuracy": _accuracy(pipeline / "accuracy.json")}


def said(made: dict[str, list[dict]], done: Done, pipeline: Path, store: Path) -> dict[str, list[dict]]:
    """table -> rows of recommendations, answers, statements and what they are about; `made` are those of `texts`."""
    bodies = organisations.organisations(pipeline / "organisations.toml")
    publishers = _publishers(done, bodies)
    out, answered, asked = answers.tables(done, publishers, bodies, pipeline, partial(embed.kept, store / "vectors"))
    _merge(out, _statements(done, publishers | _quoted(done, out["responses"]), bodies, pipeline, answered, asked))
    meanings = _meanings(done, store / "vectors")
    _merge(out, _about(made | out, bodies, pipeline, store / "vectors", meanings))
    both = sorted((*out["commitments"], *out["expectations"]), key=lambda row: (row["document"], row["page"], row["id"]))
    out["similar"] = similar.rows(both, meanings)
    items = ((kind, row) for kind in ("commitment", "expectation", "recommendation") for row in out[f"{kind}s"])
    return out | sums.tables(done, items, sums.load(pipeline), partial(embed.kept, store / "vectors"))


def _publishers(done: Done, bodies: Sequence[Organisation]) -> dict[str, str]:
    return {doc.id: organisations.resolved(doc.publisher, bodies) or identity("org", doc.publisher) for doc, _ in done}


def _meanings(done: Done, store: Path) -> dict[str, np.ndarray]:
    """Item id -> sentence vector of every commitment and expectation, as each document's reading left them in `store`."""
    made = {}
    for _, read in done:
        graded = [s for s in read.statements if s.role in extract.GRADED]
        made |= {rows.item_id(s): vector for s, vector in zip(graded, embed.kept(store, [extract.said(s) for s in graded]), strict=True)}
    return made


def derived(db: sqlite3.Connection, judge: Callable[[], dict[str, list[dict]]], pipeline: Path, store: Path, jobs: int = 1) -> dict[str, list[dict]]:
    """The rows of `judge`, and those that are made on the finished text (phrase counts, related words, silences), which another process makes where `jobs` allow."""
    (*_, path), = db.execute("PRAGMA database_list").fetchall()
    if jobs < 2:
        return judge() | _searched(path, pipeline, store)
    with ProcessPoolExecutor(1) as pool:
        searched = pool.submit(_searched, path, pipeline, store)
        return judge() | searched.result()


def _searched(path: str, pipeline: Path, store: Path) -> dict[str, list[dict]]:
    with closing(sqlite3.connect(f"{Path(path).as_uri()}?mode=ro", uri=True)) as db:
        out = count.tables(db, count.phrases(pipeline / "phrases.toml")) | related.tables(db, partial(embed.kept, store / "vectors"))
        known = roles.roles(pipeline / "roles.toml")
        about = silence.contexts(db, known)
        sought = silence.sought(pipeline / "silence.toml", roles.names(known), organisations.organisations(pipeline / "organisations.toml"))
        return out | {"silences": list(silence.silences(db, sought, about)), "chapter_silences": list(silence.chapter_silences(db, sought, wording.chapters(db), about))}


def checked(db: sqlite3.Connection, pipeline: Path, store: Path) -> dict[str, list[dict]]:
    """The rows that need both what is said and what is counted: wording, claims checked, what local bodies are asked for."""
    columns = ("document", "phrase", "rule", "page", "start")
    hits = [dict(zip(columns, row, strict=True)) for row in db.execute(f"SELECT {', '.join(columns)} FROM phrase_hits ORDER BY rowid")]
    counted = set(db.execute("SELECT document, phrase, rule FROM phrase_counts"))
    out = wording.tables(db, count.phrases(pipeline / "phrases.toml").classes, hits, count.widest)
    out |= claims.tables(db, claims.claims(pipeline / "claims.toml"), count.hits, count.rules_for, partial(embed.kept, store / "vectors"), counted)
    return out | {"headline": headline.local_asks(db, roles.roles(pipeline / "roles.toml").local)}


def finished(db: sqlite3.Connection) -> dict[str, list[dict]]:
    """The rows that need all others: headline measures and charts."""
    return headline.tables(db, wording.chapters(db)) | tally.tables(db) | {"charts": [dict(name=name, svg=svg) for name, svg in charts.charts(db)]}


def _merge(out: dict[str, list[dict]], more: dict[str, list[dict]]) -> None:
    for name, found in more.items():
        out.setdefault(name, []).extend(found)


def _organisations(bodies: Sequence[Organisation], done: Done, publishers: dict[str, str]) -> list[dict]:
    made = [dict(id=o.id, name=o.name, kind=o.kind, nation=o.nation, from_date=o.from_date, to_date=o.to_date, successor=", ".join(o.successors) or None,
                 abbreviation=o.abbreviations[0] if o.abbreviations else None, source=o.source) for o in bodies]
    known = {o.id for o in bodies}
    others = {publishers[doc.id]: doc.publisher for doc, _ in done if publishers[doc.id] not in known}
    return made + [dict(id=id, name=name, kind="publisher", nation=None, from_date=None, to_date=None, successor=None, abbreviation=None, source=None) for id, name in sorted(others.items())]


def _documents(done: Done, publishers: dict[str, str]) -> dict[str, list[dict]]:
    out: dict[str, list[dict]] = {name: [] for name in ("documents", "document_links", "pages", "passages")}
    for doc, read in done:
        is_open = corpus.is_open(doc.licence)
        words = sum(1 for row in read.tokens if row[6] != "furniture")
        out["documents"].append(rows.document(doc, publishers[doc.id], is_open, read.pages, words, read.status, read.problem))
        out["document_links"] += rows.document_links(doc)
        out["pages"] += map(rows.page, read.pages)
        out["passages"] += (rows.passage(p, n) for n, p in enumerate(read.passages))
    return out | {"tokens": (row for doc, read in done for row in _tokens(doc.id, read.tokens))}


def _tokens(document: str, found: Sequence[Sequence]) -> Iterator[dict]:
    """One row a word; made while they are written, since there are as many as all documents have words."""
    counts: dict[int, int] = {}
    for page, start, end, word, lemma, pos, zone, own in found:
        counts[page] = n = counts.get(page, -1) + 1
        yield dict(document=document, page=page, n=n, start=start, end=end, word=word.casefold(), lemma=lemma, pos=pos, zone=zone, by_publisher=own)


def _quoted(done: Done, responses: Sequence[dict]) -> dict[str, str]:
    """Who "we" is in documents that reproduce somebody else's answers: the one body that answers there."""
    speakers = {doc.id: {r["responder"] for r in responses if r["document"] == doc.id} for doc, _ in done if doc.quoted_via}
    return {document: next(iter(who)) for document, who in speakers.items() if len(who) == 1}


def _statements(done: Done, publishers: dict[str, str], bodies: Sequence[Organisation], pipeline: Path, answered: dict[str, str], asked: dict[str, tuple[str, ...]]) -> dict[str, list[dict]]:
    rubric = grade.rubric(pipeline / "grade.toml")
    out: dict[str, list[dict]] = {}
    for doc, read in done:
        made = [replace(s, role=answers.role(s.role, s, asked.get(doc.id, ()))) for s in read.statements]
        grades = {s.id: grade.grade(s, rubric) for s in made}
        body = lru_cache(maxsize=None)(partial(_body, doc=doc, publisher=publishers[doc.id], bodies=bodies))
        _merge(out, rows.statements(made, grades, doc, body, answered, lambda s, doc=doc: doc.extent))
    return out


def _meant(items: Sequence[Item], meanings: dict[str, np.ndarray], store: Path) -> np.ndarray:
    """A sentence vector of each item: the one that reading left, else made now."""
    made = iter(embed.kept(store, [themes.said(item) for item in items if item.id not in meanings]))
    return np.array([meanings[item.id] if item.id in meanings else next(made) for item in items]).reshape(len(items), embed.WIDTH)


def _about(out: dict[str, list[dict]], bodies: Sequence[Organisation], pipeline: Path, store: Path, meanings: dict[str, np.ndarray]) -> dict[str, list[dict]]:
    """Whom the statements fall on, what they are about, with what money, and the duties restated beside them."""
    known, subjects = roles.roles(pipeline / "roles.toml"), themes.themes(pipeline / "themes.toml")
    extents = cues.load(pipeline / "extent.toml")
    nations = nations_of(out["documents"], bodies)
    published = {row["id"]: row for row in out["documents"]}
    for row in (*out["commitments"], *out["expectations"]):
        row["extent"] = extent.extent((row["quote"], row["lead_in"] or "", row["section"]), nations[row["document"]] or None, extents)
    for row in out["expectations"]:
        row["force"] = roles.force(row["act"] or row["quote"], row["lead_in"] or "", known)
    said = {(row["document"], row.get("quote") or row["text"]) for table in ("commitments", "expectations", "recommendations") for row in out.get(table, ())}
    restated = list(duties.duties(out["passages"], cues.load(pipeline / "duties.toml"), lambda document, words: (document, words) in said,
                                  lambda document, name: organisations.body(name, published[document]["published"], published[document]["publisher"], bodies)))
    items = roles.items(out | {"duties": restated}, nations, known)
    return {"duties": restated, "roles": list(known.rows), "role_hits": doers.rows(items, roles.rows(items, known, store), known), "themes": list(subjects.rows),
            "theme_hits": themes.rows(items, subjects, partial(_meant, meanings=meanings, store=store)), "measures": list(measures.rows(out["passages"], measures.measures(pipeline / "measures.toml"))), "funding": funding.rows(items, cues.load(pipeline / "funding.toml"))}


def nations_of(documents: Sequence[dict], bodies: Sequence[Organisation]) -> dict[str, str]:
    """Document -> its nation: its own extent, else that of its publisher, else ""."""
    nation = {o.id: o.nation for o in bodies}
    return {row["id"]: row["extent"] or nation.get(row["publisher"]) or "" for row in documents}


def _body(name: str, doc: Document, publisher: str, bodies: Sequence[Organisation]) -> str | None:
    return organisations.body(name, doc.published, publisher, bodies)


def _accuracy(path: Path) -> list[dict]:
    """What `policytrack measure` last measured, kept with the rules."""
    return json.loads(path.read_text(encoding="utf-8"))["rows"] if path.exists() else []
