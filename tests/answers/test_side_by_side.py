from __future__ import annotations

import pytest
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.errors import NotInLedgerError

TEXT = (
    "Chile recalled its ambassador to Lima after police in Tacna searched the honorary consulate. Officers took away two computers and a safe, Hernán Ugarte said. "
    "The ambassador, Paula Riquelme, was to leave on a morning flight."
)


def told(day: str, more: str = "", publisher: str = "Test Wire") -> Wire:
    made = Wire(f"{TEXT} {more}".strip(), day, publisher=publisher, headline=f"Chile recalls envoy {more}".strip()).actor("person:hernán-ugarte", "Hernán Ugarte", "PER")
    made.event("COERCE", ("state:CHL",), ("state:PER",), "recalled")
    return made


def filled(ledger: Ledger) -> None:
    first = told("2024-06-06").statement("person:hernán-ugarte", "said", "Officers took away two computers and a safe")
    second = told("2024-06-07", "Lima rejected the protest. Hernán Ugarte denied that officers took away computers and a safe.", "Other Wire")
    second.statement("person:hernán-ugarte", "denied", "officers took away computers and a safe", act="deny").event("REJECT", ("state:PER",), ("state:CHL",), "rejected")
    ledger.add([first.record(), second.record(), Wire("Peru won a football match against Chile in Tacna.", "2024-06-07").record()])


def test_reports_of_a_story_stand_side_by_side(any_ledger: Ledger) -> None:
    filled(any_ledger)
    first, second = any_ledger.story(2)
    assert [first.how, second.how, second.like] == ["first", "rewrite", 1]
    assert second.likeness is not None
    assert second.likeness > 0.8
    assert [a.what for a in second.alone] == ["Per → Chl: REJECT"]
    assert not first.alone
    (difference,) = second.differs
    assert (difference.what, difference.report) == ("Hernán Ugarte", 1)
    assert difference.here.startswith("deny: ")
    assert difference.there.startswith("assert: ")
    assert any_ledger.story(1) == any_ledger.story(2)
    assert "Alone: Per → Chl: REJECT." in second.cells()["Beside the others"]


def test_the_same_words_of_another_speaker_are_a_difference(any_ledger: Ledger) -> None:
    a = told("2024-06-06").statement("person:hernán-ugarte", "said", "Officers took away two computers and a safe")
    b = told("2024-06-06", "So it is.").statement("state:PER", "said", "Officers took away two computers and a safe")
    any_ledger.add([a.record(), b.record()])
    (difference,) = any_ledger.story(1)[1].differs
    assert difference.what == "who said it"
    assert difference.here.startswith("Per ")


def test_stories_are_listed_by_who_and_how_many(any_ledger: Ledger) -> None:
    filled(any_ledger)
    (story,) = any_ledger.stories()
    assert (story.story, story.reports, story.publishers, str(story.first), str(story.last)) == (1, 2, 2, "2024-06-06", "2024-06-07")
    assert len(any_ledger.stories(least=1)) == 2
    assert len(any_ledger.stories(about="chile")) == 1
    assert not any_ledger.stories(about="Bolivia")
    assert not any_ledger.stories(since="2024-07-01")


def test_a_story_as_it_was_known(any_ledger: Ledger, clock: Clock) -> None:
    any_ledger.add(told("2024-06-06").record())
    clock.set("2024-07-09")
    any_ledger.add(told("2024-06-07", "So it is.").record())
    assert len(any_ledger.story(1, known="2024-07-05")) == 1
    assert len(any_ledger.story(1)) == 2
    with pytest.raises(NotInLedgerError, match="holds no report 2"):
        any_ledger.story(2, known="2024-07-05")


def test_a_report_that_is_not_there(any_ledger: Ledger) -> None:
    with pytest.raises(NotInLedgerError, match="dragoman story"):
        any_ledger.story(7)
