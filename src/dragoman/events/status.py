"""The verdict on one act: did it happen, when, and is it news or history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.actors.cast import Cast
from dragoman.events.background import is_background
from dragoman.events.clause import Reading
from dragoman.events.modality import read
from dragoman.events.when import Timed, Timetable, date_among, timetable
from dragoman.language import grammar
from dragoman.language.document import Document
from dragoman.records import TimeExpression
from dragoman.records.event import Modality, Polarity, Status

FIRST_PERSON = frozenset({"i", "we"})
MODALITIES: dict[Status, Modality] = {"actual": "asserted", "negated": "asserted", "planned": "planned", "possible": "possible"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of an act.

    Attributes:
        cue: The word that settled it; None where nothing but the telling does.
        rule: `status:negation`, `status:planned` …: the rule that settled polarity and modality.
    """

    polarity: Polarity
    modality: Modality
    background: bool
    cue: Token | None
    rule: str

    @property
    def status(self) -> Status:
        """One word for polarity and modality."""
        if self.polarity == "negated":
            return "negated"
        return "actual" if self.modality == "asserted" else self.modality


def judge(trigger: Token, document: Document, cast: Cast, times: Sequence[TimeExpression], *, is_speech_act: bool = False) -> Verdict:
    """Judge one act by the words around it; as `judge_by`, for a single act.

    Args:
        trigger: Head token of the predicate: a verb, or a noun of action.
        document: The parsed report.
        cast: Who is who in it.
        times: Time expressions of the report.
        is_speech_act: Whether the act is done by saying; `we must condemn` then is the condemning itself.

    Source: words in resources/en/control.yaml and resources/en/status-past.yaml.
    """
    return judge_by(trigger, document, timetable(document, times), is_speech_act=is_speech_act)


def judge_by(trigger: Token, document: Document, times: Timetable, *, is_speech_act: bool) -> Verdict:
    """Judge one act by the words around it, with the report's times by sentence."""
    reading = read(trigger)
    here = times.get(trigger.sent.start, ())
    if is_speech_act and reading.status == "possible" and _is_performed(trigger):
        reading = Reading("actual", reading.cue, "status:performed")
    elif reading.status == "actual" and _lies_ahead(trigger, document, here):
        reading = Reading("planned", reading.cue, "status:future")
    background = is_background(trigger, document, times, here, reading.status)
    polarity: Polarity = "negated" if reading.status == "negated" else "affirmed"
    return Verdict(polarity, MODALITIES[reading.status], background, reading.cue, reading.rule)


def _is_performed(trigger: Token) -> bool:
    """Whether a hedged speech act is done by its words: `we must condemn this`, `I would like to thank Oslo`."""
    return any(s.lower_ in FIRST_PERSON for s in grammar.subjects(trigger))


def _lies_ahead(trigger: Token, document: Document, here: Sequence[Timed]) -> bool:
    """Whether an act told in the present or named by a noun is dated after the report: `is meeting them next week`, `announced a visit next month`."""
    published = document.report.published
    if published is None or not here or trigger.tag_ in ("VBD", "VBN"):
        return False
    when = date_among(trigger, here)
    return when is not None and when.value > published.isoformat()[: len(when.value)]
