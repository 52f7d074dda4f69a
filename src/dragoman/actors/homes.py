"""Whose office it is where its phrase does not say: the seat told at the front of the sentence, the place of writing, the state most in mind."""

from __future__ import annotations

from dragoman.actors.drafts import Drafts
from dragoman.actors.earlier import same_office, stands_for
from dragoman.actors.lexicon import Office, offices, references
from dragoman.actors.offices import HOME_SECTORS, office_at
from dragoman.actors.pronouns import clause_subject
from dragoman.actors.salience import Salience
from dragoman.actors.sets import weights_in_mind
from dragoman.actors.words import Words

FIRST_TOLD = 12  # sentences since an officeholder was told without his name
AT_HOME = 2.5  # how much more the state weighs from whose seat the report is written: there a bare body is its own
AT_HOME_PERSON = 10.0  # and of a bare title
SPOKEN_OF = 0.3  # how much less a state weighs of which the officeholder himself speaks by name
OWN_SECTORS = frozenset({"legislature", "defence", "police"})


def home(drafts: Drafts, salience: Salience, i: int, office: Office, *, named: bool = False) -> str | None:
    """The state in mind whose office `the foreign ministry` is, where the phrase does not say; of somebody `named` with his office also where many states have it."""
    if seat := spoken_in(drafts, i) or _sent_to(drafts, i):
        return seat
    if named and (told := described_before(drafts, salience, i, office)):
        return told
    if (named or office.is_person) and (told := _announced(drafts, i)):
        return told
    if not (_is_had_by_every_state(office) or has_body(drafts.words, i) or (named and office.sector in HOME_SECTORS)):
        return None
    if own := _own_institution(drafts, i, office):
        return own
    if beside := _beside(drafts, i):
        return beside
    spoken_of = _spoken_of(drafts, i)
    if (topic := _topic(drafts, i)) and topic not in spoken_of:
        return topic
    written_in = dateline_state(drafts)
    here = drafts.actors[written_in].acts_for if written_in else None
    weights = {s: w for s, w in weights_in_mind(drafts, salience, i).items() if drafts.actors[s].kind == "state"}
    at_home = AT_HOME_PERSON if office.is_person else AT_HOME
    for state in weights:
        code = drafts.actors[state].acts_for
        weights[state] *= (at_home if code == here else 1.0) * (SPOKEN_OF if code in spoken_of else 1.0)
    return drafts.actors[max(weights, key=lambda s: weights[s])].acts_for if weights else here


def _beside(drafts: Drafts, i: int) -> str | None:
    """The state whose step is told in the clause to which the clause of an officeholder is joined: `Seoul summoned the envoy, and the foreign minister said …`."""
    words = drafts.words
    verb = words.verb(i)
    if verb is None or words.dep[verb] != "conj":
        return None
    first = words.head[verb]
    found = [x for c in words.kids[first] if words.dep[c] == "nsubj" and c < i for x in drafts.heads.get(c, ())]
    return drafts.actors[found[0]].acts_for if len(found) == 1 and drafts.actors[found[0]].kind in ("state", "organization", "person") else None


def _topic(drafts: Drafts, i: int) -> str | None:
    """The state that is the subject of the sentence before, in the same paragraph: `Quito denied it. The navy said …`."""
    words = drafts.words
    first = i
    while first > 0 and words.sentence[first - 1] == words.sentence[i]:
        first -= 1
    if first == 0 or drafts.document.paragraph(words.doc[first - 1]) != drafts.document.paragraph(words.doc[i]):
        return None
    root = next(k for k in range(first - 1, -1, -1) if words.head[k] == k)
    found = [x for c in words.kids[root] if words.dep[c] in ("nsubj", "nsubjpass") for x in drafts.heads.get(c, ())]
    return drafts.actors[found[0]].acts_for if len(found) == 1 and drafts.actors[found[0]].kind == "state" else None


def _spoken_of(drafts: Drafts, i: int) -> frozenset[str]:
    """Codes of the states that the one who speaks names in what he says, before it as subjects (`“Lima counts its gold,” the minister said`): seldom his own."""
    words = drafts.words
    dep, verb = words.role(_whole_name(words, i))
    if dep != "nsubj" or words.lemma[verb] not in references().saying:
        return frozenset()
    first = next((k + 1 for k in range(i, -1, -1) if words.sentence[k] != words.sentence[i]), 0)
    last = next((k for k in range(verb, len(words)) if words.sentence[k] != words.sentence[i]), len(words))
    return frozenset(
        code
        for k in (*(k for k in range(first, i) if words.dep[k] == "nsubj" and drafts.document.quote_at(words.doc[k]) is not None), *range(verb + 1, last))
        for x in drafts.heads.get(k, ())
        if drafts.actors[x].kind == "state" and (code := drafts.actors[x].acts_for)
    )


def _is_had_by_every_state(office: Office) -> bool:
    return office.family == "body" or office.noun in offices().heads_of_state or office.noun.endswith(" minister")


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
    name = _whole_name(words, i)
    verb = words.head[name]
    if words.dep[name] != "nsubj" or words.lemma[verb] not in references().saying:
        return None
    sayings = [
        v for v in words.conjuncts(verb) if words.lemma[v] in references().saying and not (v != verb and words.children(v, "nsubj"))
    ]  # `denied it and said that Seoul would …`
    told = [c for v in sayings for whom in words.children(v, "dobj") for c in words.children(whom, "relcl", "acl")]  # `told the envoy that Seoul would …`: hung on the envoy
    for clause in (*(c for v in sayings for c in words.children(v, "ccomp")), *told):
        if not any(words.tag[c] == "MD" and words.lower[c] in ("will", "would") for c in words.kids[clause]):
            continue
        for subject in words.children(clause, "nsubj"):
            for id in drafts.heads.get(subject, ()):
                if drafts.actors[id].kind == "state":
                    return drafts.actors[id].acts_for
    return None


def _whole_name(words: Words, i: int) -> int:
    """The head of the phrase in which a title stands before a name."""
    while words.dep[i] in ("compound", "nmod", "appos", "flat") and words.head[i] != i:
        i = words.head[i]
    return i


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


def _sent_to(drafts: Drafts, i: int) -> str | None:
    """`Oslo's envoy to Chad met President Ali Issa`: an envoy deals with those to whom he is sent."""
    words = drafts.words
    if words.role(_whole_name(words, i))[0] not in ("dobj", "pobj", "dative"):
        return None
    subject = clause_subject(words, i)
    office = office_at(words, subject) if subject is not None else None
    if subject is None or office is None or office.noun not in offices().ambassadors:
        return None
    for c in words.kids[subject]:
        if words.dep[c] == "prep" and words.lower[c] == "to":
            for noun in words.children(c, "pobj"):
                for id in drafts.heads.get(noun, ()):
                    if drafts.actors[id].kind == "state":
                        return drafts.actors[id].acts_for
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
    return any(words.lower[c] in offices().of_office and words.dep[c] == "amod" for c in words.kids[i]) or any(
        words.dep[c] in ("compound", "poss", "nmod", "amod") and (o := office_at(words, c)) is not None and o.family == "body" for c in words.kids[i] if c < i
    )
