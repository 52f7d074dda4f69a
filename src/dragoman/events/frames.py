"""The lexicon of predicates and their frames: which word, under which conditions, is which act. Source: resources/en/events/*.yaml."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dragoman.errors import ResourceError
from dragoman.events.codes import table
from dragoman.records.event import EventType, Status
from dragoman.resources import load

FOLDER = "en/events"
FILES = (
    "agree", "consult", "support", "cooperate", "aid", "concede", "sanction", "retreat", "request", "accuse", "reject", "threaten", "protest", "coerce", "assault", "mobilize"
)  # fmt: skip
ACTOR, NOBODY, CLAUSE, INFINITIVE, WANTING = "actor", "none", "clause", "infinitive", "wanting"
PARTY, BODY, NEGATIVE, POSITIVE = "party", "igo", "negative", "positive"
WANTS = frozenset({ACTOR, NOBODY, CLAUSE, INFINITIVE, WANTING, PARTY, BODY, NEGATIVE, POSITIVE})
VERB_TARGETS = ("object", "owner", "against", "on", "upon", "to", "toward", "at", "with", "from", "over", "into", "of", "in", "across", "complement")
NOUN_SOURCES = ("by", "owner", "from")
NOUN_TARGETS = ("against", "on", "upon", "to", "toward", "with", "at", "into", "over", "of", "in")
MUTUAL_TARGETS = ("object", "with", "between", "among", "to", "owner")


@dataclass(frozen=True, slots=True)
class Frame:
    """One use of one word.

    Attributes:
        cameo: What act it is, as fine as the word allows.
        type: PLOVER type of that code.
        rule: Stable name, `frame:expel`.
        particle: Word that must follow the verb (`rule out`); None for a bare verb.
        preposition: Preposition that must follow (`call on`); None where none has to.
        objects: Nouns of which the object (with `preposition`: its object; of a noun of action: what stands after a preposition) must be one; empty for no condition.
        wants: Of `actor` (the object is or belongs to somebody), `party` (it is somebody itself), `igo`, `none` (no object), `clause`, `infinitive` (`told Riga to …`), `wanting` (a clause of what ought to be: `insisted that Riga leave`), `negative` and `positive` (what it is called: `called the raid illegal`) one at least; empty for no condition.
        subjects: Nouns of which the subject must be one; empty for no condition.
        inner: Verbs of which one must stand in the infinitive below (`ordered the envoy to leave`); empty for no condition.
        modifiers: Words of which one must stand before the object (`joint drills`), or before the noun of action itself; empty for no condition.
        bare: The verb must have no object of its own (`withdrew from the island`).
        unless: Dependency labels that no child of the verb may have (`called Lima` but not `called Lima a liar`).
        sources: Where the source stands, in order of preference.
        targets: Where the target stands, in order of preference.
        mutual: Both sides do it to each other.
        speech: Done by saying.
        weak: Counts only where source and target are both found.
        settled: What becomes of the act by this word alone (`is due in Oslo`: planned); None where the sentence decides.
        confidence: Share of its finds expected to be right, both sides found.
    """

    cameo: str
    type: EventType
    rule: str
    particle: str | None = None
    preposition: str | None = None
    objects: frozenset[str] = frozenset()
    wants: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    inner: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    bare: bool = False
    unless: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ("subject",)
    targets: tuple[str, ...] = VERB_TARGETS
    mutual: bool = False
    speech: bool = False
    weak: bool = False
    settled: Status | None = None
    confidence: float = 0.6

    @property
    def conditions(self) -> int:
        """How many conditions it sets: the choosier frame is tried first."""
        return 4 * bool(self.particle) + 2 * bool(self.preposition) + (2 if self.objects else bool(self.wants)) + bool(self.subjects) + 2 * bool(self.inner) + bool(self.modifiers)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Frames by word, the choosiest first: verbs by lemma, nouns by lemma without hyphens, adjectives as they stand."""

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    adjectives: Mapping[str, tuple[Frame, ...]]


@functools.cache
def classes() -> dict[str, frozenset[str]]:
    """Classes of nouns that conditions name; a class may take in others (`+accord`)."""
    raw: dict[str, list[str]] = load(f"{FOLDER}/classes.yaml")

    def members(name: str, above: tuple[str, ...] = ()) -> frozenset[str]:
        if name not in raw or name in above:
            raise ResourceError(f"{FOLDER}/classes.yaml: no class {name!r}, or one that takes itself in")
        plain = frozenset(w for w in raw[name] if not w.startswith("+"))
        return plain.union(*(members(w[1:], (*above, name)) for w in raw[name] if w.startswith("+")))

    return {name: members(name) for name in raw}


@functools.cache
def lexicon() -> Lexicon:
    """All frames.

    Raises:
        ResourceError: If an entry names a code or a field that there is not.
    """
    verbs: dict[str, list[Frame]] = {}
    nouns: dict[str, list[Frame]] = {}
    adjectives: dict[str, list[Frame]] = {}
    for name in FILES:
        content = load(f"{FOLDER}/{name}.yaml")
        for entry in content.get("verbs", ()):
            for word in entry["verbs"]:
                lemma, frame = _verb_frame(word, {**content.get("defaults", {}), **entry}, name)
                verbs.setdefault(lemma, []).append(frame)
        for entry in content.get("nouns", ()):
            for word in entry["nouns"]:
                nouns.setdefault(word, []).append(_noun_frame(word, entry, name))
        for entry in content.get("adjectives", ()):
            for word in entry["adjectives"]:
                lemma, frame = _verb_frame(word, {**content.get("defaults", {}), **entry}, name)
                adjectives.setdefault(lemma, []).append(frame)
    return Lexicon(_choosiest_first(verbs), _choosiest_first(nouns), _choosiest_first(adjectives))


def _choosiest_first(frames: Mapping[str, list[Frame]]) -> dict[str, tuple[Frame, ...]]:
    return {word: tuple(sorted(found, key=lambda f: -f.conditions)) for word, found in frames.items()}


def _verb_frame(word: str, entry: Mapping[str, Any], name: str) -> tuple[str, Frame]:
    """`rule out +with` → lemma, particle, preposition."""
    lemma, *rest = word.split()
    particle = next((w for w in rest if not w.startswith("+")), None)
    preposition = next((w[1:] for w in rest if w.startswith("+")), None)
    objects, wants = _conditions(entry.get("object", ()))
    mutual = bool(entry.get("mutual", False))
    default = MUTUAL_TARGETS if mutual else VERB_TARGETS
    first = (preposition,) if preposition and preposition not in ("in", "as", "into") and "target" not in entry else ()
    targets = tuple(dict.fromkeys((*first, *entry.get("target", default))))
    frame = Frame(
        **_common(entry, name, word),
        particle=particle,
        preposition=preposition,
        objects=objects,
        wants=wants,
        unless=frozenset(entry.get("unless", ())),
        bare=bool(entry.get("bare", False)),
        subjects=_conditions(entry.get("subject", ()))[0],
        inner=frozenset(entry.get("inner", ())),
        sources=tuple(entry.get("source", ("subject",))),
        targets=targets,
        mutual=mutual,
        weak=bool(entry.get("weak", False)),
    )
    return lemma, frame


def _noun_frame(word: str, entry: Mapping[str, Any], name: str) -> Frame:
    mutual = bool(entry.get("mutual", False))
    return Frame(
        **_common(entry, name, word),
        objects=_conditions(entry.get("object", ()))[0],
        sources=tuple(entry.get("source", NOUN_SOURCES)),
        targets=tuple(entry.get("target", ("between", "with", "among", "of", "to") if mutual else NOUN_TARGETS)),
        mutual=mutual,
        weak=bool(entry.get("weak", False)),
    )


def _common(entry: Mapping[str, Any], name: str, word: str) -> dict[str, Any]:
    if not all(isinstance(x, str) for field in ("verbs", "nouns", "adjectives", "object", "source", "target", "subject", "inner", "modifier") for x in entry.get(field, ())):
        raise ResourceError(f"{FOLDER}/{name}.yaml: {word}: quote the words that YAML takes for truth values (on, off, no)")
    cameo = str(entry["code"])
    line = table().get(cameo)
    if line is None or line.house is None:
        raise ResourceError(f"{FOLDER}/{name}.yaml: {word}: no act has the code {cameo!r}")
    rule = "frame:" + word.replace(" +", "-").replace(" ", "-")
    return {
        "cameo": cameo,
        "type": entry.get("type", line.house),
        "rule": rule,
        "speech": bool(entry.get("speech", False)),
        "confidence": float(entry.get("confidence", 0.6)),
        "settled": entry.get("status"),
        "modifiers": frozenset(entry.get("modifier", ())),
    }


def _conditions(named: list[str] | tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Words and kinds of which an object has to be: a class name stands for its words, any other word for itself, and so does one behind `=`."""
    wants = frozenset(named) & WANTS
    words: set[str] = set()
    for name in named:
        if name not in wants:
            words |= {name[1:]} if name.startswith("=") else classes().get(name.removeprefix("+"), frozenset({name}))
    return frozenset(words), wants


@functools.cache
def light_verbs() -> dict[str, tuple[LightVerb, ...]]:
    """Verbs that lend a noun their subject, by lemma."""
    found: dict[str, list[LightVerb]] = {}
    for how, words in load(f"{FOLDER}/light.yaml").items():
        for word in words:
            lemma, *rest = word.split()
            particle = next((w for w in rest if not w.startswith("+")), None)
            preposition = next((w[1:] for w in rest if w.startswith("+")), None)
            found.setdefault(lemma, []).append(LightVerb(how, particle, preposition))
    return {lemma: tuple(sorted(uses, key=lambda u: u.preposition is None)) for lemma, uses in found.items()}


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb beside a noun of action.

    Attributes:
        how: `does`: its subject does the noun's act; `undergoes`: its subject suffers it; `tells`: its subject plans, says or decides on it.
        particle: As in `carry out`.
        preposition: As in `engage in`; the noun is its object.
    """

    how: str
    particle: str | None
    preposition: str | None


def speech_acts() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(act of a statement, its line in speech-acts.yaml)."""
    yield from load(f"{FOLDER}/speech-acts.yaml").items()
