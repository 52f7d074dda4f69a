"""A reader from what the command line and the environment say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.cli.console import NOTHING_READ, USAGE, fail

if TYPE_CHECKING:
    from dragoman.pipeline import Reader


def reader_of(model: str | None = None, actors: Sequence[Path] = ()) -> Reader:
    """The reader that was asked for; where it cannot be built, says why and ends."""
    from pydantic import ValidationError

    from dragoman.errors import DragomanError
    from dragoman.pipeline import Reader
    from dragoman.settings import Settings

    for path in actors:
        if not path.exists():
            fail(f"--actors {path}: there is no such file or folder.", USAGE)
    chosen = {"model": model} if model else {}
    try:
        settings = Settings(**chosen, **({"actor_files": tuple(actors)} if actors else {}))  # type: ignore[arg-type]
    except ValidationError as error:
        fail("\n".join(f"Setting DRAGOMAN_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']} (given: {e['input']!r})." for e in error.errors()), USAGE)
    try:
        return Reader(settings)
    except DragomanError as error:
        fail(str(error), NOTHING_READ)
