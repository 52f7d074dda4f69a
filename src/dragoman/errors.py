"""What can go wrong, by condition; every message names the thing, the place and the remedy."""

from __future__ import annotations


class DragomanError(Exception):
    """The root of every error that Dragoman raises on purpose."""


class InputError(DragomanError):
    """An input that cannot be read: it says which, where, and what was expected.

    Attributes:
        source: The file (or `<stdin>`) that holds it.
        line: Its line, 1-based, None where the whole file is meant.
        reason: What is wrong and what would help.
    """

    def __init__(self, reason: str, *, source: str | None = None, line: int | None = None) -> None:
        self.reason, self.source, self.line = reason, source, line
        place = ":".join(str(x) for x in (source, line) if x is not None)
        super().__init__(f"{place}: {reason}" if place else reason)


class EmptyTextError(InputError):
    """A report without any text."""


class LanguageError(InputError):
    """A report in a language that the reader does not know.

    Attributes:
        language: ISO 639-1 code of the language that was recognised.
    """

    def __init__(self, language: str, *, source: str | None = None, line: int | None = None) -> None:
        self.language = language
        super().__init__(f"The text is not English (recognised: {language}). Dragoman reads English; pass a translation.", source=source, line=line)


class ModelError(DragomanError):
    """A spaCy pipeline that is missing or lacks what the reader needs."""


class ResourceError(DragomanError):
    """A data file that does not hold what its kind of file must hold; names the file, the entry and the choices."""


class UnknownActorError(DragomanError):
    """An actor code that nobody knows; the message offers the nearest ones."""
