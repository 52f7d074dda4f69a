"""Who sets a condition and who has to act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.conditions.clauses import ASKING, has_own_subject, is_willing
from dragoman.conditions.connectives import words
from dragoman.conditions.polarity import is_held_back, is_hostile
from dragoman.conditions.sides import VERBAL, Draft, Side
from dragoman.conditions.standing import home_state, is_political, principals, unique
from dragoman.conditions.voices import Voice
from dragoman.language.grammar import agents, children, is_passive, own_subjects, prepositional, subjects, with_conjuncts
from dragoman.records import Event

STRONG = frozenset({"act", "measure", "passive", "subject"})  # where several named together all have to act
BLOWS = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "ACCUSE", "THREATEN"})
DEMANDED = ("before", "in_return")
PERSONAL = frozenset({"he", "she", "i", "me"})
VENUES = frozenset({"to", "before", "at"})
THIRD = frozenset({"they", "it", "he", "she", "you"})
OPEN_PRONOUNS = frozenset({"it", "they", "them", "its", "their", "this", "that", "we", "us", "you"})


def in_side(cast: Cast, part: Side) -> tuple[str, ...]:
    """Everybody named in one side, in text order; in `Chadian rebels` the rebels alone."""
    return unique(i for t in part.head.doc[part.start : part.end] if not _is_within_name(cast, t) for i in cast.at(t))


def _is_within_name(cast: Cast, token: Token) -> bool:
    """Whether a name only tells of which land another party is."""
    return token.dep_ in ("amod", "compound", "nmod", "poss") and any(is_political(cast, i) for i in cast.at(token.head))


def owner_of(cast: Cast, noun: Token) -> tuple[str, ...]:
    """Who a noun phrase is or whose thing it is, named anywhere in it if need be."""
    return cast.of(noun) or cast.owners(noun) or cast.within(noun)


def performers(cast: Cast, head: Token) -> tuple[str, ...]:
    """Who would do what a verb or a noun of action says; of a passive its agents."""
    if head.pos_ in VERBAL:
        if is_passive(head):
            return unique(i for a in agents(head) for i in owner_of(cast, a))
        return unique(i for s in subjects(head) for i in owner_of(cast, s))
    return unique((*cast.owners(head), *(i for a in agents(head) for i in cast.of(a)), *cast.of(head)))


def setter(cast: Cast, drafted: Draft, heard: Voice, owed: tuple[str, ...]) -> str | None:
    """Who holds what depends: the one who would do it, else the one who says so; None where nobody can be told.

    `Peskov said Turkey would resume its offensive if …` → Turkey. `Kerry said no funds would be released until …` → Kerry.
    """
    owed_codes = set(cast.codes(owed))
    doers = _doers(cast, drafted, heard)
    first = (heard.speakers, doers) if drafted.rule == "before:duty" else (doers, heard.speakers)
    named = () if drafted.commitment is not None else in_side(cast, drafted.consequent)  # `refused to send envoys to Nairobi`: not Kenya
    tiers = tuple(principals(cast, tier) for tier in (*first, _owning_doers(cast, drafted), _first_named(cast, drafted), named))
    for political in (True, False):
        for tier in tiers[: 5 if political else 2]:
            for actor in tier:
                if cast.code(actor) not in owed_codes and (not political or is_political(cast, actor)):
                    return actor if political else home_state(cast, actor)
    return None


def _doers(cast: Cast, drafted: Draft, heard: Voice) -> tuple[str, ...]:
    """Who would bring the consequent about by his own act."""
    if heard.binds:
        return heard.speakers
    head = drafted.consequent.head
    own = head.pos_ in VERBAL and has_own_subject(head) and drafted.kind not in DEMANDED
    if drafted.commitment is not None and not own and drafted.rule != "in_return:verb":
        found = unique(i for s in subjects(drafted.commitment) for i in (cast.of(s) or cast.owners(s)))
        if found:
            return found
    if head.pos_ not in VERBAL and not has_own_subject(head):
        return ()
    if head.lemma_ in ("see", "have") and (caused := children(head, "ccomp")):  # `a pact that would see French troops leave in exchange for …`
        return unique(i for s in subjects(caused[0]) for i in owner_of(cast, s))
    if (
        head.lemma_ in words("outcomes", "bearing") and drafted.commitment is None and drafted.kind in ("if", "unless", "until")
    ):  # `Chad would face a blockade`: who bears it does not set it
        return ()
    if _is_same_pronoun(head, drafted.antecedent.head):  # `if they cross, they will have no quiet`: who pays holds nothing
        return ()
    if is_passive(head) and not is_willing(head):
        return unique(i for a in agents(head) for i in owner_of(cast, a))
    if head.dep_ == "xcomp" and head.head.lemma_ in ASKING:
        asked = unique(i for _, n in prepositional(head.head, "on", "upon", "for") for i in cast.of(n))
        return asked or unique(i for s in subjects(head) for i in cast.of(s))
    found = unique(i for s in subjects(head) for i in cast.of(s))
    if not found and head.tag_ == "VB" and head.head.dep_ == "ROOT" and head.head.pos_ not in VERBAL:
        return cast.of(head.head)  # a headline: `EU to fund the camps if …`
    return found


def _is_same_pronoun(head: Token, other: Token) -> bool:
    """Whether two clauses have the same `they` as subject."""
    here, there = ({s.lower_ for s in own_subjects(v)} if v.pos_ in VERBAL else set() for v in (head, other))
    return bool(here & there & THIRD)


def _owning_doers(cast: Cast, drafted: Draft) -> tuple[str, ...]:
    """Whose thing the subject of the consequent is: `American flights will stop`, `cut Iran's work in return for`."""
    head = drafted.consequent.head
    if head.pos_ not in VERBAL:
        return () if head.lemma_ in words("outcomes", "received") else cast.owners(head)
    things = [*subjects(head), *own_subjects(head), *(children(head, "dobj") if drafted.kind == "in_return" else [])]
    return unique(i for s in things for i in cast.owners(s))


def _first_named(cast: Cast, drafted: Draft) -> tuple[str, ...]:
    """Who is named before the condition in its sentence, a subject first."""
    start = min(drafted.consequent.start, drafted.antecedent.start)
    sent = drafted.main.sent
    before = [t for t in sent.doc[sent.start : start] if cast.at(t) and not _is_within_name(cast, t)]
    return unique(i for t in sorted(before, key=lambda t: (t.dep_ not in ("nsubj", "nsubjpass"), t.i)) for i in cast.at(t))


def owing(cast: Cast, drafted: Draft, heard: Voice, events: Sequence[Event] = ()) -> tuple[str, ...]:
    """Who would bring the antecedent about; guessed from who else is named, or whom the news tells of, where the clause itself does not say."""
    doers = principals(cast, _doers(cast, drafted, heard))
    acting = tuple(i for i in doers if is_political(cast, i)) or (() if heard.speakers else doers)
    held = set(cast.codes(heard.speakers[:1] or acting if drafted.rule == "before:duty" else acting or heard.speakers[:1]))
    vague = _is_vague(drafted)
    performing = performers(cast, drafted.antecedent.head)
    if not vague and drafted.commitment is None and doers and heard.speakers and drafted.consequent.head.pos_ in VERBAL and set(cast.codes(performing)) & held:
        held = set(cast.codes(heard.speakers[:1]))  # `Trump said Caracas would pay unless Caracas obeyed`: the one who pays sets nothing
    speaking = held | set(cast.codes(heard.speakers))
    dealings = _dealings(cast, events, speaking)
    weak: tuple[str, ...] = ()
    for tier, named in _candidates(cast, drafted, heard, events, held):
        if vague and tier == "antecedent":
            continue
        out = held if (tier in STRONG and not vague) or tier == "speaker" else speaking
        found = tuple(i for i in principals(cast, named) if cast.code(i) not in out and cast.actors[i].kind not in ("media", "place"))
        political = tuple(i for i in found if is_political(cast, i))
        if political:
            return political if tier in STRONG else _nearest(political, dealings, cast) if tier in ("consequent", "sentence") else political[:1]
        weak = weak or (found if tier in STRONG else found[:1])
    return unique(home_state(cast, i) for i in weak)


def _dealings(cast: Cast, events: Sequence[Event], held: set[str]) -> Counter[str]:
    """How many acts the report tells between the holder (by codes) and each other side (by code)."""
    count: Counter[str] = Counter()
    for event in events:
        sides = set(cast.codes((*event.sources, *event.targets)))
        if sides & held:
            count.update(sides - held)
    return count


def _nearest(named: tuple[str, ...], dealings: Counter[str], cast: Cast) -> tuple[str, ...]:
    """Of several who are only named, the one with whom the holder has most to do: `will take it to the U.N. if the gates are shut` asks nothing of the U.N."""
    return (max(named, key=lambda i: (dealings[cast.code(i)], -named.index(i))),)


def _is_vague(drafted: Draft) -> bool:
    """Whether a pronoun stands for whoever has to act: what it was taken for may be the holder, the other side is then in the consequent."""
    head = drafted.antecedent.head
    return head.pos_ in VERBAL and any(s.lower_ in ("it", "they") for s in own_subjects(head))


def _candidates(cast: Cast, drafted: Draft, heard: Voice, events: Sequence[Event], held: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Who may have to act, the likeliest first, each with where he was found."""
    antecedent, head = drafted.antecedent, drafted.antecedent.head
    inside = range(antecedent.start, antecedent.end)
    heads = [head, *(t for t in with_conjuncts(head)[1:] if t.pos_ in VERBAL and t.i in inside)] if head.pos_ in VERBAL else [head]
    yield "act", unique(i for v in heads for i in performers(cast, v))
    if any(t.lemma_.lower() in words("outcomes", "measures") for t in head.doc[antecedent.start : antecedent.end]):
        yield "measure", _imposing(cast, events, held)
    if head.pos_ in VERBAL and is_passive(head) and head.lemma_ in words("outcomes", "freeing"):
        yield "measure", _holding(cast, events, held)
    yield "passive", _of_passive(cast, drafted, head)
    yield "subject", unique(i for v in heads if v.pos_ in VERBAL for s in own_subjects(v) for i in owner_of(cast, s))
    yield "antecedent", in_side(cast, antecedent)
    yield "consequent", _concerned(cast, drafted.consequent)
    yield "addressee", heard.addressees
    yield "sentence", unique(i for t in drafted.main.sent for i in cast.at(t))
    yield "news", counterpart(cast, events, held, hostile=is_hostile(antecedent))
    yield "speaker", heard.speakers


def _concerned(cast: Cast, part: Side) -> tuple[str, ...]:
    """Everybody named in a consequent but those whose measures it threatens: `will seek U.N. sanctions` asks nothing of the U.N."""
    measures = words("outcomes", "measures")
    stretch = part.head.doc[part.start : part.end]
    means = {i for t in stretch if t.dep_ in ("compound", "amod", "nmod") and t.head.lemma_ in measures for i in cast.at(t)}
    means |= {
        i for t in stretch if t.dep_ == "pobj" and t.head.lower_ in VENUES for i in cast.at(t) if cast.actors[i].kind == "igo" and part.head.lemma_ in words("outcomes", "bringing")
    }
    return tuple(i for i in in_side(cast, part) if i not in means)


def _of_passive(cast: Cast, drafted: Draft, head: Token) -> tuple[str, ...]:
    """Whom the consequent concerns, where the antecedent is passive and hides who would do it: `no embassy in Israel until the Palestinian question is settled`."""
    if head.pos_ not in VERBAL or not is_passive(head) or agents(head):
        return ()
    owners = unique(i for s in own_subjects(head) for i in owner_of(cast, s))
    suffering, concerned = set(cast.codes(owners)), _concerned(cast, drafted.consequent)
    return owners if suffering & set(cast.codes(concerned)) else concerned


def _imposing(cast: Cast, events: Sequence[Event], held: set[str]) -> tuple[str, ...]:
    """Whose measures hit the holder by what the report tells: they alone can lift them."""
    return unique(i for e in events if e.cameo.startswith("163") and held & set(cast.codes(e.targets)) for i in e.sources)[:1]


def _holding(cast: Cast, events: Sequence[Event], held: set[str]) -> tuple[str, ...]:
    """Who holds people of the holder's side by what the report tells: `until the sailors are freed`."""
    return unique(i for e in events if e.type == "COERCE" and held & set(cast.codes(e.targets)) for i in e.sources)[:1]


def counterpart(cast: Cast, events: Sequence[Event], held: set[str], *, hostile: bool = False) -> tuple[str, ...]:
    """The other side of most acts in which the holder (by code) has part; empty where the report tells of none. For a condition whose own sentence names nobody else.

    Args:
        cast: Who is who.
        events: What the report tells.
        held: Codes of the holder.
        hostile: Whether the other side is told of as an attacker: then only blows against the holder count, where there are any.
    """
    count: Counter[str] = Counter()
    blows: Counter[str] = Counter()
    for event in events:
        for here, there in ((event.sources, event.targets), (event.targets, event.sources)):
            if held & set(cast.codes(here)):
                others = [i for i in there if cast.code(i) not in held and is_political(cast, i)]
                count.update(others)
                if here is event.targets and event.type in BLOWS:
                    blows.update(others)
    if hostile and blows:
        count = blows
    return (max(count, key=lambda i: (count[i], i)),) if count else ()


def is_own_clause(cast: Cast, drafted: Draft, holder: str | None) -> bool:
    """Whether the antecedent is the holder's own doing or state: `as long as I am president`."""
    head = drafted.antecedent.head
    if head.pos_ not in VERBAL or is_passive(head):
        return False
    nouns = own_subjects(head)
    if not nouns or nouns[0].lower_ in OPEN_PRONOUNS:
        return False
    if is_held_back(drafted) and any(c.dep_ == "poss" and c.lower_ in ("its", "their") for c in nouns[0].children):
        return False  # `refuses to talk to Sudan while its troops stay`: nobody holds a thing back for what his own men do
    ids = set(cast.codes(unique(i for n in nouns for i in cast.of(n))))
    if nouns[0].lower_ in PERSONAL:
        return not ids or holder is None or cast.code(holder) in ids
    return holder is not None and ids == {cast.code(holder)}
