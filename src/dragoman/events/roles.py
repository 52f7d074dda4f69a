"""Who does an act and to whom it is done: from a predicate's place in the sentence to actor ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.events.companions import companions
from dragoman.events.context import is_side
from dragoman.events.frames import classes
from dragoman.events.words import core, word
from dragoman.language.grammar import OBJECTS, RELATIVE, agents, children, clause_verb, is_passive, own_subjects, prepositional, subjects, with_conjuncts

SAME = {"towards": "toward", "onto": "on", "upon": "on", "amongst": "among", "alongside": "with", "for": "for"}
BLAMED = frozenset({"of", "for", "from"})  # accused Tokyo of dumping: Tokyo dumps
ASKED = frozenset({"on", "upon", "to", "for", "with", "from"})  # called on Tokyo to sign: Tokyo signs
LOOSE = frozenset({"complement", "inner", "in", "of"})  # places where somebody of the source's own side is no target
SOURCING = frozenset({"according", "owing", "thanks"})  # `according to Riga`: Riga gets nothing
FINITE = frozenset({"VBD", "VBZ", "VBP"})
RECIPROCAL = 7  # words behind a verb in which `each other` is looked for
NEAR = 5  # words behind a verb in which its particle stands
OWNING = ("poss", "amod", "compound", "nmod")


def doers(verb: Token) -> list[Token]:
    """Who does a verb: as `grammar.subjects`, and controlled from a preposition or by blame.

    `called on Tokyo to sign` → of sign: Tokyo. `accused Tokyo of dumping` → of dumping: Tokyo.
    """
    if own_subjects(verb):
        return subjects(verb)
    if (earlier := _brought_about_by(verb)) is not None:
        return doers(earlier)
    if misread := [c for c in verb.children if c.dep_ in ("npadvmod", "dep", "nmod") and c.pos_ == "PROPN" and c.i < verb.i and verb.tag_ in FINITE]:
        return [t for c in misread for t in with_conjuncts(c)]  # the parser takes some capitalised subjects for adverbs: `Chile imposed …`
    first = verb
    while first.dep_ == "conj" and first.head.pos_ in ("VERB", "AUX"):
        first = first.head
        if first.tag_ == "VBG" and first.dep_ == "pcomp" and verb.tag_ in FINITE and not is_passive(verb):  # `accused Lima of spying and expelled its envoy`
            first = clause_verb(first.head) or first
        if own_subjects(first):
            return doers(teller) if (teller := _teller(verb, first)) is not None else subjects(verb)
    head = first.head
    if _is_cut_off(first):
        return with_conjuncts(head)
    if first.dep_ == "xcomp" and head.pos_ == "VERB" and head.dep_ == "conj" and not children(head, "dobj", "dative") and not is_passive(head):
        return doers(head)
    if first.dep_ == "xcomp" and head.pos_ == "ADJ":
        return doers(head.head) if head.dep_ in ("acomp", "oprd", "conj") else []
    if first.dep_ == "pcomp" and head.lower_ in BLAMED and head.head.pos_ == "VERB":
        blamed = [t for c in head.head.children if c.dep_ in OBJECTS for t in with_conjuncts(c)]
        if is_passive(head.head):
            return own_subjects(head.head)
        if blamed:
            return blamed
    if first.dep_ == "pcomp" and head.dep_ == "prep" and head.head.pos_ in ("NOUN", "PROPN"):
        return _owners(head.head) or _holders(head.head)
    if first.dep_ in ("xcomp", "advcl", "ccomp") and first.tag_ == "VB" and head.pos_ == "VERB" and not children(head, "dobj", "dative"):
        asked = [t for p, t in prepositional(head) if p.lower_ in ASKED and p.i < first.i]
        if asked and head.lemma_ in classes()["asking"]:
            return asked
    if first.dep_ == "xcomp" and head.pos_ == "VERB" and (_is_cut_off(head) or not is_passive(head)) and not any(c.i < first.i for c in children(head, "dobj", "dative")):
        return doers(head)  # who stands behind the infinitive does not do it: `offered to send shells, a step that …`
    if first.dep_ == "acl" and first.tag_ == "VB" and head.pos_ == "NOUN":
        asked = [t for p, t in prepositional(head, "to", "on", "for", "from") if p.i < first.i]
        if asked and word(head) in classes()["appeal"]:
            return asked
    if first.dep_ == "acl" and first.tag_ == "VB" and head.dep_ == "pobj" and head.head.lower_ == "for":
        return with_conjuncts(head)  # calls for foreign troops to leave
    return subjects(verb)


def _is_cut_off(verb: Token) -> bool:
    """Whether a clause between commas has cut a verb off from its subject, so that the parser takes it for a participle: `Chad, which borders both, offered to …`."""
    if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or verb.head.dep_ not in ("ROOT", "ccomp") or verb.head.pos_ not in ("PROPN", "NOUN"):
        return False
    return verb.doc[verb.i - 1].text == "," and any(c.dep_ in ("relcl", "appos", "acl") and verb.head.i < c.i < verb.i for c in verb.head.children)


def _brought_about_by(verb: Token) -> Token | None:
    """The clause of which a participle tells the outcome, where the parser hangs it on a later or an outer verb.

    `Boats rammed the ship, Lima said, injuring two`; `stood by when Lima took the island, forcing them to flee`.
    """
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or verb.lemma_.lower() not in classes()["outcome"]:
        return None
    before = [c for c in verb.head.children if c.dep_ in ("ccomp", "advcl") and c.i < verb.i and c.tag_ in FINITE | {"VBN"} and own_subjects(c)]
    told = [c for c in before if c.dep_ == "ccomp" and c.i < verb.head.i < verb.i]
    near = [c for c in before if c.dep_ == "advcl" and c.i > verb.head.i and c.right_edge.i >= verb.left_edge.i - 2]
    return next(iter((told or near)[-1:]), None)


def _teller(verb: Token, first: Token) -> Token | None:
    """The verb of telling with which a verb goes that the parser hangs on what is told: in `Lima said Quito was lying and threatened to leave`, Lima threatened."""
    teller = first.head
    told = first.dep_ == "ccomp" and teller.pos_ == "VERB" and teller.i < first.i
    if told and verb.tag_ in FINITE and verb.tag_ == teller.tag_ and first.tag_ not in FINITE and not any(c.dep_ in ("aux", "auxpass") for c in verb.children):
        return teller
    return None


def _owners(noun: Token) -> list[Token]:
    found = [t for c in children(noun, "poss") for t in with_conjuncts(c)]
    return found or [t for _, t in prepositional(noun, "by")]


def _holders(noun: Token) -> list[Token]:
    """Who has the plan that a noun names: the subject of the verb over it (`Tokyo has plans for sending`)."""
    verb = clause_verb(noun)
    return doers(verb) if verb is not None and verb.i != noun.i else []


def undergoers(verb: Token) -> list[Token]:
    """Objects of a verb: of a passive its subject; of a relative clause the noun that it hangs on (`a tanker it had seized`)."""
    found: list[Token] = []
    passive = (is_passive(verb) and not _is_cut_off(verb)) or (verb.tag_ == "VBN" and verb.dep_ == "conj" and is_passive(verb.head) and not children(verb, "dobj"))
    if passive:
        found = own_subjects(verb) or (with_conjuncts(verb.head) if verb.dep_ == "acl" else [])
        if not found and verb.dep_ in ("conj", "xcomp"):
            found = doers(verb)
    for child in verb.children:
        if child.dep_ in OBJECTS and child.pos_ != "ADP":
            found += with_conjuncts(verb.head) if child.lower_ in RELATIVE and verb.dep_ == "relcl" else with_conjuncts(child)
    if not found and verb.dep_ == "relcl" and own_subjects(verb) and verb.head.i not in {t.i for t in own_subjects(verb)}:
        found = with_conjuncts(verb.head)
    return found


@dataclass(slots=True)
class Roles:
    """The places around one predicate, looked up as they are asked for.

    Attributes:
        head: The verb or noun of action.
        cast: Who is who.
        noun: The noun beside a light verb; its own prepositions are searched too.
        adjective: The head is an adjective, or a participle used as one (`prepared`).
        filled: Nouns behind the preposition that the frame names (`took part in drills`); their owners and prepositions are searched too.
    """

    head: Token
    cast: Cast
    noun: Token | None = None
    adjective: bool = False
    filled: tuple[Token, ...] = ()
    _objects: list[Token] | None = field(default=None, repr=False)
    _phrases: dict[str, list[Token]] | None = field(default=None, repr=False)
    _particles: tuple[frozenset[str], frozenset[str]] | None = field(default=None, repr=False)

    @property
    def objects(self) -> list[Token]:
        """What a verb does it to, quantities looked through; none for nouns and adjectives."""
        if self._objects is None:
            self._objects = [] if self.head.pos_ not in ("VERB", "AUX") else [n for t in undergoers(self.head) for n in core(t)]
        return self._objects

    @property
    def particles(self) -> tuple[frozenset[str], frozenset[str]]:
        """The verb's particles as the parser marks them, and words that may be one though it takes them for adverbs (`walked away`)."""
        if self._particles is None:
            below = self.head.children
            loose = (c for c in below if c.dep_ in ("advmod", "prep", "acomp", "oprd", "intj") and not any(n.dep_ == "pobj" for n in c.children))
            behind = (c for n in below if n.dep_ in OBJECTS and n.i > self.head.i for c in n.children if c.dep_ == "amod" and c.i > n.i)  # held Riga responsible
            self._particles = frozenset(c.lower_ for c in below if c.dep_ == "prt"), frozenset(c.lower_ for c in (*loose, *behind))
        return self._particles

    def sources(self, slots: Sequence[str]) -> tuple[str, ...]:
        """Ids of the first place that holds somebody; empty where none does."""
        for slot in slots:
            if found := self._who(slot, deep=False):
                return found
        return ()

    def targets(self, slots: Sequence[str], sources: tuple[str, ...]) -> tuple[str, ...]:
        """Ids of the first place that holds somebody of another side than the sources.

        The object counts whoever it is; elsewhere states and bodies go before others. Somebody of the source's own side counts only where no other
        is found, and only a person or group (`police arrested protesters`).
        """
        mine = set(self.cast.codes(sources))
        same: tuple[str, ...] = ()
        apart: tuple[str, ...] = ()
        for slot in slots:
            found = self._who(slot, deep=True)
            other = tuple(i for i in found if self.cast.code(i) not in mine)
            coded = tuple(i for i in other if self.cast.actors[i].acts_for)
            if coded and slot != "object":
                return tuple(i for i in other if is_side(self.cast.actors[i]))  # `both sides` may be a state and a movement
            if other and slot in ("object", "owner", "against"):
                return other
            apart = apart or other
            if slot not in LOOSE:
                same = same or tuple(i for i in found if i not in sources)
        return apart or (same if self._domestic(same) else ())

    def _domestic(self, ids: tuple[str, ...]) -> bool:
        """Whether what stands on the source's own side is a person or group apart from it (`police arrested protesters`)."""
        return bool(ids) and all(self.cast.actors[i].kind in ("person", "group", "population", "organization") for i in ids)

    def _who(self, slot: str, *, deep: bool) -> tuple[str, ...]:
        tokens = self._tokens(slot)
        if not tokens:
            return ()
        if slot == "object":
            return _union(self.cast.at(token) for token in tokens)
        if slot == "by" and self.head.pos_ == "VERB":  # `a ruling by a tribunal in Hamburg` is not Germany's
            return _union(standing_for(token, self.cast, deep=deep and not prepositional(token, "in", "at")) for token in tokens)
        return _union(standing_for(token, self.cast, deep=deep) for token in tokens)

    def _tokens(self, slot: str) -> Sequence[Token]:
        if slot == "subject":
            return self._doers()
        if slot == "object":
            return self.objects
        if slot == "owner":
            return [t for noun in self._nouns() for c in noun.children if c.dep_ in OWNING for t in with_conjuncts(c)]
        if slot == "complement":
            return self._complement()
        if slot == "inner":
            return [t for clause in self._inner() for t in (*undergoers(clause), *(n for _, n in prepositional(clause)))]
        return self._prepositions(slot)

    def _doers(self) -> Sequence[Token]:
        verbal = self.head.pos_ in ("VERB", "AUX")
        if self.head.pos_ == "ADJ" or (self.adjective and verbal):
            return doers(self.head.head) if self.head.dep_ in ("acomp", "oprd") else doers(self.head)
        if not verbal:
            return ()
        if _passive(self.head):
            return agents(self.head)
        found = doers(self.head)
        return [*found, *companions(self.head, found)]

    def _nouns(self) -> Iterable[Token]:
        if self.head.pos_ not in ("VERB", "AUX"):
            return (self.head,)
        return (self.noun,) if self.noun is not None else (*self.objects, *self.filled)

    def _prepositions(self, slot: str) -> Sequence[Token]:
        if self._phrases is None:
            if self.noun is not None:
                self._phrases = _phrases((self.noun, self.head))
            else:
                self._phrases = _phrases((*self._nouns(), self.head, *satellites(self.head)) if self.head.pos_ in ("VERB", "AUX") else (self.head,))
        found = self._phrases.get(slot, ())
        if slot in ("by", "from", "with") and self.noun is None and not found:
            return _phrases(self._farther(slot)).get(slot, ())
        return found

    def _farther(self, slot: str) -> Iterator[Token]:
        """Nouns on which the parser may hang a phrase that is the predicate's: `the expulsion of two envoys by Riga`, `killed in a clash with rebels`."""
        if self.head.pos_ == "VERB":
            yield from (t for _, t in prepositional(self.head) if t.pos_ == "NOUN" and not self.cast.at(t))
        elif slot == "by" and self.head.pos_ != "AUX":
            yield from (t for _, t in prepositional(self.head, "of"))

    def _inner(self) -> Iterator[Token]:
        """Verbs of the act refused or threatened: `refused to meet`, `ruled out meeting`, `threatened to strike`."""
        yield from (c for c in self.head.children if c.dep_ in ("xcomp", "ccomp") and c.pos_ == "VERB")

    def _complement(self) -> list[Token]:
        return [t for clause in children(self.head, "ccomp", "xcomp") if not any(c.dep_ == "nsubjpass" for c in clause.children) for t in own_subjects(clause)]


def _phrases(places: Iterable[Token]) -> dict[str, list[Token]]:
    """Preposition → heads of its phrases, for all prepositional phrases of the places; `by` only where it names a doer."""
    found: dict[str, list[Token]] = {}
    for place in places:
        for preposition, token in prepositional(place):
            name = preposition.lower_
            if preposition.head.lower_ not in SOURCING and not (name == "by" and place.pos_ == "VERB" and not _passive(place)):
                found.setdefault(SAME.get(name, name), []).append(token)
    return found


def satellites(verb: Token) -> list[Token]:
    """Adverbs and adjectives that belong to a verb's meaning and on which the parser hangs its phrases: `walked away from the talks`, `stood firm against Riga`."""
    return [c for c in verb.children if c.i > verb.i and c.i <= verb.i + NEAR and c.dep_ in ("advmod", "oprd", "acomp", "prep", "prt") and not children(c, "pobj", "pcomp")]


def _passive(verb: Token) -> bool:
    return (is_passive(verb) and not _is_cut_off(verb)) or (verb.tag_ == "VBN" and verb.dep_ == "conj" and is_passive(verb.head) and not children(verb, "dobj"))


def victims(verb: Token, cast: Cast) -> tuple[str, ...]:
    """Against whom the deed goes that a verb judges or refuses: `condemned the sanctions on Oslo` blames not Oslo."""
    deeds = [d for d in undergoers(verb) if word(d) not in classes()["criticism"] | classes()["gesture"]]  # `expressed outrage at Oslo's ruling`: at whom the outrage is
    if any(word(deed) in classes()["deed"] for deed in deeds):
        deeds = [*deeds, verb]  # the parser may hang `on Oslo` on the verb
    return tuple(dict.fromkeys(i for deed in deeds for _, t in prepositional(deed, "on", "against", "upon", "at") for i in (cast.at(t) or cast.owners(t))))


def is_reciprocal(verb: Token) -> bool:
    """Whether each of the doers does it to the other: `expelled each other's envoys`."""
    ahead = verb.doc[verb.i + 1 : verb.i + 1 + RECIPROCAL]
    return any((a.lower_, b.lower_) in (("each", "other"), ("one", "another")) for a, b in pairwise(ahead))


def standing_for(token: Token, cast: Cast, *, deep: bool = True) -> tuple[str, ...]:
    """Who a noun stands for: itself, else whose it is (`Israel's strike`), else, where `deep`, who is named in its phrase."""
    if token.dep_ == "appos" and not cast.at(token) and (named := cast.at(token.head)):
        return named  # JNIM, an affiliate of al-Qaeda that …
    return cast.at(token) or cast.owners(token) or _owners_of_part(token, cast) or _senders(token, cast) or (cast.within(token) if deep else ())


def _senders(token: Token, cast: Cast) -> tuple[str, ...]:
    """Who fired or sent a thing, by a participle after it: `a drone launched by the Houthis hit a depot`."""
    if word(token) not in classes()["shot"] | classes()["hardware"]:
        return ()
    return tuple(dict.fromkeys(i for c in children(token, "acl") for t in agents(c) for i in cast.at(t)))


def _owners_of_part(token: Token, cast: Cast) -> tuple[str, ...]:
    """Whose the whole is of which a noun names a part, or from where it comes: `the hull of a Danish ferry`, `fire from Danish positions` → Denmark."""
    for _, whole in prepositional(token, "of", "from"):
        if found := cast.owners(whole):
            return found
    return ()


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for group in groups:
        found.update(dict.fromkeys(group))
    return tuple(found)
