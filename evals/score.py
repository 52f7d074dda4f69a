"""How far the reader is from a careful person, on the project's own annotated texts: one table.

    uv run python -m evals.score                 # the table
    uv run python -m evals.score --show 10       # and ten misses and false finds of each kind
    uv run python -m evals.score --floors        # fail where a figure is under its floor in floors.toml

Texts: `reports/` (31 wire-style reports, `<id>.txt` with `<id>.json`), `reports/held-out/` (14 more, set c, unread: see README.md) and `sentences/` (400 sentences, and 220 that no rule was written on),
all written for the project; labels are those of docs/concepts.
What counts as found: a statement by its content (character F1 of at least .5) and speaker; an event by type, sides of the dyad (half of them at least) and a trigger within 150 characters;
a condition by both spans; an affair by kind and parties; a status by the event at the marked words.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.pipeline import Reader
from evals import keys, matching
from evals.keys import Cast, ReportKey, SentenceKey

HERE = Path(__file__).parent
SHORT = 0.005  # a figure may fall this far below its floor by rounding


@dataclass
class Measure:
    """Counts of one row of the table, and examples of what went wrong."""

    name: str
    shown: bool = True  # False for a set that stays unread: its examples are never printed
    hit: int = 0
    gold: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def add(self, hit: int, gold: int, found: int) -> None:
        """Count one text."""
        self.hit, self.gold, self.found = self.hit + hit, self.gold + gold, self.found + found

    @property
    def f1(self) -> float:
        """F1 of what was counted; for a share (found equals gold) the share."""
        return 2 * self.hit / (self.gold + self.found) if self.gold + self.found else 0.0

    def row(self, floor: float | None) -> str:
        """One line of the table."""
        precision, recall = self.hit / self.found if self.found else 0.0, self.hit / self.gold if self.gold else 0.0
        mark = "" if floor is None else f"  floor {floor:.2f}" + ("  BELOW" if self.f1 + SHORT < floor else "")
        return f"{self.name:56s} P {precision:.3f}  R {recall:.3f}  F1 {self.f1:.3f}  ({self.hit} of {self.gold}, {self.found} found){mark}"


def main() -> int:
    """Score and print; 1 where a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N misses and N false finds of each kind")
    parser.add_argument("--floors", action="store_true", help="fail where a figure is under its floor")
    options = parser.parse_args()
    reader = Reader()
    measures = score_reports(reader, "reports", HERE / "reports")
    measures += score_reports(reader, "held-out reports", HERE / "reports" / "held-out", shown=False)
    for name, ending in (("sentences", ""), ("held-out sentences", "-heldout")):
        measures += [*score_conditions(reader, name, ending), *score_statuses(reader, name, ending)]
    floors: dict[str, float] = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["floors"]
    for measure in measures:
        print(measure.row(floors.get(measure.name)))
        for label, examples in (("missed", measure.missed), ("false", measure.false)):
            for example in examples[: options.show if measure.shown else 0]:
                print(f"    {label}: {example}")
    unknown = set(floors) - {m.name for m in measures}
    below = [m.name for m in measures if m.name in floors and m.f1 + SHORT < floors[m.name]]
    if options.floors and (unknown or below):
        print(f"floors broken: {', '.join(below) or 'none'}; floors of no measure: {', '.join(sorted(unknown)) or 'none'}", file=sys.stderr)
        return 1
    return 0


def score_reports(reader: Reader, name: str, folder: Path, *, shown: bool = True) -> list[Measure]:
    """Statements, events, conditions and affairs of the whole reports in a folder."""
    kinds = (
        "statements, content + speaker", "statements, act", "events, type + dyad", "events, + status + background",
        "conditions, both spans", "conditions, + holder, owed, polarity", "affairs, kind + parties", "affairs, + status",
    )  # fmt: skip
    said, act, coded, judged, tied, bound, matter, stand = (Measure(f"{name}: {kind}", shown) for kind in kinds)
    texts = keys.reports(folder)
    for key, record in zip(texts, (reader.read(k.report(), ref=k.id) for k in texts), strict=True):
        cast = Cast(record)
        gold, found = keys.joined_gold(key), keys.joined_found(record)
        pairs = matching.match(gold, found, lambda g, f, key=key: matching.half(matching.overlap(key.text, g.spans, f.spans)))
        right = [(g, f) for g, f in pairs if cast.is_speaker(gold[g].label, found[f].label)]
        _count(said, right, gold, found, key.id, lambda x, key=key: matching.words(key.text, x.spans))
        act.add(sum(gold[g].label["act"] == found[f].label.act for g, f in right), len(right), len(right))
        _score_events(key, cast, coded, judged)
        _score_ties(key.text, key.conditions, cast, tied, bound, key.id)
        affairs = list(record.affairs)
        pairs = matching.match(key.affairs, affairs, lambda g, f, cast=cast, key=key: cast.same_affair(key, g, f))
        _count(matter, pairs, key.affairs, affairs, key.id, str)
        good = [(g, f) for g, f in pairs if key.affairs[g]["status"] == affairs[f].status]
        stand.add(len(good), len(key.affairs), len(affairs))
    return [said, act, coded, judged, tied, bound, matter, stand]


def score_conditions(reader: Reader, name: str, ending: str) -> list[Measure]:
    """Conditions of single sentences, a third of which hold none."""
    tied, bound = Measure(f"{name}: conditions, both spans"), Measure(f"{name}: conditions, + holder, owed, polarity")
    for key, cast in _read_sentences(reader, HERE / "sentences" / f"conditions{ending}.jsonl"):
        _score_ties(key.text, key.label["conditions"], cast, tied, bound, key.id)
    return [tied, bound]


def score_statuses(reader: Reader, name: str, ending: str) -> list[Measure]:
    """Type, status and background of the event at marked words; a share of all, an event not found counts as wrong."""
    whole, some = Measure(f"{name}: type + status + background"), Measure(f"{name}: an event at the marked words")
    for key, cast in _read_sentences(reader, HERE / "sentences" / f"statuses{ending}.jsonl"):
        want = (key.label["type"], key.label["status"], key.label["background"])
        start = key.text.index(key.label["trigger"])
        best = matching.event_at(cast.record.events, start, start + len(key.label["trigger"]))
        have = (best.type, best.status, best.background) if best else None
        some.add(best is not None, 1, 1)
        whole.add(have == want, 1, 1)
        if have != want:
            whole.missed.append(f"{key.id} '{key.label['trigger']}' {want} found {have}: {key.text}")
    return [whole, some]


def _read_sentences(reader: Reader, path: Path) -> list[tuple[SentenceKey, Cast]]:
    texts = keys.sentences(path)
    outcomes = reader.read_batch((k.id, k.report()) for k in texts)
    return [(key, Cast(keys.read_or_raise(outcome))) for key, outcome in zip(texts, outcomes, strict=True)]


def _score_events(key: ReportKey, cast: Cast, coded: Measure, judged: Measure) -> None:
    events = [e for e in cast.record.events if e.part == "text"]
    pairs = matching.match(key.events, events, lambda g, f: cast.same_event(key, g, f))
    _count(coded, pairs, key.events, events, key.id, lambda x: f"{x['type']} {x['sources']}→{x['targets']} {x['trigger']!r}" if isinstance(x, dict) else cast.told(x))
    right = sum((key.events[g]["status"], key.events[g]["background"]) == (events[f].status, events[f].background) for g, f in pairs)
    judged.add(right, len(key.events), len(events))


def _score_ties(text: str, gold: Sequence[dict[str, object]], cast: Cast, tied: Measure, bound: Measure, id: str) -> None:
    found = [c for c in cast.record.conditions if c.part == "text"]
    pairs = matching.match(gold, found, lambda g, f: cast.same_condition(text, g, f))
    _count(
        tied, pairs, gold, found, id, lambda x: f"{x['consequent']} | {x['antecedent']}" if isinstance(x, dict) else f"{x.consequent_span.of(text)} | {x.antecedent_span.of(text)}"
    )
    bound.add(sum(cast.is_bound(gold[g], found[f]) for g, f in pairs), len(gold), len(found))


def _count[G, F](measure: Measure, pairs: Sequence[tuple[int, int]], gold: Sequence[G], found: Sequence[F], id: str, told: Callable[..., str]) -> None:
    measure.add(len(pairs), len(gold), len(found))
    measure.missed += [f"{id} {told(g)}" for n, g in enumerate(gold) if n not in {p[0] for p in pairs}]
    measure.false += [f"{id} {told(f)}" for n, f in enumerate(found) if n not in {p[1] for p in pairs}]


if __name__ == "__main__":
    raise SystemExit(main())
