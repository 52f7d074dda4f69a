from __future__ import annotations

from evals.stories.rewriting import KINDS, rewrites
from evals.stories.score import own_reports, reading, score, week_reports

from dragoman.pipeline import Reader


def test_stories_keep_their_floor(reader: Reader) -> None:
    """A small sample of what `python -m evals.stories.score` measures whole."""
    read = reading(reader)
    week, originals = [*week_reports("a"), *week_reports("c")], own_reports()[:5]
    made = [rewrites(o)[kind] for o in originals for kind in ("cut at the end to a third", "sentences reordered", "all sentences paraphrased")]
    told = score("week", read, [*week, *originals, *made], of=week)
    assert told.precision == 1.0
    assert told.recall >= 0.6
    again = score("rewrites", read, [*week, *originals, *made], of=made, to=[*originals, *made])
    assert again.precision == 1.0
    assert again.recall >= 0.9


def test_a_rewrite_is_the_same_each_time_and_other_than_the_text() -> None:
    for report in own_reports()[:3]:
        first, second = rewrites(report), rewrites(report)
        assert first == second
        assert set(first) == set(KINDS)
        assert all(made.text != report.text or made.headline != report.headline for made in first.values())
