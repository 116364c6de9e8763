"""Question banks with what they hold, and the questions of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from pendamping.facilitators.enums.questions import QuestionKind
from pendamping.facilitators.models import Question, QuestionBank
from pendamping.facilitators.rules.draw import Card

UNSHUFFLED = frozenset({QuestionKind.TRUE_FALSE, QuestionKind.SHORT_NUMBER, QuestionKind.SHORT_TEXT})


def banks() -> QuerySet[QuestionBank]:
    """Banks, newest first, with how many questions are in use."""
    in_use = Count("questions", filter=Q(questions__retired_at=None))
    return QuestionBank.objects.select_related("region").annotate(in_use=in_use).order_by("-id")


def questions_of(bank: QuestionBank, *, topic: str = "", retired: bool = False) -> QuerySet[Question]:
    """The questions of a bank, newest first."""
    found = Question.objects.filter(bank=bank, retired_at__isnull=not retired).order_by("-id")
    return found.filter(topic=topic) if topic else found


def held(bank: QuestionBank, *, without: Collection[int] = ()) -> Counter[tuple[str, str]]:
    """How many questions in use a bank holds, by topic and claimed difficulty."""
    found = Question.objects.filter(bank=bank, retired_at=None).exclude(pk__in=without)
    rows = found.order_by("topic", "difficulty").values_list("topic", "difficulty").annotate(n=Count("pk"))
    return Counter({(topic, difficulty): n for topic, difficulty, n in rows})


def cards(bank: QuestionBank, voided: set[int]) -> list[Card]:
    """What can be drawn from a bank now, in a fixed order."""
    rows = Question.objects.filter(bank=bank, retired_at=None).order_by("pk")
    shown = rows.only("pk", "uid", "topic", "difficulty", "options", "kind")
    return [_card(row) for row in shown if row.pk not in voided]


def _card(row: Question) -> Card:
    return Card(
        row.pk, row.uid.hex, row.topic, row.difficulty, len(row.options), shuffled=row.kind not in UNSHUFFLED,
        steps=row.kind == QuestionKind.ORDERING,
    )  # fmt: skip
