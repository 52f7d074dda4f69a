"""Exports written: whole or not at all, with the codebook beside; rows as CSV, Parquet or JSON Lines."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, cast

from dragoman.errors import MissingExtraError
from dragoman.exports.codebook import Subject, page
from dragoman.exports.rows import ColumnKind, as_json

GROUP = 20_000  # rows of a row group in Parquet

type Page = list[dict[str, Any]]


@contextlib.contextmanager
def written(output: Path | None) -> Iterator[IO[bytes]]:
    """A stream to write to: standard output, or a file that takes its place only when all is written; packed where its name ends in `.gz`.

    Raises:
        OSError: If it cannot be written; what stood there before is left as it was.
    """
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    partial = output.with_name(f".{output.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as raw:
            if output.suffix == ".gz":
                with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:  # no name and no hour in it: equal contents, equal bytes
                    yield cast("IO[bytes]", packed)
            else:
                yield raw
            raw.flush()
            os.fsync(raw.fileno())
        partial.replace(output)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()


def write_lines(lines: Iterable[str], stream: IO[bytes]) -> None:
    """Write text as it comes."""
    for line in lines:
        stream.write(line.encode("utf-8", "surrogatepass"))


def write_rows(pages: Iterable[Page], columns: Mapping[str, tuple[ColumnKind, str]], form: str, stream: IO[bytes]) -> None:
    """Write pages of rows as they come.

    Args:
        pages: Rows, a page at a time.
        columns: What the columns hold and mean.
        form: `csv` (RFC 4180, several values in a cell joined by `; `), `parquet`, `jsonl`.
        stream: Where to.

    Raises:
        MissingExtraError: If Parquet is asked for and pyarrow is not installed.
    """
    if form == "csv":
        _write_csv(pages, list(columns), stream)
    elif form == "parquet":
        _write_parquet(pages, columns, stream)
    else:
        write_lines((as_json(row) for page in pages for row in page), stream)


def write_codebook(subject: Subject, output: Path | None) -> Path | None:
    """Write the codebook beside an export; gives its path, or None where the export goes to standard output."""
    if output is None:
        return None
    beside = output.with_name(f"{output.name}.codebook.md")
    beside.write_text(page(subject), encoding="utf-8")
    return beside


def _write_csv(pages: Iterable[Page], names: list[str], stream: IO[bytes]) -> None:
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, fieldnames=names, lineterminator="\r\n")
    writer.writeheader()
    for rows in pages:
        writer.writerows({k: _cell(v) for k, v in row.items()} for row in rows)
        _pass_on(held, stream)
    _pass_on(held, stream)


def _pass_on(held: io.StringIO, stream: IO[bytes]) -> None:
    stream.write(held.getvalue().encode("utf-8", "surrogatepass"))
    held.seek(0)
    held.truncate()


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return "; ".join(v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for v in value)
    return str(value).lower() if isinstance(value, bool) else value


def _write_parquet(pages: Iterable[Page], columns: Mapping[str, tuple[ColumnKind, str]], stream: IO[bytes]) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError("Parquet needs pyarrow. Install it with: pip install 'dragoman[tables]'") from None
    types = {"text": pa.string(), "texts": pa.list_(pa.string()), "day": pa.date32(), "real": pa.float64(), "whole": pa.int64(), "truth": pa.bool_()}
    schema = pa.schema([pa.field(name, types[kind], metadata={"meaning": told}) for name, (kind, told) in columns.items()])
    with pq.ParquetWriter(stream, schema) as writer:
        held: list[Any] = []  # small groups would make a large file of little content
        for rows in pages:
            held.append(pa.Table.from_pylist(rows, schema=schema))
            if sum(len(t) for t in held) >= GROUP:
                writer.write_table(pa.concat_tables(held), row_group_size=GROUP)
                held = []
        if held:
            writer.write_table(pa.concat_tables(held))
