"""A page is one report: the text that extraction gave, verbatim, with what the page says of itself."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from dragoman.errors import EmptyTextError, NoArticleError
from dragoman.intake.encoding import decode
from dragoman.intake.item import Item, Told
from dragoman.records import Report

CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:-]+)""", re.IGNORECASE)
HEAD = 4_096  # bytes in which a page has to name its encoding; source: HTML Living Standard, 4.2.5.4 asks for 1024
FEW_WORDS = 25  # a page with less running text than this holds no article


def html_item(raw: bytes, source: str, told: Told) -> Item:
    """One report from the bytes of a page; `source` is its name and becomes the ref.

    Raises:
        EmptyTextError: If the file is empty.
        NoArticleError: If no article could be told from navigation.
        NotTextError: If it holds no text.

    Source of extraction: trafilatura (comments and tables left out).
    """
    declared = CHARSET.search(raw[:HEAD])
    decoded = decode(raw, declared=declared[1].decode("ascii") if declared else None)
    if not decoded.text.strip():
        raise EmptyTextError("The file is empty.", source=source)
    page = _extracted(decoded.text)
    text = _without_headline(page.text or "", page.title) if page else ""
    if len(text.split()) < FEW_WORDS:
        raise NoArticleError(
            f"No article was found in the page (running text: {len(text.split())} words). Give the page of one report, or its text with --from text.",
            source=source,
        )
    notes = [decoded.note] if decoded.note else []
    published = told.published
    if published is None and page.date:
        published = dt.date.fromisoformat(page.date)
        notes.append(f"The day, {page.date}, was taken from the page.")
    report = Report(
        text=text,
        headline=told.headline or page.title or None,
        publisher=told.publisher or page.sitename or None,
        published=published,
        url=page.url or None,
        byline=page.author or None,
    )
    return Item(report, ref=source, source=source, notes=tuple(notes))


def _without_headline(text: str, title: str | None) -> str:
    """The text without a first line that only repeats the headline, which is a part of its own."""
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if title and first.strip().casefold() == title.strip().casefold() else text


def _extracted(page: str) -> Any:
    """Trafilatura's document, None where it finds nothing."""
    import trafilatura

    # Without the extensive search only what the page declares counts as its day, not any date in a footer.
    dates = {"original_date": True, "extensive_search": False}
    return trafilatura.bare_extraction(page, include_comments=False, include_tables=False, with_metadata=True, date_extraction_params=dates)
