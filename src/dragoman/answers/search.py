"""Full text: which reports hold these words, and what was found in them."""

from __future__ import annotations

import datetime as dt
import re

from pydantic import Field
from sqlalchemy import Connection, func, select

from dragoman.answers.after import After
from dragoman.answers.row import Answered, day_of
from dragoman.ledger import tables
from dragoman.ledger.gist import folded
from dragoman.ledger.textindex import TextIndex, terms_of
from dragoman.ledger.view import NOW, View

AROUND = 90  # characters shown on either side of the first word that was found


class Hit(Answered):
    """One report that holds the words."""

    wide = "Words"

    day: dt.date | None
    report: int = Field(description="The report's number in the ledger.")
    publisher: str | None
    headline: str | None
    url: str | None
    words: str | None = Field(description="Where the first of the words stands; empty where the ledger keeps no text.")
    findings: int = Field(description="How many findings the ledger holds of it.")

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        return {"Day": day_of(self.day), "Report": f"r{self.report}", "Publisher": self.publisher or "—", "Words": self.words or "[text not kept]", "Findings": str(self.findings)}


def search_reports(connection: Connection, index: TextIndex, words: str, *, view: View = NOW, limit: int = 50, after: After | None = None) -> list[Hit]:
    """Reports whose headline or text holds all words, the latest first.

    Args:
        connection: An open ledger.
        index: Its full-text index.
        words: Words, matched by their stems; a phrase in quotation marks.
        view: As of when; a report is known from when it was added.
        limit: How many at most.
        after: Only what comes after this one, by its day and the number of its report.
    """
    r, f = tables.reports.c, tables.findings.c
    if not terms_of(words):
        return []
    query = select(r.id).where(index.matches(connection, "reports", words), *view.held(r.published))
    if view.known is not None:
        query = query.where(r.added <= view.known)
    if after is not None:
        query = query.where(after.follows(r.published, r.id))
    latest = list(connection.scalars(query.order_by(r.published.desc().nulls_last(), r.id.desc()).limit(limit)))
    by_id = {row.id: row for row in connection.execute(select(r.id, r.published, r.publisher, r.headline, r.url, r.text).where(r.id.in_(latest)))}
    rows = [by_id[n] for n in latest]
    shown = select(f.report, func.count().label("findings")).where(f.report.in_([row.id for row in rows]), view.shows()).group_by(f.report)
    counts = {row.report: row.findings for row in connection.execute(shown)}
    return [
        Hit(
            day=row.published, report=row.id, publisher=row.publisher, headline=row.headline, url=row.url,
            words=_around(f"{row.headline}\n{row.text}" if row.headline else row.text, words), findings=counts.get(row.id, 0),
        )
        for row in rows
    ]  # fmt: skip


def _around(text: str | None, words: str) -> str | None:
    """The words around the first one that is found; its stem is enough."""
    if text is None:
        return None
    stems = [re.escape(t[: max(4, len(t) - 3)]) for t in map(folded, terms_of(words))]
    found = re.search(rf"\b(?:{'|'.join(stems)})", text, re.IGNORECASE)
    at = found.start() if found else 0
    start, end = max(0, at - AROUND), at + AROUND
    return ("… " if start else "") + " ".join(text[start:end].split()) + (" …" if end < len(text) else "")
