"""What can go wrong, by condition; every message names the thing, the place and the remedy."""

from __future__ import annotations

import copy
from typing import Any, Self


class DragomanError(Exception):
    """The root of every error that Dragoman raises on purpose."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), self.args, self.__dict__)


class InputError(DragomanError):
    """An input that cannot be read: it says which, where, and what was expected.

    Attributes:
        source: The file (or `<stdin>`) that holds it.
        line: Its line, 1-based, None where the whole file is meant.
        reason: What is wrong and what would help.
    """

    def __init__(self, reason: str, *, source: str | None = None, line: int | None = None) -> None:
        self.reason, self.source, self.line = reason, source, line
        super().__init__(reason)

    def __str__(self) -> str:
        place = ":".join(str(x) for x in (self.source, self.line) if x is not None)
        return f"{place}: {self.reason}" if place else self.reason

    def at(self, source: str | None, line: int | None = None) -> Self:
        """The same error with its place; a place that it already names is kept."""
        placed = copy.copy(self)
        placed.source, placed.line = self.source or source, self.line or line
        return placed


class EmptyTextError(InputError):
    """A report without any text."""


class NotTextError(InputError):
    """A file that holds no text: a picture, an archive, a PDF."""


class NoArticleError(InputError):
    """A page in which no article could be told from navigation."""


class NoFilesError(InputError):
    """A folder in which there is nothing to read."""


class LanguageError(InputError):
    """A report in a language that the reader does not know.

    Attributes:
        language: ISO 639-1 code of the language that was recognised.
    """

    def __init__(self, language: str, *, source: str | None = None, line: int | None = None) -> None:
        self.language = language
        remedy = "Dragoman reads English; pass a translation. If it is English all the same, set DRAGOMAN_CHECK_LANGUAGE=false."
        super().__init__(f"The text is not English (recognised: {language}). {remedy}", source=source, line=line)


class ReadingError(InputError):
    """A report over which the reader itself failed: a fault of Dragoman, or a worker process that was killed."""


class ModelError(DragomanError):
    """A spaCy pipeline that is missing or lacks what the reader needs."""


class SettingsError(DragomanError):
    """A setting with a value that cannot be; names the setting and the choices."""


class ResourceError(DragomanError):
    """A data file that does not hold what its kind of file must hold; names the file, the entry and the choices."""


class UnknownActorError(DragomanError):
    """An actor code that nobody knows; the message offers the nearest ones."""


class UnknownFindingError(DragomanError):
    """An id that no finding of the record has; the message offers some that are there."""


class LedgerError(DragomanError):
    """A ledger that cannot be opened, read or written; names it and the remedy."""


class NoLedgerError(LedgerError):
    """What was named is no ledger, or there is none."""


class NewerLedgerError(LedgerError):
    """A ledger that a newer Dragoman made."""


class LedgerLockedError(LedgerError):
    """Another program is writing to the ledger and does not end."""


class RefusedError(InputError):
    """A record that a ledger's database does not take, or over which the ledger itself failed."""


class ForgottenError(InputError):
    """A report that was deleted on demand and is not taken in again unasked."""


class UnknownNameError(DragomanError):
    """A name that nobody in the ledger or the world's list goes by, or that several do; offers the nearest.

    Attributes:
        name: The name as it was asked for.
        nearest: Names that are known, the nearest first.
    """

    def __init__(self, message: str, *, name: str, nearest: tuple[str, ...] = ()) -> None:
        self.name, self.nearest = name, nearest
        super().__init__(message)


class NotInLedgerError(DragomanError):
    """A report, story, affair, finding or correction that the ledger does not hold."""


class CorrectionError(InputError):
    """A correction that cannot be made: a field or value that a finding does not have, a finding that was rejected already; says which choices there are."""


class MissingExtraError(DragomanError):
    """A part of Dragoman that needs packages which are not installed; names the extra that brings them."""


def _restored(cls: type[DragomanError], args: tuple[Any, ...], state: dict[str, Any]) -> DragomanError:
    """An error as it was before pickling; its own `__init__` is not run again, as its arguments are not those of the message."""
    error = cls.__new__(cls, *args)
    error.__dict__.update(state)
    return error
