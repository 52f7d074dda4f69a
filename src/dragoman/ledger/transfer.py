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
from typing import IO, TYPE_CHECKING, Any, Literal

from pydantic import PrivateAttr
from sqlalchemy import Connection, Engine, RowMapping, and_, func, insert, or_, select, update

from dragoman.errors import DragomanError, InputError, LedgerError
from dragoman.ledger import tables
from dragoman.ledger.added import Added, Fate
from dragoman.ledger.applying import lay_over
from dragoman.ledger.groups import GROUPED, settle
from dragoman.ledger.likeness import Likeness, week_of
from dragoman.ledger.opening import reading, writing
from dragoman.ledger.overlay import OF_FINDINGS
from dragoman.ledger.rows import Rows, packed
from dragoman.ledger.store import BATCH, CODEBOOK, Writer, key_of, report_of
from dragoman.records import SCHEMA_VERSION, Record, Report

if TYPE_CHECKING:
    from dragoman.ledger.store import Store

VERSION = "1"  # of the form of these lines
PAGE = 200  # readings drawn at once
OPENING = b'{"dragoman": "ledger"'  # how the first line of a ledger begins
GZIP = b"\x1f\x8b"

type Line = dict[str, Any]
type Verb = Literal["reading", "correction", "undone", "forgotten"]


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
    return gzip.open(stream)  # type: ignore[return-value]


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
            yield from _take_together(store, batch, source)
            yield Added(None, None, "aside", error.at(source, number))
            batch = []
        if not number or len(batch) >= BATCH:
            yield from _take_together(store, batch, source)
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


def _take_together(store: Store, batch: list[tuple[int, Line]], source: str) -> list[Added]:
    """All in one transaction; where a line makes that fail, each in its own, so that only the one at fault is set aside."""
    if not batch:
        return []
    try:
        with writing(store.engine) as connection:
            return [a for part in _of_one_moment(batch) for a in _Taking(store, connection, part).take()]
    except LedgerError:
        raise
    except (DragomanError, ValueError, KeyError, TypeError, AttributeError) as error:
        if len(batch) > 1:
            return [added for one in batch for added in _take_together(store, [one], source)]
        told = error if isinstance(error, InputError) else InputError(f"The line cannot be taken in ({type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}).")
        return [Added(None, None, "aside", told.at(source, batch[0][0]))]


def _of_one_moment(batch: list[tuple[int, Line]]) -> Iterator[list[Line]]:
    """Readings that became known together, each report once; everything else alone."""
    part: list[Line] = []
    keys: set[str] = set()
    for _, line in batch:
        key = json.dumps(line["reading"]["report"], sort_keys=True) if "reading" in line else ""
        if part and (not key or "reading" not in part[0] or line["known_from"] != part[0]["known_from"] or key in keys or ("kept" in line) != ("kept" in part[0])):
            yield part
            part, keys = [], set()
        part.append(line)
        keys.add(key)
    if part:
        yield part


class _Bare(Report):
    """A report of which no text was kept: blanks stand for it, so that places in it can be counted; it is known by the fingerprint that it had."""

    _fingerprint: str = PrivateAttr()

    @property
    def fingerprint(self) -> str:
        """That of the text which is not there."""
        return self._fingerprint


class _Taking(Writer):
    """Writes lines of one moment, with that moment as the one in which they become known."""

    def __init__(self, store: Store, connection: Connection, lines: list[Line]) -> None:
        self.lines = lines
        self.verb: Verb = next(v for v in ("reading", "correction", "undone", "forgotten") if v in lines[0])  # type: ignore[assignment,unused-ignore]
        first = lines[0]
        at = {
            "reading": first.get("known_from"),
            "undone": first.get("at"),
            "correction": first.get("correction", {}).get("made"),
            "forgotten": first.get("forgotten", {}).get("at"),
        }
        bare = "kept" in first
        super().__init__(connection, store.words, _moment(at[self.verb]), keep_text=store.keep_text and not bare)
        self.kept: dict[str, Line] = {}  # what is told of reports without text, by their keys

    def take(self) -> list[Added]:
        """What became of each reading; corrections and deletions give nothing, but where they are set aside."""
        match self.verb:
            case "reading":
                return self._take_readings()
            case "correction":
                self._correct(self.lines[0]["correction"])
            case "undone":
                self._undo(self.lines[0])
            case "forgotten":
                return self._forget(self.lines[0]["forgotten"])
        return []

    def _take_readings(self) -> list[Added]:
        records = [self._record(line) for line in self.lines]
        late = [self._later(record) for record in records]
        added = iter(self.add([r for r, known in zip(records, late, strict=True) if known is None]))
        return [Added(r.ref, known, "known") if known is not None else next(added) for r, known in zip(records, late, strict=True)]

    def _record(self, line: Line) -> Record:
        record = Record.model_validate(line["reading"])
        if "kept" not in line:
            return record
        kept = line["kept"]
        longest = max((end for _, end in kept["sentences"].values()), default=0)
        report = _Bare.model_validate({**record.report.model_dump(), "text": " " * (longest + 1), "headline": " " * (longest + 1)})
        report._fingerprint = kept["fingerprint"]
        self.kept[kept["key"]] = kept
        return record.model_copy(update={"report": report})

    def _later(self, record: Record) -> int | None:
        """The report, if the ledger came to know it in this reading at this moment, or in any later."""
        r, g = tables.reports.c, tables.readings.c
        same = and_(g.known_from == self.at, g.reader == record.reader, g.record == packed(record))
        query = select(r.id).join(tables.readings, g.report == r.id).where(r.key == key_of(record.report), or_(g.known_from > self.at, same))
        found: int | None = self.connection.execute(query.limit(1)).scalar()
        return found

    def _put_report(self, record: Record, key: str, rows: Rows, fresh: dict[str, int]) -> tuple[int, Fate]:
        number, fate = super()._put_report(record, key, rows, fresh)
        if key in self.kept:
            rows[tables.reports][-1]["likeness"] = self._liken(number, key, record, rows)
        return number, fate

    def _add(self, record: Record, rows: Rows, fresh: dict[str, int]) -> Added:
        begun = len(rows[tables.findings])
        added = super()._add(record, rows, fresh)
        key = key_of(record.report)
        if key in self.kept:
            if added.fate == "reread" and added.report is not None:
                likeness = self._liken(added.report, key, record, rows)
                self.connection.execute(update(tables.reports).where(tables.reports.c.id == added.report).values(likeness=likeness))
            for row in rows[tables.findings][begun:]:
                row["sentence_start"], row["sentence_end"] = self.kept[key]["sentences"][row["ref"]]
        return added

    def _liken(self, number: int, key: str, record: Record, rows: Rows) -> bytes | None:
        """By what a report without text is known again, as the other ledger had it; blanks are like nothing."""
        rows.by_table[tables.bands] = [b for b in rows[tables.bands] if b["report"] != number]
        told = self.kept[key]["likeness"]
        if told is None:
            return None
        likeness = base64.b64decode(told)
        known = Likeness.of(likeness, record.report.published)
        for band in sorted(known.bands()):
            rows.put(tables.bands, {"week": week_of(known.day), "hash": band, "report": number})
        return likeness

    def _correct(self, told: Line) -> None:
        if self._same(told) is not None:
            return
        number = self.ids.take(tables.corrections)
        anchor = {name: told[name] for name in ("report_key", "kind", "part", "start", "end")}
        row = {"id": number, "what": told["what"], "who": told["who"], "why": told["why"], "made": self.at, "undone": None, "undone_by": None, "found": True, **anchor}
        self.connection.execute(insert(tables.corrections), {**row, "detail": json.dumps(told["detail"], ensure_ascii=False)})
        self._settle(told)

    def _undo(self, line: Line) -> None:
        told = line["undone"]
        number = self._same(told)
        c = tables.corrections.c
        if number is not None and self.connection.execute(select(c.undone).where(c.id == number)).scalar() is None:
            self.connection.execute(update(tables.corrections).where(c.id == number).values(undone=self.at, undone_by=line["by"]))
            self._settle(told)

    def _settle(self, told: Line) -> None:
        """Let a correction, or its undoing, have its effect."""
        if told["what"] in OF_FINDINGS:
            report = self.connection.execute(select(tables.reports.c.id).where(tables.reports.c.key == told["report_key"])).scalar()
            if report is not None:
                lay_over(self, report)
        elif told["what"] in GROUPED:
            settle(self, told["what"], told["detail"])

    def _same(self, told: Line) -> int | None:
        """The correction, if the ledger holds it."""
        c = tables.corrections.c
        found = self.connection.execute(select(tables.corrections).where(c.made == _moment(told["made"]), c.what == told["what"], c.who == told["who"]).order_by(c.id))
        same = ("report_key", "kind", "part", "start", "end", "why")
        return next((x.id for x in found if all(getattr(x, n) == told[n] for n in same) and json.loads(x.detail) == told["detail"]), None)

    def _forget(self, told: Line) -> list[Added]:
        held = self.connection.execute(select(tables.reports.c.id).where(tables.reports.c.key == told["key"])).scalar()
        if held is not None:
            why = f"Report {held} was deleted on demand from the other ledger ({told['at'][:10]}, by {told['who']}) and stands in this one. To delete it here too: dragoman forget {held}"
            return [Added(None, None, "aside", InputError(why))]
        if self.connection.execute(select(tables.forgotten.c.key).where(tables.forgotten.c.key == told["key"])).scalar() is None:
            self.connection.execute(insert(tables.forgotten), {"key": told["key"], "at": self.at, "who": told["who"], "why": told["why"]})
        return []


def _told(at: dt.datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _moment(told: Any) -> dt.datetime:
    at = dt.datetime.fromisoformat(told)
    if at.tzinfo is None:
        raise InputError(f"{told!r} is no moment: it needs its zone, such as 2024-06-30T12:00:00+00:00.")
    return at
