"""Memory does not grow with a text's length, but for its findings."""

from __future__ import annotations

import pytest

from dragoman import pipeline
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
