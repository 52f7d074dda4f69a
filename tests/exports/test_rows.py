from __future__ import annotations

import csv
import io
import json
from typing import Any, get_args

import pytest
from tests.exports.filled import fill, first

from dragoman.answers.ledger import Ledger
from dragoman.exports.files import write_rows
from dragoman.exports.rows import Kind, columns, pages
from dragoman.ledger.view import NOW, View


def rows(ledger: Ledger, kind: Kind, view: View = NOW, *, every: bool = True) -> list[dict[str, Any]]:
    with ledger.engine.connect() as connection:
        return [row for page in pages(connection, kind, view, every=every) for row in page]


def written(ledger: Ledger, kind: Kind, form: str) -> bytes:
    stream = io.BytesIO()
    with ledger.engine.connect() as connection:
        write_rows(pages(connection, kind), columns(kind), form, stream)
    return stream.getvalue()


@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_row_a_finding_with_its_source(any_ledger: Ledger, kind: Kind) -> None:
    fill(any_ledger)
    told = rows(any_ledger, kind)
    assert len(told) == {"statement": 2, "event": 9, "condition": 2, "affair": 2}[kind]
    assert list(told[0]) == list(columns(kind))
    assert told[0]["source_publisher"] == "Andes Wire"
    assert told[0]["source_ref"] == "a1"
    assert told[0]["source_sentence"].startswith("Peru's foreign minister")


def test_sides_and_labels(ledger: Ledger) -> None:
    fill(ledger)
    accuse = rows(ledger, "event")[0]
    assert (accuse["source_names"], accuse["source_codes"], accuse["target_codes"], accuse["quad"]) == (["Ana Sousa"], ["PER"], ["CHL"], "verbal_conflict")
    assert accuse["context"] == ["maritime"]
    one, other = (r for r in rows(ledger, "event") if r["type"] == "ACCUSE")
    assert one["story"] == other["story"]
    assert rows(ledger, "affair")[0]["affairs"] == rows(ledger, "affair")[1]["affairs"] != []


def test_only_what_came_to_pass_where_asked(ledger: Ledger) -> None:
    fill(ledger)
    assert {r["type"] for r in rows(ledger, "event", every=False)} == {"ACCUSE", "CONSULT", "PROTEST", "SUPPORT"}


def test_pages_lose_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(ledger)
    whole = rows(ledger, "event")
    monkeypatch.setattr("dragoman.exports.rows.AT_ONCE", 2)
    assert rows(ledger, "event") == whole


@pytest.mark.parametrize("kind", get_args(Kind))
def test_csv_and_json_lines_say_the_same(ledger: Ledger, kind: Kind) -> None:
    fill(ledger)
    lines = [json.loads(line) for line in written(ledger, kind, "jsonl").decode().splitlines()]
    table = list(csv.DictReader(io.StringIO(written(ledger, kind, "csv").decode(), newline="")))
    assert [int(r["finding"]) for r in table] == [r["finding"] for r in lines]
    assert [r["source_sentence"] for r in table] == [r["source_sentence"] for r in lines]


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("kind", get_args(Kind))
def test_parquet_has_the_same_columns_whatever_it_holds(ledger: Ledger, kind: Kind, filled: bool) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs the extra: pip install 'dragoman[tables]'")
    import pyarrow.parquet as pq

    if filled:
        fill(ledger)
    table = pq.read_table(io.BytesIO(written(ledger, kind, "parquet")))
    assert table.column_names == list(columns(kind))
    assert table.schema.field("source_confidence").metadata[b"meaning"] == b"How sure the reader is, 0 to 1."
    assert table.num_rows == len(rows(ledger, kind))


def test_a_ledger_without_text_gives_rows_without_words(tmp_path) -> None:
    with Ledger(tmp_path / "bare.db", keep_text=False) as bare:
        bare.add(first().record())
        (said,) = rows(bare, "statement")
        assert (said["content"], said["source_sentence"], said["source_headline"]) == (None, None, None)
