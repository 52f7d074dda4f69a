"""A command that asks the ledger: the options that all questions share, written once."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.cli.asking import DEFAULT, As, AsOf, AsRead, KnownOn, Limit, Output, Since, To, Where, answer, asked, written_as

if TYPE_CHECKING:
    from dragoman.answers.ledger import Ledger

# The shared options in the order in which --help lists them: name, type, default.
SHARED: dict[str, tuple[Any, Any]] = {
    "since": (Since, None),
    "as_of": (AsOf, None),
    "known": (KnownOn, None),
    "as_read": (AsRead, False),
    "limit": (Limit, 50),
    "to": (To, None),
    "output": (Output, None),
    "where": (Where, DEFAULT),
}


@dataclass(frozen=True)
class Question:
    """What the shared options of a question say.

    Attributes:
        where: The ledger's address.
        options: What the ledger's method is told beside the question's own words: since, as_of, known, as_read, limit, as far as the command has them.
        to: How the answer is written, where it is said.
        output: The file for it; None: standard output.
    """

    where: str = DEFAULT
    options: dict[str, Any] = field(default_factory=dict)
    to: As | None = None
    output: Path | None = None

    def ledger(self) -> AbstractContextManager[Ledger]:
        """The ledger, open; see `asked`."""
        return asked(self.where)

    @property
    def form(self) -> As:
        """How the answer is written; see `written_as`."""
        return written_as(self.to, self.output)

    def answer(self, rows: Sequence[Any], *, title: str, empty: str) -> None:
        """Write the rows; see `answer`."""
        answer(rows, to=self.to, output=self.output, title=title, empty=empty)


def question(*, without: Sequence[str] = (), limit: int = 50) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the shared options; it gets them as its first argument, a `Question`.

    Args:
        without: Shared options that the command does not have, or has in its own words.
        limit: How many rows at most, where the user says nothing.
    """

    def dressed(command: Callable[..., None]) -> Callable[..., None]:
        own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
        defaults = {name: limit if name == "limit" else default for name, (_, default) in SHARED.items() if name not in without}
        shared = [inspect.Parameter(n, inspect.Parameter.KEYWORD_ONLY, default=d, annotation=SHARED[n][0]) for n, d in defaults.items()]

        def run(**told: Any) -> None:
            common = {name: told.pop(name) for name in defaults}
            way = {name: common.pop(name) for name in ("where", "to", "output") if name in common}
            command(Question(options=common, **way), **told)

        run.__name__, run.__doc__, run.__module__ = command.__name__, command.__doc__, command.__module__
        kept = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
        vars(run)["__signature__"] = inspect.Signature([*kept, *shared])
        run.__annotations__ = {p.name: p.annotation for p in (*kept, *shared)}
        return run

    return dressed
