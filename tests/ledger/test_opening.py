"""What is no ledger, cannot be written to, breaks or goes away: a clear message, nothing half-written, nothing of others changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, event, make_url, text
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.errors import LedgerError, LedgerLockedError, NewerLedgerError, NoLedgerError
from dragoman.ledger import opening
from dragoman.ledger.added import Added
from dragoman.ledger.opening import location, reading, shown, writing
from dragoman.records import Record

ROOT = Path(__file__).parents[2]
NOBODY = 65534


def records(number: int, first: int = 0) -> list[Record]:
    words = (f"Peru refused talk {n} with Chile. {' '.join(f'w{n}x{i}' for i in range(200))}." for n in range(first, first + number))
    return [Wire(w).statement("state:PER", "refused", w.split(" refused ")[1].split(".")[0], act="refuse").record() for w in words]


def refused(words: str, kind: type[LedgerError] = LedgerError) -> pytest.RaisesExc[LedgerError]:
    """What is told of a ledger that refuses."""
    return pytest.raises(kind, match=words)


def add_all(ledger: Ledger, given: list[Record], told: list[Added]) -> None:
    """Add, and note what was told as added before it went wrong."""
    for added in ledger.add_each(given):
        told += [added]


@pytest.fixture
def there(tmp_path: Path) -> Path:
    """A ledger with five reports, closed."""
    path = tmp_path / "folder" / "ledger.db"
    path.parent.mkdir()
    with Ledger(path) as ledger:
        ledger.add(records(5))
    return path


def everything(folder: Path) -> dict[str, bytes]:
    return {f.name: f.read_bytes() for f in folder.iterdir()}


# What is named


def test_there_is_none(tmp_path: Path) -> None:
    with refused("there is no ledger here. Make one with: dragoman add", NoLedgerError):
        Ledger(tmp_path / "none.db", create=False)
    with refused("the folder .* does not exist", NoLedgerError):
        Ledger(tmp_path / "none" / "ledger.db")
    with refused("is a folder. Name the ledger's file in it", NoLedgerError):
        Ledger(tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("held", [b"Peru refused talks.\n" * 30, b"SQLite format 3\0" + b"\xff" * 5000], ids=["text", "a false head"])
def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path, held: bytes, create: bool) -> None:
    (tmp_path / "x.db").write_bytes(held)
    with refused("is no ledger|is damaged"):
        Ledger(tmp_path / "x.db", create=create)
    assert everything(tmp_path) == {"x.db": held}


def test_another_sqlite_database_is_left_alone(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "x.db")
    other.execute("CREATE TABLE accounts (id INTEGER)")
    other.close()
    before = everything(tmp_path)
    with refused(r"it holds other tables \(accounts", NoLedgerError):
        Ledger(tmp_path / "x.db")
    assert everything(tmp_path) == before


def test_an_empty_file_becomes_a_ledger_only_when_one_is_made(tmp_path: Path) -> None:
    (tmp_path / "x.db").touch()
    with refused("there is no ledger in this database", NoLedgerError):
        Ledger(tmp_path / "x.db", create=False)
    with Ledger(tmp_path / "x.db") as ledger:
        assert ledger.add(records(1))[0].fate == "new"


def test_a_newer_ledger_is_left_alone(anywhere: str) -> None:
    with Ledger(anywhere) as ledger, ledger.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0999'"))
    with refused(r"made by a newer Dragoman \(its version is 0999.*pip install -U dragoman", NewerLedgerError):
        Ledger(anywhere)


def test_a_file_says_that_it_is_a_ledger(there: Path) -> None:
    assert int.from_bytes(there.read_bytes()[68:72]) == opening.APPLICATION_ID


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("mysql://host/x", "lives in SQLite or PostgreSQL, not in mysql"),
        ("oracle://host/x", "lives in SQLite or PostgreSQL, not in oracle"),
        ("://", "neither a path nor a database URL"),
        ("postgresql://user@127.0.0.1:1/x", "connection to the database was lost or refused"),
        ("postgresql://user:secret@no-such-host.invalid/x", "connection to the database was lost or refused"),
    ],
)
def test_a_wrong_address_is_told(where: str, told: str) -> None:
    pytest.importorskip("psycopg")
    with refused(told) as caught:
        Ledger(where)
    assert "secret" not in str(caught.value)


def test_a_password_is_never_shown() -> None:
    assert shown(location("postgresql://user:secret@host/x")) == "postgresql+psycopg://user:***@host/x"


# What breaks


def test_a_ledger_cut_short_is_told_as_damaged(there: Path) -> None:
    whole = there.read_bytes()
    there.write_bytes(whole[: len(whole) // 3])
    with refused("damaged|no ledger"), Ledger(there, create=False) as ledger:
        list(ledger.records())


def test_damaged_pages_are_told(there: Path) -> None:
    with there.open("r+b") as stream:
        stream.seek(4096)
        stream.write(b"\x77" * (there.stat().st_size - 4096))
    with refused("damaged|no ledger"), Ledger(there, create=False) as ledger:
        list(ledger.records())


def fill_up(ledger: Ledger, pages: int) -> None:
    """As if the disk held only so many pages more."""
    ledger.engine.dispose()

    @event.listens_for(ledger.engine, "connect")
    def full(connection: sqlite3.Connection, _: object) -> None:
        (now,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {now + pages}")


def test_a_full_disk_is_told_and_what_was_added_stays(there: Path) -> None:
    with Ledger(there) as ledger:
        fill_up(ledger, 400)
        told: list[Added] = []
        with refused("the disk is full. What was added before is kept"):
            add_all(ledger, records(2000, first=5), told)
    assert told
    with Ledger(there) as ledger:
        assert whole(ledger) == 5 + len(told)
        assert [a.fate for a in ledger.add(records(5 + len(told)))] == ["known"] * (5 + len(told))


def test_a_disk_that_is_really_full_is_told(tmp_path: Path) -> None:
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        told: list[Added] = []
        with refused("the disk is full|the disk failed"), Ledger(disk / "ledger.db") as ledger:
            add_all(ledger, records(5000), told)
        shutil.copytree(disk, tmp_path / "copy")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
    with Ledger(tmp_path / "copy" / "ledger.db") as ledger:
        assert whole(ledger) == len(told) > 0


# Who may not write


def as_somebody_else(do: Callable[[], object]) -> str:
    """What comes of something done without rights, as root may write anywhere: its answer, or what its error says."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            answer = str(do())
        except BaseException as error:
            answer = f"{type(error).__name__}: {error}"
        os.write(send, answer.encode())
        os._exit(0)
    os.close(send)
    os.waitpid(child, 0)
    with os.fdopen(receive, "rb") as stream:
        return stream.read().decode()


def asked(path: Path) -> int:
    with Ledger(path, create=False) as ledger:
        return len(ledger.statements(by="PER"))


def added(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.add(records(1, first=9))


@pytest.fixture
def open_way(there: Path) -> Iterator[Path]:
    """The ledger where everybody can get at it: pytest's own folders are shut to others."""
    assert asked(there) == 5  # what is loaded when first needed is loaded: who has no rights may not load it
    room = Path(tempfile.mkdtemp())
    room.chmod(0o755)
    shutil.copytree(there.parent, room / "folder")
    yield room / "folder" / "ledger.db"
    (room / "folder").chmod(0o755)
    shutil.rmtree(room)


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o555), (0o444, 0o777), (0o666, 0o555)], ids=["file and folder", "file", "folder"])
def test_what_may_not_be_written_to_answers_all_the_same(open_way: Path, file: int, folder: int) -> None:
    open_way.chmod(file)
    open_way.parent.chmod(folder)
    assert as_somebody_else(lambda: asked(open_way)) == "5"
    assert "the ledger cannot be written to" in as_somebody_else(lambda: added(open_way))
    with Ledger(open_way) as ledger:
        assert whole(ledger) == 5


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_a_reader_without_rights_reads_beside_the_writer(open_way: Path) -> None:
    open_way.parent.chmod(0o555)
    with Ledger(open_way) as ledger:
        ledger.add(records(1, first=9))
        for beside in open_way.parent.iterdir():
            beside.chmod(0o644)
        assert as_somebody_else(lambda: asked(open_way)) == "6"


def test_a_place_that_may_not_be_written_to_takes_no_ledger(open_way: Path) -> None:
    open_way.parent.chmod(0o555)
    assert "cannot be opened. Check that the file and its folder are there and that you may use them" in as_somebody_else(lambda: added(open_way.parent / "new.db"))


def test_opened_to_be_asked_only_nothing_is_changed(there: Path) -> None:
    before = there.read_bytes()
    with Ledger(there, read_only=True) as ledger:
        assert len(ledger.statements()) == 5
        with refused("cannot be written to"):
            ledger.add(records(1, first=9))
    assert there.read_bytes() == before


# Others at it


def test_another_writer_is_waited_for_and_then_told(anywhere: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(anywhere):
        pass
    monkeypatch.setattr(opening, "WAIT", 1.0)
    with Ledger(anywhere) as one, Ledger(anywhere) as other, writing(one.engine):
        with refused("another program has been writing to this ledger for over 1 seconds", LedgerLockedError):
            other.add(records(1))
        assert other.statements() == []


def test_a_reader_sees_one_state_throughout(any_ledger: Ledger) -> None:
    any_ledger.add(records(1))
    count = text("SELECT count(*) FROM statements")
    with reading(any_ledger.engine) as connection:
        assert connection.scalar(count) == 1
        any_ledger.add(records(2))
        assert connection.scalar(count) == 1
    with reading(any_ledger.engine) as connection:
        assert connection.scalar(count) == 2


# PostgreSQL goes away


def ended(database: str) -> Callable[[], None]:
    """End every other connection to a database."""
    engine = create_engine(database)

    def end() -> None:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"))
        engine.dispose()

    return end


def test_a_connection_lost_within_a_transaction_is_told_and_nothing_is_half_written(database: str, clock: Clock) -> None:
    end, told = ended(database), []
    with Ledger(database, clock=clock) as ledger:

        @event.listens_for(ledger.engine, "before_cursor_execute")
        def cut(connection: object, cursor: object, statement: str, *_: object) -> None:
            if len(told) == 128 and statement.startswith("INSERT INTO findings"):
                end()

        with refused("the connection to the database was lost or refused .* go on with the same command"):
            add_all(ledger, records(300), told)
    assert len(told) == 128
    with Ledger(database, clock=clock) as ledger:
        assert whole(ledger) == 128
        assert [a.fate for a in ledger.add(records(300))] == ["known"] * 128 + ["new"] * 172
        assert whole(ledger) == 300


def test_a_connection_lost_between_transactions_is_made_anew(database: str) -> None:
    with Ledger(database) as ledger:
        ledger.add(records(2))
        ended(database)()
        assert [a.fate for a in ledger.add(records(3))] == ["known", "known", "new"]
        ended(database)()
        assert len(ledger.statements()) == 3


def test_who_may_not_come_in_is_told(postgres: URL, database: str) -> None:
    nobody = make_url(database).set(username="no_such_person", password="wrong").render_as_string(hide_password=False)
    with refused("lost or refused .*no_such_person") as caught:
        Ledger(nobody)
    assert "wrong" not in str(caught.value)
    with refused("lost or refused .*no_such_database"):
        Ledger(postgres.set(database="no_such_database").render_as_string(hide_password=False))


def test_who_may_read_only_is_answered_and_takes_nothing(postgres: URL, database: str) -> None:
    with Ledger(database) as ledger:
        ledger.add(records(2))
    engine = create_engine(database, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for command in ("CREATE ROLE reader_only LOGIN", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader_only"):
            connection.execute(text(command))
    try:
        with Ledger(make_url(database).set(username="reader_only").render_as_string(), create=False) as ledger:
            assert len(ledger.statements()) == 2
            with refused("cannot be written to"):
                ledger.add(records(1, first=9))
    finally:
        with engine.connect() as connection:
            connection.execute(text("DROP OWNED BY reader_only"))
            connection.execute(text("DROP ROLE reader_only"))
        engine.dispose()


def whole(ledger: Ledger) -> int:
    """How many reports a ledger holds, all of them whole."""
    with reading(ledger.engine) as connection:
        if connection.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        reports = connection.scalar(text("SELECT count(*) FROM reports"))
        for table in ("readings", "findings", "statements"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == reports
    return reports
