"""Who has the floor: speakers of a report in turn, so that `he added`, `the statement said` and bare quotations find theirs."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.language.document import Document
from dragoman.statements.draft import Draft
from dragoman.statements.lexicon import lexicon
from dragoman.statements.nesting import Nesting
from dragoman.statements.speakers import actors_of

Speakers = dict[int, tuple[str, ...]]

PERSONAL = frozenset({"he", "she"})
IMPERSONAL = frozenset({"it"})
MANY = frozenset({"they"})
FIRST = frozenset({"i", "we"})
BODIES = frozenset({"state", "organization", "igo", "group", "media"})
REACH = 3  # paragraphs over which a speaker keeps the floor


def speakers_in_turn(document: Document, drafts: Sequence[Draft], nesting: Nesting, cast: Cast) -> Speakers:
    """Actor ids of the speakers, by draft (its `id()`), the first speaker first; empty where it cannot be told.

    A pronoun is whom the cast takes it for, unless the speaker before fits it and nobody else has become the subject since:
    `“We are ready,” Sousa told Lima's envoy. … He added`: Sousa, not the envoy.
    """
    found: Speakers = {}
    last: Draft | None = None
    known: Draft | None = None  # the last whose speaker is known
    for draft in drafts:
        found[id(draft)] = _speakers(document, draft, last, known, found, cast)
        if draft.cue is not None and draft.kind == "speech" and document.quote_at(draft.cue) is None and id(draft) not in nesting:
            last = draft
            known = draft if found[id(draft)] else known
    return found


def _speakers(document: Document, draft: Draft, last: Draft | None, known: Draft | None, found: Speakers, cast: Cast) -> tuple[str, ...]:
    if draft.follows is not None:
        return found.get(id(draft.follows), ())
    head = draft.speaker
    if head is None:
        return ()
    told = actors_of(head, cast)
    before = found.get(id(last), ()) if last is not None and _is_near(document, last, head) else ()
    word = head.lower_
    if word in FIRST and draft.cue is not None and document.quote_at(draft.cue) is not None:
        around = found.get(id(last), ()) if last is not None else ()
        return around or told
    if before and last is not None and _fits(word, before, cast) and not _has_new_subject(document, last, head, before, cast, told):
        return before
    if not told and known is not None and head.lemma_.lower() in lexicon().carriers and _is_near(document, known, head):
        return found[id(known)]
    return told


def _is_near(document: Document, last: Draft, head: Token) -> bool:
    return last.cue is not None and document.paragraph(head) - document.paragraph(last.cue) <= REACH


def _fits(word: str, ids: tuple[str, ...], cast: Cast) -> bool:
    """Whether a pronoun can stand for the speakers before."""
    kinds = {cast.actors[i].kind for i in ids}
    if word in PERSONAL:
        return len(ids) == 1 and kinds == {"person"} and cast.genders.get(ids[0], word) == word
    if word in IMPERSONAL:
        return len(ids) == 1 and kinds <= BODIES
    return word in MANY and (len(ids) > 1 or kinds <= {"group", "population"})


def _has_new_subject(document: Document, last: Draft, head: Token, before: tuple[str, ...], cast: Cast, told: tuple[str, ...]) -> bool:
    """Whether somebody else whom the pronoun could mean has been the subject of a main clause since the last statement."""
    if last.cue is None:
        return True
    start = max([last.cue.i + 1, *(e for _, e in last.content if e <= head.i)])
    for token in document.doc[start : head.i]:
        if token.dep_ in ("nsubj", "nsubjpass") and document.quote_at(token) is None and token.lower_ not in PERSONAL | IMPERSONAL | MANY:
            ids = cast.at(token)
            if ids and not set(ids) & set(before) and _fits(head.lower_, ids, cast):
                return True
    return False


def is_channel(document: Document, draft: Draft, ids: tuple[str, ...], drafts: Sequence[Draft], nesting: Nesting, cast: Cast) -> bool:
    """Whether the speaker only passes on: a wire or paper, unless it speaks for a state in words of its own."""
    if draft.kind != "speech" or draft.speaker is None:
        return False
    if draft.speaker.lower_ == "we" and draft.cue is not None and document.quote_at(draft.speaker) is None:
        return True  # `as we reported`: the report speaks of itself
    if ids:
        if any(cast.actors[i].kind != "media" for i in ids):
            return False
    elif draft.speaker.lemma_.lower() not in lexicon().channel_heads:
        return False
    if not any(cast.actors[i].acts_for for i in ids):
        return True
    size = draft.content_size()
    return any(nesting.get(id(d)) is draft and d.kind == "speech" and d.content_size() > size / 3 for d in drafts)
