"""The columns of the tables: their names, kinds and meanings."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import BaseModel

from dragoman.records import Actor, Affair, Condition, Event, Mention, Place, Statement, TimeExpression

TableName = Literal["actors", "mentions", "statements", "events", "conditions", "affairs", "times", "places"]
TABLES = get_args(TableName)
Kind = Literal["text", "texts", "day", "real", "whole", "truth"]

_FINDING = "id part rule confidence"
_COLUMNS: dict[TableName, str] = {
    "actors": "id name kind acts_for country office sector member_of wikidata cow rule",
    "mentions": f"{_FINDING} actor how start end words",
    "statements": f"{_FINDING} kind speaker speaker_name speaker_code co_speakers on_behalf_of act manner cue content"
    " addressee_ids addressee_names addressee_codes reply_to within start end",
    "events": f"{_FINDING} type mode context cameo source_ids source_names source_codes target_ids target_names target_codes status polarity modality background"
    " time place geonameid intensity claimed_by claimed_by_name claimed_by_code statement trigger start end",
    "conditions": f"{_FINDING} kind polarity holder holder_name holder_code demanded_of_ids demanded_of_names demanded_of_codes consequent antecedent statement start end",
    "affairs": f"{_FINDING} kind status subject party_ids party_names party_codes sender_ids sender_names sender_codes target_ids target_names target_codes"
    " events statements evidence start end",
    "times": f"{_FINDING} type value words start end",
    "places": f"{_FINDING} name lat lon country geonameid feature words start end",
}
# Columns that are not text; every other is, so that a table has the same columns whatever it holds, even nothing.
_KINDS: dict[str, Kind] = {"published": "day", "confidence": "real", "intensity": "real", "lat": "real", "lon": "real", "background": "truth"}
_KINDS |= dict.fromkeys(("start", "end", "geonameid", "cow"), "whole")
_KINDS |= dict.fromkeys(("context", "co_speakers", "events", "statements"), "texts")
_MANY = ("_ids", "_names", "_codes")
_MODELS: dict[TableName, type[BaseModel]] = {
    "actors": Actor,
    "mentions": Mention,
    "statements": Statement,
    "events": Event,
    "conditions": Condition,
    "affairs": Affair,
    "times": TimeExpression,
    "places": Place,
}
# What the record's own fields do not say of themselves.
_MEANINGS = {
    "id": "Its id.",
    "ref": "The caller's own name for the report.",
    "published": "The report's day.",
    "publisher": "Who brought the report.",
    "kind": "Which of its kinds it is.",
    "type": "Which of its types it is: PLOVER for events, TIMEX3 for times.",
    "start": "Where its words begin: code points from the beginning of the part.",
    "end": "Where its words end, exclusive.",
    "words": "The words at its span.",
    "actor": "Id of the actor that the words stand for.",
    "how": "How they stand for it.",
    "cue": "The words of saying.",
    "content": "What is said; pieces that stand apart are joined by an ellipsis.",
    "manner": "In the speaker's words (direct), the report's (indirect), or both.",
    "reply_to": "The words that name what it answers.",
    "mode": "PLOVER mode.",
    "context": "PLOVER contexts.",
    "polarity": "Whether it is affirmed or negated; of a condition: whether what depends is withheld, promised or threatened.",
    "modality": "Whether it is asserted, planned or possible.",
    "time": "When, as an ISO 8601 prefix: its length is its precision.",
    "place": "Where, by name.",
    "geonameid": "GeoNames id.",
    "trigger": "The words that tell the act.",
    "consequent": "What depends.",
    "antecedent": "On what it depends.",
    "status": "Where it stands.",
    "events": "Ids of the events that show it.",
    "statements": "Ids of the statements that show it.",
    "evidence": "The most telling of the words that show it.",
    "lat": "Latitude, degrees, WGS 84.",
    "lon": "Longitude, degrees, WGS 84.",
    "feature": "What kind of place it is.",
    "wikidata": "Wikidata id.",
    "name": "Its name.",
    "speaker": "Id of the speaker.",
    "claimed_by": "Id of the actor on whose word alone it stands; none where the report itself tells it.",
    "holder": "Id of the actor who sets it.",
}
_ENDINGS = {
    "_ids": "Ids of the {}.",
    "_names": "Names of the {}, in the same order.",
    "_codes": "Of the {}, whom each acts for: ISO 3166-1 alpha-3 or body; empty text where for none.",
    "_name": "Name of {}.",
    "_code": "Whom {} acts for: ISO 3166-1 alpha-3 or body.",
}
_ROLES = {
    "speaker": "the speaker",
    "addressee": "addressees",
    "source": "actors who do it",
    "target": "actors to whom it is done",
    "claimed_by": "the actor on whose word it stands",
    "holder": "the actor who sets it",
    "demanded_of": "actors who would bring the antecedent about",
    "party": "parties",
    "sender": "actors who impose sanctions",
}


def columns(table: TableName) -> list[str]:
    """Names of a table's columns, in order."""
    return ["ref", "published", "publisher", *_COLUMNS[table].split()]


def kind(column: str) -> Kind:
    """What a column holds."""
    return "texts" if column.endswith(_MANY) else _KINDS.get(column, "text")


def meaning(table: TableName, column: str) -> str:
    """What a column means, in a line."""
    for ending, told in _ENDINGS.items():
        if column.endswith(ending):
            return told.format(_ROLES[column.removesuffix(ending)])
    field = _MODELS[table].model_fields.get(column)
    return (field.description if field else None) or _MEANINGS[column]
