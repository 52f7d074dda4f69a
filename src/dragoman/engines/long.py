"""A very long report to its record as JSON, piece by piece: of what was found only the JSON is held, a tenth of what the findings themselves take."""

from __future__ import annotations

import json
from collections import defaultdict

from dragoman.intake.item import Item
from dragoman.pipeline import FINDINGS, Reader, pieces_note
from dragoman.records import Record

PIECES = 5  # a report longer than so many pieces is very long


def is_long(item: Item, reader: Reader) -> bool:
    """Whether a report is so long that its findings should not be held all at once."""
    return len(item.report.text) > PIECES * reader.settings.piece_characters


def long_record(item: Item, reader: Reader) -> bytes:
    """The record of a long report as one line of JSON, the same as `reader.read(...).to_json()`.

    Raises:
        DragomanError: As `Reader.read` does.
    """
    found: dict[str, list[bytes]] = defaultdict(list)
    actors: dict[str, bytes] = {}
    first: Record | None = None
    pieces = 0
    for record in reader.read_pieces(item.report, ref=item.ref):
        pieces += 1
        first = first or record.model_copy(update=dict.fromkeys(("actors", *FINDINGS), ()))
        for field in FINDINGS:
            found[field] += [inside] if (inside := _inside(record, field)) else []
        for actor in record.actors:
            if actor.id not in actors:
                actors[actor.id] = actor.model_dump_json().encode()
    assert first is not None
    found["actors"] = list(actors.values())
    notes = (*first.notes, *([pieces_note(pieces)] if pieces > 1 else []), *item.notes)
    first = first.model_copy(update={"notes": notes})
    fields = (_named(name, found[name]) if name in ("actors", *FINDINGS) else _field(first, name) for name in Record.model_fields)
    return b"{" + b",".join(fields) + b"}"


def _field(record: Record, name: str) -> bytes:
    """A field with its name, without the braces around."""
    return record.model_dump_json(include={name})[1:-1].encode()


def _inside(record: Record, name: str) -> bytes:
    """The entries of a list, without its brackets."""
    return _field(record, name)[len(_named(name, [])) - 1 : -1]


def _named(name: str, entries: list[bytes]) -> bytes:
    return json.dumps(name).encode() + b":[" + b",".join(entries) + b"]"
