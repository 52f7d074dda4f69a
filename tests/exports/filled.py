"""A small ledger for tests of exports: a happening told by two wires, a threat on somebody's word, what did not come to pass, what is history."""

from __future__ import annotations

from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.records import Place, Span

TEXT = "Lima, Monday. Peru's foreign minister Ana Sousa accused Chile of fishing in its waters near Arica. Chile would expel the envoy, she said.\nIn 1904 Peru attacked Chile."


def first(publisher: str = "Andes Wire", day: str = "2024-06-06", **more: str) -> Wire:
    made = Wire(TEXT, day, publisher=publisher, headline="Peru accuses Chile", **more)
    made.actor("person:ana-sousa", "Ana Sousa", "PER", office="foreign minister", sector="foreign", wikidata="Q1")
    made.actor("state:CHL", "Chile").actor("state:PER", "Peru")
    made.event("ACCUSE", ("person:ana-sousa",), ("state:CHL",), "accused", cameo="112", intensity=-2.0, mode="disapprove", context=("maritime",))
    made.event("SANCTION", ("state:CHL",), ("state:PER",), "expel", cameo="161", intensity=-4.0, status="planned", modality="planned", claimed_by="person:ana-sousa")
    made.event("ASSAULT", ("state:PER",), ("state:CHL",), "attacked", background=True)
    made.statement("person:ana-sousa", "accused", "fishing in its waters", act="accuse", to=("state:CHL",))
    made.condition("state:PER", "accused", "fishing", ("state:CHL",))
    return made.affair("dispute", ("state:PER", "state:CHL"), "open", "its waters", "its waters")


def fill(ledger: Ledger) -> None:
    """Fill it."""
    record = first(url="https://wire.test/1", ref="a1").record()
    place = Place(
        id="p1",
        rule="test",
        confidence=0.9,
        name="Arica",
        lat=-18.48,
        lon=-70.33,
        country="CL",
        geonameid=3899361,
        feature="city",
        span=Span(TEXT.index("Arica"), TEXT.index("Arica") + 5),
    )
    event = record.events[0].model_copy(update={"place": "p1"})
    ledger.add(record.model_copy(update={"places": (place,), "events": (event, *record.events[1:])}))
    ledger.add(first("Desert Daily", "2024-06-07", url="https://daily.test/9").record())
    several = Wire("Brazil and Bolivia met Paraguay on Tuesday over a bridge. Iran's parliament thanked the European Union.", "2024-06-11")
    several.event("CONSULT", ("state:BRA", "state:BOL"), ("state:PRY",), "met").event("SUPPORT", ("state:IRN",), ("igo:EUR",), "thanked", cameo="051", intensity=3.4)
    ledger.add(several.event("PROTEST", (), ("state:IRN",), "parliament", cameo="141", intensity=-6.5).record())
