"""What a ledger takes: reports to be read, records that were read elsewhere; what it holds already is not read again."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from sqlalchemy import FromClause, and_, func, select

from dragoman.engines.local import JSON_OVER_TEXT, Outcome, read_all
from dragoman.engines.reading import Readable, item_of
from dragoman.errors import InputError
from dragoman.intake.item import Item, Pause, Recorded, SetAside
from dragoman.ledger import tables
from dragoman.ledger.added import Added, Placed
from dragoman.ledger.opening import reading
from dragoman.records import SCHEMA_VERSION, Record, Report

if TYPE_CHECKING:
    from dragoman.ledger.store import Store
    from dragoman.pipeline import Reader

PAGE = 200  # reports drawn from the ledger at once

type Gathered = Item | Recorded | SetAside | Pause
type Taken = Record | Placed | Added | Pause


@dataclass(frozen=True, slots=True)
class Passing(Outcome):
    """What goes by the reader in its place among the reports."""

    given: Recorded | Record | Added | Pause | None = None

    @property
    def length(self) -> int:
        """About how many characters its report has."""
        return len(self.given.report.text) if isinstance(self.given, Record) else len(self.json or b"") // JSON_OVER_TEXT


def take(store: Store, inputs: Iterable[Gathered], reader: Callable[[], Reader], *, workers: int = 1) -> Iterator[Added]:
    """Add what was gathered; gives what became of each input, in order, once it is safe.

    A report that the ledger holds in a reading by the same reader is not read again, nor is one that was deleted on demand. What cannot be taken is set aside, the rest goes on.

    Args:
        store: The ledger.
        inputs: Drawn only a bounded way ahead. At a pause all that came is added.
        reader: Gives the reader; asked for only when there is something to be read, as it takes a second to build.
        workers: Processes that read.

    Raises:
        LedgerError: If the database refuses; what was given back is kept.
    """
    return store.add_each(_read(store, inputs, reader, workers))


def take_given(store: Store, given: Iterable[Record | Readable], reader: Callable[[], Reader], *, workers: int = 1) -> Iterator[Added]:
    """The same for what a program gives."""
    inputs = (x if isinstance(x, Record) else item_of(x, number) for number, x in enumerate(given, start=1))
    return store.add_each(_read(store, inputs, reader, workers))


def read_anew(store: Store, reader: Callable[[], Reader], *, every: bool = False, workers: int = 1) -> Iterator[Added]:
    """Read reports again whose present reading is by another reader, or every report; what was known until now is superseded, each report in one transaction.

    Reports that are kept without their text stay as they are; `due` counts them.
    """
    reads = reader()
    held = _held(store, None if every else reads.fingerprint)
    return store.add_each(_taken(outcome) for outcome in read_all(held, reads, workers=workers))


def due(store: Store, fingerprint: str | None) -> tuple[int, int]:
    """How many reports would be read anew by a reader (None: every report); and how many of those cannot be, as their text was not kept."""
    with reading(store.engine) as connection:
        query = select(func.count(), func.count(tables.reports.c.text)).select_from(_present(fingerprint))
        every, kept = connection.execute(query).one()
    return kept, every - kept


def _present(fingerprint: str | None) -> FromClause:
    """Reports with their present readings, but for those by a reader."""
    r, g = tables.reports.c, tables.readings.c
    other = [] if fingerprint is None else [g.reader != fingerprint]
    return tables.reports.join(tables.readings, and_(g.report == r.id, g.known_to.is_(None), *other))


def _held(store: Store, fingerprint: str | None) -> Iterator[Item]:
    """Reports of the ledger as they came in."""
    r = tables.reports.c
    fields = ("text", "headline", "publisher", "published", "url")
    last = 0
    while True:
        page = select(r.id, r.ref, r.told, *(r[f] for f in fields)).select_from(_present(fingerprint)).where(r.id > last, r.text.is_not(None)).order_by(r.id).limit(PAGE)
        with reading(store.engine) as connection:
            rows = connection.execute(page).mappings().all()
        for row in rows:
            yield Item(Report(**{f: row[f] for f in fields}, language=json.loads(row["told"]).get("language")), ref=row["ref"], source=f"report {row['id']} of the ledger")
        if not rows:
            return
        last = rows[-1]["id"]


def _read(store: Store, inputs: Iterable[Gathered | Record], reader: Callable[[], Reader], workers: int) -> Iterator[Taken]:
    """Until the first report comes, without a reader; from there on through one."""
    rest = iter(inputs)
    for given in rest:
        if isinstance(given, Item):
            reads = reader()
            checked = _checked(store, itertools.chain((given,), rest), reads.fingerprint)
            yield from (_taken(outcome) for outcome in read_all(checked, reads, workers=workers))
            return
        yield given if isinstance(given, Pause) else _taken(_passing(given))


def _checked(store: Store, inputs: Iterable[Gathered | Record], fingerprint: str) -> Iterator[Item | Outcome | Pause]:
    """Inputs as the reader takes them: what needs no reading passes by it."""
    for given in inputs:
        if isinstance(given, Item):
            there = store.there(given.report, fingerprint, given.ref)
            yield given if there is None else Passing(given.ref, given=_at(there, given))
        elif isinstance(given, Pause):
            yield Passing(None, given=given)  # what was read before it is then added, not only read
            yield given
        else:
            yield _passing(given)


def _at(added: Added, item: Item) -> Added:
    return replace(added, error=added.error.at(item.source, item.line)) if isinstance(added.error, InputError) else added


def _passing(given: Recorded | SetAside | Record) -> Outcome:
    if isinstance(given, SetAside):
        return Outcome(given.ref, error=given.error)
    return Passing(None, given.json, given=given) if isinstance(given, Recorded) else Passing(given.ref, given=given)


def _taken(outcome: Outcome) -> Taken:
    given = outcome.given if isinstance(outcome, Passing) else None
    if outcome.error is not None:
        return Added(outcome.ref, None, "aside", outcome.error)
    if isinstance(given, Recorded):
        return _record_of(given)
    return given if given is not None else outcome.record()


def _record_of(line: Recorded) -> Placed | Added:
    """The record of a line; where it is none, why."""
    try:
        return Placed(Record.from_json(line.json), line.source, line.line)
    except ValidationError as error:
        return Added(_ref_of(line), None, "aside", InputError(_reason(line, error), source=line.source, line=line.line))


def _reason(line: Recorded, error: ValidationError) -> str:
    version = _field(line, "schema_version")
    if version is not None and version != SCHEMA_VERSION:
        return f"The record is of schema {version}, this Dragoman knows {SCHEMA_VERSION}. Read the report again, or update with: pip install -U dragoman"
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(x) for x in first["loc"])
    return f"The record is not whole: {place + ': ' if place else ''}{first['msg']}."


def _ref_of(line: Recorded) -> str | None:
    ref = _field(line, "ref")
    return ref if isinstance(ref, str) else None


def _field(line: Recorded, name: str) -> Any:
    try:
        fields = json.loads(line.json)
    except (ValueError, RecursionError):
        return None
    return fields.get(name) if isinstance(fields, dict) else None
