"""Answers of a ledger written: as a table for a person, as JSON, CSV or Parquet."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dragoman.answers.row import Answered
from dragoman.errors import MissingExtraError
from dragoman.exports.terminal import console_on

if TYPE_CHECKING:
    import pyarrow
    from rich.console import Console


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
        _write_bytes(in_parquet(rows), output)
    elif form == "csv":
        _write_text(in_csv(rows), output)
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
    console = console_on(stream, terminal=terminal, width=console_on(sys.stdout).width if terminal else None)
    if not rows:
        console.print(Text(empty, style="italic"))
        return stream.getvalue()
    if title:
        console.print(Text(title, style="bold"))
    if rows[0].wide:
        for row in rows:
            _show_with_words(row, console)
    else:
        _show_table(rows, console)
    return stream.getvalue()


def _show_with_words(row: Answered, console: Console) -> None:
    """A line of what is short, the words of the report below it, and where they stand."""
    cells = row.cells()
    words, where = cells.pop(row.wide, ""), cells.pop("Where", "")
    first, *others = (c for c in cells.values() if c and c != "—")
    console.print()
    console.print(Text(first, style="bold").append("  " + " · ".join(others), style="not bold"))
    console.print(Padding(Text(" ".join(words.split()), style="green").append(f"  {where}" if where else "", style="dim not green"), (0, 0, 0, 4)))


def _show_table(rows: Sequence[Answered], console: Console) -> None:
    made = Table(header_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in rows[0].cells():
        made.add_column(heading, overflow="fold", no_wrap=heading in ("Day", "First", "Last"))
    for row in rows:
        made.add_row(*(Text(cell) for cell in row.cells().values()))
    console.print(made)


def in_csv(rows: Sequence[Answered]) -> str:
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


def in_parquet(rows: Sequence[Answered]) -> bytes:
    """The rows as a Parquet file.

    Raises:
        MissingExtraError: If pyarrow is not installed.
    """
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
