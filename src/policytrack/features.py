"""Acts -> named signals: what the rules see, and what the classifier weighs. Pure text and clauses.

A name says where it was seen and what: `modal=will|own`, `verb=publish`, `cue:none/effect`, `lead:commitment/we-will`.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from policytrack import cues
from policytrack.acts import Act
from policytrack.clauses import Clause
from policytrack.cues import Cue
from policytrack.model import BadInput, Signal
from policytrack.sentences import Unit

ROLE_LABELS = ("commitment", "expectation", "recommendation", "aspiration", "none")
_WORD = re.compile(r"[a-z]+(?:[’'-][a-z]+)*|£|%|\d+", re.IGNORECASE)
# Verbs that only carry another act: "plan to publish" is judged by publish.
_PLACES = {"conj": "beside", "parataxis": "beside", "root": "beside", "ccomp": "said"}
_CARRIERS = {"xcomp", "ccomp", "advcl", "acl"}


@dataclass(frozen=True, slots=True, eq=False)        # the same only where it is the same object, so that answers can be kept by it
class Lexicon:
    """The cue files that extraction reads, loaded and proved."""

    actors: tuple[Cue, ...]
    frames: tuple[Cue, ...]               # who is asked, or leads
    owners: tuple[Cue, ...]               # in whose name a subject stands
    moods: tuple[Cue, ...]                # what stands between an actor and the act
    roles: tuple[Cue, ...]
    deadlines: tuple[Cue, ...]
    facets: tuple[Cue, ...]
    verbs: dict[str, tuple[str, str]]     # lemma -> (category, cue)
    objects: tuple[Cue, ...]
    predicates: tuple[Cue, ...]
    heads: tuple[Cue, ...]
    carriers: frozenset[str]
    never: frozenset[str]                 # names of the cues that make words no statement at all


def lexicon(pipeline: Path) -> Lexicon:
    """Every cue that extraction needs from the folder `pipelines`."""
    roles = tuple(cue for label in ROLE_LABELS for cue in cues.load(pipeline / "cues" / f"{label}.toml", label=label))
    return Lexicon(
        actors=cues.load(pipeline / "actors.toml", label="actor"), roles=roles,
        **{f"{key}s": cues.load(pipeline / "actors.toml", key=key, label="actor") for key in ("frame", "owner", "mood")}, deadlines=cues.load(pipeline / "deadlines.toml", label="deadline"),
        facets=cues.load(pipeline / "facets.toml", label="facet"), verbs=verbs(pipeline / "grade.toml"),
        objects=cues.load(pipeline / "grade.toml", key="object", label="object"),
        predicates=cues.load(pipeline / "predicates.toml", label="predicate"),
        heads=cues.load(pipeline / "grade.toml", key="head", label="head"),
        carriers=frozenset(tomllib.loads((pipeline / "grade.toml").read_text(encoding="utf-8"))["carriers"]),
        never=frozenset(f"cue:{cue.label}/{cue.id}" for cue in roles if cue.extra.get("never")),
    )


def verbs(path: Path) -> dict[str, tuple[str, str]]:
    """lemma -> (category, cue) from `grade.toml`; a lemma in two groups is an error."""
    found: dict[str, tuple[str, str]] = {}
    for group in tomllib.loads(path.read_text(encoding="utf-8"))["verbs"]:
        for lemma in group["lemmas"]:
            if lemma in found:
                raise BadInput(path, f"lemma {lemma!r} stands in {found[lemma][1]!r} and {group['cue']!r}", "keep one")
            found[lemma] = (group["category"], group["cue"])
    return found


@lru_cache(maxsize=20_000)
def actor_class(words: str, lexicon: Lexicon) -> str:
    """own | outsider | person | document | pronoun | named | other, or none where there are no words."""
    if not words:
        return "none"
    hit = next((s for cue in lexicon.actors for s in cue.find(words) if s.start == 0), None)
    if hit:
        return hit.value
    first = re.sub(r"^(?:the|a|an)(?:\s+|$)", "", words, flags=re.IGNORECASE)
    return "named" if re.match(r"[A-Z][\w&]*(?: (?:of|for|and|the))? [A-Z]|[A-Z]\w+[^s\W]$|[A-Z]{2,}", first) else "other"


def subject(clause: Clause | None, unit: Unit) -> str:
    """The words of the clause's subject, or ''."""
    return unit.joined[slice(*clause.subject)] if clause and clause.subject else ""


def carried(clause: Clause, clauses: tuple[Clause, ...]) -> Clause | None:
    """The clause whose act this one only carries ("plan to publish", "are committed to ensuring")."""
    at = next((n for n, c in enumerate(clauses) if c is clause or (c.start == clause.start and c.verb == clause.verb)), None)
    return next((c for c in clauses if c.parent == at and c.relation in _CARRIERS and c.form in ("inf", "ger", "fin") and c.start > clause.start), None)


@dataclass(frozen=True, slots=True)
class Head:
    """What an act comes to: a clause, and its category and cue by the verbs of grade.toml ("" where they do not know it)."""

    clause: Clause
    category: str
    cue: str


def heads(clause: Clause | None, clauses: tuple[Clause, ...], unit: Unit, lexicon: Lexicon) -> tuple[Head, ...]:
    """The head of the act and the acts that it carries or uses as its means, carriers left out; at most four."""
    found, steps = [], 0
    while clause is not None and steps < 5:
        inner = carried(clause, clauses)
        cue = next((c for c in lexicon.heads for _ in c.find(unit.joined[clause.start:clause.start + 120])), None)
        if cue is not None:
            found.append(Head(clause, cue.value, cue.id))
        elif not (clause.verb in lexicon.carriers and inner is not None):
            found.append(Head(clause, *lexicon.verbs.get(clause.verb, ("", clause.verb))))
        clause, steps = inner, steps + 1
    return tuple(found)


@lru_cache(maxsize=20_000)
def predicate(lemma: str, lexicon: Lexicon) -> str:
    """effect | state | importance | ability | mind | saying, or '' for a verb that says what is done."""
    return next((cue.value for cue in lexicon.predicates for _ in cue.find(lemma)), "")


_MODAL = re.compile(r"\b(will|shall|should|must|may|might|can|could|would|is|are|was|were|has|have|had)(?:n['’]t)?\b(?! of)")


def _surface_names(text: str, lexicon: Lexicon):
    """Mood and subject as they stand on the page: what is left where the parse went wrong."""
    m = _MODAL.search(text)
    if not m:
        yield f"surface=none|{actor_class(text.strip(), lexicon)}"
        return
    before = re.split(r"[,;:–—]\s|\b(?:and|but|that|which|so|if|when|where|while|because)\b", text[: m.start()])[-1].strip()
    whole = re.sub(r"^\W*(?:In addition|However|Therefore|Furthermore|Also|Similarly|Alongside this|To this end|In future|Now),?\s", "", text[: m.start()]).strip()
    after = re.match(r"\W*(?:(?:also|not|now|therefore|then|be|been|continue to|\w+ly) )*(\w+)", text[m.end():])
    for who in {actor_class(before, lexicon), actor_class(whole, lexicon)} - {"other"} or {"other"}:
        yield f"surface={m[1]}|{who}"
        yield f"surface={m[1]}|{who}|{predicate(after[1].casefold(), lexicon) if after else ''}"


def _clause_names(clause: Clause, unit: Unit, clauses: tuple[Clause, ...], lexicon: Lexicon):
    who = actor_class(subject(clause, unit), lexicon)
    mood = clause.modal or "-".join(p for p in (clause.tense, clause.aspect) if p) or clause.form
    voice = "pass" if clause.passive else "act"
    group = "/".join(lexicon.verbs.get(clause.verb, ("", "")))
    yield from (f"mood={mood}", f"who={who}", f"voice={voice}", f"form={clause.form}", f"rel={clause.relation}", f"verb={clause.verb}",
                f"group={group}", f"mood={mood}|{who}", f"mood={mood}|{who}|{voice}", f"mood={mood}|{group}", f"who={who}|{group}", f"mood={mood}|{clause.verb}", f"pos={clause.head_pos}")
    kind = predicate(clause.verb, lexicon)
    yield from (f"predicate={kind}", f"mood={mood}|{who}|{kind}", f"mood={mood}|{kind}")
    if subject(clause, unit).casefold() in ("i", "you", "he", "she"):
        yield from (f"single={mood}", f"single={mood}|{kind}")
    if clause.negated:
        yield "negated"
    if clause.inherited:
        yield "inherited"
    if clause.agent:
        yield f"agent={actor_class(unit.joined[slice(*clause.agent)], lexicon)}"
    if clause.object_head:
        yield from (f"object={clause.object_head}", f"verb={clause.verb}|{clause.object_head}")
    if (inner := carried(clause, clauses)) is not None:
        inner_group = "/".join(lexicon.verbs.get(inner.verb, ("", "")))
        yield from (f"carries={inner.verb}", f"carries={inner_group}", f"{clause.verb}>{inner_group}", f"{clause.verb}>{inner.form}", f"mood={mood}|{who}>{inner_group}")
        if inner.object_head:
            yield f"carries.object={inner.object_head}"
    for case, _, _ in clause.obliques:
        yield f"oblique={case}"
    for place, head in zip(("head", "means", "means"), heads(clause, clauses, unit, lexicon), strict=False):
        yield from (f"{place}={head.category}", f"{place}={head.category}/{head.cue}", f"{place}.verb={head.clause.verb}")
        if head.clause.object_head:
            yield f"{place}.object={head.clause.object_head}"


def _any_names(act: Act, unit: Unit, clauses: tuple[Clause, ...], lexicon: Lexicon):
    """Every clause of the act that stands in a mood of its own, be it the main one or one that hangs on it, and what all its verbs and the lead-in's come to."""
    start, end = act.start + unit.offset, act.end + unit.offset
    for clause in clauses:
        if start <= clause.start < end and clause.form == "fin" and (clause.modal or clause.aspect or act.clause is not clause):
            mood = clause.modal or "-".join(p for p in (clause.tense, clause.aspect) if p)
            who = actor_class(subject(clause, unit), lexicon)
            place = "main" if act.clause is clause else _PLACES.get(clause.relation, "below")
            yield from (f"any={mood}|{who}", f"any={mood}|{who}|{place}", f"any={mood}|{who}|{predicate(clause.verb, lexicon)}")
        category, cue = lexicon.verbs.get(clause.verb, ("", ""))
        if category and clause.start < unit.offset:
            yield from (f"lead.verb={category}", f"lead.verb={category}/{cue}")
        elif category and start <= clause.start < end:
            yield from (f"among={category}", f"among={category}/{cue}")


def _word_names(text: str):
    words = ["#" if w.isdigit() else w.casefold() for w in _WORD.findall(text)]
    yield from (f"w={w}" for w in words)
    yield from (f"w={a}_{b}" for a, b in itertools.pairwise(words))
    if words:
        yield from (f"w0={words[0]}", f"w0={'_'.join(words[:2])}")


def _shape_names(unit: Unit, act: Act, text: str, kind: str):
    yield from (f"kind={unit.kind}", f"doc={kind}", f"lead={'none' if not unit.lead_in else 'colon' if unit.lead_in.rstrip().endswith(':') else 'plain'}")
    yield f"kind={unit.kind}|doc={kind}"
    if unit.number:
        yield "numbered"
    if unit.first:
        yield "first"
    if not act.alone:
        yield "shared"
        yield "later" if act.start else "earlier"
    if text.rstrip().endswith("?"):
        yield "question"
    if text.rstrip().endswith(":"):
        yield "colon"
    if not re.search(r"[.!?;:,”’\"')]$", text.rstrip()):
        yield "unended"
    size = len(text.split())
    yield f"size={'1-4' if size < 5 else '5-9' if size < 10 else '10-19' if size < 20 else '20-39' if size < 40 else '40+'}"
    if re.match(r"\W*[“‘\"']", text):
        yield "quoted"


def found(text: str, lexicon: Lexicon) -> list[Signal]:
    """Every role cue that holds in the words."""
    return cues.find(lexicon.roles, text)


def names(unit: Unit, act: Act, clauses: tuple[Clause, ...], lexicon: Lexicon, kind: str) -> list[str]:
    """The sorted names of all that speaks for or against an act; `kind` is the document's."""
    text = unit.text[act.start:act.end]
    seen = set(_shape_names(unit, act, text, kind)) | set(_word_names(text))
    if act.clause is not None:
        seen |= set(_clause_names(act.clause, unit, clauses, lexicon))
    else:
        seen.add("no-clause")
    seen |= set(_surface_names(text, lexicon)) | set(_any_names(act, unit, clauses, lexicon))
    said = found(text, lexicon)
    seen |= {f"cue:{s.label}/{s.cue}" for s in said} | {f"label:{s.label}" for s in said}
    seen |= {f"lead:{s.label}/{s.cue}" for s in found(unit.lead_in, lexicon)} if unit.lead_in else set()
    seen |= {"deadline" for cue in lexicon.deadlines for _ in cue.find(text)}
    seen |= {f"has={cue.extra['facet']}" for cue in lexicon.facets for _ in cue.find(text)}
    seen |= {f"thing:{s.cue}" for s in cues.find(lexicon.objects, text)}
    return sorted(seen)
