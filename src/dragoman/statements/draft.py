"""A statement in the making: token positions, before it becomes a record."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from dragoman.records.statement import Act, StatementKind

Bounds = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """What is known of a statement; all bounds are token indices `[start, end)`.

    Attributes:
        cue: The word that carries the attribution, None where a quotation goes on without one.
        cue_bounds: The cue as shown: with its auxiliaries or particle.
        speaker: Head of the speaker's phrase, None where it is not told.
        content: What is said, in pieces, in text order.
        addressees: Heads of the phrases of those spoken to.
        names_only_topic: Whether the construction tells on what a stand is taken rather than what is said.
        follows: The draft before, for a quotation that goes on from it.
    """

    kind: StatementKind
    act: Act
    rule: str
    confidence: float
    content: list[Bounds]
    cue: Token | None = None
    cue_bounds: Bounds | None = None
    speaker: Token | None = None
    speaker_bounds: Bounds | None = None
    addressees: list[Token] = field(default_factory=list)
    follows: Draft | None = None
    names_only_topic: bool = False

    @property
    def start(self) -> int:
        """First token of cue and content."""
        starts = [s for s, _ in self.content] + ([self.cue_bounds[0]] if self.cue_bounds else [])
        return min(starts)

    def covers(self, index: int) -> bool:
        """Whether a token stands in what is said."""
        return any(s <= index < e for s, e in self.content)

    def content_size(self) -> int:
        """Tokens of what is said."""
        return sum(e - s for s, e in self.content)
