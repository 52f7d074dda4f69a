from __future__ import annotations

import datetime as dt
import sys

import pytest

from dragoman.errors import MissingExtraError
from dragoman.exports.columns import TABLES, columns, meaning
from dragoman.exports.tables import frame, rows, table
from dragoman.records import Record


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_the_columns_that_are_announced(record: Record, name: str) -> None:
    found = list(rows(record, name))
    assert len(found) == len(getattr(record, name))
    assert all(list(row) == columns(name) for row in found)


@pytest.mark.parametrize("name", TABLES)
def test_every_column_says_what_it_means(record: Record, name: str) -> None:
    assert all(meaning(name, c).endswith((".", "…")) for c in columns(name))
    pytest.importorskip("pyarrow")
    assert all(field.metadata[b"description"] for field in table(record, name).schema)


def test_a_frame_keeps_days_and_whole_numbers(record: Record) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("pandas")
    events = frame(record, "events")
    assert events["published"].dt.year.tolist() == [2024, 2024]
    assert str(events["geonameid"].dtype) == "Int64"


def test_an_event_is_one_row_with_names_and_codes(record: Record) -> None:
    row = next(iter(rows(record, "events")))
    assert row["source_names"] == ["Bolivia"]
    assert row["target_codes"] == ["CHL"]
    assert (row["trigger"], row["time"], row["place"], row["published"]) == ("threatened", "2024-06-10", "Arica", dt.date(2024, 6, 11))


def test_arrow_and_pandas(record: Record) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("pandas")
    made = table([record, record], "events")
    assert made.num_rows == 4
    assert list(frame(record, "statements")["act"]) == ["threaten", "refuse", "assert"]


def test_an_empty_table_has_the_same_columns(record: Record) -> None:
    pytest.importorskip("pyarrow")
    assert table([], "events").schema == table(record, "events").schema


def test_an_unknown_table_names_the_choices(record: Record) -> None:
    pytest.importorskip("pyarrow")
    with pytest.raises(ValueError, match="choose from actors"):
        table(record, "deeds")


def test_without_the_extra_the_message_says_how_to_get_it(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"dragoman\[tables\]"):
        table(record, "events")
