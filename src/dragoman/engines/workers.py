"""Reading in several processes of one machine."""

from __future__ import annotations

import contextlib
import gc
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
import warnings
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from dragoman.engines.local import Input, Outcome, lost, passed, read_batch
from dragoman.intake.item import Item
from dragoman.pipeline import Reader

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

log = logging.getLogger(__name__)

AHEAD = 2  # batches a worker that may be under way: one being read, one waiting
WATCH = 1.0  # seconds between two looks of a worker whether its parent is still there

_reader: Reader | None = None  # the reader of a worker process, set once when it starts


class Workers:
    """Worker processes. A worker that dies takes its pool with it; what was under way is then read again, report by report, to find the one that killed it.

    Args:
        reader: What they read with; where processes can be forked they share its memory, else each builds its own from the reader's settings.
        number: How many.
    """

    def __init__(self, reader: Reader, number: int) -> None:
        self.reader, self.number = reader, number
        self.context = _context()
        self.pool = self._new_pool(number)
        self.broken = False

    def read(self, batches: Iterable[list[Input]]) -> Iterator[Outcome]:
        """One outcome an input, in order. An empty batch says that no more has come yet: all that is under way is then finished first."""
        under_way: deque[tuple[list[Input], Future[list[Outcome]]]] = deque()
        try:
            for batch in batches:
                if batch:
                    under_way.append((batch, self._submit(batch)))
                if len(under_way) >= AHEAD * self.number:
                    yield from self._finished(*under_way.popleft())
                while under_way and (self.broken or not batch):
                    yield from self._finished(*under_way.popleft())
                if self.broken:  # with nothing under way: a process should not fork while it keeps a pool, and so threads, of its own
                    self.pool, self.broken = self._new_pool(self.number), False
            while under_way:
                yield from self._finished(*under_way.popleft())
        except BaseException:
            self._end_now()
            raise
        self.pool.shutdown()

    def _submit(self, batch: list[Input]) -> Future[list[Outcome]]:
        if not any(isinstance(x, Item) for x in batch):
            nothing_to_read: Future[list[Outcome]] = Future()
            nothing_to_read.set_result([passed(x) for x in batch if not isinstance(x, Item)])
            return nothing_to_read
        try:
            with _forking_quietly():
                return self.pool.submit(_read_in_worker, batch)
        except BrokenProcessPool as error:
            failed: Future[list[Outcome]] = Future()
            failed.set_exception(error)
            return failed

    def _finished(self, batch: list[Input], future: Future[list[Outcome]]) -> list[Outcome]:
        try:
            return future.result()
        except BrokenProcessPool:
            log.info("A worker process ended before its time; %d reports that were under way are read again one by one", len(batch))
        self.broken = True
        self.pool.shutdown()
        return [self._alone(item) for item in batch]

    def _alone(self, item: Input) -> Outcome:
        """Read one report in a process of its own."""
        if not isinstance(item, Item):
            return passed(item)
        with self._new_pool(1) as pool:
            try:
                with _forking_quietly():
                    reading = pool.submit(_read_in_worker, [item])
                return reading.result()[0]
            except BrokenProcessPool:
                return lost(item, "The process that read this report was killed, twice; often for want of memory. Give fewer workers, or split the text.")

    def _new_pool(self, number: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(number, mp_context=self.context, initializer=start, initargs=(self.reader,))

    def _end_now(self) -> None:
        """End the workers without waiting for the batches that they are reading."""
        workers = [*getattr(self.pool, "_processes", {}).values()]  # Python 3.14 has `terminate_workers` for this
        results = getattr(self.pool, "_result_queue", None)
        self.pool.shutdown(wait=False, cancel_futures=True)
        for process in workers:
            with contextlib.suppress(OSError, ValueError):
                process.terminate()
        if results is not None:  # a worker that ended within an answer leaves half of it: without a writer that comes to an end, and is not waited for
            with contextlib.suppress(OSError, ValueError):
                results._writer.close()


def start(reader: Reader) -> None:
    """A worker begins. Ctrl-C is the parent's to handle: it ends its workers."""
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # the collector leaves alone what was inherited, so that its memory stays shared
    _reader = reader
    if os.name == "posix":
        threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()


def _end_with(parent: int) -> None:
    """End this worker when its parent is gone: one that was killed could tell nobody, and its workers would wait for ever."""
    while os.getppid() == parent:
        time.sleep(WATCH)
    os._exit(1)


def own_reader() -> Reader:
    """The reader of this worker."""
    assert _reader is not None
    return _reader


def _read_in_worker(batch: Sequence[Input]) -> list[Outcome]:
    return read_batch(batch, own_reader())


@contextlib.contextmanager
def _forking_quietly() -> Iterator[None]:
    """Leave out Python's warning against forking where it does not apply: the only other threads are those of numpy's OpenBLAS, which prepares them for a fork itself.

    Where the program runs threads of its own, Python's warning is left to be told. See docs/decisions/0004-forked-workers.md.
    """
    with warnings.catch_warnings():
        if threading.active_count() == 1:
            warnings.filterwarnings("ignore", message=".*use of fork", category=DeprecationWarning)
        yield


def _context() -> BaseContext:
    """Fork on Linux: workers then start at once and share the loaded model's memory. Elsewhere what Python takes, as macOS's own libraries do not bear a fork."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else None)
