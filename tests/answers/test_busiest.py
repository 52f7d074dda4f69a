from __future__ import annotations

from tests.making import Wire

from dragoman.answers.ledger import Ledger


def talk(day: str, a: str = "PER", b: str = "CHL", url: str | None = None) -> Wire:
    return Wire(f"Talks of {day} were held by {a} and {b}.", day, url=url or f"{day}{a}{b}").event("CONSULT", (f"state:{a}",), (f"state:{b}",), "were held")


def test_the_busiest_pairs_of_a_time(ledger: Ledger) -> None:
    ledger.add([talk("2024-03-01").record(), talk("2024-03-02").record(), talk("2024-05-01", "BOL", "PRY").record()])
    told = [(x.a.name, x.b.name, x.reports, str(x.last)) for x in ledger.busiest()]
    assert told == [("Chile", "Peru", 2, "2024-03-02"), ("Bolivia", "Paraguay", 1, "2024-05-01")]
    assert [x.a.code for x in ledger.busiest(since="2024-04-01")] == ["BOL"]
    assert [x.reports for x in ledger.busiest(as_of="2024-03-01")] == [1]


def test_a_movement_is_no_side_of_a_busy_pair(ledger: Ledger) -> None:
    made = Wire("Peru held talks with the miners.", "2024-03-01").event("CONSULT", ("state:PER",), ("group:miners",), "held talks")
    ledger.add(made.record())
    assert ledger.busiest() == []


def test_what_a_ledger_holds(ledger: Ledger) -> None:
    empty = ledger.holdings()
    assert (empty.reports, empty.first, empty.learned, ledger.newest_day()) == (0, None, None, None)
    ledger.add([talk("2024-03-01").record(), talk("2024-05-01", "BOL", "PRY").record()])
    held = ledger.holdings()
    assert (held.reports, str(held.first), str(held.last), held.stories, held.actors) == (2, "2024-03-01", "2024-05-01", 2, 4)
    assert str(ledger.newest_day(as_of="2024-04-01")) == "2024-03-01"


def test_a_condition_that_was_set_before_is_not_new(ledger: Ledger) -> None:
    def says(day: str, until: str) -> Wire:
        made = Wire(f"{day}: Peru will not reopen the border until {until}.", day, url=day)
        return made.condition("state:PER", "reopen the border", until, ("state:CHL",))

    ledger.add([says("2024-03-01", "Chile withdraws its troops from Arica").record(), says("2024-05-01", "Chile withdraws its troops from Arica").record()])
    ledger.add(says("2024-05-02", "Chile pays for the damaged bridges").record())
    ledger.add(says("2024-05-03", "Chile pays for the damaged bridges").record())
    new = [c for c in ledger.changes("2024-04-01") if c.kind == "condition"]
    assert [str(c.day) for c in new] == ["2024-05-02"]
    assert [str(c.day) for c in ledger.changes("2024-02-01") if c.kind == "condition"] == ["2024-05-02", "2024-03-01"]


def test_the_sharpest_are_looked_for_among_the_latest(ledger: Ledger) -> None:
    for day, act in (("2024-05-01", "threaten"), ("2024-05-02", "offer")):
        ledger.add(Wire(f"{day}: Peru said it would act.", day, url=day).statement("state:PER", "said", "it would act", act=act).record())
    assert [c.what for c in ledger.changes("2024-04-01") if c.kind == "statement"] == ["threaten", "offer"]
    assert [c.what for c in ledger.changes("2024-04-01", most=1) if c.kind == "statement"] == ["offer"]
