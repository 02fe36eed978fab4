"""Invented replies with what they come to (`replies.toml`): they prove the rules of stances, teach the second opinion, and a part is held out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from policytrack import stance
from policytrack.model import BadInput, Recommendation, Response, Stance, StanceLabel

KEYS = {"why", "asked", "answer", "stance", "explicit", "verdict", "responder", "ask", "taught", "held"}


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer to one thing asked; any of `stance` is right."""

    why: str
    asked: str
    answer: str
    stance: tuple[StanceLabel, ...]
    explicit: bool | None = None
    verdict: str = ""
    responder: str = "uk-government"
    ask: bool = True
    taught: bool = False
    held: bool = False


def load(pipeline: Path) -> tuple[Reply, ...]:
    """Every reply, in the order of the file; BadInput with the one that is wrong."""
    path = pipeline / "replies.toml"
    made = []
    for table in tomllib.loads(path.read_text(encoding="utf-8"))["reply"]:
        if not {"why", "asked", "answer", "stance"} <= set(table) <= KEYS:
            raise BadInput(path, f"reply {table.get('why')!r} has {sorted(table)}", f"give why, asked, answer, stance, and of the rest only {sorted(KEYS)}")
        made.append(Reply(**table | {"stance": tuple(table["stance"])}))
    return tuple(made)


def judged(reply: Reply, rules: stance.Rules, second: bool = False) -> Stance:
    """What the rules, and where `second` the second opinion, say of one reply."""
    asked = Recommendation(id="r", document="report", number="1", page=1, text=reply.asked, ask=reply.ask)
    given = Response(id="a", document="response", page=1, responder=reply.responder, text=reply.answer, verdict=reply.verdict)
    return stance.stance(asked, [given], [asked], rules, second=second)


def teaching(known: Iterable[Reply]) -> Sequence[Reply]:
    """Those that teach the second opinion: none that is held out, none with a line that decides before it."""
    return [reply for reply in known if not reply.held and not reply.verdict]
