"""Objections to a closed meeting, and the papers that one of them overtook."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from pendamping.access.models import Account
from pendamping.core.models import Document, Record
from pendamping.deliberation.enums.ladder import MeetingObjectionState
from pendamping.deliberation.models.meetings import Meeting
from pendamping.regions.models import RegionBound


class MeetingObjection(RegionBound):
    """What somebody holds against a closed meeting (id: keberatan musyawarah). Its code is known to who made it."""

    code_kind = "I"
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="objections")
    revision = models.PositiveSmallIntegerField()  # of the minutes it is made against
    words = models.TextField()
    state = models.CharField(max_length=10, choices=MeetingObjectionState, default=MeetingObjectionState.OPEN)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(RegionBound.Meta):
        indexes: ClassVar = RegionBound.Meta.indexes
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="meeting_objection_has_words"),
            models.CheckConstraint(
                condition=Q(state="open", answer="", answered_at__isnull=True)
                | (~Q(state="open") & ~Q(answer="") & Q(answered_at__isnull=False)),
                name="meeting_objection_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class MinutesRevision(Record):
    """Minutes that no longer stand, since the meeting was opened again (id: revisi berita acara)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    minutes = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="+")
    objection = models.OneToOneField(MeetingObjection, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="minutes_revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.number})"
