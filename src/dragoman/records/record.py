"""One report's record: all that was read off it."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from dragoman.records.actor import Actor, Mention
from dragoman.records.affair import Affair
from dragoman.records.condition import Condition
from dragoman.records.event import Event
from dragoman.records.evidence import Finding, Known
from dragoman.records.place import Place
from dragoman.records.report import Report
from dragoman.records.statement import Statement
from dragoman.records.time import TimeExpression

SCHEMA_VERSION = "1.0"


class Record(Known):
    """All that was read off one report. JSON Schema: `dragoman schema`."""

    schema_version: str = SCHEMA_VERSION
    ref: str | None = Field(default=None, description="The caller's own name for the report, given back unchanged.")
    reader: str = Field(description="Fingerprint of settings, resources, model and actor files that made this reading.")
    report: Report
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    places: tuple[Place, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    conditions: tuple[Condition, ...] = ()
    affairs: tuple[Affair, ...] = ()
    notes: tuple[str, ...] = Field(default=(), description="What the reader could not decide or had to assume, said in words.")

    def __repr__(self) -> str:
        """What kind of record it is and how much it holds, not the whole report."""
        told = ", ".join(f"{len(getattr(self, kind))} {kind}" for kind in ("actors", "statements", "events", "conditions", "affairs"))
        return f"<Record {self.ref or self.report.fingerprint[:12]}: {told}>"

    def actor(self, id: str) -> Actor:
        """The actor with this id; KeyError where the record has none."""
        for actor in self.actors:
            if actor.id == id:
                return actor
        raise KeyError(id)

    def finding(self, id: str) -> Finding:
        """The finding with this id (`s3`, `e12` …); KeyError where the record has none."""
        for group in (self.statements, self.events, self.conditions, self.affairs, self.times, self.places, self.mentions):
            for finding in group:
                if finding.id == id:
                    return finding
        raise KeyError(id)

    def to_json(self, *, indent: int | None = None) -> str:
        """The record as JSON text, one line unless `indent` is given."""
        return self.model_dump_json(indent=indent)

    @classmethod
    def from_json(cls, text: str | bytes) -> Record:
        """A record from its JSON text; raises pydantic.ValidationError where the text is no record."""
        return cls.model_validate_json(text)


def json_schema() -> dict[str, Any]:
    """The versioned JSON Schema (2020-12) of a record."""
    schema = Record.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"https://dragoman.invalid/schema/record-{SCHEMA_VERSION}.json", **schema}
