"""Bodies: who is meant by a name, an abbreviation, an office or "we" in a document of a given date."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from policytrack.model import BadInput

KEYS = {"id", "name", "abbreviations", "names", "offices", "kind", "nation", "from", "to", "successors", "part_of", "source"}
NEEDED = ("id", "name", "kind", "nation", "source")
LISTS = ("abbreviations", "names", "offices", "successors")
SELF = frozenset({"we", "us", "i", "our", "ourselves", "this government"})
GOVERNMENT = frozenset({"government", "central government", "national government", "ministers", "government ministers"})
GOVERNED_BY = {"england": "uk"}          # nations without a government of their own
# what a body calls itself: "the Department" is the publisher where the publisher is one
HEADS = {
    "department": ("department",), "ministry": ("department",), "secretary of state": ("department",), "minister": ("department",),
    "council": ("council",), "advisory council": ("council",), "committee": ("committee",), "inquiry": ("inquiry",), "review": ("inquiry",),
    "taskforce": ("inquiry",), "board": ("board",), "inspectorate": ("inspectorate",), "association": ("association",),
    "agency": ("executive agency", "arm’s-length body"), "commission": ("arm’s-length body",),
}


@dataclass(frozen=True, slots=True)
class Organisation:
    """One body; dates are YYYY[-MM[-DD]], None where unknown or still alive."""

    id: str
    name: str
    kind: str
    nation: str
    source: str
    from_date: str | None = None
    to_date: str | None = None
    abbreviations: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    part_of: str | None = None

    def lived(self, on_date: str) -> bool:
        """Whether it was there on a day, month or year; one that ends within that month or year was."""
        began = not self.from_date or _cut(self.from_date, on_date) <= _cut(on_date, self.from_date)
        return began and (not self.to_date or _cut(on_date, self.to_date) <= _cut(self.to_date, on_date))


def organisations(path: Path) -> tuple[Organisation, ...]:
    """The bodies of one file, in its order; BadInput where a key is unknown or missing, or a reference leads nowhere."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("organisation", [])
    except FileNotFoundError:
        raise BadInput(path, "no such file", "give --pipeline a folder that has it") from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(path, f"not valid TOML ({error})", "mend the file") from None
    made = tuple(_organisation(table, path) for table in tables)
    ids = [organisation.id for organisation in made]
    for organisation in made:
        if ids.count(organisation.id) > 1:
            raise BadInput(path, f"two organisations have the id {organisation.id!r}", "rename one")
        for other in (*organisation.successors, *filter(None, [organisation.part_of])):
            if other not in ids:
                raise BadInput(path, f"{organisation.id} names {other!r}, which is not there", "add it or mend the id")
    return made


def body(name: str, on_date: str, publisher: str, organisations: Iterable[Organisation]) -> str | None:
    """The id of the body that `name` means in a document of this publisher and date; None where none or several fit.

    "We" is the publisher; "the Government" the government of the publisher's nation; "the Department" the publisher
    where it is one. Of two bodies with one name the one that lived on that date is meant.
    """
    bodies = tuple(organisations)
    spoken = plain(name)
    own = next((organisation for organisation in bodies if organisation.id == publisher), None)
    if spoken in SELF:
        return publisher
    if spoken in GOVERNMENT:
        return _government(own, bodies)
    if own and own.kind in HEADS.get(spoken, ()):
        return publisher
    for called, said in ((_called, spoken), (_offices, spoken), (_called, bare(spoken))):
        found = [organisation for organisation in bodies if said in called(organisation)]
        alive = [organisation for organisation in found if organisation.lived(on_date)]
        if len(alive) == 1 or len(found) == 1:
            return (alive or found)[0].id
    return None


def resolved(name: str, organisations: Iterable[Organisation]) -> str | None:
    """The id for a manifest's `publisher`: an id, or a name or abbreviation that only one body bears."""
    bodies = tuple(organisations)
    if any(organisation.id == name for organisation in bodies):
        return name
    found = [organisation.id for organisation in bodies if plain(name) in _called(organisation)]
    return found[0] if len(found) == 1 else None


def plain(name: str) -> str:
    """A name without its article, possessive, case and kind of apostrophe."""
    spoken = " ".join(name.replace("’", "'").replace("‘", "'").split()).casefold().strip(" .,;:")
    return re.sub(r"^the |'s$|(?<=s)'$", "", re.sub(r"^the ", "", spoken))


def bare(spoken: str) -> str:
    """A plain name without words that stand before or after many names: "the new …", "… (DH)", "… in England"."""
    return re.sub(r"^(?:(?:new|newly|established|current|existing|former|then|re-?formed)\s+)+|\s*\([^)]*\)$|,$|\s+(?:itself|in england|nationally)$", "", spoken).strip()


@lru_cache(maxsize=4096)
def _called(organisation: Organisation) -> frozenset[str]:
    return frozenset({plain(name) for name in (organisation.id, organisation.name, *organisation.names, *organisation.abbreviations)})


@lru_cache(maxsize=4096)
def _offices(organisation: Organisation) -> frozenset[str]:
    return frozenset(map(plain, organisation.offices))


def _government(own: Organisation | None, bodies: tuple[Organisation, ...]) -> str | None:
    """The government of a publisher's nation; its own id where the publisher is a government."""
    nation = own.nation if own else "uk"
    governments = [organisation.id for organisation in bodies if organisation.kind == "government"]
    if own and own.id in governments:
        return own.id
    found = [organisation.id for organisation in bodies
             if organisation.kind == "government" and organisation.nation == GOVERNED_BY.get(nation, nation)]
    return found[0] if len(found) == 1 else None


def _organisation(table: dict, path: Path) -> Organisation:
    where = f"{path} {table.get('id', table)}"
    for key in table.keys() - KEYS:
        raise BadInput(where, f"unknown key `{key}`", f"keys are {', '.join(sorted(KEYS))}")
    for key in NEEDED:
        if not table.get(key):
            raise BadInput(where, f"`{key}` is missing", f"add {key} = \"…\"")
    lists = {key: tuple(table.get(key, ())) for key in LISTS}
    return Organisation(
        **{key: table[key] for key in NEEDED}, **lists,
        from_date=table.get("from"), to_date=table.get("to"), part_of=table.get("part_of"),
    )


def _cut(date: str, other: str) -> str:
    """A date to the precision of another."""
    return date[:min(len(date), len(other))]
