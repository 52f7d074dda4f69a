"""How a record shows itself in a notebook. Records know no export, so the hook is put on from here."""

from __future__ import annotations

from dragoman.records import Record


def show_records_in_notebooks() -> None:
    """Give `Record` its `_repr_html_`; doing it twice changes nothing."""
    if not hasattr(Record, "_repr_html_"):
        setattr(Record, "_repr_html_", _repr_html)  # noqa: B010 - a plain assignment is refused by type checkers


def _repr_html(record: Record) -> str:
    from dragoman.exports.html import fragment

    return fragment(record)
