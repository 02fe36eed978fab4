"""Answers in the layouts in which responses print them."""

from __future__ import annotations

from pathlib import Path

from policytrack import respond
from policytrack.model import Passage, Recommendation

RULES = respond.load(Path(__file__).parent.parent / "pipelines")
BODIES = {"scottish government": "scottish-government", "welsh government": "welsh-government", "uk government": "uk-government", "government": "uk-government"}
KNOWN = [Recommendation(f"r{n}", "report", str(n), 1, text) for n, text in enumerate(
    ["Councils should publish a plan for treatment every spring.", "The ministry should open a register of all hostels.", "Ministers should consider a levy on cider."], 1)]


def answers(*rows: tuple, known=KNOWN):
    """Responses to (kind, text[, number or cells]) rows."""
    made = [Passage(id=f"p{n}", document="response", page=1, section="", number=row[2] if len(row) > 2 and isinstance(row[2], str) else "", text=row[1], kind=row[0],
                    zone="heading" if row[0] == "heading" else "body", level=row[3] if len(row) > 3 else 2 if row[0] == "heading" else 0,
                    cells=tuple(row[1].split("\t")) if row[0] == "table" else ()) for n, row in enumerate(rows)]
    return respond.responses("response", made, known, "uk-government", lambda name: BODIES.get(name.casefold().removeprefix("the ")), RULES)


def test_restated_then_answered():
    got = answers(("heading", "Recommendation 1"), ("paragraph", KNOWN[0].text), ("paragraph", "We accept this. Plans are due in May."))
    assert [(r.numbers, r.restated, r.text) for r in got] == [(("1",), KNOWN[0].text, "We accept this. Plans are due in May.")]


def test_one_answer_to_several():
    got = answers(("heading", "Recommendations 1 and 2"), ("paragraph", f"Recommendation 1: {KNOWN[0].text}"), ("paragraph", f"Recommendation 2: {KNOWN[1].text}"), ("paragraph", "We accept both."))
    assert [(r.numbers, r.text) for r in got] == [(("1", "2"), "We accept both.")]


def test_numbered_paragraphs_that_repeat_without_a_label():
    got = answers(("paragraph", KNOWN[0].text, "1"), ("paragraph", KNOWN[1].text, "2"), ("paragraph", "The Government agrees with both."), ("paragraph", KNOWN[2].text, "3"), ("paragraph", "We have no plans to."))
    assert [(r.numbers, r.text) for r in got] == [(("1", "2"), "The Government agrees with both."), (("3",), "We have no plans to.")]


def test_a_heading_with_the_verdict():
    got = answers(("heading", "Recommendation 2"), ("paragraph", KNOWN[1].text), ("heading", "Recommendation rejected", "", 3), ("paragraph", "It would cost too much."))
    assert [(r.verdict, r.text) for r in got] == [("Recommendation rejected", "Recommendation rejected\n\nIt would cost too much.")]


def test_governments_that_differ():
    got = answers(("heading", "Recommendation 2"), ("heading", "UK Government: accept in full", "", 3), ("paragraph", "It opens in May."),
                  ("heading", "Scottish Government and Welsh Government: not accepted", "", 3), ("paragraph", "There is no need."))
    assert [(r.responder, r.verdict) for r in got] == [("uk-government", "accept in full"), ("scottish-government", "not accepted"), ("welsh-government", "not accepted")]


def test_a_table_with_a_column_of_verdicts():
    got = answers(("table", "No.\tRecommendation\tResponse"), ("table", f"1\t{KNOWN[0].text}\tAccept in part"), ("table", "\tThe rest of it on the next page.\t"), ("table", f"2\t{KNOWN[1].text}\tTBC"))
    assert [(r.numbers, r.verdict) for r in got] == [(("1",), "Accept in part"), (("2",), "TBC")]
    assert got[0].restated.endswith("on the next page.")


def test_a_table_of_subjects():
    got = answers(("table", "Recommendation\tSubject\tPosition"), ("table", "1\tPlans\tAccepted"), ("table", "2\tHostels\tNot accepted"))
    assert [(r.numbers, r.verdict) for r in got] == [(("1",), "Accepted"), (("2",), "Not accepted")]


def test_a_letter_that_answers_some():
    got = answers(("paragraph", "Thank you for your report."), ("paragraph", "We accept recommendation 1. Plans are due."), ("paragraph", "On recommendation 3, we will reply by June."))
    assert [(r.numbers, r.text) for r in got] == [(("1",), "We accept recommendation 1. Plans are due."), (("3",), "On recommendation 3, we will reply by June.")]


def test_a_report_that_is_not_loaded():
    got = answers(("heading", "Council recommendation 1"), ("paragraph", "Schools should teach it."), ("heading", "Government response", "", 3), ("paragraph", "The Government agrees."), known=[])
    assert [(r.numbers, r.restated, r.text) for r in got] == [(("1",), "Schools should teach it.", "The Government agrees.")]


def test_prose_under_topics():
    got = answers(("heading", "Introduction"), ("paragraph", "We thank the council."), ("heading", "Hostels"), ("paragraph", "A register of hostels exists."), known=[])
    assert [(r.numbers, r.heading) for r in got] == [((), "Hostels")]


def test_an_answer_before_another_governments_verdict_is_kept():
    got = answers(("heading", "Recommendation 2"), ("paragraph", KNOWN[1].text), ("paragraph", "Hostels here are few, and a list of them is kept by every town."), ("paragraph", "Scottish Government: accepted"), ("paragraph", "A list is kept."))
    assert [(r.responder, r.text) for r in got] == [("uk-government", "Hostels here are few, and a list of them is kept by every town."), ("scottish-government", "Scottish Government: accepted\n\nA list is kept.")]


def test_an_acceptance_of_the_whole_report():
    got = answers(("paragraph", "I am glad to say that the Government accepts the Council's recommendations."), ("heading", "Plans"), ("paragraph", "Plans are made by each board."))
    assert [r.text for r in got if r.numbers == (respond.WHOLE,)] == ["I am glad to say that the Government accepts the Council's recommendations."]


def test_ids_behind_what_they_answer():
    got = answers(("paragraph", "The plans will be ready by May (recommendation 1). Hostels cost more than we have (recommendation 2)."))
    assert [(r.numbers, r.text) for r in got] == [(("1",), "The plans will be ready by May (recommendation 1)."), (("2",), "Hostels cost more than we have (recommendation 2).")]


def test_a_paragraph_for_each_of_the_recommendations_that_a_heading_names():
    words = ("Councils will publish their plans for treatment by April.", "A register of hostels is being set up.", "A levy on cider is for the next budget.")
    got = answers(("heading", "Plans and hostels (recommendations i, ii and iii)"), *(("paragraph", text, f"4.{n}") for n, text in enumerate(words, 1)))
    assert [(r.numbers, r.text) for r in got] == [((str(n),), text) for n, text in enumerate(words, 1)]


def test_paragraphs_that_fit_no_order_stay_one_answer():
    got = answers(("heading", "Plans and hostels (1 and 2)"), ("paragraph", "The register of all hostels is open."), ("paragraph", "A plan for treatment is published every spring."))
    assert [r.numbers for r in got] == [("1", "2")]


def test_a_letter_that_answers_behind_a_code_and_a_topic():
    coded = [Recommendation(f"r{n}", "report", str(n), 1, r.text) for n, r in enumerate(KNOWN, 1)]
    got = answers(("paragraph", "Thank you for the report of your group, which members read with interest."),
                  ("paragraph", "R1 (plans for treatment). We agree. A plan for treatment will be written by the partnership, and you asked that it should be brief, so that everybody who has a part in it may read it."),
                  ("paragraph", "R3 (cider). We would want to see figures before taking a view on this, and officers have been asked to collect them from the trade over the summer."),
                  ("paragraph", "Please pass on our thanks to the members."), ("paragraph", "Yours sincerely"), ("paragraph", "A. Nyman, Clerk"), known=coded)
    assert [r.numbers for r in got if r.numbers] == [("1",), ("3",)]
    assert all("thanks" not in r.text and "Clerk" not in r.text for r in got)


def test_a_table_under_words_of_its_own():
    got = answers(("table", "Scrutiny recommendation\tCabinet decision and comments\tLead officer\tBy when"), ("table", f"R2 {KNOWN[1].text}\tNot agreed. It would cost too much.\tHead of Housing\t–"))
    assert [(r.numbers, r.text) for r in got] == [(("2",), "Not agreed. It would cost too much.")]


def test_a_heading_run_into_the_paragraph_with_its_ids():
    got = answers(("paragraph", "Plans for treatment (Recommendation 1). The ministry wrote to every council in May."),
                  ("paragraph", "Hostels and cider (recommendations 2 and 3): We accept recommendation 2. On recommendation 3 there is more to hear."))
    assert [(r.numbers, r.heading, r.text) for r in got] == [
        (("1",), "Plans for treatment (Recommendation 1)", "The ministry wrote to every council in May."),
        (("2",), "Hostels and cider (recommendations 2 and 3)", "We accept recommendation 2."),
        (("3",), "Hostels and cider (recommendations 2 and 3)", "On recommendation 3 there is more to hear.")]


def test_a_count_that_answers_several():
    known = [*KNOWN, Recommendation("r4", "report", "4", 1, "Harbours should be swept each week."), Recommendation("r5", "report", "5", 1, "Ferries should carry nurses.")]
    got = answers(("item", "We accept this recommendation.", "1"), ("item", "The register has been open since 2029.", "2"), ("paragraph", "3, 4 and 5. The Department notes these recommendations."), known=known)
    assert [r.numbers for r in got] == [("1",), ("2",), ("3", "4", "5")]


def test_a_column_of_positions():
    got = answers(("table", "Recommendation\tPosition of the Scottish Government"), ("table", "1\tAccepted. Plans are due in May."), ("table", "2\tThe register is for towns to keep."))
    assert [(r.numbers, r.text) for r in got] == [(("1",), "Accepted. Plans are due in May."), (("2",), "The register is for towns to keep.")]


def test_a_letter_that_names_some_and_means_others():
    """A single id anywhere in a paragraph says what it answers; a paragraph that is clearly about another one begins anew."""
    got = answers(("paragraph", "Spring is a busy season. In principle I accept recommendation 1."), ("paragraph", "The first drafts are with councils."),
                  ("paragraph", "As to hostels, a register would be opened by the ministry only after a count."), ("paragraph", "You also suggested cider (recommendation 3). A levy is for the Treasury."))
    assert [(r.numbers, r.text[:24]) for r in got] == [(("1",), "Spring is a busy season."), ((), "As to hostels, a registe"), (("3",), "You also suggested cider")]
    assert got[0].text.endswith("The first drafts are with councils.") and got[2].heading == respond.MENTION


def test_limbs_one_behind_the_other_are_answered_together():
    known = [Recommendation("r1", "report", "1(a)", 1, "Boards should sell the northern huts."), Recommendation("r2", "report", "1(b)", 1, "Boards should let the southern huts.")]
    got = answers(("paragraph", "PAC recommendation: Boards should sell the northern huts.", "1a"), ("paragraph", "PAC recommendation: Boards should let the southern huts.", "1b"),
                  ("paragraph", "The government agrees with both limbs."), known=known)
    assert [(r.numbers, r.text) for r in got] == [(("1(a)", "1(b)"), "The government agrees with both limbs.")]


def test_a_table_of_actions_with_coded_rows():
    got = answers(("table", "Ref\tArea\tWhat we will do\tStatus"), ("table", "RI 1, RI 3\tPlans\tBoth will be done by May.\tGreen"), ("table", "RI 2\tHostels\tNot accepted.\tRed"))
    assert [(r.numbers, r.verdict) for r in got] == [(("1", "3"), "Green"), (("2",), "Red")]
    assert "Both will be done by May." in got[0].text


def test_rows_by_the_codes_of_the_report():
    known = [Recommendation("r1", "report", "D1", 1, "Surveyors should stay an hour."), Recommendation("r2", "report", "H1", 1, "One officer should read the letters.")]
    got = answers(("table", "Ref\tResponse"), ("table", "D1\tAgreed."), ("table", "H1\tAn officer has been named."), known=known)
    assert [r.numbers for r in got] == [("D1",), ("H1",)]
