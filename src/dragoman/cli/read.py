"""`dragoman read`: reports in, records out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from dragoman.cli.console import INTERRUPTED, NOTHING_READ, READ, SOME_SET_ASIDE, USAGE, fail, progress, say

if TYPE_CHECKING:
    from dragoman.cli.writers import Writer
    from dragoman.engines.local import Outcome
    from dragoman.intake.gather import Form
    from dragoman.intake.item import Told

EVERY = 0.2  # seconds between two drawings of the running count
INPUTS, AS, OUTPUT, ABOUT = "What comes in", "How it is read", "What comes out", "About the reports"


class From(StrEnum):
    """What the files hold."""

    AUTO = "auto"
    TEXT = "text"
    HTML = "html"
    JSONL = "jsonl"


class To(StrEnum):
    """How records are written."""

    TERMINAL = "terminal"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


SUFFIXES = {".json": To.JSON, ".jsonl": To.JSONL, ".ndjson": To.JSONL, ".html": To.HTML, ".htm": To.HTML, ".txt": To.TERMINAL}


def read(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, folders (read with all that is in them), or - for standard input.", show_default=False)],
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

    Ends with 0 where all was read, 3 where something was set aside, 1 where nothing could be read, 2 where the command is wrong.
    """
    form = to or _form_by(output)
    told = _told(published, publisher, headline, paths, from_)
    _check_output(output, paths)
    try:
        counts = _run(paths, from_, told, form, output, model=model, actors=actors or [], workers=workers, quiet=quiet)
    except KeyboardInterrupt:
        say("Stopped. What was written before stays.", style="yellow")
        raise typer.Exit(INTERRUPTED) from None
    if not quiet:
        say(_closing(*counts, output))
    read_count, aside = counts
    raise typer.Exit(READ if not aside else SOME_SET_ASIDE if read_count else NOTHING_READ)


def _run(paths: list[Path], from_: From, told: Told, form: To, output: Path | None, *, model: str | None, actors: list[Path], workers: int, quiet: bool) -> tuple[int, int]:
    from dragoman.cli.setup import reader_of
    from dragoman.engines.local import read_all
    from dragoman.intake.gather import gather

    reader = reader_of(model, actors)
    items = gather(paths, form=_form(from_), told=told, stdin=sys.stdin.buffer)
    outcomes = read_all(items, reader, workers=workers)
    with _opened(output) as stream:
        return _write_all(outcomes, _writer(form, stream, one=_is_one(paths, from_)), shown=not quiet and (form is not To.TERMINAL or output is not None))


def _write_all(outcomes: Iterator[Outcome], writer: Writer, *, shown: bool) -> tuple[int, int]:
    read_count = aside = 0
    with progress(shown) as bar:
        task = bar.add_task("Reading", total=None)
        bar.refresh()
        drawn = time.monotonic()
        for outcome in outcomes:
            if outcome.error is None:
                read_count += 1
            else:
                aside += 1
                bar.console.print(f"set aside: {_told_error(outcome)}", style="yellow", markup=False)
            writer.write(outcome)
            bar.advance(task)
            if time.monotonic() - drawn > EVERY:
                drawn = time.monotonic()
                bar.refresh()
    writer.close()
    return read_count, aside


def _told_error(outcome: Outcome) -> str:
    """The error, with the caller's own name for the report where its place does not hold it."""
    message = str(outcome.error)
    return message if outcome.ref is None or outcome.ref in message else f"{message} (ref {outcome.ref})"


def _writer(form: To, stream: IO[bytes], *, one: bool) -> Writer:
    from dragoman.cli import writers

    match form:
        case To.JSONL:
            return writers.Lines(stream)
        case To.JSON:
            return writers.Json(stream, one=one)
        case To.HTML:
            return writers.Pages(stream)
        case To.TERMINAL:
            return writers.Terminal(stream)


def _opened(output: Path | None) -> AbstractContextManager[IO[bytes]]:
    """The stream to write to; standard output is left open."""
    if output is None:
        return nullcontext(sys.stdout.buffer)
    try:
        return output.open("wb")
    except OSError as error:
        fail(f"--output {output}: cannot be written: {error.strerror}.", USAGE)


def _form(from_: From) -> Form | None:
    return {From.TEXT: "text", From.HTML: "html", From.JSONL: "jsonl"}.get(from_)  # type: ignore[return-value]


def _form_by(output: Path | None) -> To:
    if output is not None:
        return SUFFIXES.get(output.suffix.lower(), To.JSONL)
    return To.TERMINAL if sys.stdout.isatty() else To.JSONL


def _is_one(paths: list[Path], from_: From) -> bool:
    """Whether the command names one report, not a file or folder of many."""
    path = paths[0]
    many = from_ is From.JSONL or path.suffix.lower() in (".jsonl", ".ndjson") or path.is_dir()
    return len(paths) == 1 and not many


def _told(published: str | None, publisher: str | None, headline: str | None, paths: list[Path], from_: From) -> Told:
    from dragoman.errors import InputError
    from dragoman.intake.item import Told, day

    if headline is not None and not _is_one(paths, from_):
        fail("--headline belongs to one report, and more are given. In JSON Lines give each its own field 'headline'.", USAGE)
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


def _closing(read_count: int, aside: int, output: Path | None) -> str:
    reports = f"{read_count} report{'' if read_count == 1 else 's'} read"
    rest = f", {aside} set aside" if aside else ""
    return f"{reports}{rest}{f', written to {output}' if output else ''}."
