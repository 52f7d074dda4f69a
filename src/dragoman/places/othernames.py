"""Towns by any of their names, for names that are found nowhere else (`Ninevah`).

The list of towns gives half a million names beside the own ones; a scan of it costs as much as reading a paragraph. So a table of hashes is kept, and what the
table points to is looked up in the list itself.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from dragoman import resources
from dragoman.places.townlist import edition, town_list

_ROW = re.compile(rb'"name": "((?:[^"\\]|\\.)*)", [^\[]*"alternatenames": \["(.*?)"\]\}')
_LATIN = (b"\\u00", b"\\u01", b"\\u1e")  # how JSON writes accented letters; names in other scripts do not stand in English text


def rows_named(name: bytes) -> list[int]:
    """Where the towns stand in the list that have a name (as JSON writes it, without the marks) among theirs, in the order of the list."""
    table, towns = _table(), town_list()
    hashed, marked = zlib.crc32(name), b'"' + name + b'"'
    start, end = np.searchsorted(table, np.array([hashed << 32, (hashed + 1) << 32], dtype=np.uint64))
    rows = (int(key) & 0xFFFFFFFF for key in table[start:end])
    return [row for row in rows if towns.find(marked, row, towns.find(b"}", row)) >= 0]


@functools.cache
def _table() -> npt.NDArray[np.uint64]:
    """Keys in ascending order: the hash of a name in the upper half, where its town stands in the list in the lower."""
    return np.frombuffer(resources.kept("town-names", edition().encode(), _made), dtype=np.uint64)


def _made() -> bytes:
    keys = np.fromiter((zlib.crc32(name) << 32 | row for name, row in _names()), dtype=np.uint64)
    return np.unique(keys).tobytes()


def _names() -> Iterator[tuple[bytes, int]]:
    """Every name with the place of its town's row, as `_ROW` finds it."""
    for found in _ROW.finditer(town_list()):
        for name in (found[1], *found[2].split(b'", "')):
            if name[:1] != b"\\" or name.startswith(_LATIN):
                yield name, found.start()
