"""Where a list goes on: the row after which the next page begins. What is added meanwhile moves no page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_


@dataclass(frozen=True, slots=True)
class After:
    """The last row that was seen of a list that tells the latest first, and of one day the highest number first.

    Attributes:
        day: Its day; None where it is not known: such rows come last.
        id: Its number.
    """

    day: dt.date | None
    id: int

    def follows(self, day: ColumnElement[Any], id: ColumnElement[Any]) -> ColumnElement[bool]:
        """Condition on rows that come after it."""
        if self.day is None:
            return and_(day.is_(None), id < self.id)
        return or_(day < self.day, and_(day == self.day, id < self.id), day.is_(None))
