"""What an answer stands on: the report, the sentence, the rule; nothing is answered without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, Select, bindparam, exists, select

from dragoman.ledger import tables
from dragoman.records import Known, Part

AT_ONCE = 500  # ids in one query: SQLite takes no more than some thousand


class Source(Known):
    """Where a finding stands and who brought it."""

    finding: int = Field(description="The finding's number in the ledger; `dragoman correct` takes it.")
    report: int = Field(description="The report's number in the ledger.")
    ref: str | None = Field(default=None, description="The report's name as it was given when it was added.")
    publisher: str | None = None
    published: dt.date | None = None
    url: str | None = None
    headline: str | None = None
    part: Part
    start: int = Field(description="First character of the evidence, in code points of the part.")
    end: int
    sentence: str | None = Field(description="The sentence around the evidence; empty where the ledger keeps no text of the report.")
    rule: str = Field(description="The rule or model that made the finding; `person` where one did.")
    confidence: float
    verdict: str | None = Field(default=None, description="What a person said of it: confirmed, amended.")


def sources_of(connection: Connection, findings: Iterable[int]) -> dict[int, Source]:
    """Sources by the numbers of findings."""
    wanted = list(dict.fromkeys(findings))
    found: dict[int, Source] = {}
    for start in range(0, len(wanted), AT_ONCE):
        found |= _sources(connection, wanted[start : start + AT_ONCE])
    return found


def sentences_of(connection: Connection, findings: Iterable[int]) -> dict[int, str | None]:
    """The sentences around findings, by number; None where the ledger keeps no text. Every report's text is drawn once, however many findings it has."""
    wanted = list(dict.fromkeys(findings))
    found: dict[int, str | None] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = connection.execute(_places(), {"findings": wanted[start : start + AT_ONCE]}).all()
        texts = {id: {"text": text, "headline": headline} for id, text, headline in connection.execute(_texts(), {"reports": list({row.report for row in rows})})}
        for id, report, part, begin, end in rows:
            found[id] = _sentence(texts[report][part], begin, end)
    return found


def _sources(connection: Connection, findings: list[int]) -> dict[int, Source]:
    return {row.id: _source(row) for row in connection.execute(_whole(), {"findings": findings})}


@cache
def _places() -> Select[Any]:
    """Where the sentences around `findings` stand."""
    f = tables.findings.c
    return select(f.id, f.report, f.part, f.sentence_start, f.sentence_end).where(f.id.in_(bindparam("findings", expanding=True)))


@cache
def _texts() -> Select[Any]:
    """The words of `reports`."""
    r = tables.reports.c
    return select(r.id, r.text, r.headline).where(r.id.in_(bindparam("reports", expanding=True)))


@cache
def _whole() -> Select[Any]:
    """All that a source says of `findings`."""
    f, r, y = tables.findings.c, tables.reports.c, tables.confirmed.c
    confirmed = exists(select(y.id).where(y.finding == f.id, y.known_to.is_(None))).label("confirmed")
    of_finding = (f.id, f.report, f.part, f.start, f.end, f.sentence_start, f.sentence_end, f.rule, f.confidence, f.correction)
    of_report = (r.ref, r.publisher, r.published, r.url, r.headline, r.text)
    joined = tables.findings.join(tables.reports, r.id == f.report)
    return select(*of_finding, *of_report, confirmed).select_from(joined).where(f.id.in_(bindparam("findings", expanding=True)))


def _source(row: Any) -> Source:
    sentence = _sentence(row.text if row.part == "text" else row.headline, row.sentence_start, row.sentence_end)
    return Source(
        finding=row.id, report=row.report, ref=row.ref, publisher=row.publisher, published=row.published, url=row.url, headline=row.headline,
        part=row.part, start=row.start, end=row.end, sentence=sentence, rule=row.rule, confidence=row.confidence, verdict="amended" if row.correction else "confirmed" if row.confirmed else None,
    )  # fmt: skip


def _sentence(words: str | None, begin: int, end: int) -> str | None:
    return None if words is None else " ".join(words[begin:end].split())
