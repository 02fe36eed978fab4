"""Deadline words -> the last day that still keeps the promise, by the rules of the codebook.

Months, quarters and years end on their last day; spring ends on 31 May, summer on 31 August, autumn on
30 November, winter on the last day of February; a financial year ends on 31 March, an academic year on
31 August, several years with the last of them; "within n months" counts from publication. A day without a
year is the next such day from publication on; after "on" it is the last one where the next is far away. A
starting point, a span and a parliament have no last day: None.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

import dateparser
from dateutil.relativedelta import relativedelta

_SEASON_END = {"spring": 5, "easter": 4, "summer": 8, "autumn": 11, "christmas": 12, "winter": 2}
_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if n} | {"sept": 9}
_NUMBERS = {w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "eighteen": 18, "twenty-four": 24, "a": 1, "couple of": 2}
_FAR = relativedelta(months=8)      # "on 8 July", said in November, is the July that has passed
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_MONTH = r"(?P<month>" + "|".join(_MONTHS) + r")"


def published_on(text: str) -> date:
    """The first day a publication date can mean ("2017" is 1 January 2017)."""
    parts = [int(p) for p in text.split("-")] + [1, 1]
    return date(*parts[:3])


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _exact(words: str) -> date | None:
    if not re.search(r"\d{1,2}(?:st|nd|rd|th)?(?: of)? " + _MONTH + " " + _YEAR, words):
        return None
    found = re.search(r"\d{1,2}(?:st|nd|rd|th)?(?: of)? [a-z]+ \d{4}", words)
    parsed = dateparser.parse(re.sub(r"(\d)(st|nd|rd|th)|\bof ", r"\1", found.group()), languages=["en"], settings={"DATE_ORDER": "DMY"})
    return parsed.date() if parsed else None


def _day_of(words: str, since: date) -> date | None:
    """A day and a month without a year."""
    m = re.search(r"(?P<on>\bon (?:the )?)?\b(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? " + _MONTH + r"\b(?!,? (?:19|20)\d{2})", words)
    if not m:
        return None
    days = [date(year, _MONTHS[m["month"]], int(m["day"])) for year in range(since.year - 8, since.year + 9)
            if 1 <= int(m["day"]) <= calendar.monthrange(year, _MONTHS[m["month"]])[1]]
    ahead, behind = [day for day in days if day >= since], [day for day in days if day < since]
    if not days:
        return None
    return behind[-1] if m["on"] and ahead[0] > since + _FAR else ahead[0]


def _fiscal(words: str) -> date | None:
    m = re.search(r"((?:19|20)\d{2})\s?[-–‑/]\s?((?:19|20)\d{2}|\d{2})\b", words)
    if m:
        first, last = int(m[1]), int(m[2] if len(m[2]) == 4 else m[1][:2] + m[2])
        if last != first + 1:       # several years: to the end of the last
            return date(max(first, last), 12, 31)
        return date(last, 8, 31) if "academic" in words else date(last, 3, 31)
    m = re.search(r"(?:financial|fiscal) year.{0,12}?" + _YEAR, words)
    return date(int(m["year"]) + 1, 3, 31) if m else None


def _season(words: str, since: date) -> date | None:
    m = re.search(r"\b(spring|easter|summer|autumn|winter|christmas)\b(?: of)?(?: " + _YEAR + ")?", words)
    if not m:
        return None
    month = _SEASON_END[m[1]]
    if m["year"]:
        year = int(m["year"]) + (m[1] == "winter")
    else:
        year = since.year + (_month_end(since.year, month) < since or ("next" in words and "next year" not in words and month >= 6 and since.month < month - 5))
    return _month_end(year, month)


def _month_of(words: str, since: date) -> date | None:
    m = re.search(r"\b" + _MONTH + r"\b(?: " + _YEAR + ")?", words)
    if not m:
        return None
    month = _MONTHS[m["month"]]
    year = int(m["year"]) if m["year"] else since.year + (_month_end(since.year, month) < since)
    return _month_end(year, month)


_PARTS = (  # words before a year, and the month that ends the part of it
    (r"\b(?:early|start of|beginning of|first quarter of|q1)\b", 3), (r"\b(?:mid|middle of|first half of|second quarter of|q2)\b", 6),
    (r"\b(?:third quarter of|q3)\b", 9), (r"", 12),
)


def _year(words: str, since: date) -> date | None:
    m = re.search(r"\b" + _YEAR + r"\b", words)
    if m:
        year = int(m["year"])
    elif re.search(r"\b(?:this|the) (?:calendar )?year\b|\blater in the year\b|\bend of (?:the )?year\b", words):
        year = since.year
    elif re.search(r"\bnext year\b|\bnew year\b", words):
        year = since.year + 1
    else:
        return None
    if "new year" in words:
        return date(year, 1, 31)
    if "before" in words and m and not re.search(r"end of|summer|spring", words):
        return date(year - 1, 12, 31)
    return next(_month_end(year, month) for part, month in _PARTS if re.search(part, words))


def _within(words: str, since: date) -> date | None:
    m = re.search(r"\bwithin (?:the )?(?:next |first )?(\d+|[a-z]+(?:-[a-z]+)?(?: of)?)[ -](day|week|month|year)s?\b", words) or \
        re.search(r"\bin (?:the )?next (\d+|[a-z]+(?:-[a-z]+)?)[ -](day|week|month|year)s?\b", words)
    if not m or not (m[1].isdigit() or m[1] in _NUMBERS):
        return None
    return since + relativedelta(**{m[2] + "s": int(m[1]) if m[1].isdigit() else _NUMBERS[m[1]]})


def last_day(words: str, kind: str, published: str) -> date | None:
    """The last day that keeps a promise due `words` (kind by | during | from) in a document published then; None if there is none."""
    if kind == "from" or re.search(r"parliament|spending review|decade|\bcoming months\b", words, re.IGNORECASE):
        return None
    words, since = " ".join(words.casefold().split()), published_on(published)
    if re.search(r"\b(?:over|during|throughout) (?:the )?(?:next|coming|course of)", words) and not re.search(_YEAR, words):
        return None
    for rule in (lambda: _exact(words), lambda: _day_of(words, since), lambda: _within(words, since), lambda: _fiscal(words), lambda: _season(words, since),
                 lambda: _month_of(words, since), lambda: _year(words, since)):
        if (found := rule()) is not None:
            return found
    return None
