"""Answers that are kept for a moment: what many look at at once is worked out once."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

MOST = 64
TIMES = 20.0  # an answer that took a second is good for twenty, though the ledger moved: keeping it up costs a twentieth of a core at most
QUICK = 0.05  # seconds; what is worked out as fast is worked out anew as soon as the ledger moved


class Kept:
    """Answers by what was asked, each with the state of the ledger of which it tells."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Hashable, tuple[Hashable, float, Any]] = OrderedDict()
        self._turns: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()

    def get[T](self, key: Hashable, state: Hashable, make: Callable[[], T]) -> T:
        """The answer to a question.

        Args:
            key: What is asked.
            state: The ledger's state; an answer of the same state is good for ever.
            make: Works the answer out; by one at a time, others wait for him.
        """
        with self._lock:
            turn = self._turns.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                known = self._answers.get(key)
            if known is not None and (known[0] == state or time.monotonic() < known[1]):
                answer: T = known[2]
                return answer
            began = time.monotonic()
            try:
                answer = make()
            except BaseException:
                with self._lock:
                    self._turns.pop(key, None)  # what cannot be answered leaves nothing behind
                raise
            took = time.monotonic() - began
            with self._lock:
                self._answers[key] = (state, time.monotonic() + (took * TIMES if took > QUICK else 0.0), answer)
                self._answers.move_to_end(key)
                while len(self._answers) > MOST:
                    gone, _ = self._answers.popitem(last=False)
                    self._turns.pop(gone, None)
        return answer
