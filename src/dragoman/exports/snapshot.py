"""A citable state of a ledger: its lines, a manifest that says what they are, and hashes by which anybody can check them.

The hash of the contents goes over the lines as a set: it is the same whatever the order of the rows, whatever the database, and in a ledger that took the lines in.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, select

from dragoman.errors import InputError
from dragoman.exports.codebook import whole
from dragoman.exports.files import written
from dragoman.ledger import tables
from dragoman.ledger.store import CODEBOOK
from dragoman.ledger.transfer import given_out, numbers

LINES, BOOK, MANIFEST = "ledger.jsonl.gz", "codebook.md", "manifest.json"
FORM = "1"  # version of the manifest

type Line = dict[str, Any]
type Passing = Callable[[Iterable[Line]], Iterable[Line]]


@dataclass(slots=True)
class Contents:
    """The hash of lines as a set: of each the SHA-256 of its canonical JSON (keys sorted, no blanks), of those, sorted, the SHA-256. The head, which names the ledger, is left out."""

    digests: list[bytes]

    def add(self, line: Line) -> None:
        """One line more."""
        if "dragoman" not in line:
            canonical = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            self.digests.append(hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest())

    def hexdigest(self) -> str:
        """The hash of all lines so far."""
        return hashlib.sha256(b"".join(sorted(self.digests))).hexdigest()


def write_snapshot(connection: Connection, output: Path, at: dt.datetime, *, passing: Passing = lambda lines: lines) -> Line:
    """Write a ledger's state; gives its manifest.

    Args:
        connection: One state of the ledger, see `transfer.one_state`.
        output: A folder that is made, or an archive that ends in `.zip`.
        at: The moment that it is of.
        passing: The lines go through it, so that they can be counted.

    Raises:
        InputError: If something is there already.
        OSError: If it cannot be written.
    """
    if output.exists() and not (output.is_dir() and not any(output.iterdir())):
        raise InputError(f"{output} is there already. A snapshot is never written over another; give another name.")
    contents = Contents([])
    lines = (_counted(line, contents) for line in passing(given_out(connection)))
    book = whole().encode()
    if output.suffix.lower() == ".zip":
        with written(output) as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
            with archive.open(_entry(LINES), "w", force_zip64=True) as stream:
                packed = _write_lines(lines, stream)
            manifest = _manifest(connection, at, contents, {LINES: packed, BOOK: hashlib.sha256(book).hexdigest()})
            archive.writestr(_entry(BOOK), book)
            archive.writestr(_entry(MANIFEST), _json(manifest))
        return manifest
    output.mkdir(exist_ok=True)
    with written(output / f"{LINES}.part") as stream:  # not by its own name, which would be packed twice
        packed = _write_lines(lines, stream)
    (output / f"{LINES}.part").replace(output / LINES)
    manifest = _manifest(connection, at, contents, {LINES: packed, BOOK: hashlib.sha256(book).hexdigest()})
    (output / BOOK).write_bytes(book)
    (output / MANIFEST).write_bytes(_json(manifest))
    return manifest


def verify(path: Path) -> tuple[Line, list[str]]:
    """Check a snapshot; gives its manifest, and what is wrong with it: nothing where it is whole.

    Args:
        path: The folder, the archive, or the manifest in a folder.

    Raises:
        InputError: If it is no snapshot.
    """
    with _opened(path) as read:
        try:
            manifest = json.loads(read(MANIFEST).read())
            told = dict(manifest["files"]), str(manifest["contents"]), str(manifest["snapshot"])
        except (FileNotFoundError, KeyError, ValueError, TypeError):
            raise InputError(f"{path}: no snapshot: it has no manifest that can be read. One is made with: dragoman snapshot -o FOLDER") from None
        files, overall, form = told
        if form != FORM:
            raise InputError(f"{path}: this snapshot is of form {form!r}; this Dragoman knows {FORM!r}. Update with: pip install -U dragoman")
        wrong = [problem for name, expected in sorted(files.items()) for problem in _file_problems(read, name, expected)]
        if not wrong:
            wrong += _content_problems(read, overall, manifest.get("counts", {}))
    return manifest, wrong


def _manifest(connection: Connection, at: dt.datetime, contents: Contents, files: dict[str, str]) -> Line:
    facts = {row.name: row.value for row in connection.execute(select(tables.facts))}
    g = tables.readings.c
    readers = list(connection.scalars(select(g.reader).where(g.known_to.is_(None)).distinct().order_by(g.reader)))
    return {
        "snapshot": FORM, "ledger": facts.get("ledger"), "made": at.isoformat(), "dragoman": version("dragoman"), "codebook": facts.get("codebook", CODEBOOK),
        "readers": readers, "counts": {**numbers(connection), "lines": len(contents.digests)}, "contents": contents.hexdigest(), "files": files,
        "cite": f"Dragoman ledger {facts.get('ledger')}, state of {at:%Y-%m-%d %H:%M} UTC, SHA-256 {contents.hexdigest()}",
    }  # fmt: skip


def _counted(line: Line, contents: Contents) -> Line:
    contents.add(line)
    return line


def _write_lines(lines: Iterable[Line], stream: IO[bytes]) -> str:
    """Pack lines into a stream; gives the SHA-256 of what was written."""
    hashing = _Hashing(stream)
    with gzip.GzipFile(filename="", mode="wb", fileobj=hashing, mtime=0) as packed:
        for line in lines:
            packed.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    return hashing.sha.hexdigest()


class _Hashing(io.RawIOBase):
    """Passes bytes on and hashes them."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.sha = stream, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        raw = bytes(data)
        self.sha.update(raw)
        self.stream.write(raw)
        return len(raw)


def _entry(name: str) -> zipfile.ZipInfo:
    """Without an hour, so that equal contents give equal archives."""
    return zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))


@contextmanager
def _opened(path: Path) -> Iterator[Callable[[str], IO[bytes]]]:
    """Opens the files of a snapshot by name; FileNotFoundError where one is missing."""
    if path.is_file() and path.name != MANIFEST:
        try:
            with zipfile.ZipFile(path) as archive:
                yield lambda name: _member(archive, name)
        except zipfile.BadZipFile:
            raise InputError(f"{path}: no snapshot: neither a folder nor a ZIP archive that can be read.") from None
        return
    folder = path.parent if path.name == MANIFEST else path
    if not folder.is_dir():
        raise InputError(f"{path}: there is no such snapshot.")
    yield lambda name: (folder / name).open("rb")


def _member(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    try:
        return archive.open(name)
    except KeyError:
        raise FileNotFoundError(name) from None


def _file_problems(read: Callable[[str], IO[bytes]], name: str, expected: str) -> Iterator[str]:
    sha = hashlib.sha256()
    try:
        with read(name) as stream:
            while chunk := stream.read(1 << 20):
                sha.update(chunk)
    except FileNotFoundError:
        yield f"{name} is missing."
        return
    except (zipfile.BadZipFile, OSError) as error:
        yield f"{name} cannot be read: {error}."
        return
    if sha.hexdigest() != expected:
        yield f"{name} was changed: its SHA-256 is {sha.hexdigest()}, the manifest says {expected}."


def _content_problems(read: Callable[[str], IO[bytes]], overall: str, counts: Line) -> Iterator[str]:
    contents = Contents([])
    try:
        with read(LINES) as raw, gzip.open(raw) as lines:
            for line in lines:
                contents.add(json.loads(line))
    except (FileNotFoundError, OSError, EOFError, ValueError) as error:
        yield f"{LINES} cannot be read: {error}."
        return
    if contents.hexdigest() != overall:
        yield f"The contents are others than the manifest says: their hash is {contents.hexdigest()}, it says {overall}."
    if counts.get("lines") != len(contents.digests):
        yield f"There are {len(contents.digests)} lines; the manifest says {counts.get('lines')}."


def _json(told: Line) -> bytes:
    return json.dumps(told, indent=2, ensure_ascii=False).encode() + b"\n"
