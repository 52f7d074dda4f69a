"""Where two sides stand: their affairs and conditions, what each last said of the other, and how much was read to say so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from pydantic import Field
from sqlalchemy import Connection

from dragoman.answers.actors import Named
from dragoman.answers.affairs import AffairStands, find_affairs
from dragoman.answers.conditions import ConditionStands, find_conditions
from dragoman.answers.coverage import Covered, count_reports
from dragoman.answers.measures import Measured, find_measures
from dragoman.answers.row import Answered, day_of, names_of, where_of
from dragoman.answers.source import Source
from dragoman.answers.statements import Said, find_statements
from dragoman.errors import InputError
from dragoman.ledger.names import Party
from dragoman.ledger.textindex import TextIndex
from dragoman.ledger.view import NOW, View
from dragoman.records import Known

AFFAIRS = 60
LAST_WORDS = 3
YEARS = 5


class Stands(Answered):
    """One line of where two sides stand."""

    wide = "Words"

    section: str = Field(description="sanctions, agreement, negotiation, dispute, hostilities, relations; condition; last words.")
    day: dt.date | None = Field(description="The day of the last report that says so.")
    since: dt.date | None = Field(default=None, description="Of an affair: since when it stands so, as far as was read.")
    what: str = Field(description="What it is about; of last words the act.")
    status: str | None = Field(description="Where it stands.")
    sources: tuple[Named, ...]
    targets: tuple[Named, ...]
    source: Source

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        since = f"since {day_of(self.since)}" if self.since else day_of(self.day)
        told = f"{names_of(self.sources)} → {names_of(self.targets)}" if self.targets else names_of(self.sources)
        words = self.source.sentence or "[text not kept]"
        return {"Section": self.section, "Status": self.status or "", "What": self.what, "Who": told, "Since": since, "Words": words, "Where": where_of(self.source)}


class Standing(Known):
    """Where two sides stand. Nothing in it is without its source."""

    a: Named
    b: Named
    as_of: dt.date | None = Field(description="What held at the end of this day; empty for all days.")
    known: dt.datetime | None = Field(description="What the ledger knew then; empty for now.")
    read: Covered = Field(description="The reports that tell of both: nothing below is told from nothing read.")
    affairs: tuple[AffairStands, ...] = Field(description="Disputes, negotiations, hostilities, relations.")
    agreements: tuple[AffairStands, ...]
    sanctions: tuple[AffairStands, ...] = Field(description="In both directions.")
    conditions: tuple[ConditionStands, ...] = Field(description="Still open.")
    last_words: tuple[Said, ...] = Field(description="What each last said of the other.")
    measures: tuple[Measured, ...] = Field(description="Cooperation and conflict by year, both directions together.")

    def rows(self) -> list[Stands]:
        """The same as lines, for a table."""
        return list(_lines(self))


def find_standing(connection: Connection, words: TextIndex, a: Party, b: Party, *, view: View = NOW) -> Standing:
    """Where two sides stand.

    Args:
        connection: An open ledger.
        words: Its full-text index.
        a: A side.
        b: The other.
        view: As of when, by which knowledge; `since` leaves out what was not told of since.

    Raises:
        InputError: If the two are one side.
    """
    if a.side == b.side:
        raise InputError(f"{a.name} and {b.name} are one side ({a.side}). A standing is between two; name another.")
    affairs = find_affairs(connection, of=(a, b), view=view, limit=AFFAIRS)
    said = [*find_statements(connection, words, by=a, about=b, view=view, limit=LAST_WORDS), *find_statements(connection, words, by=b, about=a, view=view, limit=LAST_WORDS)]
    measured = find_measures(connection, a, b, by="year", view=view, latest=YEARS) if a.code and b.code else []
    return Standing(
        a=Named(id=a.id, name=a.name, code=a.side),
        b=Named(id=b.id, name=b.name, code=b.side),
        as_of=view.as_of,
        known=view.known,
        read=count_reports(connection, a, b, replace(view, since=None)),
        affairs=tuple(x for x in affairs if x.kind not in ("agreement", "sanctions")),
        agreements=tuple(x for x in affairs if x.kind == "agreement"),
        sanctions=tuple(x for x in affairs if x.kind == "sanctions"),
        conditions=tuple(find_conditions(connection, between=(a, b), open_only=True, view=view)),
        last_words=tuple(said),
        measures=tuple(m for m in measured if m.direction == "both" and m.first is not None),
    )


def _lines(s: Standing) -> Iterator[Stands]:
    for x in (*s.affairs, *s.agreements, *s.sanctions):
        sources, targets = (x.parties[:1], x.parties[1:]) if x.kind == "sanctions" else (x.parties, ())
        yield Stands(section=x.kind, day=x.day, since=x.since, what=x.subject, status=x.status, sources=sources, targets=targets, source=x.source)
    for c in s.conditions:
        yield Stands(section="condition", day=c.last, since=c.first, what=c.kind, status=c.polarity, sources=c.holder, targets=c.owes, source=c.source)
    for w in s.last_words:
        yield Stands(section="last words", day=w.day, what=w.act, status=None, sources=w.speakers, targets=w.about, source=w.source)
