"""The hall: from a corpus folder to a database, in one flow."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from sys import intern

from policytrack import __version__, cache, corpus, fetch, publish, review
from policytrack.model import BadInput, Document, Page, Passage, Statement, Unreadable

# What the reading of one document depends on: a change of roles or claims must not read every document again.
READING_RULES = ("policy.cfg", "english/**/*", "weights/statements.npz", "weights/adapter.npz", "cues/*", "abbreviations.toml", "actors.toml", "deadlines.toml", "decisions.toml", "facets.toml", "grade.toml", "numbering.toml", "predicates.toml")
READING_CODE = ("ingest/*.py", "segment/*.py", *(f"{name}.py" for name in (
    "acts", "actor", "classify", "clauses", "cues", "decide", "embed", "extract", "facets", "features", "literals", "model", "reading", "sentences", "spans", "tokens")))
LIBRARIES = ("datasette", "numpy", "pdfplumber", "pypdfium2", "scikit-learn", "sentence-transformers", "spacy", "sqlite-utils", "torch")


@dataclass(frozen=True, slots=True)
class Task:
    """One document to read: all that a worker needs, so that any machine could do it."""

    document: Document
    path: Path
    pipeline: Path
    store: Path
    key: str


@dataclass(frozen=True, slots=True)
class Read:
    """What one document came to."""

    status: str
    problem: str | None
    pages: tuple[Page, ...] = ()
    passages: tuple[Passage, ...] = ()
    tokens: tuple = ()
    statements: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: the database, and the documents that could not be read."""

    path: Path
    unchanged: bool
    documents: int
    problems: tuple[tuple[str, str, str], ...]     # (document, status, problem)


def build(folder: Path, output: Path, pipeline: Path, store: Path, from_dir: Path | None = None, set_name: str | None = None,
          jobs: int = 2, public: bool = False) -> Report:
    """The database at `output`; returns at once where nothing has changed since it was built."""
    if output.is_file() and output.stat().st_size and not publish.is_database(output):
        raise BadInput(output, "is no database, and is not overwritten", "name another file")
    documents = corpus.read(folder, set_name)
    if set_name and not documents:
        raise BadInput(folder, f"holds no document of the set {set_name!r}", "name a set that its manifests have")
    fetched = fetch.fetch(documents, store / "files", from_dir, online=False)
    inputs = _inputs(fetched, pipeline)
    mark = cache.digest(json.dumps(inputs, sort_keys=True), review.read(folder / "reviews.csv"), public, set_name)
    problems = tuple((f.document.id, f.status, f.problem) for f in fetched if f.path is None)
    if publish.fingerprint(output) == mark:
        return Report(output, True, len(documents), problems + publish.unreadable(output))
    done = _reads(fetched, inputs, pipeline, store, jobs)
    from policytrack import assemble

    paths = {f.document.id: f.path for f in fetched}
    whole = [(replace(d, sha256=d.sha256 or _sha(paths[d.id])), done[d.id]) for d in documents]
    texts = assemble.texts(whole, pipeline) | {"runs": _runs(mark, inputs, public)}
    problems += tuple((id, r.status, r.problem or "") for id, r in sorted(done.items()) if r.status == "unreadable")
    judge = partial(_judged, texts, [(d, replace(read, tokens=())) for d, read in whole], pipeline, store, folder / "reviews.csv")
    del done, whole      # a word is a row that is let go once it is written
    withheld = [d.id for d in documents if public and not corpus.is_open(d.licence)]
    derive = (partial(assemble.derived, judge=judge, pipeline=pipeline, store=store, jobs=jobs), partial(assemble.checked, pipeline=pipeline, store=store), assemble.finished)
    publish.publish(output, texts, derive, withheld)
    return Report(output, False, len(documents), problems)


def _judged(texts: dict[str, list[dict]], whole: Sequence[tuple[Document, Read]], pipeline: Path, store: Path, reviews: Path) -> dict[str, list[dict]]:
    """What is said in the documents, with what people have corrected."""
    from policytrack import assemble

    found = assemble.said(texts, whole, pipeline, store)
    review.apply(found, review.read(reviews))
    return found


def _reads(fetched: Sequence[fetch.Fetched], inputs: dict[str, str], pipeline: Path, store: Path, jobs: int) -> dict[str, Read]:
    tasks = [Task(f.document, f.path, pipeline, store / "read", inputs[f.document.id]) for f in fetched if f.path is not None]
    _work(tasks, jobs)
    done = {t.document.id: _lean(cache.kept(t.store, t.key, Read, lambda t=t: _read(t, lay(t)))) for t in tasks}
    return done | {f.document.id: Read("not_fetched", f.problem) for f in fetched if f.path is None}


def _lean(read: Read) -> Read:
    """The same, each distinct word held once: a corpus has a token for every word, and all documents are held together."""
    return replace(read, tokens=tuple((page, start, end, intern(word), intern(lemma), intern(pos), intern(zone), own) for page, start, end, word, lemma, pos, zone, own in read.tokens))


def reads(folder: Path, pipeline: Path, store: Path, from_dir: Path | None, jobs: int = 2) -> list[tuple[Document, Read]]:
    """Every document of a corpus with what it came to, by id; those that are not there have no pages."""
    fetched = fetch.fetch(corpus.read(folder), store / "files", from_dir, online=False)
    done = _reads(fetched, _inputs(fetched, pipeline), pipeline, store, jobs)
    return [(f.document, done[f.document.id]) for f in fetched]


def _sha(path: Path | None) -> str | None:
    return fetch.sha256(path) if path else None


def _inputs(fetched: Sequence[fetch.Fetched], pipeline: Path) -> dict[str, str]:
    """Hashes of all that a build depends on: code, rules, libraries, each document's manifest and file."""
    here = Path(__file__).parent
    libraries = " ".join(f"{name} {version(name)}" for name in LIBRARIES)
    shared = {"code": cache.folder_digest(here, ("**/*.py", "*.sql")), "pipeline": cache.folder_digest(pipeline), "libraries": libraries}
    reading = cache.digest(cache.folder_digest(here, READING_CODE), cache.folder_digest(pipeline, READING_RULES), libraries)
    own = {f.document.id: cache.digest(reading, cache.plain(replace(f.document, folder=None)), f.path or f.status) for f in fetched}
    return shared | own


def _work(tasks: Sequence[Task], jobs: int) -> None:
    """Every task whose result is not in the store yet, over `jobs` processes, the largest first."""
    waiting = sorted((t for t in tasks if not cache.place(t.store, t.key).exists()), key=lambda t: (-t.path.stat().st_size, t.document.id))
    if jobs < 2 or len(waiting) < 2:
        for n, task in enumerate(waiting, 1):
            _say(n, len(waiting), work(task, lay(task)))
        return
    from policytrack import reading

    with ProcessPoolExecutor(max_workers=jobs) as pool:
        laid = [pool.submit(lay, task) for task in waiting]
        reading.ready(waiting[0].pipeline)      # while the others lay out pages, and before the next pool is forked, which shares what is loaded
        gc.freeze()
        longest = sorted(zip(waiting, [each.result() for each in laid]), key=lambda pair: -sum(len(page.text) for page in pair[1].pages))
    with ProcessPoolExecutor(max_workers=jobs, initializer=_seldom_swept) as pool:
        for n, name in enumerate(pool.map(work, *zip(*longest)), 1):
            _say(n, len(waiting), name)


def _seldom_swept() -> None:
    """Looks for garbage a twentieth as often: parses make many objects and few circles, and each look through them all takes a tenth of the time."""
    gc.set_threshold(20_000, 50, 50)


def _say(n: int, of: int, name: str) -> None:
    print(f"read {n}/{of} {name}", file=sys.stderr, flush=True)


def work(task: Task, laid: Read) -> str:
    """Reads one document into the store, from its pages and passages; the id of the document."""
    cache.made(task.store, task.key, lambda: _read(task, laid))
    return task.document.id


@lru_cache(maxsize=1)
def _numbering(path: Path):
    from policytrack import segment

    return segment.numbering(path)


def lay(task: Task) -> Read:
    """One document's pages and passages: all of its reading that needs no model of the language."""
    from policytrack import ingest, segment

    try:
        lines = ingest.lines(task.path, task.document.reading)
        pages, passages = segment.passages(lines, task.document, _numbering(task.pipeline / "numbering.toml"))
    except Unreadable as error:
        return Read("unreadable", str(error))
    status = "ocr" if any(line.confidence < 1 for line in lines) else "read"
    problem = f"read from page images, mean confidence {sum(p.quality for p in pages) / len(pages):.2f}" if status == "ocr" else None
    return Read(status, problem, pages, passages)


def _read(task: Task, laid: Read) -> Read:
    """The same with its words and statements."""
    if laid.status == "unreadable":
        return laid
    from policytrack import reading

    tokens, statements = reading.statements(task.document, laid.pages, laid.passages, task.pipeline, task.store.parent / "vectors")
    return replace(laid, tokens=tokens, statements=statements)


def _runs(mark: str, inputs: dict[str, str], public: bool) -> list[dict]:
    from policytrack import embed

    rows = {"version": __version__, "fingerprint": mark, "public": str(int(public)), "embedding_model": embed.WEIGHTS, **{f"library:{n}": version(n) for n in LIBRARIES}}
    rows |= {key if key in ("code", "pipeline", "libraries") else f"input:{key}": value for key, value in inputs.items()}
    return [dict(key=key, value=value) for key, value in sorted(rows.items())]
