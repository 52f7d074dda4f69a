"""Which language a text is in."""

from __future__ import annotations

import re

# The commonest English function words that no other large language in Latin script shares as common words; closed class, so grammar rather than vocabulary.
FUNCTION_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "is",
        "was",
        "for",
        "with",
        "by",
        "from",
        "has",
        "have",
        "had",
        "be",
        "at",
        "its",
        "which",
        "were",
        "said",
        "not",
        "it",
        "this",
        "are",
        "as",
        "but",
        "who",
        "would",
    ]
)
SAMPLE = 4_000  # characters that decide
PLAINLY_ENGLISH = 0.12  # share of function words above which no classifier is asked
FEW_WORDS = 6


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the text's language; None where there are too few words to tell.

    Source: a share of English function words; where that is low, py3langid's classifier.
    """
    sample = text[:SAMPLE]
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(words) < FEW_WORDS:
        return None
    if sum(w in FUNCTION_WORDS for w in words) / len(words) >= PLAINLY_ENGLISH:
        return "en"
    import py3langid

    code, _ = py3langid.classify(sample)
    return str(code)
