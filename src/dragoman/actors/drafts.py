"""The cast while it is being made: actors and mentions are added, then sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.actors.cast import Cast, Place
from dragoman.actors.words import Words
from dragoman.actors.world import Entry, Term, World, slug
from dragoman.language.document import Document
from dragoman.records import Actor, Mention
from dragoman.records.actor import ActorKind, MentionKind

PREFIXES: dict[str, str] = {"person": "person", "group": "group", "population": "group", "place": "place", "media": "media"}


def office_then(term: Term | None, day: dt.date | None) -> str | None:
    """An office as of a day: `former president` where its term is over."""
    if term is None:
        return None
    return term.office if day is None or term.holds_on(day) else f"former {term.office}"


@dataclass(slots=True)
class DraftActor:
    """An actor that later sentences may still tell more of. `gender` is `he` or `she` where known; `plural` where `they` fits it."""

    id: str
    name: str
    kind: ActorKind
    rule: str
    acts_for: str | None = None
    country: str | None = None
    office: str | None = None
    sector: str | None = None
    member_of: str | None = None
    entry: Entry | None = None
    plural: bool = False
    gender: str | None = None

    def sealed(self) -> Actor:
        """The actor as it is recorded."""
        return Actor(
            id=self.id,
            name=self.name,
            kind=self.kind,
            acts_for=self.acts_for,
            country=self.country,
            office=self.office,
            sector=self.sector,
            member_of=self.member_of,
            wikidata=self.entry.wikidata if self.entry else None,
            cow=self.entry.cow if self.entry else None,
            rule=self.rule,
        )


@dataclass(slots=True)
class DraftMention:
    """A mention by token place, before ids and report positions."""

    actor: str
    place: Place
    how: MentionKind
    rule: str
    confidence: float


@dataclass(slots=True)
class Drafts:
    """Actors and mentions found so far.

    Attributes:
        taken: Token index → the mention that covers it.
        heads: Token index of a phrase's head → ids of whom it stands for.
        locatives: Head of a seat of government that stands as a place (`in Tokyo`) → the state: no mention, but police there are that state's.
        nobody: Tokens of names that look like an actor's and are none (`Persian Gulf`).
        titles: Head of a title → the person who bears it by name (`[minister] Lavrov`): no actor of its own.
    """

    document: Document
    words: Words
    world: World
    actors: dict[str, DraftActor] = field(default_factory=dict)
    mentions: list[DraftMention] = field(default_factory=list)
    taken: dict[int, DraftMention] = field(default_factory=dict)
    heads: dict[int, list[str]] = field(default_factory=dict)
    locatives: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    nobody: set[int] = field(default_factory=set)

    def know(self, entry: Entry) -> str:
        """Add a known actor, with its office as of the report's day, and what it is part of."""
        if entry.id not in self.actors:
            term = entry.term(self.document.report.published)
            self.actors[entry.id] = DraftActor(
                id=entry.id,
                name=entry.name,
                kind=entry.kind,
                rule=f"resource:{entry.source}",
                acts_for=term.acts_for if term else entry.acts_for,
                country=entry.country,
                office=office_then(term, self.document.report.published),
                sector=entry.sector,
                member_of=entry.member_of,
                entry=entry,
            )
        return entry.id

    def make(
        self, name: str, kind: ActorKind, *, rule: str, acts_for: str | None = None, country: str | None = None, office: str | None = None,
        sector: str | None = None, member_of: str | None = None, plural: bool = False, key: str | None = None,
    ) -> str:  # fmt: skip
        """Add an actor made from the text; the same key (else name) with the same allegiance is the same actor."""
        id = f"{PREFIXES.get(kind, 'org')}:{slug(key or name) or 'unnamed'}"
        if (acts_for and kind != "person") or (id in self.actors and acts_for and self.actors[id].acts_for != acts_for):
            id = f"{id}-{acts_for.lower()}"
        known = self.actors.get(id)
        if known is None:
            self.actors[id] = DraftActor(id, name, kind, rule, acts_for, country, office, sector, member_of, plural=plural)
        elif len(name) > len(known.name) and known.entry is None and kind != "person":
            known.name = name
        return id

    def state(self, code: str | None) -> str | None:
        """Id of the state or body with an `acts_for` code, made known where it is not yet."""
        entry = self.world.code(code) if code else None
        return self.know(entry) if entry else None

    def mention(self, ids: Iterable[str], start: int, end: int, head: int, how: MentionKind, rule: str, confidence: float) -> None:
        """Add a mention, one for each actor that it stands for; it takes its tokens."""
        place = Place(start, end, head)
        for id in ids:
            draft = DraftMention(id, place, how, rule, confidence)
            self.mentions.append(draft)
            known = self.heads.setdefault(head, [])
            if id not in known:
                known.append(id)
            for i in range(start, end):
                self.taken.setdefault(i, draft)

    def rename(self, old: str, new: str) -> None:
        """Let one actor's mentions stand for another: the two turn out to be the same."""
        for draft in self.mentions:
            if draft.actor == old:
                draft.actor = new
        for head, ids in self.heads.items():
            if old in ids:
                self.heads[head] = list(dict.fromkeys(new if x == old else x for x in ids))
        self.actors.pop(old, None)

    def _name_states(self, ordered: list[DraftMention]) -> None:
        """Call a state, and whoever else the files know, what the report calls it.

        A state gets the fullest form that stands there (`Britain`, `US`); another keeps the name of the files where the report uses it too, and of a person one
        name alone is too little.
        """
        forms: dict[str, list[str]] = {}
        for draft in ordered:
            actor = self.actors[draft.actor]
            if draft.how == "name" and (actor.kind == "state" or actor.entry is not None):
                forms.setdefault(draft.actor, []).append(" ".join(self.words.doc[draft.place.start : draft.place.end].text.split()))
        for id, names in forms.items():
            actor, fullest = self.actors[id], max(names, key=len)
            if actor.kind == "state" or (actor.name not in names and (actor.kind != "person" or " " in fullest)):
                actor.name = fullest

    def sealed(self) -> Cast:
        """The finished cast: mentions in text order with ids and report positions."""
        ordered = sorted(self.mentions, key=lambda m: (m.place.start, m.place.end))
        mentions: list[Mention] = []
        covers: dict[int, int] = {}
        document = self.document
        for n, draft in enumerate(ordered):
            place = draft.place
            mentions.append(
                Mention(
                    id=document.id("m", n + 1),
                    part=document.part(document.doc[place.head]),
                    rule=draft.rule,
                    confidence=draft.confidence,
                    actor=draft.actor,
                    span=document.span(place.start, place.end),
                    how=draft.how,
                )
            )
            for i in range(place.start, place.end):
                covers.setdefault(i, n)
        self._name_states(ordered)
        used = dict.fromkeys(m.actor for m in mentions)
        return Cast(
            actors={id: self.actors[id].sealed() for id in used},
            mentions=tuple(mentions),
            places=tuple(d.place for d in ordered),
            heads={i: tuple(ids) for i, ids in self.heads.items() if ids},
            covers=covers,
            genders={id: told for id in used if (told := self.actors[id].gender)},
        )
