"""One document's passages -> its tokens and statements, with the parse done once."""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path

from policytrack import clauses, extract, sentences, tokens
from policytrack.model import Document, Page, Passage, Statement


@lru_cache(maxsize=1)
def _known(pipeline: Path):
    """The parser and the rules, loaded once in a process."""
    return clauses.load(pipeline), extract.rules(pipeline)


def ready(pipeline: Path) -> None:
    """Loads parser, rules and encoder."""
    from policytrack import embed

    _known(pipeline)
    embed.load()


def statements(document: Document, pages: tuple[Page, ...], passages: tuple[Passage, ...], pipeline: Path, store: Path) -> tuple[tuple, tuple[Statement, ...]]:
    """(token rows, statements) of one document. Commentary makes no commitments; what it carries is read all the same."""
    nlp, rules = _known(pipeline)
    units = list(sentences.units(passages, rules.known))
    parsed = list(clauses.parses((u.joined for u in units), nlp))
    rows = tokens.rows(units, parsed, passages, rules.lexicon) + tokens.furniture(pages, nlp)
    judgeable = [(u, found) for u, (_, found) in zip(units, parsed, strict=True) if extract.judgeable(u)]
    items = extract.judged([u for u, _ in judgeable], (c for _, c in judgeable), document.kind, rules)
    if document.kind == "commentary" and not document.carries:
        return tuple(rows), ()
    return tuple(rows), extract.statements(items, document.id, rules, encoders(rules, pipeline, store))


def encoders(rules: extract.Rules, pipeline: Path, store: Path) -> extract.Encoders:
    """The encoder and the fitted one, where there are weights; what they make is kept in folder `store`."""
    if rules.role is None:
        return extract.Encoders()
    from policytrack import adapter, embed

    return extract.Encoders(partial(embed.kept, store), adapter.asked(adapter.path(pipeline), store))
