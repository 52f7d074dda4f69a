"""Who sets a condition and who has to act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.conditions.clauses import is_saying
from dragoman.conditions.connectives import words
from dragoman.conditions.frames import VERBAL, Draft, Side
from dragoman.language.document import Document
from dragoman.language.grammar import agents, children, is_passive, own_subjects, subjects, with_conjuncts
from dragoman.records import Statement

PERSONAL = frozenset({"he", "she", "i", "we", "me", "us"})
OPEN_PRONOUNS = frozenset({"it", "they", "them", "its", "their", "this", "that"})


@dataclass(frozen=True, slots=True)
class Voice:
    """On whose word a condition stands: the actors who speak, the statement where there is one, whether a commentator speaks."""

    speakers: tuple[str, ...] = ()
    statement: str | None = None
    attributed: bool = False
    comments: bool = False
    addressees: tuple[str, ...] = ()


def voice(document: Document, cast: Cast, statements: Sequence[Statement], drafted: Draft) -> Voice:
    """Who says what a condition says: the innermost statement around it, else a verb of saying in the sentence."""
    head = drafted.consequent.head
    told = _statement_at(document, statements, head)
    verb_voice = _attribution(cast, drafted)
    if told is not None and told.speaker is not None:
        return Voice((told.speaker, *told.co_speakers), told.id, True, verb_voice.comments, told.addressees)
    return verb_voice


def _statement_at(document: Document, statements: Sequence[Statement], head: Token) -> Statement | None:
    at = document.span(head.i, head.i + 1)
    part = document.part(head)
    around = [s for s in statements if s.part == part and any(c.start <= at.start and at.end <= c.end for c in s.content_spans)]
    return min(around, key=lambda s: sum(c.end - c.start for c in s.content_spans), default=None)


def _attribution(cast: Cast, drafted: Draft) -> Voice:
    for verb in _saying_verbs(drafted):
        speakers = [s for s in subjects(verb) if not drafted.consequent.start <= s.i < drafted.consequent.end]
        if not speakers:
            continue
        ids = tuple(dict.fromkeys(i for s in speakers for i in (cast.at(s) or cast.owners(s))))
        comments = any(s.lemma_.lower() in words("commitments", "commentators") for s in speakers)
        to = tuple(i for c in children(verb, "dobj", "dative") for i in cast.of(c))
        return Voice(ids, None, True, comments, to)
    return _other_attribution(cast, drafted)


def _saying_verbs(drafted: Draft) -> list[Token]:
    """Verbs of saying over the main clause, nearest first, then those beside it in the sentence."""
    found: list[Token] = []
    if drafted.commitment is not None and is_saying(drafted.commitment):
        found.append(drafted.commitment)
    token = drafted.main
    while token.head.i != token.i:
        token = token.head
        if is_saying(token) and not drafted.antecedent.start <= token.i < drafted.antecedent.end:
            found.append(token)
    inside = range(drafted.consequent.start, drafted.consequent.end)
    for other in drafted.main.sent:
        if other.dep_ in ("parataxis", "ROOT", "ccomp", "advcl", "conj") and is_saying(other) and other.i not in inside and not drafted.antecedent.start <= other.i < drafted.antecedent.end:
            if own_subjects(other) and other not in found and other.i != drafted.main.i and (other.dep_ in ("parataxis", "ROOT") or other.i > drafted.main.i):
                found.append(other)
    return found


def _other_attribution(cast: Cast, drafted: Draft) -> Voice:
    """`according to the minister`, and the tail of a headline: `— Kremlin`."""
    sent = drafted.main.sent
    for token in sent:
        if token.lower_ == "according" and (nouns := [n for c in token.children for n in children(c, "pobj")]):
            ids = tuple(i for n in nouns for i in (cast.of(n) or cast.owners(n) or cast.within(n)))
            return Voice(ids, None, True, any(n.lemma_.lower() in words("commitments", "commentators") for n in nouns))
    tail = max((t.i for t in sent if t.text in ("—", "–", "-", "--")), default=None)
    if tail is not None and tail >= max(drafted.consequent.end, drafted.antecedent.end) and sent.end - tail <= 8:
        ids = tuple(dict.fromkeys(i for t in sent.doc[tail + 1 : sent.end] for i in cast.at(t)))
        return Voice(ids, None, True, any(t.lemma_.lower() in words("commitments", "commentators") for t in sent.doc[tail + 1 : sent.end]))
    return Voice()


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def in_side(cast: Cast, part: Side) -> tuple[str, ...]:
    """Everybody named in one side, in text order."""
    doc = part.head.doc
    return _unique(i for t in doc[part.start : part.end] for i in cast.at(t))


def owner_of(cast: Cast, noun: Token) -> tuple[str, ...]:
    """Who a noun phrase is or whose thing it is, named anywhere in it if need be."""
    return cast.of(noun) or cast.owners(noun) or cast.within(noun)


def performers(cast: Cast, head: Token) -> tuple[str, ...]:
    """Who would do what a verb or a noun of action says; of a passive its agents."""
    if head.pos_ in VERBAL:
        if is_passive(head):
            return _unique(i for a in agents(head) for i in owner_of(cast, a))
        return _unique(i for s in subjects(head) for i in owner_of(cast, s))
    return _unique((*cast.owners(head), *(i for a in agents(head) for i in cast.of(a))))


def setter(cast: Cast, drafted: Draft, heard: Voice, owed: tuple[str, ...]) -> str | None:
    """Who holds what depends: the one who would do it, else the one who says so; None where nobody can be told.

    `Peskov said Turkey would resume its offensive if …` → Turkey. `Kerry said no funds would be released until …` → Kerry.
    """
    owed_codes = set(cast.codes(owed))
    doer = tuple(i for i in _doers(cast, drafted) if cast.code(i) not in owed_codes)
    if doer:
        return doer[0]
    speaker = tuple(i for i in heard.speakers if cast.code(i) not in owed_codes)
    return speaker[0] if speaker else None


def _doers(cast: Cast, drafted: Draft) -> tuple[str, ...]:
    """Who would bring the consequent about by his own act."""
    if drafted.commitment is not None:
        found = _unique(i for s in subjects(drafted.commitment) for i in (cast.of(s) or cast.owners(s)))
        if found:
            return found
    head = drafted.consequent.head
    if head.pos_ not in VERBAL:
        return cast.owners(head)
    if is_passive(head):
        return _unique(i for a in agents(head) for i in owner_of(cast, a))
    return _unique(i for s in subjects(head) for i in (cast.of(s) or cast.owners(s)))


def owing(cast: Cast, drafted: Draft, heard: Voice) -> tuple[str, ...]:
    """Who would bring the antecedent about; guessed from who else is named where the clause itself does not say."""
    held = set(cast.codes(_holder_hint(cast, drafted, heard)))
    for found in _candidates(cast, drafted, heard):
        others = tuple(i for i in found if cast.code(i) not in held)
        if others:
            return others
    return ()


def _holder_hint(cast: Cast, drafted: Draft, heard: Voice) -> tuple[str, ...]:
    return _doers(cast, drafted) or heard.speakers[:1]


def _candidates(cast: Cast, drafted: Draft, heard: Voice) -> Iterable[tuple[str, ...]]:
    antecedent, head = drafted.antecedent, drafted.antecedent.head
    verbs = [head, *(t for t in with_conjuncts(head)[1:] if t.pos_ in VERBAL and antecedent.start <= t.i < antecedent.end)] if head.pos_ in VERBAL else [head]
    yield _unique(i for v in verbs for i in performers(cast, v))
    if head.pos_ in VERBAL:
        yield _unique(i for s in own_subjects(head) for i in owner_of(cast, s))
    yield in_side(cast, antecedent)
    yield in_side(cast, drafted.consequent)
    yield heard.addressees
    sent = drafted.main.sent
    yield _unique(i for t in sent for i in cast.at(t))


def is_own_clause(cast: Cast, drafted: Draft, holder: str | None) -> bool:
    """Whether the antecedent is the holder's own doing or state: `as long as I am president`."""
    head = drafted.antecedent.head
    if head.pos_ not in VERBAL or is_passive(head):
        return False
    nouns = own_subjects(head)
    if not nouns or nouns[0].lower_ in OPEN_PRONOUNS:
        return False
    if nouns[0].lower_ in PERSONAL:
        return True
    ids = cast.codes(_unique(i for n in nouns for i in cast.of(n)))
    return holder is not None and bool(ids) and set(ids) == {cast.code(holder)}
