"""Why a finding is what it is: the rule or model behind it, the words it stands on, how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman import resources
from dragoman.errors import UnknownFindingError
from dragoman.exports.view import ROLES, Line, sections
from dragoman.records import Actor, Affair, Condition, Event, Finding, Mention, Place, Record, Span, Statement, TimeExpression
from dragoman.records.excerpts import Piece, excerpt, key_span, spans


@dataclass(frozen=True, slots=True)
class Words:
    """Words that a finding stands on, what they are to it, and where they are."""

    role: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a finding is what it is.

    Attributes:
        head: The finding in words, as the terminal shows it.
        facts: What else is known of it, in short phrases.
        evidence: The report's words around it, its own marked.
        part: The part of the report that they stand in.
        rule: The rule or model that made it.
        meaning: What the rule means.
        words: The words it stands on.
        actors: Of each actor in it: its name, how the report's words lead to it, and what says whom it acts for.
        rests_on: Ids of findings of this record that it rests on.
    """

    id: str
    head: tuple[Piece, ...]
    facts: tuple[str, ...]
    evidence: tuple[Piece, ...]
    part: str
    rule: str
    meaning: str
    confidence: float
    words: tuple[Words, ...]
    actors: tuple[tuple[str, str], ...]
    rests_on: tuple[str, ...]


def explain(record: Record, id: str) -> Explanation:
    """Explain one finding.

    Raises:
        UnknownFindingError: If the record has no finding with this id; the message offers those it has.
    """
    try:
        finding = record.finding(id)
    except KeyError:
        ids = [line.id for s in sections(record) for line in s.lines]
        near = [x for x in ids if x[:1] == id[:1]] or ids
        raise UnknownFindingError(f"The record has no finding {id!r}. It has {', '.join(near[:12]) or 'none'}{' …' if len(near) > 12 else ''}.") from None
    line = next((line for s in sections(record) for line in s.lines if line.id == id), None)
    return Explanation(
        id=id,
        head=line.head if line else tuple(_head(record, finding)),
        facts=_facts(finding, line),
        evidence=excerpt(record, finding).pieces(record),
        part=finding.part,
        rule=finding.rule,
        meaning=meaning(finding.rule),
        confidence=finding.confidence,
        words=tuple(Words(ROLES[role], record.report.words(span, finding.part), span) for span, role in spans(finding)),
        actors=tuple((a.name, f"{_resolved(record, a)}{meaning(a.rule)}") for a in _actors(record, finding)),
        rests_on=_rests_on(finding),
    )


def listing(record: Record) -> Iterator[tuple[str, str, float, str]]:
    """Every finding that is shown: id, rule, confidence, its key words."""
    for section in sections(record):
        for line in section.lines:
            yield line.id, line.rule, line.confidence, " ".join(record.report.words(line.key, line.part).split())


def meaning(rule: str) -> str:
    """What a rule means, by its prefix; says so where nobody has described it."""
    told = resources.load("rules.yaml")
    pieces = rule.split(":")
    ending = told["endings"].get(pieces[-1]) if len(pieces) > 2 else None
    kept = pieces[:-1] if ending else pieces
    for length in range(len(kept), 0, -1):
        sentence = told["prefixes"].get(":".join(kept[:length]))
        if sentence:
            said = sentence.format(":".join(kept[length:]) or pieces[0])
            return f"{said} Here {ending}" if ending else str(said)
    return "No description of this rule is on file."


def is_described(rule: str) -> bool:
    """Whether the rule has its line in resources/rules.yaml."""
    return meaning(rule) != "No description of this rule is on file."


def _head(record: Record, finding: Finding) -> Iterator[Piece]:
    """What is not shown among the four sections in words: mentions, times, places and mere relay."""
    yield Piece(f"“{' '.join(record.report.words(key_span(finding), finding.part).split())}”")
    match finding:
        case Mention():
            name = next((a.name for a in record.actors if a.id == finding.actor), finding.actor)
            yield from (Piece(" stands for "), Piece(name, "actor"), Piece(f" ({finding.how})"))
        case TimeExpression():
            yield from (Piece(" is "), Piece(finding.value or "left open", "act"), Piece(f" ({finding.type.lower()})"))
        case Place():
            yield from (Piece(" is "), Piece(finding.name, "act"), Piece(f" ({', '.join(x for x in (finding.feature, finding.country) if x)})"))
            yield Piece(f", GeoNames {finding.geonameid}") if finding.geonameid else Piece(", not in GeoNames")
        case Statement():
            yield Piece(" is mere relay, such as a wire's word for another, and not shown among what was said")


def _facts(finding: Finding, line: Line | None) -> tuple[str, ...]:
    facts = line.facts if line else ()
    return (*facts, f"CAMEO {finding.cameo}") if isinstance(finding, Event) else facts


def _rests_on(finding: Finding) -> tuple[str, ...]:
    match finding:
        case Affair():
            return (*finding.events, *finding.statements)
        case Event() | Condition():
            return (finding.statement,) if finding.statement else ()
        case Statement():
            return (finding.within,) if finding.within else ()
    return ()


def _resolved(record: Record, actor: Actor) -> str:
    acts = f"acts for {actor.acts_for}. " if actor.acts_for else "acts for no state or body. "
    first = next((m for m in record.mentions if m.actor == actor.id), None)
    return acts if first is None else f"{acts}First as “{record.report.words(first.span, first.part)}” ({first.how}). "


def _actors(record: Record, finding: Finding) -> Iterator[Actor]:
    match finding:
        case Statement():
            ids = [finding.speaker, *finding.co_speakers, *finding.addressees]
        case Event():
            ids = [*finding.sources, *finding.targets, finding.claimed_by]
        case Condition():
            ids = [finding.holder, *finding.demanded_of]
        case _:
            ids = [*getattr(finding, "parties", ()), getattr(finding, "actor", None)]
    for id in dict.fromkeys(ids):
        yield from (a for a in record.actors if a.id == id)
