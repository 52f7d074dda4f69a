"""Fixtures that all tests share: one reader for the whole session, a clock that is set by hand, a fresh ledger, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL
from tests.databases import fresh_database, postgres_server
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


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """A PostgreSQL server, started when the first test asks for it."""
    with postgres_server() as url:
        yield url


@pytest.fixture
def database(postgres: URL) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with fresh_database(postgres) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger may be made, on each database in turn: a test that takes it runs on all."""
    return str(tmp_path / "any.db") if request.param == "sqlite" else request.getfixturevalue("database")


@pytest.fixture
def any_ledger(anywhere: str, clock: Clock) -> Iterator[Ledger]:
    """An empty ledger on each database in turn; what passes on `ledger` should pass here."""
    with Ledger(anywhere, clock=clock) as made:
        yield made
