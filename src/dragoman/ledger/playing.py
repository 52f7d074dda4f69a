"""Lines of another ledger played again: each with its moment as the one in which it becomes known, by the writer that any report goes through."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from pydantic import PrivateAttr
from sqlalchemy import Connection, and_, insert, or_, select, update

from dragoman.errors import DragomanError, InputError, LedgerError
from dragoman.ledger import tables
from dragoman.ledger.added import Added, Fate
from dragoman.ledger.applying import lay_over
from dragoman.ledger.groups import GROUPED, settle
from dragoman.ledger.likeness import Likeness, week_of
from dragoman.ledger.opening import writing
from dragoman.ledger.overlay import OF_FINDINGS
from dragoman.ledger.rows import Rows, packed
from dragoman.ledger.store import Writer, key_of
from dragoman.records import Record, Report

if TYPE_CHECKING:
    from dragoman.ledger.store import Store

type Line = dict[str, Any]
type Verb = Literal["reading", "correction", "undone", "forgotten"]

VERBS: tuple[Verb, ...] = ("reading", "correction", "undone", "forgotten")


def take_together(store: Store, batch: list[tuple[int, Line]], source: str) -> list[Added]:
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
            return [added for one in batch for added in take_together(store, [one], source)]
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
        self.verb = next(v for v in VERBS if v in lines[0])
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


def _moment(told: Any) -> dt.datetime:
    at = dt.datetime.fromisoformat(told)
    if at.tzinfo is None:
        raise InputError(f"{told!r} is no moment: it needs its zone, such as 2024-06-30T12:00:00+00:00.")
    return at
