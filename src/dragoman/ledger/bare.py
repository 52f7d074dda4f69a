"""What a ledger without text keeps of a record: findings and where they stand, with no long run of the report's words.

Names, offices, places and the subject of an affair are findings, and yet they are the report's words. They are kept, as nothing can be answered without them, but none longer than `LONGEST` words:
a run of eight words of a report is nowhere in such a ledger.
"""

from __future__ import annotations

from dragoman.records import Record

LONGEST = 6  # words of a report in a row; a label that stands beside them in the file (`proposed`) may be one more


def bare(record: Record) -> Record:
    """The record with names, offices, places and subjects cut to a few words, and without notes, which may quote. Its report stays whole: what is kept of that is the ledger's to say."""
    actors = tuple(a.model_copy(update={"name": short(a.name), "office": a.office and short(a.office)}) for a in record.actors)
    places = tuple(p.model_copy(update={"name": short(p.name)}) for p in record.places)
    affairs = tuple(a.model_copy(update={"subject": short(a.subject)}) for a in record.affairs)
    return record.model_copy(update={"actors": actors, "places": places, "affairs": affairs, "notes": ()})


def short(words: str) -> str:
    """The first words of a phrase."""
    return " ".join(words.split()[:LONGEST])
