"""Lists of the API page by page. A cursor holds the last row that was seen and the moment by which the ledger is known: pages put together are the list as it was when the first was asked for."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Self, TypedDict

from fastapi import Depends, Query
from pydantic import BaseModel, BeforeValidator, Field
from pydantic.json_schema import SkipJsonSchema
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.after import After
from dragoman.answers.asking import view_of
from dragoman.errors import InputError
from dragoman.web.pages import desk_of
from dragoman.web.twins import tagged

MOST = 500  # rows on a page
DEEPEST = 20_000  # rows of a list that is asked for anew for every page
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
LARGEST = 2**53 - 1  # number that every JSON parser reads as it was written


def _day(told: object) -> object:
    """A day is written as year-month-day; a number would else be taken for seconds."""
    if isinstance(told, str) and not DAY.fullmatch(told):
        raise ValueError("write it as year-month-day, such as 2024-06-30")
    if told is not None and not isinstance(told, str):
        raise ValueError("a day is a text such as 2024-06-30")
    return told


Day = Annotated[dt.date, BeforeValidator(_day)]


class Asked(TypedDict):
    """As of when, for the questions of `Ledger`."""

    since: dt.date | None
    as_of: dt.date | None
    known: dt.date | None
    as_read: bool


def _asked(
    since: Annotated[Day | SkipJsonSchema[None], Query(description="Nothing from before this day.", examples=["2024-01-01"])] = None,
    as_of: Annotated[Day | SkipJsonSchema[None], Query(description="What held at the end of this day, by all that is known now.", examples=["2024-06-30"])] = None,
    known: Annotated[Day | SkipJsonSchema[None], Query(description="Only what the ledger knew at the end of this day (UTC).", examples=["2024-07-01"])] = None,
    as_read: Annotated[bool, Query(description="Without what people corrected.")] = False,
) -> Asked:
    return {"since": since, "as_of": as_of, "known": known, "as_read": as_read}


When = Annotated[Asked, Depends(_asked)]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many rows at most.")]


class Page[Row: BaseModel](BaseModel):
    """A page of a list."""

    rows: list[Row]
    next: str | None = Field(description="Where the list goes on; null on its last page. The same address stands in the `Link` header.")


class Whole[Row: BaseModel](BaseModel):
    """A list that comes whole."""

    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins.

    Attributes:
        known: When the ledger had last learned something as the first page was asked for.
        day: Day of the last row that was seen.
        number: Its number; of a list without days how many rows were seen.
    """

    known: dt.datetime | None
    day: dt.date | None
    number: int

    @property
    def after(self) -> After:
        """The last row that was seen."""
        return After(self.day, self.number)

    def __str__(self) -> str:
        told = [self.known.isoformat() if self.known else None, self.day.isoformat() if self.day else None, self.number]
        return base64.urlsafe_b64encode(json.dumps(told, separators=(",", ":")).encode()).decode().rstrip("=")

    @classmethod
    def of(cls, told: str) -> Self:
        """A cursor as it was given out.

        Raises:
            InputError: If it never was.
        """
        try:
            known, day, number = json.loads(base64.b64decode(told + "=" * (-len(told) % 4), altchars=b"-_", validate=True))
            moment = None if known is None else dt.datetime.fromisoformat(known)
            if (moment is not None and moment.tzinfo is None) or not isinstance(number, int) or not 0 <= number <= LARGEST:
                raise ValueError
            return cls(moment, None if day is None else dt.date.fromisoformat(day), number)
        except (ValueError, TypeError, binascii.Error):
            raise InputError("This is no cursor. Follow the `next` of a page as it stands, or leave `after` away to begin with the first page.") from None


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page is asked for."""

    limit: int
    cursor: Cursor | None


def _paging(
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many rows at most.")] = 50,
    after: Annotated[
        str | SkipJsonSchema[None],
        Query(max_length=200, pattern=r"^[A-Za-z0-9_-]+$", description="Where the page begins: from the `next` of the page before. It is opaque: do not make one."),
    ] = None,
) -> Paging:
    return Paging(limit, Cursor.of(after) if after else None)


Pages = Annotated[Paging, Depends(_paging)]


def paged[Row: BaseModel](request: Request, paging: Paging, page: type[Page[Row]], ask: Callable[[int, After | None], Sequence[Row]], place: Callable[[Row], After]) -> Response:
    """A page of a list whose question takes the row after which it goes on.

    Args:
        request: The request.
        paging: Which page.
        page: The page's model.
        ask: The question, as of `held_still`: how many rows, after which row; the latest first.
        place: Where a row stands in the list.
    """
    known = _pinned(request, paging)
    rows = list(ask(paging.limit + 1, paging.cursor.after if paging.cursor else None))
    shown = rows[: paging.limit]
    if len(rows) == len(shown):
        return said(request, page(rows=shown, next=None))
    last = place(shown[-1])
    return _said_on(request, page, shown, Cursor(known, last.day, last.id))


def counted[Row: BaseModel](request: Request, paging: Paging, page: type[Page[Row]], ask: Callable[[int], Sequence[Row]]) -> Response:
    """A page of a list that has no order by day and number alone: it is asked for anew up to the page, in the ledger as it was at the first.

    Args:
        request: The request.
        paging: Which page.
        page: The page's model.
        ask: The question, as of `held_still`: how many rows from the beginning.
    """
    known = _pinned(request, paging)
    seen = paging.cursor.number if paging.cursor else 0
    if seen > DEEPEST:
        raise InputError(f"Pages of this list end after {DEEPEST:,} rows. Narrow the question, for instance by `since` and `as_of`.")
    rows = list(ask(seen + paging.limit + 1))[seen:]
    shown = rows[: paging.limit]
    if len(rows) == len(shown):
        return said(request, page(rows=shown, next=None))
    return _said_on(request, page, shown, Cursor(known, None, seen + len(shown)))


def held_still(when: Asked, paging: Paging) -> Asked:
    """When, by what was known at the first page; what the question asks to be known goes before where it is earlier."""
    if paging.cursor is None or paging.cursor.known is None:
        return when
    asked = view_of(known=when["known"]).known
    return {**when, "known": paging.cursor.known if asked is None else min(asked, paging.cursor.known)}


def said(request: Request, told: BaseModel, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """An answer as JSON, with its tag."""
    response = Response(told.model_dump_json(), status, headers, media_type="application/json")
    return tagged(request, response) if request.method == "GET" else response


def _said_on[Row: BaseModel](request: Request, page: type[Page[Row]], rows: list[Row], cursor: Cursor) -> Response:
    url = request.url.include_query_params(after=str(cursor))
    address = f"{url.path}?{url.query}"
    return said(request, page(rows=rows, next=address), headers={"Link": f'<{address}>; rel="next"'})


def _pinned(request: Request, paging: Paging) -> dt.datetime | None:
    """The moment by which the whole list goes: taken before the first page is asked for."""
    return paging.cursor.known if paging.cursor else desk_of(request).ledger.latest()
