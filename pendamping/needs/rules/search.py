"""What somebody typed to find voices, as words; and which words are nearly those."""

from __future__ import annotations

import re
from collections.abc import Iterable

WORDS_MOST = 8
_WORD = re.compile(r"[^\W_]+")
NEAR = 0.45  # so much of two words' trigrams must be shared
NEAR_MOST = 5


def words_of(typed: str) -> list[str]:
    """The words to look for, each once, at most eight; a single letter finds nothing, a single figure may."""
    found = [word.lower() for word in _WORD.findall(typed)]
    return list(dict.fromkeys(word for word in found if len(word) > 1 or word.isdigit()))[:WORDS_MOST]


def near(word: str, known: Iterable[str]) -> list[str]:
    """Of words that occur, those most like one that does not: "selokn" is nearly "selokan"."""
    own = _trigrams(word)
    likeness = ((_shared(own, _trigrams(other)), other) for other in known)
    best = sorted(((share, other) for share, other in likeness if share >= NEAR), key=lambda one: (-one[0], one[1]))
    return [other for _share, other in best[:NEAR_MOST]]


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def _shared(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
