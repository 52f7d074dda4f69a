"""One affair a matter: mentions of the same kind, sides and topic joined, and the status that holds by this report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from dragoman.actors.cast import Cast
from dragoman.affairs.mentions import Mention

STANDS = frozenset(
    {"ruled_out", "broken", "ended", "settled", "stalled", "failed", "absent", "breached", "suspended", "downgraded", "ceasefire"}
)  # outlast a later mention that tells less


def telling(mention: Mention) -> tuple[bool, float, int]:
    """How much a mention tells, for comparison: one with a status, a sure one, an early one."""
    return mention.status is not None, mention.sure, -mention.at


@dataclass(slots=True)
class Matter:
    """Mentions of one affair, in text order."""

    mentions: list[Mention]
    codes: frozenset[str]
    target_codes: frozenset[str]
    topic: set[str] = field(default_factory=set)

    @property
    def best(self) -> Mention:
        """The most telling mention: the surest with a status, the first of equals."""
        return max(self.mentions, key=telling)

    @property
    def years(self) -> set[int]:
        """Years by which it is told from other agreements."""
        return {m.year for m in self.mentions if m.year is not None}

    @property
    def status(self) -> str:
        """The last status told of it; where none is told, what its noun says alone."""
        told = [m for m in self.mentions if m.status is not None]
        if not told:
            return self.best.default
        if self.best.kind == "sanctions" and told[-1].status == "proposed" and any(m.status == "in_force" for m in told):
            return "in_force"  # further ones are only threatened
        if self.best.kind == "hostilities" and told[-1].status == "threatened" and any(m.status == "ongoing" for m in told):
            return "ongoing"  # more of it is threatened
        if told[-1].rule == "noun:truce":
            return told[-1].status or self.best.default  # a truce that broke is no longer one
        lasting = [m for m in told if m.status in STANDS]
        return (lasting or told)[-1].status or self.best.default


def matters(cast: Cast, mentions: Iterable[Mention], dyad: tuple[str, ...]) -> list[Matter]:
    """Join mentions to matters, in order of first mention.

    Args:
        cast: Who is who.
        mentions: In text order.
        dyad: The two sides of which the report speaks most: a later mention without parties goes to the matter it can mean.
    """
    found: list[Matter] = []
    open_ones: list[Mention] = []
    for mention in mentions:
        if not _has_parties(mention):
            open_ones.append(mention)
            continue
        codes, targets = frozenset(cast.codes(mention.sides)), frozenset(cast.codes(mention.targets))
        home = next((m for m in found if _same(m, mention, codes, targets)), None) or _taken_up(found, mention)
        if home is None:
            found.append(Matter([mention], codes, targets, set(mention.topic)))
        else:
            home.mentions.append(mention)
            home.topic |= mention.topic
            if len(codes) > len(home.codes) and mention.sure >= home.best.sure:
                home.codes, home.target_codes = codes, targets | home.target_codes
    for mention in open_ones:
        named = frozenset(cast.codes(mention.sides))
        alike = [m for m in found if m.mentions[0].kind == mention.kind and m.mentions[0].kind != "sanctions" and named <= m.codes]
        of_dyad = mention.kind == "dispute" or (
            mention.kind == "negotiation" and mention.status is not None and (mention.definite or bool(named) or mention.status in ("proposed", "scheduled"))
        )
        if mention.kind == "agreement" and mention.topic and not mention.definite:
            alike = [m for m in alike if not m.topic or m.topic & mention.topic]  # `a border deal` is not the peace treaty
        if mention.year is not None:
            alike = [m for m in alike if not m.years or mention.year in m.years]
        if not alike and of_dyad and len(dyad) == 2 and named <= set(cast.codes(dyad)):
            given = replace(mention, sides=dyad, sure=0.4)
            found.append(Matter([given], frozenset(cast.codes(dyad)), frozenset(), set(mention.topic)))
        elif mention.kind == "sanctions" and len(dyad) == 2 and len(named | frozenset(cast.codes(mention.targets))) == 1 and (filled := _between(mention, dyad, cast)) is not None:
            codes, targets = frozenset(cast.codes(filled.sides)), frozenset(cast.codes(filled.targets))
            home = next((m for m in found if _same(m, filled, codes, targets)), None)
            if home is None:
                found.append(Matter([filled], codes, targets, set(mention.topic)))
            else:
                home.mentions = sorted([*home.mentions, filled], key=lambda m: m.at)
        elif not alike and mention.kind == "agreement" and len(mention.likely) == 2:
            given = replace(mention, sides=mention.likely, sure=0.35)
            found.append(Matter([given], frozenset(cast.codes(mention.likely)), frozenset(), set(mention.topic)))
        elif len(alike) == 1 or (alike and mention.kind == "agreement" and not mention.topic):
            home = max(alike, key=lambda m: (bool(m.topic & mention.topic), m.best.default != "proposed" or not mention.definite, len(m.mentions)))
            home.mentions = sorted([*home.mentions, mention], key=lambda m: m.at)
    return found


def _between(mention: Mention, dyad: tuple[str, ...], cast: Cast) -> Mention | None:
    """A measure of which one side is told (`its sanctions on the airline`), between the report's two sides; None where that side is neither of them."""
    known = set(cast.codes((*mention.sides, *mention.targets)))
    other = tuple(i for i in dyad if cast.code(i) not in known)
    if len(other) != 1:
        return None
    return replace(mention, targets=other, sure=0.4) if mention.sides else replace(mention, sides=other, sure=0.4)


def _taken_up(found: Sequence[Matter], mention: Mention) -> Matter | None:
    """The agreement that `the deal` means: the one most spoken of."""
    if mention.kind != "agreement" or mention.topic or not mention.definite:
        return None
    return max((m for m in found if m.mentions[0].kind == "agreement"), key=lambda m: len(m.mentions), default=None)


def _has_parties(mention: Mention) -> bool:
    return bool(mention.targets and mention.sides) if mention.kind == "sanctions" else len(mention.sides) > 1


def _same(matter: Matter, mention: Mention, codes: frozenset[str], targets: frozenset[str]) -> bool:
    if matter.mentions[0].kind != mention.kind:
        return False
    if mention.year is not None and matter.years and mention.year not in matter.years:
        return False
    if mention.kind == "sanctions":
        return bool(matter.target_codes & targets) and (matter.codes == codes or not codes or not matter.codes or bool(codes & matter.codes))
    overlap = codes & matter.codes
    if mention.kind == "agreement" and mention.topic & matter.topic and overlap and mention.definite:
        return True
    if len(overlap) < 2:
        return False
    if mention.kind in ("agreement", "dispute") and mention.topic and matter.topic:
        return bool(mention.topic & matter.topic)
    return True


def sides_of(matter: Matter, cast: Cast) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Parties (for sanctions the senders) and targets of a matter, from the surest mentions."""
    sides: dict[str, str] = {}
    targets: dict[str, str] = {}
    together = matter.mentions if matter.mentions[0].kind == "agreement" else _surest(matter.mentions)
    for mention in together:
        for i in mention.sides:
            sides.setdefault(cast.code(i), i)
        for i in mention.targets:
            targets.setdefault(cast.code(i), i)
    return tuple(i for c, i in sides.items() if c not in targets), tuple(targets.values())


APART = frozenset({"ended", "suspended", "breached"})


def apart(matter: Matter, cast: Cast) -> dict[str, str]:
    """Parties of an agreement of three or more who alone left, suspended or broke it, by code, and what they did."""
    parties = {c for m in matter.mentions for c in cast.codes(m.sides)}
    if matter.mentions[0].kind != "agreement" or len(parties) < 3:
        return {}
    found: dict[str, str] = {}
    for mention in matter.mentions:
        codes = cast.codes(mention.doers)
        if mention.status in APART and len(codes) == 1 and codes[0] in parties:
            found[codes[0]] = mention.status or ""
    return found if len(found) < len(parties) else {}


def _surest(mentions: Sequence[Mention]) -> list[Mention]:
    best = max(m.sure for m in mentions)
    return [m for m in mentions if m.sure >= best]
