"""Whose own act a commitment is: a local body's is no promise of a national one."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytrack import doers, roles
from policytrack.model import Item, RoleHit

KNOWN = roles.roles(Path("pipelines/roles.toml"))


def own(text, words, role="local-authority", also=(), kind="commitment", **more):
    hits = [RoleHit("i", kind, each, "implied", words, "why", "promised") for each in (role, *also)]
    return doers.own_acts(Item("i", kind, "d", 1, text, **more), hits, KNOWN)


@pytest.mark.parametrize(("text", "words", "more", "own_act"), [
    ("The ministry expects that local systems will review their rotas.", "local systems", {"actor": "The ministry"}, True),
    ("review their rotas", "local systems", {"actor": "local systems and providers", "lead_in": "We expect that by May, local systems and providers will:"}, True),
    ("Larger and smaller local authorities will carry the new duty.", "local authorities", {}, True),
    ("Councils and their partners will meet.", "Councils", {"actor": "Councils"}, True),
    ("Local authorities will be required to report.", "Local authorities", {"actor": "Local authorities"}, True),
    ("Local authorities will receive a grant.", "Local authorities", {"actor": "Local authorities"}, False),
    ("Local authorities will be given more time.", "Local authorities", {}, False),
    ("We will support local authorities.", "local authorities", {"actor": "We"}, False),
    ("We will help local authorities, who will report.", "local authorities", {}, False),
    ("The association of local authorities will report.", "local authorities", {"actor": "The association of local authorities"}, False),
    ("Data of local authorities will be published.", "local authorities", {}, False),
    ("Rather than expect every council to row, the ministry will.", "council", {"actor": "the ministry"}, False),
    ("The ministry and local authorities will meet.", "local authorities", {"actor": "The ministry and local authorities"}, False),
    ("The Council Data Network will meet.", "Council", {"actor": "The Council Data Network"}, False),
    ("The Local Government Association will meet.", "Local Government Association", {"actor": "The Local Government Association"}, False),
    ("Local authority data will be published.", "Local authority", {}, False),
], ids=str)
def test_whose_own_act_it_is(text, words, more, own_act):
    assert bool(own(text, words, **more)) is own_act


def test_what_a_local_body_does_is_its_own_act_for_all_on_whom_it_falls():
    assert own("Councils will report.", "Councils", also=("director-of-public-health",), actor="Councils") == {"local-authority", "director-of-public-health"}
    assert own("Schools will report.", "Schools", role="school", actor="Schools") == {"school"}
    assert not own("Councils should report.", "Councils", kind="expectation", actor="Councils")


def test_the_rows_say_it():
    item = Item("i", "commitment", "d", 1, "Councils will report.", actor="Councils")
    hit = dict(item="i", item_kind="commitment", role="local-authority", basis="named", words="Councils", reason="named", force="promised")
    assert [row["own_act"] for row in doers.rows([item], [hit], KNOWN)] == [1]
