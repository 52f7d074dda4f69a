"""`dragoman explain`: why a finding is what it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.console import NOTHING_READ, USAGE, fail, pipe_may_close, standard

if TYPE_CHECKING:
    from dragoman.exports.explain import Explanation
    from dragoman.records import Record


def explain(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A record (JSON, as `read --to json` writes it), a report to be read, or - for standard input.", show_default=False)],
    finding: Annotated[str | None, typer.Argument(metavar="[ID]", help="The finding: s1, e2, c1, a1 ...; without it all are listed.", show_default=False)] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="The report's day, where a report is given.")] = None,
    ref: Annotated[str | None, typer.Option(metavar="REF", help="Which record, where the file holds many (JSON Lines).")] = None,
    model: Annotated[str | None, typer.Option(metavar="NAME", help="Another installed spaCy pipeline, where a report is given.")] = None,
    actors: Annotated[list[Path] | None, typer.Option(metavar="PATH", help="Your own actors, where a report is given; may be given again.")] = None,
) -> None:
    """Say which rule or model made a finding, from which words, and how sure it is.

    Examples:
      dragoman explain report.txt e2
      dragoman explain records.jsonl s1 --ref a17
    """
    from dragoman.errors import DragomanError
    from dragoman.exports import explain as why
    from dragoman.exports.terminal import console_on, show_explanation

    record = _record(path, published, ref, model, actors or [])
    console = console_on(sys.stdout, terminal=sys.stdout.isatty())
    if finding is None:
        with pipe_may_close():
            for id, rule, confidence, words in why.listing(record):
                console.print(f"{id:>6}  {rule:<28} {confidence:4.0%}  {words}", markup=False, soft_wrap=True)
        return
    try:
        explanation: Explanation = why.explain(record, finding)
    except DragomanError as error:
        fail(str(error), USAGE)
    show_explanation(explanation, console)


def _record(path: Path, published: str | None, ref: str | None, model: str | None, actors: list[Path]) -> Record:
    """The record in a file, or that of the report in it."""
    from dragoman.errors import InputError
    from dragoman.intake.encoding import decode
    from dragoman.intake.item import named

    name = named(path)
    try:
        raw = standard("stdin").read() if name == "-" else path.read_bytes()
        text = decode(raw).text
    except OSError as error:
        fail(f"{name}: cannot be opened: {error.strerror}.", NOTHING_READ)
    except InputError as error:
        fail(str(error.at(name)), NOTHING_READ)
    if not text.lstrip().startswith("{"):
        return _read(raw, name, published, model, actors)
    records = _records(text, name)
    chosen = [r for r in records if ref is None or r.ref == ref]
    if len(chosen) != 1:
        refs = ", ".join(str(r.ref) for r in records[:5])
        fail(f"{name} holds {len(records)} records ({refs}{' …' if len(records) > 5 else ''}); {len(chosen)} fit. Name one with --ref.", USAGE)
    return chosen[0]


def _records(text: str, name: str) -> list[Record]:
    from pydantic import ValidationError

    from dragoman.records import Record

    try:
        return [Record.from_json(text)]
    except ValidationError:
        pass
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and '"error"' not in line[:400].split('"schema_version"')[0]:
            try:
                found.append(Record.from_json(line))
            except ValidationError as error:
                fail(f"{name}:{number}: this is no record ({error.errors()[0]['msg']}). Give what `dragoman read --to json` or `--to jsonl` wrote.", NOTHING_READ)
    return found


def _read(raw: bytes, name: str, published: str | None, model: str | None, actors: list[Path]) -> Record:
    from dragoman.cli.setup import reader_of
    from dragoman.engines.local import read_batch
    from dragoman.errors import DragomanError, InputError
    from dragoman.intake.gather import FORMS
    from dragoman.intake.html import html_item
    from dragoman.intake.item import Told, day
    from dragoman.intake.text import text_item

    try:
        told = Told(published=day(published) if published else None)
    except InputError as error:
        fail(f"--published: {error}", USAGE)
    make = html_item if FORMS.get(Path(name).suffix.lower()) == "html" else text_item
    try:
        return read_batch([make(raw, name, told)], reader_of(model, actors))[0].record()
    except DragomanError as error:
        fail(str(error), NOTHING_READ)
