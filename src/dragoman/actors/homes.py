"""Whose office it is where its phrase does not say: the seat told at the front of the sentence, the place of writing, the state most in mind."""

from __future__ import annotations

from dragoman.actors.drafts import Drafts
from dragoman.actors.earlier import same_office, stands_for
from dragoman.actors.lexicon import Office, offices, references
from dragoman.actors.offices import HOME_SECTORS, office_at
from dragoman.actors.pronouns import clause_subject
from dragoman.actors.salience import Salience
from dragoman.actors.sets import states_in_mind
from dragoman.actors.words import Words

FIRST_TOLD = 12  # sentences since an officeholder was told without his name
OF_OFFICE = frozenset({"presidential", "ministerial", "governmental"})
OWN_SECTORS = frozenset({"legislature", "defence", "police"})


def home(drafts: Drafts, salience: Salience, i: int, office: Office, *, named: bool = False) -> str | None:
    """The state in mind whose office `the foreign ministry` is, where the phrase does not say; of somebody `named` with his office also where many states have it."""
    if seat := spoken_in(drafts, i):
        return seat
    if named and (told := described_before(drafts, salience, i, office) or _announced(drafts, i)):
        return told
    if office.noun not in offices().heads_of_state and office.family != "body" and not has_body(drafts.words, i) and not (named and office.sector in HOME_SECTORS):
        return None
    if own := _own_institution(drafts, i, office):
        return own
    written_in = dateline_state(drafts)
    here = drafts.actors[written_in].acts_for if written_in else None
    states = [s for s in states_in_mind(drafts, salience, i, favoured=here) if drafts.actors[s].kind == "state"]
    return drafts.actors[states[0]].acts_for if states else here


def described_before(drafts: Drafts, salience: Salience, i: int, office: Office) -> str | None:
    """Whom the holder of an office acts for who was told without his name: `Bulgaria's premier … Prime Minister Boyan Dimov`."""
    for _, ids in salience.ranked(i, reach=FIRST_TOLD):
        actor = drafts.actors[ids[0]]
        unnamed = len(ids) == 1 and actor.kind == "person" and not actor.plural and actor.rule.startswith("office:") and actor.acts_for and actor.office
        if unnamed and (same_office(office.noun, actor.office or "") or stands_for(office.noun, actor.office or "") or stands_for(actor.office or "", office.noun)):
            return actor.acts_for
    return None


def _announced(drafts: Drafts, i: int) -> str | None:
    """The state whose own step an officeholder announces: `Peru will take the row to court, Foreign Minister Rosa Quispe said`."""
    words = drafts.words
    name = i
    while words.dep[name] in ("compound", "nmod", "appos", "flat") and words.head[name] != name:
        name = words.head[name]
    verb = words.head[name]
    if words.dep[name] != "nsubj" or words.lemma[verb] not in references().saying:
        return None
    for clause in words.children(verb, "ccomp"):
        if not any(words.tag[c] == "MD" and words.lower[c] in ("will", "would") for c in words.kids[clause]):
            continue
        for subject in words.children(clause, "nsubj"):
            for id in drafts.heads.get(subject, ()):
                if drafts.actors[id].kind == "state":
                    return drafts.actors[id].acts_for
    return None


def _own_institution(drafts: Drafts, i: int, office: Office) -> str | None:
    """`The prime minister told parliament`: the institution of the one who speaks to it or commands it."""
    words = drafts.words
    dep, governor = words.role(i)
    if dep not in ("dobj", "pobj", "dative") or office.family != "body" or not (office.sector in OWN_SECTORS or office.noun == "cabinet"):
        return None
    if dep == "pobj" and words.lower[governor] in ("against", "by", "with"):
        return None
    subject = clause_subject(words, i)
    for id in drafts.heads.get(subject, []) if subject is not None else []:
        if drafts.actors[id].kind == "person":
            return drafts.actors[id].acts_for
    return None


def spoken_in(drafts: Drafts, i: int) -> str | None:
    """`In Ankara, the spokesman said`, `The opposition in Manila blamed the government`: the state of a seat told at the front of the sentence or of its subject."""
    words = drafts.words
    k = i
    while k > 0 and words.sentence[k - 1] == words.sentence[i]:
        k -= 1
    fronts = [k] if words.lower[k] == "in" else []
    subjects = [n for n in range(k, i) if words.dep[n] == "nsubj"]
    fronts += [c for n in subjects for c in words.kids[n] if c == n + 1 and words.dep[c] == "prep" and words.lower[c] == "in"]
    for front in fronts:
        for c in words.children(front, "pobj"):
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
    """`a foreign ministry spokesman`, `a presidential adviser`: the body in an office's own phrase."""
    return any(words.lower[c] in OF_OFFICE and words.dep[c] == "amod" for c in words.kids[i]) or any(
        words.dep[c] in ("compound", "poss", "nmod", "amod") and (o := office_at(words, c)) is not None and o.family == "body" for c in words.kids[i] if c < i
    )
