from __future__ import annotations

import datetime as dt
import sys

import pytest

from dragoman.errors import MissingExtraError
from dragoman.exports.tables import COLUMNS, TABLES, frame, rows, table
from dragoman.records import Record


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_the_columns_that_are_announced(record: Record, name: str) -> None:
    found = list(rows(record, name))  # type: ignore[arg-type]
    assert len(found) == len(getattr(record, name))
    assert all(list(row) == ["ref", "published", "publisher", *COLUMNS[name].split()] for row in found)  # type: ignore[index]


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
        table(record, "deeds")  # type: ignore[arg-type]


def test_without_the_extra_the_message_says_how_to_get_it(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"dragoman\[tables\]"):
        table(record, "events")
