"""`dragoman schema`: the JSON Schema of a record."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of a record.

    Example:  dragoman schema > record.schema.json
    """
    import json

    from dragoman.records import json_schema

    typer.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
