"""Words that every match of a pattern holds: never one too many, whatever the pattern is made of."""

import re
import sys

import pytest

from policytrack import literals

PATTERNS = (
    (r"\bwe will (?:also )?(?:need|have) to\b", ("we will also have to", "we will also need to", "we will have to", "we will need to")),
    (r"\bplans?\b|\bstrateg(?:y|ies)\b", ("plan", "strategies", "strategy")),
    (r"(?:no|few) \w+ (?:harbour|haven)s?", (" harbour", " haven")),
    (r"n['’]t", ("n't", "n’t")),
    (r"(?:tide )+mark", ("tide ",)),
    (r"(?-i:NHS) trust(?! fund)", ("nhs trust",)),
    (r"\d+ (?:st|nd)?", ()),
    (r"^(?:harbour)?$", ()),
    (r"(?:harbour|\d+)", ()),
)


@pytest.mark.parametrize(("pattern", "words"), PATTERNS)
def test_required(pattern, words):
    assert literals.required(pattern) == words


def test_folded_is_what_ignorecase_takes_for_an_ascii_character():
    for letter in map(chr, range(128)):
        rule = re.compile(re.escape(letter), re.IGNORECASE)
        taken = {chr(n) for n in range(sys.maxunicode) if rule.fullmatch(chr(n))}
        assert {literals.folded(other) for other in taken} == {letter.lower()}


def test_within():
    assert literals.within(("quay", "pier"), literals.folded("The PIER is long."))
    assert not literals.within(("quay",), literals.folded("The pier is long."))
    assert literals.within((), "")
