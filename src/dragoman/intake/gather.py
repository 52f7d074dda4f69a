"""Paths to reports: files by their suffix, folders with all that is in them, standard input."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Literal, cast, overload

from dragoman.errors import InputError, NoFilesError
from dragoman.intake.html import html_item
from dragoman.intake.item import Item, Pause, Recorded, SetAside, Told, named
from dragoman.intake.jsonl import jsonl_items
from dragoman.intake.live import live_lines
from dragoman.intake.text import text_item

Form = Literal["text", "html", "jsonl"]
FORMS: dict[str, Form] = {
    ".txt": "text",
    ".text": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
STDIN = "<stdin>"


COUNTED = 1 << 28  # bytes of a file whose lines are counted; those of a longer one are estimated by its beginning

type Gathered = Iterator[Item | SetAside | Pause]
type GatheredAll = Iterator[Item | Recorded | SetAside | Pause]


@overload
def gather(paths: Sequence[Path], *, form: Form | None = None, told: Told | None = None, stdin: IO[bytes] | None = None, but: Path | None = None) -> Gathered: ...
@overload
def gather(
    paths: Sequence[Path], *, form: Form | None = None, told: Told | None = None, stdin: IO[bytes] | None = None, but: Path | None = None, records: Literal[True]
) -> GatheredAll: ...
def gather(
    paths: Sequence[Path], *, form: Form | None = None, told: Told | None = None, stdin: IO[bytes] | None = None, but: Path | None = None, records: bool = False
) -> Gathered | GatheredAll:
    """Reports from files, folders and standard input (`-`), in the order given; within a folder sorted by path.

    Args:
        paths: Files, folders, `-`.
        form: What they hold; None: by suffix, an unknown suffix as text; standard input by its first characters.
        told: What the user says of all of them.
        stdin: The stream that `-` stands for.
        but: A file that is left out where it lies in a folder: the one that is being written.
        records: Whether lines of JSON may hold records as well, which were read elsewhere.

    Returns:
        Reports one after another, read only as they are asked for; what cannot be read comes as set aside, in its place. Where standard input brings lines and
        the next one is not there yet, a pause.
    """
    told = told or Told()
    for path in paths:
        if str(path) == "-":
            yield from _from_stream(stdin, form, told, records)
        elif path.is_dir():
            yield from _from_folder(path, form, told, but, records)
        else:
            yield from _from_file(path, form, told, records)


def number_of(paths: Sequence[Path], *, form: Form | None = None) -> int | None:
    """How many reports files and folders hold, without reading them: lines of JSON Lines (of very long files an estimate), else files; None where standard input is among them."""
    if any(str(p) == "-" for p in paths):
        return None
    files = [f for p in paths for f in (files_in(p) if p.is_dir() else [p])]
    return sum(_lines(f) if (form or FORMS.get(f.suffix.lower())) == "jsonl" else 1 for f in files)


def files_in(folder: Path) -> list[Path]:
    """Files with a known suffix in a folder and the folders in it, sorted; hidden ones and links to folders are left out."""
    found: list[Path] = []
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        found += [Path(root, n) for n in names if not n.startswith(".") and Path(n).suffix.lower() in FORMS]
    return sorted(found)


def form_of(path: Path) -> Form:
    """What a file holds, by its suffix.

    Raises:
        InputError: If it is one JSON document, which is neither a text nor JSON Lines.
    """
    if path.suffix.lower() == ".json":
        raise InputError("A .json file may hold anything. Give JSON Lines (one object a line) with --from jsonl.", source=named(path))
    return FORMS.get(path.suffix.lower(), "text")


def _lines(file: Path) -> int:
    try:
        size = file.stat().st_size
        with file.open("rb") as stream:
            counted = last = 0
            while chunk := stream.read(1 << 20) if stream.tell() < COUNTED else b"":
                counted, last = counted + chunk.count(b"\n"), chunk[-1]
            return counted + (last != ord("\n")) if size <= COUNTED else counted * size // COUNTED
    except OSError:
        return 1


def _from_folder(folder: Path, form: Form | None, told: Told, but: Path | None, records: bool) -> GatheredAll:
    left_out = None if but is None else but.resolve()
    files = [f for f in files_in(folder) if left_out is None or f.resolve() != left_out]
    if not files:
        known = ", ".join(FORMS)
        yield SetAside(NoFilesError(f"The folder holds no file that can be read. Read are files that end in {known}.", source=named(folder)), ref=named(folder))
    for file in files:
        yield from _from_file(file, form, told, records)


def _from_file(path: Path, form: Form | None, told: Told, records: bool) -> GatheredAll:
    name = named(path)
    try:
        chosen = form or form_of(path)
        with path.open("rb") as stream:
            yield from _from_lines_or_whole(stream, chosen, name, told, records)
    except InputError as error:
        yield SetAside(error.at(name), ref=name)
    except FileNotFoundError:
        yield SetAside(InputError("There is no such file or folder.", source=name), ref=name)
    except OSError as error:
        yield SetAside(InputError(f"The file cannot be opened: {error.strerror or error}.", source=name), ref=name)


def _from_lines_or_whole(stream: IO[bytes], form: Form, name: str, told: Told, records: bool, *, live: bool = False) -> GatheredAll:
    if form == "jsonl":
        empty = True
        for item in jsonl_items(live_lines(stream) if live else stream, name, told, records=records):
            empty = empty and isinstance(item, Pause)
            yield item
        if empty:
            raise InputError("The file is empty.", source=name)
        return
    raw = b"".join(stream)
    yield text_item(raw, name, told) if form == "text" else html_item(raw, name, told)


def _from_stream(stream: IO[bytes] | None, form: Form | None, told: Told, records: bool) -> GatheredAll:
    if stream is None:
        raise ValueError("'-' needs a stream")
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    try:
        yield from _from_lines_or_whole(buffered, form or _sniffed(buffered.peek(512)[:512]), STDIN, told, records, live=True)
    except InputError as error:
        yield SetAside(error.at(STDIN), ref=STDIN)


def _sniffed(start: bytes) -> Form:
    """What a stream holds, by its first bytes: `{` opens JSON Lines, `<` a page, anything else is text."""
    first = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if first.startswith((b'{"', b"{ ", b"{'")):
        return "jsonl"
    return "html" if first[:15].lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<head")) else "text"
