"""Answers of a ledger written: as a table for a person, as JSON, CSV or Parquet."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from dragoman.answers.row import Answered
from dragoman.errors import MissingExtraError
from dragoman.exports.terminal import console_on

if TYPE_CHECKING:
    import pyarrow

NARROW = 24  # columns that a cell may take before it is wrapped, but for the wide one


def write_answer(rows: Sequence[Answered], form: str, output: Path | None, *, title: str = "", empty: str = "") -> None:
    """Write the rows of an answer.

    Args:
        rows: The rows.
        form: `table`, `json`, `jsonl`, `csv` or `parquet`.
        output: The file; None: standard output.
        title: What the table is headed with.
        empty: What is said in the table's place where there is no row.

    Raises:
        MissingExtraError: If Parquet is asked for and pyarrow is not installed.
        OSError: If it cannot be written.
    """
    if form == "table":
        _write_text(_shown(rows, title, empty, terminal=output is None and sys.stdout.isatty()), output)
    elif form == "parquet":
        _write_bytes(_parquet(rows), output)
    elif form == "csv":
        _write_text(_csv(rows), output)
    elif form == "json":
        _write_text(json.dumps([r.model_dump(mode="json") for r in rows], ensure_ascii=False, indent=2) + "\n", output)
    else:
        _write_text("".join(r.model_dump_json() + "\n" for r in rows), output)


def table_of(rows: Sequence[Answered]) -> pyarrow.Table:
    """The rows as an Arrow table; lists stay lists.

    Raises:
        MissingExtraError: If pyarrow is not installed.
    """
    try:
        import pyarrow
    except ImportError:
        raise MissingExtraError("Tables need pyarrow. Install it with: pip install 'dragoman[tables]'") from None
    return pyarrow.Table.from_pylist([_plain(r.flat()) for r in rows])


def _shown(rows: Sequence[Answered], title: str, empty: str, *, terminal: bool) -> str:
    stream = io.StringIO()
    console = console_on(stream, terminal=terminal, width=None if not terminal else console_on(sys.stdout).width)
    if not rows:
        console.print(Text(empty, style="italic"))
        return stream.getvalue()
    made = Table(title=title or None, title_justify="left", title_style="bold", header_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=terminal)
    for heading in rows[0].cells():
        wide = heading == rows[0].wide
        made.add_column(heading, overflow="fold", ratio=1 if wide else None, max_width=None if wide else NARROW, no_wrap=heading == "Day")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row.cells().values()))
    console.print(made)
    return stream.getvalue()


def _csv(rows: Sequence[Answered]) -> str:
    """RFC 4180; several values in a cell are joined by `; `."""
    stream = io.StringIO(newline="")
    flat = [r.flat() for r in rows]
    writer = csv.DictWriter(stream, fieldnames=list(flat[0]) if flat else [], lineterminator="\r\n")
    if flat:
        writer.writeheader()
    for row in flat:
        writer.writerow({k: _cell(v) for k, v in row.items()})
    return stream.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in value)
    return value


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v if not isinstance(v, list) else [json.dumps(x) if isinstance(x, dict) else x for x in v] for k, v in row.items()}


def _parquet(rows: Sequence[Answered]) -> bytes:
    table = table_of(rows)
    import pyarrow.parquet

    sink = io.BytesIO()
    pyarrow.parquet.write_table(table, sink)
    return sink.getvalue()


def _write_text(words: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(words)
        sys.stdout.flush()
    else:
        output.write_text(words, encoding="utf-8", newline="")


def _write_bytes(raw: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    else:
        output.write_bytes(raw)
