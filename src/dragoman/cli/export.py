"""`dragoman export`: a ledger's findings, or all of it, for other programs; each with its codebook."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.asking import DEFAULT, Output, Where
from dragoman.cli.console import NOTHING_READ, fail, progress, say
from dragoman.cli.question import Question, question

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from dragoman.exports.codebook import Rows, Subject
    from dragoman.ledger.view import View

EVERY = 1000  # lines between two movements of the running count
export = typer.Typer(no_args_is_help=True, help="Write a ledger's findings, or all of it, for other programs; each with its codebook.")


class Form(StrEnum):
    """How events are written."""

    PLOVER = "plover"
    CAMEO = "cameo"
    CSV = "csv"
    PARQUET = "parquet"
    JSONL = "jsonl"
    FTM = "ftm"
    JSONLD = "jsonld"


class RowForm(StrEnum):
    """How rows are written."""

    CSV = "csv"
    PARQUET = "parquet"
    JSONL = "jsonl"


type Draw = Callable[[Connection, View], Iterator[str]]
TABLES = (Form.CSV, Form.PARQUET, Form.JSONL)
ToRows = Annotated[RowForm | None, typer.Option("--to", help="How to write; else by --output's suffix, jsonl where that does not say.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no closing line.")]


@export.command()
@question(without=("limit", "to"))
def events(
    ask: Question,
    to: Annotated[Form | None, typer.Option("--to", help="How to write; else by --output's suffix, plover where that does not say.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also what is negated, planned, possible or background; else only what came to pass and is told as news.")] = False,
    quiet: Quiet = False,
) -> None:
    """Events: one a story as PLOVER, CAMEO, FollowTheMoney or JSON-LD; one row a finding as CSV, Parquet or JSON Lines.

    Examples:
      dragoman export events --to plover -o events.plover.jsonl
      dragoman export events --to cameo --since 2024-01-01 -o events.tab
      dragoman export events --all -o events.parquet
      dragoman export events --to ftm | ftm aggregate
    """
    form = to or {".csv": Form.CSV, ".parquet": Form.PARQUET, ".tab": Form.CAMEO, ".tsv": Form.CAMEO, ".jsonld": Form.JSONLD}.get(_suffix(ask.output), Form.PLOVER)
    if form in TABLES:
        _rows("events", ask, RowForm(form), quiet, every=every)
        return
    from dragoman.exports import cameo, ftm, jsonld, plover
    from dragoman.ledger.store import CODEBOOK

    draws: dict[Form, tuple[Subject, Draw]] = {
        Form.PLOVER: ("plover", lambda c, v: plover.lines(c, v, every=every, codebook=CODEBOOK)),
        Form.CAMEO: ("cameo", lambda c, v: cameo.lines(c, v, every=every)),
        Form.FTM: ("ftm", lambda c, v: ftm.lines(c, v, every=every)),
        Form.JSONLD: ("jsonld", lambda c, v: jsonld.pieces(c, v, every=every)),
    }
    subject, draw = draws[form]
    with _drawn(ask) as (connection, view):
        _write(subject, draw(connection, view), ask.output, quiet)


@export.command()
@question(without=("limit", "to"))
def statements(ask: Question, to: ToRows = None, quiet: Quiet = False) -> None:
    """Statements, one row a finding.

    Example:  dragoman export statements -o statements.parquet
    """
    _rows("statements", ask, to, quiet)


@export.command()
@question(without=("limit", "to"))
def conditions(ask: Question, to: ToRows = None, quiet: Quiet = False) -> None:
    """Conditions, one row a finding.

    Example:  dragoman export conditions -o conditions.csv
    """
    _rows("conditions", ask, to, quiet)


@export.command()
@question(without=("limit", "to"))
def affairs(ask: Question, to: ToRows = None, quiet: Quiet = False) -> None:
    """Affairs, one row a finding: what one report says of a matter.

    Example:  dragoman export affairs -o affairs.csv
    """
    _rows("affairs", ask, to, quiet)


@export.command("ledger")
def ledger_(output: Output = None, quiet: Quiet = False, where: Where = DEFAULT) -> None:
    """The whole ledger: every reading with the times in which it was known, people's corrections, and what was deleted on demand. `dragoman add` takes it in again.

    Examples:
      dragoman export ledger -o ledger.jsonl.gz
      dragoman add --ledger copy.db ledger.jsonl.gz
    """
    from dragoman.ledger.transfer import given_out

    with _drawn(Question(where)) as (connection, _):
        _write("ledger", (json.dumps(line, ensure_ascii=False) + "\n" for line in given_out(connection)), output, quiet)


@export.command()
def codebook(output: Output = None) -> None:
    """What every column and label of all exports means. Each export writes its own part beside itself.

    Example:  dragoman export codebook -o codebook.md
    """
    from dragoman.exports.codebook import whole

    if output is None:
        typer.echo(whole(), nl=False)
        return
    try:
        output.write_text(whole(), encoding="utf-8")
    except OSError as error:
        fail(f"{output}: cannot be written: {error.strerror or error}.", NOTHING_READ)


def _rows(subject: Rows, ask: Question, to: RowForm | None, quiet: bool, *, every: bool = True) -> None:
    from dragoman.exports.codebook import KINDS
    from dragoman.exports.files import write_rows
    from dragoman.exports.rows import columns, pages

    form = to or {".csv": RowForm.CSV, ".parquet": RowForm.PARQUET}.get(_suffix(ask.output), RowForm.JSONL)
    kind = KINDS[subject]
    with _drawn(ask) as (connection, view), _told(subject, ask.output, quiet) as (stream, count):
        write_rows((count(page, len(page)) for page in pages(connection, kind, view, every=every)), columns(kind), form.value, stream)


def _write(subject: Subject, lines: Iterable[str], output: Path | None, quiet: bool) -> None:
    from dragoman.exports.files import write_lines

    with _told(subject, output, quiet) as (stream, count):
        write_lines((count(line, 1) for line in lines), stream)


@contextmanager
def _drawn(ask: Question) -> Iterator[tuple[Connection, View]]:
    """One state of a ledger, and as of when it is looked at."""
    from dragoman.answers.asking import view_of
    from dragoman.ledger.transfer import one_state

    with ask.ledger() as ledger, one_state(ledger.engine) as connection:
        yield connection, view_of(**ask.options)


@contextmanager
def _told(subject: Subject, output: Path | None, quiet: bool) -> Iterator[tuple[Any, Callable[[Any, int], Any]]]:
    """Where an export is written to, and what counts it on the way; the codebook beside it and a closing line come at the end."""
    from dragoman.exports.files import write_codebook, written

    done = 0
    try:
        with progress(not quiet, by_itself=True) as bar, written(output) as stream:
            task = bar.add_task("Writing", total=None)

            def count(what: Any, many: int) -> Any:
                nonlocal done
                done += many
                if many > 1 or done % EVERY == 0:
                    bar.update(task, completed=done)
                return what

            yield stream, count
        beside = write_codebook(subject, output)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        fail(f"{output or 'Standard output'}: cannot be written: {error.strerror or error}. Nothing was changed there.", NOTHING_READ)
    if not quiet and beside is not None:
        say(f"{output}: {done:,} {'rows' if subject in ('statements', 'conditions', 'affairs', 'events') else 'lines'}. What they mean: {beside}")


def _suffix(output: Path | None) -> str:
    return "" if output is None else output.suffix.lower()
