"""Classes of words of like meaning, from the parser's own word vectors: what a verb that no example has shares with verbs that examples have.

uv run --group train python -m training.classes     # only when the parser's vectors change; then train anew
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from sklearn.cluster import MiniBatchKMeans  # type: ignore[import-untyped]

from dragoman.events.wordclasses import FILE
from dragoman.language.model import load_model
from dragoman.settings import Settings
from training.store import FOLDER, write_arrays

SIZES = {"coarse": 300, "fine": 1200}


def main() -> None:
    """Cluster the vectors by direction, coarsely and finely, and write the class of every row."""
    vectors = load_model(Settings.model_fields["model"].default).vocab.vectors.data.astype(np.float32)
    directions = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    classes = {}
    for name, size in SIZES.items():
        fitted = MiniBatchKMeans(size, random_state=1, n_init=1, batch_size=4096, max_iter=40).fit(directions)
        classes[name] = fitted.labels_.astype(np.uint16)
    write_arrays(classes, FOLDER / FILE)
    print(f"{len(directions)} vectors in {SIZES}")


if __name__ == "__main__":
    main()
