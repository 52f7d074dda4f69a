"""The OpenAPI document of the API: what FastAPI writes, and what it cannot know: problems, tokens, how the API is asked."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field

from dragoman.web.problems import TITLES

ABOUT = """The ledger's questions over HTTP, under the names that the command line uses.

* **Names** are as people write them: `japan`, `JPN`, `Tokyo`. An unknown one is a 404 that offers the nearest.
* **Two times.** `as_of` asks what held on a day by all that is known now, `known` what the ledger knew on a day, `as_read` leaves out what people corrected.
* **Sources.** Every row carries the report, the sentence and the rule on which it stands.
* **Pages.** Follow `next` until it is null. Pages put together are the list as it was when the first was asked for, whatever is added meanwhile.
* **Errors** are `application/problem+json` (RFC 9457). A parameter that an address does not know is an error.
* **Tags.** Answers carry an `ETag`; sent back in `If-None-Match`, what did not change is answered with 304 and nothing else.
* **Tokens** (`dragoman token make NAME --scope add`) are sent as `Authorization: Bearer …`; reading needs one only where the desk says so.
"""
PROBLEM = "application/problem+json"
READING = (400, 401, 404, 408, 422, 429, 500, 503)
WRITING = (400, 401, 403, 404, 408, 409, 410, 413, 415, 422, 429, 500, 503)
LINK = {"description": "Where the list goes on, as RFC 8288 has it.", "schema": {"type": "string"}}
LOCATION = {"description": "Where what was made stands.", "schema": {"type": "string"}}
TAG = {"description": "Changes where the answer does.", "schema": {"type": "string"}}


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field(description="A URI of the kind of problem; `about:blank` where the status says it all.")
    title: str
    status: int
    detail: str = Field(description="What is wrong, where, and what would help.")
    nearest: list[str] = Field(default_factory=list, description="Names that are known, where an unknown one was asked for.")


def describe(app: FastAPI) -> None:
    """Let the application write its document so."""

    def written() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _written(app)
        return app.openapi_schema

    app.openapi = written  # type: ignore[method-assign]  # as FastAPI tells one to


def _written(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title="Dragoman", version=version("dragoman"), summary="Who said, did, demanded, promised or refused what, to whom, on what condition.", description=ABOUT, routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"}, servers=[{"url": app.root_path or "/"}],
    )  # fmt: skip
    parts = document.setdefault("components", {})
    parts.setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
    for unused in ("HTTPValidationError", "ValidationError"):
        parts["schemas"].pop(unused, None)
    parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer", "description": "A token of `dragoman token make`."}}
    for path in document["paths"].values():
        for method, operation in path.items():
            _finish(method, operation)
    return document


def _finish(method: str, operation: dict[str, Any]) -> None:
    reads = method == "get" or operation["operationId"] == "read"
    operation["security"] = [{}, {"token": []}] if reads else [{"token": []}]
    responses = operation["responses"]
    for status in READING if method == "get" else WRITING:
        responses[str(status)] = {"description": TITLES.get(status, "The fault is Dragoman's"), "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for made in ("201", "202"):
        if made in responses:
            responses[made]["headers"] = {"Location": LOCATION}
    if method == "get" and "application/json" in responses["200"].get("content", {}):
        paged = any(p["name"] == "after" for p in operation.get("parameters", ()))
        responses["200"]["headers"] = {"ETag": TAG, **({"Link": LINK} if paged else {})}
        responses["304"] = {"description": "Nothing changed since the tag in If-None-Match", "headers": {"ETag": TAG}}
    operation["responses"] = dict(sorted(responses.items()))
