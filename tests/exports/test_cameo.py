from __future__ import annotations

from tests.exports.filled import fill

from dragoman.answers.ledger import Ledger
from dragoman.exports import cameo

ICEWS = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
]


def rows(ledger: Ledger, *, every: bool = False) -> list[dict[str, str]]:
    with ledger.engine.connect() as connection:
        head, *lines = (line.rstrip("\n").split("\t") for line in cameo.lines(connection, every=every))
    assert all(len(line) == len(head) for line in lines)
    return [dict(zip(head, line, strict=True)) for line in lines]


def test_the_first_columns_are_those_of_icews() -> None:
    assert list(cameo.COLUMNS)[:20] == ICEWS


def test_a_line(any_ledger: Ledger) -> None:
    fill(any_ledger)
    (told,) = [r for r in rows(any_ledger) if r["CAMEO Code"] == "112"]
    want = {"Event Date": "2024-06-06", "Source Name": "Ana Sousa", "Source Sectors": "GOV", "Source Country": "Peru", "Event Text": "Accuse", "Intensity": "-2.0"}
    want |= {"Target Name": "Chile", "Target Country": "Chile", "Sentence Number": "2", "Publisher": "Andes Wire", "City": "Arica", "District": "", "Country": "Chile"}
    want |= {"Latitude": "-18.48", "Source Code": "PER", "Target Code": "CHL", "PLOVER Type": "ACCUSE", "Quad Class": "3", "Status": "actual", "Background": "0", "Claimed By": ""}
    want |= {"Reports": "2", "First Seen": "2024-06-06", "Last Seen": "2024-06-07", "URL": "https://wire.test/1"}
    assert {k: told[k] for k in want} == want


def test_bodies_have_no_country_and_open_sides_are_empty(ledger: Ledger) -> None:
    fill(ledger)
    support, protest = (next(r for r in rows(ledger) if r["PLOVER Type"] == t) for t in ("SUPPORT", "PROTEST"))
    assert (support["Target Code"], support["Target Country"]) == ("EUR", "")
    assert (protest["Source Name"], protest["Source Code"]) == ("", "")


def test_ids_are_those_of_lines(ledger: Ledger) -> None:
    fill(ledger)
    told = rows(ledger, every=True)
    assert len({r["Event ID"] for r in told}) == len(told) == 7


def test_tabs_and_ends_of_lines_within_a_value_are_blanks(ledger: Ledger) -> None:
    from tests.making import Wire

    ledger.add(Wire("Peru met Chile.", "2024-06-06", publisher="Two\tline\nWire").event("CONSULT", ("state:PER",), ("state:CHL",), "met").record())
    assert rows(ledger)[0]["Publisher"] == "Two line Wire"


def test_it_counts_what_measures_count(ledger: Ledger) -> None:
    fill(ledger)
    told = [r for r in rows(ledger) if {r["Source Code"], r["Target Code"]} == {"PER", "CHL"}]
    assert len(told) == sum(m.events for m in ledger.measures("PER", "CHL") if m.direction == "both")
