"""Correcting at the desk: confirm, reject and amend a finding, undo that; who did what, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, get_args
from urllib.parse import urlsplit, urlunsplit

from fastapi import APIRouter, Depends, Form, HTTPException, Query
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dragoman.answers.corrections import Corrected, names_told
from dragoman.answers.ledger import Ledger
from dragoman.errors import CorrectionError, InputError, UnknownNameError
from dragoman.ledger.corrections import Correcting
from dragoman.ledger.opening import reading
from dragoman.web.amending import Amending, amending
from dragoman.web.pages import desk_of, page
from dragoman.web.sessions import own_address
from dragoman.web.tokens import Visitor
from dragoman.web.twins import noun, shown
from dragoman.web.visitors import needs

router = APIRouter()
Why = Annotated[str, Form(max_length=2000)]
To = Annotated[str, Form(max_length=2000)]
LIMIT = 100  # corrections on a page


async def _sent(request: Request) -> FormData:
    return await request.form()


@noun(router, "/corrections")
def corrections(
    request: Request, what: str = "", who: str = "", orphans: bool = False, before: int | None = None, limit: Annotated[int, Query(ge=1, le=1000)] = LIMIT,
    done: int | None = None,
) -> Response:  # fmt: skip
    """Who did what, when and why; or what waits for its finding."""
    if what and what not in get_args(Correcting):
        raise InputError(f"{what!r} is none of {', '.join(get_args(Correcting))}.")
    ledger = desk_of(request).ledger
    rows = ledger.corrections(what=what or None, who=who.strip() or None, orphans=orphans, limit=limit, before=before)  # type: ignore[arg-type]  # checked above
    older = rows[-1].correction if len(rows) == limit else None
    return shown(request, "corrections.html", rows=rows, sorts=get_args(Correcting), orphans=orphans, older=older, **done_of(ledger, done, rows))


@router.post("/corrections", include_in_schema=False)
def judge(
    request: Request, visitor: Annotated[Visitor, needs("correct")], sent: Annotated[FormData, Depends(_sent)], what: Annotated[str, Form()], of: Annotated[str, Form(max_length=20)],
    why: Why = "", to: To = "/corrections",
) -> Response:  # fmt: skip
    """Confirm, reject or amend a finding."""
    if what not in ("confirm", "reject", "amend"):
        raise InputError(f"{what!r} is none of confirm, reject, amend.")
    ledger = desk_of(request).ledger
    if what != "amend":
        return _back(request, to, done=ledger.correct(what, of, who=visitor.name, why=why.strip() or None))  # type: ignore[arg-type]  # checked above
    form = amending(ledger, of)
    told = form.changed(sent)
    try:
        if not told:
            raise CorrectionError("Nothing is changed yet. Say in at least one field what is right.")
        number = ledger.correct("amend", of, who=visitor.name, why=why.strip() or None, **told)
    except (CorrectionError, UnknownNameError) as error:
        return _form(request, form.filled_in(sent), to, why, error)
    return _back(request, to, done=number)


@router.post("/corrections/{number:int}/undo", include_in_schema=False)
def take_back(request: Request, visitor: Annotated[Visitor, needs("correct")], number: int, to: To = "/corrections") -> Response:
    """Undo a correction."""
    try:
        desk_of(request).ledger.undo(number, who=visitor.name)
    except CorrectionError as error:
        raise HTTPException(409, str(error)) from None
    return _back(request, to, done=number)


@router.get("/findings/{number:int}/amend", include_in_schema=False)
def amend(request: Request, visitor: Annotated[Visitor, needs("correct")], number: int, to: str = "") -> Response:
    """The form in which a finding is amended."""
    return _form(request, amending(desk_of(request).ledger, f"f{number}"), to, "")


def done_of(ledger: Ledger, number: int | None, others: Sequence[Corrected] = ()) -> dict[str, Any]:
    """For a template: the correction that was just made or undone, and names of whom it and others speak of."""
    rows = ledger.corrections(number=number, limit=1) if number is not None else []
    with reading(ledger.engine) as connection:
        return {"done": rows[0] if rows else None, "told_names": names_told(connection, [*rows, *others])}


def _form(request: Request, form: Amending, to: str, why: str, error: CorrectionError | UnknownNameError | None = None) -> Response:
    to = to or f"/reports/{form.found.source.report}#f{form.found.finding}"
    back = own_address(to, request.scope.get("root_path", ""))
    return page(request, "amend.html", status=400 if error else 200, form=form, found=form.found, to=to, back=back, why=why, error=error)


def _back(request: Request, to: str, *, done: int) -> Response:
    """Where the form came from, told what was done there."""
    pieces = urlsplit(own_address(to, request.scope.get("root_path", "")))
    query = "&".join([x for x in pieces.query.split("&") if x and not x.startswith("done=")] + [f"done={done}"])
    return RedirectResponse(urlunsplit(("", "", pieces.path, query, pieces.fragment)), status_code=303)
