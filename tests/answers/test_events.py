from __future__ import annotations

import pytest
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.errors import UnknownNameError

CRASH = "Peruvian patrol boats rammed the Chilean trawler Aurora off Ilo, and four fishermen from Arica were pulled from the water by the crew of a passing freighter."


def crash(day: str = "2024-03-02", words: str = "", **more: object) -> Wire:
    made = Wire(f"{CRASH} {words}".strip(), day, publisher=f"Wire {words or day}")
    return made.event("ASSAULT", ("state:PER",), ("state:CHL",), "rammed", **{"time": {"value": "2024-03-01"}, **more})


def test_what_many_reports_tell_is_one_event_with_all_who_tell_it(any_ledger: Ledger) -> None:
    any_ledger.add([crash().record(), crash("2024-03-03", "The freighter was bound for Callao.").record(), crash("2024-03-02", "Seas were calm.").record()])
    (event,) = any_ledger.events("peru", "chile")
    assert (str(event.day), event.reports, str(event.first_seen), str(event.last_seen)) == ("2024-03-01", 3, "2024-03-02", "2024-03-03")
    assert [t.report for t in event.tellings] == [1, 3, 2]
    assert event.source.report == 1
    assert not event.disagreements
    assert len(any_ledger.events_told("peru", "chile")) == 3


def test_two_days_that_reports_give_are_two_events(any_ledger: Ledger) -> None:
    second = crash("2024-03-03", "It was the second time.", time={"value": "2024-03-03"})
    any_ledger.add([crash().record(), second.record(), crash("2024-03-03", "Nobody said when.", time=None).record()])
    assert [(str(e.day), e.reports) for e in any_ledger.events("PER", "CHL")] == [("2024-03-03", 2), ("2024-03-01", 1)]


def test_what_reports_do_not_agree_on_is_told(any_ledger: Ledger) -> None:
    any_ledger.add(
        [crash().record(), crash("2024-03-02", "Lima denied it.", status="negated", polarity="negated").record(), crash("2024-03-02", "Seas were calm.", cameo="195").record()]
    )
    (event,) = any_ledger.events(type="ASSAULT")
    assert event.status == "actual"
    assert [str(d) for d in event.disagreements] == ["status: actual (r1, r3) / negated (r2)"], "190 is the coarser code of 195, no other"
    assert any_ledger.events(status="negated") == [event], "an event is found by any of its tellings"


def test_events_are_asked_for_by_side_type_code_standing_and_word(any_ledger: Ledger) -> None:
    any_ledger.add(
        [
            crash().record(),
            Wire("Chile imposed sanctions on Peru.", "2024-03-05").event("SANCTION", ("state:CHL",), ("state:PER",), "imposed").record(),
            Wire("Bolivia had attacked Peru, Chile said.", "2024-03-06").event("ASSAULT", ("state:BOL",), ("state:PER",), "attacked", background=True, claimed_by="state:CHL").actor("state:CHL").record(),
        ]
    )  # fmt: skip
    assert [e.type for e in any_ledger.events("chile", "peru")] == ["SANCTION", "ASSAULT"]
    assert [e.type for e in any_ledger.events("chile", "peru", directed=True)] == ["SANCTION"]
    assert [e.type for e in any_ledger.events("chile", directed=True)] == ["SANCTION"]
    assert len(any_ledger.events("peru")) == 3
    assert [e.cameo for e in any_ledger.events(cameo="16")] == ["163"]
    assert [e.sources[0].code for e in any_ledger.events("peru", background=True)] == ["BOL"]
    assert [e.sources[0].code for e in any_ledger.events(by_word_of="Chile")] == ["BOL"]
    assert any_ledger.events(by_word_of="Chile")[0].claimed_by[0].code == "CHL"
    assert len(any_ledger.events(limit=1)) == 1
    with pytest.raises(UnknownNameError):
        any_ledger.events("Chille")


def test_as_of_and_known_narrow_tellings(any_ledger: Ledger, clock: Clock) -> None:
    any_ledger.add(crash().record())
    clock.set("2024-07-09")
    any_ledger.add(crash("2024-03-03", "Seas were calm.").record())
    assert any_ledger.events("peru", known="2024-07-05")[0].reports == 1
    assert any_ledger.events("peru")[0].reports == 2
    assert not any_ledger.events("peru", as_of="2024-02-28")
    assert not any_ledger.events("peru", since="2024-03-02")


def test_an_event_of_more_reports_than_rows_are_asked_for_does_not_hide_others(any_ledger: Ledger) -> None:
    any_ledger.add(Wire("Chile imposed sanctions on Peru.", "2024-02-05").event("SANCTION", ("state:CHL",), ("state:PER",), "imposed").record())
    any_ledger.add([crash("2024-03-02", f"Page{n}.").record() for n in range(30)])
    assert [(e.type, e.reports) for e in any_ledger.events("peru", limit=2)] == [("ASSAULT", 30), ("SANCTION", 1)]


def test_a_row_is_shown_and_laid_flat(any_ledger: Ledger) -> None:
    any_ledger.add([crash().record(), crash("2024-03-03", "Seas were calm.", status="possible", modality="possible").record()])
    (event,) = any_ledger.events()
    cells = event.cells()
    assert cells["Told by"] == "2 reports, 2024-03-02 to 2024-03-03"
    assert cells["Differ"] == "not agreed on status: actual (r1) / possible (r2)"
    assert event.flat()["tellings"][1]["report"] == 2
    (first, second) = any_ledger.events_told()
    assert {first.cells()["What"], second.cells()["What"]} == {"ASSAULT 190", "ASSAULT 190 (possible)"}
