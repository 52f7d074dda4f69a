"""What is done by saying: from a statement's act to an event. Source: resources/en/events/speech-acts.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.events.codes import table
from dragoman.events.drafts import Draft
from dragoman.events.frames import Frame, speech_acts
from dragoman.language.document import Document
from dragoman.records import Statement

CONFIDENCE = 0.5


def speech_drafts(document: Document, cast: Cast, statements: Sequence[Statement]) -> Iterator[Draft]:
    """Acts of speech, in the order of the statements."""
    acts = dict(speech_acts())
    for statement in statements:
        line = acts.get(statement.act)
        if line is None or statement.kind == "relay" or statement.cue_span is None or statement.speaker is None:
            continue
        cue = document.tokens(statement.cue_span, statement.part)
        if cue is None:
            continue
        sources = (statement.speaker, *statement.co_speakers)
        targets = _targets(statement, line, document, cast, sources)
        cameo = str(line["code"])
        kind = table()[cameo].house
        assert kind is not None
        frame = Frame(cameo, kind, f"speech:{statement.act}", speech=True, confidence=CONFIDENCE)
        yield Draft(cue.root, cue.start, cue.end, frame, sources, targets, frame.rule, CONFIDENCE, statement.id)


def _targets(statement: Statement, line: Mapping[str, Any], document: Document, cast: Cast, sources: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of the first place that names another side."""
    mine = set(cast.codes(sources))
    for place in line["target"]:
        found = tuple(i for i in _named(place, statement, document, cast) if cast.code(i) not in mine)
        if found:
            return _first(found, cast) if place == "content" else found
    return ()


def _first(found: tuple[str, ...], cast: Cast) -> tuple[str, ...]:
    """The first state or body of several, else the first of them."""
    return next(((i,) for i in found if cast.actors[i].acts_for), found[:1])


def _named(place: str, statement: Statement, document: Document, cast: Cast) -> tuple[str, ...]:
    if place == "addressee":
        return tuple(i for i in statement.addressees if i in cast.actors and cast.actors[i].kind != "media")
    if place == "reply":
        if statement.reply_to is None:
            return ()
        tokens = document.tokens(statement.reply_to.span, statement.part)
        return _all(tokens or (), cast)
    found: dict[str, None] = {}
    for span in statement.content_spans:
        tokens = document.tokens(span, statement.part)
        if tokens is None:
            continue
        if place == "subject":
            found.update(dict.fromkeys(_all((t for t in tokens if t.dep_ in ("nsubj", "nsubjpass")), cast)))
        else:
            found.update(dict.fromkeys(_all(tokens, cast)))
    return tuple(found)


def _all(tokens: Any, cast: Cast) -> tuple[str, ...]:
    found: dict[str, None] = {}
    token: Token
    for token in tokens:
        found.update(dict.fromkeys(cast.at(token)))
    return tuple(found)
