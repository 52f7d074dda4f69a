"""What is said as a clause or an infinitive: `said (that) talks had failed`, `urged Paris to go`."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.language.document import Document
from dragoman.language.grammar import SUBJECTS, children, own_subjects, prepositional, with_conjuncts
from dragoman.statements.built import Built, is_finite, told, with_condition
from dragoman.statements.content import FINITE, clause_pieces, cut_at_participle, is_aside, own_reach, trimmed
from dragoman.statements.draft import Bounds
from dragoman.statements.lexicon import lexicon
from dragoman.statements.speakers import is_passive_cue

NEVER_INSERTED = frozenset({"deny", "dispute", "refute", "rebut", "accuse", "blame"})  # `…, a charge Oslo denies` tells nothing of its own
WITHHOLDING = frozenset({"ask", "request", "decline", "refuse"})


def clause(document: Document, verb: Token) -> Built | None:
    """A clause that a cue brings in, is cut into, or closes; None where it has none."""
    clear = [g for c in verb.children if c.lower_ == "clear" for g in children(c, "ccomp")]  # `made clear to the council that …`
    said = [c for c in (*children(verb, "ccomp"), *clear, *_of_the_told(verb)) if (is_finite(c) or _has_lost_its_verb(c)) and not is_tail(c)]
    after = [c for c in said if c.i > verb.i and not is_aside(verb.doc, c.left_edge.i, c.i) and not _has_other_cue(verb, c.left_edge.i) and _stands_on_its_own(document, verb, c)]
    before = [c for c in said if c.i < verb.i and not _is_cut_off(verb, c) and (verb.lemma_.lower() not in NEVER_INSERTED or document.quote_at(c) is not None)]
    if before and after and verb.doc[after[0].left_edge.i - 1].text == ",":
        after = []  # `No ship will leave, the minister said, hours after a storm had closed the port`: what follows the comma is not said
    for child in (*after, *before):
        pieces = [*_cut_off_subject(verb, child), *_from_object(verb, child, _after_time(verb, child, clause_pieces(child, verb))), *_resumed(verb, child)]
        return Built([cut_at_participle(verb.doc, p, document) for p in pieces], told(verb)) if pieces else None
    if verb.tag_ == "VBG" and verb.dep_ == "csubj" and verb.head.i > verb.i and is_finite(verb.head):
        piece = trimmed(verb.doc, verb.i + 1, verb.head.right_edge.i + 1)  # `Admitting prices were high, she said …`: read as the subject of were
        return Built([piece]) if piece else None
    if pieces := _after_carrier(verb):
        return Built([cut_at_participle(verb.doc, p, document) for p in pieces], told(verb))
    if any(c.dep_ in SUBJECTS and c.tag_ in ("WDT", "WP") for c in verb.children):
        return None  # `met on the rock, which both claim`: what stands before it is not said
    if is_tail(verb):
        host = verb.head
        while host.dep_ == "conj" and host.head.i != host.i and host.head.pos_ in ("VERB", "AUX"):
            host = host.head
        piece = trimmed(verb.doc, host.left_edge.i, verb.left_edge.i)
        return Built([piece], told(verb)) if piece else None
    if (
        verb.dep_ in ("parataxis", "advcl")
        and verb.head.i != verb.i
        and (verb.dep_ == "parataxis" or any(c.dep_ in ("mark", "advmod") and c.lower_ == "as" for c in verb.children))
    ):
        if (children(verb, "dobj") and not told(verb)) or verb.lemma_.lower() in NEVER_INSERTED:
            return None
        host = verb.head
        while host.dep_ == "conj" and host.head.i != host.i and host.head.pos_ in ("VERB", "AUX"):
            host = host.head
        if host.pos_ in ("VERB", "AUX"):
            inside = {t.i for t in verb.subtree}
            left = [t.i for t in host.subtree if t.i not in inside and t.i < min(inside)]
            right = [t.i for t in host.subtree if t.i not in inside and t.i > max(inside)]
            joint = next((t for t in reversed(verb.doc[max(min(inside) - 2, 0) : min(inside)]) if t.text != ","), None)
            if joint is not None and joint.tag_ in ("WDT", "WP"):
                while joint.dep_ in ("pobj", "prep") and joint.head.i == joint.i - 1:
                    joint = joint.head  # `all of which`
                left = list(range(joint.i, min(inside)))  # `read a log which, he said, proved it`: the clause alone into which the attribution is put
            pieces = [p for side in (left, right) if side and (p := trimmed(verb.doc, min(side), max(side) + 1))]
            return Built(pieces, told(verb)) if pieces else None
    if piece := _before_close(verb):
        return Built([piece], told(verb))
    return None


def _has_lost_its_verb(noun: Token) -> bool:
    """`said that the vote bound nobody`: a past tense that the parser took for a participle leaves its subject at the head of the clause."""
    return noun.pos_ in ("NOUN", "PROPN") and any(c.dep_ == "acl" and c.tag_ == "VBD" for c in noun.children)


def _before_close(verb: Token) -> Bounds | None:
    """What stands before a cue that closes its sentence, whatever the parser made of it: `No deal yet, envoys say`, `Oslo may leave, if it must, Sousa told the daily`."""
    subject = next((c for c in children(verb, "nsubj") if c.i < verb.i), None)
    if subject is None or verb.tag_ not in FINITE or verb.lemma_.lower() in NEVER_INSERTED:
        return None
    first, sentence = subject.left_edge.i, verb.sent
    if first - 1 <= sentence.start or verb.doc[first - 1].text != ",":
        return None
    allowed = ("punct", "prep", "npadvmod", "advmod", "dative", *(("dobj",) if verb.lemma_.lower() in lexicon().telling else ()))
    if any(c.dep_ not in allowed for c in verb.children if c.i > verb.i) or any(t.tag_ in FINITE or t.dep_ == "cc" for t in verb.doc[verb.i + 1 : sentence.end]):
        return None
    said = verb.doc[sentence.start : first - 1]
    whole = any(t.dep_ == "dep" and t.head.i == verb.i for t in said) or any(t.dep_ in ("ROOT", "ccomp") and (is_finite(t) or t.head.i == verb.i) for t in said)
    return trimmed(verb.doc, sentence.start, first - 1) if whole and said[0].dep_ not in ("mark", "advmod") else None


def _of_the_told(verb: Token) -> list[Token]:
    """`told the forum he was against it`: the clause that the parser took for a relative clause of those spoken to."""
    if verb.lemma_.lower() not in lexicon().telling:
        return []
    found = [c for whom in children(verb, "dobj", "dative") for c in children(whom, "relcl", "acl")]
    return [c for c in found if any(g.dep_ in SUBJECTS and g.tag_ not in ("WDT", "WP") and g.i < c.i for g in c.children)]


def _stands_on_its_own(document: Document, verb: Token, clause: Token) -> bool:
    """Whether a clause has a subject, a conjunction or marks: not `fits` in `The truce announced on Monday fits in with the plan`."""
    if document.quote_at(clause) is not None or clause.tag_ not in ("VBZ", "VBD", "VBP"):
        return True
    return any(c.dep_ in SUBJECTS or c.dep_ in ("mark", "expl", "dobj") for c in clause.children) or any(c.dep_ == "dobj" and c.i < clause.i for c in verb.children)


def _cut_off_subject(verb: Token, clause: Token) -> list[Bounds]:
    """`That promise, said the envoy, “will be kept”`: the subject of what is said, which the parser hangs on the cue."""
    subjects = children(verb, "nsubj")
    if clause.i < verb.i or len(subjects) != 2 or not subjects[0].i < verb.i < subjects[1].i or verb.nbor(-1).text != "," or any(c.dep_ in SUBJECTS for c in clause.children):
        return []
    return [p] if (p := trimmed(verb.doc, subjects[0].left_edge.i, verb.i)) else []


def _resumed(verb: Token, clause: Token) -> list[Bounds]:
    """`It “wants no war,” the premier said, but would not yield`: what goes on after the attribution, which the parser joins to the cue."""
    if clause.i > verb.i:
        return []
    for child in children(verb, "conj"):
        if child.i > verb.i and any(c.dep_ == "aux" and c.tag_ == "MD" for c in child.children) and not any(c.dep_ in SUBJECTS for c in child.children):
            return [p] if (p := trimmed(verb.doc, child.left_edge.i, child.right_edge.i + 1)) else []
    return []


def _is_cut_off(verb: Token, clause: Token) -> bool:
    """Whether a semicolon stands between a clause and the cue after it: `Lima says it won; Quito says it did not`."""
    return any(t.text == ";" for t in verb.doc[clause.i : verb.i])


def _has_other_cue(verb: Token, end: int) -> bool:
    """Whether a participle of saying stands between a cue and `end`: in `she said, adding later, “…”` the quotation is of `adding`."""
    verbs = lexicon().verbs
    return any(t.tag_ == "VBG" and t.lemma_.lower() in verbs and t.nbor(-1).text == "," for t in verb.doc[verb.i + 1 : end])


def _after_time(verb: Token, clause: Token, pieces: list[Bounds]) -> list[Bounds]:
    """`told the daily this week she would go`: a time directly between a cue and the subject tells when it was said."""
    if clause.i < verb.i or not pieces:
        return pieces
    start, end = pieces[-1]
    time = next((c for c in children(clause, "npadvmod") if c.left_edge.i == start), None)
    subject = next((c for c in clause.children if c.dep_ in SUBJECTS), None)
    if time is None or subject is None or subject.left_edge.i != time.right_edge.i + 1:
        return pieces
    return [*pieces[:-1], (subject.left_edge.i, end)]


def _from_object(verb: Token, clause: Token, pieces: list[Bounds]) -> list[Bounds]:
    """`said the meeting, which had been planned for May, had been cancelled`: the parser may take the subject for an object of `said`."""
    if clause.i < verb.i or any(c.dep_ in SUBJECTS for c in clause.children) or verb.lemma_.lower() in lexicon().telling:
        return pieces
    subject = next((c for c in children(verb, "dobj") if verb.i < c.i < clause.i), None)
    if subject is None or not pieces:
        return pieces
    return [(subject.left_edge.i, pieces[-1][1])]


def is_tail(verb: Token) -> bool:
    """Whether a verb of saying closes the sentence that it reports, though the parser hangs it elsewhere: `Oslo has left it, the ministry said`."""
    if verb.dep_ not in ("ccomp", "conj", "dep", "advcl") or verb.lemma_.lower() in NEVER_INSERTED or verb.head.i >= verb.i or verb.lemma_.lower() not in lexicon().verbs:
        return False
    first = verb.left_edge.i
    if first == verb.i or verb.doc[first - 1].text != "," or verb.doc[first].dep_ in ("mark", "cc"):
        return False
    return not any(c.dep_ in ("ccomp", "dobj", "xcomp", "acomp", "attr", "mark", "cc", "advmod") for c in verb.children) and any(c.dep_ == "nsubj" for c in verb.children)


def _after_carrier(verb: Token) -> list[Bounds]:
    """`said in a statement it had left`: the clause that the parser took for a relative clause of `statement`."""
    for preposition in children(verb, "prep"):
        for noun in children(preposition, "pobj"):
            if noun.lemma_.lower() in lexicon().media or noun.lemma_.lower() in lexicon().occasions:
                for clause in children(noun, "relcl", "acl", "ccomp"):
                    subject = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None)
                    if subject is not None and subject.tag_ not in ("WDT", "WP") and is_finite(clause):
                        return [p] if (p := trimmed(verb.doc, clause.left_edge.i, clause.right_edge.i + 1)) else []
    return []


def infinitive(verb: Token, cue_end: int, takes: str) -> Built | None:
    """An infinitive after a cue: of the speaker (`to`, `wish-to`) or of somebody spoken to (`whom-to`); None where there is none."""
    for child in verb.children:
        if (
            child.dep_ not in ("xcomp", "ccomp", "advcl")
            or (child.lemma_.lower() in lexicon().unsaid and verb.lemma_.lower() in WITHHOLDING)
            or child.i < verb.i
            or not any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        ):
            continue
        owner = [c for c in child.children if c.dep_ in ("nsubj", "nsubjpass") and c.i > verb.i]
        whom = owner or [c for c in children(verb, "dobj", "dative") if c.i < child.i]
        if takes == "whom-to":
            whom = whom or [noun for prep, noun in prepositional(verb) if prep.lower_ in ("on", "upon", "to", "with") and noun.i < child.i]
        if takes == "whom-to":
            if is_passive_cue(verb) and not whom:
                whom = own_subjects(verb)
            if not whom:
                continue
            to = next(c.i for c in child.children if c.dep_ == "aux" and c.lower_ == "to")
            negated = next((c.i for c in child.children if c.dep_ == "neg" and c.i == to - 1), to)
            pieces = [p] if (p := trimmed(verb.doc, negated, max(own_reach(child, verb)) + 1)) else []
            return Built(pieces, [t for w in whom for t in with_conjuncts(w)]) if pieces else None
        if (takes == "to" and child.dep_ == "advcl") or is_passive_cue(verb):
            continue
        if takes == "to" and whom and verb.lemma_.lower() not in lexicon().telling:
            continue
        pieces = [p] if (p := trimmed(verb.doc, max(cue_end, child.left_edge.i), max(own_reach(child, verb)) + 1)) else []
        return Built(with_condition(verb, pieces)) if pieces else None
    if takes == "whom-to":
        return _split_infinitive(verb)
    return None


def _split_infinitive(verb: Token) -> Built | None:
    """`called on both sides to de-escalate`: a hyphened verb that the tokenizer broke, so that its `to` passes for a preposition."""
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "prep" and c.i > verb.i and c.i + 2 < len(verb.doc) and verb.doc[c.i + 2].text == "-"), None)
    whom = [noun for prep, noun in prepositional(verb) if prep.lower_ in ("on", "upon")] or children(verb, "dobj")
    if to is None or not whom:
        return None
    piece = trimmed(verb.doc, to.i, verb.right_edge.i + 1)
    return Built([piece], whom) if piece else None
