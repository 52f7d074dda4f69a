"""Places: what is one, where it lies, and what holds of every text."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.actors.find import find_actors
from dragoman.language.document import Document, tokenise
from dragoman.pipeline import Reader
from dragoman.places import gazetteer
from dragoman.places.choose import Named, choose, kilometres
from dragoman.places.find import find_places
from dragoman.places.gazetteer import Entry, fold
from dragoman.places.towns import towns
from dragoman.records import Place, Report

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/places/reports.yaml").read_text(encoding="utf-8"))
REACH = {"city": 50, "other": 50, "region": 400, "water": 400, "country": 1000}


def places_of(reader: Reader, text: str) -> tuple[Place, ...]:
    found: list[Place] = []
    for number, piece in enumerate(reader._prepare(Report(text=text, published=dt.date(2024, 6, 5), language="en"))):
        document = Document.of(piece, reader.nlp(tokenise(piece, reader.nlp)), number)
        found += find_places(document, find_actors(document, reader.world))
    return tuple(found)


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_case(reader: Reader, case: dict[str, Any]) -> None:
    text = case["text"]
    found = places_of(reader, text)
    assert [(p.span.of(text), p.country, p.feature) for p in found] == [(w, c, f) for w, c, f, _, _ in case["marks"]], case["why"]
    for place, (words, _, feature, lat, lon) in zip(found, case["marks"], strict=True):
        if lat == "unknown":
            assert (place.lat, place.lon, place.rule) == (None, None, "place:unknown")
            continue
        assert place.lat is not None
        assert place.lon is not None
        far = kilometres(Entry("", place.lat, place.lon, "city", None, 0), Entry("", lat, lon, "city", None, 0))
        assert far < REACH[feature], f"{words}: {far:.0f} km away"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.sampled_from(["Kenya", "in Moscow", "Paris", ", Texas", "the Red Sea", "officials said", "near Tripoli", "Georgia", "and", "the village of Qarmabad", "$US", "."]),
        min_size=1,
        max_size=8,
    )
)
def test_places_stand_in_the_text_apart_and_in_order(reader: Reader, words: list[str]) -> None:
    text = "Reports from " + " ".join(words)
    found = places_of(reader, text)
    assert all(0 <= p.span.start < p.span.end <= len(text) for p in found)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    assert all((p.lat is None) == (p.lon is None) for p in found)
    assert found == places_of(reader, text)


@given(name=st.text(alphabet=st.characters(max_codepoint=0x24F), max_size=30))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_tables_hold_what_they_say() -> None:
    for entry in (*gazetteer.countries().values(), *gazetteer.features().values()):
        assert -90 <= entry.lat <= 90
        assert -180 <= entry.lon <= 180
        assert entry.feature in REACH
        assert entry.country is None or entry.country in gazetteer.countries_by_code()
    assert gazetteer.countries_by_code()["NO"].name == "Norway"


def test_a_capital_lies_in_its_country() -> None:
    found = 0
    for name, code in gazetteer.capitals().items():
        entries = [e for e in towns(name) if e.country == code]
        country = gazetteer.countries_by_code().get(code)
        if not entries or country is None or code in ("RU", "US", "CA", "AU", "CN", "BR", "KI", "GL", "FR", "CL", "ID", "MY", "NZ"):
            continue
        found += 1
        assert kilometres(entries[0], country) < 1000, (name, code)
    assert found > 150


def test_what_contains_a_name_decides() -> None:
    here, there = Entry("Aden", 12.8, 45.0, "city", "YE", 5.9), Entry("Aden", 50.0, -110.0, "city", "CA", 5.0)
    container = Entry("Alberta", 53.9, -116.6, "region", "CA", 7.0, None, "CA-AB")
    assert choose([Named((here, there), None, None)], Counter())[0] is here
    assert choose([Named((here, there), 1, None), Named((container,), None, None)], Counter())[0] is there
