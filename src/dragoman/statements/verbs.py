"""Statements carried by a verb: which verbs are cues, and who says what by them."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.language.document import Document
from dragoman.language.grammar import agents, auxiliaries, children, is_passive, negation
from dragoman.language.quotes import MARKS
from dragoman.records.statement import StatementKind
from dragoman.statements.adjacency import quotation_of
from dragoman.statements.built import Built
from dragoman.statements.constructions import ORDER, build
from dragoman.statements.draft import Bounds, Draft
from dragoman.statements.lexicon import Frame, lexicon
from dragoman.statements.speakers import is_asked, is_passive_cue, speaker_bounds, speaker_of

DOES_SAY = frozenset({"go", "continue", "appear", "seem", "begin", "proceed", "return", "come", "rush", "hasten", "dare", "start"})  # went on to say
UNCERTAIN = frozenset({"MD"})
PARTICLES = frozenset({"prt", "prep", "advmod", "acomp", "oprd", "xcomp", "dobj", "ccomp"})
ASKING = frozenset({"whether", "if", "what", "who", "when", "where", "how", "why", "which"})
CONFIDENCE = {  # share of such finds that were right in political news read by hand, rounded
    "speech": {"clause": 0.9, "quote": 0.85, "of": 0.9, "whom-to": 0.8, "as": 0.85, "ing": 0.85, "to": 0.8, "object": 0.7, "name": 0.7, "for": 0.7, "with": 0.7},
    "attitude": {"clause": 0.75, "to": 0.75, "wish-to": 0.75, "as": 0.7, "topic": 0.65},
    "relay": {"clause": 0.9, "raised": 0.5},
}
RANKS = frozenset({"first", "second", "third", "last", "latest", "only"})
UNSURE = frozenset({"if", "unless", "whether"})
UNDONE = frozenset({"without", "than", "from"})
UNTIL = frozenset({"when", "until", "once", "before", "till"})
QUOTING = frozenset({"quote", "cite"})


def verb_statements(document: Document) -> Iterator[Draft]:
    """Drafts of all statements whose cue is a verb, in token order."""
    for token in document.doc:
        if token.pos_ in ("VERB", "AUX") and (found := frames_of(token)):
            cue_end, frames = found
            if draft := _statement(document, token, cue_end, frames):
                yield draft


def frames_of(verb: Token) -> tuple[int, tuple[Frame, ...]] | None:
    """End of the verb's cue (with its particle) and its frames, the longer entry first; None where it is no verb of saying.

    A preposition is a particle only where it follows at once: `called on Lima to act`, not `called for calm on Monday`.
    """
    words = lexicon()
    lemma = verb.lemma_.lower()
    lemma = words.lemmas.get(lemma, lemma)
    if lemma in words.particles:
        for child in verb.children:
            if child.i <= verb.i or child.dep_ not in PARTICLES or (child.dep_ == "prep" and child.i > verb.i + 1):
                continue
            if frames := words.verbs.get(f"{lemma} {child.lower_}"):
                return child.i + 1, frames
    if children(verb, "prt"):
        return None  # `called off the talks`: another verb
    frames = words.verbs.get(lemma, ())
    return (verb.i + 1, frames) if frames else None


def _statement(document: Document, verb: Token, cue_end: int, frames: tuple[Frame, ...]) -> Draft | None:
    if is_asked(verb):
        return None
    if (maker := made_known(verb)) is not None:
        return _made_known(document, verb, maker)
    speaker = _quoted_speaker(verb) or speaker_of(verb)
    passive = is_passive_cue(verb)
    if passive and not agents(verb):
        speaker = None
    if speaker is None and not passive:
        return None
    for frame in sorted(frames, key=lambda f: ORDER.get(f.takes, ORDER["+"] if f.takes[0] == "+" else ORDER["~"])):
        if speaker is None and frame.takes not in ("clause", "of", "as", "name", "raised"):
            continue
        built = build(document, verb, cue_end, frame.takes, speaker)
        if built is None or (frame.kind == "speech" and not is_uttered(verb, frame, built)):
            continue
        return _drafted(document, verb, cue_end, frame, speaker, built)
    return None


def made_known(verb: Token) -> Token | None:
    """The verb by which somebody makes something known: `let it be known that …`, `has made it known that …` → let, made."""
    above = verb.head
    known = verb.lemma_.lower() == "know" and verb.tag_ in ("VBN", "JJ") and above.lemma_.lower() in ("let", "make") and above.i < verb.i
    return above if known and any(t.lower_ == "it" for t in verb.doc[above.i : verb.i]) else None


def _made_known(document: Document, verb: Token, maker: Token) -> Draft | None:
    speaker, built = speaker_of(maker), build(document, verb, verb.i + 1, "clause", None)
    if speaker is None or built is None:
        return None
    bounds = (cue_bounds(maker, maker.i + 1)[0], verb.i + 1)
    return Draft("speech", "assert", "saying:verb-clause", 0.8, built.pieces, verb, bounds, speaker, speaker_bounds(speaker, maker))


def _drafted(document: Document, verb: Token, cue_end: int, frame: Frame, speaker: Token | None, built: Built) -> Draft:
    pieces = built.pieces
    if frame.takes in ("clause", "quote"):
        pieces = quotation_of(document, verb, speaker, pieces)
    heard = frame.kind == "speech" and speaker is None and not (frame.takes == "clause" and verb.lemma_.lower() in lexicon().telling)
    kind: StatementKind = "relay" if heard else frame.kind  # `was accused of spying`: nobody says by whom
    return Draft(
        kind=kind,
        act=frame.act,
        rule=f"saying:verb-{frame.takes.strip('+~') if frame.takes[0] not in '+~' else 'preposition'}",
        confidence=CONFIDENCE[kind].get(frame.takes, 0.65),
        content=pieces,
        cue=verb,
        cue_bounds=cue_bounds(verb, cue_end),
        speaker=speaker,
        speaker_bounds=speaker_bounds(speaker, verb) if speaker is not None else None,
        addressees=built.addressees,
        names_only_topic=frame.takes == "topic" or frame.takes[0] == "~" or (frame.takes == "for" and frame.kind == "attitude"),
    )


def _quoted_speaker(verb: Token) -> Token | None:
    """`The agency quoted the minister as saying …`: the minister says it, not the agency."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
        quoting = verb.head.head
        if quoting.lemma_.lower() in QUOTING and not is_passive(quoting):
            return next(iter(children(quoting, "dobj")), None)
    return None


def cue_bounds(verb: Token, cue_end: int) -> Bounds:
    """The cue with the auxiliaries, negation and adverbs that touch it: `has not yet said`."""
    start = verb.i
    doc = verb.doc
    while start > 0 and doc[start - 1].head.i == verb.i and doc[start - 1].dep_ in ("aux", "auxpass", "neg", "advmod"):
        start -= 1
    return start, max(cue_end, verb.i + 1)


def is_uttered(verb: Token, frame: Frame, built: Built) -> bool:
    """Whether the words were in fact said: not `may announce`, `is expected to say`, `did not say whether`."""
    if any(c.dep_ == "aux" and c.tag_ in UNCERTAIN for c in verb.children):
        return False
    if verb.tag_ == "VB" and not children(verb, "aux"):
        return False  # `let them say`, `Say that …`
    if verb.dep_ == "advcl" and any(c.dep_ in ("mark", "advmod") and (c.lower_ in UNSURE or (c.lower_ in UNTIL and verb.tag_ in ("VBP", "VBZ"))) for c in verb.children):
        return False  # `if Lima says so`, `when they say what they want`
    if verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        before = verb.doc[max(children(verb, "aux")[0].i - 1, 0)]
        if any(c.lower_ in RANKS for c in before.children):
            return True  # `the first state to say that …`
        return verb.dep_ in ("xcomp", "advcl") and verb.head.lemma_.lower() in DOES_SAY
    if verb.dep_ == "pcomp" and (verb.head.lower_ in UNDONE or (verb.head.lower_ == "of" and verb.head.head.lower_ == "short")):
        return False  # `without saying when`, `stopped short of announcing one`
    if is_negated(verb) and built.pieces:
        return frame.act in ("refuse", "deny") or (frame.takes == "clause" and verb.doc[built.pieces[0][0]].lower_ not in ASKING)
    return True


def is_negated(verb: Token) -> bool:
    """Whether a cue is negated in its own clause; the last word of a quotation before it does not count: `“Certainly not,” she said`."""
    word = negation(verb)
    if word is None or (word.i < verb.i and any(t.text in MARKS for t in verb.doc[word.i : verb.i])):
        return False  # `“No ships, no crews,” she said`
    if word.dep_ != "neg":
        return True
    first = min((a.i for a in auxiliaries(verb)), default=verb.i)
    return min(first, verb.i - 2) <= word.i <= verb.i + 1 and all(not t.is_punct for t in verb.doc[word.i : verb.i])
