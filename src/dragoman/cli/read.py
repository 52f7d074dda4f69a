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
from dragoman.cli.tally import Tally

if TYPE_CHECKING:
    from dragoman.engines.local import Outcome
    from dragoman.intake.gather import Form
    from dragoman.intake.item import Told

INPUTS, AS, OUTPUT, ABOUT = "What comes in", "How it is read", "What comes out", "About the reports"


class From(StrEnum):
    """What the files hold."""

    AUTO = "auto"
    TEXT = "text"
    HTML = "html"
    JSONL = "jsonl"


FORMS: dict[From, Form] = {From.TEXT: "text", From.HTML: "html", From.JSONL: "jsonl"}


class To(StrEnum):
    """How records are written."""

    TERMINAL = "terminal"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


SUFFIXES = {".json": To.JSON, ".jsonl": To.JSONL, ".ndjson": To.JSONL, ".html": To.HTML, ".htm": To.HTML, ".txt": To.TERMINAL}


def read(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Files, folders (read with all that is in them), or - for standard input.", show_default=False)],
    from_: Annotated[From, typer.Option("--from", help="What the files hold; auto: by their suffix.", rich_help_panel=INPUTS)] = From.AUTO,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="The reports' day, such as 2024-06-06, where they do not say.", rich_help_panel=ABOUT)] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Who brought them, where they do not say.", rich_help_panel=ABOUT)] = None,
    headline: Annotated[str | None, typer.Option(metavar="TEXT", help="The headline of the one report given.", rich_help_panel=ABOUT)] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="Another installed spaCy pipeline, or a folder with one.", rich_help_panel=AS)] = None,
    actors: Annotated[list[Path] | None, typer.Option(metavar="PATH", help="Your own actors (a YAML file or a folder); may be given again.", rich_help_panel=AS)] = None,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="Processes that read.", rich_help_panel=AS)] = 1,
    to: Annotated[To | None, typer.Option(help="How to write; else by --output's suffix, terminal on a terminal, jsonl otherwise.", rich_help_panel=OUTPUT)] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of to standard output.", rich_help_panel=OUTPUT)] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no closing line; what is set aside is still told.", rich_help_panel=OUTPUT)] = False,
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
    told = _told(published, publisher, headline, paths, from_)
    _check_output(output, paths)
    tally = Tally(shown=not quiet and (form is not To.TERMINAL or output is not None), notes_shown=not quiet and form is not To.TERMINAL)
    stream = None
    try:
        from dragoman.cli.writers import writer_of

        stream = _opened(output)
        with pipe_may_close(), stream as opened:
            outcomes = _outcomes(paths, from_, told, output, model=model, actors=actors or [], workers=workers)
            tally.write_all(outcomes, writer_of(form.value, opened, one=_is_one(paths, from_)), forking=workers > 1)
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

    stdin = standard("stdin") if any(str(p) == "-" for p in paths) else None
    if stdin is not None and stdin.isatty():
        say("Reading what you type; end it with Ctrl-D.", style="dim")
    items = gather(paths, form=FORMS.get(from_), told=told, stdin=stdin, but=output)
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


def _is_one(paths: list[Path], from_: From) -> bool | None:
    """Whether the command names one report, not a file or folder of many; None where only what comes will tell."""
    path = paths[0]
    if len(paths) > 1 or from_ is From.JSONL or path.suffix.lower() in (".jsonl", ".ndjson") or path.is_dir():
        return False
    return None if str(path) == "-" and from_ is From.AUTO else True


def _told(published: str | None, publisher: str | None, headline: str | None, paths: list[Path], from_: From) -> Told:
    from dragoman.errors import InputError
    from dragoman.intake.item import Told, day
    from dragoman.intake.jsonl import check_whole

    if headline is not None and _is_one(paths, from_) is False:
        fail("--headline belongs to one report, and more are given. In JSON Lines give each its own field 'headline'.", USAGE)
    try:
        check_whole("publisher", publisher)
        check_whole("headline", headline)
    except InputError as error:
        fail(str(error), USAGE)
    try:
        return Told(published=day(published) if published is not None else None, publisher=publisher, headline=headline)
    except InputError as error:
        fail(f"--published: {error}", USAGE)


def _check_output(output: Path | None, paths: list[Path]) -> None:
    if output is None or not output.exists():
        return
    if output.is_dir():
        fail(f"--output {output} is a folder; name a file in it.", USAGE)
    if any(p.is_file() and p.samefile(output) for p in paths):
        fail(f"--output {output} is one of the files to be read; name another.", USAGE)
