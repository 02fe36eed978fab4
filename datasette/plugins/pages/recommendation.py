"""Recommendations and what became of them: asked on the left, answered on the right, gaps shown as gaps."""

from __future__ import annotations

from collections.abc import Container, Iterable
from itertools import groupby

from policytrack import numbers

from . import words
from .front import stances
from .rows import GAPS, STANCES, Ask, Row, address, source
from .said import said
from .search import understood
from .statement import correction, pages

SIZE = 30


def recommendations(ask: Ask) -> dict:
    """The page `/recommendations`: one row for each pair of recommendation and responder, and for each without any."""
    ask, notes = understood(ask, _known(ask))
    clauses, values = _filters(ask)
    found = _ordered(ask.db.all(
        "select r.*, s.responder, s.response, s.stance, s.also, s.explicit, s.words as stance_words, s.gap, s.band, s.reviewed,"
        f" s.passed_to from recommendations r left join stances s on s.recommendation = r.id where {' and '.join(clauses)}"
        " order by (select published from documents d where d.id = r.document), r.document, r.rowid, s.responder", *values))
    total, page = len(found), ask.number("page")
    rows = found[(page - 1) * SIZE:page * SIZE]
    answers = {row["id"]: row for row in ask.db.every("select * from responses where id in ({})", {r["response"] for r in rows} - {None})}
    return {"title": "Recommendations", "notes": notes, "total": total, "page": page, "pages": max(1, -(-total // SIZE)), "chosen": _chosen(ask),
            "pageto": lambda n: address("/recommendations", **{key: ask.first(key) for key in (*_COLUMNS, *_MORE)}, page=n),
            "asked": [{"r": pairs[0], "answers": [{"r": row, "answer": _answer(answers.get(row["response"]), row["stance_words"])}
                                                  for row in pairs]} for pairs in _together(rows)],
            "stances": stances(ask), "filters": {key: ask.first(key) for key in _COLUMNS if ask.first(key)},
            "documents": _documents(ask), "responders": _responders(ask)}


def _known(ask: Ask) -> dict[str, tuple[str, Container[str]]]:
    """The filters in words, with the values that each can have."""
    return {"document": ("document", ask.facts.documents), "stance": ("stance", (*STANCES, *GAPS)), "reading": ("reading", STANCES),
            "responder": ("answered by", ask.facts.bodies.keys() | ask.facts.index.responders), "ask": ("asks something", ("0", "1")),
            "explicit": ("said in words", ("0", "1"))}


def _ordered(rows: Iterable[Row]) -> list[Row]:
    """The same rows with the parts of each recommendation as a reader counts them, (v) before (vi); all else keeps its place."""
    found: list[Row] = []
    for _, each in groupby(rows, key=lambda row: (row["document"], (row["number"] or row["id"]).partition("(")[0])):
        parts = list(each)
        fellows = [row["number"] or "" for row in parts]
        found += sorted(parts, key=lambda row: numbers.ranks(row["number"] or "", fellows))
    return found


_MORE = ("reading", "sure", "unanswered")
_COLUMNS = {"document": "r.document", "stance": "coalesce(s.stance, s.gap)", "responder": "s.responder", "ask": "r.ask",
            "explicit": "s.explicit"}


def _filters(ask: Ask) -> tuple[list[str], list[object]]:
    clauses, values = ["1"], []
    if not ask.first("document"):
        clauses = [ask.facts.where("r.document")]
    for key, column in _COLUMNS.items():
        if value := ask.first(key):
            clauses.append(f"{column} = ?")
            values.append(int(value) if value.isdigit() and key in ("ask", "explicit") else value)
    if any(ask.first(key) for key in ("stance", "reading", "sure")):
        clauses.append(ask.facts.parts)
    if reading := ask.first("reading"):
        clauses.append("? in (s.stance, s.also)")
        values.append(reading)
    if ask.first("sure"):
        clauses.append("s.also is null")
    if ask.first("unanswered"):
        clauses.append("s.recommendation is null")
    return clauses, values


def _together(rows: list[Row]) -> list[list[Row]]:
    """Pairs of the same recommendation side by side: asked once, answered by each government."""
    return [list(pairs) for _, pairs in groupby(rows, key=lambda row: row["id"])]


def _chosen(ask: Ask) -> list[str]:
    named = {"document": ask.facts.title, "responder": ask.facts.body, "reading": lambda v: f"{v.replace('_', ' ')}, as first or second reading",
             "sure": lambda v: "no second reading", "unanswered": lambda v: "without any answer", "stance": lambda v: GAPS.get(v, v.replace("_", " ")),
             "ask": lambda v: "asks something" if v == "1" else "asks nothing", "explicit": lambda v: "in words" if v == "1" else "inferred"}
    return [say(ask.first(key)) for key, say in named.items() if ask.first(key)]


def _documents(ask: Ask) -> list[Row]:
    held = {row[0] for row in ask.db.all("select distinct document from recommendations")}
    return [row for key, row in ask.facts.documents.items() if key in held]


def _responders(ask: Ask) -> list[str]:
    return [row[0] for row in ask.db.all("select distinct responder from stances order by 1")]


def _answer(row: Row | None, stance: str | None, limit: int = 90) -> dict | None:
    """A response's words, cut around those that carry the stance."""
    if row is None:
        return None
    text = row["text"]
    at = words.sought(text, stance or "")
    start = 0 if not at or at[0] < limit * 4 else text.rfind(" ", 0, at[0] - limit * 2) + 1
    cut = text[start:]
    parts = cut.split(" ")
    short = " ".join(parts[:limit])
    at = words.sought(short, stance or "")
    return {"row": row, "segments": words.segments(short, [words.Span(*at, "stance")] if at else []), "before": start > 0,
            "more": len(parts) > limit}


def recommendation(ask: Ask) -> dict:
    """The page `/recommendations/<id>`: the chain from what was asked to what was promised."""
    row = ask.db.one("select * from recommendations where id = ?", ask.parts["id"])
    doc = ask.facts.documents[row["document"]]
    links = _linked(ask, row["id"])
    given = ask.db.all("select * from stances where recommendation = ? order by responder", row["id"])
    called = f"Recommendation {row['number']}" if row["number"] else "Recommendation"
    return {
        "title": f"“{words.begun(row['text'])}”: {called[:1].lower() + called[1:]} of {doc['title']} ({doc['published'][:4]})", "heading": called, "row": row, "doc": doc,
        "source": source(doc, row["page"]), "answers": [_government(ask, each) for each in given],
        "places": pages(row["page"], ask.db.all("select page from recommendation_places where recommendation = ? and document = ?",
                                                 row["id"], row["document"])),
        "links": links, "unlinked": ask.db.all("select * from unlinked where item = ?", row["id"]),
        "roles": ask.db.all("select * from role_hits where item = ? order by role", row["id"]),
        "promised": ask.db.all("select * from commitments where answers = ? order by document, page", row["id"]),
        "later": [each for each in _later(ask, row["document"]) if each["id"] not in {link["document"] for link in links}],
        "correction": correction(ask, "recommendation", row["id"], _verdicts(ask, given)),
        "beside": _ordered(ask.db.all("select id, number, document from recommendations where document = ? order by rowid", row["document"])),
    }


def _verdicts(ask: Ask, given: Iterable[Row]) -> str:
    """What each who answers has said, in words: "Home Office: accepted, noted; Welsh Government: not addressed"."""
    return "; ".join(f"{ask.facts.body(responder)}: " + ", ".join(dict.fromkeys(GAPS.get(gap := s["stance"] or s["gap"] or "", said("stance", gap)) for s in stances))
                     for responder, stances in groupby(given, key=lambda s: s["responder"])) or "no answer is held"


def _government(ask: Ask, stance: Row) -> dict:
    answer = ask.db.all("select * from responses where id = ?", stance["response"] or "")
    doc = ask.facts.documents.get(answer[0]["document"]) if answer else None
    return {"stance": stance, "answer": _answer(answer[0], stance["words"], 2000) if answer else None, "doc": doc,
            "source": source(doc, answer[0]["page"]) if answer else None,
            "slots": ask.db.all("select * from (select * from slots union all select *, 'not_compared' from slots_not_compared) where recommendation = ? and responder = ?"
                                " order by instr('who act deadline amount', slot)", stance["recommendation"], stance["responder"])}


def _linked(ask: Ask, key: str) -> list[Row]:
    return ask.db.all("select (select method from links l where l.recommendation = ?1 and l.response = p.id) as method, p.* from responses p"
                      " where p.id in (select response from links where recommendation = ?1 union select response from stances where recommendation = ?1)"
                      " order by p.document, p.page", key)


def _later(ask: Ask, key: str) -> list[Row]:
    """Documents that answer or succeed this one, or answer what succeeds it."""
    found = ask.db.all("select document, relation from document_links where other = ?", key)
    nearer = ask.db.every("select document, relation from document_links where other in ({})", {row["document"] for row in found})
    keys = dict.fromkeys(row["document"] for row in [*found, *nearer] if row["document"] != key)
    return sorted((ask.facts.documents[each] for each in keys if each in ask.facts.documents), key=lambda row: row["published"])
