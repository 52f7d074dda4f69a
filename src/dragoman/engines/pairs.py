"""Pairs of actor spans, given line by line, to what passes between them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from dragoman.errors import InputError
from dragoman.intake.jsonl import fields_of, ref_of, report_of
from dragoman.pipeline import Reader

log = logging.getLogger(__name__)

TOGETHER = 200  # lines that are coded together


def coded(lines: Iterable[bytes], source: str, reader: Reader) -> Iterator[dict[str, Any]]:
    """An answer a line, in order; for a line that cannot be coded `{"ref", "error"}`. Blank lines are skipped."""
    numbered = ((n, line) for n, line in enumerate(lines, start=1) if line.strip())
    for group in batched(numbered, TOGETHER):
        requests = [_request(line, source, number) for number, line in group]
        answers = iter(_answers([r for r in requests if "error" not in r], reader))
        for request in requests:
            yield request if "error" in request else next(answers)


def _answers(requests: list[dict[str, Any]], reader: Reader) -> list[dict[str, Any]]:
    """An answer a request; where the coder fails over them together they are coded one by one, so that only the one at fault is lost."""
    from dragoman.events.pairs import code_pairs

    try:
        return [dict(answer) for answer in code_pairs(requests, reader)]
    except Exception as error:  # whatever a stage raises must not stop the other lines; it is logged and told
        if len(requests) > 1:
            return [answer for request in requests for answer in _answers([request], reader)]
        log.info("The coder failed over ref %s", requests[0]["ref"], exc_info=True)
        return [{"ref": requests[0]["ref"], "error": f"Dragoman failed over this pair ({type(error).__name__}: {error}). The fault is Dragoman's: please report it with the line."}]


def _request(line: bytes, source: str, number: int) -> dict[str, Any]:
    """A checked request, or what is wrong with it."""
    ref = None
    try:
        fields = fields_of(line)
        ref = ref_of(fields.get("ref"))
        text = report_of(fields).text
        for side in ("source", "target"):
            _check_span(fields.get(side), side, len(text))
        return {**fields, "ref": ref}
    except InputError as error:
        return {"ref": ref, "error": str(error.at(source, number))}


def _check_span(span: Any, side: str, length: int) -> None:
    whole = isinstance(span, list) and len(span) == 2 and all(isinstance(x, int) and not isinstance(x, bool) for x in span)
    if not whole:
        raise InputError(f"The field {side!r} must be a span [start, end] in code points of 'text'.")
    if not 0 <= span[0] < span[1] <= length:
        raise InputError(f"The span of {side!r}, {span}, lies outside the text, which has {length} characters.")
