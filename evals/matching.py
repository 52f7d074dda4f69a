"""When a find counts as the key's: character overlap, greedy one-to-one matching, agreement of names and codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from dragoman.records import Event, Span


def characters(text: str, spans: Iterable[Span]) -> set[int]:
    """Positions of letters and digits in the spans; quotation marks, blanks and commas never count."""
    return {i for s, e in spans for i in range(s, e) if text[i].isalnum()}


def overlap(text: str, gold: Iterable[Span], found: Iterable[Span]) -> float:
    """F1 of the characters of two sets of spans."""
    a, b = characters(text, gold), characters(text, found)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def half(value: float) -> float:
    """The value where it is at least a half, else nothing."""
    return value if value >= 0.5 else 0.0


def words(text: str, spans: Iterable[Span]) -> str:
    """The words of several spans."""
    return " … ".join(s.of(text) for s in spans)


def match[G, F](gold: Sequence[G], found: Sequence[F], score: Callable[[G, F], float]) -> list[tuple[int, int]]:
    """Pairs of indices, best scores first, each index once; a pair that scores nothing never matches."""
    ranked = sorted(((score(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    pairs: list[tuple[int, int]] = []
    for value, i, j in ranked:
        if value > 0 and all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def event_at(events: Sequence[Event], start: int, end: int) -> Event | None:
    """The event whose trigger shares most with a stretch of the text, the first of equals."""

    def share(event: Event) -> float:
        common = min(event.trigger_span.end, end) - max(event.trigger_span.start, start)
        return 2 * common / (event.trigger_span.end - event.trigger_span.start + end - start)

    return max((e for e in events if share(e) > 0 and e.part == "text"), key=share, default=None)


def folded(name: str) -> list[str]:
    """Words of a name, without case, accents, articles, plurals."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    kept = [w for w in re.findall(r"[a-z0-9]+", plain) if w not in ("the", "a", "an")]
    return [w[:-3] + "y" if w.endswith("ies") else w[:-1] if w.endswith("s") and len(w) > 3 else w for w in kept]


def same_actor(gold: str, found: str) -> bool:
    """Codes in capitals are equal or not; names agree where the words of one stand in the other."""
    if (gold.isupper() or found.isupper()) and ":" not in gold:
        return gold == found
    a, b = set(folded(gold.split(":")[0])), set(folded(found))
    return bool(a and b) and (a <= b or b <= a)


def same_side(gold: Sequence[str], found: Iterable[str]) -> bool:
    """Half of the actors of one side at least (Jaccard); an unnamed side may be named by words, not by a code."""
    codes = set(found)
    if not gold:
        return not any(c.isupper() for c in codes)
    right = sum(any(same_actor(g, c) for c in codes) for g in gold)
    return right > 0 and right / (len(gold) + len(codes) - right) >= 0.5
