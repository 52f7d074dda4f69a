"""Adding reports: by pasting a text, dropping files, or naming a URL; each is accepted at once and read in its turn."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Form, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dragoman.errors import InputError
from dragoman.intake.fetch import fetch
from dragoman.intake.html import html_item
from dragoman.intake.item import Item, Told, day
from dragoman.intake.text import text_item
from dragoman.web.pages import desk_of, page
from dragoman.web.tokens import Visitor
from dragoman.web.twins import noun, shown
from dragoman.web.visitors import needs
from dragoman.web.works import Works

router = APIRouter()
FILES = 200  # at once


@router.get("/add", include_in_schema=False)
def form(request: Request) -> Response:
    """The form."""
    return page(request, "add.html", today=dt.date.today())


@router.post("/add", include_in_schema=False)
def accept(
    request: Request,
    visitor: Annotated[Visitor, needs("add")],
    text: Annotated[str, Form()] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
    headline: Annotated[str, Form(max_length=1000)] = "",
    publisher: Annotated[str, Form(max_length=200)] = "",
    published: Annotated[str, Form(max_length=30)] = "",
    files: list[UploadFile] | None = None,
) -> Response:
    """Accept what was pasted, dropped or named."""
    told = Told(published=day(published) if published else None, publisher=publisher or None, headline=headline or None)
    lines = [line for upload in (files or [])[:FILES] if upload.filename for line in _uploaded(upload, told)]
    if text.strip():
        lines.append(_line(text_item(text.encode(), "pasted text", told)))
    if url.strip():
        lines.append(_fetched(request, url.strip(), told))
    if not lines:
        raise InputError("Nothing was given: paste a text, choose a file, or name a URL.")
    job = works_of(request).accept(visitor.name, lines)
    return RedirectResponse(f"{request.scope.get('root_path', '')}/jobs/{job.id}", status_code=303)


@noun(router, "/jobs/{number:int}", tables=False)
def job(request: Request, number: int) -> Response:
    """How far accepted reports are."""
    return shown(request, "job.html", data=works_of(request).job(number))


def works_of(request: Request) -> Works:
    """The thread that reads what is accepted."""
    works: Works = request.app.state.works
    return works


def _uploaded(upload: UploadFile, told: Told) -> list[dict[str, Any]]:
    name, raw = upload.filename or "file", upload.file.read()
    low = name.lower()
    if low.endswith((".jsonl", ".ndjson")):
        return [_loaded(line) for line in raw.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
    if low.endswith((".html", ".htm", ".xhtml")):
        return [_line(html_item(raw, name, told))]
    return [_line(text_item(raw, name, told))]


def _loaded(line: bytes) -> dict[str, Any]:
    from dragoman.intake.jsonl import fields_of

    return dict(fields_of(line))


def _fetched(request: Request, url: str, told: Told) -> dict[str, Any]:
    settings = desk_of(request).settings
    fetched = fetch(url, most_bytes=settings.upload_bytes, seconds=settings.upload_seconds)
    item = text_item(fetched.raw, fetched.url, told) if fetched.type == "text/plain" else html_item(fetched.raw, fetched.url, told)
    return {**_line(item), "url": fetched.url}


def _line(item: Item) -> dict[str, Any]:
    """A report as a line of the JSON Lines contract."""
    r = item.report
    fields = {"ref": item.ref, "text": r.text, "headline": r.headline, "publisher": r.publisher, "published": r.published.isoformat() if r.published else None, "url": r.url}
    return {k: v for k, v in fields.items() if v is not None}
