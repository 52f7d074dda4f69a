"""Wire text before the parser: paragraphs, bylines, datelines, captions and credits."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import get_args

from dragoman import resources
from dragoman.language.stretches import runs, stretches
from dragoman.records import Dateline, Furniture, Part, Report, Span
from dragoman.records.report import FurnitureKind

MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
PLACE = r"[A-Z][\w.’'-]*(?:[ /][A-Z][\w.’'-]*|[ /]d[eu]|[ /]al){0,4}"
CAPITALS = r"[A-Z][A-Z.’'-]{2,}(?:[ /][A-Z][A-Z.’'-]+){0,3}"
DAY = rf"(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})?"
DASH = r"(?:\s*(?:–|—|-{1,2}|:))"
TURN = re.compile(r"^\s*[A-Z][A-Z.’' -]+: ", re.MULTILINE)
WRAPPED_WIDTH = 95  # characters: no line of hard-wrapped text is longer


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one part that is read: a paragraph, or what is left of it after its dateline."""

    part: Part
    span: Span


@dataclass(frozen=True, slots=True)
class Layout:
    """What of a report is read, in order, and the report with its furniture named."""

    report: Report
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class _Patterns:
    dateline: re.Pattern[str]
    lines: tuple[tuple[FurnitureKind, re.Pattern[str]], ...]
    leads: tuple[tuple[FurnitureKind, re.Pattern[str]], ...]


@functools.cache
def _patterns() -> _Patterns:
    data = resources.load("en/wire.yaml")
    agency = "|".join(sorted(map(re.escape, data["agencies"]), key=len, reverse=True))
    # ISTANBUL (AA) – · WASHINGTON (Reuters) - · BEIJING, March 8. /TASS/. · GENEVA, 5 June (Xinhua) -- · PARIS —
    with_agency = rf"(?P<place>{PLACE}(?:, {PLACE})??)?(?:,? ?(?P<day>{DAY}))?[.,]? ?[(/](?P<agency>{agency})[)/][.,]?{DASH}?\s*"
    with_day = rf"(?P<place2>{CAPITALS}(?:, {PLACE})??), (?P<day2>{DAY})[.,]?(?: \((?P<agency2>[A-Z][\w&.’' -]{{1,30}})\))?{DASH}\s*"  # an agency in brackets behind town and day may be any
    bare = rf"(?P<place3>{CAPITALS}(?:, {PLACE})?)(?:\s*(?:–|—|-{{1,2}})|(?<=[A-Z]{{5}}):)\s+"  # not `HRW: Army killed herders`: acronyms speak, places do not
    kinds = get_args(FurnitureKind)

    def compiled(section: str) -> tuple[tuple[FurnitureKind, re.Pattern[str]], ...]:
        return tuple((kind, re.compile("|".join(f"(?:{p})" for p in data[section][kind]))) for kind in kinds if kind in data[section])

    return _Patterns(re.compile(rf"(?:{with_agency}|{with_day}|{bare})"), compiled("lines"), compiled("leads"))


def lay_out(report: Report) -> Layout:
    """Tell the story from its furniture.

    Args:
        report: A report as it came in; its own `byline` and `dateline`, if given, are kept.

    Returns:
        The segments to read, headline first, and the report with byline, dateline and furniture filled in.
    """
    patterns = _patterns()
    segments: list[Segment] = []
    furniture: list[Furniture] = []
    byline, dateline = report.byline, report.dateline
    if report.headline and report.headline.strip():
        segments += [Segment("headline", stretch) for stretch in stretches(report.headline, Span(0, len(report.headline)))]
    text = report.text
    seen = 0
    for paragraph in paragraphs(text):
        words = paragraph.of(text)
        kind = next((k for k, p in patterns.lines if p.fullmatch(words)), None)
        if kind:
            furniture.append(Furniture(kind=kind, span=paragraph))
            if kind == "byline" and byline is None:
                byline = words.removeprefix("By ").strip()
            continue
        start = paragraph.start
        for k, pattern in patterns.leads:
            if found := pattern.match(words):
                furniture.append(Furniture(kind=k, span=Span(start, start + found.end())))
                start += found.end()
        found = patterns.dateline.match(text, start, paragraph.end) if seen < 2 else None
        if found and found.end() < paragraph.end and not (found.group().rstrip().endswith(":") and _is_interview(text)):
            span = _trimmed(text, Span(start, found.end()))
            groups = found.groupdict()
            told = Dateline(
                span=span,
                place=groups["place"] or groups["place2"] or groups["place3"],
                agency=groups["agency"] or groups["agency2"],
                day=groups["day"] or groups["day2"],
            )
            dateline = dateline or told
            furniture.append(Furniture(kind="dateline", span=span))
            start = found.end()
        seen += 1
        rest = Span(start, paragraph.end)
        furniture += [Furniture(kind="noise", span=run) for run in runs(text, rest)]
        segments += [Segment("text", stretch) for stretch in stretches(text, rest)]
    told_report = report.model_copy(update={"byline": byline, "dateline": dateline, "furniture": tuple(furniture)})
    return Layout(told_report, tuple(segments))


def paragraphs(text: str) -> list[Span]:
    """Paragraphs in text order, without blank ones. In hard-wrapped text only a blank line ends a paragraph."""
    blank_lines = re.search(r"\n[ \t]*\n", text) is not None
    lines = [line for line in text.split("\n") if line.strip()]
    wrapped = blank_lines and len(lines) > 3 and max(map(len, lines)) <= WRAPPED_WIDTH and sum(len(line) > WRAPPED_WIDTH / 2 for line in lines) > len(lines) / 2
    breaks = re.compile(r"\s*\n[ \t\r]*\n\s*" if wrapped else r"\s*[\n\u2029]\s*")
    spans: list[Span] = []
    start = 0
    for gap in (*breaks.finditer(text), None):
        end = gap.start() if gap else len(text)
        if text[start:end].strip():
            spans.append(_trimmed(text, Span(start, end)))
        start = gap.end() if gap else end
    return spans


def _is_interview(text: str) -> bool:
    """Whether several lines begin with a name in capitals and a colon: `SOUSA: We are ready.` names a speaker, not a place."""
    return len(TURN.findall(text)) > 1


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.end - (len(words) - len(words.rstrip())))
