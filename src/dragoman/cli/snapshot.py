"""`dragoman snapshot`: a state of a ledger that can be cited and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from dragoman.cli.asking import DEFAULT, Where, asked
from dragoman.cli.console import NOTHING_READ, USAGE, fail, progress, say


def snapshot(
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="A folder that is made, or an archive that ends in .zip.")] = None,
    verify: Annotated[Path | None, typer.Option("--verify", metavar="PATH", help="Check a snapshot instead: folder, archive or manifest.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no closing line.")] = False,
    where: Where = DEFAULT,
) -> None:
    """Write the ledger's state to be cited: all its lines, the codebook, and a manifest with the ledger's id, the moment, counts, versions and hashes.

    The hash of the contents depends neither on the order of rows nor on the database. `dragoman add` takes ledger.jsonl.gz in again.

    Examples:
      dragoman snapshot -o 2024-06-30.zip
      dragoman snapshot --verify 2024-06-30.zip

    Ends with 1 where a snapshot that is checked is not whole.
    """
    if (output is None) == (verify is None):
        fail("Say where the snapshot goes (-o FOLDER or -o NAME.zip), or which is to be checked (--verify PATH).", USAGE)
    if verify is not None:
        _verify(verify)
    elif output is not None:
        _write(output, where, quiet=quiet)


def _write(output: Path, where: str, *, quiet: bool) -> None:
    from dragoman.exports.snapshot import write_snapshot
    from dragoman.ledger.transfer import one_state

    with asked(where) as ledger, one_state(ledger.engine) as connection:
        with progress(not quiet, by_itself=True) as bar:
            task = bar.add_task("Writing", total=None)

            def passing(lines: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
                for line in lines:
                    bar.advance(task)
                    yield line

            try:
                manifest = write_snapshot(connection, output, ledger.clock(), passing=passing)
            except OSError as error:
                fail(f"{output}: cannot be written: {error.strerror or error}.", NOTHING_READ)
        if not quiet:
            say(f"{output}: {manifest['counts']['lines']:,} lines.")
            typer.echo(manifest["cite"])


def _verify(path: Path) -> None:
    from dragoman.errors import InputError
    from dragoman.exports.snapshot import verify

    try:
        manifest, wrong = verify(path)
    except InputError as error:
        fail(str(error), USAGE)
    if wrong:
        for problem in wrong:
            say(f"{path}: {problem}", style="red")
        raise typer.Exit(NOTHING_READ)
    typer.echo(f"{path} is whole. {manifest['cite']}")
