"""Which recommendations a passage of a response speaks of: by labels, numbers, brackets, and mentions in running words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policytrack import concern, numbers, recommend, verdicts
from policytrack.model import Passage, Recommendation
from policytrack.respond.walk import COVERED, Unit, Walk, as_printed, first_sentence, own_voice

MARKED = 0.3                  # share of the report's ids that number paragraphs of the response, from which on they are taken for ids
SPOKEN = 0.3                  # share of the paragraphs of a numbered run that begin with a verdict or in the responder's voice
NEARER = 1.5                  # so many times as many telling words as with its own, and a paragraph is about another recommendation
LEAST_SHARED = 2              # where it shares so many with that one
_MENTION = re.compile(r"\b(?:paragraphs?\s+(?=\d{1,2}\.\d)|(?:recommendations?|conclusions?)\s+)(?=R?\d|(?-i:[A-HJ-Z])\b|\(?[a-z]\)|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[](?:see |our )?(?:recommendations? |recs?\.? |conclusions? |paragraphs? |paras? )?(?P<ids>(?-i:R)\d{1,2}(?:(?:, | and | to |–)R?\d{1,2})*|(?<=ns )\d{1,2}(?:(?:, | and | to |–)\d{1,2})+|(?<=n )\d{1,2}(?:\.\d{1,2})?(?:\([a-z]\))?|\d{1,2}\.\d{1,2}(?:\([a-z]\))?(?:(?:, | and | to |–)\d{1,2}\.\d{1,2}(?:\([a-z]\))?)*|(?<=para )\d{1,3}|(?<=paras )\d{1,3}(?:(?:, | and | to |–)\d{1,3})+|(?<=paragraph )\d{1,3}|(?<=paragraphs )\d{1,3}(?:(?:, | and | to |–)\d{1,3})+)[)\]]", re.IGNORECASE)


def labelled(walk: Walk, passage: Passage) -> tuple[tuple[str, ...], str]:
    """(ids, the words behind them) where a passage begins with a theme and its count, as the report prints it: "Workforce 3: Accepted"."""
    found = next((m for cue in walk.rules.finding.theme if (m := cue.pattern.match(f"{passage.text} A"))), None)
    key = theme_id(found.group()[:-1]) if found else ""
    return ((key,), passage.text[found.end():].strip()) if key in walk.by_number else ((), "")


def theme_id(words: str) -> str:
    """A theme and its count in one form: "Placements 2 (a):" and "Placements 2(a)" are the same."""
    return re.sub(r"\s+\(", "(", " ".join(words.split())).strip(" .:–—-")


def marked(walk: Walk, passage: Passage) -> tuple[tuple[str, ...], str] | None:
    """(ids, the answer) of a paragraph that bears the ids of what it answers in place of a number: "8.5 and 8.6. The Government ..."."""
    keys, rest, plain = _borne(passage)
    known = tuple(key for key in as_printed(walk, keys) if key in walk.by_number)
    if not known or not rest or len(known) < len(keys) and not walk.marked:
        return None
    keys = known                      # of "5.9 and 5.10" the report may have asked in one alone
    return (keys, rest) if len(keys) > 1 or (walk.marked or plain or _inside(walk, keys[0])) and re.search(r"[.(]", keys[0]) or passage.id in walk.counted else None


def alone(walk: Walk, passage: Passage) -> tuple[str, ...]:
    """The parts or paragraphs that a heading consists of: "3a)", "8.5 and 8.6"; none for a plain count, which may number anything."""
    words = f"{passage.number} {passage.text}".strip()
    keys, length = numbers.listed(words)
    keys = as_printed(walk, keys)
    return keys if keys and not words[length:].strip(" .:)–—-") and all(key in walk.by_number and re.search(r"[.(]", key) for key in keys) else ()


def _inside(walk: Walk, key: str) -> bool:
    """Whether a part belongs to the recommendation under whose head the walk stands."""
    return walk.unit is not None and walk.unit.sure and numbers.whole(key) in map(numbers.whole, walk.unit.numbers)


def _borne(passage: Passage) -> tuple[tuple[str, ...], str, bool]:
    """(ids, the words behind them, whether these can be nothing else) of a paragraph that bears ids in place of a number; no ids elsewhere."""
    joined, named = re.subn(r"(?i)^(?:paragraphs?|paras?\.?)\s+(?=\d)", "", f"{passage.number} {passage.text}".strip(" (["))
    if not joined[:1].isdigit() and not passage.number or passage.kind in ("heading", "table"):
        return (), "", False
    keys, length = numbers.listed(joined)
    mark = re.match(r"\s?[.:)–—-]", joined[length:])
    if not passage.number and not mark:
        return (), "", False
    return keys, re.sub(r"^[\s.:)–—-]+", "", joined[length:]), bool(named) or bool(re.match(r"\s?[–—]", joined[length:]))


def counted(walk: Walk, passages: Sequence[Passage]) -> set[str]:
    """The paragraphs of runs 1, 2, 4, "5 and 6", … that answer nearly as many as there are recommendations, a part of them beginning with a verdict (or as many in all): each answers its number."""
    made: set[str] = set()
    run: list[tuple[str, tuple[str, ...], str]] = []          # (id of the passage, its numbers, its words)
    numbered = [(p.id, *_counts(p)) for p in passages if p.kind not in ("heading", "table")]
    for id, counts, words in (*(row for row in numbered if row[1]), ("", (), "")):
        fits = bool(counts) and all(count in walk.by_number for count in counts)
        if fits and (not run or int(run[-1][1][-1]) < int(counts[0])):
            run.append((id, counts, words))
            continue
        spoken = sum(own_voice(walk, said) or bool(verdicts.opening(first_sentence(said), walk.rules.verdicts)) for _, _, said in run)
        answered = [count for _, some, _ in run for count in some]
        every = len(run) >= 4 and answered == list(walk.by_number)
        if every or len(run) >= 3 and len(answered) >= COVERED * len(walk.by_number) and spoken >= SPOKEN * len(run):
            made |= {place for place, _, _ in run}
        run = [(id, counts, words)] if fits else []
    return made


def _counts(passage: Passage) -> tuple[tuple[str, ...], str]:
    """(the plain numbers that a paragraph bears, the words behind them): its own number, or those that its words begin with ("4, 5 and 7. The …")."""
    if passage.number:
        count = numbers.count(passage.number)
        return (count,) if count else (), passage.text
    keys, length = numbers.listed(passage.text)
    found = re.match(r"\s?[.:)–—-]\s", passage.text[length:])
    return (keys, passage.text[length + found.end():]) if found and all(re.fullmatch(r"\d{1,2}", key) for key in keys) else ((), passage.text)


def bears_ids(passages: Sequence[Passage], known: Sequence[Recommendation]) -> bool:
    """Whether the paragraphs of a response are numbered by what they answer: a good part of the ids that are more than a count."""
    ids = {r.number for r in known if re.search(r"[.(]", r.number)}
    borne = {key for p in passages for key in _borne(p)[0]} | {numbers.normal(p.number) for p in passages if p.number and p.kind != "heading"}
    return len(borne & ids) >= max(2, MARKED * len(ids))


def behind(walk: Walk, text: str) -> tuple[str, ...]:
    """The ids in brackets behind the heading of a topic: "Hostels (recommendations 2 and 4)"."""
    for cue in walk.rules.behind:
        if found := cue.pattern.search(text):
            whole = {numbers.parent(number) for number in walk.by_number}
            return tuple(key for key in as_printed(walk, numbers.listed(numbers.capitals(found["ids"]))[0]) if not walk.by_number or key in walk.by_number or key in whole)
    return ()


def run_in(walk: Walk, text: str) -> tuple[tuple[str, ...], str, str] | None:
    """(ids, heading, answer) of a paragraph that begins with its own heading: "Hostels (recommendations 2 and 4). The Government …"."""
    found = next((m for cue in walk.rules.run_in if (m := cue.pattern.match(text))), None)
    keys = behind(walk, found["head"]) if found else ()
    return (keys, found["head"], text[found.end():]) if keys else None


def elsewhere(walk: Walk, unit: Unit, text: str) -> bool:
    """Whether a paragraph behind one that named what it answers is clearly about another recommendation."""
    every = list(walk.by_number.values())
    near = {number: concern.shared(text, asked, every) for number, asked in walk.by_number.items()}
    own = max((score for number, score in near.items() if number in unit.numbers), default=0.0)
    return max(near.values(), default=0.0) >= max(NEARER * own, LEAST_SHARED)


def pieces(walk: Walk, text: str) -> list[tuple[tuple[str, ...], str]]:
    """(ids, words) for each stretch of a paragraph that answers recommendations by name; an id in brackets stands behind what it answers."""
    made: list[tuple[tuple[str, ...], str]] = []
    waiting: list[str] = []
    for sentence in recommend.SENTENCE.split(text):
        last = next((m for m in _BRACKETS.finditer(sentence)), None)
        found = numbers.listed(last["ids"])[0] if last else [key for m in _MENTION.finditer(sentence) for key in numbers.listed(sentence[m.end():])[0]]
        found = found or [str(numbers.ordinal(m["ordinal"])) for cue in walk.rules.ordinal for m in cue.pattern.finditer(sentence)]
        keys = tuple(key for key in dict.fromkeys(as_printed(walk, found)) if key in walk.by_number)
        if keys and (last or not made):
            made.append((keys, " ".join([*waiting, sentence])))
            waiting = []
        elif keys:
            made[-1] = (made[-1][0], " ".join([made[-1][1], *waiting]))
            made.append((keys, sentence))
            waiting = []
        else:
            waiting.append(sentence)
    return [*made[:-1], (made[-1][0], " ".join([made[-1][1], *waiting]))] if made else []


def mentioned(walk: Walk, passage: Passage) -> tuple[str, ...]:
    """The recommendations that a paragraph of a letter answers by name: "We accept recommendations 1 and 2"."""
    if not own_voice(walk, passage.text) and not re.match(r"(?i)(?:on|in relation to|regarding|with regard to|turning to|as to|as for|your|recommendations?|for)\b", passage.text):
        return ()
    first = first_sentence(passage.text)
    found = [key for m in _MENTION.finditer(first) for key in numbers.listed(first[m.end():])[0]]
    found += [str(numbers.ordinal(m["ordinal"])) for cue in walk.rules.ordinal for m in cue.pattern.finditer(first)] if not found else []
    found = as_printed(walk, found)
    return tuple(dict.fromkeys(key for key in found if not walk.by_number or key in walk.by_number))
