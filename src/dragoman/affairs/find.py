"""The stage: document and earlier findings → affairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.actors.cast import Cast
from dragoman.affairs.deeds import deed_mentions
from dragoman.affairs.disputes import claim_mentions, main_dyad, quarrels
from dragoman.affairs.mentions import Mention, noun_mentions
from dragoman.affairs.merging import Matter, apart, matters, sides_of
from dragoman.language.document import Document
from dragoman.records import Affair, Condition, Event, PartyStatus, Span, Statement


def find_affairs(document: Document, cast: Cast, statements: Sequence[Statement], events: Sequence[Event], conditions: Sequence[Condition]) -> tuple[Affair, ...]:
    """Find standing matters and where they stand by this report.

    Args:
        document: One parsed report.
        cast: Who is who in it.
        statements: What is said in it: pointed to where an affair is told there.
        events: What is done in it: attacks, measures and quarrels show affairs that no noun names.
        conditions: Who threatens whom with a measure.

    Returns:
        One affair a matter, in order of first mention.
    """
    dyad = main_dyad(cast, events)
    told = [*noun_mentions(document, cast), *deed_mentions(document, cast, events, conditions, dyad), *claim_mentions(document, cast, dyad)]
    joined = [m for m in matters(cast, sorted(told, key=lambda m: m.at), dyad) if _is_between(cast, m)]
    disputed = {m.codes for m in joined if m.mentions[0].kind == "dispute"}
    for quarrel in quarrels(document, cast, events):
        if frozenset(cast.codes(quarrel.sides)) not in disputed:
            joined += matters(cast, [quarrel], ())
    return tuple(_affair(document, cast, statements, matter, n) for n, matter in enumerate(joined, 1))


def _is_between(cast: Cast, matter: Matter) -> bool:
    """Whether two sides at least are told; for sanctions a sender and a target."""
    sides, targets = sides_of(matter, cast)
    return bool(sides and targets) if matter.mentions[0].kind == "sanctions" else len(set(cast.codes(sides))) > 1


def _affair(document: Document, cast: Cast, statements: Sequence[Statement], matter: Matter, number: int) -> Affair:
    in_text = [m for m in matter.mentions if document.part(document.doc[m.at]) == "text"]  # a headline is proof only where the text has none
    sides, targets = sides_of(matter, cast)
    matter = replace(matter, mentions=in_text or matter.mentions)
    best = matter.best
    sanctions = best.kind == "sanctions"
    alone = apart(matter, cast)
    part = document.part(document.doc[best.at])
    ranked = sorted((m for m in matter.mentions if document.part(document.doc[m.at]) == part), key=lambda m: (m.status != matter.status, m is not best, -m.sure, m.at))
    evidence = tuple(dict.fromkeys(document.span(m.start, m.end) for m in ranked))
    return Affair(
        id=document.id("a", number),
        part=part,
        rule=best.rule,
        confidence=best.sure,
        kind=best.kind,
        parties=tuple(dict.fromkeys((*sides, *targets))) if sanctions else sides,
        senders=sides if sanctions else (),
        targets=targets,
        subject=_subject(matter.mentions),
        status=matter.status,
        status_by_party=tuple(PartyStatus(party=i, status=alone[cast.code(i)]) for i in sides if cast.code(i) in alone),
        evidence=evidence,
        events=tuple(dict.fromkeys(m.event for m in matter.mentions if m.event)),
        statements=_told_in(statements, evidence, part),
    )


def _subject(mentions: Sequence[Mention]) -> str:
    """The fullest naming of the matter, sixty characters at most."""
    fit = [m.subject for m in mentions if len(m.subject) <= 60]
    return max(fit, key=len) if fit else mentions[0].subject[:60]


def _told_in(statements: Sequence[Statement], evidence: Sequence[Span], part: str) -> tuple[str, ...]:
    return tuple(s.id for s in statements if s.part == part and any(c.overlaps(e) for c in s.content_spans for e in evidence))
