"""Where a matter stands, by the words over its noun."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from dragoman.affairs.lexicon import Mood, Table, named, statuses
from dragoman.conditions.connectives import words
from dragoman.events.clause import conjunction
from dragoman.language.grammar import auxiliaries, children, first_conjunct, negation

POSSIBLE = frozenset({"would", "could", "may", "might", "should", "can", "ca", "must", "'d", "’d"})
PLANNED = frozenset({"will", "wo", "'ll", "’ll", "shall"})
BLOCKED = frozenset({"stalled", "failed", "ruled_out"})


def _is_until(clause: Token) -> bool:
    return clause.lower_ in ("until", "unless", "without", "before") or any(c.dep_ == "mark" and c.lower_ in ("until", "unless", "before") for c in clause.children)


def mood(word: Token) -> tuple[Mood, bool]:
    """How a verb or noun over an affair is told, and whether somebody refuses it (`ruled out resuming`)."""
    if negation(word) is not None:
        return "negated", False
    if word.pos_ not in ("VERB", "AUX"):
        over = word.head
        if over.pos_ in ("VERB", "AUX") and over.i != word.i:
            return mood(over) if over.lemma_ not in words("commitments", "refusing") else ("negated", True)
        return "done", False
    modals = {a.lower_ for a in auxiliaries(word)}
    if modals & POSSIBLE:
        return ("negated", True) if negation(word) is not None else ("possible", False)
    if conjunction(word) is not None or any(c.dep_ == "mark" and c.lower_ in ("until", "before") for c in word.children):  # these two also of what was done
        return "possible", False
    head = first_conjunct(word).head if word.dep_ == "conj" else word.head
    governed = word.dep_ in ("xcomp", "ccomp", "pcomp", "acl", "advcl", "prep", "conj") and head.i != word.i
    if governed and (word.tag_ in ("VB", "VBG")):
        over = head.head if head.dep_ == "prep" else head
        if _is_refusing(over) or (over.pos_ in ("VERB", "AUX") and negation(over) is not None):
            return "negated", True
        if over.lemma_ in words("affairs_moods", "planning") or (over.lemma_ == "be" and word.tag_ == "VB"):  # `are to hold talks`
            return "planned", False
        if over.lemma_ in words("affairs_moods", "wishing") or (word.dep_ in ("acl", "advcl") and word.tag_ == "VB"):
            return "possible", False
    if modals & PLANNED or ("to" in modals and word.dep_ == "ROOT"):
        return "planned", False
    return ("possible", False) if "to" in modals else ("done", False)


def _is_refusing(word: Token) -> bool:
    known = words("commitments", "refusing")
    return word.lemma_ in known or any(f"{word.lemma_} {c.lower_}" in known for c in word.children if c.dep_ in ("prt", "prep", "advmod"))


def governors(noun: Token) -> Iterator[Token]:
    """Words over a noun, nearest first: `the end of talks`, `came close to a deal`; at most four steps, within the sentence."""
    token = first_conjunct(noun)
    for _ in range(5):
        if token.head.i == token.i:
            return
        dep = token.dep_
        token = token.head
        if token.dep_ == "conj" and dep not in ("nsubj", "nsubjpass"):
            pass
        if token.pos_ in ("ADP", "SCONJ", "PART"):
            continue
        yield token
        if dep in ("relcl", "acl", "advcl", "ccomp") and token.pos_ in ("VERB", "AUX"):
            return
        if dep in ("nsubj", "nsubjpass"):
            return


def status_of(noun: Token, kind: Table) -> tuple[str, Token] | None:
    """The status that words over or at a noun tell, and the word; None where none does."""
    table = statuses(kind)
    if kind == "agreement" and (talked_of := _under_negotiation(noun)) is not None:
        return "negotiated", talked_of
    if kind == "agreement" and _is_talked_about(noun):
        return _said_of_itself(noun, table)  # what comes of the talks does not come of it
    if (negation(noun)) is not None or any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children):
        verb = next((g for g in governors(noun) if g.pos_ in ("VERB", "AUX")), noun)
        told = table.get("be", {}).get("negated") or table.get("have", {}).get("negated")
        if told and verb.lemma_ in ("have", "be", "sign", "exist", "hold"):
            return told, verb
    if kind == "negotiation" and (own := _said_of_itself(noun, table)) is not None:
        over = next(((found, g) for g in governors(noun) if (found := _told(g, table, noun)) is not None), None)
        return over if over is not None and over[0] in BLOCKED else own  # `called off the talks planned for Friday`
    if kind == "negotiation" and (fruitless := _fruitless(noun)) is not None:
        return "stalled", fruitless
    if kind == "negotiation" and _came_to_nothing(noun):
        return "failed", noun.head
    for word in governors(noun):
        found = _told(word, table, noun)
        if found is not None:
            return found, word
        for attribute in children(word, "acomp", "attr", "oprd", "prt", "advmod", "prep"):
            if noun.dep_ not in ("nsubj", "nsubjpass") or word.pos_ not in ("VERB", "AUX"):
                break
            inner = [attribute, *children(attribute, "pobj"), *(t for p in children(attribute, "pobj", "prep") for t in children(p, "pobj", "amod"))]
            for token in inner:
                if (line := table.get(token.lemma_.lower()) or table.get(token.lower_)) and "done" in line:
                    how, _ = mood(word)
                    return line.get(how, line["done"]), token
    return _said_of_itself(noun, table)


def _came_to_nothing(noun: Token) -> bool:
    """`ended without a deal`, `closed with no result`."""
    verb = noun.head
    return (
        noun.dep_ == "nsubj"
        and verb.lemma_ in ("end", "close", "conclude", "finish", "break")
        and any(
            c.lower_ == "without" or (c.lower_ in ("with", "in") and any(d.lower_ == "no" for n in c.children for d in n.children)) or c.lower_ in ("inconclusively", "fruitlessly")
            for c in verb.children
        )
    )


def _is_talked_about(noun: Token) -> bool:
    """`Talks on a treaty signed in 1999 have stalled`."""
    over = noun.head.head
    return noun.dep_ == "pobj" and noun.head.lower_ in ("on", "over", "about") and over.pos_ == "NOUN" and (known := named(over)) is not None and known.kind == "negotiation"


def _under_negotiation(noun: Token) -> Token | None:
    """`a treaty, which has been under negotiation since March`, `a pact being negotiated`."""
    for child in noun.children:
        if child.dep_ in ("relcl", "acl"):
            for preposition in children(child, "prep"):
                found = next((n for n in children(preposition, "pobj") if n.lemma_ in ("negotiation", "discussion")), None)
                if found is not None and preposition.lower_ in ("under", "in"):
                    return found
    return None


def _fruitless(noun: Token) -> Token | None:
    """`held several rounds with no breakthrough`, `talks without progress`: what did not come of it; None where nothing of the kind is told."""
    for token in noun.sent:
        vain = token.head.lower_ == "without" or any(c.lower_ in ("no", "little") for c in token.children)
        if noun.i < token.i and token.lower_ in ("breakthrough", "progress", "headway", "result", "results") and vain:
            return token
    return None


def _said_of_itself(noun: Token, table: dict[str, dict[Mood, str]]) -> tuple[str, Token] | None:
    """What adjectives, participles and relative clauses of a noun tell: `stalled talks`, `talks that are due to open`."""
    for child in noun.children:
        for word in children(child, "acomp") if child.dep_ == "relcl" else ():
            if (line := table.get(word.lower_)) and "done" in line:
                return line["done"], word
        if child.dep_ in ("amod", "compound", "acl", "relcl") and (line := table.get(child.lemma_.lower()) or table.get(child.lower_)):
            how, _ = mood(child) if child.dep_ in ("acl", "relcl") else ("done", False)
            if how in line:
                return line[how], child
    return None


def _told(word: Token, table: dict[str, dict[Mood, str]], noun: Token) -> str | None:
    particle = next((f"{word.lemma_} {c.lower_}" for c in word.children if c.dep_ in ("prt", "advmod", "prep") and f"{word.lemma_} {c.lower_}" in table), None)
    line = table.get(particle or word.lemma_.lower()) or table.get(word.lower_)
    if line is None:
        return None
    if word.lemma_ in ("be", "have") and not any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children) and negation(word) is None:
        return None
    how, refused = mood(word)
    if how == "negated" and word.lemma_ in words("affairs_moods", "sealing") and any(c.dep_ in ("advcl", "prep") and _is_until(c) for c in word.children):
        return "negotiated"  # `will not sign the pact until Lima drops a clause`: there is a text
    status = line.get(how)
    if refused and status == "breached":
        return None  # `will not pay to keep the accord` breaks nothing
    return "ruled_out" if refused and status == "stalled" else status
