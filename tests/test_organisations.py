"""Every body answers to its own names; who is meant depends on who speaks, and when."""

from pathlib import Path

import pytest

from policytrack import corpus
from policytrack.model import BadInput
from policytrack.organisations import body, organisations, resolved

ROOT = Path(__file__).parent.parent
BODIES = organisations(ROOT / "pipelines" / "organisations.toml")


@pytest.mark.parametrize(("name", "date", "publisher", "meant", "why"), [
    ("we", "2017-07-14", "home-office", "home-office", "the publisher speaks"),
    ("The Government", "2017-07-14", "home-office", "uk-government", "a department speaks of its government"),
    ("the Government’s", "2018-02", "nta", "uk-government", "England has no government of its own"),
    ("The Government", "2022", "scottish-government", "scottish-government", "a government speaks of itself"),
    ("the Government", "2033", "council-on-dependence", "esterwick-government", "an invented council speaks of an invented government"),
    ("the Department", "2012-05", "dh", "dh", "its own name for itself"),
    ("the Department", "2012-05", "phe", None, "not said which"),
    ("The Council", "2017-09", "acmd", "acmd", "its own name for itself"),
    ("PHE", "2017-07-14", "home-office", "phe", "an abbreviation"),
    ("Department of Health", "2012", "home-office", "dh", "by name"),
    ("MHCLG", "2019-06", "home-office", "mhclg-2018", "the one that lived then"),
    ("MHCLG", "2025", "home-office", "mhclg", "the one that lives now"),
    ("MHCLG", "2022", "home-office", None, "neither lived: no guess"),
    ("the Home Secretary", "2017-07-14", "acmd", "home-office", "an office speaks for its body"),
    ("Health Secretary", "2015", "acmd", "dh", "the office of that year"),
    ("CCGs", "2017", "home-office", "clinical-commissioning-groups", "a class of bodies"),
    ("the Ministry of Silly Hats", "2017", "home-office", None, "nobody"),
])
def test_who_is_meant(name, date, publisher, meant, why):
    assert body(name, date, publisher, BODIES) == meant, why


@pytest.mark.parametrize("organisation", BODIES, ids=lambda organisation: organisation.id)
def test_every_name_means_its_body(organisation):
    lived = organisation.to_date or organisation.from_date or "2020"
    for name in (organisation.name, *organisation.names, *organisation.abbreviations):
        if name not in ("the Government",):
            assert body(name, lived, "home-office", BODIES) == organisation.id, name


def test_every_publisher_of_the_corpus_is_known():
    unknown = {document.publisher for document in corpus.read(ROOT / "corpus")} - {organisation.id for organisation in BODIES}
    assert not unknown
    assert resolved("Home Office", BODIES) == "home-office" and resolved("MHCLG", BODIES) is None


@pytest.mark.parametrize(("text", "says"), [
    ('[[organisation]]\nid = "a"\nname = "A"\nkind = "board"\nnation = "uk"', "`source` is missing"),
    ('[[organisation]]\nid = "a"\nname = "A"\nkind = "board"\nnation = "uk"\nsource = "s"\nfounded = "1"', "unknown key `founded`"),
    ('[[organisation]]\nid = "a"\nname = "A"\nkind = "board"\nnation = "uk"\nsource = "s"\nsuccessors = ["b"]', "names 'b'"),
])
def test_a_wrong_file_is_refused(tmp_path, text, says):
    path = tmp_path / "organisations.toml"
    path.write_text(text)
    with pytest.raises(BadInput, match=says):
        organisations(path)


def test_every_chain_of_successors_ends_with_a_body_that_lives():
    by_id = {organisation.id: organisation for organisation in BODIES}

    def heirs(organisation, seen=()):
        assert organisation.id not in seen, f"{organisation.id} succeeds itself"
        return [organisation] if not organisation.successors else [last for next_id in organisation.successors for last in heirs(by_id[next_id], (*seen, organisation.id))]

    ended = {organisation.id: sorted({last.id for last in heirs(organisation)}) for organisation in BODIES if organisation.successors}
    assert all(by_id[last].to_date is None for lasts in ended.values() for last in lasts)
    assert ended["dhss"] == ["dhsc", "dwp"]
    assert ended["nta"] == ["ohid", "ukhsa"]
    assert ended["primary-care-trusts"] == ["integrated-care-boards", "local-authorities"]
    assert ended["noms"] == ["hmpps"]


def test_an_heir_was_there_when_its_forerunner_ended():
    by_id = {organisation.id: organisation for organisation in BODIES}
    for organisation in BODIES:
        for heir in (by_id[id] for id in organisation.successors):
            if organisation.to_date and heir.from_date:
                assert heir.from_date[:4] <= str(int(organisation.to_date[:4]) + 1), f"{organisation.id} ended before {heir.id} began"
