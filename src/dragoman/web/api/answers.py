"""What the API is asked of two sides, or of one: statements, the timeline, what was read, measures, full text."""

from __future__ import annotations

from typing import Annotated, get_args

from fastapi import APIRouter, Path, Query
from pydantic.json_schema import SkipJsonSchema
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.actor import Profile
from dragoman.answers.after import After
from dragoman.answers.coverage import By, Covered
from dragoman.answers.measures import Measured, Period
from dragoman.answers.search import Hit
from dragoman.answers.statements import Said
from dragoman.answers.timeline import KINDS, Kind, Moment
from dragoman.records.statement import Act
from dragoman.web.api.pages import Limit, Page, Pages, When, Whole, held_still, paged, said
from dragoman.web.pages import desk_of

router = APIRouter(tags=["Answers"])
NAME = "A state, body or person as people write it, or an id."
Side = Annotated[str, Query(min_length=1, max_length=200, description=NAME, examples=["japan"])]
MaybeSide = Annotated[str | SkipJsonSchema[None], Query(min_length=1, max_length=200, description=NAME, examples=["RUS"])]
Words = Annotated[
    str, Query(min_length=1, max_length=500, description="Words that must all stand in it, by their stems; a phrase in quotation marks.", examples=['"peace treaty"'])
]


class Statements(Page[Said]):
    """Statements, the latest first."""


class Moments(Page[Moment]):
    """Moments of a timeline, the latest first."""


class Hits(Page[Hit]):
    """Reports that hold the words, the latest first."""


class Coverage(Whole[Covered]):
    """How much was read."""


class Measures(Whole[Measured]):
    """Cooperation and conflict by period and direction, in order of time."""


@router.get("/statements", response_model=Statements, operation_id="statements", summary="Who said what")
def statements(
    request: Request,
    when: When,
    paging: Pages,
    by: Annotated[
        str | SkipJsonSchema[None],
        Query(min_length=1, max_length=200, description="Who said it: a person, or a state or body with all who speak for it.", examples=["japan"]),
    ] = None,
    about: Annotated[str | SkipJsonSchema[None], Query(min_length=1, max_length=200, description="To whom it was said, or who is named in it.", examples=["RUS"])] = None,
    act: Annotated[Act | SkipJsonSchema[None], Query(description="What was done by saying it.")] = None,
    search: Annotated[
        str | SkipJsonSchema[None], Query(min_length=1, max_length=500, description="Words that must stand in it; a phrase in quotation marks.", examples=['"peace treaty"'])
    ] = None,
) -> Response:
    """Statements, the latest first, each with its words and its source."""
    ledger, at = desk_of(request).ledger, held_still(when, paging)
    return paged(
        request, paging, Statements,
        lambda limit, after: ledger.statements(by=by, about=about, act=act, search=search, limit=limit, after=after, **at),
        lambda row: After(row.day, row.source.finding),
    )  # fmt: skip


@router.get("/timeline", response_model=Moments, operation_id="timeline", summary="How two sides got to where they stand")
def timeline(
    request: Request, when: When, paging: Pages, a: Side, b: MaybeSide = None,
    kind: Annotated[list[Kind] | SkipJsonSchema[None], Query(description="Only these kinds; may be given again.", max_length=4)] = None,
) -> Response:  # fmt: skip
    """What was said and done between two sides, or by and toward one, what was made conditional, where matters moved; what several reports of one story tell is one moment. The latest first."""
    ledger, at = desk_of(request).ledger, held_still(when, paging)
    return paged(
        request, paging, Moments,
        lambda limit, after: ledger.timeline(a, b, kinds=tuple(kind or KINDS), limit=limit, after=after, **at)[::-1],
        lambda row: After(row.day, row.source.finding),
    )  # fmt: skip


@router.get("/search", response_model=Hits, operation_id="search", summary="Reports that hold words")
def search(request: Request, when: When, paging: Pages, words: Words) -> Response:
    """Reports whose headline or text holds all words, the latest first."""
    ledger, at = desk_of(request).ledger, held_still(when, paging)
    return paged(
        request, paging, Hits,
        lambda limit, after: ledger.search(words, since=at["since"], as_of=at["as_of"], known=at["known"], limit=limit, after=after),
        lambda row: After(row.day, row.report),
    )  # fmt: skip


@router.get("/coverage", response_model=Coverage, operation_id="coverage", summary="What was read")
def coverage(
    request: Request,
    when: When,
    a: MaybeSide = None,
    b: MaybeSide = None,
    by: Annotated[By, Query(description=f"What reports are counted by: {', '.join(get_args(By))}.")] = "month",
    limit: Limit = 1000,
) -> Response:
    """How many reports were read, in all or of one or two sides: a zero in another answer is told from nothing read."""
    return said(request, Coverage(rows=desk_of(request).ledger.coverage(a, b, by=by, limit=limit, **when)))


@router.get("/measures", response_model=Measures, operation_id="measures", summary="Cooperation and conflict through time")
def measures(
    request: Request, when: When, a: Side, b: Annotated[str, Query(min_length=1, max_length=200, description=NAME, examples=["RUS"])],
    by: Annotated[Period, Query(description="Length of the periods.")] = "month",
) -> Response:  # fmt: skip
    """Goldstein weights and quad counts of what came to pass between two sides, one event a story, with how much was read in each period."""
    return said(request, Measures(rows=desk_of(request).ledger.measures(a, b, by=by, **when)))


@router.get("/actors/{name}", response_model=Profile, operation_id="actor", summary="Who somebody is")
def actor(request: Request, when: When, name: Annotated[str, Path(min_length=1, max_length=200, description=NAME, examples=["japan"])]) -> Response:
    """Names, offices and their terms by what was read, last words, the sides it acts toward."""
    return said(request, desk_of(request).ledger.actor(name, **when))
