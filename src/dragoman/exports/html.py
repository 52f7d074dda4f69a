"""A record as a page: the text with marks on the left, the findings beside it, tied by links; nothing is fetched, no script is run.

A finding and its words light up together: both carry the finding's id as a class within their report, and one rule a possible id, in the page's head, ties them.
"""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.exports.view import Section, origin, sections, title, who_is_who
from dragoman.records import Finding, Part, Record
from dragoman.records.excerpts import key_span, spans

if TYPE_CHECKING:
    from jinja2 import Environment


# On a page the eye begins at the top, so what matters comes first; on a terminal it begins at the last line.
ORDER = ("Where matters stand", "On what condition", "What was said", "What was done")
FORESEEN = {"s": 150, "e": 150, "c": 40, "a": 40}  # ids that a page lights up whose reports are not known when its head is written


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of one part between two marks: its words, the classes that tint it, and the findings whose key words end with it."""

    text: str
    classes: str
    refs: tuple[str, ...]


def page(record: Record) -> str:
    """One self-contained page of one record."""
    return _head(title(record), _ids(record)) + section(record, prefix="r1-") + tail()


def head(record: Record) -> str:
    """The page up to its first report, where others follow."""
    foreseen = [f"{kind}{n}" for kind, most in FORESEEN.items() for n in range(1, most + 1)]
    return _head(title(record), foreseen)


def section(record: Record, *, prefix: str) -> str:
    """One report with its findings; `prefix` keeps its anchors apart from those of other reports on the page."""
    shown = sorted(sections(record), key=lambda s: ORDER.index(s.heading))
    return (
        _environment()
        .get_template("section.html")
        .render(record=record, title=title(record), origin=origin(record), actors=who_is_who(record), sections=shown, ids=set(_ids(record)), prefix=prefix, **_parts(record, shown))
    )


def tail() -> str:
    """The end of the page."""
    return _environment().get_template("tail.html").render()


def fragment(record: Record) -> str:
    """A record within another page, such as a notebook: its style is kept to itself."""
    body = section(record, prefix=f"d{record.report.fingerprint[:8]}-")
    return f'<div class="dragoman">\n<style>{style()}{_lights(_ids(record))}</style>\n{body}</div>\n'


def _head(title: str, ids: Sequence[str]) -> str:
    return _environment().get_template("head.html").render(title=title, style=style() + _lights(ids))


def _ids(record: Record) -> list[str]:
    return [line.id for s in sections(record) for line in s.lines]


def _lights(ids: Sequence[str]) -> str:
    """One rule: where a finding or its place in the text is gone to, its words are lit."""
    return ",\n".join(f".dragoman .record:has(.on-{id}:target) .in-{id}" for id in ids) + " { background: var(--lit); }\n" if ids else ""


def _parts(record: Record, shown: list[Section]) -> dict[str, list[Stretch]]:
    ids = {line.id for s in shown for line in s.lines}
    findings = [f for group in (record.statements, record.events, record.conditions, record.affairs) for f in group if f.id in ids]
    return {
        "headline_stretches": list(_stretches(record.report.headline or "", "headline", findings, [])),
        "text_stretches": list(_stretches(record.report.text, "text", findings, [(f.span.start, f.span.end, "furniture") for f in record.report.furniture])),
    }


def _stretches(text: str, part: Part, findings: Sequence[Finding], furniture: Sequence[tuple[int, int, str]]) -> Iterator[Stretch]:
    """The text cut at every mark's ends, so that marks may overlap as they like."""
    opens: dict[int, list[str]] = defaultdict(list)
    closes: dict[int, list[str]] = defaultdict(list)
    refs: dict[int, list[str]] = defaultdict(list)
    marks = list(furniture)
    for finding in findings:
        if finding.part == part:
            marks += [(span.start, span.end, f"{role} in-{finding.id}") for span, role in spans(finding)]
            refs[key_span(finding).end].append(finding.id)
    for start, end, name in marks:
        opens[start].append(name)
        closes[end].append(name)
    cuts = sorted({0, len(text), *opens, *closes, *refs})
    current: list[str] = []
    for start, end in itertools.pairwise(cuts):
        for name in closes[start]:
            current.remove(name)
        current += opens[start]
        classes = " ".join(dict.fromkeys(c for name in current for c in name.split()))
        yield Stretch(text[start:end], classes, tuple(refs[end]))


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(loader=PackageLoader("dragoman.exports"), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)


@functools.cache
def style() -> str:
    """The stylesheet of a marked-up report."""
    source = _environment().loader
    assert source is not None
    return source.get_source(_environment(), "record.css")[0]
