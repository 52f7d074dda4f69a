"""The pair coder: what one given actor does to another, for researchers who bring their own spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import batched
from typing import Any, NotRequired, Protocol, TypedDict

from spacy.language import Language
from spacy.tokens import Token

from dragoman.actors.find import find_actors
from dragoman.actors.world import World
from dragoman.errors import InputError
from dragoman.events.features import Pair
from dragoman.events.lookup import frame_of
from dragoman.events.model import TypeModel
from dragoman.events.status import judge
from dragoman.language.document import Composed, Document, compose, tokenise
from dragoman.language.pieces import cut
from dragoman.language.wire import Layout, Segment, lay_out
from dragoman.records import Report, Span
from dragoman.settings import Settings
from dragoman.times.find import find_times

TOGETHER = 200  # texts that are parsed together
SPEECH_ROOTS = ("02", "03", "10", "11", "12", "13")  # done by saying: what is refused or promised may never happen, the refusing has


class Parsing(Protocol):
    """What of a reader the pair coder needs."""

    nlp: Language
    world: World
    settings: Settings


class PairCode(TypedDict):
    """An answer: the fields of one line that comes out. Where a pair cannot be coded, `ref` and `error` alone."""

    ref: str | None
    type: NotRequired[str]
    cameo: NotRequired[str]
    status: NotRequired[str]
    score: NotRequired[float]
    error: NotRequired[str]


def code_pairs(requests: Iterable[Mapping[str, Any]], reader: Parsing) -> Iterator[PairCode]:
    """Code pairs, in order, one answer a request.

    Args:
        requests: Each with `text`, `source` and `target` (spans `[start, end)` in code points of `text`), and `ref` if the caller wants it back.
        reader: Whose parser and actors are used.

    Returns:
        `type` is that of the PUBLISHED table (057 is SUPPORT, 163 COERCE), with two differences: CONCEDE and RETREAT are one type, YIELD, and a blockade or an
        occupation (191, 192) is ASSAULT. `score` is the probability of the type. A request whose spans lie outside its text, or not in one piece of a very
        long text, gives an `error`.
    """
    for batch in batched(requests, TOGETHER):
        prepared = [_prepare(request, reader) for request in batch]
        composed = (c for c in prepared if not isinstance(c, InputError))
        parsed = reader.nlp.pipe(((tokenise(c, reader.nlp), c) for c in composed), as_tuples=True)
        for request, piece in zip(batch, prepared, strict=True):
            ref = request.get("ref")
            if isinstance(piece, InputError):
                yield PairCode(ref=ref, error=str(piece))
                continue
            doc, composed_text = next(parsed)
            yield _code(ref, Document.of(composed_text, doc), Span(*request["source"]), Span(*request["target"]), reader.world)


def _prepare(request: Mapping[str, Any], reader: Parsing) -> Composed | InputError:
    """The piece of a text in which both spans stand, or why there is none."""
    text = str(request["text"])
    spans = []
    for side in ("source", "target"):
        start, end = request[side]
        if not 0 <= start < end <= len(text):
            return InputError(f"The span of {side!r}, [{start}, {end}], lies outside the text, which has {len(text)} characters.")
        if not text[start:end].strip():
            return InputError(f"The span of {side!r}, [{start}, {end}], holds no word.")
        spans.append(Span(start, end))
    report = Report(text=text)
    whole = Layout(report, (Segment("text", Span(0, len(text))),))  # a span in a dateline or a byline: the line is then read as prose
    for layout in (lay_out(report), whole):
        for piece in cut(layout, reader.settings.piece_characters):
            if all(any(s.part == "text" and s.span.overlaps(span) for s in piece.segments) for span in spans):
                return compose(piece)
    return InputError(f"Source {list(spans[0])} and target {list(spans[1])} stand too far apart: no piece of {reader.settings.piece_characters} characters holds both.")


def _code(ref: str | None, document: Document, source: Span, target: Span, world: World) -> PairCode:
    by, to = document.tokens(source), document.tokens(target)
    if by is None or to is None:
        return PairCode(ref=ref, error=f"Source {list(source)} or target {list(target)} holds no word.")
    pair = Pair.of(document, (by.start, by.end), (to.start, to.end))
    kind, cameo, share = TypeModel.load().best(pair)
    trigger = document.doc[predicate(pair, cameo).i]
    verdict = judge(trigger, document, find_actors(document, world), find_times(document), is_speech_act=cameo.startswith(SPEECH_ROOTS))
    return PairCode(ref=ref, type=kind, cameo=cameo, status=verdict.status, score=round(share, 3))


def predicate(pair: Pair, cameo: str) -> Token:
    """The word that most likely tells the act: one on the way between the two whose frame has the code or its root, else the verb over both."""
    way = pair.way()
    for length in (4, 2):
        for token in way:
            frame = frame_of(token)
            if frame is not None and frame.cameo[:length] == cameo[:length]:
                return token
    top = way[0] if way else pair.doc[pair.target[0] : pair.target[1]].root
    return next((t for t in (top, *top.ancestors) if t.pos_ in ("VERB", "AUX")), top)
