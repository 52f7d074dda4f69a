"""Places in the text where an affair is named, with what each says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.affairs.lexicon import Named, named, word_set
from dragoman.affairs.parties import named_in_clause, named_in_phrase, named_in_sentence, sanction_sides, side_of
from dragoman.affairs.status import status_of
from dragoman.language.document import Document
from dragoman.language.grammar import prepositional, subjects
from dragoman.records.affair import AffairKind

FROM_PHRASE, FROM_CLAUSE = 0.7, 0.55


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


def noun_mentions(document: Document, cast: Cast) -> Iterator[Mention]:
    """Affairs that nouns name, in text order."""
    for token in document.doc:
        pos = token.pos_
        if pos in ("NOUN", "PROPN"):
            if (
                (token.dep_ != "compound" or token.head.pos_ not in ("NOUN", "PROPN"))
                and (known := named(token)) is not None
                and (found := _mention(document, cast, token, known)) is not None
            ):
                yield found
        elif pos in ("ADJ", "VERB") and token.lower_ in ("disputed", "contested") and token.dep_ == "amod":
            yield _contested(document, cast, token.head)


def _contested(document: Document, cast: Cast, noun: Token) -> Mention:
    """`the disputed border`: a dispute, of whomever the phrase or the clause names."""
    sides, sure = _parties(cast, noun)
    if sure < FROM_PHRASE:
        sides = ()
    start, end = _telling(noun, None)
    return Mention("dispute", noun.i, start, end, sides, (), "open", "open", sure, "noun:disputed", subject_of(document, noun), topic_of(noun, "dispute"))


def _mention(document: Document, cast: Cast, noun: Token, known: Named) -> Mention | None:
    told = status_of(noun, known.kind)
    if known.status is None and (told is None or not _is_told_enough(noun, known, told)):
        return None
    if known.kind == "sanctions":
        if known.status is None and not prepositional(noun, *word_set("measure_prepositions")):
            return None
        sides, targets = sanction_sides(cast, noun)
        sure = FROM_PHRASE
        if not (targets and sides):
            return None
    else:
        sides, sure = _parties(cast, noun)
        targets = ()
    if known.kind == "hostilities" and _is_history(document, noun, told is not None):
        return None
    start, end = _telling(noun, told[1] if told else None)
    status = told[0] if told else None
    if known.kind == "agreement" and status in ("signed", "negotiated") and noun_year(noun) and not is_fresh(document, noun):
        status = "in_force"
    return Mention(
        known.kind,
        noun.i,
        start,
        end,
        sides,
        targets,
        status,
        known.status or (told[0] if told else "open"),
        sure,
        f"noun:{known.kind}",
        subject_of(document, noun),
        topic_of(noun, known.kind),
        likely=named_in_sentence(cast, noun) if known.kind == "agreement" and len(sides) < 2 else (),
        doers=side_of(cast, [i for s in subjects(told[1]) for i in cast.of(s)]) if told and told[1].pos_ == "VERB" else (),
        definite=any(c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an", "any", "no", "some", "another") for c in noun.children),
    )


def _is_told_enough(noun: Token, known: Named, told: tuple[str, Token]) -> bool:
    """Whether the word over a weak noun makes an affair of it: `exchanged fire` does, `playing with fire` and `attended a meeting` do not."""
    if known.kind == "hostilities":
        return told[1].i == noun.head.i and noun.dep_ == "dobj"
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
    """`after the war`, `the 1991 war`: fighting that only dates something else."""
    preposition = noun.head if noun.dep_ == "pobj" else None
    if preposition is not None and preposition.lower_ in ("after", "since", "during", "before", "until", "in") and not told:
        return True
    year = noun_year(noun)
    now = document.report.published.year if document.report.published else None
    return year is not None and (year < 2000 if now is None else now - year > 10)


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
    """A few words from the text: the noun with what it is about (`territorial dispute over the islands`)."""
    low, high = noun.i, noun.i + 1
    for child in noun.children:
        if child.i < noun.i and child.dep_ in ("amod", "compound", "nummod", "nmod") and noun.i - child.left_edge.i < 6:
            low = min(low, child.left_edge.i)
        elif child.dep_ == "prep" and child.lower_ in ("over", "on", "about", "of", "for", "in", "to") and child.right_edge.i - noun.i < 9:
            high = max(high, child.right_edge.i + 1)
    words = document.report.words(document.span(low, high), document.part(noun))
    return " ".join(words.split())


def topic_of(noun: Token, kind: AffairKind) -> frozenset[str]:
    """Lemmas that tell one matter from another of its kind: names, years and nouns before it or under `over`, `on`."""
    found = set()
    for child in noun.children:
        if child.dep_ in (("compound", "amod", "nummod", "nmod") if kind == "agreement" else ("compound",)) and child.ent_type_ not in ("GPE", "NORP"):
            found.add(child.lemma_.lower())
        elif child.dep_ == "prep" and child.lower_ in ("over", "on", "about"):
            found |= {t.lemma_.lower() for t in child.subtree if t.pos_ in ("NOUN", "PROPN")}
    return frozenset(found)
