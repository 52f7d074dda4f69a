"""The clauses of a content, with what decides the act: whose they are, negated, modal, conditional."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.language.document import Document
from dragoman.language.grammar import agents, auxiliaries, children, is_passive, negation, own_subjects
from dragoman.statements.draft import Draft
from dragoman.statements.lexicon import act_words
from dragoman.statements.recourse import is_recourse

FIRST = frozenset({"i", "we", "us", "ourselves"})
THIRD = frozenset({"he", "she", "it", "they"})
POSSESSIVES = frozenset({"our", "my", "its", "his", "her", "their"})
NOBODY = frozenset({"nobody", "none", "nothing", "neither"})
CONDITIONS = frozenset({"if", "unless", "once", "provided", "until", "till"})
ONLY = frozenset({"if", "after", "once", "when", "with", "on", "until"})


@dataclass(frozen=True)
class Clause:
    """One clause of what is said.

    Attributes:
        verb: Its head.
        subject: Head of its subject, None where it has none.
        own: Whether it is about the speaker's own side.
        other: Whether it is about another actor.
        by_other: Whether its by-phrase names another actor.
        is_sideless: Whether it is not known whose side the speaker's own is.
    """

    verb: Token
    subject: Token | None
    own: bool
    other: bool
    by_other: bool
    is_sideless: bool = False

    @property
    def own_or_open(self) -> bool:
        """About the speaker's side, or about nobody named."""
        return self.own or self.subject is None

    @cached_property
    def negated(self) -> bool:
        """Whether it is negated, by verb, subject or object."""
        if self.is_future and self.verb.head.lemma_ == "go" and negation(self.verb.head) is not None:
            return True  # `are not going to pay`
        return negation(self.verb) is not None or self.subject_is_nobody or any(c.lower_ == "only" and c.dep_ == "neg" for c in self.verb.children)

    @cached_property
    def modal(self) -> str | None:
        """Its modal verb, lower case."""
        return next((a.lower_ for a in auxiliaries(self.verb) if a.tag_ == "MD"), None)

    @cached_property
    def is_future(self) -> bool:
        """Whether it is told as coming: `is going to strike`, `is to strike`."""
        return self.verb.dep_ == "xcomp" and self.verb.head.lemma_ in ("go", "be")

    @cached_property
    def is_present(self) -> bool:
        """A present tense without auxiliaries but `do`."""
        if self.verb.tag_ in ("VBP", "VBZ"):
            return True
        return any(a.lower_ in ("do", "does") for a in auxiliaries(self.verb))

    @cached_property
    def is_past(self) -> bool:
        """A past or perfect: `did not fire`, `had received no word`, `nobody was sent`; not `has not yet answered`."""
        if any(c.lower_ == "yet" for c in self.verb.children):
            return False
        helping = {a.lower_ for a in auxiliaries(self.verb)}
        if "be" in {a.lemma_ for a in auxiliaries(self.verb)} and not self.subject_is_nobody:
            return False
        return (self.verb.tag_ == "VBD" and self.verb.lemma_ != "be") or bool(helping & {"did", "had", "has", "have", "was", "were"})

    @cached_property
    def is_imperative(self) -> bool:
        """Whether it tells somebody what to do: `Do not cross the river`."""
        verb = self.verb
        if verb.tag_ != "VB" or self.subject is not None or verb.dep_ not in ("ROOT", "ccomp", "conj"):
            return False
        return all(a.lower_ == "do" for a in auxiliaries(verb))

    @cached_property
    def is_existential(self) -> bool:
        """Whether it opens with `there`: `There was no deal`."""
        return any(c.dep_ == "expl" for c in self.verb.children)

    @cached_property
    def is_copula(self) -> bool:
        """Whether its verb is `be`."""
        return self.verb.lemma_ == "be"

    @cached_property
    def is_state(self) -> bool:
        """Whether its verb tells a state: be, remain, stand."""
        return self.verb.lemma_ in ("be", "remain", "stand", "stay", "feel")

    @cached_property
    def condition(self) -> bool:
        """Whether a condition hangs on it."""
        return self.hangs(*CONDITIONS) or any(c.lower_ == "only" for c in self.verb.children)

    @cached_property
    def provoked_by(self) -> set[str]:
        """Lemmas of the verbs of its if-clauses: what would bring it on."""
        return {c.lemma_ for c in self.verb.children if c.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ == "if" for m in c.children)}

    @cached_property
    def is_passive(self) -> bool:
        """Whether its subject suffers what its verb says."""
        return is_passive(self.verb)

    @cached_property
    def says_there_will_be_none(self) -> bool:
        """`There will be no deliveries`."""
        return self.is_existential and any(d.lower_ == "no" for c in self.verb.children if c.dep_ in ("attr", "dobj", "nsubj") for d in c.children)

    @cached_property
    def waits(self) -> bool:
        """Whether it waits for something: until, unless, before."""
        return self.hangs("until", "unless", "before", "till")

    @cached_property
    def only_condition(self) -> bool:
        """Whether it depends on one thing alone: only if, only after."""
        only = [c for child in self.verb.children for c in (child, *child.children) if c.lower_ == "only"]
        return any(c.i + 1 < len(c.doc) and c.nbor().lower_ in ONLY for c in only) or (bool(only) and self.hangs("if", "once", "after", "when"))

    def hangs(self, *marks: str) -> bool:
        """Whether a clause or phrase with one of these connectives hangs on it."""
        for child in self.verb.children:
            if child.dep_ in ("advcl", "prep") and child.lower_ in marks:
                return True
            if child.dep_ == "advcl" and any(c.lower_ in marks for c in child.children if c.dep_ in ("mark", "advmod", "prep")):
                return True
            if child.dep_ == "mark" and child.lower_ in marks:
                return True
        return False

    @cached_property
    def takes_infinitive(self) -> bool:
        """Whether an infinitive hangs on it: `needs to change`."""
        return any(c.dep_ == "xcomp" for c in self.verb.children)

    @cached_property
    def complement_lemmas(self) -> set[str]:
        """Lemmas of its predicate: adjectives and nouns after `be`, with what modifies them."""
        return {t.lemma_.lower() for c in self.verb.children if c.dep_ in ("acomp", "attr", "oprd") for t in (c, *c.children)}

    @cached_property
    def object_lemmas(self) -> set[str]:
        """Lemmas of its objects, those of prepositions too."""
        direct = {c.lemma_.lower() for c in self.verb.children if c.dep_ == "dobj"}
        return direct | {n.lemma_.lower() for p in children(self.verb, "prep") for n in children(p, "pobj")}

    @cached_property
    def has_object(self) -> bool:
        """Whether something is done to something: `change our flag`."""
        return any(c.dep_ == "dobj" for c in self.verb.children)

    @cached_property
    def has_recourse(self) -> bool:
        """Whether it takes a quarrel to those who judge it."""
        return is_recourse(self.verb)

    @cached_property
    def lasts_as_long(self) -> bool:
        """Whether it goes on `as long as` another does something; not as long as he wants it."""
        words = act_words()
        if self.verb.lemma_.lower() not in words.lasting:
            return False
        for long in self.verb.subtree:
            if long.lower_ == "long" and long.i and long.nbor(-1).lower_ == "as" and long.i + 1 < len(long.doc) and long.nbor().lower_ == "as":
                return not any(t.lemma_ in words.wanted for t in long.subtree if t.i > long.i)
        return False

    @cached_property
    def is_relief(self) -> bool:
        """Whether it puts an end to a harm: `would end the blockade`."""
        words = act_words()
        return bool(self.object_lemmas & words.reliefs) and self.verb.lemma_ in words.relieving

    @cached_property
    def subject_is_nobody(self) -> bool:
        """`Nobody will dictate it`, `No one was sent`."""
        subject = self.subject
        if subject is None:
            return False
        first = subject.left_edge
        none_of_all = (first.i and first.nbor(-1).lower_ == "not") or (first.lower_ == "not" and first.nbor().lower_ in ("one", "a"))  # `Not one truck`
        return subject.lower_ in NOBODY or bool(none_of_all) or any(c.lower_ in ("no", "not") for c in subject.children)


def clauses_of(document: Document, draft: Draft, cast: Cast, codes: frozenset[str]) -> Iterator[Clause]:
    """Main clauses of a content in text order, with those coordinated to them and those under `I think …`."""
    for start, end in draft.content:
        for token in document.doc[start:end]:
            outside = token.head.i == token.i or not start <= token.head.i < end
            if outside and token.pos_ in ("VERB", "AUX"):
                yield from _with_coordinated(token, start, end, cast, codes)


def _with_coordinated(verb: Token, start: int, end: int, cast: Cast, codes: frozenset[str]) -> Iterator[Clause]:
    yield _clause(verb, cast, codes)
    for child in verb.children:
        if not start <= child.i < end or child.pos_ not in ("VERB", "AUX"):
            continue
        going = child.dep_ == "xcomp" and (verb.lemma_ in ("go", "be") or verb.lemma_ in act_words().trying)
        if child.dep_ in ("conj", "parataxis") or going or (child.dep_ == "ccomp" and (verb.lemma_ in act_words().thinking or child.i < verb.i)):
            yield from _with_coordinated(child, start, end, cast, codes)


def _clause(verb: Token, cast: Cast, codes: frozenset[str]) -> Clause:
    subjects = own_subjects(verb)
    if not subjects and verb.dep_ in ("conj", "xcomp") and verb.head.pos_ in ("VERB", "AUX"):
        subjects = own_subjects(verb.head)
    subject = subjects[0] if subjects else None
    own, other = _side(subject, cast, codes) if subject is not None else (verb.tag_ == "VB" and verb.dep_ == "xcomp" and any(c.lower_ == "to" for c in verb.children), False)
    if subject is not None and subject.lower_ == "it" and is_passive(verb):
        own = False  # `He said it would be put to a vote`
    by_other = any(_side(a, cast, codes)[1] for a in agents(verb))
    return Clause(verb, subject, own, other, by_other, is_sideless=not codes)


def _side(head: Token, cast: Cast, codes: frozenset[str]) -> tuple[bool, bool]:
    """(the speaker's own side, another actor's side)."""
    word = head.lower_ if head.pos_ == "PRON" else ""  # `the US` is no `us`
    possessor = next((c for c in head.children if c.dep_ == "poss" and c.lower_ in POSSESSIVES), None)
    if word in FIRST or word in THIRD or possessor is not None:
        meant = cast.at(possessor) if possessor is not None and possessor.lower_ not in ("our", "my") else ()
        elsewhere = bool(meant) and bool(codes) and not {cast.code(i) for i in meant} & codes
        return not elsewhere, elsewhere
    if word in ("you", "these", "those"):
        return False, True
    ids = cast.of(head) or cast.owners(head)
    if not ids:
        return False, False
    theirs = {cast.code(i) for i in ids}
    return bool(theirs & codes), not theirs & codes
