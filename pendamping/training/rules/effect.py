"""What a course added: normalised gain, satisfaction, errors before and after. Percents are 0 to 100.

Below its least sample a figure is shown with its number and nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from pendamping.training.enums.effect import Change, GainLevel

HUNDRED = Decimal(100)
GAIN_LEAST = 10  # learners with both tests, before the gain of a course is judged
OPINIONS_LEAST = 5  # opinions, before any is shown: fewer would tell who said what
EFFECT_LEAST = 5  # learners, and as many errors before, until more or fewer errors mean something
EFFECT_DAYS, EFFECT_DAYS_LEAST = 90, 30  # days compared before and after passing, as many on both sides
MEDIUM_FROM, HIGH_FROM = Decimal("0.3"), Decimal("0.7")  # Hake 1998, American Journal of Physics 66, 64


def gain(before: Decimal, after: Decimal) -> Decimal | None:
    """The part of what was still missing that was won (Hake 1998); negative when less was known afterwards.

    None where nothing was missing before.
    """
    if before >= HUNDRED:
        return None
    return _round((after - before) / (HUNDRED - before), "0.01")


@dataclass(frozen=True)
class Gains:
    """The gain of a course (id: peningkatan ternormalisasi): of the averages of those who took both tests."""

    sample: int
    before: Decimal | None = None  # mean percent
    after: Decimal | None = None
    of_averages: Decimal | None = None
    full_before: int = 0  # left out: nothing was missing
    negative: int = 0
    level: GainLevel | None = None  # None: too few to judge


def gains(pairs: Iterable[tuple[Decimal, Decimal]]) -> Gains:
    """From (percent before, percent after) of each learner who took both."""
    every = list(pairs)
    judged = [(before, after) for before, after in every if before < HUNDRED]
    full, n = len(every) - len(judged), len(judged)
    if not judged:
        return Gains(0, full_before=full)
    before = sum((one[0] for one in judged), Decimal(0)) / n
    after = sum((one[1] for one in judged), Decimal(0)) / n
    of_averages = gain(before, after)
    negative = sum(1 for one in judged if one[1] < one[0])
    level = level_of(of_averages) if n >= GAIN_LEAST and of_averages is not None else None
    return Gains(n, _round(before, "0.1"), _round(after, "0.1"), of_averages, full, negative, level)


def level_of(value: Decimal) -> GainLevel:
    """How Hake names a gain; one below zero is a loss."""
    if value < 0:
        return GainLevel.LOSS
    return GainLevel.HIGH if value >= HIGH_FROM else GainLevel.MEDIUM if value >= MEDIUM_FROM else GainLevel.LOW


def mean(values: Iterable[Decimal]) -> Decimal | None:
    """To one place; None of nothing."""
    found = list(values)
    return _round(sum(found, Decimal(0)) / len(found), "0.1") if found else None


@dataclass(frozen=True)
class Satisfaction:
    """What learners thought of a course (id: kepuasan peserta). `means` is None while there are too few opinions."""

    opinions: int
    asked: int
    means: Mapping[str, Decimal] | None = None  # mark → mean of 1 to 5

    @property
    def rate(self) -> Decimal | None:
        """The share of those asked who answered, 0 to 1."""
        return _round(Decimal(min(self.opinions, self.asked)) / self.asked, "0.01") if self.asked else None


def satisfaction(marks: Sequence[Mapping[str, int]], asked: int) -> Satisfaction:
    """The mean of each mark over those who gave it; a mark that fewer than five gave is left out."""
    if len(marks) < OPINIONS_LEAST:
        return Satisfaction(len(marks), asked)
    given: dict[str, list[Decimal]] = {}
    for one in marks:
        for key, value in one.items():
            given.setdefault(key, []).append(Decimal(value))
    means = {key: mean(values) for key, values in given.items() if len(values) >= OPINIONS_LEAST}
    return Satisfaction(len(marks), asked, {key: value for key, value in means.items() if value is not None})


def window_of(passed_on: date, today: date) -> int | None:
    """How many days before and after passing are compared; None while too few have gone by."""
    days = min(EFFECT_DAYS, (today - passed_on).days)
    return days if days >= EFFECT_DAYS_LEAST else None


@dataclass(frozen=True)
class Effect:
    """Errors in the field before and after passing (id: dampak pelatihan)."""

    learners: int
    before: int
    after: int
    too_early: int = 0  # passed so lately that nothing can be compared yet
    change: Change | None = None  # None: too few to judge


def effect(passed: Mapping[int, date], errors: Iterable[tuple[int, date]], today: date) -> Effect:
    """From the day each learner passed and (learner, day) of each error; the day of passing itself counts for neither.

    Both sides are equally long, so that nobody looks better for having passed lately.
    """
    lengths = {who: window_of(on, today) for who, on in passed.items()}
    before = after = 0
    for who, on in errors:
        days = lengths.get(who)
        if days is None:
            continue
        passed_on = passed[who]
        before += passed_on - timedelta(days=days) <= on < passed_on
        after += passed_on < on <= passed_on + timedelta(days=days)
    learners = sum(1 for days in lengths.values() if days is not None)
    change = None
    if learners >= EFFECT_LEAST and before >= EFFECT_LEAST:
        change = Change.FEWER if after < before else Change.MORE if after > before else Change.SAME
    return Effect(learners, before, after, len(lengths) - learners, change)


@dataclass(frozen=True)
class Since:
    """Errors of one person, told apart by the day a module was passed (id: sebelum dan sesudah lulus modul)."""

    before: int
    since: int


def told_apart(days: Iterable[date], passed_on: date | None) -> Since:
    """Never passed: all of them still ask for the module. The day of passing itself counts as before."""
    found = list(days)
    if passed_on is None:
        return Since(0, len(found))
    since = sum(1 for on in found if on > passed_on)
    return Since(len(found) - since, since)


def _round(value: Decimal, step: str) -> Decimal:
    return value.quantize(Decimal(step), ROUND_HALF_UP)
