"""Measures drawn: Vega-Lite through Altair, rendered offline by vl-convert."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.answers.measures import Measured
from dragoman.errors import MissingExtraError

if TYPE_CHECKING:
    import altair

SUFFIXES = (".svg", ".png", ".html", ".json")
# Okabe and Ito's blue and vermilion, told apart by the colour-blind; the two also lie on different sides of the zero line.
COOPERATION, CONFLICT, NET, UNREAD = "#0072B2", "#D55E00", "#222222", "#D9D9D9"
WIDTH, HEIGHT, LOW = 640, 150, 60  # pixels of a panel
SCALE = 2  # pixels of a PNG for each


def chart(rows: Sequence[Measured], *, title: str | None = None) -> altair.VConcatChart:
    """A chart of measures: a panel for each direction, cooperation above and conflict below the line, the net as a line; below, how many reports were read.

    Periods of which the ledger holds no report are shaded: a zero there says nothing.

    Args:
        rows: Measures of one dyad, as `Ledger.measures` gives them.
        title: Heading; None: the two sides and the length of the periods.

    Raises:
        MissingExtraError: If Altair is not installed.
        ValueError: If there is no row with a day.
    """
    alt = _altair()
    dated = [r for r in rows if r.first is not None and r.last is not None]
    if not dated:
        raise ValueError("there is no dated period to draw")
    ways = list(dict.fromkeys(_way(r) for r in dated))
    data = alt.Data(values=[_point(r) for r in dated])
    panels = [_panel(alt, data, way) for way in ways]
    read = _read(alt, data, ways[0])
    heading = title or f"{dated[0].source.name} and {dated[0].target.name}: cooperation and conflict"
    told = ["Sum of Goldstein weights of events that came to pass, one a story; no background.", "Grey: the ledger holds no report of that time, so that a zero says nothing."]
    made = alt.vconcat(*panels, read, spacing=12).resolve_scale(x="shared")
    made = made.properties(title=alt.TitleParams(heading, subtitle=told, anchor="start", fontSize=16, subtitleFontSize=12, offset=14), padding=16, background="white")
    drawn: altair.VConcatChart = made.configure_axis(labelFontSize=11, titleFontSize=12).configure_view(stroke=None).configure_legend(orient="top", title=None, labelFontSize=12)
    return drawn


def save(rows: Sequence[Measured], path: Path, *, title: str | None = None) -> None:
    """Draw measures into a file; its suffix says how: .svg, .png, .html (holds all it needs), .json (the Vega-Lite specification).

    Raises:
        MissingExtraError: If Altair or vl-convert is not installed.
        ValueError: If the suffix is another, or there is nothing to draw.
        OSError: If it cannot be written.
    """
    form = path.suffix.lower()
    if form not in SUFFIXES:
        raise ValueError(f"no plot as {form or 'a file without a suffix'}; choose from {', '.join(SUFFIXES)}")
    specification = chart(rows, title=title).to_json()
    if form == ".json":
        path.write_text(specification + "\n", encoding="utf-8")
        return
    vlc = renderer()
    if form == ".svg":
        path.write_text(vlc.vegalite_to_svg(specification), encoding="utf-8")
    elif form == ".png":
        path.write_bytes(vlc.vegalite_to_png(specification, scale=SCALE))
    else:
        path.write_text(vlc.vegalite_to_html(specification, bundle=True), encoding="utf-8")


def _panel(alt: Any, data: Any, way: str) -> Any:
    """One direction: bars above and below zero, the net as a line of steps."""
    base = alt.Chart(data).transform_filter(alt.datum.way == way)
    kinds = alt.Scale(domain=["cooperation", "conflict", "net"], range=[COOPERATION, CONFLICT, NET])
    shade = base.transform_filter(alt.datum.read == 0).mark_rect(color=UNREAD, opacity=0.6).encode(x=_time(alt), x2="end:T")
    bars = base.transform_fold(["cooperation", "conflict"], as_=["kind", "weight"]).mark_rect()
    tips = [alt.Tooltip("period:N"), *(alt.Tooltip(f"{n}:Q") for n in ("events", "cooperation", "conflict", "net", "reports", "read"))]
    drawn = bars.encode(x=_time(alt), x2="end:T", y=alt.Y("weight:Q", title=["Goldstein", "weights"]), y2=alt.datum(0), color=alt.Color("kind:N", scale=kinds), tooltip=tips)
    net = base.transform_calculate(kind="'net'").mark_rule(strokeWidth=2).encode(x=_time(alt), x2="end:T", y=alt.Y("net:Q"), color=alt.Color("kind:N", scale=kinds))
    zero = alt.Chart(alt.Data(values=[{}])).mark_rule(color="#888888").encode(y=alt.datum(0))
    return alt.layer(shade, drawn, net, zero).properties(width=WIDTH, height=HEIGHT, title=alt.TitleParams(way, anchor="start", fontSize=13, fontWeight="normal"))


def _read(alt: Any, data: Any, way: str) -> Any:
    """How many reports tell of the two; the same whichever the direction."""
    base = alt.Chart(data).transform_filter(alt.datum.way == way)
    shade = base.transform_filter(alt.datum.read == 0).mark_rect(color=UNREAD, opacity=0.6).encode(x=_time(alt, bottom=True), x2="end:T")
    bars = base.mark_rect(color="#555555").encode(
        x=_time(alt, bottom=True), x2="end:T", y=alt.Y("reports:Q", title=["Reports on", "the two"], axis=alt.Axis(tickMinStep=1)), y2=alt.datum(0)
    )
    return alt.layer(shade, bars).properties(width=WIDTH, height=LOW)


def _time(alt: Any, *, bottom: bool = False) -> Any:
    """The axis of time; labelled in the lowest panel only."""
    return alt.X("begin:T", title="Time" if bottom else None, axis=alt.Axis(grid=False, labels=bottom, ticks=bottom, labelOverlap=True))


def _point(row: Measured) -> dict[str, Any]:
    assert row.first is not None
    assert row.last is not None
    # Without a zone a moment is local time for Vega, as its axis is: no day moves.
    ends = {"begin": f"{row.first}T00:00:00", "end": f"{row.last + dt.timedelta(days=1)}T00:00:00"}
    values = {n: getattr(row, n) for n in ("period", "events", "cooperation", "conflict", "net", "reports", "read")}
    return {"way": _way(row), **ends, **values}


def _way(row: Measured) -> str:
    one, other = row.source.name, row.target.name
    return f"{one} and {other}, both ways" if row.direction == "both" else f"{one} toward {other}"


def _altair() -> Any:
    try:
        import altair
    except ImportError:
        raise MissingExtraError("Plots need Altair. Install it with: pip install 'dragoman[plot]'") from None
    return altair


def renderer() -> Any:
    """vl-convert.

    Raises:
        MissingExtraError: If it is not installed.
    """
    try:
        import vl_convert
    except ImportError:
        raise MissingExtraError("Plots need vl-convert. Install it with: pip install 'dragoman[plot]'") from None
    return vl_convert
