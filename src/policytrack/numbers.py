"""The printed ids of recommendations in one form: "4a) iv", "4 (a)(iv)" and "4(a)(iv)" are the same, and so are "One" and "1"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "twenty-one", "twenty-two", "twenty-three", "twenty-four", "twenty-five", "twenty-six", "twenty-seven", "twenty-eight", "twenty-nine", "thirty"]
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth",
             "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth")
_DOUBTFUL = {"1": "I", "5": "V", "10": "X"}       # what stands for both a letter and a Roman number
_ONE = re.compile(
    r"(?P<head>[A-Z]{0,2}\d{1,3}(?:\.\d{1,3}){0,3}(?![\d])|(?-i:[IVX]{1,5})\b|(?-i:[A-HJ-UW-Z])(?=\s*[.:,;)|]|\s*$|\s[–—-]\s|\s(?:and|or|to|&)\b)|(?:" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\b)?"
    r"(?P<letter>\(?(?<![a-z])[a-z]\)|(?<=\d)\s?\([a-z]\)|(?<=\d)\s[a-z]\)|(?<=\d)[a-z](?![a-z]))?"
    r"(?P<roman>\s?\((?:[ivx]{1,5})\)|(?<=\))\s?[ivx]{1,5}\b\)?|(?<=\d[a-z])\s(?-i:[ivx]{1,4})\b\)?)?", re.IGNORECASE)
_JOIN = re.compile(r"\s*(?:(?:,|;)\s*(?:and|&|or)?|and|&|or|to|[–—-]|through)\s*(?:(?:sub-?)?recommendations?|recs?|conclusions?|paragraphs?|parts?)?\s*(?:no\.?\s*)?(?=[\dA-Z(]|[ivx]{1,5}\b|" + "|".join(_WORDS) + r")", re.IGNORECASE)
_SPAN = re.compile(r"\s*(?:to|[–—-]|through)\s", re.IGNORECASE)


def normal(text: str) -> str:
    """One printed id in the common form: "8.17", "4(a)(iv)", "C1" for Conclusion 1; "" where there is none."""
    words = re.sub(r"^\s*(?:sub-?)?(conclusions?|[a-z]+?s?)\s+(?:no\.?\s*)?(?=\d|[ivxIVX]+\b|[a-z]+$)", lambda m: "C" if m[1].casefold().startswith("conclusion") else "", text.strip(), flags=re.IGNORECASE)
    found = _ONE.match(words.strip("[]. :–—-"))
    return _form(found) if found and found.group() else ""


def _form(found: re.Match, before: str = "") -> str:
    """The id of one match; a part that stands alone ("and (b)") takes the head of the id before it."""
    head, letter, roman = (found.group(name) or "" for name in ("head", "letter", "roman"))
    letter, roman = re.sub(r"[^a-z]", "", letter.casefold()), re.sub(r"[^ivx]", "", roman.casefold())
    if not head:
        head = re.match(r"[^(]*", before)[0]
    if head.casefold() in _WORDS:
        head = str(_WORDS.index(head.casefold()) + 1)
    elif head.casefold() in _ROMAN and head.isupper():
        head = str(_ROMAN.index(head.casefold()) + 1)
    return head.upper() + (f"({letter})" if letter else "") + (f"({roman})" if roman else "")


def listed(text: str) -> tuple[tuple[str, ...], int]:
    """The ids that a text begins with, ranges filled in, and how many characters they take: "8.17 to 8.19: …" gives three."""
    first = _ONE.match(text)
    if not first or not first["head"]:
        return (), 0
    made, at = [_form(first)], first.end()
    while joined := _JOIN.match(text, at):
        span, after = bool(_SPAN.match(joined.group() + " ")), joined.end()
        if tail := _roman_tail(text, after, made[-1], span):
            made, at = made + tail[0], tail[1]
            continue
        following = _ONE.match(text, after)
        if not following or not following.group().strip() or not (following["head"] or following["letter"]):
            break
        number = _form(following, made[-1])
        made += [*(_between(made[-1], number) if span else ()), number]
        at = following.end()
    return tuple(dict.fromkeys(made)), at


def _roman_tail(text: str, at: int, before: str, span: bool) -> tuple[list[str], int] | None:
    """The rest of "4a) i to iii", "4a) iv and v" or "3(i) and (iii)": the ids, and where they end."""
    found, last = re.compile(r"\(?([ivx]{1,5})\b\)?").match(text, at), before[before.rfind("(") + 1:-1]
    if not found or not before.endswith(")") or found[1] not in _ROMAN or last not in _ROMAN:
        return None
    first, to = _ROMAN.index(last), _ROMAN.index(found[1])
    return [f"{parent(before)}({_ROMAN[n]})" for n in (range(first + 1, to + 1) if span else (to,))], found.end()


def _between(first: str, last: str) -> Iterator[str]:
    """The ids strictly between the ends of a range; none where the two are not of one kind."""
    a, b = (re.match(r"(?P<stem>.*?)(?P<n>\d+|\([a-z]\))$", number) for number in (first, last))
    if not a or not b or a["stem"] != b["stem"]:
        return
    if a["n"].isdigit() and b["n"].isdigit():
        low, high = int(a["n"]), int(b["n"])
        yield from (f"{a['stem']}{n}" for n in range(low + 1, high) if high - low < 60)
    elif not a["n"].isdigit() and not b["n"].isdigit():
        yield from (f"{a['stem']}({chr(n)})" for n in range(ord(a["n"][1]) + 1, ord(b["n"][1])))


def count(number: str) -> str:
    """The digits of a number that only counts, "4", "(4)", "4."; "" for any other."""
    found = re.fullmatch(r"[\[(]?(\d{1,3})[\])]?\.?", number.strip())
    return found[1] if found else ""


def capitals(text: str) -> str:
    """A list of small Roman numbers, "i, ii and iv", in capitals, in which `listed` reads them; every other text as it is."""
    found = re.findall(r"\w+", text)
    return re.sub(r"\b[ivx]+\b", lambda m: m[0].upper(), text) if found and all(word in _ROMAN or word in ("and", "to", "or") for word in found) else text


def position(marker: str) -> int:
    """The place of a marker that counts in whole numbers or small Roman ones, "4.", "(iv)"; 0 for any other."""
    bare = marker.strip("()[]. ")
    return int(bare) if bare.isdigit() else _ROMAN.index(bare) + 1 if bare in _ROMAN and "(" in marker else 0


def lettered(keys: tuple[str, ...], known: Iterable[str]) -> tuple[str, ...]:
    """Ids read beside others that are letters: after "H" an "I" is no one."""
    known = {*known, *keys}
    return tuple(_DOUBTFUL.get(key, key) for key in keys) if {"A", "B"} <= known or {"C", "D"} <= known else keys


def ordinal(word: str) -> int:
    """The number that an ordinal up to "twentieth" stands for."""
    return _ORDINALS.index(word.casefold()) + 1


def parent(number: str) -> str:
    """The id that a part belongs to: "4(a)" for "4(a)(iv)"; "" for a whole one."""
    return number[:number.rindex("(")] if number.endswith(")") else ""


def whole(number: str) -> str:
    """The id that stands before all parts: "4" for "4(a)(iv)"."""
    return number.partition("(")[0]


def line(number: str) -> tuple[str, ...]:
    """An id and all that it is a part of: "4(a)(iv)", "4(a)", "4"."""
    return (number, *line(parent(number))) if number else ()


def part(number: str) -> str:
    """The last part of an id: "iv" for "4(a)(iv)"; "" for a whole one."""
    return number[number.rindex("(") + 1:-1] if number.endswith(")") else ""


def roman(text: str) -> bool:
    """Whether a marker such as "(iv)" counts in Roman numerals; a lone "(i)" may be either, the place decides."""
    return re.sub(r"[^a-z]", "", text.casefold()) in _ROMAN


def following(part: str) -> str:
    """The small Roman numeral behind one, "ii" behind "i", and "i" behind none; "" behind the last that is known."""
    at = _ROMAN.index(part) + 1 if part else 0
    return _ROMAN[at] if at < len(_ROMAN) else ""


def ranks(number: str, fellows: Iterable[str] = ()) -> list[int]:
    """The places of the parts of an id: 4(b)(v) has 2 and 5, 4(b) has 2, 4 none, so that a whole comes before its parts.

    The second part is Roman; the first is where one of its `fellows` has a part of several letters, or, where none are given, if it is no lone v or x.
    """
    parts, tops = _parts(number), [top for each in fellows for top in _parts(each)[:1]]
    first = any(len(top) > 1 for top in tops) if tops else parts[:1] not in (["v"], ["x"])
    return [_ROMAN.index(part) + 1 if part in _ROMAN and (n or first) else ord(part[0]) - 96 for n, part in enumerate(parts)]


def _parts(number: str) -> list[str]:
    return re.findall(r"\(([a-z]+)\)", number)
