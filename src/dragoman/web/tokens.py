"""Tokens: who may read, add, correct and watch at the desk. The ledger keeps their hashes; a token itself is shown once, when it is made."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import ColumnElement, func, insert, select, update

from dragoman.errors import InputError, NotInLedgerError
from dragoman.ledger import tables
from dragoman.ledger.opening import reading, writing
from dragoman.ledger.store import Store

Scope = Literal["read", "add", "correct", "watch"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
DAYS = 14  # how long a browser stays signed in
PREFIX = "drg_"  # so that a token that leaked is known for what it is


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks at the desk, and what he may do."""

    token: int
    name: str
    scopes: tuple[str, ...]

    def may(self, scope: Scope) -> bool:
        """Whether he may read, add, correct or watch; who may do more may read."""
        return scope in self.scopes or scope == "read"


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is listed: never the token itself."""

    id: int
    name: str
    scopes: tuple[str, ...]
    made: dt.datetime
    ended: dt.datetime | None


def make_token(store: Store, name: str, scopes: Sequence[str]) -> str:
    """A new token; it can be shown only now.

    Raises:
        InputError: If a scope is none of read, add, correct, watch.
    """
    wrong = [s for s in scopes if s not in SCOPES]
    if wrong or not scopes:
        raise InputError(f"No scope {', '.join(wrong) or 'was given'}: choose from {', '.join(SCOPES)}.")
    token = PREFIX + secrets.token_urlsafe(32)
    with writing(store.engine) as connection:
        number = (connection.execute(select(func.max(tables.tokens.c.id))).scalar() or 0) + 1
        row = {"id": number, "name": name, "hash": _hashed(token), "scopes": ",".join(s for s in SCOPES if s in scopes), "made": store.clock()}
        connection.execute(insert(tables.tokens), {**row, "ended": None})
    return token


def list_tokens(store: Store) -> list[Token]:
    """All tokens, ended ones too."""
    with reading(store.engine) as connection:
        rows = connection.execute(select(tables.tokens).order_by(tables.tokens.c.id))
        return [Token(r.id, r.name, tuple(r.scopes.split(",")), r.made, r.ended) for r in rows]


def end_token(store: Store, number: int) -> None:
    """Take a token no longer.

    Raises:
        NotInLedgerError: If there is no such token.
    """
    with writing(store.engine) as connection:
        t = tables.tokens
        if not connection.execute(update(t).where(t.c.id == number, t.c.ended.is_(None)).values(ended=store.clock())).rowcount:
            raise NotInLedgerError(f"There is no token {number} that is still taken. See: dragoman token list")


def visitor_of(store: Store, token: str) -> Visitor | None:
    """Who holds a token; None where it is none, or no longer."""
    return _visitor(store, tables.tokens.c.hash == _hashed(token))


def session_of(store: Store, visitor: Visitor) -> str:
    """What a browser keeps instead of the token: who it is and until when, signed with the ledger's own secret."""
    told = f"{visitor.token}.{int(time.time()) + DAYS * 86_400}"
    return f"{told}.{_signed(store, told)}"


def visitor_by_session(store: Store, session: str) -> Visitor | None:
    """Who a browser's session belongs to; None where it is forged, over, or its token ended."""
    told, _, signature = session.rpartition(".")
    number, _, until = told.partition(".")
    if not (number.isdigit() and until.isdigit()) or not hmac.compare_digest(signature, _signed(store, told)) or int(until) < time.time():
        return None
    return _visitor(store, tables.tokens.c.id == int(number))


def form_mark(store: Store, session: str) -> str:
    """What a form must bring back to show that it is our own (CSRF): bound to the browser's session."""
    return _signed(store, f"form.{session}")


def is_form_mark(store: Store, session: str, mark: str) -> bool:
    """Whether a form is our own."""
    return hmac.compare_digest(mark.encode(), form_mark(store, session).encode())


def _visitor(store: Store, which: ColumnElement[bool]) -> Visitor | None:
    with reading(store.engine) as connection:
        row = connection.execute(select(tables.tokens).where(which, tables.tokens.c.ended.is_(None))).first()
    return None if row is None else Visitor(row.id, row.name, tuple(row.scopes.split(",")))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()  # 256 random bits need no slow hash


def _signed(store: Store, told: str) -> str:
    return hmac.new(_secret(store), told.encode(), "sha256").hexdigest()


def _secret(store: Store) -> bytes:
    """The ledger's own secret, made when it is first needed."""
    name = "desk secret"
    with reading(store.engine) as connection:
        value = connection.execute(select(tables.facts.c.value).where(tables.facts.c.name == name)).scalar()
    if value is None:
        with writing(store.engine) as connection:
            value = connection.execute(select(tables.facts.c.value).where(tables.facts.c.name == name)).scalar()
            if value is None:
                value = secrets.token_hex(32)
                connection.execute(insert(tables.facts), {"name": name, "value": value})
    return bytes.fromhex(value)
