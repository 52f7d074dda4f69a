"""Reading many reports on one machine: in order, in this process or in several, with memory that does not grow with their number."""

from __future__ import annotations

import contextlib
import gc
import logging
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import DragomanError, InputError, ReadingError
from dragoman.intake.item import Item, SetAside
from dragoman.pipeline import Reader
from dragoman.records import Record

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

log = logging.getLogger(__name__)

AHEAD = 2  # batches a worker that may be under way: one being read, one waiting
SHARE = 4  # a worker's batch is this part of the settings' batch, so that the last ones end together and results flow
MOST_ITEMS = 1_000  # in a batch, whatever their length


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: the record as JSON, or the error that says why there is none.

    Attributes:
        ref: The caller's own name for it.
        json: The record, one line of UTF-8 JSON; None where it was set aside.
        error: Why it was set aside, with its place; None where it was read.
    """

    ref: str | None
    json: bytes | None = None
    error: DragomanError | None = None

    def record(self) -> Record:
        """The record; raises the error where there is none."""
        if self.json is None:
            raise self.error or ValueError("an outcome has a record or an error")
        return Record.from_json(self.json)


type Input = Item | SetAside


def read_all(items: Iterable[Input], reader: Reader, *, workers: int = 1) -> Iterator[Outcome]:
    """Read reports in order.

    Args:
        items: Reports and inputs that were set aside; drawn only as far ahead as a bounded number of batches.
        reader: The reader; where processes can be forked they share its memory, else each builds its own from the reader's settings.
        workers: Processes that read; 1 reads in this one.

    Returns:
        One outcome an input, in order. A report over which the reader fails, or whose worker is killed, is set aside; the rest goes on.

    Raises:
        ValueError: If `workers` is less than 1.
    """
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    characters = reader.settings.batch_characters
    if workers == 1:
        return (outcome for batch in batches(items, characters) for outcome in read_batch(batch, reader))
    return _Workers(reader, workers).read(batches(items, max(characters // SHARE, 1)))


def batches(items: Iterable[Input], characters: int) -> Iterator[list[Input]]:
    """Inputs in groups that hold at most so many characters; one that is longer stands alone."""
    batch: list[Input] = []
    size = 0
    for item in items:
        length = len(item.report.text) if isinstance(item, Item) else 0
        if batch and (size + length > characters or len(batch) >= MOST_ITEMS):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += length
    if batch:
        yield batch


def read_batch(batch: Sequence[Input], reader: Reader) -> list[Outcome]:
    """Read one batch; where the reader fails over it, its reports are read one by one, so that only the one at fault is lost."""
    items = [x for x in batch if isinstance(x, Item)]
    try:
        read = [_outcome(item, found) for item, found in zip(items, reader.read_batch((x.ref, x.report) for x in items), strict=True)]
    except Exception as error:  # whatever a stage raises must not stop the other reports; it is logged and told
        if len(items) > 1:
            return [outcome for item in batch for outcome in read_batch([item], reader)]
        log.info("The reader failed over %s", _name(items[0]), exc_info=True)
        read = [_lost(items[0], f"Dragoman failed over this report ({type(error).__name__}: {error}). The fault is Dragoman's: please report it with the text.")]
    found = iter(read)
    return [Outcome(x.ref, error=x.error) if isinstance(x, SetAside) else next(found) for x in batch]


def _outcome(item: Item, found: Record | DragomanError) -> Outcome:
    if isinstance(found, InputError):
        return Outcome(item.ref, error=found.at(item.source, item.line))
    if isinstance(found, DragomanError):
        return Outcome(item.ref, error=found)
    if item.notes:
        found = found.model_copy(update={"notes": (*found.notes, *item.notes)})
    return Outcome(item.ref, json=found.to_json().encode())


def _lost(item: Item, reason: str) -> Outcome:
    return Outcome(item.ref, error=ReadingError(reason, source=item.source, line=item.line))


def _name(item: Item) -> str:
    return ":".join(str(x) for x in (item.source or item.ref or "a report", item.line) if x is not None)


_reader: Reader | None = None  # the reader of a worker process, set once when it starts


def _start(reader: Reader) -> None:
    """A worker begins. Ctrl-C is the parent's to handle: it ends its workers."""
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # the collector leaves alone what was inherited, so that its memory stays shared
    _reader = reader


def _read_in_worker(batch: Sequence[Input]) -> list[Outcome]:
    assert _reader is not None
    return read_batch(batch, _reader)


class _Workers:
    """Worker processes. A worker that dies takes its pool with it; what was under way is then read again, report by report, to find the one that killed it."""

    def __init__(self, reader: Reader, number: int) -> None:
        self.reader, self.number = reader, number
        self.context = _context()
        self.pool = self._new_pool(number)
        self.broken = False

    def read(self, batches: Iterable[list[Input]]) -> Iterator[Outcome]:
        under_way: deque[tuple[list[Input], Future[list[Outcome]]]] = deque()
        try:
            for batch in batches:
                under_way.append((batch, self._submit(batch)))
                if len(under_way) >= AHEAD * self.number:
                    yield from self._finished(*under_way.popleft())
                if self.broken:  # all that was under way first: a process should not fork while it keeps a pool, and so threads, of its own
                    while under_way:
                        yield from self._finished(*under_way.popleft())
                    self.pool, self.broken = self._new_pool(self.number), False
            while under_way:
                yield from self._finished(*under_way.popleft())
        except BaseException:
            self._end_now()
            raise
        self.pool.shutdown()

    def _submit(self, batch: list[Input]) -> Future[list[Outcome]]:
        try:
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
        if isinstance(item, SetAside):
            return Outcome(item.ref, error=item.error)
        with self._new_pool(1) as pool:
            try:
                return pool.submit(_read_in_worker, [item]).result()[0]
            except BrokenProcessPool:
                return _lost(item, "The process that read this report was killed, twice; often for want of memory. Give fewer workers, or split the text.")

    def _new_pool(self, number: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(number, mp_context=self.context, initializer=_start, initargs=(self.reader,))

    def _end_now(self) -> None:
        """End the workers without waiting for the batches that they are reading."""
        workers = [*getattr(self.pool, "_processes", {}).values()]  # Python 3.14 has `terminate_workers` for this
        self.pool.shutdown(wait=False, cancel_futures=True)
        for process in workers:
            with contextlib.suppress(OSError, ValueError):
                process.terminate()


def _context() -> BaseContext:
    """Fork where there is one: workers then start at once and share the loaded model's memory."""
    return multiprocessing.get_context("fork" if "fork" in multiprocessing.get_all_start_methods() and os.name == "posix" else None)
