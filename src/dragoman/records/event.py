"""Who did what to whom; whether it happened, and on whose word."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dragoman.records.evidence import Finding, Known, Span

EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"
]  # fmt: skip
Status = Literal["actual", "negated", "planned", "possible"]
Polarity = Literal["affirmed", "negated"]
Modality = Literal["asserted", "planned", "possible"]


class EventTime(Known):
    """When an event happened. `value` is an ISO 8601 prefix: its length is its precision."""

    value: str
    span: Span | None = Field(default=None, description="The expression it was taken from; None where it is the report's day.")


class Event(Finding):
    """A PLOVER event. Source of types, modes and contexts: the PLOVER table of 2021, kept in resources/ontology."""

    type: EventType
    mode: str | None = None
    context: tuple[str, ...] = ()
    cameo: str = Field(description="CAMEO code, as fine as the text allows.")
    sources: tuple[str, ...] = Field(description="Actor ids; empty where the report leaves the agent open.")
    targets: tuple[str, ...]
    trigger_span: Span
    polarity: Polarity
    modality: Modality
    status: Status = Field(description="Derived from polarity and modality.")
    background: bool = Field(description="Told as history rather than as news.")
    time: EventTime | None = None
    place: str | None = Field(default=None, description="Id of a place.")
    intensity: float | None = Field(default=None, description="Goldstein weight of the CAMEO code, -10 (conflict) to 10 (cooperation).")
    claimed_by: str | None = Field(default=None, description="Actor on whose word alone it stands; None where the report itself tells it.")
    statement: str | None = Field(default=None, description="The statement that is this act (accusing, refusing …) or tells it.")
