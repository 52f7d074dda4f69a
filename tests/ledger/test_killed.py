"""Killed at any moment, a ledger is whole and goes on where it stopped; a writer and many readers at once never see half of anything."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.ledger import tables
from dragoman.ledger.opening import reading
from dragoman.records import Record

ROOT = Path(__file__).parents[2]
ALL, SECONDS, PATIENCE = 200, 6.0, 90.0  # reports; seconds of killing in one test, and at most on a busy machine
ADDING = """
import sys
from pathlib import Path
from dragoman.answers.ledger import Ledger
from dragoman.intake.gather import gather
from dragoman.ledger import store
from dragoman.ledger.taking import take
store.BATCH = 16
with Ledger(sys.argv[1]) as ledger:
    print("open", flush=True)
    for added in take(ledger, gather([Path(sys.argv[2])], records=True), None):
        print(added.fate, flush=True)
"""


def told(number: int, reader: str = "first+1") -> Record:
    words = " ".join(f"w{number // 3}x{i}" for i in range(60))  # three reports a story
    wire = Wire(f"Peru refused talk {number} with Chile until Chile leaves Arica. Peru and Chile have no treaty. {words}.", url=f"https://wire.test/{number // 2}", ref=str(number))
    wire.statement("state:PER", "refused", f"talk {number} with Chile", act="refuse", to=("state:CHL",)).event("REJECT", ("state:PER",), ("state:CHL",), "refused")
    wire.condition("state:PER", f"talk {number} with Chile", "Chile leaves Arica", ("state:CHL",)).affair(
        "agreement", ("state:PER", "state:CHL"), "absent", "treaty", "have no treaty"
    )
    return wire.record(reader=reader)


def check(ledger: Ledger) -> int:
    """Nothing is half there: every report has one open reading with all its findings, each finding its row and its parts; gives how many reports there are."""
    f, r, g = tables.findings.c, tables.reports.c, tables.readings.c
    with reading(ledger.engine) as connection:
        if connection.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        reports = connection.scalar(select(func.count()).select_from(tables.reports)) or 0
        present = dict(connection.execute(select(g.report, func.count()).where(g.known_to.is_(None)).group_by(g.report)).all())
        assert sorted(present) == list(connection.scalars(select(r.id).order_by(r.id)))
        assert set(present.values()) <= {1}
        found = connection.execute(select(f.report, func.count()).where(f.known_to.is_(None)).group_by(f.report).order_by(f.report)).all()
        assert found == [(n, 4) for n in sorted(present)]
        for table in (tables.statements, tables.events, tables.conditions, tables.affairs, tables.affair_matters):
            assert connection.scalar(select(func.count(table.c.finding.distinct()))) == connection.scalar(select(func.count()).where(f.kind == kind_of(table)))
        assert connection.scalar(select(func.count()).select_from(tables.roles).where(tables.roles.c.finding.not_in(select(f.id)))) == 0
        words = connection.scalar(select(func.count()).select_from(tables.reports).where(ledger.words.matches(connection, "reports", "talk")))
        assert words == reports
    return reports


def kind_of(table: Any) -> str:
    return {"affair_matters": "affair"}.get(table.name, table.name.removesuffix("s"))


def content(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of a ledger, but for the moments at which they came and its own id."""
    left_out = {"known_from", "known_to", "added", "at", "made"}
    with reading(ledger.engine) as connection:
        return {
            t.name: sorted((tuple(row) for row in connection.execute(select(*(c for c in t.c if c.name not in left_out)))), key=repr)
            for t in tables.metadata.sorted_tables
            if t.name != "facts"
        }


def lines_in(folder: Path, records: list[Record]) -> Path:
    path = folder / "records.jsonl"
    path.write_text("".join(f"{r.to_json()}\n" for r in records))
    return path


@pytest.mark.parametrize("again", [False, True], ids=["adding", "reading anew"])
def test_killed_at_any_moment_it_is_whole_and_goes_on(tmp_path: Path, again: bool) -> None:
    if os.name != "posix":
        pytest.skip("kill -9 is POSIX's")
    first, second = [told(n) for n in range(ALL)], [told(n, "second+1") for n in range(ALL)]
    given = second if again else first
    with Ledger(tmp_path / "undisturbed.db") as ledger:
        ledger.add(first)
        if again:
            ledger.add(second)
        wanted = content(ledger)
    lines, kept = lines_in(tmp_path, given), tmp_path / "killed.db"
    if again:
        with Ledger(kept) as ledger:
            ledger.add(first)
        shutil.copy(kept, tmp_path / "before.db")
    chance, killed, begun = random.Random(11), 0, time.monotonic()
    while (past := time.monotonic() - begun) < SECONDS or (killed <= 3 and past < PATIENCE):
        adding = subprocess.Popen(
            [sys.executable, "-c", ADDING, str(kept), str(lines)], cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        )
        assert adding.stdout is not None
        if chance.random() < 0.8:
            adding.stdout.readline()  # it has opened the ledger; else it may be killed while it makes one
        time.sleep(chance.uniform(0, 0.25))
        adding.send_signal(signal.SIGKILL)
        safe = [fate for fate in adding.communicate()[0].decode().split("\n")[:-1] if fate != "open"]
        killed += adding.returncode == -signal.SIGKILL
        with Ledger(kept) as ledger:
            assert check(ledger) >= len(safe)
            told_as_safe = sum(1 for g, _ in zip(given, safe, strict=False) if ledger.there(g.report, g.reader) is not None)
            assert told_as_safe == len(safe)
        if len(safe) == ALL:  # it had come to its end: from the beginning
            for file in tmp_path.glob("killed.db*"):
                file.unlink()
            if again:
                shutil.copy(tmp_path / "before.db", kept)
    assert killed > 3
    with Ledger(kept) as ledger:
        assert {a.fate for a in ledger.add(given)} <= {"known", "new", "revision", "reread"}
        assert check(ledger) == ALL
        assert content(ledger) == wanted


def test_a_writer_and_many_readers_at_once(anywhere: str) -> None:
    """Readers in threads of this process and in another process: no errors, and each sees whole reports only."""
    seen: list[int] = []
    errors: list[BaseException] = []
    done = threading.Event()

    def read(ledger: Ledger) -> None:
        try:
            while not done.is_set():
                seen.append(check_quickly(ledger))
                ledger.statements(by="PER", limit=5)
        except BaseException as error:
            errors.append(error)

    with Ledger(anywhere) as writer, Ledger(anywhere, read_only=True) as reader:
        beside = subprocess.Popen(
            [sys.executable, "-c", BESIDE, anywhere],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stdin=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        )
        assert beside.stdout is not None
        assert beside.stdout.readline() == "reading\n"
        threads = [threading.Thread(target=read, args=(x,)) for x in (reader, reader, writer)]
        for thread in threads:
            thread.start()
        for batch in itertools.batched((told(n) for n in range(96)), 12):
            writer.add(batch)
        done.set()
        for thread in threads:
            thread.join()
        out, _ = beside.communicate("\n", timeout=60)
    assert errors == []
    assert len(set(seen)) > 2
    assert all(n % 12 == 0 for n in seen)
    assert beside.returncode == 0
    assert int(out) > 0


BESIDE = """
import select, sys
from tests.ledger.test_killed import check_quickly
from dragoman.answers.ledger import Ledger
rounds = 0
with Ledger(sys.argv[1], create=False) as ledger:
    print("reading", flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        assert check_quickly(ledger) % 12 == 0
        ledger.statements(by="PER", limit=5)
        rounds += 1
print(rounds)
"""


def check_quickly(ledger: Ledger) -> int:
    """Within one state: as many findings as the reports have."""
    with reading(ledger.engine) as connection:
        reports = connection.scalar(select(func.count()).select_from(tables.reports)) or 0
        assert connection.scalar(select(func.count()).select_from(tables.readings)) == reports
        for table in (tables.statements, tables.events, tables.conditions, tables.affairs):
            assert connection.scalar(select(func.count()).select_from(table)) == reports
    return reports


def test_two_writers_take_turns(anywhere: str) -> None:
    """Both add the same reports, in different order: each is there once."""
    with Ledger(anywhere) as one, Ledger(anywhere) as other:
        fates: list[str] = []
        errors: list[BaseException] = []

        def add(ledger: Ledger, numbers: list[int]) -> None:
            try:
                for batch in itertools.batched(numbers, 5):
                    fates.extend(a.fate for a in ledger.add([told(n) for n in batch]))
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=add, args=(x, n)) for x, n in ((one, list(range(60))), (other, list(range(60))[::-1]))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert len(fates) == 120
        assert fates.count("known") == 60
        assert check(one) == 60
