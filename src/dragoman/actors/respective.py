"""Who acts for whom where a title is told once for several: `Presidents A and B of Greece and Turkey`, `the prime ministers of Serbia and Kosovo, A and B`."""

from __future__ import annotations

from dragoman.actors.drafts import DraftMention, Drafts
from dragoman.actors.offices import office_at, title_start

BETWEEN = frozenset({",", "and", "&"})
PLURAL = frozenset({"NNS", "NNPS"})


def pair_respectively(drafts: Drafts) -> None:
    """Give people the office and the state that a title in the plural tells of them, each its own, in the order in which people and states stand."""
    words = drafts.words
    for i in range(len(words)):
        if words.tag[i] not in PLURAL or i in drafts.taken:
            continue
        office = office_at(words, i)
        if office is None or not office.is_person:
            continue
        for person, state in _pairs(drafts, i):
            actor, side = drafts.actors[person.actor], drafts.actors[state.actor]
            if actor.entry is None or actor.acts_for is None:
                actor.acts_for, actor.country = side.acts_for, side.country
                actor.office, actor.sector = actor.office or office.noun, actor.sector or office.sector
                drafts.titles.setdefault(i, actor.id)


def _pairs(drafts: Drafts, i: int) -> list[tuple[DraftMention, DraftMention]]:
    """People and states that a title at a token joins; none where there are not as many of both."""
    words = drafts.words
    people, end = _row(drafts, i + 1, person=True)
    if people and end < len(words) and words.lower[end] == "of":
        states, after = _row(drafts, end + 1, person=False)
        if len(people) == 1 and len(states) == 1:  # `Presidents A of Greece and B of Turkey`
            return [(people[0], states[0]), *_each_of(drafts, after)]
        return _matched(people, states)
    if i + 1 < len(words) and words.lower[i + 1] == "of":
        states, end = _row(drafts, i + 2, person=False)
    else:
        states, end = _row_before(drafts, title_start(words, i)), i + 1
    people, _ = _row(drafts, end + 1 if end < len(words) and words.text[end] == "," else end, person=True)
    return _matched(people, states)


def _matched(people: list[DraftMention], states: list[DraftMention]) -> list[tuple[DraftMention, DraftMention]]:
    return list(zip(people, states, strict=True)) if len(people) == len(states) > 1 else []


def _each_of(drafts: Drafts, i: int) -> list[tuple[DraftMention, DraftMention]]:
    """`… and B of Turkey`, each with its own state."""
    words = drafts.words
    found: list[tuple[DraftMention, DraftMention]] = []
    while True:
        while i < len(words) and words.lower[i] in BETWEEN:
            i += 1
        person = _mention(drafts, i, person=True)
        if person is None or person.place.end >= len(words) or words.lower[person.place.end] != "of":
            return found
        state = _mention(drafts, person.place.end + 1, person=False)
        if state is None:
            return found
        found.append((person, state))
        i = state.place.end


def _row(drafts: Drafts, i: int, *, person: bool) -> tuple[list[DraftMention], int]:
    """People, or states, that stand one after another from a token on; and where they end."""
    words, end = drafts.words, i
    found: list[DraftMention] = []
    while (mention := _mention(drafts, i, person=person)) is not None:
        found.append(mention)
        i = end = mention.place.end
        while i < len(words) and words.lower[i] in BETWEEN:
            i += 1
        if i == end:
            break
    return found, end


def _row_before(drafts: Drafts, end: int) -> list[DraftMention]:
    """States whose adjectives stand one after another up to a token: `the Greek and Turkish foreign ministers`."""
    words = drafts.words
    start = end
    while start > 0 and (_mention(drafts, start - 1, person=False) is not None or words.lower[start - 1] in BETWEEN):
        start -= 1
    while start < end and words.lower[start] in BETWEEN:
        start += 1
    return _row(drafts, start, person=False)[0]


def _mention(drafts: Drafts, i: int, *, person: bool) -> DraftMention | None:
    mention = drafts.taken.get(i)
    if mention is None:
        return None
    actor = drafts.actors[mention.actor]
    return mention if (actor.kind == "person") == person and (person or actor.kind in ("state", "igo")) else None
