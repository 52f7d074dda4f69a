"""Lines of a stream as they come: where the writer pauses, so that one line sent down a pipe is answered at once."""

from __future__ import annotations

import io
import select
from collections.abc import Iterator
from typing import IO

from dragoman.intake.item import Pause

AT_ONCE = 65_536  # bytes; more than a stream's own buffer holds, so that nothing lies in it when the next bytes are waited for
PATIENCE = 0.05  # seconds without a byte that count as a pause


def live_lines(stream: IO[bytes]) -> Iterator[bytes | Pause]:
    """Lines of a pipe, each with its line feed, and a pause wherever none has come for a moment; of other streams the lines alone.

    Args:
        stream: Binary; of a pipe nothing may be held back above its buffer.
    """
    if not isinstance(stream, io.BufferedReader):
        yield from stream
        return
    begun: list[bytes] = []  # what has come of a line that has not ended
    while chunk := stream.read1(AT_ONCE):
        first, *rest = chunk.split(b"\n")
        begun.append(first)
        for piece in rest:
            yield b"".join(begun) + b"\n"
            begun = [piece]
        if not _has_more(stream):
            yield Pause()
    if last := b"".join(begun):
        yield last


def _has_more(stream: io.BufferedReader) -> bool:
    """Whether bytes or the end have come; taken for granted where the system cannot say (Windows, streams without a file)."""
    try:
        return bool(select.select([stream], [], [], PATIENCE)[0])
    except (OSError, ValueError):
        return True
