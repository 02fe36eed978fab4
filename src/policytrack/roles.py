"""Item -> RoleHits: whom it falls on, how hard, and the words that say so.

A role is named, or implied by words that mean it for a stated reason, in a nation and between two dates. In what is
asked, a role bears the force only where it is the one who is asked (before the modal, after "we expect", "by", "with");
where it is only spoken of, the hit says force `none`. Nobody is guessed: an ask without an agent is `nobody-named`.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from policytrack import cues, literals, suggest
from policytrack.cues import Cue
from policytrack.model import BadInput, Item, RoleHit, Signal

NOBODY = "nobody-named"
ASKS = ("expectation", "recommendation", "duty")
KEYS = {"role", "basis", "reason", "nations", "from", "to", "needs", "or_title", "headings", "only", "activity", "applies", "spares"}
SUGGESTED = {"about", "asked", "promised", "below", "reason", "named", "elsewhere"}
FOLLOWS = {"role", "gives", "reason", "nations", "from", "to", "needs", "or_title", "said", "basis"}
PARTS = ("text", "lead_in", "section", "before", "title")
CLOSE = 12           # letters between a name and the modal that is its own ("trusts also should")
LONGEST = 8          # words of an actor; a longer one was cut wrongly, and says nothing
ABOUT = 0.15         # of its passages must speak of a context, for the document to be about it
SUBJECT = 20         # letters from the start of a sentence within which a name is taken for its subject
NEAR = 60            # letters before a name in which a preposition or an asking verb is looked for


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles in their order, the cues that find them, and the cues of who is asked by `value`."""

    rows: tuple[dict, ...]
    cues: tuple[Cue, ...]
    agents: dict[str, tuple[Cue, ...]]
    contexts: dict[str, re.Pattern[str]]
    local: tuple[str, ...] = ()
    follows: tuple[dict, ...] = ()
    suggested: Mapping = field(default_factory=dict)      # when the learned part may speak, and the reason that it gives
    learned: suggest.Model | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One cue's words in one part of an item."""

    cue: Cue
    part: str
    start: int
    end: int


@lru_cache(maxsize=2)
def roles(path: Path) -> Roles:
    """The roles of roles.toml; BadInput where a cue names no role, basis, reason or context that is there, or its proof fails."""
    made, agents = cues.load(path), cues.load(path, key="agent", label="agent")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    contexts = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in data["contexts"].items()}
    known = Roles(tuple(data["role"]), made, {value: tuple(c for c in agents if c.value == value) for value in {c.value for c in agents}}, contexts,
                  tuple(data.get("local", ())), tuple(data.get("follows", ())), data.get("suggested", {}), suggest.load(path.parent / "weights" / suggest.FILE, path.parent / "weights" / suggest.ENCODER))
    ids = {row["id"] for row in known.rows}
    for rule in known.follows:
        if rule.keys() - FOLLOWS or not {rule.get("role"), rule.get("gives")} <= ids or not rule.get("reason") or not {rule.get("needs", ""), rule.get("said", "")} <= {"", *contexts}:
            raise BadInput(path, f"`follows` from {rule.get('role')!r} to {rule.get('gives')!r} lacks a known role, context or reason", f"keys are {', '.join(sorted(FOLLOWS))}")
    if known.suggested and (known.suggested.keys() != SUGGESTED or not set(known.suggested["about"]) <= contexts.keys()):
        raise BadInput(path, "`suggested` lacks a key or names an unknown context", f"keys are {', '.join(sorted(SUGGESTED))}")
    for role in set(known.local) - ids:
        raise BadInput(path, f"`local` names the role {role!r}, which is not there", "name ids of [[role]] tables")
    for cue in made:
        extra = cue.extra
        if extra.get("role") not in ids or extra.get("basis") not in ("named", "implied") or not extra.get("reason") or extra.keys() - KEYS:
            raise BadInput(path, f"cue {cue.id!r} lacks a known role, basis or reason, or has an unknown key", f"keys are {', '.join(sorted(KEYS))}")
        _prove(cue, known, path)
    return known


def names(known: Roles) -> list[tuple[str, list[re.Pattern[str]]]]:
    """(role, the patterns that name it); those that need a context only where a role has no others."""
    found = []
    for row in known.rows:
        own = [cue for cue in known.cues if cue.extra["role"] == row["id"] and cue.extra["basis"] == "named"]
        found.append((row["name"], [cue.pattern for cue in own if "needs" not in cue.extra] or [cue.pattern for cue in own]))
    return found


def _prove(cue: Cue, known: Roles, path: Path) -> None:
    """`applies` are sentences in which the cue holds with its context, `spares` such in which it must not."""
    needs = cue.extra.get("needs")
    if needs and (needs not in known.contexts or "only" not in cue.extra and not (cue.extra.get("applies") and cue.extra.get("spares"))):
        raise BadInput(path, f"cue {cue.id!r} needs a context", "name one of [contexts], and prove it with `applies` and `spares`")
    for key, wanted in (("applies", True), ("spares", False)):
        for text in cue.extra.get(key, ()):
            item = Item("proof", "commitment", "proof", 1, text, nation=(cue.extra.get("nations") or [""])[0], published=cue.extra.get("from", ""))
            if bool(list(_spans(item, [cue], known))) is not wanted:
                raise BadInput(path, f"cue {cue.id!r} {'spares' if wanted else 'applies to'} {text!r}", "mend the context or the example")


def hits(item: Item, known: Roles) -> list[RoleHit]:
    """The hits of one item: one per role, named before implied; `nobody-named` where an ask has no agent at all."""
    return hits_of([item], known)[0]


def hits_of(found: Sequence[Item], known: Roles, store: Path | None = None) -> list[list[RoleHit]]:
    """The hits of each item; the encoder is asked once for all, and its answers are kept in the folder `store` where one is given."""
    read = [_ruled(item, known) for item in found]
    if known.learned and known.suggested:
        said = suggest.by_words([suggest.terms(item, known.contexts) for item in found], known.learned)
        open_to = [n for n, item in enumerate(found) if _about(item, known) or _may(item, read[n], said[n], known)]
        for n, likely in zip(open_to, suggest.chances([found[n] for n in open_to], said[open_to], known.learned, store), strict=True):
            _suggest(found[n], read[n], likely, known)
    order = [row["id"] for row in known.rows]
    return [sorted(chosen.values(), key=lambda h: order.index(h.role)) for chosen in read]


def _ruled(item: Item, known: Roles) -> dict[str, RoleHit]:
    """Role -> its hit by the rules alone."""
    found = list(_spans(item, known.cues, known))
    found, around = [f for f in found if f.part in ("text", "lead_in")], [f for f in found if f.part in ("section", "before", "title")]
    asked = _borne(item, found, around, known)
    chosen: dict[str, RoleHit] = {}
    for f in sorted([*found, *around], key=lambda f: (f not in asked, f.cue.extra["basis"] != "named", f.part != "text", f.start)):
        role, basis = f.cue.extra["role"], f.cue.extra["basis"]
        if f in asked:
            chosen.setdefault(role, _hit(item, f, known, _force(item)))
        elif basis == "named" and f in found:
            chosen.setdefault(role, _hit(item, f, known, "none"))
    _follow(item, chosen, known)
    if not asked and _agentless(item, known):
        chosen[NOBODY] = RoleHit(item.id, item.kind, NOBODY, "implied", _modal(item, known), "it is asked for, and nobody is named who should do it", item.force)
    return chosen


def _follow(item: Item, chosen: dict[str, RoleHit], known: Roles) -> None:
    """Adds the roles that follow from one who is asked or promised something, by the same words; twice, as one that follows may be followed."""
    for rule in known.follows * 2:
        base, given = chosen.get(rule["role"]), chosen.get(rule["gives"])
        if base and base.force != "none" and rule.get("basis", base.basis) == base.basis and (given is None or given.force == "none") and _holds(rule, item, known):
            chosen[rule["gives"]] = RoleHit(item.id, item.kind, rule["gives"], "implied", base.words, rule["reason"], base.force)


def _about(item: Item, known: Roles) -> bool:
    """Whether a document, or its title, is about that of which most was learned."""
    return any(name in item.subjects or known.contexts[name].search(item.title) for name in known.suggested["about"])


def _least(item: Item, chosen: Mapping[str, RoleHit], known: Roles) -> float:
    """How likely a role must be for an item: likelier beside a role that a rule found and where nobody is named, for a promise, and in other fields."""
    table = known.suggested if _about(item, known) else known.suggested["elsewhere"]
    return table["promised" if item.kind == "commitment" else "asked"]["beside" if any(hit.force != "none" for hit in chosen.values()) else "alone"]


def _may(item: Item, chosen: Mapping[str, RoleHit], said: Sequence[float], known: Roles) -> bool:
    """Whether a role could be likely enough by the mean of both readers, by what the words alone say: else the encoder need not be asked."""
    least = _least(item, chosen, known)
    return any(role not in chosen and chance >= 2 * least - 1 for role, chance in zip(known.learned.labels, said, strict=True))


def _suggest(item: Item, chosen: dict[str, RoleHit], likely: Sequence[float], known: Roles) -> None:
    """Takes away the roles that the rules imply and that are unlikely by what was learned, where it was learned, and adds those that are likely enough."""
    for role, chance in zip(known.learned.labels, likely, strict=True) if _about(item, known) else ():
        if role in chosen and chosen[role].basis == "implied" and chosen[role].force != "none" and chance < known.suggested["below"]:
            del chosen[role]
    for found in suggest.suggestions(item, likely, known.learned, _least(item, chosen, known)):
        if found.label not in chosen:         # one that is named, but not asked, was ruled out
            name = _named(item.actor, found.label, known)
            basis, words, reason = ("named", name, known.suggested["named"]) if name else ("implied", found.words, known.suggested["reason"])
            chosen[found.label] = RoleHit(item.id, item.kind, found.label, basis, words, reason, _force(item))
            chosen.pop(NOBODY, None)


def _named(text: str, role: str, known: Roles) -> str:
    """The words of a text that name a role, "" where none do."""
    own = (cue for cue in known.cues if cue.extra["role"] == role and cue.extra["basis"] == "named")
    return next((text[s.start:s.end] for cue in own for s in cue.find(text)), "")


def _hit(item: Item, f: Found, known: Roles, force) -> RoleHit:
    words = _part(item, f.part, known)[f.start:f.end]
    where = {"section": "; it stands under this heading", "before": "; the sentence before names it", "lead_in": "", "title": "; the document is addressed to it"}.get(f.part, "")
    return RoleHit(item.id, item.kind, f.cue.extra["role"], "implied" if f.part in ("before", "section") and item.kind != "expectation" or f.part in ("before", "title") else f.cue.extra["basis"], words, f.cue.extra["reason"] + where, force)


def _force(item: Item):
    return {"commitment": "promised", "duty": "duty"}.get(item.kind, item.force)


def _part(item: Item, name: str, known: Roles) -> str:
    if name == "title":
        return _addressee(item, known)
    return _heading(item) if name == "section" else getattr(item, name)


def _addressed(item: Item, known: Roles) -> str:
    """The words of the title behind "letter to" or "guidance for"; "" where it addresses nobody."""
    found = (m for cue in known.agents.get("addressed", ()) if (m := cue.pattern.search(item.title)))
    return next((m["whom"] for m in found), "")


def _addressee(item: Item, known: Roles) -> str:
    """Those to whom the title says that a whole document is addressed ("Letter to council leaders"), else the title; nothing for advice, whose title is its subject."""
    return "" if item.kind == "recommendation" else _addressed(item, known) or item.title


def _heading(item: Item) -> str:
    """The headings above it, nearest first, where they are short enough to be names; a list names nothing, nor does the title of the document."""
    parts = [part for part in reversed(item.section.split(" › ")) if part and not part.casefold().startswith(item.title.casefold())]
    return " › ".join(part for part in parts if len(part.split()) <= 6 and "," not in part)


def _spans(item: Item, chosen: Sequence[Cue], known: Roles) -> Iterator[Found]:
    """Every place where a cue holds in time, place and context: in the words, the lead-in and the sentence before."""
    parts = {name: words for name in PARTS if (words := _part(item, name, known))}
    whole = literals.folded("\n".join(parts.values()))      # most cues have no word in any part: that is asked first
    for cue in chosen:
        if literals.within(cue.words, whole) and _holds(cue.extra, item, known):
            for name, words in parts.items():
                if cue.extra.get("only", name if name != "title" or _addressed(item, known) else "") == name:
                    yield from (Found(cue, name, s.start, s.end) for s in cue.find(words))


def _holds(extra: Mapping, item: Item, known: Roles) -> bool:
    """Whether the nation, dates and context that a cue or a rule asks for are those of the item."""
    nations = extra.get("nations")
    if nations and item.nation and item.nation not in nations or nations and not item.nation and "uk" not in nations:
        return False
    if extra.get("from", "") > _late(item.published) or extra.get("to", "9999") < item.published:
        return False
    if extra.get("said") and not known.contexts[extra["said"]].search(f"{item.lead_in} {item.text}"):
        return False
    if extra.get("or_title") and extra["needs"] in item.subjects:
        return True
    near = " ".join((item.text, item.lead_in, item.section, item.before, item.title if extra.get("or_title") else ""))
    return not extra.get("needs") or bool(known.contexts[extra["needs"]].search(near))


def _late(published: str) -> str:
    """The last day that a date without day or month may mean."""
    return published + "-12-31"[len(published) - 4:] if 4 <= len(published) < 10 else published


def _borne(item: Item, found: Sequence[Found], around: Sequence[Found], known: Roles) -> list[Found]:
    """Those of the found whom the item falls on: all of a promise, who is asked of an ask, the bearer of a duty."""
    if item.kind == "commitment":
        headed = [f for f in around if f.part == "section" and f.cue.extra.get("headings")]
        return [*found, *headed] or _them(item, around, known) or [f for f in around if f.part == "title" and _agent_signals(item.text, "you", known)]
    if item.kind == "duty":
        return list(found) or [f for f in around if f.part == "before"]
    return _asked(item, found, around, known) or _them(item, around, known)


def _them(item: Item, around: Sequence[Found], known: Roles) -> list[Found]:
    """Whom "them" stands for where the statement itself names nobody: all who were named in the sentence last before it."""
    if not _agent_signals(item.text, "them", known):
        return []
    before = [f for f in around if f.part == "before"]
    start = max((m.end() for m in re.finditer(r"[.!?]\s", item.before.rstrip())), default=0)
    return [f for f in before if f.start >= start]


def _asked(item: Item, found: Sequence[Found], around: Sequence[Found], known: Roles) -> list[Found]:
    """Those of the found who are the ones asked; who stands before, only where the actor is a pronoun for them; a heading, then the title, only where nobody else is."""
    own = [f for f in found if _is_agent(item, f, known)]
    for f in sorted(found, key=lambda f: f.start):
        if f not in own and _joined(item, f, own, known):
            own.append(f)
    pronoun = bool(item.actor) and any(True for cue in known.agents.get("pronoun", ()) for _ in cue.find(item.actor))
    if pronoun and not any(f.part == "text" and f.start < _place(item) for f in own):
        before = [f for f in around if f.part == "before"]
        last = max((f.start for f in before if _is_agent(item, f, known) or f.start <= SUBJECT), default=None)
        own += [f for f in before if last is not None and abs(f.start - last) < 3]
    if not own and (not item.actor or _is_thing(item, known) or _agent_signals(item.text, "beneficiary", known) or _agent_signals(item.text, "passive", known)):
        own = [f for f in around if f.part == "section"] or [f for f in around if f.part == "title"]
    return own


def _is_thing(item: Item, known: Roles) -> bool:
    """Whether the actor as printed is a thing, so that nobody is named."""
    return len(item.actor.split()) <= LONGEST and (bool(_agent_signals(item.actor, "thing", known)) or not _agent_signals(item.actor, "body", known))


def _place(item: Item) -> int:
    """Where the actor ends in the words."""
    at = item.text.casefold().find(item.actor.casefold())
    return at + len(item.actor) if at >= 0 else len(item.text)


def _is_agent(item: Item, f: Found, known: Roles) -> bool:
    """Whether it is the one who is asked: an act of its own, the actor, or a name where askers and modals put whom they ask."""
    text = _part(item, f.part, known)
    if f.cue.extra.get("activity") and not (f.part == "text" and item.lead_in and _agent_signals(item.lead_in, "modal", known)) and f.start <= min((s.start for s in _agent_signals(text, "modal", known)), default=len(text)):
        return True
    if item.actor and not _agent_signals(text, "passive", known) and not _agent_signals(text, "beneficiary", known) and (at := text.casefold().find(item.actor.casefold())) >= 0 and at <= f.start < at + len(item.actor):
        return not _ends(text[at:f.start], "not", known)
    before = text[max(0, f.start - NEAR):f.start]
    if _ends(before, "asking", known):
        return True
    modals = [s.start for s in _agent_signals(text, "modal", known)]
    modal = min(modals, default=len(text) if f.part == "lead_in" else -1)
    if any(0 <= at - f.end <= CLOSE for at in modals):
        modal = max(modal, next(at for at in modals if 0 <= at - f.end <= CLOSE))
    if f.start < modal:
        passive = bool(_agent_signals(text, "beneficiary", known)) or any(s.start == modal for s in _agent_signals(text, "passive", known))
        return _ends(before, "by", known) if passive else not _ends(before, "not", known) and not _ends(before, "by", known)
    return _ends(before, "by", known)


def _agent_signals(text: str, value: str, known: Roles) -> list[Signal]:
    return cues.find(known.agents.get(value, ()), text)


def _ends(text: str, value: str, known: Roles) -> bool:
    """Whether words of this kind stand right before a name."""
    return any(s.end == len(text) for s in _agent_signals(text, value, known))


def _joined(item: Item, f: Found, own: Sequence[Found], known: Roles) -> bool:
    """Whether only "and" and the like stands between it and one who is asked."""
    text = _part(item, f.part, known)
    before = [o.end for o in own if o.part == f.part and o.end <= f.start]
    return bool(before) and any(s.end == f.start - max(before) for s in _agent_signals(text[max(before):f.start], "and", known))


def _agentless(item: Item, known: Roles) -> bool:
    """An ask in which nobody is named: a thing that should be done, or a modal without an actor or any other owner."""
    if item.kind not in ("expectation", "recommendation"):
        return False
    passive, given = _passive(item, known), bool(_agent_signals(item.text, "giver", known))
    if _agent_signals(item.text, "beneficiary", known) and not given:
        return True
    if _agent_signals(item.text, "owner", known) or passive and given:
        return False
    if item.actor and _is_thing(item, known):      # without a modal it is an order ("Know who has access"), which whoever reads it is given
        return any(_agent_signals(words, "modal", known) for words in (item.text, item.lead_in))
    return passive or item.kind == "expectation" and not item.actor and bool(_agent_signals(item.text, "modal", known))


def _passive(item: Item, known: Roles) -> bool:
    """Whether what is asked is asked in the passive; one that comes after the modal of an actor who is somebody belongs to another clause."""
    starts = [s.start for s in _agent_signals(item.text, "passive", known)]
    if not item.actor or _is_thing(item, known):
        return bool(starts)
    own = min((s.start for s in _agent_signals(item.text, "modal", known) if s.start >= _place(item)), default=len(item.text))
    return any(start <= own for start in starts)


def _modal(item: Item, known: Roles) -> str:
    """The modal and the words after it."""
    for text in (item.text, item.lead_in):
        for s in _agent_signals(text, "modal", known):
            return " ".join(text[s.start:].split()[:4])
    return " ".join(item.text.split()[:4])


def items(tables: dict[str, list[dict]], nations: dict[str, str], known: Roles) -> list[Item]:
    """Every commitment, expectation, asking recommendation and duty of the finished tables; `nations` by document."""
    documents = {row["id"]: row for row in tables["documents"]}
    for link in tables.get("document_links", ()):           # a reply is about what it replies to
        if link["relation"] == "responds_to" and link["other"] != link["document"] and link["other"] in documents:
            own = documents[link["document"]]
            documents[own["id"]] = own | {"title": f"{own['title']} · {documents[link['other']]['title']}"}
    passages = {row["id"]: row["text"] for row in tables["passages"]}
    said: dict[str, list[str]] = defaultdict(list)
    for row in tables["passages"]:
        said[row["document"]].append(row["text"])
    about = {document: subjects(texts, known) for document, texts in said.items()}
    return [_item(row, kind, documents[row["document"]], passages.get(row.get("passage"), ""), nations[row["document"]], about.get(row["document"], frozenset()), known)
            for kind, table in (("commitment", "commitments"), ("expectation", "expectations"), ("recommendation", "recommendations"), ("duty", "duties"))
            for row in tables.get(table, ()) if row.get("ask", 1)]


def subjects(texts: Sequence[str], known: Roles) -> frozenset[str]:
    """The contexts of which at least one in seven of a document's passages speak."""
    spoken = Counter(name for text in texts for name, pattern in known.contexts.items() if literals.holds(pattern, text))
    return frozenset(name for name in known.contexts if spoken[name] >= ABOUT * max(1, len(texts)))


def _item(row: dict, kind: str, document: dict, passage: str, nation: str, about: frozenset[str], known: Roles) -> Item:
    whole = row.get("quote") or row["text"]
    text, at = row.get("act") or whole, passage.find(whole)
    borne = {"expectation": row.get("force"), "duty": "duty", "commitment": "promised"}.get(kind) or force(text, "", known)
    before = re.split(r"(?<=[.!?])\s+", passage[:at].strip())[-1] if at > 0 else ""
    return Item(row["id"], kind, row["document"], row["page"], text, row.get("lead_in") or "", row.get("section") or "", before,
                row.get("actor") or row.get("addressee") or "", borne, document["title"], document["published"], row.get("extent") or nation, about)


def force(text: str, lead_in: str, known: Roles) -> str:
    """must, encouraged or should: what the first modal of an ask says, else that of its lead-in."""
    for words in (text, lead_in):
        found = sorted((s.start, value != "strong", value != "soft", value) for value in ("strong", "soft", "modal") for s in _agent_signals(words, value, known))
        if found:
            return {"strong": "must", "soft": "encouraged", "modal": "should"}[found[0][3]]
    return "should"


def rows(found: Sequence[Item], known: Roles, store: Path | None = None) -> list[dict]:
    """The rows of `role_hits`; what the encoder says is kept in the folder `store`."""
    return [dict(item=h.item, item_kind=h.item_kind, role=h.role, basis=h.basis, words=h.words, reason=h.reason, force=h.force)
            for each in hits_of(found, known, store) for h in each]
