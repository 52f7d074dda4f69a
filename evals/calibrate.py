"""Confidences from the project's own texts: of findings that the reader calls .9 sure, nine in ten shall be right.

    uv run python -m evals.calibrate            # measure by kind and rule, write resources/calibration.yaml
    uv run python -m evals.calibrate --check    # print how often findings are right, by confidence; write nothing

A rule's share of right findings is drawn towards what the rule itself claims, as by PRIOR more findings, so that a rule seen twice is not called certain or hopeless.
"""

from __future__ import annotations

import argparse
import itertools
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from dragoman import calibration, resources
from dragoman.calibration import PATH
from dragoman.pipeline import Reader
from dragoman.records import Event, Finding
from evals import keys, matching
from evals.keys import Cast, located

HERE = Path(__file__).parent
PRIOR = 8  # findings that a rule's own claim weighs
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.01)
HEAD = """# How sure a finding is, by kind and rule: measured on the project's own annotated texts. Written by `make calibrate`; do not edit.
#   seen   findings of the rule in those texts     right   those that a careful reader's key holds     confidence   what findings of the rule are given

"""


def main() -> None:
    """Measure; write the table, or print how it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="print the share of right findings by confidence; write nothing")
    options = parser.parse_args()
    judged = list(judgements(Reader(calibrated=options.check)))
    if options.check:
        report(judged)
        return
    seen: dict[tuple[str, str], list[tuple[bool, float]]] = defaultdict(list)
    for kind, finding, right in judged:
        seen[kind, finding.rule].append((right, finding.confidence))
    lines = [HEAD]
    for kind in sorted({k for k, _ in seen}):
        lines.append(f"{kind}:\n")
        for (_, rule), values in sorted((key, v) for key, v in seen.items() if key[0] == kind):
            right, claim = sum(r for r, _ in values), sum(c for _, c in values) / len(values)
            confidence = (right + PRIOR * claim) / (len(values) + PRIOR)
            lines.append(f'  "{rule}": {{seen: {len(values)}, right: {right}, confidence: {confidence:.2f}}}\n')
    PATH.write_text("".join(lines), encoding="utf-8")
    resources.load.cache_clear()
    calibration.confidences.cache_clear()
    report(list(judgements(Reader())))


def judgements(reader: Reader) -> Iterator[tuple[str, Finding, bool]]:
    """(kind, finding, whether the key holds it) for whole reports, and for conditions in single sentences."""
    for key in keys.reports(HERE / "reports"):
        record = reader.read(key.report(), ref=key.id)
        cast = Cast(record)
        gold = [located(key.text, s["content"], s.get("nth", 1)) for s in key.statements]
        speech = [s for s in record.statements if s.kind == "speech" and s.part == "text"]
        pairs = matching.match(gold, speech, lambda g, f, key=key: matching.half(matching.overlap(key.text, g, f.content_spans)))
        right = {f for g, f in pairs if cast.is_speaker(key.statements[g], speech[f])}
        yield from (("statements", s, n in right) for n, s in enumerate(speech))
        events: list[Event] = [e for e in record.events if e.part == "text"]
        right = {f for _, f in matching.match(key.events, events, lambda g, f, cast=cast, key=key: cast.same_event(key, g, f))}
        yield from (("events", e, n in right) for n, e in enumerate(events))
        right = {f for _, f in matching.match(key.affairs, list(record.affairs), lambda g, f, cast=cast, key=key: cast.same_affair(key, g, f))}
        yield from (("affairs", a, n in right) for n, a in enumerate(record.affairs))
        yield from _ties(key.text, key.conditions, cast)
    texts = keys.sentences(HERE / "sentences" / "conditions.jsonl")
    for text, outcome in zip(texts, reader.read_batch((k.id, k.report()) for k in texts), strict=True):
        yield from _ties(text.text, text.label["conditions"], Cast(keys.read_or_raise(outcome)))


def report(judged: list[tuple[str, Finding, bool]]) -> None:
    """Print, by confidence, how many findings there are, what they claim and how often they are right."""
    for low, high in itertools.pairwise(BINS):
        inside = [(f.confidence, right) for _, f, right in judged if low <= f.confidence < high]
        if inside:
            print(
                f"confidence {low:.1f} to {min(high, 1.0):.1f}: {len(inside):5d} findings, claimed {sum(c for c, _ in inside) / len(inside):.2f}, right {sum(r for _, r in inside) / len(inside):.2f}"
            )
    off = sum(abs(f.confidence - right) ** 2 for _, f, right in judged) / max(len(judged), 1)
    print(f"Brier score {off:.3f} over {len(judged)} findings")


def _ties(text: str, gold: list[dict[str, object]], cast: Cast) -> Iterator[tuple[str, Finding, bool]]:
    found = [c for c in cast.record.conditions if c.part == "text"]
    right = {f for _, f in matching.match(gold, found, lambda g, f: cast.same_condition(text, g, f))}
    yield from (("conditions", c, n in right) for n, c in enumerate(found))


if __name__ == "__main__":
    main()
