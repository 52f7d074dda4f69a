"""The last day of which a ledger tells: where a period begins to be counted back, when nobody says which is meant."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, func, select

from dragoman.ledger import tables
from dragoman.ledger.view import NOW, View


def last_day(connection: Connection, view: View = NOW) -> dt.date | None:
    """The last day on which anything happened in a view; None where nothing is dated. What is rejected counts: it was looked for then."""
    f = tables.findings.c
    return connection.execute(select(func.max(f.day)).where(f.kind == "event", *view.held(f.day))).scalar()
