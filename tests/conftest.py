"""Fixtures that all tests share: one reader for the whole session, a clock that is set by hand, a fresh ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.making import Clock

from dragoman.answers.ledger import Ledger
from dragoman.pipeline import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The default reader; building it takes seconds, so it is built once."""
    return Reader()


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until it is set."""
    return Clock()


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    """An empty ledger in a folder of its own."""
    with Ledger(tmp_path / "ledger.db", clock=clock) as made:
        yield made
