"""Reading a text, adding reports, and what became of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, HTTPException, Path
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response

from dragoman.answers.asking import view_of
from dragoman.errors import InputError
from dragoman.intake.jsonl import check_whole, fields_of, ref_of, report_of
from dragoman.records import Record
from dragoman.web.add import works_of
from dragoman.web.api.pages import LARGEST, Day, When, said
from dragoman.web.pages import desk_of
from dragoman.web.tokens import Visitor
from dragoman.web.turns import LONGEST, BusyError, Turns
from dragoman.web.visitors import needs
from dragoman.web.works import Job

router = APIRouter(tags=["Reports"])
MOST = 2_000  # reports in one request
JSON, LINES = ("application/json",), ("application/x-ndjson", "application/jsonl", "application/x-jsonlines")
Number = Annotated[int, Path(ge=1, le=LARGEST, examples=[1])]
EXAMPLE: dict[str, Any] = {
    "text": "LIMA (Example Wire) – Peru will not resume talks with Chile until Chile leaves Arica, Foreign Minister Ana Rojas said on Monday.",
    "published": "2024-06-06",
    "publisher": "Example Wire",
}


class Given(BaseModel):
    """A report."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    text: str = Field(min_length=1, max_length=LONGEST, description="The report, with or without byline and dateline; offsets of findings are code points of it.")
    headline: str | None = Field(default=None, max_length=2_000, description="Its headline, read as a part of its own.")
    publisher: str | None = Field(default=None, max_length=200, description="Who brought it.")
    published: Day | None = Field(default=None, description="The report's day; without it, relative dates stay open.")
    url: str | None = Field(default=None, max_length=2_000, description="Where it stands. It is not fetched.")
    language: str | None = Field(default=None, max_length=20, description="ISO 639-1 code, where it is known.")
    ref: str | None = Field(default=None, max_length=500, description="Your own name for it, given back.")


@router.post("/read", response_model=Record, operation_id="read", summary="Read a text")
def read(request: Request, given: Annotated[Given, Body()]) -> Response:
    """The record of one report: who said, did, demanded, promised or refused what, to whom, on what condition. Nothing is kept; no token is needed where reading asks for none."""
    fields = given.model_dump(mode="json", exclude_none=True)
    check_whole("ref", given.ref)
    turns: Turns = request.app.state.turns
    try:
        return said(request, turns.read(report_of(fields), given.ref))
    except BusyError as busy:
        raise HTTPException(503, str(busy), headers={"Retry-After": "10"}) from None


async def _body(request: Request) -> bytes:
    return await request.body()


_STRING = {"anyOf": [{"type": "string"}, {"type": "null"}]}
_REPORT = {
    "type": "object",
    "description": "A report; other fields are left alone.",
    "required": ["text"],
    "properties": {
        "text": {"type": "string", "minLength": 1},
        "ref": {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "null"}], "description": "Your own name for it."},
        "published": {**_STRING, "description": "The report's day, as ISO 8601 writes it."},
        **dict.fromkeys(("headline", "publisher", "url", "language"), _STRING),
    },
}
_ONE = {"anyOf": [_REPORT, {"$ref": "#/components/schemas/Record"}]}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"anyOf": [*_ONE["anyOf"], {"type": "array", "items": _ONE, "minItems": 1, "maxItems": MOST}]},
                "examples": {"one": {"summary": "One report", "value": EXAMPLE}, "many": {"summary": "Several reports", "value": [EXAMPLE, {"text": "Chile agreed to talks."}]}},
            },
            "application/x-ndjson": {"schema": {"type": "string"}, "example": json.dumps(EXAMPLE, ensure_ascii=False) + "\n"},
        },
    }
}


@router.post("/reports", response_model=Job, status_code=202, operation_id="add_reports", summary="Add reports", openapi_extra=_BODY)
def add_reports(request: Request, visitor: Annotated[Visitor, needs("add")], raw: Annotated[bytes, Depends(_body)]) -> Response:
    """Accept reports, or records that were read elsewhere (as `dragoman read` writes them): one as JSON, several as a JSON array or as JSON Lines. They are read in turn; the answer's `Location`
    tells how far that is. Nothing is accepted where one of them is no report; what cannot be read is set aside with its reason, the rest goes on; what the ledger holds already is not read again.
    """
    lines = _lines(raw, request.headers.get("content-type", "application/json"))
    job = works_of(request).accept(visitor.name, lines)
    return said(request, job, status=202, headers={"Location": f"{request.scope.get('root_path', '')}/api/v1/jobs/{job.id}"})


@router.get("/jobs/{number}", response_model=Job, operation_id="job", summary="How far accepted reports are")
def job(request: Request, number: Number) -> Response:
    """What became of each report, as far as it is known: `new`, `revision`, `reread`, `known` or set `aside` with the reason."""
    return said(request, works_of(request).job(number))


@router.get("/reports/{number}", response_model=Record, operation_id="report", summary="The record of a report")
def report(request: Request, when: When, number: Number) -> Response:
    """A report with all that was read off it, by what the ledger knows or knew."""
    return said(request, desk_of(request).ledger.record(number, known=view_of(known=when["known"]).known))


def _lines(raw: bytes, content_type: str) -> list[dict[str, Any]]:
    """The reports of a body, each an object.

    Raises:
        HTTPException: If the body is of another kind (415), holds none or too many.
        InputError: If it is not what it says it is.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind in LINES:
        lines = [_object(line, n) for n, line in enumerate(raw.split(b"\n"), start=1) if line.strip()]
    elif kind in JSON:
        lines = _json(raw)
    else:
        raise HTTPException(415, f"Reports come as {JSON[0]} or {LINES[0]}, not as {kind or 'nothing'}.")
    if not lines:
        raise HTTPException(422, "No report was given.")
    if len(lines) > MOST:
        raise HTTPException(413, f"At most {MOST:,} reports are accepted at once. Give larger collections to: dragoman add")
    for number, line in enumerate(lines, start=1):
        _check(line, number)
    return [dict(line) for line in lines]


def _json(raw: bytes) -> list[Mapping[str, Any]]:
    if not raw.lstrip().startswith(b"["):
        return [_object(raw.replace(b"\n", b" ").replace(b"\r", b" "), 1)]  # within strings JSON has no bare line feeds
    try:
        many = json.loads(raw.decode("utf-8"), object_pairs_hook=_fields)
    except (ValueError, RecursionError):
        raise InputError("The body is not JSON.") from None
    return [_object(json.dumps(x).encode(), n) for n, x in enumerate(many, start=1)]


def _fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise InputError("A field stands twice in an object; which one counts cannot be told.")
    return fields


def _object(line: bytes, number: int) -> Mapping[str, Any]:
    try:
        return fields_of(line)
    except InputError as error:
        raise error.at("body", number) from None


def _check(line: Mapping[str, Any], number: int) -> None:
    """That it is a report or a record, and can be kept until its turn comes."""
    try:
        told = json.dumps(line, ensure_ascii=False).encode()
        if "schema_version" in line and "report" in line:
            Record.from_json(told)
        else:
            report_of(line)
            ref_of(line.get("ref"))
    except UnicodeEncodeError:
        raise InputError("A field holds half a character (a lone surrogate such as \\ud83d). Write the text out again from its source.", source="body", line=number) from None
    except RecursionError:
        raise InputError("The JSON is too deep.", source="body", line=number) from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise InputError(f"The record is not whole: {'.'.join(map(str, first['loc']))}: {first['msg']}.", source="body", line=number) from None
    except InputError as error:
        raise error.at("body", number) from None
