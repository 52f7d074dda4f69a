"""What people correct: findings, actors, affairs, stories. Each correction is a record of its own that says who, when and why; it is kept for ever, also when undone."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

from sqlalchemy import insert, select, update

from dragoman.errors import CorrectionError, NotInLedgerError
from dragoman.ledger import tables
from dragoman.ledger.amending import changes_of
from dragoman.ledger.applying import laid_on, lay_over, reapply
from dragoman.ledger.groups import GROUPED, joined, parted, settle
from dragoman.ledger.moments import is_prefix
from dragoman.ledger.names import actor_ids, party
from dragoman.ledger.overlay import OF_FINDINGS
from dragoman.ledger.people import told_of_actors

if TYPE_CHECKING:
    from dragoman.ledger.store import Writer

__all__ = ["Correcting", "correct", "person", "reapply", "undo"]

Correcting = Literal[
    "confirm", "reject", "amend", "merge_actors", "split_actors", "alias", "office", "merge_affairs", "split_affairs", "merge_stories", "split_stories"
]  # fmt: skip


def person() -> str:
    """Who corrects, where nobody says so: `DRAGOMAN_WHO`, else the name by which the person is logged in."""
    told = os.environ.get("DRAGOMAN_WHO", "").strip()
    if told:
        return told
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a user without a name, as in some containers
        return "somebody"


def correct(writer: Writer, what: Correcting, of: Sequence[str | int], told: Mapping[str, Any], *, who: str, why: str | None) -> int:
    """Make a correction; gives its number.

    Args:
        writer: The one writer; nothing of a correction that cannot be made is kept.
        what: What is corrected.
        of: A finding, actors, affairs, stories or reports, by number or name.
        told: What is said of it: of `amend` values by field; of `office` `acts_for`, `begin`, `end`.
        who: The person who corrects.
        why: The reason.

    Raises:
        NotInLedgerError: If the ledger does not hold what is to be corrected.
        CorrectionError: If it cannot be corrected so.
        UnknownNameError: If nobody goes by a name.
    """
    if what not in get_args(Correcting):
        raise CorrectionError(f"{what!r} is no correction. Choose from {', '.join(get_args(Correcting))}.")
    if told and what not in ("amend", "office"):
        raise CorrectionError(f"{what} takes no {', '.join(told)}.")
    by = _By(writer, who, why)
    if what in OF_FINDINGS:
        return _of_finding(by, what, _counted(what, of, 1)[0], told)
    match what:
        case "merge_actors":
            return _merge_actors(by, *_counted(what, of, 2))
        case "split_actors":
            return _split_actors(by, *_counted(what, of, 1))
        case "alias":
            return _alias(by, *_counted(what, of, 2))
        case "office":
            return _office(by, *_counted(what, of, 2), **told)
    return _group(by, what, of)


def undo(writer: Writer, correction: int | None, *, who: str) -> int:
    """Undo a correction, the last that stands where none is named; gives its number. It is kept, and `--known` before shows what it made.

    Raises:
        NotInLedgerError: If there is no such correction, or none to be undone.
        CorrectionError: If it was undone before.
    """
    c = tables.corrections.c
    query = select(tables.corrections)
    query = query.where(c.id == correction) if correction is not None else query.where(c.undone.is_(None)).order_by(c.id.desc()).limit(1)
    row = writer.connection.execute(query).first()
    if row is None:
        told = f"The ledger holds no correction {correction}. List them with: dragoman correct list" if correction is not None else "There is no correction to be undone."
        raise NotInLedgerError(told)
    if row.undone is not None:
        raise CorrectionError(f"Correction {row.id} was undone on {row.undone:%Y-%m-%d} by {row.undone_by}.")
    writer.connection.execute(update(tables.corrections).where(c.id == row.id).values(undone=writer.at, undone_by=who))
    if row.what in OF_FINDINGS:
        report = writer.connection.execute(select(tables.reports.c.id).where(tables.reports.c.key == row.report_key)).scalar()
        if report is not None:
            lay_over(writer, report)
    elif row.what in GROUPED:
        settle(writer, row.what, json.loads(row.detail))
    return int(row.id)


class _By:
    """A person who corrects, and where it is kept."""

    def __init__(self, writer: Writer, who: str, why: str | None) -> None:
        self.writer, self.who, self.why = writer, who, why

    def put(self, what: str, detail: Mapping[str, Any], **anchor: Any) -> int:
        """Keep a correction; gives its number."""
        number = self.writer.ids.take(tables.corrections)
        columns: dict[str, Any] = dict.fromkeys(("report_key", "kind", "part", "start", "end")) | anchor
        row = {"id": number, "what": what, "who": self.who, "why": self.why, "made": self.writer.at, "undone": None, "undone_by": None, "found": True}
        self.writer.connection.execute(insert(tables.corrections), {**row, **columns, "detail": json.dumps(detail, ensure_ascii=False)})
        return number


def number_of(told: str | int, letter: str, noun: str) -> int:
    """A number as answers show it (`f12`) or bare."""
    digits = str(told).strip().lower().removeprefix(letter)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
        raise CorrectionError(f"{told!r} is no {noun}. Name it by its number as answers show it, such as {letter}12.")
    return int(digits)


def _counted(what: str, of: Sequence[str | int], count: int) -> Sequence[str | int]:
    if len(of) != count:
        raise CorrectionError(f"{what} takes {count} name{'s' if count > 1 else ''}, not {len(of)}.")
    return of


def _of_finding(by: _By, what: str, finding: str | int, told: Mapping[str, Any]) -> int:
    number = number_of(finding, "f", "finding")
    laid = laid_on(by.writer, number)
    detail: dict[str, Any] = {"was": laid.anchor.was()}
    if what == "amend":
        detail["changes"] = changes = changes_of(laid.finding, told, lambda name: party(by.writer.connection, name).id)
        if all(getattr(laid.finding, k) == v for k, v in changes.items() if k != "time"):
            raise CorrectionError(f"f{number} says so already: {', '.join(f'{k}={_plain(v)}' for k, v in changes.items())}.")
    made = by.put(what, detail, report_key=laid.report_key, **laid.anchor.columns())
    lay_over(by.writer, laid.report, must=made)
    return made


def _group(by: _By, what: str, of: Sequence[str | int]) -> int:
    letter, noun = ("", "story") if what.endswith("stories") else ("a", "affair")
    if what.startswith("merge"):
        detail = joined(by.writer, what, [number_of(x, letter, noun) for x in of])
    else:
        story, *leaving = of or ("",)
        member, called = ("r", "report") if noun == "story" else ("f", "finding")
        detail = parted(by.writer, what, number_of(story, letter, noun), [number_of(x, member, called) for x in leaving])
    made = by.put(what, detail)
    settle(by.writer, what, detail)
    return made


def _merge_actors(by: _By, actor: str | int, other: str | int) -> int:
    one, two = party(by.writer.connection, str(actor)), party(by.writer.connection, str(other))
    if one.id == two.id:
        raise CorrectionError(f"{actor!r} and {other!r} are the same already: {one.name} ({one.id}).")
    return by.put("merge_actors", {"actor": one.id, "is": two.id})


def _split_actors(by: _By, actor: str | int) -> int:
    told = told_of_actors(by.writer.connection)
    merged = {*told.into, *told.into.values()}
    ids = [i for i in dict.fromkeys((*actor_ids(by.writer.connection, str(actor)), *told.names.get(str(actor).casefold(), ()))) if i in merged]
    if not ids:
        raise CorrectionError(f"{actor!r} was not merged with anybody. See what was merged with: dragoman correct list --what merge_actors")
    if len(ids) > 1:
        raise CorrectionError(f"{actor!r} may be {' or '.join(ids)}. Name one of these ids.")
    return by.put("split_actors", {"actor": ids[0]})


def _alias(by: _By, actor: str | int, name: str | int) -> int:
    who, called = party(by.writer.connection, str(actor)), str(name).strip()
    if not any(c.isalnum() for c in called):
        raise CorrectionError(f"{name!r} is no name.")
    meant = actor_ids(by.writer.connection, called)
    if len(meant) == 1 and meant[0] not in who.actors:
        raise CorrectionError(
            f"{called!r} is the name of {party(by.writer.connection, meant[0]).name} ({meant[0]}). If the two are the same, merge them: dragoman correct merge-actors"
        )
    if meant and set(meant) <= set(who.actors):
        raise CorrectionError(f"{who.name} goes by {called!r} already.")
    return by.put("alias", {"actor": who.id, "name": called})


def _office(by: _By, actor: str | int, office: str | int, *, acts_for: str | None = None, begin: str | None = None, end: str | None = None) -> int:
    who = party(by.writer.connection, str(actor))
    for option, day in (("from", begin), ("to", end)):
        if day is not None and not is_prefix(day):
            raise CorrectionError(f"{option} {day}: write it as year, year-month or year-month-day, such as 2023-09-13.")
    if begin and end and end < begin[: len(end)]:
        raise CorrectionError(f"The term ends ({end}) before it begins ({begin}).")
    body = party(by.writer.connection, acts_for) if acts_for else None
    held = {"actor": who.id, "office": str(office).strip(), "acts_for": body.side if body else None, "begin": begin, "end": end}
    return by.put("office", held)


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
