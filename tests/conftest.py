"""Shared by the tests: the specimen set, built once in a run."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def store(tmp_path_factory) -> Path:
    """The folder of steps already worked out."""
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="session")
def specimens(tmp_path_factory, store) -> Path:
    """The database of the specimen set, as `policytrack demo` builds it."""
    from policytrack import build

    path = tmp_path_factory.mktemp("db") / "specimen.db"
    build.build(ROOT / "corpus", path, ROOT / "pipelines", store, None, "specimen")
    return path
