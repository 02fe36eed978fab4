"""Roles that words suggest: learned weights, the words they show, and when they may speak."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from policytrack import roles, suggest, train
from policytrack.model import BadInput, Item

PIPELINE = Path(__file__).parent.parent / "pipelines"
KNOWN = roles.roles(PIPELINE / "roles.toml")
CONTEXTS = KNOWN.contexts


def item(text, kind="expectation", **more):
    return Item("i", kind, "d", 1, text, force="should", **({"subjects": frozenset({"drugs"})} | more))


def learned(**weights):
    """A model of one role, from weights by term."""
    return suggest.Model(("provider",), {name: n for n, name in enumerate(weights)}, np.array([[w] for w in weights.values()], dtype=np.float32), np.array([-3.0], dtype=np.float32))


MODEL = learned(**{"said:gardener": 6.0, "said:clinic": 6.0, "said:see each": 1.0, "said:year": -4.0})


def with_model(known=MODEL, **more):
    return replace(KNOWN, learned=known, suggested={"about": ["drugs"], "alone": 0.5, "beside": 0.9, "reason": "learned", **more})


def provider(text, known=None, **more):
    return next((h for h in roles.hits(item(text, **more), known or with_model()) if h.role == "provider" and h.reason == "learned"), None)


def test_terms_are_lemmas_pairs_and_contexts():
    found = suggest.terms(item("Gardeners should see each client", section="Treatment › Care", title="Drug plan"), CONTEXTS)
    assert {"said:gardener", "said:see each", "said:client"} <= found["said"]
    assert found["section"] == {"section:treatment", "section:care"} and found["title"] == {"title:drug", "title:plan"}
    assert "context:about drugs" in found["context"]


def test_terms_of_one_part_share_its_length():
    index = {"said:a": 0, "said:b": 1, "said:c": 2, "said:d": 3}
    rows = list(suggest.values({"said": frozenset([*index, "said:unknown"])}, index))
    assert [row for row, _ in rows] == [0, 1, 2, 3]
    assert sum(value ** 2 for _, value in rows) == pytest.approx(suggest.PARTS["said"] ** 2)


def test_the_words_that_weighed_most_are_shown_as_printed():
    hit = provider("Next year GARDENERS will see each client for an hour.")
    assert hit.words == "GARDENERS will see each" and hit.basis == "implied" and hit.force == "should"


def test_words_are_shown_from_the_lead_in_where_the_statement_has_none_of_weight():
    assert provider("an hour for each client", lead_in="Gardeners will have:").words.startswith("Gardeners")


def test_it_speaks_only_in_documents_about_what_was_learned():
    assert provider("Gardeners will see each client.")
    assert provider("Gardeners will see each client.", subjects=frozenset({"health"})) is None
    assert provider("Gardeners will see each client.", subjects=frozenset({"health"}), title="Drugs in the harbour towns")


def test_beside_a_role_of_the_rules_it_must_be_likelier():
    known = with_model(beside=1.0)
    assert roles.hits(item("Directors of public health should ask gardeners.", actor="Directors of public health"), known)[0].role == "director-of-public-health"
    assert provider("Directors of public health should ask gardeners.", known, actor="Directors of public health") is None


def test_nobody_named_stays_unless_somebody_is_likely():
    text = "Naloxone should be available in every clinic."
    assert [h.role for h in roles.hits(item(text), with_model(beside=1.0))] == ["nobody-named"]
    assert [h.role for h in roles.hits(item(text), with_model(beside=0.5))] == ["provider"]


def test_what_is_learned_is_found_again_and_weights_survive_the_file(tmp_path):
    said = [suggest.Example(str(n), item(text), {"provider": "implied"} if "nurse" in text else {}, frozenset())
            for n, text in enumerate(["A nurse should call", "The nurse should write", "A tax should rise", "The tax should fall"] * 3)]
    arrays = train.suggested_roles(said, CONTEXTS)
    np.savez_compressed(tmp_path / suggest.FILE, **arrays)
    known = suggest.load(tmp_path / suggest.FILE)
    assert [s.words for s in suggest.suggestions(item("Every nurse should ask"), known, CONTEXTS, 0.5)] and not suggest.suggestions(item("Every tax should go"), known, CONTEXTS, 0.5)
    assert {name for name in known.index if name.startswith("said:")} >= {"said:nurse", "said:tax"}


def test_a_group_is_judged_by_a_model_that_never_saw_it():
    said = [suggest.Example(f"g{n % 10}", item(f"The word{n % 10} nurse should call"), {"provider": "implied"} if n % 2 else {}, frozenset()) for n in range(40)]
    for group, known in train.suggested_held_out(said, CONTEXTS).items():
        assert f"said:word{group[1:]}" not in known.index and "said:nurse" in known.index


def test_weights_that_are_not_ours_are_refused(tmp_path):
    (tmp_path / suggest.FILE).write_bytes(b"nothing")
    with pytest.raises(BadInput, match="train --only roles"):
        suggest.load(tmp_path / suggest.FILE)
    assert suggest.load(tmp_path / "none.npz") is None


def test_the_shipped_weights_show_words_that_stand_in_the_statement():
    known = KNOWN.learned
    for text in ("Gardeners should see every client within a week.", "Caseloads should be reviewed each month with the team leader."):
        for found in suggest.suggestions(item(text), known, CONTEXTS, 0.0):
            assert found.words in text and len(found.words.split()) <= suggest.LONGEST
