"""The ledger as a place to keep things: reports and readings in, nothing overwritten. What is asked of it stands in `dragoman.answers`."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from dragoman.errors import ForgottenError, NotInLedgerError
from dragoman.ledger import corrections, tables
from dragoman.ledger.gist import folded
from dragoman.ledger.matters import join_matters, put_matters
from dragoman.ledger.moments import Clock, now
from dragoman.ledger.opening import open_engine, reading, writing
from dragoman.ledger.rows import Ids, Kept, Rows, packed, put_appearances, put_findings, reading_row, unpacked
from dragoman.ledger.stories import link_stories, put_likeness
from dragoman.ledger.textindex import TextIndex, text_index
from dragoman.records import Record, Report

CODEBOOK = "1.0"  # version of what the columns and labels of the ledger mean; see docs/reference/codebook.md
BATCH = 64  # records in one transaction
PATIENCE = 1.0  # seconds after which a transaction ends, however few records it holds: what is added is soon safe and soon seen

Fate = Literal["new", "revision", "reread", "known"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one record.

    Attributes:
        ref: The caller's own name for it.
        report: The report's number in the ledger.
        fate: `new`; `revision` of a report with the same URL; `reread` by another reader; `known`: nothing changed.
    """

    ref: str | None
    report: int
    fate: Fate


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

    def add(self, records: Record | Iterable[Record]) -> list[Added]:
        """Add one or many records; gives what became of each. For progress on many use `add_each`."""
        return list(self.add_each((records,) if isinstance(records, Record) else records))

    def add_each(self, records: Iterable[Record]) -> Iterator[Added]:
        """Add records in batches, a transaction each; gives what became of each once it is safe.

        Adding a record twice changes nothing. A report that another reader has read before gets a new reading, which supersedes the old one in the same transaction.

        Raises:
            ForgottenError: At a report that was deleted on demand; what came before it is kept.
            LedgerError: If the database refuses; what was given back is kept.
        """
        batch: list[Record] = []
        begun = time.monotonic()
        for record in records:
            if not batch:
                begun = time.monotonic()
            batch.append(record)
            if len(batch) >= BATCH or time.monotonic() - begun > PATIENCE:
                yield from self._add_together(batch)
                batch = []
        if batch:
            yield from self._add_together(batch)

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

    def _add_together(self, batch: Sequence[Record]) -> list[Added]:
        with writing(self.engine) as connection:
            return Writer(connection, self.words, self.clock(), keep_text=self.keep_text).add(batch)


class Writer:
    """One transaction of the one writer."""

    def __init__(self, connection: Connection, words: TextIndex, at: dt.datetime, *, keep_text: bool = True) -> None:
        self.connection, self.words, self.at, self.keep_text = connection, words, at, keep_text
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
        corrections.reapply(self, sorted({a.report for a in added if a.fate in ("reread", "new", "revision")}))
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
        if known is None:
            number, fate = self._put_report(record, key, rows, fresh)
        else:
            g = tables.readings.c
            present = self.connection.execute(select(g.reader, g.record).where(g.report == known, g.known_to.is_(None))).first()
            if present is not None and present.reader == record.reader and present.record == packed(record):
                return Added(record.ref, known, "known")
            self.supersede(known)
            number, fate = known, "reread"
        fresh[key] = number
        kept = Kept(number, self.ids.take(tables.readings), self.at, self._keeps_text(known))
        rows.put(tables.readings, reading_row(record, kept))
        put_appearances(record, kept, rows, self.ids)
        findings = put_findings(record, kept, rows, self.ids)
        put_matters(self.connection, record, findings, rows, self.ids)
        self._put_actors(record)
        return Added(record.ref, number, fate)

    def _keeps_text(self, known: int | None) -> bool:
        if known is None:
            return self.keep_text
        return self.connection.execute(select(tables.reports.c.text).where(tables.reports.c.id == known)).scalar() is not None

    def _put_report(self, record: Record, key: str, rows: Rows, fresh: dict[str, int]) -> tuple[int, Fate]:
        report = record.report
        gone = self.connection.execute(select(tables.forgotten.c.at).where(tables.forgotten.c.key == key)).scalar()
        if gone is not None:
            name = record.ref or report.url or key[:12]
            raise ForgottenError(
                f"This report was deleted on demand on {gone:%Y-%m-%d} and is not taken in again. To take it in all the same: dragoman forget --undo {key[:12]}", source=name
            )
        number = self.ids.take(tables.reports)
        revised = self._revised(report, rows)
        told = report.model_dump_json(include={"language", "byline", "dateline", "furniture"} if self.keep_text else {"language"}, exclude_none=True)
        row = {"id": number, "key": key, "fingerprint": report.fingerprint, "ref": record.ref, "url": report.url, "publisher": report.publisher, "published": report.published}
        row |= {"headline": report.headline if self.keep_text else None, "text": report.text if self.keep_text else None, "told": told, "added": self.at}
        row |= {"revises": revised, "story": None, "likeness": None}
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

    def _put_actors(self, record: Record) -> None:
        a, n = tables.actors, tables.names
        columns = ("id", "name", "kind", "acts_for", "country", "wikidata", "cow")
        upsert = _insert(self.connection)
        actors = [{c: getattr(x, c) for c in columns} for x in record.actors]
        if actors:
            made = upsert(a)
            self.connection.execute(made.on_conflict_do_update(index_elements=["id"], set_={c: made.excluded[c] for c in columns[1:]}), actors)
        called = {(folded(x.name)[:200], x.id): x.name for x in record.actors}
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


def forget_report(writer: Writer, report: int, *, who: str, why: str | None) -> None:
    """Delete a report and all that was read off it; what stays is a hash that says that it was here."""
    c = writer.connection
    key = c.execute(select(tables.reports.c.key).where(tables.reports.c.id == report)).scalar()
    if key is None:
        raise NotInLedgerError(f"The ledger holds no report {report}.")
    found = select(tables.findings.c.id).where(tables.findings.c.report == report)
    spoken = list(c.execute(select(tables.statements.c.finding).where(tables.statements.c.finding.in_(found))).scalars())
    writer.words.remove(c, "statements", spoken)
    writer.words.remove(c, "reports", [report])
    c.execute(update(tables.reports).where(tables.reports.c.revises == report).values(revises=None))
    c.execute(delete(tables.reports).where(tables.reports.c.id == report))
    c.execute(insert(tables.forgotten), {"key": key, "at": writer.at, "who": who, "why": why})


def _insert(connection: Connection) -> Any:
    """The dialect's own INSERT, which knows what to do where a row is there already."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as dialect_insert
    else:
        from sqlalchemy.dialects.postgresql import insert as dialect_insert  # type: ignore[assignment]
    return dialect_insert
