"""What a meeting lacked, and why the chair closed it all the same."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.deliberation.enums.ladder import Ground, Requirement
from pendamping.deliberation.models.meetings import Meeting


class Waiver(Record):
    """The reason for one missing requirement (id: pengecualian syarat). Void when the room changes for the worse."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="waivers")
    requirement = models.CharField(max_length=40)  # of Requirement, or "group_" and the key of a city's own group
    needed = models.IntegerField()  # in the unit of the requirement: people, days, permille
    found = models.IntegerField()  # when the reason was stated; less of it, and the reason no longer covers
    ground = models.CharField(max_length=12, choices=Ground)
    reason = models.TextField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "requirement"], name="waiver_once_per_requirement"),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_reason"),
            models.CheckConstraint(condition=Q(found__lt=models.F("needed")), name="waiver_of_what_is_missing"),
        ]

    def __str__(self) -> str:
        known = self.requirement in Requirement.values
        return str(Requirement(self.requirement).label) if known else self.requirement
