"""The stage: document and cast → statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from dragoman.actors.cast import Cast
from dragoman.language.document import Document
from dragoman.records import ReplyTo, Statement
from dragoman.records.statement import Manner
from dragoman.statements.acts import act_of
from dragoman.statements.circumstances import Circumstances, circumstances_of
from dragoman.statements.colons import colon_statements
from dragoman.statements.draft import Draft
from dragoman.statements.lexicon import act_words
from dragoman.statements.nesting import Nesting, nesting_of
from dragoman.statements.nouns import noun_statements
from dragoman.statements.prefaces import preface_statements
from dragoman.statements.quotations import lone_quotations
from dragoman.statements.turns import FIRST, Speakers, is_channel, speakers_in_turn
from dragoman.statements.verbs import verb_statements


def find_statements(document: Document, cast: Cast) -> tuple[Statement, ...]:
    """Find who said, thinks or passes on what, in text order.

    Args:
        document: One parsed report.
        cast: Who is who in it.

    Returns:
        Statements. `cue_span` is None where a quotation follows its speaker's sentence without a verb of its own.

    Source: the words of saying in resources/en/saying-*.yaml.
    """
    drafts = [*verb_statements(document), *noun_statements(document), *preface_statements(document)]
    drafts += _unclaimed(drafts, colon_statements(document))
    drafts = _kept(document, [d for d in drafts if d.content])
    drafts += lone_quotations(document, drafts)
    drafts.sort(key=_order)
    nesting = nesting_of(drafts)
    speakers = speakers_in_turn(document, drafts, nesting, cast)
    # nobody speaks in `Water for power: Lima and Quito sign`, `The facts are clear: …`
    drafts = [d for d in drafts if speakers[id(d)] or not (d.rule == "headline:colon" or (d.rule == "saying:colon" and d.cue is not None and d.cue.text != ":"))]
    for draft in drafts:
        if is_channel(document, draft, speakers[id(draft)], drafts, nesting, cast):
            draft.kind = "relay"
    ids = {id(d): document.id("s", n) for n, d in enumerate(drafts, 1)}
    return tuple(_statement(document, draft, cast, drafts, speakers, nesting, ids) for draft in drafts)


def _unclaimed(drafts: list[Draft], more: Iterable[Draft]) -> list[Draft]:
    """Those of `more` whose content no other statement tells: in `The envoy was blunt: “No,” he said` it is his saying."""
    claimed = {i for d in drafts if d.kind == "speech" for s, e in d.content for i in range(s, e)}
    return [d for d in more if d.cue is None or d.cue.text == ":" or not any(i in claimed for s, e in d.content for i in (s, e - 1))]


def _kept(document: Document, drafts: list[Draft]) -> list[Draft]:
    """Without what is only felt inside other people's words: `“I think it will pass,” she said` is her saying, not a belief beside it.

    A stand that is taken in quoted words tells them: `hailed “a brave decision”` is speech; so does one against what somebody else has said.
    """
    said = {i for d in drafts for s, e in d.content for i in range(s, e)}
    kept = [d for d in drafts if d.cue is None or (d.kind == "speech" and not _is_own_word(document, d)) or (d.cue.i not in said and document.quote_at(d.cue) is None)]
    for draft in kept:
        if draft.kind != "attitude" or not draft.names_only_topic:
            continue
        if any(document.quote_at(document.doc[i]) is not None for s, e in draft.content for i in range(s, e)):
            draft.kind = "speech"
        elif (
            draft.act in ("refuse", "criticise", "deny")
            and draft.rule != "saying:verb-preposition"
            and document.doc[slice(*draft.content[0])].root.lemma_.lower() in act_words().accounts
        ):
            draft.kind, draft.act = "speech", "deny"  # `disputed the account`
    return kept


def _is_own_word(document: Document, draft: Draft) -> bool:
    """Whether a cue in a quotation tells no saying beside it: `“I call it theft,” she said`, `“You say it is yours,” she said` are hers alone.

    What does more than assert stays: `“We demand an answer,” she said`.
    """
    word = draft.speaker.lower_ if draft.speaker is not None else ""
    if draft.cue is None or document.quote_at(draft.cue) is None:
        return False
    return word == "you" or (word in FIRST and draft.act == "assert")


def _order(draft: Draft) -> tuple[int, int, int]:
    """Text order; a quotation that goes on stands directly after the statement that it goes on from."""
    if draft.follows is not None:
        return (*_order(draft.follows)[:2], draft.start)
    return draft.start, draft.content[0][0], 0


def _statement(document: Document, draft: Draft, cast: Cast, drafts: Sequence[Draft], speakers: Speakers, nesting: Nesting, ids: dict[int, str]) -> Statement:
    who = speakers[id(draft)]
    around = circumstances_of(document, draft, cast)
    outer = nesting.get(id(draft))
    return Statement(
        id=ids[id(draft)],
        part=document.part(document.doc[draft.content[0][0]]),
        rule=draft.rule,
        confidence=round(draft.confidence, 2),
        kind=draft.kind,
        speaker=who[0] if who else None,
        co_speakers=who[1:],
        on_behalf_of=cast.actors[who[0]].acts_for if who else None,
        speaker_span=document.span(*draft.speaker_bounds) if draft.speaker_bounds else None,
        cue_span=document.span(*draft.cue_bounds) if draft.cue_bounds else None,
        content_spans=tuple(document.span(s, e) for s, e in draft.content),
        manner=_manner(document, draft),
        act=act_of(document, draft, cast, frozenset(cast.codes(who))),
        addressees=tuple(dict.fromkeys(i for t in around.addressees for i in cast.of(t) if i not in who)),
        addressee_span=document.span(*around.addressee) if around.addressee else None,
        medium_span=document.span(*around.medium) if around.medium else None,
        occasion_span=document.span(*around.occasion) if around.occasion else None,
        reply_to=_reply_to(document, draft, around, drafts, speakers, ids, cast),
        within=ids[id(outer)] if outer is not None else None,
    )


def _reply_to(document: Document, draft: Draft, around: Circumstances, drafts: Sequence[Draft], speakers: Speakers, ids: dict[int, str], cast: Cast) -> ReplyTo | None:
    """What a statement answers, and the last statement before it by the one whose words are answered."""
    if around.reply is None or around.answered is None:
        return None
    whose = set(cast.owners(around.answered) or cast.at(around.answered))
    earlier = [d for d in drafts if d.start < draft.start and d.kind == "speech" and whose & set(speakers[id(d)])]
    return ReplyTo(span=document.span(*around.reply), statement=ids[id(earlier[-1])] if earlier else None)


def _manner(document: Document, draft: Draft) -> Manner:
    if draft.cue is not None and document.quote_at(draft.cue) is not None:
        return "indirect"  # told inside a quotation: its words are another's
    inside: list[bool] = []
    for start, end in draft.content:
        first = start + 1 if document.doc[start].lower_ == "that" and end - start > 1 else start
        inside += [document.quote_at(t) is not None for t in document.doc[first:end] if t.pos_ != "PUNCT"]
    manner: Literal["direct", "indirect", "mixed"] = "direct" if inside and all(inside) else "mixed" if any(inside) else "indirect"
    return manner
