"""The parser that policy.cfg names: its parts are loaded in that order, and what it lacks is said in one line."""

from __future__ import annotations

import shutil

import pytest

from policytrack import clauses
from policytrack.model import BadInput
from reader import PIPELINE


def pipeline(folder, config: str):
    (folder / "policy.cfg").write_text(config)
    shutil.copytree(PIPELINE / "english", folder / "english")
    return folder


def test_the_parts_named_are_the_parts_that_run(tmp_path):
    nlp = clauses.load(pipeline(tmp_path, '[pipeline]\nmodel = "english"\nparts = ["tok2vec", "tagger"]\nbatch = 8\n'))
    assert (nlp.pipe_names, nlp.batch_size) == (["tok2vec", "tagger"], 8)


@pytest.mark.parametrize(("config", "complaint"), [
    ("", "cannot be read"),
    ("[pipeline]\nmodel = \n", "cannot be read"),
    ('[pipeline]\nmodel = "en_core_web_none"\nparts = ["tagger"]\n', "no spaCy pipeline 'en_core_web_none'"),
    ('[pipeline]\nmodel = "english"\nparts = ["parser", "tagger"]\n', "has the parts"),
])
def test_a_pipeline_that_cannot_be_had_is_one_clear_line(tmp_path, config, complaint):
    with pytest.raises(BadInput, match=complaint):
        clauses.load(pipeline(tmp_path, config))


def test_numpy_multiplies_as_the_library_did():
    import spacy

    text = "The Department will publish a plan and work with partners to support local areas."
    plain = spacy.load(PIPELINE / "english")(text)
    (tokens, _), = clauses.parses([text], clauses.load(PIPELINE))
    assert [(t.text, t.pos_) for t in plain if t.is_alpha] == [(t.word, t.pos) for t in tokens if t.word.isalpha()]
