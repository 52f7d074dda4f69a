"""A text file is one report, verbatim."""

from __future__ import annotations

from dragoman.errors import EmptyTextError
from dragoman.intake.encoding import decode
from dragoman.intake.item import Item, Told
from dragoman.records import Report


def text_item(raw: bytes, source: str, told: Told) -> Item:
    """One report from the bytes of a text file; `source` is its name and becomes the ref.

    Raises:
        EmptyTextError: If there is nothing in it.
        NotTextError: If it holds no text.
    """
    decoded = decode(raw)
    if not decoded.text.strip():
        raise EmptyTextError("The file is empty.", source=source)
    report = Report(text=decoded.text, published=told.published, publisher=told.publisher, headline=told.headline)
    return Item(report, ref=source, source=source, notes=(decoded.note,) if decoded.note else ())
