"""Sectors of actors in the codes of others."""

from __future__ import annotations

from typing import Any

from dragoman.exports.tellings import Doer
from dragoman.resources import load

TABLE = "ontology/sectors.yaml"
BODIES = {"igo": "IGO"}


def plover_code(doer: Doer) -> str | None:
    """The code of the PLOVER manual for whom somebody acts: the state's, IGO for a body of states; None for who acts for none."""
    if doer.acts_for is None:
        return BODIES.get(doer.kind)
    return doer.acts_for if len(doer.acts_for) == 3 and doer.acts_for in _states() else "IGO"


def plover_sector(doer: Doer) -> str | None:
    """PLOVER's sector code; None where the report tells of none."""
    codes: dict[str, str] = load(TABLE)
    return codes.get(doer.sector) if doer.sector else None


def is_state(code: str) -> bool:
    """Whether a code is that of a state or territory (ISO 3166-1 alpha-3)."""
    return code in _states()


def _states() -> Any:
    return load("actors/states.yaml")
