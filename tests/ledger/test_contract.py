"""What a ledger does, on every database: one suite, run on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from sqlalchemy import func, select
from tests.making import Clock, Wire

from dragoman.answers.ledger import Ledger
from dragoman.ledger import tables
from dragoman.records import Record


def told(day: str = "2024-06-06", **more: str) -> Wire:
    made = Wire("Peru refused talks with Chile until Chile leaves Arica. Peru and Chile have no treaty.", day, **more)
    made.statement("state:PER", "refused", "talks with Chile until Chile leaves Arica", act="refuse", to=("state:CHL",))
    made.event("REJECT", ("state:PER",), ("state:CHL",), "refused").condition("state:PER", "talks with Chile", "Chile leaves Arica", ("state:CHL",))
    return made.affair("agreement", ("state:PER", "state:CHL"), "absent", "treaty", "have no treaty")


def rows(any_ledger: Ledger) -> dict[str, int]:
    with any_ledger.engine.connect() as connection:
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables.metadata.sorted_tables}


def test_adding_twice_changes_nothing(any_ledger: Ledger) -> None:
    record = told().record()
    assert [a.fate for a in any_ledger.add([record, record])] == ["new", "known"]
    before = rows(any_ledger)
    assert [a.fate for a in any_ledger.add(record)] == ["known"]
    assert rows(any_ledger) == before


def test_a_record_comes_back_as_it_went_in(any_ledger: Ledger) -> None:
    record = told().record()
    (added,) = any_ledger.add(record)
    assert any_ledger.record(added.report) == record
    assert list(any_ledger.records()) == [record]


def test_another_reader_supersedes_and_what_was_known_stays(any_ledger: Ledger, clock: Clock) -> None:
    first, second = told().record(), told().statement("state:CHL", "leaves", "Arica").record(reader="dragoman-test+2")
    any_ledger.add(first)
    clock.set("2024-07-05")
    (added,) = any_ledger.add(second)
    assert added.fate == "reread"
    assert any_ledger.record(added.report) == second
    assert len(any_ledger.statements()) == 2
    assert len(any_ledger.statements(known="2024-07-03")) == 1


def test_a_new_text_at_the_same_address_is_a_revision(any_ledger: Ledger) -> None:
    any_ledger.add(told(url="https://wire.test/1").record())
    revised = Wire("Peru agreed to talks with Chile.", url="https://wire.test/1").record()
    (added,) = any_ledger.add(revised)
    assert added.fate == "revision"
    with any_ledger.engine.connect() as connection:
        assert connection.execute(select(tables.reports.c.revises).where(tables.reports.c.id == added.report)).scalar() == 1


def test_statements_are_found_by_speaker_words_and_day(any_ledger: Ledger) -> None:
    any_ledger.add([told("2024-06-06").record(), told("2024-06-09").record()])
    assert [str(s.day) for s in any_ledger.statements(by="Lima", about="chile")] == ["2024-06-09", "2024-06-06"]
    assert [str(s.day) for s in any_ledger.statements(by="PER", as_of="2024-06-07")] == ["2024-06-06"]
    assert len(any_ledger.statements(search="arica")) == 2
    assert not any_ledger.statements(search="Tacna")
    assert any_ledger.statements(act="refuse")[0].source.sentence == "Peru refused talks with Chile until Chile leaves Arica."


def test_the_migrations_make_the_tables_that_the_code_knows(any_ledger: Ledger) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with any_ledger.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": lambda o, name, *_: "_words" not in (name or "")})  # the full-text index makes its own
        assert compare_metadata(context, tables.metadata) == []


def test_a_ledger_without_text_keeps_findings_and_no_words(tmp_path) -> None:
    record: Record = told().record()
    with Ledger(tmp_path / "bare.db", keep_text=False) as bare:
        bare.add(record)
        (said,) = bare.statements()
        assert said.content is None
        assert said.source.sentence is None
        assert said.act == "refuse"
    assert b"Arica" not in (tmp_path / "bare.db").read_bytes()
