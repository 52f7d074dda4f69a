"""The parse as plain lists: every rule of this stage asks for the same few facts of a token many times, and lists answer fastest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
HYPHENS = frozenset({"-", "‐", "‑", "–"})


@dataclass(frozen=True, slots=True)
class Words:
    """What is asked of the tokens, by token index.

    Attributes:
        kids: Direct dependents, in text order.
        sentence: Number of the sentence in which a token stands.
        idx: Code point of the parsed text at which a token begins.
    """

    doc: Doc
    text: list[str]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    head: list[int]
    kids: list[list[int]]
    sentence: list[int]
    idx: list[int]

    @classmethod
    def of(cls, doc: Doc) -> Words:
        """The lists of a parsed document."""
        tokens = list(doc)
        sentence: list[int] = []
        number = -1
        while len(sentence) < len(tokens):
            number += 1
            sentence += [number] * len(tokens[len(sentence)].sent)
        return cls(
            doc,
            text=[t.text for t in tokens],
            lower=[t.lower_ for t in tokens],
            lemma=[t.lemma_.lower() for t in tokens],
            pos=[t.pos_ for t in tokens],
            tag=[t.tag_ for t in tokens],
            dep=[t.dep_ for t in tokens],
            head=[t.head.i for t in tokens],
            kids=[[c.i for c in t.children] for t in tokens],
            sentence=sentence,
            idx=[t.idx for t in tokens],
        )

    def __len__(self) -> int:
        return len(self.text)

    def children(self, i: int, *deps: str) -> list[int]:
        """Dependents of a token with one of the labels."""
        return [c for c in self.kids[i] if self.dep[c] in deps]

    def conjuncts(self, i: int) -> list[int]:
        """A token and what is coordinated under it."""
        found = [i]
        for c in self.kids[i]:
            if self.dep[c] == "conj":
                found += self.conjuncts(c)
        return found

    def role(self, i: int) -> tuple[str, int]:
        """Label and governor of a phrase; one in a coordination has those of its first member."""
        seen = 0
        while self.dep[i] == "conj" and self.head[i] != i and seen < 20:
            i, seen = self.head[i], seen + 1
        return self.dep[i], self.head[i]

    def preposition(self, i: int) -> str:
        """The preposition that governs a phrase, empty where none does."""
        dep, head = self.role(i)
        return self.lower[head] if dep == "pobj" else ""

    def root(self, start: int, end: int) -> int:
        """The head of a stretch: its first token that is governed from outside."""
        for i in range(start, end):
            if not start <= self.head[i] < end or self.head[i] == i:
                return i
        return end - 1

    def left(self, i: int) -> int:
        """Where the phrase of a noun begins: its leftmost dependent that stands before it without a gap, clauses left out."""
        start = i
        for c in reversed(self.kids[i]):
            if c > i or c < start - 25:
                continue
            if self.dep[c] in ("relcl", "advcl", "cc", "conj", "appos", "preconj", "ccomp", "parataxis", "intj") or (
                self.dep[c] == "punct" and self.text[c] not in HYPHENS and self.text[c] not in "'\"“‘"
            ):
                break
            if self.dep[c] == "npadvmod" and self.text[c + 1] not in HYPHENS and self.doc[c].ent_type_ in ("DATE", "TIME"):
                break
            edge = self.left(c)
            start = min(start, edge)
        return start

    def before(self, i: int, start: int) -> Iterator[int]:
        """Tokens from `start` up to a noun."""
        yield from range(start, i)

    def verb(self, i: int) -> int | None:
        """The verb of the clause in which a token stands."""
        seen = 0
        while self.pos[i] not in ("VERB", "AUX"):
            if self.head[i] == i or seen > 60:
                return None
            i, seen = self.head[i], seen + 1
        return i
