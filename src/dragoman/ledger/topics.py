"""What an affair is about, cut down to what tells it from others of the same sides: well-known matters, places and names, words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Literal

from dragoman import resources
from dragoman.ledger.gist import WORD, folded, is_empty, plain_word, stem

LONGEST = 9  # words of the longest name that is looked up
YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
MARKS = re.compile(rf"{WORD.pattern}|,", re.UNICODE)
NAMED_BY_DEFAULT = ("agreement", "negotiation", "dispute")
ANOTHER, SEVERAL = "+", "&"  # marks in a topic: it is sought beside one that there is (`a new deal`); it is about several things (`trade and security`)
MATTER = "="  # before the key of a well-known matter

How = Literal["name", "demonym", "seat", "place"]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a subject: as it stands, and as it is looked up."""

    said: str
    low: str

    @property
    def is_capital(self) -> bool:
        return self.said[:1].isupper()


def topic_of(kind: str, subject: str, sides: Iterable[str]) -> tuple[str, ...]:
    """What a subject says, as sorted marks: `=jcpoa` a well-known matter, `Kuril` a name, `1929` a year, `water` a word; `+` another than there is, `&` several things.

    Names of the sides, nouns that only say the kind (*treaty*, *talks*), words of its status (*stalled*, *signing*) and grammar fall away, so that nothing is left of a generic subject.

    Args:
        kind: Kind of the affair.
        subject: What it is about, in the report's words.
        sides: Codes of its sides; their names tell nothing.
    """
    own = frozenset(sides)
    words = list(_words(subject, own))
    found: list[str] = []
    runs = 0  # stretches of content, parted by `and` or a comma
    parted = True
    before = ""
    at = 0
    while at < len(words):
        marks, taken = _at(kind, words, at, own, before)
        if marks and marks != (ANOTHER,):
            runs, parted = runs + parted, False
        elif words[at].low in ("and", ",", "&"):
            parted = True
        found += marks
        before = words[at].low
        at += taken
    known = {m for m in found if m.startswith(MATTER)}
    several = len(known) > 1 or (not known and runs > 1)
    return tuple(sorted({*found, *((SEVERAL,) if several else ())}))


def names_one_of(word: str, codes: Collection[str]) -> bool:
    """Whether a word, in lower case, is a name of one of the sides: *belarus*, *minsk*."""
    known = _names().get(word)
    return known is not None and known[0] in codes


def about(matter: str) -> tuple[str, ...]:
    """Words that say what a well-known matter is about."""
    return tuple(stem(w) for w in resources.load("en/matter-names.yaml")["matters"].get(matter, {}).get("about", ()))


def _at(kind: str, words: Sequence[_Word], at: int, own: frozenset[str], before: str) -> tuple[tuple[str, ...], int]:
    """What is told at a word: its marks, none where it tells nothing; and how many words that takes."""
    for size in range(min(LONGEST, len(words) - at), 0, -1):
        said = words[at : at + size]
        name = " ".join(w.low for w in said)
        matter = _matters().get(name)
        if matter is not None and _fits(matter, kind, own) and (any(w.said[:1].isupper() or w.said[:1].isdigit() for w in said) or name in _lower()):
            return (MATTER + matter,), size
        place = _places().get(name)
        if place is not None and said[0].is_capital:
            return place, size
        if said[0].is_capital and name in _names():
            return _named(name, kind, own, before, said), size
    word = words[at]
    if word.low == ",":
        return (), 1
    if YEAR.fullmatch(word.low):
        return (word.low,), 1
    if kind == "agreement" and word.low in _another():
        return (ANOTHER,), 1
    if is_empty(word.low) or stem(word.low) in generic(kind):
        return (), 1
    if word.is_capital:
        return () if _is_venue(kind, before) else (plain_word(word.low).capitalize(),), 1
    return (stem(word.low),), 1


def _named(name: str, kind: str, own: frozenset[str], before: str, said: Sequence[_Word]) -> tuple[str, ...]:
    code, how = _names()[name]
    if how == "seat":  # `Treaty of Lima`, `Minsk accords` are names; `Lima-Santiago talks` and `talks in Vienna` say who and where
        if (code in own and before != "of") or _is_venue(kind, before):
            return ()
        return tuple(plain_word(w.low).capitalize() for w in said)
    if code in own:
        return ()
    return tuple(p.capitalize() for p in code.split("-")) if how == "place" else (code,)


def _is_venue(kind: str, before: str) -> bool:
    """Talks and signings stand *in* or *at* a town that has nothing to do with them."""
    return kind in ("negotiation", "agreement") and before in ("in", "at")


def _fits(matter: str, kind: str, own: frozenset[str]) -> bool:
    told = resources.load("en/matter-names.yaml")["matters"][matter]
    return kind in told.get("kinds", NAMED_BY_DEFAULT) and ("sides" not in told or not own.isdisjoint(told["sides"]))


def _words(subject: str, own: frozenset[str]) -> Iterator[_Word]:
    """Words in order; a compound is taken apart where a part of it names a side (`Iran-US talks`)."""
    for found in MARKS.finditer(subject):
        said = found.group()
        parts = said.split("-")
        names = _names()
        if len(parts) > 1 and folded(said) not in names and any(p[:1].isupper() and folded(p) in names and names[folded(p)][0] in own for p in parts):
            yield from (_Word(p, folded(p)) for p in parts if p)
        else:
            low = folded(said).replace("’", "'").removesuffix("'s").removesuffix("'")
            yield _Word(said, low)


def _key(name: str) -> str:
    """A name in words as `_words` gives them."""
    return " ".join(w.low for w in _words(name, frozenset()))


@cache
def _matters() -> dict[str, str]:
    told = resources.load("en/matter-names.yaml")["matters"]
    return {key: matter for matter, entry in told.items() for name in entry["names"] for key in (_key(name), _key(name.replace("-", " ")))}


@cache
def _lower() -> frozenset[str]:
    """Names of matters that are no proper names (`six-party talks`)."""
    told = resources.load("en/matter-names.yaml")["matters"]
    return frozenset(_key(name) for entry in told.values() for name in entry["names"] if name.islower())


@cache
def _places() -> dict[str, tuple[str, ...]]:
    told = resources.load("en/matter-names.yaml")["places"]
    return {_key(name): tuple(plain_word(w.low).capitalize() for w in _words(place, frozenset())) for place, names in told.items() for name in (place, *names)}


@cache
def _another() -> frozenset[str]:
    return frozenset(resources.load("en/affairs_nouns.yaml")["another"])


@cache
def generic(kind: str) -> frozenset[str]:
    """Stems that tell the kind or the status of an affair and not what it is about."""
    nouns, told, deeds = (resources.load(f"en/affairs_{name}.yaml") for name in ("nouns", "status", "deeds"))
    words = {name.split()[-1] for name in nouns[kind]} | set(told.get(kind, ())) | set(nouns["plain"]) | set(nouns["another"]) | set(nouns["taking_up"])
    if kind == "negotiation":
        words |= {*deeds["meeting"], *nouns["agreement"]}
    if kind == "agreement":
        words |= {*deeds["meeting"], *nouns["negotiation"], "negotiate"}
    if kind == "hostilities":
        words |= {*deeds["fighting"], *deeds["fire"]}
    words |= set(resources.load("en/matter-names.yaml")["plain"].get(kind, ()))
    return frozenset(stem(w) for w in words if " " not in w)


@cache
def _names() -> dict[str, tuple[str, How]]:
    """What names states, bodies and places, by the name in lower case: the code or the place, and in which way."""
    from dragoman.actors.world import FILES

    files = b"".join(resources.raw(f"actors/{name}.yaml") for name in FILES)
    made: dict[str, tuple[str, How]] = resources.kept("names-of-sides", version("dragoman").encode() + files, _made)
    return made


def _made() -> dict[str, tuple[str, How]]:
    from dragoman.actors.world import World

    found: dict[str, tuple[str, How]] = {}
    for name, meanings in World().names():
        for meaning in meanings:
            entry = meaning.entry
            kind, _, rest = entry.id.partition(":")
            if kind in ("place", "nobody"):
                found.setdefault(_plain_key(name), (rest, "place"))
            elif kind in ("state", "igo") and entry.acts_for:
                how: How = "seat" if meaning.how == "seat" else "demonym" if meaning.how == "demonym" else "name"
                found[_plain_key(name)] = (entry.acts_for, how)
    return found


def _plain_key(name: str) -> str:
    return " ".join(folded(w).replace("’", "'").removesuffix("'s").removesuffix("'") for w in MARKS.findall(name))
