"""A ledger as lines of JSON, and back: every reading with the times in which it was known, people's corrections, and what was deleted on demand.

Taking it in plays it again, in the order in which the first ledger came to know it; what is derived (stories, affairs, corrected findings) is made anew by the same code and comes out the same.
"""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import heapq
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from sqlalchemy import Connection, Engine, RowMapping, func, select

from dragoman.errors import InputError
from dragoman.ledger import tables
from dragoman.ledger.added import Added
from dragoman.ledger.opening import reading
from dragoman.ledger.playing import Line, take_together
from dragoman.ledger.store import BATCH, CODEBOOK, report_of
from dragoman.records import SCHEMA_VERSION

if TYPE_CHECKING:
    from dragoman.ledger.store import Store

VERSION = "1"  # of the form of these lines
PAGE = 200  # readings drawn at once
OPENING = b'{"dragoman": "ledger"'  # how the first line of a ledger begins
GZIP = b"\x1f\x8b"


@contextmanager
def one_state(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the ledger throughout, whoever writes meanwhile."""
    with reading(engine) as connection:
        yield connection.execution_options(isolation_level="REPEATABLE READ") if engine.dialect.name == "postgresql" else connection


def given_out(connection: Connection) -> Iterator[Line]:
    """A ledger as lines: its head, then readings, corrections and deletions in the order in which it came to know them."""
    facts = {row.name: row.value for row in connection.execute(select(tables.facts))}
    yield {"dragoman": "ledger", "version": VERSION, "schema_version": SCHEMA_VERSION, "codebook": facts.get("codebook", CODEBOOK), "ledger": facts.get("ledger")}
    # At one moment: what was read, then what people said of it, then what was deleted.
    steps = heapq.merge(_readings(connection), _corrections(connection), _forgotten(connection), key=lambda step: step[0])
    for _, line in steps:
        yield line


def numbers(connection: Connection) -> dict[str, int]:
    """How much a ledger holds, by kind."""
    counted = {"reports": tables.reports, "readings": tables.readings, "corrections": tables.corrections, "forgotten": tables.forgotten}
    told: dict[str, int] = {name: connection.execute(select(func.count()).select_from(table)).scalar_one() for name, table in counted.items()}
    f = tables.findings.c
    kinds = connection.execute(select(f.kind, func.count().label("many")).where(f.known_to.is_(None)).group_by(f.kind).order_by(f.kind))
    told |= {f"{row.kind}s": row.many for row in kinds}
    told["stories"] = connection.execute(select(func.count(tables.reports.c.story.distinct()))).scalar_one()
    told["affairs through time"] = connection.execute(select(func.count(tables.matters.c.affair.distinct()))).scalar_one()
    return told


def is_head(line: bytes) -> bool:
    """Whether a file that begins with this line holds a ledger."""
    if not line.startswith(OPENING):
        return False
    try:
        told = json.loads(line)
    except ValueError:
        return False
    return isinstance(told, dict) and told.get("dragoman") == "ledger"


def holds_ledger(path: Path, stdin: IO[bytes] | None = None) -> bool:
    """Whether a file holds a ledger, packed with gzip or not.

    Args:
        path: A file, or `-` for standard input.
        stdin: The stream that `-` stands for; nothing is taken from it.
    """
    if str(path) == "-":
        return isinstance(stdin, io.BufferedReader) and stdin.peek(len(OPENING))[: len(OPENING)] == OPENING
    try:
        with lines_of(path) as lines:
            return path.is_file() and is_head(lines.readline(1 << 16))
    except (OSError, EOFError):  # that it cannot be read is told by whoever reads it
        return False


def lines_of(path: Path) -> IO[bytes]:
    """The lines of a file, unpacked where it was packed with gzip.

    Raises:
        OSError: If it cannot be read.
    """
    stream = path.open("rb")
    if stream.peek(2)[:2] != GZIP:
        return stream
    return cast("IO[bytes]", gzip.open(stream))


def take_files(store: Store, paths: Iterable[Path], stdin: IO[bytes] | None = None) -> Iterator[Added]:
    """Take in ledgers from files, or `-` for standard input; see `take_in`."""
    for path in paths:
        if str(path) == "-" and stdin is not None:
            yield from take_in(store, stdin, "<stdin>")
        else:
            with lines_of(path) as lines:
                yield from take_in(store, lines, str(path))


def take_in(store: Store, lines: Iterable[bytes], source: str) -> Iterator[Added]:
    """Take in a ledger that was given out; gives what became of every reading, once it is safe.

    What the ledger holds already changes nothing, so that the same file can be taken in again after it was stopped. Of a report that it holds in a later reading, nothing is taken.
    A report that was deleted on demand from either ledger is not taken in.

    Args:
        store: The ledger.
        lines: The lines, the head first.
        source: What they are called in messages.

    Raises:
        InputError: If the head says that they are of another version.
        LedgerError: If the database refuses; what was given back is kept.
    """
    numbered = enumerate(_whole(lines, source), start=1)
    _check_head(next(numbered, (1, b""))[1], source)
    batch: list[tuple[int, Line]] = []
    number = 1
    while True:
        try:
            number, line = next(numbered, (0, b""))
            if line.strip():
                batch.append((number, _parsed(line)))
        except InputError as error:
            yield from take_together(store, batch, source)
            yield Added(None, None, "aside", error.at(source, number))
            batch = []
        if not number or len(batch) >= BATCH:
            yield from take_together(store, batch, source)
            batch = []
        if not number:
            return


def _whole(lines: Iterable[bytes], source: str) -> Iterator[bytes]:
    """The lines; a packed file that is cut off or damaged says so, after what could be unpacked of it."""
    try:
        yield from lines
    except (EOFError, OSError, zlib.error) as error:
        raise InputError(f"The file is cut off or damaged ({error}). What came before is kept.", source=source) from error


def _readings(connection: Connection) -> Iterator[tuple[dt.datetime, Line]]:
    r, g, f = tables.reports.c, tables.readings.c, tables.findings.c
    query = select(g.id.label("reading"), g.report, g.known_from, g.known_to, g.record, *(c for c in tables.reports.c if c.name not in ("story", "story_read")))
    query = query.select_from(tables.readings.join(tables.reports, r.id == g.report)).order_by(g.id).limit(PAGE)
    last = 0
    while rows := connection.execute(query.where(g.id > last)).mappings().all():
        spans: dict[int, dict[str, list[int]]] = {}
        if bare := [row["reading"] for row in rows if row["text"] is None]:
            found = select(f.reading, f.ref, f.sentence_start, f.sentence_end).where(f.reading.in_(bare), f.correction.is_(None))
            for x in connection.execute(found.order_by(f.id)):
                spans.setdefault(x.reading, {})[x.ref] = [x.sentence_start, x.sentence_end]
        for row in rows:
            yield row["known_from"], _reading(row, spans.get(row["reading"], {}))
        last = rows[-1]["reading"]


def _reading(row: RowMapping, spans: dict[str, list[int]]) -> Line:
    record = {**json.loads(zlib.decompress(row["record"])), "ref": row["ref"], "report": report_of(row).model_dump(mode="json")}
    made: Line = {"reading": record, "known_from": _told(row["known_from"]), "known_to": _told(row["known_to"])}
    if row["text"] is None:
        likeness = base64.b64encode(row["likeness"]).decode() if row["likeness"] else None
        made["kept"] = {"key": row["key"], "fingerprint": row["fingerprint"], "likeness": likeness, "sentences": spans}
    return made


def _corrections(connection: Connection) -> Iterator[tuple[dt.datetime, Line]]:
    """Corrections as they were made, and as they were undone."""
    steps: list[tuple[dt.datetime, int, Line]] = []
    for x in connection.execute(select(tables.corrections).order_by(tables.corrections.c.id)):
        anchor = {"report_key": x.report_key, "kind": x.kind, "part": x.part, "start": x.start, "end": x.end}
        made = {"what": x.what, "who": x.who, "why": x.why, "made": _told(x.made), **anchor, "detail": json.loads(x.detail)}
        steps.append((x.made, 0, {"correction": made}))
        if x.undone is not None:
            steps.append((x.undone, 1, {"undone": made, "at": _told(x.undone), "by": x.undone_by}))
    yield from ((at, line) for at, _, line in sorted(steps, key=lambda step: step[:2]))


def _forgotten(connection: Connection) -> Iterator[tuple[dt.datetime, Line]]:
    g = tables.forgotten.c
    for x in connection.execute(select(tables.forgotten).order_by(g.at, g.key)):
        yield x.at, {"forgotten": {"key": x.key, "at": _told(x.at), "who": x.who, "why": x.why}}


def _check_head(line: bytes, source: str) -> None:
    if not is_head(line):
        raise InputError("The first line does not say that this is a ledger. A ledger is written with: dragoman export ledger -o ledger.jsonl", source=source, line=1)
    told = json.loads(line)
    if told.get("version") != VERSION:
        raise InputError(f"This ledger is written in form {told.get('version')!r}; this Dragoman knows {VERSION!r}. Update with: pip install -U dragoman", source=source, line=1)


def _parsed(line: bytes) -> Line:
    try:
        told = json.loads(line)
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise InputError("The line is not JSON, or is cut off. Write the ledger again with: dragoman export ledger") from None
    if not isinstance(told, dict) or not {"reading", "correction", "undone", "forgotten"} & set(told):
        raise InputError("The line holds neither a reading nor a correction nor a deletion.")
    return told


def _told(at: dt.datetime | None) -> str | None:
    return None if at is None else at.isoformat()
