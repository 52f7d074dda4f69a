"""People by name: full names first, then surnames, short forms and names that only their title gives away."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from dragoman.actors.drafts import Drafts
from dragoman.actors.lexicon import offices, references
from dragoman.actors.names import bare
from dragoman.actors.offices import is_portfolio, office_at, title_start
from dragoman.actors.words import Words
from dragoman.actors.world import Entry, NameMatch

CLOSE = 0.75  # likeness of two spellings of a first name: Dmitri, Dmitry
LONGEST_NAME = 6  # tokens


@dataclass(slots=True)
class Register:
    """Full names of a report, by each of their parts."""

    by_surname: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_part: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def enter(self, id: str, name: str) -> None:
        """Note a full name."""
        parts = [p for p in name.replace("-", " - ").split() if p.lower() not in references().name_particles and len(p) > 1]
        if len(parts) < 2:
            return
        surnames = {parts[-1], name.split()[-1]}
        for part in surnames:
            if id not in self.by_surname[part]:
                self.by_surname[part].append(id)
        for part in parts:
            if id not in self.by_part[part]:
                self.by_part[part].append(id)

    def bearer(self, word: str) -> str | None:
        """Who is meant by one name alone: the bearer of that surname, else (East Asian order) whoever has it as a part."""
        for found in (self.by_surname.get(word), self.by_part.get(word)):
            if found:
                return found[-1]
        return None


def add_people(drafts: Drafts, known: list[tuple[int, int, NameMatch]], places: frozenset[str] = frozenset()) -> None:
    """Mentions of people by name.

    Args:
        drafts: The cast so far; names of states and bodies are in it.
        known: Token bounds of names of known people, in text order.
        places: Names of regions and cities in the text: alone they are no people.
    """
    words = drafts.words
    register = Register()
    singles: list[tuple[int, int, NameMatch | None, str | None]] = []
    candidates = _candidates(drafts, known, places)
    for start, end, match, gender in candidates:
        inside = [i for i in range(start, end) if words.lower[i] not in references().name_particles]
        if len(inside) < 2:
            singles.append((start, end, match, gender))
            continue
        name = _text(words, start, end)
        entry = _entry(drafts, match, name)
        id = drafts.know(entry) if entry else drafts.make(_same_person(register, name, drafts) or name, "person", rule="entity:person")
        _mention(drafts, id, start, end, 0.95 if entry else 0.85, gender)
        register.enter(id, name)
        if entry:
            register.enter(id, entry.name)
    done = {s for s, *_ in singles}
    for i, word in enumerate(words.text):  # a surname that the recogniser passed over
        if (
            i not in drafts.taken
            and i not in done
            and words.pos[i] == "PROPN"
            and (word in register.by_surname or (word.isupper() and len(word) > 3 and word.title() in register.by_surname))  # `PENCE:` in a transcript
            and words.doc[i].ent_type_ not in ("LOC", "DATE")
            and i not in drafts.locatives
        ):
            singles.append((i, i + 1, None, None))
    for start, end, match, gender in sorted(singles, key=lambda s: s[0]):
        _add_single(drafts, register, start, end, match, gender)


def _add_single(drafts: Drafts, register: Register, start: int, end: int, match: NameMatch | None, gender: str | None) -> None:
    words = drafts.words
    if any(i in drafts.taken for i in range(start, end)):
        return
    name = _text(words, start, end)
    id = register.bearer(name) or register.bearer(name.split()[-1].rpartition("-")[2]) or (register.bearer(name.title()) if name.isupper() and len(name) > 3 else None)
    rule, confidence = "name:surname", 0.9
    if id is None and match is not None:
        entry = _in_office(drafts, match)
        id, rule = drafts.know(entry), f"name:{entry.source}"
    elif id is None and (leader := _leader(drafts, name)) is not None:
        id, rule, confidence = drafts.know(leader), f"name:{leader.source}", 0.75
        register.enter(id, leader.name)
    elif id is None:
        if name.isupper() and len(name) <= 5:
            return
        id, rule, confidence = drafts.make(name, "person", rule="entity:person"), "entity:person", 0.65
        register.by_surname[name].append(id)
    _mention(drafts, id, start, end, confidence, gender, rule)


def _candidates(drafts: Drafts, known: list[tuple[int, int, NameMatch]], places: frozenset[str]) -> list[tuple[int, int, NameMatch | None, str | None]]:
    """Token bounds of all names of people, in text order, none over another: (start, end, known name, gender told by a title)."""
    words = drafts.words
    found: list[tuple[int, int, NameMatch | None, str | None]] = []
    covered: set[int] = set()

    def add(start: int, end: int, match: NameMatch | None, gender: str | None) -> None:
        while start < end < len(words) - 1 and words.text[end] in ("-", "‐") and not words.doc[end - 1].whitespace_ and not words.doc[end].whitespace_:
            end += 2  # `Ri Chol` of `Ri Chol-man`
        if start < end and not any(i in covered or i in drafts.taken or i in drafts.nobody for i in range(start, end)) and words.doc[start:end].text not in places:
            covered.update(range(start, end))
            found.append((start, end, match, gender))

    entities = [e for e in words.doc.ents if e.label_ == "PERSON"]
    spans = {i: e for e in entities for i in range(e.start, e.end)}
    for start, end, match in known:
        entity = spans.get(start)
        start, gender = _without_title(words, start, end)
        if end - start == 1 and entity is not None and entity.end >= end:
            inner = _without_title(words, *(bare(words, entity.start, entity.end) or (start, end)))[0]
            inner = max(inner, _after_taken(drafts, entity.start, start))
            if inner < start and _is_first_name(words, inner, start):
                continue  # `Sadeq Larijani` is not the Larijani that the files know by surname
        if end - start == 1 and not _can_be_person(words, start):
            continue
        add(start, end, match, gender)
    for entity in entities:
        bounds = bare(words, entity.start, entity.end)
        if bounds is None:
            continue
        start, end = bounds
        if (
            end < len(words)
            and words.pos[end] == "PROPN"
            and words.head[end - 1] == end
            and words.doc[end].ent_type_ in ("", "ORG", "PERSON")
            and end not in drafts.taken
            and office_at(words, end) is None
            and end - start == 1
        ):
            end += 1  # `Péter Szijjártó`, of which the recogniser saw the first half
        start = max(_after_taken(drafts, start, end), start)
        start, gender = _without_title(words, start, end)
        if start < end and _is_persons_name(words, entity.start, start, end):
            add(start, end, None, gender)
    for i in range(1, len(words)):  # a name behind a title, whatever the recogniser took it for
        if (
            words.pos[i] == "PROPN"
            and i not in covered
            and i not in drafts.taken
            and words.text[i][0].isupper()
            and words.doc[i].ent_type_ != "PERSON"
            and _is_title_end(words, i - 1)
        ):
            end = i + 1
            while end < len(words) and end - i < LONGEST_NAME and words.pos[end] == "PROPN" and end not in covered and end not in drafts.taken and words.text[end][0].isupper():
                end += 1
            if office_at(words, end - 1) is None:
                add(i, end, None, offices().honorifics.get(words.lower[i - 1]))
    return sorted(found, key=lambda f: f[0])


def _after_taken(drafts: Drafts, start: int, end: int) -> int:
    """Past names of states and bodies at the front of an entity: `Iranian` in `Iranian Javad Karimi`."""
    while start < end and start in drafts.taken:
        start += 1
    return start


def _without_title(words: Words, start: int, end: int) -> tuple[int, str | None]:
    """Past honorifics and offices at the front of a name, and the gender that they tell."""
    honorifics = offices().honorifics
    if any(is_portfolio(words, i) for i in range(start, end - 2)):
        start = next(i for i in range(start, end - 1) if is_portfolio(words, i)) + 1  # `Water Minister Yerlan Sadykov`
    gender = honorifics.get(words.lower[start - 1]) if start else None
    while start < end - 1:
        if words.lower[start] in honorifics:
            gender = honorifics[words.lower[start]] or gender
        elif not (words.text[start][:1].isupper() and (office_at(words, start) is not None)) and words.pos[start] not in ("PUNCT", "DET"):
            break
        start += 1
    if start < end and words.lower[start] in honorifics and end - start == 1 and words.lower[start] not in ("king", "prince", "pope", "private", "chief", "duke", "major"):
        return end, None
    return start, gender


def _is_title_end(words: Words, i: int) -> bool:
    if words.lower[i] in offices().short_titles:
        return True
    if not words.text[i][0].isupper() and words.lower[i] not in offices().lower_titles:
        return False
    office = office_at(words, i)
    return office is not None and office.family == "person" and words.tag[i] not in ("NNS", "NNPS")


def _is_first_name(words: Words, start: int, end: int) -> bool:
    return all(words.text[i][:1].isupper() or words.lower[i] in references().name_particles for i in range(start, end))


def _can_be_person(words: Words, i: int) -> bool:
    """A known surname that is a common word or a place too needs the recogniser's word: `May`, `Rice`, `Bush`."""
    return words.pos[i] in ("PROPN", "NOUN", "ADJ") and words.text[i][0].isupper() and words.doc[i].ent_type_ not in ("DATE", "TIME", "LAW", "FAC", "WORK_OF_ART", "PRODUCT")


def _is_persons_name(words: Words, entity_start: int, start: int, end: int) -> bool:
    text = words.text
    if not text[start][0].isupper() or end - start > LONGEST_NAME or any(c.isdigit() for c in text[start] + text[end - 1]) or "/" in text[end - 1]:
        return False
    if (entity_start and words.lower[entity_start - 1] == "the") or words.lower[entity_start] == "the":
        return False  # `the Kurils`
    if any(words.tag[i] == "POS" or words.text[i] in ("’s", "'s") for i in range(start, end)) or office_at(words, end - 1) is not None:
        return False
    if is_portfolio(words, end - 1):
        return False
    head = words.root(start, end)
    if words.pos[head] in ("VERB", "ADV", "AUX", "PRON", "ADP") and end - start == 1:
        return False
    preposition = words.preposition(head)
    return not (preposition in ("in", "near", "at", "outside") or (preposition == "of" and words.lemma[words.head[words.role(head)[1]]] in references().place_nouns))


def _entry(drafts: Drafts, match: NameMatch | None, name: str) -> Entry | None:
    """The known person of a full name; a surname known alone is his where the first names are spelt alike."""
    if match is not None:
        return _in_office(drafts, match)
    named = [n.entry for n in drafts.world.named(name) if n.entry.kind == "person"]
    if named:
        return named[0]
    first, _, last = name.partition(" ")
    last = last.rpartition(" ")[2]
    for known in drafts.world.named(last):
        entry = known.entry
        if entry.kind == "person" and SequenceMatcher(None, entry.name.split()[0].lower(), first.lower()).ratio() >= CLOSE and entry.name.split()[0][0] == first[0]:
            return entry
    return None


def _leader(drafts: Drafts, surname: str) -> Entry | None:
    """Who is meant by a bare surname that the report never introduces: the head of a state or its government of the report's day; None where that is nobody, or where two are."""
    day = drafts.document.report.published
    if day is None:
        return None
    heads = offices().leaders
    found = [e for e in drafts.world.surnamed(surname) if any(t.acts_for and t.office in heads and t.holds_on(day) for t in e.terms)]
    return found[0] if len({e.country for e in found}) == 1 else None


def _in_office(drafts: Drafts, match: NameMatch) -> Entry:
    """Of several known people of one name the one who holds an office on the report's day."""
    entries = [n.entry for n in match.names if n.entry.kind == "person"]
    day = drafts.document.report.published
    if day:
        for entry in entries:
            if any(t.holds_on(day) for t in entry.terms):
                return entry
    return entries[0]


def _same_person(register: Register, name: str, drafts: Drafts) -> str | None:
    """The name under which a person with the same surname and a first name spelt alike was entered."""
    parts = name.split()
    for id in register.by_surname.get(parts[-1], ()):
        other = drafts.actors[id].name.split()
        if other[-1] == parts[-1] and other[0][0] == parts[0][0] and SequenceMatcher(None, other[0].lower(), parts[0].lower()).ratio() >= CLOSE:
            return drafts.actors[id].name
    return None


def _mention(drafts: Drafts, id: str, start: int, end: int, confidence: float, gender: str | None, rule: str | None = None) -> None:
    actor = drafts.actors[id]
    actor.gender = actor.gender or gender or references().gender.get(actor.name.split()[0].lower())
    head = drafts.words.root(start, end)
    drafts.mention([id], start, end, head, "name", rule or ("name:" + actor.entry.source if actor.entry else "entity:person"), confidence)
    title = start - 1
    if title >= 0 and office_at(drafts.words, title) is not None and drafts.words.tag[title] not in ("NNS", "NNPS"):
        for i in range(title_start(drafts.words, title), start):
            drafts.titles[i] = id


def _text(words: Words, start: int, end: int) -> str:
    return words.doc[start:end].text.replace("\n", " ")
