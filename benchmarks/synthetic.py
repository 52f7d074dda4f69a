"""Synthetic reports, already read: records made directly, so that a ledger can be filled by the hundred thousand. Nothing in them ever happened, and no reader wrote them.

What is meant to be as in real news: length of texts, number of findings, few busy pairs of states and many quiet ones, words of which few are frequent, copies and rewrites by other
publishers within days, days over years with a few reports that come late. The same seed gives the same records.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pycountry

from dragoman.records import Actor, Affair, Condition, Event, EventTime, Mention, Place, Record, Report, Span, Statement
from dragoman.records.affair import STATUSES
from dragoman.resources import load

READER = "synthetic+1"
FIRST_DAY = dt.date(2018, 1, 1)
PUBLISHERS = [f"Synthetic Wire {n}" for n in range(1, 25)]
ACTS = {"said": "assert", "denied": "deny", "accused": "accuse", "promised": "promise", "threatened": "threaten", "demanded": "demand", "refused": "refuse", "welcomed": "support"}
TYPES = {
    "met": ("CONSULT", "042", 1.9), "thanked": ("SUPPORT", "051", 3.4), "warned": ("THREATEN", "130", -4.4), "sanctioned": ("SANCTION", "163", -8.0), "rejected": ("REJECT", "120", -4.0),
    "accused": ("ACCUSE", "112", -2.0), "struck": ("ASSAULT", "190", -10.0), "aided": ("AID", "070", 7.0), "protested": ("PROTEST", "140", -6.5), "joined": ("COOPERATE", "060", 6.0),
}  # fmt: skip
MATTERS = [
    "border treaty",
    "fisheries accord",
    "gas pipeline",
    "island dispute",
    "trade pact",
    "prisoner exchange",
    "water sharing",
    "visa regime",
    "airspace accord",
    "arms embargo",
]


@dataclass(frozen=True, slots=True)
class Town:
    """A town that is on no map."""

    name: str
    country: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence with what is found in it; `{0}` and `{1}` stand for the two sides, `{2}` for one who speaks, `{3}` for a town."""

    words: str
    kind: str
    cue: str


class Newsroom:
    """Makes reports about pairs of states, each pair as often as its place in the list says.

    Args:
        seed: Of all that is by chance.
        years: Over how many years the days go.
    """

    def __init__(self, seed: int = 7, *, years: int = 6) -> None:
        self.chance = random.Random(seed)
        independent = {code for code, entry in load("actors/states.yaml").items() if entry.get("cow")}
        self.names = {c.alpha_3: c.name for c in pycountry.countries if "," not in c.name and c.alpha_3 in independent}
        self.states = sorted(self.names)
        self.chance.shuffle(self.states)
        self.days = years * 365
        self.words = [self._word() for _ in range(20_000)]
        self.people = {code: [f"{self._word().title()} {self._word().title()}" for _ in range(4)] for code in self.states}
        self.towns = {code: [self._town(code) for _ in range(4)] for code in self.states}
        self.pairs = list(itertools.combinations(self.states, 2))
        self.chance.shuffle(self.pairs)
        self.often = list(itertools.accumulate(1 / (n + 2) for n in range(len(self.pairs))))
        self.common = list(itertools.accumulate(1 / (n + 5) for n in range(len(self.words))))

    def records(self, number: int, after: int = 0) -> Iterator[Record]:
        """So many records, about in the order of their days; `after` so many others their numbers and days go on."""
        recent: list[tuple[tuple[str, str], list[Clause], dt.date]] = []
        for n in range(after, after + number):
            day = FIRST_DAY + dt.timedelta(self.days * n // (after or number))
            copied = self.chance.random() < 0.3 and recent
            if copied:
                pair, told, first = self.chance.choice(recent[-40:])
                told = told if self.chance.random() < 0.3 else self._rewritten(told)
                day = max(day, first)
            else:
                pair, told = self._pair(), [self._clause() for _ in range(self.chance.randint(13, 24))]
                day -= dt.timedelta(self.chance.randint(30, 400) if self.chance.random() < 0.02 else 0)
            recent = [*recent[-60:], (pair, told, day)]
            yield self._record(n, pair, told, day)

    def busy(self, number: int) -> Sequence[tuple[str, str]]:
        """The pairs that most is told about."""
        return self.pairs[:number]

    def quiet(self, number: int) -> Sequence[tuple[str, str]]:
        """Pairs of which little is told."""
        return self.pairs[2_000 : 2_000 + number]

    def _pair(self) -> tuple[str, str]:
        return self.chance.choices(self.pairs, cum_weights=self.often)[0]

    def _word(self) -> str:
        return "".join(self.chance.choice("bdfgklmnprstvz") + self.chance.choice("aeiou") for _ in range(self.chance.randint(2, 4)))

    def _town(self, state: str) -> Town:
        country = pycountry.countries.get(alpha_3=state).alpha_2
        return Town(self._word().title(), country, round(self.chance.uniform(-55, 70), 4), round(self.chance.uniform(-180, 180), 4))

    def _filler(self, number: int) -> str:
        return " ".join(self.chance.choices(self.words, cum_weights=self.common, k=number))

    def _clause(self) -> Clause:
        kind = self.chance.choices(["event", "statement", "condition", "affair"], [10, 6, 1, 1.5])[0]
        if kind == "event":
            cue = self.chance.choice(list(TYPES))
            where = " in {3}" if self.chance.random() < 0.4 else ""
            return Clause(f"{{0}} {cue} {{1}}{where} over the {self._filler(12)}.", kind, cue)
        if kind == "statement":
            cue = self.chance.choice(list(ACTS))
            return Clause(f"{{2}} of {{0}} {cue} that {{1}} {self._filler(20)}.", kind, cue)
        if kind == "condition":
            return Clause(f"{{0}} will not {self._filler(6)} until {{1}} {self._filler(8)}.", kind, "until")
        return Clause(f"The {self.chance.choice(MATTERS)} of {{0}} and {{1}} is {self._filler(10)}.", kind, "is")

    def _rewritten(self, told: list[Clause]) -> list[Clause]:
        """Cut from the end, a sentence moved, some put otherwise."""
        kept = told[: max(6, self.chance.randint(len(told) // 2, len(told)))]
        moved = kept.pop(self.chance.randrange(1, len(kept)))
        kept.append(moved)
        return [replace(c, words=c.words[:-1] + f", {self._filler(4)}.") if self.chance.random() < 0.2 else c for c in kept]

    def _record(self, number: int, pair: tuple[str, str], told: list[Clause], day: dt.date) -> Record:
        made = _Making(self, pair)
        made.headline = f"{self.names[pair[0]]} and {self.names[pair[1]]}: {self._filler(5)}"
        for clause in told:
            made.tell(clause)
        return made.record(f"synthetic-{number}", day, self.chance.choice(PUBLISHERS), f"https://synthetic.invalid/{number}")


class _Making:
    """One record in the making."""

    def __init__(self, room: Newsroom, pair: tuple[str, str]) -> None:
        self.room, self.chance = room, room.chance
        self.sides = list(pair)
        self.text = ""
        self.headline = ""
        self.actors = {f"state:{c}": Actor(id=f"state:{c}", name=room.names[c], kind="state", acts_for=c, country=c, rule="synthetic") for c in pair}
        self.found: dict[str, list[object]] = {"mentions": [], "places": [], "statements": [], "events": [], "conditions": [], "affairs": []}

    def tell(self, clause: Clause) -> None:
        """One more sentence, with what is found in it."""
        other = self.chance.random() < 0.2  # some sentences tell of a third side
        a, b = self.sides if self.chance.random() < 0.6 else self.sides[::-1]
        b = self.chance.choice(self.room.states[:60]) if other else b
        b = b if b != a else self.sides[1]
        who = self.chance.choice(self.room.people[a])
        start = len(self.text) + (1 if self.text else 0)
        town = self.chance.choice(self.room.towns[a])
        words = clause.words.format(self.room.names[a], self.room.names[b], who, town.name)
        self.text += ("\n" if self.text and self.chance.random() < 0.4 else " " if self.text else "") + words
        for code in sorted({a, b}):
            self._mention(f"state:{code}", self.room.names[code], words, start)
        if "{3}" in clause.words:
            begin = start + words.index(f" in {town.name} ") + 4
            span = Span(begin, begin + len(town.name))
            place = {"name": town.name, "country": town.country, "lat": town.lat, "lon": town.lon, "feature": "city"}
            self.found["places"].append(Place(id=self._id("p", "places"), rule="synthetic", confidence=0.9, span=span, **place))
        at = words.index(f" {clause.cue} ") + 1
        cue, rest = Span(start + at, start + at + len(clause.cue)), Span(start + at + len(clause.cue) + 1, start + len(words) - 1)
        getattr(self, f"_{clause.kind}")(clause, (a, b), who, cue, rest, Span(start, start + at - 1))

    def record(self, ref: str, day: dt.date, publisher: str, url: str) -> Record:
        """The record."""
        report = Report(text=self.text, headline=self.headline, publisher=publisher, published=day, url=url, language="en")
        return Record.model_construct(ref=ref, reader=READER, report=report, actors=tuple(self.actors.values()), **{k: tuple(v) for k, v in self.found.items()})

    def _id(self, letter: str, group: str) -> str:
        return f"{letter}{len(self.found[group]) + 1}"

    def _mention(self, id: str, name: str, words: str, start: int) -> None:
        code = id.removeprefix("state:")
        if id not in self.actors:
            self.actors[id] = Actor(id=id, name=name, kind="state", acts_for=code, country=code, rule="synthetic")
        at = start + words.index(name)
        self.found["mentions"].append(Mention(id=self._id("m", "mentions"), rule="synthetic", confidence=0.9, actor=id, span=Span(at, at + len(name)), how="name"))

    def _event(self, clause: Clause, sides: tuple[str, str], who: str, cue: Span, rest: Span, before: Span) -> None:
        type_, cameo, weight = TYPES[clause.cue]
        status = self.chance.choices(["actual", "planned", "possible", "negated"], [7, 1, 1, 1])[0]
        self.found["events"].append(
            Event(
                id=self._id("e", "events"), rule="synthetic", confidence=round(self.chance.uniform(0.3, 1), 2), type=type_, cameo=cameo, intensity=weight,
                sources=(f"state:{sides[0]}",), targets=(f"state:{sides[1]}",), trigger_span=cue, status=status, polarity="negated" if status == "negated" else "affirmed",
                modality=status if status in ("planned", "possible") else "asserted", background=self.chance.random() < 0.2,
                time=EventTime(value="2019-03") if self.chance.random() < 0.1 else None, place=f"p{len(self.found['places'])}" if "{3}" in clause.words else None,
            )
        )  # fmt: skip

    def _statement(self, clause: Clause, sides: tuple[str, str], who: str, cue: Span, rest: Span, before: Span) -> None:
        id = f"person:{who.lower().replace(' ', '-')}"
        self.actors.setdefault(id, Actor(id=id, name=who, kind="person", acts_for=sides[0], country=sides[0], office="minister", sector="foreign", rule="synthetic"))
        self.found["statements"].append(
            Statement(
                id=self._id("s", "statements"), rule="synthetic", confidence=0.9, kind="speech", manner="indirect", speaker=id, act=ACTS[clause.cue], addressees=(),
                speaker_span=before, cue_span=cue, content_spans=(rest,),
            )
        )  # fmt: skip

    def _condition(self, clause: Clause, sides: tuple[str, str], who: str, cue: Span, rest: Span, before: Span) -> None:
        self.found["conditions"].append(
            Condition(
                id=self._id("c", "conditions"), rule="synthetic", confidence=0.9, kind="until", polarity="withheld", holder=f"state:{sides[0]}", demanded_of=(f"state:{sides[1]}",),
                cue_span=cue, consequent_span=before, antecedent_span=rest,
            )
        )  # fmt: skip

    def _affair(self, clause: Clause, sides: tuple[str, str], who: str, cue: Span, rest: Span, before: Span) -> None:
        kind = self.chance.choice(["agreement", "dispute", "negotiation", "sanctions", "relations"])
        parties = (f"state:{sides[0]}", f"state:{sides[1]}")
        subject = clause.words.removeprefix("The ").split(" of {0}")[0]
        apart = {"senders": parties[:1], "targets": parties[1:]} if kind == "sanctions" else {}
        self.found["affairs"].append(
            Affair(
                id=self._id("a", "affairs"), rule="synthetic", confidence=0.8, kind=kind, parties=parties, subject=subject, status=self.chance.choice(STATUSES[kind]), evidence=(before,), **apart
            )
        )  # fmt: skip
