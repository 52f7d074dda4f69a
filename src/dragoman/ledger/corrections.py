"""What people correct: confirm, reject or amend a finding; merge and split; each a record of its own, anchored by report, kind and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.ledger.store import Writer


def reapply(writer: Writer, reports: Sequence[int]) -> None:
    """Let corrections find their findings again in readings that are new."""
