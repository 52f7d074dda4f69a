"""Reading the project's data files: what a language knows and what the world knows, one kind a file.

YAML is slow to parse (half a second for all files), so what was made of a file is kept in the user's cache folder, named after what it was made from; see `kept`.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import marshal
import os
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path
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
    content = raw(name)
    return kept(name.replace("/", "."), content, lambda: parse(content.decode("utf-8"), name))


def raw(name: str) -> bytes:
    """The bytes of a resource.

    Raises:
        ResourceError: If there is no such file.
    """
    try:
        return resources.files(__name__).joinpath(*name.split("/")).read_bytes()
    except FileNotFoundError:
        raise ResourceError(f"No resource named {name!r}.") from None


def parse(text: str, name: str) -> Any:
    """YAML text to plain data; `name` is named in the error."""
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise ResourceError(f"{name}: not valid YAML: {error}") from error


def kept[T](name: str, source: bytes, make: Callable[[], T]) -> T:
    """Plain data that is slow to make: taken from the cache folder if it was made from the same source before, else made and kept there.

    A cache that cannot be read or written costs time and nothing else. The folder is `$DRAGOMAN_CACHE`, else `$XDG_CACHE_HOME/dragoman`, else `~/.cache/dragoman`;
    an empty `DRAGOMAN_CACHE` keeps nothing.

    Args:
        name: What it is, for the file's name.
        source: What it is made from, or a mark that changes with it; its hash is part of the file's name.
        make: Makes it: strings, numbers, lists, tuples, dictionaries.
    """
    folder = _cache_folder()
    if folder is None:
        return make()
    file = folder / f"{name}.{sys.implementation.cache_tag}.{hashlib.sha256(source).hexdigest()[:20]}"
    try:
        data: T = marshal.loads(file.read_bytes())
    except (OSError, ValueError, EOFError, TypeError):
        data = make()
        _write(file, data)
    return data


def _cache_folder() -> Path | None:
    told = os.environ.get("DRAGOMAN_CACHE")
    if told is not None:
        return Path(told) if told else None
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(home) / "dragoman" if os.path.isabs(home) else None


def _write(file: Path, data: Any) -> None:
    """Write the whole file or none of it."""
    partial = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(marshal.dumps(data))
        partial.replace(file)
    except (OSError, ValueError):  # a folder that cannot be written, a full disk; data (a date) that marshal does not know
        with contextlib.suppress(OSError):
            partial.unlink()
