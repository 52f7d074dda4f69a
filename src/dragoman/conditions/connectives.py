"""Where a connective stands in a document, and of what kind it is."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from dragoman.records.condition import ConditionKind
from dragoman.resources import load


@dataclass(frozen=True, slots=True)
class Connective:
    """A connective as the lexicon holds it; `kind_with_only` is its kind where "only" goes with it."""

    words: tuple[str, ...]
    kind: ConditionKind
    frame: str
    only: bool
    kind_with_only: ConditionKind


@dataclass(frozen=True, slots=True)
class Cue:
    """A connective in the text: token bounds `[start, end)`, the word "only" before it left out."""

    connective: Connective
    start: int
    end: int


@functools.cache
def lexicon() -> dict[str, tuple[Connective, ...]]:
    """Connectives by their first word, longest first. Source: resources/en/connectives.yaml."""
    found: dict[str, list[Connective]] = {}
    for entry in load("en/connectives.yaml")["connectives"]:
        for words in entry["words"]:
            found.setdefault(words.split()[0], []).append(_connective(words, entry))
    return {first: tuple(sorted(group, key=lambda c: -len(c.words))) for first, group in found.items()}


def _connective(words: str, entry: dict[str, Any]) -> Connective:
    kind = entry["kind"]
    return Connective(tuple(words.split()), kind, entry["frame"], entry.get("only", False), entry.get("kind_with_only", kind))


@functools.cache
def words(file: str, name: str) -> frozenset[str]:
    """A word list of one of this stage's resources."""
    return frozenset(load(f"en/{file}.yaml")[name])


def find_cues(doc: Doc) -> Iterator[Cue]:
    """Connectives in text order, the longest at each place."""
    known = lexicon()
    lower = tuple(t.lower_ for t in doc)
    taken = 0
    for at, first in enumerate(lower):
        if at < taken or (entries := known.get(first)) is None:
            continue
        for connective in entries:
            end = at + len(connective.words)
            if lower[at:end] == connective.words:
                yield Cue(connective, at, end)
                taken = end
                break
