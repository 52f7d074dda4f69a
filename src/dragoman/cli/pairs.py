"""`dragoman code-pairs`: what passes between two actors whose words are given."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def code_pairs(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="JSON Lines, or - for standard input.", show_default=False)],
) -> None:
    """Code what one given actor does to another in a text, for researchers who bring their own actor spans.

    A line in: {"ref": "1", "text": "Chile thanked Peru.", "source": [0, 5], "target": [14, 18]}
    A line out: {"ref": "1", "type": "SUPPORT", "cameo": "...", "status": "actual", "score": 0.9}

    Example:  dragoman code-pairs pairs.jsonl > coded.jsonl
    """
    raise NotImplementedError
