"""When a ledger last learned something: what a list goes by while it is paged through, and how whoever watches a ledger sees that it moved."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, func, select

from dragoman.ledger import tables


def latest(connection: Connection) -> dt.datetime | None:
    """The moment at which the last report, reading or correction came; None where nothing has.

    A writer takes its moment when it holds the lock, so moments stand in the order in which writers ended: what is known by this one is whole.
    """
    g, c = tables.readings.c, tables.corrections.c
    told = (
        select(func.max(tables.reports.c.added)),
        select(g.known_from).order_by(g.id.desc()).limit(1),
        select(c.made).order_by(c.id.desc()).limit(1),
        select(func.max(c.undone)),  # people's corrections are few
    )
    moments = [m for m in (connection.execute(query).scalar() for query in told) if m is not None]
    return max(moments, default=None)
