"""What people corrected: who, when, why; what stands, what was undone, and what waits for its finding."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, select

from dragoman.answers.row import Answered
from dragoman.ledger import tables
from dragoman.ledger.corrections import Correcting
from dragoman.ledger.names import label
from dragoman.ledger.view import NOW, View
from dragoman.records import Part

AT_ONCE = 500
LONGEST = 200  # characters of a finding's words that are shown


class Corrected(Answered):
    """One correction."""

    wide = "Words"

    correction: int = Field(description="Its number; `dragoman undo` takes it.")
    what: Correcting
    made: dt.datetime
    who: str
    why: str | None
    undone: dt.datetime | None
    undone_by: str | None
    found: bool = Field(description="False where no finding of the report's present reading answers to it: an orphan.")
    report: int | None = Field(default=None, description="The report of the finding; empty where the ledger does not hold it.")
    finding: int | None = Field(
        default=None, description="The finding that stands in its place now: the reader's own where it is confirmed or rejected, a person's where it is amended."
    )
    kind: str | None = Field(default=None, description="statement, event, condition, affair")
    part: Part | None = None
    start: int | None = Field(default=None, description="Evidence that the finding had when it was corrected, in code points of the part.")
    end: int | None = None
    words: str | None = Field(default=None, description="The words at that evidence; empty where the ledger keeps no text.")
    told: dict[str, Any] = Field(description="What it says: fields and values of an amendment, ids of actors, keys of reports or matters.")

    def cells(self) -> dict[str, str]:
        """What a person sees."""
        state = f"undone {self.undone:%Y-%m-%d} by {self.undone_by}" if self.undone else "" if self.found else "waits for its finding"
        where = " ".join(x for x in (f"r{self.report}" if self.report else "", f"f{self.finding}" if self.finding else "") if x)
        return {
            "Correction": f"{self.correction}  {self.made:%Y-%m-%d}", "What": f"{self.what.replace('_', ' ')} {self.saying()}".strip(), "Who": self.who, "Why": self.why or "", "State": state,
            "Words": self.words or ("[text not kept]" if self.kind else ""), "Where": f"[{where}]" if where else "",
        }  # fmt: skip

    def saying(self, names: Mapping[str, str] | None = None) -> str:
        """What it says, in one line; actors by these names where there are some, else by their ids."""
        called = {k: _called(v, names or {}) for k, v in self.told.items()}
        match self.what:
            case "amend":
                return ", ".join(f"{k}={v}" for k, v in called.items())
            case "merge_actors":
                return f"{called['actor']} is {called['is']}"
            case "split_actors":
                return called["actor"]
            case "alias":
                return f"{called['actor']}: {called['name']}"
            case "office":
                term = f" ({self.told['begin'] or ''} to {self.told['end'] or ''})" if self.told["begin"] or self.told["end"] else ""
                return f"{called['actor']}: {called['office']}{term}"
        return ""


def names_told(connection: Connection, corrections: Iterable[Corrected]) -> dict[str, str]:
    """Names of the actors of whom corrections speak, by their ids."""
    words = (w for c in corrections for v in c.told.values() for w in (v if isinstance(v, list) else [v]))
    return {w: label(connection, w)[0] for w in dict.fromkeys(w for w in words if isinstance(w, str) and ":" in w)}


def find_corrections(
    connection: Connection, *, number: int | None = None, what: Correcting | None = None, who: str | None = None, orphans: bool = False, undone: bool = True, limit: int = 50,
    before: int | None = None,
) -> list[Corrected]:  # fmt: skip
    """Corrections, the latest first.

    Args:
        connection: An open ledger.
        number: Only the one with this number.
        what: Only of this kind.
        who: Only by this person.
        orphans: Only those that stand and find no finding.
        undone: Whether those that were undone are listed too.
        limit: How many at most.
        before: Only those made before the one with this number.
    """
    c, r = tables.corrections.c, tables.reports.c
    query = select(tables.corrections, r.id.label("report"), r.text, r.headline).select_from(tables.corrections.outerjoin(tables.reports, r.key == c.report_key))
    query = query if number is None else query.where(c.id == number)
    query = query if before is None else query.where(c.id < before)
    query = query.where(c.what == what) if what else query
    query = query.where(c.who == who) if who else query
    query = query.where(c.found.is_(False)) if orphans else query
    query = query.where(c.undone.is_(None)) if orphans or not undone else query
    rows = list(connection.execute(query.order_by(c.id.desc()).limit(limit)))
    findings = _findings(connection, [row.id for row in rows if row.kind])
    return [_corrected(row, findings.get(row.id)) for row in rows]


def report_told(connection: Connection, report: int) -> str:
    """What a person knows a report by: headline or name, publisher, day."""
    r = tables.reports.c
    row = connection.execute(select(r.headline, r.ref, r.url, r.publisher, r.published).where(r.id == report)).one()
    told = (row.headline or row.ref or row.url, row.publisher, row.published and row.published.isoformat())
    return ", ".join(x for x in told if x) or "without a name"


def _corrected(row: Any, finding: int | None) -> Corrected:
    detail = json.loads(row.detail)
    told = detail.get("changes", {}) if row.kind else detail
    text = row.headline if row.part == "headline" else row.text
    words = None if text is None or row.start is None else " ".join(text[row.start : row.end].split())
    columns = {k: getattr(row, k) for k in ("what", "made", "who", "why", "undone", "undone_by", "found", "report", "kind", "part", "start", "end")}
    return Corrected(correction=row.id, finding=finding, words=words if words is None or len(words) <= LONGEST else words[: LONGEST - 2] + " …", told=told, **columns)


def _called(value: Any, names: Mapping[str, str]) -> str:
    told = value if isinstance(value, list) else [value]
    return ", ".join(names.get(x, x) if isinstance(x, str) else str(x) for x in told)


def _findings(connection: Connection, corrections: list[int]) -> dict[int, int]:
    """The finding on which each correction stands now."""
    f = tables.findings.c
    found: dict[int, int] = {}
    for start in range(0, len(corrections), AT_ONCE):
        some = corrections[start : start + AT_ONCE]
        for table in (tables.struck, tables.confirmed):
            laid = select(table.c.correction, table.c.finding).join(tables.findings, f.id == table.c.finding)
            found |= {row.correction: row.finding for row in connection.execute(laid.where(table.c.correction.in_(some), table.c.known_to.is_(None), f.known_to.is_(None)))}
        made = select(f.correction, f.id).where(f.correction.in_(some), f.known_to.is_(None))
        found |= {row.correction: row.id for row in connection.execute(made)}
    return found


def corrections_by(connection: Connection, findings: Sequence[int], view: View = NOW) -> dict[int, list[Corrected]]:
    """Corrections that stand on findings in a view, by the finding on which each was laid, in the order in which they were made."""
    laid: dict[int, int] = {}
    for start in range(0, len(findings), AT_ONCE):
        for table in (tables.struck, tables.confirmed):
            query = select(table.c.correction, table.c.finding).where(table.c.finding.in_(findings[start : start + AT_ONCE]), view.known_by(table))
            laid |= {row.correction: row.finding for row in connection.execute(query)}
    c, r = tables.corrections.c, tables.reports.c
    found: dict[int, list[Corrected]] = {}
    numbers = sorted(laid)
    for start in range(0, len(numbers), AT_ONCE):
        query = select(tables.corrections, r.id.label("report"), r.text, r.headline).select_from(tables.corrections.outerjoin(tables.reports, r.key == c.report_key))
        for row in connection.execute(query.where(c.id.in_(numbers[start : start + AT_ONCE])).order_by(c.id)):
            found.setdefault(laid[row.id], []).append(_corrected(row, laid[row.id]))
    return found
