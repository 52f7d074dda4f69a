"""A map of what happened where, in Vega-Lite over outlines from Natural Earth that come with Dragoman."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Callable, Sequence
from typing import Any

from dragoman.answers.placed import Spot
from dragoman.exports.theme import LIGHT, Theme, config_of
from dragoman.resources import raw

OUTLINES = "places/world.json"
STRONG = 4.0  # mean Goldstein weight at which a colour is full
SMALL, LARGE = 60, 900  # square pixels of a point
NAMED = 24  # places whose names are written, those with most first, as far as there is room
LETTER, LINE = 7.0, 15.0  # pixels that a letter of a name and a line take
NEAREST = 900.0  # a map of a region is drawn no larger than so: a single town needs its surroundings
EARTH = 2.74, 1.33  # width and height of the whole Earth in the Equal Earth projection, in its scale (B. Šavrič, T. Patterson, B. Jenny 2018), halved


@functools.cache
def outlines() -> dict[str, Any]:
    """Land and borders as TopoJSON."""
    told: dict[str, Any] = json.loads(raw(OUTLINES))
    return told


def map_chart(
    spots: Sequence[Spot], *, theme: Theme = LIGHT, width: int = 960, near: bool = False, world: str | None = None, link: Callable[[int, Spot], str] | None = None
) -> dict[str, Any]:
    """A map: a point for each place, the larger the more happened, blue for cooperation, vermilion for conflict; a diamond where a dispute or hostilities stand.

    Args:
        spots: Places, those with most first.
        theme: Its colours.
        width: Pixels.
        near: Whether it shows the part of the world in which the places lie, rather than all of it.
        world: Address of the outlines; None: they are put into the map.
        link: Gives the address to which a place leads, by its number and itself.
    """
    height = round(width * 0.52)
    data: dict[str, Any] = {"values": outlines()} if world is None else {"url": world}
    projection = _projection(spots if near else [], width, height)
    most = max((len(s.rows) for s in spots), default=1)
    points = [{**_point(n, s, link), "size": SMALL + (LARGE - SMALL) * (len(s.rows) - 1) / max(most - 1, 8)} for n, s in enumerate(spots)]
    at = {"longitude": {"field": "lon", "type": "quantitative"}, "latitude": {"field": "lat", "type": "quantitative"}}
    size = {"field": "size", "type": "quantitative", "scale": None}
    tips = [{"field": n, "title": t} for n, t in (("name", "place"), ("events", "events"), ("matters", "disputes, hostilities"), ("weight", "mean weight"), ("last", "last"))]
    href = {"href": {"field": "url"}} if link else {}
    colour = {
        "field": "mean", "type": "quantitative", "title": "mean Goldstein weight",
        "scale": {"domain": [-STRONG, 0, STRONG], "range": [theme.conflict, theme.neither, theme.cooperation], "clamp": True, "interpolate": "rgb"}, "legend": {"orient": "bottom", "gradientLength": 160},
    }  # fmt: skip
    named = _named(points, projection["scale"])
    names = [
        {
            "data": {"values": told},
            "mark": {"type": "text", "fontSize": 11, "fontWeight": 600, "align": align, "dx": dx, "dy": -7, **paint},
            "encoding": {**at, "text": {"field": "name"}},
        }
        for paint in ({"color": theme.paper, "stroke": theme.paper, "strokeWidth": 3, "strokeJoin": "round"}, {"color": theme.ink})
        for (align, dx), told in named.items()
    ]
    layers = [
        {"data": {"sphere": True}, "mark": {"type": "geoshape", "fill": theme.paper}},
        {"data": {"graticule": {"step": [30, 30]}}, "mark": {"type": "geoshape", "filled": False, "stroke": theme.unread, "strokeWidth": 0.5}},
        {"data": {**data, "format": {"type": "topojson", "feature": "land"}}, "mark": {"type": "geoshape", "fill": theme.land, "stroke": None}},
        {"data": {**data, "format": {"type": "topojson", "mesh": "countries"}}, "mark": {"type": "geoshape", "filled": False, "stroke": theme.line, "strokeWidth": 0.5}},
        *names,
        {
            "data": {"values": points}, "mark": {"type": "point", "filled": True, "opacity": 0.9, "cursor": "pointer" if link else "default"},
            "encoding": {**at, "size": size, "color": colour, "shape": {"field": "shape", "type": "nominal", "legend": None, "scale": {"domain": ["circle", "diamond"], "range": ["circle", "diamond"]}},
                         "stroke": {"value": theme.ink}, "strokeWidth": {"value": 1}, "tooltip": tips, **href},
        },
    ]  # fmt: skip
    drawing = {"width": width, "height": height, "padding": 4, "projection": projection, "layer": layers}
    return {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", **drawing, "config": config_of(theme)}


def _point(number: int, spot: Spot, link: Callable[[int, Spot], str] | None) -> dict[str, Any]:
    matters = len(spot.rows) - spot.events
    told = {"name": spot.name, "lat": spot.lat, "lon": spot.lon, "all": len(spot.rows), "events": spot.events, "matters": matters, "mean": spot.mean, "weight": f"{spot.mean:+.1f}"}
    told |= {"last": str(spot.rows[0].day or "day not known"), "shape": "diamond" if matters else "circle"}
    return told | ({"url": link(number, spot)} if link else {})


def _named(points: Sequence[dict[str, Any]], scale: float) -> dict[tuple[str, int], list[dict[str, Any]]]:
    """Places whose names have room beside their points, by side and distance; reckoned as if degrees were alike everywhere."""
    pixels = math.radians(1) * scale
    at = [(p["lon"] * math.cos(math.radians(p["lat"])) * pixels, -p["lat"] * pixels, math.sqrt(p["size"]) / 2) for p in points]
    taken = [(x - r, x + r, y) for x, y, r in at]  # left end, right end and height of points, and then of names
    found: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for p, (x, y, r) in list(zip(points, at, strict=True))[:NAMED]:
        long, away = LETTER * len(p["name"]), round(r) + 4
        for align, dx, begin in (("left", away, x + away), ("right", -away, x - away - long)):
            if all(begin + long < left or begin > right or abs(y - level) > LINE for left, right, level in taken):
                taken.append((begin, begin + long, y))
                found.setdefault((align, dx), []).append(p)
                break
    return found


def _projection(spots: Sequence[Spot], width: int, height: int) -> dict[str, Any]:
    """The whole Earth; or the part in which places lie, with room around them."""
    whole = min(width / EARTH[0], height / EARTH[1]) / 2
    if not spots:
        return {"type": "equalEarth", "scale": whole, "translate": [width / 2, height / 2]}
    west, east = _span([s.lon for s in spots])
    south, north = min(s.lat for s in spots), max(s.lat for s in spots)
    middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
    across = max(math.radians(east - west) * math.cos(math.radians(middle_lat)), 0.05)
    scale = min(0.75 * width / across, 0.7 * height / max(math.radians(north - south), 0.05), NEAREST)
    if scale <= whole:
        return _projection([], width, height)
    return {"type": "azimuthalEqualArea", "rotate": [-middle_lon, -middle_lat], "scale": scale, "translate": [width / 2, height / 2], "clipAngle": 90}


def _span(longitudes: Sequence[float]) -> tuple[float, float]:
    """The narrowest stretch of longitudes that holds all, in degrees; it may go over the date line."""
    east = sorted(set(longitudes))
    gaps = [((east[(n + 1) % len(east)] - x) % 360, n) for n, x in enumerate(east)]
    widest, before = max(gaps) if len(east) > 1 else (360.0, 0)
    begin = east[(before + 1) % len(east)]
    return begin, begin + (360 - widest) % 360
