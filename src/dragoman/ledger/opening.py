"""Opening a ledger: where it is, whether it is one, of which version; and the two ways into it, reading and writing."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, IntegrityError, NoSuchModuleError, OperationalError

from dragoman.errors import DragomanError, LedgerError, LedgerLockedError, MissingExtraError, NewerLedgerError, NoLedgerError, RefusedError

VERSION = "0001"  # the newest migration in migrations/versions
APPLICATION_ID = 0x44524731  # "DRG1" in the head of the SQLite file
WAIT = 30.0  # seconds to wait for another writer
CACHE_KIB = 128 * 1024  # pages that SQLite holds in memory: an index that does not fit makes a large ledger slow to add to
POSTGRES_LOCK = 0x4452474D  # advisory lock: one writer at a time


def location(where: str | Path) -> URL:
    """A ledger's address: a path (`ledger.db`), or a URL of SQLAlchemy (`postgresql+psycopg://user@host/name`).

    Raises:
        LedgerError: If it is neither.
    """
    told = str(where)
    if "://" not in told:
        return URL.create("sqlite", database=told)
    try:
        url = make_url(told)
    except (ArgumentError, ValueError):
        raise LedgerError(f"{told}: neither a path nor a database URL. Write postgresql+psycopg://user@host/name, or the path of a file.") from None
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerError(f"{shown(url)}: a ledger lives in SQLite or PostgreSQL, not in {url.get_backend_name()}.")
    return url


def shown(url: URL) -> str:
    """The address for a person: a path, or a URL without its password."""
    return url.database or ":memory:" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def open_engine(where: str | Path, *, create: bool, read_only: bool = False) -> Engine:
    """Connect to a ledger, bring an older one up to date, or make a new one.

    Args:
        where: A path or a URL.
        create: Whether a ledger is made where there is none.
        read_only: Open it without changing anything, not even its version.

    Raises:
        NoLedgerError: If there is none, or what is there is none.
        NewerLedgerError: If a newer Dragoman made it.
        LedgerError: If it cannot be opened or made.
    """
    url = location(where)
    engine = _sqlite(url, create=create, read_only=read_only) if url.get_backend_name() == "sqlite" else _postgres(url)
    try:
        _check(engine, create=create, read_only=read_only)
    except DBAPIError as error:
        engine.dispose()
        raise told(error, engine.url) from error
    except LedgerError:
        engine.dispose()
        raise
    return engine


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the ledger throughout."""
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise told(error, engine.url) from error


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction of the one writer; all of it is kept, or none. Waits for another writer."""
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": POSTGRES_LOCK})
            yield connection
    except DBAPIError as error:
        raise told(error, engine.url) from error


def told(error: DBAPIError, url: URL) -> DragomanError:
    """What a database's error means to a person."""
    said, place = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__, shown(url)
    low = said.lower()
    if isinstance(error, DataError | IntegrityError):
        return RefusedError(f"The database does not take it: {said}", source=place)
    if "database is locked" in low:
        return LedgerLockedError(f"{place}: another program has been writing to this ledger for over {WAIT:.0f} seconds. Wait for it, or end it.")
    if "disk is full" in low or "disk full" in low or "no space left" in low:
        return LedgerError(f"{place}: the disk is full. What was added before is kept; make room and go on with the same command.")
    if "readonly" in low or "read-only" in low:
        return LedgerError(f"{place}: the ledger cannot be written to ({said}). Check the rights of the file and its folder, or name another with --ledger.")
    if "not a database" in low or "malformed" in low:
        return NoLedgerError(f"{place}: this file is no ledger ({said}). Name another with --ledger.")
    if "unable to open" in low:
        return NoLedgerError(f"{place}: cannot be opened. Check that the folder exists and that you may write to it.")
    if error.connection_invalidated or "connection" in low:
        return LedgerError(f"{place}: the connection to the database was lost or refused ({said}). What was added before is kept; go on with the same command.")
    return LedgerError(f"{place}: the database refused: {said}")


def _sqlite(url: URL, *, create: bool, read_only: bool) -> Engine:
    path = Path(url.database) if url.database and url.database != ":memory:" else None
    if path is not None:
        _check_file(path, create=create)
    engine = create_engine(url, connect_args={"timeout": WAIT, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's begin is ours, see below
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        cursor.execute("PRAGMA temp_store = MEMORY")
        if read_only:
            cursor.execute("PRAGMA query_only = ON")
        elif path is not None:
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = NORMAL")
            cursor.execute("PRAGMA secure_delete = ON")  # what is deleted or moved is overwritten, so that a report can be forgotten
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _check_file(path: Path, *, create: bool) -> None:
    """Whether a file may be opened as a ledger; SQLite would make a new one of a mistyped name, and say little of a text."""
    if path.is_dir():
        raise NoLedgerError(f"{path} is a folder. Name the ledger's file in it, such as {path / 'ledger.db'}.")
    if not path.exists():
        if not create:
            raise NoLedgerError(f"{path}: there is no ledger here. Make one with: dragoman add --ledger {path} REPORTS")
        if not path.parent.is_dir():
            raise NoLedgerError(f"{path}: the folder {path.parent} does not exist.")
        return
    try:
        with path.open("rb") as stream:
            head = stream.read(100)
    except OSError as error:
        raise NoLedgerError(f"{path}: cannot be opened: {error.strerror or error}.") from error
    if head and not head.startswith(b"SQLite format 3\0"):
        raise NoLedgerError(f"{path}: this file is no ledger. Name another with --ledger.")


def _postgres(url: URL) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (NoSuchModuleError, ModuleNotFoundError):
        raise MissingExtraError("A ledger on PostgreSQL needs psycopg. Install it with: pip install 'dragoman[postgres]'") from None


def _check(engine: Engine, *, create: bool, read_only: bool) -> None:
    with engine.connect() as connection:
        version = _version(connection)
    if version == VERSION:
        return
    place = shown(engine.url)
    if version is not None and version > VERSION:
        raise NewerLedgerError(f"{place}: this ledger was made by a newer Dragoman (its version is {version}, this one knows {VERSION}). Update with: pip install -U dragoman")
    if version is None and not create:
        raise NoLedgerError(f"{place}: there is no ledger in this database. Make one with: dragoman add --ledger {place} REPORTS")
    if read_only:
        raise LedgerError(f"{place}: this ledger is of an older version ({version}); open it once for writing to bring it up to date.")
    from dragoman.ledger.migrate import migrate

    with writing(engine) as connection:
        migrate(connection, VERSION)


def _version(connection: Connection) -> str | None:
    """The ledger's version; None where the database is empty.

    Raises:
        NoLedgerError: If it holds other things.
    """
    place = shown(connection.engine.url)
    try:
        there = set(inspect(connection).get_table_names())
    except OperationalError as error:
        raise told(error, connection.engine.url) from error
    if "alembic_version" in there and "readings" in there:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if there and connection.dialect.name == "sqlite":
        raise NoLedgerError(f"{place}: this database is no ledger: it holds other tables ({', '.join(sorted(there)[:4])} …). Name another with --ledger.")
    return None
