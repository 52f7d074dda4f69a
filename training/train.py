"""Make the event-type model from the written examples.

    make train                                  # uv run --group train python -m training.train
    uv run --group train python -m training.train --check   # fit and report, write nothing

Everything is fixed: the examples, their order, which of them are held out (by hash of the sentence), the solver's seed. The same examples, parser and library
versions give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped]
from sklearn.preprocessing import normalize  # type: ignore[import-untyped]
from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

from dragoman.events.features import FEATURES_VERSION, Pair, features
from dragoman.language.model import load_model, model_fingerprint
from dragoman.settings import Settings
from training.card import write_card
from training.examples import Example, parsed, read_examples
from training.report import Figures, figures
from training.store import pruned, write_model

PIPELINE = Settings.model_fields["model"].default
FOLDS = 5
PASSING = 0.05  # share of pairs without an act that may pass for one
SECOND = 0.3  # what a sentence of the second_* files weighs: they are written to be hard and unlike plain news, which the others resemble
LEAST = 2  # a feature must be in so many examples
C_TYPE, C_CODE = 1.0, 1.0  # chosen by cross-validation over the examples
LEAST_OF_CODE = 4  # a code with fewer examples is coded as its root or nearest kin


@dataclass(slots=True)
class Fitted:
    """What fitting gives: feature names, one classifier for the type, one a type for the code, and the temperature."""

    names: list[str]
    vectorizer: DictVectorizer
    keep: Any
    types: LinearSVC
    codes: dict[str, LinearSVC]
    only: dict[str, str]
    temperature: float = 1.0
    event_threshold: float = 0.5

    def matrix(self, rows: Sequence[dict[str, float]]) -> Any:
        """Feature rows as a matrix, each of length 1."""
        return normalize(self.vectorizer.transform(rows)[:, self.keep])


def main() -> None:
    """Read the examples, fit, measure on the held-out tenth, fit again on all, write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--check", action="store_true", help="fit on the training part and report; write nothing")
    options.add_argument("--curve", action="store_true", help="also fit on parts of the examples, to see whether more would help")
    given = options.parse_args()
    nlp = load_model(PIPELINE)
    examples, rows = _rows(read_examples(), nlp)
    print(f"{len(examples)} examples, {sum(e.held_out for e in examples)} held out")
    training = [n for n, e in enumerate(examples) if not e.held_out]
    held = [n for n, e in enumerate(examples) if e.held_out]
    fitted = fit([examples[n] for n in training], [rows[n] for n in training])
    measured = measure(fitted, [examples[n] for n in held], [rows[n] for n in held])
    print(measured.text())
    if given.curve:
        for share in (4, 2):
            part = [n for n in training if int(hashlib.sha256(examples[n].text.encode()).hexdigest()[:8], 16) % share == 0]
            less = measure(fit([examples[n] for n in part], [rows[n] for n in part]), [examples[n] for n in held], [rows[n] for n in held])
            print(f"trained on {len(part)}: accuracy {less.accuracy:.3f}")
    if given.check:
        return
    final = fit(examples, rows)
    final.temperature = fitted.temperature
    final.event_threshold, passing, found = event_threshold(examples, rows, final.temperature)
    print(f"an act from probability {final.event_threshold}: {passing:.2f} of pairs without one pass, {found:.2f} of those with one")
    fingerprint = hashlib.sha256("\n".join(f"{e.code}\t{e.text}\t{e.source}\t{e.target}" for e in examples).encode()).hexdigest()[:16]
    header = {
        "version": 1,
        "features": FEATURES_VERSION,
        "pipeline": model_fingerprint(nlp),
        "examples": len(examples),
        "n_features": len(final.names),
        "fingerprint": fingerprint,
        "labels": [str(x) for x in final.types.classes_],
        "codes": {**{k: [str(x) for x in c.classes_] for k, c in final.codes.items()}, **{k: [v] for k, v in final.only.items()}},
        "temperature": round(final.temperature, 4),
        "event_threshold": final.event_threshold,
        "held_out": {**measured.summary(), "acts_passing": round(found, 3), "nothing_passing": round(passing, 3)},
    }
    size = write_model(header, final.names, {"types": pruned(final.types), **{k: pruned(c) for k, c in final.codes.items()}})
    write_card(header, measured, Counter(e.type for e in examples), Counter(e.file for e in examples), size)
    print(f"written: {size / 1e6:.1f} MB")


def _rows(examples: Sequence[Example], nlp: Any) -> tuple[list[Example], list[dict[str, float]]]:
    kept: list[Example] = []
    rows: list[dict[str, float]] = []
    for example, pair in parsed(examples, nlp):
        kept.append(example)
        rows.append(row(pair))
    return kept, rows


def row(pair: Pair) -> dict[str, float]:
    """The features of one example."""
    return features(pair)


def fit(examples: Sequence[Example], rows: Sequence[dict[str, float]], *, codes: bool = True) -> Fitted:
    """Fit types, then (`codes`) codes within each type."""
    vectorizer = DictVectorizer(dtype=np.float32)
    every = vectorizer.fit_transform(rows)
    keep = np.flatnonzero(np.asarray((every > 0).sum(axis=0)).ravel() >= LEAST)
    names = [str(n) for n in vectorizer.get_feature_names_out()[keep]]
    matrix = normalize(every[:, keep])
    types = np.array([e.type for e in examples])
    weights = np.array([SECOND if e.file.startswith("second_") else 1.0 for e in examples])
    fitted = Fitted(names, vectorizer, keep, _svc(C_TYPE, "balanced").fit(matrix, types, sample_weight=weights), {}, {})
    kept = np.array(_kept_codes(examples))
    for name in sorted(set(types)) if codes else ():
        those = np.flatnonzero(types == name)
        if len(set(kept[those])) == 1:
            fitted.only[name] = str(kept[those][0])
        else:
            fitted.codes[name] = _svc(C_CODE, None).fit(matrix[those], kept[those])
    return fitted


def _svc(c: float, weight: str | None) -> LinearSVC:
    return LinearSVC(C=c, class_weight=weight, random_state=1, max_iter=5000)


def event_threshold(examples: Sequence[Example], rows: Sequence[dict[str, float]], temperature: float) -> tuple[float, float, float]:
    """Probability of an act above which a pair is taken for one: so high that few pairs without an act pass, each judged by a model that did not see it.

    Returns:
        The threshold, and the share of pairs without an act and of pairs with one that pass it.
    """
    part = np.array([int(hashlib.sha256(e.text.encode()).hexdigest()[8:16], 16) % FOLDS for e in examples])
    acts = np.zeros(len(examples))
    for fold in range(FOLDS):
        inside, outside = np.flatnonzero(part == fold).tolist(), np.flatnonzero(part != fold).tolist()
        fitted = fit([examples[n] for n in outside], [rows[n] for n in outside], codes=False)
        shares = _shares(fitted.types.decision_function(fitted.matrix([rows[n] for n in inside])), temperature)
        acts[inside] = 1 - shares[:, list(fitted.types.classes_).index("NONE")]
    nothing = np.array([e.type == "NONE" for e in examples])
    threshold = round(float(np.quantile(acts[nothing], 1 - PASSING)), 3)
    return threshold, float((acts[nothing] >= threshold).mean()), float((acts[~nothing] >= threshold).mean())


def _kept_codes(examples: Sequence[Example]) -> list[str]:
    """The code of each example; one that has too few examples gives way to the commonest of its type that shares most digits with it."""
    counts = Counter((e.type, e.code) for e in examples)
    kept: list[str] = []
    for example in examples:
        if counts[example.type, example.code] >= LEAST_OF_CODE:
            kept.append(example.code)
            continue
        kin = [(_shared(c, example.code), n, c) for (t, c), n in counts.items() if t == example.type and n >= LEAST_OF_CODE]
        kept.append(max(kin)[2] if kin else example.code)
    return kept


def _shared(one: str, other: str) -> int:
    """How many leading digits two codes share."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def measure(fitted: Fitted, examples: Sequence[Example], rows: Sequence[dict[str, float]]) -> Figures:
    """Figures on held-out examples; sets temperature and event threshold from them."""
    matrix = fitted.matrix(rows)
    scores = fitted.types.decision_function(matrix)
    labels = [str(x) for x in fitted.types.classes_]
    wanted = np.array([labels.index(e.type) for e in examples])
    grid = np.geomspace(0.05, 2.0, 60)
    losses = [_loss(scores / t, wanted) for t in grid]
    fitted.temperature = float(grid[int(np.argmin(losses))])
    shares = _shares(scores, fitted.temperature)
    codes = _codes(fitted, matrix, shares, labels)
    return figures(examples, labels, shares, codes)


def _shares(scores: Any, temperature: float) -> Any:
    raised = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    return raised / raised.sum(axis=1, keepdims=True)


def _loss(scores: Any, wanted: Any) -> float:
    top = scores.max(axis=1, keepdims=True)
    logs = scores - top - np.log(np.exp(scores - top).sum(axis=1, keepdims=True))
    return float(-logs[np.arange(len(wanted)), wanted].mean())


def _codes(fitted: Fitted, matrix: Any, shares: Any, labels: list[str]) -> list[str]:
    found = []
    for n, best in enumerate(shares.argmax(axis=1)):
        name = labels[best]
        found.append(fitted.only[name] if name in fitted.only else str(fitted.codes[name].predict(matrix[n])[0]))
    return found


if __name__ == "__main__":
    main()
