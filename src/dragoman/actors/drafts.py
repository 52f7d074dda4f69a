"""The cast while it is being made: actors and mentions are added, then sealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from dragoman.actors.cast import Cast, Place
from dragoman.actors.world import Entry, slug
from dragoman.language.document import Document
from dragoman.records import Actor, Mention
from dragoman.records.actor import ActorKind, MentionKind


@dataclass(frozen=True, slots=True)
class DraftMention:
    """A mention by token place, before ids and report positions."""

    actor: str
    place: Place
    how: MentionKind
    rule: str
    confidence: float


@dataclass(slots=True)
class Drafts:
    """Actors and mentions found so far."""

    document: Document
    actors: dict[str, Actor] = field(default_factory=dict)
    mentions: list[DraftMention] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    taken: dict[int, DraftMention] = field(default_factory=dict)
    heads: dict[int, list[str]] = field(default_factory=dict)

    def know(self, entry: Entry) -> str:
        """Add a known actor, with its office as of the report's day, and what it is part of."""
        if entry.id not in self.actors:
            term = entry.term(self.document.report.published)
            self.entries[entry.id] = entry
            self.actors[entry.id] = Actor(
                id=entry.id,
                name=entry.name,
                kind=entry.kind,
                acts_for=term.acts_for if term else entry.acts_for,
                country=entry.country,
                office=term.office if term else None,
                sector=entry.sector,
                member_of=entry.member_of,
                wikidata=entry.wikidata,
                cow=entry.cow,
                rule=f"resource:{entry.source}",
            )
        return entry.id

    def make(self, name: str, kind: ActorKind, *, rule: str, acts_for: str | None = None, country: str | None = None, office: str | None = None, sector: str | None = None) -> str:
        """Add an actor made from the text; the same name with the same allegiance is the same actor."""
        prefix = "person" if kind == "person" else "group" if kind in ("group", "population") else "org"
        id = f"{prefix}:{slug(name)}"
        if id in self.actors and self.actors[id].acts_for != acts_for and acts_for:
            id = f"{id}-{acts_for.lower()}"
        if id not in self.actors:
            self.actors[id] = Actor(id=id, name=name, kind=kind, acts_for=acts_for, country=country, office=office, sector=sector, rule=rule)
        return id

    def amend(self, id: str, **told: str | None) -> None:
        """Set fields of an actor that the text tells better."""
        self.actors[id] = self.actors[id].model_copy(update=told)

    def mention(self, ids: Iterable[str], start: int, end: int, head: Token, how: MentionKind, rule: str, confidence: float) -> None:
        """Add a mention, one for each actor that it stands for; it takes its tokens."""
        place = Place(start, end, head.i)
        for id in ids:
            draft = DraftMention(id, place, how, rule, confidence)
            self.mentions.append(draft)
            known = self.heads.setdefault(head.i, [])
            if id not in known:
                known.append(id)
            for i in range(start, end):
                self.taken.setdefault(i, draft)

    def retake(self, draft: DraftMention, place: Place) -> None:
        """Widen a mention to a larger phrase with another head."""
        at = self.mentions.index(draft)
        self.mentions[at] = replace(draft, place=place)
        old = self.heads.get(draft.place.head, [])
        if draft.actor in old and draft.place.head != place.head:
            old.remove(draft.actor)
            if not old:
                del self.heads[draft.place.head]
        self.heads.setdefault(place.head, [])
        if draft.actor not in self.heads[place.head]:
            self.heads[place.head].append(draft.actor)
        for i in range(place.start, place.end):
            self.taken[i] = self.mentions[at]

    def sealed(self) -> Cast:
        """The finished cast: mentions in text order with ids and report positions."""
        ordered = sorted(self.mentions, key=lambda m: (m.place.start, m.place.end))
        mentions: list[Mention] = []
        covers: dict[int, int] = {}
        for n, draft in enumerate(ordered):
            place = draft.place
            mentions.append(
                Mention(
                    id=self.document.id("m", n + 1),
                    part=self.document.part(self.document.doc[place.head]),
                    rule=draft.rule,
                    confidence=draft.confidence,
                    actor=draft.actor,
                    span=self.document.span(place.start, place.end),
                    how=draft.how,
                )
            )
            for i in range(place.start, place.end):
                covers.setdefault(i, n)
        used = dict.fromkeys(m.actor for m in mentions)
        return Cast(
            actors={id: self.actors[id] for id in used},
            mentions=tuple(mentions),
            places=tuple(d.place for d in ordered),
            heads={i: tuple(ids) for i, ids in self.heads.items()},
            covers=covers,
        )
