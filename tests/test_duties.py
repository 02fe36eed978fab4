from pathlib import Path

from policytrack import cues, duties

KNOWN = cues.load(Path(__file__).parent.parent / "pipelines" / "duties.toml")


def found(text, zone="body", taken=False):
    passage = dict(document="d", page=3, text=text, zone=zone)
    return list(duties.duties([passage], KNOWN, lambda d, s: taken, lambda d, name: name.casefold()))


def test_a_duty_is_found_with_its_bearer():
    [row] = found("The ports are busy. Councils must have regard to the tide code.")
    assert (row["quote"], row["actor"], row["actor_body"], row["page"]) == ("Councils must have regard to the tide code.", "Councils", "councils", 3)


def test_a_duty_that_is_still_to_come_is_none():
    assert not found("We will introduce a new statutory duty to report.")


def test_statements_and_notes_are_left_out():
    assert not found("Councils must have regard to the tide code.", taken=True)
    assert not found("Councils must have regard to the tide code.", zone="footnote")
