"""Signing in with a token, and out."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dragoman.web.pages import desk_of, page
from dragoman.web.tokens import DAYS, session_of, visitor_of
from dragoman.web.visitors import COOKIE, check_form

router = APIRouter()


@router.get("/enter", include_in_schema=False)
def enter(request: Request, to: str = "/") -> Response:
    """The form that takes a token."""
    return page(request, "enter.html", to=to, wrong=False)


@router.post("/enter", include_in_schema=False)
def entered(request: Request, token: Annotated[str, Form(max_length=200)], to: Annotated[str, Form(max_length=2000)] = "/") -> Response:
    """Take a token for a session; the browser keeps no token."""
    desk = desk_of(request)
    visitor = visitor_of(desk.ledger, token.strip())
    if visitor is None:
        return page(request, "enter.html", status=403, to=to, wrong=True)
    root = desk.settings.root_path
    response = RedirectResponse(own_address(to, root), status_code=303)
    response.set_cookie(COOKIE, session_of(desk.ledger, visitor), max_age=DAYS * 86_400, httponly=True, samesite="strict", secure=request.url.scheme == "https", path=root or "/")
    return response


@router.post("/leave", include_in_schema=False)
async def leave(request: Request) -> Response:
    """Forget the session, if our own page asks for it."""
    root = desk_of(request).settings.root_path
    if request.state.visitor is not None:
        await check_form(request)
    response = RedirectResponse(f"{root}/", status_code=303)
    response.delete_cookie(COOKIE, path=root or "/")
    return response


def own_address(to: str, root: str = "") -> str:
    """An address of this desk; no other is led to. A browser takes a backslash for a slash, and reads over tabs and line feeds."""
    if not re.fullmatch(r"/(?![/\\])[^\x00-\x20\x7f\\]*", to):
        return f"{root}/"
    return to if not root or to.startswith(f"{root}/") else f"{root}{to}"
