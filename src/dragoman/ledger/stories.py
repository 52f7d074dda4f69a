"""Stories: reports of the same happening, exact copies, wire rewrites and follow-ups.

A story is what hangs together by links between two reports, and whether two are linked is a function of the two alone: so the stories are the same in whatever order reports came, and can be
made anew at any time. Its number is that of its first report. Each report has two: `story_read` by the rules alone, `story` with what people joined and parted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from sqlalchemy import Column, Connection, func, select, update

from dragoman.ledger import tables
from dragoman.ledger.counting import settle_events
from dragoman.ledger.likeness import REACH, Likeness, week_of
from dragoman.ledger.partition import Partition
from dragoman.ledger.resemblance import Link, resemblance

MOST = 256  # candidates that are looked at for one report: what shares a band with more is boilerplate, or a text that hundreds copied, and any of these leads to its story
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Member:
    """A report as stories see it."""

    id: int
    key: str
    fingerprint: str
    url: str | None
    likeness: Likeness | None
    bands: frozenset[int]


@dataclass(frozen=True, slots=True)
class Constraint:
    """What a person said of stories.

    Attributes:
        number: The correction; a later one goes before an earlier.
        groups: Keys of reports; those of one group are one story. Several groups are different stories.
    """

    number: int
    groups: tuple[frozenset[str], ...]

    @property
    def keys(self) -> frozenset[str]:
        """All reports that it speaks of."""
        return frozenset().union(*self.groups)


def link_stories(connection: Connection, fresh: Sequence[int]) -> None:
    """Give new reports their stories: each its own, then joined to those that tell the same."""
    said = constraints(connection)
    r = tables.reports.c
    concerned: list[int] = []
    bound = _bound(connection, said)
    for member in _members(connection, r.id.in_(fresh), fresh):
        near = [n.id for n in _candidates(connection, member) if linked(member, n)]
        read = _unite(connection, r.story_read, member.id, near)
        if said and (read & bound.stories or member.key in bound.keys):
            concerned.append(member.id)
        else:
            _unite(connection, r.story, member.id, near)
    if concerned:
        _settle_said(connection, concerned, said)


def linked(a: Member, b: Member) -> Link | None:
    """How two reports are one story, by the rules alone; None where they are not."""
    if a.fingerprint == b.fingerprint:
        return Link("copy", 1.0)
    if a.likeness is None or b.likeness is None:
        return None
    if a.url and a.url == b.url and abs(a.likeness.day - b.likeness.day) <= REACH:
        return Link("revision", 1.0)
    return resemblance(a.likeness, b.likeness) if a.bands & b.bands else None


def settle_stories(connection: Connection, reports: Sequence[int]) -> None:
    """Make the stories of reports anew: after a reading, a deletion or a correction that may part what was one. Give it all reports that a correction speaks of."""
    if not reports:
        return
    r = tables.reports.c
    numbers = set(_each(connection, r.story_read, r.id, reports))
    members = list(_members(connection, r.story_read.in_(numbers), numbers))
    _write(connection, r.story_read, _parted(members))
    # What is now apart may hang together with others all the same; what was not yet linked is.
    for member in members:
        _unite(connection, r.story_read, member.id, [n.id for n in _candidates(connection, member) if linked(member, n)])
    _settle_said(connection, [m.id for m in members], constraints(connection))


def rebuild_stories(connection: Connection) -> None:
    """Make all stories anew; gives what adding the reports one by one, in any order, gives."""
    r = tables.reports.c
    connection.execute(update(tables.reports).values(story=r.id, story_read=r.id))
    last = 0
    while True:
        page = list(connection.scalars(select(r.id).where(r.id > last).order_by(r.id).limit(AT_ONCE)))
        if not page:
            return
        link_stories(connection, page)
        settle_events(connection, page)
        last = page[-1]


def story_of(connection: Connection, report: int) -> int | None:
    """The number of the story that a report belongs to; None where there is no such report."""
    return connection.execute(select(tables.reports.c.story).where(tables.reports.c.id == report)).scalar()


def together_with(connection: Connection, report: int) -> list[int]:
    """The other reports of a report's stories, those that people made and those of the rules: what is to be settled when it goes."""
    r = tables.reports.c
    row = connection.execute(select(r.story, r.story_read).where(r.id == report)).first()
    if row is None:
        return []
    return list(connection.scalars(select(r.id).where((r.story == row.story) | (r.story_read == row.story_read), r.id != report).order_by(r.id)))


def members_of(connection: Connection, reports: Sequence[int]) -> list[Member]:
    """Reports as stories see them, by number."""
    return list(_members(connection, tables.reports.c.id.in_(reports), reports))


def constraints(connection: Connection) -> list[Constraint]:
    """What people said of stories and did not undo, the latest first."""
    c = tables.corrections.c
    rows = connection.execute(select(c.id, c.detail).where(c.what.in_(("merge_stories", "split_stories")), c.undone.is_(None)).order_by(c.id.desc()))
    return [Constraint(row.id, tuple(_groups(json.loads(row.detail)))) for row in rows]


def _groups(detail: dict[str, Any]) -> Iterator[frozenset[str]]:
    if detail.get("join"):
        yield frozenset(detail["join"])
    for group in detail.get("part", ()):
        yield frozenset(group)


@dataclass(frozen=True, slots=True)
class _Bound:
    """Which reports and stories people spoke of."""

    keys: frozenset[str]
    stories: frozenset[int]


def _bound(connection: Connection, said: Sequence[Constraint]) -> _Bound:
    keys = frozenset().union(*(c.keys for c in said))
    return _Bound(keys, frozenset(_each(connection, tables.reports.c.story_read, tables.reports.c.key, keys)))


def _settle_said(connection: Connection, reports: Sequence[int], said: Sequence[Constraint]) -> None:
    """Write `story` of reports, and of all that hang together with them by the rules or by what people said."""
    r = tables.reports.c
    numbers = set(_each(connection, r.story_read, r.id, reports))
    spoken = {c.number: frozenset(_each(connection, r.story_read, r.key, c.keys)) for c in said}
    reached: set[int] = set()
    while numbers != reached:
        reached = set(numbers)
        for stories in spoken.values():
            numbers |= stories if stories & numbers else set()
    members = list(_members(connection, r.story_read.in_(numbers), numbers)) if numbers else []
    mine = [c for c in said if spoken[c.number] & numbers]
    _write(connection, r.story, _parted(members, mine))
    settle_events(connection, [m.id for m in members])


def _parted(members: Sequence[Member], said: Sequence[Constraint] = ()) -> Partition:
    """Members by stories. What people said goes first, the latest before all; then the strongest links, so that what is parted goes with whom it is most alike."""
    made = Partition(m.id for m in members)
    by_key = {m.key: m.id for m in members}
    for constraint in said:
        groups = [[by_key[k] for k in group if k in by_key] for group in constraint.groups]
        for group in groups:
            for a, b in pairwise(group):
                made.join(a, b)
        for one, other in combinations(groups, 2):
            for a in one:
                for b in other:
                    made.part(a, b)
    order = _by_strength if made.is_parted else _as_met
    for a, b in order(members, made):
        made.join(a, b)
    return made


def _as_met(members: Sequence[Member], made: Partition) -> Iterator[tuple[int, int]]:
    """Linked pairs; where nothing is parted their order does not matter, and what is joined already need not be compared."""
    for a, b in _meeting(members):
        if not made.are_one(a.id, b.id) and linked(a, b):
            yield a.id, b.id


def _by_strength(members: Sequence[Member], made: Partition) -> Iterator[tuple[int, int]]:
    """Linked pairs, the strongest first; among equals by the reports' keys, which do not depend on what came first."""
    links = [(-link.score, sorted((a.key, b.key)), (a.id, b.id)) for a, b in _meeting(members) if (link := linked(a, b))]
    for _, _, pair in sorted(links):
        yield pair


def _meeting(members: Sequence[Member]) -> Iterator[tuple[Member, Member]]:
    """Pairs that share a band, a fingerprint or a URL; each once."""
    met: dict[object, list[Member]] = {}
    for m in members:
        for place in (*m.bands, m.fingerprint, *([m.url] if m.url else ())):
            met.setdefault(place, []).append(m)
    seen: set[tuple[int, int]] = set()
    for together in met.values():
        for a, b in combinations(together, 2):
            if (a.id, b.id) not in seen:
                seen.add((a.id, b.id))
                yield a, b


def _candidates(connection: Connection, member: Member) -> Iterator[Member]:
    """Reports that may tell the same as one: within a week's reach by bands, at any time by fingerprint."""
    r, b = tables.reports.c, tables.bands.c
    found: set[int] = set(connection.scalars(select(func.min(r.id)).where(r.fingerprint == member.fingerprint, r.id != member.id)).all()) - {None}
    if member.url:
        found |= set(connection.scalars(select(r.id).where(r.url == member.url, r.id != member.id).order_by(r.id.desc()).limit(MOST)))
    if member.likeness is not None:
        week = week_of(member.likeness.day)
        weeks = (week - 1, week, week + 1) if week else (0,)
        events = frozenset(member.likeness.events)
        # Apart, so that an event that hundreds tell on a day leaves room for those that share the text.
        for hashes in (member.bands - events, events):
            if hashes:
                found |= set(connection.scalars(select(b.report).where(b.week.in_(weeks), b.hash.in_(sorted(hashes)), b.report != member.id).limit(MOST)))
    return _members(connection, r.id.in_(sorted(found)), found)


def _members(connection: Connection, condition: Any, wanted: Iterable[object]) -> Iterator[Member]:
    """Reports that meet a condition, in the order of their numbers."""
    if not list(wanted):
        return
    r = tables.reports.c
    query = select(r.id, r.key, r.fingerprint, r.url, r.published, r.likeness).where(condition).order_by(r.id)
    for row in connection.execute(query).all():
        likeness = None if row.likeness is None else Likeness.of(row.likeness, row.published)
        yield Member(row.id, row.key, row.fingerprint, row.url, likeness, likeness.bands() if likeness else frozenset())


def _unite(connection: Connection, column: Column[Any], report: int, near: Sequence[int]) -> set[int]:
    """Make the stories of a report and of those near it one; gives the numbers of the stories that went into it."""
    r = tables.reports.c
    together = set(_each(connection, column, r.id, [report, *near]))
    first = min(together)
    later = sorted(together - {first})
    if later:
        connection.execute(update(tables.reports).where(column.in_(later)).values({column: first}))
    return together


def _write(connection: Connection, column: Column[Any], made: Partition) -> None:
    for first, members in made.groups():
        for start in range(0, len(members), AT_ONCE):
            connection.execute(update(tables.reports).where(tables.reports.c.id.in_(members[start : start + AT_ONCE])).values({column: first}))


def _each(connection: Connection, wanted: Column[Any], given: Column[Any], values: Iterable[Any]) -> Iterator[Any]:
    """Different values of one column by those of another."""
    asked = sorted(values)
    for start in range(0, len(asked), AT_ONCE):
        yield from connection.scalars(select(wanted).where(given.in_(asked[start : start + AT_ONCE])).distinct())
