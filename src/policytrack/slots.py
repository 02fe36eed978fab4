"""Asked and offered, slot by slot: who, act, deadline, amount; met, weaker, missing, not asked, or not compared.

Of all the offers of an answer the one most like the act that is asked is compared. Only where it does nearly the same thing can a slot
be met; what cannot be told from the words is `not_compared`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from policytrack import cues, organisations, recommend, suggest
from policytrack.cues import Cue
from policytrack.dates import last_day
from policytrack.model import Recommendation, Response, Signal, Stance
from policytrack.organisations import Organisation

ACT_LENGTH = 16               # words of an act that are shown
COMPARED = 40                 # words of an act that are compared
SLOTS = ("who", "act", "deadline", "amount")
NOT_COMPARED = "not_compared"
_WORD = re.compile(r"[^\W\d_]{3,}")
_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_WITH = re.compile(r"(?i),? (?:in (?:consultation|conjunction|partnership)|together|along) with .*|, in particular$")
_REFUSED = ("rejected", "noted", "not_addressed")
_LIMITED = ("accepted_in_principle", "under_consideration", "partially_accepted")
_HELD = ("accepted", "already_in_place", "accepted_in_principle", "partially_accepted")     # where nothing is offered, the act may yet be done


@dataclass(frozen=True, slots=True)
class Alike:
    """What two acts are compared by: groups of verbs, words that say nothing of an act, and how many of the others they share."""

    verbs: tuple[frozenset[str], ...]
    light: re.Pattern[str]
    common: frozenset[str]
    least: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What asks, what offers, what weakens, what bounds an act, and the bodies that can offer."""

    ask: tuple[Cue, ...]
    offer: tuple[Cue, ...]
    hedge: tuple[Cue, ...]
    future: tuple[Cue, ...]
    done: tuple[Cue, ...]
    deadline: tuple[Cue, ...]
    amount: tuple[Cue, ...]
    alike: Alike
    bodies: tuple[Organisation, ...]
    finding: recommend.Rules


@dataclass(frozen=True, slots=True)
class Slot:
    """One row of the comparison."""

    slot: str
    asked: str | None
    offered: str | None
    verdict: str              # met | weaker | missing | not_asked | not_compared


@dataclass(frozen=True, slots=True)
class Offer:
    """One act that is offered: by whom ("" where a passive names nobody), and the sentence that offers it."""

    who: str
    act: str
    sentence: str
    shared: int               # words shared with the act that is asked
    alike: bool               # it does nearly the same
    hedged: bool


def load(pipeline: Path) -> Rules:
    """The rules of slots, from the folder `pipelines`."""
    path = pipeline / "slots.toml"
    amounts = tuple(cue for cue in cues.load(pipeline / "facets.toml") if cue.extra.get("facet") == "amount" and not cue.extra.get("often"))
    deadlines = tuple(cue for cue in cues.load(pipeline / "deadlines.toml") if cue.value != "from")
    table = tomllib.loads(path.read_text(encoding="utf-8"))["alike"]
    alike = Alike(tuple(map(frozenset, table["verbs"])), re.compile(table["light"], re.IGNORECASE), frozenset(table["common"]), table["least"])
    return Rules(*(cues.load(path, key=key) for key in ("ask", "offer", "hedge", "future", "done")), deadlines, amounts, alike,
                 organisations.organisations(pipeline / "organisations.toml"), recommend.load(pipeline))


def slots(asked: Recommendation, answers: Sequence[Response], stance: Stance, spoken: Sequence[str], rules: Rules, published: tuple[str, str]) -> list[Slot]:
    """The four slots of one recommendation beside what one responder offers in the sentences `spoken`; `published`: when it was asked, and answered."""
    act = _asked(asked.text, rules)
    speaker = next((answer.responder for answer in answers), stance.responder)
    offers = [offer for sentence in spoken for offer in _offers(sentence, act or "", rules, speaker, published[1])]
    best = max(offers, key=lambda offer: (offer.alike, not offer.hedged, offer.shared), default=None)
    empty = stance.label not in _HELD and not any(cues.find(rules.future, sentence) for sentence in spoken)
    made = [_who(asked.addressee, best, stance, rules, speaker, published[1], empty), _act(act, best, stance, empty)]
    done = stance.label == "already_in_place" or any(cues.find(rules.done, sentence) for sentence in spoken)
    made.append(_deadline(asked.text, offers, best, done, stance, rules, published))
    made.append(_amount(asked.text, offers, best, stance, rules))
    return made


def deadline(text: str, rules: Rules, published: str) -> str | None:
    """The words of the first time that bounds what a recommendation asks: no starting point, no event, and nothing that was past when it was asked."""
    found = next(_times(_asking(text, rules), rules, published), None)
    return found[0] if found else None


# --- what is asked and offered ----------------------------------------------------------------------------------------------

def _matches(known: Sequence[Cue], text: str) -> Iterator[re.Match[str]]:
    """The matches of cues that no exception covers, with their groups."""
    for cue in known:
        kept = {(hit.start, hit.end) for hit in cue.find(text)}
        yield from (found for found in cue.pattern.finditer(text) if found.span() in kept)


def _asked(text: str, rules: Rules) -> str | None:
    """The words of the first act that is asked, from its verb on; a bare imperative only where nothing else asks."""
    for known in (rules.ask[:-1], rules.ask[-1:]):
        found = min(_matches(known, text), key=lambda m: m.start("act"), default=None)
        if found:
            return found["act"]
    return None


def _asking(text: str, rules: Rules) -> str:
    """What is asked with all that follows, without the sentences that lead up to it; the whole text where no sentence asks in so many words."""
    sentences = _SENTENCE.split(text)
    first_ask = next((n for n, sentence in enumerate(sentences) if any(True for _ in _matches(rules.ask, sentence))), 0)
    return " ".join(sentences[first_ask:])


def _offers(sentence: str, act: str, rules: Rules, speaker: str, on: str) -> Iterator[Offer]:
    """What a sentence offers; what a fund, a scheme or "there" will do is no body's offer."""
    for found in _matches(rules.offer, sentence):
        who = found["who"].strip()
        if not who or who.casefold() == "it" or organisations.body(who, on, speaker, rules.bodies):
            shared, same = _likeness(act, found["act"], rules.alike)
            hedged = bool(cues.find(rules.hedge, found["act"])) and not cues.find(rules.hedge, rules.alike.light.sub("", act))
            need = min(rules.alike.least, 1 if len(_content(act, rules.alike)) < 3 else rules.alike.least)
            negative = bool(re.match(r"(?i)(?:not|never)\b", act))
            yield Offer(who, found["act"], sentence, shared, shared >= need and (same or hedged) and not negative, hedged)


# --- likeness ---------------------------------------------------------------------------------------------------------------

def _verbs(act: str, alike: Alike) -> frozenset[str]:
    """The lemma of the verb, and of a second that is joined to it; of a passive that of its participle."""
    passive = re.search(r"\b(?:will|shall) be (\w+)", act)
    words = [passive[1]] if passive else re.findall(r"^(\w+)(?:(?:,| and| or) (?:to )?(\w+))?", alike.light.sub("", act))[:1]
    return frozenset(suggest.lemma(word).casefold() for group in words for word in ([group] if isinstance(group, str) else group) if word)


def _content(act: str, alike: Alike) -> frozenset[str]:
    """The lemmas that tell what an act is about, without its verb."""
    lemmas = {suggest.lemma(word).casefold() for word in _WORD.findall(" ".join(act.split()[:COMPARED]))}
    return frozenset(lemmas - alike.common - _verbs(act, alike))


def _likeness(asked: str, offered: str, alike: Alike) -> tuple[int, bool]:
    """How many telling words two acts share, and whether their verbs do nearly the same."""
    first, second = _verbs(asked, alike), _verbs(offered, alike)
    same = bool(first & second) or any(first & group and second & group for group in alike.verbs)
    return len(_content(asked, alike) & _content(offered, alike)), same


# --- verdicts ---------------------------------------------------------------------------------------------------------------

def _act(asked: str | None, best: Offer | None, stance: Stance, empty: bool) -> Slot:
    """`empty`: the answer offers nothing at all, and does not say that it accepts or does the act."""
    shown = _shown(asked)
    if best is None:
        return Slot("act", shown, None, "missing" if empty else NOT_COMPARED)
    offered = _shown(best.act) if best.shared else None
    if stance.label in _REFUSED or not best.alike:
        return Slot("act", shown, offered, NOT_COMPARED)
    return Slot("act", shown, offered, "weaker" if best.hedged or stance.label in _LIMITED else "met")


def _shown(act: str | None) -> str | None:
    return " ".join(act.split()[:ACT_LENGTH]).strip(" ,.;:") if act else None


def _who(asked: str | None, best: Offer | None, stance: Stance, rules: Rules, speaker: str, on: str, empty: bool) -> Slot:
    if not asked:
        return Slot("who", None, None, "not_asked")
    if best is None:
        return Slot("who", asked, None, "missing" if empty else NOT_COMPARED)
    named = organisations.body(best.who, on, speaker, rules.bodies) if best.who else None
    met = named and best.alike and stance.label not in _REFUSED and _stands_for(asked, named, best.who, rules, speaker, on)
    return Slot("who", asked, best.who if named and best.shared else None, "met" if met else NOT_COMPARED)


def _stands_for(asked: str, named: str, who: str, rules: Rules, speaker: str, on: str) -> bool:
    """Whether the body that offers is the one that was asked; a government speaks for its departments, and they for it."""
    asked = _WITH.sub("", asked)
    wanted = organisations.body(asked, on, speaker, rules.bodies)
    kinds = {body.id: body.kind for body in rules.bodies}
    if wanted is None:
        return organisations.plain(asked) in organisations.HEADS and kinds.get(named) in organisations.HEADS[organisations.plain(asked)]
    official = ("government", "department")
    return wanted == named or kinds.get(wanted) in official and kinds.get(named) in official and "government" in (kinds[wanted], kinds[named])


def _deadline(text: str, offers: Sequence[Offer], best: Offer | None, done: bool, stance: Stance, rules: Rules, published: tuple[str, str]) -> Slot:
    asked = next(_times(_asking(text, rules), rules, published[0]), None)
    given = next((time for offer in ([best] if best else []) + list(offers) for time in _times(offer.sentence, rules, published[1])), None)
    if asked is None:
        return Slot("deadline", None, given[0] if given else None, "not_asked")
    if given is None:
        return Slot("deadline", asked[0], None, NOT_COMPARED if done else "missing")
    near = best is not None and best.alike and stance.label not in _REFUSED and given in list(_times(best.sentence, rules, published[1]))
    if not near or not (asked[1] and given[1]):
        same = near and asked[0].casefold() == given[0].casefold()
        return Slot("deadline", asked[0], given[0], "met" if same else NOT_COMPARED)
    return Slot("deadline", asked[0], given[0], "met" if given[1] <= asked[1] else "weaker")


def _times(text: str, rules: Rules, published: str) -> Iterator[tuple[str, object]]:
    """Times that bound an act and were not past on publication, each with its last day where it has one."""
    values = {cue.id: cue.value for cue in rules.deadline}
    for hit in cues.find(rules.deadline, text):
        words = _words(text, hit)
        day = last_day(words, values[hit.cue], published)
        if day is None or day.isoformat() >= published:
            yield words, day


def _amount(text: str, offers: Sequence[Offer], best: Offer | None, stance: Stance, rules: Rules) -> Slot:
    """An amount is met by the same amount in the offer that is compared; which of two is the more cannot be told from their words."""
    asked, given = first(rules.amount, _asking(text, rules)), first(rules.amount, " ".join(offer.sentence for offer in offers))
    near = first(rules.amount, best.sentence) if best and best.alike and stance.label not in _REFUSED else None
    if asked is None:
        return Slot("amount", None, given, "not_asked")
    if near is not None:
        return Slot("amount", asked, near, "met" if near.casefold() == asked.casefold() else NOT_COMPARED)
    return Slot("amount", asked, given, NOT_COMPARED if given or stance.label == "already_in_place" else "missing")


def _words(text: str, hit: Signal) -> str:
    return text[hit.start:hit.end].strip(" ,.;")


def first(known: Sequence[Cue], text: str) -> str | None:
    """The first words in a text that one of the cues finds."""
    found = cues.find(known, text)
    return _words(text, found[0]) if found else None
