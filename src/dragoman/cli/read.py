"""`dragoman read`: reports in, records out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from dragoman.cli.console import INTERRUPTED, NOTHING_READ, READ, SOME_SET_ASIDE, USAGE, fail, pipe_may_close, say, standard
from dragoman.cli.inputs import FORMS, OUTPUT, Actors, From, FromForm, Headline, Model, Paths, Published, Publisher, Quiet, Workers, is_one, stdin_of, told_of
from dragoman.cli.tally import Tally

if TYPE_CHECKING:
    from dragoman.engines.local import Outcome
    from dragoman.intake.item import Told


class To(StrEnum):
    """How records are written."""

    TERMINAL = "terminal"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


SUFFIXES = {".json": To.JSON, ".jsonl": To.JSONL, ".ndjson": To.JSONL, ".html": To.HTML, ".htm": To.HTML, ".txt": To.TERMINAL}


def read(
    paths: Paths,
    from_: FromForm = From.AUTO,
    published: Published = None,
    publisher: Publisher = None,
    headline: Headline = None,
    model: Model = None,
    actors: Actors = None,
    workers: Workers = 1,
    to: Annotated[To | None, typer.Option(help="How to write; else by --output's suffix, terminal on a terminal, jsonl otherwise.", rich_help_panel=OUTPUT)] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of to standard output.", rich_help_panel=OUTPUT)] = None,
    quiet: Quiet = False,
) -> None:
    """Read reports and show what they say: who is who, what was said and done, on what condition, and where matters stand.

    Examples:
      dragoman read report.txt --published 2024-06-06
      dragoman read page.html --to html -o page-read.html
      dragoman read reports/ --workers 4 -o records.jsonl
      cat wire.jsonl | dragoman read --from jsonl --to jsonl - > records.jsonl

    Ends with 0 where all was read, 3 where something was set aside, 1 where nothing could be read, 2 where the command is wrong,
    130 after Ctrl-C, 141 where the program that it wrote to has gone.
    """
    form = to or _form_by(output)
    told = told_of(published, publisher, headline, paths, from_)
    _check_output(output, paths)
    tally = Tally(shown=not quiet and (form is not To.TERMINAL or output is not None), notes_shown=not quiet and form is not To.TERMINAL)
    stream = None
    try:
        from dragoman.cli.writers import writer_of

        stream = _opened(output)
        with pipe_may_close(), stream as opened:
            outcomes = _outcomes(paths, from_, told, output, model=model, actors=actors or [], workers=workers)
            tally.write_all(outcomes, writer_of(form.value, opened, one=is_one(paths, from_)), forking=workers > 1)
    except KeyboardInterrupt:
        say(f"Stopped. {tally.closing(_written(stream))}" if tally.read else "Stopped before anything was read.", style="yellow")
        raise typer.Exit(INTERRUPTED) from None
    if not quiet:
        say(tally.closing(_written(stream)))
    raise typer.Exit(READ if not tally.aside else SOME_SET_ASIDE if tally.read else NOTHING_READ)


def _outcomes(paths: list[Path], from_: From, told: Told, output: Path | None, *, model: str | None, actors: list[Path], workers: int) -> Iterator[Outcome]:
    from dragoman.cli.setup import reader_of
    from dragoman.engines.local import read_all
    from dragoman.intake.gather import gather

    items = gather(paths, form=FORMS.get(from_), told=told, stdin=stdin_of(paths), but=output)
    return read_all(items, reader_of(model, actors), workers=workers)


def _opened(output: Path | None) -> AbstractContextManager[IO[bytes]]:
    """The stream to write to; standard output is left open. A file keeps what it held until there is something to write."""
    from dragoman.cli.writers import ReplacedFile

    if output is None:
        return nullcontext(standard("stdout"))
    try:
        return ReplacedFile(output)
    except OSError as error:
        fail(f"--output {output}: cannot be written: {error.strerror}.", USAGE)


def _written(stream: object) -> Path | None:
    """The file that something was written to."""
    from dragoman.cli.writers import ReplacedFile

    return stream.path if isinstance(stream, ReplacedFile) and stream.begun else None


def _form_by(output: Path | None) -> To:
    if output is not None:
        return SUFFIXES.get(output.suffix.lower(), To.JSONL)
    return To.TERMINAL if sys.stdout is not None and sys.stdout.isatty() else To.JSONL


def _check_output(output: Path | None, paths: list[Path]) -> None:
    if output is None or not output.exists():
        return
    if output.is_dir():
        fail(f"--output {output} is a folder; name a file in it.", USAGE)
    if any(p.is_file() and p.samefile(output) for p in paths):
        fail(f"--output {output} is one of the files to be read; name another.", USAGE)
