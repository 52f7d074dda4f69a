"""Reading the project's data files: what a language knows and what the world knows, one kind a file."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any

import yaml

from dragoman.errors import ResourceError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times faster where libyaml is there


@functools.cache
def load(name: str) -> Any:
    """The content of a resource such as `en/saying.yaml`, read once a process; callers must not change it.

    Raises:
        ResourceError: If there is no such file or it is no YAML.
    """
    path = resources.files(__name__).joinpath(*name.split("/"))
    try:
        return parse(path.read_text(encoding="utf-8"), name)
    except FileNotFoundError:
        raise ResourceError(f"No resource named {name!r}.") from None


def parse(text: str, name: str) -> Any:
    """YAML text to plain data; `name` is named in the error."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, in C where there is one
    except yaml.YAMLError as error:
        raise ResourceError(f"{name}: not valid YAML: {error}") from error
