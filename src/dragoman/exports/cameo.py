"""Events as a tab-separated CAMEO file: the twenty columns of ICEWS in their order and under their names, then ours. One line for every two sides of an event."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from dragoman.answers.quads import QUADS, quad_of
from dragoman.events.codes import table
from dragoman.exports.sectors import is_state, plover_sector
from dragoman.exports.tellings import Doer, Happening, in_pairs, stories
from dragoman.ledger.view import NOW, View

# Source of the first twenty names and their order: ICEWS Coded Event Data Read Me (Harvard Dataverse, doi:10.7910/DVN/28075).
COLUMNS = {
    "Event ID": "Id of the event between these two sides; stable, made of its first report, type, sides, standing and day.",
    "Event Date": "The day of the event, YYYY-MM-DD; of the report that tells it where it has none of its own; empty where neither is known.",
    "Source Name": "Who did it: name of the actor; empty where the report leaves it open.",
    "Source Sectors": "His sector by PLOVER's codes (GOV, MIL …); empty where the report does not tell.",
    "Source Country": "English name of the state for which he acts; empty for bodies of states and for who acts for none.",
    "Event Text": "Name of the CAMEO code.",
    "CAMEO Code": "CAMEO code with its leading zero, as text: 043, 0251.",
    "Intensity": "Goldstein weight of the code, -10 (conflict) to 10 (cooperation), one decimal.",
    "Target Name": "To whom it was done, as Source Name.",
    "Target Sectors": "As Source Sectors.",
    "Target Country": "As Source Country.",
    "Story ID": "Number of the story in this ledger: all reports of one happening.",
    "Sentence Number": "Which sentence of the first report tells it, from 1; 0 for its headline; empty where the ledger keeps no text.",
    "Publisher": "Who brought the first report.",
    "City": "Name of the place where it happened, be it a city or not; empty where not told.",
    "District": "Always empty.",
    "Province": "Always empty.",
    "Country": "English name of the country in which the place lies.",
    "Latitude": "Of the place, degrees, WGS 84.",
    "Longitude": "Of the place, degrees, WGS 84.",
    "Source Code": "ISO 3166-1 alpha-3 of the state, or code of the body (EUR, UNO …), for which the source acts; else the actor's id.",
    "Target Code": "As Source Code.",
    "PLOVER Type": "PLOVER type.",
    "Quad Class": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
    "Status": "actual, negated, planned, possible.",
    "Background": "1 where it is told as history, else 0.",
    "Claimed By": "Name of the actor on whose word alone it stands; empty where the report itself tells it.",
    "Reports": "How many reports of the story tell it.",
    "First Seen": "Day of the first report that tells it.",
    "Last Seen": "Day of the last.",
    "URL": "Of the first report.",
    "Confidence": "How sure the reader is, 0 to 1, two decimals.",
}


def lines(connection: Connection, view: View = NOW, *, every: bool = False) -> Iterator[str]:
    """The file line by line, headings first; ends of lines are single line feeds, nothing is quoted, tabs and line ends within a value become blanks."""
    yield _line(list(COLUMNS))
    for story in stories(connection, view):
        for happening in in_pairs(story, view, every=every):
            yield _line(row(happening))


def row(h: Happening) -> list[Any]:
    """The values of an event between two sides, in the order of the columns."""
    t = h.first
    e, r = t.event, t.report
    source, target = next(iter(h.sources), None), next(iter(h.targets), None)
    first, last = h.seen
    weight = None if e.goldstein is None else f"{e.goldstein:.1f}"
    icews = [h.id, h.day, *_who(source), table()[e.cameo].name if e.cameo in table() else None, e.cameo, weight, *_who(target), r.shown, t.sentence_number, r.publisher]
    icews += [e.place, None, None, country(e.country), e.lat, e.lon]
    ours = [source and source.code, target and target.code, e.type, QUADS.index(quad_of(e.type)) + 1, e.status, int(e.background)]
    return [*icews, *ours, t.claimed_by and t.claimed_by.name, h.reports, first, last, r.url, f"{t.finding.confidence:.2f}"]


def _who(doer: Doer | None) -> list[str | None]:
    if doer is None:
        return [None, None, None]
    return [doer.name, plover_sector(doer), country(doer.acts_for) if doer.acts_for and is_state(doer.acts_for) else None]


@functools.cache
def country(code: str | None) -> str | None:
    """English name of a country by its ISO 3166-1 code of two or three letters."""
    if code is None:
        return None
    import pycountry

    found = pycountry.countries.get(alpha_2=code) if len(code) == 2 else pycountry.countries.get(alpha_3=code)
    return code if found is None else str(getattr(found, "common_name", found.name))


def _line(values: list[Any]) -> str:
    return "\t".join("" if v is None else " ".join(str(v).split()) for v in values) + "\n"
