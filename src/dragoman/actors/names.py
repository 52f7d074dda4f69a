"""Names of states, bodies, groups and media: the known ones of the world, and organizations and places that the entity recogniser sees."""

from __future__ import annotations

from dragoman.actors.drafts import Drafts
from dragoman.actors.lexicon import references
from dragoman.actors.offices import office_at
from dragoman.actors.words import HYPHENS, Words
from dragoman.actors.world import Name, NameMatch

LOCATIVE = frozenset({"in", "near", "outside", "around", "across", "inside", "throughout", "into", "at", "within", "via", "through", "over", "towards"})
PRIORITY: dict[str, int] = {"state": 0, "igo": 1, "organization": 2, "group": 3, "media": 4, "place": 5, "person": 6}
ARTICLES = frozenset({"the", "a", "an"})


def add_known_names(drafts: Drafts) -> tuple[list[tuple[int, int, NameMatch]], list[tuple[int, int, NameMatch]]]:
    """Mentions of every known actor but people and places, whose names need more thought.

    Returns:
        Token bounds of names that a known person goes by, and of names of known regions and cities.
    """
    words = drafts.words
    doc = words.doc
    starts = {at: i for i, at in enumerate(words.idx)}
    ends = {at + len(words.text[i]): i + 1 for i, at in enumerate(words.idx)}
    people: list[tuple[int, int, NameMatch]] = []
    places: list[tuple[int, int, NameMatch]] = []
    shared: list[tuple[int, int, NameMatch]] = []
    for match in drafts.world.find(doc.text):
        start, end = starts.get(match.start), ends.get(match.end)
        if start is None or end is None:
            continue
        if any(n.entry.kind == "person" for n in match.names):
            people.append((start, end, match))
            continue
        if match.names[0].entry.nobody:
            drafts.nobody.update(range(start, end))
            continue
        if _is_part_of_another_name(words, start, end, match):
            continue
        if _is_stance(words, start, end) or _is_anothers_portfolio(drafts, start, end):
            drafts.nobody.update(range(start, end))
            continue
        if all(n.entry.kind == "place" for n in match.names):
            places.append((start, end, match))
            continue
        while start < end - 1 and words.lower[start] in ARTICLES:
            start += 1
        if len(match.names) > 1:
            shared.append((start, end, match))
        else:
            _add(drafts, start, end, match.names[0], 1)
    for start, end, match in shared:  # once the report's other names have told who is in it
        _add(drafts, start, end, _chosen(drafts, match), len(match.names))
    return people, places


def add_known_places(drafts: Drafts, places: list[tuple[int, int, NameMatch]]) -> None:
    """Mentions of known regions and cities that are acted upon; those in which something happens are only noted."""
    words = drafts.words
    for start, end, match in places:
        while start < end - 1 and words.lower[start] in ARTICLES:
            start += 1
        if not any(i in drafts.taken or i in drafts.nobody for i in range(start, end)):
            _add(drafts, start, end, match.names[0], 1)


def add_recognised_bodies(drafts: Drafts) -> None:
    """Mentions of organizations and places that only the entity recogniser knows."""
    words = drafts.words
    for entity in words.doc.ents:
        label = entity.label_
        if label not in ("ORG", "GPE", "LOC", "NORP", "FAC"):
            continue
        bounds = bare(words, entity.start, entity.end)
        if bounds is None or any(i in drafts.taken or i in drafts.locatives for i in range(*bounds)):
            continue
        if any(i in drafts.nobody for i in range(*bounds)) and (label != "ORG" or bounds[1] - bounds[0] < 2):
            continue  # `Persian Gulf`; `Tokyo Stock Exchange` is a body, only not Japan's government
        start, end = bounds
        if end - start == 1 and (words.lower[start] in references().descriptions or words.lower[start] in references().fixed_sets):
            continue
        head = words.root(start, end)
        if not _looks_like_a_name(words, start, end) or head in drafts.titles:
            continue
        if label == "ORG":
            if _is_office_phrase(words, end - 1) or words.preposition(head) in ("in", "near", "outside", "at"):
                continue
            if _is_titled_person(words, start, end, head):
                drafts.mention([drafts.make(words.doc[start:end].text, "person", rule="entity:person")], start, end, head, "name", "entity:person", 0.75)
                continue
            name = " ".join(words.text[start:end]).replace(" - ", "-").replace(" '", "'").replace(" ’", "’")
            armed = words.lower[end - 1] in references().armed and end - start > 1
            id = _abbreviated(drafts, start, end) or drafts.make(
                name, "group" if armed else "organization", rule="entity:group" if armed else "entity:organization", acts_for=None, sector="rebels" if armed else None
            )
            drafts.mention([id], start, end, head, "name", drafts.actors[id].rule if drafts.actors[id].rule.startswith("entity") else "entity:organization", 0.6)
        elif (
            label in ("GPE", "LOC")
            and not (words.text[start].isupper() and len(words.text[start]) > 2)
            and words.dep[head] in (("dobj", "nsubjpass", "nsubj") if label == "GPE" else ("dobj",))
        ):
            id = drafts.make(words.doc[start:end].text, "place", rule="entity:place")
            drafts.mention([id], start, end, head, "name", "entity:place", 0.6)


def bare(words: Words, start: int, end: int) -> tuple[int, int] | None:
    """Bounds of a name without a leading article and a trailing possessive mark, None where nothing is left."""
    while start < end and (words.lower[start] in ARTICLES or words.pos[start] in ("PUNCT", "SPACE", "SYM") or words.tag[start] == "POS"):
        start += 1
    while end > start and (words.tag[end - 1] == "POS" or words.pos[end - 1] in ("PUNCT", "SPACE", "SYM") or words.text[end - 1] in ("'s", "’s", "’", "'")):
        end -= 1
    end = next((i for i in range(start + 1, end) if words.text[i] in "()"), end)
    return (start, end) if end > start else None


def is_place(words: Words, head: int, start: int, end: int) -> bool:
    """Whether a city's name means the city: `in London`, `the streets of Tehran`, `Beijing airport`."""
    place_nouns = references().place_nouns
    dep, governor = words.role(head)
    if dep == "pobj":
        preposition = words.lower[governor]
        if preposition in LOCATIVE:
            return True
        noun = words.lemma[words.head[governor]]
        return preposition == "of" and noun in place_nouns
    if dep in ("compound", "nmod", "amod", "poss"):
        return words.lemma[governor] in place_nouns and words.tag[end : end + 1] != ["POS"]
    return dep in ("npadvmod", "appos") and start > 1 and words.text[start - 1] == ","  # `Ankara, Turkey`


def is_destination(words: Words, head: int) -> bool:
    """Whether a city is where somebody goes: `flew to Moscow`, `visited Tokyo`."""
    known = references()
    dep, governor = words.role(head)
    if dep == "dobj":
        return words.lemma[governor] in known.reached
    return dep == "pobj" and words.lower[governor] in ("to", "for", "from") and words.lemma[words.head[governor]] in known.destinations


def _add(drafts: Drafts, start: int, end: int, name: Name, bearers: int) -> None:
    words = drafts.words
    head = words.root(start, end)
    confidence = 0.95 if bearers == 1 else 0.7
    rule = f"name:{name.entry.source}"
    if name.how == "seat":
        if is_place(words, head, start, end):
            drafts.locatives[head] = name.entry.id
            return
        if is_destination(words, head):
            rule, confidence = "name:destination", 0.6
    if name.entry.kind == "place" and not _is_acted_upon(words, head):
        drafts.locatives[head] = drafts.know(name.entry)
        return
    if name.entry.sector == "party" and words.dep[head] in ("amod", "compound") and end - start == 1:
        drafts.locatives[head] = drafts.know(name.entry)  # `Republican Senator`: tells the party, is not the party
        return
    owner = _owner_group_head(words, head) if name.entry.kind == "group" else None
    drafts.mention([drafts.know(name.entry)], start, end, head, name.how, rule, confidence)
    if owner is not None:
        drafts.mention([name.entry.id], start, owner + 1, owner, "title", "name:members", 0.85)


def _owner_group_head(words: Words, head: int) -> int | None:
    """`Hamas militants` are Hamas: the noun of its people after a group's name."""
    noun = words.head[head]
    if words.dep[head] in ("compound", "amod", "nmod") and head < noun <= head + 2:
        office = office_at(words, noun)
        if (
            office
            and (office.family in ("rebels", "private") or office.noun in ("force", "troop", "soldier"))
            and (words.tag[noun] in ("NNS", "NNPS") or office.family == "rebels")
            and office.noun not in ("prisoner", "detainee", "hostage", "suspect", "victim", "supporter")
        ):
            return noun
    return None


def _is_part_of_another_name(words: Words, start: int, end: int, match: NameMatch) -> bool:
    text = words.text
    if end + 1 < len(text) and text[end] == "," and text[end + 1] in references().us_states:
        return True
    if text[start] in ("Georgia", "Jordan", "Lebanon") and end - start == 1 and start > 1 and text[start - 1] == "," and words.doc[start - 2].ent_type_ == "GPE":
        return text[start] == "Georgia" and text[start - 2] not in ("Tbilisi", "Batumi", "Gori", "Kutaisi")
    if words.doc[start].ent_type_ != "PERSON":
        return False
    entity = next((e for e in words.doc.ents if e.start <= start and end <= e.end), None)
    if entity is None or len(entity) == end - start:
        return False
    how = {n.how for n in match.names}
    inside = bare(words, entity.start, entity.end)
    at_edge = entity.start == start and ("demonym" in how or words.lower[start] in ("us", "u.s.", "uk", "un", "eu"))
    titled = end < entity.end and office_at(words, end) is not None
    return inside is not None and inside[1] - inside[0] > end - start and not at_edge and not titled


def _is_stance(words: Words, start: int, end: int) -> bool:
    """`pro-Russian`, `Turkish-backed`: they tell where somebody stands, not whose he is."""
    known = references()
    text, lower = words.text, words.lower
    if start > 1 and text[start - 1] in HYPHENS and lower[start - 2] in known.stances:
        return True
    if end + 1 < len(text) and text[end] in HYPHENS and lower[end + 1] in known.backing:
        return True
    return end < len(text) and lower[end] in known.backing and words.dep[start] in ("npadvmod", "compound", "advmod") and words.head[start] == end and words.dep[end] == "amod"


def _is_anothers_portfolio(drafts: Drafts, start: int, end: int) -> bool:
    """`Germany's Europe minister`, `the British Northern Ireland secretary`: of what he is minister, not whose."""
    words = drafts.words
    if end >= len(words) or words.lower[end] not in ("minister", "secretary", "ministry"):
        return False
    owner = start - 2 if start > 1 and words.tag[start - 1] == "POS" else start - 1
    return owner in drafts.taken and words.doc[owner].ent_type_ in ("GPE", "NORP") and words.text[start - 1] != ","


def _chosen(drafts: Drafts, match: NameMatch) -> Name:
    """Of several bearers of a name the one already in the report, else by kind; a city that is the seat of a body too is the body's (`Brussels`)."""
    known = [n for n in match.names if n.entry.id in drafts.actors]
    body = next((n for n in match.names if n.entry.kind == "igo"), None)
    if body is not None and all(n.how == "seat" for n in match.names) and len(known) != 1:
        return body
    return min(known or match.names, key=lambda n: PRIORITY.get(n.entry.kind, 9))


def _is_acted_upon(words: Words, head: int) -> bool:
    """Whether a place is an argument: `annexed Crimea`, `the shelling of Kherson`, `aid to Gaza`; not `in Crimea`."""
    dep, governor = words.role(head)
    if dep in ("nsubj", "nsubjpass", "dobj", "dative"):
        return True
    return (
        dep == "pobj"
        and words.lower[governor] in ("of", "on", "against", "over", "to", "with", "from", "for", "by")
        and (words.lower[governor] != "of" or words.lemma[words.head[governor]] not in references().place_nouns)
    )


def _looks_like_a_name(words: Words, start: int, end: int) -> bool:
    text = words.text
    if not text[start][:1].isupper() or any(words.tag[i] == "POS" for i in range(start, end)) or end - start > 9:
        return False
    if end - start == 1 and (len(text[start]) < 2 or any(c.isdigit() for c in text[start]) or words.pos[start] in ("VERB", "ADV", "ADP", "PRON", "DET", "INTJ")):
        return False
    return not any(c.isdigit() for i in range(start, end) for c in text[i]) and any(words.pos[i] == "PROPN" for i in range(start, end))


def _is_titled_person(words: Words, start: int, end: int, head: int) -> bool:
    """`A. K. Menon, a former colonel`, which the recogniser takes for a body: the apposition says that it is one person."""
    if not 2 <= end - start <= 4 or not all(words.pos[i] == "PROPN" for i in range(start, end)):
        return False
    for c in words.children(head, "appos"):
        office = office_at(words, c)
        if office is not None and office.is_person and words.tag[c] not in ("NNS", "NNPS"):
            return True
    return False


def _is_office_phrase(words: Words, last: int) -> bool:
    """`Foreign Ministry`, `Supreme` of `Supreme Leader`: left to the rules for offices, which know whose it is."""
    office = office_at(words, last)
    if office is not None and office.family in ("body", "person", "private"):
        return True
    after = last + 1
    return after < len(words) and words.head[last] == after and (found := office_at(words, after)) is not None and found.noun.count(" ") > 0


def _abbreviated(drafts: Drafts, start: int, end: int) -> str | None:
    """`Arms Control Forum (ACF)`: the letters in brackets, and wherever they stand later, are the body before them."""
    words = drafts.words
    letters = words.text[start]
    if end - start != 1 or not letters.isupper() or len(letters) < 2:
        return None
    for draft in drafts.mentions:
        if draft.rule in ("entity:organization", "entity:group"):
            name = drafts.actors[draft.actor].name
            if "".join(w[0] for w in name.split() if w[:1].isupper()) == letters:
                return draft.actor
    return None
