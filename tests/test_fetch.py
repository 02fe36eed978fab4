"""Files are matched by what is in them; an address is followed only where that is safe."""

import http.server
import threading

import pytest

from policytrack import fetch
from policytrack.model import Document

PDF = b"%PDF-1.4 a small paper"
PRINTED = b'<h3 class="gem-c-attachment__title"><a href="/paper.pdf">Print</a></h3>'
HTML = b'<h3 class="gem-c-attachment__title"><a href="/plan/the-plan">The plan</a></h3>'
PAGES = {
    "/paper.pdf": ("application/pdf", PDF),
    "/odd": ("application/octet-stream", PDF),
    "/moved": ("redirect", b"/paper.pdf"),
    "/round": ("redirect", b"/round"),
    "/away": ("redirect", b"file:///etc/hostname"),
    "/archive.zip": ("application/zip", b"PK"),
    "/plan": ("text/html; charset=utf-8", PRINTED + HTML),
    "/plan/the-plan": ("text/html", b"<h1>The plan itself</h1>"),
    "/report": ("text/html", PRINTED),
}


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        kind, body = PAGES.get(self.path, ("missing", b""))
        self.send_response({"redirect": 302, "missing": 404}.get(kind, 200))
        self.send_header(*(("Location", body.decode()) if kind == "redirect" else ("Content-Type", kind)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def document(name="plan-2031", **facts):
    return Document(name, "A plan", "ministry", "strategy", "2031", **facts)


def one(document, cache, **how):
    (fetched,) = fetch.fetch([document], cache, **how)
    return fetched


@pytest.mark.parametrize(("path", "name", "body"), [
    ("/paper.pdf", ".pdf", PDF), ("/odd", ".pdf", PDF), ("/moved", ".pdf", PDF), ("/report", ".pdf", PDF),
    ("/plan", ".html", PAGES["/plan/the-plan"][1]),
])
def test_an_address_brings_its_document(site, tmp_path, path, name, body):
    wanted = document(urls=(site + path,))
    fetched = one(wanted, tmp_path, private=True)
    assert (fetched.status, fetched.problem, fetched.path.suffix) == ("downloaded", "", name)
    assert fetched.path.read_bytes() == body
    again = one(wanted, tmp_path, online=False)
    assert (again.status, again.path) == ("cache", fetched.path)
    assert not list(tmp_path.glob(".part*")) and not [path for path in tmp_path.iterdir() if path.name.startswith("tmp")]


@pytest.mark.parametrize(("path", "says"), [
    ("/nowhere", "404"), ("/round", "more than 5 redirects"), ("/away", "not a web address"),
    ("/archive.zip", "neither PDF, HTML, DOCX nor text: application/zip"),
])
def test_what_cannot_be_had_is_said(site, tmp_path, path, says):
    fetched = one(document(urls=(site + path,)), tmp_path, private=True)
    assert (fetched.path, fetched.status) == (None, "not_fetched") and says in fetched.problem


def test_private_networks_are_refused(site, tmp_path):
    assert "is on a private network" in one(document(urls=(site + "/paper.pdf",)), tmp_path).problem


def test_too_large_is_refused(site, tmp_path, monkeypatch):
    monkeypatch.setattr(fetch, "LIMIT", 10)
    assert "larger than" in one(document(urls=(site + "/paper.pdf",)), tmp_path, private=True).problem
    assert not list(tmp_path.glob("*.pdf"))


def test_the_second_address_serves_when_the_first_does_not(site, tmp_path):
    urls = (site + "/nowhere", site + "/paper.pdf")
    assert one(document(urls=urls), tmp_path, private=True).status == "downloaded"


def test_a_file_is_found_by_its_bytes_then_by_its_name(tmp_path):
    tree, cache = tmp_path / "tree" / "deep", tmp_path / "cache"
    tree.mkdir(parents=True)
    (tree / "whatever.pdf").write_bytes(PDF)
    (tree / "plan-2036.txt").write_text("Another text.")
    digest = fetch.sha256(tree / "whatever.pdf")
    by_bytes = one(document(sha256=digest), cache, from_dir=tmp_path / "tree", online=False)
    by_name = one(document("plan-2036"), cache, from_dir=tmp_path / "tree", online=False)
    other = one(document("plan-2036", sha256="0" * 64), tmp_path / "new", from_dir=tmp_path / "tree", online=False)
    assert (by_bytes.status, by_bytes.path.name) == ("folder", f"{digest}.pdf")
    assert by_name.path.read_text() == "Another text." and by_name.problem == ""
    assert other.path and "another file than recorded" in other.problem
    assert one(document("plan-2036"), cache, online=False).status == "cache"


def test_a_specimen_is_read_where_it_lies(tmp_path):
    (tmp_path / "source.html").write_text("<p>Ours</p>")
    assert one(document(folder=tmp_path), tmp_path / "cache", online=False).status == "source"


def test_nothing_known_says_what_to_do(tmp_path):
    assert "give --from a folder" in one(document(), tmp_path).problem
    assert "run `policytrack fetch`" in one(document(urls=("https://example.org/a",)), tmp_path, online=False).problem
