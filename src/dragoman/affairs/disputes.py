"""Disputes that no noun names: claims to a place, words back and forth; and between whom a report is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.affairs.deeds import made
from dragoman.affairs.mentions import Mention
from dragoman.affairs.parties import side_of
from dragoman.language.document import Document
from dragoman.language.grammar import agents, children, negation, prepositional, subjects
from dragoman.language.grounds import is_disputed, is_ground, is_ground_noun
from dragoman.records import Event
from dragoman.resources import load

QUARREL = 3  # two acts of words, at least one of them a reproach, a refusal or a threat
WORDS_APART = frozenset({"ACCUSE", "REJECT", "THREATEN", "PROTEST", "REQUEST"})
LONGEST, SHORT = 60, 6  # characters of a subject, tokens of what stands behind its noun
PLACING = frozenset({"in", "at", "near"})
LINKS = frozenset({"compound", "nmod", "amod", "poss"})


def claim_mentions(document: Document, cast: Cast, dyad: tuple[str, ...]) -> Iterator[Mention]:
    """Disputes that a verb shows: `claims the islands as its own`, `have disputed the hills`, `disagree about the river`; the other side is named there or is the report's."""
    for verb in document.doc:
        if verb.pos_ != "VERB":
            continue
        if verb.lemma_ in _words("claiming"):
            yield from _claim(document, cast, verb, dyad)
        elif (is_disputed(verb) or verb.lemma_ in _words("quarrelling")) and negation(verb) is None:
            yield from _disputed(document, cast, verb, dyad)


def _claim(document: Document, cast: Cast, verb: Token, dyad: tuple[str, ...]) -> Iterator[Mention]:
    things = [c for c in children(verb, "dobj", "nsubjpass") if is_ground(c) or c.lower_ == "it" or cast.at(c) or cast.owners(c)]
    if not things:
        return
    claimants = side_of(cast, [i for s in subjects(verb) if s not in things for i in cast.of(s)] + [i for a in agents(verb) for i in cast.of(a)])
    others = side_of(cast, [i for t in things for i in (*cast.of(t), *cast.owners(t), *(i for p in children(t, "prep") for n in children(p, "pobj") for i in cast.of(n)))])
    others += tuple(f"state:{cast.actors[i].country}" for t in things for i in cast.of(t) if cast.actors[i].kind == "place" and f"state:{cast.actors[i].country}" in cast.actors)
    taken = set(cast.codes(claimants))
    others = tuple(i for i in others if cast.code(i) not in taken) or (tuple(i for i in dyad if cast.code(i) not in taken)[:1] if things[0].pos_ != "PRON" else ())
    if claimants and others:
        yield _over(document, verb, things[0], (*claimants, *others), "verb:claim")


def _disputed(document: Document, cast: Cast, verb: Token, dyad: tuple[str, ...]) -> Iterator[Mention]:
    """`The two countries have disputed the hills`, `Kenya still disagrees with Somalia about the sea`; a claim or a figure that is disputed is none."""
    over = [n for _, n in prepositional(verb, "over", "about", "on") if n.pos_ in ("NOUN", "PROPN") and n.ent_type_ not in ("DATE", "TIME")]
    things = [c for c in children(verb, "dobj") if is_ground(c)] if is_disputed(verb) else over
    if not things:
        return
    sides = side_of(cast, [i for s in subjects(verb) for i in cast.of(s)] + [i for _, n in prepositional(verb, "with") for i in cast.of(n)])
    if len(set(cast.codes(sides))) == 1 and set(cast.codes(sides)) < set(cast.codes(dyad)):
        sides = dyad
    if len(set(cast.codes(sides))) > 1:
        yield _over(document, verb, things[0], sides, "verb:dispute")


def _over(document: Document, verb: Token, thing: Token, sides: tuple[str, ...], rule: str) -> Mention:
    end = min(thing.right_edge.i + 1, verb.i + 12)
    return Mention("dispute", verb.i, verb.i, max(end, verb.i + 1), sides, (), "open", "open", 0.5, rule, _named(document, thing), frozenset({thing.lemma_.lower()}))


def _named(document: Document, thing: Token) -> str:
    """A thing in the report's words, with what it is of or from (`water from the Talas river`); `the shoal` by the name that it had before."""
    before = next((t for t in document.doc if t.i < thing.i and t.lemma_.lower() == thing.lemma_.lower() and _has_name(t)), None)
    if before is not None and not _has_name(thing) and any(c.lower_ in ("the", "that") for c in thing.children):
        thing = before
    end = max([thing.i + 1, *(n.i + 1 for p, n in prepositional(thing, "of", "from") if n.i - thing.i < SHORT)])
    return _bare(" ".join(document.report.words(document.span(thing.left_edge.i, end), document.part(thing)).split())[:LONGEST])


def contested(document: Document, cast: Cast, event: Event) -> str:
    """What a quarrel is about: the piece of ground in the act's own sentence, else the one that the report names most, else what the act says. Empty where nothing tells it."""
    tokens = document.tokens(event.trigger_span, event.part)
    if tokens is None:
        return ""
    here = document.doc[tokens.start].sent
    count: Counter[str] = Counter()
    first: dict[str, Token] = {}
    near = ""
    for noun in document.doc:
        if not is_ground_noun(noun) or document.part(noun) != event.part or not _has_name(noun) or any(i in event.sources for i in cast.of(noun)):
            continue
        key = " ".join(t.lower_ for t in noun.subtree if t.pos_ == "PROPN")
        is_here = here.start <= noun.i < here.end
        if not is_here and noun.dep_ == "pobj" and noun.head.lower_ in PLACING:
            continue  # `signed it in the town of Tacna`: where something was done
        count[key] += 1
        first.setdefault(key, noun)
        if is_here:
            near = near or key
    key = near or max(count, key=lambda k: (count[k], -first[k].i), default="")
    if key:
        return _named(document, first[key])
    about = next((n for t in tokens for _, n in prepositional(t, "over", "about", "of", "for") if n.pos_ in ("NOUN", "VERB") and n.i >= t.i), None)
    about = about or next((n for t in tokens for p in children(t, "prep") if p.lower_ in ("of", "over", "about", "for") for n in children(p, "pcomp")), None)
    if about is None:
        return ""
    end = min(about.right_edge.i + 1, about.i + SHORT + 2)
    return _bare(" ".join(document.report.words(document.span(min(about.left_edge.i, about.i), end), event.part).split())[:LONGEST])


def _has_name(noun: Token) -> bool:
    """Whether a name stands with a noun for ground: `Sabina Shoal`, `the port of Arica`; not `the Kenyan border`, and no `Water Minister`."""
    if noun.dep_ in LINKS:
        return False
    return any(t.pos_ == "PROPN" and t.ent_type_ != "NORP" for t in (*children(noun, "compound", "nmod"), *(n for _, n in prepositional(noun, "of"))))


def _bare(words: str) -> str:
    first, _, rest = words.partition(" ")
    return rest if first.lower() in ("the", "a", "an", "its", "their", "his", "her", "this", "that") and rest else words


def _words(name: str) -> frozenset[str]:
    return frozenset(load("en/affairs_deeds.yaml")[name])


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
        mention = made(document, event, tokens.start, tokens.end, "dispute", sides, (), "open", 0.4)
        yield replace(mention, subject=contested(document, cast, event) or "dispute")
