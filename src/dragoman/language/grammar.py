"""English grammar over spaCy's dependencies (CLEAR labels): who does it, to what, negated or not. No words of politics here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "dative", "obj"})
CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "acl", "relcl", "pcomp", "csubj", "csubjpass"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "scarcely"})
RELATIVE = frozenset({"who", "which", "that", "whom"})


def children(token: Token, *deps: str) -> list[Token]:
    """Direct dependents with one of the labels, in text order."""
    return [c for c in token.children if c.dep_ in deps]


def with_conjuncts(token: Token) -> list[Token]:
    """A token and what is coordinated under it: `Japan` → Japan, the US, the G7."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += with_conjuncts(child)
    return found


def first_conjunct(token: Token) -> Token:
    """The head of the coordination in which a token stands: in `will uphold … and sign`, sign → uphold."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def is_passive(verb: Token) -> bool:
    """Whether a participle is passive: `was seized`, or a bare one after a noun (`a tanker seized by Iran`)."""
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "acl" and not any(c.dep_ == "aux" for c in verb.children)


def agents(verb: Token) -> list[Token]:
    """Heads of the by-phrases of a passive verb or a noun of action, with what is coordinated."""
    return [n for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by") for p in children(c, "pobj") for n in with_conjuncts(p)]


def own_subjects(verb: Token) -> list[Token]:
    """Subjects in the verb's own clause, with what is coordinated; a relative pronoun gives the noun that it stands for."""
    found: list[Token] = []
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            if child.lower_ in RELATIVE and child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
                found += with_conjuncts(verb.head)
            else:
                found += with_conjuncts(child)
    return found


def subjects(verb: Token) -> list[Token]:
    """Who does the verb: its own subject, or the one understood from coordination, control, a participle or a relative clause.

    `Tokyo joined its allies to launch sanctions` → of launch: Tokyo. `urged Tokyo to change` → of change: Tokyo.
    """
    seen: set[int] = set()
    while verb.i not in seen:
        seen.add(verb.i)
        if found := own_subjects(verb):
            return found
        dep, head = verb.dep_, verb.head
        if dep == "conj":
            verb = head
        elif dep == "xcomp":
            controllers = children(head, "dobj", "dative")
            if controllers and head.pos_ in ("VERB", "AUX"):
                return [t for c in controllers for t in with_conjuncts(c)]
            if is_passive(head):
                return own_subjects(head)
            verb = head
        elif dep in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON"):
            if verb.tag_ == "VBG" or dep == "relcl":
                return with_conjuncts(head)
            if verb.tag_ == "VB":  # the decision of X to do: the possessor of the noun, or the subject of its verb
                owners = children(head, "poss") + [p for c in children(head, "prep") if c.lower_ in ("of", "by") for p in children(c, "pobj")]
                if owners:
                    return [t for o in owners for t in with_conjuncts(o)]
                verb = clause_verb(head) or head
            else:
                return []
        elif dep in ("advcl", "pcomp", "ccomp", "prep", "dep", "appos", "parataxis"):
            verb = clause_verb(head) or head if dep == "pcomp" else head
        else:
            return []
    return []


def objects(verb: Token) -> list[Token]:
    """Direct and indirect objects (of a passive: its subject), with what is coordinated."""
    if is_passive(verb):
        own = own_subjects(verb)
        if not own and verb.dep_ == "acl":
            own = with_conjuncts(verb.head)
        return [*own, *(t for c in children(verb, "dobj") for t in with_conjuncts(c))]
    return [t for c in verb.children if c.dep_ in OBJECTS for t in with_conjuncts(c)]


def prepositional(token: Token, *prepositions: str) -> list[tuple[Token, Token]]:
    """(preposition, head of its phrase) for each prepositional phrase of a token; all prepositions where none is named."""
    found: list[tuple[Token, Token]] = []
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "VERB", "PART"):
            if not prepositions or child.lower_ in prepositions:
                found += [(child, t) for p in children(child, "pobj") for t in with_conjuncts(p)]
            for inner in children(child, "prep"):  # as well as by · from within
                if not prepositions or inner.lower_ in prepositions:
                    found += [(inner, t) for p in children(inner, "pobj") for t in with_conjuncts(p)]
    return found


def clause_verb(token: Token) -> Token | None:
    """The verb of the clause in which a token stands; the token itself if it is one."""
    while token.pos_ not in ("VERB", "AUX"):
        if token.head.i == token.i:
            return None
        token = token.head
    return token


def ancestors(token: Token) -> Iterator[Token]:
    """What governs a token, nearest first."""
    while token.head.i != token.i:
        token = token.head
        yield token


def auxiliaries(verb: Token) -> list[Token]:
    """Auxiliaries of a verb; a coordinated verb without its own takes those of the first."""
    found = children(verb, "aux", "auxpass")
    if not found and verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX") and not own_subjects(verb):
        return auxiliaries(verb.head)
    return found


def negation(token: Token) -> Token | None:
    """The word that negates a verb or noun in its own phrase: `did not sign`, `never signed`, `no talks`, `neither side signed`."""
    for child in token.children:
        if child.dep_ == "neg" or (child.dep_ in ("det", "advmod", "preconj") and child.lower_ in NEGATIONS):
            return child
    if token.pos_ in ("VERB", "AUX"):
        for noun in (*children(token, "nsubj", "nsubjpass", "dobj", "attr"),):
            if noun.lower_ in ("none", "nobody", "nothing") or any(c.dep_ in ("det", "neg") and c.lower_ in ("no", "neither") for c in noun.children):
                return noun
        if token.dep_ == "conj" and token.head.pos_ in ("VERB", "AUX") and not own_subjects(token) and not children(token, "aux"):
            return next((c for c in token.head.children if c.dep_ == "neg"), None)
    return None


def subtree(token: Token, without: Iterable[Token] = ()) -> list[int]:
    """Token indices of a phrase in text order, leaving out the phrases headed by `without`."""
    left_out = {t.i for t in without}
    found: list[int] = []
    stack = [token]
    while stack:
        t = stack.pop()
        if t.i in left_out:
            continue
        found.append(t.i)
        stack.extend(t.children)
    return sorted(found)


def phrase(token: Token, *, clauses: bool = False) -> tuple[int, int]:
    """Token bounds `[start, end)` of a noun phrase; with `clauses` its relative clauses and participles too."""
    cut = [] if clauses else [c for c in token.children if c.dep_ in ("relcl", "acl", "conj", "cc", "punct", "appos", "preconj", "dep")]
    indices = subtree(token, cut)
    return indices[0], indices[-1] + 1
