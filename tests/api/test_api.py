from __future__ import annotations

import datetime as dt
import pickle
import subprocess
import sys

import pytest

import dragoman
from dragoman.errors import DragomanError, EmptyTextError, InputError, LanguageError
from dragoman.pipeline import Reader

TEXT = "LIMA, June 6 (Reuters) - Peru rejected Chile's demand for talks on Tuesday, its foreign minister said."


def test_read_gives_a_record(reader: Reader) -> None:
    record = dragoman.read(TEXT, published="2024-06-06", headline="Peru rejects talks", publisher="Wire", ref="a", reader=reader)
    assert record.report.text == TEXT
    assert (record.report.published, record.report.publisher, record.ref) == (dt.date(2024, 6, 6), "Wire", "a")
    assert {a.id for a in record.actors} >= {"state:PER", "state:CHL"}


@pytest.mark.parametrize("day", [dt.date(2024, 6, 6), dt.datetime(2024, 6, 6, 9), "2024-06-06", "2024-06-06T09:00:00Z"])
def test_a_day_may_be_given_in_any_form(reader: Reader, day: dt.date | str) -> None:
    assert dragoman.read(TEXT, published=day, reader=reader).report.published == dt.date(2024, 6, 6)


def test_read_says_what_is_wrong(reader: Reader) -> None:
    with pytest.raises(EmptyTextError):
        dragoman.read("  ", reader=reader)
    with pytest.raises(InputError, match="'June' is no date"):
        dragoman.read(TEXT, published="June", reader=reader)
    with pytest.raises(LanguageError, match="recognised: de"):
        dragoman.read("Die Regierung in Berlin hat am Dienstag neue Verhandlungen mit Polen abgelehnt und den Botschafter einbestellt.", reader=reader)
    with pytest.raises(TypeError, match="read_many"):
        dragoman.read([TEXT], reader=reader)


def test_many_may_be_texts_mappings_and_reports(reader: Reader) -> None:
    given = [TEXT, {"text": TEXT, "ref": "b", "published": dt.date(2024, 6, 6)}, dragoman.Report(text=TEXT)]
    records = list(dragoman.read_many(given, reader=reader))
    assert [r.ref for r in records] == [None, "b", None]
    assert all(r.report.text == TEXT for r in records)


def test_errors_are_raised_skipped_or_given(reader: Reader) -> None:
    given = [TEXT, {"ref": "x"}, TEXT]
    with pytest.raises(InputError, match="report 2: The field 'text' is missing"):
        list(dragoman.read_many(given, reader=reader))
    assert len(list(dragoman.read_many(given, on_error="skip", reader=reader))) == 2
    kinds = [isinstance(x, DragomanError) for x in dragoman.read_many(given, on_error="yield", reader=reader)]
    assert kinds == [False, True, False]
    with pytest.raises(ValueError, match="'raise', 'skip' or 'yield'"):
        dragoman.read_many(given, on_error="ignore", reader=reader)
    with pytest.raises(TypeError, match="for one use read"):
        dragoman.read_many(TEXT, reader=reader)


def test_a_record_survives_its_round_trip_and_pickling(reader: Reader) -> None:
    record = dragoman.read(TEXT, published="2024-06-06", reader=reader)
    assert dragoman.Record.from_json(record.to_json()) == record
    assert pickle.loads(pickle.dumps(record)) == record


def test_a_reader_pickles_as_its_settings(reader: Reader) -> None:
    raw = pickle.dumps(reader)
    assert len(raw) < 2_000
    again = pickle.loads(raw)
    assert again.fingerprint == reader.fingerprint


def test_errors_survive_pickling() -> None:
    for error in (LanguageError("fr", source="a.txt", line=3), EmptyTextError("nothing", source="b.txt")):
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error)
        assert str(again) == str(error)
        assert again.__dict__ == error.__dict__


def test_reading_twice_gives_the_same(reader: Reader) -> None:
    assert dragoman.read(TEXT, reader=reader) == dragoman.read(TEXT, reader=reader)


def test_the_import_loads_nothing_heavy() -> None:
    code = "import sys, dragoman; heavy = {'spacy', 'pydantic', 'rich', 'numpy'} & set(sys.modules); sys.exit(', '.join(heavy) or None)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_public_name_is_there_and_no_other() -> None:
    for name in dragoman.__all__:
        assert getattr(dragoman, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'parse'"):
        dragoman.parse  # noqa: B018


def test_a_record_shows_itself_in_a_notebook(reader: Reader) -> None:
    record = dragoman.read(TEXT, reader=reader)
    shown = record._repr_html_()
    assert shown.startswith('<div class="dragoman">')
    assert "Peru" in shown
    assert "<html" not in shown
