"""Working days: by when a step is due, what a pause adds, and how far up a missed deadline has gone.

The day something begins does not count; the last of the days is the day it is due, until midnight in the site's zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.needs.enums.clock import Reason
from pendamping.needs.enums.conversations import PauseReason, Turn

DAY = timedelta(days=1)
SATURDAY = 5

# Working days after the deadline from which the next one above has the turn. Our proposal; no regulation names them.
LADDER: tuple[tuple[Turn, int], ...] = ((Turn.WARD, 1), (Turn.DISTRICT, 4), (Turn.CITY, 8))
UPWARDS = (Turn.FACILITATOR, Turn.WARD, Turn.DISTRICT, Turn.CITY)


@dataclass(frozen=True)
class Stretch:
    """Days from the first to the last, both of them in it; without a last day it goes on."""

    first: date
    last: date | None = None

    def holds(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


def is_working_day(on: date, off: Set[date]) -> bool:
    """Monday to Friday, and none of the days off."""
    return on.weekday() < SATURDAY and on not in off


def due_on(begun: date, days: int, *, off: Set[date], pauses: Sequence[Stretch] = ()) -> date:
    """The day by which `days` working days are over. Days of a pause that has ended do not count; an open one has no
    end yet, so it moves nothing until it ends."""
    ended = [pause for pause in pauses if pause.last is not None]
    on, left = begun, days
    while left > 0:
        on += DAY
        if is_working_day(on, off) and not any(pause.holds(on) for pause in ended):
            left -= 1
    return on


def working_days(since: date, until: date, *, off: Set[date]) -> int:
    """How many working days lie after `since` up to and with `until`; 0 when it is the same day or before."""
    return sum(1 for on in _after(since, until) if is_working_day(on, off))


def _after(since: date, until: date) -> Iterable[date]:
    return (since + DAY * step for step in range(1, (until - since).days + 1))


def late_by(due: date, today: date, *, off: Set[date]) -> int:
    """How many working days have passed since the day something was due."""
    return working_days(due, today, off=off)


def risen_to(late: int) -> Turn | None:
    """Who has the turn for a step so many working days late; None while it stays where it is."""
    reached = [turn for turn, days in LADDER if late >= days]
    return reached[-1] if reached else None


def higher(one: str, other: str) -> Turn:
    """Whichever of two offices stands higher; whoever is no office stands below all."""
    return max((Turn(one), Turn(other)), key=lambda turn: UPWARDS.index(turn) if turn in UPWARDS else -1)


def may_pause(*, has_open: bool, is_paused: bool, reason: str, words: str) -> Verdict:
    """A clock that runs may be stopped, and always with a reason everybody can read."""
    if not has_open:
        return refused(Reason.NOTHING_RUNS)
    if is_paused:
        return refused(Reason.ALREADY_PAUSED)
    if reason == PauseReason.OTHER and not words.strip():
        return refused(Reason.PAUSE_WORDS_MISSING, field="words")
    return ALLOWED


def may_resume(*, is_paused: bool) -> Verdict:
    """Only what stands still can go on."""
    return ALLOWED if is_paused else refused(Reason.NOT_PAUSED)


def may_set_days(*, valid_from: date, today: date, is_there: bool) -> Verdict:
    """A new number of days begins today or later, once for a day: nobody's deadline is shortened behind them."""
    if valid_from < today:
        return refused(Reason.DAYS_PAST, field="valid_from")
    return refused(Reason.DAYS_TWICE, field="valid_from") if is_there else ALLOWED


def may_remove_holiday(*, on: date, today: date) -> Verdict:
    """Only a day still to come is taken off the list."""
    return ALLOWED if on > today else refused(Reason.HOLIDAY_PAST)
