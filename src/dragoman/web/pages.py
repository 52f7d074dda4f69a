"""Templates to pages."""

from __future__ import annotations

import datetime as dt
import functools
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from dragoman.answers.actors import Named
from dragoman.web.visible import finalized

if TYPE_CHECKING:
    from dragoman.answers.source import Source
    from dragoman.web.desk import Desk


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A template with what every page needs: the request, its query, who is looking."""
    base: dict[str, Any] = {
        "twins": [],
        "request": request,
        "query": dict(request.query_params),
        "root": request.scope.get("root_path", ""),
        "visitor": getattr(request.state, "visitor", None),
        "mark": getattr(request.state, "mark", ""),
        "today": dt.date.today(),
    }
    return HTMLResponse(environment(base["root"]).get_template(template).render(**{**base, **context}), status_code=status)


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


@functools.lru_cache(8)
def environment(root: str = "") -> Environment:
    """Jinja2 with everything escaped; a name that a template does not know is an error.

    Args:
        root: The path under which a reverse proxy shows the desk; the addresses of actors and sources begin with it.
    """
    made = Environment(loader=PackageLoader("dragoman.web"), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, finalize=finalized)
    made.globals["root"] = root  # for macros too, which know nothing of the page that imports them
    made.filters.update(day=_day, percent=_percent, with_query=with_query)
    made.filters.update(actor_url=lambda actor: root + actor_url(actor), source_url=lambda source: root + source_url(source))
    return made


def actor_url(actor: Named | str) -> str:
    """The address of somebody's page."""
    return f"/actors/{quote(actor if isinstance(actor, str) else actor.id, safe=':')}"


def source_url(source: Source) -> str:
    """The address of a finding in its report."""
    return f"/reports/{source.report}#f{source.finding}"


def with_query(path: str, query: dict[str, Any], **more: Any) -> str:
    """An address with its query, some of it changed; None takes a part away."""
    told = {k: v for k, v in {**query, **more}.items() if v not in (None, "")}
    return f"{path}?{urlencode(told, doseq=True)}" if told else path


def _day(value: dt.date | None) -> str:
    return "day not known" if value is None else f"{value.day} {value:%B %Y}"


def _percent(value: float) -> str:
    return f"{value:.0%}".replace("%", " %")
