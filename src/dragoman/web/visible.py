"""What a report's words must not do to a page: reorder it, or hide in it. Such characters are shown by their names."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

# Explicit bidirectional formatting (UAX 9) by the abbreviations of the standard.
BIDI = {
    "\u061c": "ALM", "\u200e": "LRM", "\u200f": "RLM", "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
}  # fmt: skip
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f" + "".join(BIDI) + "]")


def visible(text: str) -> str:
    """The text with control characters shown: `⟨RLO⟩` for an override of direction, `⟨U+0007⟩` for a bell; tabs and line ends stay."""
    return HIDDEN.sub(_shown, text) if HIDDEN.search(text) else text


def finalized(value: Any) -> Any:
    """For Jinja2, of everything that a template prints; markup that templates themselves made went through here piece by piece."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _shown(match: re.Match[str]) -> str:
    char = match.group()
    return f"⟨{BIDI.get(char, f'U+{ord(char):04X}')}⟩"
