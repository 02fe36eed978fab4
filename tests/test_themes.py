from pathlib import Path

import pytest

from policytrack import themes
from policytrack.model import BadInput, Item

KNOWN = themes.themes(Path(__file__).parent.parent / "pipelines" / "themes.toml")


def about(text, lead_in="", section=""):
    return themes.hits(Item("i", "commitment", "d", 1, text, lead_in, section), KNOWN)


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
