"""How a question did: how many knew it, whether it tells strong from weak candidates, who chose which option.

Difficulty p is the mean share earned. Discrimination is given twice: D, the share of the best 27 % minus that of the
weakest 27 % (Kelley 1939), and the correlation of the item with the score on all other items (corrected
point-biserial). Below the minimum sample numbers are shown and nothing is judged.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pendamping.facilitators.enums.exams import ItemFlag

TAIL = 0.27


@dataclass(frozen=True)
class Limits:
    """From where on something is striking; data of the blueprint."""

    sample: int = 30
    hard_below: float = 0.2
    easy_above: float = 0.9
    weak_below: float = 0.2
    idle_below: float = 0.02


@dataclass(frozen=True)
class Taken:
    """One candidate's answer to the question: share earned, score on the other questions, options chosen."""

    share: float
    rest: float
    chosen: tuple[int, ...] = ()


@dataclass(frozen=True)
class Item:
    """What is known of a question after the test (id: butir soal)."""

    n: int
    p: float
    upper_lower: float | None
    point_biserial: float | None
    chosen: Mapping[int, int] = field(default_factory=dict)
    flags: tuple[ItemFlag, ...] = ()
    judged: bool = False


def analyse(answers: Sequence[Taken], *, options: int, limits: Limits) -> Item:
    """The figures of one question from everybody who was asked it; not answering counts as not knowing."""
    n = len(answers)
    shares = [answer.share for answer in answers]
    p = sum(shares) / n if n else 0.0
    counted = Counter(place for answer in answers for place in answer.chosen)
    chosen = {place: counted[place] for place in range(options)}
    spread, tie = _upper_lower(answers), _correlation(shares, [answer.rest for answer in answers])
    if n < limits.sample:
        return Item(n, p, spread, tie, chosen)
    return Item(n, p, spread, tie, chosen, _flags(p, tie, chosen, n, limits), judged=True)


def _flags(
    p: float, tie: float | None, chosen: Mapping[int, int], n: int, limits: Limits
) -> tuple[ItemFlag, ...]:  # fmt: skip
    found = []
    if p < limits.hard_below:
        found.append(ItemFlag.TOO_HARD)
    if p > limits.easy_above:
        found.append(ItemFlag.TOO_EASY)
    if tie is not None and tie < 0:
        found.append(ItemFlag.REVERSED)
    elif tie is not None and tie < limits.weak_below:
        found.append(ItemFlag.WEAK)
    if any(count < limits.idle_below * n for count in chosen.values()):
        found.append(ItemFlag.IDLE_OPTION)
    return tuple(found)


def _upper_lower(answers: Sequence[Taken]) -> float | None:
    size = round(TAIL * len(answers))
    if size == 0:
        return None
    ordered = sorted(answers, key=lambda answer: answer.rest)
    low, high = ordered[:size], ordered[-size:]
    return (sum(answer.share for answer in high) - sum(answer.share for answer in low)) / size


def _correlation(shares: Sequence[float], rests: Sequence[float]) -> float | None:
    n = len(shares)
    if n < 2:
        return None
    mean_x, mean_y = sum(shares) / n, sum(rests) / n
    both = sum((x - mean_x) * (y - mean_y) for x, y in zip(shares, rests, strict=True))
    across = sum((x - mean_x) ** 2 for x in shares)
    along = sum((y - mean_y) ** 2 for y in rests)
    return both / math.sqrt(across * along) if across > 1e-12 and along > 1e-12 else None
