"""What people correct, over the API: made with a token, listed, undone."""

from __future__ import annotations

from typing import Annotated, Self

from fastapi import APIRouter, Body, HTTPException, Path, Query
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.after import After
from dragoman.answers.corrections import Corrected
from dragoman.errors import CorrectionError, NotInLedgerError
from dragoman.ledger.corrections import Correcting, correct, undo
from dragoman.web.api.pages import LARGEST, Page, Pages, paged, said
from dragoman.web.pages import desk_of
from dragoman.web.tokens import Visitor
from dragoman.web.visitors import needs

router = APIRouter(tags=["Corrections"])
OFFICE = frozenset(("acts_for", "begin", "end"))
Number = Annotated[int, Path(ge=1, le=LARGEST, examples=[1])]


class Corrections(Page[Corrected]):
    """Corrections, the latest first."""


class Correction(BaseModel):
    """What is to be corrected."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"what": "amend", "of": ["f1"], "told": {"act": "demand"}, "why": "He insists on it."}]})

    what: Correcting = Field(description="confirm, reject and amend are of a finding; the others of actors, affairs and stories.")
    of: list[Annotated[str, Field(min_length=1, max_length=200)]] = Field(
        min_length=1, max_length=200, description="What is corrected, by numbers as answers show them (`f12`, `a3`, `r7`) or by names: as many as the command line takes."
    )
    told: dict[str, str | list[str] | bool | float | None] = Field(
        default_factory=dict, description="Of `amend` new values by field, names for actors, null to clear one; of `office` `acts_for`, `begin`, `end`."
    )
    why: str | None = Field(default=None, max_length=2_000, description="The reason; it is kept.")

    @model_validator(mode="after")
    def _office_has_a_term(self) -> Self:
        if self.what == "office" and (set(self.told) - OFFICE or not all(v is None or isinstance(v, str) for v in self.told.values())):
            raise ValueError("an office is told `acts_for`, `begin` and `end`, each a text or null")
        return self


@router.get("/corrections", response_model=Corrections, operation_id="corrections", summary="What people corrected")
def corrections(
    request: Request,
    paging: Pages,
    what: Annotated[Correcting | SkipJsonSchema[None], Query(description="Only of this kind.")] = None,
    who: Annotated[str | SkipJsonSchema[None], Query(min_length=1, max_length=200, description="Only by this person.")] = None,
    orphans: Annotated[bool, Query(description="Only those that stand and find no finding any more.")] = False,
) -> Response:
    """Who corrected what, when and why; what was undone too. The latest first."""
    ledger = desk_of(request).ledger
    return paged(
        request, paging, Corrections,
        lambda limit, after: ledger.corrections(what=what, who=who, orphans=orphans, limit=limit, before=after.id if after else None),
        lambda row: After(None, row.correction),
    )  # fmt: skip


@router.post("/corrections", response_model=Corrected, status_code=201, operation_id="correct", summary="Correct")
def make(request: Request, visitor: Annotated[Visitor, needs("correct")], told: Annotated[Correction, Body()]) -> Response:
    """Make a correction. It is a record of its own and can be undone; what the reader found is kept beside it."""
    store = desk_of(request).ledger
    with store.writer() as writer:
        number = correct(writer, told.what, told.of, told.told, who=visitor.name, why=told.why)
    address = f"{request.scope.get('root_path', '')}/api/v1/corrections/{number}"
    return said(request, _one(request, number), status=201, headers={"Location": address})


@router.get("/corrections/{number}", response_model=Corrected, operation_id="correction", summary="One correction")
def one(request: Request, number: Number) -> Response:
    """One correction, and the finding on which it stands now."""
    return said(request, _one(request, number))


@router.delete("/corrections/{number}", response_model=Corrected, operation_id="undo", summary="Undo a correction")
def take_back(request: Request, visitor: Annotated[Visitor, needs("correct")], number: Number) -> Response:
    """Undo a correction; it is kept, with who undid it and when."""
    try:
        with desk_of(request).ledger.writer() as writer:
            undo(writer, number, who=visitor.name)
    except CorrectionError as error:
        raise HTTPException(409, str(error)) from None
    return said(request, _one(request, number))


def _one(request: Request, number: int) -> Corrected:
    rows = desk_of(request).ledger.corrections(number=number, limit=1)
    if not rows:
        raise NotInLedgerError(f"The ledger holds no correction {number}.")
    return rows[0]
