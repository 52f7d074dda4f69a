from __future__ import annotations

import pytest
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.errors import InputError, UnknownNameError


def quarrel(day: str, status: str = "stalled") -> Wire:
    text = f"On {day} Peru refused talks with Chile until Chile leaves Arica. Talks are {status}. Chile imposed sanctions on Peru and Bolivia."
    made = Wire(text, day, url=day).statement("state:PER", "refused", "talks with Chile", act="refuse", to=("state:CHL",))
    made.condition("state:PER", "talks with Chile", "Chile leaves Arica", ("state:CHL",))
    made.affair("negotiation", ("state:PER", "state:CHL"), status, "talks", f"Talks are {status}")
    made.event("SANCTION", ("state:CHL",), ("state:PER",), "imposed sanctions")
    return made.affair("sanctions", (), "in_force", "sanctions", "imposed sanctions", senders=("state:CHL",), targets=("state:PER", "state:BOL"))


def test_where_two_sides_stand(ledger: Ledger) -> None:
    ledger.add([quarrel("2024-03-01").record(), quarrel("2024-05-01", "under_way").record()])
    stands = ledger.standing("peru", "Santiago")
    assert (stands.a.code, stands.b.code, stands.read.reports) == ("PER", "CHL", 2)
    assert [(a.kind, a.status, str(a.since)) for a in stands.affairs] == [("negotiation", "under_way", "2024-05-01")]
    assert [(s.parties[0].code, s.parties[1].code, str(s.since)) for s in stands.sanctions] == [("CHL", "PER", "2024-03-01")]
    assert [(c.holder[0].code, c.owes[0].code, c.reports) for c in stands.conditions] == [("PER", "CHL", 2)]
    assert [w.act for w in stands.last_words] == ["refuse", "refuse"]
    assert stands.measures[-1].events == 2
    assert all(row.source.sentence for row in stands.rows())


def test_a_standing_is_of_a_day_and_of_a_knowledge(ledger: Ledger, clock: Clock) -> None:
    ledger.add(quarrel("2024-03-01").record())
    clock.set("2024-07-20")
    ledger.add(quarrel("2024-05-01", "under_way").record())
    assert ledger.standing("PER", "CHL", as_of="2024-04-01").affairs[0].status == "stalled"
    assert ledger.standing("PER", "CHL", known="2024-07-10").affairs[0].status == "stalled"
    assert ledger.standing("PER", "CHL").affairs[0].status == "under_way"


def test_one_side_and_no_side(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="one side"):
        ledger.standing("Peru", "Lima")
    with pytest.raises(UnknownNameError):
        ledger.standing("Peru", "Chyle-x")
    assert ledger.standing("Peru", "Ecuador").read.reports == 0


def test_what_moved(ledger: Ledger) -> None:
    ledger.add([quarrel("2024-03-01").record(), quarrel("2024-05-01", "under_way").record()])
    moved = ledger.changes("2024-04-01")
    affairs = [(c.what, c.before, c.after) for c in moved if c.kind == "affair"]
    assert affairs == [("negotiation, talks", "stalled", "under_way")]
    assert not [c for c in moved if c.kind == "condition"]  # it was set before
    assert [c.what for c in moved if c.kind == "statement"] == ["refuse"]
    assert [c.what for c in moved if c.kind == "event"] == ["SANCTION"]
    assert len([c for c in ledger.changes("2024-02-01") if c.kind == "affair"]) == 3
    assert not ledger.changes("2024-04-01", of=["Ecuador"])
    with pytest.raises(InputError):
        ledger.changes("soon")
