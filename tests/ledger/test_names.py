from __future__ import annotations

import time

import pytest
from sqlalchemy import insert
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.errors import UnknownNameError
from dragoman.ledger import tables
from dragoman.ledger.names import party


def met(*people: tuple[str, str]) -> Wire:
    made = Wire("A meeting was held.")
    for id, name in people:
        made.actor(id, name, acts_for="JPN")
    return made


@pytest.mark.parametrize("name", ["japan", "JPN", "jp", "Tokyo", "Japanese", "state:JPN", "  JAPAN "])
def test_a_state_goes_by_its_names_and_codes(ledger: Ledger, name: str) -> None:
    with ledger.engine.connect() as connection:
        found = party(connection, name)
    assert (found.id, found.code, found.actors) == ("state:JPN", "JPN", ("state:JPN",))


def test_people_go_by_their_surname_where_one_bears_it(ledger: Ledger) -> None:
    ledger.add(met(("person:a-mori", "Aiko Mori"), ("person:k-ueda", "Ken Ueda"), ("person:r-ueda", "Rin Ueda")).record())
    with ledger.engine.connect() as connection:
        assert party(connection, "mori").id == "person:a-mori"
        assert party(connection, "Rin Ueda").id == party(connection, "person:r-ueda").id == "person:r-ueda"
        with pytest.raises(UnknownNameError, match="may be person:k-ueda or person:r-ueda") as caught:
            party(connection, "Ueda")
    assert caught.value.nearest == ("person:k-ueda", "person:r-ueda")


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Jappan", "Japan"),
        ("Ruusia", "Russia"),
        ("Untied States", "United States"),
        ("Moori", "Aiko Mori"),
        ("Aiko Morri", "Aiko Mori"),
        ("Jpa", "Japan"),
        ("Mori Aiko", "Aiko Mori"),
        ("Aik", "Aiko Mori"),
    ],
)
def test_a_mistyped_name_gets_the_nearest(ledger: Ledger, name: str, first: str) -> None:
    ledger.add(met(("person:a-mori", "Aiko Mori")).record())
    with ledger.engine.connect() as connection, pytest.raises(UnknownNameError) as caught:
        party(connection, name)
    assert caught.value.nearest[0] == first
    assert len(caught.value.nearest) <= 5


@pytest.mark.parametrize("name", ["", "x", "Qwertzuiop", "ЯЯЯЯЯ"])
def test_nothing_far_fetched_is_offered(ledger: Ledger, name: str) -> None:
    with ledger.engine.connect() as connection, pytest.raises(UnknownNameError) as caught:
        party(connection, name)
    assert caught.value.nearest == ()


def test_many_names_are_soon_searched(ledger: Ledger) -> None:
    rows = [{"folded": f"given{i} family{i % 5000}", "actor": f"person:p{i}", "name": f"Given{i} Family{i % 5000}", "last": f"family{i % 5000}"} for i in range(200_000)]
    with ledger.engine.begin() as connection:
        connection.execute(insert(tables.names), rows)
    with ledger.engine.connect() as connection:
        party(connection, "japan")
        begun = time.perf_counter()
        for _ in range(20):
            party(connection, "japan")
            party(connection, "Given77 Family77")
        known = (time.perf_counter() - begun) / 40
        begun = time.perf_counter()
        with pytest.raises(UnknownNameError):
            party(connection, "Givven77 Famly77")
        unknown = time.perf_counter() - begun
    assert known < 0.02
    assert unknown < 2
