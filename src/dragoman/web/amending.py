"""The fields of the form by which a finding is amended: what can be changed, to what, and what was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from sqlalchemy import Connection
from starlette.datastructures import FormData

from dragoman.answers.ledger import Ledger
from dragoman.answers.report import Found
from dragoman.errors import CorrectionError, NotInLedgerError, UnknownNameError
from dragoman.events.codes import table
from dragoman.ledger.amending import ACTOR, ACTORS, FIELDS, FLAG, FREE, WORDS
from dragoman.ledger.corrections import number_of
from dragoman.ledger.names import party
from dragoman.ledger.opening import reading
from dragoman.records import Affair, Event, Finding, Record
from dragoman.records.affair import STATUSES
from dragoman.web.visible import visible

Sort = Literal["choice", "choices", "actor", "actors", "words"]
LABELS = {
    "act": "What is done by saying it", "manner": "How it is told", "co_speakers": "Further speakers", "addressees": "To whom", "cameo": "CAMEO code", "sources": "Who acts",
    "targets": "Toward whom", "background": "Told as history", "time": "When it happened", "claimed_by": "On whose word alone", "holder": "Who sets the condition",
    "demanded_of": "Who would have to act", "senders": "Who imposes", "kind": "Kind", "type": "Type of event", "polarity": "Affirmed or denied", "modality": "Asserted, planned or possible",
}  # fmt: skip
HINTS = {
    "cameo": "Of type and code change one; the other follows, and with it mode, contexts and weight.",
    "status": "Of an event, what is affirmed and how sure that is follow from it.",
    "time": "Year, year-month or year-month-day.",
}
SECOND = frozenset({"polarity", "modality", "mode", "context", "manner", "co_speakers", "claimed_by"})  # seldom wrong, or following from others: shown below the rest
NONE = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form.

    Attributes:
        name: Of the record's field.
        label: What a person reads.
        sort: How it is chosen.
        value: What it says now, as the form shows it; of several words each by itself.
        choices: Groups of choices: heading of the group, then value and words of each.
        hint: What else is to be known.
        second: Whether it stands below the others.
    """

    name: str
    label: str
    sort: Sort
    value: tuple[str, ...]
    choices: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    hint: str = ""
    second: bool = False

    def is_in(self, sent: FormData) -> bool:
        """Whether a form that was sent holds it; boxes of which none is ticked are not sent."""
        return f"is.{self.name}" in sent or (self.sort == "choices" and f"has.{self.name}" in sent)

    def sent(self, sent: FormData) -> tuple[str, ...]:
        """What was filled in."""
        told = [str(x) for x in sent.getlist(f"is.{self.name}")]
        if self.sort == "actors":
            told = told[0].split(",") if told else []
        return tuple(x.strip() for x in told if x.strip())


@dataclass(frozen=True, slots=True)
class Amending:
    """The form: the finding, its fields, and names that the report knows."""

    found: Found
    fields: tuple[Field, ...]
    names: tuple[str, ...]

    def changed(self, sent: FormData) -> dict[str, Any]:
        """What was changed, as `dragoman correct amend` takes it: only fields whose value is another than what the form showed."""
        given = [f for f in self.fields if f.is_in(sent)]
        new = {f.name: f.sent(sent) for f in given if _typed(f.sent(sent)) != _typed(f.value)}
        return {name: list(value) if len(value) > 1 else value[0] if value else None for name, value in new.items()}

    def filled_in(self, sent: FormData) -> Amending:
        """The form as it was sent."""
        return replace(self, fields=tuple(replace(f, value=f.sent(sent)) if f.is_in(sent) else f for f in self.fields))


def amending(ledger: Ledger, told: str) -> Amending:
    """The form for a finding, by its number.

    Raises:
        NotInLedgerError: If none of this number stands.
        CorrectionError: If it was rejected.
    """
    number = number_of(told, "f", "finding")
    report = ledger.report(ledger.report_of(number))
    found = next((x for x in report.found if number in (x.finding, *x.formerly)), None)
    if found is None:
        raise NotInLedgerError(f"f{number} is of an earlier reading; the present one has no such finding.")
    if found.verdict == "rejected":
        raise CorrectionError(f"f{number} was rejected by {found.corrections[-1].who}. Undo that first.")
    finding = report.record.finding(found.ref)
    with reading(ledger.engine) as connection:
        fields = [_field(connection, finding, name, sort, report.record) for name, sort in FIELDS[type(finding)].items()]
    return Amending(found, tuple(sorted(fields, key=lambda f: f.second)), tuple(sorted({a.name for a in report.record.actors})))


def _typed(value: Sequence[str]) -> list[str]:
    """As a form can hold it: in one line, with control characters shown."""
    return [visible(" ".join(x.split())) for x in value]


def _field(connection: Connection, finding: Finding, name: str, sort: Any, record: Record) -> Field:
    value = getattr(finding, name)
    made: dict[str, Any] = {
        "label": LABELS.get(name, name.replace("_", " ").capitalize()),
        "hint": HINTS.get(name, "") if isinstance(finding, Event) else "",
        "second": name in SECOND,
    }
    if sort in (ACTOR, ACTORS):
        ids = value if sort == ACTORS else (value,) if value else ()
        return Field(name, **made, sort="actors" if sort == ACTORS else "actor", value=tuple(_called(connection, i, record) for i in ids))
    if sort == FLAG:
        return Field(name, **made, sort="choice", value=("yes" if value else "no",), choices=_plain(("yes", "no")))
    if sort == WORDS:
        return Field(name, **made, sort="choices", value=tuple(value), choices=_plain(sorted({c for code in table().values() for c in code.context})))
    if sort == FREE:
        return Field(name, **made, **_free(finding, name, value))
    return Field(name, **made, sort="choice", value=(value,), choices=_plain(get_args(sort)))


def _free(finding: Finding, name: str, value: Any) -> Mapping[str, Any]:
    if name == "cameo":
        by_type: dict[str, list[tuple[str, str]]] = {}
        for code in table().values():
            if code.house:
                by_type.setdefault(code.house, []).append((code.cameo, f"{code.cameo} {code.name}"))
        return {"sort": "choice", "value": (value,), "choices": tuple((t, tuple(codes)) for t, codes in by_type.items())}
    if name == "mode":
        return {"sort": "choice", "value": (value,) if value else (), "choices": (("", ((NONE, "none"),)), *_plain(sorted({c.mode for c in table().values() if c.mode})))}
    if name == "status" and isinstance(finding, Affair):
        return {
            "sort": "choice",
            "value": (value,),
            "choices": tuple((k, tuple((s, s.replace("_", " ")) for s in STATUSES[k])) for k in (finding.kind, *(k for k in STATUSES if k != finding.kind))),
        }
    if name == "time":
        return {"sort": "words", "value": (value.value,) if value else ()}
    return {"sort": "words", "value": (value,) if value else ()}


def _called(connection: Connection, id: str, record: Record) -> str:
    """The name by which the form names an actor: one that leads back to it, else its id."""
    name = next((a.name for a in record.actors if a.id == id), id)
    try:
        return name if "," not in name and party(connection, name).id == id else id
    except UnknownNameError:
        return id


def _plain(choices: Sequence[str]) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    return (("", tuple((c, c.replace("_", " ")) for c in choices)),)
