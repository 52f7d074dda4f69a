"""Which matters are one affair: of every kind by example, and the laws that no order of arrival may break."""

from __future__ import annotations

import random
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.ledger import tables
from dragoman.ledger.grouping import Constraint, Put, constrain, group
from dragoman.ledger.matters import Matter, rebuild_affairs
from dragoman.ledger.opening import writing
from dragoman.ledger.topics import topic_of

TOPICS = [
    ("agreement", "peace treaty", "JPN RUS", ("peac",), "what it is about, without its kind"),
    ("agreement", "the signing of an accord", "JPN RUS", (), "a generic subject leaves nothing"),
    ("negotiation", "stalled talks", "IND PAK", (), "words of status tell nothing"),
    ("negotiation", "negotiating", "IND PAK", (), "a verb of negotiating neither"),
    ("dispute", "row over the Northern Territories", "JPN RUS", ("Island", "Kuril"), "a place by its other name"),
    ("dispute", "Dokdo dispute", "JPN KOR", ("Island", "Takeshima"), "another"),
    ("agreement", "2015 nuclear deal", "IRN USA", ("=jcpoa",), "a well-known matter in other words"),
    ("agreement", "2015 nuclear deal", "FRA USA", ("2015", "nuclear"), "but between others it is another"),
    ("agreement", "a new nuclear deal", "IRN USA", ("+", "nuclear"), "one that is sought beside the one there is"),
    ("negotiation", "Iran-US nuclear talks", "IRN USA", ("nuclear",), "sides in a compound tell nothing"),
    ("negotiation", "talks in Vienna on missiles", "IRN USA", ("missil",), "where they talk tells nothing"),
    ("negotiation", "trade and security talks", "IND USA", ("&", "security", "trad"), "several things are marked"),
    ("hostilities", "clashes between India and Pakistan in Kashmir", "IND PAK", ("Kashmir",), "sides joined by and are not several things"),
    ("negotiation", "talks on Syrian airspace", "RUS USA", ("SYR", "airspac"), "a third state by its code"),
    ("agreement", "Treaty of Tallinn", "EST FIN", ("Tallinn",), "a treaty keeps the name of the town, even of a side's capital"),
]


@pytest.mark.parametrize(("kind", "subject", "sides", "topic", "why"), TOPICS, ids=[t[4] for t in TOPICS])
def test_topics(kind: str, subject: str, sides: str, topic: tuple[str, ...], why: str) -> None:
    assert topic_of(kind, subject, sides.split()) == topic


def put(*told: tuple[str, str, str]) -> list[Put]:
    """Matters by kind, sides and subject."""
    numbers = count(1)
    made = []
    for kind, sides, subject in told:
        topic = topic_of(kind, subject, sides.split())
        made.append(Put(next(numbers), Matter(kind, tuple(sides.split()), topic).key + subject, kind, sides, topic))
    return made


def parts(matters: list[Put], *constraints: Constraint) -> set[frozenset[int]]:
    return {frozenset(s) for s in constrain(matters, group(matters), constraints).sets().values()}


GROUPS = [
    ("agreement", ["peace treaty", "treaty", "agreement"], [{0, 1, 2}], "a generic subject means the only specific one"),
    ("agreement", ["peace treaty", "fisheries agreement", "agreement"], [{0}, {1}, {2}], "but stays apart where there are several"),
    ("negotiation", ["talks on fisheries", "fisheries talks", "talks on fisheries quotas"], [{0, 1, 2}], "who says less joins the only one that says more"),
    ("negotiation", ["talks on trade", "talks on trade in grain", "talks on trade in steel"], [{0}, {1}, {2}], "and stays apart between two"),
    ("negotiation", ["trade talks", "trade and security talks", "security talks"], [{0}, {1}, {2}], "what is about two things is not what is about one"),
    ("dispute", ["dispute over the Kuril Islands", "Northern Territories row", "row over fishing off the Kurils", "territorial dispute over the islands"], [{0, 1, 2, 3}], "places weigh more than words"),
    ("dispute", ["dispute over Kashmir", "dispute over the Aegean", "dispute"], [{0}, {1}, {2}], "two places are two disputes"),
    ("agreement", ["1904 border treaty", "1929 border treaty", "border treaty"], [{0}, {1}, {2}], "two years are two treaties"),
    ("agreement", ["border treaty", "new border treaty"], [{0, 1}], "a new treaty is in time the treaty"),
    ("agreement", ["1904 border treaty", "new border treaty"], [{0}, {1}], "but not the old one"),
    ("hostilities", ["war", "fighting", "shelled", "border clashes"], [{0, 1, 2, 3}], "one war of two sides"),
    ("hostilities", ["fighting in Kashmir", "the 2008 war"], [{0}, {1}], "unless place or year tells two apart"),
    ("relations", ["ties", "recalled ambassador"], [{0, 1}], "one a pair"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "subjects", "expected", "why"), GROUPS, ids=[g[3] for g in GROUPS])
def test_groups(kind: str, subjects: list[str], expected: list[set[int]], why: str) -> None:
    matters = put(*((kind, "PER XKX", s) for s in subjects))
    assert parts(matters) == {frozenset(n + 1 for n in e) for e in expected}


def test_other_sides_are_another_affair_unless_the_matter_is_well_known() -> None:
    matters = put(
        ("agreement", "IRN USA", "JCPOA"), ("agreement", "FRA GBR IRN", "Iran nuclear deal"), ("agreement", "CHN RUS", "trade deal"), ("agreement", "CHN USA", "trade deal"),
        ("negotiation", "IRN USA", "talks on the JCPOA"), ("agreement", "IRN USA", "2015 nuclear accord"), ("agreement", "IRN USA", "nuclear deal"),
    )  # fmt: skip
    assert parts(matters) == {frozenset({1, 2, 6, 7}), frozenset({3}), frozenset({4}), frozenset({5})}


def test_people_join_and_part() -> None:
    matters = put(("negotiation", "PER CHL", "talks on water"), ("negotiation", "PER CHL", "talks on fisheries"), ("negotiation", "PER CHL", "talks on water use"))
    water, fish, use = (m.key for m in matters)
    assert parts(matters) == {frozenset({1, 3}), frozenset({2})}
    assert parts(matters, Constraint(join=(water, fish))) == {frozenset({1, 2, 3})}
    assert parts(matters, Constraint(part=((water,), (use,)))) == {frozenset({1}), frozenset({2}), frozenset({3})}
    assert parts(matters, Constraint(join=(water, fish)), Constraint(part=((use,), (fish,)))) == {frozenset({1, 3}), frozenset({2})}
    assert parts(matters, Constraint(part=((use,), (water,))), Constraint(join=(use, water))) == {frozenset({1, 3}), frozenset({2})}
    assert parts(matters, Constraint(join=(water, "a matter that is gone"))) == {frozenset({1, 3}), frozenset({2})}


SUBJECTS = [
    "talks", "trade talks", "talks on trade in grain", "talks on grain", "peace treaty", "treaty", "1904 border treaty", "new border treaty", "border treaty", "JCPOA", "nuclear deal", "new nuclear deal",
    "dispute over the Kuril Islands", "Northern Territories row", "island dispute", "row over fishing off the Kurils", "trade and security pact", "security pact", "fighting in Kashmir", "war", "New START",
]  # fmt: skip
a_matter = st.tuples(
    st.sampled_from(["agreement", "negotiation", "dispute", "hostilities"]), st.sampled_from(["IRN USA", "IRN JPN", "JPN RUS", "RUS USA"]), st.sampled_from(SUBJECTS)
)


@settings(deadline=None)
@given(st.lists(a_matter, max_size=25, unique=True), st.randoms(use_true_random=False), st.data())
def test_the_grouping_does_not_depend_on_order(told: list[tuple[str, str, str]], shuffle: random.Random, data: st.DataObject) -> None:
    matters = put(*told)
    keys = [m.key for m in matters]
    said = []
    if len(keys) > 3:
        said = [Constraint(join=tuple(data.draw(st.permutations(keys))[:2])), Constraint(part=(tuple(keys[:1]), tuple(keys[1:3])))]
    numbers = list(range(1, len(told) + 1))
    shuffle.shuffle(numbers)
    again = [Put(n, m.key, m.kind, m.sides, m.topic) for n, m in zip(numbers, matters, strict=True)]
    named = {m.number: m.key for m in matters}, {m.number: m.key for m in again}
    assert {frozenset(named[0][n] for n in s) for s in parts(matters, *said)} == {frozenset(named[1][n] for n in s) for s in parts(sorted(again, key=lambda m: m.number), *said)}


def partition(ledger: Ledger) -> set[frozenset[str]]:
    m = tables.matters.c
    found: dict[int, set[str]] = {}
    with ledger.engine.connect() as connection:
        rows = connection.execute(select(m.key, m.id, m.affair)).all()
    for row in rows:
        found.setdefault(row.affair, set()).add(row.key)
        assert row.affair <= row.id
    assert all(any(r.id == a for r in rows) for a in found)
    return {frozenset(s) for s in found.values()}


def story() -> list[Wire]:
    made = []
    for n, subject in enumerate(SUBJECTS):
        for kind, status in (("agreement", "proposed"), ("negotiation", "under_way"), ("dispute", "open"), ("hostilities", "ongoing")):
            sides = (("state:IRN", "state:USA"), ("state:JPN", "state:RUS"), ("state:IRN", "state:JPN"))[n % 3]
            made.append(Wire(f"{kind.title()}: {subject} ({n}).", f"2024-05-{n + 1:02}").affair(kind, sides, status, subject, subject))
    return made


def test_adding_in_any_order_and_rebuilding_give_the_same_affairs(tmp_path) -> None:
    found = []
    for seed in range(4):
        wires = story()
        random.Random(seed).shuffle(wires)
        with Ledger(tmp_path / f"{seed}.db") as ledger:
            for start in range(0, len(wires), 1 + seed * 9):
                ledger.add(w.record() for w in wires[start : start + 1 + seed * 9])
            found.append(partition(ledger))
            with writing(ledger.engine) as connection:
                rebuild_affairs(connection)
            assert partition(ledger) == found[-1]
    assert len(found[0]) > 5
    assert all(f == found[0] for f in found)
