"""Places in the text where an affair is named, with what each says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.affairs.lexicon import Named, named, word_set
from dragoman.affairs.parties import named_in_clause, named_in_phrase, named_in_sentence, sanction_sides, side_of
from dragoman.affairs.status import status_of
from dragoman.language.document import Document
from dragoman.language.grammar import ancestors, objects, prepositional, subjects
from dragoman.records.affair import AffairKind

OPEN_DETERMINERS = frozenset({"a", "an", "any", "no", "some", "another", "new", "further", "future", "separate"})
YEAR = re.compile(r"((?:18|19|20)\d\d)(?:s|-\d\d+|–\d\d+)?$")
FROM_PHRASE, FROM_CLAUSE = 0.7, 0.55
OWN = ("amod", "compound", "nummod", "nmod")
ABOUT = ("over", "on", "about", "of", "for", "concerning", "regarding")
ABOUT_VERB = ("over", "on", "about", "concerning", "regarding")
LONG = 10  # tokens of what an affair is about


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that names an affair.

    Attributes:
        at: Token index of the noun or verb.
        start: First token of the telling words; `end` one past the last.
        sides: Parties; for sanctions the senders.
        targets: For sanctions, whom they hit.
        status: What this place says, None where it only names the matter.
        default: Status where no place says one.
        sure: Share of such mentions of which the parties are expected to be right.
        topic: Lower-case words by which two matters of one kind are told apart.
        event: Id of the event that shows it.
        definite: Whether it only takes up what was named before (`the deal`).
        doers: Who does what the status tells (`Oslo left the accord`), where a subject says so.
        year: The year by which an agreement's own phrase tells it from others.
        likely: The two parties that its sentence names, where phrase and clause name fewer.
    """

    kind: AffairKind
    at: int
    start: int
    end: int
    sides: tuple[str, ...]
    targets: tuple[str, ...]
    status: str | None
    default: str
    sure: float
    rule: str
    subject: str
    topic: frozenset[str]
    event: str | None = None
    likely: tuple[str, ...] = ()
    definite: bool = False
    doers: tuple[str, ...] = ()
    year: int | None = None


def noun_mentions(document: Document, cast: Cast) -> Iterator[Mention]:
    """Affairs that nouns name, and agreements that a pronoun takes up, in text order."""
    last: Mention | None = None
    for token in document.doc:
        pos = token.pos_
        if pos in ("NOUN", "PROPN"):
            if (
                (token.dep_ != "compound" or token.head.pos_ not in ("NOUN", "PROPN"))
                and (known := named(token)) is not None
                and (found := _mention(document, cast, token, known)) is not None
            ):
                last = found if found.kind == "agreement" else last
                yield found
        elif pos == "PRON":
            if last is not None and token.lower_ == "it" and token.dep_ in ("dobj", "pobj") and (again := _taken_up(document, cast, token, last)) is not None:
                yield again
        elif pos in ("ADJ", "VERB") and token.lower_ in ("disputed", "contested") and token.dep_ == "amod":
            yield _contested(document, cast, token.head)


def _taken_up(document: Document, cast: Cast, pronoun: Token, last: Mention) -> Mention | None:
    """`Chad pulled out of it a year later`: the agreement named last, where the verb leaves, breaks, signs or keeps one; from the sentence or the one before."""
    told = status_of(pronoun, "agreement")
    if told is None or told[1].pos_ != "VERB" or told[1].lemma_ not in word_set("taking_up") or pronoun.sent.start - last.at > 60:
        return None
    doers = side_of(cast, [i for s in subjects(told[1]) for i in cast.of(s)])
    start, end = min(pronoun.i, told[1].i), max(pronoun.i, told[1].i) + 1
    return replace(last, at=pronoun.i, start=start, end=end, status=told[0], rule="pronoun:agreement", doers=doers, definite=True)


def _contested(document: Document, cast: Cast, noun: Token) -> Mention:
    """`the disputed border`: a dispute, of whomever the phrase or the clause names."""
    sides, sure = _parties(cast, noun)
    if sure < FROM_PHRASE:
        sides = ()
    start, end = _telling(noun, None)
    return Mention("dispute", noun.i, start, end, sides, (), "open", "open", sure, "noun:disputed", subject_of(document, noun), topic_of(noun, "dispute"))


def _mention(document: Document, cast: Cast, noun: Token, known: Named) -> Mention | None:
    truce = known.status == "ceasefire"
    told = status_of(noun, "truce" if truce else known.kind)
    if known.status is None and (told is None or not _is_told_enough(noun, known, told)):
        return None
    if known.kind == "sanctions":
        if known.status is None and not prepositional(noun, *word_set("measure_prepositions")):
            return None
        sides, targets = sanction_sides(cast, noun)
        sure = FROM_PHRASE
        if not (targets or sides) or (not (targets and sides) and (known.status is None or not _is_measured(noun))):
            return None
    else:
        sides, sure = _parties(cast, noun)
        targets = ()
    if known.kind == "hostilities" and _is_only_spoken_of(noun):
        return None
    if known.kind == "hostilities" and _is_history(document, noun, told is not None):
        return None
    if known.kind == "relations" and told is not None and _is_long_past(document, noun, 10 if told[0] == "broken" else 2):
        return None
    start, end = _telling(noun, told[1] if told else None)
    status = told[0] if told else None
    if known.kind == "agreement" and status in ("signed", "negotiated") and told and told[1].pos_ == "VERB" and noun_year(noun) and not is_fresh(document, noun):
        status = "in_force"
    topic = topic_of(noun, known.kind)
    definite = any(c.dep_ in ("det", "poss") and c.lower_ not in OPEN_DETERMINERS for c in noun.children)
    default = known.status or (told[0] if told else "open")
    if known.kind == "agreement" and default == "in_force" and _is_sought(noun):
        default = "proposed"
    if truce and status is None and definite:
        status = "ceasefire"
    return Mention(
        known.kind,
        noun.i,
        start,
        end,
        sides,
        targets,
        status,
        default,
        sure,
        "noun:truce" if truce else f"noun:{known.kind}",
        subject_of(document, noun),
        topic,
        likely=named_in_sentence(cast, noun) if known.kind == "agreement" and len(sides) < 2 and (topic or _is_made(noun)) else (),
        doers=side_of(cast, [i for s in subjects(told[1]) for i in cast.of(s)]) if told and told[1].pos_ == "VERB" else (),
        definite=definite,
        year=_own_year(noun) if known.kind == "agreement" else None,
    )


def _is_measured(noun: Token) -> bool:
    """Whether a measure's own phrase tells whose it is or what it hits: `its sanctions on the airline`."""
    return any(c.dep_ == "poss" for c in noun.children) or bool(prepositional(noun, *word_set("measure_prepositions")))


def _is_only_spoken_of(noun: Token) -> bool:
    """Whether fighting is named without being told: `prisoners of war`, `fears of a clash`, `stoking a new war`."""
    over = noun.head
    if noun.dep_ == "pobj" and over.lower_ in ("of", "about", "over", "for", "from") and over.head.lemma_.lower() in word_set("speaking_of"):
        return True
    return noun.dep_ == "dobj" and over.lemma_.lower() in word_set("stirring")


def _is_sought(noun: Token) -> bool:
    """`a follow-on deal`, `any new pact`: one that is not there yet, where nothing says that it was made."""
    opening = {c.lower_ for c in noun.children if c.i < noun.i and c.dep_ in ("det", "amod")}
    return bool(opening & (OPEN_DETERMINERS - {"no"})) and not _is_made(noun) and noun_year(noun) is None


def _is_made(noun: Token) -> bool:
    """`a deal reached in Geneva`, `a pact that was signed`."""
    return any(c.dep_ in ("acl", "relcl") and c.tag_ in ("VBN", "VBD") for c in noun.children)


def _is_told_enough(noun: Token, known: Named, told: tuple[str, Token]) -> bool:
    """Whether the word over a weak noun makes an affair of it: `exchanged fire` does, `playing with fire` and `attended a meeting` do not."""
    if known.kind == "hostilities":
        return told[1].i == noun.head.i and noun.dep_ in ("dobj", "nsubjpass") and told[1].lemma_ in ("exchange", "trade", "open")
    return known.kind != "negotiation" or told[0] != "under_way"


def _parties(cast: Cast, noun: Token) -> tuple[tuple[str, ...], float]:
    phrase = named_in_phrase(cast, noun)
    if len(phrase) > 1:
        return phrase, FROM_PHRASE
    clause = named_in_clause(cast, noun)
    both = tuple({cast.code(i): i for i in (*phrase, *clause)}.values())
    if len(both) > 1:
        return both, FROM_CLAUSE
    return both, 0.0


def noun_year(noun: Token) -> int | None:
    """The latest year named in the sentence of a noun; None where none is."""
    years = [int(t.text) for t in noun.sent if t.is_digit and len(t.text) == 4 and 1800 < int(t.text) < 2100]
    return max(years, default=None)


def is_fresh(document: Document, noun: Token) -> bool:
    """Whether no year in the sentence is earlier than the report's own; where its day is unknown a named year is history."""
    year = noun_year(noun)
    return year is None or (document.report.published is not None and year >= document.report.published.year)


def _is_history(document: Document, noun: Token, told: bool) -> bool:
    """`after the war`, `the 1991 war`, `fought two wars`, `technically still at war`: fighting that only dates something else."""
    if any(c.dep_ == "nummod" for c in noun.children) and noun.lemma_ in ("war", "conflict"):
        return True
    if any(t.lower_ in ("technically", "formally", "officially") for t in noun.doc[max(noun.sent.start, noun.i - 5) : noun.i]):
        return True
    preposition = noun.head if noun.dep_ == "pobj" else None
    if preposition is not None and preposition.lower_ in ("after", "since", "during", "before", "until", "in") and not told:
        return True
    year = noun_year(noun)
    now = document.report.published.year if document.report.published else None
    own = _own_year(noun)  # `the war of the 1980s` is not the fighting of today, whatever else its sentence dates
    if own is not None and (own < 2000 if now is None else now - own > 5):
        return True
    return year is not None and (year < 2000 if now is None else now - year > 10)


def _own_year(noun: Token) -> int | None:
    """The year or decade by which a noun's own phrase is told from others: `the 1991 war`, `the war of the 1980s`, `a treaty signed in 2014`; None where it has none."""
    near = [c for c in noun.children if c.dep_ in ("nummod", "amod", "compound", "nmod")] + [t for _, t in prepositional(noun, "of", "in")]
    near += [t for made in noun.children if made.dep_ == "acl" and made.tag_ == "VBN" for _, t in prepositional(made, "in")]
    found = (YEAR.match(t.text) for n in near for t in (n, *n.children))
    return next((int(m[1]) for m in found if m), None)


def _is_long_past(document: Document, noun: Token, years: int) -> bool:
    """Whether the sentence names a year more than `years` before the report's day; False where either is not known."""
    year, now = noun_year(noun), document.report.published
    return year is not None and now is not None and now.year - year > years


def _telling(noun: Token, word: Token | None) -> tuple[int, int]:
    """Bounds of the words that show an affair: from the word over the noun to the noun's own prepositional phrase, twenty tokens at most."""
    start, end = noun.left_edge.i, noun.i + 1
    if noun.i - start > 8:
        start = noun.i
    for child in noun.children:
        if child.dep_ == "prep" and child.i > noun.i and child.right_edge.i - noun.i < 10:
            end = max(end, child.right_edge.i + 1)
    if word is not None and abs(word.i - noun.i) < 14:
        start, end = min(start, word.i), max(end, word.i + 1)
    return start, end


def subject_of(document: Document, noun: Token) -> str:
    """A few words from the text: the noun with what it is about (`territorial dispute over the islands`, `agreement to reopen their border`); where it is only where nothing else tells it."""
    low = min([noun.i, *(c.left_edge.i for c in noun.children if c.i < noun.i and c.dep_ in OWN and noun.i - c.left_edge.i < 6)])
    pieces = [(low, noun.i + 1), *_about(noun)]
    told = (document.report.words(document.span(start, end), document.part(noun)) for start, end in _joined(pieces))
    return " ".join(" ".join(told).split()).rstrip(",;:-–— ")


def _about(noun: Token) -> list[tuple[int, int]]:
    """Bounds of what tells what a noun is about: `on fisheries`, `to reopen their border`, also behind day and town (`talks in Doha on Friday about prisoners`)."""
    verb = next((t for t in ancestors(noun) if t.pos_ == "VERB"), None)
    behind = noun.doc[noun.i + 1 : min(noun.i + LONG, noun.sent.end)]
    told = [t for t in behind if t.dep_ == "prep" and t.lower_ in ABOUT and t.head == noun and not _is_time(t)]
    told = told or [t for t in behind if t.dep_ == "prep" and t.lower_ in ABOUT_VERB and not _is_time(t) and (t.head == verb or t.head.ent_type_ in ("DATE", "TIME", "GPE"))][:1]
    if told:
        return [(t.left_edge.i, t.right_edge.i + 1) for t in told if t.right_edge.i - t.i < LONG]
    for act in behind:
        if act.tag_ == "VB" and act.head in (noun, verb) and act.dep_ in ("acl", "advcl", "xcomp", "relcl") and any(t.dep_ == "aux" and t.lower_ == "to" for t in act.children):
            end = max([act.i, *(o.right_edge.i for o in objects(act))]) + 1
            return [(act.left_edge.i, end)] if end - act.left_edge.i < LONG else []
    return [
        (t.left_edge.i, t.right_edge.i + 1) for t in behind if t.dep_ == "prep" and t.lower_ in ("in", "at") and t.head == noun and not _is_time(t) and t.right_edge.i - t.i < LONG
    ]


def _is_time(preposition: Token) -> bool:
    """`on Thursday`; `of 1904` tells one treaty from another."""
    return preposition.lower_ != "of" and any(t.ent_type_ in ("DATE", "TIME") for t in preposition.children if t.dep_ == "pobj")


def _joined(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces in text order; those that touch are one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def topic_of(noun: Token, kind: AffairKind) -> frozenset[str]:
    """Lemmas that tell one matter from another of its kind: names, years and nouns before it or under `over`, `on`."""
    found = set()
    for child in noun.children:
        if child.dep_ in (("compound", "amod", "nummod", "nmod") if kind == "agreement" else ("compound",)) and child.ent_type_ not in ("GPE", "NORP"):
            if kind == "agreement" and child.lower_ in word_set("another"):
                found.add("new")
            elif child.lemma_.lower() not in word_set("plain"):
                found.add(child.lemma_.lower())
        elif child.dep_ == "prep" and child.lower_ in ("over", "on", "about"):
            found |= {t.lemma_.lower() for t in child.subtree if t.pos_ in ("NOUN", "PROPN")}
    return frozenset(found)
