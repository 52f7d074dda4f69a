"""The stage: document and earlier findings → events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.events.codes import code
from dragoman.events.context import Context, is_faceless
from dragoman.events.deeds import with_doers
from dragoman.events.drafts import Draft
from dragoman.events.frames import classes, lexicon
from dragoman.events.ground import Ground
from dragoman.events.nouns import nominal_drafts
from dragoman.events.refusals import refusals
from dragoman.events.roles import victims
from dragoman.events.sides import as_sides
from dragoman.events.speech import speech_drafts
from dragoman.events.status import MODALITIES, Verdict, judge_by
from dragoman.events.tellers import Bounds, Contents, Tellers, contents_of, is_announced, tellers_of
from dragoman.events.undone import without_undone
from dragoman.events.verbs import JUDGING, PARTICIPLE_BEFORE_NOUN, adjective_drafts, is_asked_for, mutual, verb_drafts
from dragoman.events.vows import harsh_vows
from dragoman.events.when import Timetable, date_among, timetable
from dragoman.language.document import Document
from dragoman.language.grammar import agents, ancestors, is_passive
from dragoman.records import Event, Place, Statement, TimeExpression
from dragoman.statements.constructions import asks_for_namelessness

SUPPLIED = 0.85  # share of the confidence that is left where a side is supplied from the context
GOODWILL = ("AGREE", "AID", "CONCEDE", "CONSULT", "COOPERATE", "RETREAT", "SUPPORT")  # what is promised: told as a plan, the promise is not told twice
BETWEEN = ("043", "045")  # what a third does between two: host their talks, mediate
GIVING = frozenset({"AGREE", "AID", "CONSULT", "MOBILIZE"})
TO_EACH_OTHER = frozenset({"RETREAT", "CONCEDE", "ASSAULT", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE", "SUPPORT"})
LOCATING = frozenset({"in", "at", "near", "outside", "off", "inside", "around"})
FARTHEST = 40  # tokens between an act and the place where it happens
GRAVE = ("ASSAULT", "COERCE")  # nobody is taken for the doer of these unless the sentence names him

type Where = dict[int, list[tuple[Token, Token, str]]]  # token index at which a sentence begins → a token of a place, the preposition over it, the place's id


def find_events(document: Document, cast: Cast, times: Sequence[TimeExpression], places: Sequence[Place], statements: Sequence[Statement]) -> tuple[Event, ...]:
    """Find who did what to whom, in text order.

    Args:
        document: The parsed report.
        cast: Who is who in it.
        times: Time expressions, for dates.
        places: Places, for where it happened.
        statements: Who said what: acts of speech come from them, and on whose word an act stands.
    """
    cast = as_sides(cast, document.doc)
    contents = contents_of(document, statements)
    tellers = tellers_of(document, statements, contents)
    drafts = _told_once(_completed(_drafts(document, cast, statements, contents), Context.of(document, cast), tellers, Ground.of(document, cast, places)), document, cast)
    dated, where = timetable(document, times), _located(document, places)
    return tuple(_event(n, draft, document, dated, where, tellers) for n, draft in enumerate(drafts, start=1))


def _drafts(document: Document, cast: Cast, statements: Sequence[Statement], contents: Contents) -> list[Draft]:
    """What verbs, nouns and statements give, no act twice, in text order."""
    drafts: list[Draft] = []
    used: set[int] = set()
    nouns: list[Token] = []
    adjectives = lexicon().adjectives
    for token in document.doc:
        if token.pos_ == "VERB" and token.dep_ not in PARTICIPLE_BEFORE_NOUN and not asks_for_namelessness(token):
            for draft, consumed in verb_drafts(token, cast):
                drafts.append(draft)
                used |= consumed
            if token.lower_ in adjectives:
                drafts += adjective_drafts(token, cast)
        elif token.pos_ == "AUX":
            if token.dep_ not in ("aux", "auxpass"):
                for draft, consumed in verb_drafts(token, cast):  # `are at war`, `is on a visit to Oslo`
                    drafts.append(draft)
                    used |= consumed
        elif token.pos_ == "ADJ":
            if token.lower_ in adjectives:
                drafts += adjective_drafts(token, cast)
        elif token.pos_ in ("NOUN", "PROPN"):
            nouns.append(token)
    drafts += nominal_drafts(iter(nouns), cast, used)
    drafts = list(refusals(list(harsh_vows(drafts)), cast))
    drafts = _with_speech(drafts, list(speech_drafts(document, cast, statements, contents)), document, cast, contents)
    return list(with_doers(sorted(without_undone(drafts), key=lambda d: (d.start, d.end)), cast))


def _completed(drafts: list[Draft], context: Context, tellers: Tellers, ground: Ground) -> list[Draft]:
    """Drafts with one side unsaid, or only described (`freed nine soldiers`), get the likeliest other side, and less confidence."""
    found: list[Draft] = []
    cast = context.cast
    faceless = {a.id for a in cast.actors.values() if is_faceless(a)}
    for draft in drafts:
        if not draft.sources and (teller := tellers[draft.token.i]) is not None and teller.speaker is not None and _is_own_doing(draft, teller.speaker, cast):
            draft = replace(draft, sources=(teller.speaker,), targets=tuple(i for i in draft.targets if cast.code(i) != cast.code(teller.speaker)))
        draft = _between_two(draft, context)
        sources, targets = (_faced(ids, faceless) for ids in (draft.sources, draft.targets))
        sources = draft.sources if draft.statement else sources  # its speaker, however little is known of him
        if sources and not targets and (shared := _as_of_main_verb(draft, found, cast)):
            draft = replace(draft, targets=shared)
            targets = shared
        if not targets and (state := ground.under(draft)):
            draft = replace(draft, targets=state, rule=f"{draft.rule}:ground")
            targets = state
        if not sources and not targets and draft.targets and not draft.sources and context.has_two_sides:
            continue  # `one sailor was hurt`
        if not draft.frame.mutual and sources != targets and set(cast.codes(targets)) == set(cast.codes(sources)):
            targets = ()  # `dropped its veto`
        if draft.token.dep_ == "pobj" and draft.token.pos_ == "VERB":  # opposed all forms of hacking: nobody does it here
            pass
        elif sources and not targets:
            spared = victims(draft.token, cast) if draft.frame.type in JUDGING and draft.token.pos_ == "VERB" else ()
            given = bool(draft.targets) and draft.frame.type in GIVING  # `offered to send engineers`: they are what is given
            near = draft.frame.weak and draft.frame.type != "THREATEN" and not is_asked_for(draft.token)
            targets = context.other_side(draft.token, sources, besides=spared, near=near, described=bool(draft.targets) and not given)
            if targets:
                sources, targets = mutual(sources, targets) if draft.frame.mutual else (sources, targets)
                draft = _supplied(draft, sources, targets)
            elif draft.frame.weak and not draft.targets:
                continue
        elif targets and not sources and any(cast.actors[i].acts_for for i in targets):
            sources = context.other_side(draft.token, targets, near=draft.frame.type in GRAVE and not _has_unknown_doer(draft.token), described=bool(draft.sources))
            if sources:
                draft = _supplied(draft, sources, targets)
        elif not draft.sources and not draft.targets:
            if not draft.frame.mutual:
                continue
            sources = targets = context.both_sides(draft.token)
            if not sources:
                continue
            draft = replace(_supplied(draft, sources, targets), rule=f"{draft.rule}:both")
        found.append(draft)
    return found


def _is_own_doing(draft: Draft, speaker: str, cast: Cast) -> bool:
    """Whether a passive without an agent tells what its speaker does or has done: `said the talks would be put off`, `said two envoys had been told to leave`."""
    if cast.actors[speaker].rule == "office:unplaced":
        return False  # `Diplomats said the meeting might be put off`
    if is_announced(draft.token):
        return True
    verb = draft.token
    measure = draft.frame.type in ("SANCTION", "MOBILIZE", "RETREAT") and verb.pos_ == "VERB" and is_passive(verb) and not agents(verb)
    return measure and cast.actors[speaker].acts_for is not None and cast.code(speaker) not in cast.codes(draft.targets)


def _as_of_main_verb(draft: Draft, before: Sequence[Draft], cast: Cast) -> tuple[str, ...]:
    """Whom a reproach or refusal told by a participle meets: whom the verb before it does (`warned Chad, calling the plan a mistake`)."""
    verb = draft.token
    if draft.frame.type not in JUDGING or verb.tag_ != "VBG" or verb.dep_ != "advcl":
        return ()
    over = next((d for d in reversed(before) if d.token.i == verb.head.i and d.token.i < verb.i), None)
    return over.targets if over is not None and set(cast.codes(over.sources)) == set(cast.codes(draft.sources)) and not over.frame.mutual else ()


def _between_two(draft: Draft, context: Context) -> Draft:
    """The draft with the report's two sides where a third goes between them, where somebody deals with `the two leaders`, or where both do it to each other."""
    cast = context.cast
    sources = set(cast.codes(draft.sources))
    described = bool(draft.targets) and all(cast.actors[i].acts_for is None and _is_pair(cast.name(i)) for i in draft.targets)
    if draft.sources and (described or (not draft.targets and draft.frame.cameo in BETWEEN)):
        pair = context.rivals(draft.sources)
        if pair and len(sources) == 1:
            targets = tuple(dict.fromkeys((*draft.sources, *pair))) if draft.frame.mutual else pair
            return _supplied(draft, targets if draft.frame.mutual else draft.sources, targets)
    if len(sources) == 2 and not draft.targets and draft.frame.type in TO_EACH_OTHER and sources == set(cast.codes(context.rivals())):
        return _supplied(draft, draft.sources, draft.sources)  # `Peru and Chile began withdrawing troops`
    return draft


def _is_pair(name: str) -> bool:
    """Whether somebody is only described as the two sides: `the two leaders`, `both capitals`."""
    words = name.lower().split()
    return words[0] in ("two", "both") and {words[-1].removesuffix("s"), words[-1].removesuffix("ies") + "y"} & classes()["sides"] != frozenset()


def _has_unknown_doer(verb: Token) -> bool:
    """Whether the sentence gives an act a doer, by a pronoun that leads to nobody: `They hit our ports`."""
    return any(c.dep_ == "nsubj" and c.lower_ in ("they", "he", "she", "it") for c in verb.children)


def _faced(ids: tuple[str, ...], faceless: set[str]) -> tuple[str, ...]:
    return tuple(i for i in ids if i not in faceless)


def _supplied(draft: Draft, sources: tuple[str, ...], targets: tuple[str, ...]) -> Draft:
    return replace(draft, sources=sources, targets=targets, rule=f"{draft.rule}:context", confidence=round(draft.confidence * SUPPLIED, 2))


def _told_once(drafts: list[Draft], document: Document, cast: Cast) -> list[Draft]:
    """A headline tells what the text tells again: its acts are kept only where the text has none of the kind, or none between the two."""
    inside = [d for d in drafts if document.part(d.token) == "text"]
    if len(inside) == len(drafts):
        return drafts
    kinds = {d.frame.type for d in inside}
    dyads = {(cast.codes(d.sources), cast.codes(d.targets)) for d in inside}
    ahead = [d for d in drafts if document.part(d.token) != "text" and d.frame.type not in kinds and (cast.codes(d.sources), cast.codes(d.targets)) not in dyads]
    return [*ahead, *inside]


def _with_speech(drafts: list[Draft], spoken: list[Draft], document: Document, cast: Cast, contents: Contents) -> list[Draft]:
    """Acts of speech beside those of the lexicon.

    Where the cue is a predicate that the lexicon knows, or what is said names the act itself (`said it was ready to sign`), that act stands and
    points to the statement.
    """
    by_token = {i: n for n, d in enumerate(drafts) for i in range(d.start, d.end)}
    for said in spoken:
        at = next((by_token[i] for i in range(said.start, said.end) if i in by_token), None)
        if at is not None and said.settled and drafts[at].frame.type != said.frame.type:
            at = None  # a clause is an act of speech beside what it tells
        if at is None:
            at = _named_inside(said, drafts, contents[said.statement or ""], cast)
        if at is None:
            drafts.append(said)
        elif drafts[at].frame.type == said.frame.type:
            told = _of_speaker(drafts[at], said, cast)
            hit = victims(told.token, cast) if told.frame.type in JUDGING and told.token.pos_ == "VERB" else ()
            drafts[at] = replace(told, targets=told.targets or tuple(i for i in said.targets if i not in hit), statement=said.statement)
    return drafts


def _of_speaker(told: Draft, said: Draft, cast: Cast) -> Draft:
    """An act of the lexicon that is what a speaker does by saying it: it is his, whomever the parse gave it to (`Brazil, which borders both, offered to host talks`)."""
    mine = set(cast.codes(said.sources))
    if mine & set(cast.codes(told.sources)):
        return told
    return replace(told, sources=said.sources, targets=tuple(i for i in told.targets if cast.code(i) not in mine))


def _named_inside(said: Draft, drafts: Sequence[Draft], content: Sequence[Bounds], cast: Cast) -> int | None:
    """Which act of the same kind (of a promise: of what may be promised), by the same side, the content of a statement tells; None where it tells none."""
    mine = set(cast.codes(said.sources))
    kinds = GOODWILL if said.frame.type == "AGREE" else (said.frame.type,)
    for n, draft in enumerate(drafts):
        if draft.frame.type in kinds and any(start <= draft.start < end for start, end in content) and mine & set(cast.codes(draft.sources)):
            return n
    return None


def _event(number: int, draft: Draft, document: Document, times: Timetable, where: Where, tellers: Tellers) -> Event:
    line = code(draft.frame.cameo)
    sentence = draft.token.sent.start
    verdict: Verdict = judge_by(draft.token, document, times, is_speech_act=draft.frame.speech)
    part = document.part(draft.token)
    span = document.span(draft.start, draft.end)
    teller = None if draft.statement or draft.settled == "actual" else tellers[draft.start]
    teller = None if teller is None or teller.speaker is None else teller  # on the word of somebody whom nobody knows: no act of his
    return Event(
        id=document.id("e", number),
        part=part,
        rule=draft.rule,
        confidence=draft.confidence,
        type=draft.frame.type,
        mode=line.mode,
        context=line.context,
        cameo=draft.frame.cameo,
        sources=draft.sources,
        targets=draft.targets,
        trigger_span=span,
        polarity=verdict.polarity if draft.settled is None else "affirmed",
        modality=verdict.modality if draft.settled is None else MODALITIES[draft.settled],
        status=draft.settled or verdict.status,
        background=verdict.background,
        time=date_among(draft.token, times.get(sentence, ())),
        place=_place(draft.token, where),
        intensity=line.goldstein,
        claimed_by=teller.speaker if teller else None,
        statement=draft.statement or (teller.id if teller else None),
    )


def _located(document: Document, places: Sequence[Place]) -> Where:
    """Places that stand under a preposition of place, by the sentence in which they stand: (head of the preposition's phrase, the preposition, the place)."""
    found: Where = {}
    for place in places:
        if place.part != "text" or (tokens := document.tokens(place.span, place.part)) is None:
            continue
        for token in tokens:
            preposition = next((a for a in ancestors(token) if a.dep_ == "prep"), None)
            if preposition is not None and preposition.lower_ in LOCATING:
                found.setdefault(token.sent.start, []).append((token, preposition, place.id))
    return found


def _place(act: Token, where: Where) -> str | None:
    """Id of the place that the act's own clause names with a preposition of place (`met in Riga`), the nearest to the act; None where none is."""
    here = where.get(act.sent.start)
    if here is None:
        return None
    near = [(abs(token.i - act.i), place) for token, preposition, place in here if abs(token.i - act.i) < FARTHEST and any(a.i == act.i for a in ancestors(preposition))]
    return min(near, default=(0, None))[1]
