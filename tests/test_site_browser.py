"""The site in a real browser: legible at both widths, without scripts, by keyboard, in print; axe finds nothing serious."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import browser
import site_fixture
from policytrack import downloads, serve

SITE = Path(__file__).parents[1] / "datasette"
PAGES = ["/", "/documents", "/documents/specimen-strategy", "/documents/specimen-strategy/pages/1", "/commitments/c-specimen-strategy-1",
         "/expectations/e-specimen-strategy", "/search", "/search?q=publish", "/search?q=nothingatall", "/recommendations",
         "/recommendations/specimen-report%231", "/recommendations/specimen-report%234", "/for", "/for/director-of-public-health",
         "/organisations", "/organisations/harbour-office", "/themes", "/themes/housing", "/counts", "/claims", "/claims/claim-2",
         "/silence", "/methods", "/accuracy", "/downloads", "/about", "/nothing", "/policytrack", "/policytrack/commitments",
         "/policytrack/commitments/c-hostile", "/policytrack/refused_recommendations", "/documents/hostile-2020"]
pytestmark = pytest.mark.skipif(bool(browser.missing()), reason=f"no browser test: {browser.missing()}")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    db = site_fixture.build(tmp_path_factory.mktemp("browser") / "site.db")
    files = downloads.export(db, db.parent / "files")
    with browser.served(serve.application(db, SITE, "public", "editor@example.org", files).app()) as address:
        yield address


@pytest.fixture(scope="module")
def driver(tmp_path_factory):
    with browser.chromium(tmp_path_factory.mktemp("profile"), scripts=True) as opened:
        yield opened


def test_axe_sees_what_is_wrong(driver, base, tmp_path):
    page = tmp_path / "bad.html"
    page.write_text("<html><body><img src='x'><p style='color:#ccc;background:#fff'>pale</p></body></html>")
    driver.get(page.as_uri())
    assert {line.split()[0] for line in browser.violations(driver)} >= {"image-alt", "color-contrast", "html-has-lang"}


@pytest.mark.parametrize("width", browser.WIDTHS)
def test_every_kind_of_page_is_accessible_and_fits(driver, base, width):
    browser.sized(driver, width)
    wrong = []
    for path in PAGES:
        driver.get(base + path)
        wrong += [f"{path}: {line}" for line in browser.violations(driver)]
        if (wide := driver.execute_script("return document.documentElement.scrollWidth")) > width:
            wrong.append(f"{path}: {wide} pixels wide")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("width", (1300, 800, 500))
def test_the_table_of_roles_is_whole_and_breaks_no_word(driver, base, width):
    browser.sized(driver, width)
    driver.get(f"{base}/for")
    right, lines = driver.execute_script(
        "const th = [...document.querySelectorAll('table.forces thead th')].find(e => e.textContent === 'Encouraged'), range = document.createRange(); range.selectNodeContents(th);"
        "return [Math.max(...[...document.querySelectorAll('table.forces td')].map(e => e.getBoundingClientRect().right)), new Set([...range.getClientRects()].map(r => r.top)).size]")
    assert right <= width and lines <= 1
    assert width > 960 or driver.execute_script("return getComputedStyle(document.querySelector('table.forces td'), '::before').content") == '"Existing duty restated"'


def test_the_sql_page_of_the_open_profile_is_accessible(driver, tmp_path):
    with browser.served(serve.application(site_fixture.build(tmp_path / "open.db"), SITE).app()) as address:
        for path in ("/policytrack", "/policytrack?sql=select+id,+quote+from+commitments", "/policytrack?sql=select", "/-/versions"):
            driver.get(address + path)
            assert not browser.violations(driver), path


def test_pages_work_without_scripts(base, tmp_path):
    with browser.chromium(tmp_path / "profile") as plain:
        plain.get(base + "/")
        box = plain.find_element("id", "top-q")
        box.send_keys("publish")
        box.submit()
        assert plain.find_element("css selector", "[data-total]").get_attribute("data-total") != "0"
        plain.find_element("css selector", ".results blockquote a").click()
        assert plain.find_element("css selector", "blockquote.quote, .reading").text


def test_the_first_tab_leads_past_the_navigation(driver, base):
    from selenium.webdriver.common.keys import Keys

    browser.sized(driver, 1280)
    driver.get(base + "/commitments/c-specimen-strategy-1")
    driver.find_element("tag name", "body").send_keys(Keys.TAB)
    skip = driver.switch_to.active_element
    assert skip.text == "Skip to the content" and skip.rect["x"] >= 0
    skip.send_keys(Keys.ENTER)
    assert driver.switch_to.active_element.get_attribute("id") == "main"


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    """The director's page with ninety rows more than the specimen has: what it prints, sheet by sheet, and its board paper."""
    import base64
    import sqlite3
    from urllib.request import urlopen

    import pypdfium2

    folder = tmp_path_factory.mktemp("sheets")
    db = site_fixture.build(folder / "many.db", (site_fixture.SPECIMEN,))
    with sqlite3.connect(db) as connection:
        for n in range(90):
            connection.execute("insert into expectations select id || ?, document, page, section, passage, quote || ' ' || ?, act, lead_in,"
                               " category, concrete, object, actor, actor_body, partner, deadline, deadline_kind, deadline_on, amount,"
                               " check_by, answers, places, score, confidence, band, extent, reviewed, ? from expectations"
                               " where id = 'e-specimen-strategy'", (f"-{n}", f"in words {n} long enough for two lines " * 4,
                                                                     ["must", "should", "encouraged"][n % 3]))
        connection.execute("insert into role_hits select e.id, 'expectation', ?, 'implied', 'words', 'the reason why it falls here', e.force, 0"
                           " from expectations e where e.id like 'e-specimen-strategy-%'", (site_fixture.DPH,))
    connection.close()
    found = {}
    with browser.served(serve.application(db, SITE).app()) as address, browser.chromium(folder / "profile") as plain:
        for query in ("", "?all=1", "?force=encouraged"):
            plain.get(f"{address}/for/director-of-public-health{query}")
            sheet = plain.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69, "printBackground": False,
                                                              "preferCSSPageSize": True})
            (folder / "role.pdf").write_bytes(base64.b64decode(sheet["data"]))
            found[query] = [" ".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(folder / "role.pdf")]
        with urlopen(f"{address}/for/director-of-public-health/board-paper.docx") as paper:
            return found, paper.read()


@pytest.mark.parametrize("query", ["", "?all=1", "?force=encouraged"])
def test_a_role_page_prints_on_two_pages(sheets, query):
    assert len(sheets[0][query]) == 2


def test_print_fills_its_sheets_hardest_first_and_says_what_is_left_out(sheets):
    text = " ".join(sheets[0][""])
    total, musts = (int(n) for n in re.search(r"(\d+) statements in .* Must: (\d+) expectations", text).groups())
    printed, left = (int(n) for n in re.search(rf"Printed, this page takes two sheets and shows (\d+) of {total} statements\. Not printed: Must, (\d+) of {musts};", text).groups())
    assert "Should, all " in text and "Encouraged, all 30" in text and "The board paper (Word), on this page of the site, has every one." in text
    assert printed >= 18 and 18 <= text.count("the reason why it falls here") == musts - left - text.count("the role is named")
    assert text.count("Must") == 3 and f"({musts - left} printed)" in text      # the heading of a list that has no row in print is left out too


def test_the_board_paper_has_the_rows_that_are_not_printed(sheets):
    import io

    from docx import Document

    assert sum("the reason why it falls here" in paragraph.text for paragraph in Document(io.BytesIO(sheets[1])).paragraphs) == 90
