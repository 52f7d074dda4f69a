"""Which common nouns are somebody: those that act, are acted upon, or are placed by a country or a number; `other business` is nobody."""

from __future__ import annotations

from dragoman.actors.lexicon import Office
from dragoman.actors.words import Words

ACTING = frozenset({"nsubj", "nsubjpass", "agent"})
AFFECTED = frozenset({"dobj", "dative", "poss", "nsubjpass"})
GOVERNING = frozenset({"of", "against", "with", "to", "from", "between", "on", "for", "among", "by", "at", "into", "toward", "towards", "including", "upon", "over"})
NOBODY = frozenset({"no", "any", "every", "each", "such", "what", "which", "whatever"})
QUALIFIERS = frozenset({"other", "many", "several", "some", "such", "same", "own", "certain", "various", "more"})


def is_worth_naming(words: Words, i: int, office: Office, *, placed: bool) -> bool:
    """Whether a noun is an actor in its sentence.

    Args:
        words: The parse.
        i: Token index of the noun.
        office: What it names.
        placed: Whether its phrase says of which country or body it is.
    """
    if any(words.lower[c] in NOBODY for c in words.kids[i] if words.dep[c] in ("det", "amod", "neg")):
        return False
    dep, governor = words.role(i)
    preposition = words.lower[governor] if dep == "pobj" else ""
    acts = dep in ACTING or preposition == "by"
    argument = acts or dep in AFFECTED or preposition in GOVERNING
    counted = any(words.dep[c] == "nummod" for c in words.kids[i])
    qualified = any(words.dep[c] in ("amod", "compound", "poss", "nmod") and words.lower[c] not in QUALIFIERS for c in words.kids[i])
    family = office.family
    if dep == "attr" and office.kind in ("person", "group") and words.lower[words.kids[governor][0] if words.kids[governor] else i] != "there":
        return False  # `he is the Kremlin's man` tells of him, and is nobody beside him
    if dep == "npadvmod" or preposition in ("as", "like", "than", "despite", "during"):
        return placed and family == "body"
    if family == "person":
        return argument or placed or dep in ("ROOT", "appos")
    if family == "body":
        if office.noun in ("force", "intelligence", "authority", "leadership") and words.tag[i] == "NN" and not placed:
            return (qualified and argument) or (acts and dep == "nsubj")  # `by force`
        return argument or placed or dep == "ROOT"
    if family == "weak":
        if office.noun == "state" and any(words.lower[c] == "of" for c in words.kids[i]):
            return False  # `a state of emergency`
        return (placed and argument) or (acts and dep == "nsubj" and any(words.lower[c] == "the" for c in words.kids[i]) and office.noun not in ("side", "state", "capital"))
    if office.noun in ("power", "giant", "carrier", "utility", "network", "channel") and words.tag[i] == "NN" and not acts:
        return False  # `its power`
    if office.noun == "party" and words.tag[i] == "NNS" and not placed:
        return argument and qualified  # `the parties to the deal` are told by what they signed
    if family in ("rebels", "private", "opposition"):
        return argument or placed
    if family == "population":
        return (argument or placed) and (placed or counted or acts or dep in AFFECTED or qualified)
    if family == "business":
        return (placed or counted or dep == "nsubj") and argument
    if family == "allies":
        return (acts and (qualified or placed or counted or bool(words.kids[i]))) or (argument and (placed or counted or qualified))
    if family == "arms":
        return placed and (acts or dep in ("dobj", "nsubjpass"))
    return (placed and argument) or acts or dep in ("dobj", "poss") or preposition in ("of", "against", "on")
