"""The day a page is asked for: what held, what was known, with or without corrections; as on the command line."""

from __future__ import annotations

from typing import Annotated, TypedDict

from fastapi import Depends, Query


class Asked(TypedDict):
    """As of when, for the questions of `Ledger`."""

    since: str | None
    as_of: str | None
    known: str | None
    as_read: bool


def _asked(
    since: Annotated[str | None, Query(description="Nothing from before this day.", examples=["2024-01-01"])] = None,
    as_of: Annotated[str | None, Query(description="What held at the end of this day, by all that is known now.", examples=["2024-06-30"])] = None,
    known: Annotated[str | None, Query(description="Only what the ledger knew at the end of this day (UTC).")] = None,
    as_read: Annotated[bool, Query(description="Without what people corrected.")] = False,
) -> Asked:
    return {"since": since or None, "as_of": as_of or None, "known": known or None, "as_read": as_read}


When = Annotated[Asked, Depends(_asked)]
