"""What depends and on what: the two sides around a connective."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from dragoman.conditions.before import before_sides, demand_over, duty_top, has_duty, made
from dragoman.conditions.clauses import has_own_subject, is_finite, is_saying, listed, stretch, trim
from dragoman.conditions.connectives import Cue
from dragoman.conditions.sides import VERBAL, Draft, Side, commits, settle, side
from dragoman.language.grammar import children, clause_verb, own_subjects, subtree
from dragoman.records.condition import ConditionKind

UNSURE = frozenset({"clear", "unclear", "certain", "uncertain", "sure", "unsure", "unknown", "doubtful"})
STAYING = frozenset({"stay", "remain", "keep", "leave", "be"})


def inner_verb(doc: Doc, cue: Cue) -> Token | None:
    """The verb of the clause that a connective opens; None where it opens none."""
    markers = [doc[i] for i in range(cue.start, cue.end)]
    sent_end = markers[0].sent.end
    for marker in reversed(markers):
        head = marker.head
        if marker.dep_ in ("mark", "advmod", "cc", "nsubj", "det") and cue.end <= head.i < sent_end and (head.pos_ in VERBAL or head.dep_ == "advcl"):
            if marker.lower_ == "once" and not any(c.dep_ in ("nsubj", "nsubjpass", "expl") and c.left_edge.i >= cue.end for c in head.children):
                return None  # once: formerly
            return head.head if head.dep_ == "auxpass" and head.head.i > head.i else head  # `if the port stayed shut`
    for marker in reversed(markers):
        for child in marker.children:
            if child.i >= cue.end and ((child.pos_ in VERBAL and child.dep_ in ("pcomp", "acl", "relcl", "advcl", "xcomp")) or child.dep_ == "ccomp"):
                return child
    if doc[cue.start].lower_ in ("before", "after", "when", "once"):
        return None
    for token in doc[cue.end : min(sent_end, cue.end + 9)]:  # the parser took the connective for another word: `provided Israel opened the road`
        if token.pos_ in VERBAL and any(c.dep_ in ("nsubj", "nsubjpass", "expl") and c.left_edge.i == cue.end for c in token.children):
            return token
    if doc[cue.start].lower_ in ("provided", "providing") and doc[cue.end].pos_ not in ("ADP", "PUNCT"):  # `the money provided Cairo frees them`
        return next((t for t in doc[cue.end + 1 : min(sent_end, cue.end + 7)] if t.tag_ in ("VBZ", "VBP", "VBD") and t.nbor(-1).pos_ in ("NOUN", "PROPN", "PRON")), None)
    return None


def inner_noun(doc: Doc, cue: Cue) -> Token | None:
    """The noun (or gerund) that a preposition governs; None where there is none."""
    last = doc[cue.end - 1]
    found = [c for c in last.children if c.i >= cue.end and c.dep_ in ("pobj", "pcomp", "dobj")]
    return found[0] if found else None


def outer(doc: Doc, cue: Cue, inner: Token) -> Token | None:
    """What governs the subordinate clause: a verb or a noun outside connective and clause; None where the parse has it the wrong way round."""
    token = inner
    seen = 0
    while token.head.i != token.i and seen < 12:
        token = token.head
        seen += 1
        if cue.start <= token.i < cue.end or (token.dep_ in ("conj",) and token.i > cue.start and token.head.i >= cue.end):
            continue
        if token.i < cue.start or token.i > inner.i:
            return token
    return None


def fallback(cue: Cue, doc: Doc, inner: Token) -> Token | None:
    """The nearest clause that can be meant where the parse gives none: the one before the connective, else the one after its clause."""
    sent = doc[cue.start].sent
    before = [t for t in doc[sent.start : cue.start] if t.pos_ in VERBAL and t.dep_ not in ("aux", "auxpass") and is_finite(t) and has_own_subject(t)]
    if before:
        return before[-1]
    after = [t for t in doc[inner.i + 1 : sent.end] if t.pos_ in VERBAL and t.dep_ not in ("aux", "auxpass") and any(c.tag_ == "MD" for c in t.children)]
    return after[0] if after else None


def spoken(verb: Token, inner: Token) -> Token:
    """What is said, where a connective hangs on the verb of saying: `it would strike, he said, if Kyiv …` → strike."""
    if not is_saying(verb) or (commits(verb) is not None and not children(verb, "ccomp")):
        return verb
    told = [c for c in children(verb, "ccomp", "parataxis") if not _above(c, inner)]
    if not told and verb.dep_ == "conj" and not is_saying(verb.head) and verb.head.pos_ in VERBAL and verb.i > inner.i:
        return verb.head
    return told[0] if told else verb


def _above(token: Token, other: Token) -> bool:
    while other.head.i != other.i:
        if other.i == token.i:
            return True
        other = other.head
    return other.i == token.i


def clause_sides(doc: Doc, cue: Cue) -> Draft | None:
    """A subordinate clause and what it hangs on."""
    inner: Token | None = inner_verb(doc, cue)
    if inner is None and cue.connective.kind in ("until", "before", "unless"):
        inner = inner_noun(doc, cue)
        if inner is not None and cue.connective.kind == "before" and is_saying(doc[cue.start].head) and demand_over(doc[cue.start].head) is None:
            return None  # `Before the council, she said …`
    if inner is None or inner.i < cue.end:
        return None
    if cue.connective.kind == "if" and inner.head.i < cue.start and any(c.dep_ in ("acomp", "attr") and c.lower_ in UNSURE for c in inner.head.children):
        return None  # `it was not clear if …`
    if inner.dep_ == "ccomp" and inner.head.i < cue.start and listed(inner.head, "whether") and not has_modal_below(inner.head, inner):
        return None
    governor = outer(doc, cue, inner)
    if governor is not None and governor.pos_ not in VERBAL:
        if governor.i < cue.start and governor.dep_ in ("ccomp", "ROOT", "dep") and governor.pos_ in ("NOUN", "PROPN") and not any(t.tag_ == "VB" for t in governor.children):
            return _headless(doc, cue, inner)
        governor = governor if governor.dep_ == "ROOT" or listed(governor, "willing") else clause_verb(governor)
    if governor is None or governor.i == inner.i:
        governor = fallback(cue, doc, inner)
    if governor is not None and commits(governor) is None:
        joined = [c for c in children(governor, "conj") if governor.i < c.i < cue.start and commits(c) is not None]
        governor = joined[-1] if joined else governor  # `welcomed the deal and pledged aid, provided that …`: the pledge depends
    if governor is not None and governor.dep_ in ("advcl", "ccomp") and governor.head.lemma_ in STAYING and any(c.tag_ == "WRB" for c in governor.children):
        governor = governor.head  # `the ships stay | where they are | until …`
    if governor is not None and governor.dep_ in ("ccomp", "xcomp", "oprd") and governor.tag_ in ("VBN", "VBD", "VB") and governor.head.lemma_ == "keep":
        governor = governor.head  # `keeps the port | shut | until …`
    if cue.start and doc[cue.start - 1].lower_ in ("only", "not"):  # `Only when Cairo pays will we sail`: the parser may hang the main clause under the other
        turned = next((c for c in inner.children if c.dep_ in ("ccomp", "conj", "xcomp") and c.i > inner.i and any(a.tag_ == "MD" for a in c.children)), None)
        if turned is not None:
            return _joined(doc, cue, inner, turned)
    if (
        governor is not None and is_saying(governor) and governor.i > inner.i and not children(governor, "ccomp", "xcomp") and commits(governor) is None
        and not any(c.tag_ == "MD" for c in governor.children)
    ):  # fmt: skip
        governor = fallback(cue, doc, inner)  # `No grain until Kyiv drops its rule, Bucharest says`: the attribution is no main clause
        if governor is None or governor.i > inner.i:
            return _headless(doc, cue, inner)
    if governor is None or governor.sent.start != inner.sent.start:
        return None
    return _joined(doc, cue, inner, spoken(governor, inner))


def _headless(doc: Doc, cue: Cue, inner: Token) -> Draft | None:
    """A headline without a main verb: `No talks until Kyiv yields, Moscow says`."""
    sent = inner.sent
    if cue.start == sent.start:
        return None
    head = doc[cue.start - 1]
    while sent.start <= head.head.i < cue.start and head.head.i != head.i:
        head = head.head
    low, high = trim(doc, sent.start, cue.start)
    start, end = trim(doc, cue.end, max(inner.right_edge.i + 1, inner.i + 1))
    end = cut_attribution(doc, start, end, inner)
    if high <= low or end <= start:
        return None
    return Draft(cue.connective.kind, (cue.start, cue.end), Side(low, high, head), Side(start, end, inner), head, None, f"clause:{doc[cue.start].lower_}")


def has_modal_below(verb: Token, inner: Token) -> bool:
    """Whether a verb has another clause than the if-clause as what it says."""
    return any(c.dep_ in ("ccomp", "xcomp") and c.i != inner.i for c in verb.children)


def _joined(doc: Doc, cue: Cue, inner: Token, main: Token) -> Draft | None:
    sent = inner.sent
    fronted = main.i > inner.i
    high = _left_edge(main, cue.end) if fronted else sent.end
    start, end = stretch(subtree(inner, [main, *_later(inner)]), inner.i, cue.end, max(high, inner.i + 1))
    start, end = trim(doc, min(start, cue.end) if start <= cue.end + 2 else start, end)
    end = cut_attribution(doc, start, end, inner)
    if end <= start:
        return None
    if not fronted:
        end = _with_more_verbs(doc, inner, _to_boundary(doc, end, sent.end))
    antecedent = Side(start, end, inner)
    low, top = (_after_attribution(doc, end, main), sent.end) if fronted else (sent.start, cue.start)
    head, commitment = settle(main)
    if (
        cue.connective.kind == "if" and _is_goal(inner) and has_duty(main) and not any(c.lower_ in ("should", "ought") for c in main.children)
    ):  # `if it wants talks, it must first leave`: the demand is in the main clause
        return made("before", cue, antecedent, side(duty_top(main), low, top, without=[inner]), main, None, "before:duty")
    if cue.connective.kind == "before":
        return before_sides(cue, antecedent, main, low, top)
    consequent = side(head, low, top, without=[inner], with_subject=commitment is None or has_own_subject(head))
    if consequent is None:
        return None
    return Draft(kind_of(doc, cue, main), (cue.start, cue.end), consequent, antecedent, main, commitment, f"clause:{doc[cue.start].lower_}")


def _after_attribution(doc: Doc, low: int, main: Token) -> int:
    """Where the main clause begins behind a turned attribution: `If Lima waits, | said the admiral, | there will be war`."""
    at = low + 1 if low < len(doc) and doc[low].text == "," else low
    if at >= main.i or not is_saying(doc[at]) or doc[at].tag_ not in ("VBD", "VBZ", "VBP"):
        return low
    return next((i for i in range(at + 1, min(main.i, at + 14)) if doc[i].text == ","), low)


def _to_boundary(doc: Doc, end: int, high: int) -> int:
    """The end moved to the next mark or conjunction: after the main clause nothing else can follow without one."""
    while end < high and (doc[end].dep_ != "cc") and (not doc[end].is_punct or (doc[end].text == "-" and not doc[end - 1].whitespace_)):
        end += 1
    return end


def _with_more_verbs(doc: Doc, inner: Token, end: int) -> int:
    """The end of an antecedent with the further verbs of its subject that the parser hung elsewhere: `unless Rome paid, withdrew and apologised`."""
    sent_end = inner.sent.end
    while end + 1 < sent_end and doc[end].text in (",", "and"):
        at = end + 1
        while at < sent_end and doc[at].lower_ in ("and", ","):
            at += 1
        verb = doc[at] if at < sent_end else None
        if verb is None or verb.tag_ != inner.tag_ or verb.pos_ != "VERB" or has_own_subject(verb) or (is_saying(verb) and verb.lemma_ != "agree"):
            break
        end = max(verb.right_edge.i + 1, at + 1)
    return trim(doc, inner.i, end)[1]


def _later(inner: Token) -> list[Token]:
    """Main clauses that the parser hung under the antecedent: `until Kyiv yields and Moscow said it would wait`."""
    return [
        c
        for c in inner.children
        if c.dep_ == "conj" and c.i > inner.i and has_own_subject(c) and (is_saying(c) or any(a.lower_ in ("will", "would", "wo", "'ll", "’ll") for a in c.children))
    ]


def _left_edge(main: Token, low: int) -> int:
    """Where the main clause begins after a fronted one."""
    lefts = [c.left_edge.i for c in main.children if c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") and c.i >= low]
    auxiliaries = [c.i for c in main.children if c.dep_ in ("aux", "auxpass", "neg") and c.i >= low]
    if len(lefts) > 1 and auxiliaries and min(lefts) < auxiliaries[0] < max(lefts):  # turned round: `… that hill | will we sit down`
        return auxiliaries[0]
    return min([*lefts, *auxiliaries, main.i])


def cut_attribution(doc: Doc, start: int, end: int, inner: Token) -> int:
    """The end without an attribution that the parser put inside: `if Kyiv leaves, the minister said`."""
    for i in range(inner.i + 1, end):
        token = doc[i]
        if token.lower_ in (";", "—", "–", "--") and i > inner.i:
            return trim(doc, start, i)[1]
        if token.text == "," and i + 1 < end:
            verb = next(
                (t for t in doc[i + 1 : min(end, i + 14)] if is_saying(t) and t.tag_ in ("VBD", "VBZ", "VBP") and own_subjects(t) and all(s.i > i for s in own_subjects(t))), None
            )
            if verb is not None or (doc[i + 1].lower_ == "according"):
                return trim(doc, start, i)[1]
    return end


def kind_of(doc: Doc, cue: Cue, main: Token) -> ConditionKind:
    """The kind of a connective here: "only" before it or before the verb of the main clause turns `if` into `only_if`."""
    if has_only(doc, cue, main):
        return cue.connective.kind_with_only
    return "if" if cue.connective.only else cue.connective.kind


def has_only(doc: Doc, cue: Cue, main: Token) -> bool:
    """Whether "only" belongs to the connective: `only if`, `would only come when`, `were only possible if`."""
    if cue.start and doc[cue.start - 1].lower_ in ("only", "solely", "exclusively"):
        return True
    if cue.start > 1 and doc[cue.start - 1].lower_ in ("when", "if") and doc[cue.start - 2].lower_ == "only":
        return True
    start = main.sent.start
    low, high = sorted((main.i, cue.start))
    return any(doc[i].lower_ == "only" and doc[i].dep_ == "advmod" and doc[i].head.i in range(max(start, low - 3), high + 1) for i in range(max(start, low - 4), high))


def _is_goal(verb: Token) -> bool:
    """`if Oslo wants talks`, `if the commission is to meet`."""
    if verb.lemma_ in ("want", "wish", "hope", "seek", "intend"):
        return True
    return verb.lemma_ == "be" and any(c.dep_ == "xcomp" and any(a.lower_ == "to" for a in c.children) for c in verb.children)


def subordinate(doc: Doc, cue: Cue, inner: Token) -> Draft | None:
    """The sides around a subordinate clause of which the verb is known already: `…, should the sale go ahead`."""
    return _joined(doc, cue, inner, spoken(inner.head, inner))
