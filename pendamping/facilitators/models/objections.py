"""An applicant objects to a result, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.facilitators.enums.objections import ObjectionState
from pendamping.facilitators.enums.rounds import Stage
from pendamping.facilitators.models.applications import Application
from pendamping.facilitators.models.rounds import Round
from pendamping.regions.models import RegionBound


class Objection(RegionBound):
    """An applicant objects to the result of a stage (id: sanggahan), against one version of the ranking."""

    code_kind = "I"
    round = models.ForeignKey(Round, models.PROTECT, related_name="objections")
    application = models.ForeignKey(Application, models.PROTECT, related_name="objections")
    stage = models.CharField(max_length=10, choices=Stage)
    version = models.PositiveSmallIntegerField()  # of the ranking objected to
    text = models.TextField()  # masked
    state = models.CharField(max_length=8, choices=ObjectionState, default=ObjectionState.OPEN)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    old_score = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    new_score = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    new_version = models.PositiveSmallIntegerField(null=True, blank=True)  # of the ranking made because of it

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "stage", "version"], name="objection_once_per_version"),
            models.UniqueConstraint(
                fields=["application", "stage"], condition=Q(state="open"), name="objection_one_open_per_stage"
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True, answer="")
                | (~Q(state="open") & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="objection_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(new_score__isnull=True)
                | Q(state="upheld", new_score__range=(0, 100), new_version__isnull=False),
                name="objection_correction_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def journal_label(self) -> str:
        return self.code
