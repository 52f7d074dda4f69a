"""What the words of a statement do: each clause of what is said may be an act of its own (`“We need no advice. They must leave first”`).

The statement has one act; a statement of several clauses, or a quotation that goes on in a sentence without a cue, does more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.events.frames import classes
from dragoman.events.tellers import is_announced
from dragoman.language.document import Document
from dragoman.records import Statement
from dragoman.records.statement import Act
from dragoman.statements.acts import act_of
from dragoman.statements.clauses import Clause, clauses_of
from dragoman.statements.draft import Bounds
from dragoman.statements.draft import Draft as Said

OWN = frozenset({"we", "i"})
DUTY = frozenset({"must", "should", "ought"})
WILL = frozenset({"will", "would", "wo", "'ll", "’ll", "shall"})
NOTHING = frozenset({"assert", "deny", "promise", "offer"})  # acts that a clause alone does not show surely enough
SHORTEST = 3  # tokens of a clause that can be an act


@dataclass(frozen=True, slots=True)
class Piece:
    """One clause of what is said, and what is done by saying it."""

    verb: Token
    bounds: Bounds
    act: Act


def pieces_of(document: Document, cast: Cast, statement: Statement, content: list[Bounds]) -> Iterator[Piece]:
    """The clauses of a statement that do something, in text order; those that only assert or deny are left out."""
    codes = frozenset(cast.codes((statement.speaker or "", *statement.co_speakers)[bool(not statement.speaker) :]))
    whole = Said(statement.kind, "assert", statement.rule, statement.confidence, content)
    clauses = list(clauses_of(document, whole, cast, codes))
    is_known = len(clauses) == 1 and statement.cue_span is not None  # what the only clause does the statement does
    for clause, bounds in zip(clauses, _bounds(clauses, content), strict=True):
        if bounds[1] - bounds[0] < SHORTEST:
            continue
        act: Act = statement.act
        if clause.modal in DUTY and (clause.subject is None or clause.subject.lower_ not in OWN):
            yield Piece(clause.verb, bounds, "demand")  # `They must leave`, whoever they are
            continue
        if not is_known:
            act = act_of(document, Said(statement.kind, "assert", statement.rule, statement.confidence, [bounds]), cast, codes)
        if act in ("assert", "deny"):
            act = _told_plainly(clause, document) or act
        if act == "demand" and clause.own and clause.verb.lemma_ != "need":
            continue  # `we have to answer`
        if act not in NOTHING and not (act == "accuse" and is_announced(clause.verb)):
            yield Piece(clause.verb, bounds, act)


def _bounds(clauses: list[Clause], content: list[Bounds]) -> list[Bounds]:
    """Where each clause stands: its verb's phrase without the clauses that come later, within the content."""
    found: list[Bounds] = []
    for clause in clauses:
        start, end = next((b for b in content if b[0] <= clause.verb.i < b[1]), (clause.verb.i, clause.verb.i + 1))
        left, right = max(start, clause.verb.left_edge.i), min(end, clause.verb.right_edge.i + 1)
        for other in clauses:
            if clause.verb.i < other.verb.i < right and other.verb.head.i == clause.verb.i:
                right = min(right, max(other.verb.left_edge.i, clause.verb.i + 1))
        found.append((left, right))
    return found


def _told_plainly(clause: Clause, document: Document) -> Act | None:
    """Acts that no single word names: by who does what, when, negated or not."""
    verb, subject = clause.verb, clause.subject
    lemma = verb.lemma_.lower()
    if clause.negated and clause.is_existential and clause.modal in WILL:
        return "refuse"  # `There will be no exemptions`
    if clause.is_future and clause.own and any(c.dep_ == "neg" for c in verb.head.children) and lemma not in classes()["stative"]:
        return "refuse"  # `We are not going to haggle`
    if clause.negated and clause.own and subject is not None and subject.lower_ in OWN and clause.is_present and lemma not in classes()["stative"]:
        return "refuse"  # `We do not take orders`
    if clause.negated and clause.modal in WILL and not clause.own and (clause.is_state or lemma in classes()["going"]):
        return "threaten"  # `Their harbours will not be safe`
    if lemma == "need" and clause.own and not clause.negated and clause.is_present and any(c.dep_ == "dobj" for c in verb.children):
        return "demand"  # `We need engineers`
    if lemma in classes()["amounting"] and not clause.own and not clause.negated and _is_bad(verb):
        return "criticise"  # `The move amounts to blackmail`
    return None


def _is_bad(verb: Token) -> bool:
    return any(t.lemma_.lower() in classes()["unfavourable"] for c in verb.children if c.i > verb.i for t in c.subtree)
