"""`dragoman watch`: who is told of what moves."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.asking import DEFAULT, Where, asked, choices
from dragoman.cli.console import NOTHING_READ, USAGE, fail, say
from dragoman.cli.setup import settings_of

MISSING = "Telling watchers needs more packages. Install them with: pip install 'dragoman[desk]'"

watch = typer.Typer(no_args_is_help=True, help="Watch two states, an actor or an affair, and be told of what moves.")


@watch.command()
def add(
    of: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="A side, or two: then what is between them.", show_default=False)] = None,
    affair: Annotated[str | None, typer.Option(metavar="NUMBER", help="An affair instead, by its number.")] = None,
    hook: Annotated[str | None, typer.Option(metavar="URL", help="The address that is told, by HTTP POST.")] = None,
    kind: Annotated[list[str] | None, typer.Option(metavar="KIND", help="affair, condition, event or statement; may be given again. Else all but statements.")] = None,
    who: Annotated[str, typer.Option(metavar="NAME", help="For whom.")] = "command line",
    where: Where = DEFAULT,
) -> None:
    """Watch from now on. Prints the watch's number, its feed on the desk, and the secret that signs what is sent.

    Examples:
      dragoman watch add russia japan --hook https://example.org/dragoman
      dragoman watch add --affair 12
    """
    with asked(where) as ledger:
        try:
            from dragoman.web.hooks import allowed_by, check_hook
            from dragoman.web.watch import about_of, feed_of
        except ImportError:
            fail(MISSING, USAGE)
        from dragoman.answers.moved import MOVES
        from dragoman.answers.timeline import Kind
        from dragoman.ledger.watches import make_watch
        from dragoman.web.desk import DeskSettings

        named: list[str] = [*(of or []), "", ""]
        a, b, *more = named
        about = None if any(more) else about_of(ledger, a, b, affair or "")
        if about is None:
            fail("Name one side, two sides, or an affair: dragoman watch add russia japan", USAGE)
        if hook:
            check_hook(hook, allowed_by(settings_of(DeskSettings).hook_networks))
        made = make_watch(ledger, who, about, choices("kind", kind, Kind) or MOVES, hook)
        typer.echo(f"{made.id}\t{about}\t{feed_of(about)}" + (f"\t{made.secret}" if made.secret else ""))


@watch.command("list")
def list_(
    ended: Annotated[bool, typer.Option("--ended", help="Those that ended too.")] = False,
    where: Where = DEFAULT,
) -> None:
    """List what is watched: for whom, how it is told, what came of the last try."""
    with asked(where) as ledger:
        from dragoman.ledger.watches import list_watches

        for w in list_watches(ledger, ended=ended):
            told = f"{w.hook}: {w.state}" + (f" ({w.answer})" if w.tries and w.answer else "") if w.hook else w.state
            typer.echo(f"{w.id}\t{w.about}\t{', '.join(w.kinds)}\t{w.who}\t{told}")


@watch.command()
def end(number: Annotated[int, typer.Argument(metavar="NUMBER", help="The watch's number in the list.", show_default=False)], where: Where = DEFAULT) -> None:
    """Watch no longer."""
    with asked(where) as ledger:
        from dragoman.ledger.watches import end_watch

        end_watch(ledger, number)


@watch.command()
def deliver(where: Where = DEFAULT) -> None:
    """Tell everybody who is to be told now, and leave; for a ledger over which no desk is open. The desk does it by itself.

    Examples:
      dragoman watch deliver --ledger news.db
    """
    with asked(where) as ledger:
        try:
            from dragoman.web.deliveries import Deliveries
        except ImportError:
            fail(MISSING, USAGE)
        from dragoman.ledger.watches import list_watches
        from dragoman.web.desk import DeskSettings
        from dragoman.web.hooks import allowed_by

        settings = settings_of(DeskSettings)
        sent = 0
        deliveries = Deliveries(ledger, allowed_by(settings.hook_networks), settings.hook_tries)
        while taken := deliveries.deliver():
            sent += taken
        waiting = [w for w in list_watches(ledger) if w.upto is not None]
        say(f"{sent} message{'' if sent == 1 else 's'} taken, {len(waiting)} not yet.")
        for w in waiting:
            say(f"Watch {w.id}: {w.answer}", style="red")
        if waiting:
            raise typer.Exit(NOTHING_READ)
