"""Layouts of responses, from passages to stances."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from policytrack import answers, link, numbers, respond, stance
from policytrack.model import Passage, Recommendation

HERE = Path(__file__).parent
KNOWN = answers.load(HERE.parent / "pipelines")
CASES = tomllib.loads((HERE / "cases" / "layouts.toml").read_text(encoding="utf-8"))
NATIONS = {"scottish": "scottish-government", "welsh": "welsh-government", "uk": "uk-government", "hm": "uk-government"}


def who(name: str) -> str | None:
    """A body by its printed name, as far as these layouts need it."""
    words = name.casefold().removeprefix("the ").split()
    if len(words) == 2 and words[1] in ("government", "governments"):
        return NATIONS.get(words[0])
    return "uk-government" if words == ["government"] else None


def passages(rows) -> list[Passage]:
    """Passages from [kind, text, number, level] rows."""
    made = []
    for n, row in enumerate(rows):
        kind, text, number, level = (*row, *("", 0)[len(row) - 2:]) if len(row) < 4 else row
        cells = tuple(text.split(" | ")) if kind == "table" else ()
        made.append(Passage(id=f"p{n}", document="response", page=1, section="", number=number, text="\t".join(cells) or text, kind=kind,
                            zone="heading" if kind == "heading" else "body", level=level, cells=cells))
    return made


def known(layout) -> list[Recommendation]:
    """The recommendations of the report that the layout answers."""
    wholes = layout.get("asked", CASES["asked"])
    parts = [(f"1({chr(97 + n)})", text) for n, text in enumerate(layout.get("parts", ()))]
    parts += [tuple(pair) for pair in layout.get("ids", ())]
    return [Recommendation(f"r{number}", "report", number, 1, text) for number, text in [*((str(n), text) for n, text in enumerate(wholes, 1)), *parts]]


@pytest.mark.parametrize("layout", CASES["layout"], ids=lambda layout: layout["why"])
def test_layouts(layout):
    asked = known(layout)
    given = respond.responses("response", passages(layout["rows"]), asked, layout.get("responder", "uk-government"), who, KNOWN.respond)
    links = link.links(asked, given, KNOWN.link)
    by_id, found = {r.id: r for r in given}, []
    for one in asked:
        mine: dict[str, list] = {}
        for each in links:
            if each.recommendation == one.id or layout.get("whole") and each.recommendation == f"r{numbers.parent(one.number)}":
                mine.setdefault(by_id[each.response].responder, []).append(by_id[each.response])
        for responder, replies in mine.items():
            fellows = [r for r in asked if any(each.recommendation == r.id and by_id[each.response] in replies for each in links)]
            found.append(f"{one.number} {responder} {stance.stance(one, replies, fellows, KNOWN.stance, who).label}")
    assert sorted(found) == sorted(layout["found"]), [(r.numbers, r.responder, r.verdict, r.restated, r.text) for r in given]
