from __future__ import annotations

import datetime as dt

import pytest
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.errors import CorrectionError, NotInLedgerError, UnknownNameError
from dragoman.ledger.names import party
from dragoman.ledger.people import aliases_of, offices_of
from dragoman.ledger.view import View


def meeting() -> Wire:
    made = Wire("Aiko Mori said talks were near. The minister said a pact was close. Rebels said nothing. Tokyo said all was well.")
    made.actor("person:a-mori", "Aiko Mori", acts_for="JPN").actor("person:the-minister", "The Minister", acts_for="JPN").actor("group:rebels", "Rebels")
    made.statement("person:a-mori", "said", "talks were near").statement("person:the-minister", "said", "a pact was close")
    return made.statement("group:rebels", "said", "nothing").statement("state:JPN", "said", "all was well")


@pytest.fixture
def met(any_ledger: Ledger) -> Ledger:
    """A ledger with one report that names four."""
    any_ledger.add(meeting().record())
    return any_ledger


def said(ledger: Ledger, name: str, **asked: object) -> set[str | None]:
    return {s.content for s in ledger.statements(by=name, **asked)}


def test_two_who_are_one_answer_together_under_either_name(met: Ledger) -> None:
    met.correct("merge_actors", "The Minister", "Mori")
    for name in ("Mori", "The Minister", "person:the-minister"):
        assert said(met, name) == {"talks were near", "a pact was close"}
    with met.engine.connect() as connection:
        assert party(connection, "the minister").actors == ("person:a-mori", "person:the-minister")
        assert party(connection, "the minister", View(as_read=True)).actors == ("person:the-minister",)
    with pytest.raises(CorrectionError, match="are the same already: Aiko Mori"):
        met.correct("merge_actors", "Mori", "The Minister")


def test_one_merged_into_a_state_counts_for_it(met: Ledger) -> None:
    everything = {"talks were near", "a pact was close", "all was well"}
    assert said(met, "Japan") == everything
    met.correct("merge_actors", "Rebels", "Japan")
    assert said(met, "Japan") == said(met, "Rebels") == everything | {"nothing"}
    with met.engine.connect() as connection:
        assert party(connection, "japan").sides == ("JPN", "group:rebels")


def test_mergers_are_split_and_undone(met: Ledger, clock: Clock) -> None:
    clock.set("2024-07-03")
    merged = met.correct("merge_actors", "The Minister", "Mori")
    clock.set("2024-07-05")
    split = met.correct("split_actors", "The Minister")
    assert said(met, "The Minister") == {"a pact was close"}
    with met.engine.connect() as connection:
        known = View(known=clock.at.replace(day=4))
        assert party(connection, "Mori", known).actors == ("person:a-mori", "person:the-minister")
    with pytest.raises(CorrectionError, match="was not merged"):
        met.correct("split_actors", "The Minister")
    assert met.undo() == split
    assert len(said(met, "Mori")) == 2
    met.undo(merged)
    assert len(said(met, "Mori")) == 1


def test_mergers_follow_on_one_another_and_never_go_round(met: Ledger) -> None:
    met.correct("merge_actors", "The Minister", "Mori")
    met.correct("merge_actors", "Mori", "Rebels")
    with met.engine.connect() as connection:
        assert set(party(connection, "The Minister").actors) == {"group:rebels", "person:a-mori", "person:the-minister"}
    met.correct("split_actors", "Mori")
    with met.engine.connect() as connection:
        assert {party(connection, n).actors for n in ("Mori", "The Minister", "Rebels")} == {("person:a-mori",), ("person:the-minister",), ("group:rebels",)}


def test_an_alias_leads_to_whom_it_means_and_settles_a_doubt(met: Ledger) -> None:
    met.correct("alias", "Mori", "The Iron Lady of Nara")
    assert said(met, "the iron lady of nara") == {"talks were near"}
    with met.engine.connect() as connection:
        assert aliases_of(connection, ["person:a-mori"]) == ("The Iron Lady of Nara",)
        assert aliases_of(connection, ["person:a-mori"], View(as_read=True)) == ()
    with pytest.raises(UnknownNameError, match="Did you mean the iron lady of nara"):
        met.statements(by="The Iron Ladi of Nara")
    with pytest.raises(CorrectionError, match=r"is the name of Japan \(state:JPN\)"):
        met.correct("alias", "Mori", "Tokyo")
    with pytest.raises(CorrectionError, match="goes by 'Mori' already"):
        met.correct("alias", "Aiko Mori", "Mori")
    with pytest.raises(CorrectionError, match="is no name"):
        met.correct("alias", "Mori", " … ")
    met.undo()
    with pytest.raises(UnknownNameError):
        met.statements(by="The Iron Lady of Nara")


def test_an_office_has_its_term(met: Ledger) -> None:
    met.correct("office", "Mori", "foreign minister", acts_for="Japan", begin="2021-11", end="2023-09-13", who="Ana")
    met.correct("office", "Mori", "prime minister", begin="2023-09-14")
    with met.engine.connect() as connection:
        both = offices_of(connection, ["person:a-mori"])
        assert next((o.office, o.acts_for, o.begin, o.end, o.who) for o in both) == ("foreign minister", "JPN", "2021-11", "2023-09-13", "Ana")
        assert [o.office for o in both] == ["foreign minister", "prime minister"]
        assert [o.office for o in offices_of(connection, ["person:a-mori"], View(as_of=dt.date(2022, 1, 1)))] == ["foreign minister"]
        assert offices_of(connection, ["person:a-mori"], View(as_read=True)) == ()
    with pytest.raises(CorrectionError, match="from 13 September: write it as"):
        met.correct("office", "Mori", "x", begin="13 September")
    with pytest.raises(CorrectionError, match="before it begins"):
        met.correct("office", "Mori", "x", begin="2023-09", end="2022")


def test_stories_are_joined_and_parted(met: Ledger) -> None:
    (other,) = met.add(Wire("Ships sailed from Oslo with grain.", "2024-06-07").record())
    one, two = met.statements(by="Rebels")[0].source.report, other.report

    def stories() -> list[int | None]:
        from dragoman.ledger.stories import story_of

        with met.engine.connect() as connection:
            return [story_of(connection, r) for r in (one, two or 0)]

    assert stories() == [1, 2]
    met.correct("merge_stories", 1, 2)
    assert stories() == [1, 1]
    split = met.correct("split_stories", 1, f"r{two}")
    assert stories() == [1, 2]
    assert met.undo() == split
    assert stories() == [1, 1]
    met.undo()
    assert stories() == [1, 2]
    with pytest.raises(CorrectionError, match="takes two or more"):
        met.correct("merge_stories", 1, 1)
    with pytest.raises(CorrectionError, match="let some stay"):
        met.correct("split_stories", 1, one)
    with pytest.raises(CorrectionError, match="r2 is no report of story 1"):
        met.correct("split_stories", 1, 2)


def test_affairs_are_joined_and_parted(any_ledger: Ledger) -> None:
    def treaty(day: str, subject: str) -> Wire:
        return Wire(f"Peru and Chile proposed {subject}.", day).affair("agreement", ("state:PER", "state:CHL"), "proposed", subject, "proposed")

    any_ledger.add([treaty("2024-06-01", "a fisheries treaty").record(), treaty("2024-06-02", "a saltpetre pact").record()])

    def affairs() -> dict[str, int]:
        return {a.subject: a.affair for a in any_ledger.affairs("Peru")}

    apart = affairs()
    assert len(apart) == 2
    merged = any_ledger.correct("merge_affairs", *(f"a{n}" for n in apart.values()))
    assert len(affairs()) == 1
    assert len(any_ledger.affairs("Peru", as_read=True)) == 2
    pact = next(a for a in any_ledger.affairs("Peru", as_read=True) if "pact" in a.subject)
    split = any_ledger.correct("split_affairs", min(apart.values()), f"f{pact.source.finding}")
    assert affairs() == apart
    assert any_ledger.undo() == split
    assert len(affairs()) == 1
    assert any_ledger.undo() == merged
    assert affairs() == apart
    with pytest.raises(CorrectionError, match="is no finding of affair"):
        any_ledger.correct("split_affairs", min(apart.values()), pact.source.finding)
    with pytest.raises(NotInLedgerError, match="no affair a99"):
        any_ledger.correct("merge_affairs", 1, 99)
