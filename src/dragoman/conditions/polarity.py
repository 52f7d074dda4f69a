"""Whether what depends is held back, promised or threatened."""

from __future__ import annotations

from typing import Literal

from dragoman.conditions.clauses import listed
from dragoman.conditions.connectives import words
from dragoman.conditions.sides import VERBAL, Draft, Side
from dragoman.language.grammar import negation
from dragoman.statements.recourse import is_recourse

Polarity = Literal["withheld", "promised", "threatened"]
NEGATIVE = frozenset({"no", "not", "n't", "n’t", "never", "nothing", "nobody", "none", "neither", "nor", "cannot"})


def polarity(drafted: Draft) -> Polarity:
    """The polarity of a condition, by its kind and by what its consequent says."""
    if drafted.kind == "before":
        return "withheld"
    if drafted.kind == "in_return":
        return "promised"
    if drafted.rule == "predicate:result":
        return "threatened"
    if drafted.rule == "phrase:pending":
        return "withheld"
    held_back = is_held_back(drafted)
    if drafted.kind == "only_if":
        return "withheld" if held_back else "promised"
    if drafted.kind == "unless" and is_hostile(drafted.antecedent) and not held_back and drafted.commitment is None and _is_boon(drafted.consequent):
        return "promised"  # `the talks will resume unless Chad attacks`
    if drafted.kind == "unless":
        return "withheld" if held_back or (drafted.consequent.head.lemma_ in ("stay", "remain", "keep") and _is_lasting(drafted.consequent)) else "threatened"
    if drafted.kind == "until":
        if drafted.cue[0] and drafted.main.doc[drafted.cue[0] - 1].lower_ == "not":  # `Not until Cairo pays will a ship sail`
            return "withheld"
        return "withheld" if held_back or _is_lasting(drafted.consequent) else "threatened"
    return _of_if(drafted, held_back)


def is_held_back(drafted: Draft) -> bool:
    """Whether the consequent is refused or negated: `refused to | meet`, `there will be no talks`."""
    if drafted.commitment is not None and listed(drafted.commitment, "refusing"):
        return True
    part = drafted.consequent
    doc = part.head.doc
    negatives = [t for t in doc[part.start : part.end] if t.lower_ in NEGATIVE and t.i <= max(part.head.i, part.start + 4) + 5]
    if part.head.pos_ in VERBAL and negation(part.head) is not None:
        return not _is_relentless(part)
    return bool(negatives) and (negatives[0].i <= part.head.i + 2 or negatives[0].lower_ == "no") and not _is_relentless(part)


def _is_relentless(part: Side) -> bool:
    """`no let-up`, `will not stop`: a negation that goes on with the blow."""
    doc = part.head.doc
    text = {t.lemma_.lower() for t in doc[part.start : part.end]}
    going_on = (
        text & {"letup", "respite", "mercy", "quiet", "hesitate", "safe", "relent", "stop", "rest", "immune"} or {"let", "up"} <= text
    )  # `will not let the ships in` is no let-up
    return bool(going_on) and not text & {"talk", "deal"}


def _is_lasting(part: Side) -> bool:
    doc = part.head.doc
    return any(t.lemma_.lower() in words("outcomes", "lasting") or t.lower_ in words("outcomes", "lasting") for t in doc[part.start : part.end])


def _of_if(drafted: Draft, held_back: bool) -> Polarity:
    commitment = drafted.commitment
    if commitment is not None and listed(commitment, "threatening") and not listed(commitment, "offering"):
        return "threatened"
    hostile = is_hostile(drafted.antecedent)
    if held_back and _spares(drafted.consequent):
        return "promised"
    if held_back:
        lasting = drafted.antecedent.head.doc[drafted.cue[0]].lower_ in ("as", "so", "for", "while")
        return "withheld" if lasting else "threatened"
    if commitment is not None and (listed(commitment, "offering") and commitment.lemma_ != "vow"):
        return "promised"
    if drafted.consequent.head.pos_ in VERBAL and is_recourse(drafted.consequent.head):
        return "threatened"  # `would take the row to the court if …`
    doc = drafted.consequent.head.doc
    stretch = doc[drafted.consequent.start : drafted.consequent.end]
    if any(t.lemma_ == "option" and t.tag_ == "NNS" for t in stretch):  # `all options are open`
        return "threatened"
    if any(t.lower_ in ("willing", "prepared", "ready", "open") for t in stretch) and not hostile:
        return "promised"
    if negation(drafted.antecedent.head) is not None or hostile:
        return "threatened"
    return "threatened" if _leans_to_harm(drafted.consequent) else "promised"


def _is_boon(part: Side) -> bool:
    """Whether the consequent is by its head a thing wanted and no harm: `talks will resume`."""
    head = part.head.lemma_.lower()
    return head in words("outcomes", "good") and (head not in words("outcomes", "harm") or not _leans_to_harm(part))


def _spares(part: Side) -> bool:
    """`will not strike`, `nothing will change`: a blow that is held back is a promise."""
    head = part.head.lemma_.lower()
    if head in ("change", "happen"):
        return any(t.lower_ == "nothing" for t in part.head.doc[part.start : part.head.i])
    return part.head.pos_ in VERBAL and head in words("outcomes", "harm") and head not in words("outcomes", "good") and head not in words("outcomes", "ending")


def is_hostile(part: Side) -> bool:
    """Whether the antecedent is an act against the holder: `if Israel attacks`, `if Malta hosts foreign warships`."""
    doc = part.head.doc
    if part.head.lemma_ in words("outcomes", "admitting") and any(t.lemma_.lower() in words("outcomes", "forces") for t in doc[part.head.i : part.end]):
        return True
    return (part.head.lemma_ in words("outcomes", "hostile") and part.head.pos_ in VERBAL) or any(
        t.lemma_ in words("outcomes", "hostile") for t in doc[part.start : part.end] if t.pos_ == "VERB" and t.dep_ in ("xcomp", "conj", "ROOT")
    )


def _leans_to_harm(part: Side) -> bool:
    """Harm by the head of the consequent, else by the words in it."""
    harm, good = words("outcomes", "harm"), words("outcomes", "good")
    head = part.head.lemma_.lower()
    if _is_relentless(part) and negation(part.head) is not None:
        return True
    doc = part.head.doc
    if head in words("outcomes", "ending") and any(t.lemma_.lower() in words("outcomes", "violence") for t in doc[part.start : part.end] if t.i != part.head.i):
        return False  # to halt talks is a blow, to halt strikes or cut the price a gift
    if (head in harm) != (head in good):
        return head in harm
    if head in words("outcomes", "ending"):
        return True
    lemmas = [t.lemma_.lower() for t in doc[part.start : part.end] if t.i != part.head.i and t.pos_ in ("VERB", "NOUN", "ADJ", "ADV")]
    bad = sum(w in harm and w not in good for w in lemmas)
    fair = sum(w in good and w not in harm for w in lemmas)
    return bad > fair
