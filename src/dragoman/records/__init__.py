"""What is known: one noun a file."""

from dragoman.records.actor import Actor, Mention
from dragoman.records.affair import Affair, PartyStatus
from dragoman.records.condition import Condition
from dragoman.records.event import Event, EventTime
from dragoman.records.evidence import Finding, Known, Part, Span
from dragoman.records.place import Place
from dragoman.records.record import SCHEMA_VERSION, Record, json_schema
from dragoman.records.report import Dateline, Furniture, Report
from dragoman.records.statement import ReplyTo, Statement
from dragoman.records.time import TimeExpression

__all__ = [
    "SCHEMA_VERSION",
    "Actor",
    "Affair",
    "Condition",
    "Dateline",
    "Event",
    "EventTime",
    "Finding",
    "Furniture",
    "Known",
    "Mention",
    "Part",
    "PartyStatus",
    "Place",
    "Record",
    "ReplyTo",
    "Report",
    "Span",
    "Statement",
    "TimeExpression",
    "json_schema",
]
