"""`dragoman explain`: why a finding is what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def explain(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A record (JSON, as `read --to json` writes it), or a report to be read.", show_default=False)],
    finding: Annotated[str | None, typer.Argument(metavar="ID", help="The finding: s1, e2, c1, a1 ...; without it all are listed.", show_default=False)] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="The report's day, where a report is given.")] = None,
) -> None:
    """Say which rule or model made a finding, from which words, and how sure it is.

    Example:  dragoman explain report.txt e2
    """
    raise NotImplementedError
