"""Who sets a condition and who has to act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.conditions.clauses import ASKING, has_own_subject, is_willing
from dragoman.conditions.frames import VERBAL, Draft, Side
from dragoman.conditions.voices import Voice
from dragoman.language.grammar import agents, children, is_passive, own_subjects, prepositional, subjects, with_conjuncts
from dragoman.records import Event

LAST = 6  # the last of the guesses at who owes: the one who speaks, where another holds
DEMANDED = ("before", "in_return")
PERSONAL = frozenset({"he", "she", "i", "me"})
OPEN_PRONOUNS = frozenset({"it", "they", "them", "its", "their", "this", "that", "we", "us", "you"})


def _unique(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def is_political(cast: Cast, actor_id: str) -> bool:
    """Whether an actor can be a party: it acts for a state or a body, or it has a name and is no mere thing of the text."""
    actor = cast.actors[actor_id]
    return actor.acts_for is not None or (actor.kind not in ("place", "media") and actor.name[:1].isupper() and actor.kind != "person")


def in_side(cast: Cast, part: Side) -> tuple[str, ...]:
    """Everybody named in one side, in text order."""
    return _unique(i for t in part.head.doc[part.start : part.end] for i in cast.at(t))


def owner_of(cast: Cast, noun: Token) -> tuple[str, ...]:
    """Who a noun phrase is or whose thing it is, named anywhere in it if need be."""
    return cast.of(noun) or cast.owners(noun) or cast.within(noun)


def performers(cast: Cast, head: Token) -> tuple[str, ...]:
    """Who would do what a verb or a noun of action says; of a passive its agents."""
    if head.pos_ in VERBAL:
        if is_passive(head):
            return _unique(i for a in agents(head) for i in owner_of(cast, a))
        return _unique(i for s in subjects(head) for i in owner_of(cast, s))
    return _unique((*cast.owners(head), *(i for a in agents(head) for i in cast.of(a)), *cast.of(head)))


def setter(cast: Cast, drafted: Draft, heard: Voice, owed: tuple[str, ...]) -> str | None:
    """Who holds what depends: the one who would do it, else the one who says so; None where nobody can be told.

    `Peskov said Turkey would resume its offensive if …` → Turkey. `Kerry said no funds would be released until …` → Kerry.
    """
    owed_codes = set(cast.codes(owed))
    first = (heard.speakers, _doers(cast, drafted)) if drafted.rule == "before:duty" else (_doers(cast, drafted), heard.speakers)
    tiers = (*first, _owning_doers(cast, drafted), _first_named(cast, drafted), in_side(cast, drafted.consequent))
    for political in (True, False):
        for tier in tiers[: 5 if political else 2]:
            for actor in tier:
                if cast.code(actor) not in owed_codes and (not political or is_political(cast, actor)):
                    return actor
    return None


def _doers(cast: Cast, drafted: Draft) -> tuple[str, ...]:
    """Who would bring the consequent about by his own act."""
    head = drafted.consequent.head
    own = head.pos_ in VERBAL and has_own_subject(head) and drafted.kind not in DEMANDED
    if drafted.commitment is not None and not own and drafted.rule != "in_return:verb":
        found = _unique(i for s in subjects(drafted.commitment) for i in (cast.of(s) or cast.owners(s)))
        if found:
            return found
    if head.pos_ not in VERBAL and not has_own_subject(head):
        return ()
    if is_passive(head) and not is_willing(head):
        return _unique(i for a in agents(head) for i in owner_of(cast, a))
    if head.dep_ == "xcomp" and head.head.lemma_ in ASKING:
        asked = _unique(i for _, n in prepositional(head.head, "on", "upon", "for") for i in cast.of(n))
        return asked or _unique(i for s in subjects(head) for i in cast.of(s))
    found = _unique(i for s in subjects(head) for i in cast.of(s))
    if not found and head.tag_ == "VB" and head.head.dep_ == "ROOT" and head.head.pos_ not in VERBAL:
        return cast.of(head.head)  # a headline: `EU to fund the camps if …`
    return found


def _owning_doers(cast: Cast, drafted: Draft) -> tuple[str, ...]:
    """Whose thing the subject of the consequent is: `American flights will stop`, `cut Iran's work in return for`."""
    head = drafted.consequent.head
    if head.pos_ not in VERBAL:
        return cast.owners(head)
    things = [*subjects(head), *own_subjects(head), *(children(head, "dobj") if drafted.kind == "in_return" else [])]
    return _unique(i for s in things for i in cast.owners(s))


def _first_named(cast: Cast, drafted: Draft) -> tuple[str, ...]:
    """Who is named before the condition in its sentence, a subject first."""
    start = min(drafted.consequent.start, drafted.antecedent.start)
    sent = drafted.main.sent
    before = [t for t in sent.doc[sent.start : start] if cast.at(t)]
    return _unique(i for t in sorted(before, key=lambda t: (t.dep_ not in ("nsubj", "nsubjpass"), t.i)) for i in cast.at(t))


def owing(cast: Cast, drafted: Draft, heard: Voice) -> tuple[str, ...]:
    """Who would bring the antecedent about; guessed from who else is named where the clause itself does not say."""
    doers = _doers(cast, drafted)
    held = set(cast.codes(heard.speakers[:1] or doers if drafted.rule == "before:duty" else doers or heard.speakers[:1]))
    vague = _is_vague(drafted)
    if (
        not vague
        and drafted.commitment is None
        and doers
        and heard.speakers
        and drafted.consequent.head.pos_ in VERBAL
        and set(cast.codes(_named_performers(cast, drafted))) & held
    ):
        held = set(cast.codes(heard.speakers[:1]))  # `Trump said Caracas would pay unless Caracas obeyed`: the one who pays sets nothing
    speaking = held | set(cast.codes(heard.speakers))
    for political in (True, False):
        for number, found in enumerate(_candidates(cast, drafted, heard)):
            if vague and number == 2:
                continue
            out = held if number < 2 or number == LAST else speaking
            others = tuple(i for i in found if cast.code(i) not in out and (not political or is_political(cast, i)))
            if others:
                return others if number < 3 else others[:1]
    return ()


def _is_vague(drafted: Draft) -> bool:
    """Whether a pronoun stands for whoever has to act: what it was taken for may be the holder, the other side is then in the consequent."""
    head = drafted.antecedent.head
    return head.pos_ in VERBAL and any(s.lower_ in ("it", "they") for s in own_subjects(head))


def _named_performers(cast: Cast, drafted: Draft) -> tuple[str, ...]:
    return performers(cast, drafted.antecedent.head)


def _candidates(cast: Cast, drafted: Draft, heard: Voice) -> Iterator[tuple[str, ...]]:
    antecedent, head = drafted.antecedent, drafted.antecedent.head
    inside = range(antecedent.start, antecedent.end)
    heads = [head, *(t for t in with_conjuncts(head)[1:] if t.pos_ in VERBAL and t.i in inside)] if head.pos_ in VERBAL else [head]
    yield _unique(i for v in heads for i in performers(cast, v))
    yield _unique(i for v in heads if v.pos_ in VERBAL for s in own_subjects(v) for i in owner_of(cast, s))
    yield in_side(cast, antecedent)
    yield in_side(cast, drafted.consequent)
    yield heard.addressees
    yield _unique(i for t in drafted.main.sent for i in cast.at(t))
    yield heard.speakers


def counterpart(cast: Cast, events: Sequence[Event], holder: str | None) -> tuple[str, ...]:
    """The other side of most acts in which the holder has part; empty where the report tells of none. For a condition whose own sentence names nobody else."""
    if holder is None:
        return ()
    own = cast.code(holder)
    count: Counter[str] = Counter()
    for event in events:
        for here, there in ((event.sources, event.targets), (event.targets, event.sources)):
            if own in cast.codes(here):
                count.update(i for i in there if cast.code(i) != own and is_political(cast, i))
    return (max(count, key=lambda i: (count[i], i)),) if count else ()


def is_own_clause(cast: Cast, drafted: Draft, holder: str | None) -> bool:
    """Whether the antecedent is the holder's own doing or state: `as long as I am president`."""
    head = drafted.antecedent.head
    if head.pos_ not in VERBAL or is_passive(head):
        return False
    nouns = own_subjects(head)
    if not nouns or nouns[0].lower_ in OPEN_PRONOUNS:
        return False
    ids = set(cast.codes(_unique(i for n in nouns for i in cast.of(n))))
    if nouns[0].lower_ in PERSONAL:
        return not ids or holder is None or cast.code(holder) in ids
    return holder is not None and ids == {cast.code(holder)}
