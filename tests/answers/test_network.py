from __future__ import annotations

import pytest
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger


@pytest.fixture
def asked(any_ledger: Ledger) -> Ledger:
    any_ledger.add(
        [
            Wire("Peru threatened Chile over fish.", "2024-03-01").event("THREATEN", ("state:PER",), ("state:CHL",), "threatened").record(),
            Wire("Peru threatened Chile over copper and gold mines.", "2024-04-01").event("THREATEN", ("state:PER",), ("state:CHL",), "threatened").record(),
            Wire("Chile agreed with Peru on a pier.", "2024-05-01").event("AGREE", ("state:CHL",), ("state:PER",), "agreed").record(),
            Wire("Rebels attacked Chile in the night.", "2024-05-02").event("ASSAULT", ("group:rebels",), ("state:CHL",), "attacked").record(),
            Wire("Ecuador may threaten Peru with tariffs.", "2024-05-03").event("THREATEN", ("state:ECU",), ("state:PER",), "threaten", status="possible").record(),
        ]
    )
    return any_ledger


def test_the_busiest_pair_comes_first_with_its_last_sentence(asked: Ledger) -> None:
    first, second = asked.network()
    assert (first.source.code, first.target.code, first.events) == ("PER", "CHL", 2)
    assert first.net == first.conflict == pytest.approx(-8.8)
    assert first.latest.sentence == "Peru threatened Chile over copper and gold mines."
    assert (second.source.code, second.cooperation) == ("CHL", 4.0)


def test_what_may_happen_is_no_edge(asked: Ledger) -> None:
    assert not asked.network("ecuador")


def test_groups_are_sides_only_where_asked_for(asked: Ledger) -> None:
    assert [e.source.id for e in asked.network(others=True) if e.source.code == "group:rebels"] == ["group:rebels"]
    assert all(e.source.code != "group:rebels" for e in asked.network())


def test_a_period_and_a_side_narrow_it(asked: Ledger) -> None:
    assert [e.events for e in asked.network("peru", since="2024-03-15", as_of="2024-04-15")] == [1]


def test_merged_sides_are_one(asked: Ledger) -> None:
    asked.correct("merge_actors", "state:CHL", "state:ECU", who="tester")
    assert {(e.source.code, e.target.code) for e in asked.network()} == {("PER", "ECU"), ("ECU", "PER")}


def test_what_was_known_before_is_worked_out_alike(asked: Ledger, clock: Clock) -> None:
    before = asked.network(known=clock.at.date())
    clock.set("2024-08-01")
    asked.add(Wire("Peru thanked Chile for help.", "2024-07-01").event("AGREE", ("state:PER",), ("state:CHL",), "thanked").record())
    assert asked.network(known="2024-07-31") == before
    assert asked.network()[0].events == 3


def test_an_edge_counts_what_measures_count(asked: Ledger) -> None:
    for edge in asked.network(others=True):
        if ":" not in edge.source.code + edge.target.code:
            out = [m for m in asked.measures(edge.source.code, edge.target.code, by="year") if m.direction == "out"]
            assert edge.events == sum(m.events for m in out)
            assert edge.net == pytest.approx(sum(m.net for m in out))
