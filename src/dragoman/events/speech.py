"""What is done by saying: from a statement's act to an event. Source: resources/en/events/speech-acts.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.events.codes import table
from dragoman.events.content import pieces_of
from dragoman.events.context import is_faceless
from dragoman.events.control import saying_would
from dragoman.events.drafts import Draft
from dragoman.events.frames import Frame, speech_acts
from dragoman.events.judges import judges
from dragoman.events.sides import parties
from dragoman.events.tellers import Bounds, Contents, is_announced
from dragoman.events.verbs import is_press
from dragoman.language.document import Document
from dragoman.records import Statement

type Acts = Mapping[str, Mapping[str, Any]]  # act of a statement → its line in speech-acts.yaml

CONFIDENCE, WITHIN = 0.5, 0.4  # at the cue; at a clause of what is said


def speech_drafts(document: Document, cast: Cast, statements: Sequence[Statement], contents: Contents) -> Iterator[Draft]:
    """Acts of speech, in the order of the statements: what a statement does as a whole, at its cue, then what else its clauses do, each at its verb."""
    acts = dict(speech_acts())
    party = parties(cast)
    outer = {(s.within, s.act) for s in statements if s.within is not None}
    for statement in statements:
        if statement.kind == "relay" or statement.speaker is None or (statement.id, statement.act) in outer:
            continue
        sources = tuple(dict.fromkeys(party.get(i, i) for i in (statement.speaker, *statement.co_speakers)))
        if all(is_faceless(cast.actors[i]) or cast.actors[i].kind == "media" or is_press(cast.name(i)) for i in sources):
            continue
        spoken = _at_cue(statement, acts, sources, document, cast, contents)
        if spoken is not None:
            yield spoken
        if statement.kind == "speech":
            yield from _within(statement, acts, sources, document, cast, contents, {spoken.frame.type} if spoken else set())


def _at_cue(statement: Statement, acts: Acts, sources: tuple[str, ...], document: Document, cast: Cast, contents: Contents) -> Draft | None:
    """What a statement does as a whole, at its cue; None where it has none or does nothing."""
    cue = document.tokens(statement.cue_span, statement.part) if statement.cue_span is not None else None
    if cue is None or statement.act not in acts:
        return None
    if statement.act == "offer" and cue.root.lemma_ in saying_would():
        return None  # `said it could send ships`: too seldom an offer
    if statement.act == "accuse" and _announces(contents[statement.id], document):
        return None
    line = acts[statement.act]
    content = [document.doc[start:end] for start, end in contents[statement.id]]
    frame = _frame(line, f"speech:{statement.act}", CONFIDENCE)
    return Draft(cue.root, cue.start, cue.end, frame, sources, _targets(statement, content, line, document, cast, sources), frame.rule, CONFIDENCE, statement.id)


def _within(statement: Statement, acts: Acts, sources: tuple[str, ...], document: Document, cast: Cast, contents: Contents, done: set[str]) -> Iterator[Draft]:
    """What single clauses of a statement do, each type once and none that is done."""
    for piece in pieces_of(document, cast, statement, contents[statement.id]):
        line = acts[piece.act]
        frame = _frame(line, f"content:{piece.act}", WITHIN)
        if frame.type in done:
            continue
        targets = _targets(statement, [document.doc[slice(*piece.bounds)]], line, document, cast, sources)
        done.add(frame.type)
        if targets or piece.act != "demand":  # `This should last` asks nobody
            yield Draft(piece.verb, piece.verb.i, piece.verb.i + 1, frame, sources, targets, frame.rule, WITHIN, statement.id, "actual")


def _announces(content: Sequence[Bounds], document: Document) -> bool:
    """Whether what is said tells what the speaker's side will see to, which blames nobody: `said two envoys would be expelled`."""
    return any(is_announced(t) for start, end in content for t in document.doc[start:end] if not start <= t.head.i < end or t.head.i == t.i)


def _frame(line: Mapping[str, Any], rule: str, confidence: float) -> Frame:
    cameo = str(line["code"])
    kind = table()[cameo].house
    assert kind is not None
    return Frame(cameo, kind, rule, speech=True, confidence=confidence)


def _targets(statement: Statement, content: Sequence[Any], line: Mapping[str, Any], document: Document, cast: Cast, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the first place that names another side."""
    mine = set(cast.codes(sources))
    for place in line["target"]:
        found = tuple(i for i in _named(place, statement, content, document, cast) if cast.code(i) not in mine)
        if place == "others" and any(cast.actors[i].acts_for for i in found):
            return ()
        if found:
            return _first(found, cast) if place in ("content", "others") else found
    return ()


def _first(found: tuple[str, ...], cast: Cast) -> tuple[str, ...]:
    """The first state or body of several, else the first of them."""
    return next(((i,) for i in found if cast.actors[i].acts_for), found[:1])


def _named(place: str, statement: Statement, content: Sequence[Any], document: Document, cast: Cast) -> tuple[str, ...]:
    if place == "addressee":
        return tuple(i for i in statement.addressees if i in cast.actors and cast.actors[i].kind != "media" and not is_faceless(cast.actors[i]))
    if place == "reply":
        if statement.reply_to is None:
            return ()
        tokens = document.tokens(statement.reply_to.span, statement.part)
        return _all(tokens or (), cast)
    found: dict[str, None] = {}
    for tokens in content:
        if place == "subject":
            found.update(dict.fromkeys(_all((t for t in tokens if t.dep_ in ("nsubj", "nsubjpass")), cast)))
        else:
            found.update(dict.fromkeys(_all(tokens, cast)))
    return tuple(i for i in found if i not in {j for tokens in content for j in judges(tokens, cast)})


def _all(tokens: Any, cast: Cast) -> tuple[str, ...]:
    found: dict[str, None] = {}
    token: Token
    for token in tokens:
        found.update(dict.fromkeys(cast.at(token)))
    return tuple(found)
