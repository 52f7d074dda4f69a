"""A network of sides: drawn in Vega-Lite, written as GraphML for other programs."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.answers.network import Edge
from dragoman.errors import MissingExtraError
from dragoman.exports.plot import SCALE, renderer
from dragoman.exports.theme import LIGHT, Theme, config_of

if TYPE_CHECKING:
    import networkx

HEIGHT = 0.56  # of the width
NARROW, TALL, SLIGHT = 600, 1.5, 0.6  # a drawing narrower than so many pixels is so many times as high as wide, its circles so much smaller, and codes stand for names
MARGIN = 46  # pixels around the outermost nodes, for their names
BEND = 0.16  # of its length: how far the middle of an edge lies beside the straight line, so that both directions are seen
STEPS = 14  # pieces of a bent line
STRONG = 4.0  # mean Goldstein weight at which a colour is full
SEED = 7  # the same edges are always laid out alike

type Points = dict[str, tuple[float, float]]


def graph_of(edges: Sequence[Edge]) -> networkx.DiGraph[str]:
    """The network as a graph with what is known of its nodes and edges.

    Raises:
        MissingExtraError: If networkx is not installed.
    """
    made: networkx.DiGraph[str] = _networkx().DiGraph()
    for e in edges:
        for side in (e.source, e.target):
            made.add_node(side.code, name=side.name, id=side.id)
        told = {n: getattr(e, n) for n in ("events", "cooperation", "conflict", "net", "mean")}
        days = {n: d.isoformat() for n, d in (("first", e.first), ("last", e.last)) if d is not None}
        made.add_edge(e.source.code, e.target.code, **told, **days, report=e.latest.report, finding=e.latest.finding)
    return made


def graphml(edges: Sequence[Edge]) -> str:
    """The network as GraphML, which Gephi, yEd, igraph and networkx read.

    Raises:
        MissingExtraError: If networkx is not installed.
    """
    return "\n".join(_networkx().generate_graphml(graph_of(edges))) + "\n"


def network_chart(edges: Sequence[Edge], *, theme: Theme = LIGHT, width: int = 860, link: Callable[[Edge], str] | None = None) -> dict[str, Any]:
    """A drawing: sides as circles, the larger the more they do and suffer; bent arrows from who acts, the thicker the more events, blue for cooperation, vermilion and broken for conflict.

    Args:
        edges: At least one.
        theme: Its colours.
        width: Pixels.
        link: Gives the address to which an arrow leads.

    Raises:
        MissingExtraError: If networkx is not installed.
    """
    narrow = width < NARROW
    height = round(width * (TALL if narrow else HEIGHT))
    places = _laid_out(edges, width, height)
    sides = {s.code: s.name for e in edges for s in (e.source, e.target)}
    doing = {code: sum(e.events for e in edges if code in (e.source.code, e.target.code)) for code in sides}
    most = max(doing.values())
    radius = {code: (6 + 14 * math.sqrt(doing[code] / most)) * (SLIGHT if narrow else 1) for code in sides}
    lines = [p for n, e in enumerate(edges) for p in _line(n, e, places, radius, link)]
    heads = [_head(e, places, radius, link) for e in edges]
    nodes: list[dict[str, Any]] = [
        {"x": places[c][0], "y": places[c][1], "name": sides[c], "label": c if narrow and ":" not in c else sides[c], "events": doing[c], "size": math.pi * radius[c] ** 2}
        for c in sides
    ]
    colour: dict[str, Any] = {
        "field": "mean",
        "type": "quantitative",
        "title": "mean Goldstein weight",
        "legend": {"orient": "bottom", "gradientLength": 160},
        "scale": {"domain": [-STRONG, 0, STRONG], "range": [theme.conflict, theme.neither, theme.cooperation], "clamp": True, "interpolate": "rgb"},
    }
    tips = [{"field": n, "title": t} for n, t in (("who", "who acts"), ("whom", "toward whom"), ("events", "events"), ("weight", "mean weight"), ("last", "last"))]
    x, y = _axis("x", width), _axis("y", height)
    href: dict[str, Any] = {"href": {"field": "url"}} if link else {}
    most_events = max(e.events for e in edges)
    names: list[dict[str, Any]] = [{**n, "y": n["y"] - math.sqrt(n["size"] / math.pi) - 7} for n in nodes]
    words = {"fontSize": 12, "fontWeight": 600, "limit": 150}
    layers = [
        {
            "data": {"values": lines},
            "mark": {"type": "line", "interpolate": "basis", "opacity": 0.85, "cursor": "pointer" if link else "default"},
            "encoding": {
                "x": x, "y": y, "detail": {"field": "edge"}, "order": {"field": "step"}, "color": colour,
                "strokeWidth": {"field": "events", "type": "quantitative", "legend": None, "scale": {"domain": [0, most_events], "range": [1, 4 if narrow else 7]}},
                "strokeDash": {"field": "clash", "type": "nominal", "legend": None, "scale": {"domain": [False, True], "range": [[1, 0], [7, 3]]}}, "tooltip": tips, **href,
            },
        },
        {
            "data": {"values": heads},
            "mark": {"type": "point", "shape": "triangle", "filled": True, "opacity": 1},
            "encoding": {"x": x, "y": y, "angle": {"field": "angle", "type": "quantitative", "scale": None}, "size": {"field": "size", "type": "quantitative", "scale": None}, "color": colour, "tooltip": tips, **href},
        },
        {
            "data": {"values": nodes},
            "mark": {"type": "point", "filled": True, "fill": theme.land, "stroke": theme.ink, "strokeWidth": 1.2, "opacity": 1},
            "encoding": {"x": x, "y": y, "size": {"field": "size", "type": "quantitative", "scale": None}, "tooltip": [{"field": "name", "title": "side"}, {"field": "events", "title": "events"}]},
        },
        {
            "data": {"values": names},
            "mark": {"type": "text", "color": theme.paper, "stroke": theme.paper, "strokeWidth": 4, "strokeJoin": "round", **words},
            "encoding": {"x": x, "y": y, "text": {"field": "label"}},
        },
        {"data": {"values": names}, "mark": {"type": "text", "color": theme.ink, **words}, "encoding": {"x": x, "y": y, "text": {"field": "label"}}},
    ]  # fmt: skip
    return {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "width": width, "height": height, "padding": 4, "layer": layers, "config": config_of(theme)}


def save_network(edges: Sequence[Edge], path: Path) -> None:
    """Write a network; its suffix says how: .graphml, .json (the Vega-Lite specification), .svg, .png.

    Raises:
        MissingExtraError: If networkx or vl-convert is not installed.
        OSError: If it cannot be written.
    """
    form = path.suffix.lower()
    if form == ".graphml":
        path.write_text(graphml(edges), encoding="utf-8")
        return
    specification = json.dumps(network_chart(edges), ensure_ascii=False)
    if form == ".json":
        path.write_text(specification + "\n", encoding="utf-8")
    elif form == ".svg":
        path.write_text(renderer().vegalite_to_svg(specification), encoding="utf-8")
    else:
        path.write_bytes(renderer().vegalite_to_png(specification, scale=SCALE))


def _axis(name: str, most: int) -> dict[str, Any]:
    return {"field": name, "type": "quantitative", "axis": None, "scale": {"domain": [0, most] if name == "x" else [most, 0], "nice": False, "zero": False}}


def _laid_out(edges: Sequence[Edge], width: int, height: int) -> Points:
    """Where each side stands, in pixels: those that deal with one another near each other, by springs."""
    nx = _networkx()
    plain = nx.Graph()
    for e in edges:
        plain.add_edge(e.source.code, e.target.code)  # all pull alike: the busiest pairs need room for their arrows
    groups = sorted(nx.connected_components(plain), key=lambda g: (-len(g), min(g)))
    found: Points = {}
    for group, (left, top, wide, high) in zip(groups, _plots([len(g) for g in groups], width, height), strict=True):
        spread = nx.spring_layout(plain.subgraph(sorted(group)), seed=SEED, iterations=300, k=2.2 / math.sqrt(len(group)))
        found |= _fitted({c: (float(p[0]), float(p[1])) for c, p in spread.items()}, left, top, wide, high)
    return found


def _plots(sizes: Sequence[int], width: float, height: float) -> list[tuple[float, float, float, float]]:
    """Room for each group of sides that deal with each other: the picture halved again and again by their numbers, the longer way across."""
    return list(_halved(list(sizes), 0.0, 0.0, float(width), float(height)))


def _halved(sizes: list[int], left: float, top: float, wide: float, high: float) -> Iterator[tuple[float, float, float, float]]:
    if len(sizes) == 1:
        yield left, top, wide, high
        return
    total, cut, first = sum(sizes), 1, sizes[0]
    while cut < len(sizes) - 1 and first + sizes[cut] <= total / 2:
        first, cut = first + sizes[cut], cut + 1
    share = first / total
    if wide >= high:
        yield from _halved(sizes[:cut], left, top, wide * share, high)
        yield from _halved(sizes[cut:], left + wide * share, top, wide * (1 - share), high)
    else:
        yield from _halved(sizes[:cut], left, top, wide, high * share)
        yield from _halved(sizes[cut:], left, top + high * share, wide, high * (1 - share))


def _fitted(points: Points, left: float, top: float, wide: float, high: float) -> Points:
    """Points stretched to a plot with a margin; turned where they stand upright in a broad plot."""
    xs, ys = [p[0] for p in points.values()], [p[1] for p in points.values()]
    if (max(xs) - min(xs) < max(ys) - min(ys)) == (wide >= high):
        points = {c: (y, x) for c, (x, y) in points.items()}
        xs, ys = ys, xs

    def along(value: float, values: Sequence[float], start: float, length: float) -> float:
        margin = min(MARGIN, length / 3)
        low, span = min(values), max(values) - min(values)
        return start + length / 2 if span == 0 else start + margin + (value - low) / span * (length - 2 * margin)

    return {c: (along(x, xs, left, wide), along(y, ys, top, high)) for c, (x, y) in points.items()}


def _course(edge: Edge, places: Points, radius: dict[str, float]) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
    """Begin, bending point and end of an edge, outside both circles."""
    (ax, ay), (bx, by) = places[edge.source.code], places[edge.target.code]
    length = math.hypot(bx - ax, by - ay) or 1.0
    ux, uy = (bx - ax) / length, (by - ay) / length
    bend = (ax + bx) / 2 - uy * length * BEND, (ay + by) / 2 + ux * length * BEND

    def outside(x: float, y: float, far: float) -> tuple[float, float]:
        away = math.hypot(bend[0] - x, bend[1] - y) or 1.0
        return x + (bend[0] - x) / away * far, y + (bend[1] - y) / away * far

    return outside(ax, ay, radius[edge.source.code] + 2), bend, outside(bx, by, radius[edge.target.code] + 7)


def _told(edge: Edge, link: Callable[[Edge], str] | None) -> dict[str, Any]:
    told = {
        "who": edge.source.name,
        "whom": edge.target.name,
        "events": edge.events,
        "mean": edge.mean,
        "weight": f"{edge.mean:+.1f}",
        "clash": edge.net < 0,
        "last": str(edge.last or "day not known"),
    }
    return told | ({"url": link(edge)} if link else {})


def _line(number: int, edge: Edge, places: Points, radius: dict[str, float], link: Callable[[Edge], str] | None) -> Iterator[dict[str, Any]]:
    (ax, ay), (cx, cy), (bx, by) = _course(edge, places, radius)
    for step in range(STEPS + 1):
        t = step / STEPS
        x, y = ((1 - t) ** 2 * a + 2 * t * (1 - t) * c + t * t * b for a, c, b in ((ax, cx, bx), (ay, cy, by)))
        yield {"edge": number, "step": step, "x": round(x, 1), "y": round(y, 1), **_told(edge, link)}


def _head(edge: Edge, places: Points, radius: dict[str, float], link: Callable[[Edge], str] | None) -> dict[str, Any]:
    """The point of an arrow; a triangle of Vega stands on its base, so that up is 0 degrees."""
    _, (cx, cy), (bx, by) = _course(edge, places, radius)
    angle = math.degrees(math.atan2(by - cy, bx - cx)) + 90
    return {"x": round(bx, 1), "y": round(by, 1), "angle": round(angle, 1), "size": 70 + 4 * min(edge.events, 30), **_told(edge, link)}


def _networkx() -> Any:
    try:
        import networkx
    except ImportError:
        raise MissingExtraError("Networks need networkx. Install it with: pip install 'dragoman[plot]'") from None
    return networkx
