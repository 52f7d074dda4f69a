"""What becomes of what is added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dragoman.errors import DragomanError
from dragoman.records import Record

Fate = Literal["new", "revision", "reread", "known", "aside"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one record or report.

    Attributes:
        ref: The caller's own name for it.
        report: The report's number in the ledger; None where it was set aside.
        fate: `new`; `revision` of a report with the same URL; `reread` by another reader; `known`: nothing changed; `aside`: it was not taken.
        error: Why it was set aside.
    """

    ref: str | None
    report: int | None
    fate: Fate
    error: DragomanError | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A record with the file and line (1-based) that it comes from."""

    record: Record
    source: str
    line: int
