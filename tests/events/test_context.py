"""The side that a sentence leaves open: laws that hold for any report, and who the report's two sides are."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.actors.find import find_actors
from dragoman.events.context import Context, is_faceless
from dragoman.events.sides import as_sides
from dragoman.language.document import Document, compose, tokenise
from dragoman.language.wire import lay_out
from dragoman.pipeline import Reader
from dragoman.records import Report

SENTENCES = (
    "Norway fined two Danish trawlers.",
    "Denmark recalled its ambassador from Oslo.",
    "Two analysts in Kenya shrugged.",
    "The Polisario Front shelled a Moroccan base.",
    "Officials of both countries met in Lima.",
    "The ban was lifted in May.",
    "The United Nations asked Norway and Morocco for restraint.",
)


def context_of(reader: Reader, text: str) -> tuple[Document, Context]:
    composed = compose(lay_out(Report(text=text, language="en")))
    document = Document.of(composed, reader.nlp(tokenise(composed, reader.nlp)))
    cast = find_actors(document, reader.world)
    return document, Context.of(document, as_sides(cast, document.doc))


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_other_side_is_never_ones_own(reader: Reader, sentences: list[str], data: st.DataObject) -> None:
    document, context = context_of(reader, " ".join(sentences))
    token = document.doc[data.draw(st.integers(0, len(document.doc) - 1))]
    for actor in context.first.values():
        besides = data.draw(st.sampled_from(sorted(context.first.values())))
        for near in (False, True):
            found = context.other_side(token, [actor], besides=[besides], near=near)
            assert not {context.cast.code(i) for i in found} & {context.cast.code(actor), context.cast.code(besides)}
            assert set(found) <= set(context.cast.actors)
    pair = context.both_sides(token)
    assert len({context.cast.code(i) for i in pair}) in (0, 2)


def test_whom_the_report_sets_against_whom(reader: Reader) -> None:
    document, context = context_of(reader, "Norway fined Denmark. Denmark sued Norway. Kenya watched. Norway will go on.")
    last = next(t for t in document.doc if t.text == "go")
    assert context.other_side(last, ["state:NOR"]) == ("state:DNK",)
    assert context.has_two_sides


def test_one_meeting_in_a_sentence_makes_no_two_sides(reader: Reader) -> None:
    _, context = context_of(reader, "Norway is larger than Denmark.")
    assert not context.has_two_sides


def test_who_is_only_described(reader: Reader) -> None:
    _, context = context_of(reader, "Nine sailors of a trawler told the Polisario Front that rebels had met Danish officials near Tindouf.")
    told = {a.name: is_faceless(a) for a in context.cast.actors.values()}
    assert not told["Polisario Front"]
    assert not any(told[name] for name in told if "rebels" in name)
