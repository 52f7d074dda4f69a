"""`dragoman code-pairs`: what passes between two actors whose words are given."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.console import NOTHING_READ, READ, SOME_SET_ASIDE, fail, pipe_may_close, say, standard


def code_pairs(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="JSON Lines, or - for standard input.", show_default=False)],
    model: Annotated[str | None, typer.Option(metavar="NAME", help="Another installed spaCy pipeline, or a folder with one.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No closing line; what is set aside is still told.")] = False,
) -> None:
    """Code what one given actor does to another in a text, for researchers who bring their own actor spans.

    A line in:   {"ref": "1", "text": "Chile thanked Peru.", "source": [0, 5], "target": [14, 18]}
    A line out:  {"ref": "1", "type": "SUPPORT", "cameo": "...", "status": "actual", "score": 0.9}

    Example:
      dragoman code-pairs pairs.jsonl > coded.jsonl
    """
    import json

    from dragoman.cli.setup import reader_of
    from dragoman.engines.pairs import coded

    if str(path) != "-" and not path.is_file():
        fail(f"{path}: there is no such file.", NOTHING_READ)
    reader = reader_of(model)
    done = aside = 0
    with pipe_may_close(), nullcontext(standard("stdin")) if str(path) == "-" else path.open("rb") as lines:
        for answer in coded(lines, "<stdin>" if str(path) == "-" else str(path), reader):
            if "error" in answer:
                aside += 1
                say(f"set aside: {answer['error']}", style="yellow")
            else:
                done += 1
            sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    if not quiet:
        say(f"{done} pair{'' if done == 1 else 's'} coded{f', {aside} set aside' if aside else ''}.")
    raise typer.Exit(READ if not aside else SOME_SET_ASIDE if done else NOTHING_READ)
