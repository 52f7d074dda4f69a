"""spaCy's attribute ruler, remembered: what its rules say of a word is worked out once a word, not once a token.

The ruler of `en_core_web_md` matches 179 patterns at every token, which takes a ninth of the parsing time; all but nine look at one token's tag, lower-case form,
dependency or blankness only. The result is the same, token for token; a ruler with patterns of another kind is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import numpy as np
from spacy.attrs import DEP, IS_SPACE, LEMMA, LOWER, MORPH, POS, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

LOOKED_AT = {"TAG", "LOWER", "DEP", "IS_SPACE"}
SET = (POS, MORPH, LEMMA)  # what can be set for all tokens at once
FACTORY = "dragoman_attribute_ruler"

Key = tuple[int, int, int, int]
Attributes = dict[int, int]


class RememberingRuler:
    """Applies an attribute ruler's rules by a table that fills as words are met."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self.vocab = ruler.vocab
        self.attributes: list[Attributes] = list(ruler.attrs)
        self.indices: list[int] = list(ruler.indices)
        self.one_word = Matcher(ruler.vocab, validate=False)
        self.several = Matcher(ruler.vocab, validate=False)
        self.words: set[int] = set()
        for number, rule in enumerate(_rules(ruler)):
            for pattern in rule["patterns"]:
                matcher = self.one_word if len(pattern) == 1 else self.several
                matcher.add(str(number), [pattern])
                self.words |= set(_words(self.vocab.strings, pattern))
        self.known: dict[Key, Attributes] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set tags, parts of speech, morphology and lemmas as the ruler would."""
        keys = self._keys(doc)
        unknown = [i for i, key in enumerate(keys) if key not in self.known]
        if unknown:
            self._learn(doc, keys, unknown)
        told = [self.known[key] for key in keys]
        for at, attributes in self._of_several(doc, keys):
            told[at] = attributes
        values = np.array([[t.get(a, 0) for a in SET] for t in told], dtype=np.uint64).reshape(len(told), len(SET))
        doc.from_array(list(SET), cast("Any", values))
        for i, attributes in enumerate(told):
            if TAG in attributes:
                doc[i].tag = attributes[TAG]
            if DEP in attributes:
                doc[i].dep = attributes[DEP]
        return doc

    def pipe(self, docs: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Apply to a stream of documents; `batch_size` is what spaCy passes and is not needed."""
        return map(self, docs)

    def _keys(self, doc: Doc) -> list[Key]:
        words = self.words
        return [(tag, lower if lower in words else 0, dep, blank) for tag, lower, dep, blank in doc.to_array([TAG, LOWER, DEP, IS_SPACE]).tolist()]

    def _learn(self, doc: Doc, keys: list[Key], unknown: list[int]) -> None:
        matched: dict[int, list[int]] = {i: [] for i in unknown}
        for name, start, _ in self.one_word(doc, allow_missing=True):
            if start in matched:
                matched[start].append(int(self.vocab.strings[name]))
        for i, rules in matched.items():
            self.known[keys[i]] = self._merged(rules)

    def _of_several(self, doc: Doc, keys: list[Key]) -> Iterator[tuple[int, Attributes]]:
        """(token, what is said of it) where a rule of several words applies, in the order of the rules."""
        found: dict[int, list[int]] = {}
        for name, start, end in self.several(doc, allow_missing=True):
            rule = int(self.vocab.strings[name])
            index = self.indices[rule]
            found.setdefault(start + index if index >= 0 else end + index, []).append(rule)
        if not found:
            return
        for name, start, _ in self.one_word(doc, allow_missing=True):
            if start in found:
                found[start].append(int(self.vocab.strings[name]))
        for at, rules in found.items():
            yield at, self._merged(rules)

    def _merged(self, rules: Iterable[int]) -> Attributes:
        merged: Attributes = {}
        for rule in sorted(rules):
            merged |= self.attributes[rule]
        return merged


def remember_rules(nlp: Language) -> None:
    """Put the remembering ruler in the place of a pipeline's attribute ruler, where it can do the same."""
    if "attribute_ruler" not in nlp.pipe_names:
        return
    ruler = nlp.get_pipe("attribute_ruler")
    if not isinstance(ruler, AttributeRuler) or not _can_remember(ruler):
        return
    position = nlp.pipe_names.index("attribute_ruler")
    remembering = RememberingRuler(ruler)
    nlp.remove_pipe("attribute_ruler")

    def made(nlp: Language, name: str) -> RememberingRuler:
        return remembering

    Language.factory(FACTORY, func=made)
    place: dict[str, Any] = {"before": nlp.pipe_names[position]} if position < len(nlp.pipe_names) else {"last": True}
    nlp.add_pipe(FACTORY, name="attribute_ruler", **place)


def _can_remember(ruler: AttributeRuler) -> bool:
    one_word = [p[0] for rule in _rules(ruler) for p in rule["patterns"] if len(p) == 1]
    settable = all(set(a) <= {*SET, TAG, DEP} for a in ruler.attrs)
    first = all(rule.get("index", 0) >= -1 for rule in _rules(ruler))
    return settable and first and all(set(token) <= LOOKED_AT for token in one_word)


def _rules(ruler: AttributeRuler) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", ruler.patterns)  # spaCy declares the type of a rule's values only


def _words(strings: Any, pattern: list[Mapping[str, Any]]) -> Iterator[int]:
    for token in pattern:
        value = token.get("LOWER")
        for word in [value] if isinstance(value, str) else [w for ws in (value or {}).values() for w in ([ws] if isinstance(ws, str) else ws)]:
            yield strings.add(word)
