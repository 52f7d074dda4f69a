"""Who is who: actors and the words that stand for them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dragoman.records.evidence import Finding, Known, Span

ActorKind = Literal["state", "person", "organization", "igo", "group", "media", "population", "place"]
MentionKind = Literal["name", "seat", "demonym", "title", "pronoun", "set"]


class Actor(Known):
    """Somebody who can speak and act. `id` is stable where the actor is known (`state:JPN`, `igo:EUR`), else made from the text."""

    id: str
    name: str = Field(description="The fullest form in the report; for an unnamed source its description.")
    kind: ActorKind
    acts_for: str | None = Field(default=None, description="The state (ISO 3166-1 alpha-3) or body (`UNO`, `EUR` …) for which it speaks and acts; None where for none.")
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-3 of where it belongs, whoever it acts for.")
    office: str | None = Field(default=None, description="The office as the report gives it, or as held on the report's day.")
    sector: str | None = Field(default=None, description="executive, foreign, defence, military, police, legislature, judiciary, intelligence, party, rebels …")
    member_of: str | None = Field(default=None, description="Id of the actor that it is part of, where one is known.")
    wikidata: str | None = None
    cow: int | None = Field(default=None, description="Correlates of War country number.")
    rule: str = Field(description="How the actor came to be known: a resource entry, or made from the text.")


class Mention(Finding):
    """Words that stand for an actor. A set (`the two countries`) gives one mention an actor."""

    actor: str
    span: Span
    how: MentionKind
