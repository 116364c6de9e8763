"""When a question is asked again: the schedule of FSRS (https://github.com/open-spaced-repetition), in whole days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from fsrs import Card, Rating, Scheduler

from pendamping.core.verdicts import ALLOWED, Verdict, refused
from pendamping.training.enums.learning import Reason

CARDS_A_DAY = 10  # some two minutes
DAY = timedelta(days=1)
_SCHEDULER = Scheduler(learning_steps=(DAY,), relearning_steps=(DAY,), maximum_interval=365, enable_fuzzing=False)


def may_practise(*, review: int, reviews: int, given: Sequence[str]) -> Verdict:
    """May this answer count? Only as the next one to its question; an empty one is none."""
    if review != reviews:
        return refused(Reason.PRACTISED)
    return ALLOWED if any(one.strip() for one in given) else refused(Reason.NOTHING_ANSWERED)


def first(at: datetime) -> tuple[dict[str, Any], datetime]:
    """The memory of a question just answered wrong, and when it is due; `at` in UTC."""
    return _reviewed(Card(card_id=0), right=False, at=at)


def reviewed(memory: Mapping[str, Any], *, right: bool, at: datetime) -> tuple[dict[str, Any], datetime]:
    """The memory after one more answer, and when it is due next; `at` in UTC."""
    return _reviewed(Card.from_dict(dict(memory)), right=right, at=at)  # type: ignore[arg-type]


def _reviewed(card: Card, *, right: bool, at: datetime) -> tuple[dict[str, Any], datetime]:
    after, _log = _SCHEDULER.review_card(card, Rating.Good if right else Rating.Again, at)
    return dict(after.to_dict()), after.due
