from __future__ import annotations

import io
import os

from hypothesis import given
from hypothesis import strategies as st

from dragoman.intake.item import Pause
from dragoman.intake.live import live_lines


def test_a_line_comes_before_the_next_is_written() -> None:
    out, into = os.pipe()
    with open(out, "rb") as stream, open(into, "wb", buffering=0) as writer:
        lines = live_lines(stream)
        for n in (b"1", b"2"):
            writer.write(n + b"\n")
            assert next(lines) == n + b"\n"
            assert isinstance(next(lines), Pause)
        writer.write(b"half")
        writer.close()
        assert [x for x in lines if not isinstance(x, Pause)] == [b"half"]


@given(st.binary(max_size=300), st.integers(1, 20))
def test_lines_are_those_of_the_stream(raw: bytes, buffer: int) -> None:
    class Piecewise(io.RawIOBase):
        """Gives a few bytes at a time, as a slow pipe does."""

        left = raw

        def readable(self) -> bool:
            return True

        def readinto(self, into: memoryview) -> int:
            given_now, self.left = self.left[:buffer], self.left[buffer:]
            into[: len(given_now)] = given_now
            return len(given_now)

    assert list(live_lines(io.BufferedReader(Piecewise(), 64))) == io.BytesIO(raw).readlines()
