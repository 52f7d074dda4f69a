"""A matter that stands between actors and has a state."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from dragoman.records.evidence import Finding, Known, Span

AffairKind = Literal["dispute", "agreement", "sanctions", "negotiation", "hostilities", "relations"]
STATUSES: dict[str, tuple[str, ...]] = {
    "dispute": ("open", "settled"),
    "agreement": ("absent", "proposed", "negotiated", "signed", "in_force", "suspended", "breached", "ended"),
    "sanctions": ("proposed", "in_force", "eased", "lifted"),
    "negotiation": ("proposed", "scheduled", "under_way", "stalled", "ruled_out", "concluded", "failed"),
    "hostilities": ("threatened", "ongoing", "ceasefire", "ended"),
    "relations": ("normal", "strained", "downgraded", "broken", "restored"),
}


class PartyStatus(Known):
    """Where one party stands apart from the others (it left the accord, the others keep it)."""

    party: str
    status: str


class Affair(Finding):
    """A dispute, agreement, sanctions, negotiation, hostilities or relations, and where it stands by this report."""

    kind: AffairKind
    parties: tuple[str, ...] = Field(default=(), description="Actor ids; for sanctions, senders and targets together.")
    senders: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    subject: str = Field(description="What it is about, in the report's words.")
    status: str
    status_by_party: tuple[PartyStatus, ...] = ()
    evidence: tuple[Span, ...] = Field(min_length=1, description="The words that show it, the most telling first.")
    events: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _status_is_of_kind(self) -> Affair:
        choices = STATUSES[self.kind]
        for status in (self.status, *(p.status for p in self.status_by_party)):
            if status not in choices:
                raise ValueError(f"{self.kind} has no status {status!r}; choose from {', '.join(choices)}")
        return self
