"""Nouns on disk: each step's result under the hash of its inputs, so that nothing is worked out twice.

Results are plain JSON: a cold build reads back what it has just written, so cached and cold builds
see the same values.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import tempfile
import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any


def digest(*parts: object) -> str:
    """A sha256 over the text of the parts; a Path stands for the bytes of its file."""
    total = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else str(part).encode()
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


def folder_digest(folder: Path, patterns: Iterable[str] = ("**/*",)) -> str:
    """One hash over names and bytes of all matching files, whatever order the disk gives them in."""
    files = sorted({f for pattern in patterns for f in folder.glob(pattern) if f.is_file() and "__pycache__" not in f.parts})
    return digest(*(part for f in files for part in (f.relative_to(folder).as_posix(), f)))


_SCALARS = frozenset({str, int, float, bool, type(None)})


def plain(value: Any) -> Any:
    """Nouns as lists and scalars, by field order; `revive` is its inverse."""
    kind = type(value)
    if kind in _SCALARS:
        return value
    if kind is tuple or kind is list:
        return [v if type(v) in _SCALARS else plain(v) for v in value]
    if is_dataclass(value):
        return [plain(getattr(value, name)) for name in _names(kind)]
    return str(value) if isinstance(value, Path) else value


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


@functools.cache
def _hints(kind: type) -> tuple:
    hints = typing.get_type_hints(kind)
    return tuple(hints[f.name] for f in fields(kind))


def revive(kind: Any, value: Any) -> Any:
    """The value that `plain` flattened, as `kind` (a noun, a tuple of nouns, or a scalar)."""
    if value is None:
        return None
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return revive(next(a for a in args if a is not type(None)), value)
    if origin is tuple:
        kinds = [args[0]] * len(value) if args[-1] is Ellipsis else args
        return tuple(revive(k, v) for k, v in zip(kinds, value, strict=True))
    if is_dataclass(kind):
        return kind(*(revive(k, v) for k, v in zip(_hints(kind), value, strict=True)))
    return Path(value) if kind is Path else value


def place(folder: Path, key: str) -> Path:
    """Where the value of `key` is stored."""
    return folder / key[:2] / f"{key}.json"


def made(folder: Path, key: str, make: Callable[[], Any]) -> Path:
    """The file that holds the value of `key`, made where it is missing; it is not read."""
    path = place(folder, key)
    if not path.exists():
        write(path, json.dumps(plain(make()), ensure_ascii=False, separators=(",", ":")))
    return path


def kept(folder: Path, key: str, kind: Any, make: Callable[[], Any]) -> Any:
    """The value stored under `key`, made and stored first where it is missing or torn."""
    path = made(folder, key, make)
    try:
        return revive(kind, json.loads(path.read_text(encoding="utf-8")))
    except (json.JSONDecodeError, ValueError, TypeError):
        path.unlink()
        return kept(folder, key, kind, make)


def write(path: Path, text: str) -> None:
    """`text` in `path`, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
    os.replace(name, path)
