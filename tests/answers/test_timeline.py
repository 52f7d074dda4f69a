from __future__ import annotations

import pytest
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.errors import InputError, UnknownNameError


def refusal(day: str, url: str) -> Wire:
    made = Wire(f"Peru refused talks with Chile on {day}. Talks are stalled.", day, url=url)
    made.statement("state:PER", "refused", "talks with Chile", act="refuse", to=("state:CHL",))
    made.event("REJECT", ("state:PER",), ("state:CHL",), "refused", statement="s1")
    return made.affair("negotiation", ("state:PER", "state:CHL"), "stalled", "talks", "Talks are stalled")


def test_moments_stand_in_order_of_days(ledger: Ledger) -> None:
    later = Wire("Chile imposed sanctions on Peru.", "2024-03-05").event("SANCTION", ("state:CHL",), ("state:PER",), "imposed sanctions")
    ledger.add([later.record(), refusal("2024-03-01", "a").record()])
    moments = ledger.timeline("chile", "peru")
    assert [(str(m.day), m.kind, m.what) for m in moments] == [
        ("2024-03-01", "statement", "refuse"),
        ("2024-03-01", "affair", "negotiation: stalled"),
        ("2024-03-05", "event", "SANCTION"),
    ]
    assert moments[0].source.sentence == "Peru refused talks with Chile on 2024-03-01."


def test_what_is_done_by_saying_is_told_once(ledger: Ledger) -> None:
    ledger.add(refusal("2024-03-01", "a").record())
    assert [m.kind for m in ledger.timeline("PER", "CHL", kinds=["statement", "event"])] == ["statement"]
    assert [m.what for m in ledger.timeline("PER", "CHL", kinds=["event"])] == ["REJECT"]


def test_an_affair_is_told_where_it_moved(ledger: Ledger) -> None:
    ledger.add([refusal("2024-03-01", "a").record(), refusal("2024-03-08", "b").record()])
    assert [str(m.day) for m in ledger.timeline("PER", "CHL", kinds=["affair"])] == ["2024-03-01"]


@pytest.mark.parametrize("side", ["chile", "peru"])
def test_sanctions_stand_in_the_timeline_of_either_side(ledger: Ledger, side: str) -> None:
    ledger.add(
        Wire("Chile's sanctions on Peru stay in force.", "2024-03-05")
        .affair("sanctions", (), "in_force", "sanctions", "Chile's sanctions on Peru", senders=("state:CHL",), targets=("state:PER",))
        .record()
    )
    (moment,) = ledger.timeline(side)
    assert (moment.what, [a.code for a in moment.sources], [a.code for a in moment.targets]) == ("sanctions: in_force", ["CHL"], ["PER"])
    assert [m.source.finding for m in ledger.moved_since(0, side)[0]] == [moment.source.finding]


def test_one_side_alone_and_a_person(ledger: Ledger) -> None:
    made = Wire("Foreign Minister Marta Soto said Peru must wait.", "2024-03-02").actor("person:marta-soto", "Marta Soto", "CHL", office="foreign minister")
    ledger.add(made.statement("person:marta-soto", "said", "Peru must wait", act="demand", to=("state:PER",)).record())
    assert len(ledger.timeline("Soto")) == len(ledger.timeline("Chile")) == len(ledger.timeline("Peru")) == 1
    assert not ledger.timeline("Bolivia")


def test_history_without_a_date_has_no_day(ledger: Ledger) -> None:
    told = Wire("Peru had once fought Chile.", "2024-03-02").event("ASSAULT", ("state:PER",), ("state:CHL",), "fought", background=True)
    ledger.add(told.record())
    assert [m.day for m in ledger.timeline("PER", "CHL")] == [None]
    assert not ledger.timeline("PER", "CHL", as_of="2024-12-31")


def test_as_of_and_known_are_two_questions(ledger: Ledger, clock: Clock) -> None:
    ledger.add(refusal("2024-03-08", "b").record())
    clock.set("2024-07-09")
    ledger.add(refusal("2024-03-01", "a").record())
    assert {str(m.day) for m in ledger.timeline("PER", "CHL", as_of="2024-03-05")} == {"2024-03-01"}
    assert {str(m.day) for m in ledger.timeline("PER", "CHL", known="2024-07-05")} == {"2024-03-08"}


def test_a_wrong_name_or_day_says_what_would_be_right(ledger: Ledger) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean"):
        ledger.timeline("Peruu")
    with pytest.raises(InputError, match="2024-06-30"):
        ledger.timeline("Peru", as_of="31.12.2024")


def test_search_coverage_and_actor(ledger: Ledger) -> None:
    ledger.add([refusal("2024-03-01", "a").record(), refusal("2024-04-08", "b").record()])
    (first, *_) = ledger.search("talks refused")
    assert (str(first.day), first.findings) == ("2024-04-08", 3)
    assert "refused talks" in (first.words or "")
    assert not ledger.search('"talks refused"')
    assert [(c.what, c.reports) for c in ledger.coverage("PER", "CHL")] == [("2024-03", 1), ("2024-04", 1)]
    assert [(c.what, c.reports) for c in ledger.coverage(by="dyad")] == [("CHL – PER", 2)]
    assert not ledger.coverage("PER", "BOL")
    profile = ledger.actor("Peru")
    assert (profile.reports, profile.toward[0].code, len(profile.last_words)) == (2, "CHL", 2)
