"""The hall of measurement: a corpus with gold -> weights, and the rows of `accuracy` with their floors."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from policytrack import (
    adapter,
    align,
    answers,
    assemble,
    cache,
    calibrate,
    clauses,
    corpus,
    embed,
    extract,
    finetune,
    grade,
    measure,
    measure_pairs,
    measure_roles,
    measure_stances,
    opinion,
    organisations,
    replies,
    roles,
    stance,
    suggest,
    themes,
    train,
)
from policytrack.model import BadInput, Document
from policytrack.train import Labelled

WARNING = "The labels were made by a large language model reading page by page; no person has checked them yet."


def labelled(done: Sequence[tuple[Document, Read]], pipeline: Path, split: str) -> list[Labelled]:     # noqa: F821
    """The labelled documents of one split that could be read."""
    nlp, rules = clauses.load(pipeline), extract.rules(pipeline, "rules")
    out = []
    for document, read in done:
        gold = corpus.gold(document)
        if gold and gold.split == split and gold.statements and read.pages:
            out.append(train.labelled(document, gold, read.pages, read.passages, nlp, rules))
    return out


def weights(done, pipeline: Path) -> Path:
    """Trains on the tune split and writes the weights; the file's path."""
    path = pipeline / "weights" / "statements.npz"
    found = labelled(done, pipeline, "tune")
    train.save(path, train.all_tasks(found, embed.vectors, train.temperature(found)))
    return path


def adapter_weights(done, pipeline: Path, progress=lambda line: None, jobs: int = 2) -> tuple[Path, Path]:
    """Fits the encoder once without each group of documents, keeping what it says of them, and once with all, over `jobs` processes; the two files' paths."""
    shipped, held = adapter.path(pipeline), pipeline / "weights" / finetune.HELD
    found = labelled(done, pipeline, "tune")
    parts = finetune.groups(found, pipeline / "folds.toml")
    taught = [train.all_examples(l for l in found if l not in group) for group in ([], *parts)]
    texts, said = [], []
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        for n, (group, arrays) in enumerate(zip(([], *parts), pool.map(finetune.acts, taught), strict=True)):
            progress(f"fit {n + 1} of {len(parts) + 1}: " + (f"without {', '.join(l.document.id for l in group)}" if group else "all documents"))
            np.savez_compressed(part := held.with_name(f"part.{n}.npz") if group else shipped, **arrays)
            if group:
                texts += (own := [extract.context(e.item) for e in train.all_examples(group)])
                said.append(adapter.chances(part, own))
                part.unlink()
    finetune.save_held(held, texts, np.concatenate(said))
    return shipped, held


def stance_weights(done, pipeline: Path, progress=lambda line: None) -> tuple[Path, Path]:
    """Teaches the second opinion on stances, then counts how sure each method is; the two files' paths."""
    taught, sure = pipeline / "weights" / opinion.FILE, pipeline / "confidence.toml"
    np.savez_compressed(taught, **finetune.stances(replies.teaching(replies.load(pipeline)), progress))
    if not sure.exists():
        cache.write(sure, calibrate.toml(calibrate.rates([], stance.METHODS)))
    cache.write(sure, calibrate.toml(calibrate.rates(measure_stances.outcomes(done, pipeline, embed.vectors), stance.METHODS)))
    return taught, sure


def rows(done, taught, pipeline: Path, store: Path, pairs: Path | None = None) -> list[dict]:
    """Every row of `accuracy`, those of the invented pairs in folder `pairs` among them: tune by leave one document out (rules alone, classifier;
    the documents `taught` always teach), test by the shipped weights; roles as a build finds them."""
    texts = {document.id: align.Text(read.pages) for document, read in done if read.pages}
    rubric, alone = grade.rubric(pipeline / "grade.toml"), extract.rules(pipeline, "rules")
    asked = answers.asked(measure_stances.found_in(done, pipeline, None)[0])

    def placed(judged: dict[str, list]) -> dict[str, list]:
        """The same as a build has them, when recommendations and answers have been found."""
        return {document: [(answers.role(role, s, asked.get(document, ())), s) for role, s in those] for document, those in judged.items()}

    tune = labelled(done, pipeline, "tune")
    real = [l for l in tune if l.document.set_name != "specimen"]
    out = measure.statement_rows(real, placed({l.document.id: measure.judged(l, alone) for l in real}), texts, rubric, "tune, rules alone") if real else []
    if real:
        out += measure.statement_rows(real, placed(measure.leave_one_out(tune + labelled(taught, pipeline, "tune"), alone, extract.Encoders(embed.vectors, finetune.held(pipeline / "weights" / finetune.HELD)))), texts, rubric, "tune")
    test = labelled(done, pipeline, "test")
    if test:
        shipped = extract.rules(pipeline)
        out += measure.statement_rows(test, placed({l.document.id: measure.judged(l, shipped, extract.Encoders(embed.vectors, adapter.asked(adapter.path(pipeline)))) for l in test}), texts, rubric, "test")
    return out + answer_rows(done, pipeline) + (measure_pairs.rows(pairs, pipeline, embed.vectors) if pairs else []) + role_rows(done, pipeline, store)


def answer_rows(done, pipeline: Path) -> list[dict]:
    """The rows of `accuracy` for recommendations, links and stances."""
    return measure_stances.rows(done, pipeline, embed.vectors)


def role_rows(done, pipeline: Path, store: Path) -> list[dict]:
    """The rows of `accuracy` for roles, force, themes and measures: of invented statements that teach nothing, and of the documents whose pages
    are labelled for them; the learned part of the roles never saw the document that it is judged on (no page teaches the encoder)."""
    known = roles.roles(pipeline / "roles.toml")
    tables, items, invented, pages = _role_examples(done, pipeline, store, known)
    learned = train.suggested_held_out(invented, pages, known.contexts)
    held = measure_roles.invented_examples(pipeline / measure_roles.HELD, known)
    found = measure_roles.invented(held, replace(known, learned=None), "invented, rules alone") + measure_roles.invented(held, known, "invented, held out")
    subjects, labelled_for = themes.themes(pipeline / "themes.toml"), measure_roles.theme_examples(pipeline / measure_roles.HELD, known)
    for rules, split in ((replace(subjects, learned=None), "invented, rules alone"), (subjects, "invented, held out")):
        found += measure_roles.invented_themes(labelled_for, rules, split, embed.vectors)
    by_document = {document: [item for item in items if item.document == document] for document in learned}
    hits = [row for document, some in by_document.items() for row in roles.rows(some, replace(known, learned=replace(learned[document], encoder=known.learned.encoder)))]
    return found + (measure_roles.rows(tables | {"role_hits": hits}, _labelled(done)[0][0].folder.parent) if pages else [])


def role_weights(done, pipeline: Path, store: Path, progress=lambda line: None) -> tuple[Path, Path]:
    """Learns which words suggest which roles from all labelled statements and pages, and fits the encoder to the statements; the two files' paths."""
    words, encoder = pipeline / "weights" / suggest.FILE, pipeline / "weights" / suggest.ENCODER
    known = roles.roles(pipeline / "roles.toml")
    _, _, invented, pages = _role_examples(done, pipeline, store, known)
    taught = [*invented, *pages]
    fitted = train.suggested(taught, [suggest.terms(e.item, known.contexts) for e in taught])
    np.savez_compressed(words, **fitted)
    np.savez_compressed(encoder, **finetune.roles(invented, fitted["labels"].tolist(), progress))
    return words, encoder


def theme_weights(pipeline: Path) -> Path:
    """Learns which words and vectors suggest which themes from the invented statements; the path of the file."""
    known = themes.themes(pipeline / "themes.toml")
    taught = measure_roles.theme_examples(pipeline / measure_roles.INVENTED, roles.roles(pipeline / "roles.toml"))
    fitted = train.suggested(taught, [themes.terms(e.item, themes.ruled(e.item, known)) for e in taught], embed.vectors([themes.said(e.item) for e in taught]))
    path = pipeline / "weights" / themes.FILE
    np.savez_compressed(path, **fitted)
    return path


def _labelled(done) -> list:
    """The documents whose pages are labelled for roles."""
    return [(document, read) for document, read in done if document.folder and (document.folder / measure_roles.LABELS).exists()]


def _role_examples(done, pipeline: Path, store: Path, known: roles.Roles):
    """(tables, items, invented examples, examples of labelled pages): what the roles are learned from and measured on."""
    invented, wanted = measure_roles.invented_examples(pipeline / measure_roles.INVENTED, known), _labelled(done)
    if not wanted:
        return {}, [], invented, []
    tables = assemble.tables(wanted, pipeline, store)
    items = roles.items(tables, assemble.nations_of(tables["documents"], organisations.organisations(pipeline / "organisations.toml")), known)
    return tables, items, invented, measure_roles.page_examples(tables, wanted[0][0].folder.parent, items)


def gold_hash(folder: Path) -> str:
    """One hash over all gold files: accuracies are only comparable where it is the same."""
    return cache.folder_digest(folder, ("*/gold.toml", "*/more.toml", "*/roles.toml"))[:16]


def below(found: Sequence[dict], floors: Path, folder: Path) -> list[str]:
    """One line for every figure under its pinned floor; nothing where the floors were pinned on other gold."""
    data = tomllib.loads(floors.read_text(encoding="utf-8")) if floors.exists() else {"floor": []}
    if data["floor"] and data.get("gold") != gold_hash(folder):
        raise BadInput(floors, "the gold has changed since the floors were pinned", "run `policytrack measure --pin`, and look at what moved")
    by = {(r["task"], r["label"], r["split"]): r["f1"] for r in found}
    return [f"{f['task']} {f['label']} ({f['split']}): {by[key]:.3f} is under its floor {f['f1']:.3f}"
            for f in data["floor"] if (key := (f["task"], f["label"], f["split"])) in by and (by[key] or 0) < f["f1"] - 0.0005]


def confusion(done, pipeline: Path) -> list[list]:
    """[gold label, found label, how many] for the stances of the tune pairs."""
    return measure_stances.confusion(done, pipeline, embed.vectors)


def save(found: Sequence[dict], pipeline: Path, folder: Path, confused: Sequence[list] = ()) -> None:
    """Keeps the figures with the rules, so that a build can show them where there is no gold."""
    cache.write(pipeline / "accuracy.json", json.dumps({"warning": WARNING, "gold": gold_hash(folder), "rows": list(found), "confusion": list(confused)}, indent=1) + "\n")


def pin(found: Sequence[dict], floors: Path, folder: Path) -> None:
    """Pins every tune and test figure with at least 20 gold items as a floor beside the hash of the gold."""
    lines = ["# Floors that no change lowers unasked: `policytrack measure` fails below them. Pinned by `policytrack measure --pin`.", f'gold = "{gold_hash(folder)}"']
    for r in found:
        if r["n"] >= 20 and r["f1"] is not None and "rules" not in r["split"]:
            lines += ["", "[[floor]]", f'task = "{r["task"]}"', f'label = "{r["label"]}"', f'split = "{r["split"]}"', f"f1 = {max(0, r['f1'] - 0.005):.3f}"]
    cache.write(floors, "\n".join(lines) + "\n")
