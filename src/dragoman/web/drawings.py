"""Drawings: as a specification that the page draws, and as a picture for a page without JavaScript; on light and on dark paper, as wide as there is room."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dragoman.exports.plot import renderer
from dragoman.exports.theme import Theme, theme_of
from dragoman.web.twins import tagged

NARROWEST, WIDEST = 300, 1600  # pixels


@dataclass(frozen=True, slots=True)
class Paper:
    """On what is drawn.

    Attributes:
        theme: Colours.
        width: Pixels.
    """

    theme: Theme
    width: int


def _paper(
    theme: Annotated[Literal["light", "dark"], Query(description="Light or dark paper.")] = "light", width: Annotated[int, Query(ge=1, le=10_000, description="Pixels.")] = 900
) -> Paper:
    return Paper(theme_of(theme), min(max(width, NARROWEST), WIDEST))


Drawing = Annotated[Paper, Depends(_paper)]


def as_specification(request: Request, drawing: dict[str, Any]) -> Response:
    """For the page to draw."""
    return tagged(request, JSONResponse(drawing))


def as_picture(request: Request, drawing: dict[str, Any]) -> Response:
    """Drawn here."""
    return tagged(request, Response(_svg(json.dumps(drawing)), media_type="image/svg+xml"))


@functools.lru_cache(maxsize=32)
def _svg(drawing: str) -> str:
    """Drawing takes half a second, and the same page is looked at by many."""
    made: str = renderer().vegalite_to_svg(drawing)
    return made
