"""Offices and bodies: what a noun and the words around it say of whose it is: `the Japanese government's top spokesman`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dragoman.actors.drafts import Drafts
from dragoman.actors.lexicon import Office, offices, references
from dragoman.actors.words import HYPHENS, Words

LEFT = frozenset({"amod", "compound", "poss", "nmod", "npadvmod", "punct", "nummod", "advmod", "det", "dep"})
Resolver = Callable[[int], None]
HOME_SECTORS = frozenset({"legislature", "executive", "foreign", "judiciary", "defence", "police"})
EUROPE = "european"
COUNTERPART = "counterpart"


def office_at(words: Words, head: int) -> Office | None:
    """The office that a noun names, with the modifiers that belong to it: `deputy foreign minister`, `security forces`."""
    known = offices()
    lower, lemma = words.lower[head], words.lemma[head]
    forms = (lower, lemma) if lemma != lower else (lower,)
    if lower.endswith("s") and lower[:-1] != lemma:
        forms = (*forms, lower[:-1])  # the tagger keeps `Forces` and `Ministers` whole where it takes them for a name
    for form in forms:
        if form not in known.last_words:
            continue
        before: list[str] = []
        best: Office | None = known.by_words.get(form)
        i = head
        while i > 0 and len(before) < 4:
            i -= 1
            if words.pos[i] not in ("NOUN", "PROPN", "ADJ", "ADP", "PART", "PUNCT", "VERB", "ADV") or words.text[i] in ',.;:"“”()':
                break
            before.insert(0, words.lower[i])
            phrase = " ".join([*before, form]).replace(" - ", "-").replace(" ’s", "'s").replace(" 's", "'s").replace(" ’", "'").replace(" '", "'")
            if found := known.by_words.get(phrase):
                best = found
        if best is not None:
            return _with_portfolio(words, head, best) if best.noun in offices().portfolios else best
    return None


def _with_portfolio(words: Words, head: int, office: Office) -> Office:
    """`Livestock Minister`: an office whose portfolio is on no list."""
    before = head - len(office.noun.split())
    if before < 0 or not is_portfolio(words, before):
        return office
    noun = f"{words.lower[before]} {office.noun}"
    deputy = before > 0 and words.lower[before - 1] in ("deputy", "vice", "assistant")
    return Office(f"{words.lower[before - 1]} {noun}" if deputy else noun, office.family, office.sector)


def is_portfolio(words: Words, i: int) -> bool:
    """Whether a noun before a minister, a secretary or a ministry tells of what: `Water` in `Kazakh Water Minister`; not `Kazakh`, `deputy`, `government`."""
    after = i + 1
    if after < len(words) and words.lower[after] in ("and", "&") and words.text[i][0].isupper() and is_portfolio(words, after + 1):
        after += 2  # `Water and Irrigation Minister`
    while after < len(words) and words.lower[after] in ("deputy", "vice"):
        after += 1
    if after >= len(words) or words.lower[after] not in ("minister", "secretary", "ministry", "ministers", "secretaries", "ministries"):
        return False
    if words.pos[i] not in ("NOUN", "PROPN") or not words.text[i][0].isalpha() or words.lower[i] in offices().ranks or words.lower[i] in offices().last_words:
        return False
    if words.text[after][0].isupper() and not words.text[i][0].isupper():
        return False  # `told minister Lena Roos`, `the party Secretary`
    return words.doc[i].ent_type_ not in ("NORP", "GPE", "LOC")


def has_other_name(drafts: Drafts, head: int) -> bool:
    """`the Gujarat government`: a name in the phrase that is of nobody known, so that it is no body named before and not the state's."""
    words = drafts.words
    return any(
        words.pos[c] == "PROPN" and c not in drafts.taken and c not in drafts.locatives and words.text[c][0].isupper() and office_at(words, c) is None
        for c in words.kids[head]
        if c < head and words.dep[c] in ("compound", "nmod", "poss")
    )


def title_start(words: Words, head: int) -> int:
    """Where an office's own words and modifiers begin."""
    start = head
    while start > 0 and words.pos[start - 1] in ("NOUN", "PROPN", "ADJ") and (words.head[start - 1] == head or words.head[start - 1] >= start - 1) and start > head - 6:
        start -= 1
    return start


def is_former(words: Words, head: int) -> bool:
    """`the former president`, `ex-minister`: who holds the office no more."""
    former = offices().former
    start = max(words.left(head), head - 8)
    return any(words.lower[i] in former for i in range(start, head)) or words.lower[head].startswith("ex-")


def is_non_state(drafts: Drafts, head: int) -> bool:
    """`rebel forces`, `opposition leader`: a word that says the state is not meant; not one that is part of a name (`European Union monitors`)."""
    words, non_state = drafts.words, offices().non_state
    return any(words.lower[c] in non_state and c not in drafts.taken for c in (*words.kids[head], head - 1) if 0 <= c < head)


def owners(words: Words, head: int, office: Office) -> Iterator[tuple[int, str]]:
    """Tokens that can tell whose an office is, likeliest first, each with the way in which they stand to it."""
    left = [c for c in words.kids[head] if c < head and words.dep[c] in LEFT]
    queue = sorted(left, reverse=True)
    while queue:
        i = queue.pop(0)
        yield i, "left"
        queue += sorted((c for c in words.kids[i] if c < head and words.dep[c] in (*LEFT, "appos")), reverse=True)
        for c in words.kids[i]:
            if words.dep[c] == "prep" and words.lower[c] in ("of", "for") and c < head:
                queue += words.children(c, "pobj")
    allowed = ("of",) if office.noun in offices().ambassadors else ("of", "for", "from", "in", "at")
    for preposition in allowed:
        for c in words.kids[head]:
            if words.dep[c] == "prep" and words.lower[c] == preposition:
                for noun in words.children(c, "pobj"):
                    yield noun, preposition
                    for k in sorted((k for k in words.kids[noun] if words.dep[k] in LEFT), reverse=True):
                        yield k, preposition


def allegiance(drafts: Drafts, head: int, office: Office, resolve: Resolver) -> tuple[str | None, str | None, str | None]:
    """Whose an office is.

    Args:
        drafts: The cast so far.
        head: Token index of the noun.
        office: What the noun names.
        resolve: Called for a token that may stand for somebody and is not looked at yet, such as a possessor that is an office itself.

    Returns:
        (whom its holder acts for, the country it belongs to, id of the owner); None where the phrase does not tell.
    """
    words = drafts.words
    unofficial = not office.official or is_non_state(drafts, head)
    country: str | None = None
    for i, way in owners(words, head, office):
        if words.pos[i] in ("NOUN", "PROPN", "PRON") and (words.dep[i] in ("poss", "pobj") or office_at(words, i) is not None):
            resolve(i)
        for id in drafts.heads.get(_meant(words, i), ()):
            owner = drafts.actors[id]
            if office.noun == COUNTERPART and words.tag[i] == "PRP$":
                continue  # `his counterpart`: of whom it is none
            if owner.kind == "media" and way != "left":
                continue
            if office.noun in ("member", "congress member") and owner.kind in ("igo", "organization"):
                return owner.acts_for, owner.country, id
            if office.family == "vessels" and not is_non_state(drafts, head):
                return owner.acts_for, owner.country, id  # a ship stands for its flag
            if office.family == "allies":
                return (owner.acts_for if owner.kind == "igo" else None), None, id
            if office.noun in references().experts and owner.acts_for and (owner.kind == "igo" or (owner.kind == "organization" and owner.country is None)):
                return owner.acts_for, owner.country, id  # UN experts
            if unofficial:
                return None, owner.country or country, id
            if owner.sector == "party" and owner.country and office.sector in HOME_SECTORS:
                return owner.country, owner.country, id
            if owner.kind in ("person",) and office.family == "person" and office.noun in ("leader",):
                continue
            acts_for = owner.acts_for
            if owner.kind == "place" and office.sector != "defence":
                acts_for = owner.country  # `Istanbul's chief prosecutor`
            if is_former(words, head):
                acts_for = None
            return acts_for, owner.country or country, id
        if i in drafts.locatives:
            place = drafts.actors.get(drafts.locatives[i])
            entry = drafts.world.entries.get(drafts.locatives[i])
            told = place.country if place else entry.country if entry else None
            if told and not (place and place.sector == "party"):
                state = (office.sector != "defence" or office.noun.endswith("ministry")) and not unofficial and not is_former(words, head)
                return (told if state else None), told, None
            if told and place and place.sector == "party" and not unofficial and office.sector in HOME_SECTORS:
                return told, told, None
            country = country or told
        if words.lower[i] == EUROPE and (office.official or office.family == "allies") and not is_former(words, head):
            return "EUR", None, drafts.state("EUR")
        if way == "left" and i in drafts.titles:
            continue
        inner = office_at(words, i) if way == "left" and i != head and words.pos[i] in ("NOUN", "PROPN") and i not in drafts.heads else None
        if inner is not None and inner.family == "body" and words.dep[i] in ("compound", "nmod"):
            found = allegiance(drafts, i, inner, resolve)
            if any(found):
                return (None if unofficial or is_former(words, head) else found[0]), found[1], found[2]
    return None, country, None


def _meant(words: Words, i: int) -> int:
    """Whose `whose` is: `Chad, whose rulers left the bloc`."""
    if words.tag[i] != "WP$":
        return i
    verb = words.verb(i)
    return words.head[verb] if verb is not None and words.dep[verb] == "relcl" else i


def phrase_bounds(drafts: Drafts, head: int, office: Office, *, told: bool) -> tuple[int, int]:
    """Token bounds of an office's phrase: its modifiers, and where nothing before it tells whose it is, its `of` or `for` phrase; at most twelve tokens."""
    words = drafts.words
    start = words.left(head)
    if head - start > 9:
        start = max(start, head - 9)
    while start < head and (
        words.pos[start] in ("PUNCT", "SPACE", "CCONJ", "ADP", "SCONJ")
        or words.tag[start] == "POS"
        or (words.dep[start] in ("advmod", "preconj") and words.lower[start] not in ("most", "at", "about"))
    ):
        start += 1
    end = head + 1
    proper = words.text[head][0].isupper() and head + 1 < len(words) and words.lower[head + 1] == "of"  # `the U.S. Department of Agriculture`
    if not told or proper:
        for c in words.kids[head]:
            if c >= head and words.dep[c] == "prep" and words.lower[c] in ("of", "for", "in") and c <= head + 1:
                if words.lower[c] == "in" and not (office.official and any(p in drafts.heads or p in drafts.locatives for p in words.children(c, "pobj"))):
                    break
                for noun in words.children(c, "pobj"):
                    if noun - head <= 7 and "," not in words.text[head:noun]:
                        end = noun + 1
                        nested = [p for p in words.children(noun, "prep") if words.lower[p] == "of" and p == noun + 1]
                        if office.noun in ("ministry", "department") and nested:
                            end = max(words.children(nested[0], "pobj"), default=noun) + 1
                break
    return start, end


def clean_name(words: Words, start: int, end: int) -> str:
    """The words of a phrase without article, possessor pronoun, marks at the ends."""
    while start < end - 1 and (
        words.pos[start] in ("DET", "PUNCT", "PRON") or words.lower[start] in ("the", "a", "an", "its", "his", "her", "their", "our") or words.text[start] in HYPHENS
    ):
        start += 1
    while end > start + 1 and (words.tag[end - 1] == "POS" or words.pos[end - 1] in ("PUNCT", "SPACE") or words.text[end - 1] in ("’s", "'s")):
        end -= 1
    return words.doc[start:end].text
