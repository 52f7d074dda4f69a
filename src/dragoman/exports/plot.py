"""Measures drawn in Vega-Lite, rendered offline by vl-convert."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.answers.measures import Measured
from dragoman.errors import MissingExtraError
from dragoman.exports.theme import LIGHT, Theme, config_of

if TYPE_CHECKING:
    import altair

SUFFIXES = (".svg", ".png", ".html", ".json")
WIDTH, HEIGHT, LOW = 640, 150, 60  # pixels of a panel
BESIDE = 150  # pixels that labels and edges of a panel take
LETTER = 6  # pixels that a letter takes
SCALE = 2  # pixels of a PNG for each
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
TOLD = ["Sum of Goldstein weights of events that came to pass, one a story; no background.", "Grey: the ledger holds no report of that time, so that a zero says nothing."]


def chart(rows: Sequence[Measured], *, title: str | None = None) -> altair.VConcatChart:
    """The drawing of `specification` as a chart of Altair, which shows itself in a notebook and can be changed there.

    Raises:
        MissingExtraError: If Altair is not installed.
        ValueError: If there is no row with a day.
    """
    made: altair.VConcatChart = _altair().VConcatChart.from_dict(specification(rows, title=title))
    return made


def specification(rows: Sequence[Measured], *, title: str | None = None, theme: Theme = LIGHT, width: int = WIDTH + BESIDE) -> dict[str, Any]:
    """Measures drawn, in Vega-Lite: a panel for each direction, cooperation above and conflict below the line, the net as a line; below, how many reports were read.

    Periods of which the ledger holds no report are shaded: a zero there says nothing. Blue and vermilion are told apart by the colour-blind, and lie on different sides of the zero line.

    Args:
        rows: Measures of one dyad, as `Ledger.measures` gives them.
        title: Heading; None: the two sides and the length of the periods.
        theme: Colours.
        width: Pixels of the whole.

    Raises:
        ValueError: If there is no row with a day.
    """
    dated = [r for r in rows if r.first is not None and r.last is not None]
    if not dated:
        raise ValueError("there is no dated period to draw")
    ways = list(dict.fromkeys(_way(r) for r in dated))
    told = config_of(theme)
    return {
        "$schema": SCHEMA,
        "data": {"values": [_point(r) for r in dated]},
        "title": {
            "text": textwrap.wrap(title or f"{dated[0].source.name} and {dated[0].target.name}: cooperation and conflict", width // (LETTER + 3)),
            "subtitle": [line for note in TOLD for line in textwrap.wrap(note, width // LETTER)], "anchor": "start", "fontSize": 16, "subtitleFontSize": 12, "offset": 14,
        },
        "vconcat": [*(_panel(way, theme, width - BESIDE) for way in ways), _read(ways[0], theme, width - BESIDE)],
        "spacing": 12,
        "padding": 16,
        "resolve": {"scale": {"x": "shared"}},
        "config": {
            **told,
            "axis": {**told["axis"], "labelFontSize": 11, "titleFontSize": 12},
            "legend": {**told["legend"], "orient": "top", "title": None, "labelFontSize": 12},
        },
    }  # fmt: skip


def save(rows: Sequence[Measured], path: Path, *, title: str | None = None) -> None:
    """Draw measures into a file; its suffix says how: .svg, .png, .html (holds all it needs), .json (the Vega-Lite specification).

    Raises:
        MissingExtraError: If vl-convert is not installed.
        ValueError: If the suffix is another, or there is nothing to draw.
        OSError: If it cannot be written.
    """
    form = path.suffix.lower()
    if form not in SUFFIXES:
        raise ValueError(f"no plot as {form or 'a file without a suffix'}; choose from {', '.join(SUFFIXES)}")
    drawn = json.dumps(specification(rows, title=title), ensure_ascii=False)
    if form == ".json":
        path.write_text(drawn + "\n", encoding="utf-8")
        return
    vlc = renderer()
    if form == ".svg":
        path.write_text(vlc.vegalite_to_svg(drawn), encoding="utf-8")
    elif form == ".png":
        path.write_bytes(vlc.vegalite_to_png(drawn, scale=SCALE))
    else:
        path.write_text(vlc.vegalite_to_html(drawn, bundle=True), encoding="utf-8")


def _panel(way: str, theme: Theme, width: int) -> dict[str, Any]:
    """One direction: bars above and below zero, the net as a line of steps."""
    colours = {"domain": ["cooperation", "conflict", "net"], "range": [theme.cooperation, theme.conflict, theme.ink]}
    kind = {"field": "kind", "type": "nominal", "scale": colours}
    tips = [{"field": "period", "type": "nominal"}, *({"field": n, "type": "quantitative"} for n in ("events", "cooperation", "conflict", "net", "reports", "read"))]
    bars = {
        "transform": [{"fold": ["cooperation", "conflict"], "as": ["kind", "weight"]}],
        "mark": {"type": "rect"},
        "encoding": {**_time(), "y": {"field": "weight", "type": "quantitative", "title": ["Goldstein", "weights"]}, "y2": {"datum": 0}, "color": kind, "tooltip": tips},
    }
    net = {
        "transform": [{"calculate": "'net'", "as": "kind"}],
        "mark": {"type": "rule", "strokeWidth": 2},
        "encoding": {**_time(), "y": {"field": "net", "type": "quantitative"}, "color": kind},
    }
    zero = {"data": {"values": [{}]}, "mark": {"type": "rule", "color": theme.line}, "encoding": {"y": {"datum": 0}}}
    return {
        "title": {"text": way, "anchor": "start", "fontSize": 13, "fontWeight": "normal"},
        "width": width, "height": HEIGHT, "transform": [_only(way)], "layer": [_unread(theme), bars, net, zero],
    }  # fmt: skip


def _read(way: str, theme: Theme, width: int) -> dict[str, Any]:
    """How many reports tell of the two; the same whichever the direction."""
    count = {"field": "reports", "type": "quantitative", "title": ["Reports on", "the two"], "axis": {"tickMinStep": 1}}
    bars = {"mark": {"type": "rect", "color": theme.bars}, "encoding": {**_time(bottom=True), "y": count, "y2": {"datum": 0}}}
    return {"width": width, "height": LOW, "transform": [_only(way)], "layer": [_unread(theme, bottom=True), bars]}


def _unread(theme: Theme, *, bottom: bool = False) -> dict[str, Any]:
    """Shade over periods of which nothing was read."""
    return {"transform": [{"filter": "datum.read === 0"}], "mark": {"type": "rect", "color": theme.unread, "opacity": 0.6}, "encoding": _time(bottom=bottom)}


def _only(way: str) -> dict[str, Any]:
    return {"filter": {"field": "way", "equal": way}}


def _time(*, bottom: bool = False) -> dict[str, Any]:
    """The axis of time; labelled in the lowest panel only."""
    axis = {"grid": False, "labels": bottom, "ticks": bottom, "labelOverlap": True}
    return {"x": {"field": "begin", "type": "temporal", "title": "Time" if bottom else None, "axis": axis}, "x2": {"field": "end"}}


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
