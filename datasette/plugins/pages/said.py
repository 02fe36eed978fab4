"""What is stored in a word for machines, as a person says it: one place for all pages and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .rows import GAPS

YES_NO = {"1": "yes", "0": "no"}
SAID: Mapping[str, Mapping[str, str]] = {
    "explicit": {"1": "in words", "0": "inferred"}, "reviewed": {"1": "reviewed", "0": "machine"}, "ask": YES_NO, "concrete": YES_NO,
    "stated": {"1": "stated", "0": "none stated here"}, "called_new": YES_NO, "open": YES_NO, "unverified": YES_NO, "by_publisher": YES_NO,
    "force": {"none": "mentioned, but others are asked to act", "duty": "existing duty", "asked": "duty, must, should or encouraged"}, "gap": GAPS, "relation": {"responds_to": "answers", "succeeds": "follows"},
    "status": {"ocr": "read from page images", "not_fetched": "not fetched", "unreadable": "could not be read"},
    "verdict": {"not_asked": "not asked for", "not_compared": "cannot be told from the words", "document_not_loaded": "the document is not loaded", "not_reproduced": "not reproduced by any of our rules",
                "nearest": "nearest rule shown"},
    "nation": {"uk": "United Kingdom", "northern-ireland": "Northern Ireland", "england-and-wales": "England and Wales"},
    "part": {"lead_in": "lead-in", "quote": "its words"}, "side": {"claim": "in the published list only", "document": "in the document only", "both": "in both"},
    "method": {"line": "a line that only says accepted, rejected or the like", "verdict": "words that accept or refuse", "limited": "words that accept or refuse, limited by later ones",
               "opinion": "a model taught by examples, as no words accept or refuse", "inferred": "what is said and done", "weak": "weak words", "implied": "words that imply a verdict", "silence": "what the answer leaves out", "gap": "no response loaded",
               "nothing": "nothing that takes a position", "id": "its number", "restated": "its restated words", "whole": "an answer to the whole report", "text": "likeness of the words", "company": "often beside it", "meaning": "means nearly the same"},
    "licence": {"OGL": "Open Government Licence", "OGL-2.0": "Open Government Licence 2.0", "OGL-3.0": "Open Government Licence 3.0",
                "OPL": "Open Parliament Licence", "OPL-3.0": "Open Parliament Licence 3.0", "Crown": "Crown copyright"},
    "set_name": {}, "facet": {"check": "who checks", "hedge": "hedge or condition"}, "kind": {}, "item_kind": {}, "stance": {}, "also": {}, "type": {}, "class": {},
}
_CAPITAL = frozenset({"nation", "extent"})


def said(column: str, value: object) -> str:
    """The value of a column in words: `already_in_place` as already in place, 1 in `explicit` as in words."""
    text = str(value) if value is not None else ""
    column = {"extent": "nation"}.get(column, column)
    if column not in SAID:
        return text
    words = SAID[column].get(text) or text.replace("_", " ").replace("-", " " if column != "set_name" else "-")
    return words[:1].upper() + words[1:] if column in _CAPITAL else words


_MEASURES = {"commitments": "commitments", "places": "times they are printed, repeats included", "actor": "name who will act", "deadline": "give a deadline",
             "amount": "give an amount", "check": "say who will check", "specific": "are specific", "general": "are general",
             "consider": "put the decision off", "continue": "continue what is done"}


def measured(name: str) -> str:
    """A headline measure as a person says it: `share_specific_of_new` as are specific, of those that promise something new."""
    share, new = name.removeprefix("share_"), name.endswith("_of_new")
    return _MEASURES.get(share.removesuffix("_of_new"), share.replace("_", " ")) + (", of those that promise something new" if new else "")


def problem(text: str) -> str:
    """What went wrong with a document, without decimals: 0.93 as 93 in 100."""
    return re.sub(r"confidence 0\.(\d\d)\b", lambda m: f"confidence {int(m[1])} in 100", text)


TASKS = {
    "role": "Telling commitments, expectations, recommendations and aspirations from everything else", "category": "How checkable the act of a commitment is",
    "band": "What “clear”, “likely” and “unsure” mean", "facet": "Who acts, with whom, by when, how much", "recommendation": "Finding recommendations",
    "link-by-id": "Finding the answer by its number", "link-by-text": "Finding the answer by its words", "stance": "The stance of an answer",
    "role-named": "Whom it falls on: named", "role-implied": "Whom it falls on: implied", "role-nobody": "Asks that name nobody", "force": "Duty, must, should or encouraged",
    "theme": "Themes", "measure": "Measures and their type", "role (read twice)": "The same, on pages labelled in two passes",
    "role (read once)": "The same, on pages labelled in one pass", "stance-without-ocr": "Stances, without the answer that was read from page images",
}
LABELS = {"all": "all together", "macro": "mean of the labels", "ids hidden": "numbers hidden", "answers alone": "the answer alone, numbers and restated words hidden",
          "explicit rejected never accepted": "a refusal in words is not read as acceptance", "explicit accepted never rejected": "an acceptance in words is not read as refusal",
          "concrete or vague": "concrete or vague", "found": "found"}


def label(task: str, name: str, rows: Mapping[str, Mapping]) -> str:
    """A measured label in words; `rows` names roles and themes."""
    return rows[name]["name"] if name in rows else LABELS.get(name, name.replace("_", " "))


def figure(text: str | None) -> str:
    """A published figure: `>=5` as at least 5."""
    for sign, words in ((">=", "at least "), ("<=", "at most "), (">", "more than "), ("<", "fewer than ")):
        if text and text.startswith(sign):
            return words + text.removeprefix(sign).strip()
    return text or "–"
