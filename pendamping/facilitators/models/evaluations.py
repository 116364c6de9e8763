"""The half-yearly evaluation of a facilitator, its frozen values, and what follows: coaching and renewal."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.facilitators.enums.evaluations import (
    EvaluationState,
    IndicatorGroup,
    IndicatorUnit,
    RenewalOutcome,
)
from pendamping.facilitators.enums.rounds import PostKind
from pendamping.facilitators.models.appointments import Appointment
from pendamping.facilitators.models.evaluation_rules import EvaluationRules
from pendamping.regions.models import RegionBound


class Evaluation(RegionBound):
    """How somebody's half-year went (id: evaluasi kinerja). `region` is the place served longest in it.

    Values are frozen when it is shown; who computed it does not decide on it. Read by the person, the coordinators of
    the place and the secretariat; never in public.
    """

    code_kind = "O"
    account = models.ForeignKey(Account, models.PROTECT, related_name="evaluations")
    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="evaluations")
    role = models.CharField(max_length=20, choices=PostKind)  # served there
    year = models.PositiveSmallIntegerField()
    half = models.PositiveSmallIntegerField()
    rules = models.ForeignKey(EvaluationRules, models.PROTECT, related_name="evaluations")
    state = models.CharField(max_length=8, choices=EvaluationState, default=EvaluationState.DRAFT)
    served = models.JSONField(default=list)  # [path, label, first day, last day] of each place served
    days_served = models.PositiveSmallIntegerField()
    total = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)  # of 100; none: too little
    judged_weight = models.PositiveSmallIntegerField()  # of the whole weight, what could be judged
    whole_weight = models.PositiveSmallIntegerField()
    computed_at = models.DateTimeField()
    computed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    shown_at = models.DateTimeField(null=True, blank=True)
    reply_by = models.DateField(null=True, blank=True)
    reply = models.TextField(blank=True)  # the person's own words
    replied_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)  # of whoever settles it
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    settled_alone = models.BooleanField(default=False)  # by whoever computed it, since nobody else could decide

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "year", "half"], name="evaluation_one_per_half_year"),
            models.CheckConstraint(condition=Q(half__in=[1, 2]), name="evaluation_half_known"),
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(total__gte=0, total__lte=100), name="evaluation_total_of_hundred"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", shown_at__isnull=True, reply_by__isnull=True)
                | ~Q(state="draft") & Q(shown_at__isnull=False, reply_by__isnull=False),
                name="evaluation_shown_whole",
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_at__isnull=True) | ~Q(reply="") & Q(replied_at__isnull=False),
                name="evaluation_reply_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="settled", settled_at__isnull=False) & ~Q(words="")
                | ~Q(state="settled") & Q(settled_at__isnull=True, words=""),
                name="evaluation_settled_with_words",
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True)
                | Q(computed_by__isnull=True)
                | ~Q(settled_by=F("computed_by"))
                | Q(settled_alone=True),
                name="evaluation_settled_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def journal_label(self) -> str:
        return self.code

    @property
    def half_code(self) -> str:
        """ "2026-1"."""
        return f"{self.year}-{self.half}"


class EvaluationValue(models.Model):
    """What one indicator gave (id: nilai indikator), with the rule it was judged by; points only when judged."""

    id = models.BigAutoField(primary_key=True)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="values")
    indicator = models.CharField(max_length=40)
    group = models.CharField(max_length=14, choices=IndicatorGroup)
    unit = models.CharField(max_length=6, choices=IndicatorUnit)
    value = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    at_least = models.BooleanField(default=False)  # more than half still waits: the median is this or longer
    part = models.PositiveIntegerField(null=True, blank=True)  # of the sample, what the value counts
    still_open = models.PositiveIntegerField(default=0)
    sample = models.PositiveIntegerField()
    inputs = models.JSONField(default=list)  # codes of the records that made it
    weight = models.PositiveSmallIntegerField()
    sample_least = models.PositiveSmallIntegerField()
    good = models.DecimalField(max_digits=9, decimal_places=4)
    poor = models.DecimalField(max_digits=9, decimal_places=4)
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    is_struck = models.BooleanField(default=False)  # left out at the settlement

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["evaluation", "indicator"], name="evaluation_value_once"),
            models.CheckConstraint(
                condition=Q(points__isnull=True)
                | Q(points__gte=0, points__lte=100, value__isnull=False, sample__gte=F("sample_least")),
                name="evaluation_value_judged_on_enough",
            ),
        ]

    def __str__(self) -> str:
        return self.indicator


class CoachingTask(Record):
    """A weak indicator to be worked on together (id: tugas pembinaan); made by itself when the evaluation is shown."""

    value = models.OneToOneField(EvaluationValue, models.PROTECT, related_name="coaching")
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="coaching")
    due_on = models.DateField()
    steps = models.TextField(blank=True)  # what both agreed on
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, steps="") | Q(agreed_at__isnull=False) & ~Q(steps=""),
                name="coaching_agreed_with_steps",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, result="")
                | Q(done_at__isnull=False, agreed_at__isnull=False) & ~Q(result=""),
                name="coaching_done_with_result",
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.evaluation.region_path

    @property
    def code(self) -> str:
        return self.evaluation.code

    @property
    def journal_label(self) -> str:
        return f"{self.evaluation.code} · {self.value.indicator}"


class Renewal(Record):
    """What becomes of the contract after an evaluation (id: putusan perpanjangan), and why."""

    evaluation = models.OneToOneField(Evaluation, models.PROTECT, related_name="renewal")
    outcome = models.CharField(max_length=12, choices=RenewalOutcome)
    conditions = models.TextField(blank=True)
    reason = models.TextField()
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="renewal_has_reason"),
            models.CheckConstraint(
                condition=Q(outcome="conditions") & ~Q(conditions="") | ~Q(outcome="conditions") & Q(conditions=""),
                name="renewal_conditions_whole",
            ),
        ]

    @property
    def region_path(self) -> str:
        return self.evaluation.region_path

    @property
    def code(self) -> str:
        return self.evaluation.code

    @property
    def journal_label(self) -> str:
        return self.evaluation.code
