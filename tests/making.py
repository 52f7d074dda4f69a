"""Records made by hand, so that tests of the ledger stand whatever the reader learns."""

from __future__ import annotations

import datetime as dt
from typing import Any

from dragoman.records import Actor, Affair, Condition, Event, Mention, Record, Report, Span, Statement
from dragoman.resources import load

READER = "dragoman-test+1"
WEIGHTS = {
    "AGREE": ("030", 4.0),
    "CONSULT": ("040", 1.0),
    "THREATEN": ("130", -4.4),
    "SANCTION": ("163", -8.0),
    "REJECT": ("120", -4.0),
    "ASSAULT": ("190", -10.0),
    "COOPERATE": ("060", 6.0),
}


class Wire:
    """A record in the making: words are looked up in the text, actors are made of their ids.

    >>> Wire("Peru rejected talks.", "2024-05-01").statement("state:PER", "reject", "talks", act="refuse").record()
    """

    def __init__(
        self, text: str, day: str | None = "2024-06-06", *, url: str | None = None, publisher: str | None = "Test Wire", headline: str | None = None, ref: str | None = None
    ) -> None:
        self.report = Report(text=text, headline=headline, publisher=publisher, published=dt.date.fromisoformat(day) if day else None, url=url, language="en")
        self.ref = ref
        self.actors: dict[str, Actor] = {}
        self.found: dict[str, list[Any]] = {"mentions": [], "statements": [], "events": [], "conditions": [], "affairs": []}

    def span(self, words: str) -> Span:
        """Where words stand; the first time."""
        start = self.report.text.index(words)
        return Span(start, start + len(words))

    def actor(self, id: str, name: str | None = None, acts_for: str | None = None, **more: Any) -> Wire:
        """Somebody by an id of his own; states and bodies act for themselves."""
        kind, _, rest = id.partition(":")
        known = load("actors/states.yaml").get(rest, {}) if kind == "state" else {}
        self.actors[id] = Actor(
            id=id, name=name or known.get("name") or rest.replace("-", " ").title(), kind={"org": "organization"}.get(kind, kind),
            acts_for=acts_for or (rest if kind in ("state", "igo") else None), country=rest if kind == "state" else None, rule="test", **more,
        )  # fmt: skip
        return self

    def mention(self, id: str, words: str) -> Wire:
        """Words that stand for somebody."""
        self._known(id)
        self.found["mentions"].append(Mention(id=f"m{len(self.found['mentions']) + 1}", rule="test", confidence=0.9, actor=id, span=self.span(words), how="name"))
        return self

    def statement(self, speaker: str | None, cue: str, content: str, *, act: str = "assert", to: tuple[str, ...] = (), **more: Any) -> Wire:
        """Somebody said something."""
        self._known(speaker, *to)
        made = {"id": self._id("s"), "rule": "test", "confidence": 0.9, "kind": "speech", "manner": "indirect", "speaker": speaker, "act": act, "addressees": to, **more}
        self.found["statements"].append(Statement(**made, cue_span=self.span(cue), content_spans=(self.span(content),)))
        return self

    def event(self, type: str, sources: tuple[str, ...], targets: tuple[str, ...], trigger: str, **more: Any) -> Wire:
        """Somebody did something."""
        self._known(*sources, *targets)
        cameo, weight = WEIGHTS.get(type, ("010", 0.0))
        made = {"id": self._id("e"), "rule": "test", "confidence": 0.8, "cameo": cameo, "intensity": weight, "polarity": "affirmed", "modality": "asserted", "status": "actual"}
        self.found["events"].append(Event(**{**made, "background": False, **more}, type=type, sources=sources, targets=targets, trigger_span=self.span(trigger)))
        return self

    def condition(self, holder: str | None, consequent: str, antecedent: str, of: tuple[str, ...], *, kind: str = "until", polarity: str = "withheld", **more: Any) -> Wire:
        """No X until Y."""
        self._known(holder, *of)
        made = {"id": self._id("c"), "rule": "test", "confidence": 0.9, "kind": kind, "polarity": polarity, "holder": holder, "demanded_of": of, **more}
        self.found["conditions"].append(Condition(**made, consequent_span=self.span(consequent), antecedent_span=self.span(antecedent)))
        return self

    def affair(
        self, kind: str, parties: tuple[str, ...], status: str, subject: str, words: str, *, senders: tuple[str, ...] = (), targets: tuple[str, ...] = (), **more: Any
    ) -> Wire:
        """A matter stands so."""
        self._known(*parties, *senders, *targets)
        made = {"id": self._id("a"), "rule": "test", "confidence": 0.7, "kind": kind, "status": status, "subject": subject, "senders": senders, "targets": targets, **more}
        self.found["affairs"].append(Affair(**made, parties=parties or (*senders, *targets), evidence=(self.span(words),)))
        return self

    def record(self, *, reader: str = READER) -> Record:
        """The record."""
        return Record(ref=self.ref, reader=reader, report=self.report, actors=tuple(self.actors.values()), **{k: tuple(v) for k, v in self.found.items()})

    def _known(self, *ids: str | None) -> None:
        for id in ids:
            if id is not None and id not in self.actors:
                self.actor(id)

    def _id(self, letter: str) -> str:
        groups = {"s": "statements", "e": "events", "c": "conditions", "a": "affairs"}
        return f"{letter}{len(self.found[groups[letter]]) + 1}"


class Clock:
    """Stands still until it is set."""

    def __init__(self) -> None:
        self.at = dt.datetime(2024, 7, 1, 12, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.at

    def set(self, day: str) -> None:
        """Noon of a day."""
        self.at = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")
