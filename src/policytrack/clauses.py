"""Sentences -> clauses: who does what, in which mood, tense and voice. The only room that knows spaCy.

The pipeline is the one that `pipelines/policy.cfg` names: the compact one under `pipelines/english`, or any spaCy English
model that speaks Universal Dependencies or the older ClearNLP labels; both spellings of a relation are accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import simplemma

from policytrack.model import BadInput

SUBJECTS = {"nsubj", "nsubj:pass", "nsubj:outer", "nsubjpass", "csubj", "csubj:pass", "csubjpass"}
PASSIVE = {"nsubj:pass", "nsubjpass", "csubj:pass", "aux:pass", "auxpass"}
OBJECTS = {"obj", "dobj", "iobj", "dative"}
# A clause reaches down to its own words, not into the clauses that stand beside or inside it.
_BREAKS = {"conj", "parataxis", "ccomp", "advcl", "acl:relcl", "relcl", "csubj", "list", "appos"}
_SISTERS = frozenset({"conj", "parataxis", "list"})


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
    """Tokens and clauses of each text, in order; each text is one sentence and is not split again. Texts that recur are parsed once."""
    wanted = list(texts)
    once = dict.fromkeys(wanted)
    found = {text: (_tokens(doc), tuple(_clauses(doc))) for text, doc in zip(once, nlp.pipe(_docs(once, nlp)), strict=True)}
    return (found[text] for text in wanted)


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
    made = []
    for t in doc:
        if not t.is_space:
            at, word, pos = t.idx, t.text, t.pos_
            made.append(Token(at, at + len(word), word, lemma(word, t.lemma_, pos), pos))
    return tuple(made)


def _relation(token) -> str:
    dep = token.dep_.lower()
    if dep in ("acl:relcl", "relcl"):
        return "relcl"
    head = dep.split(":")[0]
    return head if head in ("root", "conj", "xcomp", "ccomp", "advcl", "acl", "csubj", "parataxis") else "other"


class _Tree:
    """A parsed sentence with what is asked of its words again and again: their relations, what hangs on them, which are predicates."""

    def __init__(self, doc) -> None:
        self.words = list(doc)
        self.relations = [word.dep_ for word in self.words]
        self.children = [[child.i for child in word.children] for word in self.words]
        self.predicates = [self._is_predicate(word) for word in self.words]

    def below(self, token) -> list:
        """The words that hang on a word, in their order."""
        return [self.words[n] for n in self.children[token.i]]

    def _is_predicate(self, token) -> bool:
        relation, pos = self.relations[token.i], token.pos_
        if pos == "VERB" and relation not in ("amod", "compound", "case", "mark", "fixed", "flat"):
            return True
        return pos != "PUNCT" and any(self.relations[child] in ("cop", "nsubj", "nsubj:pass") for child in self.children[token.i]) \
            or (pos == "AUX" and relation in ("ROOT", "conj", "ccomp", "advcl", "acl:relcl", "parataxis"))


def _edge(token, tree: _Tree, left: bool, breaks=frozenset(_BREAKS)) -> int:
    """The first (or last) token index of the words that belong to `token`, stopping where a sister clause begins."""
    best = own = token.i
    limit = None
    stack = [own]
    while stack:
        for child in tree.children[stack.pop()]:
            if tree.relations[child] in breaks and tree.predicates[child]:
                if not left and child > own:
                    edge = tree.words[child].left_edge.i
                    limit = min(edge, limit if limit is not None else edge)
                continue
            best = min(best, child) if left else max(best, child)
            stack.append(child)
    return max(own, min(best, limit - 1)) if limit is not None else best


def _span(token, tree: _Tree) -> tuple[int, int]:
    """Characters of a noun phrase: its whole subtree without trailing clauses and punctuation."""
    words = tree.words
    first, last = _edge(token, tree, True), _edge(token, tree, False)
    while last > token.i and words[last].is_punct:
        last -= 1
    while first < token.i and words[first].is_punct and words[first].text not in "‘“\"'(£":
        first += 1
    return words[first].idx, words[last].idx + len(words[last].text)


def _aux(below: Sequence) -> list:
    return [c for c in below if c.dep_.split(":")[0] in ("aux", "auxpass", "cop")]


def _mood(token, below: Sequence) -> dict:
    """Modal, tense, aspect, voice, polarity and form as the token and its auxiliaries, among the words `below` it, state them."""
    aux = _aux(below)
    modal = next((c.lemma_.casefold() for c in aux if c.tag_ == "MD"), "")
    modal = {"’ll": "will", "'ll": "will", "wo": "will", "ca": "can", "'d": "would"}.get(modal, modal)
    finite = next((c for c in aux if c.tag_ in ("VBZ", "VBP", "VBD", "MD")), token if token.tag_ in ("VBZ", "VBP", "VBD", "MD") else None)
    have = any(c.lemma_ == "have" for c in aux)
    be = any(c.lemma_ == "be" and c.dep_.split(":")[0] != "cop" for c in aux)
    passive = any(c.dep_ in PASSIVE for c in below) or (be and token.tag_ == "VBN" and not have)
    tense = "" if finite is None or finite.tag_ == "MD" else "past" if finite.tag_ == "VBD" else "pres"
    aspect = "perf" if have else "prog" if be and token.tag_ == "VBG" else ""
    to = any(c.text.casefold() == "to" and c.dep_ in ("mark", "aux") for c in below)
    form = "fin" if finite is not None else "inf" if to or token.tag_ == "VB" else "ger" if token.tag_ == "VBG" else "part" if token.tag_ == "VBN" else "noun"
    negated = any(c.dep_ == "neg" or (c.dep_ == "advmod" and c.lemma_.casefold() in ("not", "n't", "never")) for c in below)
    return dict(modal=modal, tense=tense, aspect=aspect, passive=passive, negated=negated, form=form)


def _obliques(below: Sequence, tree: _Tree) -> tuple[tuple[str, int, int], ...]:
    found = []
    for child in below:
        if child.dep_.split(":")[0] in ("obl", "prep", "agent", "nmod"):
            case = next((c.text.casefold() for c in tree.below(child) if c.dep_ == "case"), child.text.casefold() if child.dep_ == "prep" else "")
            found.append((case, *_span(child, tree)))
    return tuple(found)


def _clauses(doc) -> Iterator[Clause]:
    tree = _Tree(doc)
    heads = [t for t in tree.words if tree.predicates[t.i]]
    index = {t.i: n for n, t in enumerate(heads)}
    made: list[Clause] = []
    for token in heads:
        made.append(_clause(token, tree, _parent(token, index)))
    yield from (_inherit(clause, made) for clause in made)


def _parent(token, index: dict[int, int]) -> int:
    at = token
    while at.head.i != at.i:
        at = at.head
        if at.i in index:
            return index[at.i]
    return -1


def _clause(token, tree: _Tree, parent: int) -> Clause:
    below, words = tree.below(token), tree.words
    subject = next((c for c in below if c.dep_ in SUBJECTS), None)
    thing = next((c for c in below if c.dep_ in OBJECTS), None)
    agent = next((c for c in below if c.dep_ in ("obl:agent", "agent")), None)
    first, last = _edge(token, tree, True), _edge(token, tree, False, _SISTERS)
    while last > token.i and words[last].text in ",;.:":
        last -= 1
    while first < token.i and tree.relations[first] in ("cc", "punct"):
        first += 1
    return Clause(
        verb=lemma(token.text, token.lemma_, token.pos_), start=token.idx, end=token.idx + len(token.text), relation=_relation(token), parent=parent,
        subject=_span(subject, tree) if subject is not None else None, subject_head=lemma(subject.text, subject.lemma_, subject.pos_) if subject is not None else "",
        object=_span(thing, tree) if thing is not None else None, object_head=lemma(thing.text, thing.lemma_, thing.pos_) if thing is not None else "",
        agent=_agent(agent, tree), obliques=_obliques(below, tree), span=(words[first].idx, words[last].idx + len(words[last].text)),
        head_pos=token.pos_, **_mood(token, below),
    )


def _agent(token, tree: _Tree) -> tuple[int, int] | None:
    if token is None:
        return None
    start, end = _span(token, tree)
    case = next((c for c in tree.below(token) if c.dep_ == "case"), None)
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
