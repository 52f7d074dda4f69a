"""On whose word a condition stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.conditions.clauses import is_saying
from dragoman.conditions.connectives import words
from dragoman.conditions.sides import Draft
from dragoman.conditions.standing import principals
from dragoman.language.document import Document
from dragoman.language.grammar import ancestors, children, negation, own_subjects, subjects
from dragoman.records import Statement


@dataclass(frozen=True, slots=True)
class Voice:
    """The actors who speak, the statement where there is one; whether somebody only comments, denies it or was not saying it, or binds himself by the very word (`threatened to`)."""

    speakers: tuple[str, ...] = ()
    statement: str | None = None
    attributed: bool = False
    comments: bool = False
    denied: bool = False
    addressees: tuple[str, ...] = ()
    binds: bool = False


def voice(document: Document, cast: Cast, statements: Sequence[Statement], drafted: Draft) -> Voice:
    """Who says what a condition says: the innermost statement around it, else a verb of saying in the sentence."""
    heard = _attribution(cast, drafted)
    told = _statement_at(document, statements, drafted.consequent.head)
    if told is not None and told.speaker is not None:
        speakers = (told.speaker, *told.co_speakers)
        binds = drafted.commitment is not None and told.cue_span is not None and told.cue_span.overlaps(document.span(drafted.commitment.i, drafted.commitment.i + 1))
        heard = replace(heard, speakers=speakers, statement=told.id, attributed=True, addressees=told.addressees or heard.addressees, binds=binds)
    return replace(heard, speakers=principals(cast, heard.speakers))


def _statement_at(document: Document, statements: Sequence[Statement], head: Token) -> Statement | None:
    if not statements:
        return None
    at = document.span(head.i, head.i + 1)
    part = document.part(head)
    around = [s for s in statements if s.part == part and any(c.start <= at.start and at.end <= c.end for c in s.content_spans)]
    return min(around, key=lambda s: sum(c.end - c.start for c in s.content_spans), default=None)


def _attribution(cast: Cast, drafted: Draft) -> Voice:
    denied = _is_denied(drafted)
    for verb in _saying_verbs(drafted):
        speakers = [s for s in subjects(verb) if not drafted.consequent.start <= s.i < drafted.consequent.end]
        if not speakers:
            continue
        ids = tuple(dict.fromkeys(i for s in speakers for i in (cast.at(s) or cast.owners(s))))
        to = tuple(i for c in children(verb, "dobj", "dative") for i in cast.of(c))
        return Voice(ids, None, True, _comment(speakers) or verb.lemma_ in words("commitments", "opining"), denied, to)
    return _other_attribution(cast, drafted, denied)


def _comment(nouns: Sequence[Token]) -> bool:
    return any(s.lemma_.lower() in words("commitments", "commentators") for s in nouns)


def _is_denied(drafted: Draft) -> bool:
    """`denied that aid hinged on …`, `never told me to withhold money until …`."""
    token = drafted.main
    while token.head.i != token.i:
        coordinated = token.dep_ == "conj"
        token = token.head
        if not coordinated and (token.lemma_ == "deny" or (is_saying(token) and negation(token) is not None)):
            return True
    return False


def _saying_verbs(drafted: Draft) -> list[Token]:
    """Verbs of saying over the main clause, nearest first, then those beside it in the sentence."""
    found: list[Token] = []
    opining = words("commitments", "opining")
    if drafted.commitment is not None and is_saying(drafted.commitment):
        found.append(drafted.commitment)
    inside = {*range(drafted.consequent.start, drafted.consequent.end), *range(drafted.antecedent.start, drafted.antecedent.end)}
    found += [t for t in ancestors(drafted.main) if (is_saying(t) or t.lemma_ in opining) and t.i not in inside]
    for other in drafted.main.sent:
        if other.i in inside or not is_saying(other) or other.i == drafted.main.i or other in found:
            continue
        if own_subjects(other) and (other.dep_ in ("parataxis", "ROOT") or (other.dep_ in ("ccomp", "advcl", "conj") and other.i > drafted.main.i)):
            found.append(other)
    return found


def _other_attribution(cast: Cast, drafted: Draft, denied: bool) -> Voice:
    """`according to the minister`, and the tail of a headline: `— Kremlin`."""
    sent = drafted.main.sent
    for token in sent:
        if token.lower_ == "according" and (nouns := [n for c in token.children for n in children(c, "pobj")]):
            ids = tuple(i for n in nouns for i in (cast.of(n) or cast.owners(n) or cast.within(n)))
            return Voice(ids, None, True, _comment(nouns), denied)
    tail = max((t.i for t in sent if t.text in ("—", "–", "-", "--")), default=None)
    if tail is not None and tail >= max(drafted.consequent.end, drafted.antecedent.end) and sent.end - tail <= 8:
        nouns = list(sent.doc[tail + 1 : sent.end])
        return Voice(tuple(dict.fromkeys(i for t in nouns for i in cast.at(t))), None, True, _comment(nouns), denied)
    return Voice(denied=denied)
