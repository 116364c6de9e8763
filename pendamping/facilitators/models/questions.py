"""Question banks of a city: for the selection of facilitators, and later for any test that training sets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.facilitators.enums.questions import Difficulty, QuestionKind
from pendamping.regions.models import RegionBound


class QuestionBank(RegionBound):
    """Questions kept together under lock (id: bank soal). `region` is the city."""

    code_kind = "Y"
    name = models.CharField(max_length=80)
    about = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [models.UniqueConstraint(fields=["region", "name"], name="question_bank_named_once")]

    def __str__(self) -> str:
        return self.name


class Question(Record):
    """One question with its options (id: soal). Its words never change: a mended question is a new one."""

    bank = models.ForeignKey(QuestionBank, models.PROTECT, related_name="questions")
    kind = models.CharField(max_length=12, choices=QuestionKind)
    topic = models.CharField(max_length=80)
    difficulty = models.CharField(max_length=6, choices=Difficulty, blank=True, default=Difficulty.UNKNOWN)
    text = models.TextField()
    options = models.JSONField()  # [{text, weight, feedback}]; low and high instead of text for a number
    feedback = models.TextField(blank=True)
    translations = models.JSONField(default=dict)  # {"en": {text, options: [{text, feedback}], feedback}}
    source = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_reason = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["bank", "topic", "difficulty"], name="question_topic_idx")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bank", "digest"], name="question_once_per_bank"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(topic=""), name="question_has_words"),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True, retired_reason="")
                | (Q(retired_at__isnull=False) & ~Q(retired_reason="")),
                name="question_retired_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def region_path(self) -> str:
        return self.bank.region_path

    @property
    def journal_label(self) -> str:
        """The journal may be read by others: the words of a question stay in the bank."""
        return f"{self.bank.code} · {self.digest[:8]}"
