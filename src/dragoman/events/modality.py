"""Did it happen? From the predicate upwards: its own clause, then what every governing word makes of it."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.events import control
from dragoman.events.clause import TOLD, Reading, auxiliaries, has_modal, is_finite, is_infinitive, is_verbal, own_noun, own_verb
from dragoman.events.control import OUTCOMES, Force
from dragoman.language import grammar

DEEPEST = 14  # governing words followed upwards; longer chains are broken parses
COMPLEMENT_PREPOSITIONS = frozenset({"to", "for", "on", "upon", "of", "from", "against", "toward", "towards", "into", "about", "with", "at", "in"})
ANYWHERE = frozenset({"at", "in", "with"})  # prepositions that complete only a verb that is listed with them: `engage in`, `aim at`
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our"})


def read(token: Token, depth: int = 0) -> Reading:
    """What became of the act that a verb or noun names, given everything that governs it."""
    own = own_verb(token) if is_verbal(token) else own_noun(token)
    if depth >= DEEPEST:
        return own
    return _joined(_inherited(token, depth), own)


def _joined(outer: Reading, own: Reading) -> Reading:
    """What a predicate's own words make of what governs it."""
    if outer.status == "actual":
        return own
    if own.status == "actual" or outer.status in ("possible", "negated"):
        return outer
    return own if own.status in ("negated", "possible") else outer


def _inherited(token: Token, depth: int) -> Reading:
    """What the word that governs this predicate makes of it."""
    head = token.head
    if head.i == token.i:
        return TOLD
    if token.dep_ == "conj":
        return _of_conjunct(token, depth)
    if is_verbal(token):
        return _of_clause(token, depth)
    return _of_noun(token, depth)


def _of_conjunct(token: Token, depth: int) -> Reading:
    """A coordinated predicate stands under what governs the first; without a subject of its own it shares the auxiliaries too."""
    first = token.head
    if is_verbal(token) and is_verbal(first) and is_finite(token) and not is_finite(first):
        return TOLD  # `considers it to be a threat and does not meet it`: meets hangs on considers, whatever the parser makes of it
    if is_verbal(token) != is_verbal(first):
        return TOLD if is_verbal(token) else read(first, depth + 1)
    outer = _inherited(first, depth + 1)
    if outer.status != "actual" or not is_verbal(token):
        return outer
    shares = not grammar.own_subjects(token) and not any(c.dep_ in ("aux", "auxpass") for c in token.children) and token.tag_ == first.tag_
    if not shares:
        return TOLD
    own = own_verb(first)
    return own if own.status != "negated" else TOLD  # a shared negation is the verb's own: grammar.negation finds it


def _of_clause(verb: Token, depth: int) -> Reading:
    head, dep = verb.head, verb.dep_
    if dep == "pcomp" or (dep in ("pobj", "advcl", "xcomp") and head.pos_ in ("ADP", "SCONJ")):
        return _under_preposition(verb, head, depth)
    if dep in ("xcomp", "ccomp", "dobj", "oprd", "dep", "acomp", "attr", "nsubjpass"):
        return _under(verb, head, depth)
    if dep == "csubj":
        return _as_subject(verb, head, depth)
    if dep == "advcl" and is_verbal(head):
        return _adverbial(verb, head, depth)
    if dep == "advcl":
        return _under_noun(verb, head, depth)
    if dep in ("acl", "relcl"):
        return _under_noun(verb, head, depth)
    if dep in ("amod", "compound"):
        return read(head, depth + 1) if not is_verbal(head) else TOLD
    return TOLD


def _under(act: Token, head: Token, depth: int, preposition: str | None = None) -> Reading:
    """Under a verb, adjective or noun that takes the act as its complement."""
    force: Force | None
    if (whether := next((c for c in act.children if c.lower_ == "whether"), None)) is not None:
        return Reading("possible", whether, "status:conditional")  # `has not decided whether to sign`
    if is_verbal(head):
        force = _force_of_verb(act, head, preposition)
        if force is None:
            force = "told" if act.dep_ == "ccomp" else "does"
        return _outcome(force, head, depth)
    if head.dep_ == "ROOT" and (head.ent_type_ or head.pos_ == "PROPN") and act.dep_ == "xcomp":
        return TOLD  # a headline: `Oslo to host summit`
    if head.pos_ in ("ADJ", "ADV") or head.dep_ == "acomp":
        force = control.adjective_force(head) or "asked"
        holder = head.head if is_verbal(head.head) else None
        outer = read(holder, depth + 1) if holder is not None else TOLD
        return _made(force, outer, head)
    return _under_noun(act, head, depth)


def _force_of_verb(act: Token, head: Token, preposition: str | None) -> Force | None:
    lemma = head.lemma_.lower()
    infinitive = is_verbal(act) and any(c.dep_ == "aux" and c.lower_ == "to" for c in act.children)
    if infinitive and lemma == "be":
        return _copula(head, act)
    if infinitive and lemma == "have":
        if any(c.lower_ == "yet" for c in head.children):
            return "barred"
        return "planned" if head.tag_ in ("VBZ", "VBP") and not auxiliaries(head) else "does"
    if infinitive and lemma == "go":
        return "planned" if head.tag_ == "VBG" else "goes"
    if infinitive and lemma in ("use",) and head.tag_ == "VBD":
        return "does"
    if act.dep_ == "ccomp" and head.lower_ in control.listed("conjunctions", "as_verbs"):
        return "asked"  # `provided Oslo signs`
    if act.dep_ == "ccomp" and act.i < head.i and is_finite(act) and lemma not in control.saying_would():
        return "told"  # `it has called for help; Oslo has refused`: two clauses side by side
    if lemma == "keep" and preposition != "from":
        return "does"
    if lemma == "stop" and infinitive:  # stopped to refuel: a purpose
        return "does"
    if act.dep_ == "ccomp" and not infinitive and act.tag_ not in ("VB", "VBG") and control.verb_force(head) not in ("barred", "asked", "wanted"):
        return "told"
    if act.dep_ == "ccomp" and is_finite(act) and (lemma in control.listed("groups", "asserting") or has_modal(act)):
        return "told"
    force = control.verb_force(head, "to" if infinitive and preposition is None else preposition) or (control.adjective_force(head) if head.tag_ == "VBN" else None)
    if force == "goes" and act.dep_ == "ccomp":
        return "told"
    return force


def _copula(head: Token, act: Token) -> Force:
    """`is to sign`: planned; `is about to sign`, `was yet to sign`; `is ready to sign` hangs on the adjective and comes elsewhere."""
    for child in (c for c in head.children if c.i < act.i):
        if child.lower_ == "yet":
            return "barred"
        if child.dep_ in ("acomp", "oprd"):
            return control.adjective_force(child) or "asked"
        if child.dep_ in ("attr",):
            return control.noun_force(child) or "planned"
    return "planned"


def _outcome(force: Force, head: Token, depth: int) -> Reading:
    if force == "told":
        return TOLD
    return _made(force, read(head, depth + 1), head)


def _made(force: Force, outer: Reading, cue: Token) -> Reading:
    status = OUTCOMES[force][outer.status]
    if status == "actual":
        return Reading("actual", cue if force != "does" else None, f"status:{force}")
    if status == outer.status and force in ("does", "asked"):
        return outer
    return Reading(status, cue, f"status:{force}")


def _as_subject(act: Token, head: Token, depth: int) -> Reading:
    """`talks will begin`, `a strike would end it`, `talks are off`: the subject stands or falls with verbs of taking place."""
    force = control.verb_force(head)
    occurs = head.lemma_.lower() in control.listed("groups", "occurring")
    outer = read(head, depth + 1)
    if occurs and (ahead := next((c for c in head.children if c.dep_ == "xcomp" and is_verbal(c) and is_infinitive(c)), None)) is not None:
        return read(ahead, depth + 1)  # `the withdrawal is to start`
    if occurs and head.lemma_.lower() == "be":
        adjective = next((c for c in head.children if c.dep_ in ("acomp", "advmod", "attr", "prep", "oprd")), None)
        if adjective is not None and (kind := control.adjective_force(adjective)) in ("planned", "asked", "barred"):
            return _made(kind, outer, adjective)
        if adjective is not None and (adjective.lower_ == "off" or (adjective.lower_ == "out" and any(t.lower_ == "question" for t in adjective.subtree))):
            return _made("barred", outer, adjective)
    if occurs and outer.status != "actual" and head.lemma_.lower() not in ("fail", "collapse", "end", "be"):
        return outer
    if is_verbal(act):
        return outer  # `lifting the blockade would help`
    if force in ("does", "told") or outer.status in ("actual", "negated"):
        return TOLD
    return outer if _is_open(act) else TOLD


def _is_open(noun: Token) -> bool:
    """Whether a noun of action names no act that is known already: `a strike`, bare `sanctions`; not `the strike`, `Oslo's strike`."""
    if is_verbal(noun):
        return True
    return not any((c.dep_ == "det" and c.lower_ in DEFINITE) or c.dep_ == "poss" for c in noun.children)


def _adverbial(verb: Token, head: Token, depth: int) -> Reading:
    if is_infinitive(verb) and is_verbal(head):
        if head.lemma_ == "be" and (hard := next((c for c in head.children if c.dep_ == "acomp" and c.i < verb.i and control.adjective_force(c)), None)) is not None:
            return _made(control.adjective_force(hard) or "asked", read(head, depth + 1), hard)  # `it is impossible for Oslo to accept`
        if (mind := next((c for c in head.children if c.dep_ == "dobj" and 0 < verb.i - c.i <= 3 and control.noun_force(c)), None)) is not None:
            return _under_noun(verb, mind, depth)  # `made up its mind to refuse`, `won the right to appeal`
        force = control.verb_force(head) if not any(c.dep_ == "mark" for c in verb.children) else None
        lemma = head.lemma_.lower()
        if f"{lemma} to" in control.listed("verbs", "does"):
            return read(head, depth + 1)
        if lemma in control.listed("verbs", "goes"):
            return _outcome("goes", head, depth)
        if force in ("planned", "wanted", "barred", "asked"):
            return _outcome(force, head, depth)
        outer = read(head, depth + 1)
        return outer if outer.status in ("planned", "possible", "negated") else Reading("possible", verb, "status:purpose")
    if verb.tag_ == "VBG" and not grammar.own_subjects(verb) and is_verbal(head):
        if (force := control.verb_force(head)) in ("wanted", "barred", "undone", "halted", "asked") and 0 < verb.i - head.i <= 2:  # `resisted cutting`, taken for an adverbial
            return _outcome(force, head, depth)
        outer = read(head, depth + 1)
        return outer if outer.status in ("planned", "possible") and verb.i > head.i else TOLD
    return TOLD


def _under_preposition(act: Token, preposition: Token, depth: int) -> Reading:
    """`without signing`, `accused of arming`, `by imposing`, `called for talks`, `threat of sanctions`."""
    words = control.words("prepositions")
    for phrase in _spelled(preposition):
        if phrase in words:
            return _made(words[phrase], TOLD, preposition)
    head, word = preposition.head, preposition.lower_
    if word in ("including", "like"):
        return read(head, depth + 1) if head.i != preposition.i else TOLD
    if word == "by" and is_verbal(act) and is_verbal(head):
        return read(head, depth + 1)
    if is_verbal(head.head) and f"{head.head.lemma_.lower()} {head.lower_} {word}" in control.words("verbs"):  # `pulled out of talks`: of hangs on out
        return _outcome(control.words("verbs")[f"{head.head.lemma_.lower()} {head.lower_} {word}"], head.head, depth)
    if preposition.dep_ in ("pcomp", "prep") and head.pos_ in ("ADP", "SCONJ") and head.i != preposition.i:
        return _under_preposition(preposition, head, depth + 1) if depth < DEEPEST else TOLD
    if head.i == preposition.i:
        return TOLD
    if is_verbal(head):
        return _under_prepositional_verb(act, head, word, depth)
    if head.pos_ in ("ADJ", "ADV"):
        if is_verbal(head.head) and (stop := control.verb_force(head.head, word)) == "barred" and head.i == head.head.i + 1:
            return _outcome(stop, head.head, depth)
        if word in control.listed("groups", "circumstance"):
            return TOLD
        return _made(control.adjective_force(head) or "told", read(head.head, depth + 1) if is_verbal(head.head) else TOLD, head)
    return _under_noun(act, head, depth, word)


def _under_prepositional_verb(act: Token, head: Token, word: str, depth: int) -> Reading:
    if word in control.listed("groups", "circumstance"):
        return TOLD
    known = control.words("verbs")
    particle = next((f" {c.lower_}" for c in head.children if c.dep_ == "prt" or (c.i == head.i + 1 and c.dep_ in ("advmod", "acomp"))), "")
    whole = f"{head.lemma_.lower()}{particle} {word}"
    if whole in known:
        return _outcome(known[whole], head, depth)
    if (ruling := _ruling_object(act, head, word)) is not None:
        return _under_noun(act, ruling, depth, word)
    if word in ANYWHERE or word not in COMPLEMENT_PREPOSITIONS or word == "against":
        return TOLD
    force = control.verb_force(head, word) or (control.adjective_force(head) if head.tag_ == "VBN" else None)
    if force in ("goes", "planned", "asked", "wanted", "barred", "undone", "halted") and (word in ("to", "for", "from", "of", "on", "about") or is_verbal(act)):
        if force == "goes" and word != "for":
            return TOLD
        if force in ("barred", "undone", "halted") and word not in ("from", "of", "to"):
            return TOLD
        if force == "planned" and word in ("on", "from", "of", "about"):
            return TOLD
        return _outcome(force, head, depth)
    if force == "told" or not _is_open(act):
        return TOLD
    outer = read(head, depth + 1)
    return outer if outer.status != "negated" or is_verbal(act) else TOLD


def _ruling_object(act: Token, verb: Token, word: str) -> Token | None:
    """The object that governs the act where the parser ties it to the verb: `filed warrants for the arrest of two colonels`, `denied any part in the raid`."""
    noun = next((c for c in verb.children if c.dep_ == "dobj" and c.i < act.i), None)
    force = control.noun_force(noun) if noun is not None else None
    if force in ("planned", "asked", "barred"):
        return noun if word in COMPLEMENT_PREPOSITIONS and word not in ANYWHERE else None
    return noun if force == "told" and control.verb_force(verb) == "barred" and word in ("in", "for", "of", "with", "to") else None


def _spelled(preposition: Token) -> list[str]:
    """A preposition with the words that make it up: `of` in `ahead of`, `in the event of`, `instead of`."""
    doc, i = preposition.doc, preposition.i
    found = [preposition.lower_]
    for length in (1, 2, 3):
        if i - length >= 0:
            found.append(" ".join(doc[k].lower_ for k in range(i - length, i + 1)))
    if i + 1 < len(doc):
        found.append(f"{preposition.lower_} {doc[i + 1].lower_}")
    return found[::-1]


def _under_noun(act: Token, noun: Token, depth: int, preposition: str | None = None) -> Reading:
    """Under a noun: `plans to sign`, `threat of sanctions`, `a resolution condemning Oslo`."""
    if is_verbal(act) and act.dep_ == "acl" and any(c.dep_ == "mark" and c.lower_ == "that" for c in act.children):
        outer = read(noun, depth + 1)  # `denied reports that two envoys had been held`
        return outer if outer.status == "negated" else TOLD
    if is_verbal(act) and act.dep_ in ("acl", "relcl", "advcl") and not is_infinitive(act) and (act.tag_ != "VBG" or act.dep_ == "relcl"):
        return TOLD
    force = control.noun_force(noun)
    if preposition in control.listed("groups", "circumstance"):
        return TOLD
    if act.dep_ == "acl" and act.tag_ == "VBG" and preposition is None:
        return read(noun, depth + 1) if _is_open(noun) else TOLD
    if force is None:
        if is_verbal(act) and is_infinitive(act):
            if any(c.lower_ in control.listed("groups", "ranks") for c in noun.children) and (done := grammar.clause_verb(noun)) is not None and done.i != act.i:
                return read(done, depth + 1)
            if noun.dep_ == "ROOT" or (act.dep_ == "xcomp" and noun.pos_ == "PROPN"):
                return TOLD  # a headline: `Oslo to host summit`
            if is_verbal(noun.head) and noun.dep_ in ("dobj", "nsubjpass") and (by := control.verb_force(noun.head)) in ("asked", "wanted", "planned", "barred"):
                return _outcome(by, noun.head, depth)
            clause = grammar.clause_verb(noun.head)
            outer = read(clause, depth + 1) if clause is not None and clause.i != act.i else TOLD
            return outer if outer.status in ("planned", "negated") and noun.dep_ != "nsubj" else Reading("possible", noun, "status:purpose")
        return TOLD
    if force == "told":
        denied = read(noun, depth + 1)
        return denied if denied.status == "negated" else TOLD
    outer = read(noun, depth + 1)
    if outer.status == "negated" and force == "asked":  # `rejected calls to deploy`, `no need to apologise`
        return Reading("negated", outer.cue, outer.rule)
    if outer.status in ("planned", "possible") and force == "does":
        return outer
    return _made(force, outer, noun)


def _of_noun(noun: Token, depth: int) -> Reading:
    head, dep = noun.head, noun.dep_
    if dep in ("dobj", "nsubjpass", "dative", "oprd"):
        return _as_object(noun, head, depth)
    if dep == "nsubj":
        return _as_subject(noun, head, depth)
    if dep == "pobj":
        return _under_preposition(noun, head, depth)
    if dep == "attr":
        return read(head, depth + 1) if _is_open(noun) else TOLD
    if dep in ("compound", "nmod") and head.pos_ in ("NOUN", "PROPN"):
        force = control.noun_force(head)
        return _outcome(force, head, depth) if force in ("planned", "asked", "barred", "undone", "halted") else TOLD
    return TOLD


def _stands(noun: Token) -> bool:
    """Whether a definite noun names what somebody uttered or concluded, so that turning it down leaves it standing."""
    return not _is_open(noun) and noun.lemma_.lower() in control.listed("standing", "nouns")


def _as_object(noun: Token, verb: Token, depth: int) -> Reading:
    """`cancelled talks`, `held talks`, `demanded a withdrawal`; a definite noun under a verb that is not listed is known already."""
    if not is_verbal(verb):
        return TOLD
    force = control.verb_force(verb)
    if depth == 0 and force == "barred" and _stands(noun):
        return TOLD  # `rejected Oslo's request`, `left the accord`: the request was made, the accord concluded
    if force is None or force == "goes":
        return read(verb, depth + 1) if _is_open(noun) else TOLD
    if force == "does" or force in ("barred", "undone", "halted", "planned", "wanted", "asked"):
        return _outcome(force, verb, depth)
    return TOLD
