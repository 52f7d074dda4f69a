"""What a phrase is about: its content words, so that the same matter is known again in other words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from dragoman import resources

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
MET = 1 << 16  # words remembered; most words of a report are met again in the next


def content_words(phrase: str) -> tuple[str, ...]:
    """The words of a phrase that carry what it is about: lower case, without accents, plural or possessive endings; sorted, each once."""
    words = {plain_word(w) for w in WORD.findall(phrase)}
    return tuple(sorted(w for w in words if len(w) > 1 and w not in _empty()))


def stems(phrase: str) -> frozenset[str]:
    """Stems of the content words of a phrase."""
    return frozenset(filter(None, map(_stem_carried, WORD.findall(phrase))))


def folded(name: str) -> str:
    """A name as it is looked up: lower case, without accents, one blank between words."""
    plain = unicodedata.normalize("NFKD", name)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).casefold().split())


def is_empty(word: str) -> bool:
    """Whether a word, in lower case, carries nothing: grammar, counting, time, what any report uses."""
    return len(word) < 2 or plain_word(word) in _empty()


@lru_cache(MET)
def stem(word: str) -> str:
    """What a word shares with its other forms, roughly (`resume`, `resumed`, `resuming`); to compare with, not to show."""
    word = plain_word(word)
    if word.endswith("eed") and len(word) > 4:  # freed, agreed
        return word[:-1]
    for ending in ("ing", "ed", "e"):
        if word.endswith(ending) and len(word) - len(ending) > 2 and not word.endswith("ee"):
            cut = word.removesuffix(ending)
            return cut[:-1] if ending != "e" and len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "lsz" else cut
    return word


@lru_cache(MET)
def _stem_carried(word: str) -> str | None:
    """The stem of a content word; None of a word that carries nothing."""
    plain = plain_word(word)
    return stem(plain) if len(plain) > 1 and plain not in _empty() else None


@lru_cache(MET)
def plain_word(word: str) -> str:
    """A word in lower case, without accents, plural or possessive ending."""
    word = folded(word).replace("’", "'").removesuffix("'s").removesuffix("'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


@cache
def _empty() -> frozenset[str]:
    return frozenset(plain_word(w) for w in resources.load("en/empty-words.yaml")["words"].split())
