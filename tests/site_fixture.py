"""A small hand-made database for the site's tests: two real-looking documents, a pair of specimens and a hostile one.

`build(path, sets=...)` writes it from `schema.sql`; every text in it was written for these tests.
"""

from __future__ import annotations

import json
import sqlite3
from importlib import resources
from pathlib import Path

import sqlite_utils

HOSTILE = "We will publish <script>alert(1)</script> '; drop table documents; -- \u202eright to left\u202c " + "w" * 400
FTS = {
    "commitments": ["quote", "lead_in"], "expectations": ["quote", "lead_in"], "recommendations": ["text"],
    "responses": ["text"], "passages": ["text"],
}
DEFAULTS = {
    "documents": {"unverified": 0, "licence": "OGL-3.0", "open": 1, "pages": 2, "words": 900, "status": "read",
                  "url": "https://example.org/a.pdf", "sha256": "ab" * 32},
    "pages": {"furniture": "", "quality": 0.99, "locator": ""},
    "passages": {"number": "", "section": "", "kind": "paragraph", "zone": "body", "lead_in": "", "locator": "", "level": 0, "n": 0},
    "commitments": {"section": "Chapter 1 › Next steps", "category": "general", "concrete": 0, "places": 1, "score": 2,
                    "confidence": 0.93, "band": "likely", "reviewed": 0},
    "expectations": {"section": "Chapter 2", "category": "general", "concrete": 0, "places": 1, "score": 1, "confidence": 0.8,
                     "band": "fairly sure", "reviewed": 0, "force": "should"},
    "recommendations": {"section": "", "ask": 1, "places": 1},
    "responses": {"heading": "", "restated": ""},
    "stances": {"explicit": 1, "words": "", "confidence": 0.9, "band": "likely", "method": "rules", "reviewed": 0},
}
DPH = "director-of-public-health"
SPECIMEN, LIBRARY = "specimen", "library"


def row(**columns: object) -> dict:
    """One row, column by column."""
    return columns


def _documents() -> list[tuple[str, str, dict]]:
    return [
        (SPECIMEN, "documents", row(id="specimen-strategy", title="A plan for quieter harbours", publisher="harbour-office",
                                     kind="strategy", published="2016-03", set_name=SPECIMEN)),
        (SPECIMEN, "documents", row(id="specimen-report", title="Harbours: advice of the tide council", publisher="tide-council",
                                     kind="report", published="2017-02-01", set_name=SPECIMEN)),
        (SPECIMEN, "documents", row(id="specimen-response", title="Answer to the tide council", publisher="harbour-office",
                                     kind="response", published="2017-09-30", set_name=SPECIMEN)),
        (LIBRARY, "documents", row(id="river-plan-2018", title="The river health plan", publisher="river-ministry",
                                    kind="strategy", published="2018-05-01", set_name=LIBRARY)),
        (LIBRARY, "documents", row(id="river-closed-2019", title="River health: progress", publisher="river-ministry", kind="progress",
                                    published="2019", set_name=LIBRARY, open=0, licence="Crown", quoted_via="The Almanac")),
        (LIBRARY, "documents", row(id="river-lost-2020", title="River letters", publisher="tide-council", kind="response",
                                    published="2020-01", set_name=LIBRARY, status="not_fetched", problem="no file with this hash", pages=0,
                                    words=0)),
        (SPECIMEN, "document_links", row(document="specimen-response", relation="responds_to", other="specimen-report")),
        (LIBRARY, "document_links", row(document="river-closed-2019", relation="succeeds", other="river-plan-2018")),
    ]


def _bodies() -> list[tuple[str, str, dict]]:
    return [
        ("", "organisations", row(id="harbour-office", name="Harbour Office", kind="department", nation="uk", from_date="1990-01-01",
                                   to_date="2018-12-31", successor="river-ministry, tide-council", abbreviation="HO", source="https://example.org/ho")),
        ("", "organisations", row(id="river-ministry", name="Ministry of Rivers", kind="department", nation="uk")),
        ("", "organisations", row(id="tide-council", name="Tide Council", kind="advisory council", nation="uk")),
        ("", "roles", row(id=DPH, name="Director of Public Health", description="Leads public health in a local authority.")),
        ("", "roles", row(id="prison", name="Prison", description="A prison and its governor.")),
        ("", "themes", row(id="housing", name="Housing", description="Homes and shelter.")),
        ("", "themes", row(id="workforce", name="Workforce", description="Staff and their training.")),
    ]


def _passages() -> list[tuple[str, str, dict]]:
    rows: list[tuple[str, str, dict]] = []
    for owner, document in ((SPECIMEN, "specimen-strategy"), (LIBRARY, "river-plan-2018")):
        first = f"We will publish a tide table by March 2019 ({document}). It was windy. We will support local partners."
        second = "Directors of public health should consider opioid-related harm. About 50% of piers are closed."
        rows += [
            (owner, "pages", row(document=document, page=1, text=first)),
            (owner, "pages", row(document=document, page=2, text=second)),
            (owner, "passages", row(id=f"p-{document}-0", document=document, page=1, section="", text="Chapter 1", kind="heading",
                                     zone="heading", level=1, n=0)),
            (owner, "passages", row(id=f"p-{document}-1", document=document, page=1, section="Chapter 1 › Next steps", text=first, n=1)),
            (owner, "passages", row(id=f"p-{document}-2", document=document, page=2, section="Chapter 2", text=second, n=2, number="2.1")),
        ]
    return rows


def _commitments() -> list[tuple[str, str, dict]]:
    quote = "We will publish a tide table by March 2019 ({})."
    rows: list[tuple[str, str, dict]] = []
    for owner, document, body in ((SPECIMEN, "specimen-strategy", "harbour-office"), (LIBRARY, "river-plan-2018", "river-ministry")):
        key, words = f"c-{document}", quote.format(document)
        passage = f"p-{document}-1"
        rows += [
            (owner, "commitments", row(id=f"{key}-1", document=document, page=1, passage=passage, quote=words, category="specific",
                                        concrete=1, object="a tide table", actor="We", actor_body=body, deadline="by March 2019",
                                        deadline_kind="by", deadline_on="2019-03-31", amount=None, score=5, places=2)),
            (owner, "commitments", row(id=f"{key}-2", document=document, page=1, passage=passage,
                                        quote="We will support local partners.", actor="We", actor_body=body,
                                        lead_in="Over the coming year:", partner="local partners")),
            (owner, "expectations", row(id=f"e-{document}", document=document, page=2, passage=f"p-{document}-2", category="consider",
                                         quote="Directors of public health should consider opioid-related harm.",
                                         actor="Directors of public health")),
            (owner, "aspirations", row(id=f"a-{document}", document=document, page=2, section="Chapter 2",
                                        quote="Our vision is calm water.", confidence=0.7)),
            (owner, "duties", row(id=f"d-{document}", document=document, page=2, quote="Authorities must have regard to the tide code.",
                                   actor="Authorities")),
            (owner, "facets", row(item=f"{key}-1", item_kind="commitment", facet="deadline", part="quote", cue="by-month",
                                   words="by March 2019", start=29, end=42, value="2019-03-31")),
            (owner, "facets", row(item=f"{key}-1", item_kind="commitment", facet="actor", part="quote", cue="we", words="We", start=0,
                                   end=2)),
            (owner, "grade_points", row(commitment=f"{key}-1", facet="category", points=3, cue="publish", part="quote", words="publish",
                                         start=8, end=15)),
            (owner, "grade_points", row(commitment=f"{key}-1", facet="deadline", points=2, cue="by-month", part="quote",
                                         words="by March 2019", start=29, end=42)),
            (owner, "grade_points", row(commitment=f"{key}-2", facet="category", points=2, cue="support", part="quote", words="support",
                                         start=8, end=15)),
            (owner, "hedges", row(commitment=f"{key}-2", part="lead_in", cue="coming", words="coming year", start=9, end=20)),
            (owner, "role_hits", row(item=f"e-{document}", item_kind="expectation", role=DPH, basis="named",
                                      words="Directors of public health", reason="the role is named", force="should")),
            (owner, "role_hits", row(item=f"{key}-2", item_kind="commitment", role=DPH, basis="implied", words="local partners",
                                      reason="the director convenes local partners", force="promised")),
            (owner, "role_hits", row(item=f"d-{document}", item_kind="duty", role=DPH, basis="implied", words="Authorities",
                                      reason="the authority acts through its director", force="duty")),
            (owner, "theme_hits", row(item=f"{key}-1", item_kind="commitment", theme="housing", words="tide table")),
            (owner, "funding", row(item=f"e-{document}", item_kind="expectation", stated=0)),
            (owner, "statement_places", row(item=f"{key}-1", item_kind="commitment", document=document, page=2, words="a tide table")),
            (owner, "measures", row(id=f"m-{document}", document=document, page=2, words="drownings each year",
                                     measure="drownings", type="outcome", scheme="outcomes first")),
            (owner, "vocabulary", row(document=document, section="", phrase="support", **{"class": "vague"}, hits=1, words=900,
                                       per_1000=1.11)),
            (owner, "phrase_counts", row(document=document, phrase="support", rule="word", hits=1)),
            (owner, "phrase_counts", row(document=document, phrase="support", rule="substring", hits=2)),
            (owner, "phrase_hits", row(document=document, phrase="support", rule="word", page=1, start=70, end=77, words="support")),
            *((owner, "phrase_hits", row(document=document, phrase="support", rule="substring", page=1, start=n, end=n + 7, words="support"))
              for n in (70, 90)),
            (owner, "silences", row(document=document, what="Tide Council", kind="organisation", pattern="tide council", pages=2,
                                     hits=0)),
        ]
    rows += [
        (LIBRARY, "commitments", row(id="c-river-plan-2018-3", document="river-plan-2018", page=1, quote="We will map the fords.",
                                     category="specific", concrete=1, section="Chapter 1", deadline="in 2009", deadline_kind="by",
                                     deadline_on="2009-12-31")),
        (LIBRARY, "sums", row(id="sum-1", document="river-plan-2018", page=2, passage="", quote="We will spend £4 million on gauges.", lead_in="", words="£4 million", currency="£", value=4e6,
                              called_new=1, item="c-river-plan-2018-1", item_kind="commitment")),
        (LIBRARY, "sums", row(id="sum-2", document="river-closed-2019", page=1, passage="", quote="£4 million was spent on gauges.", lead_in="", words="£4 million", currency="£", value=4e6)),
        (LIBRARY, "sums", row(id="sum-3", document="river-closed-2019", page=2, passage="", quote=f"£5 million <b>{'w' * 90}</b>.", lead_in="", words="£5 million", currency="£", value=5e6, called_new=0)),
        (LIBRARY, "sums_again", row(sum="sum-1", other="sum-2", likeness=0.8)),
        (SPECIMEN, "similar", row(item="c-specimen-strategy-1", item_kind="commitment", other="c-specimen-strategy-2", score=0.71)),
        (LIBRARY, "headline", row(document="river-plan-2018", section="", measure="commitments", n=2, value=2)),
        (LIBRARY, "headline", row(document="river-plan-2018", section="", measure="share_specific", n=2, value=0.5, low=0.1, high=0.9)),
    ]
    return rows


def _answers() -> list[tuple[str, str, dict]]:
    def asked(n: int, words: str, **more: object) -> tuple[str, str, dict]:
        return (SPECIMEN, "recommendations", row(id=f"specimen-report#{n}", document="specimen-report", number=str(n), page=n,
                                                  text=words, addressee="the Harbour Office", **more))

    def answered(n: int, stance: str | None, **more: object) -> tuple[str, str, dict]:
        return (SPECIMEN, "stances", row(recommendation=f"specimen-report#{n}", responder="harbour-office", stance=stance, **more))

    return [
        asked(1, "The office should light every pier by 2018."), asked(2, "The office should ban loud horns."),
        asked(3, "The tide is a fine thing.", ask=0), asked(4, "The office should fund lifeboats."),
        (SPECIMEN, "responses", row(id="r-1", document="specimen-response", page=1, responder="harbour-office",
                                     text="We accept this. We will light every pier.", heading="Recommendation 1")),
        (SPECIMEN, "responses", row(id="r-2", document="specimen-response", page=1, responder="harbour-office",
                                     text="We do not agree that horns should be banned.")),
        (SPECIMEN, "links", row(recommendation="specimen-report#1", response="r-1", method="id", score=1.0)),
        (SPECIMEN, "links", row(recommendation="specimen-report#2", response="r-2", method="text", score=0.8)),
        (SPECIMEN, "responses", row(id="r-3", document="specimen-response", page=2, responder="harbour-office",
                                    text="On piers we have said all that we can.")),
        (SPECIMEN, "links", row(recommendation="specimen-report#1", response="r-3", method="text", score=0.6)),
        answered(1, "accepted", response="r-1", words="We accept this", also="accepted_in_principle"),
        (SPECIMEN, "stances", row(recommendation="specimen-report#1", responder="river-ministry", stance="not_addressed", explicit=0,
                                  passed_to="harbour-office")),
        answered(2, "rejected", response="r-2", words="do not agree"), answered(4, None, gap="no_response_loaded"),
        (SPECIMEN, "slots", row(recommendation="specimen-report#1", responder="harbour-office", slot="deadline", asked="by 2018",
                                 offered=None, verdict="missing")),
        (SPECIMEN, "unlinked", row(item="specimen-report#3", item_kind="recommendation", reason="asks nothing")),
        (SPECIMEN, "recommendation_places", row(recommendation="specimen-report#1", document="specimen-report", page=7,
                                                 words="light every pier")),
        (SPECIMEN, "role_hits", row(item="specimen-report#1", item_kind="recommendation", role="prison", basis="named", words="office",
                                     reason="the role is named", force="should")),
        (LIBRARY, "claims", row(id="claim-1", document="seed", about="river-plan-2018", page=1, statement="support is used twice",
                                 kind="count", phrase="support", expected="2", measured="2", rule="substring", verdict="reproduced")),
        (LIBRARY, "claims", row(id="claim-2", document="seed", about="river-plan-2018", page=1, statement="nine promises are listed",
                                 kind="list", expected="9", measured="1", verdict="not_reproduced")),
        (LIBRARY, "claim_items", row(claim="claim-2", n=1, item="publish tables", matched="c-river-plan-2018-1", score=0.8,
                                      side="both")),
        (LIBRARY, "claim_items", row(claim="claim-2", n=2, item="build boats", side="claim")),
        ("", "accuracy", row(task="role", label="commitment", split="tune", n=120, precision=0.91, recall=0.9, f1=0.905, low=0.86,
                              high=0.94)),
        ("", "related_words", row(word="tide", other="swell", method="meaning", score=0.7, together=0)),
        ("", "related_words", row(word="tide table", other="almanac", method="company", score=0.5, together=4)),
        ("", "accuracy", row(task="band", label="clear", split="tune", n=80, precision=0.91, recall=0.91, f1=0.91, low=0.84, high=0.95)),
        ("", "runs", row(key="version", value="0.1.0")), ("", "runs", row(key="pipeline", value="c0ffee")),
        ("", "runs", row(key="public", value="1")),
        (LIBRARY, "reviews", row(item="c-river-plan-2018-1", item_kind="commitment", field="category", machine="general",
                                  value="specific", coder="A. Reader", date="2026-01-01", reason="a table is checkable", state="applied")),
    ]


def _hostile() -> list[tuple[str, str, dict]]:
    return [
        ("hostile", "documents", row(id="hostile-2020", title=HOSTILE[:60], publisher="river-ministry", kind="strategy",
                                      published="2020-02", set_name=LIBRARY, url="javascript:alert(1)")),
        ("hostile", "commitments", row(id="c-hostile", document="hostile-2020", page=1, quote=HOSTILE, actor="We", section=HOSTILE[:80])),
        ("hostile", "pages", row(document="hostile-2020", page=1, text=HOSTILE)),
        ("hostile", "passages", row(id="p-hostile", document="hostile-2020", page=1, text=HOSTILE, section="<b>bold</b>")),
        ("hostile", "recommendations", row(id="hostile-2020#1", document="hostile-2020", number="<i>1</i>", page=1, text=HOSTILE)),
        ("hostile", "role_hits", row(item="c-hostile", item_kind="commitment", role=DPH, basis="implied", words="<script>",
                                      reason="<script>alert(2)</script>", force="promised")),
    ]


def build(path: Path, sets: tuple[str, ...] = (SPECIMEN, LIBRARY, "hostile")) -> Path:
    """A finished database at `path`, holding the named sets; the same rows every time."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript(resources.files("policytrack").joinpath("schema.sql").read_text())
    for owner, table, given in _documents() + _bodies() + _passages() + _commitments() + _answers() + _hostile():
        if owner in ("", *sets):
            full = DEFAULTS.get(table, {}) | given
            marks = ", ".join("?" * len(full))
            columns = ", ".join(f'"{name}"' for name in full)
            database.execute(f"insert into {table} ({columns}) values ({marks})", list(full.values()))
    for table, columns in FTS.items():
        sqlite_utils.Database(database)[table].enable_fts(columns, tokenize="unicode61")
    database.commit()
    database.close()
    return path


if __name__ == "__main__":
    print(json.dumps(str(build(Path("site-fixture.db")))))
