"""What all answers are: rows that can be shown to a person, written as JSON, and laid out flat for a table."""

from __future__ import annotations

import datetime as dt
from abc import abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar

from dragoman.answers.actors import Named
from dragoman.answers.source import Source
from dragoman.records import Known


class Answered(Known):
    """One row of an answer. Subclasses say in `cells` what a person is shown of it."""

    wide: ClassVar[str] = ""  # heading of the cell that holds words of the report, shown below the others; empty: rows are shown as a table

    @abstractmethod
    def cells(self) -> dict[str, str]:
        """What a person sees: text by column heading, the same headings for every row of an answer."""

    def flat(self) -> dict[str, Any]:
        """The row for a data frame: plain values and lists of them; `_names`, `_codes`, `_ids` of actors; `source_…` of where it stands."""
        told: dict[str, Any] = {}
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if isinstance(value, Source):
                told |= {f"source_{k}": v for k, v in value.model_dump().items()}
            elif isinstance(value, Answered):
                told |= {f"{name}_{k}": v for k, v in value.flat().items()}
            elif field.annotation == tuple[Named, ...]:
                told |= _named(name, value)
            elif isinstance(value, Named):
                told |= {f"{name}_id": value.id, f"{name}_name": value.name, f"{name}_code": value.code}
            elif isinstance(value, tuple):
                told[name] = [v.model_dump(mode="json") if isinstance(v, Known) else v for v in value]
            else:
                told[name] = value
        return told


def names_of(actors: Iterable[Named]) -> str:
    """Names for a person to read; `—` where the report leaves it open."""
    return ", ".join(a.name for a in actors) or "—"


def day_of(day: dt.date | None) -> str:
    """A day for a person to read."""
    return "day not known" if day is None else day.isoformat()


def where_of(source: Source) -> str:
    """Where a finding stands, for a person: publisher, day, report and finding."""
    told = " ".join(x for x in (source.publisher, source.published.isoformat() if source.published else None) if x)
    verdict = f", {source.verdict}" if source.verdict else ""
    return f"{told} [r{source.report} f{source.finding}{verdict}]".lstrip()


def _named(name: str, actors: tuple[Named, ...]) -> dict[str, list[str]]:
    return {f"{name}_names": [a.name for a in actors], f"{name}_codes": [a.code for a in actors], f"{name}_ids": [a.id for a in actors]}
