"""Whose office it is where its phrase does not say: the seat told at the front of the sentence, the place of writing, the state most in mind."""

from __future__ import annotations

from dragoman.actors.drafts import Drafts
from dragoman.actors.lexicon import Office, offices
from dragoman.actors.offices import office_at
from dragoman.actors.salience import Salience
from dragoman.actors.sets import states_in_mind
from dragoman.actors.words import Words


def home(drafts: Drafts, salience: Salience, i: int, office: Office) -> str | None:
    """The state in mind whose office `the foreign ministry` is, where the phrase does not say."""
    if seat := spoken_in(drafts, i):
        return seat
    if office.noun not in offices().heads_of_state and office.family != "body" and not has_body(drafts.words, i):
        return None
    states = [s for s in states_in_mind(drafts, salience, i) if drafts.actors[s].kind == "state"]
    written_in = dateline_state(drafts)
    if written_in and (not states or written_in in states[:3]):
        return drafts.actors[written_in].acts_for  # a wire does not say whose minister it is where it writes from his country
    return drafts.actors[states[0]].acts_for if states else None


def spoken_in(drafts: Drafts, i: int) -> str | None:
    """`In Ankara, the spokesman said`: the state of a seat of government told at the front of the sentence."""
    words = drafts.words
    k = i
    while k > 0 and words.sentence[k - 1] == words.sentence[i]:
        k -= 1
    if words.lower[k] != "in":
        return None
    for c in words.children(k, "pobj"):
        entry = drafts.world.entries.get(drafts.locatives.get(c, ""))
        if entry and entry.kind == "state":
            return drafts.actors[drafts.know(entry)].acts_for
    return None


def dateline_state(drafts: Drafts) -> str | None:
    """The state from which the report is written, where its dateline names a seat of government."""
    dateline = drafts.document.report.dateline
    if not dateline or not dateline.place:
        return None
    for form in (dateline.place, dateline.place.title(), dateline.place.split(",")[0].title()):
        for name in drafts.world.named(form):
            if name.entry.kind == "state":
                return drafts.know(name.entry)
    return None


def has_body(words: Words, i: int) -> bool:
    """`a foreign ministry spokesman`: the body in an office's own phrase."""
    return any(words.dep[c] in ("compound", "poss", "nmod", "amod") and (o := office_at(words, c)) is not None and o.family == "body" for c in words.kids[i] if c < i)
