"""Every cue file loads, so every cue has proved itself; and what breaks a cue is said in one line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from policytrack import cues
from policytrack.model import BadInput

PIPELINE = Path(__file__).parent.parent / "pipelines"
FILES = sorted(p for p in [*PIPELINE.glob("*.toml"), *(PIPELINE / "cues").glob("*.toml")] if "[[cue]]" in p.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_cue_proves_itself(path):
    loaded = cues.load(path)
    assert loaded
    assert len({c.id for c in loaded}) == len(loaded), "ids are unique"
    assert all(c.matches for c in loaded)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_most_cues_also_say_what_they_miss(path):
    loaded = cues.load(path)
    assert sum(bool(c.misses) for c in loaded) >= 0.9 * len(loaded)


def write(tmp_path, text):
    path = tmp_path / "hedge.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_cue_without_matches_does_not_load(tmp_path):
    with pytest.raises(BadInput, match="has no `matches`"):
        cues.load(write(tmp_path, '[[cue]]\nid = "a"\npattern = "x"\n'))


def test_a_broken_proof_names_file_and_cue(tmp_path):
    path = write(tmp_path, '[[cue]]\nid = "a"\npattern = "x"\nmatches = ["y"]\n')
    with pytest.raises(BadInput) as error:
        cues.load(path)
    assert str(path) in str(error.value) and "'a'" in str(error.value)


def test_a_miss_that_matches_does_not_load(tmp_path):
    with pytest.raises(BadInput, match="must miss"):
        cues.load(write(tmp_path, '[[cue]]\nid = "a"\npattern = "x"\nmatches = ["x"]\nmisses = ["ax"]\n'))


def test_exceptions_cover_hits_and_fragments_are_shared(tmp_path):
    path = write(tmp_path, "[fragments]\nplan = 'plans?'\n[[cue]]\nid = 'no'\npattern = 'no <plan>'\nunless = ['no <plan> B']\nmatches = ['no plan']\nmisses = ['no plan B']\n")
    (cue,) = cues.load(path)
    assert [(s.start, s.end) for s in cue.find("no plans, no plan B")] == [(0, 8)]


def test_not_toml_is_one_line(tmp_path):
    with pytest.raises(BadInput, match="not valid TOML"):
        cues.load(write(tmp_path, "[[cue"))


def test_no_lemma_has_two_categories():
    groups = tomllib.loads((PIPELINE / "grade.toml").read_text(encoding="utf-8"))["verbs"]
    lemmas = [lemma for g in groups for lemma in g["lemmas"]]
    assert sorted(lemmas) == sorted(set(lemmas))
