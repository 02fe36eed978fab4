"""The light markup of the specimens' texts: what is printed, and what a careful reader would label.

    # ## ###            headings; `=== wide` starts a page of one column
    2.1 Text            a numbered paragraph; `- ` and `  - ` list items, `> ` a quotation, `| a | b |` a table row
    ::: Title … :::     a box
    @R 4 Text           a numbered recommendation, `@R 4(a)` a part of one, `@r 4` one that is stated again, `@C 2` a conclusion
    word[^1]            a note, whose text stands in a line `[^1]: …`
    {a|We} will pay {m|£3} {d|by May}.{s}
                        words that name an actor, partner, amount or deadline; then what the sentence so far is:
                        s g c k a commitment (specific, general, consider, continue), es eg ec ek an expectation,
                        A an aspiration, r a recommendation; `s/g` either is right, `?` optional
    {v 4,5 accepted explicit}
                        the stance that the sentence so far carries; `passed=` the body to which it hands the matter
    @silent 12          a recommendation that a response leaves out
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

INLINE = re.compile(r"\{([apdm])\|([^}]*)\}|\{(v [^}]*|[A-Za-z/]+\??)\}|(\[\^\w+\])")
BOUNDARY = re.compile(r"(?<=[.!?])[”\"]?\s+(?=[“\"A-Z0-9£])")
FACETS = {"a": "actor", "p": "partner", "d": "deadline", "m": "amount"}
CATEGORIES = {"s": "specific", "g": "general", "c": "consider", "k": "continue"}


@dataclass
class Label:
    """One tag: the words before it, as far as the sentence or the tag before reaches."""

    tag: str
    sentence: tuple[int, int]
    act: tuple[int, int] | None          # where the sentence holds several
    facets: dict[str, list[str]]


@dataclass
class Block:
    """One printed block; `text` still holds its notes' marks, `plain` does not."""

    kind: str                            # heading paragraph item quote row box-start box-end note wide silent recommendation
    text: str = ""
    level: int = 0
    number: str = ""
    plain: str = ""
    cells: list[str] = field(default_factory=list)
    cell_labels: list[list[Label]] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)  # the page of every word, once it is set

    @property
    def printed(self) -> str:
        """Number and text as they stand on the page."""
        return f"{self.number} {self.text}" if self.kind == "paragraph" and self.number else self.text


def blocks(path: Path, curly: bool = True) -> list[Block]:
    """The blocks of one text, in order, their labels apart; quotation marks as printers set them, or as typed."""
    made, actor = [], []
    text = path.read_text(encoding="utf-8")
    if curly:
        text = re.sub(r'(?<![^\s(|])"', "“", text).replace('"', "”").replace("'", "’")
    for chunk in text.splitlines():
        if not chunk.strip():
            continue
        block = _block(chunk.rstrip())
        if block.kind == "row":
            block.cells, _, block.cell_labels = zip(*(_inline(cell, []) for cell in block.cells), strict=True)
        else:
            block.text, block.plain, block.labels = _inline(block.text, actor if block.kind == "item" else [])
        if block.kind != "item":
            actor = re.findall(r"\{a\|([^}]*)\}", chunk)[-1:]
        made.append(block)
    return made


def lead(block: Block) -> str:
    """What a recommendation or conclusion is announced with: "Recommendation 4:", and "(a)" for a part under it."""
    if block.kind != "recommendation":
        return ""
    if "(" in block.number:
        return block.number[block.number.index("("):]
    return f"{('Recommendation', 'Recommendation', 'Conclusion')[block.level]} {block.number}:"


def _block(line: str) -> Block:
    patterns = (
        (r"(#{1,3}) (.*)", lambda m: Block("heading", m[2], len(m[1]))),
        (r"=== wide", lambda m: Block("wide")),
        (r"@silent (\S+)", lambda m: Block("silent", number=m[1])),
        (r"@([RrC]) (\S+) (.*)", lambda m: Block("recommendation", m[3], "RrC".index(m[1]), m[2])),
        (r"::: (.+)", lambda m: Block("box-start", m[1])),
        (r":::", lambda m: Block("box-end")),
        (r"\[\^(\w+)\]: (.*)", lambda m: Block("note", m[2], number=m[1])),
        (r"( *)- (.*)", lambda m: Block("item", m[2], len(m[1]) // 2)),
        (r"> (.*)", lambda m: Block("quote", m[1])),
        (r"\| (.*) \|", lambda m: Block("row", cells=m[1].split(" | "))),
        (r"(\d+\.\d+) (.*)", lambda m: Block("paragraph", m[2], number=m[1])),
    )
    for pattern, made in patterns:
        if found := re.fullmatch(pattern, line):
            return made(found)
    return Block("paragraph", line)


def _inline(text: str, actor: list[str]) -> tuple[str, str, list[Label]]:
    """(text with its notes' marks, plain text, labels) of a marked text; items inherit the actor of their lead-in."""
    printed, plain, facets, tags, last = "", "", [], [], 0
    for found in INLINE.finditer(text):
        printed, plain, last = printed + text[last:found.start()], plain + text[last:found.start()], found.end()
        if found[1]:
            facets.append((len(plain), FACETS[found[1]], found[2]))
            printed, plain = printed + found[2], plain + found[2]
        elif found[3]:
            tags.append((len(plain), found[3]))
        else:
            printed += found[4]
    printed, plain = printed + text[last:], plain + text[last:]
    return printed, plain, _labels(plain, facets, tags, actor)


def _labels(plain: str, facets: list, tags: list, actor: list[str]) -> list[Label]:
    ends = [found.start() + len(found[0].rstrip()) for found in BOUNDARY.finditer(plain)]
    starts = [0] + [found.end() for found in BOUNDARY.finditer(plain)]
    labels = []
    for start, end in zip(starts, [*ends, len(plain)], strict=True):
        own = [(at, tag) for at, tag in tags if start < at <= end]
        acts = [tag for _, tag in own if not tag.startswith("v ")]
        begin, said = start, list(actor)
        for at, tag in own:
            words = {kind: [text for place, name, text in facets if name == kind and begin <= place < at] for kind in FACETS.values()}
            said = words["actor"] or said
            act = (begin, at) if len(acts) > 1 and not tag.startswith("v ") else None
            labels.append(Label(tag, (start, end), act, words | {"actor": said}))
            begin = begin if tag.startswith("v ") else at
    return labels
