"""Outcomes to a stream, one form a class: each is given outcomes in order and closed at the end."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, Protocol

from dragoman.engines.local import Outcome

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Writer(Protocol):
    """Takes outcomes one by one; holds none of them."""

    def write(self, outcome: Outcome) -> None:
        """Write one."""

    def close(self) -> None:
        """Write what comes after the last; the stream itself is left open."""


def writer_of(form: Literal["jsonl", "json", "html", "terminal"], stream: IO[bytes], *, one: bool | None) -> Writer:
    """The writer of a form.

    Args:
        form: How records are written.
        stream: Where to.
        one: Whether one report was named; None where only what comes will tell.
    """
    match form:
        case "jsonl":
            return Lines(stream)
        case "json":
            return Json(stream, one=one)
        case "html":
            return Pages(stream)
        case "terminal":
            return Terminal(stream)


class ReplacedFile(io.BufferedWriter):
    """A file to write to that keeps what it held until the first byte is written, and is not made where none is."""

    def __init__(self, path: Path) -> None:
        self.path, self.was_there, self.begun = path, path.exists(), False
        super().__init__(io.FileIO(path, "a"))

    def write(self, data: ReadableBuffer, /) -> int:
        """Write, at first in the place of what was there."""
        if not self.begun:
            self.begun = True
            if self.path.is_file():
                self.raw.truncate(0)
        return super().write(data)

    def close(self) -> None:
        """Close; a new file that is still empty is taken away."""
        if not self.closed:
            super().close()
            if not self.begun and not self.was_there:
                self.path.unlink(missing_ok=True)


class Lines:
    """JSON Lines: the record, or `{"ref": …, "error": …}` in its place; every line is sent on at once."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream

    def write(self, outcome: Outcome) -> None:
        """Write one line."""
        self.stream.write(_line(outcome) + b"\n")
        self.stream.flush()

    def close(self) -> None:
        """Nothing comes after the last line."""


class Json:
    """Indented JSON: one object where one report was named, else an array; where that is not known, as many came."""

    def __init__(self, stream: IO[bytes], *, one: bool | None) -> None:
        self.stream, self.one = stream, one
        self.held: bytes | None = None  # the first record, while it is not known whether a second comes
        self.count = 0

    def write(self, outcome: Outcome) -> None:
        """Write one record or error."""
        shown = json.dumps(json.loads(_line(outcome)), indent=2, ensure_ascii=False).encode()
        if self.one is None and self.held is None:
            self.held = shown
            return
        if self.one is None and self.held is not None:
            self.one = False
            self._put(self.held)
        self._put(shown)

    def close(self) -> None:
        """End the array, or the object's line."""
        if self.one is None:
            self.one = self.held is not None
            if self.held is not None:
                self._put(self.held)
        end = b"\n" if self.one else b"\n]\n" if self.count else b"[]\n"
        self.stream.write(end if self.count or not self.one else b"")
        self.stream.flush()

    def _put(self, shown: bytes) -> None:
        before = b"" if self.one else b"[\n" if self.count == 0 else b",\n"
        self.stream.write(before + shown)
        self.count += 1


class Terminal:
    """The view for the eye."""

    def __init__(self, stream: IO[bytes]) -> None:
        from dragoman.exports.terminal import console_on

        self.text = io.TextIOWrapper(stream, encoding="utf-8", write_through=True)
        self.console = console_on(self.text, terminal=stream.isatty())
        self.first = True

    def write(self, outcome: Outcome) -> None:
        """Show one record; what was set aside is told on standard error by the caller."""
        from dragoman.exports.terminal import show

        if outcome.error is not None:
            return
        if not self.first:
            self.console.rule(style="dim")
        self.first = False
        show(outcome.record(), self.console)

    def close(self) -> None:
        """Give the stream back."""
        self.text.detach()


class Pages:
    """One self-contained page that holds all reports."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.count = 0

    def write(self, outcome: Outcome) -> None:
        """Write one report's section."""
        from dragoman.exports import html

        if outcome.error is not None:
            return
        record = outcome.record()
        if self.count == 0:
            self.stream.write(html.head(record).encode())
        self.count += 1
        self.stream.write(html.section(record, prefix=f"r{self.count}-").encode())
        self.stream.flush()

    def close(self) -> None:
        """End the page."""
        from dragoman.exports import html

        if self.count:
            self.stream.write(html.tail().encode())
            self.stream.flush()


def _line(outcome: Outcome) -> bytes:
    return outcome.json if outcome.json is not None else json.dumps({"ref": outcome.ref, "error": str(outcome.error)}, ensure_ascii=False).encode(errors="replace")
