"""What is stored in a word for machines, as a person says it: one place for all pages and tables."""

from __future__ import annotations

from collections.abc import Mapping

from .rows import GAPS

YES_NO = {"1": "yes", "0": "no"}
SAID: Mapping[str, Mapping[str, str]] = {
    "explicit": {"1": "in words", "0": "inferred"}, "reviewed": {"1": "reviewed", "0": "machine"}, "ask": YES_NO, "concrete": YES_NO,
    "stated": {"1": "stated", "0": "none stated here"}, "called_new": YES_NO, "open": YES_NO, "unverified": YES_NO, "by_publisher": YES_NO,
    "gap": GAPS, "relation": {"responds_to": "answers", "succeeds": "follows"},
    "status": {"ocr": "read from page images", "not_fetched": "not fetched", "unreadable": "could not be read"},
    "verdict": {"not_asked": "not asked for", "document_not_loaded": "the document is not loaded", "not_reproduced": "not reproduced by any of our rules",
                "nearest": "nearest rule shown"},
    "nation": {"uk": "United Kingdom", "northern-ireland": "Northern Ireland", "england-and-wales": "England and Wales"},
    "part": {"lead_in": "lead-in", "quote": "its words"}, "side": {"claim": "in the published list only", "document": "in the document only", "both": "in both"},
    "method": {"verdict": "words of a verdict", "inferred": "what is said and done", "weak": "weak words", "gap": "no response loaded",
               "nothing": "nothing that takes a position", "id": "its number", "restated": "its restated words", "text": "likeness of the words", "company": "often beside it", "meaning": "means nearly the same"},
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
