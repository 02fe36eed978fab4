"""What falls on a role: each statement once, in its nation, told from what local bodies do themselves; page, paper and calendar agree."""

from __future__ import annotations

import io
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from docx import Document

import site_fixture
from crawl import Reader, crawl, wrong
from policytrack import falls, paper

SITE = Path(__file__).parents[1] / "datasette"
DPH, PAGE, PLAN = site_fixture.DPH, f"/for/{site_fixture.DPH}", "river-plan-2018"
LEARNED = "suggested by comparison"


def _statement(table: str, key: str, **columns: object) -> tuple[str, dict]:
    return table, site_fixture.DEFAULTS[table] | {"id": key, "document": PLAN, "page": 1} | columns


def _hit(kind: str, key: str, basis: str = "implied", force: str = "should", **columns: object) -> tuple[str, dict]:
    return "role_hits", {"item": key, "item_kind": kind, "role": DPH, "basis": basis, "words": "local areas", "reason": "why", "force": force} | columns


ROWS = [
    _statement("recommendations", "r1", number="1", text="1. We recommend that local areas count their boats. It is time."),
    _statement("expectations", "e1", quote="We recommend that local areas count their boats.", extent="scotland"), _hit("recommendation", "r1"), _hit("expectation", "e1", force="must"),
    _statement("expectations", "e2a", quote="Directors of public health swim and sing.", act="swim", extent="england"), _hit("expectation", "e2a", "named", reason="the office is named"),
    _statement("expectations", "e2b", quote="Directors of public health swim and sing.", act="sing", extent="england"), _hit("expectation", "e2b", reason=LEARNED),
    _statement("commitments", "c1", quote="Local areas will count their boats by May 2090.", extent="england-and-wales", deadline="by May 2090", deadline_on="2090-05-31"),
    _hit("commitment", "c1", force="promised", own_act=1),
    _statement("commitments", "c2", quote="We will help local areas by April 2019.", extent="uk", deadline="by April 2019", deadline_on="2019-04-30"), _hit("commitment", "c2", force="promised"),
    _statement("expectations", "n1", quote="Boats should be counted.", extent="uk"), _hit("expectation", "n1", role="nobody-named"),
    ("roles", {"id": "nobody-named", "name": "The asks that name nobody", "description": "Nobody is named."}),
    *(("accuracy", {"task": task, "label": "all", "split": "tune, library", "n": n, "precision": precision, "recall": 0.6, "f1": 0.5, "low": 0.3, "high": 0.7})
      for task, n, precision in (("role-nobody", 26, 0.42), ("role-named", 148, 0.97), ("role-implied", 104, 0.68))),
]


@pytest.fixture(scope="module")
def db(tmp_path_factory) -> Path:
    path = site_fixture.build(tmp_path_factory.mktemp("falls") / "falls.db", (site_fixture.LIBRARY,))
    with sqlite3.connect(path) as connection:
        for table, row in ROWS:
            connection.execute(f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values()))
    connection.close()
    return path


@pytest.fixture(scope="module")
def rows(db) -> sqlite3.Connection:
    connection = sqlite3.connect(db)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def site(db) -> Reader:
    return Reader(db, SITE)


def _paper(rows, today: str = "2026-05-03", **chosen: str) -> list[str]:
    return [p.text for p in Document(io.BytesIO(paper.board_paper(rows, DPH, date.fromisoformat(today), **chosen))).paragraphs]


def test_a_statement_read_twice_stands_once_under_the_hardest_of_its_forces(rows, site):
    boats = [e for e in falls.entries(rows)[DPH] if "count their boats" in e.words and e.force != "local"]
    assert [(e.kind, e.force) for e in boats] == [("recommendation", "must")]
    assert site.get(PAGE).text.count("local areas count their boats") == 1 and sum("local areas count their boats" in line for line in _paper(rows)) == 1


def test_what_is_named_comes_before_what_is_implied_and_needs_no_comparison(rows, site):
    swim, = (e for e in falls.entries(rows)[DPH] if "swim" in e.words)
    assert (swim.basis, swim.acts, [hit["reason"] for hit in swim.hits]) == ("named", ("swim", "sing"), ["the office is named"])
    assert LEARNED not in site.get(PAGE).text and LEARNED not in "\n".join(_paper(rows))


def test_the_whole_of_lettered_parts_is_not_printed_beside_them(db, tmp_path):
    path = tmp_path / "parts.db"
    path.write_bytes(db.read_bytes())
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        for table, row in [_statement("recommendations", "w", number="2", text="2. Pilots: (a) row; (b) sail."), _statement("recommendations", "wa", number="2a", text="Pilots: row", part_of="w"),
                           _hit("recommendation", "w"), _hit("recommendation", "wa")]:
            connection.execute(f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values()))
        assert [e.words for e in falls.entries(connection)[DPH] if "Pilots" in e.words] == ["Pilots: row"]
    connection.close()


def test_what_local_bodies_do_themselves_is_no_national_promise(site):
    page = site.soup(PAGE)
    assert page.select_one("#local").text.startswith("Said of local bodies themselves 1")
    assert "Local areas will count" not in page.select_one("#promised").find_parent("section").text
    assert page.select_one("#promised .status").text == "2"
    assert site.soup(f"{PAGE}?force=promised").select_one("[data-total]")["data-total"] == "2"


@pytest.mark.parametrize(("nation", "n"), [("", 7), ("england", 2), ("uk", 4), ("scotland", 1), ("wales", 1), ("northern-ireland", 0), ("scotland,uk", 5)])
def test_the_page_and_the_paper_can_be_had_for_one_nation(site, rows, nation, n):
    assert len(falls.kept(falls.entries(rows)[DPH], nation=nation)) == n
    assert site.soup(f"{PAGE}?nation={nation}").select_one("[data-total]")["data-total"] == str(n)
    response = site.get(f"{PAGE}/board-paper.docx?nation={nation}")
    summary = [p.text for p in Document(io.BytesIO(response.content)).paragraphs]
    assert any(line.startswith(f"{n} statement") for line in summary) and response.headers["content-disposition"].endswith('.docx"')


def test_links_to_nations_count_and_keep_the_other_filters(site):
    page = site.soup(f"{PAGE}?force=should&nation=england")
    links = {a.text.rsplit(" ", 1)[0]: (a["href"], a["data-n"]) for a in page.select(".nations a")}
    assert links["England"] == (f"{PAGE}?force=should&nation=england", "1") and links["UK-wide"][1] == "1" and "England and UK-wide" in links
    assert page.select_one(".nations [aria-current]").text == "England 1" and "Wales 0" in page.select_one(".nations").text
    assert "nation=england" in page.select_one("a.go")["href"] and "nation=england" in page.find("a", href=lambda h: h and h.startswith("/deadlines.ics?role"))["href"]
    assert "nation=scotland" in site.soup("/for?nation=scotland").select_one("tbody a.n")["href"]


def test_every_number_is_that_of_its_link_under_a_filter_too(site):
    numbers = {(a["href"], int(a["data-n"])) for path in (PAGE, f"{PAGE}?nation=england", f"{PAGE}?nation=uk&force=promised", "/for?nation=uk") for a in site.soup(path).select("main a.n")}
    assert len(numbers) > 15 and not [line for link, n in sorted(numbers) if (line := wrong(site, link, n))]
    assert crawl(site)


def test_the_page_and_the_paper_count_alike(site, rows):
    said = "7 statements in 1 document, of 2 read"
    assert said in " ".join(site.soup(PAGE).select_one(".total").text.split()) and any(line.startswith(said) for line in _paper(rows))


def test_the_paper_opens_with_what_a_board_must_know(rows):
    lines = _paper(rows)
    summary = "\n".join(lines[lines.index("Summary"):next(n for n, line in enumerate(lines) if line == "Existing duty restated (1)")])
    assert "Issued 3 May 2026." in summary and "Only" not in summary
    assert "Must: 1; Should: 2; Promised by national bodies: 2; Said of local bodies themselves: 1" in summary
    assert "Dates: 1 passed, 1 still to come." in summary and "The river health plan (1 May 2018): 7 statements" in summary
    assert "about 97 do" in summary and "about 68 do" in summary and "made by a language model" in summary and "not its merit" in summary
    assert "Only: England, UK-wide; Must." in "\n".join(_paper(rows, nation="england,uk", force="must"))


def test_dates_are_written_out_and_those_that_have_passed_are_marked(rows, site):
    words = "\n".join(_paper(rows))
    assert "Due 30 April 2019, passed (“by April 2019”)." in words and "Due 31 May 2090 (“by May 2090”)." in words
    assert "2019-04-30" not in words + site.soup(PAGE).text and "Date passed on 30 April 2019" in site.soup(PAGE).text


def test_that_nobody_is_named_is_said_with_how_often_that_is_right(site):
    for path in (PAGE, "/for", "/for/nobody-named"):
        words = site.soup(path).text
        assert "Of 100 statements said to name nobody, about 42 do;" in words and "26 labelled" in words, path
    assert site.soup(PAGE).find("a", href="/for/nobody-named")["data-n"] == "1"


def test_paper_has_what_fits_and_the_screen_the_first(db, tmp_path):
    path = tmp_path / "many.db"
    path.write_bytes(db.read_bytes())
    with sqlite3.connect(path) as connection:
        for n in range(60):
            for table, row in (_statement("expectations", f"m{n}", quote=f"Areas should count boat {n}."), _hit("expectation", f"m{n}", force="encouraged")):
                connection.execute(f"insert into {table} ({', '.join(row)}) values ({', '.join('?' * len(row))})", list(row.values()))
    connection.close()
    site = Reader(path, SITE)
    page, whole = site.soup(PAGE), site.soup(f"{PAGE}?all=1")
    cards = page.select_one("#encouraged").find_parent("section").select("article")
    assert sum("print-only" not in card["class"] for card in cards) == 20 and 20 < len(cards) < 60
    assert "screen-only" in page.select_one("#promised").find_parent("section")["class"]      # no room is left for the softer ones
    assert not whole.select("article.print-only") and len(whole.select("article")) == 67
    left = 60 - len(cards)
    assert f"Encouraged, {left} of 60; Promised by national bodies, all 2;" in " ".join(page.select_one(".print-only.unprinted").text.split())
    assert page.select_one(".unprinted a")["href"] == page.select_one("a.go")["href"]


def test_nothing_is_said_of_what_is_left_out_where_all_is_printed(site):
    assert not site.soup(PAGE).select(".unprinted, .screen-only, .print-only")


def test_a_statement_longer_than_a_column_ends_no_list(db, tmp_path):
    path = tmp_path / "long.db"
    path.write_bytes(db.read_bytes())
    with sqlite3.connect(path) as connection:
        connection.execute("update expectations set quote = quote || ? where id in ('e2a', 'e2b')", (" and again" * 900,))
    connection.close()
    page = Reader(path, SITE).soup(PAGE)
    assert [card.select_one("blockquote").text[:24] for card in page.select("article.screen-only")] == ["Directors of public heal"]
    assert "Printed, this page takes two sheets and shows 6 of 7 statements." in page.select_one(".unprinted").text


def _events(site, path: str) -> list:
    from icalendar import Calendar

    return Calendar.from_ical(site.get(path).text).walk("VEVENT")


def test_the_calendar_holds_what_is_still_to_come_unless_the_past_is_asked_for(site):
    assert [str(e["dtstart"].dt) for e in _events(site, "/deadlines.ics")] == ["2090-05-31"]
    assert "2019-04-30" in [str(e["dtstart"].dt) for e in _events(site, "/deadlines.ics?past=1")]
    assert len(_events(site, f"/deadlines.ics?role={DPH}&nation=wales")) == 1 and not _events(site, f"/deadlines.ics?role={DPH}&nation=scotland")


def test_the_calendar_is_linked_only_where_a_date_lies_ahead(site, tmp_path):
    def linked(reader: Reader, path: str) -> set[str]:
        return {a["href"] for a in reader.soup(path).select("a[href^='/deadlines.ics']")}

    assert linked(site, "/") == {"/deadlines.ics"} and linked(site, f"/documents/{PLAN}") == {"/deadlines.ics", f"/deadlines.ics?document={PLAN}"}
    assert linked(site, "/themes/housing") == {"/deadlines.ics"}
    assert f"/deadlines.ics?role={DPH}&nation=wales" in linked(site, f"{PAGE}?nation=wales") and linked(site, f"{PAGE}?nation=scotland") == {"/deadlines.ics"}
    bare = Reader(site_fixture.build(tmp_path / "bare.db", (site_fixture.LIBRARY,)), SITE)
    assert not any(linked(bare, path) for path in ("/", f"/documents/{PLAN}", PAGE, "/themes/housing", "/policytrack/commitments"))


def test_summaries_in_the_calendar_end_with_a_word(db, tmp_path):
    path = tmp_path / "long.db"
    path.write_bytes(db.read_bytes())
    quote = "We will count " + "every little boat " * 12 + "in the harbour."
    with sqlite3.connect(path) as connection:
        connection.execute("update commitments set quote = ? where id = 'c1'", (quote,))
    connection.close()
    event, = _events(Reader(path, SITE), "/deadlines.ics")
    words = str(event["summary"]).removeprefix("by May 2090: ")
    assert len(words) <= 120 and words.endswith(" …") and quote.startswith(words.removesuffix(" …") + " ")


def test_a_database_without_own_acts_can_be_shown(db, tmp_path):
    path = tmp_path / "old.db"
    path.write_bytes(db.read_bytes())
    with sqlite3.connect(path) as connection:
        connection.execute("alter table role_hits drop column own_act")
    connection.close()
    assert not Reader(path, SITE).soup(PAGE).select("#local")


def test_what_stands_in_a_small_window_is_marked_for_it(site):
    page = BeautifulSoup(site.get("/for").text, "lxml")
    assert {td["data-force"] for td in page.select("table.forces td")} == set(falls.FORCES.values())
