"""The event-type model: what it sees, what it says, and when it says nothing."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import unmarked

from dragoman.errors import ResourceError
from dragoman.events.codes import table
from dragoman.events.features import Pair, features
from dragoman.events.lookup import frame_of
from dragoman.events.model import NONE, TypeModel, unpack
from dragoman.events.wordclasses import word_classes
from dragoman.language.document import Document, compose, tokenise
from dragoman.language.wire import lay_out
from dragoman.pipeline import Reader
from dragoman.records import Report, Span

CONFLICT = {"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}


def parsed(marked: str, reader: Reader) -> tuple[Document, Pair]:
    text, source, target = unmarked(marked)
    composed = compose(lay_out(Report(text=text)))
    doc = tokenise(composed, reader.nlp)
    for _, component in reader.nlp.pipeline:
        doc = component(doc)
    document = Document.of(composed, doc)
    by, to = document.tokens(Span(*source)), document.tokens(Span(*target))
    assert by is not None
    assert to is not None
    return document, Pair.of(document, (by.start, by.end), (to.start, to.end))


def test_who_acts_is_masked(reader: Reader) -> None:
    """The same act by other states has the same features: the model cannot know who is who."""
    _, one = parsed("[S Norway] accused [T Sweden] of theft.", reader)
    _, other = parsed("[S Brazil] accused [T Peru] of theft.", reader)
    assert {k for k in features(one) if "in:" not in k and "head:" not in k} == {k for k in features(other) if "in:" not in k and "head:" not in k}


def test_roles_are_seen(reader: Reader) -> None:
    _, active = parsed("[S Norway] accused [T Sweden] of theft.", reader)
    _, passive = parsed("[T Sweden] was accused by [S Norway] of theft.", reader)
    assert "S<nsubj<accuse" in features(active)
    assert "T<nsubjpass<accuse" in features(passive)
    assert "S<by<accuse" in features(passive)


def test_the_frame_of_a_verb_is_found_by_its_particle_and_preposition(reader: Reader) -> None:
    _, pair = parsed("[S Norway] called on [T Sweden] to sign.", reader)
    frame = next(f for t in pair.doc if (f := frame_of(t)))
    assert frame.type == "REQUEST"


def test_words_of_like_meaning_share_a_class(reader: Reader) -> None:
    howitzers, mortars, gravel, name = (reader.nlp.make_doc(w)[0] for w in ("howitzers", "mortars", "gravel", "Zzyzxqq"))
    assert word_classes(howitzers) == word_classes(mortars) != ()
    assert not set(word_classes(howitzers)) & set(word_classes(gravel))
    assert word_classes(name) == ()


def test_probabilities_add_up_to_one(reader: Reader) -> None:
    _, pair = parsed("[S Norway] and [T Sweden] were mentioned.", reader)
    model = TypeModel.load()
    assert sum(model.type_probabilities(pair).values()) == pytest.approx(1, abs=1e-4)
    assert sum(p for _, p in model.code_pair(pair)) == pytest.approx(1, abs=1e-3)


def test_codes_are_of_the_table(reader: Reader) -> None:
    _, pair = parsed("[S Norway] accused [T Sweden] of theft.", reader)
    assert {code for code, _ in TypeModel.load().code_pair(pair)} <= {*table(), NONE}


@pytest.mark.parametrize(
    "marked",
    [
        "[S Norway] is larger than [T Denmark].",
        "The flight from [S Oslo] to [T Bergen] takes an hour.",
        "[S Ghana] and [T Togo] both lie on the Gulf of Guinea.",
    ],
)
def test_nothing_between_two_that_are_only_named(marked: str, reader: Reader) -> None:
    document, pair = parsed(marked, reader)
    assert TypeModel.load().predict(document, pair.source, pair.target) == []


def test_an_act_is_predicted_with_its_code(reader: Reader) -> None:
    document, pair = parsed("[S Norway] condemned [T Sweden] for the raid and accused it of lying.", reader)
    ranked = TypeModel.load().predict(document, pair.source, pair.target)
    assert ranked[0][0].startswith("11")
    assert all(a[1] >= b[1] for a, b in itertools.pairwise(ranked))


def test_the_model_is_small_and_says_what_it_is() -> None:
    header = TypeModel.load().header
    assert header["examples"] > 5000
    assert header["held_out"]["accuracy"] > 0.6
    assert 0.5 < header["event_threshold"] < 1


def test_a_model_of_other_features_is_refused() -> None:
    with pytest.raises(ResourceError, match="make train"):
        unpack({"features": -1}, {})


@settings(max_examples=40)
@given(st.dictionaries(st.integers(0, 2000), st.floats(0, 1, width=32), max_size=20))
def test_scores_are_linear(found: dict[int, float]) -> None:
    """Twice the features give twice the distance from the bias: nothing is hidden between features and scores."""
    types = TypeModel.load().types
    once, twice = types.scores(found) - types.bias, types.scores({k: 2 * v for k, v in found.items()}) - types.bias
    assert np.allclose(2 * once, twice, atol=1e-4)
