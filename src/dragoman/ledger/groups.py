"""What people join and part: stories by their reports, affairs by their matters. It is kept by hashes that a re-reading does not change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dragoman.errors import CorrectionError, NotInLedgerError
from dragoman.ledger import tables
from dragoman.ledger.matters import settle_matters
from dragoman.ledger.stories import settle_stories

if TYPE_CHECKING:
    from dragoman.ledger.store import Writer

GROUPED = ("merge_stories", "split_stories", "merge_affairs", "split_affairs")

type Keys = dict[int, str]  # of reports or matters, by number


def joined(writer: Writer, what: str, numbers: Sequence[int]) -> dict[str, Any]:
    """What it means that stories or affairs are one: the keys of their first reports or matters.

    Raises:
        NotInLedgerError: If there is no such story or affair.
        CorrectionError: If there is nothing to be joined.
    """
    members = _stories if what == "merge_stories" else _affairs
    if len(set(numbers)) < 2:
        raise CorrectionError(f"{what} takes two or more, not {len(set(numbers))}.")
    firsts = [next(iter(members(writer, n).items())) for n in numbers]
    return {"join": [key for _, key in firsts]}


def parted(writer: Writer, what: str, number: int, leaving: Iterable[int]) -> dict[str, Any]:
    """What it means that some leave a story or an affair: the keys of those that leave, and of those that stay.

    Args:
        writer: The one writer.
        what: `split_stories` or `split_affairs`.
        number: The story or affair.
        leaving: Reports that leave the story; findings whose matters leave the affair.

    Raises:
        NotInLedgerError: If there is no such story, affair, report or finding.
        CorrectionError: If one does not belong to it, or none would stay.
    """
    is_story = what == "split_stories"
    there = _stories(writer, number) if is_story else _affairs(writer, number)
    gone: Keys = {}
    for told in leaving:
        own = [told] if is_story else _matters_of(writer, told)
        mine = [n for n in own if n in there]
        if not mine:
            raise CorrectionError(f"r{told} is no report of story {number}." if is_story else f"f{told} is no finding of affair a{number}.")
        gone |= {n: there[n] for n in mine}
    stay = [key for n, key in there.items() if n not in gone]
    if not gone or not stay:
        raise CorrectionError(f"Name some {'reports' if is_story else 'findings'} that leave, and let some stay.")
    return {"part": [list(gone.values()), stay]}


def settle(writer: Writer, what: str, detail: Mapping[str, Any]) -> None:
    """Make the stories or affairs anew that a correction speaks of, after it was made or undone."""
    keys = [*detail.get("join", ()), *(k for group in detail.get("part", ()) for k in group)]
    table = tables.reports if what in ("merge_stories", "split_stories") else tables.matters
    numbers = list(writer.connection.scalars(select(table.c.id).where(table.c.key.in_(keys)).order_by(table.c.id)))
    (settle_stories if table is tables.reports else settle_matters)(writer.connection, numbers)


def _stories(writer: Writer, story: int) -> Keys:
    r = tables.reports.c
    found = {row.id: row.key for row in writer.connection.execute(select(r.id, r.key).where(r.story == story).order_by(r.id))}
    if not found:
        raise NotInLedgerError(f"The ledger holds no story {story}.")
    return found


def _affairs(writer: Writer, affair: int) -> Keys:
    m = tables.matters.c
    found = {row.id: row.key for row in writer.connection.execute(select(m.id, m.key).where(m.affair == affair).order_by(m.id))}
    if not found:
        raise NotInLedgerError(f"The ledger holds no affair a{affair}. List them with: dragoman affairs")
    return found


def _matters_of(writer: Writer, finding: int) -> list[int]:
    found = list(writer.connection.scalars(select(tables.affair_matters.c.matter).where(tables.affair_matters.c.finding == finding)))
    if not found:
        raise NotInLedgerError(f"f{finding} is no finding of an affair.")
    return found
