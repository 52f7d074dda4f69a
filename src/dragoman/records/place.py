"""Places on the map."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from dragoman.records.evidence import Finding, Span


class Place(Finding):
    """A place that the report names as a place. Coordinates are WGS 84 degrees; ids are GeoNames where it has one."""

    span: Span
    name: str
    lat: float | None = None
    lon: float | None = None
    country: str | None = Field(default=None, description="ISO 3166-1 alpha-2.")
    geonameid: int | None = None
    feature: Literal["country", "region", "city", "water", "other"]
