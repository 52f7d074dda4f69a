"""A report: its text marked up, its findings beside it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dragoman.exports.html import section
from dragoman.web.pages import desk_of
from dragoman.web.twins import noun, shown
from dragoman.web.views import When

router = APIRouter()


@noun(router, "/reports/{number:int}", tables=False)
def report(request: Request, when: When, number: int) -> Response:
    """One report with what was found in it."""
    from dragoman.answers.ledger import view_of

    desk = desk_of(request)
    view = view_of(known=when["known"])
    record = desk.ledger.record(number, known=view.known)
    return shown(request, "report.html", data=record, number=number, body=section(record, prefix=""))
