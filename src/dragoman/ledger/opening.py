"""Opening a ledger: where it is, whether it is one, of which version; and the two ways into it, reading and writing."""

from __future__ import annotations

import contextlib
import os
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
SETTINGS = (
    "foreign_keys = ON",
    f"cache_size = -{CACHE_KIB}",
    "temp_store = MEMORY",
    "synchronous = NORMAL",
    "secure_delete = ON",
)  # the last: what is deleted or moved is overwritten, so that a report can be forgotten
POSTGRES_LOCK = 0x4452474D  # advisory lock: one writer at a time

SQLITE = {5: "locked", 8: "read-only", 10: "unreadable", 11: "damaged", 13: "full", 14: "closed", 26: "other"}  # primary result codes, https://sqlite.org/rescode.html
POSTGRES = {
    "53100": "full",
    "25006": "read-only",
    "42501": "read-only",
    "55P03": "locked",
    "XX001": "damaged",
    "XX002": "damaged",
    "57P01": "lost",
    "57P02": "lost",
    "57P03": "lost",
    "08000": "lost",
    "08003": "lost",
    "08006": "lost",
}  # https://www.postgresql.org/docs/current/errcodes-appendix.html
TOLD: dict[str, tuple[type[LedgerError], str]] = {
    "locked": (LedgerLockedError, "another program has been writing to this ledger for over {wait} seconds. Wait for it, or end it."),
    "full": (LedgerError, "the disk is full. What was added before is kept; make room and go on with the same command."),
    "read-only": (LedgerError, "the ledger cannot be written to ({said}). Check the rights of the file and its folder, or name another with --ledger."),
    "unreadable": (LedgerError, "the disk failed ({said}). What was added before is kept; look to the disk and go on with the same command."),
    "damaged": (LedgerError, "the ledger is damaged ({said}). Take a copy from before; what can be saved of this one: sqlite3 LEDGER .recover"),
    "closed": (NoLedgerError, "cannot be opened. Check that the file and its folder are there and that you may use them."),
    "other": (NoLedgerError, "this file is no ledger ({said}). Name another with --ledger."),
    "lost": (LedgerError, "the connection to the database was lost or refused ({said}). What was added before is kept; go on with the same command."),
}  # fmt: skip


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
    once: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if engine.dialect.name == "postgresql" else {}
    try:
        with engine.connect().execution_options(**once) as connection:
            yield connection
    except DBAPIError as error:
        raise told(error, engine.url) from error


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction of the one writer; all of it is kept, or none. Waits for another writer."""
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT:.0f}s'"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": POSTGRES_LOCK})
            yield connection
    except DBAPIError as error:
        raise told(error, engine.url) from error


def told(error: DBAPIError, url: URL) -> DragomanError:
    """What a database's error means to a person: by SQLite's result code or PostgreSQL's SQLSTATE, where there is one."""
    said, place = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__, shown(url)
    if isinstance(error, DataError | IntegrityError):
        return RefusedError(f"The database does not take it: {said}", source=place)
    code = getattr(error.orig, "sqlite_errorcode", None)
    what = SQLITE.get(code & 0xFF) if code is not None else POSTGRES.get(getattr(error.orig, "sqlstate", None) or "")
    if what is None and isinstance(error, OperationalError) and code is None and getattr(error.orig, "sqlstate", None) is None:
        what = "lost"  # psycopg's word for a connection that was not made or broke has no code
    kind, message = TOLD[what] if what else (LedgerError, "the database refused: {said}")
    return kind(f"{place}: {message.format(said=said, wait=f'{WAIT:.0f}')}")


def _sqlite(url: URL, *, create: bool, read_only: bool) -> Engine:
    path = Path(url.database) if url.database and url.database != ":memory:" else None
    if path is not None:
        _check_file(path, create=create)
    place = ":memory:" if path is None else f"{path.absolute().as_uri()}?{_mode(path, read_only=read_only)}"
    pool: dict[str, Any] = {} if path is None else {"pool_use_lifo": True}  # the connection used last holds most of what is asked next
    engine = create_engine(url, creator=lambda: sqlite3.connect(place, uri=True, timeout=WAIT, check_same_thread=False), **pool)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's begin is ours, see below
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _mode(path: Path, *, read_only: bool) -> str:
    """How SQLite opens a file.

    Where its folder cannot be written to, SQLite cannot keep the files there by which readers and a writer know of each other: it then takes the ledger as one that nobody
    writes to, unless somebody does at this moment.
    """
    if not path.exists():
        return "mode=rwc"
    shut = not os.access(path.parent, os.W_OK)
    if not (read_only or shut) and os.access(path, os.W_OK):
        return "mode=rw"
    return "mode=ro&immutable=1" if shut and not path.with_name(f"{path.name}-wal").exists() else "mode=ro"


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
    """Whether there is a ledger of this version; makes one or brings it up to date where that is wanted. What is no ledger is left as it is."""
    with engine.connect() as connection:
        version = _version(connection)
    place = shown(engine.url)
    if version is not None and version > VERSION:
        raise NewerLedgerError(f"{place}: this ledger was made by a newer Dragoman (its version is {version}, this one knows {VERSION}). Update with: pip install -U dragoman")
    if version is None and not create:
        raise NoLedgerError(f"{place}: there is no ledger in this database. Make one with: dragoman add --ledger {place} REPORTS")
    if version != VERSION and read_only:
        raise LedgerError(f"{place}: this ledger is of an older version ({version}); open it once for writing to bring it up to date.")
    if version != VERSION:
        from dragoman.ledger.migrate import migrate

        with writing(engine) as connection:
            migrate(connection, VERSION)
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    if engine.dialect.name == "sqlite" and not read_only:
        _let_readers_in(engine)


def _let_readers_in(engine: Engine) -> None:
    """Write-ahead logging: readers go on beside the writer. The file remembers it; a copy that SQLite itself made does not."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        if cursor.execute("PRAGMA journal_mode").fetchone() == ("delete",):
            with contextlib.suppress(sqlite3.OperationalError):  # the file is read-only, or somebody has it open as it is: it works without
                cursor.execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


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
