"""Who said what, how, to whom, in answer to what."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dragoman.records.evidence import Finding, Known, Span

StatementKind = Literal["speech", "attitude", "relay"]
Manner = Literal["direct", "indirect", "mixed"]
Act = Literal["assert", "accept", "refuse", "demand", "offer", "promise", "threaten", "accuse", "deny", "criticise", "support", "ask"]


class ReplyTo(Known):
    """What a statement answers: the words that name it, and the statement itself where the report holds it."""

    span: Span
    statement: str | None = None


class Statement(Finding):
    """One attribution. `cue_span` is None where a quotation follows its speaker's sentence without a verb of its own."""

    kind: StatementKind = Field(description="speech; attitude (wants, hopes, fears); relay (a wire or paper as mere channel).")
    speaker: str | None = Field(default=None, description="Actor id; None where the report leaves the speaker open.")
    co_speakers: tuple[str, ...] = Field(default=(), description="Further speakers under the same cue.")
    on_behalf_of: str | None = Field(default=None, description="State or body that the speaker speaks for, by the office told in the report.")
    speaker_span: Span | None = None
    cue_span: Span | None = None
    content_spans: tuple[Span, ...] = Field(min_length=1, description="The whole of what is said, in one or more pieces, without the attribution.")
    manner: Manner
    act: Act = Field(description="What the speaker does by saying it.")
    addressees: tuple[str, ...] = ()
    addressee_span: Span | None = None
    medium_span: Span | None = Field(default=None, description="`in a statement`, `on Twitter`.")
    occasion_span: Span | None = Field(default=None, description="`at a news conference in Geneva`.")
    reply_to: ReplyTo | None = None
    within: str | None = Field(default=None, description="Id of the outer statement on whose word this one stands (`A said that B told C`).")
