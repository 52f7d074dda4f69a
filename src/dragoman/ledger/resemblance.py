"""Whether two reports tell the same happening: a pure function of what is kept of the two, so that stories do not depend on what came first.

Thresholds were set on evals/stories (set a of week.jsonl and the rewrites); `python -m evals.stories.score` measures them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from dragoman.ledger.likeness import REACH, Likeness

Why = Literal["copy", "revision", "rewrite", "telling"]

NEAR, SOON = 3, 2  # days between a text and its rewrite; between two tellings of one event. Longer would let a war become one story, day by day
COPIED = 0.6  # share of the shorter text's runs of three words that stand in the other
SAME = 0.95  # the same of a text that is taken over as it is: its `today` is another day by the day of its copy
REWRITTEN, REWORDED = 0.25, 0.4  # the same of a rewrite, and of its content words
RETOLD, RETOLD_EVENT = 0.4, 0.36  # content words of another telling; where its opening tells the same event
NAMES, NAMED = 2, 0.5  # names that two tellings share, and which share of the fewer
COUNTED = 0.6  # numbers that reports of different days share when they tell the same; what is told daily in the same words always shares its `24 hours`
FEWEST_SHINGLES, FEWEST_WORDS = 12, 8  # what is shorter is compared only for being the same


@dataclass(frozen=True, slots=True)
class Link:
    """How two reports are one story.

    Attributes:
        why: `copy`, `revision` of the same URL, `rewrite` of the same text, another `telling` of the same event (also a follow-up).
        score: How much of the shorter one stands in the other, 0 to 1.
    """

    why: Why
    score: float


def resemblance(a: Likeness, b: Likeness) -> Link | None:
    """How two reports are one story by what they say; None where they are not. The same whichever comes first."""
    apart = _apart(a, b)
    if apart is None or apart > REACH:
        return None
    runs = shared_runs(a, b)
    if runs < SAME and at_odds(a, b):
        return None
    if runs >= COPIED and min(a.shingles, b.shingles) >= FEWEST_SHINGLES:
        return Link("copy" if runs >= SAME and max(a.shingles, b.shingles) <= 1.1 * min(a.shingles, b.shingles) else "rewrite", runs)
    words = overlap(a.words, b.words)
    if min(len(a.words), len(b.words)) < FEWEST_WORDS:
        return None
    if apart <= NEAR and runs >= REWRITTEN and words >= REWORDED:
        return Link("rewrite", words)
    enough = RETOLD_EVENT if set(a.events) & set(b.events) else RETOLD
    if a.day and apart <= SOON and words >= enough and _shared(a.names, b.names) >= NAMES and overlap(a.names, b.names) >= NAMED:
        return Link("telling", words)
    return None


def at_odds(a: Likeness, b: Likeness) -> bool:
    """Whether two reports of different days are about different days: what each dates is dated otherwise, or most of their numbers are others.

    `Drones attacked Odesa overnight, 46 …` on Tuesday and `Drones attacked Odesa overnight, 25 …` on Thursday are alike to a word, and two happenings.
    """
    if a.day == b.day or set(a.days) & set(b.days):
        return False
    dated = bool(a.days) and bool(b.days)
    counted = min(len(a.numbers), len(b.numbers)) >= 2 and overlap(a.numbers, b.numbers) < COUNTED
    return dated or counted


def shared_runs(a: Likeness, b: Likeness) -> float:
    """Share of the shorter text's runs of three words that stand in the longer, as estimated from MinHashes."""
    if not len(a.text) or not len(b.text):
        return 0.0
    alike = float(np.count_nonzero(a.text == b.text)) / len(a.text)
    return min(1.0, alike * (a.shingles + b.shingles) / (1 + alike) / min(a.shingles, b.shingles))


def overlap(a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> float:
    """Share of the fewer that are among the others."""
    fewer = min(len(a), len(b))
    return _shared(a, b) / fewer if fewer else 0.0


def _shared(a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> int:
    return len(np.intersect1d(a, b, assume_unique=True))


def _apart(a: Likeness, b: Likeness) -> int | None:
    """Days between them; 0 between two of no known day; None where one is known and the other is not."""
    if bool(a.day) != bool(b.day):
        return None
    return abs(a.day - b.day)
