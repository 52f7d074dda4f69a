"""Memory does not grow with a text's length, but for its findings."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman import pipeline
from dragoman.engines.local import read_all
from dragoman.intake.item import Item
from dragoman.pipeline import Reader
from dragoman.records import Report


def test_pieces_of_a_long_text_are_parsed_a_batch_at_a_time(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of sixty pieces: when the first is read, no more than a few have been handed to the parser."""
    other = Reader.__new__(Reader)
    other.__dict__.update({k: v for k, v in reader.__dict__.items() if k != "fingerprint"})
    other.settings = reader.settings.model_copy(update={"piece_characters": 1_000, "batch_characters": 3_000})
    drawn: list[int] = []
    at_first: list[int] = []
    tokenise, find_actors = pipeline.tokenise, pipeline.find_actors
    monkeypatch.setattr(pipeline, "tokenise", lambda *a: drawn.append(1) or tokenise(*a))
    monkeypatch.setattr(pipeline, "find_actors", lambda *a: at_first.append(len(drawn)) or find_actors(*a))
    list(other.read_batch([(None, Report(text="Peru rejected the demand of Chile for talks on Tuesday, its envoy said.\n" * 800))]))
    assert len(drawn) >= 50
    assert at_first[0] <= 12


def test_a_very_long_text_gives_the_same_record_piece_by_piece(reader: Reader) -> None:
    other = Reader.__new__(Reader)
    other.__dict__.update({k: v for k, v in reader.__dict__.items() if k != "fingerprint"})
    other.settings = reader.settings.model_copy(update={"piece_characters": 1_000, "batch_characters": 3_000})
    text = "“We refuse,” Peru’s envoy to Chile said on Tuesday. He would not go to Lima unless Chile withdrew its troops from Arica.\n" * 60
    report = Report(text=text, published=dt.date(2024, 6, 6))
    (outcome,) = read_all([Item(report, ref="a", source="x.txt", notes=("Assumed.",))], other)
    whole = other.read(report, ref="a")
    assert len(text) > 5_000
    assert outcome.record() == whole.model_copy(update={"notes": (*whole.notes, "Assumed.")})
    assert outcome.json == outcome.record().to_json().encode()


def test_a_very_long_text_that_cannot_be_read_says_why(reader: Reader) -> None:
    other = Reader.__new__(Reader)
    other.__dict__.update({k: v for k, v in reader.__dict__.items() if k != "fingerprint"})
    other.settings = reader.settings.model_copy(update={"piece_characters": 1_000, "batch_characters": 3_000})
    text = "Le ministre a déclaré mardi que son pays ne participerait pas aux négociations. " * 100
    (outcome,) = read_all([Item(Report(text=text), ref="a", source="x.txt")], other)
    assert str(outcome.error).startswith("x.txt: The text is not English (recognised: fr)")
