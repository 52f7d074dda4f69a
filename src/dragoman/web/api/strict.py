"""A parameter that an address does not know is an error: a mistyped filter would else give the whole list in silence."""

from __future__ import annotations

import difflib

from fastapi import HTTPException
from starlette.requests import Request


def known_parameters(request: Request) -> None:
    """A dependency of every address of the API; what the OpenAPI document tells of an address is what it takes.

    Raises:
        HTTPException: If the query has a parameter that the address does not know, or one twice that can be told once.
    """
    operation = request.app.openapi()["paths"].get(_address(request), {}).get(request.method.lower(), {})
    known = {p["name"]: p["schema"].get("type") == "array" for p in operation.get("parameters", ()) if p["in"] == "query"}
    for name in request.query_params:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            choices = f"It knows {', '.join(sorted(known))}." if known else "It takes none."
            raise HTTPException(422, f"There is no parameter {name!r} here. {f'Did you mean {near[0]}? ' if near else ''}{choices}")
        if not known[name] and len(request.query_params.getlist(name)) > 1:
            raise HTTPException(422, f"The parameter {name!r} is given twice; which one counts cannot be told.")


def _address(request: Request) -> str:
    """The address as the document has it, with its names in braces."""
    path = str(request.scope["path"]).removeprefix(str(request.scope.get("root_path", "")))
    for name, value in request.path_params.items():
        before, _, rest = path.rpartition(f"/{value}")
        path = f"{before}/{{{name}}}{rest}"
    return path
