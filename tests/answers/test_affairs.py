"""Affairs through time, by small stories."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.making import Clock, Wire

from dragoman.answers.affair import can_follow, stands_of
from dragoman.answers.ledger import Ledger
from dragoman.answers.runs import Run, State
from dragoman.errors import NotInLedgerError, UnknownNameError
from dragoman.records import PartyStatus, Record
from dragoman.records.affair import STATUSES
from dragoman.resources import load

PERU, CHILE, IRAN, USA, FRANCE = "state:PER", "state:CHL", "state:IRN", "state:USA", "state:FRA"


def told(
    day: str | None, status: str, subject: str = "water treaty", kind: str = "agreement", sides: tuple[str, ...] = (PERU, CHILE), words: str | None = None, **more: object
) -> Record:
    """One report that says where a matter stands."""
    text = words or f"On {day} the {subject} was told to be {status}."
    return Wire(text, day).affair(kind, sides, status, subject, text[:-1], **more).record()


def steps(ledger: Ledger, number: int = 1, **when: str) -> list[tuple[str, str, int]]:
    return [(str(s.day), s.status, s.reports) for s in ledger.affair(number, **when)]


def test_a_treaty_through_time(any_ledger: Ledger) -> None:
    any_ledger.add(
        [
            told("2021-03-01", "proposed"), told("2021-06-01", "negotiated", "accord on water"), told("2021-06-02", "negotiated", "treaty"), told("2021-09-01", "signed"),
            told("2021-09-20", "signed", words="The water treaty, signed on Monday, was welcomed."), told("2022-01-01", "in_force"), told("2024-05-05", "suspended"),
        ]
    )  # fmt: skip
    assert steps(any_ledger) == [
        ("2021-03-01", "proposed", 1),
        ("2021-06-01", "negotiated", 2),
        ("2021-09-01", "signed", 2),
        ("2022-01-01", "in_force", 1),
        ("2024-05-05", "suspended", 1),
    ]
    (row,) = any_ledger.affairs("peru", "chile")
    assert (row.affair, row.status, str(row.day), row.subject, [p.code for p in row.parties]) == (1, "suspended", "2024-05-05", "water treaty", ["CHL", "PER"])
    assert row.source.sentence == "On 2024-05-05 the water treaty was told to be suspended."
    assert steps(any_ledger, as_of="2021-12-31")[-1] == ("2021-09-01", "signed", 2)
    assert any_ledger.affairs(as_of="2021-07-01")[0].status == "negotiated"
    assert any_ledger.affairs(as_of="2020-07-01") == []
    assert not any(s.against for s in any_ledger.affair(1))


def test_a_report_that_comes_late_falls_into_its_place(any_ledger: Ledger, clock: Clock) -> None:
    any_ledger.add([told("2021-03-01", "proposed"), told("2022-01-01", "in_force")])
    clock.set("2024-07-10")
    any_ledger.add(told("2021-09-01", "signed"))
    assert [s[1] for s in steps(any_ledger)] == ["proposed", "signed", "in_force"]
    assert [s[1] for s in steps(any_ledger, known="2024-07-05")] == ["proposed", "in_force"]
    assert any_ledger.affairs("PER")[0].status == "in_force"


def test_reports_of_one_day_that_differ_are_a_contradiction(any_ledger: Ledger) -> None:
    any_ledger.add(
        [
            told("2023-02-01", "under_way", "talks", "negotiation"), told("2023-02-09", "stalled", "talks", "negotiation", words="Talks between Peru and Chile stalled."),
            told("2023-02-09", "concluded", "talks", "negotiation", words="Peru and Chile ended their talks with success."),
            told("2023-02-09", "stalled", "talks", "negotiation", words="Talks had come to a halt, Lima said."),
            told("2023-02-11", "under_way", "talks", "negotiation"),
        ]
    )  # fmt: skip
    first, second, third = any_ledger.affair(1)
    assert (second.status, second.reports, [a.status for a in second.against]) == ("stalled", 2, ["concluded"])
    assert second.against[0].source.sentence == "Peru and Chile ended their talks with success."
    assert (first.until, third.status, third.against) == (dt.date(2023, 2, 1), "under_way", ())
    assert any_ledger.affairs(as_of="2023-02-09")[0].against == ("concluded",)


def test_of_as_many_reports_the_status_counts_that_is_furthest_along(any_ledger: Ledger) -> None:
    any_ledger.add([told("2023-02-09", "concluded", "talks", "negotiation", words="One."), told("2023-02-09", "stalled", "talks", "negotiation", words="Other.")])
    (step,) = any_ledger.affair(1)
    assert (step.status, [a.status for a in step.against]) == ("concluded", ["stalled"])


def test_a_status_that_cannot_follow_is_a_contradiction(any_ledger: Ledger) -> None:
    any_ledger.add([told("2022-01-01", "in_force"), told("2022-06-01", "in_force"), told("2023-01-01", "absent", words="Peru and Chile have no treaty.")])
    _, last = any_ledger.affair(1)
    assert (last.status, [(a.status, a.reports, str(a.day)) for a in last.against]) == ("absent", [("in_force", 2, "2022-01-01")])
    assert last.source.sentence == "Peru and Chile have no treaty."


def test_what_says_less_leaves_it_standing(any_ledger: Ledger) -> None:
    sanctions = {"kind": "sanctions", "sides": (), "senders": (USA,), "targets": (IRAN,)}
    any_ledger.add(
        [
            told("2022-01-01", "in_force", "sanctions", **sanctions),
            told("2023-01-01", "proposed", "new sanctions", **sanctions),
            told("2023-02-01", "in_force", "curbs on oil", **sanctions),
        ]
    )
    (step,) = any_ledger.affair(1)
    assert (step.status, step.reports, step.less, str(step.until)) == ("in_force", 2, 1, "2023-02-01")
    assert any_ledger.affairs(as_of="2023-01-05")[0].status == "in_force"
    assert [p.code for p in any_ledger.affairs("IRN", kind="sanctions")[0].parties] == ["USA", "IRN"]


def test_who_stands_apart_stays_apart_until_told_otherwise(any_ledger: Ledger) -> None:
    three = {"subject": "JCPOA", "sides": (IRAN, USA, FRANCE)}
    left = (PartyStatus(party=USA, status="ended"),)
    any_ledger.add(
        [
            told("2015-07-14", "signed", **three),
            told("2016-01-16", "in_force", **three),
            told("2018-05-08", "in_force", **three, status_by_party=left, words="The United States left the JCPOA."),
        ]
    )
    any_ledger.add(told("2018-06-01", "in_force", subject="Iran nuclear deal", sides=(IRAN, FRANCE), words="France keeps the Iran nuclear deal."))
    found = any_ledger.affair(1)
    assert [(s.status, [(p.party, p.status) for p in s.status_by_party]) for s in found] == [("signed", []), ("in_force", []), ("in_force", [("USA", "ended")])]
    assert found[-1].less == 1
    (row,) = any_ledger.affairs("France", "Iran")
    assert (row.affair, [p.party for p in row.status_by_party], {p.code for p in row.parties}) == (1, ["USA"], {"IRN", "USA", "FRA"})


def test_affairs_are_asked_for_by_sides_kind_status_and_day(any_ledger: Ledger) -> None:
    any_ledger.add(
        [
            told("2022-01-01", "in_force"),
            told("2022-02-01", "stalled", "talks on fishing", "negotiation"),
            told("2022-03-01", "open", "border dispute", "dispute", (PERU, "state:ECU")),
        ]
    )
    assert [a.kind for a in any_ledger.affairs()] == ["dispute", "negotiation", "agreement"]
    assert [a.kind for a in any_ledger.affairs("Lima", "CHL")] == ["negotiation", "agreement"]
    assert [a.kind for a in any_ledger.affairs("PER", kind="agreement")] == ["agreement"]
    assert [a.kind for a in any_ledger.affairs(status="stalled")] == ["negotiation"]
    assert [a.kind for a in any_ledger.affairs(kind="negotiation", status="under_way")] == []
    assert [a.kind for a in any_ledger.affairs(since="2022-02-01")] == ["dispute", "negotiation"]
    assert len(any_ledger.affairs(limit=1)) == 1
    with pytest.raises(UnknownNameError):
        any_ledger.affairs("Atlantis")
    with pytest.raises(NotInLedgerError, match="no affair a99"):
        any_ledger.affair(99)


def test_any_matter_leads_to_its_affair_and_a_new_one_may_part_what_was_joined(ledger: Ledger) -> None:
    ledger.add([told("2022-01-01", "proposed", "treaty"), told("2022-02-01", "signed", "water treaty")])
    assert steps(ledger, 2) == steps(ledger, 1) == [("2022-01-01", "proposed", 1), ("2022-02-01", "signed", 1)]
    ledger.add(told("2022-03-01", "proposed", "border treaty"))
    assert {a.affair for a in ledger.affairs()} == {1, 2, 3}  # `the treaty` may now mean either


def test_a_reading_superseded_is_no_longer_told(ledger: Ledger, clock: Clock) -> None:
    first = Wire("The treaty holds.", "2022-01-01")
    ledger.add(first.affair("agreement", (PERU, CHILE), "in_force", "treaty", "treaty").record())
    clock.set("2024-08-01")
    again = Wire("The treaty holds.", "2022-01-01").affair("agreement", (PERU, CHILE), "suspended", "treaty", "treaty").record(reader="dragoman-test+2")
    ledger.add(again)
    assert [s.status for s in ledger.affair(1)] == ["suspended"]
    assert [s.status for s in ledger.affair(1, known="2024-07-15")] == ["in_force"]


def test_a_report_without_a_day_has_no_place_in_time_but_is_kept(any_ledger: Ledger) -> None:
    any_ledger.add([told("2022-01-01", "signed"), told(None, "proposed", words="A water treaty, day unknown.")])
    assert steps(any_ledger) == [("None", "proposed", 1), ("2022-01-01", "signed", 1)]
    assert any_ledger.affairs()[0].status == "signed"
    assert [s[1] for s in steps(any_ledger, as_of="2023-01-01")] == ["signed"]


def test_the_table_of_moves_knows_every_status_and_only_those() -> None:
    table = load("ontology/affairs.yaml")
    assert {k: list(v) for k, v in table.items()} == {k: list(v) for k, v in STATUSES.items()}
    for kind, moves in table.items():
        for status, ways in moves.items():
            named = [*ways.get("moves", ()), *ways.get("keeps", ())]
            assert set(ways) <= {"moves", "keeps"}
            assert set(named) <= set(STATUSES[kind]) - {status}
            assert len(named) == len(set(named))
    assert can_follow("agreement", State("absent"), State("in_force"))
    assert not can_follow("agreement", State("in_force"), State("absent"))


def test_the_list_and_the_history_agree_however_far_back_one_must_look(ledger: Ledger) -> None:
    days = [dt.date(2020, 1, 1) + dt.timedelta(days=40 * n) for n in range(12)]
    for kind, told_of in STATUSES.items():
        sides = {"sides": (), "senders": (PERU,), "targets": (CHILE,)} if kind == "sanctions" else {"sides": (PERU, CHILE)}
        ledger.add(told(day.isoformat(), told_of[(n * n + n // 3) % len(told_of)], "matter", kind, **sides) for n, day in enumerate(days))
    for day in days:
        for row in ledger.affairs(as_of=day.isoformat()):
            last = ledger.affair(row.affair, as_of=day.isoformat())[-1]
            assert (last.status, last.until) == (row.status, row.day)


def test_the_list_tells_since_when_it_stands_so(any_ledger: Ledger) -> None:
    any_ledger.add([told("2019-01-01", "proposed"), told("2020-01-01", "in_force"), told("2020-06-01", "signed"), told("2022-01-01", "in_force"), told("2024-01-01", "in_force")])
    (row,) = any_ledger.affairs()
    assert (str(row.since), str(row.day)) == ("2020-01-01", "2024-01-01")
    assert str(any_ledger.affairs(as_of="2019-06-01")[0].since) == "2019-01-01"
    any_ledger.add(told("2023-01-01", "suspended"))
    assert str(any_ledger.affairs()[0].since) == "2024-01-01"


def test_steps_from_runs() -> None:
    day = [dt.date(2024, 1, n) for n in range(1, 5)]
    runs = [
        Run(day[0], day[1], State("ongoing"), 3, 1, 2),
        Run(day[2], day[2], State("threatened"), 9, 3, 3),
        Run(day[2], day[2], State("ceasefire"), 1, 4, 4),
        Run(day[3], day[3], State("ended"), 1, 5, 5),
    ]
    found = stands_of("hostilities", runs)
    assert [(s.run.state.status, s.less, len(s.against)) for s in found] == [("ongoing", 9, 0), ("ceasefire", 0, 0), ("ended", 0, 0)]


def test_people_merge_and_split_and_what_they_said_outlasts_new_reports(any_ledger: Ledger) -> None:
    any_ledger.add([told("2022-01-01", "proposed", "water treaty"), told("2022-02-01", "signed", "river pact"), told("2022-03-01", "in_force", "water treaty on the Lluta")])
    assert {a.affair for a in any_ledger.affairs()} == {1, 2}
    made = any_ledger.correct("merge_affairs", "a1", "a2", who="ana")
    assert [s.status for s in any_ledger.affair(2)] == ["proposed", "signed", "in_force"]
    any_ledger.add(told("2022-04-01", "suspended", "fisheries treaty"))
    assert {a.affair for a in any_ledger.affairs()} == {1, 4}
    assert {a.affair for a in any_ledger.affairs(as_read=True)} == {1, 2, 4}
    any_ledger.undo(made, who="ana")
    assert {a.affair for a in any_ledger.affairs()} == {1, 2, 4}
    leaving = any_ledger.affair(1)[-1].source.finding
    any_ledger.correct("split_affairs", "a1", f"f{leaving}", who="ana")
    assert [s.status for s in any_ledger.affair(1)] == ["proposed"]
    assert [s.status for s in any_ledger.affair(3)] == ["in_force"]
    assert [s.status for s in any_ledger.affair(3, as_read=True)] == ["proposed", "in_force"]
