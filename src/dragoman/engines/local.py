"""Reading many reports on one machine: in order, in this process or in several, with memory that does not grow with their number."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman.engines.long import is_long, long_record
from dragoman.errors import DragomanError, InputError, ReadingError
from dragoman.intake.item import Item, Pause, SetAside
from dragoman.pipeline import Reader
from dragoman.records import Record

log = logging.getLogger(__name__)

MOST_ITEMS = 1_000  # in a batch, whatever their length
JSON_OVER_TEXT = 10  # bytes of a record to a character of its report, about


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: the record as JSON, or the error that says why there is none.

    Attributes:
        ref: The caller's own name for it.
        json: The record, one line of UTF-8 JSON; None where it was set aside.
        error: Why it was set aside, with its place; None where it was read.
        assumed: What had to be assumed to get at its text; it stands in the record's notes too.
    """

    ref: str | None
    json: bytes | None = None
    error: DragomanError | None = None
    assumed: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """About how many characters its report has."""
        return len(self.json or b"") // JSON_OVER_TEXT

    def record(self) -> Record:
        """The record; raises the error where there is none."""
        if self.json is None:
            raise self.error or ValueError("an outcome has a record or an error")
        return Record.from_json(self.json)


type Input = Item | SetAside | Outcome  # an outcome that stands already comes back in its place


def read_all(items: Iterable[Input | Pause], reader: Reader, *, workers: int = 1) -> Iterator[Outcome]:
    """Read reports in order.

    Args:
        items: Reports, inputs that were set aside, and outcomes that stand already; drawn only as far ahead as a bounded number of batches. At a pause all that was drawn is read first.
        reader: The reader; where processes can be forked they share its memory, else each builds its own from the reader's settings.
        workers: Processes that read; 1 reads in this one.

    Returns:
        One outcome an input, in order. A report over which the reader fails, or whose worker is killed, is set aside; the rest goes on.

    Raises:
        ValueError: If `workers` is less than 1.
    """
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    grouped = batches(items, reader.settings.batch_characters)
    if workers == 1:
        return (outcome for batch in grouped for outcome in read_batch(batch, reader))
    from dragoman.engines.workers import Workers

    return Workers(reader, workers).read(grouped)


def batches(items: Iterable[Input | Pause], characters: int) -> Iterator[list[Input]]:
    """Inputs in groups that hold at most so many characters; one that is longer stands alone. A pause ends a group, and an empty one follows."""
    batch: list[Input] = []
    size = 0
    for item in items:
        if isinstance(item, Pause):
            yield from (batch, []) if batch else ([],)
            batch, size = [], 0
            continue
        length = len(item.report.text) if isinstance(item, Item) else item.length if isinstance(item, Outcome) else 0
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
        if not items:
            read = []
        elif len(items) == 1 and is_long(items[0], reader):
            read = [_long_outcome(items[0], reader)]
        else:
            read = [_outcome(item, found) for item, found in zip(items, reader.read_batch((x.ref, x.report) for x in items), strict=True)]
    except Exception as error:  # whatever a stage raises must not stop the other reports; it is logged and told
        if len(items) > 1:
            return [outcome for item in batch for outcome in read_batch([item], reader)]
        log.info("The reader failed over %s", _name(items[0]), exc_info=True)
        read = [lost(items[0], f"Dragoman failed over this report ({type(error).__name__}: {error}). The fault is Dragoman's: please report it with the text.")]
    found = iter(read)
    return [next(found) if isinstance(x, Item) else passed(x) for x in batch]


def passed(given: SetAside | Outcome) -> Outcome:
    """The outcome of what needs no reading."""
    return Outcome(given.ref, error=given.error) if isinstance(given, SetAside) else given


def _outcome(item: Item, found: Record | DragomanError) -> Outcome:
    if isinstance(found, InputError):
        return Outcome(item.ref, error=found.at(item.source, item.line))
    if isinstance(found, DragomanError):
        return Outcome(item.ref, error=found)
    if item.notes:
        found = found.model_copy(update={"notes": (*found.notes, *item.notes)})
    return Outcome(item.ref, json=found.to_json().encode(), assumed=item.notes)


def _long_outcome(item: Item, reader: Reader) -> Outcome:
    try:
        return Outcome(item.ref, json=long_record(item, reader), assumed=item.notes)
    except DragomanError as error:
        return Outcome(item.ref, error=error.at(item.source, item.line) if isinstance(error, InputError) else error)


def lost(item: Item, reason: str) -> Outcome:
    """The outcome of a report over which the reader failed."""
    return Outcome(item.ref, error=ReadingError(reason, source=item.source, line=item.line))


def _name(item: Item) -> str:
    return ":".join(str(x) for x in (item.source or item.ref or "a report", item.line) if x is not None)
