"""Corrections of findings laid over a reading: what is rejected is struck, what is amended stands anew in its place, what is confirmed stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from dragoman.errors import CorrectionError, NotInLedgerError
from dragoman.ledger import tables
from dragoman.ledger.counting import settle_events, settle_reports
from dragoman.ledger.overlay import Laid, Overlay

if TYPE_CHECKING:
    from dragoman.ledger.store import Writer

AT_ONCE = 500  # ids in one query: SQLite takes no more than some thousand


def reapply(writer: Writer, reports: Sequence[int]) -> None:
    """Let corrections find their findings again in readings that are new."""
    r, c = tables.reports.c, tables.corrections.c
    for start in range(0, len(reports), AT_ONCE):
        corrected = select(r.id).join(tables.corrections, c.report_key == r.key).where(r.id.in_(reports[start : start + AT_ONCE])).distinct().order_by(r.id)
        for report in list(writer.connection.scalars(corrected)):
            lay_over(writer, report)


def lay_over(writer: Writer, report: int, *, must: int | None = None) -> None:
    """Bring what stands of a report's findings in line with the corrections that stand.

    A correction that finds no finding, or whose amendment no longer fits, waits as an orphan.

    Args:
        writer: The one writer.
        report: The report.
        must: A correction that must not become an orphan, as it has only just been made.

    Raises:
        CorrectionError: If `must` does not fit its finding.
    """
    overlay = Overlay(writer, report)
    wanted, orphans = overlay.wanted(must)
    for number, chain in overlay.chains().items():
        steps = wanted.get(number, [])
        laid = len(chain.corrections)
        if chain.corrections == [c.id for c, _ in steps[:laid]]:
            overlay.put_on(number, chain.rows[-1], steps[laid:])
        else:
            overlay.take_off(chain)
            overlay.put_on(number, number, steps)
    for c in overlay.corrections:
        if c.found != (c.id not in orphans):
            writer.connection.execute(update(tables.corrections).where(tables.corrections.c.id == c.id).values(found=c.id not in orphans))
    settle_reports(writer.connection, [report])
    settle_events(writer.connection, [report])


def laid_on(writer: Writer, number: int) -> Laid:
    """A finding that stands, and what is laid over it.

    Raises:
        NotInLedgerError: If there is none of this number.
        CorrectionError: If it does not stand; it says what stands in its place.
    """
    f, s, c = tables.findings.c, tables.struck.c, tables.corrections.c
    row = writer.connection.execute(select(tables.findings).where(f.id == number)).first()
    if row is None:
        raise NotInLedgerError(f"The ledger holds no finding f{number}. Findings are numbered as answers show them, such as [r3 f12].")
    overlay = Overlay(writer, row.report)
    if row.known_to is not None:
        raise CorrectionError(f"f{number} is of an earlier reading or was undone." + _instead(overlay.instead_of(row)))
    struck = select(c.id, c.what, c.who).join(tables.struck, s.correction == c.id).where(s.finding == number, s.known_to.is_(None))
    by = writer.connection.execute(struck).first()
    if by is None:
        return overlay.laid(number)
    now = writer.connection.execute(select(f.id).where(f.correction == by.id, f.known_to.is_(None))).scalar()
    raise CorrectionError(f"f{number} was {_DONE[by.what]} by {by.who} (correction {by.id})." + (_instead(now) or f" Undo that first: dragoman undo {by.id}"))


_DONE = {"amend": "amended", "reject": "rejected"}


def _instead(number: Any) -> str:
    return f" In its place stands f{number}." if number is not None else ""
