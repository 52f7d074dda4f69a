"""The API's own pages: its OpenAPI document for people, without a script and without anything from elsewhere."""

from __future__ import annotations

import json
import re
import shlex
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dragoman.web.pages import page
from dragoman.web.twins import tagged

router = APIRouter()
CODE = re.compile(r"`([^`]+)`|\*\*([^*]+)\*\*")


@router.get("/docs", include_in_schema=False)
def docs(request: Request) -> Response:
    """All operations with their parameters, answers and an example for a shell; all schemas."""
    document = request.app.openapi()
    base = str(request.base_url).rstrip("/")
    operations = [
        {"path": path, "method": method.upper(), "parameters": [], "description": "", **operation, "curl": _curl(base, path, method, operation, document["components"]["schemas"])}
        for path, methods in document["paths"].items() for method, operation in methods.items()
    ]  # fmt: skip
    tags = list(dict.fromkeys(o["tags"][0] for o in operations))
    shown = page(request, "api.html", document=document, operations=operations, tags=tags, schemas=document["components"]["schemas"], kind=_kind, pieces=_pieces)
    return tagged(request, shown)


def _curl(base: str, path: str, method: str, operation: dict[str, Any], schemas: dict[str, Any]) -> str:
    """The operation as one types it; required parameters and a body by their examples."""
    query = []
    for parameter in operation.get("parameters", ()):
        example = next(iter(parameter["schema"].get("examples", ())), parameter["schema"].get("default"))
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(example))
        elif parameter["in"] == "query" and (parameter["required"] or parameter["name"] in ("by", "a", "b")) and example is not None:
            query.append((parameter["name"], str(example)))
    words = ["curl", *(("-N",) if path.endswith("/stream") else ()), *(("-X", method.upper()) if method == "delete" else ())]
    if {"token": []} in operation["security"] and {} not in operation["security"]:
        words += ["-H", "Authorization: Bearer $TOKEN"]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body is not None:
        told = next(iter(body["examples"].values()))["value"] if "examples" in body else schemas[body["schema"]["$ref"].rpartition("/")[2]]["examples"][0]
        words += ["-H", "Content-Type: application/json", "-d", json.dumps(told, ensure_ascii=False)]
    words.append(base + path + (f"?{urlencode(query)}" if query else ""))
    return " ".join(f'"{w}"' if "$TOKEN" in w else shlex.quote(w) for w in words)


def _kind(schema: dict[str, Any]) -> list[tuple[str, str | None]]:
    """What a value is, in words, with the schema that each word leads to."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return [(name, name)]
    for joint in ("anyOf", "oneOf"):
        if joint in schema:
            told: list[tuple[str, str | None]] = []
            for number, one in enumerate(schema[joint]):
                told += [*([(" or ", None)] if number else []), *_kind(one)]
            return told
    if "enum" in schema or "const" in schema:
        return [(", ".join(str(v) for v in schema.get("enum", (schema.get("const"),))), None)]
    if schema.get("type") == "array":
        return [("list of ", None), *_kind(schema.get("items", {}))]
    told_type = schema.get("format") or schema.get("type") or "anything"
    bounds = [f"{word} {schema[name]:,}" for word, name in (("from", "minimum"), ("to", "maximum"), ("at most", "maxLength")) if name in schema]
    return [(" ".join((str(told_type), *bounds)), None)]


def _pieces(text: str) -> list[tuple[str, str]]:
    """A text of the document as words, code and strong words, for a template to mark up."""
    found, at = [], 0
    for match in CODE.finditer(text):
        found += [("", text[at : match.start()]), ("code", match[1]) if match[1] else ("strong", match[2])]
        at = match.end()
    return [*found, ("", text[at:])]
