"""Do two voices speak of the same trouble? By their words, by where it is, and by when they were heard.

Words are brought to one form first (similar_words.toml: abbreviations, spellings, Sundanese), then compared by the
trigrams of their letters, which forgives what no list foresees. Text alone never decides: the same words two streets
on are another trouble, and so are they after the season.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from importlib import resources

from pendamping.needs.rules.voices import distance_km

SAME = 0.55  # from this likeness on, two voices are offered as the same trouble
NEAR = 0.3  # without words yet: from this on a neighbour's voice is worth showing
TEXT, PLACE, TIME = 0.62, 0.28, 0.10  # what each is worth; tuned on one half of the labelled set, measured on the other
SHARED_NUMBER = {"rt": 0.9, "rw": 0.6, "ward": 0.3}  # how near the smallest place both are in is, without two points
OTHER_CATEGORY = 0.7  # the same trouble stands in two categories at times, but rarely
LONGEST = 600  # characters of a text that are read


@dataclass(frozen=True)
class Telling:
    """A voice as facts: its trigrams (`trigrams_of`), place, category and day (in days since any one day)."""

    trigrams: frozenset[str]
    region_path: str
    day: float
    category: str = ""
    latitude: float | None = None
    longitude: float | None = None


def likeness(one: Telling, other: Telling, *, near_metres: float, near_days: float) -> float:
    """How likely both are the same trouble, 0 to 1; 0 when too far apart, in place or time, whatever the words.

    A telling without words is judged by place and time alone.
    """
    place = nearness(one, other, near_metres=near_metres)
    time = max(0.0, 1 - abs(one.day - other.day) / near_days) if near_days else 0.0
    if place == 0 or time == 0:
        return 0.0
    factor = OTHER_CATEGORY if one.category and other.category and one.category != other.category else 1.0
    if not one.trigrams or not other.trigrams:
        return factor * (PLACE * place + TIME * time) / (PLACE + TIME)
    return factor * (TEXT * alike(one.trigrams, other.trigrams) + PLACE * place + TIME * time)


def nearness(one: Telling, other: Telling, *, near_metres: float) -> float:
    """1 at the same spot, 0.5 at `near_metres`, 0 from twice as far on; without two points, by the RT or RW shared."""
    if None not in (one.latitude, one.longitude, other.latitude, other.longitude):
        km = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)  # type: ignore[arg-type]
        return max(0.0, 1 - 500 * km / near_metres)
    return _shared(one.region_path, other.region_path)


def _shared(one: str, other: str) -> float:
    for level, width in (("rt", 16), ("rw", 13), ("ward", 10)):
        if len(one) >= width and one[:width] == other[:width]:
            return SHARED_NUMBER[level]
    return 0.0


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter text stands in the longer one, and of both in each other (mean of overlap and Dice)."""
    if not one or not other:
        return 0.0
    both = len(one & other)
    return both / min(len(one), len(other)) / 2 + both / (len(one) + len(other))


def trigrams_of(text: str) -> frozenset[str]:
    """The trigrams of the words that say something, each word padded: "got" is "  g", " go", "got", "ot "."""
    found: set[str] = set()
    for word in set(normal(text).split()):
        padded = f"  {word} "
        found.update(padded[place : place + 3] for place in range(len(padded) - 2))
    return frozenset(found)


def normal(text: str) -> str:
    """The words that say something, each in one form: "Jln2 gg.Melati bolooong euy!" is "jalan gang melati lubang"."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST]).encode("ascii", "ignore").decode().lower()
    plain = _DOUBLED.sub(r"\1", plain)  # jalan2: jalan-jalan
    plain = _LONG.sub(r"\1", plain)  # bolooong
    words = _words().phrased(" ".join(_WORD.findall(plain)))
    kept = (_words().one(word) for word in words.split())
    return " ".join(dict.fromkeys(" ".join(word for word in kept if word).split()))


def spellings(word: str) -> list[str]:
    """How else a word is written, abbreviated or said in Sundanese: "jln" is also "jalan" and "jl"."""
    kept = _words().same.get(word.lower())
    return [] if kept is None else [other for other, same in _words().same.items() if same == kept and other != word]


_DOUBLED = re.compile(r"([a-z]{3,})(?:2|\W+\1)\b")
_LONG = re.compile(r"([a-z])\1{2,}")
_WORD = re.compile(r"[a-z]+|\d+")
_PREFIX = re.compile(r"^(?:ber|ter|di|ke|se|me(?:ng|ny|m|n)?|pe(?:ng|ny|m|n)?|nga)(?=[a-z]{4})")
_SUFFIX = re.compile(r"(?<=[a-z]{4})(?:nya|na|lah|kan|keun|an|eun)$")


@dataclass(frozen=True)
class _Words:
    pattern: re.Pattern[str]
    phrases: dict[str, str]
    same: dict[str, str]
    stop: frozenset[str]

    def phrased(self, text: str) -> str:
        return self.pattern.sub(lambda found: self.phrases[found[0]], text)

    def one(self, word: str) -> str:
        """A word in its one form, "" when it says nothing."""
        if word in self.same or word in self.stop:
            return self.same.get(word, "")
        if word.isdigit():
            return word.lstrip("0")
        bare = _SUFFIX.sub("", word)
        for stem in (bare, _PREFIX.sub("", bare), _PREFIX.sub("", word)):
            if stem in self.same or stem in self.stop:
                return self.same.get(stem, "")
        return _PREFIX.sub("", bare)


@functools.cache
def _words() -> _Words:
    facts = tomllib.loads(resources.files("pendamping.needs").joinpath("similar_words.toml").read_text("utf-8"))
    same: dict[str, str] = {}
    for kept, others in facts["words"].items():
        same[kept] = kept
        same |= dict.fromkeys(others, kept)
    phrases = {phrase: kept for kept, others in facts["phrases"].items() for phrase in others}
    phrases |= {word: kept for word, kept in same.items() if " " in word}
    longest_first = sorted(map(re.escape, phrases), key=len, reverse=True)
    return _Words(
        re.compile(rf"\b(?:{'|'.join(longest_first)})\b"),
        phrases,
        {word: kept for word, kept in same.items() if " " not in word},
        frozenset(facts["stop"]["words"].split()),
    )
