"""A file becomes Lines: one module per format, third-party objects stop at each module's door."""

from __future__ import annotations

from pathlib import Path

from policytrack.model import Line, Reading, Unreadable

_SUFFIXES = {
    ".pdf": "pdf", ".html": "html", ".htm": "html", ".xhtml": "html", ".docx": "docx",
    ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".text": "text",
}


def lines(source: Path, reading: Reading | None = None) -> tuple[Line, ...]:
    """The lines of one file in reading order; raises Unreadable with the reason where there are none."""
    reading = reading or Reading()
    if not source.exists() or not source.stat().st_size:
        raise Unreadable(f"{source.name}: the file is empty" if source.exists() else f"{source.name}: no such file")
    read = _reader(form(source))
    found = tuple(read(source, reading))
    if not any(line.text.strip() for line in found):
        raise Unreadable(f"{source.name}: no words were found in it")
    return found


def form(source: Path) -> str:
    """`pdf`, `html`, `docx`, `markdown` or `text`: by content where that is plain, else by the suffix."""
    with source.open("rb") as stream:
        head = stream.read(2048)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "docx"
    by_suffix = _SUFFIXES.get(source.suffix.lower())
    if by_suffix in ("pdf", "docx"):
        raise Unreadable(f"{source.name}: damaged, it does not begin like a {by_suffix.upper()} file")
    if by_suffix:
        return by_suffix
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if start.startswith((b"<!doctype html", b"<html", b"<?xml")) else "text"


def _reader(name: str):
    """The reading function of a format; imported only when a file of that format is met."""
    if name == "pdf":
        from policytrack.ingest.pdf import lines
    elif name == "html":
        from policytrack.ingest.html import lines
    elif name == "docx":
        from policytrack.ingest.docx import lines
    elif name == "markdown":
        from policytrack.ingest.markdown import lines
    else:
        from policytrack.ingest.text import lines
    return lines
