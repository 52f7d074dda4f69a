"""Fixtures that all tests share: one reader for the whole session."""

from __future__ import annotations

import pytest

from dragoman.pipeline import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The default reader; building it takes seconds, so it is built once."""
    return Reader()
