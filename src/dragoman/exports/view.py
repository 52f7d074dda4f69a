"""What a reader is shown of a record, in words: the same for the terminal and the page, which only lay it out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dragoman.records import Actor, Affair, Condition, Event, Finding, Part, Record, Span, Statement
from dragoman.records.excerpts import Excerpt, Piece, excerpt, key_span

VERBS = {
    "assert": "says",
    "accept": "accepts",
    "refuse": "refuses",
    "demand": "demands",
    "offer": "offers",
    "promise": "promises",
    "threaten": "threatens",
    "accuse": "accuses",
    "deny": "denies",
    "criticise": "criticises",
    "support": "supports",
    "ask": "asks",
}
ATTITUDES = {**VERBS, "assert": "thinks or hopes", "demand": "wants", "ask": "wants to know"}
PLURALS = {
    "accuses": "accuse",
    "promises": "promise",
    "refuses": "refuse",
    "criticises": "criticise",
    "denies": "deny",
    "thinks or hopes": "think or hope",
    "wants to know": "want to know",
}
CONNECTIVES = {"until": "until", "unless": "unless", "if": "if", "only_if": "only if", "before": "once", "in_return": "in return for"}
POLARITIES = {"withheld": "withholds", "promised": "promises", "threatened": "threatens"}
KINDS = {"igo": "intergovernmental organization", "population": "people", "group": "group", "media": "news medium"}
ROLES = {"who": "speaker", "cue": "key words", "content": "content", "on": "on what it depends", "matter": "words that show it"}


@dataclass(frozen=True, slots=True)
class Line:
    """One finding as it is shown.

    Attributes:
        id: The finding's id.
        head: Who does what to whom, in words; the first item of each pair is the role of the words (`actor`, `act`, `open`, None).
        facts: What else is known of it, in short phrases.
        evidence: The report's words, those that show the finding marked.
        excerpt: Where they are.
        key: Where the reader's eye should go in the report, and in which part.
    """

    id: str
    head: tuple[Piece, ...]
    facts: tuple[str, ...]
    evidence: tuple[Piece, ...]
    excerpt: Excerpt
    key: Span
    part: Part
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of finding under its heading."""

    heading: str
    lines: tuple[Line, ...]


def sections(record: Record, *, relays: bool = False) -> Iterator[Section]:
    """Said, done, conditions, where matters stand; empty ones are left out. Mere relay ("Reuters reports") is shown only where asked for."""
    view = _View(record)
    for heading, lines in (
        ("What was said", [view.statement(s) for s in record.statements if relays or s.kind != "relay"]),
        ("What was done", [view.event(e) for e in record.events]),
        ("On what condition", [view.condition(c) for c in record.conditions]),
        ("Where matters stand", [view.affair(a) for a in record.affairs]),
    ):
        if lines:
            yield Section(heading, tuple(lines))


def by_sentence(lines: Iterable[Line]) -> Iterator[tuple[list[Line], Excerpt]]:
    """Neighbouring lines that show the same words, with one excerpt for all of them, so that a sentence is read once."""
    together: list[Line] = []
    shared: Excerpt | None = None
    for line in lines:
        joined = shared.joined(line.excerpt) if shared else None
        if shared and joined is None:
            yield together, shared
            together = []
        together.append(line)
        shared = joined or line.excerpt
    if shared:
        yield together, shared


def who_is_who(record: Record) -> list[tuple[Actor, str]]:
    """Actors that speak or act, in order of appearance, each with what it is in a few words."""
    taking_part = set(_taking_part(record))
    return [(a, _described(record, a)) for a in record.actors if a.id in taking_part]


def title(record: Record) -> str:
    """Headline, else the first words of the story."""
    report = record.report
    if report.headline:
        return report.headline.strip()
    start = max((f.span.end for f in report.furniture if f.kind in ("byline", "dateline", "caption") and f.span.start < 300), default=0)
    words = " ".join(report.text[start : start + 160].split())
    return words if len(words) < 90 else words[:90].rsplit(" ", 1)[0] + " …"


def origin(record: Record) -> list[str]:
    """Publisher, day, place, author and file, as far as known."""
    report = record.report
    dateline = report.dateline
    told = [
        report.publisher or (dateline.agency if dateline else None),
        report.published.isoformat() if report.published else None,
        dateline.place if dateline else None,
    ]
    return [x for x in (*told, f"by {report.byline}" if report.byline else None, record.ref) if x]


class _View:
    """The lines of one record; actors are looked up once."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.actors = {a.id: a for a in record.actors}

    def statement(self, s: Statement) -> Line:
        verb = (ATTITUDES if s.kind == "attitude" else VERBS)[s.act]
        if s.co_speakers or self._is_plural(s.speaker):
            verb = PLURALS.get(verb, verb.removesuffix("s"))
        head = [*self._named([x for x in (s.speaker, *s.co_speakers) if x], "somebody"), Piece(f" {verb}", "act")]
        # Not in the head: `told reporters that X must` demands nothing of the reporters.
        facts: list[str | None] = [f"to {', '.join(map(self._name, s.addressees))}"] if s.addressees else []
        facts += [f"on the word of {s.within}"] if s.within else []
        if s.reply_to:
            facts.append(f"answers {s.reply_to.statement or self._words(s, s.reply_to.span)}")
        facts += [self._words(s, x) for x in (s.medium_span, s.occasion_span) if x]
        return self._line(s, head, facts)

    def event(self, e: Event) -> Line:
        head = [Piece(e.type, "act"), Piece(" "), *self._named(e.sources, "somebody")]
        if e.targets and set(e.targets) != set(e.sources):
            head += [Piece(" → "), *self._named(e.targets, "")]
        place = next((p.name for p in self.record.places if p.id == e.place), None)
        facts = [e.status if e.status != "actual" else "happened", e.time.value if e.time else None, f"in {place}" if place else None]
        facts += ["told as history" if e.background else None, f"on the word of {self._name(e.claimed_by)}" if e.claimed_by else None]
        facts += [f"by saying {e.statement}" if e.statement and not e.claimed_by else None]
        return self._line(e, head, facts)

    def condition(self, c: Condition) -> Line:
        head = [
            *self._named([c.holder] if c.holder else [], "somebody"),
            Piece(f" {POLARITIES[c.polarity]}", "act"),
            Piece(" "),
            self._quoted(c, c.consequent_span),
        ]
        head += [Piece(f" {CONNECTIVES[c.kind]} ", "act"), self._quoted(c, c.antecedent_span)]
        asked = "".join(p.text for p in self._named(c.demanded_of, ""))
        return self._line(c, head, [x for x in (f"asked of {asked}" if asked else None, f"set in {c.statement}" if c.statement else None) if x])

    def affair(self, a: Affair) -> Line:
        by_side = [*self._named(a.senders, "somebody"), Piece(" → "), *self._named(a.targets, "somebody")]
        parties = by_side if a.kind == "sanctions" else self._named(a.parties, "unnamed parties")
        head = [Piece(f"{_matter(a)}: "), Piece(a.status.replace("_", " "), "act"), Piece(" · "), *parties]
        return self._line(a, head, [f"{self._name(p.party)}: {p.status.replace('_', ' ')}" for p in a.status_by_party])

    def _line(self, finding: Finding, head: Iterable[Piece], facts: Iterable[str | None]) -> Line:
        shown = excerpt(self.record, finding)
        return Line(
            finding.id,
            tuple(head),
            tuple(x for x in facts if x),
            shown.pieces(self.record),
            shown,
            key_span(finding),
            finding.part,
            finding.confidence,
            finding.rule,
        )

    def _is_plural(self, id: str | None) -> bool:
        """`both sides`, `visiting journalists`: described, not named, by a plural."""
        name = self._name(id)
        return id in self.actors and name.endswith("s") and name.islower()

    def _named(self, ids: Iterable[str], nobody: str) -> list[Piece]:
        pieces: list[Piece] = []
        for id in ids:
            pieces += [Piece(", ")] if pieces else []
            pieces.append(Piece(self._name(id), "actor", id))
        return pieces or [Piece(nobody, "open")]

    def _name(self, id: str | None) -> str:
        actor = self.actors.get(id or "")
        if actor is None:
            return id or "somebody"
        state = actor.acts_for or actor.country
        return actor.name if state is None or actor.kind in ("state", "igo") else f"{actor.name} ({state})"

    def _quoted(self, finding: Finding, span: Span) -> Piece:
        words = self._words(finding, span)  # none where a ledger keeps no text
        return Piece(f"“{words}”") if words else Piece("something", "open")

    def _words(self, finding: Finding, span: Span) -> str:
        return " ".join(self.record.report.words(span, finding.part).split())


def _matter(affair: Affair) -> str:
    """Kind and subject, once: a subject may repeat the kind ("sanctions: sanctions") or begin with it ("agreement on grain")."""
    subject = affair.subject.strip()
    if subject.lower().startswith(affair.kind.rstrip("s")):
        return subject[:1].upper() + subject[1:]
    return affair.kind.capitalize() + (f", {subject}" if subject else "")


def _taking_part(record: Record) -> Iterator[str]:
    for s in record.statements:
        if s.kind == "relay":
            continue
        yield from (x for x in (s.speaker, *s.co_speakers, *s.addressees) if x)
    for e in record.events:
        yield from (x for x in (*e.sources, *e.targets, e.claimed_by) if x)
    for c in record.conditions:
        yield from (x for x in (c.holder, *c.demanded_of) if x)
    for a in record.affairs:
        yield from a.parties


def _described(record: Record, actor: Actor) -> str:
    states = {a.id: a.name for a in record.actors}
    of = actor.acts_for or actor.country
    name = states.get(f"state:{of}") or states.get(f"igo:{of}") or of
    if actor.kind == "state":
        return "state" if actor.acts_for in (None, actor.id.removeprefix("state:")) else f"state, today {actor.acts_for}"
    if actor.kind == "igo":
        return KINDS["igo"]
    what = actor.office or KINDS.get(actor.kind) or (actor.kind if actor.kind != "person" else "")
    bond = f"acts for {name}" if actor.acts_for and actor.acts_for != "" else f"of {name}, acts for no state" if name else ""
    return ", ".join(x for x in (what, bond) if x)
