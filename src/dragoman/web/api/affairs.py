"""What the API is asked of matters through time: standing, events, conditions, affairs, stories, what moved."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic.json_schema import SkipJsonSchema
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.affair import Step
from dragoman.answers.affairs import AffairStands
from dragoman.answers.changes import Change
from dragoman.answers.conditions import ConditionStands
from dragoman.answers.endings import Fate
from dragoman.answers.events import Happened
from dragoman.answers.standing import Standing
from dragoman.answers.stories import Story, StoryReport
from dragoman.records.affair import AffairKind
from dragoman.records.event import EventType, Status
from dragoman.web.api.answers import NAME, MaybeSide, Side
from dragoman.web.api.pages import LARGEST, Day, Limit, Page, Pages, When, Whole, counted, held_still, said
from dragoman.web.pages import desk_of

router = APIRouter(tags=["Matters through time"])
Number = Annotated[int, Path(ge=1, le=LARGEST, examples=[1])]


class Events(Page[Happened]):
    """Events, the latest first."""


class Conditions(Page[ConditionStands]):
    """Conditions, those said last first."""


class Affairs(Page[AffairStands]):
    """Affairs, those of which something was told last first."""


class Steps(Whole[Step]):
    """The history of an affair, in order of days."""


class Stories(Page[Story]):
    """Stories, those told of last first."""


class StoryReports(Whole[StoryReport]):
    """The reports of a story side by side."""


class Changes(Whole[Change]):
    """What moved: affairs, then conditions, statements, events; of each kind the latest or sharpest first."""


@router.get("/standing", response_model=Standing, operation_id="standing", summary="Where two sides stand")
def standing(request: Request, when: When, a: Side, b: Annotated[str, Query(min_length=1, max_length=200, description=NAME, examples=["RUS"])]) -> Response:
    """Affairs and where they stand, sanctions both ways, open conditions, what each last said of the other, with how many reports were read to say so."""
    return said(request, desk_of(request).ledger.standing(a, b, **when))


@router.get("/events", response_model=Events, operation_id="events", summary="Who did what to whom")
def events(
    request: Request, when: When, paging: Pages, a: MaybeSide = None, b: MaybeSide = None,
    directed: Annotated[bool, Query(description="Only what a did to b, not what b did to a.")] = False,
    type: Annotated[EventType | SkipJsonSchema[None], Query(description="PLOVER type.")] = None,
    cameo: Annotated[str | SkipJsonSchema[None], Query(pattern=r"^\d{2,4}$", description="CAMEO code, or its beginning.", examples=["17"])] = None,
    status: Annotated[Status | SkipJsonSchema[None], Query(description="Whether it came to pass.")] = None,
    background: Annotated[bool | SkipJsonSchema[None], Query(description="Only what is told as history (true), or only news (false).")] = None,
    by_word_of: Annotated[str | SkipJsonSchema[None], Query(min_length=1, max_length=200, description="On whose word alone it stands.")] = None,
) -> Response:  # fmt: skip
    """Events by PLOVER and CAMEO, the latest first; what many reports tell is one event that lists them all."""
    ledger, at = desk_of(request).ledger, held_still(when, paging)
    return counted(
        request, paging, Events,
        lambda limit: ledger.events(a, b, directed=directed, type=type, cameo=cameo, status=status, background=background, by_word_of=by_word_of, limit=limit, **at),
    )  # fmt: skip


@router.get("/conditions", response_model=Conditions, operation_id="conditions", summary="No X until Y")
def conditions(
    request: Request, when: When, paging: Pages,
    by: Annotated[str | SkipJsonSchema[None], Query(min_length=1, max_length=200, description="Who sets it.", examples=["RUS"])] = None,
    of: Annotated[str | SkipJsonSchema[None], Query(min_length=1, max_length=200, description="Who would have to act.", examples=["japan"])] = None,
    open: Annotated[bool, Query(description="Only those still open.")] = False,
    closed: Annotated[bool, Query(description="Only those that were met, dropped or superseded.")] = False,
    fate: Annotated[Fate | SkipJsonSchema[None], Query(description="What became of it.")] = None,
) -> Response:  # fmt: skip
    """Who made what depend on what, and what became of it as far as later reports say so; those said last first."""
    ledger, at = desk_of(request).ledger, held_still(when, paging)
    return counted(request, paging, Conditions, lambda limit: ledger.conditions(by=by, of=of, open=open, closed=closed, fate=fate, limit=limit, **at))


@router.get("/affairs", response_model=Affairs, operation_id="affairs", summary="Which affairs stand, and where")
def affairs(
    request: Request, when: When, paging: Pages, a: MaybeSide = None, b: MaybeSide = None,
    kind: Annotated[AffairKind | SkipJsonSchema[None], Query(description="Only of this kind.")] = None,
    status: Annotated[
        str | SkipJsonSchema[None], Query(pattern="^[a-z_]{1,20}$", description="Only where it stands so; each kind has its own (docs/concepts/affairs.md).", examples=["in_force"])
    ] = None,
) -> Response:  # fmt: skip
    """Disputes, agreements, sanctions, negotiations, hostilities and relations of a side, between two or of all, each with where it stands."""
    ledger, at = desk_of(request).ledger, held_still(when, paging)
    names = tuple(n for n in (a, b) if n is not None)
    return counted(request, paging, Affairs, lambda limit: ledger.affairs(*names, kind=kind, status=status, limit=limit, **at))


@router.get("/affairs/{number}", response_model=Steps, operation_id="affair", summary="The history of an affair")
def affair(request: Request, when: When, number: Number) -> Response:
    """The steps by which the status of an affair moved, each with its sentence, and what contradicts them."""
    return said(request, Steps(rows=desk_of(request).ledger.affair(number, **when)))


@router.get("/stories", response_model=Stories, operation_id="stories", summary="Happenings that several reports tell")
def stories(
    request: Request, when: When, paging: Pages,
    about: Annotated[str | SkipJsonSchema[None], Query(min_length=1, max_length=200, description="Somebody of whom one of the reports tells.", examples=["japan"])] = None,
    least: Annotated[int, Query(ge=1, le=1000, description="How many reports at least.")] = 2,
) -> Response:  # fmt: skip
    """Stories by their first reports, those told of last first."""
    ledger, at = desk_of(request).ledger, held_still(when, paging)
    return counted(request, paging, Stories, lambda limit: ledger.stories(about=about, least=least, limit=limit, **at))


@router.get("/stories/{number}", response_model=StoryReports, operation_id="story", summary="The reports of a story side by side")
def story(request: Request, when: When, number: Number, limit: Limit = 50) -> Response:
    """How alike the reports of a story are, what each tells alone, and where they differ. The number is the story's, or that of any of its reports."""
    return said(request, StoryReports(rows=desk_of(request).ledger.story(number, limit=limit, **when)))


@router.get("/changes", response_model=Changes, operation_id="changes", summary="What moved since a day")
def changes(
    request: Request,
    since: Annotated[Day, Query(description="The first day looked at.", examples=["2024-06-01"])],
    a: MaybeSide = None,
    b: MaybeSide = None,
    as_of: Annotated[Day | SkipJsonSchema[None], Query(description="What held at the end of this day, by all that is known now.")] = None,
    known: Annotated[Day | SkipJsonSchema[None], Query(description="Only what the ledger knew at the end of this day (UTC).")] = None,
    as_read: Annotated[bool, Query(description="Without what people corrected.")] = False,
    limit: Annotated[int, Query(ge=1, le=500, description="How many at most of each kind.")] = 50,
) -> Response:
    """Statuses of affairs that are other than before, conditions first set since, the sharpest words and deeds; of all, or of the sides named."""
    of = [n for n in (a, b) if n is not None]
    return said(request, Changes(rows=desk_of(request).ledger.changes(since, of=of, as_of=as_of, known=known, as_read=as_read, limit=limit)))
