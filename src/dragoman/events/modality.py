"""Did it happen? From the predicate upwards: its own auxiliaries and negation, then what every governing word makes of it."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.events import control
from dragoman.events.control import OUTCOMES, Force
from dragoman.language import grammar
from dragoman.records.event import Status

DEEPEST = 14  # governing words followed upwards; longer chains are broken parses
OCCUR = frozenset({"begin", "start", "resume", "continue", "occur", "happen", "proceed", "follow", "end", "open", "fail", "collapse", "go", "come", "take", "be", "fall", "last", "convene", "commence"})
COMPLEMENT_PREPOSITIONS = frozenset({"to", "for", "on", "upon", "of", "from", "against", "toward", "towards", "into", "about", "with", "at", "in"})
CIRCUMSTANCE = frozenset({"after", "during", "following", "since", "amid", "amidst", "despite", "over", "by", "as", "because", "through", "throughout", "before", "under", "within", "like", "until", "including", "between", "via"})
ANYWHERE = frozenset({"at", "in", "with"})  # prepositions that complete only a verb that is listed with them: `engage in`, `aim at`
DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one predicate: its status, the word that settled it and the rule."""

    status: Status
    cue: Token | None = None
    rule: str = "status:told"


TOLD = Reading("actual")


def read(token: Token, depth: int = 0) -> Reading:
    """What became of the act that a verb or noun names, given everything that governs it."""
    own = _own_verb(token) if is_verbal(token) else _own_noun(token)
    if depth >= DEEPEST:
        return own
    return _joined(_inherited(token, depth), own)


def is_verbal(token: Token) -> bool:
    """Whether a token is read as a verb: tagged so, or an auxiliary that heads its clause."""
    return token.pos_ in ("VERB", "AUX")


def _joined(outer: Reading, own: Reading) -> Reading:
    """What a predicate's own words make of what governs it."""
    if outer.status == "actual":
        return own
    if own.status == "actual" or outer.status in ("possible", "negated"):
        return outer
    return own if own.status in ("negated", "possible") else outer


def _own_verb(verb: Token) -> Reading:
    """By the verb's own clause: mood, auxiliaries, negation, conjunction."""
    if (cue := _displaced(verb)) is not None:
        return Reading("negated", cue, "status:instead")
    mark = _conjunction(verb)
    if mark is not None:
        return Reading("possible", mark, "status:conditional")
    no = _negation(verb)
    modal = next((a for a in grammar.auxiliaries(verb) if a.tag_ == "MD"), None)
    if modal is not None:
        return _by_modal(verb, modal, no)
    if no is not None:
        return Reading("actual", no, "status:until") if _waits(verb) else Reading("negated", no, "status:negation")
    if (asked := _question(verb)) is not None:
        return Reading("possible", asked, "status:question")
    if (to := _headline_infinitive(verb)) is not None:
        return Reading("planned", to, "status:infinitive")
    return TOLD


def _by_modal(verb: Token, modal: Token, no: Token | None) -> Reading:
    word = modal.lower_
    if no is not None:
        if word in control.listed("modals", "open_when_negated"):
            return Reading("possible", modal, "status:modal")
        return Reading("negated", no, "status:negation")
    condition = next((m for c in verb.children if c.dep_ == "advcl" for m in [_condition_mark(c)] if m is not None), None)
    if condition is not None:
        return Reading("possible", condition, "status:conditional")
    if word in control.listed("modals", "planned"):
        return Reading("planned", modal, "status:modal")
    if word in control.listed("modals", "would") and _told_before(verb):
        return Reading("planned", modal, "status:would")
    return Reading("possible", modal, "status:modal")


def _told_before(verb: Token) -> bool:
    """Whether `would` is the past of `will`: `Tokyo said it would send aid`, and in reported speech without its verb."""
    head = grammar.first_conjunct(verb)
    governor = head.head
    if head.dep_ in ("ccomp", "advcl", "acl", "xcomp") and governor.i != head.i:
        return governor.lemma_.lower() in control.saying_would() or (is_verbal(governor) and governor.lemma_.lower() in control.words("verbs") and head.dep_ == "ccomp")
    return head.dep_ == "relcl" and not any(c.lower_ in ("have",) and c.dep_ == "aux" for c in head.children)


def _negation(token: Token) -> Token | None:
    """The negating word; `not only`, `not just` negate nothing, `no longer` does."""
    no = grammar.negation(token)
    if no is not None:
        after = no.nbor().lower_ if no.i + 1 < len(no.doc) else ""
        return None if after in ("only", "just", "merely", "simply", "least") else no
    for child in token.children:
        if child.dep_ == "advmod" and child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no":
            return child
        if child.dep_ in ("cc", "preconj", "mark") and child.lower_ in ("nor", "neither"):
            return child
    if token.dep_ == "conj" and any(c.dep_ == "cc" and c.lower_ == "nor" for c in token.head.children):
        return next(c for c in token.head.children if c.lower_ == "nor")
    return None


def _waits(verb: Token) -> bool:
    """`did not leave until 2014`: what did not happen until a past day did happen then."""
    if not any(a.lower_ == "did" for a in grammar.auxiliaries(verb)):
        return False
    return any(c.lower_ in ("until", "till") and c.dep_ == "prep" for c in verb.children)


def _displaced(verb: Token) -> Token | None:
    """`rather than pull back, Oslo sent more`: the words stand right before the verb, whatever the parser makes of them."""
    at = verb.i - 1
    while at > 1 and verb.doc[at].dep_ in ("aux", "advmod", "neg") and verb.doc[at].lower_ not in ("than", "rather"):
        at -= 1
    if at >= 1 and verb.doc[at].lower_ == "than" and verb.doc[at - 1].lower_ == "rather":
        return verb.doc[at - 1]
    return None


def _condition_mark(verb: Token) -> Token | None:
    marks = control.listed("conjunctions", "asked")
    return next((c for c in verb.children if c.dep_ in ("mark", "advmod") and c.lower_ in marks and c.i < verb.i), None)


def _conjunction(verb: Token) -> Token | None:
    """The conjunction that leaves a clause open: `if`, `unless`; `once`, `before` where the verb looks ahead."""
    head = grammar.first_conjunct(verb)
    if (mark := _condition_mark(head)) is not None and not (mark.lower_ in ("until", "till") and _is_past(head)):
        return mark
    if head.dep_ == "advcl" and _tense(head) in ("VBP", "VBZ"):
        return next((c for c in head.children if c.dep_ in ("mark", "advmod") and c.lower_ in control.listed("conjunctions", "ahead") and c.i < head.i), None)
    if head.dep_ == "advcl" and any(c.dep_ == "aux" and c.lower_ == "should" and c.i < min((s.i for s in grammar.own_subjects(head)), default=0) for c in head.children):
        return next(c for c in head.children if c.lower_ == "should")  # `should it attack`
    return None


def _tense(verb: Token) -> str:
    """Tag of the word that carries the tense: the first auxiliary, else the verb."""
    return next((a.tag_ for a in sorted(grammar.auxiliaries(verb), key=lambda a: a.i)), verb.tag_)


def _is_past(verb: Token) -> bool:
    return _tense(verb) in ("VBD", "VBN")


def _question(verb: Token) -> Token | None:
    """The question mark of a sentence whose main verb this is."""
    if verb.dep_ != "ROOT":
        return None
    return next((c for c in reversed(list(verb.children)) if c.dep_ == "punct" and c.text == "?"), None)


def _headline_infinitive(verb: Token) -> Token | None:
    """`Oslo to host summit`: an infinitive that no word governs."""
    if verb.tag_ != "VB" or verb.dep_ not in ("ROOT", "ccomp", "acl", "relcl", "parataxis"):
        return None
    to = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ == "to"), None)
    if to is None:
        return None
    if verb.dep_ in ("ROOT", "ccomp", "parataxis"):
        return to if grammar.own_subjects(verb) and (verb.dep_ == "ROOT" or not is_governing(verb.head)) else None
    return to if verb.head.dep_ == "ROOT" else None  # to the parser `Oslo` is a noun with an infinitive that belongs to it


def is_governing(token: Token) -> bool:
    """Whether a verb is listed with a force other than telling."""
    return control.verb_force(token) not in (None, "told")


def _own_noun(noun: Token) -> Reading:
    """By the noun's own phrase: `no talks`, `a possible strike`, `planned visit`."""
    attributes = control.words("attributes")
    for child in noun.children:
        if child.dep_ in ("det", "neg") and child.lower_ in ("no", "neither"):
            return Reading("negated", child, "status:negation")
        if child.dep_ in ("amod", "det", "compound", "nmod") and child.lower_ in attributes:
            if child.lower_ == "further" or (child.dep_ == "amod" and child.lower_ == "next" and child.nbor().pos_ != "NOUN"):
                continue
            return Reading(OUTCOMES[attributes[child.lower_]]["actual"], child, "status:attribute")
    return TOLD


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
    if is_verbal(token) != is_verbal(first):
        return TOLD if is_verbal(token) else read(first, depth + 1)
    outer = _inherited(first, depth + 1)
    if outer.status != "actual" or not is_verbal(token):
        return outer
    shares = not grammar.own_subjects(token) and not any(c.dep_ in ("aux", "auxpass") for c in token.children) and token.tag_ == first.tag_
    if not shares:
        return TOLD
    own = _own_verb(first)
    return own if own.status != "negated" else TOLD  # a shared negation is the verb's own: grammar.negation finds it


def _of_clause(verb: Token, depth: int) -> Reading:
    head, dep = verb.head, verb.dep_
    if dep == "pcomp" or (dep in ("pobj", "advcl", "xcomp") and head.pos_ in ("ADP", "SCONJ")):
        return _under_preposition(verb, head, depth)
    if dep in ("xcomp", "ccomp", "dobj", "oprd", "dep", "acomp", "attr", "nsubjpass"):
        return _under(verb, head, depth)
    if dep == "csubj":
        return _as_subject(verb, head, depth)
    if dep == "advcl":
        return _adverbial(verb, head, depth)
    if dep in ("acl", "relcl"):
        return _under_noun(verb, head, depth)
    if dep in ("amod", "compound"):
        return read(head, depth + 1) if not is_verbal(head) else TOLD
    return TOLD


def _under(act: Token, head: Token, depth: int, preposition: str | None = None) -> Reading:
    """Under a verb, adjective or noun that takes the act as its complement."""
    force: Force | None
    if is_verbal(head):
        force = _force_of_verb(act, head, preposition)
        if force is None:
            force = "told" if act.dep_ == "ccomp" else "does"
        return _outcome(force, head, depth)
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
        return _copula(head)
    if infinitive and lemma == "have":
        if any(c.lower_ == "yet" for c in head.children):
            return "barred"
        return "asked" if head.tag_ in ("VBZ", "VBP") and not grammar.auxiliaries(head) else "does"
    if infinitive and lemma == "go":
        return "planned" if head.tag_ == "VBG" else "goes"
    if infinitive and lemma in ("use",) and head.tag_ == "VBD":
        return "does"
    if lemma == "keep" and preposition != "from":
        return "does"
    if lemma == "stop" and infinitive:  # stopped to refuel: a purpose
        return "does"
    if act.dep_ == "ccomp" and not infinitive and act.tag_ not in ("VB", "VBG") and control.verb_force(head) not in ("barred", "asked", "wanted"):
        return "told"
    if act.dep_ == "ccomp" and lemma in ("warn", "insist", "tell", "suggest", "seem", "appear", "fear", "suspect", "expect") and not infinitive and act.tag_ != "VB":
        return "told"
    force = control.verb_force(head, preposition)
    if force == "goes" and act.dep_ == "ccomp":
        return "told"
    return force


def _copula(head: Token) -> Force:
    """`is to sign`: planned; `is about to sign`, `was yet to sign`; `is ready to sign` hangs on the adjective and comes elsewhere."""
    for child in head.children:
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
    occurs = head.lemma_.lower() in OCCUR
    outer = read(head, depth + 1)
    if occurs and head.lemma_.lower() == "be":
        adjective = next((c for c in head.children if c.dep_ in ("acomp", "advmod", "attr", "prep", "oprd")), None)
        if adjective is not None and (kind := control.adjective_force(adjective)) in ("planned", "asked", "barred"):
            return _made(kind, outer, adjective)
        if adjective is not None and adjective.lower_ in ("off", "impossible"):
            return _made("barred", outer, adjective)
    if occurs and outer.status != "actual" and head.lemma_.lower() not in ("fail", "collapse", "end", "be"):
        return outer
    if force in ("does", "told") or outer.status in ("actual", "negated"):
        return TOLD
    return outer if _is_open(act) else TOLD


def _is_open(noun: Token) -> bool:
    """Whether a noun of action names no act that is known already: `a strike`, bare `sanctions`; not `the strike`, `Oslo's strike`."""
    if is_verbal(noun):
        return True
    return not any((c.dep_ == "det" and c.lower_ in DEFINITE) or c.dep_ == "poss" for c in noun.children)


def _adverbial(verb: Token, head: Token, depth: int) -> Reading:
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children) and verb.tag_ == "VB" and is_verbal(head):
        force = control.verb_force(head) if not any(c.dep_ == "mark" for c in verb.children) else None
        lemma = head.lemma_.lower()
        if lemma in control.listed("verbs", "goes"):
            return _outcome("goes", head, depth)
        if force in ("planned", "wanted", "barred", "asked"):
            return _outcome(force, head, depth)
        outer = read(head, depth + 1)
        return outer if outer.status in ("planned", "possible", "negated") else Reading("possible", verb, "status:purpose")
    if verb.tag_ == "VBG" and not grammar.own_subjects(verb) and is_verbal(head):
        if (force := control.verb_force(head)) in ("wanted", "barred", "undone", "asked") and 0 < verb.i - head.i <= 2:  # `resisted cutting`, taken for an adverbial
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
    if word == "by" and is_verbal(act) and is_verbal(head):
        return read(head, depth + 1)
    if preposition.dep_ in ("pcomp", "prep") and head.pos_ in ("ADP", "SCONJ") and head.i != preposition.i:
        return _under_preposition(preposition, head, depth + 1) if depth < DEEPEST else TOLD
    if head.i == preposition.i:
        return TOLD
    if is_verbal(head):
        return _under_prepositional_verb(act, head, word, depth)
    if head.pos_ in ("ADJ", "ADV"):
        if is_verbal(head.head) and (stop := control.verb_force(head.head, word)) == "barred" and head.i == head.head.i + 1:
            return _outcome(stop, head.head, depth)
        if word in CIRCUMSTANCE:
            return TOLD
        return _made(control.adjective_force(head) or "told", read(head.head, depth + 1) if is_verbal(head.head) else TOLD, head)
    return _under_noun(act, head, depth, word)


def _under_prepositional_verb(act: Token, head: Token, word: str, depth: int) -> Reading:
    if word in CIRCUMSTANCE:
        return TOLD
    known = control.words("verbs")
    particle = next((f" {c.lower_}" for c in head.children if c.dep_ == "prt" or (c.i == head.i + 1 and c.dep_ in ("advmod", "acomp"))), "")
    whole = f"{head.lemma_.lower()}{particle} {word}"
    if whole in known:
        return _outcome(known[whole], head, depth)
    if word in ANYWHERE or word not in COMPLEMENT_PREPOSITIONS:
        return TOLD
    if word == "against":
        return TOLD
    force = control.verb_force(head, word)
    if force in ("goes", "planned", "asked", "wanted", "barred", "undone") and (word in ("to", "for", "from", "of", "on", "about") or is_verbal(act)):
        if force == "goes" and word != "for":
            return TOLD
        if force in ("barred", "undone") and word not in ("from", "of", "to"):
            return TOLD
        if force == "planned" and word in ("on", "from", "of", "about"):
            return TOLD
        return _outcome(force, head, depth)
    if force == "told" or not _is_open(act):
        return TOLD
    outer = read(head, depth + 1)
    return outer if outer.status != "negated" or is_verbal(act) else TOLD


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
    if act.dep_ == "relcl" and act.tag_ != "VB":
        return TOLD
    if act.dep_ == "acl" and act.tag_ == "VBN":
        return TOLD
    force = control.noun_force(noun)
    if preposition in CIRCUMSTANCE:
        return TOLD
    if act.dep_ == "acl" and act.tag_ == "VBG" and preposition is None:
        outer = read(noun, depth + 1) if _is_open(noun) else TOLD
        return outer
    if force is None:
        if is_verbal(act) and act.tag_ == "VB":
            if noun.dep_ == "ROOT":
                return TOLD
            if is_verbal(noun.head) and noun.dep_ in ("dobj", "nsubjpass") and (by := control.verb_force(noun.head)) in ("asked", "wanted", "planned", "barred"):
                return _outcome(by, noun.head, depth)
            outer = read(noun.head, depth + 1) if is_verbal(noun.head) else TOLD
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
        return _outcome(force, head, depth) if force in ("planned", "asked", "barred", "undone") else TOLD
    return TOLD


def _as_object(noun: Token, verb: Token, depth: int) -> Reading:
    """`cancelled talks`, `held talks`, `demanded a withdrawal`; a definite noun under a verb that is not listed is known already."""
    if not is_verbal(verb):
        return TOLD
    force = control.verb_force(verb)
    if force is None or force == "goes":
        return read(verb, depth + 1) if _is_open(noun) else TOLD
    if force == "does" or force in ("barred", "undone", "planned", "wanted", "asked"):
        return _outcome(force, verb, depth)
    return TOLD
