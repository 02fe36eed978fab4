from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from policytrack import suggest, themes, train
from policytrack.model import BadInput, Item

KNOWN = themes.themes(Path(__file__).parent.parent / "pipelines" / "themes.toml")


def about(text, lead_in="", section=""):
    return themes.ruled(Item("i", "commitment", "d", 1, text, lead_in, section), KNOWN)


@pytest.mark.parametrize(("text", "theme"), [
    ("We will fund supported tenancies.", "housing"), ("We will publish a workforce plan.", "workforce"), ("We will extend naloxone.", "drug-deaths"),
    ("We will write guidance on chemsex.", "chemsex"), ("We will publish what each council spends.", "financial-transparency"),
    ("Contracts should not be retendered within five years.", "commissioning"), ("We will support veterans.", "veterans"), ("We will fight stigma.", "stigma")])
def test_theme_by_words(text, theme):
    assert theme in about(text)


def test_heading_speaks_only_where_the_words_do_not():
    assert about("We will act.", section="Plan › Housing") == {"housing": "Housing"}
    assert "housing" not in about("We will fund veterans.", section="Plan › Housing")


def test_names_of_bodies_are_no_themes():
    assert "recovery" not in about("The National Recovery Board will meet in May.")


def test_cue_without_theme_is_refused(tmp_path):
    (tmp_path / "themes.toml").write_text("theme = []\n[[cue]]\nid = 'a'\ntheme = 'x'\npattern = 'a'\nmatches = ['a']\n")
    with pytest.raises(BadInput, match="no theme"):
        themes.themes(tmp_path / "themes.toml")


def learned(bias=-3.0, least=0.5, below=0.0, **weights):
    """The cues with a model of two themes, from the weights of terms for housing; stigma has its bias alone."""
    rows = np.array([[w, 0.0] for w in weights.values()], dtype=np.float32).reshape(len(weights), 2)
    model = suggest.Model(("housing", "stigma"), {name: n for n, name in enumerate(weights)}, rows, np.array([bias, bias], dtype=np.float32))
    return replace(KNOWN, learned=model, least=least, elsewhere=least, below=below)


def found(text, known, vectors=None, **more):
    return themes.hits([Item("i", "commitment", "d", 1, text, **more)], known, vectors)[0]


def test_what_was_learned_adds_a_theme_with_the_words_that_weighed_most():
    known = learned(**{"said:bedsit": 1.5})
    assert found("We will pay for bedsits.", known)["housing"] == "bedsits"
    assert "housing" not in found("We will pay for boats.", known) and "housing" not in found("We will pay for bedsits.", replace(known, least=0.99, elsewhere=0.99))


def test_in_documents_about_other_things_a_theme_must_be_likelier():
    known = replace(learned(**{"said:bedsit": 1.5}), elsewhere=0.99)
    assert "housing" not in found("We will pay for bedsits.", known) and "housing" in found("We will pay for bedsits.", known, subjects=frozenset({"drugs"}))


def test_headings_and_cues_count_in_what_was_learned():
    assert "housing" in found("We will pay.", learned(**{"heading:roof": 9.0}), section="Plan › A very long heading about a roof over the head")
    assert "housing" in found("We will extend naloxone.", learned(**{"cue:drug-deaths": 9.0}))


def test_a_theme_that_a_cue_finds_is_dropped_where_it_is_unlikely():
    assert "stigma" in found("We will fight stigma.", learned(below=0.01)) and "stigma" not in found("We will fight stigma.", learned(below=0.1))
    assert "veterans" in found("We will support veterans.", learned(below=0.1)), "what was never learned stands"


def test_the_sentence_vector_counts_where_it_was_learned():
    known = learned()
    known = replace(known, learned=replace(known.learned, dense=np.array([[9.0, 0.0], [0.0, 0.0]], dtype=np.float32)))
    assert "housing" in found("We will pay.", known, np.array([[1.0, 0.0]])) and "housing" not in found("We will pay.", known, np.array([[0.0, 1.0]]))


def test_vectors_are_asked_for_every_item_and_themes_keep_their_order():
    asked, item = [], Item("i", "commitment", "d", 1, "Pay for boats.", lead_in="We will:")
    rows = themes.rows([item], learned(bias=3.0), lambda items: asked.extend(items) or np.zeros((len(items), 2)))
    assert asked == [item] and themes.said(item) == "We will pay for boats."
    assert [row["theme"] for row in rows] == [row["id"] for row in KNOWN.rows if row["id"] in ("housing", "stigma")]


def test_the_shipped_weights_know_only_themes_that_there_are():
    assert KNOWN.learned and set(KNOWN.learned.labels) <= {row["id"] for row in KNOWN.rows} and len(KNOWN.learned.dense) == 384


def test_what_is_suggested_needs_both_chances(tmp_path):
    (tmp_path / "themes.toml").write_text("theme = []\n[suggested]\nleast = 0.5\n")
    with pytest.raises(BadInput, match="suggested"):
        themes.themes(tmp_path / "themes.toml")


def test_themes_are_learned_from_words_and_vectors(tmp_path):
    items = [Item("i", "commitment", "d", 1, text) for text in ["A roof for each", "The roof of all", "A tax for each", "The tax of all"] * 3]
    taught = [suggest.Example(str(n), item, {"housing": ""} if "roof" in item.text else {}, frozenset()) for n, item in enumerate(items)]
    vectors = np.array([[1.0, 0.0] if "roof" in item.text else [0.0, 1.0] for item in items])
    np.savez_compressed(tmp_path / themes.FILE, **train.suggested(taught, [themes.terms(item, ()) for item in items], vectors))
    known = replace(KNOWN, learned=suggest.load(tmp_path / themes.FILE), least=0.5, elsewhere=0.5, below=0.0)
    assert "housing" in found("Roof and roof", known, np.array([[1.0, 0.0]])) and "housing" not in found("Tax", known, np.array([[0.0, 1.0]]))
