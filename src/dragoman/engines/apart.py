"""A reader in a process of its own: whoever answers others meanwhile keeps his process to himself, and a text that kills the reader kills nothing else."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cached_property
from typing import Any

from dragoman.engines import workers
from dragoman.errors import DragomanError, ReadingError
from dragoman.pipeline import Reader
from dragoman.records import Record, Report
from dragoman.settings import Settings

NICE = 5  # how far reading stands back where processors are short


class ReaderApart(Reader):
    """Reads like `Reader`, which is built in another process when first needed. It can be asked by several threads; they wait for each other.

    Args:
        settings: As of `Reader`.
        calibrated: As of `Reader`.
    """

    def __init__(self, settings: Settings | None = None, *, calibrated: bool = True) -> None:
        self.settings = settings or Settings()
        self.calibrated = calibrated
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    @cached_property
    def fingerprint(self) -> str:
        """As of `Reader`."""
        told: str = self._asked(_fingerprint)
        return told

    def read_batch(self, reports: Iterable[tuple[str | None, Report]]) -> Iterator[Record | DragomanError]:
        """As of `Reader`.

        Raises:
            ReadingError: If the process was killed over them.
        """
        return iter(self._asked(_read_batch, list(reports)))

    def read_pieces(self, report: Report, *, ref: str | None = None) -> Iterator[Record]:
        """As of `Reader`; the pieces come all at once."""
        return iter(self._asked(_read_pieces, report, ref))

    def close(self) -> None:
        """End the process; what it reads is lost."""
        with self._lock:
            self._end()

    def _asked(self, function: Callable[..., Any], *given: object) -> Any:
        try:
            with self._lock:
                asked = self._submit(function, *given)
            return asked.result()
        except BrokenProcessPool:
            with self._lock:
                self._end()
            raise ReadingError("The process that read this text was killed; often for want of memory. Split the text, or close other programs.") from None

    def _submit(self, function: Callable[..., Any], *given: object) -> Future[Any]:
        for _ in range(2):
            if self._pool is None:
                # Not forked: this process has threads, whose locks a copy of it would hold for ever.
                self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_start, initargs=(self.settings, self.calibrated))
            with contextlib.suppress(BrokenProcessPool):  # killed while it had nothing to do: another takes its place
                return self._pool.submit(function, *given)
            self._end()
        raise BrokenProcessPool

    def _end(self) -> None:
        if self._pool is None:
            return
        pool, self._pool = self._pool, None
        processes = [*getattr(pool, "_processes", {}).values()]
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            with contextlib.suppress(OSError, ValueError):
                process.terminate()


def _start(settings: Settings, calibrated: bool) -> None:
    """The process begins."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    workers.start(Reader(settings, calibrated=calibrated))


def _fingerprint() -> str:
    return workers.own_reader().fingerprint


def _read_batch(reports: list[tuple[str | None, Report]]) -> list[Record | DragomanError]:
    return list(workers.own_reader().read_batch(reports))


def _read_pieces(report: Report, ref: str | None) -> list[Record]:
    return list(workers.own_reader().read_pieces(report, ref=ref))
