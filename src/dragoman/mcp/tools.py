"""The tools: one a question, described for whoever has never seen a ledger."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Annotated, Any, Literal

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from dragoman.answers.coverage import By
from dragoman.answers.endings import Fate
from dragoman.answers.ledger import Ledger
from dragoman.answers.timeline import KINDS
from dragoman.engines.reading import default_reader, read
from dragoman.errors import DragomanError
from dragoman.mcp.brief import answer, brief, brief_record, compact
from dragoman.records.affair import AffairKind
from dragoman.records.event import EventType, Status
from dragoman.records.statement import Act

LONGEST = 50_000  # characters of a text that is read
Kind = Literal["statement", "event", "condition", "affair"]
Side = Annotated[str, Field(min_length=1, max_length=200, description="A state, body, movement or person as people write it: japan, JPN, Tokyo, NATO, Hayashi.")]
Maybe = Annotated[str | None, Field(max_length=200, description="A state, body, movement or person as people write it; leave it away for everybody.")]
Since = Annotated[str | None, Field(description="Nothing from before this day, as 2024-06-30.")]
AsOf = Annotated[str | None, Field(description="What held at the end of this day, by all that is known now, as 2024-06-30.")]
Known = Annotated[str | None, Field(description="Only what the ledger knew at the end of this day, as 2024-06-30: what one could have said then.")]
Limit = Annotated[int, Field(ge=1, le=100, description="How many rows at most.")]


class Tools:
    """What a client may ask.

    Args:
        opened: Opens the ledger; called at the first question, so that one that is made later is found.
    """

    def __init__(self, opened: Callable[[], Ledger]) -> None:
        self._opened, self._ledger = opened, None
        self._lock, self._turn = threading.Lock(), threading.Lock()

    _ledger: Ledger | None

    def all(self) -> list[Callable[..., str]]:
        """The tools, each answering errors of ours in words."""
        mine = (
            self.standing, self.timeline, self.statements, self.events, self.conditions, self.affairs, self.affair, self.actor, self.search, self.changes, self.coverage, self.read_report,
        )  # fmt: skip
        return [_in_words(tool) for tool in mine]

    @property
    def ledger(self) -> Ledger:
        """The ledger, open."""
        with self._lock:
            if self._ledger is None:
                self._ledger = self._opened()
            return self._ledger

    def close(self) -> None:
        """Let the ledger go."""
        if self._ledger is not None:
            self._ledger.close()

    def read_report(
        self, text: Annotated[str, Field(min_length=1, max_length=LONGEST, description="The report as it was published, in English, with its dateline if it has one.")],
        published: Annotated[str | None, Field(description="Its day, as 2024-06-30; without it relative dates stay open.")] = None,
        headline: str | None = None, publisher: str | None = None,
    ) -> str:  # fmt: skip
        """Read one news report that you have the text of: who said, did, demanded, promised or refused what, to whom, on what condition, and where matters stand by it. Nothing is kept and no
        ledger is needed. Every finding has the sentence it stands on and how sure the reader is (of findings at 0.9, nine in ten are right).
        """
        with self._turn:
            return brief_record(read(text, published=published, headline=headline, publisher=publisher, reader=default_reader()))

    def standing(self, a: Side, b: Side, since: Since = None, as_of: AsOf = None, known: Known = None) -> str:
        """Where two sides stand: disputes, negotiations, agreements, sanctions both ways and the status of each, conditions still open with who must do what, what each last said of the other.
        Begin here for a question about two sides. `read` says how many reports tell of both: where it is 0, nothing was read and nothing can be concluded.
        """
        found = self.ledger.standing(a, b, since=since, as_of=as_of, known=known)
        told: dict[str, Any] = {"a": brief(found.a), "b": brief(found.b), "read": brief(found.read)}
        for section in ("affairs", "agreements", "sanctions", "conditions", "last_words"):
            rows = getattr(found, section)
            told[section] = [brief(row) for row in rows[:12]]
            if len(rows) > 12:
                told[f"{section}_more"] = f"{len(rows) - 12} more: ask the tool for {section}"
        told["measures"] = [f"{m.period}: {m.events} events, cooperation {m.cooperation:g}, conflict {m.conflict:g}, {m.reports} reports" for m in found.measures]
        return compact(told)

    def timeline(
        self, a: Side, b: Maybe = None, kinds: Annotated[list[Kind] | None, Field(description="Only these kinds.")] = None, since: Since = None, as_of: AsOf = None, known: Known = None,
        limit: Limit = 20,
    ) -> str:  # fmt: skip
        """How two sides got to where they stand, or what one said and did and what was said and done toward it: the latest moments in order of days. An affair is told only where its status moved;
        what several reports of one story tell is one moment. To look further back, ask again with `as_of` the day of the first row.
        """
        rows = self.ledger.timeline(a, b, kinds=tuple(kinds or KINDS), since=since, as_of=as_of, known=known, limit=limit + 1)
        earlier = "There are earlier moments: ask with as_of the day of the first row, or raise limit." if len(rows) > limit else None
        return answer(rows[-limit:], limit=limit, earlier=earlier, read=self._read(a, b, as_of, known) if not rows else None)

    def statements(
        self, by: Maybe = None, about: Maybe = None, act: Annotated[Act | None, Field(description="What was done by saying it.")] = None,
        search: Annotated[str | None, Field(max_length=500, description='Words that must stand in it; a phrase in quotation marks: "peace treaty".')] = None,
        since: Since = None, as_of: AsOf = None, known: Known = None, limit: Limit = 20,
    ) -> str:  # fmt: skip
        """Who said what, in the very words, the latest first. A state as speaker stands for all who speak for it; `about` is to whom it was said or who is named in it."""
        rows = self.ledger.statements(by=by, about=about, act=act, search=search, since=since, as_of=as_of, known=known, limit=limit + 1)
        return answer(rows, limit=limit, read=self._read(by or about, None, as_of, known) if not rows else None)

    def events(
        self, a: Maybe = None, b: Maybe = None, directed: Annotated[bool, Field(description="Only what a did to b.")] = False,
        type: Annotated[EventType | None, Field(description="PLOVER type.")] = None, status: Annotated[Status | None, Field(description="Whether it came to pass.")] = None,
        since: Since = None, as_of: AsOf = None, known: Known = None, limit: Limit = 20,
    ) -> str:  # fmt: skip
        """Who did what to whom, coded by PLOVER and CAMEO, the latest first. What many reports tell is one event with `reports` and what they do not agree on. `status`: actual happened, negated did not,
        planned and possible have not yet. `claimed_by`: it stands on the word of these alone.
        """
        rows = self.ledger.events(a, b, directed=directed, type=type, status=status, since=since, as_of=as_of, known=known, limit=limit + 1)
        return answer(rows, limit=limit, read=self._read(a, b, as_of, known) if not rows else None)

    def conditions(
        self, by: Maybe = None, of: Maybe = None, open: Annotated[bool, Field(description="Only those still open.")] = False,
        fate: Annotated[Fate | None, Field(description="What became of it.")] = None, since: Since = None, as_of: AsOf = None, known: Known = None, limit: Limit = 20,
    ) -> str:  # fmt: skip
        """No X until Y: who made what depend on what. `by` sets the condition (holder), `of` would have to act (owes). `fate` says what became of it as far as later reports say so, with the sentence that
        ended it.
        """
        rows = self.ledger.conditions(by=by, of=of, open=open, fate=fate, since=since, as_of=as_of, known=known, limit=limit + 1)
        return answer(rows, limit=limit, read=self._read(by or of, None, as_of, known) if not rows else None)

    def affairs(
        self, a: Maybe = None, b: Maybe = None, kind: AffairKind | None = None,
        status: Annotated[str | None, Field(max_length=20, description="Only where it stands so: open, in_force, under_way, ceasefire …")] = None,
        since: Since = None, as_of: AsOf = None, known: Known = None, limit: Limit = 20,
    ) -> str:  # fmt: skip
        """Which matters stand between sides and where they stand: disputes, agreements, sanctions, negotiations, hostilities, relations; those told of last first. `against` is what other recent reports
        say. `affair` with the number of a row gives its history.
        """
        rows = self.ledger.affairs(*(n for n in (a, b) if n), kind=kind, status=status, since=since, as_of=as_of, known=known, limit=limit + 1)
        return answer(rows, limit=limit, read=self._read(a, b, as_of, known) if not rows else None)

    def affair(self, number: Annotated[int, Field(ge=1, description="Its number, from a row of affairs.")], as_of: AsOf = None, known: Known = None) -> str:
        """The history of one affair: the days on which its status moved, each with the sentence behind it, and what contradicts it. Contradictions are shown, not settled."""
        rows = self.ledger.affair(number, as_of=as_of, known=known)
        return answer(rows, limit=len(rows))

    def actor(self, name: Side, as_of: AsOf = None, known: Known = None) -> str:
        """Who somebody is by what was read: names, offices with the days on which reports give them, last words, the sides it acts toward most."""
        return compact(brief(self.ledger.actor(name, as_of=as_of, known=known)))

    def search(
        self, words: Annotated[str, Field(min_length=1, max_length=500, description='Words that must all stand in a report; a phrase in quotation marks: "peace treaty".')],
        since: Since = None, as_of: AsOf = None, known: Known = None, limit: Limit = 20,
    ) -> str:  # fmt: skip
        """Reports whose headline or text holds all words (matched by their stems), the latest first. For who said it, use statements with search."""
        rows = self.ledger.search(words, since=since, as_of=as_of, known=known, limit=limit + 1)
        return answer(rows, limit=limit)

    def changes(
        self,
        since: Annotated[str, Field(description="The first day looked at, as 2024-06-30.")],
        a: Maybe = None,
        b: Maybe = None,
        as_of: AsOf = None,
        known: Known = None,
        limit: Limit = 10,
    ) -> str:
        """What moved since a day: affairs whose status is another than before, conditions first set, the sharpest words and deeds. `limit` counts each of the four kinds."""
        rows = self.ledger.changes(since, of=[n for n in (a, b) if n], as_of=as_of, known=known, limit=limit)
        return answer(rows, limit=len(rows), read=self._read(a, b, as_of, known) if not rows else None)

    def coverage(self, a: Maybe = None, b: Maybe = None, by: By = "month", since: Since = None, as_of: AsOf = None, known: Known = None, limit: Limit = 60) -> str:
        """How many reports were read, in all or of one or two sides, by day, month, year, publisher, dyad or reader. Ask this before you conclude anything from an empty answer."""
        rows = self.ledger.coverage(a, b, by=by, since=since, as_of=as_of, known=known, limit=limit + 1)
        return answer(rows, limit=limit)

    def _read(self, a: str | None, b: str | None, as_of: str | None, known: str | None) -> str:
        """What an empty answer means."""
        told = sum(row.reports for row in self.ledger.coverage(a, b, by="year", as_of=as_of, known=known))
        about = " and ".join(n for n in (a, b) if n)
        return f"Nothing was found. {told} reports that tell of {about} were read." if about else f"Nothing was found. {told} reports were read."


def _in_words(tool: Callable[..., str]) -> Callable[..., str]:
    @functools.wraps(tool)
    def told(*args: Any, **kwargs: Any) -> str:
        try:
            return tool(*args, **kwargs)
        except DragomanError as error:
            raise ToolError(str(error)) from None

    return told
