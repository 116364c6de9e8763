"""What a quiz can draw from, attempts with their answers, and the questions due for practice."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from pendamping.access.models import Account
from pendamping.facilitators.enums.questions import QuestionKind
from pendamping.facilitators.models import Question
from pendamping.facilitators.queries.questions import UNSHUFFLED
from pendamping.facilitators.rules.draw import Card
from pendamping.training.models import Activity, Attempt, AttemptAnswer, Enrolment, PracticeCard
from pendamping.training.rules.practice import CARDS_A_DAY


def pool(bank: int, topics: Collection[str]) -> list[Card]:
    """What can be drawn from the bank of this key now for these topics, in a fixed order."""
    rows = Question.objects.filter(bank_id=bank, retired_at=None, topic__in=topics).order_by("pk")
    return [card_of(row) for row in rows.only("pk", "uid", "topic", "difficulty", "options", "kind")]


def card_of(row: Question) -> Card:
    """A question as far as drawing must know it."""
    return Card(
        row.pk, row.uid.hex, row.topic, row.difficulty, len(row.options), shuffled=row.kind not in UNSHUFFLED,
        steps=row.kind == QuestionKind.ORDERING,
    )  # fmt: skip


def attempts_at(enrolment: Enrolment, activity: Activity) -> QuerySet[Attempt]:
    """The attempts of a learner at a quiz, the last first."""
    return Attempt.objects.filter(enrolment=enrolment, activity=activity).order_by("-number")


def answers_of(attempt: Attempt) -> QuerySet[AttemptAnswer]:
    """The questions of an attempt in their order."""
    return AttemptAnswer.objects.filter(attempt=attempt).select_related("question").order_by("position")


def due_cards(account: Account, at: datetime) -> QuerySet[PracticeCard]:
    """What somebody is asked today, at most so many less those answered today."""
    begins = timezone.make_aware(datetime.combine(timezone.localdate(at), time.min))
    done = PracticeCard.objects.filter(account=account, last_at__gte=begins, reviews__gt=0).count()
    ends = begins + timedelta(days=1)
    due = PracticeCard.objects.filter(account=account, due_at__lt=ends, question__retired_at=None).exclude(
        last_at__gte=begins
    )
    return due.select_related("question").order_by("due_at", "id")[: max(0, CARDS_A_DAY - done)]
