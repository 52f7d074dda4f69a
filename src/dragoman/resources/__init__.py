"""Reading the project's data files: what a language knows and what the world knows, one kind a file.

YAML is slow to parse (half a second for all files), so what a file holds is kept beside it in `__pycache__`, as Python keeps the code of a module: named after the
hash of the file's bytes, written where the folder can be written, never needed.
"""

from __future__ import annotations

import functools
import hashlib
import marshal
import os
import sys
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
    path = resources.files(__name__).joinpath(*name.split("/"))
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ResourceError(f"No resource named {name!r}.") from None
    kept = _kept(name, raw) if isinstance(path, Path) else None
    if kept is not None and kept.exists():
        return marshal.loads(kept.read_bytes())
    data = parse(raw.decode("utf-8"), name)
    if kept is not None and not sys.dont_write_bytecode:
        _keep(kept, data)
    return data


def parse(text: str, name: str) -> Any:
    """YAML text to plain data; `name` is named in the error."""
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise ResourceError(f"{name}: not valid YAML: {error}") from error


def _kept(name: str, raw: bytes) -> Path:
    digest = hashlib.sha256(raw).hexdigest()[:16]
    return Path(__file__).parent / "__pycache__" / f"{name.replace('/', '.')}.{sys.implementation.cache_tag}.{digest}"


def _keep(kept: Path, data: Any) -> None:
    """Write parsed data where it can be written; whoever reads sees the whole file or none."""
    partial = kept.with_name(f"{kept.name}.{os.getpid()}")
    try:
        kept.parent.mkdir(exist_ok=True)
        partial.write_bytes(marshal.dumps(data))
        partial.replace(kept)
    except (OSError, ValueError):  # a folder that is read-only, or data (a date) that cannot be kept
        partial.unlink(missing_ok=True)
