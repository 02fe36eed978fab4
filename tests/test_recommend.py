"""Recommendations in the layouts in which reports print them."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytrack import numbers, recommend
from policytrack.model import Passage, Statement

RULES = recommend.load(Path(__file__).parent.parent / "pipelines")


def passages(*rows: tuple) -> list[Passage]:
    """Passages from (kind, number, text[, lead_in]) rows."""
    return [Passage(id=f"p{n}", document="report", page=1 + n // 8, section="", number=row[1], text=row[2], kind=row[0], zone="heading" if row[0] == "heading" else "body",
                    lead_in=row[3] if len(row) > 3 else "", level=(1 if not row[1] else 2) if row[0] == "heading" else 0) for n, row in enumerate(rows)]


def found(*rows: tuple):
    return recommend.recommendations("report", passages(*rows), RULES)


def test_headings_and_the_same_again_in_the_summary():
    got = found(("heading", "Recommendation 1", "Recommendation 1: Councils should publish plans."), ("heading", "", "How plans are made"), ("paragraph", "", "Few councils have plans."),
                ("heading", "Recommendation 1", "Recommendation 1"), ("paragraph", "", "Councils should publish plans for treatment every spring."),
                ("heading", "Recommendation 2", "Recommendation 2"), ("paragraph", "", "The ministry should read them."), ("paragraph", "", "The panel met nine times."))
    assert [(r.number, len(r.places), r.text) for r in got] == [("1", 2, "Councils should publish plans for treatment every spring."), ("2", 1, "The ministry should read them.")]
    assert got[0].addressee == "Councils"


def test_conclusions_that_ask_nothing():
    got = found(("paragraph", "Conclusion 1", "The move was right."), ("paragraph", "Recommendation 1", "Recommendation 1: The board should meet."), ("paragraph", "Conclusion 2", "Money is short."))
    assert {r.number: r.ask for r in got} == {"1": True, "C1": False, "C2": False}


def test_a_chapter_of_conclusions_and_recommendations():
    got = found(("heading", "", "Conclusions and recommendations"), ("paragraph", "8.1", "We recommend that the ministry publish the figures (paragraph 2.4)."),
                ("paragraph", "8.2", "The figures are poor (paragraph 2.9)."), ("paragraph", "8.3", "We urge councils to improve them (paragraph 3.1)."))
    assert [(r.number, r.ask) for r in got] == [("8.1", True), ("8.2", False), ("8.3", True)]


def test_numbers_under_words_that_lead_in():
    got = found(("paragraph", "4.1", "Delay is common. I recommend:"), ("paragraph", "1", "A lawyer shall be appointed.", "I recommend:"), ("paragraph", "4.2", "Costs rose."),
                ("paragraph", "2", "Offers shall be made by June.", "I recommend:"), ("paragraph", "3", "The scheme shall close.", "I recommend:"))
    assert [(r.number, r.ask) for r in got] == [("1", True), ("2", True), ("3", True)]


def test_letters_under_numbered_headings():
    got = found(("heading", "", "The Recommendations"), ("heading", "1", "Training"), ("item", "(a)", "The college should teach it in every year of the course."),
                ("item", "(b)", "Duty"), ("item", "(i)", "A duty of candour should be introduced in the north."), ("item", "(ii)", "The duty should be reviewed in the south by May."),
                ("heading", "2", "Records"), ("item", "(a)", "That every patient be given a copy of the record."))
    assert [r.number for r in got] == ["1(a)", "1(b)(i)", "1(b)(ii)", "2(a)"]


def test_a_list_without_numbers():
    got = found(("heading", "", "Recommendations"), ("item", "", "Councils should publish plans."), ("item", "", "The ministry should read them."), ("heading", "", "Annex"), ("paragraph", "", "It should rain."))
    assert [r.text for r in got] == ["Councils should publish plans.", "The ministry should read them."]


def test_parts_of_one_recommendation():
    got = found(("heading", "Recommendation 5", "Recommendation 5: The college should:"), ("item", "(a)", "open a register;"), ("item", "(b)", "double the places."),
                ("heading", "Recommendation 6", "Recommendation 6: The board should meet."))
    assert [r.number for r in got] == ["5", "5(a)", "5(b)", "6"]


def test_what_others_asked_is_no_ask():
    assert not recommend.asks("Witnesses argued that fees should fall.", RULES)
    assert recommend.asks("We urge ministers to lower the fees.", RULES)


@pytest.mark.parametrize("printed, form", [("4a) iv", "4(a)(iv)"), ("4 (a)(iv)", "4(a)(iv)"), ("Recommendation One", "1"), ("Conclusion 3", "C3"), ("8.17", "8.17"), ("[12]", "12"), ("7a) i", "7(a)(i)")])
def test_ids_in_one_form(printed, form):
    assert numbers.normal(printed) == form


@pytest.mark.parametrize("text, ids", [("8.17 to 8.19: x", ("8.17", "8.18", "8.19")), ("1-3", ("1", "2", "3")), ("5(a) and (b)", ("5(a)", "5(b)")), ("4a) i to iii", ("4(a)(i)", "4(a)(ii)", "4(a)(iii)")),
                                       ("1 and we accept", ("1",)), ("4 a scheme", ("4",)), ("2 and Recommendation 3", ("2", "3")), ("we", ())])
def test_runs_of_ids(text, ids):
    assert numbers.listed(text)[0] == ids


def rows_of(*rows: str):
    made = [Passage(id=f"p{n}", document="report", page=1, section="", number="", text=row.replace(" | ", "\t"), kind="table", cells=tuple(row.split(" | "))) for n, row in enumerate(rows)]
    return recommend.recommendations("report", made, RULES)


def test_a_table_with_a_row_for_each():
    got = rows_of("No. | Recommendation | Lead department", "1 | Publish a plan for treatment each spring. | The ministry", " | and keep it up to date. | ", "2 | Councils should read it. | Councils")
    assert [(r.number, r.text, r.addressee) for r in got] == [("1", "Publish a plan for treatment each spring. and keep it up to date.", "The ministry"), ("2", "Councils should read it.", "Councils")]


def test_a_table_of_answers_is_no_list_of_recommendations():
    assert rows_of("No. | Recommendation | Response", "1 | Councils should publish plans. | Accepted", "2 | Councils should read plans. | Noted") == ()


def test_a_list_parted_by_whom_it_is_for():
    got = found(("heading", "", "Recommendations"), ("heading", "", "For government"), ("item", "", "Publish a plan for treatment each spring."), ("item", "", "Establish a register of hostels."),
                ("heading", "", "For councils"), ("item", "", "Publish what was spent each year."), ("heading", "", "Annex"), ("item", "", "Publish nothing."))
    assert [r.text for r in got] == ["Publish a plan for treatment each spring.", "Establish a register of hostels.", "Publish what was spent each year."]


@pytest.mark.parametrize(("text", "who"), [
    ("The board should meet.", "The board"),
    ("To get there, the ministry should publish its plan.", "the ministry"),       # an opening is nobody
    ("The ministry following talks with its board should report.", "The ministry"),
    ("A review of each harbour should be completed.", None),                        # a thing is not asked
    ("A review should take place each spring.", None),
    ("All patients should receive a letter.", None),
    ("My plan remains that a scheme should start.", None),                          # a clause is nobody
    ("Councils have asked them to wait.", None),
])
def test_whoever_is_asked_is_a_body_or_a_person(text, who):
    assert recommend.addressee(text, RULES) == who


def test_letters_in_place_of_numbers_run_past_those_that_are_roman_too():
    got = found(("heading", "", "Recommendations"), *(("paragraph", "", f"Recommendation {letter}. Harbour number {n} should be dredged each {month}.")
                                                     for n, (letter, month) in enumerate(zip("ABCDEFGHIJ", ("January", "March", "May", "July", "summer", "autumn", "winter", "spring", "August", "year"), strict=True))))
    assert [r.number for r in got] == list("ABCDEFGHIJ")


def test_ordinals_are_numbers():
    got = found(("paragraph", "", "First recommendation. Buoys should be painted."), ("paragraph", "", "Second recommendation. Wrecks should be marked on all charts."))
    assert [(r.number, r.text) for r in got] == [("1", "Buoys should be painted."), ("2", "Wrecks should be marked on all charts.")]


def test_a_bare_label_takes_the_number_of_the_conclusion_above():
    got = found(("heading", "", "Conclusions and recommendations"), ("item", "1", "The plan is late."), ("item", "", "Recommendation: The ministry should publish a plan by May."),
                ("item", "2", "Nobody is in charge."), ("item", "", "Recommendation:"), ("item", "2a.", "The Cabinet should name a minister."), ("item", "2b.", "The Treasury should review the money."))
    assert [r.number for r in got] == ["1", "2(a)", "2(b)"]


def test_bullets_under_words_that_recommend():
    lead = "We recommend that:"
    got = found(("paragraph", "", lead), ("item", "", "the rules on smoke be reviewed;", lead), ("item", "", "grants be paid to those with old stoves; and", lead), ("item", "", "sellers be licensed.", lead))
    assert [r.text for r in got] == ["the rules on smoke be reviewed;", "grants be paid to those with old stoves; and", "sellers be licensed."]


def test_advice_in_the_prose_of_a_letter():
    got = found(("paragraph", "", "Dear Minister,"), ("paragraph", "", "We therefore recommend that kites be registered."), ("paragraph", "", "Our second piece of advice is that flyers be trained."),
                ("paragraph", "", "Would you please ask the police to count the accidents?"), ("paragraph", "", "Yours sincerely,"))
    assert len(got) == 3 and all(r.ask for r in got)


def test_advice_in_prose_that_never_says_recommend():
    got = found(("paragraph", "2.1", "Vans are slow. Staff hurry. Escorts should sign to confirm that the record has been read out."), ("paragraph", "2.2", "It should be noted that women wait. The duty governor must inspect cells daily."),
                ("paragraph", "3.1", "Witnesses told us that this should stop."), ("paragraph", "3.2", "Reception packs should be given free of charge to those without money. The cost is slight."),
                ("paragraph", "3.3", "No prisoner should arrive after dark. Men in withdrawal wait. Relief and, where indicated, a first dose ought to be available on the first night."), ("paragraph", "4.1", "Nothing here is beyond a determined service."))
    assert [(r.number, r.text.split()[0]) for r in got] == [("2.1", "Escorts"), ("2.2", "The"), ("3.2", "Reception"), ("", "No"), ("", "Relief")]


def test_sentences_of_a_counted_paragraph_that_ask_one_behind_the_other_are_one():
    got = found(*(("paragraph", f"{n}", f"Pubs close. The ministry should count pubs of kind {word}. It must publish the count.") for n, word in enumerate(("one", "two", "three", "four", "five"), 7)))
    assert [r.number for r in got] == ["7", "8", "9", "10", "11"] and all("publish the count" in r.text for r in got)


def test_labels_of_a_theme_and_a_count():
    got = found(("paragraph", "", "Homes are full."), ("quotation", "", "Funding 1 A sum should be set aside."), ("quotation", "", "Funding 2 Panels should decide in ten days."),
                ("quotation", "", "Places 1 (a) The two governments should open homes; and (b) the cost of care should be met."), ("paragraph", "", "Table 1 Homes by year"))
    assert [(r.number, r.ask) for r in got] == [("Funding 1", True), ("Funding 2", True), ("Places 1(a)", True), ("Places 1(b)", True)]
    assert got[3].text == "the cost of care should be met."


def test_letters_under_a_bare_label_and_under_a_numbered_heading():
    minutes = found(("paragraph", "1", "Bridges are weak."), ("paragraph", "", "Recommendation:"), ("item", "a)", "The ministry should measure them."), ("item", "b)", "It should publish what it finds."),
                    ("paragraph", "2", "Grants are blind."), ("paragraph", "", "Recommendation: The ministry should revise the grant."), ("paragraph", "3", "Engineers leave."), ("paragraph", "", "Recommendation: The ministry should train them."))
    assert [r.number for r in minutes] == ["1(a)", "1(b)", "2", "3"]
    boxes = found(("heading", "Recommendation 1", "Recommendation 1"), ("box", "", "The drug should be controlled."), ("heading", "Recommendation 2", "Recommendation 2"), ("box", "", "Supply should be watched:"),
                  ("box", "2a.", "Dealers should report orders."), ("box", "2b.", "The board should publish quantities."))
    assert {"2(a)", "2(b)"} <= {r.number for r in boxes}


def test_a_list_whose_items_end_with_their_paragraphs():
    got = found(("heading", "", "List of recommendations"), ("item", "", "Prisoners should arrive in time. (1.3)"), ("item", "", "Interviews should be private. (1.6)"), ("item", "", "The billets should be closed. (2.2)"))
    assert [(r.number, r.text) for r in got] == [("1.3", "Prisoners should arrive in time."), ("1.6", "Interviews should be private."), ("2.2", "The billets should be closed.")]


def test_praise_asks_nothing():
    got = found(("paragraph", "", "Recommendation 1: Piers should be mended."), ("paragraph", "", "Recommendation 2: The crews are to be praised for their courage."))
    assert {r.number: r.ask for r in got} == {"1": True, "2": False}


def test_clauses_with_small_roman_numbers_under_words_that_lead_in():
    lead = "I recommend:"
    got = found(("paragraph", "5.1", lead), *(("item", f"({mark})", f"that {words};", lead) for mark, words in
                (("i", "plans be published each spring"), ("ii", "hostels be inspected"), ("iii", "complaints be answered"), ("iv", "the leader make an apology"))))
    assert [(r.number, r.text.split()[1]) for r in got] == [("1", "plans"), ("2", "hostels"), ("3", "complaints"), ("4", "the")]


def test_coded_parts():
    got = found(("paragraph", "", "R1 All staff be trained in first aid."), ("paragraph", "", "R2(a) Leases be amended by the board."), ("paragraph", "", "R2(b) Evictions be reported to this committee."))
    assert [r.number for r in got] == ["1", "2(a)", "2(b)"]


@pytest.mark.parametrize("text, capital", [("i, ii and iv", "I, II and IV"), ("1 and 2", "1 and 2"), ("iii to v", "III to V"), ("vi of it", "vi of it")])
def test_small_roman_lists(text, capital):
    assert numbers.capitals(text) == capital


@pytest.mark.parametrize("marker, place", [("4.", 4), ("(iv)", 4), ("(b)", 0), ("iv", 0), ("", 0)])
def test_places_of_markers(marker, place):
    assert numbers.position(marker) == place


def test_a_table_counted_within_each_theme():
    got = rows_of("Ref | The Panel recommends that … | Lead", "D1 | every report of damp is followed by a visit | Head of Homes", "D2 | a survey of all homes is made | Head of Homes", "H1 | one officer reads the letters | Director")
    assert [(r.number, r.text[:9], r.ask) for r in got] == [("D1", "every rep", True), ("D2", "a survey ", True), ("H1", "one offic", True)]


def test_statements_stand_beside_the_cues_only_where_no_list_is_printed():
    def said(passage: str, text: str, role="recommendation", confidence=0.9):
        return Statement(f"s-{passage}", "report", passage, 1, role, "", text, confidence=confidence)

    prose = [("paragraph", "", "Rooms were hot. But every home, by May, should have one cool room."), ("paragraph", "", "It should be large. We must wait."), ("paragraph", "", "We recommend a fund.")]
    statements = [said("p0", "But every home, by May, should have one cool room."), said("p1", "It should be large."), said("p1", "We must wait.", confidence=0.5), said("p2", "We recommend a fund.")]
    got = recommend.recommendations("report", passages(*prose), RULES, lambda: statements)
    assert [r.text for r in got] == ["But every home, by May, should have one cool room.", "We recommend a fund."]
    listed = [*prose, ("paragraph", "", "Recommendation 1: Boards should meet."), ("paragraph", "", "Recommendation 2: Boards should write.")]
    assert [r.number for r in recommend.recommendations("report", passages(*listed), RULES, lambda: statements)] == ["1", "2"]


def test_recommendations_for_improvement():
    got = found(("paragraph", "", "Recommendation for improvement 1"), ("paragraph", "", "The partnership should meet."), ("paragraph", "", "Recommendation for improvement 2"), ("paragraph", "", "It should write."))
    assert [r.number for r in got] == ["1", "2"]


@pytest.mark.parametrize("fellows", [["6", "6(a)", "6(a)(iv)", "6(a)(v)", "6(a)(vi)", "6(a)(x)", "6(b)"], ["3(i)", "3(ii)", "3(v)", "3(vi)"], ["3(h)", "3(i)", "3(j)", "3(v)"]])
def test_parts_are_ranked_as_a_reader_counts_them(fellows):
    assert sorted(set(fellows), key=lambda number: numbers.ranks(number, fellows)) == fellows


def test_what_an_id_belongs_to():
    assert numbers.line("4(a)(iv)") == ("4(a)(iv)", "4(a)", "4") and numbers.line("8.17") == ("8.17",) and numbers.line("") == ()
    assert numbers.part("4(a)(iv)") == "iv" and numbers.part("4") == "" and numbers.whole("4(a)(iv)") == "4" == numbers.whole("4")
