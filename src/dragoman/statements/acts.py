"""What a speaker does by saying it: from verb, content and polarity together."""

from __future__ import annotations

from dragoman.language.document import Document
from dragoman.records.statement import Act
from dragoman.statements.draft import Draft


def act_of(document: Document, draft: Draft) -> Act:
    """The act of a statement; `assert` where nothing else fits."""
    return draft.act
