"""What is no condition between political actors, though a connective stands there."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dragoman.actors.cast import Cast
from dragoman.conditions.clauses import has_own_subject, is_willing
from dragoman.conditions.connectives import Cue, words
from dragoman.conditions.parties import in_side
from dragoman.conditions.polarity import is_held_back
from dragoman.conditions.sides import VERBAL, Draft
from dragoman.conditions.standing import is_political
from dragoman.conditions.voices import Voice
from dragoman.language.grammar import agents, is_passive, negation, own_subjects, subjects

MODAL = frozenset({"will", "would", "wo", "ca", "'ll", "’ll", "'d", "’d", "must", "shall", "should", "can", "could", "may", "might", "to", "cannot"})
SETTING = frozenset({"will", "would", "wo", "'ll", "’ll", "'d", "’d", "shall", "must", "to", "should"})


def is_open_cue(doc: Doc, cue: Cue) -> bool:
    """Whether the words around a connective leave room for a condition: not `as if`, `if necessary`, `on condition of anonymity`, a bare `when`."""
    before = doc[cue.start - 1].lower_ if cue.start else ""
    after = doc[cue.end].lower_ if cue.end < len(doc) else "."
    first = doc[cue.start].lower_
    if first in ("if", "unless", "once", "until", "when") and (after in words("connectives", "empty_after") or (before in words("connectives", "empty_before") and first == "if")):
        return False
    if before == "even" and first in ("if", "when", "after", "before"):
        return False
    if cue.connective.only and before not in ("only", "solely") and not _only_earlier(doc, cue) and not (first == "when" and _looks_ahead(doc, cue)):
        return False
    if first == "on" and any(t.lemma_.lower() in words("connectives", "secrecy") for t in doc[cue.end : cue.end + 8]):
        return False
    if first == "short" and cue.start and doc[cue.start - 1].lemma_ in ("stop", "fall", "run", "come", "be", "go", "just", "well", "far"):
        return False  # `stopped short of a ban`
    return first != "provided" or after != "by"


def _looks_ahead(doc: Doc, cue: Cue) -> bool:
    """`will reopen the road when Chad leaves`: a when-clause behind an act that is still to come."""
    verb = doc[cue.start].head
    return verb.dep_ == "advcl" and verb.i > cue.start and verb.head.i < cue.start and any(c.lower_ in ("will", "would") for c in verb.head.children)


def _only_earlier(doc: Doc, cue: Cue) -> bool:
    """`will only come after`: an "only" up to eight words back in the sentence, with a modal verb beside it."""
    start = doc[cue.start].sent.start
    window = doc[max(start, cue.start - 9) : cue.start]
    return any(t.lower_ == "only" for t in window) and any(t.tag_ == "MD" for t in window)


def is_condition(drafted: Draft, cast: Cast, heard: Voice, holder: str | None, owed: tuple[str, ...]) -> bool:
    """Whether somebody holds back, promises or threatens something on what another would do."""
    if heard.comments or heard.denied or (holder is None and not (owed and heard.attributed)) or _is_local(drafted):
        return False
    if not owed and (holder is None or not is_political(cast, holder) or not heard.attributed or (cast.actors[holder].kind == "person" and cast.actors[holder].acts_for is None)):
        return False
    if drafted.rule == "phrase:without" and not in_side(cast, drafted.antecedent) and head_word(drafted) not in ("such", "this", "that"):
        return False
    head = drafted.consequent.head
    if drafted.kind != "in_return" and {"would", "have"} <= {c.lower_ for c in head.children if c.dep_ in ("aux", "auxpass")}:
        return False  # `would have paid had Chad signed`: what did not come about
    opining = words("commitments", "opining")
    if head.lemma_ in opining or any(c.dep_ == "acomp" and c.lower_ in opining for c in head.children) or not drafted.consequent.start <= head.i < drafted.consequent.end:
        return False
    if (drafted.consequent.end - drafted.consequent.start < 2 and drafted.commitment is None and head.pos_ in VERBAL) or head.pos_ == "PRON":
        return False
    if not heard.attributed and drafted.commitment is None and not _is_asked(drafted, cast):
        return False
    if drafted.rule == "clause:while" and (
        drafted.antecedent.start < drafted.consequent.start
        or not (is_held_back(drafted) or "impossible" in {t.lower_ for t in head.doc[drafted.consequent.start : drafted.consequent.end]})
    ):
        return False
    if drafted.rule == "clause:when" and drafted.kind == "if" and not _is_act_of_another(drafted, cast, holder):
        return False
    if drafted.rule == "before:duty" and any(s.lemma_.lower() in words("outcomes", "circumstances") for s in own_subjects(drafted.consequent.head)):
        return False
    if _is_mere_ability(drafted, cast, owed):
        return False
    if drafted.rule == "predicate:result":
        return heard.attributed and bool(heard.speakers)
    if drafted.rule == "predicate:on" and drafted.antecedent.head.pos_ not in VERBAL and not in_side(cast, drafted.antecedent):
        return False
    if drafted.kind != "in_return" and not _is_ahead(drafted):
        return False
    if holder is None:
        return _antecedent_is_act(drafted) and drafted.commitment is not None
    if any(cast.code(o) == cast.code(holder) for o in owed) and len(owed) == 1:
        return False
    if not _antecedent_is_act(drafted):
        return False
    if drafted.kind == "in_return":
        return is_political(cast, holder) and negation(drafted.main) is None
    return _consequent_is_set(drafted, cast, heard)


def _is_act_of_another(drafted: Draft, cast: Cast, holder: str | None) -> bool:
    """Whether the antecedent tells what some other side would do: a bare `when` is else no more than a time."""
    head = drafted.antecedent.head
    doing = tuple(i for s in own_subjects(head) for i in (cast.of(s) or cast.owners(s)) if is_political(cast, i)) if head.pos_ == "VERB" else ()
    return bool(doing) and holder is not None and cast.code(holder) not in cast.codes(doing)


def _is_mere_ability(drafted: Draft, cast: Cast, owed: tuple[str, ...]) -> bool:
    """`Chile could test it if its president gives the order`: one side alone, and nobody sets it."""
    head = drafted.consequent.head
    if not {c.lower_ for c in head.children if c.dep_ == "aux"} & {"could", "may", "might"} or is_passive(head):
        return False
    doers = set(cast.codes(tuple(i for s in subjects(head) for i in cast.of(s))))
    return bool(doers) and doers == set(cast.codes(owed))


def _is_asked(drafted: Draft, cast: Cast) -> bool:
    """Whether the antecedent names somebody, or a pronoun stands for him; without it and without a speaker nobody is asked for anything."""
    part = drafted.antecedent
    return bool(in_side(cast, part)) or any(t.pos_ == "PRON" for t in part.head.doc[part.start : part.end]) or drafted.kind in ("in_return", "before")


def head_word(drafted: Draft) -> str:
    """The first word of the antecedent, lower case."""
    return drafted.antecedent.head.doc[drafted.antecedent.start].lower_


def _is_local(drafted: Draft) -> bool:
    """Whether a province or a member state of a federation sets it: `Texas will sue unless …`."""
    local = words("connectives", "local")
    stretch = drafted.main.doc[drafted.consequent.start : drafted.consequent.end]
    found = [t for t in stretch if t.dep_ in ("nsubj", "poss", "compound")]
    for verb in (drafted.consequent.head, drafted.main, drafted.commitment):
        if verb is not None:
            found += [t for s in subjects(verb) for t in (s, *s.children)]
    root = drafted.main.sent.root
    found += [t for s in subjects(root) for t in s.subtree]
    return any(t.text in local for t in found)


def _is_ahead(drafted: Draft) -> bool:
    """Connectives of time tell a condition only of what is still to come: not `took the town only after …`."""
    if drafted.kind != "before" and drafted.rule.partition(":")[2] not in ("until", "till", "once", "when", "after", "as"):
        return True
    if drafted.commitment is not None or drafted.rule in ("before:duty", "before:first", "before:then", "before:goal") or drafted.consequent.head.pos_ not in VERBAL:
        return True
    head = drafted.consequent.head
    if any(is_willing(t) for t in head.doc[drafted.consequent.start : drafted.consequent.end]):
        return True
    auxiliaries = _auxiliaries(head, drafted.main)
    if auxiliaries & (MODAL - {"to", "may", "might"}):
        return True
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in head.children):
        return head.dep_ == "ROOT" or head.head.pos_ not in VERBAL or head.head.lemma_ in ("be", "have") or head.head.tag_ in ("VBZ", "VBP")
    return head.tag_ != "VBD" and not any(c.dep_ in ("aux", "auxpass") and c.tag_ == "VBD" for c in head.children)


def _antecedent_is_act(drafted: Draft) -> bool:
    """A clause with a subject or an agent, or a noun of action; never a date."""
    head = drafted.antecedent.head
    if head.lemma_ in ("elect", "reelect", "confirm", "approve") and is_passive(head) and not agents(head):
        return False
    if head.lemma_ == "be" and any(c.dep_ == "acomp" and c.lower_ in words("connectives", "empty_after") for c in head.children):
        return False
    if head.ent_type_ in ("DATE", "TIME", "CARDINAL", "ORDINAL"):
        return False
    if head.pos_ not in VERBAL:
        return head.pos_ in ("NOUN", "PROPN", "PRON", "ADJ") and not any(t.ent_type_ in ("DATE", "TIME") and t.dep_ in ("pobj", "ROOT") and t.i == head.i for t in head.subtree)
    if head.tag_ == "VBN" and not has_own_subject(head) and not agents(head) and not any(c.dep_ in ("aux", "auxpass") for c in head.children):
        return False
    if head.lemma_ in words("outcomes", "befalling") and not is_passive(head) and not any(c.dep_ == "dobj" for c in head.children):
        return any(s.ent_type_ in ("GPE", "ORG", "NORP", "PERSON") for s in own_subjects(head)) and head.lemma_ not in ("collapse", "win", "die")
    return True


def _consequent_is_set(drafted: Draft, cast: Cast, heard: Voice) -> bool:
    """Somebody disposes of the consequent: it is refused, threatened, offered, or told as to come."""
    if drafted.commitment is not None or drafted.rule in ("predicate:on", "before:demand", "phrase:pending"):
        return True  # what is suspended pending a reply is held back, whatever its tense
    head = drafted.consequent.head
    if head.pos_ not in VERBAL:
        return True
    auxiliaries = _auxiliaries(head, drafted.main)
    if auxiliaries & MODAL:
        return heard.attributed or bool(auxiliaries & SETTING)
    if drafted.kind == "only_if" and drafted.rule.startswith("clause:on"):
        return True
    stretch = head.doc[drafted.consequent.start : drafted.consequent.end]
    if any(is_willing(t) for t in stretch):
        return True
    if head.tag_ in ("VBD", "VBN") and drafted.main.tag_ == "VBD" and not negation(head) and drafted.kind in ("until", "if", "only_if", "unless"):
        return heard.attributed and any(t.lemma_ in ("be", "need", "have") for t in stretch) and drafted.kind in ("if", "only_if")
    return heard.attributed or head.tag_ in ("VBZ", "VBP", "VB")


def _auxiliaries(head: Token, main: Token) -> set[str]:
    return {c.lower_ for v in (head, main) for c in v.children if c.dep_ == "aux"}
