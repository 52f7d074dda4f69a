"""The constructions in which a verb tells what is said; each gives the pieces of content, or None where it is not there."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from dragoman.language.document import Document
from dragoman.language.grammar import SUBJECTS, agents, children, own_subjects, prepositional, with_conjuncts
from dragoman.statements.adjacency import quotation_of
from dragoman.statements.content import FINITE, clause_pieces, cut_at_participle, own_reach, phrase_cut, phrase_piece, snapped, trimmed
from dragoman.statements.draft import Bounds
from dragoman.statements.lexicon import lexicon
from dragoman.statements.speakers import is_passive_cue

ORDER = {
    "whom-to": 0,
    "of": 1,
    "with": 1,
    "as": 2,
    "name": 3,
    "scene": 3,
    "clause": 4,
    "to": 5,
    "wish-to": 6,
    "ing": 7,
    "+": 8,
    "name-on": 8,
    "name-to": 2,
    "object": 9,
    "evidence": 9,
    "quote": 10,
    "~": 11,
    "topic": 12,
}
JOINING = {"as": ("as",), "of": ("of",), "for": ("for",), "with": ("with",), "name-on": ("on",), "name-to": ("to",)}
CONDITIONAL = frozenset({"if", "unless", "until", "till", "once", "provided", "as", "before", "only"})
OBJECTIVE = frozenset({"me", "him", "her", "us", "them"})
COMPLETING = frozenset({"like", "by", "to", "for", "from", "with", "toward", "towards", "against", "about", "into", "including", "between", "among"})
NEVER_INSERTED = frozenset({"deny", "dispute", "refute", "rebut", "accuse", "blame"})  # `…, a charge Oslo denies` tells nothing of its own
ASKING = frozenset({"demand", "request", "seek", "want"})
WITHHOLDING = frozenset({"ask", "request", "decline", "refuse"})
TOLD = frozenset({"tell", "inform", "assure", "remind", "warn", "notify", "advise", "ask", "brief", "reassure", "convince", "persuade", "teach", "caution", "promise"})


@dataclass(slots=True)
class Built:
    """What a construction gives: pieces of content, and heads of those spoken to."""

    pieces: list[Bounds]
    addressees: list[Token] = field(default_factory=list)


def build(document: Document, verb: Token, cue_end: int, takes: str, speaker: Token | None) -> Built | None:
    """The construction `takes` at a verb.

    Args:
        document: The report.
        verb: The cue.
        cue_end: Token index after cue and particle.
        takes: A construction as named in resources/en/saying-verbs.yaml.
        speaker: Head of the speaker's phrase, None where it is not told.
    """
    if takes == "clause":
        return _clause(document, verb)
    if takes == "quote":
        pieces = quotation_of(document, verb, speaker, [])
        return Built(pieces, _told(verb)) if pieces else None
    if takes in ("to", "wish-to", "whom-to"):
        return _infinitive(verb, cue_end, takes)
    if takes == "evidence":
        return _object(document, verb, cue_end) if speaker is not None and speaker.lemma_.lower() in lexicon().evidence else None
    if takes == "scene":
        return _scene(verb)
    if takes == "raised":
        return _raised(verb)
    if takes == "ing":
        return _gerund(document, verb, cue_end)
    if takes in ("object", "topic"):
        return _object(document, verb, cue_end)
    if takes in JOINING:
        return _object_and(document, verb, JOINING[takes])
    if takes == "name":
        return _name(document, verb)
    return _preposition(document, verb, takes[1:])


def _clause(document: Document, verb: Token) -> Built | None:
    clear = [g for c in verb.children if c.lower_ == "clear" for g in children(c, "ccomp")]  # `made clear to the council that …`
    told = [c for c in (*children(verb, "ccomp"), *clear, *_of_the_told(verb)) if is_finite(c) and not is_tail(c)]
    after = [c for c in told if c.i > verb.i and not _has_other_cue(verb, c.left_edge.i) and _stands_on_its_own(document, verb, c)]
    before = [c for c in told if c.i < verb.i and not _is_cut_off(verb, c) and (verb.lemma_.lower() not in NEVER_INSERTED or document.quote_at(c) is not None)]
    if before and after and verb.doc[after[0].left_edge.i - 1].text == ",":
        after = []  # `No ship will leave, the minister said, hours after a storm had closed the port`: what follows the comma is not said
    for child in (*after, *before):
        pieces = [*_from_object(verb, child, clause_pieces(child, verb)), *_resumed(verb, child)]
        return Built([cut_at_participle(verb.doc, p, document) for p in pieces], _told(verb)) if pieces else None
    if verb.tag_ == "VBG" and verb.dep_ == "csubj" and verb.head.i > verb.i and is_finite(verb.head):
        piece = trimmed(verb.doc, verb.i + 1, verb.head.right_edge.i + 1)  # `Admitting prices were high, she said …`: read as the subject of were
        return Built([piece]) if piece else None
    if pieces := _after_carrier(verb):
        return Built([cut_at_participle(verb.doc, p, document) for p in pieces], _told(verb))
    if is_tail(verb):
        host = verb.head
        while host.dep_ == "conj" and host.head.i != host.i and host.head.pos_ in ("VERB", "AUX"):
            host = host.head
        piece = trimmed(verb.doc, host.left_edge.i, verb.left_edge.i)
        return Built([piece], _told(verb)) if piece else None
    if (
        verb.dep_ in ("parataxis", "advcl")
        and verb.head.i != verb.i
        and (verb.dep_ == "parataxis" or any(c.dep_ in ("mark", "advmod") and c.lower_ == "as" for c in verb.children))
    ):
        if (children(verb, "dobj") and not _told(verb)) or verb.lemma_.lower() in NEVER_INSERTED:
            return None
        host = verb.head
        while host.dep_ == "conj" and host.head.i != host.i and host.head.pos_ in ("VERB", "AUX"):
            host = host.head
        if host.pos_ in ("VERB", "AUX"):
            inside = {t.i for t in verb.subtree}
            left = [t.i for t in host.subtree if t.i not in inside and t.i < min(inside)]
            right = [t.i for t in host.subtree if t.i not in inside and t.i > max(inside)]
            pieces = [p for side in (left, right) if side and (p := trimmed(verb.doc, min(side), max(side) + 1))]
            return Built(pieces, _told(verb)) if pieces else None
    if piece := _before_close(verb):
        return Built([piece], _told(verb))
    return None


def _before_close(verb: Token) -> Bounds | None:
    """What stands before a cue that closes its sentence, whatever the parser made of it: `No deal yet, envoys say`, `Oslo may leave, if it must, Sousa told the daily`."""
    subject = next((c for c in children(verb, "nsubj") if c.i < verb.i), None)
    if subject is None or verb.tag_ not in FINITE or verb.lemma_.lower() in NEVER_INSERTED:
        return None
    first, sentence = subject.left_edge.i, verb.sent
    if first - 1 <= sentence.start or verb.doc[first - 1].text != ",":
        return None
    allowed = ("punct", "prep", "npadvmod", "advmod", "dative", *(("dobj",) if verb.lemma_.lower() in TOLD else ()))
    if any(c.dep_ not in allowed for c in verb.children if c.i > verb.i) or any(t.tag_ in FINITE or t.dep_ == "cc" for t in verb.doc[verb.i + 1 : sentence.end]):
        return None
    said = verb.doc[sentence.start : first - 1]
    whole = any(t.dep_ == "dep" and t.head.i == verb.i for t in said) or any(t.dep_ in ("ROOT", "ccomp") and (is_finite(t) or t.head.i == verb.i) for t in said)
    return trimmed(verb.doc, sentence.start, first - 1) if whole and said[0].dep_ not in ("mark", "advmod") else None


def _of_the_told(verb: Token) -> list[Token]:
    """`told the forum he was against it`: the clause that the parser took for a relative clause of those spoken to."""
    if verb.lemma_.lower() not in TOLD:
        return []
    found = [c for whom in children(verb, "dobj", "dative") for c in children(whom, "relcl", "acl")]
    return [c for c in found if any(g.dep_ in SUBJECTS and g.tag_ not in ("WDT", "WP") and g.i < c.i for g in c.children)]


def _stands_on_its_own(document: Document, verb: Token, clause: Token) -> bool:
    """Whether a clause has a subject, a conjunction or marks: not `fits` in `The truce announced on Monday fits in with the plan`."""
    if document.quote_at(clause) is not None or clause.tag_ not in ("VBZ", "VBD", "VBP"):
        return True
    return any(c.dep_ in SUBJECTS or c.dep_ in ("mark", "expl", "dobj") for c in clause.children) or any(c.dep_ == "dobj" and c.i < clause.i for c in verb.children)


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


def _from_object(verb: Token, clause: Token, pieces: list[Bounds]) -> list[Bounds]:
    """`said the meeting, which had been planned for May, had been cancelled`: the parser may take the subject for an object of `said`."""
    if clause.i < verb.i or any(c.dep_ in SUBJECTS for c in clause.children) or verb.lemma_.lower() in TOLD:
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


def is_finite(verb: Token) -> bool:
    """Whether a clause has a subject and a finite verb, or is brought in by `that`, `whether` or a question word."""
    if verb.pos_ not in ("VERB", "AUX", "NOUN", "ADJ", "PROPN", "ADV", "PRON", "NUM", "X", "ADP", "INTJ"):
        return False
    if any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        return False
    if verb.pos_ in ("VERB", "AUX"):
        if verb.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in verb.children):
            return True
        return verb.tag_ in ("VBN", "VB") and any(c.dep_ in SUBJECTS and c.lower_ not in OBJECTIVE for c in verb.children)
    return any(c.dep_ in ("mark", "cop", "aux") for c in verb.children)


def _told(verb: Token) -> list[Token]:
    """Heads of those spoken to: `told reporters`, `said to the council`, the subject of `was told`."""
    if is_passive_cue(verb):
        return own_subjects(verb) if verb.lemma_.lower() in TOLD else []
    found = [t for c in children(verb, "dative") if c.pos_ != "ADP" for t in with_conjuncts(c)]
    if verb.lemma_.lower() in TOLD:
        found += [t for c in children(verb, "dobj") for t in with_conjuncts(c)]
    return found


def _infinitive(verb: Token, cue_end: int, takes: str) -> Built | None:
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
        if takes == "to" and whom and verb.lemma_.lower() not in TOLD:
            continue
        pieces = [p] if (p := trimmed(verb.doc, max(cue_end, child.left_edge.i), max(own_reach(child, verb)) + 1)) else []
        return Built(with_condition(verb, pieces)) if pieces else None
    if takes == "whom-to":
        return _split_infinitive(verb)
    return None


def with_condition(verb: Token, pieces: list[Bounds]) -> list[Bounds]:
    """Pieces with the condition that hangs on the cue and follows at once: `offered a pardon if he went home`, `ruled out talks until May`."""
    if not pieces:
        return pieces
    start, end = pieces[-1]
    for child in verb.children:
        if end <= child.left_edge.i <= end + 1 and (child.dep_ in ("advcl", "prep") or child.lower_ == "long") and any(t.lower_ in CONDITIONAL for t in (child, *child.children)):
            end = child.right_edge.i + 1
    return [*pieces[:-1], trimmed(verb.doc, start, end) or (start, end)]


def with_complements(verb: Token, pieces: list[Bounds]) -> list[Bounds]:
    """Pieces with the phrases that the parser hangs on the cue though they complete its object: `proposed limits like a cap on fees`, `offered advice to Oslo`."""
    if not pieces:
        return pieces
    start, end = pieces[-1]
    for child in verb.children:
        if child.left_edge.i == end and child.dep_ in ("prep", "dative", "agent") and child.lower_ in COMPLETING:
            end = child.right_edge.i + 1
    return [*pieces[:-1], trimmed(verb.doc, start, end) or (start, end)]


def _split_infinitive(verb: Token) -> Built | None:
    """`called on both sides to de-escalate`: a hyphened verb that the tokenizer broke, so that its `to` passes for a preposition."""
    to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ == "prep" and c.i > verb.i and c.i + 2 < len(verb.doc) and verb.doc[c.i + 2].text == "-"), None)
    whom = [noun for prep, noun in prepositional(verb) if prep.lower_ in ("on", "upon")] or children(verb, "dobj")
    if to is None or not whom:
        return None
    piece = trimmed(verb.doc, to.i, verb.right_edge.i + 1)
    return Built([piece], whom) if piece else None


def _gerund(document: Document, verb: Token, cue_end: int) -> Built | None:
    for child in verb.children:
        near = child.dep_ == "advcl" and child.left_edge.i == cue_end
        if (near or child.dep_ in ("xcomp", "ccomp", "dobj", "pcomp")) and child.tag_ == "VBG" and child.i > verb.i and not any(c.dep_ == "det" for c in child.children):
            pieces = with_condition(verb, [phrase_cut(verb.doc, p, document) for p in phrase_piece(child, verb, cue_end)])
            return Built(pieces) if pieces else None
    return None


def _object(document: Document, verb: Token, cue_end: int) -> Built | None:
    if is_passive_cue(verb):
        told_of = _told_of(verb) if agents(verb) else []
        return Built(told_of) if told_of else None  # `the plan was welcomed by Lima`
    comma = next((c.i for c in verb.children if c.text == "," and any(o.i < c.i for o in children(verb, "dobj"))), len(verb.doc))
    found = [c for c in children(verb, "dobj", "dative") if verb.i < c.i < comma and c.pos_ != "ADP"]  # `backed the plan, another gain for it`: the plan
    if not found or (found[-1].pos_ == "PRON" and not list(found[-1].children)) or (found[-1].dep_ == "dative" and len(found) == 1):
        return None
    pieces = [phrase_cut(verb.doc, p, document) for p in with_complements(verb, phrase_piece(found[-1], verb, cue_end))]
    asked = next((c for c in found[-1].children if c.dep_ == "prep" and c.lower_ == "from" and c.right_edge.i == found[-1].right_edge.i), None)
    if asked is not None and verb.lemma_.lower() in ASKING and pieces:  # `demanded an answer from Oslo`: Oslo is spoken to
        pieces = [p] if (p := trimmed(verb.doc, pieces[0][0], asked.i)) else []
        return Built(snapped(document, pieces, verb), children(asked, "pobj")) if pieces else None
    return Built(snapped(document, with_condition(verb, pieces), verb), found[:-1]) if pieces else None


def _object_and(document: Document, verb: Token, prepositions: tuple[str, ...]) -> Built | None:
    """`accused Paris of cheating`, `described it as a gift`: the object, the preposition and its phrase together."""
    target = next(iter(children(verb, "dobj")), None)
    passive = is_passive_cue(verb)
    if passive:
        target = next(iter(own_subjects(verb)), verb.head if verb.dep_ == "acl" else None)
    if target is None and verb.dep_ == "relcl":
        target = verb.head  # `remarks that it described as offensive`
    if target is None and prepositions == ("as",):
        target = verb  # `rejected as baseless all accusations`
    if target is None:
        return None
    preposition = next(
        (c for t in (verb, target) for c in t.children if c.lower_ in prepositions and c.dep_ in ("prep", "agent", "dative", "advcl", "mark") and c.i > verb.i),
        None,
    )
    if preposition is None or not any(True for _ in preposition.children):
        return None
    end = preposition.right_edge.i + 1
    if passive or target.i <= verb.i:
        pieces = [p] if (p := trimmed(verb.doc, preposition.i, end)) else []
    else:
        pieces = [p] if (p := trimmed(verb.doc, target.left_edge.i, max(end, target.right_edge.i + 1))) else []
    pieces = [phrase_cut(verb.doc, p, document) for p in pieces]
    return Built([*_told_of(verb), *snapped(document, pieces, verb)]) if pieces else None


def _told_of(verb: Token) -> list[Bounds]:
    """The subject of a passive cue, of which something is said: `two officers were accused of spying`."""
    subject = next(iter(children(verb, "nsubjpass")), None)
    if not is_passive_cue(verb) or subject is None or subject.i > verb.i:
        return []
    return [p] if (p := trimmed(verb.doc, subject.left_edge.i, subject.right_edge.i + 1)) else []


def _name(document: Document, verb: Token) -> Built | None:
    """`called the plan "a gift"`: what is named, and the name."""
    right = [c for c in verb.children if c.i > verb.i]
    name = next(
        (c for c in right if c.dep_ == "oprd" or (c.dep_ == "ccomp" and c.pos_ not in ("VERB", "AUX") and not is_finite(c) and any(g.dep_ in SUBJECTS for g in c.children))), None
    )
    named = next((c for c in right if c.dep_ == "dobj"), None)
    if name is None and named is not None and _is_named_within(document, named):
        name = named
    if name is None or (is_passive_cue(verb) and document.quote_at(name) is None and verb.dep_ in ("acl", "relcl")):
        return None
    first = min((c.left_edge.i for c in right if c.dep_ in ("dobj", "nsubj", "dative") or c.i == name.i), default=verb.i + 1)
    pieces = [p] if (p := trimmed(verb.doc, max(first, verb.i + 1), name.right_edge.i + 1)) else []
    pieces = snapped(document, [phrase_cut(verb.doc, p, document) for p in pieces], verb)
    return Built([*_told_of(verb), *pieces]) if pieces else None


def _is_named_within(document: Document, named: Token) -> bool:
    """Whether the parser took the name for a part of what is named: a quotation or an adjective after the noun, or the noun itself for a name in quotation marks."""
    if document.quote_at(named.head) is not None:
        return False
    for child in named.subtree:
        if child.i > named.i and document.quote_at(child) is not None:
            return True
    return any(c.dep_ in ("amod", "acomp") and c.i > named.i for t in (named, *named.children) for c in (t, *t.children) if c.i > named.i)


def _scene(verb: Token) -> Built | None:
    """`showed the minister leaving`: a clause without a tense."""
    for child in children(verb, "ccomp", "xcomp"):
        subject = next((c for c in child.children if c.dep_ in SUBJECTS), None)
        if child.i > verb.i and subject is not None and child.tag_ in ("VBG", "VBN", "VB", "JJ", "RB", "RBR", "IN") and not is_finite(child):
            pieces = clause_pieces(child, verb)
            return Built(pieces) if pieces else None
    return None


def _raised(verb: Token) -> Built | None:
    """`The general is believed to have fled`: whom it is about, and what; by whom it is believed is left open."""
    subject = next(iter(children(verb, "nsubjpass")), None)
    clause = next((c for c in children(verb, "xcomp", "ccomp") if c.i > verb.i and any(t.dep_ == "aux" and t.lower_ == "to" for t in c.children)), None)
    if subject is None or clause is None:
        return None
    ends = ((subject.left_edge.i, subject.right_edge.i + 1), (clause.left_edge.i, max(own_reach(clause, verb)) + 1))
    pieces = [p for s, e in ends if (p := trimmed(verb.doc, s, e))]
    return Built(pieces) if len(pieces) > 1 else None


def _preposition(document: Document, verb: Token, word: str) -> Built | None:
    for child in children(verb, "advcl", "ccomp", "xcomp"):
        mark = next((c for c in child.children if c.dep_ == "mark" and c.lower_ == word), None)
        if mark is not None and child.i > verb.i and any(c.dep_ in SUBJECTS for c in child.children):
            piece = trimmed(verb.doc, mark.i + 1, max(own_reach(child, verb)) + 1)  # `called for the camps to be closed`
            return Built(snapped(document, [piece], verb)) if piece else None
    for child in verb.children:
        if child.lower_ != word or child.dep_ not in ("prep", "mark", "dative", "prt", "advcl") or child.i < verb.i:
            continue
        inner = children(child, "pobj", "pcomp")
        if not inner or (inner[-1].pos_ == "PRON" and not list(inner[-1].children)):
            continue
        pieces = [p] if (p := trimmed(verb.doc, child.i + 1, inner[-1].right_edge.i + 1)) else []
        pieces = [phrase_cut(verb.doc, p, document) for p in pieces]
        return Built(snapped(document, pieces, verb)) if pieces else None
    return None
