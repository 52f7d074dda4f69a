"""Dragoman reads diplomacy in the news: who said, did, demanded, promised or refused what, to whom, on what condition.

>>> import dragoman
>>> record = dragoman.read("LIMA, Peru (AP) - Chile rejected ...", published="2024-06-06")
>>> record.statements, record.events, record.conditions, record.affairs

Names are loaded when they are first used, so that `import dragoman` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.answers.ledger import Ledger
    from dragoman.engines.reading import default_reader, read, read_many
    from dragoman.errors import DragomanError
    from dragoman.exports.tables import frame, table
    from dragoman.pipeline import Reader
    from dragoman.records import Record, Report
    from dragoman.settings import Settings

__all__ = ["DragomanError", "Ledger", "Reader", "Record", "Report", "Settings", "default_reader", "frame", "read", "read_many", "table"]

_HOMES = {
    "DragomanError": "dragoman.errors",
    "Ledger": "dragoman.answers.ledger",
    "Reader": "dragoman.pipeline",
    "Record": "dragoman.records",
    "Report": "dragoman.records",
    "Settings": "dragoman.settings",
    "default_reader": "dragoman.engines.reading",
    "frame": "dragoman.exports.tables",
    "read": "dragoman.engines.reading",
    "read_many": "dragoman.engines.reading",
    "table": "dragoman.exports.tables",
}


def __getattr__(name: str) -> Any:
    """A public name, loaded from its home."""
    if name == "__version__":
        from importlib.metadata import version

        return version("dragoman")
    if name not in _HOMES:
        raise AttributeError(f"module 'dragoman' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    if name in ("Reader", "Record", "read", "read_many", "default_reader"):
        from dragoman.exports.notebook import show_records_in_notebooks

        show_records_in_notebooks()
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
