"""Stories: the reports of one happening side by side, how alike they are, what each tells alone, and who is made to say what differently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, Connection, func, select

from dragoman.answers.counted import reports_of
from dragoman.answers.events import happened_in
from dragoman.answers.row import Answered, day_of
from dragoman.answers.told import standing
from dragoman.errors import NotInLedgerError
from dragoman.ledger import tables
from dragoman.ledger.gist import content_words
from dragoman.ledger.names import Party
from dragoman.ledger.stories import Member, linked, members_of
from dragoman.ledger.view import NOW, View
from dragoman.records import Known

SAME_MATTER = 0.5  # of the content words of the shorter of two statements that stand in the other: they say the same thing
PAGE = 250  # reports looked at together
FEWEST_WORDS = 2  # content words, under which a statement is not compared
SAME_WORDS = 0.6  # of all their content words: they say it in the same words

How = Literal["first", "copy", "revision", "rewrite", "telling", "joined"]
HOW = {"first": "the first", "copy": "a copy", "revision": "a revision", "rewrite": "a rewrite", "telling": "another telling", "joined": "joined by a person or through another"}


class Alone(Known):
    """What one report tells and no other of its story."""

    kind: Literal["event", "statement"]
    finding: int
    what: str = Field(description="Who does what to whom, or who says what.")


class Difference(Known):
    """What two reports of a story tell differently."""

    what: str = Field(description="Whose words differ, or what of which event.")
    here: str
    there: str
    report: int = Field(description="The other report.")


class StoryReport(Answered):
    """A report within its story."""

    wide = "Beside the others"

    story: int
    report: int
    ref: str | None
    publisher: str | None
    day: dt.date | None
    headline: str | None
    url: str | None
    how: How = Field(
        description="What it is beside the report that it is most like: a copy, a revision at the same address, a rewrite of the same text, another telling of the event."
    )
    like: int | None = Field(description="The report that it is most like, of those before it where it is like one.")
    likeness: float | None = Field(description="How much of the shorter of the two stands in the other, 0 to 1: of a telling content words, else runs of three words.")
    alone: tuple[Alone, ...]
    differs: tuple[Difference, ...]

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        how = HOW[self.how] + (f" of r{self.like} ({self.likeness:.0%})" if self.like is not None and self.likeness is not None else "")
        alone, differs = "; ".join(a.what for a in self.alone), "; ".join(f"{d.what}: {d.here} / r{d.report}: {d.there}" for d in self.differs)
        beside = " ".join(x for x in (alone and f"Alone: {alone}.", differs and f"Differently: {differs}.") if x)
        where = " ".join(x for x in (self.publisher or self.ref, f"[r{self.report}]") if x)
        return {"Day": day_of(self.day), "Headline": self.headline or "—", "Is": how, "Beside the others": beside, "Where": where}


class Story(Answered):
    """A story in a line."""

    story: int
    first: dt.date | None
    last: dt.date | None
    reports: int
    publishers: int
    headline: str | None = Field(description="Of its first report.")

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        return {"Story": str(self.story), "First": day_of(self.first), "Last": day_of(self.last), "Reports": str(self.reports), "Headline": self.headline or "—"}


@dataclass(frozen=True, slots=True)
class _Saying:
    finding: int
    report: int
    speaker: str
    name: str
    act: str
    content: str
    words: frozenset[str]


def find_stories(connection: Connection, *, about: Party | None = None, least: int = 2, view: View = NOW, limit: int = 50) -> list[Story]:
    """Stories that several reports tell, those told of last first.

    Args:
        connection: An open ledger.
        about: Somebody whom one of the reports tells of.
        least: How many reports at least.
        view: As of when.
        limit: How many at most.
    """
    r = tables.reports.c
    story = r.story_read if view.as_read else r.story
    query = select(r.id, r.published, story.label("story")).where(*_seen(view))
    day: ColumnElement[Any] = r.published
    number: ColumnElement[Any] = r.id
    if about is not None:
        told = reports_of(connection, about, None, replace(view, as_of=None, since=None)).subquery().c
        day, number = told.published, told.report  # an index holds them in this order
        query = query.join_from(tables.reports, told.report.table, told.report == r.id)
    found: dict[int, Story | None] = {}  # None: told by too few
    rows = connection.execute(query.order_by(day.desc().nulls_last(), number.desc())).yield_per(PAGE).partitions()
    for page in rows:
        fresh = list(dict.fromkeys(row.story for row in page if row.story not in found))
        counted = _counted(connection, view, fresh)
        found |= {n: counted[n] if counted[n].reports >= least else None for n in fresh}
        if sum(x is not None for x in found.values()) >= limit:
            break
    return [x for x in found.values() if x is not None][:limit]


def _counted(connection: Connection, view: View, stories: Sequence[int]) -> dict[int, Story]:
    """Stories in a line each, by number."""
    r = tables.reports.c
    story = r.story_read if view.as_read else r.story
    columns = (func.min(r.published).label("first"), func.max(r.published).label("last"), func.count().label("reports"), func.count(r.publisher.distinct()).label("publishers"))
    rows = connection.execute(select(story.label("story"), *columns).where(story.in_(stories), *_seen(view)).group_by(story)).all()
    heads = {row.id: row.headline for row in connection.execute(select(r.id, r.headline).where(r.id.in_(stories)))}
    return {x.story: Story(story=x.story, first=x.first, last=x.last, reports=x.reports, publishers=x.publishers, headline=heads.get(x.story)) for x in rows}


def find_story(connection: Connection, report: int, *, view: View = NOW, limit: int = 50) -> list[StoryReport]:
    """The reports of a story side by side, the first first.

    Args:
        connection: An open ledger.
        report: The story's number, or that of any of its reports.
        view: By which knowledge; with what people joined and parted, or without.
        limit: How many reports at most.

    Raises:
        NotInLedgerError: If there is no such report.
    """
    r = tables.reports.c
    column = r.story_read if view.as_read else r.story
    number = connection.execute(select(column).where(r.id == report, *_seen(view))).scalar()
    if number is None:
        raise NotInLedgerError(f"The ledger holds no report {report}, so no story of it. List stories with: dragoman story")
    columns = (r.id, r.ref, r.publisher, r.published, r.headline, r.url)
    rows = connection.execute(select(*columns).where(column == number, *_seen(view)).order_by(r.published.nulls_last(), r.id).limit(limit)).all()
    ids = [row.id for row in rows]
    by_id = {m.id: m for m in members_of(connection, ids)}
    alike = _alike([by_id[i] for i in ids])
    alone, differs = _compared(connection, view, number, ids)
    return [
        StoryReport(
            story=number, report=row.id, ref=row.ref, publisher=row.publisher, day=row.published, headline=row.headline, url=row.url,
            how=alike[row.id][0], like=alike[row.id][1], likeness=alike[row.id][2], alone=tuple(alone[row.id]), differs=tuple(differs[row.id]),
        )
        for row in rows
    ]  # fmt: skip


def _seen(view: View) -> Iterator[Any]:
    r = tables.reports.c
    yield from view.held(r.published)
    if view.known is not None:
        yield r.added <= view.known


def _alike(members: Sequence[Member]) -> dict[int, tuple[How, int | None, float | None]]:
    """What each report is beside the one it is most like: of those before it, else of those after it."""
    made: dict[int, tuple[How, int | None, float | None]] = {}
    for n, member in enumerate(members):
        if n == 0:
            made[member.id] = ("first", None, None)
            continue
        for others in (members[:n], members[n + 1 :]):
            links = [(link.score, -k, link.why, other.id) for k, other in enumerate(others) if (link := linked(member, other))]
            if links:
                score, _, why, other_id = max(links)
                made[member.id] = (why, other_id, round(score, 3))
                break
        made.setdefault(member.id, ("joined", None, None))
    return made


def _compared(connection: Connection, view: View, story: int, ids: Sequence[int]) -> tuple[dict[int, list[Alone]], dict[int, list[Difference]]]:
    alone: dict[int, list[Alone]] = {i: [] for i in ids}
    differs: dict[int, list[Difference]] = {i: [] for i in ids}
    if len(ids) < 2:
        return alone, differs
    for event in happened_in(connection, view, story):
        told = f"{', '.join(a.name for a in event.sources) or '?'} → {', '.join(a.name for a in event.targets) or '?'}: {event.type}"
        if event.reports == 1:
            only = event.tellings[0]
            if only.report in alone:
                alone[only.report].append(Alone(kind="event", finding=only.finding, what=told + standing(event.status, event.background)))
        for d in event.disagreements:
            for here in d.positions:
                there = next((p for p in d.positions if p.value != here.value), None)
                for report in here.reports:
                    if report in differs and there is not None and there.reports[0] != report:
                        differs[report].append(Difference(what=f"{d.what} of {told}", here=here.value, there=there.value, report=there.reports[0]))
    said = list(_said(connection, view, ids))
    for s in said:
        others = [(_share(s, o), o.speaker == s.speaker, -o.finding, o) for o in said if o.report != s.report]
        share, same_speaker, _, same = max(others, key=lambda x: (x[0] >= SAME_MATTER, x[1], x[:3]), default=(0.0, False, 0, None))
        if same is None or share < SAME_MATTER:
            alone[s.report].append(Alone(kind="statement", finding=s.finding, what=f"{s.name} ({s.act}): {s.content}"))
        elif not same_speaker or same.act != s.act or len(s.words & same.words) < SAME_WORDS * len(s.words | same.words):
            mine, theirs = (f"{x.act}: {x.content}" if same_speaker else f"{x.name} ({x.act}): {x.content}" for x in (s, same))
            differs[s.report].append(Difference(what=s.name if same_speaker else "who said it", here=mine, there=theirs, report=same.report))
    return alone, differs


def _share(a: _Saying, b: _Saying) -> float:
    """Share of the shorter statement's content words that stand in the other; what has hardly any says nothing of the same."""
    fewer = min(len(a.words), len(b.words))
    return len(a.words & b.words) / fewer if fewer >= FEWEST_WORDS else 0.0


def _said(connection: Connection, view: View, reports: Sequence[int]) -> Iterator[_Saying]:
    """What is said in reports by somebody who is known; words that are not kept cannot be compared."""
    f, s, a = tables.findings.c, tables.statements.c, tables.actors.c
    query = select(f.id, f.report, s.speaker, s.act, s.content, a.name).join(tables.statements, s.finding == f.id).outerjoin(tables.actors, a.id == s.speaker)
    for row in connection.execute(view.narrow(query.where(f.report.in_(reports), s.speaker.is_not(None), s.content.is_not(None))).order_by(f.id)):
        content = " ".join(row.content.split())
        yield _Saying(row.id, row.report, row.speaker, row.name or row.speaker, row.act, content, frozenset(content_words(content)))
