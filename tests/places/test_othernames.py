"""Towns by any of their names."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.places.othernames import rows_named
from dragoman.places.townlist import town_list
from dragoman.places.towns import towns_by_any_name


@pytest.mark.parametrize(("written", "town"), [("Constantinople", "Istanbul"), ("Bombay", "Mumbai"), ("Léopoldville", "Kinshasa")])
def test_a_town_is_known_by_its_old_names(written: str, town: str) -> None:
    assert town in [e.name for e in towns_by_any_name(written)]


def test_names_that_no_town_has_lead_nowhere() -> None:
    assert towns_by_any_name("Nowhereburgh") == ()


@settings(max_examples=200, deadline=None)
@given(share=st.floats(0, 1, exclude_max=True), pick=st.integers(0, 1000))
def test_every_latin_name_of_a_row_leads_to_the_row(share: float, pick: int) -> None:
    towns = town_list()
    start = towns.find(b'{"geonameid"', int(share * (len(towns) - 20_000)))
    row = json.loads(towns[start : towns.find(b"}", start) + 1])
    names = [n for n in (row["name"], *row["alternatenames"]) if n and n[0].isascii()]
    if names:
        name = names[pick % len(names)]
        assert towns.find(b'"name"', start) in rows_named(json.dumps(name)[1:-1].encode())
