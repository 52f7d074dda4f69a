"""The first page, and whether the desk is well."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman.ledger.opening import reading
from dragoman.web.pages import desk_of
from dragoman.web.twins import noun, shown
from dragoman.web.views import When

router = APIRouter()


@router.get("/", response_model=None, include_in_schema=False)
@noun(router, "/home", tables=False)
def home(request: Request, when: When) -> Response:
    """What moved."""
    ledger = desk_of(request).ledger
    return shown(request, "home.html", data={"coverage": ledger.coverage(by="dyad", limit=12, as_of=when["as_of"], known=when["known"])})


@router.get("/health", include_in_schema=False)
def health(request: Request) -> Response:
    """Whether the ledger answers."""
    with reading(desk_of(request).ledger.engine) as connection:
        connection.execute(text("SELECT 1"))
    return JSONResponse({"status": "ok"})
