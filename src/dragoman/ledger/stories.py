"""Stories: reports of the same happening, exact copies, wire rewrites and follow-ups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select, update

from dragoman.ledger import tables
from dragoman.ledger.rows import Rows
from dragoman.records import Record


def put_likeness(record: Record, row: dict[str, Any], rows: Rows) -> None:
    """Fill in by what a report is known again: `likeness` of its row, and rows of its bands."""


def link_stories(connection: Connection, fresh: Sequence[int]) -> None:
    """Give new reports their stories."""
    r = tables.reports.c
    for number in fresh:
        print_ = connection.execute(select(r.fingerprint).where(r.id == number)).scalar_one()
        first = connection.execute(select(func.min(func.coalesce(r.story, r.id))).where(r.fingerprint == print_)).scalar_one()
        connection.execute(update(tables.reports).where(r.id == number).values(story=first))
