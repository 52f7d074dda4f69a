"""What a finding of any kind says in a few words, and who has which side in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from dragoman.answers.actors import Named
from dragoman.answers.source import AT_ONCE
from dragoman.answers.told import standing
from dragoman.ledger import tables

SIDES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "statement": (("speaker",), ("about",)),
    "event": (("source",), ("target",)),
    "condition": (("holder",), ("owes",)),
    "affair": (("sender", "party"), ("target",)),
}


def sides(kind: str, roles: Mapping[str, tuple[Named, ...]]) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Who speaks, acts, sets the condition or is a party; and toward whom."""
    who, whom = (tuple(a for role in side for a in roles.get(role, ())) for side in SIDES[kind])
    return who, whom


def sayings(connection: Connection, findings: Mapping[int, str]) -> dict[int, str]:
    """What findings say: the act of a statement; type, code and status of an event; polarity and kind of a condition; kind, subject and status of an affair.

    Args:
        connection: An open ledger.
        findings: Kinds of findings by their numbers.
    """
    found: dict[int, str] = {}
    for kind, (table, words) in SAYINGS.items():
        ids = [n for n, k in findings.items() if k == kind]
        for start in range(0, len(ids), AT_ONCE):
            found |= {x.finding: words(x) for x in connection.execute(select(table).where(table.c.finding.in_(ids[start : start + AT_ONCE])))}
    return found


def _of_statement(row: Any) -> str:
    return str(row.act)


def _of_event(row: Any) -> str:
    return f"{row.type} {row.cameo}{standing(row.status, row.background)}"


def _of_condition(row: Any) -> str:
    return f"{row.polarity}, {row.kind.replace('_', ' ')}"


def _of_affair(row: Any) -> str:
    return f"{row.kind}, {row.subject}: {row.status.replace('_', ' ')}"


SAYINGS = {
    "statement": (tables.statements, _of_statement),
    "event": (tables.events, _of_event),
    "condition": (tables.conditions, _of_condition),
    "affair": (tables.affairs, _of_affair),
}
