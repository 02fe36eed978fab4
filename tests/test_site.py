"""The site in-process: every page answers, every number equals the rows its link returns, hostile text is inert."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import sqlite3
import tomllib
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from bs4 import BeautifulSoup

import site_fixture
from crawl import Reader, crawl, wrong
from policytrack import downloads, falls, serve
from policytrack.model import BadInput

SITE = Path(__file__).parents[1] / "datasette"


@pytest.fixture(scope="module")
def db(tmp_path_factory) -> Path:
    return site_fixture.build(tmp_path_factory.mktemp("site") / "mixed.db")


@pytest.fixture(scope="module")
def site(db) -> Reader:
    return Reader(db, SITE, files=downloads.export(db, db.parent / "files"))


@pytest.fixture(scope="module")
def specimens(tmp_path_factory) -> Reader:
    return Reader(site_fixture.build(tmp_path_factory.mktemp("site") / "specimens.db", (site_fixture.SPECIMEN,)), SITE)


def changed(folder: Path, statement: str) -> Reader:
    """A site over the real-looking documents after one change of their rows."""
    path = site_fixture.build(folder / "a.db", (site_fixture.LIBRARY,))
    with sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    return Reader(path, SITE)


def test_every_number_equals_the_rows_of_its_link_and_no_link_is_broken(site):
    seen, numbers = crawl(site)
    assert len(seen) > 60 and len(numbers) > 60
    assert not [line for link, n in sorted(numbers) if (line := wrong(site, link, n))]


def test_specimens_are_marked_on_every_page_quotation_and_download(specimens):
    seen, _ = crawl(specimens)
    for path in seen:
        response = specimens.get(path)
        if response.headers["content-type"].startswith(("text/html", "application/atom", "text/calendar")):
            assert "specimen" in response.text.lower(), path
    card = specimens.soup("/commitments/c-specimen-strategy-1").select_one("textarea").text
    assert "SPECIMEN" in card and "page 1" in card and "sha256" in card


def test_specimens_never_enter_totals_beside_real_documents(site, specimens):
    assert site.soup("/search?kind=commitment").select_one("[data-total]")["data-total"] == "4"
    assert site.soup("/search?kind=commitment&document=specimen-strategy").select_one("[data-total]")["data-total"] == "2"
    assert specimens.soup("/search?kind=commitment").select_one("[data-total]")["data-total"] == "2"
    assert "specimens left out" in site.soup("/").text


HOSTILE = ["/commitments/c-hostile", "/documents/hostile-2020", "/documents/hostile-2020/pages/1", "/search?q=publish",
           "/recommendations", "/recommendations/hostile-2020%231", "/for/director-of-public-health", "/policytrack/commitments",
           "/policytrack/commitments/c-hostile", "/policytrack/documents", "/feed.atom", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E"]


@pytest.mark.parametrize("path", HOSTILE)
def test_hostile_text_is_inert(site, path):
    response = site.get(path)
    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert not re.search(r"""href\s*=\s*["']?\s*javascript:""", response.text)
    assert response.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("typed", ['"', '""', "50%", "opioid-related", "suppor*", '"tide table"', "*", "NEAR(", "a AND", "OR OR", "-", "NOT", "AND", "NOT NOT", "a OR NOT b", "a NOT", "AND NOT OR \"",
                                   "col:x", "'; drop table documents; --", "\u202e", "publish OR support", "%00", "(" * 50, "x" * 3000])
def test_whatever_is_typed_is_safe(site, typed):
    from urllib.parse import quote

    page = site.soup("/search?q=" + quote(typed))
    assert page.select_one("[data-total]") is not None


@pytest.mark.parametrize(("typed", "n"), [("tide table", 1), ('"tide table"', 1), ('"table tide"', 0), ("suppor*", 1), ("support*", 1),
                                          ("publish OR support", 2), ("publish -tide", 0), ("publish NOT tide", 0), ("support NOT tide", 1), ("support AND NOT \"tide table\"", 1), ("tide AND table", 1)])
def test_search_finds_words_phrases_and_beginnings(specimens, typed, n):
    from urllib.parse import quote

    page = specimens.soup("/search?kind=commitment&q=" + quote(typed))
    assert int(page.select_one("[data-total]")["data-total"]) == n
    if n:
        assert page.select("mark.m-hit") and "Why: has" in page.select_one(".why").text


def test_the_results_of_a_search_are_a_file_for_a_spreadsheet(site):
    link = site.soup("/search?kind=commitment&document=river-plan-2018&page=1").find("a", string="CSV of these results")["href"]
    response = site.get(link)
    assert response.content.startswith(b"\xef\xbb\xbf") and "attachment" in response.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 3 and {row["document"] for row in rows} == {"The river health plan"}
    dated = next(row for row in rows if row["deadline"] == "by March 2019")
    assert (dated["publisher"], dated["date"], dated["PDF page"], dated["category"], dated["actor"], dated["last day"]) == (
        "Ministry of Rivers", "2018-05-01", "1", "specific", "We", "2019-03-31")
    assert dated["address"].endswith("/commitments/c-river-plan-2018-1") and dated["address"].startswith("http")
    assert "Over the coming year:" in {row["lead-in"] for row in rows}


def test_the_file_of_a_search_holds_every_page_and_runs_nothing(tmp_path):
    path = site_fixture.build(tmp_path / "a.db", (site_fixture.SPECIMEN,))
    with sqlite3.connect(path) as connection:
        connection.execute("update commitments set quote = '=HYPERLINK(1)' where id = 'c-specimen-strategy-2'")
        connection.executemany("insert into recommendations (id, document, number, page, section, text, ask, places) values (?, 'specimen-report', '9', 1,"
                               " '', '-1 and on', 1, 1)", [(f"r-{n}",) for n in range(60)])
    connection.close()
    rows = list(csv.DictReader(io.StringIO(Reader(path, SITE).get("/search.csv").content.decode("utf-8-sig"))))
    assert len(rows) > 60 and {row["quote"][:2] for row in rows if "HYPER" in row["quote"] or "and on" in row["quote"]} == {"'=", "'-"}
    assert all(row["document"].startswith("SPECIMEN: ") for row in rows)


@pytest.mark.parametrize(("path", "words"), [
    ("/search?q=%22", 'Not used: "'), ("/search?q=*", "Not used: *"), ("/search?q=-drug", "-drug only says what to leave out"),
    ("/search?q=tide+%25", "Not used: %"), ("/search?kind=zzz", "Not used: kind “zzz”"), ("/search?document=zzz", "Not used: document “zzz”"),
    ("/search?page=abc", "Not used: page “abc”"), ("/search?page=99", "There is no page 99"),
    ("/recommendations?stance=zzz", "Not used: stance “zzz”"), ("/recommendations?page=abc", "Not used: page “abc”")])
def test_what_could_not_be_used_is_said(site, path, words):
    page = site.soup(path)
    assert words in page.select_one(".note").text and "with ," not in page.text and "found with without" not in page.text
    assert not page.select("a.choice") and (q := page.select_one("[data-total]")["data-total"]) != "" and (q != "0" or "-drug" in path)


@pytest.mark.parametrize("path", ["/search?q=tide", "/search?kind=passage&document=river-lost-2020", "/search?theme=workforce&role=prison", "/search?body=tide-council",
                                  "/search?force=asked&basis=named&check=named", "/recommendations?stance=noted"])
def test_what_can_be_asked_but_is_not_held_is_no_mistake(site, path):
    assert not site.soup(path).select(".note")


def test_related_words_are_offered_with_their_way_and_never_added(specimens):
    page = specimens.soup("/search?q=tide")
    offered = page.select_one(".related")
    assert "means nearly the same swell" in " ".join(offered.text.split()) and "with “tide”." in page.select_one(".total").text
    link = next(a["href"] for a in offered.select("a") if a.text == "swell")
    assert "with “tide” or “swell”" in specimens.soup(link).select_one(".total").text
    phrase = specimens.soup("/search?q=%22tide+table%22").select_one(".related")
    assert phrase.a.text == "almanac" and 'OR+almanac' in phrase.a["href"]


def test_facets_combine_with_the_query(specimens):
    page = specimens.soup("/search?q=publish")
    for link, n in [(li.a["href"], int(li.select_one(".count").text)) for li in page.select(".facets li")]:
        assert int(specimens.soup(link).select_one("[data-total]")["data-total"]) == n, link


def test_words_that_would_embarrass_us(site):
    statement = site.soup("/commitments/c-river-plan-2018-1").text
    assert "Date passed on 31 March 2019; no evidence of delivery is held here" in statement
    assert "not merit, importance or delivery" in statement
    assert "labels against which this was measured were made by a language model" in site.soup("/accuracy").text
    assert "As summarised by The Almanac".lower() in site.soup("/documents/river-closed-2019").text.lower()
    gap = site.soup("/recommendations/specimen-report%234").text
    assert "no response in the documents loaded" in gap and "not addressed" not in gap
    for path in crawl(site)[0]:
        words = "" if path.startswith("/downloads/") else site.get(path).text.lower()
        assert "ignored" not in words and not re.search(r"\b0\.93\b", words), path


def test_parts_of_a_recommendation_are_listed_as_a_reader_counts_them(tmp_path):
    path = site_fixture.build(tmp_path / "a.db", (site_fixture.SPECIMEN,))
    printed = ["5", "6", "6(a)", "6(a)(iv)", "6(a)(vi)", "6(a)(v)", "6(b)", "7"]
    with sqlite3.connect(path) as connection:
        connection.executemany("insert into recommendations (id, document, number, page, section, text, ask, places) values (?, 'specimen-report', ?, 1, '',"
                               " 'words', 1, 1)", [(f"r-{n}", number) for n, number in enumerate(printed)])
    connection.close()
    reader = Reader(path, SITE)
    wanted = ["1", "2", "3", "4", "5", "6", "6(a)", "6(a)(iv)", "6(a)(v)", "6(a)(vi)", "6(b)", "7"]
    assert [each.text.removeprefix("Asked, ") for each in reader.soup("/recommendations").select(".asked .meta:first-child > strong")] == wanted
    assert reader.soup("/recommendations/r-0").select_one("nav.beside p").text.split() == wanted


def test_a_gap_is_listed_as_a_gap(specimens):
    page = specimens.soup("/recommendations?document=specimen-report&stance=no_response_loaded")
    assert page.select_one("[data-total]")["data-total"] == "1" and page.select(".chip.s-gap")


def test_one_recommendation_answered_by_two_governments_stands_once_and_second_readings_give_a_range(specimens):
    page = specimens.soup("/recommendations?document=specimen-report&ask=1")
    assert page.select_one("[data-total]")["data-total"] == "4" and len(page.select("article.pair")) == 3
    assert "it passes it to Harbour Office" in page.text
    row = next(tr for tr in specimens.soup("/").select("tr") if tr.th and tr.th.text == "accepted in principle")
    assert [a["data-n"] for a in row.select("a.n")] == ["1"] and row.select("td")[1].text == "0 to 1"
    assert specimens.soup("/recommendations?reading=accepted_in_principle").select_one("[data-total]")["data-total"] == "1"


def test_the_front_page_and_the_ready_made_questions_count_the_same_recommendations(tmp_path):
    path = site_fixture.build(tmp_path / "a.db", (site_fixture.SPECIMEN,))
    with sqlite3.connect(path) as connection:
        connection.executemany("insert into recommendations (id, document, number, page, section, text, ask, places, part_of) values (?, 'specimen-report', ?, 1, '', 'Row.', ?, 1, ?)",
                               [("w", "9", 1, None), ("wa", "9(a)", 1, "w"), ("wb", "9(b)", 1, "w"), ("no", "10", 0, None)])
        stances = [("w", None, "no_response_loaded", None), ("wa", "rejected", None, None), ("wb", None, "no_response_loaded", None), ("no", "rejected", None, None),
                   ("w", "accepted", None, None), ("wb", "accepted", None, "already_in_place"), ("wa", "already_in_place", None, None)]
        connection.executemany("insert into stances (recommendation, responder, response, stance, gap, also, explicit, words, confidence, band, method, reviewed)"
                               " values (?, ?, 'r-1', ?, ?, ?, 1, '', 0.9, 'likely', 'rules', 0)", [(key, f"b{n}", *rest) for n, (key, *rest) in enumerate(stances)])
    connection.close()
    reader = Reader(path, SITE)
    links = {a["href"]: int(a["data-n"]) for a in reader.soup("/").select("#stances ~ div a.n")}
    for question, stance, n in (("no_response_loaded", "no_response_loaded", 2), ("refused_recommendations", "rejected", 2), ("already_in_place", "already_in_place", 1)):
        assert links[f"/recommendations?ask=1&stance={stance}"] == n == int(reader.soup(f"/policytrack/{question}").select_one("[data-total]")["data-total"])
        assert reader.soup(f"/recommendations?ask=1&stance={stance}").select_one("[data-total]")["data-total"] == str(n)
    assert [tr.td.text for tr in reader.soup("/policytrack/accepted_and_nothing_promised").select("tbody tr")] == ["1, Harbours: advice of the tide council"]


def test_the_front_page_leads_to_promises_that_nobody_could_check(site):
    links = {a["href"]: int(a["data-n"]) for a in site.soup("/").select(".doors a.n")}
    assert links["/search?kind=commitment&category=general&deadline=none&check=nobody+named"] == 2
    assert links["/search?kind=commitment&check=nobody+named"] == 4 and "/search?kind=commitment&category=general" in links


def test_claims_are_in_the_menu_only_where_one_could_be_checked(site, tmp_path):
    assert len(site.soup("/").select("header a[href='/claims'], .doors a[href='/claims']")) == 2
    reader = changed(tmp_path, "update claims set verdict = 'document_not_loaded'")
    assert not reader.soup("/").select("a[href='/claims']") and reader.soup("/counts").select("a[href='/claims']")
    page = reader.soup("/claims")
    assert page.h1.find_next("p") is page.select_one(".note") and "none could be checked here" in page.select_one(".note").text
    assert page.select_one("main details table") and not page.select("main details[open]")
    assert not site.soup("/claims").select(".note")


def test_a_correction_names_item_value_and_version(site):
    link = site.soup("/commitments/c-river-plan-2018-1").select_one("a[href^='mailto:editor@example.org?']")["href"]
    assert "c-river-plan-2018-1" in link and "specific" in link and "0.1.0" in link


def test_a_correction_of_a_recommendation_says_in_words_who_answered_what(site):
    from urllib.parse import unquote

    message = unquote(site.soup("/recommendations/specimen-report%231").select_one("a[href^='mailto:editor@example.org?']")["href"])
    assert "Value now: Harbour Office: accepted; Ministry of Rivers: not addressed" in message and "not_addressed" not in message
    gap = unquote(site.soup("/recommendations/specimen-report%234").select_one("a[href^='mailto:editor@example.org?']")["href"])
    assert "Harbour Office: no response in the documents loaded" in gap


@pytest.mark.parametrize(("path", "words", "document"), [
    ("/commitments/c-river-plan-2018-1", "“We will publish a tide table by March 2019", ": commitment in The river health plan (2018)"),
    ("/expectations/e-river-plan-2018", "“Directors of public health", ": expectation in The river health plan (2018)"),
    ("/recommendations/specimen-report%231", "“The office should light every pier by 2018.”", ": recommendation 1 of Harbours: advice of the tide council (2017)")])
def test_a_page_is_called_by_its_first_words_and_its_document(site, path, words, document):
    page = site.soup(path)
    assert page.title.text.startswith(words) and document in page.title.text
    assert page.title.text == page.select_one("meta[property='og:title']")["content"] + " · policytrack"


def test_a_quotation_names_the_page_of_the_file_and_the_printed_one(tmp_path):
    path = site_fixture.build(tmp_path / "a.db", (site_fixture.LIBRARY,))
    with sqlite3.connect(path) as connection:
        connection.execute("update pages set locator = '28' where page = 1")
    connection.close()
    page = Reader(path, SITE).soup("/commitments/c-river-plan-2018-1")
    assert "PDF page 1 (printed 28)" in page.select_one("textarea").text and "PDF page 1 (printed 28)" in page.select_one("blockquote.quote + p").text
    assert ", PDF page 2." in Reader(path, SITE).soup("/expectations/e-river-plan-2018").select_one("textarea").text


@pytest.mark.parametrize("path", ["/search?document=river-plan-2018", "/for/director-of-public-health", "/money", "/themes/housing", "/documents/river-plan-2018/pages/2",
                                  "/recommendations/specimen-report%231", "/documents/river-plan-2018"])
def test_a_page_is_a_page_of_the_file_wherever_it_is_named(site, path):
    words = site.soup(path).select_one("main").text
    assert "PDF page" in words and not re.search(r"(?<!PDF )\b[Pp]age \d(?! of \d+ *$)", words)


def test_a_document_without_pages_has_no_page_anywhere(tmp_path):
    reader = changed(tmp_path, "update documents set pages = 1")
    for link in ("/search", "/for/director-of-public-health", "/money", "/documents/river-plan-2018/pages/1", "/documents/river-plan-2018", "/feed.atom"):
        assert not re.search(r"PDF page|\bpage \d", reader.get(link).text), link
    assert {row["PDF page"] for row in csv.DictReader(io.StringIO(reader.get("/search.csv").content.decode("utf-8-sig")))} == {""}


def test_the_public_profile_has_no_sql_and_needs_a_contact(site, db):
    assert site.get("/policytrack?sql=select+1").status_code == 403
    assert site.get("/policytrack/commitments.json?_where=1").status_code == 403
    with pytest.raises(BadInput, match="address"):
        serve.application(db, SITE, "public")
    assert site.get("/policytrack/commitments").headers["x-content-type-options"] == "nosniff"
    assert "Disallow: /policytrack" in site.get("/robots.txt").text


@pytest.mark.parametrize("path", ["/-/metadata.json", "/-/databases", "/-/settings", "/-/threads"])
def test_the_public_profile_tells_nothing_of_the_machine(site, path):
    assert site.get(path).status_code == 404


def test_the_public_profile_refuses_a_private_working_copy_unless_it_is_told(tmp_path, monkeypatch):
    path, started = site_fixture.build(tmp_path / "closed.db", (site_fixture.LIBRARY,)), []
    with sqlite3.connect(path) as connection:
        connection.execute("update documents set open = 0 where id = 'river-plan-2018'")
    connection.close()
    monkeypatch.setattr("uvicorn.run", lambda *given, **more: started.append(more))
    with pytest.raises(BadInput, match="private working copy.*--public") as refused:
        serve.serve(path, SITE, profile="public", contact="editor@example.org")
    assert "\n" not in str(refused.value) and not started and not path.with_suffix(".files").exists()
    serve.serve(path, SITE, profile="public", contact="editor@example.org", private=True)
    serve.serve(path, SITE)
    assert len(started) == 2


def test_serve_says_at_once_that_it_is_starting(tmp_path, monkeypatch, capsys):
    said = []
    monkeypatch.setattr("uvicorn.run", lambda *given, **more: None)
    monkeypatch.setattr(downloads, "made", lambda db, folder: said.append(capsys.readouterr().err) or folder)
    serve.serve(site_fixture.build(tmp_path / "a.db", (site_fixture.SPECIMEN,)), SITE)
    assert said[0].startswith("starting a.db") and said[0].count("\n") == 1


def test_the_workbook_keeps_what_looks_like_a_formula_as_words(tmp_path):
    from openpyxl import load_workbook

    path = site_fixture.build(tmp_path / "a.db", (site_fixture.SPECIMEN,))
    with sqlite3.connect(path) as connection:
        connection.execute("update roles set name = '=1+1' where id = 'prison'")
    connection.close()
    book = load_workbook(downloads.export(path, tmp_path / "files") / "policytrack.xlsx")
    cells = [cell for row in book["roles"].iter_rows() for cell in row if cell.value == "=1+1"]
    assert len(cells) == 1 and b"<f>" not in _sheets(tmp_path / "files" / "policytrack.xlsx")


def _sheets(path: Path) -> bytes:
    with zipfile.ZipFile(path) as book:
        return b"".join(book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/"))


def test_the_open_profile_has_sql(db):
    assert Reader(db, SITE, "open").get("/policytrack.json?sql=select+count(*)+as+n+from+documents&_shape=array").json() == [{"n": 7}]


def test_what_is_no_database_is_one_clear_line(tmp_path):
    (tmp_path / "no.db").write_text("no database at all, and long enough to be read as one " * 40)
    for name in ("no.db", "missing.db"):
        with pytest.raises(BadInput, match="policytrack build"):
            serve.application(tmp_path / name, SITE)


def test_plain_csv_is_complete(tmp_path):
    path = site_fixture.build(tmp_path / "many.db", (site_fixture.SPECIMEN,))
    with sqlite3.connect(path) as connection:
        connection.executemany("insert into runs values (?, 'x')", [(f"k{n}",) for n in range(1500)])
        connection.executemany("insert into commitments select id || ?, document, page, section, passage, quote, act, lead_in, category,"
                               " concrete, object, null, actor_body, partner, deadline, deadline_kind, deadline_on, amount, check_by,"
                               " answers, places, score, confidence, band, extent, reviewed from commitments limit 1",
                               [(f"-{n}",) for n in range(1200)])
    connection.close()
    reader = Reader(path, SITE)
    for link in ("/policytrack/runs.csv", "/policytrack/runs.csv?_size=max"):
        assert len(list(csv.reader(io.StringIO(reader.get(link).text)))) == 1504
    for link in ("/policytrack/commitments_without_an_owner.csv", "/questions/commitments_without_an_owner.csv"):
        assert len(list(csv.reader(io.StringIO(reader.get(link).text)))) == 1201
    for link in ("/policytrack/commitments.csv?_stream=on", "/policytrack/commitments.csv?document=specimen-strategy&_sort_desc=id", "/rows/commitments.csv?category__in=specific,general"):
        assert len(list(csv.reader(io.StringIO(reader.get(link).text)))) in (1203, 1202), link
    assert len(list(csv.reader(io.StringIO(reader.get("/policytrack/commitments.csv?_search=support").text)))) == 2
    assert len(reader.get("/policytrack/commitments.csv?_size=5&_stream=on").text.splitlines()) == 6
    assert "All rows as CSV" in reader.soup("/policytrack/commitments_without_an_owner").text


def test_no_link_makes_datasette_stream_a_table(site):
    import httpx

    def sent(path: str) -> httpx.Response:
        return site.loop.run_until_complete(site.datasette.client.get(path))
    assert not site.datasette.setting("allow_csv_stream")
    for link in ("/policytrack/tokens.csv", "/policytrack/tokens.csv?_stream=on", "/policytrack/tokens.csv?_size=max&_stream=1"):
        assert sent(link).headers["location"] == "/downloads/tokens.csv"
    assert sent("/policytrack/tokens.csv?_stream=on&word=tide").headers["location"] == "/rows/tokens.csv?word=tide"
    assert site.get("/rows/nothing.csv").status_code == 404
    assert site.get("/rows/commitments.csv?_where=1").status_code == 400
    assert site.soup("/policytrack/tokens").select_one("a[href='/downloads/tokens.csv']")
    assert site.soup("/policytrack/commitments?category=general").select_one("a[href='/rows/commitments.csv?category=general']")


def test_every_ready_made_question_answers(site):
    page = site.soup("/policytrack")
    links = [a["href"] for a in page.select("ul a") if a.find_parent("ul") is page.select_one("#queries").find_next("ul")]
    assert len(links) >= 6
    for link in links:
        assert site.soup(link).select_one("[data-total]") is not None and not site.soup(link).select(".note")


def test_downloads_are_complete_and_repeatable(db, site, tmp_path):
    first, second = db.parent / "files", downloads.export(db, tmp_path / "again")
    names = {path.name for path in first.iterdir()}
    assert {"commitments.csv", "commitments.json", "policytrack.xlsx", "board-paper-director-of-public-health.docx"} <= names
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names)
    assert len(json.loads(site.get("/downloads/commitments.json").text)) == 6
    assert site.get("/downloads/..%2Fmixed.db").status_code == 404
    assert {a["href"].rsplit("/", 1)[1] for a in site.soup("/downloads").select("main a")} >= names - {"DATABASE", "charts.csv", "charts.json"}


def test_files_are_made_once_for_a_database_and_old_ones_go(tmp_path):
    path = site_fixture.build(tmp_path / "a.db", (site_fixture.SPECIMEN,))
    folder = downloads.made(path, tmp_path / "files")
    (folder / "commitments.csv").write_text("touched")
    assert (downloads.made(path, folder) / "commitments.csv").read_text() == "touched"
    with sqlite3.connect(path) as connection:
        connection.execute("delete from roles where id = 'prison'")
    connection.close()
    downloads.made(path, folder)
    assert not (folder / "board-paper-prison.docx").exists() and (folder / "commitments.csv").read_text() != "touched"
    assert "SPECIMEN" in (folder / "README.txt").read_text()


def test_a_board_paper_says_why_and_marks_specimens(tmp_path):
    from docx import Document

    path = site_fixture.build(tmp_path / "specimens.db", (site_fixture.SPECIMEN,))
    files = downloads.export(path, tmp_path / "files")
    words = "\n".join(p.text for p in Document(files / "board-paper-director-of-public-health.docx").paragraphs)
    assert "SPECIMEN" in words and "the role is named" in words and "not its merit" in words
    lines = words.split("\n")
    quoted = [n for n, line in enumerate(lines) if line.startswith("“")]
    assert quoted and all("Harbour Office, A plan for quieter harbours (March 2016), PDF page " in lines[n + 1] for n in quoted)


@pytest.mark.parametrize(("name", "called"), [("Director of Public Health", "For the Director of Public Health"), ("Local authority", "For the local authority"),
                                              ("The asks that name nobody", "The asks that name nobody")])
def test_a_role_is_called_as_a_person_would(name, called):
    assert falls.called(name) == called


def test_feed_and_calendar(site):
    from icalendar import Calendar

    feed = BeautifulSoup(site.get("/feed.atom?document=river-plan-2018").text, "xml")
    assert len(feed.select("entry")) == 4 and "“We will publish a tide table" in feed.select_one("entry content").text and "2018-05-01, PDF page 1." in feed.text
    events = Calendar.from_ical(site.get("/deadlines.ics?theme=housing&past=1").text).walk("VEVENT")
    assert [str(e["dtstart"].dt) for e in events] == ["2019-03-31"] and "no evidence of delivery" in events[0]["description"]
    events = Calendar.from_ical(site.get("/deadlines.ics?document=river-plan-2018&past=1").text).walk("VEVENT")
    assert [str(e["dtstart"].dt) for e in events] == ["2019-03-31"]      # a date before the plan itself falls due for nobody


def test_a_role_page_gives_reasons_and_money(specimens):
    words = specimens.soup("/for/director-of-public-health").text
    assert "Named by “Directors of public health”" in words and "Implied by “local partners”" in words
    assert "Harbour Office, until" in specimens.soup("/organisations/tide-council").text
    assert "None stated here is not the same as unfunded" in words and "its successors are Ministry of Rivers and Tide Council" in words


def test_a_page_without_its_text_says_so(tmp_path):
    path = site_fixture.build(tmp_path / "closed.db", (site_fixture.LIBRARY,))
    with sqlite3.connect(path) as connection:
        connection.execute("update documents set open = 0")
    connection.close()
    about = Reader(path, SITE).soup("/about")
    assert "Private working copy" in about.select_one("footer").text and not about.select(".banner")
    with sqlite3.connect(path) as connection:
        connection.executescript("delete from pages; delete from passages; delete from tokens")
    connection.close()
    reader = Reader(path, SITE)
    assert "Private working copy" not in reader.soup("/about").text
    assert "not published here" in reader.soup("/commitments/c-river-plan-2018-1").text
    assert reader.get("/documents/river-plan-2018/pages/1").status_code == 404


@pytest.mark.parametrize("path", ["/nothing", "/documents/none", "/commitments/none", "/for/none", "/themes/none", "/organisations/none",
                                  "/claims/none", "/documents/river-plan-2018/pages/99", "/downloads/none.csv"])
def test_what_is_not_there_is_a_page_with_404(site, path):
    response = site.get(path)
    assert response.status_code == 404 and "Traceback" not in response.text and "<main" in response.text


@pytest.mark.parametrize("path", ["/", "/search?q=publish", "/documents/river-plan-2018", "/policytrack/commitments", "/policytrack",
                                  "/policytrack/refused_recommendations", "/policytrack/commitments/c-hostile", "/nothing"])
def test_frame(site, path):
    page = BeautifulSoup(site.get(path).text, "lxml")
    assert page.html["lang"] == "en-GB" and page.select_one("a.skip[href='#main']") and page.select_one("main#main")
    assert not page.select("script") and not page.select("[style]")
    assert all(table.caption for table in page.select("table"))
    loaded = [e.get("src") or e.get("href") for e in page.select("link[rel=stylesheet], img, iframe, embed")]
    assert all(not urlsplit(html.unescape(link)).netloc for link in loaded)


def test_tables_count_by_fixed_facets_and_show_chosen_columns(site):
    page = site.soup("/policytrack/commitments")
    assert {p.text for p in page.select(".facet-info strong")} == {"category", "document", "actor body"}
    assert page.select_one("#facet-document a").text == "The river health plan" and "Ministry of Rivers" in page.text
    shown = [th.text.strip(" ▼▲") for th in page.select("thead th")]
    assert "quote" in shown and "confidence" not in shown
    assert len(site.soup("/policytrack/commitments?_all=on").select("thead th")) == 26


def test_the_documents_said_to_be_measured_are_those_with_labels():
    measured = yaml.safe_load((SITE / "metadata.yml").read_text())["plugins"]["policytrack-site"]["measured"]
    gold = {path.parent.name: tomllib.loads(path.read_text())["split"] for path in (SITE.parent / "corpus").glob("*/gold.toml")
            if not path.parent.name.startswith("specimen-")}
    assert {split: {key for key, of in gold.items() if of == split} for split in ("test", "tune")} == {
        split: set(measured[split]) for split in ("test", "tune")}


def test_accuracy_names_documents_subject_and_who_labelled(site):
    words = site.soup("/accuracy").text
    assert "British public policy" in words and "made by a language model" in words and "Labelled pages of 11 documents" in words
    assert "Labelled pages of 11 documents, none of which is in this database." in words and "documents 1" not in words
    bands = site.soup("/about").text
    assert "about 91 in 100 are what they are said to be" in bands and "fairly sure" not in bands


def test_accuracy_shows_both_measurements_side_by_side(tmp_path):
    path = site_fixture.build(tmp_path / "a.db", (site_fixture.SPECIMEN,))
    with sqlite3.connect(path) as connection:
        connection.executemany("insert into accuracy (task, label, split, n, precision, recall) values (?, ?, ?, ?, ?, ?)", [
            ("role", "commitment", "test", 80, 0.91, 0.78), ("role", "expectation", "test", 16, 0.36, 0.25), ("facet", "amount", "tune", 27, 0.55, 0.59),
            ("stance", "all", "tune", 99, 0.91, 0.91)])
    connection.close()
    page = Reader(path, SITE).soup("/accuracy")
    rows = {tr.th.text: [td.text for td in tr.select("td")] for tr in page.select("table.glance tbody tr")}
    assert rows["Commitments"] == ["80", "91", "78", "120", "91", "90"] and rows["Amounts of money"] == ["–", "–", "–", "27", "55", "59"]
    assert rows["Expectations of others"][:3] == ["16", "36", "25"] and rows["Stance of an answer to a recommendation"][3:] == ["99", "91", "–"]
    assert "made by a language model" in page.select_one(".intro").text


def test_a_percentage_says_whether_it_is_corrected(tmp_path):
    reader = changed(tmp_path, "update headline set n = 222 where measure = 'share_specific'")
    assert "specific, corrected: 50% (between 10 and 90%)" in reader.soup("/").select_one("table.documents").text
    assert "corrected for its measured errors" in reader.soup("/").select_one("table.documents caption").text
    words = reader.soup("/documents/river-plan-2018").text
    assert "share, as found" in words and "the measures below correct it for the machine’s measured error rates" in words


def test_pages_speak_plainly(site):
    riddles = ("stand by kind", "in which they stand", "while others are asked", "would keep the words", "look like words", "nobody named to check", "words; machine,",
               "general machine")
    pages = ["/", "/documents/river-plan-2018", "/documents/river-plan-2018/pages/1", "/commitments/c-river-plan-2018-1", "/recommendations", "/search?force=none",
             "/recommendations/specimen-report%231", "/policytrack", "/methods"]
    assert not [(path, riddle) for path in pages for riddle in riddles if riddle in site.soup(path).text]
    heads = [th.text.replace("\xad", "") for th in site.soup("/").select("table.documents thead th")]
    assert heads[-3:] == ["commitments", "expectations", "recommendations"]
    card = site.soup("/search?kind=commitment").select_one(".card .status")
    assert card.text == "found by machine, likely" and card.a["href"] == "/about#sure"


def test_every_column_of_every_table_is_described(db):
    tables = yaml.safe_load((SITE / "metadata.yml").read_text())["databases"]["policytrack"]["tables"]
    with sqlite3.connect(db) as connection:
        for table in downloads.tables(connection) + ["charts"]:
            columns = {row[1] for row in connection.execute(f"pragma table_info({table})")}
            assert tables[table]["title"] and tables[table]["description"], table
            assert {name for name, words in tables[table]["columns"].items() if words} == columns, table
            assert set(tables[table].get("facets", [])) | set(tables[table].get("default_columns", [])) <= columns, table


@pytest.mark.parametrize(("path", "words"), [
    ("/policytrack/stances", ["in principle", "Harbour Office", "in words", "no response in the documents loaded"]),
    ("/policytrack/role_hits", ["Director of Public Health"]), ("/policytrack/document_links", ["answers"]),
    ("/policytrack/claims", ["not reproduced by any of our rules"]), ("/policytrack/refused_recommendations", ["Harbour Office", "Harbours: advice of the tide council (2017)"])])
def test_tables_speak_in_words_and_names(site, path, words):
    cells = " | ".join(cell.text for cell in site.soup(path).select("td, .facet-info a"))
    assert not [word for word in words if word not in cells]
    assert not re.search(r"\b(no_response_loaded|accepted_in_principle|not_reproduced|responds_to)\b", cells)


def test_a_published_list_stands_beside_the_words_found(site, db):
    rows = [[cell.text for cell in tr.select("th, td")] for tr in site.soup("/claims/claim-2").select("tbody tr")]
    with sqlite3.connect(db) as connection:
        quote = connection.execute("select quote from commitments where id = 'c-river-plan-2018-1'").fetchone()[0]
    assert sorted(rows) == sorted([["publish tables", quote], ["build boats", "no statement found"]])


def test_datasette_marks_its_own_tables_in_words(site):
    page = site.soup("/policytrack/commitments?document=river-plan-2018&_all=on")
    assert {td.text for td in page.select("td.col-confidence")} == {"likely"} and {td.text for td in page.select("td.col-reviewed")} == {
        "machine"}
    assert page.select_one("td.col-quote a")["href"].startswith("/commitments/")


def test_every_way_of_deciding_is_said_in_words():
    import importlib

    said = importlib.import_module("policytrack_pages.said")
    for name in ("line", "verdict", "limited", "implied", "weak", "inferred", "opinion", "silence", "nothing", "gap", "id", "restated", "text"):
        assert " " in said.said("method", name), name


def test_equal_sums_stand_side_by_side_earlier_first_and_every_sum_is_listed(site):
    page = site.soup("/money")
    assert page.select_one("[data-total]")["data-total"] == "3" and len(page.select("#sum-1 li")) == 2
    assert [b.get_text(strip=True) for b in page.select("#sum-1 blockquote")] == ["We will spend £4 million on gauges.", "£4 million was spent on gauges."]
    assert page.select_one("#sum-1 a[href='/commitments/c-river-plan-2018-1']") and not page.select("td b")
    assert [(a.get_text(), site.soup(a["href"]).select_one("[data-total]")["data-total"]) for a in page.select("ul.inline a.n")] == [("1", "1")] * 4
    assert "called new or additional" in page.select_one("#sum-1").get_text()


def test_a_commitment_names_the_document_in_which_its_sum_stands_again(site):
    facts = site.soup("/commitments/c-river-plan-2018-1").select_one("dl.facts").get_text(" ", strip=True)
    assert "The same sum stands in River health: progress" in facts and "£4 million was spent on gauges." in facts


def test_money_is_asked_for_in_known_words_only(site):
    assert (site.get("/money?called=old").status_code, site.get("/money?document=nothing").status_code) == (400, 404)
