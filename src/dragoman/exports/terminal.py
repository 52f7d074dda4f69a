"""A record for the eye, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO

from rich.console import Console
from rich.text import Text

from dragoman.exports.explain import Explanation
from dragoman.exports.view import Line, by_sentence, origin, sections, title, who_is_who
from dragoman.records import Record
from dragoman.records.excerpts import Piece

WIDEST = 110  # columns; longer lines are hard to read
UNSURE = 0.5  # a finding less likely to be right than this is shown as unsure
STYLES = {"actor": "bold", "act": "bold cyan", "open": "italic dim", "who": "underline", "cue": "bold yellow", "content": "green", "on": "magenta", "matter": "bold yellow"}


class _Console(Console):
    """Leaves it to the caller what a closed pipe means; Rich would end the program with 1."""

    def on_broken_pipe(self) -> None:
        """Called while the error is handled: let it go on."""
        raise


def console_on(stream: IO[str], *, terminal: bool | None = None, width: int | None = None) -> Console:
    """Rich's console on a stream: colours only where `terminal`, and not where NO_COLOR is set; at most WIDEST columns."""
    console = _Console(file=stream, force_terminal=terminal, highlight=False, emoji=False)
    console.width = min(width or console.width, WIDEST) if terminal or width else WIDEST
    return console


def show(record: Record, console: Console) -> None:
    """Print who is who, what was said and done, on what condition, and where matters stand."""
    _show_wrapped(Text(title(record), style="bold"), console, indent=0)
    console.print(Text(" · ".join(origin(record)), style="dim"))
    _show_actors(record, console)
    empty = True
    for section in sections(record):
        empty = False
        console.print(Text(f"\n{section.heading}", style="bold underline"))
        for lines, shared in by_sentence(section.lines):
            for line in lines:
                _show_head(line, console)
            _show_wrapped(Text(" " * 6).append_text(_text(shared.pieces(record), plain="dim")), console, indent=6)
    if empty:
        console.print(Text("\nNothing was found that an actor of politics said or did.", style="italic"))
    for note in record.notes:
        console.print(Text(f"\nNote: {note}", style="dim"))


def show_explanation(explanation: Explanation, console: Console) -> None:
    """Print why a finding is what it is."""
    _show_wrapped(_head(explanation.id, explanation.head, explanation.facts), console, indent=6)
    _show_wrapped(Text(" " * 6).append_text(_text(explanation.evidence, plain="dim")), console, indent=6)
    rows = [("Rule", f"{explanation.rule}: {explanation.meaning}"), ("How sure", f"{explanation.confidence:.0%}: of findings marked so, that share should be right")]
    rows += [(w.role.capitalize(), f"“{' '.join(w.text.split())}” ({explanation.part} {w.span.start}-{w.span.end})") for w in explanation.words]
    rows += [("Rests on", ", ".join(explanation.rests_on))] if explanation.rests_on else []
    rows += [("Actor", f"{name}: {told}") for name, told in explanation.actors]
    console.print()
    width = max(len(label) for label, _ in rows)
    for label, told in rows:
        _show_wrapped(Text("  ").append(label.ljust(width), style="bold").append(f"  {told}"), console, indent=width + 4)


def _show_actors(record: Record, console: Console) -> None:
    known = who_is_who(record)
    if not known:
        return
    console.print(Text("\nWho is who", style="bold underline"))
    width = min(max(len(actor.name) for actor, _ in known), 36)
    for actor, description in known:
        name = Text(actor.name if not description else actor.name.ljust(width), style="bold")
        _show_wrapped(Text("  ").append_text(name).append(f"  {description}" if description else "", style="dim"), console, indent=width + 4)


def _show_head(line: Line, console: Console) -> None:
    facts = [*line.facts, f"unsure, {line.confidence:.0%}"] if line.confidence < UNSURE else line.facts
    _show_wrapped(_head(line.id, line.head, facts), console, indent=6)


def _head(id: str, head: tuple[Piece, ...], facts: Sequence[str]) -> Text:
    text = Text().append(f"{id:>5} ", style="dim").append_text(_text(head))
    return text.append(f"  ({'; '.join(facts)})", style="dim") if facts else text


def _show_wrapped(text: Text, console: Console, *, indent: int) -> None:
    """Print with every line but the first indented; the first brings its own."""
    first, *rest = text.wrap(console, console.width)
    taken = len(first.plain)
    first.rstrip()
    console.print(first)
    if rest:
        for line in text[taken:].wrap(console, max(console.width - indent, 20)):
            stripped = line[len(line.plain) - len(line.plain.lstrip()) :]
            stripped.rstrip()
            if stripped.plain:
                console.print(Text(" " * indent).append_text(stripped))


def _text(pieces: tuple[Piece, ...], plain: str = "") -> Text:
    text = Text(style="")
    for piece in pieces:
        text.append(piece.text, style=STYLES[piece.role] if piece.role else plain)
    return text
