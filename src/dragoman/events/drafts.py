"""What was found before it is judged: a predicate, its frame, and who stands on which side."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.events.frames import Frame
from dragoman.records.event import Status


@dataclass(frozen=True, slots=True)
class Draft:
    """An act found in the text.

    Attributes:
        token: The predicate whose place in the sentence decides status and time: the verb, a light verb, or a noun alone.
        start: Token index at which the trigger begins.
        end: Token index after its last word.
        frame: What the lexicon says of it.
        sources: Actor ids.
        targets: Actor ids.
        rule: How it was found.
        confidence: How sure.
        statement: Id of the statement that is this act; None where it is no act of speech, or none was found there.
        settled: What the words as they stand make of the act, whatever becomes of the predicate: `will not sign` is a refusal that happened,
            `is due in Oslo` a visit ahead; None where the sentence decides.
    """

    token: Token
    start: int
    end: int
    frame: Frame
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    rule: str
    confidence: float
    statement: str | None = None
    settled: Status | None = None
