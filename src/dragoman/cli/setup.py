"""A reader from what the command line and the environment say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.cli.console import NOTHING_READ, USAGE, fail

if TYPE_CHECKING:
    from pydantic_settings import BaseSettings

    from dragoman.pipeline import Reader


def reader_of(model: str | None = None, actors: Sequence[Path] = ()) -> Reader:
    """The reader that was asked for; where it cannot be built, says why and ends."""
    from dragoman.errors import DragomanError
    from dragoman.pipeline import Reader
    from dragoman.settings import Settings

    for path in actors:
        if not path.exists():
            fail(f"--actors {path}: there is no such file or folder.", USAGE)
    settings = settings_of(Settings, model=model or None, actor_files=tuple(actors) or None)
    try:
        return Reader(settings)
    except DragomanError as error:
        fail(str(error), NOTHING_READ)


def settings_of[S: BaseSettings](kind: type[S], **told: Any) -> S:
    """Settings from the command line, and where it says nothing (None) from the environment; what is no setting is told by its variable's name."""
    from pydantic import ValidationError

    try:
        return kind(**{name: value for name, value in told.items() if value is not None})
    except ValidationError as error:
        prefix = str(kind.model_config.get("env_prefix", "")).upper()
        fail("\n".join(f"Setting {prefix}{'_'.join(map(str, e['loc'])).upper()}: {e['msg']} (given: {e['input']!r})." for e in error.errors()), USAGE)
