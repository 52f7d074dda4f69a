"""Affairs that deeds show: fighting by attacks, sanctions by measures, relations by envoys recalled, a dispute by words back and forth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dragoman.actors.cast import Cast
from dragoman.affairs.mentions import Mention
from dragoman.affairs.parties import side_of
from dragoman.language.document import Document
from dragoman.records import Event
from dragoman.resources import load

QUARREL = 3  # two acts of words, at least one of them a reproach, a refusal or a threat
WORDS_APART = frozenset({"ACCUSE", "REJECT", "THREATEN", "PROTEST", "REQUEST"})


def deed_mentions(document: Document, cast: Cast, events: Sequence[Event]) -> Iterator[Mention]:
    """Affairs that events show, in their order."""
    table = load("en/affairs_deeds.yaml")
    for event in events:
        tokens = document.tokens(event.trigger_span, event.part)
        sides, others = side_of(cast, event.sources), side_of(cast, event.targets)
        if tokens is None or event.part != "text" or not others:
            continue
        lemmas = {t.lemma_.lower() for t in tokens} | {c.lemma_.lower() for t in tokens for c in t.children if c.dep_ in ("dobj", "nsubjpass", "pobj", "prt")}
        if event.type == "ASSAULT" and event.status == "actual" and sides and not event.background:
            yield _made(document, event, tokens.start, tokens.end, "hostilities", (*sides, *others), (), "ongoing", 0.5)
        elif event.type in ("SANCTION", "COERCE", "CONCEDE"):
            yield from _measure(document, event, tokens.start, tokens.end, sides, others, lemmas, table)


def _measure(document: Document, event: Event, start: int, end: int, sides: tuple[str, ...], others: tuple[str, ...], lemmas: set[str], table: dict[str, dict[str, str]]) -> Iterator[Mention]:
    relation = next((table["relations"][w] for w in sorted(lemmas) if w in table["relations"]), None)
    measure = bool(lemmas & set(table["measures"]))
    if event.type == "SANCTION" and relation is not None and event.status == "actual" and sides and (lemmas & set(table["envoys"])):
        yield _made(document, event, start, end, "relations", (*sides, *others), (), relation, 0.6)
    elif event.type == "SANCTION" and measure and not lemmas & set(table["envoys"]):
        status = {"actual": "in_force", "planned": "proposed", "possible": "proposed"}.get(event.status)
        if status is not None:
            yield _made(document, event, start, end, "sanctions", sides, others, status, 0.5)


def main_dyad(cast: Cast, events: Sequence[Event]) -> tuple[str, ...]:
    """The two sides between which most news acts pass; empty where there are none."""
    count: Counter[tuple[str, ...]] = Counter()
    sides: dict[tuple[str, ...], tuple[str, ...]] = {}
    for event in events:
        pair = side_of(cast, (*event.sources[:1], *event.targets[:1]))
        if len(pair) == 2 and not event.background:
            key = tuple(sorted(cast.codes(pair)))
            count[key] += 1
            sides.setdefault(key, pair)
    return sides[max(count, key=lambda k: (count[k], k))] if count else ()


def _made(document: Document, event: Event, start: int, end: int, kind: str, sides: tuple[str, ...], targets: tuple[str, ...], status: str, sure: float) -> Mention:
    subject = " ".join(document.report.words(event.trigger_span, event.part).split())
    return Mention(kind, start, start, end, sides, targets, status, status, sure, f"event:{event.type.lower()}", subject, frozenset(), event.id)  # type: ignore[arg-type]


def quarrels(document: Document, cast: Cast, events: Sequence[Event]) -> Iterator[Mention]:
    """A dispute where two sides accuse, refuse and threaten each other, and no noun names it: the pair with most such acts, two at least."""
    count: Counter[tuple[str, ...]] = Counter()
    first: dict[tuple[str, ...], tuple[Event, tuple[str, ...]]] = {}
    for event in events:
        if event.type not in WORDS_APART or event.background or event.part != "text" or event.status != "actual":
            continue
        sides = side_of(cast, (*event.sources[:1], *event.targets[:1]))
        if len(sides) == 2 and not any(cast.actors[i].kind == "igo" and cast.code(i) != "EUR" for i in sides):
            key = tuple(sorted(cast.codes(sides)))
            count[key] += 1 if event.type == "REQUEST" else 2
            first.setdefault(key, (event, sides))
    if not count:
        return
    key, number = max(count.items(), key=lambda kv: (kv[1], kv[0]))
    event, sides = first[key]
    tokens = document.tokens(event.trigger_span, event.part)
    if number >= QUARREL and tokens is not None:
        yield _made(document, event, tokens.start, tokens.end, "dispute", sides, (), "open", 0.4)
