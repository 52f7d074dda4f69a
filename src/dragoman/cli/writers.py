"""Outcomes to a stream, one form a class: each is given outcomes in order and closed at the end."""

from __future__ import annotations

import io
import json
from typing import IO, Protocol

from dragoman.engines.local import Outcome


class Writer(Protocol):
    """Takes outcomes one by one; holds none of them."""

    def write(self, outcome: Outcome) -> None:
        """Write one."""

    def close(self) -> None:
        """Write what comes after the last; the stream itself is left open."""


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
    """Indented JSON: one object where one report was named, else an array."""

    def __init__(self, stream: IO[bytes], *, one: bool) -> None:
        self.stream, self.one = stream, one
        self.count = 0

    def write(self, outcome: Outcome) -> None:
        """Write one record or error."""
        before = b"" if self.one else b"[\n" if self.count == 0 else b",\n"
        self.stream.write(before + json.dumps(json.loads(_line(outcome)), indent=2, ensure_ascii=False).encode())
        self.count += 1

    def close(self) -> None:
        """End the array, or the object's line."""
        end = b"\n" if self.one else b"\n]\n" if self.count else b"[]\n"
        self.stream.write(end if self.count or not self.one else b"")
        self.stream.flush()


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
    return outcome.json if outcome.json is not None else json.dumps({"ref": outcome.ref, "error": str(outcome.error)}, ensure_ascii=False).encode()
