"""The event-type model: which act a source does to a target, from the features of the sentence. Linear; numpy alone.

Source: weights in resources/model/, made by training/train.py from training/examples; training/MODEL_CARD.md says what it was made of and how good it is.
"""

from __future__ import annotations

import functools
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from dragoman.errors import ResourceError
from dragoman.events.features import FEATURES_VERSION, Pair, features
from dragoman.language.document import Document

HEADER, WEIGHTS = "event-type.json", "event-type.npz"
NONE = "000"  # the code of `nothing passes between the two`

type Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Classifier:
    """A linear classifier over a vector of features; its weights are kept sparse, by feature.

    Attributes:
        labels: What it chooses from.
        bias: A number a label.
        starts: For feature i its weights are `labels_of[starts[i]:starts[i + 1]]` and `weights[…]`.
    """

    labels: tuple[str, ...]
    bias: Vector
    starts: npt.NDArray[np.int32]
    labels_of: npt.NDArray[np.uint8]
    weights: Vector

    def scores(self, found: Mapping[int, float]) -> Vector:
        """A number a label for a vector of features (number of the feature → value): the higher the likelier."""
        total = self.bias.copy()
        for i, value in found.items():
            a, b = self.starts[i], self.starts[i + 1]
            total[self.labels_of[a:b]] += value * self.weights[a:b]
        return total


@dataclass(frozen=True, slots=True)
class TypeModel:
    """Types by one classifier, codes within a type by another; probabilities by a temperature measured on held-out examples.

    Attributes:
        numbers: Number of each feature by its name.
        types: Chooses the type; among its labels `NONE` for nothing.
        codes: By type, chooses the CAMEO code; a type with a single code has no entry.
        only: By type, the code where there is but one.
        temperature: What scores are divided by before they are made probabilities.
        event_threshold: Probability of an act from which a pair without a frame is taken for one.
        header: All that resources/model/event-type.json says.
    """

    numbers: Mapping[str, int]
    types: Classifier
    codes: Mapping[str, Classifier]
    only: Mapping[str, str]
    temperature: float
    event_threshold: float
    header: Mapping[str, Any]

    @classmethod
    def load(cls) -> TypeModel:
        """The model of this release, read once a process.

        Raises:
            ResourceError: If it was trained on other features than this release computes.
        """
        return _load()

    def vector(self, pair: Pair) -> dict[int, float]:
        """The known features of a pair by number, scaled to length 1."""
        known = {n: value for name, value in features(pair).items() if (n := self.numbers.get(name)) is not None}
        length = float(np.sqrt(sum(v * v for v in known.values()))) or 1.0
        return {n: v / length for n, v in known.items()}

    def type_probabilities(self, pair: Pair) -> dict[str, float]:
        """Probability of each type, and of `NONE`."""
        return self._types(self.vector(pair))

    def code_pair(self, pair: Pair) -> list[tuple[str, float]]:
        """CAMEO codes with their probabilities, the likeliest first; `000` stands for nothing. They add up to 1."""
        found = self.vector(pair)
        ranked: list[tuple[str, float]] = []
        for name, share in self._types(found).items():
            if name in self.only:
                ranked.append((self.only[name], share))
                continue
            within = self.codes[name]
            ranked += [(code, share * float(p)) for code, p in zip(within.labels, _softmax(within.scores(found) / self.temperature), strict=True)]
        return sorted(ranked, key=lambda x: (-x[1], x[0]))

    def best(self, pair: Pair, *, must: bool = True) -> tuple[str, str, float]:
        """Type, CAMEO code within it, and the type's probability.

        Args:
            pair: Source and target.
            must: Whether there is an act; its probability is then that among acts.
        """
        found = self.vector(pair)
        shares = self._types(found)
        if must:
            nothing = shares.pop("NONE", 0.0)
            shares = {k: v / max(1e-9, 1 - nothing) for k, v in shares.items()}
        name = max(shares, key=lambda k: (shares[k], k))
        if name in self.only:
            return name, self.only[name], shares[name]
        within = self.codes[name]
        return name, within.labels[int(np.argmax(within.scores(found)))], shares[name]

    def predict(self, document: Document, source: tuple[int, int], target: tuple[int, int]) -> list[tuple[str, float]]:
        """What a source does to a target.

        Args:
            document: The parsed report.
            source: Token bounds `[start, end)` of the source's words.
            target: Token bounds of the target's words, in the same sentence or the next.

        Returns:
            CAMEO codes with their probabilities, the likeliest first; empty where an act is less likely than `event_threshold`.
        """
        ranked = self.code_pair(Pair.of(document, source, target))
        if 1 - sum(p for code, p in ranked if code == NONE) < self.event_threshold:
            return []
        return [(code, p) for code, p in ranked if code != NONE]

    def _types(self, found: Mapping[int, float]) -> dict[str, float]:
        return dict(zip(self.types.labels, map(float, _softmax(self.types.scores(found) / self.temperature)), strict=True))


def _softmax(scores: Vector) -> Vector:
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), dtype=np.float32)


@functools.cache
def _load() -> TypeModel:
    folder = resources.files("dragoman.resources").joinpath("model")
    try:
        header = json.loads(folder.joinpath(HEADER).read_text(encoding="utf-8"))
        stored = np.load(io.BytesIO(folder.joinpath(WEIGHTS).read_bytes()), allow_pickle=False)
        return unpack(header, stored)
    except (FileNotFoundError, zipfile.BadZipFile, KeyError, json.JSONDecodeError) as error:
        raise ResourceError(f"The event-type model cannot be read: {error}. Make it with: make train") from error


def unpack(header: Mapping[str, Any], stored: Mapping[str, npt.NDArray[Any]]) -> TypeModel:
    """A model from its header and its arrays.

    Raises:
        ResourceError: If it was trained on other features than this release computes.
    """
    if header["features"] != FEATURES_VERSION:
        raise ResourceError(f"The event-type model was trained on features {header['features']}, this release computes {FEATURES_VERSION}. Make it anew with: make train")
    names = bytes(stored["names"]).decode().split("\n")
    return TypeModel(
        numbers={name: n for n, name in enumerate(names)},
        types=_classifier(header["labels"], stored, "types"),
        codes={name: _classifier(labels, stored, name) for name, labels in header["codes"].items() if len(labels) > 1},
        only={name: labels[0] for name, labels in header["codes"].items() if len(labels) == 1},
        temperature=float(header["temperature"]),
        event_threshold=float(header["event_threshold"]),
        header=header,
    )


def _classifier(labels: list[str], stored: Mapping[str, npt.NDArray[Any]], name: str) -> Classifier:
    def part(what: str) -> npt.NDArray[Any]:
        return stored[f"{name}.{what}"]

    counts = part("counts").astype(np.int32)
    starts = np.concatenate([np.zeros(1, np.int32), np.cumsum(counts, dtype=np.int32)])
    return Classifier(tuple(labels), part("bias").astype(np.float32), starts, part("labels"), part("weights").astype(np.float32))
