"""All of one affair, and whom a ledger has met: on either database."""

from __future__ import annotations

from tests.making import Wire

from dragoman.answers.ledger import Ledger

SIDES = ("state:IRN", "state:USA")


def deal(day: str, status: str, words: str, subject: str) -> Wire:
    return Wire(words, day, url=f"https://wire.test/{day}").affair("agreement", SIDES, status, subject, words)


def held(day: str, words: str, what: str, until: str) -> Wire:
    return Wire(words, day, url=f"https://wire.test/{day}").condition("state:IRN", what, until, ("state:USA",))


def test_an_affair_with_its_wordings_and_the_conditions_that_touch_it(any_ledger: Ledger) -> None:
    any_ledger.add([
        deal("2024-03-01", "in_force", "The JCPOA is in force, Tehran insists.", "JCPOA").record(),
        deal("2024-04-01", "suspended", "Washington has suspended the Iran nuclear deal.", "Iran nuclear deal").record(),
        deal("2024-04-02", "signed", "The two signed a fishing accord in Muscat.", "fishing accord").record(),
        held("2024-05-01", "Iran will not return to the nuclear deal until the United States lifts its embargo.", "return to the nuclear deal", "United States lifts its embargo").record(),
        held("2024-05-02", "Iran will sell no carpets unless the United States buys pistachios.", "sell no carpets", "United States buys pistachios").record(),
    ])  # fmt: skip
    dossier = any_ledger.dossier(1)
    assert dossier.stands is not None
    assert (dossier.stands.status, [s.status for s in dossier.steps]) == ("suspended", ["in_force", "suspended"])
    assert sorted((w.subject, w.names, w.reports) for w in dossier.wordings) in (
        [("Iran nuclear deal", ("JCPOA",), 2)],
        [("Iran nuclear deal", ("JCPOA",), 1), ("JCPOA", ("JCPOA",), 1)],
    )
    assert [c.consequent for c in dossier.conditions] == ["return to the nuclear deal"]
    assert [b.subject for b in dossier.beside] == ["fishing accord"]
    assert any_ledger.dossier(1, as_of="2023-01-01").stands is None


def test_whom_a_ledger_has_met(any_ledger: Ledger) -> None:
    made = Wire("Reza Amini refused talks, and Reza Amini rejected a visit.", "2024-03-01").actor("person:reza-amini", "Reza Amini", "IRN", office="envoy")
    made.statement("person:reza-amini", "refused", "talks", act="refuse").event("REJECT", ("person:reza-amini",), ("state:USA",), "rejected")
    any_ledger.add(made.record())
    assert [(m.name, m.lately, m.office) for m in any_ledger.actors(kind="person")] == [("Reza Amini", 2, "envoy")]
    assert [m.id for m in any_ledger.actors(search="amini rez")] == ["person:reza-amini"]
    assert [m.id for m in any_ledger.actors(of="Iran")] == ["person:reza-amini"]
    assert any_ledger.actors(search="%") == []
    any_ledger.correct("alias", "Reza Amini", "the man from Yazd", who="Ana")
    assert [m.id for m in any_ledger.actors(search="yazd")] == ["person:reza-amini"]
