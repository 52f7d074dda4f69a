"""Texts that are read while somebody waits: one at a time, few in line, none for ever, so that pages stay quick."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from dragoman.records import Record, Report
from dragoman.web.desk import Desk

LONGEST = 100_000  # characters of a text that is read while somebody waits
IN_LINE = 8  # texts that wait or are read; each holds one of the threads that answer
SECONDS = 60.0  # from asking to the record


class BusyError(Exception):
    """The text is not read now."""


@dataclass
class Turns:
    """Who reads next."""

    desk: Desk
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        self._places = threading.BoundedSemaphore(IN_LINE)
        self._reading = ThreadPoolExecutor(1, "dragoman-read")

    def read(self, report: Report, ref: str | None) -> Record:
        """The record of a report.

        Raises:
            BusyError: If too many are in line, or its turn did not come and end in time.
            InputError: If it cannot be read.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError(f"{IN_LINE} texts are being read or wait for it. Try again in a moment, or add the report: it is read in its turn.")
        reading: Future[Record] = self._reading.submit(self._read, report, ref)
        reading.add_done_callback(lambda _: self._places.release())
        try:
            return reading.result(self.seconds)
        except TimeoutError:
            reading.cancel()
            raise BusyError(f"The text was not read within {self.seconds:.0f} seconds. Add the report instead: it is read in its turn.") from None

    def end(self) -> None:
        """Read nothing more."""
        self._reading.shutdown(wait=False, cancel_futures=True)

    def _read(self, report: Report, ref: str | None) -> Record:
        with self.desk.turn:
            return self.desk.reader.read(report, ref=ref)
