from __future__ import annotations

import pytest
from sqlalchemy import select
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.answers.statements import Said
from dragoman.errors import CorrectionError, NotInLedgerError, UnknownNameError
from dragoman.ledger import tables
from dragoman.ledger.view import NOW

TEXT = "Peru refused talks with Chile until Chile leaves Arica. Bolivia said a treaty was near."


def told(text: str = TEXT, *, refusal: str = "talks with Chile until Chile leaves Arica", near: str | None = "a treaty was near") -> Wire:
    made = Wire(text, "2024-06-06", url="https://wire.test/1")
    made.statement("state:PER", "refused", refusal, act="refuse", to=("state:CHL",))
    if near:
        made.statement("state:BOL", "said", near)
    made.event("REJECT", ("state:PER",), ("state:CHL",), "refused").condition("state:PER", "talks with Chile", "Chile leaves Arica", ("state:CHL",))
    return made.affair("agreement", ("state:PER", "state:CHL"), "proposed", "treaty", "a treaty")


def first(ledger: Ledger, **asked: object) -> Said:
    (said,) = ledger.statements(by="Peru", **asked)
    return said


def number(ledger: Ledger, kind: str) -> str:
    with ledger.engine.connect() as connection:
        return f"f{connection.execute(NOW.narrow(select(tables.findings.c.id)).where(tables.findings.c.kind == kind)).scalars().first()}"


@pytest.fixture
def corrected(any_ledger: Ledger) -> Ledger:
    """A ledger with one report."""
    any_ledger.add(told().record())
    return any_ledger


def test_a_rejected_finding_is_no_longer_shown_but_as_read(corrected: Ledger, clock: Clock) -> None:
    before = first(corrected)
    clock.set("2024-07-03")
    made = corrected.correct("reject", before.source.finding, who="Ana", why="It was Chile.")
    assert corrected.statements(by="Peru") == []
    assert first(corrected, as_read=True) == before
    assert first(corrected, known="2024-07-02") == before
    (kept,) = corrected.corrections()
    assert (kept.correction, kept.what, kept.who, kept.why, kept.found, kept.finding) == (made, "reject", "Ana", "It was Chile.", True, before.source.finding)
    assert kept.words == "talks with Chile until Chile leaves Arica"


def test_a_confirmed_finding_says_so_and_keeps_its_confidence(corrected: Ledger) -> None:
    corrected.correct("confirm", f"f{first(corrected).source.finding}")
    source = first(corrected).source
    assert (source.verdict, source.confidence) == ("confirmed", 0.9)


def test_an_amended_finding_stands_in_place_of_the_readers(corrected: Ledger, clock: Clock) -> None:
    before = first(corrected)
    clock.set("2024-07-03")
    corrected.correct("amend", before.source.finding, act="demand", speaker="Santiago", addressees="Lima, BOL")
    (now,) = corrected.statements(by="Chile")
    assert (now.act, [a.code for a in now.about][:2], now.source.verdict, now.source.rule, now.source.confidence) == ("demand", ["PER", "BOL"], "amended", "person", 1.0)
    assert (now.content, now.source.sentence, now.source.start) == (before.content, before.source.sentence, before.source.start)
    assert corrected.statements(by="Peru") == []
    assert first(corrected, as_read=True) == before
    assert [s.source.finding for s in corrected.statements(search="Arica")] == [now.source.finding]


def test_nothing_clears_a_field(corrected: Ledger) -> None:
    corrected.correct("amend", first(corrected).source.finding, addressees=None, speaker="Chile")
    corrected.correct("amend", corrected.statements(by="Chile")[0].source.finding, speaker=None)
    (now,) = (s for s in corrected.statements() if s.source.verdict == "amended")
    assert now.speakers == ()


def test_corrections_of_one_finding_follow_on_one_another(corrected: Ledger) -> None:
    one = corrected.correct("amend", first(corrected).source.finding, act="demand")
    two = corrected.correct("amend", first(corrected).source.finding, manner="direct")
    assert (first(corrected).act, first(corrected).manner) == ("demand", "direct")
    corrected.undo(one)
    assert (first(corrected).act, first(corrected).manner) == ("refuse", "direct")
    three = corrected.correct("reject", first(corrected).source.finding)
    assert corrected.statements(by="Peru") == []
    assert corrected.undo() == three
    assert corrected.undo() == two
    assert (first(corrected).act, first(corrected).source.verdict) == ("refuse", None)


def test_what_was_undone_is_kept_and_known_before(corrected: Ledger, clock: Clock) -> None:
    clock.set("2024-07-03")
    made = corrected.correct("amend", first(corrected).source.finding, act="demand", who="Ana")
    clock.set("2024-07-05")
    corrected.undo(made, who="Ben")
    assert [first(corrected, known=day).act for day in ("2024-07-02", "2024-07-04", "2024-07-06")] == ["refuse", "demand", "refuse"]
    (kept,) = corrected.corrections()
    assert (kept.undone_by, kept.undone and kept.undone.date().isoformat()) == ("Ben", "2024-07-05")
    with pytest.raises(CorrectionError, match="undone on 2024-07-05 by Ben"):
        corrected.undo(made)
    with pytest.raises(NotInLedgerError, match="no correction to be undone"):
        corrected.undo()


def test_a_correction_finds_its_finding_again_whose_words_have_moved(corrected: Ledger, clock: Clock) -> None:
    made = corrected.correct("amend", first(corrected).source.finding, act="demand")
    clock.set("2024-07-05")
    corrected.add(told(refusal="talks with Chile until Chile leaves").record(reader="dragoman-test+2"))
    assert (first(corrected).act, first(corrected).content, first(corrected, as_read=True).act) == ("demand", "talks with Chile until Chile leaves", "refuse")
    assert first(corrected, known="2024-07-04").act == "demand"
    assert corrected.corrections(orphans=True) == []
    assert corrected.undo() == made
    assert first(corrected).act == "refuse"


def test_a_correction_without_its_finding_waits_and_comes_back(corrected: Ledger, clock: Clock) -> None:
    (other,) = corrected.statements(by="Bolivia")
    made = corrected.correct("reject", other.source.finding)
    clock.set("2024-07-05")
    corrected.add(told(near=None).record(reader="dragoman-test+2"))
    (orphan,) = corrected.corrections(orphans=True)
    assert (orphan.correction, orphan.words, orphan.finding, orphan.found) == (made, "a treaty was near", None, False)
    clock.set("2024-07-06")
    corrected.add(told(near="treaty was near").record(reader="dragoman-test+3"))
    assert corrected.corrections(orphans=True) == []
    assert corrected.statements(by="Bolivia") == []
    assert len(corrected.statements(by="Bolivia", as_read=True)) == 1


def test_less_than_half_of_the_words_are_not_the_same_finding(corrected: Ledger) -> None:
    corrected.correct("reject", first(corrected).source.finding)
    corrected.add(told(refusal="talks").record(reader="dragoman-test+2"))
    assert first(corrected).content == "talks"
    assert len(corrected.corrections(orphans=True)) == 1


def test_an_orphan_can_be_undone(corrected: Ledger) -> None:
    corrected.correct("reject", first(corrected).source.finding)
    corrected.add(told(refusal="talks").record(reader="dragoman-test+2"))
    corrected.undo()
    assert corrected.corrections(orphans=True) == []
    corrected.add(told().record(reader="dragoman-test+3"))
    assert first(corrected).act == "refuse"


def test_of_two_findings_on_the_same_words_the_one_that_says_the_same_is_meant(any_ledger: Ledger) -> None:
    def twice(*acts: str) -> Wire:
        made = Wire(TEXT)
        for act in acts:
            made.statement("state:PER", "refused", "talks with Chile", act=act)
        return made

    any_ledger.add(twice("refuse", "demand").record())
    demand = next(s for s in any_ledger.statements() if s.act == "demand")
    any_ledger.correct("reject", demand.source.finding)
    any_ledger.add(twice("demand", "refuse").record(reader="dragoman-test+2"))
    assert [s.act for s in any_ledger.statements()] == ["refuse"]


def test_an_amended_event_keeps_type_code_and_status_together(corrected: Ledger) -> None:
    def now() -> tuple[object, ...]:
        e, f = tables.events.c, tables.findings.c
        with corrected.engine.connect() as connection:
            query = select(e.type, e.cameo, e.goldstein, e.status, e.polarity, e.modality).join(tables.findings, f.id == e.finding)
            return tuple(connection.execute(NOW.narrow(query)).one())

    event = number(corrected, "event")
    corrected.correct("amend", event, cameo="163")
    assert now() == ("SANCTION", "163", -8.0, "actual", "affirmed", "asserted")
    corrected.correct("amend", number(corrected, "event"), type="consult", status="planned")
    assert now() == ("CONSULT", "040", 1.0, "planned", "affirmed", "planned")
    corrected.correct("amend", number(corrected, "event"), polarity="negated")
    assert now()[3:] == ("negated", "negated", "planned")


@pytest.mark.parametrize(
    ("kind", "fields", "says"),
    [
        ("statement", {}, "Say what is to be amended"),
        ("statement", {"colour": "red"}, "no field of this finding .statement.. Choose from act"),
        ("statement", {"act": "shout"}, "act=shout: choose from assert, accept"),
        ("statement", {"act": "refuse"}, "says so already"),
        ("event", {"cameo": "999"}, "CAMEO has no such code"),
        ("event", {"cameo": "163", "type": "AID"}, "163 is SANCTION, not AID"),
        ("event", {"cameo": "010"}, "mere statement"),
        ("event", {"status": "actual", "polarity": "negated"}, "does not go with"),
        ("event", {"background": "maybe"}, "choose from yes, no"),
        ("event", {"time": "June"}, "such as 2024-06-30"),
        ("condition", {"polarity": "firm"}, "choose from withheld"),
        ("affair", {"status": "lifted"}, "agreement has no status 'lifted'; choose from absent"),
        ("affair", {"kind": "sanctions", "status": "signed"}, "sanctions has no status"),
        ("affair", {"subject": ""}, "cannot be empty"),
    ],
)
def test_what_cannot_be_is_refused_and_says_what_can(corrected: Ledger, kind: str, fields: dict[str, str], says: str) -> None:
    with pytest.raises(CorrectionError, match=says):
        corrected.correct("amend", number(corrected, kind), **fields)
    assert corrected.corrections() == []


def test_what_does_not_exist_or_no_longer_stands_cannot_be_corrected(corrected: Ledger) -> None:
    for wrong in ("s1", "", "f1.5", -3):
        with pytest.raises(CorrectionError, match="is no finding"):
            corrected.correct("reject", wrong)
    with pytest.raises(NotInLedgerError, match="no finding f999"):
        corrected.correct("reject", 999)
    with pytest.raises(UnknownNameError, match="Did you mean Peru"):
        corrected.correct("amend", first(corrected).source.finding, speaker="Perru")
    with pytest.raises(CorrectionError, match="takes 1 name"):
        corrected.correct("reject", 1, 2)
    with pytest.raises(CorrectionError, match="takes no act"):
        corrected.correct("reject", 1, act="demand")
    with pytest.raises(CorrectionError, match=r"no correction\. Choose from confirm"):
        corrected.correct("praise", 1)
    old = first(corrected).source.finding
    corrected.correct("amend", old, act="demand")
    with pytest.raises(CorrectionError, match=f"amended by .* stands f{first(corrected).source.finding}"):
        corrected.correct("reject", old)
    new = first(corrected).source.finding
    rejected = corrected.correct("reject", new, who="Ana")
    with pytest.raises(CorrectionError, match=f"rejected by Ana .correction {rejected}.. Undo that first: dragoman undo {rejected}"):
        corrected.correct("confirm", new)
    corrected.undo()
    corrected.add(told().statement("state:CHL", "leaves", "Arica").record(reader="dragoman-test+2"))
    with pytest.raises(CorrectionError, match=f"of an earlier reading.* stands f{first(corrected).source.finding}"):
        corrected.correct("confirm", old)


def test_who_corrects_is_taken_from_the_surroundings(corrected: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DRAGOMAN_WHO", "Ana Prado")
    corrected.correct("confirm", first(corrected).source.finding)
    assert corrected.corrections()[0].who == "Ana Prado"
    assert corrected.corrections(who="Ben") == corrected.corrections(what="alias") == []


def test_an_amendment_that_no_longer_fits_waits(corrected: Ledger) -> None:
    corrected.correct("amend", number(corrected, "affair"), status="in_force")
    again = told()
    again.found["affairs"] = []
    again.affair("dispute", ("state:PER", "state:CHL"), "open", "treaty", "a treaty")
    corrected.add(again.record(reader="dragoman-test+2"))
    assert len(corrected.corrections(orphans=True)) == 1
