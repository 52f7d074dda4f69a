from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.errors import InputError
from dragoman.ledger import tables
from dragoman.ledger.comparing import content, differences
from dragoman.ledger.corrections import Correcting, correct, undo
from dragoman.ledger.forgetting import forget_report
from dragoman.ledger.opening import writing
from dragoman.ledger.store import Writer
from dragoman.ledger.transfer import given_out, holds_ledger, is_head, one_state, take_files, take_in

FILLING = [f"{a}{b}" for a in ("ferry", "copper", "glacier", "harvest", "railway", "museum", "census", "lantern") for b in ("", "s", "man", "yard", "line", "side", "work", "port")]
SIDES = ("PER", "CHL", "BOL", "ECU")


def lines(ledger: Ledger) -> list[bytes]:
    with one_state(ledger.engine) as connection:
        return [(json.dumps(line) + "\n").encode() for line in given_out(connection)]


def unlike(one: Ledger, other: Ledger) -> list[str]:
    with one_state(one.engine) as a, one_state(other.engine) as b:
        return differences(content(a), content(b))


@contextmanager
def writer(ledger: Ledger) -> Iterator[Writer]:
    with writing(ledger.engine) as connection:
        yield Writer(connection, ledger.words, ledger.clock())


def corrected(ledger: Ledger, what: Correcting, of: list[str | int], told: dict[str, str] | None = None, *, who: str) -> int:
    with writer(ledger) as w:
        return correct(w, what, of, told or {}, who=who, why="seen otherwise")


def forget(ledger: Ledger, report: int) -> None:
    with writer(ledger) as w:
        forget_report(w, report, who="ana", why="asked for")


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "copy.db") as made:
        yield made


def told(a: str, b: str, number: int, day: str | None = "2024-06-06", **more: str) -> Wire:
    names = {"PER": "Peru", "CHL": "Chile", "BOL": "Bolivia", "ECU": "Ecuador"}
    other = " ".join(random.Random(number).choices(FILLING, k=80))  # so that not all reports are one story
    text = (
        f"{names[a]} refused talks number {number} with {names[b]} until {names[b]} leaves Arica {number}. {names[a]} and {names[b]} have no treaty on fish {number}. The {other}."
    )
    made = Wire(text, day, ref=f"r{number}", **more)
    made.statement(f"state:{a}", "refused", f"talks number {number} with {names[b]}", act="refuse", to=(f"state:{b}",))
    made.event("REJECT", (f"state:{a}",), (f"state:{b}",), "refused").condition(f"state:{a}", "talks", f"{names[b]} leaves Arica", (f"state:{b}",))
    return made.affair("agreement", (f"state:{a}", f"state:{b}"), "absent", f"treaty on fish {number % 3}", "have no treaty")


def fill(ledger: Ledger, clock: Clock) -> None:
    """A ledger with a history: copies, a revision, another reader, corrections made and undone, a deletion."""
    some = random.Random(7)
    for day in range(1, 6):
        clock.set(f"2024-07-0{day}")
        records = [
            told(*some.sample(SIDES, 2), n, f"2024-0{day}-{n % 10 * 4 + 1:02}", url=f"https://wire.test/{day if n % 10 > 4 else n}").record() for n in range(day * 10, day * 10 + 7)
        ]
        ledger.add([*records, records[0].model_copy(update={"report": records[0].report.model_copy(update={"publisher": "Other Wire"})})])
    clock.set("2024-07-08")
    corrected(ledger, "reject", [2], who="ana")
    corrected(ledger, "amend", [6], {"type": "THREATEN"}, who="ana")
    undone = corrected(ledger, "confirm", [9], who="ben")
    with ledger.engine.connect() as connection:
        stories = list(connection.scalars(select(tables.reports.c.story).distinct().order_by(tables.reports.c.story)))
        affairs = list(connection.scalars(select(tables.matters.c.affair).distinct().order_by(tables.matters.c.affair)))
    corrected(ledger, "merge_stories", stories[-2:], who="ben")
    corrected(ledger, "merge_affairs", [f"a{n}" for n in affairs[:2]], who="ben")
    corrected(ledger, "alias", ["PER", "the Andean giant"], who="ana")
    clock.set("2024-07-09")
    with writer(ledger) as w:
        undo(w, undone, who="ana")
    ledger.add([*(r.model_copy(update={"reader": "dragoman-test+2"}) for r in list(ledger.records())[:4])])
    clock.set("2024-07-10")
    forget(ledger, 12)


def test_a_ledger_given_out_and_taken_in_is_the_same(any_ledger: Ledger, clock: Clock, copy: Ledger) -> None:
    fill(any_ledger, clock)
    fates = [a.fate for a in take_in(copy, lines(any_ledger), "ledger.jsonl")]
    assert "aside" not in fates
    assert unlike(any_ledger, copy) == []
    for day in ("2024-07-03", "2024-07-08", "2024-07-09"):
        assert len(copy.statements(known=day, limit=1000)) == len(any_ledger.statements(known=day, limit=1000))
    assert sorted(lines(copy)[1:]) == sorted(lines(any_ledger)[1:])


def test_taking_it_in_again_changes_nothing(ledger: Ledger, clock: Clock, copy: Ledger) -> None:
    fill(ledger, clock)
    told_of = lines(ledger)
    list(take_in(copy, told_of, "ledger.jsonl"))
    assert {a.fate for a in take_in(copy, told_of, "ledger.jsonl")} == {"known"}
    assert unlike(ledger, copy) == []


def test_what_was_cut_off_goes_on_where_it_stopped(ledger: Ledger, clock: Clock, copy: Ledger) -> None:
    fill(ledger, clock)
    told_of = lines(ledger)
    for stop in (3, 17, len(told_of)):
        list(take_in(copy, told_of[:stop], "ledger.jsonl"))
    assert unlike(ledger, copy) == []


def test_a_ledger_without_text_comes_back_without(tmp_path: Path, clock: Clock, copy: Ledger) -> None:
    with Ledger(tmp_path / "bare.db", clock=clock, keep_text=False) as bare:
        fill(bare, clock)
        told_of = lines(bare)
        assert not any(b"refused talks" in line for line in told_of)
        list(take_in(copy, told_of, "ledger.jsonl"))
        assert unlike(bare, copy) == []


def test_a_later_reading_is_not_undone_by_an_earlier(ledger: Ledger, clock: Clock, copy: Ledger) -> None:
    record = told("PER", "CHL", 1).record()
    clock.set("2024-07-01")
    ledger.add(record)
    later = record.model_copy(update={"reader": "dragoman-test+9"})
    copy.add(later)  # by the clock of the wall
    assert [a.fate for a in take_in(copy, lines(ledger), "ledger.jsonl")] == ["known"]
    assert copy.record(1) == later


def test_new_reports_join_what_is_there(ledger: Ledger, clock: Clock, copy: Ledger) -> None:
    copy.add(told("BOL", "ECU", 900).record())
    clock.set("2024-07-01")
    ledger.add(told("PER", "CHL", 1).record())
    assert [a.fate for a in take_in(copy, lines(ledger), "ledger.jsonl")] == ["new"]
    assert len(copy.statements()) == 2
    assert len(copy.statements(known="2024-07-02")) == 1


def test_what_was_deleted_there_is_told_and_stays_until_somebody_says_so(ledger: Ledger, clock: Clock, copy: Ledger) -> None:
    record = told("PER", "CHL", 1).record()
    ledger.add([record, told("PER", "CHL", 2).record()])
    copy.add(record)
    forget(ledger, 1)
    aside = [a for a in take_in(copy, lines(ledger), "ledger.jsonl") if a.error]
    assert len(aside) == 1
    assert "dragoman forget 1" in str(aside[0].error)


def test_lines_that_are_none_are_set_aside_with_their_place(ledger: Ledger, copy: Ledger) -> None:
    ledger.add([told("PER", "CHL", n).record() for n in range(3)])
    told_of = lines(ledger)
    broken = [*told_of[:2], b"{\n", b'{"reading": {"no": "record"}, "known_from": "2024-07-01T00:00:00+00:00", "known_to": null}\n', b'{"other": 1}\n', *told_of[2:]]
    added = list(take_in(copy, broken, "ledger.jsonl"))
    assert sorted(a.fate for a in added) == ["aside"] * 3 + ["new"] * 3
    assert {str(a.error).partition(": ")[0] for a in added if a.error} == {"ledger.jsonl:3", "ledger.jsonl:4", "ledger.jsonl:5"}


def test_a_file_that_is_no_ledger_or_of_another_form_is_refused(copy: Ledger) -> None:
    with pytest.raises(InputError, match=r"ledger.jsonl:1: .*export ledger"):
        list(take_in(copy, [b'{"text": "Peru refused."}\n'], "ledger.jsonl"))
    with pytest.raises(InputError, match="pip install -U"):
        list(take_in(copy, [b'{"dragoman": "ledger", "version": "9"}\n'], "ledger.jsonl"))
    assert not is_head(b'{"dragoman": "other"}')
    assert not is_head(b'{"dragoman"')


def test_a_difference_is_found(ledger: Ledger, copy: Ledger, clock: Clock) -> None:
    fill(ledger, clock)
    list(take_in(copy, lines(ledger), "ledger.jsonl"))
    with copy.engine.begin() as connection:
        connection.execute(tables.reports.update().where(tables.reports.c.id == 3).values(story=3, publisher="Nobody"))
    assert any("of reports" in x for x in unlike(ledger, copy))


def test_a_packed_file_is_known_and_one_that_is_cut_off_keeps_what_came_before(ledger: Ledger, copy: Ledger, tmp_path: Path) -> None:
    ledger.add([told("PER", "CHL", n).record() for n in range(30)])
    whole, part, other = tmp_path / "ledger.jsonl.gz", tmp_path / "part.jsonl.gz", tmp_path / "other.jsonl"
    whole.write_bytes(gzip.compress(b"".join(lines(ledger))))
    part.write_bytes(whole.read_bytes()[: len(whole.read_bytes()) // 2])
    other.write_bytes(b'{"text": "Peru refused."}\n')
    assert [holds_ledger(p) for p in (whole, part, other, tmp_path, tmp_path / "none")] == [True, True, False, False, False]
    *before, last = take_files(copy, [part])
    assert {a.fate for a in before} <= {"new", "aside"}
    assert "cut off" in str(last.error)
    list(take_files(copy, [whole]))
    assert unlike(ledger, copy) == []
