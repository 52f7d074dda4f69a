from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.engines.local import read_all
from dragoman.errors import UnknownFindingError
from dragoman.exports.explain import explain, is_described, meaning
from dragoman.intake.gather import gather
from dragoman.pipeline import Reader
from dragoman.records import Record

ROOT = Path(__file__).parents[2]


def test_every_rule_that_shows_up_is_described(reader: Reader) -> None:
    records = [o.record() for o in read_all(gather([ROOT / "examples", ROOT / "evals" / "reports"], form=None), reader) if o.error is None]
    groups = ("actors", "mentions", "times", "places", "statements", "events", "conditions", "affairs")
    rules = {x.rule for r in records for g in groups for x in getattr(r, g)}
    assert rules
    assert sorted(r for r in rules if not is_described(r)) == []


def test_the_longest_beginning_counts() -> None:
    assert meaning("quote:continued").startswith("A quotation that goes on")
    assert meaning("quote:dash") == "A quotation whose speaker is told by what stands around it (dash)."
    assert "`negotiate`" in meaning("frame:negotiate:context")
    assert meaning("frame:negotiate:context").endswith("taken from the sentences around.")
    assert not is_described("hunch:strong")


def test_words_are_those_of_the_report(record: Record) -> None:
    words = {w.role: w.text for w in explain(record, "c1").words}
    assert words == {"content": "recall its ambassador from Santiago", "key words": "unless", "on what it depends": "Chile reopened the port of Arica"}


def test_mentions_and_times_can_be_explained_too(record: Record) -> None:
    assert explain(record, "m2").actors[0][0] == "Chile"
    assert explain(record, "t1").rule == "time:weekday"


def test_an_unknown_id_offers_the_nearest(record: Record) -> None:
    with pytest.raises(UnknownFindingError, match=r"no finding 'e7'\. It has e1, e2\."):
        explain(record, "e7")
