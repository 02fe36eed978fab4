"""Deadline words and the last day that keeps them, by the codebook."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytrack.cues import find, load
from policytrack.dates import last_day


@pytest.mark.parametrize(("words", "kind", "published", "day"), [
    ("by March 2018", "by", "2017-07-14", "2018-03-31"),              # a month ends on its last day
    ("by February 2016", "by", "2015", "2016-02-29"),                 # leap years too
    ("in autumn 2013", "by", "2012", "2013-11-30"),
    ("by spring 2014", "by", "2012", "2014-05-31"),
    ("over summer 2012", "by", "2012-01", "2012-08-31"),
    ("in winter 2013", "by", "2012", "2014-02-28"),                   # winter ends in the year after
    ("in 2014-15", "by", "2012", "2015-03-31"),                       # financial year
    ("in 2012/13", "by", "2012", "2013-03-31"),
    ("during 2012–13", "by", "2012", "2013-03-31"),
    ("in 2012-2013", "by", "2012", "2013-03-31"),
    ("in the academic year 2012/13", "by", "2012", "2013-08-31"),
    ("by 2016-18", "by", "2012", "2018-12-31"),                       # several years end with the last
    ("by the end of the financial year 2014", "by", "2012", "2015-03-31"),
    ("by 2015", "by", "2012", "2015-12-31"),
    ("by 31 March 2014", "by", "2012", "2014-03-31"),
    ("by the 1st of May 2014", "by", "2012", "2014-05-01"),
    ("on 12 June", "by", "2013-06", "2013-06-12"),                     # a day without a year is kept: the next one …
    ("by 30 March", "by", "2013-06-28", "2014-03-30"),
    ("on 28 June", "by", "2013-06-28", "2013-06-28"),                 # … publication day included
    ("on 8 July", "by", "2025-11-05", "2025-07-08"),                  # … but "on" a day whose next is far away has passed
    ("by 8 July", "by", "2025-11-05", "2026-07-08"),
    ("on the 4th of September", "during", "2025-11-05", "2025-09-04"),
    ("on 29 February", "by", "2013-06", "2012-02-29"),
    ("on 31 June", "by", "2013-06", "2013-06-30"),                    # no such day: the month
    ("From 9 October", "from", "2025-11-05", None),
    ("within six months", "by", "2017-07-14", "2018-01-14"),          # counted from publication
    ("within 2 years", "by", "2017-07-14", "2019-07-14"),
    ("later this year", "by", "2017-07-14", "2017-12-31"),
    ("next year", "by", "2017-07-14", "2018-12-31"),
    ("from 2015", "from", "2012", None),                              # a starting point has none
    ("over the coming months", "during", "2012", None),
    ("by the end of this Parliament", "by", "2012", None),            # nobody knew the day
])
def test_last_day(words, kind, published, day):
    found = last_day(words, kind, published)
    assert (found.isoformat() if found else None) == day


CUES = load(Path("pipelines") / "deadlines.toml", label="deadline")


@pytest.mark.parametrize("words", [
    "in 2012-13", "in 2012/13", "during 2012–13", "by the end of 2014-15", "in the 2012-13 financial year", "in FY 2014/15",
    "for the academic year 2012/13", "from 2014/15", "by 2012 – 2013",
])
def test_years_of_one_name_are_taken_whole(words):
    text = f"We will report {words}, and then again."
    first = min(find(CUES, text), key=lambda s: (s.start, -s.end))
    assert text[first.start:first.end] == words


@pytest.mark.parametrize("words", ["in March 2015 - 20 sites will open", "in 2015 – 20 sites will open", "under Directive 2013/37/EU"])
def test_what_only_stands_beside_a_year_is_no_part_of_it(words):
    assert not any(words[s.start:s.end].endswith(("20", "37")) for s in find(CUES, words))
