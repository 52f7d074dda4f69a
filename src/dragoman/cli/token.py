"""`dragoman token`: who may read, add, correct and watch at the desk."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.asking import DEFAULT, Where, asked

token = typer.Typer(no_args_is_help=True, help="Tokens for the desk: who may read, add, correct and watch.")


@token.command()
def make(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who or what it is for.", show_default=False)],
    scope: Annotated[list[str] | None, typer.Option(metavar="SCOPE", help="read, add, correct or watch; may be given again.")] = None,
    where: Where = DEFAULT,
) -> None:
    """Make a token and show it, once.

    Examples:
      dragoman token make "night desk" --scope add --scope correct
    """
    with asked(where) as ledger:
        from dragoman.web.tokens import make_token

        typer.echo(make_token(ledger, name, scope or ["read"]))


@token.command("list")
def list_(where: Where = DEFAULT) -> None:
    """List all tokens: for whom, what they may do, whether they are still taken."""
    with asked(where) as ledger:
        from dragoman.web.tokens import list_tokens

        for t in list_tokens(ledger):
            ended = f", ended {t.ended:%Y-%m-%d}" if t.ended else ""
            typer.echo(f"{t.id}\t{t.name}\t{', '.join(t.scopes)}\tmade {t.made:%Y-%m-%d}{ended}")


@token.command()
def end(number: Annotated[int, typer.Argument(metavar="NUMBER", help="The token's number in the list.", show_default=False)], where: Where = DEFAULT) -> None:
    """Take a token no longer."""
    with asked(where) as ledger:
        from dragoman.web.tokens import end_token

        end_token(ledger, number)
