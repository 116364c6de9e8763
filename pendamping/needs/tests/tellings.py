"""The labelled set: troubles as several residents tell them, and how well the rule finds which belong together.

Written by hand after the words of real lists (Jakarta's reports, Kulon Progo's proposals, Sumenep's calls), with their
abbreviations and spellings, Sundanese mixed in, points missing, and neighbours that are not the same. Half of the
troubles served to choose the rule's weights, the other half only measures; `benchmarks similar` measures real labels.
"""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pendamping.needs.categories import KINDS
from pendamping.needs.rules import similar as rules

FILE = Path(__file__).with_name("data") / "tellings.csv"
WARD = "3278071002"
SOUTH, EAST = -7.33, 108.22  # degrees: the middle of the ward that the metres of the file are counted from
METRES = 111_195  # of a degree
LIMITS = {kind.key: (kind.metres, kind.days) for kind in KINDS}


@dataclass(frozen=True)
class Pair:
    """Two tellings, how alike the rule finds them, and whether they are of the same trouble."""

    one: str
    other: str
    likeness: float
    same: bool
    tuned: bool | None  # both of the half that chose the weights, both of the other, or None: one of each


@dataclass(frozen=True)
class Measure:
    """What a rule that answers "the same" gets right: of what it says, and of what there is."""

    precision: float
    recall: float


def rows() -> list[dict[str, str]]:
    with FILE.open(newline="") as file:
        return list(csv.DictReader(file))


def telling(row: dict[str, str]) -> rules.Telling:
    path = WARD + "".join(f"{int(row[name]):03d}" for name in ("rw", "rt") if row[name])
    latitude = SOUTH + int(row["north"]) / METRES if row["north"] else None
    longitude = EAST + int(row["east"]) / (METRES * 0.9918) if row["east"] else None
    trigrams = rules.trigrams_of(row["text"])
    return rules.Telling(trigrams, path, float(row["day"]), row["category"], latitude, longitude)


def pairs() -> list[Pair]:
    """Every two tellings, the later one asking."""
    told = [(row, telling(row)) for row in rows()]
    half = {trouble: place % 2 == 0 for place, trouble in enumerate(sorted({row["trouble"] for row, _ in told}))}
    found = []
    for before, now in itertools.combinations(sorted(told, key=lambda pair: float(pair[0]["day"])), 2):
        metres, days = LIMITS[now[0]["category"]]
        likeness = rules.likeness(now[1], before[1], near_metres=metres, near_days=days)
        halves = {half[now[0]["trouble"]], half[before[0]["trouble"]]}
        tuned = halves.pop() if len(halves) == 1 else None
        same = now[0]["trouble"] == before[0]["trouble"]
        found.append(Pair(now[0]["text"], before[0]["text"], likeness, same, tuned))
    return found


def measured(judged: Iterable[Pair], least: float = rules.SAME) -> Measure:
    judged = list(judged)
    right = sum(pair.same and pair.likeness >= least for pair in judged)
    said = sum(pair.likeness >= least for pair in judged)
    there = sum(pair.same for pair in judged)
    return Measure(right / max(1, said), right / max(1, there))
