"""The codebook: what every column and every label of the exports means, with its version; written beside each export."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from dragoman.answers.quads import QUADS, types_of
from dragoman.exports import cameo, ftm, jsonld, plover
from dragoman.exports.rows import Kind, columns
from dragoman.ledger.store import CODEBOOK
from dragoman.resources import load

Rows = Literal["statements", "events", "conditions", "affairs"]
Subject = Literal["plover", "cameo", "ftm", "jsonld", Rows, "ledger"]
SUBJECTS: tuple[Subject, ...] = get_args(Subject)
KINDS: dict[Rows, Kind] = {"statements": "statement", "events": "event", "conditions": "condition", "affairs": "affair"}
LABELS = "ontology/labels.yaml"
TITLES: dict[Subject, str] = {
    "plover": "Events as PLOVER records (JSON Lines)",
    "cameo": "Events as a CAMEO file (tab-separated)",
    "ftm": "Events as FollowTheMoney entities (JSON Lines)",
    "jsonld": "Events as linked data (JSON-LD)",
    "statements": "Statements as a table",
    "events": "Events as a table",
    "conditions": "Conditions as a table",
    "affairs": "Affairs as a table",
    "ledger": "The whole ledger (JSON Lines)",
}
TOLD: dict[Subject, str] = {
    "plover": "One record an event, one event a story. Of the fields of the PLOVER manual those that the ledger can fill; the last ones are ours. Fields that are not told are missing.",
    "cameo": "One line an event between two sides, one event a story. The first twenty columns are those of ICEWS, in its order and under its names; the rest are ours.",
    "ftm": "One entity a line; one event a story.",
    "jsonld": "A context and a graph; one event a story.",
    "statements": "One row a finding.",
    "events": "One row a finding: an event that twenty reports tell has twenty rows, with the same story, type and sides.",
    "conditions": "One row a finding.",
    "affairs": "One row a finding: what one report says of a matter.",
    "ledger": "One object a line: the head, then readings, corrections and reports that were deleted on demand, in the order in which the ledger came to know them. `dragoman add` takes it.",
}
LEDGER = {
    "dragoman": "First line only: `ledger`. With it `version` of the form, `codebook`, and the `ledger`'s id.",
    "reading": "What one reader made of one report: the record (docs/reference/record.md).",
    "known_from": "Of a reading: since when the ledger goes by it (ISO 8601, UTC).",
    "known_to": "Of a reading: until when; empty for what it goes by now.",
    "kept": "Of a reading whose report is kept without its text: the report's key and fingerprint, where sentences stand, and by what it is known again as a copy.",
    "correction": "What a person corrected: what, who, why, when, and the finding or names it is about; when and by whom it was undone.",
    "forgotten": "A report that was deleted on demand: its key, when, by whom, why; no text.",
}
USED: dict[Subject, tuple[str, ...]] = {
    "statements": ("statement act", "statement kind", "statement manner", "part", "verdict"),
    "conditions": ("condition kind", "condition polarity", "event type", "part", "verdict"),
    "affairs": ("affair kind", "affair status", "part", "verdict"),
    "events": ("event type", "event status", "event polarity", "event modality", "quad class", "part", "verdict"),
    "plover": ("event type", "event status", "quad class"),
    "cameo": ("event type", "event status", "quad class"),
    "ftm": ("event type", "event status", "quad class"),
    "jsonld": ("event type", "event status", "quad class", "part"),
}  # of `ledger` all


def meanings(subject: Subject) -> dict[str, str]:
    """What every column, field or kind of entity of an export means."""
    match subject:
        case "plover":
            return plover.FIELDS
        case "cameo":
            return cameo.COLUMNS
        case "ftm":
            return ftm.MEANINGS
        case "jsonld":
            return jsonld.MEANINGS
        case "ledger":
            return LEDGER
        case _:
            return {name: told for name, (_, told) in columns(KINDS[subject]).items()}


def labels(subject: Subject) -> Mapping[str, Mapping[str, str]]:
    """What every label in an export means, by what it labels."""
    told: dict[str, dict[str, str]] = load(LABELS)
    return {group: told[group] for group in USED.get(subject, tuple(told))}


def page(subject: Subject) -> str:
    """The codebook of one export, in Markdown."""
    from importlib.metadata import version

    head = [f"# Codebook: {TITLES[subject]}", "", f"Codebook version {CODEBOOK}, written by Dragoman {version('dragoman')}.", "", TOLD[subject], ""]
    return "\n".join([*head, *_columns(subject), *(_labels(subject))]).rstrip() + "\n"


def whole() -> str:
    """The codebook of all exports, in Markdown."""
    lines = [
        "# Codebook",
        "",
        f"Version {CODEBOOK}. What every column and label of the ledger's exports means; each export writes its own part beside itself. See docs/how-to/export.md.",
        "",
    ]
    for subject in SUBJECTS:
        lines += [f"## {TITLES[subject]}", "", TOLD[subject], "", *_columns(subject)]
    lines += ["## Labels", "", *_labels("ledger", level="###"), "## Quad classes", "", "| class | PLOVER types |", "| --- | --- |"]
    lines += [f"| {n}. {quad} | {', '.join(types_of()[quad])} |" for n, quad in enumerate(QUADS, start=1)]
    lines += ["", "## CAMEO codes", "", "Weights: Goldstein (1992) as adapted to CAMEO; source of the table: `resources/ontology/plover.yaml`.", ""]
    lines += ["| code | name | weight | PLOVER type |", "| --- | --- | --- | --- |"]
    lines += [f"| {code} | {_cell(told['name'])} | {told['goldstein']} | {told.get('house', told.get('plover', ''))} |" for code, told in load("ontology/plover.yaml").items()]
    return "\n".join(lines).rstrip() + "\n"


def as_json(subject: Subject) -> str:
    """The codebook of one export, as JSON."""
    told = {"codebook": CODEBOOK, "export": subject, "title": TITLES[subject], "columns": meanings(subject), "labels": labels(subject)}
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _columns(subject: Subject) -> Iterator[str]:
    yield from ("| column | |", "| --- | --- |")
    yield from (f"| `{name}` | {_cell(told)} |" for name, told in meanings(subject).items())
    yield ""


def _labels(subject: Subject, *, level: str = "##") -> Iterator[str]:
    for group, told in labels(subject).items():
        yield from (f"{level} {group[0].upper()}{group[1:]}", "", "| label | |", "| --- | --- |")
        yield from (f"| `{label}` | {_cell(meaning)} |" for label, meaning in told.items())
        yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
