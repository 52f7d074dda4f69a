from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.ledger import tables
from dragoman.ledger.forgetting import forget_report
from dragoman.ledger.likeness import Likeness, likeness_of
from dragoman.ledger.opening import writing
from dragoman.ledger.partition import Partition
from dragoman.ledger.resemblance import resemblance
from dragoman.ledger.store import Writer, key_of
from dragoman.ledger.stories import rebuild_stories, settle_stories
from dragoman.records import Record

DAM = (
    "Peru's water minister Inés Calderón said engineers had closed four gates of the Huarmey dam after a landslide, and that the harbour of Casma would get no water for nine days. "
    "Chilean growers who lease land below the dam said nobody had warned them. The minister promised to pay for lost seedlings and to send tankers from Chimbote by the weekend. "
    "Chile's consul in Trujillo, Matías Ovalle, asked for a list of the farms that stand dry."
)
ROW = (
    "Chile recalled its ambassador to Lima after police in Tacna searched the honorary consulate, the foreign ministry in Santiago said. Officers took away two computers and a safe. "
    "Peru's interior minister, Hernán Ugarte, said a judge had ordered the search in a smuggling case. The ambassador, Paula Riquelme, was to leave on a morning flight."
)


def report(text: str, day: str | None = "2024-06-06", **more: str) -> Record:
    return Wire(text, day, **more).record()


def reversed_sentences(text: str) -> str:
    return " ".join(f"{s.rstrip('.')}." for s in reversed(text.split(". ")))


def stories(ledger: Ledger, column: str = "story") -> set[frozenset[str]]:
    """Refs of the reports of each story."""
    r = tables.reports.c
    with ledger.engine.connect() as connection:
        rows = connection.execute(select(r.id, r.ref, r[column])).all()
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(row[2], set()).add(row.ref)
    assert all(number == min(row.id for row in rows if row[2] == number) for number in found), "a story's number is that of its first report"
    return {frozenset(s) for s in found.values()}


def correct(ledger: Ledger, what: str, detail: dict[str, object], reports: Sequence[int]) -> int:
    """A correction of stories, as people make it."""
    with writing(ledger.engine) as connection:
        number = (connection.execute(select(tables.corrections.c.id).order_by(tables.corrections.c.id.desc())).scalar() or 0) + 1
        row = {"id": number, "what": what, "who": "test", "made": ledger.clock(), "detail": json.dumps(detail), "found": True}
        connection.execute(insert(tables.corrections), row)
        settle_stories(connection, reports)
    return number


def test_copies_rewrites_and_cuts_are_one_story_and_others_are_not(any_ledger: Ledger) -> None:
    first, cut = DAM, DAM[: DAM.index("The minister promised")]
    any_ledger.add(
        [
            report(first, ref="first"),
            report(first, "2024-08-01", ref="copy", publisher="Other Wire"),
            report(reversed_sentences(DAM), "2024-06-07", ref="reordered"),
            report(cut, "2024-06-08", ref="cut"),
            report(ROW, ref="row"),
        ]
    )
    assert stories(any_ledger) == {frozenset({"first", "copy", "reordered", "cut"}), frozenset({"row"})}


def test_what_comes_again_a_month_later_in_other_order_is_another_story(ledger: Ledger) -> None:
    ledger.add([report(DAM, ref="first"), report(reversed_sentences(DAM), "2024-07-06", ref="later")])
    assert len(stories(ledger)) == 2


def test_a_revision_stays_in_the_story_however_much_is_new(ledger: Ledger) -> None:
    ledger.add([report(DAM, ref="a", url="https://wire.test/1"), report("The dam is open again.", ref="b", url="https://wire.test/1")])
    assert stories(ledger) == {frozenset("ab")}


def test_what_is_told_every_day_in_the_same_words_is_a_story_a_day(ledger: Ledger) -> None:
    for day, (n, m, s) in enumerate([(14, 9, 7), (23, 17, 8), (31, 24, 11)], start=6):
        text = f"The coast guard of Peru counted {n} Chilean trawlers off Ilo in the past 24 hours, the navy in Callao said. Of these {m} had their beacons off and {s} turned back when hailed by radio."
        ledger.add(report(text, f"2024-06-{day:02}", ref=str(day)))
    assert len(stories(ledger)) == 3


def test_short_reports_of_unknown_day_are_one_only_when_they_are_the_same(ledger: Ledger) -> None:
    ledger.add([report("Peru and Chile met.", None, ref="a"), report("Peru and Chile met.", None, ref="b", publisher="X"), report("Peru and Chile met again.", None, ref="c")])
    assert stories(ledger) == {frozenset("ab"), frozenset("c")}


def test_many_more_copies_than_are_looked_at_are_one_story(ledger: Ledger) -> None:
    ledger.add([report(f"{DAM} {word}", ref=str(n)) for n, word in enumerate(f"Page{n}" for n in range(300))])
    assert len(stories(ledger)) == 1


def sample() -> list[Record]:
    """Reports of which some hang together only through others."""
    told = DAM.split(". ")
    texts = [DAM, ". ".join(told[:3]), ". ".join(told[1:]), ". ".join(told[2:]) + " " + ROW[:180], ROW, reversed_sentences(ROW), "Peru and Chile met.", "Peru and Chile met."]
    days = ["2024-06-06", "2024-06-07", "2024-06-09", "2024-06-10", "2024-06-06", "2024-06-08", None, None]
    return [report(t, d, ref=str(n), publisher=f"Wire {n}") for n, (t, d) in enumerate(zip(texts, days, strict=True))]


@given(order=st.permutations(range(8)), batch=st.integers(1, 8))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_stories_do_not_depend_on_the_order_of_arrival(order: list[int], batch: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    records = sample()
    keys = [key_of(r.report) for r in records]
    with Ledger(tmp_path_factory.mktemp("order") / "ledger.db") as ledger:
        correct(ledger, "merge_stories", {"join": [keys[6], keys[4]]}, [])
        correct(ledger, "split_stories", {"part": [[keys[0]], [keys[2], keys[3]]]}, [])
        for start in range(0, 8, batch):
            ledger.add([records[i] for i in order[start : start + batch]])
        made, read = stories(ledger), stories(ledger, "story_read")
        assert made == expected_with_corrections()
        assert read == expected()
        with writing(ledger.engine) as connection:
            rebuild_stories(connection)
        assert (stories(ledger), stories(ledger, "story_read")) == (made, read)


def expected() -> set[frozenset[str]]:
    return {frozenset("0123"), frozenset("45"), frozenset("67")}


def expected_with_corrections() -> set[frozenset[str]]:
    return {frozenset("01"), frozenset("23"), frozenset("4567")}


def test_people_join_and_part_stories_and_take_it_back(any_ledger: Ledger) -> None:
    records = [report(DAM, ref="0"), report(reversed_sentences(DAM), ref="1"), report(ROW, ref="2")]
    any_ledger.add(records)
    keys = [key_of(r.report) for r in records]
    correct(any_ledger, "merge_stories", {"join": [keys[0], keys[2]]}, [1, 3])
    assert stories(any_ledger) == {frozenset("012")}
    assert stories(any_ledger, "story_read") == {frozenset("01"), frozenset("2")}
    number = correct(any_ledger, "split_stories", {"part": [[keys[0]], [keys[1]]]}, [1, 2])
    assert stories(any_ledger) == {frozenset("02"), frozenset("1")}
    with writing(any_ledger.engine) as connection:
        connection.execute(update(tables.corrections).where(tables.corrections.c.id == number).values(undone=any_ledger.clock()))
        settle_stories(connection, [1, 2])
    assert stories(any_ledger) == {frozenset("012")}


def test_the_later_correction_goes_before_the_earlier(ledger: Ledger) -> None:
    records = [report(DAM, ref="0"), report(ROW, ref="1")]
    ledger.add(records)
    a, b = (key_of(r.report) for r in records)
    correct(ledger, "split_stories", {"part": [[a], [b]]}, [1, 2])
    correct(ledger, "merge_stories", {"join": [a, b]}, [1, 2])
    assert stories(ledger) == {frozenset("01")}


def test_a_forgotten_first_report_leaves_its_story_to_the_next(any_ledger: Ledger) -> None:
    any_ledger.add([report(DAM, ref="0"), report(reversed_sentences(DAM), ref="1"), report(f"{DAM} More.", ref="2")])
    with writing(any_ledger.engine) as connection:
        forget_report(Writer(connection, any_ledger.words, any_ledger.clock()), 1, who="test", why=None)
    assert stories(any_ledger) == {frozenset("12")}


def test_a_new_reading_moves_a_report_to_where_its_words_belong(any_ledger: Ledger) -> None:
    any_ledger.add([report(DAM, ref="0"), report(ROW, ref="1")])
    with writing(any_ledger.engine) as connection:  # as an earlier reader had seen it
        connection.execute(update(tables.reports).values(story=1, story_read=1))
        connection.execute(update(tables.reports).where(tables.reports.c.id == 2).values(likeness=likeness_of(report(DAM)).packed()))
    any_ledger.add(Wire(ROW, ref="1").record(reader="dragoman-test+2"))
    assert stories(any_ledger) == {frozenset("0"), frozenset("1")}


def test_likeness_comes_back_as_it_went_in_and_resemblance_has_no_side() -> None:
    made = [likeness_of(r) for r in sample()]
    for a in made:
        again = Likeness.of(a.packed(), dt.date.fromordinal(a.day) if a.day else None)
        assert again.packed() == a.packed()
        assert again.bands() == a.bands()
        assert all(resemblance(a, b) == resemblance(b, a) for b in made)


def test_without_text_stories_are_made_and_no_word_is_kept(tmp_path: Path) -> None:
    with Ledger(tmp_path / "bare.db", keep_text=False) as bare:
        bare.add([report(DAM, ref="0"), report(reversed_sentences(DAM), ref="1")])
        assert stories(bare) == {frozenset("01")}
    assert b"Huarmey" not in (tmp_path / "bare.db").read_bytes()


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9), st.integers(0, 9))))
def test_what_is_parted_is_never_brought_together(steps: Iterable[tuple[bool, int, int]]) -> None:
    made = Partition(range(10))
    apart: list[tuple[int, int]] = []
    for joins, a, b in steps:
        if joins:
            made.join(a, b)
        elif made.part(a, b):
            apart.append((a, b))
        assert not any(made.are_one(a, b) for a, b in apart)
    assert sorted(n for _, group in made.groups() for n in group) == list(range(10))


def test_shuffled_partitions_are_equal() -> None:
    pairs = [(0, 1), (1, 2), (4, 5), (7, 8), (8, 9), (9, 7)]
    made = []
    for seed in range(5):
        random.Random(seed).shuffle(pairs)
        partition = Partition(range(10))
        for a, b in pairs:
            partition.join(a, b)
        made.append(list(partition.groups()))
    assert all(m == made[0] for m in made)
