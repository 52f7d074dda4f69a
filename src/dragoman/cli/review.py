"""`dragoman review`: what a person should look at first."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.asking import choices
from dragoman.cli.question import Question, question


@question(without=("since", "as_of", "known", "as_read"), limit=20)
def review(
    ask: Question,
    kind: Annotated[list[str] | None, typer.Option(metavar="KIND", help="Only findings of this kind: statement, event, condition or affair. May be given more than once.")] = None,
    of: Annotated[str | None, typer.Option(metavar="NAME", help="Only those in which this side or person has a part.")] = None,
) -> None:
    """What a person should look at first: what is doubtful and consequential, and nobody has looked at so far.

    The order is (1 - confidence) × weight. The weight says how much hangs on a finding: an assault more than a visit, a refusal more than an opinion. Whatever somebody confirms, amends or
    rejects (`dragoman correct`) leaves the queue.

    Examples:
      dragoman review
      dragoman review --kind event --of japan --limit 5
    """
    from dragoman.answers.review import KINDS, Kind

    with ask.ledger() as ledger:
        rows = ledger.review(kinds=choices("kind", kind, Kind) or KINDS, of=of, **ask.options)
        ask.answer(rows, title="To be reviewed, the most pressing first", empty="Nothing waits: whatever was found is certain, or somebody has looked at it.")
