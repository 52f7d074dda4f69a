"""Why a finding is what it is: the rule or model behind it, the words it stands on, how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman import resources
from dragoman.errors import UnknownFindingError
from dragoman.exports.view import ROLES, Piece, excerpt, sections, spans
from dragoman.records import Actor, Condition, Event, Finding, Record, Span, Statement


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
        meaning: What the rule means.
        words: The words it stands on.
        actors: Of each actor in it: its name, how the report's words lead to it, and what says whom it acts for.
        rests_on: Ids of findings of this record that it rests on.
    """

    id: str
    head: tuple[Piece, ...]
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
    head = next((line.head for s in sections(record) for line in s.lines if line.id == id), (Piece(type(finding).__name__),))
    return Explanation(
        id=id,
        head=head,
        evidence=excerpt(record, finding),
        part=finding.part,
        rule=finding.rule,
        meaning=meaning(finding.rule),
        confidence=finding.confidence,
        words=tuple(Words(ROLES[role], record.report.words(span, finding.part), span) for span, role in spans(finding)),
        actors=tuple((a.name, f"{_resolved(record, a)}{meaning(a.rule)}") for a in _actors(record, finding)),
        rests_on=tuple(x for x in (getattr(finding, "statement", None), getattr(finding, "within", None)) if x),
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
