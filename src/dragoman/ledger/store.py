"""The ledger as a place to keep things: reports and readings in, nothing overwritten. What is asked of it stands in `dragoman.answers`."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection, Engine, func, insert, select, update

from dragoman.errors import DragomanError, ForgottenError, InputError, LedgerError, NotInLedgerError, RefusedError
from dragoman.intake.item import Pause
from dragoman.ledger import corrections, tables
from dragoman.ledger.added import Added, Fate, Placed
from dragoman.ledger.bare import bare
from dragoman.ledger.counting import settle_events, settle_reports
from dragoman.ledger.gist import folded
from dragoman.ledger.likeness import put_likeness, renew_likeness
from dragoman.ledger.matters import join_matters, put_matters
from dragoman.ledger.moments import Clock, now
from dragoman.ledger.opening import open_engine, reading, writing
from dragoman.ledger.rows import Ids, Kept, Rows, packed, put_appearances, put_findings, reading_row, unpacked
from dragoman.ledger.stories import link_stories, settle_stories
from dragoman.ledger.textindex import TextIndex, text_index
from dragoman.records import Actor, Record, Report

if TYPE_CHECKING:
    from dragoman.engines.reading import Readable
    from dragoman.pipeline import Reader

log = logging.getLogger(__name__)

CODEBOOK = "1.0"  # version of what the columns and labels of the ledger mean; see docs/reference/codebook.md
BATCH = 64  # records in one transaction
PATIENCE = 1.0  # seconds after which a transaction ends, however few records it holds: what is added is soon safe and soon seen


class Store:
    """A ledger, open.

    Args:
        where: Path of a file, or URL of a database.
        create: Whether it is made where there is none.
        read_only: Whether it is only asked.
        clock: Gives the moment at which things become known.
        keep_text: False keeps findings and where they stand, but no words of reports.
    """

    def __init__(self, where: str | Path, *, create: bool = True, read_only: bool = False, clock: Clock = now, keep_text: bool = True) -> None:
        self.engine: Engine = open_engine(where, create=create and not read_only, read_only=read_only)
        self.words: TextIndex = text_index(self.engine.dialect.name)
        self.clock, self.keep_text = clock, keep_text

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()

    def add(self, given: Record | Readable | Iterable[Record | Readable], *, workers: int = 1, reader: Reader | None = None) -> list[Added]:
        """Add one or many: records, or reports that are read on the way; gives what became of each.

        Args:
            given: A `Record`; a text, a mapping with the fields of the JSON Lines contract or a `Report`, which is read first; or many of these, in any mixture.
            workers: Processes that read.
            reader: A reader of your own; None: the default one.

        Raises:
            InputError: If the one that was given cannot be taken. Of many, such a one is set aside: its `fate` is `aside`, its `error` says why, and the rest goes on.
            LedgerError: If the database refuses, as on a full disk.
        """
        from dragoman.ledger.taking import take_given

        if not isinstance(given, Record | str | Mapping | Report):
            return list(take_given(self, given, _reads(reader), workers=workers))
        (one,) = take_given(self, (given,), _reads(reader), workers=workers)
        if one.error is not None:
            raise one.error
        return [one]

    def reread(self, *, every: bool = False, workers: int = 1, reader: Reader | None = None) -> list[Added]:
        """Read reports again whose present reading is by another reader than this one, or every report; each in one transaction, and nothing that was known is lost.

        Reports that are kept without text stay as they are.
        """
        from dragoman.ledger.taking import read_anew

        return list(read_anew(self, _reads(reader), every=every, workers=workers))

    def add_each(self, records: Iterable[Record | Placed | Added | Pause]) -> Iterator[Added]:
        """Add records in batches, a transaction each; gives what became of each, in order, once it is safe.

        Adding a record twice changes nothing. A report that another reader has read before gets a new reading, which supersedes the old one in the same transaction.

        Args:
            records: What has its fate already goes by in its place. At a pause all that came is added at once.

        Raises:
            LedgerError: If the database refuses; what was given back is kept.
        """
        batch: list[Record | Placed | Added] = []
        begun = time.monotonic()
        for given in records:
            if not isinstance(given, Pause):
                begun = begun if batch else time.monotonic()
                batch.append(given)
            if batch and (isinstance(given, Pause) or len(batch) >= BATCH or time.monotonic() - begun > PATIENCE):
                yield from self._add_together(batch)
                batch = []
        if batch:
            yield from self._add_together(batch)

    def there(self, report: Report, reader: str, ref: str | None = None) -> Added | None:
        """What would become of a report that need not be read: it is `known` in a reading by this reader, or was deleted on demand (`aside`). None: read it."""
        key = key_of(report)
        with reading(self.engine) as connection:
            r, g = tables.reports.c, tables.readings.c
            known = connection.execute(select(r.id).join(tables.readings, g.report == r.id).where(r.key == key, g.known_to.is_(None), g.reader == reader)).scalar()
            gone = _forgotten(connection, key) if known is None else None
        return Added(ref, known, "known") if known is not None else Added(ref, None, "aside", gone) if gone else None

    def record(self, report: int, *, known: dt.datetime | None = None) -> Record:
        """The record of a report as the ledger holds it, or held it at a moment.

        Raises:
            NotInLedgerError: If there is no such report, or none was known then.
        """
        at = known or self.clock()
        with reading(self.engine) as connection:
            row = connection.execute(select(tables.reports).where(tables.reports.c.id == report)).mappings().first()
            r = tables.readings.c
            known_then = select(r.record).where(r.report == report, r.known_from <= at, (r.known_to.is_(None)) | (r.known_to > at))
            blob = connection.execute(known_then).scalar()
        if row is None or blob is None:
            raise NotInLedgerError(f"The ledger holds no report {report}" + (" that was known then." if row is not None else "."))
        return unpacked(blob, report_of(row), row["ref"])

    def records(self) -> Iterator[Record]:
        """All records as they are now, in the order in which their reports came; what was kept without text comes without."""
        last = 0
        while True:
            with reading(self.engine) as connection:
                r = tables.readings.c
                joined = tables.reports.join(tables.readings, r.report == tables.reports.c.id)
                page = select(tables.reports, r.record).select_from(joined).where(tables.reports.c.id > last, r.known_to.is_(None)).order_by(tables.reports.c.id).limit(200)
                rows = connection.execute(page).mappings().all()
            for row in rows:
                yield unpacked(row["record"], report_of(row), row["ref"])
            if not rows:
                return
            last = rows[-1]["id"]

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """A transaction of the one writer: all of it is kept, or none."""
        with writing(self.engine) as connection:
            yield Writer(connection, self.words, self.clock(), keep_text=self.keep_text)

    def _add_together(self, batch: Sequence[Record | Placed | Added]) -> list[Added]:
        given = [x for x in batch if not isinstance(x, Added)]
        added = iter(self._add_whole([x.record if isinstance(x, Placed) else x for x in given]) if given else [])
        return [x if isinstance(x, Added) else _placed(next(added), x) for x in batch]

    def _add_whole(self, records: Sequence[Record]) -> list[Added]:
        """Add all in one transaction; where a record makes that fail, each in its own, so that only the one at fault is set aside."""
        try:
            with self.writer() as writer:
                return writer.add(records)
        except LedgerError:
            raise
        except Exception as error:  # whatever a record does to the ledger must not stop the others; it is logged and told
            if len(records) > 1:
                return [added for record in records for added in self._add_whole([record])]
            log.info("The ledger failed over %r", records[0], exc_info=True)
            why = error if isinstance(error, DragomanError) else RefusedError(f"The ledger failed over this record ({type(error).__name__}: {error}).")
            return [Added(records[0].ref, None, "aside", why)]


class Writer:
    """One transaction of the one writer."""

    def __init__(self, connection: Connection, words: TextIndex, at: dt.datetime, *, keep_text: bool = True) -> None:
        self.connection, self.words, self.at, self.keep_text = connection, words, at, keep_text
        self._changed: list[int] = []  # reports that are known again by other words or events than before
        self.ids = Ids({t.name: (connection.execute(select(func.max(t.c.id))).scalar() or 0) + 1 for t in tables.metadata.sorted_tables if "id" in t.c and t is not tables.actors})
        if connection.execute(select(tables.facts.c.name).limit(1)).first() is None:
            own = {"ledger": str(uuid.uuid4()), "made": at.isoformat(), "codebook": CODEBOOK}
            connection.execute(insert(tables.facts), [{"name": n, "value": v} for n, v in own.items()])

    def add(self, batch: Sequence[Record]) -> list[Added]:
        """Add records; what is already there is left alone."""
        rows = Rows()
        added: list[Added] = []
        fresh: dict[str, int] = {}  # reports of this batch by their keys
        for record in batch:
            added.append(self._add(record, rows, fresh))
        reports = [r["id"] for r in rows[tables.reports]]
        for table, made in rows.ordered():
            self.connection.execute(insert(table), made)
        self._index(rows)
        join_matters(self.connection, [r["id"] for r in rows[tables.matters]])
        link_stories(self.connection, reports)
        settle_stories(self.connection, self._changed)
        concerned = sorted({a.report for a in added if a.report is not None and a.fate != "known"})
        corrections.reapply(self, concerned)
        settle_reports(self.connection, concerned)
        settle_events(self.connection, concerned)
        return added

    def supersede(self, report: int) -> None:
        """Close the present reading of a report and its findings."""
        for table in (tables.findings, tables.readings):
            self.connection.execute(update(table).where(table.c.report == report, table.c.known_to.is_(None)).values(known_to=self.at))

    def _add(self, record: Record, rows: Rows, fresh: dict[str, int]) -> Added:
        key = key_of(record.report)
        r = tables.reports.c
        if key in fresh:
            return Added(record.ref, fresh[key], "known")
        known = self.connection.execute(select(r.id).where(r.key == key)).scalar()
        keep_text = self._keeps_text(known)
        record = record if keep_text else bare(record)
        if known is None:
            gone = _forgotten(self.connection, key)
            if gone is not None:
                return Added(record.ref, None, "aside", gone)
            number, fate = self._put_report(record, key, rows, fresh)
        else:
            g = tables.readings.c
            present = self.connection.execute(select(g.reader, g.record).where(g.report == known, g.known_to.is_(None))).first()
            if present is not None and present.reader == record.reader and present.record == packed(record):
                return Added(record.ref, known, "known")
            self.supersede(known)
            number, fate = known, "reread"
            if renew_likeness(self.connection, record, known, rows):
                self._changed.append(known)
        fresh[key] = number
        kept = Kept(number, self.ids.take(tables.readings), self.at, keep_text)
        rows.put(tables.readings, reading_row(record, kept))
        put_appearances(record, kept, rows, self.ids)
        findings = put_findings(record, kept, rows, self.ids)
        put_matters(self.connection, record, findings, rows, self.ids)
        self.put_actors(record.actors)
        return Added(record.ref, number, fate)

    def _keeps_text(self, known: int | None) -> bool:
        if known is None:
            return self.keep_text
        return self.connection.execute(select(tables.reports.c.text).where(tables.reports.c.id == known)).scalar() is not None

    def _put_report(self, record: Record, key: str, rows: Rows, fresh: dict[str, int]) -> tuple[int, Fate]:
        report = record.report
        number = self.ids.take(tables.reports)
        revised = self._revised(report, rows)
        told = report.model_dump_json(include={"language", "byline", "dateline", "furniture"} if self.keep_text else {"language"}, exclude_none=True)
        row = {"id": number, "key": key, "fingerprint": report.fingerprint, "ref": record.ref, "url": report.url, "publisher": report.publisher, "published": report.published}
        row |= {"headline": report.headline if self.keep_text else None, "text": report.text if self.keep_text else None, "told": told, "added": self.at}
        row |= {"revises": revised, "story": number, "story_read": number, "likeness": None}
        rows.put(tables.reports, row)
        put_likeness(record, row, rows)
        return number, "revision" if revised is not None else "new"

    def _revised(self, report: Report, rows: Rows) -> int | None:
        """The latest earlier report with the same URL."""
        if not report.url:
            return None
        mine: list[int] = [r["id"] for r in rows[tables.reports] if r["url"] == report.url]
        r = tables.reports.c
        return mine[-1] if mine else self.connection.execute(select(func.max(r.id)).where(r.url == report.url)).scalar()

    def put_actors(self, met: Sequence[Actor]) -> None:
        """Keep actors and what they are called."""
        a, n = tables.actors, tables.names
        columns = ("id", "name", "kind", "acts_for", "country", "wikidata", "cow")
        upsert = _insert(self.connection)
        actors = [{c: getattr(x, c) for c in columns} for x in met]
        if actors:
            made = upsert(a)
            self.connection.execute(made.on_conflict_do_update(index_elements=["id"], set_={c: made.excluded[c] for c in columns[1:]}), actors)
        called = {(folded(x.name)[:200], x.id): x.name for x in met}
        if called:
            rows = [{"folded": f, "actor": i, "name": name, "last": f.rpartition(" ")[2] if i.startswith("person:") else None} for (f, i), name in called.items()]
            self.connection.execute(upsert(n).on_conflict_do_nothing(), rows)

    def _index(self, rows: Rows) -> None:
        self.words.add(self.connection, "reports", [r["id"] for r in rows[tables.reports] if r["text"] is not None])
        self.words.add(self.connection, "statements", [r["finding"] for r in rows[tables.statements] if r["content"] is not None])


def key_of(report: Report) -> str:
    """What makes two reports one and the same: SHA-256 over their text and headline, URL, publisher and day, each prefixed by its length."""
    pieces = (report.fingerprint, report.url or "", report.publisher or "", report.published.isoformat() if report.published else "")
    return hashlib.sha256(b"".join(len(p.encode()).to_bytes(8, "big") + p.encode() for p in pieces)).hexdigest()


def report_of(row: Any) -> Report:
    """A report from its row; where no text was kept, its text is empty."""
    columns = {c: row[c] for c in ("headline", "publisher", "published", "url")}
    return Report.model_validate({**json.loads(row["told"]), **columns, "text": row["text"] or ""})


def _forgotten(connection: Connection, key: str) -> ForgottenError | None:
    """Why a report is not taken in, if it was deleted on demand."""
    at = connection.execute(select(tables.forgotten.c.at).where(tables.forgotten.c.key == key)).scalar()
    if at is None:
        return None
    return ForgottenError(f"This report was deleted on demand on {at:%Y-%m-%d} and is not taken in again. To take it in all the same: dragoman forget --undo {key[:12]}")


def _placed(added: Added, given: Record | Placed) -> Added:
    """With the place of the record in its error."""
    if isinstance(given, Placed) and isinstance(added.error, InputError):
        return replace(added, error=added.error.at(given.source, given.line))
    return added


def _reads(reader: Reader | None) -> Callable[[], Reader]:
    from dragoman.engines.reading import default_reader

    return default_reader if reader is None else lambda: reader


def _insert(connection: Connection) -> Any:
    """The dialect's own INSERT, which knows what to do where a row is there already."""
    from sqlalchemy.dialects import postgresql, sqlite

    return sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
