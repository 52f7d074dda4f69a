"""`dragoman.Ledger`: a ledger that can be asked. Each question is a function of its own in this folder; here they are gathered under one name."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.answers import actor, changes, coverage, events, measures, met, report, review, search, standing, statements, stories, timeline
from dragoman.answers.affair import Step, find_affair
from dragoman.answers.affairs import AffairStands, find_affairs
from dragoman.answers.after import After
from dragoman.answers.asking import Day, day_told, view_of
from dragoman.answers.conditions import ConditionStands, find_conditions
from dragoman.answers.dossier import Dossier, find_dossier
from dragoman.answers.endings import Fate
from dragoman.answers.events import Happened
from dragoman.answers.following import Followable
from dragoman.answers.network import Edge, find_network
from dragoman.answers.placed import PLACED_KINDS, Placed, PlacedKind, find_placed
from dragoman.answers.statements import Said
from dragoman.answers.told import Told
from dragoman.errors import InputError
from dragoman.ledger.view import NOW
from dragoman.records.actor import ActorKind
from dragoman.records.affair import AffairKind
from dragoman.records.event import EventType, Status
from dragoman.records.statement import Act


class Ledger(Followable):
    """Where two states stand, and how they got there.

    >>> ledger = dragoman.Ledger("ledger.db")
    >>> ledger.add(dragoman.read("ISTANBUL (AA) – ...", published="2024-06-06"))
    >>> ledger.standing("RUS", "JPN")

    Names are as people write them (`japan`, `JPN`, `Tokyo`); days are dates or `2024-06-30`. Of every question: `as_of` asks what held on a day by all that is known now,
    `known` what the ledger knew on a day, `as_read` leaves out what people corrected.
    """

    def standing(self, a: str, b: str, *, since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False) -> standing.Standing:
        """Where two sides stand: affairs, sanctions, agreements, open conditions, last words; with how much was read to say so.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
            InputError: If the two are one side, or a day is none.
        """
        view = view_of(as_of, since, known, as_read)
        with self._asked() as connection:
            return standing.find_standing(connection, self.words, self._party(connection, a, view), self._party(connection, b, view), view=view)

    def changes(
        self, since: Day, *, of: Sequence[str] = (), as_of: Day = None, known: Day = None, as_read: bool = False, limit: int = 50, most: int | None = changes.MOST
    ) -> list[changes.Change]:  # fmt: skip
        """What moved since a day: statuses of affairs, new conditions, the sharpest words and deeds; of all, or of the sides named. `most`: the sharpest of so many only, the latest; None: of all.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
            InputError: If a day is none.
        """
        day = day_told(since)
        if day is None:
            raise InputError("Since which day? Write it as year-month-day, such as 2024-06-30.")
        view = view_of(as_of, None, known, as_read)
        with self._asked() as connection:
            return changes.find_changes(connection, day, of=[self._party(connection, n, view) for n in of], view=view, limit=limit, most=most)

    def statements(
        self, *, by: str | None = None, about: str | None = None, act: Act | None = None, search: str | None = None,
        since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False, limit: int = 50, after: After | None = None,
    ) -> list[Said]:  # fmt: skip
        """Who said what: the latest first.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
        """
        view = view_of(as_of, since, known, as_read)
        with self._asked() as connection:
            who, whom = self._parties(connection, view, by, about)
            return statements.find_statements(connection, self.words, by=who, about=whom, act=act, search=search, view=view, limit=limit, after=after)

    def timeline(
        self, a: str, b: str | None = None, *, kinds: Sequence[timeline.Kind] = timeline.KINDS,
        since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False, limit: int = 50, after: After | None = None,
    ) -> list[timeline.Moment]:  # fmt: skip
        """The latest moments of two sides, or of one, in order of days: said, done, made conditional, moved.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
        """
        view = view_of(as_of, since, known, as_read)
        with self._asked() as connection:
            one, other = self._party(connection, a, view), None if b is None else self._party(connection, b, view)
            return timeline.find_timeline(connection, one, other, kinds=kinds, view=view, limit=limit, after=after)

    def actor(self, name: str, *, since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False) -> actor.Profile:
        """Who somebody is by what was read: names, offices, last words, the sides it acts toward.

        Raises:
            UnknownNameError: If nobody goes by the name; it offers the nearest.
        """
        view = view_of(as_of, since, known, as_read)
        with self._asked() as connection:
            return actor.profile(connection, self.words, self._party(connection, name, view), view=view)

    def actors(
        self, *, search: str | None = None, kind: ActorKind | None = None, of: str | None = None, since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False, limit: int = 50
    ) -> list[met.Met]:  # fmt: skip
        """Whom reports tell of, by name, kind or side: those who lately had a part in most first.

        Raises:
            UnknownNameError: If nobody goes by the name of the side; it offers the nearest.
        """
        view = view_of(as_of, since, known, as_read)
        with self._asked() as connection:
            (side,) = self._parties(connection, view, of)
            return met.find_met(connection, search=search, kind=kind, of=side, view=view, limit=limit)

    def search(self, words: str, *, since: Day = None, as_of: Day = None, known: Day = None, limit: int = 50, after: After | None = None) -> list[search.Hit]:
        """Reports whose headline or text holds all words, the latest first; a phrase stands in quotation marks."""
        with self._asked() as connection:
            return search.search_reports(connection, self.words, words, view=view_of(as_of, since, known), limit=limit, after=after)

    def coverage(
        self, a: str | None = None, b: str | None = None, *, by: coverage.By = "month",
        since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False, limit: int = 1000,
    ) -> list[coverage.Covered]:  # fmt: skip
        """How many reports were read, in all or of one or two sides: a zero elsewhere is told from nothing read.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
        """
        view = view_of(as_of, since, known, as_read)
        with self._asked() as connection:
            one, other = self._parties(connection, view, a, b)
            return coverage.find_coverage(connection, one, other, by=by, view=view, limit=limit)

    def measures(self, a: str, b: str, *, by: measures.Period = "month", since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False) -> list[measures.Measured]:
        """Cooperation and conflict of two sides through time, with how much was read of them; `exports.plot.chart` draws it.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
            InputError: If the two are one side.
        """
        view = view_of(as_of, since, known, as_read)
        with self._asked() as connection:
            return measures.find_measures(connection, self._party(connection, a, view), self._party(connection, b, view), by=by, view=view)

    def affairs(
        self, *names: str, kind: AffairKind | None = None, status: str | None = None,
        since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False, limit: int = 50,
    ) -> list[AffairStands]:  # fmt: skip
        """Which affairs stand between sides, of one side or of all, and where: those of which something was told last first.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
        """
        view = view_of(as_of, since, known, as_read)
        with self._asked() as connection:
            of = [self._party(connection, n, view) for n in names]
            return find_affairs(connection, of=of, kind=kind, status=status, view=view, limit=limit)

    def affair(self, number: int, *, since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False) -> list[Step]:
        """How an affair came to where it stands: the steps of its status in order of days, with what contradicts them.

        Raises:
            NotInLedgerError: If there is no such affair.
        """
        with self._asked() as connection:
            return find_affair(connection, number, view=view_of(as_of, since, known, as_read))

    def network(
        self, *of: str, others: bool = False, since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False, limit: int = 60
    ) -> list[Edge]:  # fmt: skip
        """Who acts toward whom, the busiest pairs of sides first; of all sides, or of those named. `others`: movements, groups and people are sides too.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
        """
        view = view_of(as_of, since, known, as_read)
        with self._asked() as connection:
            return find_network(connection, of=[self._party(connection, n, view) for n in of], others=others, view=view, limit=limit)

    def placed(
        self, *of: str, kinds: Sequence[PlacedKind] = PLACED_KINDS, since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False, limit: int = 500
    ) -> list[Placed]:  # fmt: skip
        """What happened where: events, disputes and hostilities that have a place on the map, the latest first; of all sides, or of those named.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
        """
        view = view_of(as_of, since, known, as_read)
        with self._asked() as connection:
            return find_placed(connection, of=[self._party(connection, n, view) for n in of], kinds=kinds, view=view, limit=limit)

    def dossier(self, number: int, *, since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False) -> Dossier:
        """All of one affair: where it stands, its steps, how reports put it, the conditions that touch it.

        Raises:
            NotInLedgerError: If there is no such affair.
        """
        with self._asked() as connection:
            return find_dossier(connection, number, view=view_of(as_of, since, known, as_read))

    def events(
        self, a: str | None = None, b: str | None = None, *, directed: bool = False, type: EventType | None = None, cameo: str | None = None, status: Status | None = None,
        background: bool | None = None, by_word_of: str | None = None, since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False, limit: int = 50,
    ) -> list[Happened]:  # fmt: skip
        """Who did what to whom, the latest first; what many reports tell is one event.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
        """
        view = view_of(as_of, since, known, as_read)
        with self._asked() as connection:
            one, other, word = self._parties(connection, view, a, b, by_word_of)
            asked = events.Asked(one, other, directed, type, cameo, status, background, word)
            return events.find_events(connection, asked, view=view, limit=limit)

    def events_told(
        self, a: str | None = None, b: str | None = None, *, directed: bool = False, type: EventType | None = None, cameo: str | None = None, status: Status | None = None,
        background: bool | None = None, by_word_of: str | None = None, since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False, limit: int = 50,
    ) -> list[Told]:  # fmt: skip
        """The same, every telling by itself.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
        """
        view = view_of(as_of, since, known, as_read)
        with self._asked() as connection:
            one, other, word = self._parties(connection, view, a, b, by_word_of)
            asked = events.Asked(one, other, directed, type, cameo, status, background, word)
            return events.find_told(connection, asked, view=view, limit=limit)

    def story(self, number: int, *, since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False, limit: int = 50) -> list[stories.StoryReport]:
        """The reports of a story side by side; the number is the story's, or that of any of its reports.

        Raises:
            NotInLedgerError: If there is no such report.
        """
        with self._asked() as connection:
            return stories.find_story(connection, number, view=view_of(as_of, since, known, as_read), limit=limit)

    def story_events(self, number: int, *, since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False) -> list[Happened]:
        """What the reports of a story tell, each event with all that tell it; the number is the story's."""
        with self._asked() as connection:
            return events.happened_in(connection, view_of(as_of, since, known, as_read), number)

    def stories(
        self, *, about: str | None = None, least: int = 2, since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False, limit: int = 50
    ) -> list[stories.Story]:
        """Stories that several reports tell, those told of last first.

        Raises:
            UnknownNameError: If nobody goes by the name; it offers the nearest.
        """
        view = view_of(as_of, since, known, as_read)
        with self._asked() as connection:
            (who,) = self._parties(connection, view, about)
            return stories.find_stories(connection, about=who, least=least, view=view, limit=limit)

    def report(self, number: int, *, known: Day = None, as_read: bool = False) -> report.ReportStands:
        """One report with what was found in it, what people said of that, its story and its versions.

        Raises:
            NotInLedgerError: If there is no such report, or none was known then.
        """
        with self._asked() as connection:
            return report.find_report(connection, number, view=view_of(None, None, known, as_read))

    def report_of(self, finding: int) -> int:
        """The number of a finding's report.

        Raises:
            NotInLedgerError: If there is no such finding.
        """
        with self._asked() as connection:
            return report.report_of_finding(connection, finding)

    def review(self, *, kinds: Sequence[review.Kind] = review.KINDS, of: str | None = None, limit: int = 50) -> list[review.Doubted]:
        """What a person should look at first: the most doubtful and most consequential of what nobody has confirmed, amended or rejected so far.

        Raises:
            UnknownNameError: If nobody goes by the name; it offers the nearest.
        """
        with self._asked() as connection:
            (who,) = self._parties(connection, NOW, of)
            return review.find_review(connection, kinds=kinds, of=who, limit=limit)

    def conditions(
        self, *, by: str | None = None, of: str | None = None, open: bool = False, closed: bool = False, fate: Fate | None = None,
        since: Day = None, as_of: Day = None, known: Day = None, as_read: bool = False, limit: int = 50,
    ) -> list[ConditionStands]:  # fmt: skip
        """Who made what depend on what, and what became of it as far as later reports say so: those said last first.

        Raises:
            UnknownNameError: If nobody goes by a name; it offers the nearest.
        """
        view = view_of(as_of, since, known, as_read)
        with self._asked() as connection:
            holder, owes = self._parties(connection, view, by, of)
            return find_conditions(connection, by=holder, of=owes, open_only=open, closed_only=closed, fate=fate, view=view, limit=limit)
