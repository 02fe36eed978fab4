"""Sentences -> clauses: who does what, in which mood, tense and voice. The only room that knows spaCy.

The pipeline is the one that `pipelines/policy.cfg` names: the compact one under `pipelines/english`, or any spaCy English
model that speaks Universal Dependencies or the older ClearNLP labels; both spellings of a relation are accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import simplemma

from policytrack.model import BadInput

SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:outer", "nsubjpass", "csubj", "csubj:pass", "csubjpass"}
PASSIVE = {"nsubj:pass", "nsubjpass", "csubj:pass", "aux:pass", "auxpass"}
OBJECTS = {"obj", "dobj", "iobj", "dative"}
# A clause reaches down to its own words, not into the clauses that stand beside or inside it.
_BREAKS = {"conj", "parataxis", "ccomp", "advcl", "acl:relcl", "relcl", "csubj", "list", "appos"}


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a sentence: offsets in the text that was parsed."""

    start: int
    end: int
    word: str
    lemma: str
    pos: str


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate with its mood, tense, voice, subject, object and agent; offsets in the text parsed."""

    verb: str                 # lemma of the head
    start: int                # of the head word
    end: int
    modal: str                # will, shall, should … or ""
    tense: str                # pres | past | ""
    aspect: str               # perf | prog | ""
    passive: bool
    negated: bool
    form: str                 # fin | inf | part | ger | noun
    relation: str             # root | conj | xcomp | ccomp | advcl | acl | relcl | csubj | other
    parent: int               # index of the governing clause, -1 where there is none
    subject: tuple[int, int] | None
    subject_head: str         # lemma of its head word
    object: tuple[int, int] | None
    object_head: str
    agent: tuple[int, int] | None
    obliques: tuple[tuple[str, int, int], ...]  # (preposition, start, end)
    span: tuple[int, int]     # first to last character of the clause with what depends on it
    inherited: bool = False   # mood and subject were taken over from the clause it is joined to
    head_pos: str = "VERB"


def load(pipeline: Path):
    """The spaCy pipeline that `policy.cfg` in folder `pipeline` names, with the parts it names in that order."""
    import spacy
    from spacy.util import load_config

    path = pipeline / "policy.cfg"
    try:
        wanted = load_config(path)["pipeline"]
        model, parts = wanted["model"], list(wanted["parts"])
    except (OSError, ValueError, KeyError) as error:
        raise BadInput(path, f"cannot be read ({' '.join(str(error).split())})", "give [pipeline] with model, parts and batch") from None
    try:
        nlp = spacy.load(pipeline / model if (pipeline / model).exists() else model)
    except OSError as error:
        raise BadInput(path, f"no spaCy pipeline {model!r} ({str(error).splitlines()[0]})", "restore the folder, or name an installed package") from None
    if [name for name in nlp.pipe_names if name in parts] != parts:
        raise BadInput(path, f"{model!r} has the parts {nlp.pipe_names}, not {parts}", "name parts that it has, in its order")
    nlp.select_pipes(enable=parts)
    nlp.batch_size = int(wanted.get("batch", nlp.batch_size))
    _multiply_by_numpy(nlp)
    return nlp


def _multiply_by_numpy(nlp) -> None:
    """Lets numpy multiply the matrices: measured, three times as fast as the library that thinc brings. One thread, for equal bytes."""
    from thinc.api import NumpyOps
    from threadpoolctl import threadpool_limits

    class Ops(NumpyOps):
        def gemm(self, x, y, out=None, trans1=False, trans2=False):
            return np.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)

    threadpool_limits(1, "blas")
    ops = Ops()
    for _, part in nlp.pipeline:
        for node in part.model.walk():
            node.ops = ops


def parses(texts: Iterable[str], nlp) -> Iterator[tuple[tuple[Token, ...], tuple[Clause, ...]]]:
    """Tokens and clauses of each text, in order; each text is one sentence and is not split again."""
    for doc in nlp.pipe(_docs(texts, nlp)):
        yield _tokens(doc), tuple(_clauses(doc))


def _docs(texts: Iterable[str], nlp):
    for text in texts:
        doc = nlp.make_doc(text)
        for token in doc[1:]:
            token.is_sent_start = False
        yield doc


@lru_cache(maxsize=50_000)
def lemma(word: str, trained: str, pos: str) -> str:
    """The lemma of a word: the trained one where it is a word, else the dictionary's.

    The compact pipeline learns endings, and now and then cuts where no word is left ("committed" -> "committ").
    """
    word, trained = word.casefold(), trained.casefold()
    untouched = pos == "VERB" and trained == word and word.endswith(("ing", "ed"))
    if not untouched and (trained == word or simplemma.is_known(trained, "en")):
        return trained
    listed = simplemma.lemmatize(word, "en").casefold()
    return listed if simplemma.is_known(listed, "en") else trained


def _tokens(doc) -> tuple[Token, ...]:
    return tuple(Token(t.idx, t.idx + len(t.text), t.text, lemma(t.text, t.lemma_, t.pos_), t.pos_) for t in doc if not t.is_space)


def _relation(token) -> str:
    dep = token.dep_.lower()
    if dep in ("acl:relcl", "relcl"):
        return "relcl"
    head = dep.split(":")[0]
    return head if head in ("root", "conj", "xcomp", "ccomp", "advcl", "acl", "csubj", "parataxis") else "other"


def _is_predicate(token) -> bool:
    if token.pos_ in ("VERB",) and token.dep_ not in ("amod", "compound", "case", "mark", "fixed", "flat"):
        return True
    return any(child.dep_ in ("cop", "nsubj", "nsubj:pass") for child in token.children) and token.pos_ not in ("PUNCT",) \
        or (token.pos_ == "AUX" and token.dep_ in ("ROOT", "conj", "ccomp", "advcl", "acl:relcl", "parataxis"))


def _edge(token, left: bool, breaks=frozenset(_BREAKS)) -> int:
    """The first (or last) token index of the words that belong to `token`, stopping where a sister clause begins."""
    best, limit = token.i, None
    stack = [token]
    while stack:
        for child in stack.pop().children:
            if child.dep_ in breaks and _is_predicate(child):
                if not left and child.i > token.i:
                    limit = min(child.left_edge.i, limit if limit is not None else child.left_edge.i)
                continue
            best = min(best, child.i) if left else max(best, child.i)
            stack.append(child)
    return max(token.i, min(best, limit - 1)) if limit is not None else best


def _span(token, doc) -> tuple[int, int]:
    """Characters of a noun phrase: its whole subtree without trailing clauses and punctuation."""
    first, last = _edge(token, True), _edge(token, False)
    while last > token.i and doc[last].is_punct:
        last -= 1
    while first < token.i and doc[first].is_punct and doc[first].text not in "‘“\"'(£":
        first += 1
    return doc[first].idx, doc[last].idx + len(doc[last].text)


def _aux(token) -> list:
    return [c for c in token.children if c.dep_.split(":")[0] in ("aux", "auxpass", "cop")]


def _mood(token) -> dict:
    """Modal, tense, aspect, voice, polarity and form as the token and its auxiliaries state them."""
    aux = _aux(token)
    modal = next((c.lemma_.casefold() for c in aux if c.tag_ == "MD"), "")
    modal = {"’ll": "will", "'ll": "will", "wo": "will", "ca": "can", "'d": "would"}.get(modal, modal)
    finite = next((c for c in aux if c.tag_ in ("VBZ", "VBP", "VBD", "MD")), token if token.tag_ in ("VBZ", "VBP", "VBD", "MD") else None)
    have = any(c.lemma_ == "have" for c in aux)
    be = any(c.lemma_ == "be" and c.dep_.split(":")[0] != "cop" for c in aux)
    passive = any(c.dep_ in PASSIVE for c in token.children) or (be and token.tag_ == "VBN" and not have)
    tense = "" if finite is None or finite.tag_ == "MD" else "past" if finite.tag_ == "VBD" else "pres"
    aspect = "perf" if have else "prog" if be and token.tag_ == "VBG" else ""
    to = any(c.text.casefold() == "to" and c.dep_ in ("mark", "aux") for c in token.children)
    form = "fin" if finite is not None else "inf" if to or token.tag_ == "VB" else "ger" if token.tag_ == "VBG" else "part" if token.tag_ == "VBN" else "noun"
    negated = any(c.dep_ == "neg" or (c.dep_ == "advmod" and c.lemma_.casefold() in ("not", "n't", "never")) for c in token.children)
    return dict(modal=modal, tense=tense, aspect=aspect, passive=passive, negated=negated, form=form)


def _subject(token):
    return next((c for c in token.children if c.dep_ in SUBJECTS), None)


def _obliques(token, doc) -> tuple[tuple[str, int, int], ...]:
    found = []
    for child in token.children:
        if child.dep_.split(":")[0] in ("obl", "prep", "agent", "nmod"):
            case = next((c.text.casefold() for c in child.children if c.dep_ == "case"), child.text.casefold() if child.dep_ == "prep" else "")
            found.append((case, *_span(child, doc)))
    return tuple(found)


def _clauses(doc) -> Iterator[Clause]:
    heads = [t for t in doc if _is_predicate(t)]
    index = {t.i: n for n, t in enumerate(heads)}
    made: list[Clause] = []
    for token in heads:
        made.append(_clause(token, doc, _parent(token, index)))
    yield from (_inherit(clause, made) for clause in made)


def _parent(token, index: dict[int, int]) -> int:
    at = token
    while at.head.i != at.i:
        at = at.head
        if at.i in index:
            return index[at.i]
    return -1


def _clause(token, doc, parent: int) -> Clause:
    subject = _subject(token)
    thing = next((c for c in token.children if c.dep_ in OBJECTS), None)
    agent = next((c for c in token.children if c.dep_ in ("obl:agent", "agent")), None)
    first, last = _edge(token, True), _edge(token, False, frozenset({"conj", "parataxis", "list"}))
    while last > token.i and doc[last].text in ",;.:":
        last -= 1
    while first < token.i and (doc[first].dep_ in ("cc", "punct")):
        first += 1
    return Clause(
        verb=lemma(token.text, token.lemma_, token.pos_), start=token.idx, end=token.idx + len(token.text), relation=_relation(token), parent=parent,
        subject=_span(subject, doc) if subject is not None else None, subject_head=lemma(subject.text, subject.lemma_, subject.pos_) if subject is not None else "",
        object=_span(thing, doc) if thing is not None else None, object_head=lemma(thing.text, thing.lemma_, thing.pos_) if thing is not None else "",
        agent=_agent(agent, doc), obliques=_obliques(token, doc), span=(doc[first].idx, doc[last].idx + len(doc[last].text)),
        head_pos=token.pos_, **_mood(token),
    )


def _agent(token, doc) -> tuple[int, int] | None:
    if token is None:
        return None
    start, end = _span(token, doc)
    case = next((c for c in token.children if c.dep_ == "case"), None)
    if case is not None and case.idx == start:
        start = case.idx + len(case.text) + 1
    return start, end


def _inherit(clause: Clause, made: list[Clause]) -> Clause:
    """A verb joined by "and" takes over the modal and the subject that it does not repeat."""
    seen = 0
    source = clause
    while source.relation == "conj" and source.parent >= 0 and seen < 8:
        source, seen = made[source.parent], seen + 1
        if source.form == "fin" or source.subject:
            break
    if source is clause or clause.subject and (clause.modal or clause.form == "fin"):
        return clause
    takes_mood = clause.form in ("inf", "part", "ger") or (clause.form == "fin" and not clause.modal and clause.tense == "pres" and source.modal)
    return replace(
        clause, subject=clause.subject or source.subject, subject_head=clause.subject_head or source.subject_head, inherited=True,
        **(dict(modal=source.modal, tense=source.tense, aspect=clause.aspect or (source.aspect if clause.form != "inf" else ""),
                passive=clause.passive or (source.passive and clause.form == "part"), form=source.form) if takes_mood and not clause.modal else {}),
    )
