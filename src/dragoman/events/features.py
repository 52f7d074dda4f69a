"""What the event-type model sees of a sentence: sparse features of the words and grammar that join a source to a target.

A feature is a string; which strings count, and how much, is learnt (training/train.py). Source and target are masked, names are replaced by their kind, so that
the model learns what is done and not who does it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

from spacy.tokens import Doc, Token

from dragoman.events.lookup import frame_of
from dragoman.events.wordclasses import word_classes
from dragoman.language.document import Document

FEATURES_VERSION = 3  # raised with every change of what is computed here or in lookup.py: a model goes with one version
NAMED = frozenset({"GPE", "NORP", "PERSON", "ORG", "LOC", "FAC"})
EMPTY = frozenset({"DET", "PUNCT", "SPACE"})
CONTENT = frozenset({"VERB", "NOUN", "ADJ", "ADV", "PROPN"})
TELLING = frozenset({"dobj", "prt", "prep", "xcomp", "ccomp", "agent", "acomp", "attr", "neg", "aux", "auxpass", "advmod", "oprd", "dative", "nsubj", "nsubjpass", "pobj", "acl"})
STEPS = 6  # how far up the tree the words over an actor tell something
WINDOW = 4  # how many words on either side of an actor are told with their side


@dataclass(frozen=True, slots=True)
class Pair:
    """Source and target in a text as spaCy parsed it, as token bounds `[start, end)`."""

    doc: Doc
    source: tuple[int, int]
    target: tuple[int, int]

    @classmethod
    def of(cls, document: Document, source: tuple[int, int], target: tuple[int, int]) -> Pair:
        """A pair of a document; spaCy's own parse is what the features are read off, as the word vectors hang on it."""
        doc: Any = document.doc
        return cls(getattr(doc, "parsed", doc), source, target)

    def mask(self, i: int) -> str | None:
        """`S` or `T` for a token of one of the two, None for any other."""
        if self.source[0] <= i < self.source[1]:
            return "S"
        return "T" if self.target[0] <= i < self.target[1] else None

    @property
    def bounds(self) -> tuple[int, int]:
        """Token bounds of the sentence or sentences in which the two stand."""
        first, last = min(self.source[0], self.target[0]), max(self.source[1], self.target[1]) - 1
        return self.doc[first].sent.start, max(self.doc[last].sent.end, last + 1)

    def way(self) -> list[Token]:
        """The tokens that join the two in the tree: where both ways up meet, then those over the target, then those over the source; empty over a sentence's end."""
        source, target = self.root("S"), self.root("T")
        over_source = [source, *source.ancestors]
        over_target = [target, *target.ancestors]
        shared = {t.i for t in over_source}
        meeting = next((t for t in over_target if t.i in shared), None)
        if meeting is None:
            return []
        found = {t.i: t for t in [meeting, *_until(target, meeting), *_until(source, meeting)]}
        return list(found.values())

    def root(self, actor: str) -> Token:
        """The head of the words of source (`S`) or target (`T`)."""
        start, end = self.source if actor == "S" else self.target
        return self.doc[start:end].root


def word(token: Token) -> str:
    """The lemma of a token in lower case; a name by its kind, a number as NUM."""
    if token.ent_type_ in NAMED and token.pos_ in ("PROPN", "ADJ", "NOUN"):
        return token.ent_type_
    if token.like_num:
        return "NUM"
    return token.lemma_.lower()


def features(pair: Pair) -> dict[str, float]:
    """All features of a pair with their weights; what is seen twice counts less than twice."""
    found: dict[str, float] = {}
    for name, weight in _all(pair):
        found[name] = found.get(name, 0.0) + weight
    return {name: math.sqrt(weight) for name, weight in found.items()}


def _all(pair: Pair) -> Iterator[tuple[str, float]]:
    yield from _bag(pair)
    yield from _sequence(pair)
    yield from _inside(pair)
    yield from _grammar(pair)
    yield from _meaning(pair)


def _bag(pair: Pair) -> Iterator[tuple[str, float]]:
    """Words by where they stand: before both, between, after both."""
    start, end = pair.bounds
    first, second = sorted((pair.source, pair.target))
    yield ("order:ST" if pair.source < pair.target else "order:TS"), 1.0
    for token in pair.doc[start:end]:
        if token.pos_ in EMPTY or pair.mask(token.i):
            continue
        zone = "between" if first[1] <= token.i < second[0] else "before" if token.i < first[0] else "after"
        lemma = word(token)
        yield f"w:{lemma}", 0.5
        yield f"{zone}:{lemma}", 1.0
        if frame := frame_of(token):
            yield f"frame:{frame.type}", 0.5
            yield f"frame-{zone}:{frame.type}", 1.0


def _sequence(pair: Pair) -> Iterator[tuple[str, float]]:
    """Runs of two and three words, the two actors being one word each, and the words beside each actor."""
    start, end = pair.bounds
    line: list[str] = []
    for token in pair.doc[start:end]:
        mask = pair.mask(token.i)
        if mask:
            if not line or line[-1] != mask:
                line.append(mask)
        elif token.pos_ not in EMPTY:
            line.append(word(token))
    for pair_ in pairwise(line):
        yield "2:" + "_".join(pair_), 0.7
    for three in zip(line, line[1:], line[2:], strict=False):
        yield "3:" + "_".join(three), 0.5
    for actor in ("S", "T"):
        if actor not in line:  # one inside the other: `[the [Egyptian] ambassador]`
            continue
        at = line.index(actor)
        for near in line[max(0, at - WINDOW) : at]:
            yield f"{actor}-{near}", 0.5
        for near in line[at + 1 : at + 1 + WINDOW]:
            yield f"{actor}+{near}", 0.5


def _inside(pair: Pair) -> Iterator[tuple[str, float]]:
    """Words of the actors themselves: `the terrorist attack`, `police`."""
    for mask, (start, end) in (("S", pair.source), ("T", pair.target)):
        tokens = pair.doc[start:end]
        yield f"{mask}head:{word(tokens.root)}", 0.7
        for token in tokens:
            if token.pos_ not in EMPTY:
                yield f"{mask}in:{word(token)}", 0.4
                if frame := frame_of(token):
                    yield f"{mask}in-frame:{frame.type}", 0.5


def _grammar(pair: Pair) -> Iterator[tuple[str, float]]:
    source, target = pair.root("S"), pair.root("T")
    over_source, over_target = chain(source), chain(target)
    yield from _climb("S", source, over_source)
    yield from _climb("T", target, over_target)
    shared = {t.i for t in over_source} | {source.i}
    meeting = next((t for t in [target, *over_target] if t.i in shared), None)
    if meeting is not None:
        yield from _path(pair, source, target, meeting)
    predicates = {t.i: t for t in [*over_source[:3], *over_target[:3]] if t.pos_ in ("VERB", "AUX", "NOUN")}
    for i, predicate in predicates.items():
        role = ("m" if meeting is not None and i == meeting.i else "") + ("s" if predicate in over_source[:1] else "") + ("t" if predicate in over_target[:1] else "")
        yield from _predicate(pair, predicate, role or "o")


def _meaning(pair: Pair) -> Iterator[tuple[str, float]]:
    """Classes of like words where `_grammar` and `_bag` tell the words themselves: so that a verb of no example counts as its kin do."""
    for actor in ("S", "T"):
        root = pair.root(actor)
        way = relation(root)
        for n, governor in enumerate(chain(root)[:4]):
            classes = word_classes(governor)
            for name in classes:
                yield f"{actor}<{way}<{name}", 0.5
                yield f"{actor}<<{name}", 0.4
            way = relation(governor)
            if n < 2:
                yield from _complements(pair, governor, classes[:1])
    for token in pair.way():
        if not pair.mask(token.i):
            for name in word_classes(token):
                yield f"on-path:{name}", 0.5
    start, end = pair.bounds
    for token in pair.doc[start:end]:
        if token.pos_ in CONTENT and not pair.mask(token.i):
            for name in word_classes(token):
                yield f"w:{name}", 0.2


def _complements(pair: Pair, governor: Token, classes: Sequence[str]) -> Iterator[tuple[str, float]]:
    for child in governor.children:
        if child.dep_ in TELLING and not pair.mask(child.i):
            for name in word_classes(child):
                yield f"pc.{child.dep_}:{name}", 0.3
                if classes and not name.startswith("~~"):
                    yield f"pc.{classes[0]}.{child.dep_}:{name}", 0.3


def chain(token: Token) -> list[Token]:
    """Verbs, nouns and adjectives over an actor, nearest first; prepositions are passed over."""
    return [t for t in islice(token.ancestors, STEPS) if t.pos_ in ("VERB", "AUX", "NOUN", "ADJ", "PROPN")]


def _climb(actor: str, token: Token, over: Sequence[Token]) -> Iterator[tuple[str, float]]:
    """The way up from an actor: `T<dobj<seize`, `T<with<talk<dobj<hold`."""
    way = relation(token)
    for n, governor in enumerate(over[:4]):
        lemma = word(governor)
        yield f"{actor}<{way}<{lemma}", 1.5 if n == 0 else 1.0
        yield f"{actor}<<{lemma}", 1.2 if n < 2 else 0.7
        if frame := frame_of(governor):
            yield f"{actor}<{n}<{frame.type}", 1.2
            yield f"{actor}<{way}<{frame.cameo}", 1.0
        way = relation(governor)


def relation(token: Token) -> str:
    """How a token hangs on the content word over it: the preposition, else the dependency label."""
    head = token.head
    if token.dep_ in ("pobj", "pcomp") and head.i != token.i:
        return head.lower_
    return token.dep_


def _path(pair: Pair, source: Token, target: Token, meeting: Token) -> Iterator[tuple[str, float]]:
    up = list(_until(source, meeting))
    down = list(_until(target, meeting))[::-1]
    yield "path:" + ">".join(t.dep_ for t in up) + "|" + "<".join(t.dep_ for t in down), 1.0
    between = [t for t in [*up[1:], meeting, *down[:-1]] if not pair.mask(t.i)]
    words = [word(t) for t in between]
    yield "path-words:" + "_".join(words), 1.5
    for lemma in words:
        yield f"on-path:{lemma}", 1.2
    for two in pairwise(["S", *words, "T"]):
        yield "path2:" + "_".join(two), 1.0
    frames = [f.type for t in between if (f := frame_of(t))]
    for name in frames:
        yield f"path-frame:{name}", 1.0
    yield "path-frames:" + "_".join(frames), 1.0


def _until(token: Token, top: Token) -> Iterator[Token]:
    while token.i != top.i and token.head.i != token.i:
        yield token
        token = token.head


def _predicate(pair: Pair, predicate: Token, role: str) -> Iterator[tuple[str, float]]:
    lemma = word(predicate)
    yield f"p:{lemma}", 1.0
    yield f"p{role}:{lemma}", 1.0
    if frame := frame_of(predicate):
        yield f"pf{role}:{frame.type}", 1.5
        yield f"pf{role}:{frame.cameo}", 1.2
    for child in predicate.children:
        if child.dep_ not in TELLING:
            continue
        said = pair.mask(child.i) or word(child)
        yield f"p{role}.{child.dep_}:{said}", 0.7
        yield f"p:{lemma}.{child.dep_}:{said}", 1.0
        if child.dep_ in ("aux", "neg"):
            yield f"mood{role}:{child.lower_}", 0.7
        if child.dep_ in ("prep", "agent"):
            for noun in child.children:
                if noun.dep_ in ("pobj", "pcomp"):
                    said = pair.mask(noun.i) or word(noun)
                    yield f"p:{lemma}.{child.lower_}.{said}", 1.0
                    yield f"p{role}.{child.lower_}.{said}", 0.7
