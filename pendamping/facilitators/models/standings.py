"""Where each applicant stands in a ranking."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.core.models import Record
from pendamping.facilitators.enums.rounds import SelectionOutcome
from pendamping.facilitators.models.applications import Application
from pendamping.facilitators.models.rounds import Round


class Standing(Record):
    """The place of one application in one version of the ranking (id: peringkat). Round.ranking_version is in force."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="standings")
    version = models.PositiveSmallIntegerField()
    application = models.ForeignKey(Application, models.PROTECT, related_name="standings")
    rank = models.PositiveIntegerField(null=True, blank=True)  # within the post; none for those who failed a stage
    total = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=SelectionOutcome)
    reason = models.TextField()
    pseudonym = models.CharField(max_length=16, blank=True)  # under which the applicant stands in the published file

    class Meta:
        ordering: ClassVar = ["rank", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "application"], name="standing_once_per_version"),
            models.CheckConstraint(condition=~Q(reason=""), name="standing_has_reason"),
        ]
