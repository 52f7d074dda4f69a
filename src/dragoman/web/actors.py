"""Actors on the desk: who lately had a part in most, and all of one; people give names and offices here."""

from __future__ import annotations

from typing import Annotated, Any, get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dragoman.answers.actor import Profile
from dragoman.answers.ledger import Ledger
from dragoman.records.actor import ActorKind
from dragoman.web.corrections import done_of
from dragoman.web.events import known_types
from dragoman.web.joining import Maybe, Name, Why, corrected
from dragoman.web.leaves import Leaves, counted, listed, one_of, shared, still
from dragoman.web.pages import actor_url, desk_of
from dragoman.web.tokens import Visitor
from dragoman.web.twins import form_of, noun, shown
from dragoman.web.views import Asked, When
from dragoman.web.visitors import needs

router = APIRouter()
Corrector = Annotated[Visitor, needs("correct")]
KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
FEW, SOME = 6, 12  # rows of each sort on the page of one


@noun(router, "/actors")
def actors(request: Request, when: When, paging: Leaves, q: str = "", kind: str = "", of: str = "") -> Response:
    """Whom reports tell of: by name, by kind, by side."""
    ledger, at, of_kind = desk_of(request).ledger, still(when, paging), one_of(kind, KINDS)
    leaf = counted(request, paging, lambda limit: ledger.actors(search=q.strip() or None, kind=of_kind, of=of or None, limit=limit, **at))
    return listed(request, "actors.html", leaf, kinds=KINDS)


@noun(router, "/actors/{name:path}")
def actor(request: Request, when: When, name: str, done: int | None = None) -> Response:
    """All of one: names, offices, words by and about it, deeds, affairs, conditions, whom it acts toward, who acts for it."""
    ledger = desk_of(request).ledger
    who = ledger.actor(name, **when)
    if who.id != name and form_of(request) == "html":  # a page has one address
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{request.scope.get('root_path', '')}{actor_url(who.id)}{query}", status_code=303)
    data = shared(request, lambda: _whole(ledger, who, when))
    return shown(request, "actor.html", rows=[data["actor"]], data=data, **known_types(), **done_of(ledger, done))


def _whole(ledger: Ledger, who: Profile, when: Asked) -> dict[str, Any]:
    is_side = who.id.startswith(("state:", "igo:"))
    return {
        "actor": who,
        "about": ledger.statements(about=who.id, limit=FEW, **when),
        "events": ledger.events(who.id, limit=FEW, **when),
        "affairs": ledger.affairs(who.id, limit=SOME, **when),
        "holds": ledger.conditions(by=who.id, open=True, limit=FEW, **when),
        "owes": ledger.conditions(of=who.id, open=True, limit=FEW, **when),
        "people": ledger.actors(of=who.id, kind="person", limit=SOME, **when) if is_side else [],
    }


@router.post("/actors/{name:path}/alias", include_in_schema=False)
def alias(request: Request, visitor: Corrector, name: str, called: Name, why: Why = "") -> Response:
    """It goes by a further name."""
    return corrected(request, visitor, actor_url(name), "alias", name, called, why=why)


@router.post("/actors/{name:path}/office", include_in_schema=False)
def office(request: Request, visitor: Corrector, name: str, office: Name, acts_for: Maybe = "", begin: Maybe = "", end: Maybe = "", why: Why = "") -> Response:
    """It held an office."""
    term = {"acts_for": acts_for.strip() or None, "begin": begin.strip() or None, "end": end.strip() or None}
    return corrected(request, visitor, actor_url(name), "office", name, office, why=why, **term)


@router.post("/actors/{name:path}/merge", include_in_schema=False)
def merge(request: Request, visitor: Corrector, name: str, other: Name, why: Why = "") -> Response:
    """It is the same as another, whose page is led to."""
    return corrected(request, visitor, actor_url(name), "merge_actors", name, other, why=why)
