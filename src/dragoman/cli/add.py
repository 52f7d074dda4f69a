"""`dragoman add`: reports, or records that were read elsewhere, into a ledger."""

from __future__ import annotations

import itertools
from typing import Annotated

import typer

from dragoman.cli.adding import Adding
from dragoman.cli.asking import DEFAULT, Where, asked
from dragoman.cli.inputs import FORMS, Actors, From, FromForm, Headline, Model, Paths, Published, Publisher, Quiet, Workers, stdin_of, told_of

KEPT = "What is kept"


def add(
    paths: Paths,
    where: Where = DEFAULT,
    from_: FromForm = From.AUTO,
    published: Published = None,
    publisher: Publisher = None,
    headline: Headline = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Keep what was found and where it stands, but no words of the reports, as a licence may ask.", rich_help_panel=KEPT)
    ] = False,
    model: Model = None,
    actors: Actors = None,
    workers: Workers = 1,
    quiet: Quiet = False,
) -> None:
    """Read reports into a ledger; it is made where there is none. JSON Lines may hold records too (as `dragoman read` writes them), which are taken as they are,
    and a whole ledger (as `dragoman export ledger` writes it), which comes with all that was known when.

    What the ledger holds already is not read again, so the same command goes on where it was stopped. A report with the address of an earlier one and another text is
    kept beside it as its new version.

    Examples:
      dragoman add reports/ --workers 4
      dragoman add report.txt --published 2024-06-06 --publisher "Andes Wire"
      dragoman add records.jsonl --ledger andes.db
      cat wire.jsonl | dragoman add --from jsonl - --no-text
      dragoman add ledger.jsonl.gz --ledger copy.db

    Ends with 0 where all was added or there already, 3 where something was set aside, 1 where nothing could be added or the ledger refused, 2 where the command is
    wrong, 130 after Ctrl-C.
    """
    told = told_of(published, publisher, headline, paths, from_)
    form = FORMS.get(from_)
    with asked(where, create=True, keep_text=not no_text) as ledger:
        from dragoman.cli import setup
        from dragoman.intake.gather import gather, number_of
        from dragoman.ledger.opening import shown
        from dragoman.ledger.taking import take
        from dragoman.ledger.transfer import holds_ledger, take_files

        stdin = stdin_of(paths)
        ledgers = [p for p in paths if holds_ledger(p, stdin)]
        reports = [p for p in paths if p not in ledgers]
        inputs = gather(reports, form=form, told=told, stdin=stdin, records=True)
        added = take(ledger, inputs, lambda: setup.reader_of(model, actors or []), workers=workers)
        total = None if quiet or ledgers else number_of(paths, form=form)
        Adding("Adding", total, shown=not quiet).run(itertools.chain(added, take_files(ledger, ledgers, stdin)), shown(ledger.engine.url), by_itself=workers == 1)
