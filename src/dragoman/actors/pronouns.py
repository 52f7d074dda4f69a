"""Who is `he`, `it`, `they`: agreement, the bounds of the clause, who spoke last, salience."""

from __future__ import annotations

from collections.abc import Callable

from dragoman.actors.drafts import DraftActor, Drafts
from dragoman.actors.lexicon import references
from dragoman.actors.salience import Referent, Salience
from dragoman.actors.words import Words

HE = {"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she"}
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
SINGLE_BODIES = frozenset({"state", "igo", "organization", "group", "media"})
SPEAKER_BONUS = 0.7
SAME_CLAUSE_BONUS = 0.6
KNOWN_GENDER_BONUS = 0.3
PARALLEL_BONUS = 0.8  # the subject of the sentence before, for a subject
CLAUSE_ABOVE_BONUS = 0.9  # `Abbas visited Cairo, where he met …`
LEAST = 0.12  # weight below which nobody is in mind any more

Fits = Callable[[Referent], bool]


def antecedent(drafts: Drafts, salience: Salience, i: int, speaker: str | None, voice: str | None = None) -> tuple[Referent, float] | None:
    """Who a pronoun stands for, and how sure that is.

    Args:
        drafts: The cast so far.
        salience: Who is in mind.
        i: Token index of the pronoun.
        speaker: Id of the person who spoke last.
        voice: Id of whoever spoke last, person or body.

    Returns:
        None where it stands for nobody, or for nobody that can be told.
    """
    words = drafts.words
    word = words.lower[i]
    fits = _agreement(drafts, word)
    if word in IT | THEY and (ahead := _subject_ahead(words, i)) is not None:
        ids = tuple(dict.fromkeys(x for c in words.conjuncts(ahead) for x in drafts.heads.get(c, ())))
        if ids and fits(ids):
            return ids, 0.7
    if word in IT and not _stands_for_somebody(words, i):
        return None
    if word in REFLEXIVE:
        ids = _subject_ids(drafts, i)
        return (ids, 0.85) if ids and fits(ids) and words.dep[i] not in ("appos", "npadvmod") else None
    barred = _barred(drafts, i)
    own = clause_subject(words, i)
    above = _subject_above(words, i)
    poss = words.dep[i] == "poss"
    if poss and own is not None:
        ids = tuple(drafts.heads.get(own, ()))
        if ids and fits(ids) and not set(ids) & barred:
            return ids, 0.85
        if (
            not ids
            and words.lower[own] not in THEY | IT | set(HE)
            and word in IT | THEY
            and _is_thing(drafts, own, plural=word in THEY)
            and own > _last_place(drafts, salience, fits, i)
        ):
            return None
    says = words.dep[i] == "nsubj" and words.lemma[words.head[i]] in references().saying
    governing = _governing(drafts, i, above) if word in IT else ()
    inside = drafts.document.quote_at(words.doc[i]) is not None
    quoted = word in THEY and inside
    opens = i == 0 or words.sentence[i - 1] != words.sentence[i]  # `According to the union, … Its chairman said`
    owns_voice = poss and opens and word in IT and words.dep[words.head[i]] == "nsubj" and words.lemma[words.head[words.head[i]]] in references().saying
    best: tuple[float, Referent] | None = None
    for weight, ids in salience.ranked(i):
        if not fits(ids) or set(ids) & barred or (quoted and _is_spoken_to(words, salience.place[ids])):
            continue
        if says and word in HE and not inside and _is_quoted(drafts, salience, ids, words.sentence[i]):
            continue
        if (says or owns_voice) and ids == ((speaker if word in HE else voice),):
            weight += SPEAKER_BONUS
        if above is not None and tuple(drafts.heads.get(above, ())) == ids:
            weight += CLAUSE_ABOVE_BONUS
        if above is None and words.dep[i] == "nsubj" and ids in salience.subject and words.sentence[i] - words.sentence[salience.subject[ids]] == 1:
            weight += PARALLEL_BONUS
        if word in HE and drafts.actors[ids[0]].gender:
            weight += KNOWN_GENDER_BONUS
        if own is not None and tuple(drafts.heads.get(own, ())) == ids:
            weight += SAME_CLAUSE_BONUS
        if ids in governing:
            weight += CLAUSE_ABOVE_BONUS
        if best is None or weight > best[0]:
            best = (weight, ids)
    if best is None or best[0] < LEAST:
        return _singular_they(drafts, salience, i, barred) if word in THEY and not quoted else None
    if word in IT | THEY and not poss and not _acts_like_somebody(words, i):
        rival = _rival(drafts, i, plural=word in THEY)
        if rival is not None and rival > salience.subject.get(best[1], -1):
            return None
    return best[1], 0.75 if word in HE else 0.6


def clause_subject(words: Words, i: int) -> int | None:
    """The subject of a token's clause, or of the one above it where its own has none, if it stands before the token."""
    verb = words.verb(i)
    seen = 0
    while verb is not None and seen < 10:
        for c in words.kids[verb]:
            if words.dep[c] in ("nsubj", "nsubjpass"):
                if words.tag[c] in ("WDT", "WP") and words.dep[verb] == "relcl":
                    c = words.head[verb]
                return c if c < i and not _within(words, i, c) else None
        if words.dep[verb] not in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "acl") or words.head[verb] == verb:
            return None
        if words.dep[verb] == "acl":
            head = words.head[verb]
            return head if head < i else None
        verb, seen = words.verb(words.head[verb]), seen + 1
    return None


def _subject_ahead(words: Words, i: int) -> int | None:
    """The subject still to come, of a sentence that opens with a participle: `Retaliating for sanctions imposed on it, Chile …`."""
    verb, seen = words.verb(i), 0
    while verb is not None and seen < 6:
        if any(words.dep[c] in ("nsubj", "nsubjpass") and words.tag[c] not in ("WDT", "WP") for c in words.kids[verb]):
            return None
        head = words.head[verb]
        if words.dep[verb] == "advcl" and words.tag[verb] in ("VBG", "VBN") and head > verb:
            opens = words.left(verb) == 0 or words.sentence[words.left(verb) - 1] < words.sentence[verb]
            return next((c for c in words.kids[head] if words.dep[c] in ("nsubj", "nsubjpass") and c > i), None) if opens else None
        verb, seen = (words.verb(head) if head != verb else None), seen + 1
    return None


def _subject_above(words: Words, i: int) -> int | None:
    """The subject of the clause in which the clause of a subject pronoun is embedded."""
    verb = words.head[i]
    if words.dep[i] not in ("nsubj", "nsubjpass") or words.dep[verb] in ("ROOT", "conj") or words.head[verb] == verb:
        return None
    upper = words.verb(words.head[verb])
    if upper is None:
        return None
    return next((c for c in words.kids[upper] if words.dep[c] in ("nsubj", "nsubjpass") and c < i), None) or clause_subject(words, upper)


def _governing(drafts: Drafts, i: int, above: int | None) -> tuple[Referent, ...]:
    """Whom `it` or `its` likeliest is by the clause that governs its own.

    Of a subject in a relative clause the one who speaks or acts above it, or his state (`The envoy said the crossings it shut …`); of the owner of a speaker the
    subject of what is said (`Lima would go to court if Quito dug on, its minister said`).
    """
    words = drafts.words
    if words.dep[i] == "poss":
        cue = words.head[words.head[i]]
        if words.dep[words.head[i]] != "nsubj" or words.lemma[cue] not in references().saying:
            return ()
        said = [c for clause in words.children(cue, "ccomp") if clause < i for c in words.children(clause, "nsubj")]
        return tuple(tuple(drafts.heads.get(c, ())) for c in said if drafts.heads.get(c))
    clause = words.head[i]
    if above is not None or words.dep[i] not in ("nsubj", "nsubjpass") or words.dep[clause] != "relcl":
        return ()
    verb: int | None = words.verb(words.head[clause])
    for _ in range(3):
        if verb is None:
            return ()
        for c in words.kids[verb]:
            if words.dep[c] in ("nsubj", "nsubjpass") and c < i and not _within(words, i, c):
                found = drafts.heads.get(c, ())
                states = [s for x in found if (s := drafts.state(drafts.actors[x].acts_for))] if len(found) == 1 and drafts.actors[found[0]].kind == "person" else []
                return (tuple(states),) if states else (tuple(found),) if found else ()
        verb = words.verb(words.head[verb]) if words.head[verb] != verb else None
    return ()


def _within(words: Words, i: int, head: int) -> bool:
    """Whether a token stands inside the phrase of a head."""
    seen = 0
    while i != head and words.head[i] != i and seen < 30:
        i, seen = words.head[i], seen + 1
        if words.pos[i] in ("VERB", "AUX"):
            return False
    return i == head


def _agreement(drafts: Drafts, word: str) -> Fits:
    actors = drafts.actors
    if word in HE:
        gender = HE[word]
        return lambda ids: len(ids) == 1 and actors[ids[0]].kind == "person" and not actors[ids[0]].plural and actors[ids[0]].gender in (None, gender)
    if word in IT:
        return lambda ids: len(ids) == 1 and actors[ids[0]].kind in SINGLE_BODIES and not actors[ids[0]].plural
    return lambda ids: len(ids) > 1 or actors[ids[0]].plural or actors[ids[0]].kind == "population"


def _barred(drafts: Drafts, i: int) -> set[str]:
    """Those whom a pronoun cannot stand for: the other arguments of its own verb."""
    words = drafts.words
    dep, governor = words.role(i)
    if dep == "pobj":
        governor = words.head[governor]
    elif dep not in ("nsubj", "nsubjpass", "dobj", "dative"):
        return set()
    if words.pos[governor] not in ("VERB", "AUX"):
        return set()
    found: set[str] = set()
    for c in words.kids[governor]:
        if c == i or words.dep[c] not in ("nsubj", "nsubjpass", "dobj", "dative", "prep", "agent"):
            continue
        for k in words.children(c, "pobj") if words.dep[c] in ("prep", "agent") else [c]:
            if k != i:
                for one in words.conjuncts(k):
                    found.update(drafts.heads.get(one, ()))
    if dep not in ("nsubj", "nsubjpass") and not any(words.dep[c] in ("nsubj", "nsubjpass") for c in words.kids[governor]):
        found.update(_subject_ids(drafts, i))
    return found


def _subject_ids(drafts: Drafts, i: int) -> Referent:
    subject = clause_subject(drafts.words, i)
    if subject is None:
        return ()
    return tuple(dict.fromkeys(id for c in drafts.words.conjuncts(subject) for id in drafts.heads.get(c, ())))


def _stands_for_somebody(words: Words, i: int) -> bool:
    """Whether `it` can be somebody: not in `it is clear that`, `it seems`, nor as the object of what is done to things."""
    if words.lower[i] != "it":
        return True
    known = references()
    dep, governor = words.dep[i], words.head[i]
    if dep == "expl":
        return False
    if dep == "nsubj" and words.pos[governor] not in ("VERB", "AUX") and words.dep[governor] in ("ccomp", "xcomp", "oprd"):
        return words.lemma[words.head[governor]] in known.actor_objects and words.lemma[words.head[governor]] != "call"  # `called it unfair`
    if dep == "dobj":
        return words.lemma[governor] in known.actor_objects
    if dep == "pobj":
        return words.lower[governor] in ("against", "with", "by", "from", "to", "between")
    if dep not in ("nsubj", "nsubjpass"):
        return dep == "poss"
    lemma = words.lemma[governor]
    clauses = [c for c in words.kids[governor] if words.dep[c] in ("ccomp", "xcomp", "advcl", "acl", "csubj", "relcl") and c > governor]
    if lemma == "be" and (
        words.children(governor, "acomp", "attr")
        and (
            clauses
            or any(
                words.dep[k] in ("ccomp", "xcomp", "relcl", "prep")
                for c in words.children(governor, "acomp", "attr")
                for k in words.kids[c]
                if words.lower[k] in ("for", "of") or words.dep[k] != "prep"
            )
        )
    ):
        return False
    if lemma in known.expletive_verbs:
        return False
    return not (dep == "nsubjpass" and any(words.dep[c] == "ccomp" for c in clauses))


def _is_quoted(drafts: Drafts, salience: Salience, ids: Referent, sentence: int) -> bool:
    """Whether somebody was named last within the quotation before: of him it speaks, he does not speak it."""
    place = salience.place[ids]
    return drafts.words.sentence[place] == sentence and drafts.document.quote_at(drafts.words.doc[place]) is not None


def _is_spoken_to(words: Words, i: int) -> bool:
    """Whether somebody stands as those to whom something is said: in words to reporters `they` is never the reporters."""
    dep, governor = words.role(i)
    if dep == "pobj" and words.lower[governor] == "to":
        governor = words.head[governor]
    elif dep not in ("dobj", "dative"):
        return False
    return words.lemma[governor] in references().saying


def _acts_like_somebody(words: Words, i: int) -> bool:
    if words.dep[i] in ("dobj", "pobj", "dative"):
        return True
    return words.dep[i] == "nsubj" and words.lemma[words.head[i]] in references().agent_verbs


def _rival(drafts: Drafts, i: int, *, plural: bool) -> int | None:
    """The last subject before a pronoun that is a thing and agrees with it in number: `The pact … It expires`."""
    words = drafts.words
    for k in range(i - 1, max(i - 40, -1), -1):
        if (
            words.dep[k] in ("nsubj", "nsubjpass")
            and words.pos[k] == "NOUN"
            and words.sentence[i] - words.sentence[k] <= 1
            and k not in drafts.heads
            and k not in drafts.taken
            and _is_thing(drafts, k, plural=plural)
        ):
            return k
    return None


def _is_thing(drafts: Drafts, i: int, *, plural: bool) -> bool:
    words = drafts.words
    return words.pos[i] in ("NOUN", "PROPN") and i not in drafts.heads and i not in drafts.taken and (words.tag[i] in ("NNS", "NNPS")) == plural


def _last_place(drafts: Drafts, salience: Salience, fits: Fits, i: int) -> int:
    now = drafts.words.sentence[i]
    return max((salience.place[ids] for _, ids in salience.ranked(i, reach=0) if fits(ids) and drafts.words.sentence[salience.place[ids]] == now), default=-1)


def _singular_they(drafts: Drafts, salience: Salience, i: int, barred: set[str]) -> tuple[Referent, float] | None:
    """`The ministry said they …`: a body taken as its people, where no plural is in mind."""
    for weight, ids in salience.ranked(i, reach=1):
        actor: DraftActor = drafts.actors[ids[0]]
        if len(ids) == 1 and actor.kind in ("organization", "group", "igo") and weight > LEAST and not set(ids) & barred and _acts_like_somebody(drafts.words, i):
            return ids, 0.4
    return None
