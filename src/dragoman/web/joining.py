"""Forms by which people correct actors, affairs and stories: what they send, and the way back to the page they came from."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dragoman.ledger.corrections import Correcting
from dragoman.web.pages import desk_of
from dragoman.web.tokens import Visitor

Why = Annotated[str, Form(max_length=2000)]
Name = Annotated[str, Form(min_length=1, max_length=200)]
Maybe = Annotated[str, Form(max_length=200)]
Numbers = Annotated[list[str], Form(max_length=200)]


def corrected(request: Request, visitor: Visitor, path: str, what: Correcting, *of: str | int, why: str, **told: Any) -> Response:
    """Make a correction, and lead back to a page, which tells of it.

    Args:
        request: The request.
        visitor: Who corrects.
        path: The page's address at this desk.
        what: What is corrected.
        *of: By numbers or names.
        why: The reason; empty where none is given.
        **told: Of an office `acts_for`, `begin`, `end`.
    """
    number = desk_of(request).ledger.correct(what, *of, who=visitor.name, why=why.strip() or None, **told)
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}?done={number}", status_code=303)
