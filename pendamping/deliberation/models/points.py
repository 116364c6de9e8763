"""The points of a meeting's agenda, with planned minutes, and when each ran."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from pendamping.core.models import Record
from pendamping.deliberation.models.meetings import Meeting


class AgendaPoint(Record):
    """A point of the agenda with its minutes (id: susunan acara); proposals are put to the meeting beside it."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    minutes = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_point_one_per_position"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(begun_at__isnull=False, ended_at__isnull=True),
                name="agenda_point_one_runs",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(begun_at__isnull=False, ended_at__gte=F("begun_at")),
                name="agenda_point_ends_after_it_began",
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="agenda_point_takes_time"),
        ]  # fmt: skip

    @property
    def region_path(self) -> str:
        return self.meeting.region_path
