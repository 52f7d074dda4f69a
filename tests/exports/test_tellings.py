from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.exports.filled import TEXT, fill, first
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.exports.tellings import Happening, Telling, _sentences_before, in_pairs, stories, together
from dragoman.ledger.view import NOW, View


def told(ledger: Ledger, view: View = NOW, *, every: bool = False) -> list[Happening]:
    with ledger.engine.connect() as connection:
        return [h for s in stories(connection, view) for h in together(s, view, every=every)]


def paired(ledger: Ledger, *, every: bool = False) -> list[tuple[str, str, str]]:
    with ledger.engine.connect() as connection:
        found = [h for s in stories(connection) for h in in_pairs(s, every=every)]
    return [(h.first.event.type, h.sources[0].code if h.sources else "", h.targets[0].code if h.targets else "") for h in found]


def test_an_event_told_twice_is_one_with_two_tellings(any_ledger: Ledger) -> None:
    fill(any_ledger)
    accuse = next(h for h in told(any_ledger) if h.first.event.type == "ACCUSE")
    assert accuse.reports == 2
    assert [t.report.publisher for t in accuse.tellings] == ["Andes Wire", "Desert Daily"]
    assert [str(d) for d in accuse.seen] == ["2024-06-06", "2024-06-07"]
    assert (accuse.sources[0].code, accuse.sources[0].office, accuse.sources[0].sector) == ("PER", "foreign minister", "foreign")
    assert accuse.first.sentence == "Peru's foreign minister Ana Sousa accused Chile of fishing in its waters near Arica."
    assert accuse.first.sentence_number == 2


def test_only_what_came_to_pass_unless_asked(ledger: Ledger) -> None:
    fill(ledger)
    assert sorted(h.first.event.type for h in told(ledger)) == ["ACCUSE", "CONSULT", "PROTEST", "SUPPORT"]
    assert sorted(h.first.event.type for h in told(ledger, every=True)) == ["ACCUSE", "ASSAULT", "CONSULT", "PROTEST", "SANCTION", "SUPPORT"]


def test_sides_in_pairs(ledger: Ledger) -> None:
    fill(ledger)
    assert sorted(paired(ledger)) == [("ACCUSE", "PER", "CHL"), ("CONSULT", "BOL", "PRY"), ("CONSULT", "BRA", "PRY"), ("PROTEST", "", "IRN"), ("SUPPORT", "IRN", "EUR")]


def test_mutual_acts_stand_both_ways_and_what_stays_within_one_side_once(ledger: Ledger) -> None:
    both = ("state:PER", "state:CHL")
    made = Wire("Peru and Chile met. Police beat people in Peru.", "2024-06-06").event("CONSULT", both, both, "met")
    ledger.add(made.event("ASSAULT", ("state:PER",), ("state:PER",), "beat").record())
    assert sorted(paired(ledger)) == [("ASSAULT", "PER", "PER"), ("CONSULT", "CHL", "PER"), ("CONSULT", "PER", "CHL")]


def test_ids_do_not_hang_on_the_order_of_arrival(ledger: Ledger, tmp_path) -> None:
    records = [first().record(), first("Desert Daily", "2024-06-07").record(), first("Third Wire", "2024-06-06").record()]
    ledger.add(records)
    with Ledger(tmp_path / "other.db") as other:
        for record in reversed(records):
            other.add(record)
        assert [h.id for h in told(ledger, every=True)] != []
        assert {h.id for h in told(ledger, every=True)} == {h.id for h in told(other, every=True)}


def test_two_times(ledger: Ledger, clock: Clock) -> None:
    ledger.add(first().record())
    clock.set("2024-07-20")
    fill(ledger)
    assert len(told(ledger, View(known=clock().replace(day=10)))) == 1
    assert len(told(ledger, View(as_of=told(ledger)[0].day))) == 1


def test_many_stories_come_page_by_page(ledger: Ledger, monkeypatch) -> None:
    monkeypatch.setattr("dragoman.exports.tellings.STORIES", 2)
    names = ("wine", "copper", "water", "salt", "rail", "ferries", "sheep")
    ledger.add([Wire(f"Peru thanked Chile for {n}.", f"2024-0{i + 1}-01").event("SUPPORT", ("state:PER",), ("state:CHL",), "thanked").record() for i, n in enumerate(names)])
    with ledger.engine.connect() as connection:
        found: list[list[Telling]] = list(stories(connection))
    assert [len(s) for s in found] == [1] * len(names)


@given(st.integers(0, len(TEXT)))
def test_sentences_are_counted_in_order(start: int) -> None:
    assert 0 <= _sentences_before(TEXT, start) <= 4
    assert _sentences_before(TEXT, start) <= _sentences_before(TEXT, len(TEXT))


def test_sentences_begin_where_they_begin() -> None:
    assert [_sentences_before(TEXT, TEXT.index(w)) for w in ("Lima", "Peru's", "Chile would", "In 1904", "attacked")] == [0, 1, 2, 3, 3]
