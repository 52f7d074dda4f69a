"""`dragoman.read` and `dragoman.read_many`: what a notebook or a script calls."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, overload

from dragoman.engines.local import Outcome, read_all
from dragoman.errors import DragomanError, EmptyTextError, InputError
from dragoman.intake.item import Item, SetAside
from dragoman.intake.jsonl import ref_of, report_of
from dragoman.pipeline import Reader
from dragoman.records import Record, Report
from dragoman.settings import Settings

type Readable = str | Mapping[str, Any] | Report
OnError = Literal["raise", "skip", "yield"]


@functools.cache
def default_reader() -> Reader:
    """The reader of this process with the settings of the environment, built when first asked for."""
    return Reader(Settings())


def read(
    text: str,
    *,
    published: dt.date | str | None = None,
    headline: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    ref: str | None = None,
    reader: Reader | None = None,
) -> Record:
    """Read one report.

    Args:
        text: The report, with or without byline and dateline; offsets of findings are code points of it.
        published: The report's day (a date, or `2024-06-06`); without it, relative dates stay open.
        headline: Its headline, read as a part of its own.
        publisher: Who brought it.
        url: Where it stands.
        ref: Your own name for it, given back in the record.
        reader: A reader of your own; None: the default one, built on the first call (about a second).

    Raises:
        EmptyTextError: If there is nothing to read.
        LanguageError: If the text is not English.
        InputError: If `published` is no date, or another argument of the wrong kind.
        TypeError: If `text` is no text.
    """
    if not isinstance(text, str):
        raise TypeError(f"read takes the text of a report, not {type(text).__name__}; for many reports use read_many")
    if not text.strip():
        raise EmptyTextError("The report has no text.")
    report = _report({"text": text, "headline": headline, "publisher": publisher, "published": published, "url": url})
    return (reader or default_reader()).read(report, ref=ref_of(ref))


@overload
def read_many(reports: Iterable[Readable], *, workers: int = 1, on_error: Literal["raise", "skip"] = "raise", reader: Reader | None = None) -> Iterator[Record]: ...
@overload
def read_many(reports: Iterable[Readable], *, workers: int = 1, on_error: Literal["yield"], reader: Reader | None = None) -> Iterator[Record | DragomanError]: ...
def read_many(reports: Iterable[Readable], *, workers: int = 1, on_error: OnError = "raise", reader: Reader | None = None) -> Iterator[Record] | Iterator[Record | DragomanError]:
    """Read many reports, in order; neither they nor their records are held all at once.

    Args:
        reports: Texts, mappings with the fields of the JSON Lines contract (`text`, and if known `ref`, `published`, `publisher`, `headline`), or `Report`s.
        workers: Processes that read.
        on_error: At a report that cannot be read: `raise` its error, `skip` it, or `yield` the error in its place.
        reader: A reader of your own; None: the default one.

    Raises:
        ValueError: If `workers` or `on_error` is none of the choices.
    """
    if on_error not in ("raise", "skip", "yield"):
        raise ValueError(f"on_error must be 'raise', 'skip' or 'yield', not {on_error!r}")
    if isinstance(reports, str | Mapping | Report):
        raise TypeError("read_many takes many reports: a list or another iterable of them; for one use read")
    return _shown(read_all((item_of(given, n) for n, given in enumerate(reports, start=1)), reader or default_reader(), workers=workers), on_error)


def _shown(outcomes: Iterable[Outcome], on_error: OnError) -> Iterator[Any]:
    for outcome in outcomes:
        if outcome.error is None:
            yield outcome.record()
        elif on_error == "raise":
            raise outcome.error
        elif on_error == "yield":
            yield outcome.error


def item_of(given: Readable, number: int) -> Item | SetAside:
    """One of many reports as a program gives them, with its number for a place."""
    place = f"report {number}"
    ref = given.get("ref") if isinstance(given, Mapping) else None
    ref = ref if ref is None or isinstance(ref, str) else str(ref)
    try:
        return Item(_report(given), ref=ref_of(ref), source=place)
    except InputError as error:
        return SetAside(error.at(place), ref=ref)


def _report(given: Readable) -> Report:
    if isinstance(given, Report):
        return given
    if isinstance(given, str):
        return report_of({"text": given})
    if isinstance(given, Mapping):
        published = given.get("published")
        if isinstance(published, dt.date):
            given = {**given, "published": published.isoformat()}
        return report_of(given)
    raise InputError(f"A report is a text, a mapping with the field 'text', or a Report; not {type(given).__name__}.")
