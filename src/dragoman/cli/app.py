"""Minimal command line while the stages are being built (replaced by the real one)."""

import datetime as dt
import json
import sys

import typer

app = typer.Typer()


@app.callback()
def main() -> None:
    """Dragoman."""


@app.command()
def read(file: str, from_: str = typer.Option("jsonl", "--from"), to: str = "jsonl") -> None:
    from dragoman.pipeline import Reader
    from dragoman.records import Record, Report

    reader = Reader()
    lines = [json.loads(x) for x in sys.stdin if x.strip()]
    reports = [
        (x["ref"], Report(text=x["text"], headline=x.get("headline"), publisher=x.get("publisher"), published=dt.date.fromisoformat(x["published"]) if x.get("published") else None))
        for x in lines
    ]
    bad = 0
    for (ref, _), outcome in zip(reports, reader.read_batch(reports), strict=True):
        if isinstance(outcome, Record):
            print(outcome.to_json())
        else:
            bad += 1
            print(json.dumps({"ref": ref, "error": str(outcome)}))
    raise typer.Exit(3 if bad else 0)
