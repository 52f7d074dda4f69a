"""What the questions have in common: which ledger, as of when, and how the answer is written."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

import typer

from dragoman.cli.console import NOTHING_READ, USAGE, fail, pipe_may_close

if TYPE_CHECKING:
    from dragoman.answers.ledger import Ledger

WHERE, WHEN, ANSWER = "Which ledger", "As of when", "How it is answered"
DEFAULT = "ledger.db"


class As(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


Where = Annotated[
    str, typer.Option("--ledger", metavar="PATH", envvar="DRAGOMAN_LEDGER", help="The ledger: a file, or a URL such as postgresql://user@host/name.", rich_help_panel=WHERE)
]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="What held at the end of this day, by all that is known now.", rich_help_panel=WHEN)]
Since = Annotated[str | None, typer.Option("--since", metavar="DAY", help="Nothing from before this day.", rich_help_panel=WHEN)]
KnownOn = Annotated[str | None, typer.Option("--known", metavar="DAY", help="Only what the ledger knew at the end of this day (UTC).", rich_help_panel=WHEN)]
AsRead = Annotated[bool, typer.Option("--as-read", help="Without what people corrected.", rich_help_panel=WHEN)]
To = Annotated[As | None, typer.Option("--to", help="How to write; else by --output's suffix, table on a terminal, jsonl otherwise.", rich_help_panel=ANSWER)]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of to standard output.", rich_help_panel=ANSWER)]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many rows at most.", rich_help_panel=ANSWER)]


@contextmanager
def asked(where: str, *, create: bool = False, keep_text: bool = True) -> Iterator[Ledger]:
    """The ledger, open for a question or for adding; an error becomes one line and an exit code.

    Args:
        where: Its address.
        create: Whether it is made where there is none.
        keep_text: Whether words of reports that are added are kept.
    """
    from dragoman.answers.ledger import Ledger
    from dragoman.errors import DragomanError, InputError, LedgerError, UnknownNameError

    try:
        with pipe_may_close(), Ledger(where, create=create, keep_text=keep_text) as ledger:
            yield ledger
    except (InputError, UnknownNameError) as error:
        fail(str(error), USAGE)
    except (LedgerError, DragomanError) as error:
        fail(str(error), NOTHING_READ)


def answer(rows: Sequence[Any], *, to: As | None, output: Path | None, title: str, empty: str) -> None:
    """Write the rows of an answer.

    Args:
        rows: Rows, each a model.
        to: How; None: by the suffix of `output`, else a table on a terminal and JSON Lines otherwise.
        output: The file; None: standard output.
        title: What the table is headed with.
        empty: What is said, on a terminal, where there is no row: why that may be and what to do.
    """
    from dragoman.exports.answers import write_answer

    form = written_as(to, output)
    try:
        write_answer(rows, form.value, output, title=title, empty=empty)
    except OSError as error:
        fail(f"{output or 'Standard output'}: cannot be written: {error.strerror or error}.", NOTHING_READ)


def written_as(to: As | None, output: Path | None) -> As:
    """How an answer is written, where `--to` may say nothing of it."""
    suffixes = {".json": As.JSON, ".jsonl": As.JSONL, ".ndjson": As.JSONL, ".csv": As.CSV, ".parquet": As.PARQUET, ".txt": As.TABLE}
    if to is not None:
        return to
    if output is not None:
        return suffixes.get(output.suffix.lower(), As.JSONL)
    return As.TABLE if sys.stdout is not None and sys.stdout.isatty() else As.JSONL


def choice[T](option: str, told: str | None, choices: Any) -> T | None:
    """A value that must be one of the choices of a Literal; else says which there are and ends."""
    if told is not None and told not in get_args(choices):
        fail(f"--{option} {told}: choose from {', '.join(get_args(choices))}.", USAGE)
    return cast("T | None", told)


def choices(option: str, told: Sequence[str] | None, allowed: Any) -> list[Any]:
    """Several values of a Literal; see `choice`."""
    return [choice(option, value, allowed) for value in told or ()]
