"""Which matters are one affair in other words. A function of the set of matters alone: no order of arrival, no clock, no database.

Matters are compared within a *block*: one kind, the same sides. What a matter says (`topics.topic_of`) is cut to its *core*, what counts for its kind; equal cores are one affair. A matter
that says less (`talks` beside `talks on fisheries`) joins the only affair that it can mean, and stays apart where there are several: in doubt nothing is joined. Well-known matters (JCPOA) are
one affair between other sides too, where they have a side in common.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.ledger.topics import ANOTHER, MATTER, SEVERAL, YEAR, about

ONE = frozenset({"relations", "sanctions"})  # one affair a pair of sides


@dataclass(frozen=True, slots=True)
class Put:
    """A matter as it is put in a ledger.

    Attributes:
        number: Its number there.
        key: Its hash.
        kind: Kind of the affair.
        sides: Its block: the codes as they are kept.
        topic: What it says.
    """

    number: int
    key: str
    kind: str
    sides: str
    topic: tuple[str, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Its sides one by one."""
        return frozenset(self.sides.replace(" > ", " ").split())

    @property
    def matter(self) -> str | None:
        """The well-known matter that it is, if it is one and only one."""
        known = [m for m in self.topic if m.startswith(MATTER)]
        return known[0] if len(known) == 1 else None


@dataclass(frozen=True, slots=True)
class Constraint:
    """What a person said of matters, by their keys: these belong together, or these groups do not."""

    join: tuple[str, ...] = ()
    part: tuple[tuple[str, ...], ...] = ()


class Union:
    """Sets of numbers that are joined; each goes by its smallest."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self.over = {n: n for n in numbers}

    def of(self, number: int) -> int:
        """The smallest number of its set."""
        while self.over[number] != number:
            self.over[number] = number = self.over[self.over[number]]
        return number

    def join(self, one: int, other: int) -> None:
        """Make two sets one."""
        low, high = sorted((self.of(one), self.of(other)))
        self.over[high] = low

    def sets(self) -> dict[int, list[int]]:
        """All sets, by their smallest numbers."""
        found: dict[int, list[int]] = defaultdict(list)
        for number in sorted(self.over):
            found[self.of(number)].append(number)
        return found


def group(matters: Collection[Put]) -> Union:
    """Join matters by rules alone.

    Args:
        matters: Whole blocks, and with each block those between other sides that share a well-known matter with it.
    """
    joined = Union(m.number for m in matters)
    blocks: dict[tuple[str, str], list[Put]] = defaultdict(list)
    for matter in matters:
        blocks[matter.kind, matter.sides].append(matter)
    for (kind, _), block in blocks.items():
        _group_block(kind, block, joined)
    first: dict[tuple[str, str, str], int] = {}
    for matter in matters:
        known = matter.matter
        if known is not None:
            for code in matter.codes:
                joined.join(first.setdefault((matter.kind, known, code), matter.number), matter.number)
    return joined


def constrain(matters: Collection[Put], joined: Union, constraints: Sequence[Constraint]) -> Union:
    """Let people's words count over the rules, the later over the earlier.

    A matter that no person named goes, when its affair is parted, with the group that says most like it, in doubt with the first.
    """
    by_key = {m.key: m for m in matters}
    by_number = {m.number: m for m in matters}
    home = {n: joined.of(n) for n in by_number}
    for constraint in constraints:
        together = [by_key[k].number for k in constraint.join if k in by_key]
        if len(together) > 1:
            homes = {home[n] for n in together}
            home = {n: min(homes) if h in homes else h for n, h in home.items()}
        groups = [[by_key[k] for k in group if k in by_key] for group in constraint.part]
        _part(by_number, home, [g for g in groups if g])
    made = Union(by_number)
    first: dict[int, int] = {}
    for number, at in sorted(home.items()):
        made.join(first.setdefault(at, number), number)
    return made


def _part(matters: Mapping[int, Put], home: dict[int, int], groups: Sequence[Sequence[Put]]) -> None:
    """Part every affair in which several of the groups stand."""
    for at in sorted({home[m.number] for g in groups for m in g}):
        here = [[m for m in g if home[m.number] == at] for g in groups]
        here = [g for g in here if g]
        if len(here) < 2:
            continue
        said = [frozenset(w for m in g for w in core(m)) for g in here]
        named = {m.number: i for i, g in enumerate(here) for m in g}
        goes: dict[int, int] = {}
        for number in (n for n, h in home.items() if h == at):
            mine = core(matters[number])
            goes[number] = named[number] if number in named else max(range(len(here)), key=lambda i: (len(mine & said[i]), -i))
        for i in range(len(here)):
            members = [n for n, g in goes.items() if g == i]
            for number in members:
                home[number] = min(members)


def core(matter: Put) -> frozenset[str]:
    """What counts of a matter when it is told from others of its block."""
    known = [m for m in matter.topic if m.startswith(MATTER)]
    if known:
        told = {*known, *(w for m in known for w in about(m.removeprefix(MATTER)))}
        return frozenset(told | ({SEVERAL} if len(known) > 1 else set()))
    names = {w.lower() for w in matter.topic if w[0].isupper()}
    years = {w for w in matter.topic if YEAR.fullmatch(w)}
    words = {w for w in matter.topic if w[0].islower() or (w[0].isdigit() and w not in years)}
    marks = {w for w in matter.topic if w in (SEVERAL, ANOTHER)}
    match matter.kind:
        case "hostilities":  # one war of two sides, unless a place, a name or a year tells it apart
            return frozenset(names | years)
        case "dispute":  # what is disputed has a name: places weigh more than words
            several = marks & {SEVERAL} if len(names) != 1 else set()
            return frozenset((names or words) | several)
        case "agreement":
            return frozenset(names | words | years | marks)
        case _:  # talks go on through the years
            return frozenset(names | words | (marks & {SEVERAL}))


def _group_block(kind: str, block: Sequence[Put], joined: Union) -> None:
    nodes: dict[frozenset[str], list[Put]] = defaultdict(list)
    for matter in block:
        nodes[frozenset() if kind in ONE else core(matter)].append(matter)
    for same in nodes.values():
        for other in same[1:]:
            joined.join(same[0].number, other.number)
    homes = _homes(kind, nodes)
    for told, home in homes.items():
        joined.join(nodes[told][0].number, nodes[home][0].number)


def _homes(kind: str, nodes: Mapping[frozenset[str], Sequence[Put]]) -> dict[frozenset[str], frozenset[str]]:
    """For every core the one whose affair it belongs to: its own, or the only one that says more."""
    named = {told for told, same in nodes.items() if any(w[0].isupper() or w[0] == MATTER for m in same for w in m.topic)} if kind == "dispute" else set()
    full = {told: frozenset(w.lower() for m in same for w in m.topic) | told for told, same in nodes.items()} if named else {}
    exact: dict[str, set[frozenset[str]]] = defaultdict(set)  # cores by what they hold
    wide: dict[str, set[frozenset[str]]] = defaultdict(set)  # of disputes with a name also by the other words that they are told with
    for told in nodes:
        for word in told:
            exact[word].add(told)
            wide[word].add(told)
        for word in full[told] if told in named else ():
            wide[word].add(told)
    homes: dict[frozenset[str], frozenset[str]] = {}
    ordered = sorted((t for t in nodes if t), key=lambda t: (t in named, len(t)), reverse=True)  # who says more comes first
    for told in ordered:
        index = exact if told in named else wide
        more = set.intersection(*sorted((index[w] for w in told), key=len)) - {told}
        if told in named:
            more &= named
        if SEVERAL not in told:
            more = {m for m in more if SEVERAL not in m}  # `a trade deal` is not the one on trade and security
        found = {homes[m] for m in more}
        homes[told] = found.pop() if len(found) == 1 else told
    if frozenset() in nodes:
        found = set(homes.values())
        homes[frozenset()] = found.pop() if len(found) == 1 else frozenset()
    return homes
