from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.exports.tellings import in_pairs, stories
from dragoman.ledger import tables
from dragoman.ledger.counting import rebuild_counts
from dragoman.ledger.happenings import Facts, one_by_one, verdict
from dragoman.ledger.opening import reading, writing
from dragoman.ledger.view import NOW, View
from dragoman.records import EventTime, Record

PER, CHL, BOL = ("state:PER",), ("state:CHL",), ("state:BOL",)
TEXT = "Peru's navy rammed a Chilean trawler off Arica. Officials in Lima called it an accident while sailors spoke of an attack. {}"


def told(day: str = "2024-03-02", words: str = "Seas were calm.", *, own: str | None = None, type: str = "ASSAULT", sources: tuple[str, ...] = PER, **more: Any) -> Record:
    made = Wire(TEXT.format(words), day, url=f"https://example.org/{day}-{words}")
    time = EventTime(value=own) if own else None
    return made.event(type, sources, CHL, "rammed", time=time, **more).record()


RECORDS = [
    told(),
    told("2024-03-03", "Winds were light.", own="2024-03-01"),
    told("2024-03-03", "Gulls cried.", own="2024-03-02"),
    told("2024-03-04", "Rain fell.", status="possible", modality="possible"),
    told("2024-03-04", "Snow fell.", background=True),
    told("2024-03-04", "Hail fell.", type="SANCTION", sources=PER + BOL),
    told("2024-03-05", "Fog rose.", type="SANCTION"),
    told("2024-03-05", "Mist rose.", type="THREATEN", status="planned", modality="planned"),
]


def counted(ledger: Ledger, view: View = NOW) -> dict[str, int]:
    """How many events that count Peru did to Chile, by everybody who counts them."""
    days: dict[str, Any] = {"as_of": view.as_of, "since": view.since, "as_read": view.as_read}
    listed = [e for e in ledger.events("PER", "CHL", directed=True, **days) if e.status == "actual" and not e.background]
    moments = [m for m in ledger.timeline("PER", "CHL", kinds=["event"], **days) if m.status == "actual" and not m.background]
    measured = sum(m.events for m in ledger.measures("PER", "CHL", **days) if m.direction == "out")
    with reading(ledger.engine) as connection:
        given_out = [h for story in stories(connection, view) for h in in_pairs(story, view) if h.sources[0].code == "PER"]
    return {"events": len(listed), "timeline": len(moments), "measures": measured, "exports": len(given_out)}


def ready(ledger: Ledger) -> list[Any]:
    """What the ledger keeps ready."""
    with reading(ledger.engine) as connection:
        rows = [sorted(map(str, connection.execute(select(t)).all())) for t in (tables.counted, tables.told_of)]
        return [*rows, sorted(connection.execute(select(tables.events.c.finding, tables.events.c.event)).all())]


def made_anew(ledger: Ledger) -> list[Any]:
    with writing(ledger.engine) as connection:
        rebuild_counts(connection)
    return ready(ledger)


def test_everybody_counts_the_same_events(any_ledger: Ledger) -> None:
    any_ledger.add(RECORDS)
    assert set(counted(any_ledger).values()) == {4}  # on the first and the second of March, and sanctions by Peru alone and with Bolivia
    assert made_anew(any_ledger) == ready(any_ledger)


@pytest.mark.parametrize(("days", "expected"), [({"as_of": "2024-03-01"}, 1), ({"as_of": "2024-03-04"}, 3), ({"since": "2024-03-02"}, 3), ({"since": "2024-03-05"}, 1)])
def test_and_of_a_day(ledger: Ledger, days: dict[str, str], expected: int) -> None:
    ledger.add(RECORDS)
    assert set(counted(ledger, View(**{k: dt.date.fromisoformat(v) for k, v in days.items()})).values()) == {expected}


def test_the_order_of_arrival_changes_nothing(ledger: Ledger, tmp_path) -> None:
    ledger.add(RECORDS)
    for number, order in enumerate(itertools.islice(itertools.permutations(RECORDS), 0, 40_000, 9_973)):
        with Ledger(tmp_path / f"{number}.db") as other:
            for record in order:
                other.add(record)
            assert counted(other) == counted(ledger)
            assert [m.model_dump() for m in other.measures("PER", "CHL")] == [m.model_dump() for m in ledger.measures("PER", "CHL")]


def test_a_reading_a_correction_and_a_deletion_are_followed(any_ledger: Ledger, clock: Clock) -> None:
    any_ledger.add(RECORDS)
    clock.set("2024-07-03")
    anew = RECORDS[6].model_copy(update={"reader": "another+1", "events": ()})
    any_ledger.add(anew)
    assert set(counted(any_ledger).values()) == {3}
    (finding,) = [t.finding for e in any_ledger.events("PER", "CHL", type="SANCTION") for t in e.tellings]
    clock.set("2024-07-05")
    any_ledger.correct("amend", finding, who="Ana", status="planned")
    assert set(counted(any_ledger).values()) == {2}
    assert set(counted(any_ledger, View(as_read=True)).values()) == {3}
    assert sum(m.events for m in any_ledger.measures("PER", "CHL", known="2024-07-02") if m.direction == "out") == 4
    assert made_anew(any_ledger) == ready(any_ledger)
    any_ledger.forget(1, who="Ana")
    assert len(set(counted(any_ledger).values())) == 1
    assert made_anew(any_ledger) == ready(any_ledger)


def test_stories_that_become_one_make_their_events_one(ledger: Ledger, clock: Clock) -> None:
    ledger.add([told(), Wire("Chile's foreign ministry said Peru struck a boat.", "2024-03-02").event("ASSAULT", PER, CHL, "struck").record()])
    assert set(counted(ledger).values()) == {2}
    number = ledger.correct("merge_stories", 1, 2, who="Ana")
    assert set(counted(ledger).values()) == {1}
    assert made_anew(ledger) == ready(ledger)
    ledger.undo(number, who="Ana")
    assert set(counted(ledger).values()) == {2}


FACTS = st.builds(
    Facts,
    story=st.integers(1, 2),
    type=st.sampled_from(["ASSAULT", "AID"]),
    sides=st.sampled_from([(frozenset({"PER"}), frozenset({"CHL"})), (frozenset({"CHL"}), frozenset({"PER"}))]),
    time=st.sampled_from([None, "2024", "2024-03-01", "2024-03-09"]),
    day=st.one_of(st.none(), st.dates()),
    status=st.sampled_from(["actual", "negated", "planned", "possible"]),
    background=st.booleans(),
)


@given(st.lists(FACTS, max_size=8), st.randoms())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_the_rule_hangs_on_no_order(facts: list[Facts], chance: Any) -> None:
    shuffled = facts[:]
    chance.shuffle(shuffled)
    one, other = (one_by_one(x, lambda f: f) for x in (facts, shuffled))
    assert {k: verdict(v) for k, v in one.items()} == {k: verdict(v) for k, v in other.items()}
    assert sum(map(len, one.values())) == len(facts)
