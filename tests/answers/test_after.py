from __future__ import annotations

import itertools
import random

import pytest
from tests.making import Clock, Wire

from dragoman.answers.after import After
from dragoman.answers.ledger import Ledger

PER, CHL = ("state:PER",), ("state:CHL",)


def wires(seed: int, count: int = 40) -> list[Wire]:
    """Reports of a few days, many of them copies of one another, with affairs that move to and fro."""
    dice = random.Random(seed)
    made = []
    for number in range(count):
        day = dice.choice([None, *(f"2024-06-{d:02}" for d in range(1, 9))])
        one, other = dice.sample([PER, CHL], 2)
        subject = dice.choice(("ports of Arica", "water of the Lauca"))
        wire = Wire(f"A report told of {subject} and refused talks. Story {dice.randint(1, 6)} of the sides.", day, publisher=f"Wire {number}")
        wire.statement(one[0], "refused", "talks", act=dice.choice(("refuse", "demand")), to=other)
        wire.event(dice.choice(("REJECT", "AGREE")), one, other, "told")
        if dice.random() < 0.5:
            wire.affair("negotiation", (*one, *other), dice.choice(("stalled", "under_way")), subject, subject)
        made.append(wire)
    return made


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("limit", [1, 2, 7])
def test_pages_of_a_timeline_put_together_are_the_whole(ledger: Ledger, seed: int, limit: int) -> None:
    ledger.add([w.record() for w in wires(seed)])
    for sides in (("PER", "CHL"), ("PER",)):
        whole = [m.source.finding for m in ledger.timeline(*sides, limit=1000)]
        paged: list[int] = []
        after = None
        while page := ledger.timeline(*sides, limit=limit, after=after):
            paged = [m.source.finding for m in page] + paged
            after = After(page[0].day, page[0].source.finding)
        assert paged == whole


def test_pages_of_statements_and_hits_put_together_are_the_whole(any_ledger: Ledger, clock: Clock) -> None:
    any_ledger.add([w.record() for w in wires(9)])
    whole = [s.source.finding for s in any_ledger.statements(limit=1000)]
    hits = [h.report for h in any_ledger.search("talks", limit=1000)]
    known = any_ledger.latest()
    after, paged = None, []
    for number in itertools.count(1):
        page = any_ledger.statements(limit=7, after=after, known=known)
        if not page:
            break
        paged += [s.source.finding for s in page]
        after = After(page[-1].day, page[-1].source.finding)
        clock.set(f"2024-07-{number + 1:02}")  # while it is paged through, a report comes that would stand in the middle
        any_ledger.add(Wire(f"Peru refused talks again, {number}.", "2024-06-04").statement("state:PER", "refused", "talks", act="refuse", to=CHL).record())
    assert paged == whole
    after, found = None, []
    while page := any_ledger.search("talks", limit=3, after=after, known=known):
        found += [h.report for h in page]
        after = After(page[-1].day, page[-1].report)
    assert found == hits


def test_a_ledger_tells_when_it_last_learned_something(any_ledger: Ledger, clock: Clock) -> None:
    assert any_ledger.latest() is None
    any_ledger.add(wires(1, 1)[0].record())
    assert any_ledger.latest() == clock()
    clock.set("2024-07-05")
    any_ledger.correct("reject", "f1", who="test")
    assert any_ledger.latest() == clock()
    clock.set("2024-07-06")
    any_ledger.undo(who="test")
    assert any_ledger.latest() == clock()
