from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.engines.local import Input, Outcome, batches, read_all
from dragoman.engines.workers import Workers
from dragoman.errors import DragomanError, EmptyTextError, LanguageError, ReadingError
from dragoman.intake.item import Item, Pause, SetAside
from dragoman.pipeline import Reader
from dragoman.records import Record, Report

TEXTS = [f"Peru rejected the demand of Chile for talks, its envoy number {n} said on Tuesday. Chile threatened to recall its ambassador." for n in range(40)]


def items(texts: Iterable[str]) -> Iterator[Input]:
    for n, text in enumerate(texts):
        yield Item(Report(text=text), ref=str(n), source="wire.jsonl", line=n + 1)


class Failing(Reader):
    """Fails over some reports, as a faulty stage would, or takes its process with it."""

    def read_batch(self, reports: Iterable[tuple[str | None, Report]]) -> Iterator[Record | DragomanError]:
        pairs = list(reports)
        if any("FAULT" in r.text for _, r in pairs):
            raise ZeroDivisionError("a stage failed")
        if any("KILL" in r.text for _, r in pairs):
            os.kill(os.getpid(), signal.SIGKILL)
        yield from super().read_batch(pairs)

    def __reduce__(self) -> tuple[type[Reader], tuple[object]]:
        return Failing, (self.settings,)


@pytest.fixture(scope="module")
def failing() -> Failing:
    return Failing()


@pytest.fixture(scope="module")
def small(reader: Reader) -> Reader:
    """The same reader with small batches, so that forty reports make many of them."""
    other = Reader.__new__(Reader)
    other.__dict__.update({k: v for k, v in reader.__dict__.items() if k != "fingerprint"})
    other.settings = reader.settings.model_copy(update={"batch_characters": 1_000})
    return other


def test_two_workers_give_what_one_gives_in_the_same_order(small: Reader) -> None:
    one = list(read_all(items(TEXTS), small))
    two = list(read_all(items(TEXTS), small, workers=2))
    assert [o.ref for o in two] == [str(n) for n in range(len(TEXTS))]
    assert one == two


@pytest.mark.parametrize("workers", [1, 2])
def test_reports_are_drawn_only_a_bounded_way_ahead(small: Reader, workers: int) -> None:
    drawn = 0

    def endless() -> Iterator[Input]:
        nonlocal drawn
        while True:
            drawn += 1
            yield Item(Report(text=TEXTS[0]))

    outcomes = read_all(endless(), small, workers=workers)
    for given_back in range(1, 31):
        next(outcomes)
        assert drawn - given_back < 50
    outcomes.close()


@pytest.mark.parametrize("workers", [1, 2])
def test_what_cannot_be_read_keeps_its_place(small: Reader, workers: int) -> None:
    mixed: list[Input] = list(items(TEXTS[:6]))
    mixed[1] = SetAside(EmptyTextError("nothing in it"), ref="1")
    mixed[3] = Item(Report(text="Le ministre a déclaré mardi que son pays ne participerait pas aux négociations avec le Chili."), ref="3", source="wire.jsonl", line=4)
    outcomes = list(read_all(mixed, small, workers=workers))
    assert [o.ref for o in outcomes] == ["0", "1", "2", "3", "4", "5"]
    assert [type(o.error) for o in outcomes] == [type(None), EmptyTextError, type(None), LanguageError, type(None), type(None)]
    assert str(outcomes[3].error).startswith("wire.jsonl:4: The text is not English (recognised: fr)")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_fault_of_a_stage_costs_one_report(failing: Failing, workers: int) -> None:
    outcomes = list(read_all(items([*TEXTS[:3], "FAULT", *TEXTS[3:6]]), failing, workers=workers))
    assert [o.error is None for o in outcomes] == [True, True, True, False, True, True, True]
    assert isinstance(outcomes[3].error, ReadingError)
    assert "wire.jsonl:4: " in str(outcomes[3].error)
    assert "ZeroDivisionError" in str(outcomes[3].error)


@pytest.mark.slow
def test_a_killed_worker_costs_one_report(failing: Failing) -> None:
    outcomes = list(read_all(items([*TEXTS[:3], "KILL", *TEXTS[3:6]]), failing, workers=2))
    assert [o.error is None for o in outcomes] == [True, True, True, False, True, True, True]
    assert "was killed" in str(outcomes[3].error)


@pytest.mark.slow
def test_ctrl_c_ends_with_130_and_keeps_what_was_written(tmp_path: Path) -> None:
    lines, written = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines.write_text("".join(f'{{"ref": "{n}", "text": "{TEXTS[n % 40] * 20}"}}\n' for n in range(4_000)))
    with subprocess.Popen([sys.executable, "-m", "dragoman", "read", "--workers", "2", str(lines), "-o", str(written)], stderr=subprocess.PIPE, start_new_session=True) as process:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and not (written.exists() and written.stat().st_size):
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    kept = written.read_bytes()
    assert kept.endswith(b"\n")
    assert all(Record.from_json(line).report.text for line in kept.splitlines())
    assert told.decode().strip() == f"Stopped. {len(kept.splitlines())} reports read, written to {written}."


@pytest.mark.slow
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    lines, written = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines.write_text("".join(f'{{"ref": "{n}", "text": "{TEXTS[n % 40] * 20}"}}\n' for n in range(4_000)))
    with subprocess.Popen(
        [sys.executable, "-m", "dragoman", "read", "--workers", "2", str(lines), "-o", str(written)], stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline and not (written.exists() and written.stat().st_size):
            time.sleep(0.1)
        process.kill()
    while time.monotonic() < deadline and _is_alive(process.pid):
        time.sleep(0.1)
    assert not _is_alive(process.pid)


def _is_alive(group: int) -> bool:
    """Whether a process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("workers", [1, 2])
def test_at_a_pause_all_that_came_is_read(small: Reader, workers: int) -> None:
    drawn = 0

    def coming() -> Iterator[Input | Pause]:
        nonlocal drawn
        for item in items(TEXTS[:3]):
            drawn += 1
            yield item
            yield Pause()

    for number, outcome in enumerate(read_all(coming(), small, workers=workers), start=1):
        assert outcome.error is None
        assert drawn == number


@pytest.mark.slow
def test_forking_is_not_warned_of_where_no_thread_of_python_runs(small: Reader) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(list(read_all(items(TEXTS[:4]), small, workers=2))) == 4


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # other work may share the machine
@given(st.lists(st.integers(0, 400), max_size=40), st.integers(1, 1_000))
def test_batches_hold_all_in_order_and_no_more_characters_than_allowed(lengths: list[int], characters: int) -> None:
    given_items: list[Input] = [Item(Report(text="x" * n), ref=str(k)) for k, n in enumerate(lengths)]
    made = list(batches(given_items, characters))
    assert [x for b in made for x in b] == given_items
    assert all(len(b) == 1 or sum(len(x.report.text) for x in b if isinstance(x, Item)) <= characters for b in made)


def test_no_workers_is_refused(reader: Reader) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        read_all([], reader, workers=0)


def test_an_outcome_without_a_record_raises_its_error() -> None:
    with pytest.raises(EmptyTextError):
        Outcome("a", error=EmptyTextError("x")).record()


def test_half_an_answer_is_not_waited_for(reader: Reader) -> None:
    """A worker that is ended may have written a part of its answer."""
    workers = Workers(reader, 1)
    list(workers.pool.map(abs, [-1]))
    keeper = workers.pool._executor_manager_thread
    assert keeper is not None
    os.write(workers.pool._result_queue._writer.fileno(), b"\x00\x00\x10\x00half")
    workers._end_now()
    keeper.join(20)
    assert not keeper.is_alive()
