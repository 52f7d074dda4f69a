"""What a predicate's own clause or phrase says of it: auxiliaries, negation, conjunctions, attributes."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.events import control
from dragoman.events.control import OUTCOMES
from dragoman.language import grammar
from dragoman.records.event import Status


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one predicate: its status, the word that settled it and the rule."""

    status: Status
    cue: Token | None = None
    rule: str = "status:told"


TOLD = Reading("actual")


def is_verbal(token: Token) -> bool:
    """Whether a token is read as a verb: tagged so, or mistagged with a subject or an auxiliary of its own (`that Oslo share data`)."""
    return token.pos_ in ("VERB", "AUX") or (token.pos_ in ("NOUN", "ADJ", "PROPN") and any(c.dep_ in ("nsubj", "aux") for c in token.children))


def is_infinitive(verb: Token) -> bool:
    """Whether a verb stands with `to` and no modal."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def is_finite(verb: Token) -> bool:
    """Whether a verb carries a tense or a modal of its own."""
    auxiliaries = sorted((c for c in verb.children if c.dep_ in ("aux", "auxpass")), key=lambda a: a.i)
    return (auxiliaries[0] if auxiliaries else verb).tag_ in ("MD", "VBD", "VBZ", "VBP")


def own_verb(verb: Token) -> Reading:
    """By the verb's own clause: mood, auxiliaries, negation, conjunction."""
    if (cue := _displaced(verb)) is not None:
        return Reading("negated", cue, "status:instead")
    mark = conjunction(verb)
    if mark is not None:
        return Reading("possible", mark, "status:conditional")
    no = _negation(verb)
    if no is None and (asked := _question(verb)) is not None:
        return Reading("possible", asked, "status:question")
    modal = next((a for a in auxiliaries(verb) if a.tag_ == "MD"), None)
    if modal is not None:
        return _by_modal(verb, modal, no)
    if no is not None:
        return Reading("actual", no, "status:until") if _waits(verb) else Reading("negated", no, "status:negation")
    if verb.lower_ in control.listed("themselves", "planned") and verb.tag_ == "VBN" and grammar.is_passive(verb):
        return Reading("planned", verb, "status:planned")
    if (to := _headline_infinitive(verb)) is not None:
        return Reading("planned", to, "status:infinitive")
    return TOLD


def _by_modal(verb: Token, modal: Token, no: Token | None) -> Reading:
    word = modal.lower_
    if no is not None:
        if word in control.listed("modals", "open_when_negated"):
            return Reading("possible", modal, "status:modal")
        return Reading("negated", no, "status:negation")
    if (condition := _depends(verb)) is not None:
        return Reading("possible", condition, "status:conditional")
    if word in control.listed("modals", "planned"):
        return Reading("planned", modal, "status:modal")
    if word in control.listed("modals", "would") and _told_before(verb):
        return Reading("planned", modal, "status:would")
    return Reading("possible", modal, "status:modal")


def _depends(verb: Token) -> Token | None:
    """The word that makes a verb depend on another: `will sign if …`, `provided that …`, `only once …`."""
    for child in verb.children:
        if child.lower_ in control.listed("conjunctions", "as_verbs") and child.dep_ in ("advcl", "prep", "ccomp", "dep"):
            return child
        if child.dep_ != "advcl":
            continue
        if (inverted := _inverted_should(child)) is not None:
            return inverted
        if (mark := _condition_mark(child)) is not None and mark.lower_ not in ("until", "till"):
            return mark
        ahead = next((c for c in child.children if c.dep_ in ("mark", "advmod") and c.lower_ in control.listed("conjunctions", "ahead") and c.i < child.i), None)
        if ahead is not None and ahead.i and ahead.nbor(-1).lower_ == "only":
            return ahead
    return None


def auxiliaries(verb: Token) -> list[Token]:
    """Auxiliaries of a verb, shared with the first of a coordination only by a verb without a tense: not `would cost it and urged`."""
    own = grammar.children(verb, "aux", "auxpass")
    return own or ([] if verb.tag_ in ("VBD", "VBZ", "VBP") else grammar.auxiliaries(verb))


def _told_before(verb: Token) -> bool:
    """Whether `would` is the past of `will`: `Tokyo said it would send aid`, and in reported speech without its verb."""
    head = grammar.first_conjunct(verb)
    governor = head.head
    if head.dep_ in ("acl", "relcl") and (clause := grammar.clause_verb(governor)) is not None:  # `assured Oslo that it would`: to the parser the clause may be Oslo's
        governor = clause
        return governor.lemma_.lower() in control.saying_would() or (head.dep_ == "relcl" and governor.tag_ == "VBD")
    if head.dep_ in ("ccomp", "advcl", "xcomp") and governor.i != head.i:
        return governor.lemma_.lower() in control.saying_would() or (is_verbal(governor) and governor.lemma_.lower() in control.words("verbs") and head.dep_ == "ccomp")
    return False


def _negation(token: Token) -> Token | None:
    """The negating word; `not only`, `not just` negate nothing, `no longer` does."""
    no = grammar.negation(token)
    if no is not None and token.dep_ == "conj" and no.head.i == token.head.i and is_finite(token):
        no = None  # `did not object and signed`
    if no is not None:
        after = no.nbor().lower_ if no.i + 1 < len(no.doc) else ""
        return None if after in ("only", "just", "merely", "simply", "least") else no
    for child in token.children:
        if child.dep_ in ("nsubj", "nsubjpass") and (pair := next((c for c in child.children if c.lower_ == "neither"), None)) is not None:
            return pair
        if child.dep_ == "advmod" and child.lower_ == "longer" and child.i and child.nbor(-1).lower_ == "no":
            return child
        if child.dep_ in ("cc", "preconj", "mark") and child.lower_ in ("nor", "neither"):
            return child
    if token.dep_ == "conj" and any(c.dep_ == "cc" and c.lower_ == "nor" for c in token.head.children):
        return next(c for c in token.head.children if c.lower_ == "nor")
    return None


def _waits(verb: Token) -> bool:
    """`did not leave until 2014`: what did not happen until a past day did happen then."""
    if not any(a.lower_ == "did" for a in auxiliaries(verb)):
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


def conjunction(verb: Token) -> Token | None:
    """The conjunction that leaves a clause open: `if`, `unless`; `once`, `before` where the verb looks ahead."""
    head = grammar.first_conjunct(verb)
    if (mark := _condition_mark(head)) is not None and not (mark.lower_ in ("until", "till") and _is_past(head)):
        return mark
    if head.dep_ == "advcl" and (_tense(head) in ("VBP", "VBZ") or (_tense(head) == "VBD" and any(a.lower_ in ("would", "'d", "’d") for a in auxiliaries(head.head)))):
        return next((c for c in head.children if c.dep_ in ("mark", "advmod") and c.lower_ in control.listed("conjunctions", "ahead") and c.i < head.i), None)
    return _inverted_should(head) if head.dep_ == "advcl" else None


def _inverted_should(verb: Token) -> Token | None:
    """`should it attack`: the auxiliary before the subject stands for `if`."""
    subject = min((s.i for s in grammar.own_subjects(verb)), default=0)
    return next((c for c in verb.children if c.dep_ == "aux" and c.lower_ == "should" and c.i < subject), None)


def has_modal(verb: Token) -> bool:
    """Whether a verb has a modal of its own that tells of what will or may be; `should` and `must` ask."""
    return any(c.dep_ == "aux" and c.tag_ == "MD" and c.lower_ not in ("should", "must") for c in verb.children)


def _tense(verb: Token) -> str:
    """Tag of the word that carries the tense: the first auxiliary, else the verb."""
    return next((a.tag_ for a in sorted(auxiliaries(verb), key=lambda a: a.i)), verb.tag_)


def _is_past(verb: Token) -> bool:
    return _tense(verb) in ("VBD", "VBN")


def _question(verb: Token) -> Token | None:
    """The question mark of a sentence whose main verb this is."""
    if verb.dep_ != "ROOT":
        return None
    mark = next((c for c in reversed(list(verb.children)) if c.dep_ == "punct" and c.text == "?"), None)
    if mark is None or any(t.is_quote for t in verb.doc[verb.i : mark.i + 1]):  # `asked, "How long?"`: the question is another's
        return None
    return mark


def _headline_infinitive(verb: Token) -> Token | None:
    """`Oslo to host summit`: an infinitive that no word governs."""
    if verb.dep_ not in ("ROOT", "ccomp", "acl", "relcl", "parataxis", "xcomp") or any(c.dep_ == "aux" and c.tag_ in ("VBZ", "VBP", "VBD", "MD") for c in verb.children):
        return None
    to = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ == "to"), None)
    if to is None or (verb.dep_ == "xcomp" and is_verbal(verb.head)):
        return None
    if verb.dep_ in ("ROOT", "ccomp", "parataxis"):
        return to if grammar.own_subjects(verb) and (verb.dep_ == "ROOT" or not is_governing(verb.head)) else None
    return to if verb.head.dep_ == "ROOT" else None  # to the parser `Oslo` is a noun with an infinitive that belongs to it


def is_governing(token: Token) -> bool:
    """Whether a verb is listed with a force other than telling."""
    return control.verb_force(token) not in (None, "told")


def own_noun(noun: Token) -> Reading:
    """By the noun's own phrase: `no talks`, `a possible strike`, `planned visit`."""
    attributes = control.words("attributes")
    if noun.dep_ in ("acomp", "oprd") and noun.lower_ in control.listed("themselves", "planned"):
        return Reading("planned", noun, "status:planned")
    for child in noun.children:
        if child.dep_ in ("det", "neg") and child.lower_ in ("no", "neither"):
            return Reading("negated", child, "status:negation")
        if child.dep_ in ("amod", "det", "compound", "nmod") and child.lower_ in attributes:
            if child.lower_ == "further" or (child.dep_ == "amod" and child.lower_ == "next" and child.nbor().pos_ != "NOUN"):
                continue
            return Reading(OUTCOMES[attributes[child.lower_]]["actual"], child, "status:attribute")
        if child.dep_ in ("acl", "relcl") and child.lower_ != "announced" and (told := _by_own_clause(noun, child)) is not None:
            return told
    return TOLD


def _by_own_clause(noun: Token, clause: Token) -> Reading | None:
    """What a participle or relative clause says of the act that a noun names: `talks due to open in May`, `a summit to be held in Oslo`."""
    attributes = control.words("attributes")
    if clause.dep_ == "acl" and clause.tag_ == "VBN" and clause.lower_ in attributes:
        return Reading(OUTCOMES[attributes[clause.lower_]]["actual"], clause, "status:attribute")
    if clause.dep_ == "acl" and is_infinitive(clause) and any(c.dep_ == "auxpass" for c in clause.children):
        return Reading("planned", clause, "status:infinitive")
    is_its_own = any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ in grammar.RELATIVE for c in clause.children)
    if clause.dep_ != "relcl" or not is_its_own:
        return None
    due = next((c for c in clause.children if c.dep_ in ("acomp", "oprd", "attr") and c.lower_ in attributes | control.words("adjectives")), None)
    if due is not None and control.adjective_force(due) == "planned":
        return Reading("planned", due, "status:attribute")
    if clause.lemma_.lower() in control.listed("groups", "occurring") and (own := own_verb(clause)).status != "actual":
        return own
    return None
