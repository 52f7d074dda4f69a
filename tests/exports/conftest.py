"""A record made by hand, so that what is shown does not move when the reader learns."""

from __future__ import annotations

import datetime as dt

import pytest

from dragoman.records import (
    Actor,
    Affair,
    Condition,
    Dateline,
    Event,
    EventTime,
    Furniture,
    Mention,
    Place,
    Record,
    ReplyTo,
    Report,
    Span,
    Statement,
    TimeExpression,
)

TEXT = (
    "LA PAZ (AFP) – Bolivia threatened on Monday to recall its ambassador from Santiago unless Chile reopened the port of Arica.\n"
    "“We will not negotiate under threats,” Chilean Foreign Minister Marta <Soto> replied. Reuters reported the same."
)


def span(words: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


@pytest.fixture(scope="session")
def record() -> Record:
    threat, answer = "s1", "s2"
    return Record(
        ref="arica.txt",
        reader="dragoman-test",
        report=Report(
            text=TEXT,
            headline="Bolivia threatens Chile & its ports",
            published=dt.date(2024, 6, 11),
            language="en",
            dateline=Dateline(span=span("LA PAZ (AFP) –"), place="LA PAZ", agency="AFP"),
            furniture=(Furniture(kind="dateline", span=span("LA PAZ (AFP) –")),),
        ),
        actors=(
            Actor(id="state:BOL", name="Bolivia", kind="state", acts_for="BOL", country="BOL", rule="resource:actors/states.yaml"),
            Actor(id="state:CHL", name="Chile", kind="state", acts_for="CHL", country="CHL", rule="resource:actors/states.yaml"),
            Actor(id="person:soto", name="Marta <Soto>", kind="person", acts_for="CHL", country="CHL", office="foreign minister", rule="office"),
            Actor(id="media:reuters", name="Reuters", kind="media", rule="resource:actors/media.yaml"),
        ),
        mentions=(
            Mention(id="m1", rule="name:actors/states.yaml", confidence=0.95, actor="state:BOL", span=span("Bolivia"), how="name"),
            Mention(id="m2", rule="name:actors/states.yaml", confidence=0.95, actor="state:CHL", span=span("Santiago"), how="seat"),
        ),
        times=(TimeExpression(id="t1", rule="time:weekday", confidence=0.9, span=span("Monday"), type="DATE", value="2024-06-10"),),
        places=(Place(id="p1", rule="place:city", confidence=0.9, span=span("Arica"), name="Arica", lat=-18.47, lon=-70.3, country="CL", geonameid=3899361, feature="city"),),
        statements=(
            Statement(
                id=threat,
                rule="saying:verb-to",
                confidence=0.8,
                kind="speech",
                speaker="state:BOL",
                on_behalf_of="BOL",
                speaker_span=span("Bolivia"),
                cue_span=span("threatened"),
                content_spans=(span("to recall its ambassador from Santiago unless Chile reopened the port of Arica"),),
                manner="indirect",
                act="threaten",
                addressees=("state:CHL",),
            ),
            Statement(
                id=answer,
                rule="saying:verb-clause",
                confidence=0.9,
                kind="speech",
                speaker="person:soto",
                speaker_span=span("Chilean Foreign Minister Marta <Soto>"),
                cue_span=span("replied"),
                content_spans=(span("We will not negotiate under threats"),),
                manner="direct",
                act="refuse",
                reply_to=ReplyTo(span=span("threatened"), statement=threat),
            ),
            Statement(
                id="s3",
                rule="saying:verb-clause",
                confidence=0.9,
                kind="relay",
                speaker="media:reuters",
                speaker_span=span("Reuters"),
                cue_span=span("reported"),
                content_spans=(span("the same"),),
                manner="indirect",
                act="assert",
            ),
        ),
        events=(
            Event(
                id="e1",
                rule="speech:threaten",
                confidence=0.7,
                type="THREATEN",
                cameo="134",
                sources=("state:BOL",),
                targets=("state:CHL",),
                trigger_span=span("threatened"),
                polarity="affirmed",
                modality="asserted",
                status="actual",
                background=False,
                time=EventTime(value="2024-06-10", span=span("Monday")),
                place="p1",
                intensity=-4.4,
                statement=threat,
            ),
            Event(
                id="e2",
                rule="frame:negotiate:context",
                confidence=0.4,
                type="CONSULT",
                cameo="046",
                sources=("person:soto", "state:BOL"),
                targets=("person:soto", "state:BOL"),
                trigger_span=span("negotiate"),
                polarity="negated",
                modality="asserted",
                status="negated",
                background=False,
                claimed_by="person:soto",
                statement=answer,
            ),
        ),
        conditions=(
            Condition(
                id="c1",
                rule="clause:unless",
                confidence=0.85,
                kind="unless",
                cue_span=span("unless"),
                consequent_span=span("recall its ambassador from Santiago"),
                antecedent_span=span("Chile reopened the port of Arica"),
                polarity="threatened",
                holder="state:BOL",
                demanded_of=("state:CHL",),
                statement=threat,
            ),
        ),
        affairs=(
            Affair(
                id="a1",
                rule="relations:words",
                confidence=0.6,
                kind="relations",
                parties=("state:BOL", "state:CHL"),
                subject="relations",
                status="strained",
                evidence=(span("threatened on Monday to recall its ambassador"),),
                events=("e1",),
            ),
        ),
        notes=("Made by hand.",),
    )
