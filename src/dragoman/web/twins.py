"""One address, four forms: a page, and its twins in JSON, CSV and Parquet at the same address with a suffix."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman.answers.row import Answered
from dragoman.exports.answers import in_csv, in_parquet
from dragoman.web.pages import page

type Form = Literal["html", "json", "csv", "parquet"]
FORMS: Mapping[str, Form] = {"": "html", ".json": "json", ".csv": "csv", ".parquet": "parquet"}
TABLES = ("csv", "parquet")


def noun(router: APIRouter, path: str, *, tables: bool = True) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a page at a path and its twins at the path with a suffix.

    Args:
        router: Where.
        path: The address, such as `/statements`.
        tables: Whether it has rows that make a table.
    """

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        for suffix, form in reversed(list(FORMS.items())):  # the page last: a name in its address would take the suffix for a part of itself
            if tables or form not in TABLES:
                router.add_api_route(f"{path}{suffix}", function, methods=["GET"], response_model=None, include_in_schema=False, name=f"{function.__name__}{suffix}")
        return function

    return register


def form_of(request: Request) -> Form:
    """The form that is asked for, by the suffix of the address."""
    path = request.url.path
    return next((form for suffix, form in FORMS.items() if suffix and path.endswith(suffix)), "html")


def shown(request: Request, template: str, *, rows: Sequence[Answered] | None = None, data: Any = None, **context: Any) -> Response:
    """The answer in the form that is asked for.

    Args:
        request: The request.
        template: The page's template.
        rows: The rows, for a table; JSON too where `data` is not given.
        data: What the JSON twin says, where it is more than the rows.
        context: For the template.
    """
    form = form_of(request)
    if form == "csv":
        return tagged(request, Response(in_csv(rows or ()), media_type="text/csv; charset=utf-8", headers=_named(request)))
    if form == "parquet":
        return tagged(request, Response(in_parquet(rows or ()), media_type="application/vnd.apache.parquet", headers=_named(request)))
    if form == "json":
        return tagged(request, JSONResponse(_plain(data if data is not None else rows)))
    return tagged(request, page(request, template, rows=rows, data=data, twins=twins_of(request, tables=rows is not None), **context))


def twins_of(request: Request, *, tables: bool = True) -> list[tuple[str, str]]:
    """Names and addresses of a page's twins, for the links at its end."""
    query = f"?{request.url.query}" if request.url.query else ""
    path = "/home" if request.url.path == "/" else request.url.path
    return [(form.upper() if form != "parquet" else "Parquet", f"{path}{suffix}{query}") for suffix, form in FORMS.items() if suffix and (tables or form not in TABLES)]


def tagged(request: Request, response: Response) -> Response:
    """With an ETag of its body; nothing but the tag where the client holds it already."""
    tag = f'"{hashlib.sha256(bytes(response.body)).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    response.headers.setdefault("Cache-Control", "private, no-cache")
    held = [t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")]
    if tag in held or held == ["*"]:
        return Response(status_code=304, headers={"ETag": tag, "Cache-Control": response.headers["Cache-Control"]})
    return response


def _named(request: Request) -> dict[str, str]:
    name = request.url.path.strip("/").replace("/", "-")
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _plain(data: Any) -> Any:
    if isinstance(data, BaseModel):
        return data.model_dump(mode="json")
    if isinstance(data, Mapping):
        return {k: _plain(v) for k, v in data.items()}
    if isinstance(data, Sequence) and not isinstance(data, str | bytes):
        return [_plain(v) for v in data]
    return data
