"""Colours of drawings on light and on dark paper, the same as the desk's; those that carry meaning are told apart by the colour-blind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

type ThemeName = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours by what they are for.

    Attributes:
        ink: Words and what is most important.
        faint: Words that stand back.
        paper: What is drawn on.
        line: Rules, axes, borders.
        land: Ground of a map.
        cooperation: Okabe and Ito's blue, lighter on dark paper.
        conflict: Their vermilion.
        neither: Between the two.
        unread: Shades what was not read.
        bars: Bars that are neither.
    """

    ink: str
    faint: str
    paper: str
    line: str
    land: str
    cooperation: str
    conflict: str
    neither: str
    unread: str
    bars: str


LIGHT = Theme("#222222", "#565C66", "#FDFCF9", "#888888", "#E9E4D8", "#0072B2", "#D55E00", "#8A8A8A", "#D9D9D9", "#555555")
DARK = Theme("#E8E6E0", "#A9ADB6", "#16181C", "#6A707A", "#2B2F36", "#56B4E9", "#F08A4B", "#9AA0A8", "#3A3F48", "#B4B8C0")
THEMES: dict[str, Theme] = {"light": LIGHT, "dark": DARK}


def theme_of(name: str) -> Theme:
    """The theme of a name; light where it is none."""
    return THEMES.get(name, LIGHT)


def config_of(theme: Theme) -> dict[str, Any]:
    """Vega-Lite's configuration: words, axes and paper in the theme's colours."""
    words = {"labelColor": theme.faint, "titleColor": theme.ink}
    return {
        "background": theme.paper, "view": {"stroke": None}, "font": "system-ui, sans-serif",
        "axis": {**words, "domainColor": theme.line, "tickColor": theme.line, "gridColor": theme.unread}, "legend": words, "title": {"color": theme.ink, "subtitleColor": theme.faint},
        "header": words,
    }  # fmt: skip
