"""Amending a finding: which of its fields a person may change, to what, and what follows from a change."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, get_args

from pydantic import ValidationError

from dragoman.errors import CorrectionError
from dragoman.events.codes import Code, table
from dragoman.ledger.moments import is_prefix
from dragoman.records import Affair, Condition, Event, Finding, Statement
from dragoman.records.affair import AffairKind
from dragoman.records.condition import ConditionKind
from dragoman.records.event import EventType, Modality, Polarity, Status
from dragoman.records.statement import Act, Manner, StatementKind

type Changes = dict[str, Any]
type Resolve = Callable[[str], str]  # from a name to an actor id

ACTOR, ACTORS, FLAG, WORDS, FREE = "actor", "actors", "flag", "words", "free"
FIELDS: dict[type[Finding], dict[str, Any]] = {
    Statement: {"act": Act, "kind": StatementKind, "manner": Manner, "speaker": ACTOR, "co_speakers": ACTORS, "addressees": ACTORS},
    Event: {
        "type": EventType, "cameo": FREE, "mode": FREE, "context": WORDS, "sources": ACTORS, "targets": ACTORS, "status": Status, "polarity": Polarity, "modality": Modality,
        "background": FLAG, "time": FREE, "claimed_by": ACTOR,
    },
    Condition: {"kind": ConditionKind, "polarity": Literal["withheld", "promised", "threatened"], "holder": ACTOR, "demanded_of": ACTORS},
    Affair: {"kind": AffairKind, "status": FREE, "parties": ACTORS, "senders": ACTORS, "targets": ACTORS, "subject": FREE},
}  # fmt: skip
NEEDED = frozenset({"cameo", "status", "subject"})  # of the free fields those that cannot be empty
STATUSES: dict[str, tuple[Polarity, Modality]] = {
    "actual": ("affirmed", "asserted"),
    "negated": ("negated", "asserted"),
    "planned": ("affirmed", "planned"),
    "possible": ("affirmed", "possible"),
}
YES, NO = ("yes", "true", "1"), ("no", "false", "0")


def changes_of(finding: Finding, told: Mapping[str, Any], resolve: Resolve) -> Changes:
    """What a person wants changed, as values of the record's fields.

    Args:
        finding: The finding.
        told: Values by field as people write them: words, names of actors, several joined by commas; nothing clears a field.
        resolve: From a name to an actor id.

    Raises:
        CorrectionError: If such a finding has no such field, or the field no such value; it says which there are.
        UnknownNameError: If nobody goes by a name.
    """
    fields = FIELDS[type(finding)]
    kind = type(finding).__name__.lower()
    if not told:
        raise CorrectionError(f"Say what is to be amended, as FIELD=VALUE. Fields of a finding of this kind ({kind}): {', '.join(fields)}.")
    for name in told:
        if name not in fields:
            raise CorrectionError(f"{name}=: no field of this finding ({kind}). Choose from {', '.join(fields)}.")
    return {name: _value(name, fields[name], value, resolve) for name, value in told.items()}


def amended(finding: Finding, changes: Changes) -> Finding:
    """The finding with changes and what follows from them: of an event type, code and weight go together, so do status, polarity and modality.

    Raises:
        CorrectionError: If the changes do not go together with each other or with what is there.
    """
    data = finding.model_dump() | changes
    match finding:
        case Event():
            data |= _coded(finding, changes) | _judged(finding, changes)
            if "time" in changes:
                data["time"] = {"value": changes["time"]} if changes["time"] else None
        case Affair():
            data |= _sided(finding, changes)
    data |= {"rule": "person", "confidence": 1.0}
    try:
        return type(finding).model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        raise CorrectionError(f"{'.'.join(str(x) for x in first['loc']) or 'The amendment'}: {first['msg'].removeprefix('Value error, ')}.") from None


def label_of(finding: Finding) -> str:
    """What a finding says in one word, to tell it from others on the same words: its act, type or kind."""
    match finding:
        case Statement():
            return finding.act
        case Event():
            return finding.type
        case Condition() | Affair():
            return finding.kind
    raise TypeError(f"not a finding that can be corrected: {finding!r}")


def actors_of(finding: Finding) -> tuple[str, ...]:
    """Everybody who has a part in a finding, sorted."""
    found: set[str] = set()
    for name, sort in FIELDS[type(finding)].items():
        value = getattr(finding, name)
        found |= set(value) if sort == ACTORS else {value} if sort == ACTOR and value else set()
    return tuple(sorted(found))


def _value(name: str, sort: Any, told: Any, resolve: Resolve) -> Any:
    each = told.split(",") if isinstance(told, str) else told if isinstance(told, Sequence) else [] if told is None else [told]
    several = [str(x).strip() for x in each if str(x).strip()]
    one = "" if told is None else str(told).strip()
    if sort == ACTORS:
        return tuple(dict.fromkeys(resolve(x) for x in several))
    if sort == ACTOR:
        return resolve(one) if one else None
    if sort == FLAG:
        if one.lower() not in YES + NO:
            raise CorrectionError(f"{name}={one}: choose from yes, no.")
        return one.lower() in YES
    if sort == WORDS:
        return tuple(_chosen(name, x, sorted({c for code in table().values() for c in code.context})) for x in several)
    if sort == FREE:
        return _free(name, one)
    return _chosen(name, one, get_args(sort))


def _free(name: str, told: str) -> str | None:
    if not told:
        if name in NEEDED:
            raise CorrectionError(f"{name}=: cannot be empty.")
        return None
    if name == "mode":
        return _chosen(name, told, sorted({c.mode for c in table().values() if c.mode}))
    if name == "time" and not is_prefix(told):
        raise CorrectionError(f"time={told}: write it as year, year-month or year-month-day, such as 2024-06-30.")
    return told


def _chosen(name: str, told: str, choices: Iterable[str]) -> str:
    by_lower = {c.lower(): c for c in choices}
    if told.lower() not in by_lower:
        raise CorrectionError(f"{name}={told}: choose from {', '.join(by_lower.values())}.")
    return by_lower[told.lower()]


def _coded(event: Event, changes: Changes) -> Changes:
    """Type, code, mode, contexts and weight, where the type or the code is changed."""
    if "cameo" not in changes and changes.get("type", event.type) == event.type:
        return {}
    line = _line(changes["cameo"]) if "cameo" in changes else _general(changes["type"])
    if line.house is None:
        raise CorrectionError(f"cameo={line.cameo}: {line.name} is a mere statement and no event of PLOVER.")
    if changes.get("type", line.house) != line.house:
        raise CorrectionError(f"cameo={line.cameo} is {line.house}, not {changes['type']}. Leave one of the two out.")
    made = {"type": line.house, "cameo": line.cameo, "mode": line.mode, "context": line.context, "intensity": line.goldstein}
    return made | {k: changes[k] for k in ("mode", "context") if k in changes}


def _line(cameo: str) -> Code:
    known = table().get(cameo)
    if known is None:
        near = difflib.get_close_matches(cameo, table(), n=3)
        offered = "; ".join(f"{c} {table()[c].name}" for c in near)
        raise CorrectionError(f"cameo={cameo}: CAMEO has no such code." + (f" Near it: {offered}." if offered else " A code has three or four digits, such as 120."))
    return known


def _general(type_: str) -> Code:
    """The most general code of a type."""
    return min((c for c in table().values() if c.house == type_), key=lambda c: (not c.cameo.endswith("0"), len(c.cameo), c.cameo))


def _judged(event: Event, changes: Changes) -> Changes:
    """Status, polarity and modality, of which the first follows from the others."""
    if not changes.keys() & {"status", "polarity", "modality"}:
        return {}
    polarity, modality = STATUSES[changes["status"]] if "status" in changes else (event.polarity, event.modality)
    polarity, modality = changes.get("polarity", polarity), changes.get("modality", modality)
    status = "negated" if polarity == "negated" else "actual" if modality == "asserted" else modality
    if changes.get("status", status) != status:
        raise CorrectionError(f"status={changes['status']} does not go with polarity={polarity} and modality={modality}, which make it {status}. Give the status alone.")
    return {"polarity": polarity, "modality": modality, "status": status}


def _sided(affair: Affair, changes: Changes) -> Changes:
    """Parties, which hold senders and targets; where the kind changes, what parties said of the old kind's status falls away."""
    made: Changes = {}
    if changes.keys() & {"senders", "targets"} and "parties" not in changes:
        made["parties"] = tuple(dict.fromkeys((*changes.get("senders", affair.senders), *changes.get("targets", affair.targets))))
    if changes.get("kind", affair.kind) != affair.kind:
        made["status_by_party"] = ()
    return made
