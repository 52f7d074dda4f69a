"""The search box: it understands a name, two names, and words."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dragoman.errors import UnknownNameError
from dragoman.ledger.names import Party, party
from dragoman.ledger.opening import reading
from dragoman.web.pages import desk_of, with_query
from dragoman.web.twins import noun, shown
from dragoman.web.views import When

router = APIRouter()
LINKS = ("and", "with", "vs", "versus", "-", "–", "/", ",")


@noun(router, "/find")
def find(request: Request, when: When, q: str = "") -> Response:
    """A name leads to its page, two sides to theirs; anything else is looked for in the text of reports."""
    desk = desk_of(request)
    words = q.strip()
    if words and '"' not in words and "“" not in words:
        with reading(desk.ledger.engine) as connection:
            address = _address(connection, words)
        if address and request.url.path.endswith("/find"):
            return RedirectResponse(f"{request.scope.get('root_path', '')}{with_query(address, {**when, 'as_read': when['as_read'] or None})}", status_code=303)
    plain = words.replace("“", '"').replace("”", '"')
    hits = desk.ledger.search(plain, since=when["since"], as_of=when["as_of"], known=when["known"]) if plain else []
    return shown(request, "find.html", rows=hits, words=words)


def _address(connection: Connection, words: str) -> str | None:
    """The page of whoever is named, or of the two sides; None where the words are no names."""
    one = _known(connection, words)
    if one:
        return f"/actors/{quote(one.id, safe=':')}"
    pieces = [w for w in words.replace(",", " ").split() if w.lower() not in LINKS]
    for cut in range(1, len(pieces)):
        a, b = (_known(connection, " ".join(p)) for p in (pieces[:cut], pieces[cut:]))
        if a and b and a.id != b.id:
            return f"/dyads/{quote(a.side, safe=':')}/{quote(b.side, safe=':')}"
    return None


def _known(connection: Connection, name: str) -> Party | None:
    try:
        return party(connection, name)
    except UnknownNameError:
        return None
