from pathlib import Path

import pytest

from policytrack import measures
from policytrack.model import BadInput

KNOWN = measures.measures(Path(__file__).parent.parent / "pipelines" / "measures.toml")


def rows(text, section="", kind="paragraph"):
    return list(measures.rows([dict(document="d", page=1, text=text, section=section, lead_in="", zone="body", kind=kind)], KNOWN))


def test_leaving_treatment_for_good_divides_the_schemes():
    types = {row["scheme"]: row["type"] for row in rows("We will publish the number of people who left treatment and did not return.")}
    assert types == {"trace": "process", "official": "outcome"}


@pytest.mark.parametrize(("text", "kind"), [
    ("the number of deaths from drug poisoning", "outcome"), ("reoffending rates fell", "outcome"), ("the average wait was long", "process"),
    ("Indicators include a settled home.", "outcome"), ("the number of drug seizures", "output"), ("Measures: alcohol-related hospital admissions", "proxy")])
def test_types_after_trace(text, kind):
    assert [row["type"] for row in rows(text) if row["scheme"] == "trace"] == [kind]


def test_a_topic_is_no_measure():
    assert not rows("We will help people to find a settled home.")
    assert not rows("He was infected with hepatitis C.")


def test_a_type_under_every_scheme_is_needed(tmp_path):
    (tmp_path / "measures.toml").write_text("[[scheme]]\nid = 's'\nname = 'S'\n[[cue]]\nid = 'a'\nmeasure = 'm'\npattern = 'a'\nmatches = ['a']\n")
    with pytest.raises(BadInput, match="type"):
        measures.measures(tmp_path / "measures.toml")
