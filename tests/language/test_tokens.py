"""The tokens that the stages ask answer as spaCy's own do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.language.document import Document, compose, tokenise
from dragoman.language.tokens import Doc
from dragoman.language.wire import lay_out
from dragoman.pipeline import Reader
from dragoman.records import Report

PLAIN = ("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_", "whitespace_", "is_punct", "is_space", "is_digit", "like_num", "shape_")
PLAIN += ("is_quote", "orth", "is_sent_start")
CLAUSES = (
    "Chile's foreign minister, Ana Sousa, said on Friday that it would not sign the 1990 accord until Peru left the port.",
    "“We are ready,” she told the U.N. council in Geneva.",
    "What, the envoy asked, had been agreed upon by both sides?",
    "Oslo ruled out talks; Riga didn't.",
    "The two-day meeting ended at 10 p.m. without ten of the delegates.",
    "...",
)


def both(reader: Reader, text: str) -> Doc:
    return Doc(reader.nlp(text))


@settings(max_examples=25, deadline=None)
@given(chosen=st.lists(st.sampled_from(CLAUSES), max_size=4), gap=st.sampled_from((" ", "\n\n", "  ")))
def test_tokens_answer_as_those_of_the_parser(reader: Reader, chosen: list[str], gap: str) -> None:
    doc = both(reader, gap.join(chosen))
    parsed = doc.parsed
    assert doc.text == parsed.text
    assert len(doc) == len(parsed)
    for token, theirs in zip(doc, parsed, strict=True):
        assert [getattr(token, name) for name in PLAIN] == [getattr(theirs, name) for name in PLAIN]
        assert token.head.i == theirs.head.i
        assert (token.left_edge.i, token.right_edge.i) == (theirs.left_edge.i, theirs.right_edge.i)
        assert [c.i for c in token.children] == [c.i for c in theirs.children]
        assert [t.i for t in token.subtree] == [t.i for t in theirs.subtree]
        assert [t.i for t in token.ancestors] == [t.i for t in theirs.ancestors]
        assert (token.sent.start, token.sent.end) == (theirs.sent.start, theirs.sent.end)
        assert token.is_ancestor(doc[0]) == theirs.is_ancestor(parsed[0])
    assert [(e.start, e.end, e.label_) for e in doc.ents] == [(e.start, e.end, e.label_) for e in parsed.ents]


@settings(max_examples=50, deadline=None)
@given(start=st.integers(-30, 30), end=st.integers(-30, 30))
def test_stretches_are_those_of_the_parser(reader: Reader, start: int, end: int) -> None:
    doc = both(reader, CLAUSES[0])
    first, last, _ = slice(start, end).indices(len(doc))
    if first >= last:
        assert list(doc[start:end]) == []
        return
    ours, theirs = doc[start:end], doc.parsed[start:end]
    assert (ours.start, ours.end, ours.text, ours.root.i) == (theirs.start, theirs.end, theirs.text, theirs.root.i)
    assert [t.i for t in ours] == [t.i for t in theirs]
    assert [t.i for t in ours[1:3]] == [t.i for t in theirs[1:3]]
    assert ours[-1].i == theirs[-1].i


def test_neighbours_end_with_the_document(reader: Reader) -> None:
    doc = both(reader, "Oslo agreed.")
    assert doc[0].nbor().text == "agreed"
    for token, steps in ((doc[0], -1), (doc[2], 1)):
        with pytest.raises(IndexError):
            token.nbor(steps)


@pytest.mark.parametrize("text", ["By John Smith", "(Reporting by Ana Sousa; Editing by Jan Berg)"])
def test_a_report_of_furniture_alone_has_no_token(reader: Reader, text: str) -> None:
    composed = compose(lay_out(Report(text=text)))
    document = Document.of(composed, reader.nlp(tokenise(composed, reader.nlp)))
    assert len(document.doc) == 0
    assert reader.read(text).mentions == ()


def test_tokens_are_let_go_when_a_document_is_closed(reader: Reader) -> None:
    composed = compose(lay_out(Report(text="Oslo agreed.")))
    document = Document.of(composed, reader.nlp(tokenise(composed, reader.nlp)))
    token = document.doc[0]
    document.close()
    assert len(document.doc) == 0
    assert not hasattr(token, "head")
