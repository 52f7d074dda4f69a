"""Between whom a matter stands: from the noun's own phrase, its clause, its sentence."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.affairs.lexicon import word_set
from dragoman.language.grammar import agents, children, clause_verb, first_conjunct, is_passive, prepositional, subjects, with_conjuncts

WITH = ("with", "between", "among", "against", "and")
HOSTING = frozenset({"host", "mediate", "broker", "facilitate", "sponsor", "monitor", "chair", "oversee", "convene"})  # whoever does it is no side of the matter
AGAINST = ("on", "against", "upon", "to", "from", "over")


def is_party(cast: Cast, actor_id: str) -> bool:
    """Whether an actor can be party to an affair: a state or body, or somebody who acts for one, or a named group."""
    actor = cast.actors[actor_id]
    if actor.acts_for is not None:
        return True
    if actor.kind not in ("group", "igo", "organization"):
        return False
    words = set(actor.name.lower().split())
    if actor.kind == "igo" or words & word_set("fighters"):
        return True
    return actor.name[:1].isupper() and (actor.kind == "group" or actor.sector in ("rebels", "opposition", "military"))


def side_of(cast: Cast, ids: Iterable[str]) -> tuple[str, ...]:
    """One actor a side: the state or body itself where it is in the cast, else whoever speaks for it; in order, no doubles."""
    found: dict[str, str] = {}
    for i in ids:
        if is_party(cast, i):
            found.setdefault(cast.code(i), _principal(cast, i))
    return tuple(found.values())


def hit_by(cast: Cast, ids: Iterable[str]) -> tuple[str, ...]:
    """Whom a measure hits: persons, firms and populations that act for nobody stand for the country that they belong to, where the cast has it."""
    return side_of(cast, (_country_of(cast, i) for i in ids))


def _country_of(cast: Cast, actor_id: str) -> str:
    actor = cast.actors[actor_id]
    if actor.acts_for is None and actor.country is not None and actor.kind in ("person", "population", "organization", "group"):
        state = f"state:{actor.country}"
        return state if state in cast.actors else actor_id
    return actor_id


def _principal(cast: Cast, actor_id: str) -> str:
    code = cast.code(actor_id)
    for prefix in ("state:", "igo:"):
        if prefix + code in cast.actors:
            return prefix + code
    return actor_id


def named_in_phrase(cast: Cast, noun: Token) -> tuple[str, ...]:
    """Whose a matter is by its phrase: `Russia's dispute with Japan`, `US-Iran talks`, `a deal between Seoul and Tokyo`, `the accord that Iran signed with six powers`."""
    found = list(cast.owners(noun))
    for _, other in prepositional(noun, *WITH, "of", "by", "on"):
        found += cast.of(other) or cast.within(other)
    for child in noun.children:
        if child.dep_ in ("acl", "relcl"):
            if child.lemma_ in HOSTING:
                continue
            found += [i for s in agents(child) for i in cast.of(s)]
            found += [i for s in subjects(child) if s.i != noun.i for i in cast.of(s)] if child.dep_ == "relcl" else []
            for _, other in prepositional(child, *WITH):
                found += cast.of(other)
        elif child.dep_ in ("compound", "amod", "nmod", "poss"):
            found += [i for t in child.subtree for i in cast.at(t)]
    return side_of(cast, found)


def named_in_clause(cast: Cast, noun: Token) -> tuple[str, ...]:
    """Whose a matter is by the clause around it: subjects and agents of its verb, and whom it is `with`."""
    found: list[str] = []
    verb = clause_verb(noun.head) if noun.head.i != noun.i else None
    hosted = False
    for outer in (False, True):  # `accused Chad of breaking the truce`: the object of the verb above is a party
        if verb is None:
            break
        hosted = hosted or verb.lemma_ in HOSTING  # `Chad offered to host talks`: neither who hosts nor who offers it is a side
        if not hosted:
            found += [i for s in subjects(verb) if s.i != noun.i for i in (*cast.of(s), *(cast.owners(s) if not cast.of(s) or len(cast.owners(s)) > 1 else ()))]
            found += [i for a in agents(verb) for i in cast.of(a)]
        for _, other in prepositional(verb, "with", "between", "by", "against"):
            found += cast.of(other)
        if outer or first_conjunct(noun).dep_ != "dobj":
            found += [i for o in children(verb, "dobj") if o.i != noun.i for t in with_conjuncts(o) for i in cast.of(t)]
        if len(side_of(cast, found)) > 1 or verb.dep_ not in ("xcomp", "acl", "advcl", "pcomp"):
            break
        verb = clause_verb(verb.head) if verb.head.i != verb.i else None
    return side_of(cast, found)


def named_in_sentence(cast: Cast, noun: Token) -> tuple[str, ...]:
    """Everybody who can be party and is named in the sentence of a noun; a capital where something took place (`reached in Brussels`) is nobody."""
    return side_of(cast, (i for t in noun.sent if not (t.dep_ == "pobj" and t.head.lower_ in ("in", "at")) for i in cast.at(t)))


def sanction_sides(cast: Cast, noun: Token) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who imposes a measure and whom it hits: `US sanctions on Iran`, `Tokyo joined its allies to launch sanctions on Moscow`."""
    targets = [i for _, other in prepositional(noun, *AGAINST) for i in (cast.of(other) or cast.owners(other) or cast.within(other))]
    senders = list(cast.owners(noun)) + [i for c in noun.children if c.dep_ in ("compound", "amod", "nmod") for t in c.subtree for i in cast.at(t)]
    for child in noun.children:
        if child.dep_ in ("acl", "relcl"):
            senders += [i for a in agents(child) for i in cast.of(a)]
            senders += [i for s in subjects(child) if child.dep_ == "relcl" and s.i != noun.i for i in cast.of(s)]
            targets += [i for _, other in prepositional(child, *AGAINST) for i in (cast.of(other) or cast.owners(other))]
    verb = clause_verb(noun.head) if noun.head.i != noun.i else None
    if verb is not None:
        if not senders:
            senders = [i for a in agents(verb) for i in cast.of(a)]
            if not senders and not is_passive(verb) and not noun.dep_.startswith("nsubj"):
                senders = [i for s in subjects(verb) if s.i != noun.i for i in (cast.of(s) or cast.owners(s))]
                if verb.head.lemma_ == "join":  # `Oslo joined its allies to impose …`
                    senders += [i for o in children(verb.head, "dobj") for i in cast.within(o)]
        if not targets:
            targets = [i for _, other in prepositional(verb, "on", "against", "upon") if other.i != noun.i for i in (cast.of(other) or cast.owners(other))]
            if noun.dep_ == "pobj" and noun.head.lower_ in ("with", "under", "by"):  # hit Moscow with sanctions, under sanctions
                targets += [i for o in children(verb, "dobj", "nsubjpass") for i in cast.of(o)]
                targets += [i for s in subjects(verb) for i in cast.of(s)] if verb.lemma_ in ("be", "remain") else []
    hit = hit_by(cast, targets)
    imposing = side_of(cast, senders) or _first_other(cast, noun, hit)
    return _apart(cast, imposing, hit)


def _first_other(cast: Cast, noun: Token, hit: tuple[str, ...]) -> tuple[str, ...]:
    """The first party named before a measure in its sentence that it does not hit."""
    codes = set(cast.codes(hit))
    before = side_of(cast, (i for t in noun.doc[noun.sent.start : noun.i] for i in cast.at(t)))
    return next(((i,) for i in before if cast.code(i) not in codes), ())


def _apart(cast: Cast, senders: tuple[str, ...], targets: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Nobody stands on both sides: `Russian sanctions` with a target named elsewhere are by Russia, without one on it."""
    codes = set(cast.codes(targets))
    return tuple(s for s in senders if cast.code(s) not in codes), targets
