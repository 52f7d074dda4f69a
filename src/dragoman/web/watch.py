"""Watching two sides, an actor or an affair: by a feed, which anybody may take, or by being told, which needs a token."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dragoman.answers.affairs import of_numbers
from dragoman.answers.ledger import Ledger
from dragoman.answers.moved import MOVES
from dragoman.answers.timeline import KINDS, Kind
from dragoman.errors import InputError
from dragoman.ledger.names import party
from dragoman.ledger.opening import reading
from dragoman.ledger.watches import About, end_watch, list_watches, make_watch, take_up
from dragoman.records import Known
from dragoman.web.hooks import Allowed, check_hook
from dragoman.web.pages import desk_of
from dragoman.web.tokens import Visitor
from dragoman.web.twins import noun, shown
from dragoman.web.visitors import needs

router = APIRouter()
Watcher = Annotated[Visitor, needs("watch")]
Affair = Annotated[str, Form(max_length=18)]
Name = Annotated[str, Form(max_length=200)]


class Listed(Known):
    """A watch as it is listed: neither its address nor its secret."""

    watch: int
    who: str
    about: str
    kinds: tuple[str, ...]
    state: str
    answer: str | None


@noun(router, "/watch", tables=False)
def watches(request: Request, a: str = "", b: str = "", affair: str = "") -> Response:
    """What is watched, and where the feed of what is asked for is."""
    ledger, visitor = desk_of(request).ledger, request.state.visitor
    about = about_of(ledger, a, b, affair)
    own = list_watches(ledger) if visitor is not None and visitor.may("watch") else []
    rows = [Listed(watch=w.id, who=w.who, about=str(w.about), kinds=w.kinds, state=w.state, answer=w.answer) for w in own]
    names = _names(ledger, [w.about for w in own] + ([about] if about else []))
    return shown(
        request, "watch.html", data=rows, watches=own, about=about, names=names, feed=feed_of(about) if about else None, page_of=page_of, feed_of=feed_of, kinds=KINDS, moves=MOVES
    )


@router.post("/watch", include_in_schema=False)
def begin(
    request: Request,
    visitor: Watcher,
    hook: Annotated[str, Form(max_length=2_000)] = "",
    a: Name = "",
    b: Name = "",
    affair: Affair = "",
    kind: Annotated[list[Kind] | None, Form()] = None,
) -> Response:
    """Watch from now on."""
    ledger = desk_of(request).ledger
    about = about_of(ledger, a, b, affair)
    if about is None:
        raise InputError("What is to be watched? Name a side, two sides, or an affair's number.")
    if hook.strip():
        check_hook(hook.strip(), allowed_of(request))
    made = make_watch(ledger, visitor.name, about, kind or MOVES, hook.strip() or None)
    return RedirectResponse(f"{request.scope.get('root_path', '')}/watch?a=&b=&affair=#w{made.id}", status_code=303)


@router.post("/watch/{number:int}/end", include_in_schema=False)
def end(request: Request, visitor: Watcher, number: int) -> Response:
    """Watch no longer."""
    end_watch(desk_of(request).ledger, number)
    return RedirectResponse(f"{request.scope.get('root_path', '')}/watch", status_code=303)


@router.post("/watch/{number:int}/again", include_in_schema=False)
def again(request: Request, visitor: Watcher, number: int) -> Response:
    """Try again what was given up."""
    take_up(desk_of(request).ledger, number)
    return RedirectResponse(f"{request.scope.get('root_path', '')}/watch#w{number}", status_code=303)


def about_of(ledger: Ledger, a: str, b: str, affair: str) -> About | None:
    """What is meant by the fields of a form, or of a command; None where they are empty.

    Raises:
        UnknownNameError: If nobody goes by a name; it offers the nearest.
        NotInLedgerError: If there is no such affair.
        InputError: If they do not go together.
    """
    a, b, affair = a.strip(), b.strip(), affair.strip().removeprefix("a")
    if affair:
        if a or b or not affair.isascii() or not affair.isdigit():
            raise InputError("An affair is watched by its number alone, such as 12.")
        return About(affair=ledger.affair(int(affair))[-1].affair)
    if not a and b:
        a, b = b, ""
    if not a:
        return None
    with reading(ledger.engine) as connection:
        one, other = party(connection, a), party(connection, b) if b else None
    if other is None:
        return About(a=one.id)
    if one.side == other.side:
        raise InputError(f"{one.name} and {other.name} are one side. Name two, or one alone.")
    return About(a=one.side, b=other.side)


def page_of(about: About) -> str:
    """The address of the page of what is watched."""
    if about.affair is not None:
        return f"/affairs/{about.affair}"
    a, b = (quote(x or "", safe=":") for x in (about.a, about.b))
    return f"/dyads/{a}/{b}" if b else f"/actors/{a}"


def feed_of(about: About) -> str:
    """The address of its feed."""
    return f"{page_of(about)}/feed.atom"


def allowed_of(request: Request) -> Allowed:
    """Which addresses may be told."""
    allowed: Allowed = request.app.state.deliveries.allowed
    return allowed


def _names(ledger: Ledger, told: list[About]) -> dict[About, str]:
    """What is watched, for a person."""
    with reading(ledger.engine) as connection:
        sides = {x: party(connection, x).name for about in told for x in (about.a, about.b) if x}
        affairs = {a.affair: f"{a.kind}, {a.subject}" for a in of_numbers(connection, [about.affair for about in told if about.affair is not None])}
    return {about: affairs.get(about.affair, str(about)) if about.affair is not None else " and ".join(sides[x] for x in (about.a, about.b) if x) for about in told}
