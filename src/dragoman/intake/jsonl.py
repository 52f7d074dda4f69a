"""JSON Lines: one report a line. Lines are read as bytes, so that one in a wrong encoding does not stop the rest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dragoman.errors import EmptyTextError, InputError
from dragoman.intake.item import Item, Pause, Recorded, SetAside, Told, day
from dragoman.records import Report

OPTIONAL = ("headline", "publisher", "url", "language")
RECORD = (b'"schema_version"', b'"report"')  # fields of a record; within a string their quotation marks would be escaped


def jsonl_items(lines: Iterable[bytes | Pause], source: str, told: Told, *, records: bool = False) -> Iterator[Item | Recorded | SetAside | Pause]:
    """Reports from lines, in order, one line at a time; a line that holds none is set aside with its number (1-based). Blank lines are skipped, pauses passed on.

    Args:
        lines: With or without their line feeds.
        source: The file that holds them.
        told: What the user says of all of them.
        records: Whether records stand among them, and what was set aside when they were read.
    """
    number = 0
    for line in lines:
        if isinstance(line, Pause):
            yield line
            continue
        number += 1
        if line.strip():
            yield _line_item(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, source, number, told, records)


def _line_item(line: bytes, source: str, number: int, told: Told, records: bool) -> Item | Recorded | SetAside:
    if records and all(field in line for field in RECORD):
        return Recorded(line, source, number)
    ref: str | None = None
    try:
        fields = fields_of(line)
        ref = ref_of(fields.get("ref"))
        if records and "error" in fields and "text" not in fields:
            raise InputError(f"It was set aside when it was read: {fields['error']}")
        return Item(report_of(fields, told), ref=ref, source=source, line=number)
    except InputError as error:
        return SetAside(error.at(source, number), ref=ref)


def fields_of(line: bytes) -> Mapping[str, Any]:
    """The object of a line; raises InputError where there is none."""
    try:
        fields = json.loads(line.decode("utf-8"), object_pairs_hook=_fields, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise InputError(f"The line is not UTF-8 (byte {error.start + 1}). JSON Lines are UTF-8; convert the file, for instance with iconv.") from None
    except json.JSONDecodeError as error:
        if line.strip() in (b"{", b"["):
            command = "jq -c ." if line.strip() == b"{" else "jq -c '.[]'"
            raise InputError(f"The line opens JSON that goes on over several lines; one object a line is expected. To convert a file: {command} FILE") from None
        raise InputError(f"The line is not JSON: {error.msg.removesuffix(' at')} at column {error.colno}. One object a line is expected.") from None
    except (RecursionError, ValueError):
        raise InputError("The line is JSON of a kind that cannot be read (too deep, or a number too long). One object a line is expected.") from None
    if isinstance(fields, list):
        raise InputError("The line is a JSON array; one object a line is expected. To convert a file: jq -c '.[]' FILE")
    if not isinstance(fields, dict):
        raise InputError('The line is no JSON object; one such as {"ref": "a1", "text": "..."} is expected.')
    return fields


class _Doubled(dict[str, Any]):
    """An object in which a name stands twice; the last value would win in silence."""

    doubled: str


def _fields(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) == len(pairs):
        return fields
    names = [name for name, _ in pairs]
    doubled = _Doubled(fields)
    doubled.doubled = next(name for name in names if names.count(name) > 1)
    return doubled


def _refuse_constant(name: str) -> Any:
    raise InputError(f"The line holds {name}, which is no JSON. Write null.")


def ref_of(value: Any) -> str | None:
    """A reference as text; numbers are written out. Raises InputError for anything else."""
    if value is None:
        return None
    if isinstance(value, str):
        check_whole("ref", value)
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise InputError("The field 'ref' must be a string or a number.")


def report_of(fields: Mapping[str, Any], told: Told | None = None) -> Report:
    """A report from the fields of a line (`text`, and if given `headline`, `publisher`, `published`, `url`, `language`); other fields are left alone.

    Raises:
        InputError: If a field is missing or of the wrong kind; names it.
    """
    told = told or Told()
    if isinstance(fields, _Doubled):
        raise InputError(f"The field {fields.doubled!r} stands twice in the line; which one counts cannot be told.")
    text = fields.get("text")
    if text is None:
        raise InputError("The field 'text' is missing.")
    if not isinstance(text, str):
        raise InputError("The field 'text' must be a string.")
    if not text.strip():
        raise EmptyTextError("The field 'text' is empty.")
    values: dict[str, str | None] = {"text": text}
    for name in OPTIONAL:
        value = fields.get(name)
        if value is not None and not isinstance(value, str):
            raise InputError(f"The field {name!r} must be a string or null.")
        values[name] = value or None
    for name, value in values.items():
        check_whole(name, value)
    return Report(
        text=text,
        headline=values["headline"],
        publisher=values["publisher"] or told.publisher,
        published=_published(fields.get("published")) or told.published,
        url=values["url"],
        language=_language(values["language"]),
    )


def check_whole(name: str, value: str | None) -> None:
    """Raise InputError where a field holds half a character, which no UTF-8 can say."""
    if value is not None and not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
        raise InputError(f"The field {name!r} holds half a character (a lone surrogate such as \\ud83d). Write the text out again from its source.")


def _language(value: str | None) -> str | None:
    """`en` from `en-GB`, `EN`, `eng`; other codes are kept as they are."""
    code = (value or "").strip().lower().replace("_", "-").partition("-")[0]
    return "en" if code in ("eng", "english") else code or None


def _published(value: Any) -> Any:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise InputError("The field 'published' must be a date such as \"2024-06-06\", or null.")
    try:
        return day(value)
    except InputError as error:
        raise InputError(f"The field 'published': {error.reason}") from None
