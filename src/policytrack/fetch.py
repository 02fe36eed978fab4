"""Bring documents into reach: the only room with a network.

The cache is a folder of files named by their sha256, each with a sidecar of facts, and one
`documents/<id>.json` for every document that came from an address or was matched by its name.
"""

from __future__ import annotations

import datetime
import hashlib
import ipaddress
import json
import os
import shutil
import socket
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import httpx
from bs4 import BeautifulSoup

from policytrack.model import Document

SUFFIXES = {
    "application/pdf": ".pdf", "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt",
    "text/markdown": ".md", "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
READABLE = frozenset(SUFFIXES.values()) | {".htm", ".markdown", ".text"}
LIMIT = 100 * 1024 * 1024
HOPS = 6
PAUSE = 1.0                              # seconds between documents, out of courtesy to the servers
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
AGENT = "policytrack (reads published government documents)"
# where a publication's landing page keeps the document itself: attachments of GOV.UK, downloads of gov.scot
ATTACHMENTS = ".gem-c-attachment__title a[href], .attachment-details .title a[href], .document-info a[href*='/binaries/']"


class Refused(Exception):
    """An address that we do not follow, or an answer that we do not keep, with the reason."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Where one document can be read, and how it came there; `path` is None where it is out of reach."""

    document: Document
    path: Path | None
    status: str                          # source | cache | folder | downloaded | not_fetched
    problem: str = ""                    # why it is not there, or what is odd about the file that is


def fetch(
    documents: Iterable[Document], cache: Path, from_dir: Path | None = None, online: bool = True,
    private: bool = False, progress: Callable[[str], None] = lambda line: None,
) -> list[Fetched]:
    """One Fetched per document, in order: its own source, the recorded file in the cache, a file of `from_dir`, the
    file of an earlier run, then its addresses.

    Never raises for one document. `private` allows addresses of the local network.
    """
    tree, asked = _Tree(from_dir), False
    fetched = []
    for document in documents:
        found = _own(document) or _cached(document, cache) or _from(document, tree, cache) or _earlier(document, cache)
        if found is None and online and document.urls:
            time.sleep(PAUSE if asked else 0)
            asked = True
            progress(f"fetching {document.id}")
            found = _online(document, cache, private)
        fetched.append(found or Fetched(document, None, "not_fetched", _absent(document, online)))
    return fetched


def put(cache: Path, path: Path, **facts: str) -> str:
    """Copy a file into the cache, its facts beside it; the sha256 under which it lies there."""
    digest = sha256(path)
    target = cache / f"{digest}{path.suffix.lower()}"
    if not target.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with _beside(target) as part:
            shutil.copyfile(path, part)
    _write_facts(cache / f"{digest}.json", facts | {"sha256": digest})
    return digest


def download(url: str, cache: Path, private: bool = False) -> tuple[Path, dict[str, str]]:
    """The cached file of an address and its facts; a publication's landing page leads to its document.

    Raises Refused with the reason, or httpx.HTTPError.
    """
    cache.mkdir(parents=True, exist_ok=True)
    for _ in range(2):
        with tempfile.TemporaryDirectory(dir=cache) as folder:
            part = Path(folder) / "part"
            facts = _get(url, part, private)
            attachment = _attachment(part, facts)
            if attachment is None:
                named = part.rename(part.with_suffix(facts.pop("suffix")))
                facts["date"] = datetime.date.today().isoformat()
                digest = put(cache, named, **facts)
                return cache / f"{digest}{named.suffix}", facts | {"sha256": digest}
            url = attachment
    raise Refused(f"{url} leads from one landing page to another")


def sha256(path: Path) -> str:
    """The hexadecimal digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _Tree:
    """The readable files below a folder, by stem and by sha256; hashed only when somebody asks."""

    def __init__(self, folder: Path | None):
        files = sorted(folder.rglob("*")) if folder else []
        self.files = [path for path in files if path.suffix.lower() in READABLE and path.is_file()]
        self.by_stem = {path.stem: path for path in reversed(self.files)}
        self._digests: dict[str, Path] | None = None

    def by_digest(self, digest: str) -> Path | None:
        if self._digests is None:
            self._digests = {sha256(path): path for path in reversed(self.files)}
        return self._digests.get(digest)


def _own(document: Document) -> Fetched | None:
    """The text that lies beside the manifest: specimens only."""
    sources = sorted(document.folder.glob("source.*")) if document.folder else []
    return next((Fetched(document, path, "source") for path in sources if path.suffix.lower() in READABLE), None)


def _cached(document: Document, cache: Path) -> Fetched | None:
    path = _by_digest(cache, document.sha256)
    return Fetched(document, path, "cache") if path else None


def _earlier(document: Document, cache: Path) -> Fetched | None:
    """The file that an earlier run found at the document's address, or under its name."""
    digest = _read_facts(cache / "documents" / f"{document.id}.json").get("sha256")
    path = _by_digest(cache, digest)
    return Fetched(document, path, "cache", _odd(document, digest)) if path else None


def _from(document: Document, tree: _Tree, cache: Path) -> Fetched | None:
    """A file of the tree: the same by sha256, else the one named like the document."""
    path = tree.by_digest(document.sha256) if document.sha256 and tree.files else None
    path = path or tree.by_stem.get(document.id)
    if path is None:
        return None
    digest = put(cache, path)
    _write_facts(cache / "documents" / f"{document.id}.json", {"sha256": digest})
    return Fetched(document, _by_digest(cache, digest), "folder", _odd(document, digest))


def _online(document: Document, cache: Path, private: bool) -> Fetched | None:
    problems = []
    for url in document.urls:
        try:
            path, facts = download(url, cache, private)
        except (httpx.HTTPError, httpx.InvalidURL, Refused, OSError, ValueError) as error:
            problems.append(f"{url}: {error or type(error).__name__}")
            continue
        _write_facts(cache / "documents" / f"{document.id}.json", facts)
        return Fetched(document, path, "downloaded", _odd(document, facts["sha256"]))
    return Fetched(document, None, "not_fetched", " · ".join(problems)) if problems else None


def _absent(document: Document, online: bool) -> str:
    if not document.urls:
        return "no address is known; give --from a folder that holds the file"
    return "not in the cache" + ("" if online else "; run `policytrack fetch` on a machine with a network")


def _odd(document: Document, digest: str | None) -> str:
    if document.sha256 in (None, digest):
        return ""
    return f"another file than recorded: sha256 {str(digest)[:12]}…, the manifest says {document.sha256[:12]}…"


def _get(url: str, part: Path, private: bool) -> dict[str, str]:
    """Write what an address answers to `part`, redirects followed one by one; facts about it."""
    with httpx.Client(timeout=TIMEOUT, headers={"User-Agent": AGENT}, follow_redirects=False) as client:
        for _ in range(HOPS):
            _allowed(url, private)
            with client.stream("GET", url) as answer:
                if answer.is_redirect:
                    url = str(answer.url.join(answer.headers["location"]))
                    continue
                answer.raise_for_status()
                kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
                _save(answer, part)
                return {"url": str(answer.url), "content_type": kind, "suffix": _suffix(kind, str(answer.url), part)}
    raise Refused(f"more than {HOPS - 1} redirects")


def _save(answer: httpx.Response, part: Path) -> None:
    """Write the body of an answer, unless it is larger than we take."""
    size = 0
    with part.open("wb") as file:
        for chunk in answer.iter_bytes():
            size += len(chunk)
            if size > LIMIT:
                raise Refused(f"larger than {LIMIT // 1024 // 1024} MB")
            file.write(chunk)


def _allowed(url: str, private: bool) -> None:
    """Refuse what is not the public web: other schemes, and hosts of the local network.

    Behind a proxy the proxy resolves names, so a name that we cannot resolve is left to it.
    """
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Refused(f"not a web address: {url}")
    if private:
        return
    try:
        hosts = {info[4][0] for info in socket.getaddrinfo(parts.hostname, None)}
    except socket.gaierror:
        if urllib.request.getproxies():
            return
        raise Refused(f"no such host: {parts.hostname}") from None
    if not all(ipaddress.ip_address(host.partition("%")[0]).is_global for host in hosts):
        raise Refused(f"{parts.hostname} is on a private network")


def _suffix(kind: str, url: str, part: Path) -> str:
    """The suffix of a format that we read; by content where the server does not say."""
    with part.open("rb") as file:
        head = file.read(1024)
    if head.startswith(b"%PDF-"):
        return ".pdf"
    named = Path(urllib.parse.urlsplit(url).path).suffix.lower()
    if kind in ("application/octet-stream", "binary/octet-stream", "text/plain", "") and named in READABLE - {".pdf"}:
        return named
    if kind not in SUFFIXES or kind == "application/pdf":
        raise Refused(f"neither PDF, HTML, DOCX nor text: {kind or 'no content type'}")
    return SUFFIXES[kind]


def _attachment(part: Path, facts: dict[str, str]) -> str | None:
    """The address of the document that a landing page announces: its HTML version, else its first PDF."""
    if facts["suffix"] != ".html":
        return None
    page = BeautifulSoup(part.read_bytes(), "lxml")
    links = [urllib.parse.urljoin(facts["url"], str(link["href"])) for link in page.select(ATTACHMENTS)]
    links = [link for link in links if link.split("#")[0] != facts["url"].split("#")[0]]
    own = facts["url"].split("?")[0].rstrip("/") + "/"
    choices = [link for link in links if link.startswith(own)] + [link for link in links if link.lower().endswith(".pdf")]
    return choices[0] if choices else None


def _by_digest(cache: Path, digest: str | None) -> Path | None:
    if not digest:
        return None
    return next((path for path in sorted(cache.glob(f"{digest}.*")) if path.suffix in READABLE), None)


def _read_facts(path: Path) -> dict[str, str]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _write_facts(path: Path, facts: dict[str, str]) -> None:
    """Write facts whole; those already there stay unless they are given anew."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path) as part:
        part.write_text(json.dumps(_read_facts(path) | facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")


class _beside:
    """A temporary path in the same folder that becomes `target` at the end, or vanishes."""

    def __init__(self, target: Path):
        self.target = target

    def __enter__(self) -> Path:
        handle, name = tempfile.mkstemp(dir=self.target.parent, prefix=".part-")
        os.close(handle)
        self.part = Path(name)
        return self.part

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.part.replace(self.target)
        else:
            self.part.unlink(missing_ok=True)
