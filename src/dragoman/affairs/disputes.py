"""Disputes that no noun names: claims to a place, words back and forth; and between whom a report is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dragoman.actors.cast import Cast
from dragoman.affairs.deeds import made
from dragoman.affairs.mentions import Mention
from dragoman.affairs.parties import side_of
from dragoman.language.document import Document
from dragoman.language.grammar import agents, children, subjects
from dragoman.records import Event

QUARREL = 3  # two acts of words, at least one of them a reproach, a refusal or a threat
WORDS_APART = frozenset({"ACCUSE", "REJECT", "THREATEN", "PROTEST", "REQUEST"})
GROUND = frozenset({"territory", "island", "sovereignty", "it", "land", "region", "area", "province", "peninsula", "height", "water"})
CLAIMING = frozenset({"claim", "annex", "reclaim"})


def claim_mentions(document: Document, cast: Cast, dyad: tuple[str, ...]) -> Iterator[Mention]:
    """Disputes that a verb of claiming shows: `claims the islands as its own`, `annexed the heights`; the other side is named in the object or is the report's."""
    for verb in document.doc:
        if verb.pos_ != "VERB" or verb.lemma_ not in CLAIMING:
            continue
        things = [c for c in children(verb, "dobj", "nsubjpass") if c.ent_type_ in ("GPE", "LOC", "FAC") or cast.at(c) or cast.owners(c) or c.lemma_ in GROUND]
        if not things:
            continue
        claimants = side_of(cast, [i for s in subjects(verb) if s not in things for i in cast.of(s)] + [i for a in agents(verb) for i in cast.of(a)])
        others = side_of(cast, [i for t in things for i in (*cast.of(t), *cast.owners(t), *(i for p in children(t, "prep") for n in children(p, "pobj") for i in cast.of(n)))])
        others += tuple(
            f"state:{cast.actors[i].country}" for t in things for i in cast.of(t) if cast.actors[i].kind == "place" and f"state:{cast.actors[i].country}" in cast.actors
        )
        taken = set(cast.codes(claimants))
        others = tuple(i for i in others if cast.code(i) not in taken) or (tuple(i for i in dyad if cast.code(i) not in taken)[:1] if things[0].pos_ != "PRON" else ())
        if claimants and others:
            thing = things[0]
            subject = " ".join(document.report.words(document.span(thing.left_edge.i, thing.i + 1), document.part(thing)).split())[:60]
            end = min(thing.right_edge.i + 1, verb.i + 12)
            yield Mention("dispute", verb.i, verb.i, max(end, verb.i + 1), (*claimants, *others), (), "open", "open", 0.5, "verb:claim", subject, frozenset({thing.lemma_.lower()}))


def main_dyad(cast: Cast, events: Sequence[Event]) -> tuple[str, ...]:
    """The two sides between which most news acts pass; empty where there are none."""
    count: Counter[tuple[str, ...]] = Counter()
    sides: dict[tuple[str, ...], tuple[str, ...]] = {}
    for event in events:
        pair = side_of(cast, event.sources if event.sources == event.targets else (*event.sources[:1], *event.targets[:1]))
        if len(pair) == 2 and not event.background:
            key = tuple(sorted(cast.codes(pair)))
            count[key] += 1
            sides.setdefault(key, pair)
    return sides[max(count, key=lambda k: (count[k], k))] if count else ()


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
            if event.type != "REQUEST":
                first.setdefault(key, (event, sides))
    top = max(count, key=lambda k: (count[k], k), default=())
    for key, number in sorted(count.items(), key=lambda kv: (-kv[1], kv[0]))[:2]:
        if key not in first:
            continue
        event, sides = first[key]
        tokens = document.tokens(event.trigger_span, event.part)
        if number < (QUARREL if key == top else 2 * QUARREL) or tokens is None:
            continue
        yield made(document, event, tokens.start, tokens.end, "dispute", sides, (), "open", 0.4)
