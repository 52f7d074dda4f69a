"""Writing the weights, small and always to the same bytes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

import dragoman.resources
from dragoman.events.model import HEADER, WEIGHTS

FOLDER = Path(dragoman.resources.__file__).parent / "model"
SMALLEST = 0.02  # a weight nearer to nothing is dropped: features have length 1 together, the largest weights are about 3


def pruned(classifier: Any) -> dict[str, Any]:
    """The arrays of a linear classifier, by feature: how many weights it has, their labels and values."""
    weights, bias = classifier.coef_, classifier.intercept_
    if len(classifier.classes_) == 2:  # one row for two labels
        weights, bias = np.vstack([-weights, weights]), np.array([-bias[0], bias[0]])
    by_feature = np.where(np.abs(weights) < SMALLEST, 0.0, weights).T
    features, labels = np.nonzero(by_feature)
    return {
        "bias": bias.astype(np.float32),
        "counts": np.bincount(features, minlength=by_feature.shape[0]).astype(np.uint8),
        "labels": labels.astype(np.uint8),
        "weights": by_feature[features, labels].astype(np.float16),
    }


def write_model(header: Mapping[str, Any], names: Sequence[str], classifiers: Mapping[str, Mapping[str, Any]], folder: Path = FOLDER) -> int:
    """Write header and weights; gives their size in bytes."""
    arrays: dict[str, Any] = {"names": np.frombuffer("\n".join(names).encode(), dtype=np.uint8)}
    for name, parts in classifiers.items():
        arrays |= {f"{name}.{part}": array for part, array in parts.items()}
    write_arrays(arrays, folder / WEIGHTS)
    (folder / HEADER).write_text(json.dumps(header, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return (folder / WEIGHTS).stat().st_size + (folder / HEADER).stat().st_size


def write_arrays(arrays: Mapping[str, Any], path: Path) -> None:
    """Write arrays as numpy does, compressed, without a time of day in the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0)), buffer.getvalue(), zipfile.ZIP_DEFLATED, 9)
