from __future__ import annotations

import json

from tests.exports.filled import fill

from dragoman.answers.ledger import Ledger
from dragoman.exports import plover


def records(ledger: Ledger, *, every: bool = False) -> dict[str, dict]:
    with ledger.engine.connect() as connection:
        return {r["event"][0]: r for r in map(json.loads, plover.lines(connection, every=every, codebook="1.0"))}


def test_a_record_has_the_fields_of_the_manual(any_ledger: Ledger) -> None:
    fill(any_ledger)
    told = records(any_ledger)["ACCUSE"]
    assert told["source"] == [
        {"code": "PER", "sector": "GOV", "actor_text": "Ana Sousa", "identifier_id": "Q1", "identifier_text": "person:ana-sousa", "office": "foreign minister"}
    ]
    assert told["recipient"][0]["code"] == "CHL"
    assert (told["date"], told["event"], told["mode"], told["context"], told["quad_code"], told["event_scale"]) == ("2024-06-06", ["ACCUSE"], ["disapprove"], ["maritime"], 3, -2.0)
    assert told["event_loc"] == {"name": "Arica", "latitude": -18.48, "longitude": -70.33, "geonameid": 3899361, "country code": "CL"}
    assert told["text"].startswith("Peru's foreign minister")
    assert told["text_info"]["sequence"] == 2
    assert told["cite_info"]["publication"] == "Andes Wire"
    assert told["cite_info"]["url"] == "https://wire.test/1"
    assert (told["status"], told["background"], told["claimed_by"], told["reports"], told["first_seen"], told["last_seen"]) == (
        "actual",
        False,
        None,
        2,
        "2024-06-06",
        "2024-06-07",
    )
    assert [s["publisher"] for s in told["sources"]] == ["Andes Wire", "Desert Daily"]


def test_standing_is_among_the_contexts(ledger: Ledger) -> None:
    fill(ledger)
    told = records(ledger, every=True)
    assert told["SANCTION"]["context"] == ["future"]
    assert told["SANCTION"]["claimed_by"]["actor_text"] == "Ana Sousa"
    assert told["ASSAULT"]["context"] == ["historical"]
    assert told["ASSAULT"]["date"] is None


def test_bodies_of_states_and_open_sides(ledger: Ledger) -> None:
    fill(ledger)
    told = records(ledger)
    assert told["SUPPORT"]["recipient"][0]["code"] == "IGO"
    assert told["PROTEST"]["source"] == []


def test_every_field_is_in_the_codebook(ledger: Ledger) -> None:
    fill(ledger)
    for told in records(ledger, every=True).values():
        assert set(told) <= set(plover.FIELDS)
        for actor in (*told["source"], *told["recipient"]):
            assert {f"source[].{name}" for name in actor} <= set(plover.FIELDS)
    assert len({r["id"] for r in records(ledger, every=True).values()}) == 6


def test_without_text(tmp_path) -> None:
    with Ledger(tmp_path / "bare.db", keep_text=False) as bare:
        fill(bare)
        told = records(bare)["ACCUSE"]
        assert "text" not in told
        assert told["event_text"] == []
        assert "title" not in told["cite_info"]
