"""A report: its text marked up, its findings beside it, what people said of them; and its deletion on demand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.report import Found, ReportStands
from dragoman.exports.html import ORDER
from dragoman.exports.view import Line, sections, title, who_is_who
from dragoman.web.corrections import done_of
from dragoman.web.marks import stretches
from dragoman.web.pages import desk_of, page, with_query
from dragoman.web.tokens import Visitor
from dragoman.web.twins import noun, shown
from dragoman.web.views import When
from dragoman.web.visitors import needs

router = APIRouter()
NAMES = {"statement": "said", "event": "done", "condition": "made conditional", "affair": "where matters stand"}  # kinds, in the legend's order and words
WEB = ("http", "https")


@dataclass(frozen=True, slots=True)
class Item:
    """A finding as the page shows it: in words, as the ledger counts it, and its place on the page."""

    line: Line
    found: Found
    place: int


@noun(router, "/reports/{number:int}")
def report(request: Request, when: When, number: int, done: int | None = None) -> Response:
    """One report with what was found in it."""
    ledger = desk_of(request).ledger
    stands = ledger.report(number, known=when["known"], as_read=when["as_read"])
    query = {k: v for k, v in request.query_params.items() if k != "done"}
    context: dict[str, Any] = {
        "sections": _sections(stands),
        "headline": stretches(stands.record, "headline", stands.found) if stands.headline else [],
        "text": stretches(stands.record, "text", stands.found),
        "title": _title(stands),
        "host": _host(stands.url),
        "actors": who_is_who(stands.record),
        "names": {a.id: a.name for a in stands.record.actors},
        "kinds": NAMES,
        "here": with_query(f"/reports/{number}", query),
        "then": when["known"] is not None or when["as_read"],
        **done_of(ledger, done),
    }
    return shown(request, "report.html", rows=stands.found, data=stands, **context)


@router.get("/reports/{number:int}/forget", include_in_schema=False)
def ask(request: Request, number: int, visitor: Annotated[Visitor, needs("correct")]) -> Response:
    """Whether it is really to be deleted."""
    called = desk_of(request).ledger.report_called(number)[1]
    return page(request, "forget.html", number=number, called=called, gone=None)


@router.post("/reports/{number:int}/forget", include_in_schema=False)
def forget(request: Request, number: int, visitor: Annotated[Visitor, needs("correct")], why: Annotated[str, Form(max_length=2000)] = "") -> Response:
    """Delete a report and all that was read off it."""
    ledger = desk_of(request).ledger
    ledger.report_called(number)  # for what it is said where there is none
    whole = ledger.forget(f"r{number}", who=visitor.name, why=why.strip() or None)
    return page(request, "forget.html", number=number, called="", gone=whole)


def _sections(stands: ReportStands) -> list[tuple[str, str, list[Item]]]:
    """Heading, kind and findings of each section, what matters first."""
    found = {x.ref: (x, place) for place, x in enumerate(stands.found, start=1)}
    told = []
    for section in sorted(sections(stands.record, relays=True), key=lambda s: ORDER.index(s.heading)):
        items = [Item(line, *found[line.id]) for line in section.lines if line.id in found]
        if items:
            told.append((section.heading, items[0].found.kind, items))
    return told


def _title(stands: ReportStands) -> str:
    if stands.text is None:
        return f"Report {stands.number}"
    return title(stands.record) or f"Report {stands.number}"


def _host(url: str | None) -> str | None:
    """The host to which a report's URL leads; None where it is none that is to be followed."""
    try:
        pieces = urlsplit(url or "")
        return pieces.hostname if pieces.scheme in WEB else None
    except ValueError:
        return None
