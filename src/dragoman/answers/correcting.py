"""The part of `dragoman.Ledger` by which people correct it."""

from __future__ import annotations

from typing import Any

from dragoman.answers import corrections
from dragoman.answers.corrections import Corrected
from dragoman.ledger import forgetting
from dragoman.ledger.corrections import Correcting, correct, person, undo
from dragoman.ledger.opening import reading
from dragoman.ledger.store import Store


class Correctable(Store):
    """A ledger that people correct. Every correction says who made it, when and why; nothing that was known is lost by one."""

    def correct(self, what: Correcting, *of: str | int, who: str | None = None, why: str | None = None, **told: Any) -> int:
        """Make a correction; gives its number.

        >>> ledger.correct("reject", "f12", why="the denial is the other side's")
        >>> ledger.correct("amend", "f14", act="demand", speaker="Hayashi")
        >>> ledger.correct("merge_actors", "person:y-hayashi", "Yoshimasa Hayashi")
        >>> ledger.correct("office", "Hayashi", "chief cabinet secretary", acts_for="JPN", begin="2023-12-14", end="2025-10-21")

        Args:
            what: `confirm`, `reject`, `amend` a finding; `merge_actors` (the first is the second), `split_actors`, `alias`, `office`; `merge_affairs`, `merge_stories` (two or more);
                `split_affairs` (an affair, and findings that leave it), `split_stories` (a story, and reports that leave it).
            *of: What is corrected, by numbers as answers show them (`f12`, `a3`, `r7`) or by names.
            who: The person; None: `DRAGOMAN_WHO`, else the login name.
            why: The reason.
            **told: Of `amend` new values by field, names for actors, None to clear one; of `office` `acts_for`, `begin`, `end`.

        Raises:
            NotInLedgerError: If the ledger does not hold what is to be corrected.
            CorrectionError: If it cannot be corrected so; it says what can be.
            UnknownNameError: If nobody goes by a name; it offers the nearest.
        """
        with self.writer() as writer:
            return correct(writer, what, of, told, who=who or person(), why=why)

    def undo(self, correction: int | None = None, *, who: str | None = None) -> int:
        """Undo a correction, the last that stands where none is named; gives its number.

        Raises:
            NotInLedgerError: If there is none.
            CorrectionError: If it was undone before.
        """
        with self.writer() as writer:
            return undo(writer, correction, who=who or person())

    def corrections(
        self, *, number: int | None = None, what: Correcting | None = None, who: str | None = None, orphans: bool = False, undone: bool = True, limit: int = 50,
        before: int | None = None,
    ) -> list[Corrected]:  # fmt: skip
        """What people corrected, the latest first; with `orphans` only what waits for its finding, with `before` only what was made before the one with that number."""
        with reading(self.engine) as connection:
            return corrections.find_corrections(connection, number=number, what=what, who=who, orphans=orphans, undone=undone, limit=limit, before=before)

    def report_called(self, name: int | str) -> tuple[int, str]:
        """A report's number, and what a person knows it by: headline or name, publisher, day.

        Raises:
            NotInLedgerError: If there is no such report.
            CorrectionError: If several go by that name.
        """
        with reading(self.engine) as connection:
            number = forgetting.report_called(connection, name)
            return number, corrections.report_told(connection, number)

    def forget(self, report: int | str, *, who: str | None = None, why: str | None = None) -> bool:
        """Delete a report and all that was read off it; only a hash stays, so that it is not taken in again.

        Gives whether no trace is left: False where another program still looks at the ledger as it was; the trace is gone when that program lets go of it.

        Args:
            report: Its number (`r12`), its URL, or the name under which it was added.
            who: The person; None: `DRAGOMAN_WHO`, else the login name.
            why: The reason; it is kept, so it should not quote the report.

        Raises:
            NotInLedgerError: If there is no such report.
        """
        with self.writer() as writer:
            forgetting.forget_report(writer, forgetting.report_called(writer.connection, report), who=who or person(), why=why)
        return forgetting.wipe(self.engine)

    def unforget(self, key: str) -> str:
        """Let a report that was deleted be taken in again, by the hash (or its beginning) that is told when it is added; gives the whole hash.

        Raises:
            NotInLedgerError: If no such report was deleted.
        """
        with self.writer() as writer:
            return forgetting.remember(writer, key)
