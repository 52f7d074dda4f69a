"""Reports that the desk accepted: kept in the ledger until they are read, so that a stop loses none; read by one thread, one after another."""

from __future__ import annotations

import datetime as dt
import json
import logging
import threading
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import Field
from sqlalchemy import func, insert, select, update

from dragoman.errors import NotInLedgerError
from dragoman.intake.item import Item, Pause, Recorded, SetAside, Told
from dragoman.intake.jsonl import jsonl_items
from dragoman.ledger import tables
from dragoman.ledger.added import Added
from dragoman.ledger.opening import reading, writing
from dragoman.ledger.taking import take
from dragoman.records import Known
from dragoman.web.desk import Desk

log = logging.getLogger(__name__)

State = Literal["waiting", "running", "done", "failed"]
IDLE = 2.0  # seconds after which the thread looks for work that another process accepted


class Fate(Known):
    """What became of one report."""

    ref: str | None
    report: int | None = Field(description="Its number in the ledger; empty where it was set aside.")
    fate: str = Field(description="new, revision, reread, known, aside")
    error: str | None = None


class Job(Known):
    """Reports that were accepted together."""

    id: int
    state: State
    total: int
    done: int
    aside: int
    made: dt.datetime
    reports: tuple[Fate, ...] = Field(description="What became of each, as far as it is known.")


@dataclass
class Works:
    """The thread that reads what was accepted.

    `stop` lets the report at hand be finished; the rest waits in the ledger for the next start.
    """

    desk: Desk

    def __post_init__(self) -> None:
        self._wake, self._stopped = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, or go on where the last stop left off; nothing where it runs already."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._stopped.clear()
        self._thread = threading.Thread(target=self._run, name="dragoman-works", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the report at hand and end."""
        self._stopped.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def accept(self, who: str, lines: Sequence[dict[str, object]]) -> Job:
        """Keep reports until they are read; each a mapping with the fields of the JSON Lines contract."""
        given = zlib.compress("\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode())
        with writing(self.desk.ledger.engine) as connection:
            number = (connection.execute(select(func.max(tables.jobs.c.id))).scalar() or 0) + 1
            row = {"id": number, "who": who, "made": self.desk.ledger.clock(), "state": "waiting", "done": 0, "aside": 0, "total": len(lines), "given": given}
            connection.execute(insert(tables.jobs), row)
        self._wake.set()
        return self.job(number)

    def job(self, number: int) -> Job:
        """How far it is.

        Raises:
            NotInLedgerError: If there is no such job.
        """
        with reading(self.desk.ledger.engine) as connection:
            row = connection.execute(select(tables.jobs).where(tables.jobs.c.id == number)).first()
            told = connection.scalars(select(tables.job_fates.c.told).where(tables.job_fates.c.job == number).order_by(tables.job_fates.c.place)).all()
        if row is None:
            raise NotInLedgerError(f"There is no job {number}.")
        fates = tuple(Fate.model_validate_json(one) for one in told)
        return Job(id=row.id, state=row.state, total=row.total, done=row.done, aside=row.aside, made=row.made, reports=fates)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                number = self._next()
                if number is not None:
                    self._do(number)
                    continue
            except Exception:
                log.exception("The desk failed over accepted reports; it tries again")
                self._stopped.wait(IDLE)
            self._wake.wait(IDLE)
            self._wake.clear()

    def _next(self) -> int | None:
        j = tables.jobs.c
        with reading(self.desk.ledger.engine) as connection:
            return connection.execute(select(j.id).where(j.state.in_(("waiting", "running"))).order_by(j.id).limit(1)).scalar()

    def _do(self, number: int) -> None:
        """Read the reports of a job that are not safe yet; what was safe when a stop came is known by its fate."""
        j, f = tables.jobs.c, tables.job_fates.c
        with reading(self.desk.ledger.engine) as connection:
            given = connection.execute(select(j.given).where(j.id == number)).scalar_one()
            place = connection.execute(select(func.count()).select_from(tables.job_fates).where(f.job == number)).scalar_one()
        self._mark(number, state="running")
        for line in zlib.decompress(given).splitlines()[place:]:
            if self._stopped.is_set():
                return
            with self.desk.turn:
                fates = list(take(self.desk.ledger, _items(line), lambda: self.desk.reader))
            for added in fates:
                self._tell(number, place, added)
                place += 1
        self._mark(number, state="done", given=None)

    def _tell(self, number: int, place: int, added: Added) -> None:
        """Keep what became of a report, in a row of its own: a job of thousands is told as quickly as one of few."""
        fate = Fate(ref=added.ref, report=added.report, fate=added.fate, error=str(added.error) if added.error else None)
        j, aside = tables.jobs.c, added.fate == "aside"
        with writing(self.desk.ledger.engine) as connection:
            connection.execute(insert(tables.job_fates), {"job": number, "place": place, "told": fate.model_dump_json()})
            connection.execute(update(tables.jobs).where(j.id == number).values(done=j.done + (not aside), aside=j.aside + aside))

    def _mark(self, number: int, **values: object) -> None:
        with writing(self.desk.ledger.engine) as connection:
            connection.execute(update(tables.jobs).where(tables.jobs.c.id == number).values(**values))

    def waiting(self) -> int:
        """How many accepted reports are still to be read."""
        j = tables.jobs.c
        with reading(self.desk.ledger.engine) as connection:
            return connection.execute(select(func.sum(j.total - j.done - j.aside)).where(j.state.in_(("waiting", "running")))).scalar() or 0


def _items(line: bytes) -> Iterator[Item | Recorded | SetAside]:
    """The report of a line; a record that was read elsewhere is taken as it is."""
    yield from (item for item in jsonl_items([line], "accepted", Told(), records=True) if not isinstance(item, Pause))
