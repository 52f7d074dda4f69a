"""Which language a text is in."""

from __future__ import annotations

import functools
import re
from typing import Any

# The commonest English function words that no other large language in Latin script shares as common words; closed class, so grammar rather than vocabulary.
FUNCTION_WORDS = frozenset(
    "the of and to in that is was for with by from has have had be at its which were said not it this are as but who would".split()  # noqa: SIM905 - a list to read
)
LIKELY = 0.7  # the same where not one English function word stands in the text
LIKE_ENGLISH = frozenset({"pcm", "sco"})  # the classifier takes plain short English for Nigerian Pidgin or Scots
SAMPLE = 4_000  # characters that decide
PLAINLY_ENGLISH = 0.12  # share of function words above which no classifier is asked
FEW_WORDS = 6
SURE = 0.9  # probability below which the classifier's word is not taken: "Putin Xi Macron Modi Lula Meloni" is in no language
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
LETTER = re.compile(r"[^\W\d_]")


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the text's language; None where there are too few words to tell, or the classifier is not sure.

    Source: a share of English function words; where that is low, py3langid's classifier.
    """
    sample = text[:SAMPLE]
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if words and sum(w in FUNCTION_WORDS for w in words) / len(words) >= PLAINLY_ENGLISH:
        return "en"
    other_script = _is_in_another_script(sample)
    if len(words) < FEW_WORDS and not other_script:
        return None
    code, probability = _classifier().classify(sample)
    if code in LIKE_ENGLISH:
        code = "en"
    sure = SURE if any(w in FUNCTION_WORDS for w in words) else LIKELY
    return str(code) if probability >= sure or other_script else None


def _is_in_another_script(sample: str) -> bool:
    """Whether most letters are not Latin: Chinese is written without blanks, so words cannot be counted."""
    letters = len(LETTER.findall(sample))
    return letters >= FEW_WORDS and len(LATIN.findall(sample)) < letters / 2


@functools.cache
def _classifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
