"""The constructions in which a verb tells what is said; each gives the pieces of content, or None where it is not there."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.language.document import Document
from dragoman.language.grammar import SUBJECTS, agents, children, own_subjects
from dragoman.language.grounds import is_disputed, is_ground
from dragoman.statements.adjacency import quotation_of
from dragoman.statements.built import Built, is_finite, told, with_condition
from dragoman.statements.clausal import clause, infinitive
from dragoman.statements.content import clause_pieces, own_reach, phrase_cut, phrase_piece, snapped, trimmed
from dragoman.statements.draft import Bounds
from dragoman.statements.lexicon import act_words, lexicon
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
COMPLETING = frozenset({"like", "by", "to", "for", "from", "with", "toward", "towards", "against", "about", "into", "including", "between", "among"})
ASKING = frozenset({"demand", "request", "seek", "want"})


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
        return clause(document, verb)
    if takes == "quote":
        pieces = quotation_of(document, verb, speaker, [])
        return Built(pieces, told(verb)) if pieces else None
    if takes in ("to", "wish-to", "whom-to"):
        return infinitive(verb, cue_end, takes)
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


def with_complements(verb: Token, pieces: list[Bounds]) -> list[Bounds]:
    """Pieces with the phrases that the parser hangs on the cue though they complete its object: `proposed limits like a cap on fees`, `offered advice to Oslo`."""
    if not pieces:
        return pieces
    start, end = pieces[-1]
    for child in verb.children:
        if child.left_edge.i == end and child.dep_ in ("prep", "dative", "agent") and child.lower_ in COMPLETING:
            end = child.right_edge.i + 1
    return [*pieces[:-1], trimmed(verb.doc, start, end) or (start, end)]


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
    if not found or (found[-1].pos_ == "PRON" and not list(found[-1].children) and not _denies(verb, found[-1])) or (found[-1].dep_ == "dative" and len(found) == 1):
        return None
    if is_disputed(verb) and is_ground(found[-1]):
        return None  # `have disputed the hills`
    if asks_for_namelessness(verb) or (verb.lemma_.lower() in act_words().accepting_offers and found[-1].lemma_.lower() not in lexicon().offers):
        return None  # `requested anonymity` asks nobody; `accepted a prize`
    pieces = [phrase_cut(verb.doc, p, document) for p in with_complements(verb, phrase_piece(found[-1], verb, cue_end))]
    asked = next((c for c in found[-1].children if c.dep_ == "prep" and c.lower_ == "from" and c.right_edge.i == found[-1].right_edge.i), None)
    if asked is not None and verb.lemma_.lower() in ASKING and pieces:  # `demanded an answer from Oslo`: Oslo is spoken to
        pieces = [p] if (p := trimmed(verb.doc, pieces[0][0], asked.i)) else []
        return Built(snapped(document, pieces, verb), children(asked, "pobj")) if pieces else None
    return Built(snapped(document, with_condition(verb, pieces), verb), found[:-1]) if pieces else None


def asks_for_namelessness(verb: Token) -> bool:
    """`requested anonymity`: what a source asks for himself, of nobody in the report."""
    return any(c.lemma_.lower() in lexicon().namelessness for c in children(verb, "dobj"))


def _is_namelessness(noun: Token) -> bool:
    """`condition of anonymity`, `condition that he not be named`."""
    return noun.lemma_ == "condition" and any(t.lemma_.lower() in lexicon().namelessness | {"name", "identify", "quote"} for t in noun.subtree)


def _denies(verb: Token, told: Token) -> bool:
    """`denied this`, `denied it`: what was said before is denied."""
    return verb.lemma_.lower() == "deny" and told.lower_ in ("this", "that", "it")


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
    dates = [t for t in verb.doc[verb.i : verb.sent.end] if t.ent_type_ in ("DATE", "TIME") and t.head.i >= verb.i]  # `accused Oslo on Monday of spying`: hung on Monday
    preposition = next(
        (c for t in (verb, target, *dates) for c in t.children if c.lower_ in prepositions and c.dep_ in ("prep", "agent", "dative", "advcl", "mark") and c.i > verb.i),
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
        if not inner or (inner[-1].pos_ == "PRON" and not list(inner[-1].children)) or inner[-1].ent_type_ in ("DATE", "TIME"):
            continue  # `hit back on Tuesday`
        if inner[-1].lemma_.lower() in lexicon().namelessness or _is_namelessness(inner[-1]):
            return None  # `speaking on condition of anonymity`
        pieces = [p] if (p := trimmed(verb.doc, child.i + 1, inner[-1].right_edge.i + 1)) else []
        pieces = [phrase_cut(verb.doc, p, document) for p in pieces]
        return Built(snapped(document, pieces, verb)) if pieces else None
    return None
