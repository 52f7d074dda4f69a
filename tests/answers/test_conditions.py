"""Conditions through time, by small stories."""

from __future__ import annotations

import csv
import io
import random
from typing import Any

import pytest
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.exports.answers import write_answer

NORWAY, BELARUS, SWEDEN = "state:NOR", "state:BLR", "state:SWE"
SAID = "Norway will not reopen its embassy until Belarus frees the sailors."


def until(day: str, text: str = SAID, *, opens: str = "reopen its embassy", awaits: str = "Belarus frees the sailors", awaited: bool = True, **more: str) -> Wire:
    """Norway holds something back until Belarus acts; freeing is CONCEDE, reopening COOPERATE where the reader knows the words."""
    wire = Wire(text, day, **more)
    wire.condition(NORWAY, opens, awaits, (BELARUS,))
    if awaited:
        wire.event("CONCEDE", (BELARUS,), (), awaits.split()[1], status="possible").event("COOPERATE", (NORWAY,), (BELARUS,), opens.split()[0], status="negated")
    return wire


def deed(day: str, text: str, type: str, source: str, targets: tuple[str, ...], trigger: str, **more: object) -> Wire:
    return Wire(text, day).event(type, (source,), targets, trigger, **more)


def add(ledger: Ledger, *wires: Wire) -> None:
    ledger.add(w.record() for w in wires)


def fates(ledger: Ledger, **asked: Any) -> list[tuple[str, str]]:
    return [(c.fate, str(c.ended.day) if c.ended else "") for c in ledger.conditions(**asked)]


def test_what_no_later_report_ends_is_open(any_ledger: Ledger) -> None:
    add(any_ledger, deed("2023-01-01", "Belarus freed sailors of Norway.", "CONCEDE", BELARUS, (NORWAY,), "freed"), until("2023-02-01"))
    (row,) = any_ledger.conditions(open=True, by="Norway", of="BLR")
    assert (row.fate, row.consequent, row.antecedent, row.reports, row.polarity) == ("open", "reopen its embassy", "Belarus frees the sailors", 1, "withheld")
    assert ([h.code for h in row.holder], [o.code for o in row.owes]) == (["NOR"], ["BLR"])
    assert any_ledger.conditions(by="BLR") == []


def test_met_by_the_deed_that_was_awaited(any_ledger: Ledger, clock: Clock) -> None:
    add(any_ledger, until("2023-02-01"))
    clock.set("2024-07-10")
    add(any_ledger, deed("2023-05-05", "Belarus let the crew go home to Norway.", "CONCEDE", BELARUS, (NORWAY,), "let"))
    (row,) = any_ledger.conditions()
    assert (row.fate, str(row.ended and row.ended.day)) == ("met", "2023-05-05")
    assert row.ended is not None
    assert row.ended.source.sentence == "Belarus let the crew go home to Norway."
    assert fates(any_ledger, open=True) == []
    assert fates(any_ledger, as_of="2023-05-04") == [("open", "")]
    assert fates(any_ledger, known="2024-07-05") == [("open", "")]
    assert fates(any_ledger, fate="met") == [("met", "2023-05-05")]
    assert fates(any_ledger, closed=True) == [("met", "2023-05-05")]


NOT_MET = {
    "it was before": deed("2023-01-01", "Belarus freed the sailors.", "CONCEDE", BELARUS, (NORWAY,), "freed"),
    "on the same day": deed("2023-02-01", "Belarus freed the sailors.", "CONCEDE", BELARUS, (NORWAY,), "freed"),
    "it is only planned": deed("2023-05-05", "Belarus will free the sailors.", "CONCEDE", BELARUS, (NORWAY,), "free", status="planned"),
    "it is told as history": deed("2023-05-05", "Belarus freed the sailors.", "CONCEDE", BELARUS, (NORWAY,), "freed", background=True),
    "on somebody's word alone": deed("2023-05-05", "Belarus freed the sailors.", "CONCEDE", BELARUS, (NORWAY,), "freed", claimed_by=BELARUS),
    "toward somebody else": deed("2023-05-05", "Belarus freed the sailors.", "CONCEDE", BELARUS, (SWEDEN,), "freed"),
    "by somebody else": deed("2023-05-05", "Sweden freed the sailors.", "CONCEDE", SWEDEN, (NORWAY,), "freed"),
    "of another type": deed("2023-05-05", "Belarus met with Norway.", "CONSULT", BELARUS, (NORWAY,), "met"),
    "toward nobody and of something else": deed("2023-05-05", "Belarus eased its tax on milk.", "CONCEDE", BELARUS, (), "eased"),
}


@pytest.mark.parametrize("why", NOT_MET)
def test_not_met_if(ledger: Ledger, why: str) -> None:
    add(ledger, until("2023-02-01"), NOT_MET[why])
    assert fates(ledger) == [("open", "")]


def test_met_by_the_words_where_the_type_is_not_known_or_nobody_is_its_target(ledger: Ledger) -> None:
    add(ledger, until("2023-02-01", awaited=False), deed("2023-05-05", "Belarus has freed the last of the sailors.", "COOPERATE", BELARUS, (), "freed"))
    assert fates(ledger) == [("met", "2023-05-05")]


def test_dropped_when_what_was_withheld_comes_about_without(any_ledger: Ledger) -> None:
    opened = deed("2023-06-01", "Norway reopened its embassy in Belarus.", "COOPERATE", NORWAY, (BELARUS,), "reopened")
    freed = deed("2023-05-05", "Belarus freed the sailors.", "CONCEDE", BELARUS, (NORWAY,), "freed")
    add(any_ledger, until("2023-02-01"), opened)
    assert fates(any_ledger) == [("dropped", "2023-06-01")]
    add(any_ledger, freed)
    assert fates(any_ledger) == [("met", "2023-05-05")]  # a late report: it was met before


def test_dropped_when_the_holder_lets_it_go(ledger: Ledger) -> None:
    text = "Norway said it had dropped its demand that the sailors be freed first."
    add(ledger, until("2023-02-01"), Wire(text, "2023-04-01").statement(NORWAY, "said", "it had dropped its demand that the sailors be freed first", to=(BELARUS,)))
    assert fates(ledger) == [("dropped", "2023-04-01")]


def test_superseded_when_the_holder_awaits_something_else(any_ledger: Ledger) -> None:
    other = "Norway will not reopen its embassy until Belarus pays for the ship."
    add(any_ledger, until("2023-02-01"), until("2023-08-01", other, awaits="Belarus pays for the ship", awaited=False))
    assert fates(any_ledger) == [("open", ""), ("superseded", "2023-08-01")]
    assert fates(any_ledger, closed=True) == [("superseded", "2023-08-01")]
    assert [c.antecedent for c in any_ledger.conditions(open=True)] == ["Belarus pays for the ship"]


def test_superseded_however_much_was_said_between(ledger: Ledger) -> None:
    add(ledger, until("2023-02-01"))
    for n in range(120):  # more than a page of what is looked at
        a, b, c = (f"{chr(97 + n // 26)}{chr(97 + n % 26)}{end}" for end in ("olu", "efi", "oma"))
        add(
            ledger,
            until(
                f"2023-{3 + n // 28:02}-{1 + n % 28:02}",
                f"Norway will not lend {a} {b} until Belarus returns {c}.",
                opens=f"lend {a} {b}",
                awaits=f"Belarus returns {c}",
                awaited=False,
            ),
        )
    add(ledger, until("2023-12-01", "Norway will not reopen its embassy until Belarus pays for the ship.", awaits="Belarus pays for the ship", awaited=False))
    told = fates(ledger, limit=200)
    assert len(told) == 122
    assert told[-1] == ("superseded", "2023-12-01")


def test_said_again_it_is_one(any_ledger: Ledger) -> None:
    again = "Norway would not reopen the embassy unless Belarus freed the sailors, Oslo said."
    add(any_ledger, until("2023-02-01"), until("2023-04-01", publisher="Other Wire"), until("2023-09-01", again, opens="reopen the embassy", awaits="Belarus freed the sailors"))
    (row,) = any_ledger.conditions()
    assert (str(row.first), str(row.last), row.reports) == ("2023-02-01", "2023-09-01", 3)
    add(any_ledger, deed("2023-05-05", "Belarus freed the sailors.", "CONCEDE", BELARUS, (NORWAY,), "freed"))
    assert fates(any_ledger) == [("open", "")]  # it was said again after that
    assert fates(any_ledger, as_of="2023-06-01") == [("met", "2023-05-05")]
    assert [str(c.first) for c in any_ledger.conditions(since="2023-08-01")] == ["2023-02-01"]
    assert any_ledger.conditions(since="2023-10-01") == []


def test_a_promise_kept_early_is_not_dropped(ledger: Ledger) -> None:
    text = "Norway would reopen its embassy if Belarus frees the sailors."
    wire = Wire(text, "2023-02-01").condition(NORWAY, "reopen its embassy", "Belarus frees the sailors", (BELARUS,), kind="if", polarity="promised")
    wire.event("COOPERATE", (NORWAY,), (BELARUS,), "reopen", status="possible")
    add(ledger, wire, deed("2023-06-01", "Norway reopened its embassy in Belarus.", "COOPERATE", NORWAY, (BELARUS,), "reopened"))
    assert fates(ledger) == [("open", "")]


def test_order_of_arrival_changes_nothing_and_pages_are_whole(tmp_path) -> None:
    found = []
    for seed in range(3):
        wires = [
            until(f"2023-{m:02}-{d:02}", SAID.replace("sailors", f"{who} sailors"), awaits=f"Belarus frees the {who} sailors")
            for m in range(1, 10)
            for d, who in enumerate(("young", "old", "sick", "last"), 1)
        ]
        wires.append(deed("2023-12-24", "Belarus freed the sailors.", "CONCEDE", BELARUS, (SWEDEN,), "freed"))
        random.Random(seed).shuffle(wires)
        with Ledger(tmp_path / f"{seed}.db") as ledger:
            add(ledger, *wires)
            rows = ledger.conditions(limit=200)
            assert sum(r.reports for r in rows) == 36
            assert [r.last for r in rows] == sorted((r.last for r in rows if r.last), reverse=True)
            assert ledger.conditions(limit=1) == rows[:1]
            found.append({(r.first, r.last, r.reports, r.fate) for r in rows})
    assert all(f == found[0] for f in found)


def test_a_ledger_without_text_tells_what_it_can(tmp_path) -> None:
    with Ledger(tmp_path / "bare.db", keep_text=False) as ledger:
        add(ledger, until("2023-02-01"), deed("2023-05-05", "Belarus freed the sailors.", "CONCEDE", BELARUS, (NORWAY,), "freed"))
        (row,) = ledger.conditions()
        assert (row.fate, row.consequent) == ("met", None)


def test_rows_are_laid_out_flat(ledger: Ledger, capsys: pytest.CaptureFixture[str]) -> None:
    add(ledger, until("2023-02-01"), deed("2023-05-05", "Belarus freed the sailors.", "CONCEDE", BELARUS, (NORWAY,), "freed"))
    write_answer(ledger.conditions(), "csv", None)
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["ended_sentence"], row["source_sentence"], row["holder_codes"]) == ("Belarus freed the sailors.", SAID, "NOR")
    write_answer(ledger.conditions(), "table", None)
    assert "MET 2023-05-05" in capsys.readouterr().out
