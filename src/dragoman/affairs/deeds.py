"""Affairs that deeds show: fighting by attacks, sanctions by measures, relations by envoys recalled, a dispute by words back and forth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Span as Tokens

from dragoman.actors.cast import Cast
from dragoman.affairs.lexicon import named
from dragoman.affairs.mentions import Mention
from dragoman.affairs.parties import hit_by, side_of
from dragoman.language.document import Document
from dragoman.language.grammar import agents, children, subjects
from dragoman.records import Condition, Event
from dragoman.resources import load

QUARREL = 3  # two acts of words, at least one of them a reproach, a refusal or a threat
WORDS_APART = frozenset({"ACCUSE", "REJECT", "THREATEN", "PROTEST", "REQUEST"})


def deed_mentions(document: Document, cast: Cast, events: Sequence[Event], conditions: Sequence[Condition] = (), dyad: tuple[str, ...] = ()) -> Iterator[Mention]:
    """Affairs that events show, in their order.

    Args:
        document: The report.
        cast: Who is who.
        events: What is done.
        conditions: Who threatens whom: a measure or a blow in what is threatened is by the holder, on those who have to act.
        dyad: The two sides of the report: a meeting of theirs that is set is a negotiation.
    """
    table = load("en/affairs_deeds.yaml")
    threats = [c for c in conditions if c.polarity == "threatened" and c.holder and c.demanded_of]
    for event in events:
        tokens = document.tokens(event.trigger_span, event.part)
        if tokens is None or event.part != "text":
            continue
        sides, others = side_of(cast, event.sources), hit_by(cast, event.targets)
        if event.status == "possible" and (threat := next((c for c in threats if c.part == event.part and c.consequent_span.overlaps(event.trigger_span)), None)) is not None:
            sides, others = side_of(cast, (threat.holder or "",)), hit_by(cast, threat.demanded_of)
        if not others:
            continue
        lemmas = _lemmas(tokens)
        if (
            event.type == "ASSAULT"
            and event.status == "actual"
            and sides
            and lemmas & set(table["fighting"])
            and not lemmas & set(table["crimes"])
            and not _counts_wars(tokens)
            and (not event.background or _goes_on(document, event, tokens))
        ):
            yield _made(document, event, tokens.start, tokens.end, "hostilities", (*sides, *others), (), "ongoing", 0.5)
        elif event.type in ("SANCTION", "COERCE", "CONCEDE"):
            yield from _measure(document, event, tokens.start, tokens.end, sides, others, lemmas, table)
        elif event.type == "AGREE" and event.status == "actual" and any(t.lemma_ == "agree" for t in tokens):
            yield from _agreed(document, cast, event, tokens)
        elif event.type == "CONSULT" and event.status == "planned" and not event.background and lemmas & set(table["meeting"]) and len(dyad) == 2:
            both = side_of(cast, (*event.sources, *event.targets))
            if set(cast.codes(both)) == set(cast.codes(dyad)):
                yield _made(document, event, tokens.start, tokens.end, "negotiation", both, (), "scheduled", 0.4)


def _agreed(document: Document, cast: Cast, event: Event, tokens: Tokens) -> Iterator[Mention]:
    """`agreed on cod quotas`, `agreed in principle to take back the refugees`: an agreement that no noun names; a truce or talks agreed on are told by their own nouns."""
    verb = next(t for t in tokens if t.lemma_ == "agree")
    both = side_of(cast, event.sources)
    if len(both) < 2 or set(cast.codes(both)) != set(cast.codes(event.targets)):
        return
    on = next((n for p in children(verb, "prep") if p.lower_ == "on" for n in children(p, "pobj") if n.ent_type_ not in ("DATE", "TIME")), None)
    principle = next((n for p in children(verb, "prep") for n in children(p, "pobj") if n.lemma_ == "principle"), None)
    act = next(iter((*children(verb, "xcomp"), *children(principle, "acl", "relcl"))), principle) if principle is not None else None
    what = on or act
    if what is None or (on is not None and named(on) is not None) or (act is not None and any(named(n) is not None for n in children(act, "dobj"))):
        return
    status = "in_force" if event.background else "negotiated"
    end = max(verb.i + 1, min(what.right_edge.i + 1, verb.i + 12))
    subject = " ".join(document.report.words(document.span(what.left_edge.i, end), event.part).split())[:60] if what.left_edge.i < end else verb.text
    yield Mention("agreement", verb.i, verb.i, end, both, (), status, status, 0.45, "event:agree", subject, frozenset({what.lemma_.lower()}), event.id)


def _counts_wars(tokens: Tokens) -> bool:
    """`have fought two wars`: history, whatever the tense."""
    return any(c.dep_ == "dobj" and c.tag_ == "NNS" and c.lemma_ in ("war", "conflict") for t in tokens for c in (t, *t.children))


def _lemmas(tokens: Tokens) -> set[str]:
    """The words of an act and what it is done to: `cut | the bank | off from SWIFT`."""
    found = {t.lemma_.lower() for t in tokens}
    for token in tokens:
        for child in token.children:
            if child.dep_ in ("dobj", "nsubjpass", "pobj", "prt"):
                found.add(child.lemma_.lower())
            elif child.dep_ == "prep":
                found |= {n.lemma_.lower() for n in child.children if n.dep_ == "pobj"}
    return found


def _goes_on(document: Document, event: Event, tokens: Tokens) -> bool:
    """Whether fighting told as history goes on: `has been shelling the town since 2023`, `began attacking the ports`; not of more than five years ago."""
    head = tokens.root
    began = any(t.lemma_ in ("begin", "start", "resume") for t in (head, head.head)) or any(t.lower_ == "since" for t in head.children)
    now = document.report.published
    return began and (now is None or event.time is None or now.year - int(event.time.value[:4]) <= 5)


def _measure(
    document: Document, event: Event, start: int, end: int, sides: tuple[str, ...], others: tuple[str, ...], lemmas: set[str], table: dict[str, dict[str, str]]
) -> Iterator[Mention]:
    relation = next((table["relations"][w] for w in sorted(lemmas) if w in table["relations"]), None)
    measure = bool(lemmas & set(table["measures"]))
    now = document.report.published
    old = event.background and event.time is not None and now is not None and now.year - int(event.time.value[:4]) > (10 if relation == "broken" else 2)
    if event.type == "SANCTION" and relation is not None and not old and event.status == "actual" and sides and (lemmas & set(table["envoys"])):
        yield _made(document, event, start, end, "relations", (*sides, *others), (), relation, 0.6)
    elif event.type == "SANCTION" and measure and not lemmas & set(table["envoys"]):
        status = {"actual": "in_force", "planned": "proposed", "possible": "proposed"}.get(event.status)
        if status is not None:
            yield _made(document, event, start, end, "sanctions", sides, others, status, 0.5)


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
        yield _made(document, event, tokens.start, tokens.end, "dispute", sides, (), "open", 0.4)
