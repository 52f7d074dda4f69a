"""Who is speaking: the words that name the speaker at a statement, and the actor behind them."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.language.grammar import RELATIVE, SUBJECTS, agents, ancestors, children, first_conjunct, is_passive, own_subjects, subjects
from dragoman.language.quotes import MARKS
from dragoman.statements.content import FINITE, is_stranger
from dragoman.statements.draft import Bounds
from dragoman.statements.lexicon import lexicon

PERSONS = frozenset({"he", "she"})
PLURALS = frozenset({"they"})
LOOSE = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis", "dep"})


def speaker_of(verb: Token) -> Token | None:
    """Head of the phrase that does the saying: subject, by-phrase of a passive, or the one understood (control, participle, coordination)."""
    if has_lost_verb(verb):
        return verb.head
    if is_passive(verb):
        by = agents(verb)
        return by[0] if by else None
    subject = [c for c in verb.children if c.dep_ == "nsubj" or (c.dep_ == "nsubjpass" and verb.tag_ != "VBN")]
    if subject:
        if verb.i and verb.nbor(-1).text == "," and (behind := [c for c in subject if c.i > verb.i]):
            return behind[0]  # `That promise, said the envoy, “will be kept”`
        return min(subject, key=lambda c: abs(c.i - verb.i))
    for child in children(verb, "ccomp"):
        if is_asked(child):  # `The ministry, asked about the case, said …`
            return next(iter(children(child, "nsubj")), None)
    if verb.tag_ == "VBG" and verb.i and verb.nbor(-1).text in (",", "-", "--", "–", "—"):
        return _of_participle(verb)
    if verb.dep_ == "conj" and (cue := _true_governor(verb)) is not None:
        return speaker_of(cue)
    if verb.dep_ == "conj" and (pronoun := _relative_subject(verb)) is not None:
        return pronoun
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and (maker := _maker(verb.head)) is not None:
        return maker
    found = own_subjects(verb) or subjects(verb)
    return found[0] if found else None


def _true_governor(verb: Token) -> Token | None:
    """The cue to which a verb is joined in truth: `said it was wrong and warned …`: warned goes with said."""
    first = verb.head
    cue = first.head
    while first.dep_ in ("ccomp", "xcomp"):
        if cue.lemma_.lower() in lexicon().verbs:
            return cue if is_stranger(verb, cue) else None
        first, cue = cue, cue.head  # `said Quito was | to blame and called for …`
    return None


def _relative_subject(verb: Token) -> Token | None:
    """The relative pronoun that a verb shares with the one it is joined to: `investors, who fund the port and see it as theirs` → who."""
    first = first_conjunct(verb)
    if first.dep_ != "relcl" or own_subjects(verb):
        return None
    return next((c for c in first.children if c.dep_ == "nsubj" and c.lower_ in RELATIVE), None)


def _maker(carrier: Token) -> Token | None:
    """Who made what a participle tells of: `Oslo sent a letter opposing the plan`, `Oslo said in a statement announcing the move …` → Oslo."""
    words = lexicon()
    word = carrier.lemma_.lower()
    head = carrier
    while head.dep_ in ("pobj", "prep") and head.head.i < head.i and head.head.pos_ in ("NOUN", "ADP"):
        head = head.head  # `a series of posts calling …`
    verb = head.head
    made = head.dep_ == "dobj" and (word in words.carriers or (word in words.evidence and verb.lemma_.lower() in words.light))
    held = head.dep_ == "prep" and (word in words.carriers or word in words.occasions) and verb.lemma_.lower() in words.verbs
    if verb.pos_ != "VERB" or not (made or held):
        return None
    found = children(verb, "nsubj")
    return found[0] if found else None


def is_passive_cue(verb: Token) -> bool:
    """Whether somebody is spoken to or of rather than speaking: `was told`, `accused by`."""
    return is_passive(verb) and not has_lost_verb(verb)


def is_asked(verb: Token) -> bool:
    """Whether a verb of asking is a participle, whatever its tag: `Asked about the raid, he said …`, `The ministry, asked about it, said …`."""
    if verb.tag_ not in ("VBN", "VBD") or verb.head.i <= verb.i:
        return False
    if verb.dep_ == "advcl":
        return not any(c.dep_ in ("nsubj", "mark") for c in verb.children)
    return verb.dep_ == "ccomp" and verb.i > 0 and verb.nbor(-1).text == "," and not children(verb.head, "nsubj")


def has_lost_verb(verb: Token) -> bool:
    """`Peru, which holds the chair, offered …`: a past tense read as a participle leaves the sentence without a verb."""
    if verb.lemma_ == "ask" and any(t.tag_ in FINITE and t.i > verb.right_edge.i for t in verb.sent):
        return False  # `The envoy, asked whether it was true, said no`
    return verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBD") and verb.head.dep_ == "ROOT" and verb.head.pos_ in ("PROPN", "NOUN") and verb.nbor(-1).text == ","


def _of_participle(verb: Token) -> Token | None:
    """Who does a participle after a comma: the speaker of the saying it goes with, else the subject of its clause.

    `Prices had doubled, she said, adding that …` → she; `Oslo left the talks, calling them a farce` → Oslo.
    """
    verbs = lexicon().verbs
    comma = verb.i - 1
    for before in (verb.doc[i] for i in range(comma - 1, max(comma - 6, -1), -1)):
        if before.pos_ == "VERB" and before.lemma_.lower() in verbs and before.tag_ in FINITE and (subject := children(before, "nsubj")):
            return subject[-1]  # `…, Sousa said, suggesting a pause`: a cue just before the comma, whatever the parser made of it
        if before.is_punct:
            break
    nearest: Token | None = None
    saying: Token | None = None
    for above in ancestors(verb):
        if above.pos_ not in ("VERB", "AUX") or (above.i < verb.i and sum(t.text in MARKS for t in verb.doc[above.i : verb.i]) % 2):
            continue  # `said: “The port was ours,” adding …`: what is quoted does not add
        nearest = nearest or above
        if above.i < verb.i and above.lemma_.lower() in verbs and children(above, "nsubj"):
            saying = above
    teller = saying or nearest
    found = subjects(teller) if teller is not None else []
    return found[0] if found else None


def speaker_bounds(head: Token, cue: Token | None) -> Bounds:
    """Token bounds of a speaker's phrase: with title, apposition and what is coordinated, without relative and other clauses.

    `Ana Sousa, head of the port authority, who had resigned, said` → Ana Sousa, head of the port authority.
    """
    indices = [head.i]
    stack = [head]
    while stack:
        token = stack.pop()
        for child in token.children:
            if child.dep_ in LOOSE or child.is_space or (cue is not None and child.i == cue.i) or child.dep_ in ("preconj",):
                continue
            if child.dep_ == "punct" and child.i > head.i and child.tag_ != "-RRB-":
                continue
            if child.dep_ == "prep" and child.i > head.i and child.lower_ in ("after", "during", "before", "while", "since"):
                continue
            indices.append(child.i)
            stack.append(child)
    start, end = min(indices), max(indices) + 1
    if cue is not None:  # a phrase never runs over its own cue
        if head.i < cue.i:
            end = min(end, cue.i)
        else:
            start = max(start, cue.i + 1)
    doc = head.doc
    while end - 1 > head.i and doc[end - 1].is_punct and doc[end - 1].tag_ != "-RRB-":
        end -= 1
    while start < head.i and doc[start].is_punct:
        start += 1
    return start, end


def actors_of(head: Token, cast: Cast) -> tuple[str, ...]:
    """Actor ids of a speaker's phrase, the first speaker first; a carrier (`the ministry's statement`) stands for its owner."""
    if head.lower_ in RELATIVE and head.dep_ in SUBJECTS:
        verb = head.head
        while verb.dep_ in ("conj", "ccomp", "xcomp") and verb.head.i != verb.i:
            verb = verb.head
        if verb.dep_ == "relcl":
            return cast.at(verb.head) or cast.owners(verb.head)
    found = cast.of(head)
    if found:
        return found
    for inside in children(head, "appos", "compound", "nmod"):  # `Russia - one of the parties - said`: read as a compound of `one`
        if found := cast.at(inside):
            return found
    if head.lemma_.lower() in lexicon().carriers:
        return cast.owners(head)
    return ()
