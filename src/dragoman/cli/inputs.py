"""What the commands that take reports have in common: which files, what they hold, what is said of all of them, who reads them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from dragoman.cli.console import USAGE, fail, say, standard

if TYPE_CHECKING:
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

Paths = Annotated[list[Path], typer.Argument(metavar="PATH", help="Files, folders (read with all that is in them), or - for standard input.", show_default=False)]
FromForm = Annotated[From, typer.Option("--from", help="What the files hold; auto: by their suffix.", rich_help_panel=INPUTS)]
Published = Annotated[str | None, typer.Option(metavar="DATE", help="The reports' day, such as 2024-06-06, where they do not say.", rich_help_panel=ABOUT)]
Publisher = Annotated[str | None, typer.Option(metavar="NAME", help="Who brought them, where they do not say.", rich_help_panel=ABOUT)]
Headline = Annotated[str | None, typer.Option(metavar="TEXT", help="The headline of the one report given.", rich_help_panel=ABOUT)]
Model = Annotated[str | None, typer.Option(metavar="NAME", help="Another installed spaCy pipeline, or a folder with one.", rich_help_panel=AS)]
Actors = Annotated[list[Path] | None, typer.Option(metavar="PATH", help="Your own actors (a YAML file or a folder); may be given again.", rich_help_panel=AS)]
Workers = Annotated[int, typer.Option("--workers", "-w", min=1, help="Processes that read.", rich_help_panel=AS)]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no closing line; what is set aside is still told.", rich_help_panel=OUTPUT)]


def stdin_of(paths: Sequence[Path]) -> IO[bytes] | None:
    """Standard input, if it is among the paths."""
    stdin = standard("stdin") if any(str(p) == "-" for p in paths) else None
    if stdin is not None and stdin.isatty():
        say("Reading what you type; end it with Ctrl-D.", style="dim")
    return stdin


def is_one(paths: list[Path], from_: From) -> bool | None:
    """Whether the command names one report, not a file or folder of many; None where only what comes will tell."""
    path = paths[0]
    if len(paths) > 1 or from_ is From.JSONL or path.suffix.lower() in (".jsonl", ".ndjson") or path.is_dir():
        return False
    return None if str(path) == "-" and from_ is From.AUTO else True


def told_of(published: str | None, publisher: str | None, headline: str | None, paths: list[Path], from_: From) -> Told:
    """What the user says of all reports; where that cannot be, says why and ends."""
    from dragoman.errors import InputError
    from dragoman.intake.item import Told, day
    from dragoman.intake.jsonl import check_whole

    if headline is not None and is_one(paths, from_) is False:
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
