"""What people watch: two sides, an actor or an affair; and how far whoever wants to be told has been told."""

from __future__ import annotations

import base64
import datetime as dt
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, insert, or_, select, update

from dragoman.errors import NotInLedgerError
from dragoman.ledger import tables
from dragoman.ledger.opening import reading, writing
from dragoman.ledger.store import Store

SECRET = "whsec_"  # so begins a secret of https://www.standardwebhooks.com
LEASE = dt.timedelta(minutes=2)  # for so long a delivery is left to whoever began it


@dataclass(frozen=True, slots=True)
class About:
    """What is watched.

    Attributes:
        a: A side's code, or an actor's id.
        b: Another side: then what is between the two.
        affair: An affair's number; then no sides.
    """

    a: str | None = None
    b: str | None = None
    affair: int | None = None

    def __str__(self) -> str:
        return f"affair a{self.affair}" if self.affair is not None else " – ".join(x for x in (self.a, self.b) if x)


@dataclass(frozen=True, slots=True)
class Watch:
    """A watch as the ledger keeps it; the columns of `watches` say what each field is."""

    id: int
    who: str
    about: About
    kinds: tuple[str, ...]
    hook: str | None
    secret: str | None
    made: dt.datetime
    ended: dt.datetime | None
    seen: int
    upto: int | None
    tries: int
    due: dt.datetime | None
    answer: str | None
    sent: dt.datetime | None
    given_up: dt.datetime | None

    @property
    def state(self) -> str:
        """How it is with it, in a word."""
        if self.ended:
            return "ended"
        if self.hook is None:
            return "feed"
        return "given up" if self.given_up else "tried again" if self.tries else "told"


def make_watch(store: Store, who: str, about: About, kinds: Sequence[str], hook: str | None = None) -> Watch:
    """Watch from now on: what the ledger holds already is not told.

    Args:
        store: The ledger.
        who: Who wants it.
        about: What is watched.
        kinds: Kinds of findings, of sides.
        hook: The address that is told; None: a feed is enough.
    """
    with writing(store.engine) as connection:
        number = (connection.execute(select(func.max(tables.watches.c.id))).scalar() or 0) + 1
        seen = connection.execute(select(func.max(tables.findings.c.id))).scalar() or 0
        told = {k: v for k, v in (("a", about.a), ("b", about.b), ("affair", about.affair)) if v is not None}
        secret = SECRET + base64.b64encode(secrets.token_bytes(24)).decode() if hook else None
        row = {"id": number, "who": who, "about": json.dumps(told), "kinds": ",".join(kinds), "hook": hook, "secret": secret, "made": store.clock(), "seen": seen, "tries": 0}
        connection.execute(insert(tables.watches), row)
    return watch(store, number)


def watch(store: Store, number: int) -> Watch:
    """A watch by its number.

    Raises:
        NotInLedgerError: If there is none.
    """
    found = _watches(store, tables.watches.c.id == number)
    if not found:
        raise NotInLedgerError(f"There is no watch {number}. See: dragoman watch list")
    return found[0]


def list_watches(store: Store, *, ended: bool = False) -> list[Watch]:
    """All watches, those that ended only where they are asked for."""
    return _watches(store, *([] if ended else [tables.watches.c.ended.is_(None)]))


def end_watch(store: Store, number: int) -> None:
    """Watch no longer.

    Raises:
        NotInLedgerError: If there is no such watch, or it ended already.
    """
    w = tables.watches.c
    _change(store, number, w.ended.is_(None), ended=store.clock())


def take_up(store: Store, number: int) -> None:
    """Try again, from now on, where it was given up; what moved meanwhile is told too.

    Raises:
        NotInLedgerError: If there is no such watch, or it was not given up.
    """
    w = tables.watches.c
    _change(store, number, w.ended.is_(None), w.given_up.is_not(None), given_up=None, tries=0, due=None)


def due_watches(store: Store, now: dt.datetime) -> list[Watch]:
    """Watches that have somebody to be told, and may be looked after now."""
    w = tables.watches.c
    return _watches(store, w.ended.is_(None), w.given_up.is_(None), w.hook.is_not(None), or_(w.due.is_(None), w.due <= now))


def claim(store: Store, watch: Watch, upto: int, now: dt.datetime) -> bool:
    """Begin a delivery up to a finding, and keep others from it for a while.

    Returns:
        False where another got there first.
    """
    w = tables.watches.c
    free = (w.id == watch.id, w.seen == watch.seen, w.tries == watch.tries, w.ended.is_(None), or_(w.due.is_(None), w.due <= now))
    with writing(store.engine) as connection:
        return connection.execute(update(tables.watches).where(*free).values(upto=upto, due=now + LEASE)).rowcount == 1


def passed(store: Store, watch: Watch, upto: int) -> None:
    """Nothing moved up to a finding."""
    with writing(store.engine) as connection:
        w = tables.watches.c
        connection.execute(update(tables.watches).where(w.id == watch.id, w.seen == watch.seen, w.upto.is_(None)).values(seen=upto))


def taken(store: Store, watch: Watch, upto: int, now: dt.datetime, answer: str) -> None:
    """The delivery was taken."""
    _set(store, watch, seen=upto, upto=None, tries=0, due=None, sent=now, answer=answer)


def refused(store: Store, watch: Watch, answer: str, *, due: dt.datetime | None, now: dt.datetime) -> None:
    """It was not; `due` is when to try again, None: it is given up."""
    _set(store, watch, tries=watch.tries + 1, due=due, answer=answer, given_up=None if due else now)


def _set(store: Store, watch: Watch, **values: Any) -> None:
    with writing(store.engine) as connection:
        connection.execute(update(tables.watches).where(tables.watches.c.id == watch.id).values(**values))


def _change(store: Store, number: int, *where: ColumnElement[bool], **values: Any) -> None:
    with writing(store.engine) as connection:
        if not connection.execute(update(tables.watches).where(tables.watches.c.id == number, *where).values(**values)).rowcount:
            raise NotInLedgerError(f"There is no watch {number} of which that can be said. See: dragoman watch list")


def _watches(store: Store, *where: ColumnElement[bool]) -> list[Watch]:
    with reading(store.engine) as connection:
        rows = connection.execute(select(tables.watches).where(*where).order_by(tables.watches.c.id)).mappings().all()
    return [Watch(**{**row, "about": About(**json.loads(row["about"])), "kinds": tuple(row["kinds"].split(","))}) for row in rows]
