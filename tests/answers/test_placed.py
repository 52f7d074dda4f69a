from __future__ import annotations

import pytest
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.answers.placed import spots
from dragoman.records import Place

ARICA = {"name": "Arica", "lat": -18.47, "lon": -70.3, "country": "CL", "feature": "city"}
CHILE = {"name": "Chile", "lat": -30.0, "lon": -71.0, "country": "CL", "feature": "country"}


def at(wire: Wire, words: str, **place: object) -> Wire:
    found = wire.found.setdefault("places", [])
    found.append(Place(id=f"l{len(found) + 1}", rule="test", confidence=0.9, span=wire.span(words), **place))
    return wire


@pytest.fixture
def asked(any_ledger: Ledger) -> Ledger:
    talks = at(Wire("Peru met Chile in Arica.", "2024-05-01"), "Arica", **ARICA).event("CONSULT", ("state:PER",), ("state:CHL",), "met", place="l1")
    wide = at(Wire("Peru threatened Ecuador in Chile.", "2024-05-02"), "Chile", **CHILE).event("THREATEN", ("state:PER",), ("state:ECU",), "threatened", place="l1")
    plain = Wire("Peru threatened Chile.", "2024-05-03").event("THREATEN", ("state:PER",), ("state:CHL",), "threatened")
    planned = at(Wire("Peru will meet Chile in Arica.", "2024-05-04"), "Arica", **ARICA).event("CONSULT", ("state:PER",), ("state:CHL",), "meet", place="l1", status="planned")
    matter = at(Wire("The dispute over Arica goes on, Bolivia said.", "2024-05-05"), "Arica", **ARICA)
    matter = matter.affair("dispute", ("state:BOL", "state:CHL"), "open", "dispute over Arica", "dispute over Arica")
    elsewhere = at(Wire("In Arica, the dispute of Peru with Ecuador was on all lips.", "2024-05-06"), "Arica", **ARICA)
    elsewhere = elsewhere.affair("dispute", ("state:PER", "state:ECU"), "open", "dispute", "dispute of Peru with Ecuador")
    any_ledger.add([w.record() for w in (talks, wide, plain, planned, matter, elsewhere)])
    return any_ledger


def test_only_what_has_a_place_and_came_to_pass_is_there(asked: Ledger) -> None:
    rows = asked.placed()
    assert {(r.kind, r.place) for r in rows} == {("verbal_cooperation", "Arica"), ("verbal_conflict", "Chile"), ("dispute", "Arica")}
    assert all(r.source.sentence for r in rows)


def test_a_country_is_no_point(asked: Ledger) -> None:
    (spot,) = spots(asked.placed())
    assert (spot.name, spot.events, len(spot.rows)) == ("Arica", 1, 2)
    assert [r.place for r in asked.placed() if r.is_country] == ["Chile"]


def test_a_dispute_is_where_its_own_words_say_not_where_it_is_told(asked: Ledger) -> None:
    (row,) = asked.placed(kinds=("dispute",))
    assert [p.code for p in row.sources] == ["BOL", "CHL"]
    assert row.affair is not None


def test_sides_and_days_narrow_it(asked: Ledger) -> None:
    assert {r.kind for r in asked.placed("bolivia")} == {"dispute"}
    assert {r.kind for r in asked.placed("peru", as_of="2024-05-01")} == {"verbal_cooperation"}
    assert not asked.placed(since="2025-01-01")


def test_the_last_day_is_that_of_an_event(asked: Ledger) -> None:
    assert str(asked.last_day()) == "2024-05-04"
    assert str(asked.last_day(as_of="2024-05-02")) == "2024-05-02"
