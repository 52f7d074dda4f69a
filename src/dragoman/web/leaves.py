"""Lists of the desk leaf by leaf: the newest first, each leaf with the address of the older one, all by what the ledger knew when the first was opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.after import After
from dragoman.answers.asking import view_of
from dragoman.answers.row import Answered
from dragoman.errors import InputError
from dragoman.web.api.pages import DEEPEST, Cursor, Paging
from dragoman.web.pages import desk_of, with_query
from dragoman.web.twins import FORMS, shown
from dragoman.web.views import Asked


@dataclass(frozen=True, slots=True)
class Leaf[Row: Answered]:
    """A part of a list.

    Attributes:
        rows: Its rows.
        older: Query of the leaf that follows; None on the last.
        newest: Query of the first leaf; None on the first.
    """

    rows: list[Row]
    older: str | None
    newest: str | None


def _paging(limit: Annotated[int, Query(ge=1, le=1000)] = 50, after: Annotated[str, Query(max_length=200)] = "") -> Paging:
    return Paging(limit, Cursor.of(after) if after else None)


Leaves = Annotated[Paging, Depends(_paging)]


def one_of[T](told: str, choices: tuple[T, ...]) -> T | None:
    """One of some choices; None where nothing is told, as by a field of a form that was left empty.

    Raises:
        InputError: If it is none of them.
    """
    for choice in choices:
        if choice == told:
            return choice
    if told:
        raise InputError(f"{told!r} is none of {', '.join(map(str, choices))}.")
    return None


def yes_or_no(told: str) -> bool | None:
    """`true` or `false`; None where nothing is told."""
    answer = one_of(told, ("true", "false"))
    return None if answer is None else answer == "true"


def shared[T](request: Request, make: Callable[[], T]) -> T:
    """An answer that many may look at, by the address without its suffix: for those who only read kept for a moment if it takes long, see `Kept`; who may write sees what he wrote."""
    if request.state.visitor is not None:
        return make()
    ledger, kept = desk_of(request).ledger, request.app.state.kept
    path = next((request.url.path.removesuffix(s) for s in FORMS if s and request.url.path.endswith(s)), request.url.path)
    answer: T = kept.get(("shared", path, *sorted(request.query_params.multi_items())), (ledger.latest(), ledger.last_finding()), make)
    return answer


def still(when: Asked, paging: Paging) -> dict[str, Any]:
    """When, by what was known at the first leaf: what is added meanwhile moves no row."""
    if paging.cursor is None or paging.cursor.known is None:
        return dict(when)
    asked = view_of(known=when["known"]).known
    return {**when, "known": paging.cursor.known if asked is None else min(asked, paging.cursor.known)}


def counted[Row: Answered](request: Request, paging: Paging, ask: Callable[[int], Sequence[Row]]) -> Leaf[Row]:
    """A leaf of a list that is asked for anew from its beginning.

    Args:
        request: The request.
        paging: Which leaf.
        ask: The question, as of `still`: how many rows from the beginning.

    Raises:
        InputError: If it lies too deep.
    """
    seen = paging.cursor.number if paging.cursor else 0
    if seen > DEEPEST:
        raise InputError(f"This list is shown up to {DEEPEST:,} rows. Narrow it, for instance by days.")

    def asked() -> Leaf[Row]:
        known = _known(request, paging)
        rows = list(ask(seen + paging.limit + 1))[seen:]
        return _leaf(request, paging, rows, Cursor(known, None, seen + paging.limit))

    return shared(request, asked)


def going_on[Row: Answered](request: Request, paging: Paging, ask: Callable[[int, After | None], Sequence[Row]], place: Callable[[Row], After]) -> Leaf[Row]:
    """A leaf of a list whose question takes the row after which it goes on.

    Args:
        request: The request.
        paging: Which leaf.
        ask: The question, as of `still`: how many rows, after which.
        place: Where a row stands in the list.
    """
    known = _known(request, paging)
    rows = list(ask(paging.limit + 1, paging.cursor.after if paging.cursor else None))
    last = place(rows[: paging.limit][-1]) if rows else After(None, 0)
    return _leaf(request, paging, rows, Cursor(known, last.day, last.id))


def listed[Row: Answered](request: Request, template: str, leaf: Leaf[Row], **context: Any) -> Response:
    """A leaf in the form that is asked for; its twins name the next one in the `Link` header."""
    response = shown(request, template, rows=leaf.rows, leaf=leaf, **context)
    if leaf.older is not None:
        response.headers["Link"] = f'<{leaf.older}>; rel="next"'
    return response


def _known(request: Request, paging: Paging) -> Any:
    return paging.cursor.known if paging.cursor else desk_of(request).ledger.latest()


def _leaf[Row: Answered](request: Request, paging: Paging, rows: list[Row], onward: Cursor) -> Leaf[Row]:
    query = dict(request.query_params)
    more = len(rows) > paging.limit
    older = with_query("", query, after=str(onward)) if more else None
    newest = (with_query("", query, after=None) or "?") if paging.cursor else None
    return Leaf(rows[: paging.limit], older, newest)
