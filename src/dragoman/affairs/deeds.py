"""Affairs that deeds show: fighting by attacks, sanctions by measures, relations by envoys recalled, negotiation by meetings, agreement by word given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Tokens

from dragoman.actors.cast import Cast
from dragoman.affairs.lexicon import named, nouns
from dragoman.affairs.mentions import Mention
from dragoman.affairs.parties import hit_by, side_of
from dragoman.conditions.clauses import listed
from dragoman.language.document import Document
from dragoman.language.grammar import ancestors, children
from dragoman.records import Condition, Event
from dragoman.records.affair import AffairKind
from dragoman.resources import load

TALKING = {"actual": "under_way", "planned": "scheduled", "negated": "ruled_out", "possible": "proposed"}
IMPOSED = {"actual": "in_force", "planned": "proposed", "possible": "proposed"}


@dataclass(frozen=True, slots=True)
class Deed:
    """An event with its words and its two sides: who does it, and whom it hits."""

    event: Event
    tokens: Tokens
    lemmas: set[str]
    sides: tuple[str, ...]
    others: tuple[str, ...]
    is_threatened: bool = False


def deed_mentions(document: Document, cast: Cast, events: Sequence[Event], conditions: Sequence[Condition] = (), dyad: tuple[str, ...] = ()) -> Iterator[Mention]:
    """Affairs that events show, in their order.

    Args:
        document: The report.
        cast: Who is who.
        events: What is done.
        conditions: Who threatens whom: a measure or a blow in what is threatened is by the holder, on those who have to act.
        dyad: The two sides of the report: a meeting of theirs that is set is a negotiation.
    """
    threats = [c for c in conditions if c.polarity == "threatened" and c.holder and c.demanded_of]
    for event in events:
        tokens = document.tokens(event.trigger_span, event.part) if event.part == "text" else None
        if tokens is None:
            continue
        sides, others = side_of(cast, event.sources), hit_by(cast, event.targets)
        threat = next((c for c in threats if event.status == "possible" and c.part == event.part and c.consequent_span.overlaps(event.trigger_span)), None)
        if threat is not None:
            sides = side_of(cast, (threat.holder or "",))
            others = others if others and ":context" not in event.rule else hit_by(cast, threat.demanded_of)  # `would attack Chad unless the UN acted`: Chad is hit
        deed = Deed(event, tokens, _lemmas(tokens), sides, others, threat is not None)
        if event.type == "CONCEDE":
            yield from _yielding(document, deed)
        elif not others:
            continue
        elif event.type == "ASSAULT" or (event.type == "COERCE" and deed.lemmas & _words("taking") and any(cast.actors[i].kind == "group" for i in (*sides, *others))):
            yield from _fighting(document, deed)
        elif event.type in ("SANCTION", "COERCE"):
            yield from _measure(document, deed)
        elif event.type == "AGREE" and event.status == "actual" and any(t.lemma_ == "agree" for t in tokens):
            yield from _agreed(document, cast, event, tokens)
        elif event.type == "CONSULT" and not event.background:
            yield from _talking(document, cast, deed, dyad)


def _words(name: str) -> frozenset[str]:
    return frozenset(load("en/affairs_deeds.yaml")[name])


def _fighting(document: Document, deed: Deed) -> Iterator[Mention]:
    """Attacks show fighting, threats of them that it is threatened; one incident, a murder and counted wars show none."""
    event, tokens = deed.event, deed.tokens
    if not deed.sides or not deed.lemmas & _words("fighting") or deed.lemmas & _words("crimes") or _counts_wars(tokens):
        return
    status = None
    if event.status == "actual" and (not event.background or _goes_on(document, event, tokens)):
        status = "ongoing"
    elif (
        event.status in ("possible", "planned")
        and not event.background
        and (deed.is_threatened or any(listed(v, "threatening") for v in ancestors(tokens.root) if v.pos_ == "VERB"))
    ):
        status = "threatened"
    if status is not None:
        yield made(document, event, tokens.start, tokens.end, "hostilities", (*deed.sides, *deed.others), (), status, 0.5)


def _yielding(document: Document, deed: Deed) -> Iterator[Mention]:
    """`agreed to stop fighting` is a ceasefire, `eased restrictions on banks` eased sanctions."""
    event = deed.event
    both = tuple(dict.fromkeys((*deed.sides, *deed.others)))
    if _is_named(deed):
        return  # its noun tells it
    if len(both) > 1 and event.status in ("actual", "planned") and not event.background and deed.lemmas & _words("ceasing") and deed.lemmas & _words("fire"):
        yield made(document, event, deed.tokens.start, deed.tokens.end, "hostilities", both, (), "ceasefire", 0.5)
    elif deed.sides and deed.others and deed.lemmas & _words("measures"):
        relief = next((status for status in ("eased", "lifted") if deed.lemmas & _words(status)), None)
        if relief is not None and event.status != "negated" and (event.status == "actual" or not deed.lemmas & {"resume", "restart", "restore"}):
            yield made(document, event, deed.tokens.start, deed.tokens.end, "sanctions", deed.sides, deed.others, relief if event.status == "actual" else "in_force", 0.5)


def _is_named(deed: Deed) -> bool:
    """Whether a noun of affairs stands in the act: `waived the sanctions`, `ordered a ceasefire`."""
    standing = {word for word, known in nouns().items() if known.status is not None and known.kind in ("sanctions", "hostilities")}
    return bool(deed.lemmas & (standing - {"fighting", "hostility", "shelling", "bombardment", "offensive"})) or any(t.text == "-" for t in deed.tokens)


def _talking(document: Document, cast: Cast, deed: Deed, dyad: tuple[str, ...]) -> Iterator[Mention]:
    """Two sides that negotiate, or do not; a meeting counts where the two sides of the report have set one."""
    event = deed.event
    both = side_of(cast, (*event.sources, *event.targets))
    negotiates = next((t for t in deed.tokens if t.lemma_ == "negotiate" or (event.status == "negated" and t.lemma_ in _words("meeting"))), None)
    if negotiates is not None and event.status == "negated" and not any(c.lower_ in ("will", "wo", "would") for c in negotiates.children) and negotiates.dep_ != "xcomp":
        return  # `we do not negotiate with a gun on the table`
    set_meeting = event.status == "planned" and bool(deed.lemmas & _words("meeting")) and set(cast.codes(both)) == set(cast.codes(dyad))
    if len(both) > 1 and (negotiates is not None or set_meeting):
        yield made(document, event, deed.tokens.start, deed.tokens.end, "negotiation", both, (), TALKING[event.status], 0.4)


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


def _measure(document: Document, deed: Deed) -> Iterator[Mention]:
    """Envoys expelled and ties cut show relations, bans and stopped deliveries sanctions."""
    event, lemmas = deed.event, deed.lemmas
    table = load("en/affairs_deeds.yaml")
    relation = next((table["relations"][w] for w in sorted(lemmas) if w in table["relations"]), None)
    envoys = lemmas & _words("envoys")
    now = document.report.published
    old = event.background and event.time is not None and now is not None and now.year - int(event.time.value[:4]) > (10 if relation == "broken" else 2)
    if event.type == "SANCTION" and relation is not None and not old and event.status == "actual" and deed.sides and envoys:
        yield made(document, event, deed.tokens.start, deed.tokens.end, "relations", (*deed.sides, *deed.others), (), relation, 0.6)
    elif (
        lemmas & _words("measures")
        and not envoys
        and (event.type == "SANCTION" or (lemmas & _words("barring") and not event.background))
        and (status := IMPOSED.get(event.status)) is not None
    ):
        yield made(document, event, deed.tokens.start, deed.tokens.end, "sanctions", deed.sides, deed.others, status, 0.5)


def made(document: Document, event: Event, start: int, end: int, kind: AffairKind, sides: tuple[str, ...], targets: tuple[str, ...], status: str, sure: float) -> Mention:
    """The mention that an event makes by the words that tell it; `sides` are the senders where `targets` are hit."""
    subject = " ".join(document.report.words(event.trigger_span, event.part).split())
    return Mention(kind, start, start, end, sides, targets, status, status, sure, f"event:{event.type.lower()}", subject, frozenset(), event.id)
