"""Counts that anyone can repeat, claims that anyone can check, and what never occurs."""

from __future__ import annotations

from collections import Counter, defaultdict

from .rows import Ask, Missing

RULES = {
    "substring": "these letters anywhere, as a viewer's search finds them", "word": "this word exactly", "family": "its inflections too",
    "phrase": "these words in this order", "phrase-inflected": "the same, inflections allowed", "verb": "used as a verb",
    "by-government": "a verb whose subject is the publisher",
}
VERDICTS = {"reproduced": "reproduced", "nearest": "nearest rule shown", "not_reproduced": "not reproduced by any of our rules",
            "document_not_loaded": "the document is not loaded"}


def counts(ask: Ask) -> dict:
    """The page `/counts`: one phrase in every document by every rule; vague and concrete verbs per 1,000 words."""
    phrases = [row[0] for row in ask.db.all("select distinct phrase from phrase_counts order by phrase")]
    commonest = ask.db.value("select phrase from phrase_counts where rule <> 'substring' group by phrase order by max(hits) desc, phrase")
    phrase = ask.first("phrase") if ask.first("phrase") in phrases else commonest or next(iter(phrases), "")
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in ask.db.all("select document, rule, hits from phrase_counts where phrase = ?", phrase):
        found[row["document"]][row["rule"]] = row["hits"]
    used = {rule for hits in found.values() for rule in hits}
    rules = [rule for rule in RULES if rule in used] + sorted(used - set(RULES))
    docs = [doc for key, doc in ask.facts.documents.items() if key in found]
    return {"title": "Counts", "phrases": phrases, "phrase": phrase, "rules": rules, "said": RULES, "found": found, "docs": docs,
            "classes": _classes(ask), "wording": _wording(ask)}


def _classes(ask: Ask) -> list[dict]:
    rows = ask.db.all("select document, class, sum(hits) as hits, count(*) as verbs, sum(per_1000) as per_1000 from vocabulary where section = ''"
                      " group by document, class")
    found: dict[str, dict] = defaultdict(dict)
    for row in rows:
        found[row["document"]][row["class"]] = row
    return [{"doc": doc, "classes": found[key]} for key, doc in ask.facts.documents.items() if key in found and key in ask.facts.counted]


def _wording(ask: Ask) -> list[dict]:
    """Each document's phrases of both classes beside its graded commitments, with the difference in words."""
    found: dict[str, dict] = defaultdict(dict)
    for row in ask.db.all("select * from wording where section = ''"):
        found[row["document"]][row["class"]] = row
    return [{"doc": doc, "classes": found[key]} for key, doc in ask.facts.documents.items()
            if key in ask.facts.counted and any(row["graded"] for row in found[key].values())]


def claims(ask: Ask) -> dict:
    """The page `/claims`: published counts and statements, and which rule reproduces each."""
    verdict, about = ask.first("verdict"), ask.first("about")
    every = [row for row in ask.db.all("select * from claims order by document, id")
             if about == row["about"] or not about and not (ask.facts.mixed and ask.facts.specimen(row["about"]))]
    rows = [row for row in every if verdict in ("", row["verdict"])]
    apart = [row for row in rows if row["verdict"] == "document_not_loaded" and not verdict]
    return {"title": "Claims checked", "claims": [row for row in rows if row not in apart], "apart": apart, "total": len(rows), "verdicts": VERDICTS,
            "tally": Counter(row["verdict"] for row in every).most_common(), "about": about,
            "items": {row[0]: row[1] for row in ask.db.all("select claim, count(*) from claim_items group by claim")}}


_TABLES = {"c": ("commitments", "quote"), "e": ("expectations", "quote"), "r": ("recommendations", "text")}    # by how an id begins


def _matched(ask: Ask, item: dict) -> dict:
    """One line of a published list with the page and the words of the statement that it matches."""
    if not item["matched"]:
        return {"row": item, "kind": "", "words": ""}
    table, column = _TABLES.get(item["matched"][0], _TABLES["r"])
    found = ask.db.all(f"select {column} as words from {table} where id = ?", item["matched"])
    return {"row": item, "kind": table, "words": found[0]["words"] if found else ""}


def claim(ask: Ask) -> dict:
    """The page `/claims/<id>`: one claim with every rule's figure, or its list item by item."""
    row = ask.db.one("select * from claims where id = ?", ask.parts["id"])
    return {"title": "Claim", "claim": row, "verdicts": VERDICTS, "said": RULES,
            "figures": ask.db.all("select rule, hits from phrase_counts where document = ? and phrase = ? order by hits desc, rule",
                                  row["about"], row["phrase"] or ""),
            "items": [_matched(ask, each) for each in ask.db.all("select * from claim_items where claim = ? order by side, n", row["id"])],
            "hits": ask.db.all("select * from phrase_hits where document = ? and phrase = ? and rule = ? order by page, start limit 60",
                               row["about"], row["phrase"] or "", row["rule"] or "")}


def silence(ask: Ask) -> dict:
    """The page `/silence`: what never occurs in a document, with the pattern and the pages searched."""
    document, kind = ask.first("document"), ask.first("kind")
    rows = [row for row in ask.db.all("select * from silences where hits = 0 order by document, kind, what")
            if document in ("", row["document"]) and kind in ("", row["kind"]) and (document or row["document"] in ask.facts.counted)]
    groups: dict[str, list] = defaultdict(list)
    for row in rows:
        groups[row["document"]].append(row)
    if document and document not in ask.facts.documents:
        raise Missing("No document is held under this name.")
    return {"title": "Silence", "total": len(rows), "only": document, "chapters": _chapters(ask, document) if document else [], "groups": [{"doc": doc, "rows": groups[key]} for key, doc in
                                                              ask.facts.documents.items() if key in groups]}


def _chapters(ask: Ask, document: str) -> list[dict]:
    """What a document names in some of its chapters, and those that never do."""
    if not ask.db.has("chapter_silences"):
        return []
    found: dict[tuple[str, str], list] = defaultdict(list)
    for row in ask.db.all("select * from chapter_silences where document = ? order by what, rowid", document):
        found[row["what"], row["kind"]].append(row["section"] or "before the first heading")
    return [{"what": what, "kind": kind, "sections": sections} for (what, kind), sections in found.items()]
