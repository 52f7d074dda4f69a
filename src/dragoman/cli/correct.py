"""`dragoman correct`: what people confirm, reject, amend, merge, split and name; each correction says who, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.asking import ANSWER, DEFAULT, WHERE, Limit, Output, To, Where, answer, asked, choice
from dragoman.cli.console import USAGE, fail

if TYPE_CHECKING:
    from dragoman.ledger.corrections import Correcting

BY = "Who corrects"
FINDING = "The finding's number as answers show it, such as f12."
NAME = "A name, code or id, as people write it."

Who = Annotated[str | None, typer.Option("--who", metavar="NAME", envvar="DRAGOMAN_WHO", help="Who corrects; else the name by which you are logged in.", rich_help_panel=BY)]
Why = Annotated[str | None, typer.Option("--why", metavar="WORDS", help="The reason; it is kept with the correction.", rich_help_panel=BY)]
Finding = Annotated[str, typer.Argument(metavar="FINDING", help=FINDING, show_default=False)]

app = typer.Typer(rich_markup_mode="rich")


@app.callback(invoke_without_command=True)
def correct(
    context: typer.Context,
    orphans: Annotated[bool, typer.Option("--orphans", help="List the corrections that wait: no finding of a present reading answers to them.")] = False,
    limit: Limit = 50,
    to: To = None,
    output: Output = None,
    where: Where = DEFAULT,
) -> None:
    """Correct what was read. A correction is kept beside the reading, finds its finding again when the report is read anew, and can be undone (`dragoman undo`).

    Questions are answered with what people corrected; with `--as-read` without.

    Examples:
      dragoman correct reject f12 --why "The minister denied it"
      dragoman correct amend f14 act=demand speaker=Hayashi
      dragoman correct --orphans
    """
    if context.invoked_subcommand is None:
        if not orphans:
            typer.echo(context.get_help())
            raise typer.Exit(USAGE)
        _list(where, to, output, limit=limit, orphans=True)
        return
    sources = {o: context.get_parameter_source(o) for o in ("orphans", "limit", "to", "output", "where")}
    early = [o for o, source in sources.items() if source is not None and source.name == "COMMANDLINE"]
    if early:  # they would be lost: the command that follows has its own
        option = {"where": "ledger"}.get(early[0], early[0])
        fail(f"--{option} stands before {context.invoked_subcommand}; write it behind: dragoman correct {context.invoked_subcommand} … --{option}", USAGE)


@app.command()
def confirm(finding: Finding, who: Who = None, why: Why = None, where: Where = DEFAULT) -> None:
    """Say that a finding is right. Answers show it as confirmed; its confidence stays the reader's.

    Example:
      dragoman correct confirm f12
    """
    _make(where, "confirm", [finding], who, why)


@app.command()
def reject(finding: Finding, who: Who = None, why: Why = None, where: Where = DEFAULT) -> None:
    """Say that a finding is wrong. Answers leave it out, but for those asked with `--as-read`.

    Example:
      dragoman correct reject f12 --why "It was the other side that refused"
    """
    _make(where, "reject", [finding], who, why)


@app.command()
def amend(
    finding: Finding,
    fields: Annotated[
        list[str],
        typer.Argument(metavar="FIELD=VALUE...", help="What is to be said instead. Actors by name, several joined by commas; nothing after = clears.", show_default=False),
    ],
    who: Who = None,
    why: Why = None,
    where: Where = DEFAULT,
) -> None:
    """Say what is right instead. The amended finding stands in the place of the reader's, on the same words.

    Of a statement: act, kind, manner, speaker, co_speakers, addressees. Of an event: type, cameo, mode, context, sources, targets, status, polarity, modality,
    background, time, claimed_by; type and code go together, as do status, polarity and modality. Of a condition: kind, polarity, holder, demanded_of. Of an affair: kind,
    status, parties, senders, targets, subject.

    Examples:
      dragoman correct amend f14 act=demand speaker=Hayashi
      dragoman correct amend f20 type=SANCTION sources=Chile,Peru background=no
      dragoman correct amend f31 status=in_force --why "Ratified in May"
    """
    told: dict[str, Any] = {}
    for field in fields:
        name, sign, value = field.partition("=")
        if not sign:
            fail(f"{field}: write it as FIELD=VALUE, such as act=demand.", USAGE)
        told[name.strip()] = value
    _make(where, "amend", [finding], who, why, told)


@app.command("merge-actors")
def merge_actors(
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help=f"Who is the other. {NAME}", show_default=False)],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Who both are from now on.", show_default=False)],
    who: Who = None,
    why: Why = None,
    where: Where = DEFAULT,
) -> None:
    """Say that an actor is another: asked under either name, the ledger answers for both.

    Example:
      dragoman correct merge-actors person:y-hayashi "Yoshimasa Hayashi"
    """
    _make(where, "merge_actors", [actor, other], who, why)


@app.command("split-actors")
def split_actors(
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="Who stands for itself again. A name or id.", show_default=False)],
    who: Who = None,
    why: Why = None,
    where: Where = DEFAULT,
) -> None:
    """Say that an actor is nobody of those with whom it was merged.

    Example:
      dragoman correct split-actors person:y-hayashi
    """
    _make(where, "split_actors", [actor], who, why)


@app.command()
def alias(
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help=NAME, show_default=False)],
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it goes by too.", show_default=False)],
    who: Who = None,
    why: Why = None,
    where: Where = DEFAULT,
) -> None:
    """Give an actor a further name, by which the ledger can be asked.

    Example:
      dragoman correct alias Japan "the Land of the Rising Sun"
    """
    _make(where, "alias", [actor, name], who, why)


@app.command()
def office(
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help=NAME, show_default=False)],
    title: Annotated[str, typer.Argument(metavar="OFFICE", help="The office.", show_default=False)],
    acts_for: Annotated[str | None, typer.Option("--for", metavar="NAME", help="State or body for which it acts.")] = None,
    begin: Annotated[str | None, typer.Option("--from", metavar="DAY", help="First day, month or year of the term.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Last day, month or year of the term.")] = None,
    who: Who = None,
    why: Why = None,
    where: Where = DEFAULT,
) -> None:
    """Say which office somebody held, and when; `dragoman actor` shows it.

    Example:
      dragoman correct office Hayashi "foreign minister" --for Japan --from 2021-11-10 --to 2023-09-13
    """
    _make(where, "office", [actor, title], who, why, {"acts_for": acts_for, "begin": begin, "end": end})


@app.command("merge-affairs")
def merge_affairs(
    affairs: Annotated[list[str], typer.Argument(metavar="AFFAIR AFFAIR...", help="Two or more, by number, such as a3 a9.", show_default=False)],
    who: Who = None,
    why: Why = None,
    where: Where = DEFAULT,
) -> None:
    """Say that affairs are one and the same matter.

    Example:
      dragoman correct merge-affairs a3 a9
    """
    _make(where, "merge_affairs", affairs, who, why)


@app.command("split-affair")
def split_affair(
    affair: Annotated[str, typer.Argument(metavar="AFFAIR", help="By number, such as a3.", show_default=False)],
    findings: Annotated[list[str], typer.Argument(metavar="FINDING...", help="Findings of another matter, by number, such as f12; their matters leave.", show_default=False)],
    who: Who = None,
    why: Why = None,
    where: Where = DEFAULT,
) -> None:
    """Say that some findings of an affair are about another matter.

    Example:
      dragoman correct split-affair a3 f40 f52
    """
    _make(where, "split_affairs", [affair, *findings], who, why)


@app.command("merge-stories")
def merge_stories(
    stories: Annotated[list[str], typer.Argument(metavar="STORY STORY...", help="Two or more, by number.", show_default=False)],
    who: Who = None,
    why: Why = None,
    where: Where = DEFAULT,
) -> None:
    """Say that stories tell of one and the same happening.

    Example:
      dragoman correct merge-stories 4 17
    """
    _make(where, "merge_stories", stories, who, why)


@app.command("split-story")
def split_story(
    story: Annotated[str, typer.Argument(metavar="STORY", help="By number.", show_default=False)],
    reports: Annotated[list[str], typer.Argument(metavar="REPORT...", help="Reports that tell of another happening, by number, such as r12.", show_default=False)],
    who: Who = None,
    why: Why = None,
    where: Where = DEFAULT,
) -> None:
    """Say that some reports of a story tell of another happening.

    Example:
      dragoman correct split-story 4 r12 r13
    """
    _make(where, "split_stories", [story, *reports], who, why)


@app.command("list")
def list_(
    what: Annotated[str | None, typer.Option("--what", metavar="KIND", help="Only of this kind: confirm, reject, amend, merge_actors …", rich_help_panel=WHERE)] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Only those that this person made.", rich_help_panel=WHERE)] = None,
    orphans: Annotated[bool, typer.Option("--orphans", help="Only those that wait for their finding.", rich_help_panel=ANSWER)] = False,
    limit: Limit = 50,
    to: To = None,
    output: Output = None,
    where: Where = DEFAULT,
) -> None:
    """What people corrected, the latest first, with what was undone.

    Examples:
      dragoman correct list --by Ana
      dragoman correct list --what amend --to csv -o amended.csv
    """
    from dragoman.ledger.corrections import Correcting

    _list(where, to, output, what=choice("what", what, Correcting), who=by, orphans=orphans, limit=limit)


def _make(where: str, what: Correcting, of: list[str], who: str | None, why: str | None, told: dict[str, Any] | None = None) -> None:
    with asked(where) as ledger:
        number = ledger.correct(what, *of, who=who, why=why, **(told or {}))
        made = next(c for c in ledger.corrections(undone=False) if c.correction == number)
        place = f" It now stands as f{made.finding}." if what == "amend" else ""
        typer.echo(f"Correction {number}: {what.replace('_', ' ')} {' '.join(of)}.{place} To undo it: dragoman undo {number}")


def _list(where: str, to: Any, output: Any, **told: Any) -> None:
    with asked(where) as ledger:
        empty = "Every correction has its finding." if told.get("orphans") else "Nobody corrected anything so far."
        answer(ledger.corrections(**told), to=to, output=output, title="Corrections that wait for their finding" if told.get("orphans") else "Corrections", empty=empty)
