"""What holds of every cast, whatever the text."""

from __future__ import annotations

import pickle

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.actors.world import World
from dragoman.pipeline import Reader
from dragoman.records import Report

PIECES = st.sampled_from(
    [
        "Kenya", "the two countries", "its", "President Ana Silva", "said", "accused", "of", "Moscow", "in", "the foreign ministry", "he", ",", ".", "and", "NATO", "“", "”",
        "each other", "the bloc", "Hezbollah fighters", "the", "statement", "one of the officials", "-", "backed", "'s", "ministers", "both sides", "them", "Mr", "\n\n", "we",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=25))
def test_any_words_give_a_sound_cast(reader: Reader, words: list[str]) -> None:
    text = "Ghana met Togo. " + " ".join(words)
    record = reader.read(Report(text=text, language="en"))
    ids = {a.id for a in record.actors}
    assert {m.actor for m in record.mentions} == ids
    for mention in record.mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert mention.span.end - mention.span.start <= 80
        assert mention.span.of(text).strip() == mention.span.of(text)
    assert len({(m.actor, m.span) for m in record.mentions}) == len(record.mentions)


@settings(max_examples=20, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=15))
def test_reading_twice_gives_the_same_cast(reader: Reader, words: list[str]) -> None:
    text = "Ghana met Togo. " + " ".join(words)
    first, second = (reader.read(Report(text=text, language="en")) for _ in range(2))
    assert (first.actors, first.mentions) == (second.actors, second.mentions)


def test_state_speaks_for_itself(reader: Reader) -> None:
    """No state of the files acts for a code that is no state or body of the files."""
    for entry in reader.world.entries.values():
        if entry.kind == "state" and entry.acts_for:
            assert reader.world.code(entry.acts_for) is not None, entry.id


def test_world_pickles_as_its_files() -> None:
    world = World()
    assert pickle.loads(pickle.dumps(world)).entries.keys() == world.entries.keys()
