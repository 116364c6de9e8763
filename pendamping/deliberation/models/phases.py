"""When something may be done in a meeting."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.access.models import Account
from pendamping.core.models import Record
from pendamping.deliberation.enums.ladder import Phase
from pendamping.deliberation.models.meetings import Meeting


class MeetingPhase(Record):
    """A span of time of a meeting (id: tahap musyawarah). Without one, its acts are bound by the day alone."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="phases")
    phase = models.CharField(max_length=10, choices=Phase)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    reason = models.TextField(blank=True)  # why it was moved
    by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["opens_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "phase"], name="phase_once_per_meeting"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="phase_in_order"),
        ]

    def __str__(self) -> str:
        return str(self.get_phase_display())
