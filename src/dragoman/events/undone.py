"""Acts that another act of the report tells as undone: `ruled out talks`, `stopped the shelling` are one act, not two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.events.drafts import Draft
from dragoman.events.modality import read

TELLING = frozenset({"CONCEDE", "RETREAT", "SANCTION"})  # acts that say of another that it does not, or no longer, take place


def without_undone(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The drafts without those that are only what another refuses, stops or suspends; talks called off are told twice, as the record's readers expect."""
    telling = {i: d for d in drafts if d.frame.type in TELLING for i in range(d.start, d.end)}
    for draft in drafts:
        reading = read(draft.token) if draft.settled is None else None
        if reading is None or reading.status != "negated" or reading.cue is None:
            yield draft
            continue
        other = telling.get(reading.cue.i)
        if other is None or other is draft or (draft.frame.type == "CONSULT" and other.frame.type == "SANCTION"):
            yield draft
