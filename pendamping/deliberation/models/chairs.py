"""Who took the chair during a meeting."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.deliberation.models.meetings import Meeting


class ChairChange(Record):
    """From when another office chairs, and why (id: pergantian pimpinan musyawarah). The first stands in the call."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="chairs")
    office = models.CharField(max_length=80)
    since = models.DateTimeField()
    reason = models.TextField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["since"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "since"], name="chair_one_at_a_time"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(office=""), name="chair_has_office_and_reason"),
        ]

    def __str__(self) -> str:
        return self.office
