"""Statements: who said what about whom, by which act, in which words."""

from __future__ import annotations

import datetime as dt

from pydantic import Field
from sqlalchemy import Connection, select

from dragoman.answers.actors import Named, named
from dragoman.answers.after import After
from dragoman.answers.roles import with_roles
from dragoman.answers.row import Answered, day_of, names_of, where_of
from dragoman.answers.source import Source, sources_of
from dragoman.ledger import tables
from dragoman.ledger.names import Party
from dragoman.ledger.textindex import TextIndex
from dragoman.ledger.view import NOW, View
from dragoman.records.statement import Act, Manner, StatementKind


class Said(Answered):
    """One statement."""

    wide = "Words"

    day: dt.date | None = Field(description="The report's day; empty where it is not known.")
    speakers: tuple[Named, ...] = Field(description="Who said it; empty where the report leaves it open.")
    act: Act
    kind: StatementKind
    manner: Manner
    about: tuple[Named, ...] = Field(description="To whom it was said and who is named in it.")
    cue: str | None
    content: str | None = Field(description="What was said; empty where the ledger keeps no text of the report.")
    source: Source

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        words = self.content or "[text not kept]"
        return {"Day": day_of(self.day), "Who": names_of(self.speakers), "Act": self.act, "About": names_of(self.about), "Words": words, "Where": where_of(self.source)}


def find_statements(
    connection: Connection,
    words: TextIndex,
    *,
    by: Party | None = None,
    about: Party | None = None,
    act: Act | None = None,
    search: str | None = None,
    view: View = NOW,
    limit: int = 50,
    after: After | None = None,
) -> list[Said]:
    """Statements, the latest first.

    Args:
        connection: An open ledger.
        words: Its full-text index.
        by: The speaker; a state or body stands for all who speak for it.
        about: Somebody it was said to or who is named in it.
        act: What was done by saying it.
        search: Words that must stand in it; a phrase in quotation marks.
        view: As of when.
        limit: How many at most.
        after: Only what comes after this one, by its day and the number of its finding.
    """
    f, s = tables.findings.c, tables.statements.c
    query, day = with_roles(select(f.id).join(tables.statements, s.finding == f.id), "statement", {"speaker": by, "about": about})
    if act is not None:
        query = query.where(s.act == act)
    if search is not None:
        query = query.where(words.matches(connection, "statements", search))
    if after is not None:
        query = query.where(after.follows(day, f.id))
    latest = view.narrow(query, day=day).order_by(day.desc().nulls_last(), f.id.desc()).limit(limit)
    return said(connection, list(connection.scalars(latest)))


def said(connection: Connection, ids: list[int]) -> list[Said]:
    """Statements by the numbers of their findings, in the order given."""
    f, s = tables.findings.c, tables.statements.c
    rows = {r.id: r for r in connection.execute(select(f.id, f.day, *tables.statements.c).join(tables.statements, s.finding == f.id).where(f.id.in_(ids)))}
    who, sources = named(connection, ids), sources_of(connection, ids)
    return [
        Said(day=r.day, speakers=who[i].get("speaker", ()), act=r.act, kind=r.kind, manner=r.manner, about=who[i].get("about", ()), cue=r.cue, content=r.content, source=sources[i])
        for i, r in ((i, rows[i]) for i in ids)
    ]
