"""Write a manifest for a file that somebody brings."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import tomlkit

from policytrack.model import BadInput

MANIFEST = "document.toml"
ORDER = ("title", "publisher", "kind", "published", "set", "urls", "unverified", "sha256", "licence", "responds_to", "succeeds")
NEEDED = ("publisher", "kind", "published")
TITLE = "{http://purl.org/dc/elements/1.1/}title"


def add(folder: Path, source: Path, facts: dict[str, object], name: str | None = None) -> Path:
    """The new manifest of one file, in a folder of the corpus named after it; nothing is copied.

    `facts` are keys of a manifest, empty ones left out; a title that is not among them is guessed from the file.
    Raises BadInput where a fact is missing or the manifest is already there.
    """
    missing = [key for key in NEEDED if not facts.get(key)]
    if missing:
        raise BadInput(source, f"not told: {', '.join(missing)}", " ".join(f"--{key} …" for key in missing))
    path = folder / identifier(name or source.stem) / MANIFEST
    facts = {"title": title(source) or (name or source.stem)} | {key: value for key, value in facts.items() if value}
    table = tomlkit.document()
    for key in sorted(facts, key=lambda key: ORDER.index(key) if key in ORDER else len(ORDER)):
        table[key] = list(facts[key]) if isinstance(facts[key], tuple) else facts[key]
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(tomlkit.dumps(table))
    except FileExistsError:
        raise BadInput(path, "there is a manifest already", "edit it, or give the file another name") from None
    return path


def identifier(name: str) -> str:
    """A document id from a file's name or a title: small letters, digits, `-` and `_`."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-")[:80].rstrip("-") or "document"


def title(path: Path) -> str:
    """The title that a file states or begins with, or "" where it shows none; a PDF's is asked of its reader."""
    suffix = path.suffix.lower()
    if suffix == ".docx":
        return _docx(path)
    if suffix == ".pdf":
        return ""
    text = path.read_text(encoding="utf-8", errors="replace")
    if suffix in (".html", ".htm"):
        found = [re.search(rf"<{tag}\b[^>]*>(.*?)</{tag}>", text, re.IGNORECASE | re.DOTALL) for tag in ("h1", "title")]
        return next((_plain(unescape(re.sub(r"<[^>]+>", " ", match[1]))) for match in found if match), "")
    heading = re.search(r"^#{1,2}\s+(.+)$", text, re.MULTILINE) if suffix in (".md", ".markdown") else None
    first = next((line for line in text.splitlines() if line.strip()), "")
    return _plain(heading[1] if heading else first)[:200]


def _docx(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as parts:
            return _plain(ElementTree.fromstring(parts.read("docProps/core.xml")).findtext(TITLE) or "")
    except (KeyError, zipfile.BadZipFile, ElementTree.ParseError):
        return ""


def _plain(text: str) -> str:
    return " ".join(text.split())
