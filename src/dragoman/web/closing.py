"""When the desk is told to stop: streams end then, as a server waits for its open connections before it closes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Closing:
    """Whether the stop has begun."""

    def __init__(self) -> None:
        self.begun = False

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Hear the signals that stop the server, and pass them on to whoever heard them before; at the end the stop has begun in any case."""
        before: dict[signal.Signals, Any] = {}

        def hear(number: int, frame: FrameType | None) -> None:
            self.begun = True
            earlier = before[signal.Signals(number)]
            if callable(earlier):
                earlier(number, frame)

        if threading.current_thread() is threading.main_thread():
            for name in SIGNALS:
                heard = signal.getsignal(name)
                if callable(heard):  # the server's own; without one, or in a test, there is nothing to pass on
                    before[name] = heard
                    signal.signal(name, hear)
        try:
            yield
        finally:
            self.begun = True
            for name, earlier in before.items():
                signal.signal(name, earlier)
