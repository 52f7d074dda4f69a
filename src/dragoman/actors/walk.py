"""One walk through the text: each token that may stand for somebody is looked at with what stands before it already resolved."""

from __future__ import annotations

from collections import Counter

from dragoman.actors.drafts import Drafts
from dragoman.actors.floor import Floor
from dragoman.actors.lexicon import references
from dragoman.actors.pronouns import HE, IT, THEY, antecedent
from dragoman.actors.salience import Salience
from dragoman.actors.sets import described, set_at
from dragoman.actors.titles import Titles
from dragoman.actors.two import named_together
from dragoman.actors.unnamed import LONGEST, Unnamed

PRONOUNS = frozenset(HE) | IT | THEY
PLURAL = frozenset({"NNS", "NNPS"})
EPITHET_REACH = 2  # sentences since the person was named


class Walk:
    """Finds unnamed officials, bodies, groups, sets and pronouns, and gives people the office that the text tells of them."""

    def __init__(self, drafts: Drafts) -> None:
        self.drafts = drafts
        self.words = drafts.words
        self.salience = Salience(drafts.words, named=Counter(drafts.actors[m.actor].acts_for or m.actor for m in drafts.mentions), together=named_together(drafts))
        self.floor = Floor(drafts, self.salience)
        self.titles = Titles(drafts, self.floor, self.look_at)
        self.unnamed = Unnamed(drafts, self.floor, self.titles, self.look_at)
        self._looked_at: set[int] = set()

    def run(self) -> None:
        """Look at every token, in text order."""
        for i in range(len(self.words)):
            self.look_at(i)

    def look_at(self, i: int) -> None:
        """Resolve what token `i` heads, if it heads anything and was not looked at yet."""
        if i in self._looked_at:
            return
        self._looked_at.add(i)
        if i in self.drafts.heads:
            self._named(i)
            return
        if i in self.drafts.taken:
            return
        pos = self.words.pos[i]
        if pos == "PRON" or self.words.tag[i] == "PRP$":
            if self.words.lower[i] in PRONOUNS:
                self._pronoun(i)
            else:
                self._set(i)
        elif pos in ("NOUN", "PROPN", "ADJ", "NUM", "DET"):
            if self._set(i) or self._part(i) or pos in ("NUM", "DET"):
                return
            if self._description(i) or self._document(i) or self._epithet(i):
                return
            if pos != "ADJ" or self.words.dep[i] in ("nsubj", "dobj", "pobj", "nsubjpass"):
                self.unnamed.resolve(i)

    def _named(self, i: int) -> None:
        for id in self.drafts.heads[i]:
            if self.drafts.actors[id].rule == "entity:organization":
                self.titles.place_body(i, id)
            elif (self.drafts.actors[id].kind == "person" and self.drafts.actors[id].acts_for is None) or self.titles.has_title(i):
                if beside := self.titles.told(i, id):
                    self._looked_at.add(beside[0])
                    self.unnamed.add([id], *beside, "title", "title:apposition", 0.85, told=True)
                if not self.drafts.actors[id].acts_for and not self.drafts.actors[id].office:
                    self.titles.introduce(i, id)
        self.floor.seen(i)

    def _pronoun(self, i: int) -> None:
        found = antecedent(self.drafts, self.salience, i, self.floor.speaker, self.floor.voice)
        if found:
            ids, confidence = found
            self.drafts.mention(ids, i, i + 1, i, "pronoun", "coreference:pronoun", confidence)
            self.floor.seen(i, factor=0.8)
            if self.words.lower[i] in HE:
                actor = self.drafts.actors[ids[0]]
                actor.gender = actor.gender or HE[self.words.lower[i]]

    def _part(self, i: int) -> bool:
        """`one of the officials`, `hundreds of protesters`: who they are a part of."""
        words = self.words
        if words.lower[i] not in references().quantities or words.dep[i] in ("nummod", "det", "amod", "compound"):
            return False
        for c in words.kids[i]:
            if words.dep[c] == "prep" and words.lower[c] == "of" and c <= i + 1:
                for noun in words.children(c, "pobj"):
                    self.look_at(noun)
                    ids = [x for x in self.drafts.heads.get(noun, ()) if self.drafts.actors[x].plural or self.drafts.actors[x].kind in ("population", "state")]
                    if ids and noun - i <= 8:
                        self.drafts.mention(ids, i, noun + 1, i, "title", "coreference:part", 0.7)
                        self.floor.seen(i)
                        return True
        return False

    def _set(self, i: int) -> bool:
        found = set_at(self.drafts, self.salience, i)
        if found is None:
            return False
        ids, start, end, confidence = found
        if len(ids) == 2 and all(self.drafts.actors[x].kind in ("state", "group") for x in ids):
            self.salience.pair = ids
        self.drafts.mention(ids, *self._phrase(start, end, i), i, "set", "coreference:set", confidence)
        self.floor.seen(i, factor=0.5)
        return True

    def _description(self, i: int) -> bool:
        found = described(self.drafts, self.salience, i)
        if found is None:
            return False
        id, start, confidence = found
        self.drafts.mention([id], *self._phrase(start, i + 1, i), i, "title", "coreference:description", confidence)
        self.floor.seen(i, factor=0.8)
        return True

    def _document(self, i: int) -> bool:
        """`the statement said`: its author, who spoke last; `the French statement`: whose it is."""
        words = self.words
        if words.lemma[i] not in references().documents or words.dep[i] != "nsubj" or words.lemma[words.head[i]] not in references().saying:
            return False
        owner = next((x for c in words.kids[i] if words.dep[c] in ("amod", "poss", "compound", "nmod") for x in self.drafts.heads.get(c, ())), None)
        definite = any(words.lower[c] in ("the", "its", "his", "her", "their") for c in words.kids[i])
        if owner and self.drafts.actors[owner].kind == "state":
            owner = self.floor.bodies.get(self.drafts.actors[owner].acts_for or "", owner)
        author = owner or ((self.floor.body or self.floor.voice) if definite else None)
        if author is None:
            return False
        self.drafts.mention([author], *self._phrase(words.left(i), i + 1, i), i, "title", "coreference:document", 0.65)
        return True

    def _epithet(self, i: int) -> bool:
        """`the Nobel laureate told them`, `the 67-year-old said`: the person who spoke last, by another name."""
        words, salience = self.words, self.salience
        told = words.lemma[i] in references().epithets or (words.lower[i] == "old" and i > 1 and words.lower[i - 2] in ("year", "years"))
        if not told or words.tag[i] in PLURAL or words.dep[i] not in ("nsubj", "nsubjpass") or self.floor.speaker is None:
            return False
        start = words.left(i)
        if words.lower[start] != "the" or words.sentence[i] - salience.sentence.get((self.floor.speaker,), -9) > EPITHET_REACH:
            return False
        self.drafts.mention([self.floor.speaker], *self._phrase(start, i + 1, i), i, "title", "coreference:epithet", 0.65)
        self.floor.seen(i)
        return True

    def _phrase(self, start: int, end: int, i: int) -> tuple[int, int]:
        """Token bounds of a mention: of one that is too long its head alone."""
        span = self.drafts.document.span(start, end)
        return (start, end) if span.end - span.start <= LONGEST else (i, i + 1)
