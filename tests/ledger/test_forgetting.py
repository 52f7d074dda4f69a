from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.errors import CorrectionError, NotInLedgerError
from dragoman.ledger import tables
from dragoman.ledger.forgetting import wipe
from dragoman.records import Record

TEXT = "Quiverton envoys rejected zirconium talks with Chile until the Glasswing ferry returns. Peru and Chile proposed a saltpetre partnership for the Atacama basin in the coming years, officials said."
WORDS = sorted({w for w in re.findall(r"\w+", TEXT) if len(w) > 6})


def secret(url: str = "https://wire.test/secret") -> Record:
    made = Wire(TEXT, "2024-06-06", url=url, headline="Zirconium quarrel", ref="secret.txt")
    made.actor("group:quiverton-envoys", "Quiverton envoys")
    made.statement("group:quiverton-envoys", "rejected", "zirconium talks with Chile until the Glasswing ferry returns", act="refuse", to=("state:CHL",))
    made.event("REJECT", ("group:quiverton-envoys",), ("state:CHL",), "rejected").condition("group:quiverton-envoys", "zirconium talks", "Glasswing ferry returns", ("state:CHL",))
    made.affair(
        "agreement", ("state:PER", "state:CHL"), "proposed", "a saltpetre partnership for the Atacama basin in the coming years, officials said", "proposed a saltpetre partnership"
    )
    return made.record()


def other(day: str) -> Record:
    return Wire(f"Peru said on {day} that grain would be sold.", day).statement("state:PER", "said", "grain would be sold").record()


def in_files(folder: Path) -> bytes:
    """All that stands in the ledger's files, with what is compressed in them."""
    return b"".join(p.read_bytes() for p in sorted(folder.glob("ledger.db*")))


def count(ledger: Ledger) -> dict[str, int]:
    with ledger.engine.connect() as connection:
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables.metadata.sorted_tables}


def test_a_forgotten_report_leaves_no_word_in_the_files(ledger: Ledger, tmp_path: Path) -> None:
    ledger.add([other("2024-06-01"), secret(), other("2024-06-08")])
    number = next(s.source.finding for s in ledger.statements() if s.act == "refuse")
    with ledger.engine.connect() as connection:
        affair = connection.execute(select(tables.affairs.c.finding)).scalar_one()
    ledger.correct("amend", number, act="demand", why="Quiverton meant it")
    ledger.correct("amend", affair, subject="the Saltpetre Partnership", why="capital letters")
    ledger.add(secret().model_copy(update={"reader": "dragoman-test+2", "statements": ()}))
    assert len(ledger.corrections(orphans=True)) == 1
    assert all(w.encode() in in_files(tmp_path) for w in ("Glasswing", "Zirconium", "saltpetre"))
    assert ledger.forget("https://wire.test/secret", who="Ana", why="asked to")
    found = in_files(tmp_path)
    assert [w for w in [*WORDS, "Zirconium", "Partnership", "secret.txt"] if re.search(rf"\b{w}".encode(), found, re.IGNORECASE)] == []
    assert b"saltpet" not in found  # nor a stem in the full-text index
    assert (tmp_path / "ledger.db-wal").stat().st_size == 0
    assert [s.content for s in ledger.statements()] == ["grain would be sold"] * 2
    assert len(ledger.search("grain")) == 2
    with ledger.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        connection.exec_driver_sql("INSERT INTO reports_words(reports_words) VALUES ('integrity-check')")


def test_forgetting_leaves_what_others_told(any_ledger: Ledger) -> None:
    any_ledger.add([other("2024-06-01"), other("2024-06-08")])
    before = count(any_ledger)
    any_ledger.add(secret())
    any_ledger.correct("confirm", next(s.source.finding for s in any_ledger.statements() if s.act == "refuse"))
    assert any_ledger.forget("secret.txt")
    assert count(any_ledger) == {**before, "forgotten": 1}


def test_a_revision_of_a_forgotten_report_revises_what_it_revised(ledger: Ledger) -> None:
    url = "https://wire.test/1"
    numbers = [ledger.add(Wire(f"Version {n} of the talks.", url=url).record())[0].report for n in range(3)]
    ledger.forget(f"r{numbers[1]}")
    with ledger.engine.connect() as connection:
        r = tables.reports.c
        assert list(connection.execute(select(r.id, r.revises).order_by(r.id))) == [(numbers[0], None), (numbers[2], numbers[0])]


def test_a_forgotten_report_is_not_taken_in_again_until_that_is_lifted(any_ledger: Ledger) -> None:
    (added,) = any_ledger.add([secret()])
    with any_ledger.engine.connect() as connection:
        key = connection.execute(select(tables.reports.c.key)).scalar_one()
    any_ledger.forget(added.report or 0)
    (again,) = any_ledger.add([secret()])
    assert again.fate == "aside"
    assert f"dragoman forget --undo {key[:12]}" in str(again.error)
    with pytest.raises(CorrectionError, match="at least 8"):
        any_ledger.unforget("ab")
    with pytest.raises(NotInLedgerError, match="was deleted"):
        any_ledger.unforget("f" * 12)
    assert any_ledger.unforget(key[:12]) == key
    assert [a.fate for a in any_ledger.add([secret()])] == ["new"]


def test_what_is_to_be_forgotten_must_be_one_report(ledger: Ledger) -> None:
    ledger.add([secret(), secret("https://wire.test/again")])
    with pytest.raises(CorrectionError, match=r"secret\.txt may be r1 or r2"):
        ledger.forget("secret.txt")
    with pytest.raises(NotInLedgerError, match="no report r9"):
        ledger.forget("r9")


def test_a_program_that_still_looks_keeps_the_trace_and_it_is_told(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("dragoman.ledger.forgetting.PATIENCE", 0.2)
    ledger.add([secret(), other("2024-06-08")])
    wipe(ledger.engine)
    with ledger.engine.connect() as looking:
        looking.execute(select(tables.reports.c.text)).all()
        assert not ledger.forget("r1")
    assert wipe(ledger.engine)
    assert b"Glasswing" not in in_files(tmp_path)


def test_without_text_no_run_of_eight_words_is_kept(tmp_path: Path) -> None:
    with Ledger(tmp_path / "ledger.db", keep_text=False) as bare:
        bare.add(secret())
        statement = bare.statements()[0].source.finding
        bare.correct("amend", statement, act="demand")
        assert (bare.statements()[0].act, bare.statements()[0].content, bare.statements()[0].source.sentence) == ("demand", None, None)
        bare.add(secret().model_copy(update={"reader": "dragoman-test+2"}))
        assert bare.statements()[0].act == "demand"
        assert [a.fate for a in bare.add([secret().model_copy(update={"reader": "dragoman-test+2"})])] == ["known"]
        (kept,) = bare.corrections()
        assert kept.words is None
        with bare.engine.connect() as connection:
            cells = [str(v) for t in tables.metadata.sorted_tables for row in connection.execute(select(t)) for v in row if isinstance(v, str)]
            blobs = [zlib.decompress(b).decode() for b in connection.execute(select(tables.readings.c.record)).scalars()]
    text = TEXT.split()
    runs = {" ".join(text[i : i + 8]) for i in range(len(text) - 7)}
    everything = in_files(tmp_path).decode("utf-8", "replace")
    for place in (everything, "\n".join(cells), "\n".join(blobs)):
        plain = " ".join(place.split())
        assert [r for r in runs if r in plain] == []
    assert "Glasswing" not in everything + "".join(cells) + "".join(blobs)
    assert "a saltpetre partnership for the Atacama" in cells
