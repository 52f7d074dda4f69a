from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from dragoman.engines.apart import ReaderApart
from dragoman.errors import EmptyTextError, ReadingError
from dragoman.pipeline import Reader
from dragoman.records import Report

TEXT = "LIMA (Test) – Peru refused talks with Chile until Chile leaves Arica, Foreign Minister Ana Rojas said on Monday."


@pytest.fixture(scope="module")
def apart() -> Iterator[ReaderApart]:
    made = ReaderApart()
    yield made
    made.close()


def test_it_reads_as_a_reader_does(apart: ReaderApart, reader: Reader) -> None:
    assert apart.fingerprint == reader.fingerprint
    assert apart.read(TEXT, published="2024-06-10", ref="x") == reader.read(TEXT, published="2024-06-10", ref="x")
    assert list(apart.read_pieces(Report(text=TEXT))) == list(reader.read_pieces(Report(text=TEXT)))
    with pytest.raises(EmptyTextError):
        apart.read(" \n")


def test_a_killed_process_is_told_of_and_another_takes_its_place(apart: ReaderApart) -> None:
    with pytest.raises(ReadingError, match="killed"):
        apart._asked(die)
    assert apart.read(TEXT).conditions


def test_a_process_killed_while_idle_is_replaced(apart: ReaderApart) -> None:
    apart.read(TEXT)
    (process,) = apart._pool._processes.values()
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    time.sleep(1)  # until the pool has seen it
    assert apart.read(TEXT).conditions


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
