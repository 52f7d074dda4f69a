"""No X until Y: what depends, on what, who holds it, who must act."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dragoman.records.evidence import Finding, Span

ConditionKind = Literal["until", "unless", "if", "only_if", "before", "in_return"]


class Condition(Finding):
    """A condition between political actors. Source of labels: docs/concepts/conditions.md."""

    kind: ConditionKind
    cue_span: Span | None = Field(default=None, description="The connective.")
    consequent_span: Span = Field(description="What depends.")
    antecedent_span: Span = Field(description="On what it depends.")
    polarity: Literal["withheld", "promised", "threatened"]
    holder: str | None = Field(default=None, description="Actor who sets the condition.")
    demanded_of: tuple[str, ...] = Field(default=(), description="Actors who would bring the antecedent about.")
    statement: str | None = Field(default=None, description="The statement that sets it.")
