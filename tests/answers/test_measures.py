from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.making import Clock, Wire

from dragoman.answers.asking import view_of
from dragoman.answers.ledger import Ledger
from dragoman.answers.measures import Measured, _begin, _name, _next, find_measures
from dragoman.answers.quads import QUADS, quad_of, types_of
from dragoman.errors import InputError
from dragoman.ledger.names import party
from dragoman.ledger.opening import reading

PER, CHL = ("state:PER",), ("state:CHL",)


def wire(day: str | None, *deeds: tuple[str, tuple[str, ...], tuple[str, ...]], text: str | None = None, **more: str | bool) -> Wire:
    made = Wire(text or f"On {day} Peru met Chile and refused.", day)  # another day, another story
    for type, sources, targets in deeds:
        made.event(type, sources, targets, "refused", **more)
    return made


def by_way(rows: list[Measured], period: str) -> dict[str, Measured]:
    return {r.direction: r for r in rows if r.period == period}


def test_what_two_sides_did_is_added_up_each_way(any_ledger: Ledger) -> None:
    any_ledger.add(wire("2024-06-06", ("AGREE", PER, CHL), ("THREATEN", CHL, PER), ("ASSAULT", CHL, PER)).record())
    june = by_way(any_ledger.measures("peru", "CHL"), "2024-06")
    assert (june["out"].source.code, june["out"].target.name, june["out"].cooperation, june["out"].conflict) == ("PER", "Chile", 4.0, 0.0)
    assert (june["back"].cooperation, june["back"].conflict, june["back"].mean, june["back"].conflict_mean) == (0.0, -14.4, -7.2, -7.2)
    both = june["both"]
    assert (both.events, both.net, both.reports, both.read) == (3, -10.4, 1, 1)
    assert [getattr(both, q) for q in QUADS] == [1, 0, 1, 1]


def test_a_story_counts_once_for_each_type_and_direction(any_ledger: Ledger) -> None:
    text = "Peru met Chile and refused."
    other = Wire(text, "2024-06-09", publisher="Other Wire").event("SANCTION", PER, CHL, "refused").record()
    any_ledger.add([wire("2024-06-06", ("SANCTION", PER, CHL), ("SANCTION", PER, CHL), text=text).record(), other])
    (row,) = [r for r in any_ledger.measures("PER", "CHL", by="day") if r.events and r.direction == "out"]
    assert (row.period, row.events, row.conflict) == ("2024-06-06", 1, -8.0)


def test_what_did_not_come_to_pass_or_is_history_is_left_out(ledger: Ledger) -> None:
    ledger.add(wire("2024-06-06", ("AGREE", PER, CHL), status="planned", modality="planned").record())
    ledger.add(wire("2024-06-07", ("ASSAULT", PER, CHL), background=True).record())
    june = by_way(ledger.measures("PER", "CHL"), "2024-06")["both"]
    assert (june.events, june.net, june.mean, june.reports) == (0, 0.0, None, 2)


def test_a_zero_is_told_from_nothing_read(ledger: Ledger) -> None:
    ledger.add([wire("2024-03-06", ("AGREE", PER, CHL)).record(), wire("2024-06-06", ("AGREE", PER, CHL)).record()])
    ledger.add(Wire("Oslo thanked Riga.", "2024-05-05").event("SUPPORT", ("state:NOR",), ("state:LVA",), "thanked").record())
    both = [r for r in ledger.measures("PER", "CHL") if r.direction == "both"]
    assert [(r.period, r.events, r.reports, r.read) for r in both] == [("2024-03", 1, 1, 1), ("2024-04", 0, 0, 0), ("2024-05", 0, 0, 1), ("2024-06", 1, 1, 1)]
    assert (both[0].first, both[0].last) == (dt.date(2024, 3, 1), dt.date(2024, 3, 31))


def test_events_without_a_day_are_told_last(ledger: Ledger) -> None:
    ledger.add([wire(None, ("AGREE", PER, CHL)).record(), wire("2024-06-06", ("AGREE", PER, CHL)).record()])
    rows = ledger.measures("PER", "CHL")
    assert [r.period for r in rows] == ["2024-06"] * 3 + ["not dated"] * 3
    assert (rows[-3].events, rows[-3].read) == (1, 1)
    assert [r.period for r in ledger.measures("PER", "CHL", since="2024-01-01")][-1] == "2024-06"


def test_two_times(ledger: Ledger, clock: Clock) -> None:
    ledger.add(wire("2024-06-06", ("AGREE", PER, CHL)).record())
    clock.set("2024-07-09")
    ledger.add(wire("2024-06-08", ("THREATEN", PER, CHL)).record())
    assert by_way(ledger.measures("PER", "CHL"), "2024-06")["both"].events == 2
    assert by_way(ledger.measures("PER", "CHL", known="2024-07-02"), "2024-06")["both"].events == 1
    assert by_way(ledger.measures("PER", "CHL", known="2024-07-02"), "2024-06")["both"].read == 1
    assert by_way(ledger.measures("PER", "CHL", as_of="2024-06-07"), "2024-06")["both"].events == 1


def test_nothing_told_gives_no_row(ledger: Ledger) -> None:
    assert ledger.measures("PER", "CHL") == []


def test_one_side_or_a_person_is_refused(ledger: Ledger) -> None:
    ledger.add(Wire("Ana Sousa refused.", "2024-06-06").actor("person:ana-sousa", "Ana Sousa", "PRT").statement("person:ana-sousa", "refused", "refused").record())
    with pytest.raises(InputError, match="are one side"):
        ledger.measures("PER", "Lima")
    with pytest.raises(InputError, match="acts for PRT"):
        ledger.measures("Ana Sousa", "PER")


def test_every_type_has_one_class() -> None:
    assert sum(len(types) for types in types_of().values()) == 16
    assert quad_of("SANCTION") == "material_conflict"


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.sampled_from(["day", "week", "month", "year"]))
def test_periods_follow_each_other_and_hold_their_days(day: dt.date, by: str) -> None:
    first = _begin(day, by)
    assert first <= day < _next(first, by)
    assert _begin(_next(first, by), by) == _next(first, by)
    assert _name(first, by) != _name(_next(first, by), by)


def test_sums_are_the_same_whatever_the_period(ledger: Ledger) -> None:
    days = ["2023-12-31", "2024-01-01", "2024-02-29", "2024-12-30"]
    ledger.add([wire(d, ("AGREE", PER, CHL), ("THREATEN", CHL, PER)).record() for d in days])
    nets = {by: round(sum(r.net for r in ledger.measures("PER", "CHL", by=by) if r.direction == "both"), 4) for by in ("day", "week", "month", "year")}
    assert set(nets.values()) == {round(len(days) * (4.0 - 4.4), 4)}


def test_what_was_read_follows_what_comes_and_goes(any_ledger: Ledger) -> None:
    def read() -> list[int]:
        return [r.read for r in any_ledger.measures("PER", "CHL", by="year") if r.direction == "both"]

    any_ledger.add(wire("2024-03-01", ("AGREE", PER, CHL)).record())
    assert read() == [1]
    (second,) = any_ledger.add(Wire("Nothing of the two was told on that day.", "2024-05-01", url="https://example.org/other").record())
    assert read() == [2]
    any_ledger.forget(second.report, who="tester")
    assert read() == [1]


@pytest.mark.parametrize("as_of", [None, "2022-12-31", "2025-06-30"])
@pytest.mark.parametrize("latest", [1, 2, 9])
def test_the_latest_periods_are_the_end_of_all(any_ledger: Ledger, latest: int, as_of: str | None) -> None:
    for day in ("2019-03-01", "2020-05-02", "2022-06-06", None):
        any_ledger.add(wire(day, ("AGREE", PER, CHL), ("THREATEN", CHL, PER), text=f"On {day} Peru met Chile and refused, {'so' * (len(day or '') + 1)}.").record())
    view = view_of(as_of)
    with reading(any_ledger.engine) as connection:
        a, b = party(connection, "PER"), party(connection, "CHL")
        some = find_measures(connection, a, b, by="year", view=view, latest=latest)
        whole = [m for m in find_measures(connection, a, b, by="year", view=view) if m.first is not None]
    assert some == whole[-3 * latest :]
