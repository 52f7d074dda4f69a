"""The thread that tells whoever watches: looks after what was added, and sends what moved; tries again with growing waits, and gives up in the end."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from dragoman.answers.ledger import Ledger
from dragoman.answers.moved import Moved
from dragoman.errors import DragomanError
from dragoman.ledger.watches import Watch, claim, due_watches, passed, refused, taken
from dragoman.web.hooks import Allowed, message, send

log = logging.getLogger(__name__)

PULSE = 2.0  # seconds between two looks
AT_ONCE = 500  # findings looked at in one go
PASSED = 5_000  # findings after which it is kept that nothing moved
WAITS = (10, 60, 300, 1_800, 7_200, 21_600, 43_200)  # seconds before a message is tried again; the last one holds from there on

type Send = Callable[[Watch, str, bytes], str | None]


@dataclass
class Deliveries:
    """Tells watchers of what moves, until it is stopped; what is on its way then is finished or tried again at the next start.

    Attributes:
        ledger: The ledger.
        allowed: Which addresses may be connected to.
        tries: After how many a message is given up.
        post: Sends a message; None: over the network.
        heard: Told of every try, whether it was taken.
    """

    ledger: Ledger
    allowed: Allowed
    tries: int = 8
    post: Send | None = None
    heard: Callable[[bool], None] = lambda _: None

    def __post_init__(self) -> None:
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._looked: dict[int, int] = {}  # by watch: the finding up to which nothing moved, where the ledger does not keep it yet

    def start(self) -> None:
        """Begin; nothing where it runs already."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._stopped.clear()
        self._thread = threading.Thread(target=self._run, name="dragoman-deliveries", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the message at hand and end."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def deliver(self) -> int:
        """Tell everybody who is to be told now.

        Returns:
            How many messages were taken.
        """
        sent = 0
        last = self.ledger.last_finding()
        for watch in due_watches(self.ledger, self.ledger.clock()):
            if self._stopped.is_set():
                break
            if watch.upto is not None or last > max(watch.seen, self._looked.get(watch.id, 0)):
                sent += self._tell(watch)
        return sent

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                sent = self.deliver()
            except Exception:
                log.exception("The desk failed over what is watched; it tries again")
                sent = 0
            if not sent:
                self._stopped.wait(PULSE)

    def _tell(self, watch: Watch) -> int:
        """Send what moved in the next findings in which anything did; 1 where it was taken."""
        try:
            moved, upto = self._next(watch)
        except DragomanError as error:  # what is watched is there no more: forgotten, or merged into another
            now = self.ledger.clock()
            refused(self.ledger, watch, str(error), due=self._next_try(watch, now), now=now)
            return 0
        if not moved:
            self._pass(watch, upto)
            return 0
        now = self.ledger.clock()
        if not claim(self.ledger, watch, upto, now):
            return 0
        answer = self._send(watch, f"watch_{watch.id}_{watch.seen}_{upto}", message(watch, moved))
        self.heard(answer is None)
        now = self.ledger.clock()
        if answer is None:
            taken(self.ledger, watch, upto, now, "taken")
            return 1
        log.info("Watch %s was not told: %s", watch.id, answer)
        refused(self.ledger, watch, answer, due=self._next_try(watch, now), now=now)
        return 0

    def _next(self, watch: Watch) -> tuple[list[Moved], int]:
        """What moved in the next findings in which anything did. A message that is tried again holds what it held: it ends at the finding at which it ended."""
        about = watch.about
        kinds = [k for k in watch.kinds if k]
        seen = watch.seen if watch.upto is not None else max(watch.seen, self._looked.get(watch.id, 0))
        last = self.ledger.last_finding()
        while True:
            most = watch.upto - watch.seen if watch.upto is not None else AT_ONCE
            moved, upto = self.ledger.moved_since(seen, about.a, about.b, affair=about.affair, kinds=kinds, most=most)  # type: ignore[arg-type]  # kept as text
            if moved or watch.upto is not None or upto >= last or self._stopped.is_set():
                return moved, upto
            seen = upto

    def _pass(self, watch: Watch, upto: int) -> None:
        """Nothing moved. The ledger is told of it only now and then, as every finding would be a write else; whatever is looked at again after a stop tells nothing twice."""
        self._looked[watch.id] = upto
        if watch.upto is not None:  # what was on its way is gone: rejected or forgotten meanwhile
            taken(self.ledger, watch, upto, self.ledger.clock(), "nothing left to tell")
        elif upto - watch.seen >= PASSED:
            passed(self.ledger, watch, upto)

    def _send(self, watch: Watch, id: str, body: bytes) -> str | None:
        if self.post is not None:
            return self.post(watch, id, body)
        return send(watch.hook or "", watch.secret or "", id, body, allowed=self.allowed)

    def _next_try(self, watch: Watch, now: dt.datetime) -> dt.datetime | None:
        return None if watch.tries + 1 >= self.tries else now + dt.timedelta(seconds=WAITS[min(watch.tries, len(WAITS) - 1)])
