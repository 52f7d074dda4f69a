"""The parse as plain Python objects, read off spaCy once a document.

Rules ask the same few facts of a token many times over, and spaCy works out each answer anew (a look-up in its string store, a walk over the tree): a plain
attribute answers ten times faster. Names and meanings are spaCy's, so that stages annotate with spaCy's types; what only a few rules ask for is led to spaCy's own
document, `doc.parsed`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from itertools import count, pairwise, repeat
from typing import cast, overload

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, IS_PUNCT, IS_SPACE, LEMMA, LOWER, ORTH, POS, SENT_START, SPACY, TAG
from spacy.strings import StringStore
from spacy.tokens import Doc as Parsed
from spacy.vocab import Vocab

SPELT = [ORTH, LOWER, LEMMA, POS, TAG, DEP, ENT_TYPE]
COUNTED = [HEAD, SENT_START, IDX, ENT_IOB, SPACY, IS_PUNCT, IS_SPACE]
IOB = ("", "I", "O", "B")


def read_off(parsed: Parsed) -> Parsed:
    """A parsed text as plain objects. The type given is spaCy's: what the stages ask of it they can ask of either."""
    return cast("Parsed", Doc(parsed))


def part_tokens(doc: Parsed) -> None:
    """Empty a document that was read off, so that its tokens, which point at one another, are freed at once.

    Such circles would else wait for Python's garbage collector, whose rounds are long where lexicons are in memory.
    """
    if isinstance(doc, Doc):
        doc.close()


class Token:
    """One token. The head of a root is the root itself; `children` are in text order."""

    __slots__ = ("children", "dep_", "doc", "ent_type_", "head", "i", "lemma_", "lower_", "pos_", "sent", "tag_", "text")

    head: Token
    children: Sequence[Token]

    def __init__(self, doc: Doc, i: int, text: str, lower: str, lemma: str, pos: str, tag: str, dep: str, kind: str, sent: Tokens) -> None:
        self.doc = doc
        self.i = i
        self.text = text
        self.lower_ = lower
        self.lemma_ = lemma
        self.pos_ = pos
        self.tag_ = tag
        self.dep_ = dep
        self.ent_type_ = kind
        self.sent = sent
        self.children = ()

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    def nbor(self, steps: int = 1) -> Token:
        """The token some steps after this one, or before it; IndexError where the document ends."""
        at = self.i + steps
        if at < 0:
            raise IndexError(at)
        return self.doc.tokens[at]

    @property
    def idx(self) -> int:
        """Code point of the parsed text at which it begins."""
        return self.doc.idx[self.i]

    @property
    def whitespace_(self) -> str:
        """The blank behind it; empty where there is none."""
        return " " if self.doc.blanks[self.i] else ""

    @property
    def is_punct(self) -> bool:
        """Whether it is punctuation."""
        return bool(self.doc.puncts[self.i])

    @property
    def is_space(self) -> bool:
        """Whether it is blank itself."""
        return bool(self.doc.spaces[self.i])

    @property
    def ent_iob_(self) -> str:
        """`B` where it begins an entity, `I` inside one, `O` outside."""
        return IOB[self.doc.iob[self.i]]

    @property
    def left_edge(self) -> Token:
        """The first token of its phrase."""
        return self.doc.tokens[self.doc.parsed[self.i].left_edge.i]

    @property
    def right_edge(self) -> Token:
        """The last token of its phrase."""
        return self.doc.tokens[self.doc.parsed[self.i].right_edge.i]

    @property
    def subtree(self) -> Iterator[Token]:
        """Its phrase, itself included, in text order."""
        before = True
        for child in self.children:
            if before and child.i > self.i:
                before = False
                yield self
            yield from child.subtree
        if before:
            yield self

    @property
    def ancestors(self) -> Iterator[Token]:
        """What governs it, nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    def is_ancestor(self, other: Token) -> bool:
        """Whether it governs another token, directly or not."""
        return any(above is self for above in other.ancestors)

    @property
    def is_sent_start(self) -> bool:
        """Whether a sentence begins here."""
        return self.sent.start == self.i

    @property
    def is_digit(self) -> bool:
        """Whether it is written in digits alone."""
        return self.text.isdigit()

    @property
    def like_num(self) -> bool:
        """Whether it is written as a number: `10`, `ten`, `1,000`."""
        return self.doc.parsed[self.i].like_num

    @property
    def shape_(self) -> str:
        """Its letters and digits by kind: `1990` is dddd."""
        return self.doc.parsed[self.i].shape_

    @property
    def is_quote(self) -> bool:
        """Whether it is a quotation mark."""
        return self.doc.parsed[self.i].is_quote

    @property
    def orth(self) -> int:
        """Key of its text in the parser's tables."""
        return self.doc.parsed[self.i].orth

    @property
    def vocab(self) -> Vocab:
        """The parser's tables."""
        return self.doc.parsed.vocab


class Tokens:
    """The tokens `[start, end)` of a document; an entity with its label."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __len__(self) -> int:
        return self.end - self.start

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Tokens: ...
    def __getitem__(self, at: int | slice) -> Token | Tokens:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self))
            return Tokens(self.doc, self.start + start, self.start + max(start, end))
        return self.doc.tokens[range(self.start, self.end)[at]]

    @property
    def text(self) -> str:
        """The words as they stand, without the blank behind the last."""
        if self.start >= self.end:
            return ""
        doc, last = self.doc, self.end - 1
        return doc.text[doc.idx[self.start] : doc.idx[last] + len(doc.tokens[last].text)]

    @property
    def root(self) -> Token:
        """The token nearest to the root of the sentence, the first of several."""
        return self.doc.tokens[self.doc.parsed[self.start : self.end].root.i]


class Doc:
    """A parsed text.

    Attributes:
        parsed: spaCy's document.
        text: What was parsed.
        tokens: Its tokens.
        ents: Its named entities, in text order.
        idx: By token, where it begins in the text. So for `blanks` (a blank follows), `puncts`, `spaces`, `iob`.
    """

    __slots__ = ("blanks", "ents", "idx", "iob", "parsed", "puncts", "spaces", "text", "tokens")

    idx: list[int]
    iob: list[int]
    blanks: list[int]
    puncts: list[int]
    spaces: list[int]

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        offsets, starts, self.idx, self.iob, self.blanks, self.puncts, self.spaces = parsed.to_array(COUNTED).astype("int64").T.tolist()
        spelling = _spelling(parsed.vocab.strings).__getitem__
        columns = (map(spelling, column) for column in parsed.to_array(SPELT).T.tolist())
        self.tokens = tokens = list(map(Token, repeat(self), count(), *columns, _sentences(self, starts)))
        for i, offset in enumerate(offsets):
            token = tokens[i]
            token.head = head = tokens[i + offset]
            if offset:
                head.children = [*head.children, token]
        self.text = "".join([token.text + " " if blank else token.text for token, blank in zip(tokens, self.blanks, strict=True)])
        self.ents = [Tokens(self, e.start, e.end, e.label_) for e in parsed.ents]

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Tokens: ...
    def __getitem__(self, at: int | slice) -> Token | Tokens:
        if type(at) is int:  # asked most of all by far
            return self.tokens[at]
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self.tokens))
            return Tokens(self, start, max(start, end))
        return self.tokens[at]

    def char_span(self, start: int, end: int, *, alignment_mode: str) -> Tokens | None:
        """The tokens that a stretch of the parsed text touches; None where it touches none."""
        found = self.parsed.char_span(start, end, alignment_mode=alignment_mode)
        return None if found is None else self[found.start : found.end]

    def close(self) -> None:
        """Part the tokens from one another and let them go."""
        for token in self.tokens:
            del token.head, token.children, token.sent
        self.tokens.clear()
        self.ents.clear()


class _Spelling(dict[int, str]):
    """Key → word, filled as words are met: the parser's own look-up costs ten times more."""

    def __init__(self, strings: StringStore) -> None:
        self.strings = strings

    def __missing__(self, key: int) -> str:
        self[key] = word = str(self.strings[key])
        return word


@functools.cache
def _spelling(strings: StringStore) -> _Spelling:
    return _Spelling(strings)


def _sentences(doc: Doc, starts: list[int]) -> list[Tokens]:
    """The sentence of each token."""
    bounds = [*(i for i, start in enumerate(starts) if start == 1 or i == 0), len(starts)]
    found: list[Tokens] = []
    for start, end in pairwise(bounds):
        found += [Tokens(doc, start, end)] * (end - start)
    return found
