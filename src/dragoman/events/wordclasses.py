"""Classes of words of like meaning: `lambast` stands with `criticise`, `howitzer` with `mortar`. Made from the parser's word vectors by training/classes.py."""

from __future__ import annotations

import functools
import io
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Token

FILE = "word-classes.npz"


@functools.cache
def _tables() -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Coarse and fine class of each row of the vector table."""
    stored = np.load(io.BytesIO(resources.files("dragoman.resources").joinpath("model", FILE).read_bytes()), allow_pickle=False)
    return stored["coarse"], stored["fine"]


def word_classes(token: Token) -> tuple[str, ...]:
    """The coarse and the fine class of a word; empty for names, for words without a vector, and where the parser has other vectors than the classes were made of."""
    if token.ent_type_:
        return ()
    vectors = token.vocab.vectors
    row = vectors.key2row.get(token.orth, -1)
    coarse, fine = _tables()
    if row < 0 or vectors.shape[0] != len(coarse):
        return ()
    return f"~{coarse[row]}", f"~~{fine[row]}"
