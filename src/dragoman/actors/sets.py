"""Sets and definite descriptions: `the two countries`, `both sides`, `the North`, `the bloc`."""

from __future__ import annotations

from dragoman.actors.drafts import Drafts
from dragoman.actors.lexicon import Description, references
from dragoman.actors.pronouns import clause_subject
from dragoman.actors.salience import Referent, Salience
from dragoman.actors.two import likeliest_two, main_two
from dragoman.actors.words import Words

NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "2": 2, "3": 3, "4": 4, "5": 5}
DEFINITE = frozenset({"the", "these", "those", "both", "all", "his", "their", "our"})
REACH = 6  # sentences
SIDES = frozenset({"side", "party", "foe", "enemy", "rival", "adversary", "faction", "camp"})
OFTEN = 1.5  # how much more than another a state weighs that is named most of all in the report
ADDRESSING = frozenset({"on", "upon", "to", "with", "against", "at"})
COUNTRIES = frozenset({"country", "nation", "republic", "kingdom", "neighbour", "neighbor", "capital", "government"})


def set_at(drafts: Drafts, salience: Salience, i: int) -> tuple[Referent, int, int, float] | None:
    """Whom a set headed by token `i` stands for.

    Returns:
        (ids, start, end, confidence) with token bounds; None where `i` heads no set or its members cannot be told.
    """
    words = drafts.words
    known = references()
    lower = words.lower[i]
    if lower in ("other", "another") and i and words.lower[i - 1] in ("each", "one"):
        return _reciprocal(drafts, salience, i)
    if lower in known.fixed_sets and (_count(words, i) or _is_named_set(words, i)):
        return tuple(s for c in known.fixed_sets[lower] if (s := drafts.state(c))), words.left(i), i + 1, 0.95
    lemma = words.lemma[i]
    persons = lemma in known.set_persons
    if not persons and lemma not in known.set_states | known.set_bodies and lower not in ("both", "pair", "two", "duo"):
        return None
    if lower in ("both", "pair", "two", "duo"):
        return _pair(drafts, salience, i)
    count = _count(words, i)
    if (
        count is None
        and lower in known.bare_sets
        and _determiner(words, i) == "the"
        and not any(words.dep[c] in ("compound", "poss", "prep", "relcl", "nmod", "acl") or words.lower[c] in ("other", "all", "several", "many") for c in words.kids[i])
    ):
        count = 2
    if count is None or any(c in drafts.heads for c in words.kids[i] if words.dep[c] in ("amod", "compound", "nmod", "poss")):
        return None
    ids = _members(drafts, salience, i, count, persons=persons)
    return (ids, words.left(i), i + 1, 0.75 if count == 2 else 0.6) if ids else None


def each_of_a_state(drafts: Drafts, salience: Salience, i: int) -> Referent:
    """`the foreign ministers`, `the three presidents`: the states of an office that each has once, of so many as are told; none where more come into question than that, or fewer."""
    count = _count(drafts.words, i) or (2 if _determiner(drafts.words, i) == "the" else None)
    if count is None:
        return ()
    weights = {s: w for s, w in weights_in_mind(drafts, salience, i).items() if drafts.actors[s].kind == "state"}
    if count == 2:
        return likeliest_two(drafts, salience, i, weights)
    return tuple(sorted(weights, key=lambda s: -weights[s])) if len(weights) == count else ()


def described(drafts: Drafts, salience: Salience, i: int) -> tuple[str, int, float] | None:
    """Whom a definite noun such as `the kingdom` stands for.

    Returns:
        (id, start, confidence) with the token at which the phrase begins; None where it stands for nobody named before.
    """
    words = drafts.words
    lower = words.lower[i]
    known = references().descriptions
    noun = f"{words.lower[i - 1]} {lower}" if i and f"{words.lower[i - 1]} {lower}" in known else lower
    told = known.get(noun)
    if told is None or (words.tag[i] in ("NNS", "NNPS") and noun != "islands"):
        return None
    start = words.left(i)
    if _determiner(words, i) not in ("the", "this", "that") or any(words.dep[c] in ("poss", "nummod") for c in words.kids[i]):
        return None
    if any(words.dep[c] == "prep" and words.lower[c] == "of" for c in words.kids[i]) or (words.dep[i] in ("compound", "amod", "nmod") and noun not in ("north", "south")):
        return None
    if told.capital and not words.text[i][0].isupper():
        return None
    if words.dep[i] == "compound" and noun in ("north", "south"):
        return None
    if any(
        words.dep[c] in ("relcl", "acl", "prep") and noun in ("country", "nation", "state", "group", "company", "firm", "organization", "organisation")
        for c in words.kids[i]
        if c > i and words.lower[c] != "in"
    ):
        return None
    if any(c in drafts.heads and words.dep[c] in ("amod", "compound") for c in words.kids[i]):
        return None
    id = _candidate(drafts, salience, i, told)
    return (id, start, 0.7) if id else None


def states_in_mind(drafts: Drafts, salience: Salience, i: int, *, reach: int = REACH, groups: bool = False) -> list[str]:
    """Ids of states and bodies in mind, heaviest first, each once by the code for which its people act.

    Args:
        drafts: The cast so far.
        salience: Who is in mind.
        i: Token index from which to look back.
        reach: How many sentences back.
        groups: Whether known armed groups count too, which act for no state.
    """
    weights = weights_in_mind(drafts, salience, i, reach=reach, groups=groups)
    return sorted(weights, key=lambda x: -weights[x])


def weights_in_mind(drafts: Drafts, salience: Salience, i: int, *, reach: int = REACH, groups: bool = False) -> dict[str, float]:
    """Weights of those in mind by id; arguments as for `states_in_mind`."""
    weights: dict[str, float] = {}
    most = max(salience.named.values(), default=1)
    for weight, ids in salience.ranked(i, reach=reach):
        for id in ids:
            actor = drafts.actors[id]
            if actor.acts_for:
                share = weight if actor.kind in ("state", "igo") else 0.8 * weight
                share *= 1 + OFTEN * salience.named.get(actor.acts_for, 0) / most
                weights[actor.acts_for] = weights.get(actor.acts_for, 0.0) + share
            elif groups and actor.kind == "group" and actor.entry is not None:
                weights[id] = weights.get(id, 0.0) + weight * (1 + OFTEN * salience.named.get(id, 0) / most)
    return {known: weight for code, weight in weights.items() if (known := code if code in drafts.actors else drafts.state(code))}


def _is_named_set(words: Words, i: int) -> bool:
    """`the West`: a set by its own name; not `the West Bank`, `the west of the country`."""
    alone = words.dep[i] not in ("compound", "amod", "nmod") and not any(words.dep[c] in ("compound", "amod", "poss") or words.lower[c] == "of" for c in words.kids[i])
    return words.text[i].istitle() and _determiner(words, i) == "the" and alone


def _count(words: Words, i: int) -> int | None:
    """How many a definite plural says they are."""
    determiner = _determiner(words, i)
    number = next((NUMBERS[words.lower[c]] for c in words.kids[i] if words.dep[c] in ("nummod", "det", "predet") and words.lower[c] in NUMBERS), None)
    if determiner == "both" or any(words.lower[c] == "both" for c in words.kids[i]):
        return 2
    if determiner == "either" or (determiner == "neither" and words.lemma[i] in ("side", "country", "party", "government")):
        return 2
    return number if number and (determiner in DEFINITE or any(words.lower[c] == "all" for c in words.kids[i])) else None


def _determiner(words: Words, i: int) -> str:
    return next((words.lower[c] for c in words.kids[i] if words.dep[c] in ("det", "predet", "poss") or words.lower[c] == "the"), "")


def _members(drafts: Drafts, salience: Salience, i: int, count: int, *, persons: bool) -> Referent:
    """The members of a set: a coordination of just so many named lately, else the states or people most in mind."""
    now = drafts.words.sentence[i]
    urging = _clause_codes(drafts, i)  # `Doha is in touch with both sides`, `Doha and Oslo urged both sides`: they are none of them
    acting = urging if _is_acted_upon(drafts.words, i) else set()
    for _, ids in salience.ranked(i, reach=1 if count == 2 else 2):
        if (
            len(ids) == count
            and not any((drafts.actors[x].acts_for or x) in acting for x in ids)
            and (count > 2 or salience.subject.get(ids, -1) >= 0)
            and count > 1
            and all((drafts.actors[x].kind == "person") == persons and (persons or drafts.actors[x].kind in ("state", "igo", "group", "organization")) for x in ids)
        ):
            return ids
    if persons:
        found: dict[str, str] = {}
        for _, ids in salience.ranked(i, reach=4):
            actor = drafts.actors[ids[0]]
            if len(ids) == 1 and actor.kind == "person" and not actor.plural:
                found.setdefault(actor.acts_for or actor.id, actor.id)
        if len(found) >= count:
            return tuple(list(found.values())[:count])
        if count == 2:
            states = states_in_mind(drafts, salience, i)
            return tuple(states[:2]) if len(states) >= 2 else ()
        return ()
    lemma = drafts.words.lemma[i]
    weights = weights_in_mind(drafts, salience, i, groups=lemma in SIDES)
    if count == 2:
        weights |= {s: 0.0 for s in main_two(drafts, salience, states=lemma not in SIDES) if s not in weights}
    if lemma in COUNTRIES or lemma in references().set_bodies:
        weights = {s: w for s, w in weights.items() if drafts.actors[s].kind == "state"}
    elif lemma in SIDES:
        weights = {s: w for s, w in weights.items() if drafts.actors[s].kind != "igo"}
    if len(others := {s: w for s, w in weights.items() if (drafts.actors[s].acts_for or s) not in urging}) >= count:
        weights = others
    if count == 2:
        return likeliest_two(drafts, salience, i, weights)
    states = sorted(weights, key=lambda s: -weights[s])
    if len(states) > count:
        lately = [s for s in states if now - salience.sentence.get((s,), -9) <= 1]
        states = lately if len(lately) == count else states
    return tuple(states[:count]) if len(states) >= count else ()


def _clause_codes(drafts: Drafts, i: int) -> set[str]:
    if drafts.words.role(i)[0] in ("nsubj", "nsubjpass"):
        return set()
    subject = clause_subject(drafts.words, i)
    told = drafts.words.conjuncts(subject) if subject is not None else []
    return {drafts.actors[x].acts_for or x for c in told for x in drafts.heads.get(c, ())}


def _is_acted_upon(words: Words, i: int) -> bool:
    """Whether a phrase is what its verb acts upon (`urged both sides`, `called on both sides`): then it is somebody else than the subject."""
    dep, governor = words.role(i)
    if dep == "pobj":
        return words.lower[governor] in ADDRESSING and words.pos[words.head[governor]] == "VERB"
    return dep in ("dobj", "dative") and words.pos[governor] == "VERB"


def _pair(drafts: Drafts, salience: Salience, i: int) -> tuple[Referent, int, int, float] | None:
    """`the pair`, `the two`, `both` by themselves: two people named together, else two states."""
    words = drafts.words
    if words.kids[i] and any(words.dep[c] in ("prep", "relcl", "amod", "compound") for c in words.kids[i]):
        return None
    if words.lower[i] != "both" and _determiner(words, i) != "the":
        return None
    if words.dep[i] not in ("nsubj", "nsubjpass", "pobj", "dobj"):
        return None
    for _, ids in salience.ranked(i, reach=1):
        if len(ids) == 2:
            return ids, words.left(i), i + 1, 0.7
    ids = _members(drafts, salience, i, 2, persons=words.lower[i] in ("pair", "duo"))
    return (ids, words.left(i), i + 1, 0.55) if ids else None


def _reciprocal(drafts: Drafts, salience: Salience, i: int) -> tuple[Referent, int, int, float] | None:
    """`each other`: the members of the clause's plural subject."""
    words = drafts.words
    subject = clause_subject(words, i)
    ids: Referent = ()
    if subject is not None:
        ids = tuple(dict.fromkeys(x for c in words.conjuncts(subject) for x in drafts.heads.get(c, ())))
    if len(ids) < 2:
        ids = next((r for _, r in salience.ranked(i, reach=1) if len(r) == 2), ())
    return (ids, i - 1, i + 1, 0.75) if ids else None


def _candidate(drafts: Drafts, salience: Salience, i: int, told: Description) -> str | None:
    if told.without & {a.country for a in drafts.actors.values() if a.kind == "state"}:
        return None
    words = drafts.words
    governor = words.head[i]
    barred = {x for c in words.kids[governor] if words.dep[c] in ("nsubj", "dobj") and c != i for x in drafts.heads.get(c, ())} if words.dep[i] in ("dobj", "nsubj") else set()
    continents = next((references().continents[words.lower[c]] for c in words.kids[i] if words.lower[c] in references().continents), None)
    for _, ids in salience.ranked(i, reach=8):
        actor = drafts.actors[ids[0]]
        if len(ids) > 1 or actor.plural or actor.id in barred or (continents and (actor.entry is None or actor.entry.continent not in continents)):
            continue
        if (
            (actor.acts_for in told.only and actor.kind in ("state", "igo"))
            or (actor.kind in told.kinds and not told.only)
            or (told.only and actor.kind in told.kinds and actor.kind != "state")
        ):
            return actor.id
    if told.only:
        for code in sorted(told.only):
            if (known := drafts.world.code(code)) and known.id in drafts.actors:
                return known.id
        if words.lower[i] in ("north", "south") and ("state:PRK" in drafts.actors or "state:KOR" in drafts.actors):
            return drafts.state(next(iter(told.only)))
    entry = drafts.world.code(told.default) if told.default else None
    return entry.id if entry and entry.id in drafts.actors else None
