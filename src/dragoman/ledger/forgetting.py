"""Deletion on demand: a report, all that was read off it and all that people said of it, so that nothing of its words is left in the ledger's files.

SQLite: what is deleted is overwritten (`secure_delete`, see `opening`), the full-text index is written anew, and the write-ahead log is emptied. PostgreSQL: the rows are vacuumed; its own log, its
replicas and every backup are the keeper's to see to.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, delete, insert, or_, select, text, update

from dragoman.errors import CorrectionError, NotInLedgerError
from dragoman.ledger import tables
from dragoman.ledger.gist import folded
from dragoman.ledger.matters import prune_matters
from dragoman.ledger.stories import settle_stories, together_with

if TYPE_CHECKING:
    from dragoman.ledger.store import Writer

PATIENCE = 5.0  # seconds to wait for readers who still look at the ledger as it was
SHORTEST = 8  # characters of a key by which it may be named


def report_called(connection: Connection, told: str | int) -> int:
    """The number of a report, named by it (`r12`), by its URL or by the name under which it was added.

    Raises:
        NotInLedgerError: If there is none.
        CorrectionError: If several go by that name.
    """
    r, name = tables.reports.c, str(told).strip()
    digits = name.lower().removeprefix("r")
    condition = r.id == int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else or_(r.url == name, r.ref == name)
    found = list(connection.scalars(select(r.id).where(condition).order_by(r.id)))
    if not found:
        raise NotInLedgerError(f"The ledger holds no report {name}. Name it by its number as answers show it, such as r12, or by its URL.")
    if len(found) > 1:
        raise CorrectionError(f"{name} may be {', '.join(f'r{n}' for n in found[:-1])} or r{found[-1]}. Name one of these.")
    return int(found[0])


def forget_report(writer: Writer, report: int, *, who: str, why: str | None) -> str:
    """Delete a report and all that was read off it; what stays is a hash that says that it was here. Gives that hash; call `wipe` once it is committed.

    Raises:
        NotInLedgerError: If there is no such report.
    """
    c, r, f = writer.connection, tables.reports.c, tables.findings.c
    row = c.execute(select(r.key, r.revises).where(r.id == report)).first()
    if row is None:
        raise NotInLedgerError(f"The ledger holds no report r{report}.")
    key = str(row.key)
    others = together_with(c, report)
    found = select(f.id).where(f.report == report)
    met = _met(writer, report)
    writer.words.remove(c, "statements", list(c.scalars(select(tables.statements.c.finding).where(tables.statements.c.finding.in_(found)))))
    writer.words.remove(c, "reports", [report])
    c.execute(update(tables.reports).where(r.revises == report).values(revises=row.revises))
    c.execute(delete(tables.corrections).where(tables.corrections.c.report_key == key))
    c.execute(delete(tables.reports).where(r.id == report))
    _forget_actors(writer, met)
    prune_matters(c)
    settle_stories(c, others)
    writer.words.tidy(c)
    c.execute(insert(tables.forgotten), {"key": key, "at": writer.at, "who": who, "why": why})
    return key


def remember(writer: Writer, key: str) -> str:
    """Let a report that was deleted be taken in again; gives its hash.

    Raises:
        NotInLedgerError: If no report of this hash was deleted.
        CorrectionError: If the hash is too short to tell which.
    """
    k = tables.forgotten.c.key
    found = list(writer.connection.scalars(select(k).where(k.startswith(key.lower(), autoescape=True)).order_by(k))) if len(key) >= SHORTEST else []
    if len(key) < SHORTEST or len(found) > 1:
        raise CorrectionError(f"{key!r}: give at least {SHORTEST} characters of the hash, and as many as tell one report from others.")
    if not found:
        raise NotInLedgerError(f"No report {key} was deleted from this ledger.")
    writer.connection.execute(delete(tables.forgotten).where(k == found[0]))
    return str(found[0])


def wipe(engine: Engine) -> bool:
    """Let no trace of what was deleted stay beside the tables; False where a program that still looks at the ledger as it was keeps the write-ahead log from being emptied."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name != "sqlite":
            connection.execute(text(f"VACUUM {', '.join(t.name for t in tables.metadata.sorted_tables)}"))
            return True
        raw = connection.connection.driver_connection
        assert raw is not None
        until = time.monotonic() + PATIENCE
        while raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            if time.monotonic() > until:
                return False
            time.sleep(0.1)
    return True


def _met(writer: Writer, report: int) -> dict[str, set[str]]:
    """Whom the readings of a report met, with the names that it calls them."""
    a = tables.appearances.c
    met: dict[str, set[str]] = {}
    for row in writer.connection.execute(select(a.actor, a.name).where(a.report == report)):
        met.setdefault(row.actor, set()).add(folded(row.name)[:200])
    return met


def _forget_actors(writer: Writer, met: dict[str, set[str]]) -> None:
    """Forget whom only that report named, and what only that report called somebody."""
    c, a, n, o = writer.connection, tables.appearances.c, tables.names.c, tables.roles.c
    for actor, called in met.items():
        elsewhere = list(c.execute(select(a.name).where(a.actor == actor).group_by(a.name).order_by(a.name)).scalars())
        kept = {folded(name)[:200] for name in elsewhere}
        for name in called - kept:
            c.execute(delete(tables.names).where(n.folded == name, n.actor == actor))
        if elsewhere:
            latest = c.execute(select(a.name).where(a.actor == actor).order_by(a.id.desc()).limit(1)).scalar_one()
            c.execute(update(tables.actors).where(tables.actors.c.id == actor).values(name=latest))
        elif c.execute(select(o.id).where(o.actor == actor).limit(1)).first() is None:
            c.execute(delete(tables.names).where(n.actor == actor))
            c.execute(delete(tables.actors).where(tables.actors.c.id == actor))
