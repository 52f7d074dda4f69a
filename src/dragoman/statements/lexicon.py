"""What saying and thinking sound like: the words of resources/en/saying-*.yaml, ready for look-up."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from dragoman import resources
from dragoman.records.statement import Act, StatementKind


@dataclass(frozen=True, slots=True)
class Frame:
    """One construction in which a word tells what is said.

    Attributes:
        takes: The construction, as the resource names it: `clause`, `to`, `object` …; of nouns and adjectives `that`, `to`, `about` …
    """

    kind: StatementKind
    act: Act
    takes: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of saying.

    Attributes:
        verbs: Lemma, or lemma and particle (`rule out`), → frames in the order of the resource.
        particles: Lemmas that have an entry with a particle.
        lemmas: Lemmas that the lemmatizer gets wrong → the verb meant.
        telling: Verbs that take the one who is told as their object.
        nouns: Lemma → frames. So for `adjectives`.
        persons: Nouns for those who take a stand: `opponent`.
        carriers: Nouns for what a statement stands in; as a subject they speak for their owner.
        evidence: Nouns for what shows something of itself: `survey`, `footage`.
        unsaid: Verbs that only keep a name or an answer back: `asked not to be named`, `declined to comment`.
        namelessness: Nouns for what a source asks for himself: `requested anonymity`.
        offers: Nouns for what one accepts by saying so: `accepted the invitation`.
        glosses: Nouns by which an aside takes up what was said: `…, a step that Oslo regrets`.
        channel_heads: Nouns for what only passes on: `agency`, `newspaper`.
        hearsay: Adverbs that leave open who says so: `reportedly`.
        surveys: Nouns for what measures: in it something is found, not said.
        plain_spoken, answers, outspoken: What tells of speaking before a colon: `was blunt`, `its answer`, `left no doubt`.
        light: Verbs that make one cue with a noun of saying (`issued a warning`).
    """

    verbs: dict[str, tuple[Frame, ...]]
    particles: frozenset[str]
    lemmas: dict[str, str]
    telling: frozenset[str]
    nouns: dict[str, tuple[Frame, ...]]
    adjectives: dict[str, tuple[Frame, ...]]
    persons: dict[str, tuple[Frame, ...]]
    carriers: frozenset[str]
    evidence: frozenset[str]
    light: frozenset[str]
    prefaces: tuple[tuple[str, ...], ...]
    hearsay: frozenset[str]
    surveys: frozenset[str]
    media: frozenset[str]
    occasions: frozenset[str]
    unsaid: frozenset[str]
    namelessness: frozenset[str]
    offers: frozenset[str]
    glosses: frozenset[str]
    channel_heads: frozenset[str]
    audiences: frozenset[str]
    labels: frozenset[str]
    plain_spoken: frozenset[str]
    answers: frozenset[str]
    outspoken: frozenset[str]


@functools.cache
def lexicon() -> Lexicon:
    """The words of saying in English, read once a process."""
    data = resources.load("en/saying-verbs.yaml")
    verbs = _frames(data["groups"])
    nouns = resources.load("en/saying-nouns.yaml")
    sources = resources.load("en/saying-sources.yaml")
    return Lexicon(
        verbs=verbs,
        particles=frozenset(w.split()[0] for w in verbs if " " in w),
        lemmas=data["lemmas"],
        telling=frozenset(data["telling"]),
        nouns=_frames(nouns["groups"]),
        adjectives=_frames(resources.load("en/saying-adjectives.yaml")["groups"]),
        persons=_frames(nouns["persons"]),
        carriers=frozenset(nouns["carriers"]),
        evidence=frozenset(nouns["evidence"]),
        light=frozenset(w.split()[0] for w in nouns["light"]),
        prefaces=tuple(tuple(p) for p in sources["prefaces"]),
        hearsay=frozenset(sources["hearsay"]),
        surveys=frozenset(sources["surveys"]),
        media=frozenset(sources["media"]),
        occasions=frozenset(sources["occasions"]),
        unsaid=frozenset(sources["unsaid"]),
        namelessness=frozenset(sources["namelessness"]),
        offers=frozenset(nouns["offers"]),
        glosses=frozenset(nouns["glosses"]),
        labels=frozenset(sources["labels"]),
        plain_spoken=frozenset(sources["plain_spoken"]),
        answers=frozenset(sources["answers"]),
        outspoken=frozenset(sources["outspoken"]),
        audiences=frozenset(sources["audiences"]),
        channel_heads=frozenset(sources["channel_heads"]),
    )


def _frames(groups: Any) -> dict[str, tuple[Frame, ...]]:
    found: dict[str, list[Frame]] = {}
    for group in groups:
        for word in group["words"]:
            found.setdefault(word, []).extend(Frame(group["kind"], group["act"], taken) for taken in group["takes"])
    return {word: tuple(frames) for word, frames in found.items()}


@dataclass(frozen=True, slots=True)
class ActWords:
    """Words that tell acts, by the lists of resources/en/saying-acts.yaml."""

    hostile: frozenset[str]
    suffering: frozenset[str]
    enforced: frozenset[str]
    unwilled: frozenset[str]
    provoking: frozenset[str]
    harmful: frozenset[str]
    blaming: frozenset[str]
    bad: frozenset[str]
    good: frozenset[str]
    untrue: frozenset[str]
    harms: frozenset[str]
    claims: frozenset[str]
    accounts: frozenset[str]
    withheld: frozenset[str]
    procedural: frozenset[str]
    yielding: frozenset[str]
    disowning: frozenset[str]
    idle: frozenset[str]
    states_of_mind: frozenset[str]
    helpful: frozenset[str]
    ready: frozenset[str]
    committed: frozenset[str]
    refusing: frozenset[str]
    supporting: frozenset[str]
    accepting: frozenset[str]
    going_on: frozenset[str]
    violent: frozenset[str]
    lasting: frozenset[str]
    wanted: frozenset[str]
    harmless: frozenset[str]
    idle_alone: frozenset[str]
    preferring: frozenset[str]
    suing: frozenset[str]
    seeking: frozenset[str]
    recourse_sought: frozenset[str]
    bringing: frozenset[str]
    going: frozenset[str]
    forums: frozenset[str]
    quarrels: frozenset[str]
    warning: frozenset[str]
    unplanned: frozenset[str]
    accepting_offers: frozenset[str]
    reliefs: frozenset[str]
    relieving: frozenset[str]
    trying: frozenset[str]
    thinking: frozenset[str]
    phrases: tuple[tuple[Act, tuple[str, ...]], ...]
    idioms: tuple[tuple[Act, re.Pattern[str]], ...]


@functools.cache
def act_words() -> ActWords:
    """The words that tell acts, read once a process."""
    data = resources.load("en/saying-acts.yaml")
    lists = {name: frozenset(words) for name, words in data.items() if name not in ("phrases", "idioms")}
    idioms = tuple((act, re.compile("|".join(_gapped(p) for p in told))) for act, told in data["idioms"].items())
    lists["provoking"] = frozenset(resources.load("en/outcomes.yaml")["hostile"])
    return ActWords(**lists, idioms=idioms, phrases=tuple((act, tuple(f" {p} " for p in phrases)) for act, phrases in data["phrases"].items()))


def _gapped(idiom: str) -> str:
    """A pattern over blank-separated lemmas; `*` stands for up to three of them."""
    return " " + " ".join(re.escape(w) for w in idiom.split()).replace(r"\* ", r"(?:\S+ ){0,3}") + " "
