"""A process of the desk made ready before it lets anybody in."""

from __future__ import annotations

import contextlib
import gc

from dragoman.answers.ledger import Ledger
from dragoman.errors import DragomanError
from dragoman.web.desk import Desk
from dragoman.web.pages import environment

REHEARSED = 3  # pairs of sides of which everything is asked once
ROUNDS = 10_000, 20, 100  # objects made between rounds of the collector of garbage, and how many rounds go before one over older ones, and over all


def settle(desk: Desk) -> None:
    """Make a process ready.

    What is asked most is asked once, so that the first who comes does not wait until queries and templates are made and pages of the ledger are drawn. What is held by then is set aside from the
    collector of garbage, which comes seldom from then on: an answer makes objects by the ten thousand, few of them in circles, and each round over all that is kept holds every reader up for a tenth
    of a second.
    """
    templates = environment(desk.settings.root_path)
    for name in templates.list_templates():
        templates.get_template(name)
    with contextlib.suppress(DragomanError):  # whoever asks the same hears what is wrong
        _rehearse(desk.ledger)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*ROUNDS)


def _rehearse(ledger: Ledger) -> None:
    """Ask of the sides that are told of most what their pages show."""
    newest = ledger.newest_day()
    for pair in ledger.busiest(limit=REHEARSED):
        a, b = pair.a.code, pair.b.code
        for as_of in (None, newest):
            ledger.standing(a, b, as_of=as_of)
            ledger.timeline(a, b, as_of=as_of)
            ledger.measures(a, b, as_of=as_of)
        ledger.actor(a)
        ledger.events(a)
        ledger.statements(about=a)
        ledger.affairs(a)
        ledger.conditions(by=a)
        ledger.conditions(of=a, open=True)
