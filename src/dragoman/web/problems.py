"""What went wrong, for whoever asked: a page for a person, problem+json (RFC 9457) for a program."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman.errors import DragomanError, ForgottenError, InputError, LedgerError, LedgerLockedError, NotInLedgerError, UnknownActorError, UnknownFindingError, UnknownNameError
from dragoman.web.pages import page

TITLES = {400: "The request cannot be understood", 401: "A token is needed", 403: "Not allowed", 404: "Not found", 405: "Not possible here", 408: "Too slow", 410: "Deleted on demand", 409: "Not as it stands", 413: "Too large", 415: "Not understood in this form", 422: "The request cannot be understood", 429: "Too many requests", 503: "The ledger cannot be reached"}  # fmt: skip
STATUS: tuple[tuple[type[DragomanError], int], ...] = (
    (ForgottenError, 410),
    (InputError, 400),
    (UnknownNameError, 404),
    (NotInLedgerError, 404),
    (UnknownActorError, 404),
    (UnknownFindingError, 404),
    (LedgerLockedError, 503),
    (LedgerError, 503),
)


def problem(request: Request, status: int, title: str, detail: str, *, headers: Mapping[str, str] | None = None, **more: object) -> Response:
    """An error as a page where a browser asks for one, else as problem+json."""
    if "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/"):
        response: Response = page(request, "problem.html", status=status, title=title, detail=detail, more=more)
    else:
        response = JSONResponse({"type": "about:blank", "title": title, "status": status, "detail": detail, **more}, status, media_type="application/problem+json")
    response.headers.update(headers or {})
    return response


def tell_problems(app: FastAPI) -> None:
    """Let every error of ours reach whoever asked in words; what is a fault of ours says so and no more."""

    @app.exception_handler(DragomanError)
    def ours(request: Request, error: DragomanError) -> Response:
        status = next((s for kind, s in STATUS if isinstance(error, kind)), 500)
        nearest = list(error.nearest) if isinstance(error, UnknownNameError) else []
        return problem(request, status, TITLES.get(status, "Something went wrong"), str(error), nearest=nearest)

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        return problem(request, error.status_code, TITLES.get(error.status_code, "Something went wrong"), str(error.detail), headers=error.headers)

    @app.exception_handler(404)
    def missing(request: Request, error: Exception) -> Response:
        return problem(
            request, 404, TITLES[404], str(getattr(error, "detail", "")) if getattr(error, "detail", "Not Found") != "Not Found" else "There is nothing at this address."
        )

    @app.exception_handler(RequestValidationError)
    def wrong(request: Request, error: RequestValidationError) -> Response:
        told = "; ".join(f"{'.'.join(str(x) for x in e['loc'][1:]) or e['loc'][0]}: {e['msg']}" for e in error.errors())
        return problem(request, 422, TITLES[422], told)

    @app.exception_handler(Exception)
    def fault(request: Request, error: Exception) -> Response:
        return problem(request, 500, "Something went wrong", "The fault is Dragoman's. Its log says more; please report it.")
